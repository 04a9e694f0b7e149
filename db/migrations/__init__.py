"""Alembic scripts of the base tables, one a version."""
