"""Text that needs more than glyph after glyph: direction, joining, marks, fonts to fall back on.

A paragraph without such text never comes here. Levels are those of the Unicode bidirectional algorithm
(python-bidi), glyphs and their places those of HarfBuzz.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple
from unicodedata import bidirectional, category

import uharfbuzz
from bidi import algorithm

from caseworker_app.documents.pdf.faces import Face, FontSet, face
from caseworker_app.drawing.metrics import MISSING, MISSING_FACE, covering_face, face_name, is_invisible

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "RLE", "RLO", "RLI", "AN"})
#: python-bidi has the rules of before the isolates came; as embeddings they order the same text in all but
#: rare cases.
_ISOLATES: Final = {"LRI": "LRE", "RLI": "RLE", "FSI": "LRE", "PDI": "PDF"}
_REMOVED: Final = frozenset(algorithm.X9_REMOVED)


class Glyph(NamedTuple):
    """A glyph of a shaped run: number, how far the pen goes on, place, the character it came from."""

    number: int
    advance: int
    right: int
    up: int
    cluster: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font and one direction; ``glyphs`` is ``None`` where plain setting is enough.

    ``missing`` says that no font has the characters: each is drawn as the sign for that.
    """

    text: str
    font: str
    level: int = 0
    glyphs: tuple[Glyph, ...] | None = None
    missing: bool = False

    def advances(self) -> list[int]:
        """Return the advance of each character; a cluster's first character carries that of all its glyphs."""
        own = face(self.font)
        if self.glyphs is None:
            return list(map(own.plain.__getitem__, self.text))
        advances = [0] * len(self.text)
        for glyph in self.glyphs:
            advances[glyph.cluster] += glyph.advance
        return advances

    def width(self) -> int:
        """Return the width in 1/1000 em."""
        return sum(self.advances()) if self.glyphs is None else sum(glyph.advance for glyph in self.glyphs)

    def clusters(self) -> dict[int, str]:
        """Return the text of each cluster by the place it begins at."""
        starts = sorted({glyph.cluster for glyph in self.glyphs or ()})
        return {start: self.text[start:end] for start, end in pairwise((*starts, len(self.text)))}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cluster and what it will be set in; neighbours that agree are set as one run."""

    text: str
    font: str
    level: int
    plain: bool
    missing: bool

    def joins(self, other: _Piece) -> bool:
        return (self.font, self.level, self.plain, self.missing) == (
            other.font, other.level, other.plain, other.missing,
        )  # fmt: skip


def is_right_to_left(text: str) -> bool:
    """Whether anything in a text runs from right to left."""
    return any(bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def base_level(text: str) -> int:
    """Return 1 for a paragraph whose first letter is of a script that runs from right to left, else 0."""
    for character in text:
        kind = bidirectional(character)
        if kind in ("R", "AL"):
            return 1
        if kind == "L":
            return 0
    return 0


def levels_of(text: str) -> list[int]:
    """Return the embedding level of each character of a paragraph: even runs rightwards, odd leftwards."""
    base = base_level(text)
    if not is_right_to_left(text):
        return [base] * len(text)
    types = [bidirectional(character) or "L" for character in text]
    types = [_ISOLATES.get(kind, kind) for kind in types]
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage.update(base_level=base, base_dir=("L", "R")[base])
    storage["chars"] = [
        {"ch": character, "level": base, "type": kind, "orig": kind, "at": at}
        for at, (character, kind) in enumerate(zip(text, types, strict=True))
    ]
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    resolved = {entry["at"]: entry["level"] for entry in storage["chars"]}
    levels, last = [], base
    for at in range(len(text)):
        last = resolved.get(at, last)
        levels.append(last)
    return levels


def visual_order(levels: Sequence[int]) -> list[int]:
    """Return the places of a line's runs from left to right (rule L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    for level in range(max(levels, default=0), min(odd, default=1) - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end + 1
    return order


def shape(font: Face, text: str, *, leftwards: bool) -> tuple[Glyph, ...]:
    """Return the glyphs of a text from left to right, without kerning in the Latin fonts."""
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.direction = "rtl" if leftwards else "ltr"
    buffer.guess_segment_properties()
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(font.font, buffer, {"kern": not font.name.startswith("NotoSans-")})
    return tuple(
        Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset, info.cluster)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )


def run_of(text: str, font: str, level: int, *, missing: bool = False) -> Run:
    """Return a shaped run; what the font turns out not to have is drawn as missing."""
    own = face(font)
    if missing:
        box = face(MISSING_FACE)
        number = box.nominal(MISSING)
        visible = [at for at, character in enumerate(text) if not is_invisible(character)]
        boxes = tuple(Glyph(number, box.advance(number), 0, 0, at) for at in visible)
        return Run(text, MISSING_FACE, level, boxes, missing=True)
    glyphs = shape(own, text, leftwards=level % 2 == 1)
    if any(glyph.number == 0 for glyph in glyphs):
        return run_of(text, MISSING_FACE, level, missing=True)
    return Run(text, font, level, glyphs)


def runs_of(text: str, weights: Sequence[tuple[bool, bool]], fonts: FontSet) -> list[Run]:
    """Return the runs of a paragraph in the order it is read.

    ``weights`` says of each character whether it is bold and italic. Characters no font has are noted in
    ``fonts``.
    """
    levels = levels_of(text)
    runs: list[Run] = []
    waiting: list[_Piece] = []
    for piece in (*_pieces(text, weights, levels), None):
        if waiting and (piece is None or not waiting[-1].joins(piece)):
            runs.append(_set(waiting, fonts))
            waiting = []
        if piece is not None:
            waiting.append(piece)
    return runs


def _set(pieces: Sequence[_Piece], fonts: FontSet) -> Run:
    text = "".join(piece.text for piece in pieces)
    first = pieces[0]
    if first.plain:
        return Run(text, first.font, first.level)
    run = run_of(text, first.font, first.level, missing=first.missing)
    if run.missing:
        fonts.missing.update(dict.fromkeys(character for character in text if not is_invisible(character)))
    return run


def _pieces(text: str, weights: Sequence[tuple[bool, bool]], levels: Sequence[int]) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _continues(text[end]) and levels[end] == levels[at]:
            end += 1
        yield from _cluster(text[at:end], *weights[at], levels[at])
        at = end


def _continues(character: str) -> bool:
    """Whether a character belongs to the one before: a mark on it, a joiner, a variation selector."""
    return category(character)[0] == "M" or is_invisible(character)


def _cluster(text: str, bold: bool, italic: bool, level: int) -> Iterator[_Piece]:
    """Yield a letter and its marks in the first font that has them all, else each in a font of its own."""
    own = face_name(bold=bold, italic=italic)
    if level % 2 == 0 and len(text) == 1 and text in face(own).plain:
        yield _Piece(text, own, level, plain=True, missing=False)
        return
    visible = "".join(character for character in text if not is_invisible(character))
    found = covering_face(visible, bold=bold, italic=italic) if visible else own
    if found is None and len(text) > 1:
        for character in text:
            yield from _cluster(character, bold, italic, level)
        return
    plain = level % 2 == 0 and found == own and all(character in face(own).plain for character in text)
    yield _Piece(text, found or MISSING_FACE, level, plain, found is None)
