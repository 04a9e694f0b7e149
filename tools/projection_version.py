"""Writes the fingerprint of the declarations into ``db/version.py``; run by ``start.py lint --fix``."""

from __future__ import annotations

import re
from pathlib import Path

from db.version import fingerprint

FILE = Path(__file__).parent.parent / "db" / "version.py"


def main() -> None:
    """Write it, if it differs."""
    text = FILE.read_text(encoding="utf-8")
    fresh = re.sub(r'PROJECTIONS = b"[^"]*"', f'PROJECTIONS = b"{fingerprint().decode()}"', text)
    if fresh != text:
        FILE.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
