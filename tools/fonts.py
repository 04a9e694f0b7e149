"""Build ``resources/fonts/advances.json``: the advances that screen, drawing and paper measure with.

Run after a font in ``resources/fonts`` has been exchanged: ``python tools/fonts.py``. Needs fontTools;
nothing else in the house does at run time. The table holds, per font, ascent, descent, cap height, slant
and box, and the advance of every code point the font covers, as runs ``[first code point, advance, advance,
…]``. All lengths are 1/1000 em.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent.parent / "resources" / "fonts"
TABLE = FONTS / "advances.json"


def runs(advances: Mapping[int, int]) -> list[list[int]]:
    """Return ``advances`` (code point to advance) as runs of neighbouring code points."""
    found: list[list[int]] = []
    last = -2
    for code in sorted(advances):
        if code != last + 1:
            found.append([code])
        found[-1].append(advances[code])
        last = code
    return found


def measure(path: Path) -> dict[str, Any]:
    """Return the table of one TrueType font. Raises ``ValueError`` unless its em is 1000 units."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        if font["head"].unitsPerEm != 1000:
            raise ValueError(f"{path.name}: the em is not 1000 units")
        glyphs, advances, head = font.getBestCmap(), font["hmtx"].metrics, font["head"]
        return {
            "ascent": font["hhea"].ascent,
            "descent": font["hhea"].descent,
            "cap_height": font["OS/2"].sCapHeight,
            "slant": font["post"].italicAngle,
            "box": [head.xMin, head.yMin, head.xMax, head.yMax],
            "advances": runs({code: advances[glyph][0] for code, glyph in glyphs.items()}),
        }


def table(folder: Path = FONTS) -> str:
    """Return the text of the table for all fonts of a folder, one font a line."""
    lines = [
        f"{json.dumps(path.stem)}: {json.dumps(measure(path), separators=(',', ':'))}"
        for path in sorted(folder.glob("*.ttf"))
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    print(f"{TABLE.name}: {TABLE.stat().st_size} bytes")
