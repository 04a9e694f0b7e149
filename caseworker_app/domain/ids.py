"""Identities: random 128-bit values as 16 bytes, the same on every device for ever."""

from __future__ import annotations

import secrets
from collections.abc import Callable

Id = bytes
NewId = Callable[[], Id]

NO_ID: Id = bytes(16)


def new_id() -> Id:
    """Return 16 random bytes from the operating system."""
    return secrets.token_bytes(16)
