"""Item models over frozen dataclasses."""
