"""Bytes from outside that nobody made: every importer refuses them in words, and soon."""
