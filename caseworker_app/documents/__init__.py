"""Blocks of a document, the letters made of them, and their way to PDF."""
