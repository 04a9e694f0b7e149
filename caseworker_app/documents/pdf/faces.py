"""The bundled fonts on paper: glyph numbers, what needs no shaping, fonts cut to what was used."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final
from unicodedata import bidirectional, category

import uharfbuzz

import resources
from caseworker_app.drawing.metrics import font_metrics

#: Tables that a font inside a PDF has no use for: glyphs are chosen and placed before they get there.
_DROPPED: Final = ("GSUB", "GPOS", "GDEF", "cmap", "name", "post", "OS/2", "gasp", "meta")
#: Tables without which nothing can be typed in a font: which glyph a character has, and how high its lines are.
_TO_TYPE_IN: Final = frozenset({"cmap", "OS/2", "name", "post"})
_COMPLEX_SCRIPTS: Final = range(0x0590, 0x1D00)
_LEFT_TO_RIGHT: Final = frozenset({"L", "EN", "ES", "ET", "CS", "WS", "ON"})


class Codes(dict[int, str]):
    """Character to its glyph number as four hex digits, filled as it is asked; for ``str.translate``."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, code: int) -> str:
        self[code] = found = f"{self._font.get_nominal_glyph(code):04X}"
        return found


class Face:
    """One bundled font, opened once a process.

    ``plain`` holds the advances of the characters that may be set one after the other from left to right;
    ``codes`` turns such text into glyph numbers.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.metrics = font_metrics(name)
        self._blob = uharfbuzz.Blob(resources.path("fonts", f"{name}.ttf").read_bytes())
        self._shape = uharfbuzz.Face(self._blob)
        self.font = uharfbuzz.Font(self._shape)
        advances = self.metrics.advances
        self.plain = {character: advances[character] for character in advances if is_plain(character)}
        self.codes = Codes(self.font)

    def advance(self, glyph: int) -> int:
        """Return the advance of a glyph in 1/1000 em."""
        return int(self.font.get_glyph_h_advance(glyph))

    def nominal(self, character: str) -> int:
        """Return the number of the glyph a character has before any shaping."""
        return int(self.codes[ord(character)], 16)

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """Return the font with these glyphs only, under their own numbers, without hints and layout."""
        wanted = uharfbuzz.SubsetInput()
        flags = uharfbuzz.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.NO_LAYOUT_CLOSURE
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _DROPPED)
        return bytes(uharfbuzz.subset(self._shape, wanted).blob.data)

    def to_type_in(self, characters: Iterable[str]) -> bytes:
        """Return the font with these characters and the table that finds them: for words typed in after it was made."""
        wanted = uharfbuzz.SubsetInput()
        flags = uharfbuzz.SubsetFlags
        wanted.flags = flags.NO_HINTING | flags.NO_LAYOUT_CLOSURE
        wanted.unicode_set.update(map(ord, characters))
        dropped = set(_DROPPED) - _TO_TYPE_IN
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in dropped)
        return bytes(uharfbuzz.subset(self._shape, wanted).blob.data)


def is_plain(character: str) -> bool:
    """Whether a character is set by itself: Latin, Greek, Cyrillic, digits, signs; no marks on letters."""
    if ord(character) in _COMPLEX_SCRIPTS or category(character)[0] in "MC":
        return False
    return bidirectional(character) in _LEFT_TO_RIGHT


@cache
def face(name: str) -> Face:
    """Return a bundled font by its name. Raises ``KeyError`` for a name we do not ship."""
    return Face(name)


class UsedFont:
    """A font inside one document: the name pages call it by, and the text of each glyph used."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._characters: set[str] = set()
        self._glyphs: dict[int, str] = {}

    def encode(self, text: str) -> str:
        """Return plain text as hex glyph numbers and remember its characters."""
        self._characters.update(text)
        return text.translate(self.face.codes)

    def use(self, glyph: int, text: str) -> str:
        """Return a shaped glyph as hex and remember which text it was first shaped from."""
        self._glyphs.setdefault(glyph, text)
        return f"{glyph:04X}"

    def glyphs(self) -> dict[int, str]:
        """Return every glyph used, in order of number, with its text."""
        plain = {self.face.nominal(character): character for character in sorted(self._characters)}
        return dict(sorted({**self._glyphs, **plain}.items()))


class FontSet:
    """The fonts of one document, in order of first use, and the characters none of them has."""

    def __init__(self) -> None:
        self._used: dict[str, UsedFont] = {}
        self.missing: dict[str, None] = {}

    def __getitem__(self, name: str) -> UsedFont:
        used = self._used.get(name)
        if used is None:
            used = self._used[name] = UsedFont(face(name), f"F{len(self._used) + 1}")
        return used

    def used(self) -> tuple[UsedFont, ...]:
        """Return the fonts that text was set in."""
        return tuple(font for font in self._used.values() if font.glyphs())
