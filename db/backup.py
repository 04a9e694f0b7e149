"""Whole, encrypted copies of a living store. A database in WAL mode copied as a file may be torn; this is not."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from db.connection import Raw


def copy_to(connection: Raw, target: Path) -> Path:
    """Write a copy with ``VACUUM INTO``; an older copy of that name is replaced only when the new one is whole."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        connection.execute("VACUUM INTO ?", (str(fresh),))
        fresh.chmod(0o600)
        shutil.move(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    return target
