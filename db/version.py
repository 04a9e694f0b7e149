"""Which shape the projections have. A store that carries another is rebuilt from its log when it is opened."""

from __future__ import annotations

import zlib

LAYOUT = 6
"""Raised when the way rows are made changes without a change in the declarations."""

PROJECTIONS = b"6-324fe96d"
"""The fingerprint of the declarations of this release, written down so that opening a store need not load them all.

``python3 start.py lint --fix`` writes it anew; a test compares.
"""


def fingerprint() -> bytes:
    """Return what :data:`PROJECTIONS` must be, from the declarations themselves."""
    from caseworker_app.domain.searching import SEARCHED
    from caseworker_app.domain.things import TYPES

    words = ";".join(
        f"{declared.name}({','.join(f'{s.name}:{s.kind.name}:{s.many}:{s.indexed}' for s in declared.specs.values())})"
        for declared in sorted(TYPES, key=lambda declared: declared.name)
    )
    words += ";" + repr(sorted(SEARCHED.items()))
    return f"{LAYOUT}-{zlib.crc32(words.encode()):08x}".encode()
