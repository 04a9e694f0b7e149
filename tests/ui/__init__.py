"""The window: clicked and typed into, over a real encrypted store."""
