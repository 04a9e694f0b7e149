"""Tools around the product; what ``start.py`` stands on is standard library only."""
