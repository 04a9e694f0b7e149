"""Conflicts on the screen: the values that stand, side by side, and writing a new one."""
