"""What a lock says: every package with its version, where it counts and its hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

LOCKS = Path(__file__).resolve().parents[1] / "locks"


@dataclass(frozen=True)
class Pin:
    """One package of a lock. ``marker`` says where it is installed (PEP 508), empty for everywhere."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]


def read(lock: str) -> list[Pin]:
    """Return the packages of ``locks/<lock>.txt``, by name. Raises ``ValueError`` for a line that is no pin."""
    text = (LOCKS / f"{lock}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)\s*(?:;\s*(.*?))?\s*(?=--hash|$)", line)
        if match is None:
            raise ValueError(f"not a pin: {line[:60]}")
        hashes = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line))
        found.append(Pin(plain(match[1]), match[2], (match[3] or "").strip(), hashes))
    return sorted(found, key=lambda pin: pin.name)


def plain(name: str) -> str:
    """Return a package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
