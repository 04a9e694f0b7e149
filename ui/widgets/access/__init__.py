"""Aktindsigt: the requests of a case, and going through what is given."""
