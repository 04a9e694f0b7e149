"""The display list shared by screen and paper."""
