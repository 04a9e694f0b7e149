"""What a paper of mostly text is made of: parts in their order, each a heading with what stands under it.

For papers whose shape is theirs alone and no municipality's wording: a chronology, an investigation, an extract of the
journal, a sheet to take along. What is not in the parts cannot be printed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from caseworker_app.domain.papers import Sender


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading of ``level`` 2 or 3 over light text (:mod:`caseworker_app.domain.light_text`); either may be empty.

    ``quoted`` is somebody's own words, ``muted`` steps back.
    """

    heading: str = ""
    text: str = ""
    level: int = 2
    quoted: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table; ``widths`` are shares, one a column. Cells are plain text, ``\\n`` a new line.

    ``row_height`` in mm is for tables to be filled in by hand; ``figures`` are the columns set to the right.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heading: str = ""
    row_heads: bool = False
    row_height: float = 0.0
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PairsPart:
    """Names and what they stand for."""

    pairs: tuple[tuple[str, str], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ListPart:
    """Points whose order does not matter."""

    points: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class LinesPart:
    """Blank lines to write on, ``spacing`` mm apart."""

    count: int
    heading: str = ""
    spacing: float = 9.0


@dataclass(frozen=True, slots=True)
class SignPart:
    """A line to sign on for each name."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldPart:
    """A field to be filled in, on the screen or by hand; ``help`` stands under its label, ``value`` in it already."""

    name: str
    label: str
    help: str = ""
    value: str = ""
    lines: int = 3


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class TogetherPart:
    """Parts that stand on one page, where a page can hold them."""

    parts: tuple[Part, ...]


Part: TypeAlias = (
    "TextPart | TablePart | PairsPart | ListPart | LinesPart | SignPart | FieldPart | NewPage | TogetherPart"
)


@dataclass(frozen=True, slots=True)
class TextPaperFacts:
    """A paper of mostly text. ``title`` stands in the file's metadata and holds no name; ``heading`` is what is read.

    ``standing`` is a line under the heading: whose copy it is and of which day. ``number`` says that a cpr. nr. stands
    somewhere on it, so that the paper warns against passing it on. Without ``letterhead`` it begins with the heading.
    """

    sender: Sender
    title: str
    heading: str
    dated: dt.date
    parts: tuple[Part, ...]
    standing: str = ""
    letterhead: bool = True
    number: bool = False
