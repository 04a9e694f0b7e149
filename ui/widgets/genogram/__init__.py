"""The genogram in the window: its picture, its list, its editors."""
