"""Agreements and tasks in the window."""
