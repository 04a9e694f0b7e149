"""How wide text is and where its lines break: one table of advances for screen, drawing and paper.

Lengths are points where a size is given, else 1/1000 em. Kerning is never used, so that Qt (kerning off,
``PreferNoHinting``) and the paper agree. Text that is joined, stacked or runs from right to left (Arabic,
combining marks) gets its true width only when it is shaped; here it is the sum of its characters, which is
near enough for a label. The table is read at the first question, once, in about 2 ms.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from typing import Any, NamedTuple
from unicodedata import category

import resources

#: What stands for a character none of our fonts has, and the font that has the sign.
MISSING = "\u25a1"
MISSING_FACE = "NotoSansSymbols2-Regular"

_FALLBACKS = ("NotoSansHebrew", "NotoSansArabic")
#: Spaces a line may break at; the no-break spaces are not among them.
BREAKING_SPACES = " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_BREAKING_SPACE = re.compile(f"[{BREAKING_SPACES}]")
#: A line may also break after a hyphen, dash or stroke between letters, and at the two invisible break
#: characters.
_SOFT_BREAK = re.compile(r"(?<=[^\W\d_][-/\u2010\u2013])(?=[^\W\d_])|(?<=[\u00ad\u200b])")
#: Where a word that is longer than a whole line is cut, if it can be.
_HARD_CUT = re.compile(r"(?<=[-/._@\u2010\u2013])")
#: Signs that stand before or around Arabic numbers: formatting by the standard, but drawn.
_SEEN_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
_ROUNDING = 0.01


@dataclass(frozen=True, slots=True)
class FontMetrics:
    """One font: how far it reaches, and the advance of each character it has, in 1/1000 em.

    What has no mark of its own (a joiner, a soft hyphen) has no width. ``slant`` is in degrees, negative to
    the right; ``box`` holds every glyph: left, foot, right, top.
    """

    name: str
    ascent: int
    descent: int
    cap_height: int
    slant: float
    box: tuple[int, ...]
    advances: Mapping[str, int]


class LineRange(NamedTuple):
    """One line of a text: ``text[start:end]``; the next begins at ``then``.

    What lies between ``end`` and ``then`` is the white space the line broke at. A word that was cut has none.
    """

    start: int
    end: int
    then: int


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads(resources.text("fonts", "advances.json"))
    return table


@cache
def font_metrics(name: str) -> FontMetrics:
    """Return the metrics of a bundled font, such as ``"NotoSans-Bold"``; ``KeyError`` for any other."""
    entry = _table()[name]
    codes = chain.from_iterable(range(run[0], run[0] + len(run) - 1) for run in entry["advances"])
    widths = chain.from_iterable(run[1:] for run in entry["advances"])
    advances = {
        character: 0 if is_invisible(character) else width
        for character, width in zip(map(chr, codes), widths, strict=True)
    }
    ascent, descent, cap_height = entry["ascent"], entry["descent"], entry["cap_height"]
    return FontMetrics(name, ascent, descent, cap_height, entry["slant"], tuple(entry["box"]), advances)


def face_name(*, bold: bool = False, italic: bool = False) -> str:
    """Return the name of the font that text of this weight and slope is set in."""
    style = ("Bold" if bold else "") + ("Italic" if italic else "")
    return f"NotoSans-{style or 'Regular'}"


@cache
def face_names(*, bold: bool = False, italic: bool = False) -> tuple[str, ...]:
    """Return the fonts to look in for a character, in order: our own, Hebrew, Arabic, symbols."""
    weight = "Bold" if bold else "Regular"
    fallbacks = (f"{family}-{weight}" for family in _FALLBACKS)
    return (face_name(bold=bold, italic=italic), *fallbacks, MISSING_FACE)


def covering_face(characters: str, *, bold: bool = False, italic: bool = False) -> str | None:
    """Return the first font that has all of ``characters``, or ``None``."""
    for name in face_names(bold=bold, italic=italic):
        advances = font_metrics(name).advances
        if all(character in advances for character in characters):
            return name
    return None


def is_invisible(character: str) -> bool:
    """Whether a character has no mark of its own: a joiner, direction mark, selector or soft hyphen."""
    if category(character) == "Cf":
        return character not in _SEEN_FORMATS
    return "\ufe00" <= character <= "\ufe0f"


def _advance(character: str, *, bold: bool, italic: bool) -> int:
    name = covering_face(character, bold=bold, italic=italic)
    if name is None:
        return 0 if is_invisible(character) else font_metrics(MISSING_FACE).advances[MISSING]
    return font_metrics(name).advances[character]


def advances_of(text: str, *, bold: bool = False, italic: bool = False) -> list[int]:
    """Return the advance of each character in 1/1000 em, taken from the first font that has it."""
    own = font_metrics(face_name(bold=bold, italic=italic)).advances
    try:
        return list(map(own.__getitem__, text))
    except KeyError:
        return [_advance(character, bold=bold, italic=italic) for character in text]


def text_width(text: str, size_pt: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return the width of one line of text in points. Line breaks in ``text`` are not meant for it."""
    return sum(advances_of(text, bold=bold, italic=italic)) * size_pt / 1000


def reach_of(advances: Sequence[float]) -> list[float]:
    """Return how far a text reaches before each of its characters, and, as one entry more, at its end."""
    return list(accumulate(advances, initial=0.0))


def break_ranges(text: str, reach: Sequence[float], width: float) -> Iterator[LineRange]:
    """Yield the lines of a paragraph that holds no line break, for a column of ``width``.

    ``reach`` is :func:`reach_of` the text's advances, in the unit of ``width``. A line breaks at a space,
    else after a hyphen, else inside the word that is longer than the whole line; nothing is lost and a line
    takes at least one character, however narrow the column. Spaces at a break belong to no line and may
    hang over the edge.
    """
    start, length = 0, len(text)
    while True:
        limit = bisect_right(reach, reach[start] + width + _ROUNDING, start, length + 1) - 1
        if limit >= length:
            yield LineRange(start, length, length)
            return
        line = _break_before(text, start, max(limit, start + 1), reach)
        yield line
        start = line.then
        if start >= length:
            return


def _break_before(text: str, start: int, limit: int, reach: Sequence[float]) -> LineRange:
    """Return the line from ``start`` that ends at or before ``limit``, the first that does not fit."""
    space = _last_space(text, start, limit)
    word_start = start if space is None else space + 1
    soft = [found.end() for found in _SOFT_BREAK.finditer(text, word_start, limit + 1)]
    soft = [place for place in soft if word_start < place <= limit]
    if soft:
        return LineRange(start, soft[-1], soft[-1])
    if space is not None:
        end, then = space, space + 1
        while end > start and text[end - 1] in BREAKING_SPACES:
            end -= 1
        while then < len(text) and text[then] in BREAKING_SPACES:
            then += 1
        return LineRange(start, end, then)
    cuts = [found.end() for found in _HARD_CUT.finditer(text, start + 1, limit)]
    cut = _whole_cluster(cuts[-1] if cuts else limit, reach)
    return LineRange(start, cut, cut)


def _last_space(text: str, start: int, limit: int) -> int | None:
    """Return the last breaking space in ``text[start:limit + 1]`` that has something visible before it."""
    found = text.rfind(" ", start, limit + 1)
    if not text.isascii():
        others = [match.start() for match in _BREAKING_SPACE.finditer(text, start, limit + 1)]
        found = max(others, default=-1)
    if found <= start or not text[start:found].strip(BREAKING_SPACES):
        return None
    return found


def _whole_cluster(cut: int, reach: Sequence[float]) -> int:
    """Return the first place at or after ``cut`` that does not part a character from the marks on it."""
    while cut < len(reach) - 1 and reach[cut + 1] == reach[cut]:
        cut += 1
    return cut


def break_lines(
    text: str, width_pt: float, size_pt: float, *, bold: bool = False, italic: bool = False
) -> tuple[str, ...]:
    """Return the lines of a text set in a column of ``width_pt``; a line break in it begins a new line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        reach = reach_of(advances_of(paragraph, bold=bold, italic=italic))
        for line in break_ranges(paragraph, reach, width_pt * 1000 / size_pt):
            lines.append(paragraph[line.start : line.end])
    return tuple(lines)
