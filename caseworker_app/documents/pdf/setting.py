"""From the text of a paragraph to lines of glyphs.

Every character of the text comes out once, in the order it is read: a line that broke at a space is
followed by one, and what was joined, exchanged or could not be shown keeps its own text beside the glyphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from caseworker_app.documents.blocks import Span
from caseworker_app.documents.pdf.faces import FontSet, face
from caseworker_app.documents.pdf.shaping import Glyph, Run, base_level, run_of, runs_of
from caseworker_app.documents.pdf.styles import TextStyle
from caseworker_app.drawing.metrics import break_ranges, face_name, reach_of

_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_ENDS_OF_PLANES: Final = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NO_CHARACTERS: Final = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_ENDS_OF_PLANES}]")
_SOFT_HYPHEN: Final = "\u00ad"


class Segment(NamedTuple):
    """A stretch of one weight and slope inside one line of the text as it was typed."""

    text: str
    bold: bool
    italic: bool


class Line(NamedTuple):
    """One line: runs as they are read, width in points, direction, and whether a space follows it."""

    runs: tuple[Run, ...]
    width: float
    level: int
    spaced: bool


def clean(text: str) -> str:
    """Return text as it can be printed: every kind of line break is ``\\n``, a tab is a space.

    Control characters have no meaning on paper and are left out; halves of characters and codes that are no
    character become U+FFFD, which is seen.
    """
    if text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _NO_CHARACTERS.sub("\ufffd", _CONTROLS.sub("", text))


def set_lines(spans: Sequence[Span], style: TextStyle, width: float, fonts: FontSet) -> tuple[Line, ...]:
    """Return the lines of a paragraph in a column of ``width`` points; none if there is nothing to see.

    Characters that no font has are noted in ``fonts``.
    """
    lines: list[Line] = []
    for segments in _typed_lines(spans, style):
        lines += _broken(segments, style.size, width, fonts)
    if not any(run.text.strip() for line in lines for run in line.runs):
        return ()
    lines[-1] = lines[-1]._replace(spaced=False)
    return tuple(lines)


def set_line(text: str, style: TextStyle, fonts: FontSet) -> Line:
    """Return a text as one line, however long; line breaks in it are spaces."""
    segment = Segment(clean(text).replace("\n", " "), style.bold, style.italic)
    return next(_broken([segment], style.size, float("inf"), fonts))._replace(spaced=False)


def _typed_lines(spans: Sequence[Span], style: TextStyle) -> list[list[Segment]]:
    """Return the lines of a paragraph as they were typed, each in stretches of one weight."""
    lines: list[list[Segment]] = [[]]
    for span in spans:
        bold, italic = span.bold or style.bold, span.italic or style.italic
        for number, part in enumerate(clean(span.text).split("\n")):
            if number:
                lines.append([])
            lines[-1].append(Segment(part, bold, italic))
    return lines


def _broken(segments: Sequence[Segment], size: float, width: float, fonts: FontSet) -> Iterator[Line]:
    """Yield the lines that one typed line needs in a column of ``width`` points."""
    text = "".join(segment.text for segment in segments)
    runs, advances = _measured(segments, fonts)
    reach = reach_of(advances)
    starts = list(accumulate((len(run.text) for run in runs), initial=0))
    level = base_level(text) if any(run.level for run in runs) else 0
    em = size / 1000
    for line in break_ranges(text, reach, width / em):
        cut = _cut(runs, starts, line.start, line.end)
        wide = reach[line.end] - reach[line.start]
        if text[line.end - 1 : line.end] == _SOFT_HYPHEN and line.end < len(text):
            cut = (*cut, _hyphen(cut[-1]))
            wide += cut[-1].width()
        yield Line(cut, wide * em, level, line.then > line.end or line.end == len(text))


def _measured(segments: Sequence[Segment], fonts: FontSet) -> tuple[list[Run], list[int]]:
    """Return the runs of a typed line and the advance of each character; plain text takes the short way."""
    runs: list[Run] = []
    advances: list[int] = []
    try:
        for text, bold, italic in segments:
            name = face_name(bold=bold, italic=italic)
            advances.extend(map(face(name).plain.__getitem__, text))
            runs.append(Run(text, name))
    except KeyError:
        text = "".join(segment.text for segment in segments)
        weights = [(segment.bold, segment.italic) for segment in segments for _ in segment.text]
        runs = runs_of(text, weights, fonts)
        advances = [advance for run in runs for advance in run.advances()]
    return runs, advances


def _cut(runs: Sequence[Run], starts: Sequence[int], start: int, end: int) -> tuple[Run, ...]:
    """Return what of the runs stands between two places of the text; a run that is parted is shaped anew."""
    parts: list[Run] = []
    for at in range(bisect_right(starts, start) - 1, bisect_left(starts, end)):
        run, begins = runs[at], starts[at]
        text = run.text[max(start - begins, 0) : end - begins]
        if len(text) == len(run.text):
            parts.append(run)
        elif run.glyphs is None:
            parts.append(Run(text, run.font, run.level))
        else:
            parts.append(run_of(text, run.font, run.level, missing=run.missing))
    return tuple(parts)


def _hyphen(run: Run) -> Run:
    """Return the hyphen that shows where a line broke at a soft hyphen; it is no text of its own."""
    own = face(face_name())
    number = own.nominal("-")
    return Run("", own.name, run.level, (Glyph(number, own.advance(number), 0, 0, 0),))
