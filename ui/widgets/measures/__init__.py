"""Målinger: the plan of measurements, what was measured, and looking at it together."""
