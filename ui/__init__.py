"""PySide6: windows, pages, widgets; never sees the store."""
