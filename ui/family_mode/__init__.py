"""Familievisning: a window of its own for the kitchen table, which cannot show what it was not given."""
