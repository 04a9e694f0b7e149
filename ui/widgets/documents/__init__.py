"""The documents of a case in the window."""
