"""The licence of every package that ships, against the list that was looked at: ``python -m tools.licences``.

The list is ``locks/licences.toml``. A package it does not name, one that has changed its licence, one whose licence
is not allowed, and a name no lock holds any more are each said, and fail. ``--write`` writes what is installed.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata

from tools.locks import LOCKS, read

LIST = LOCKS / "licences.toml"
ALLOWED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib",
    "MPL-2.0", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",
})  # fmt: skip
"""What may ship: with notice alone, or as a library of its own that can be exchanged (LGPL) or whose source is named
(MPL). Never a licence that asks our own source to be given away."""
SPELLED = {
    "BSD License": "BSD-3-Clause", "BSD 2-Clause License": "BSD-2-Clause", "MIT License": "MIT",
    "Apache License 2.0": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "PSFL": "PSF-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "LGPL": "LGPL-2.1-or-later", "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
"""How packages that do not use SPDX's names spell them."""


def main(arguments: list[str]) -> int:
    """Compare, or write with ``--write``; return 1 when something must be looked at."""
    listed: Mapping[str, str] = tomllib.loads(LIST.read_text(encoding="utf-8")) if LIST.exists() else {}
    found = {name: licence_of(name) or listed.get(name, "") for name in shipped()}
    if "--write" in arguments:
        lines = [f'{name} = "{licence}"' for name, licence in sorted(found.items())]
        LIST.write_text("\n".join((*_HEAD, *lines, "")), encoding="utf-8")
    else:
        faults = [*compared(found, listed)]
        print("\n".join(faults) or f"licences: {len(found)} packages ship, all as listed")
        return 1 if faults else 0
    return 0


_HEAD = (
    "# The licence (SPDX) of every package that ships with the program or the hub, as it was looked at.",
    "# Checked by start.py lint; written anew by: python -m tools.licences --write",
    "",
)


def shipped() -> list[str]:
    """Return the names of what ships with the program or the hub."""
    return sorted({pin.name for pin in (*read("app"), *read("hub"))})


def licence_of(name: str) -> str:
    """Return the SPDX expression of an installed package; empty when it is not here or does not say."""
    try:
        told = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return ""
    classifiers = [
        text.rsplit(" :: ", 1)[-1] for text in told.get("classifier", ()) if text.startswith("License ::")
    ]
    said = [
        str(told.get("license_expression", "")),
        str(told.get("license", "")).partition("\n")[0],
        *classifiers,
    ]
    for words in filter(None, said):
        spelled = SPELLED.get(words, words)
        if parts_of(spelled) & ALLOWED:
            return spelled
    return next(filter(None, said), "")


def parts_of(expression: str) -> set[str]:
    """Return the licences an expression names."""
    words = expression.replace("(", " ").replace(")", " ").replace(",", " ").split()
    return {word for word in words if word not in {"AND", "OR", "WITH"}}


def allowed(expression: str) -> bool:
    """Whether a licence may ship: of a choice one part is enough, of a sum all must do."""
    choices = [parts_of(part) for part in expression.split(" OR ")]
    return any(choice and choice <= ALLOWED for choice in choices)


def compared(found: Mapping[str, str], listed: Mapping[str, str]) -> Iterable[str]:
    """Yield what must be looked at, one sentence each."""
    for name, licence in found.items():
        if name not in listed:
            yield f"{name} is not in the list of licences; it says {licence or 'nothing'}"
        elif licence != listed[name]:
            yield f"{name} was listed as {listed[name]} and says {licence or 'nothing'} now"
        elif not allowed(licence):
            yield f"{name} may not ship: {licence or 'no licence'}"
    yield from (f"{name} is listed and does not ship any more" for name in listed if name not in found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
