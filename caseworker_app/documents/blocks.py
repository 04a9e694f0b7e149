"""What a document is made of, without a word on how it is set: the model of printing, tests and history.

Everything here is frozen, slotted and picklable, so that it can go to the worker process and be compared.
Lengths are millimetres. Text is plain: nothing in it is ever read as markup. ``\\n`` in a text begins a new
line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from caseworker_app.drawing.display_list import DisplayList

#: ``lead`` is larger (a child's name, a code to be typed), ``small`` and ``muted`` step back, ``quote`` is
#: somebody's own words, ``tight`` has no space after it (lines of an address).
TextLook: TypeAlias = Literal["body", "lead", "small", "muted", "quote", "tight"]
Align: TypeAlias = Literal["start", "center", "end"]
Rules: TypeAlias = Literal["rows", "grid", "none"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text of one weight and slope."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1-3, ``large`` over text of the look ``lead``. A document has one of level 1, and no level
    is skipped."""

    level: Literal[1, 2, 3]
    text: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: tuple[Span, ...]
    look: TextLook = "body"
    align: Align = "start"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list whose order does not matter. An item is what stands in a cell."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list whose order matters, numbered from ``first``."""

    items: tuple[Cell, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class Lines:
    """Blank ruled lines to write on."""

    count: int
    spacing: float = 9.0


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty room."""

    height: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its head is repeated on every page it runs over.

    ``widths`` are shares of the width, one a column. With ``row_heads`` the first cell of each row is the
    head of that row. ``align`` has one entry a column, or is empty. ``row_height`` is the least height of a
    row, for tables to be filled in by hand. Raises ``ValueError`` when a row has more cells than there are
    widths, or none at all.
    """

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    caption: str = ""
    rules: Rules = "rows"
    row_heads: bool = False
    align: tuple[Align, ...] = ()
    row_height: float = 0.0

    def __post_init__(self) -> None:
        if not self.widths or any(width <= 0 for width in self.widths):
            raise ValueError("a table has at least one column, each wider than nothing")
        if any(len(row) > len(self.widths) for row in (self.head, *self.rows)):
            raise ValueError("a row has more cells than the table has columns")
        if self.align and len(self.align) != len(self.widths):
            raise ValueError("give an alignment for every column or for none")


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names and what they stand for, in two columns without rules; ``share`` is the width of the first."""

    pairs: tuple[tuple[str, Cell], ...]
    share: float = 0.28


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing at its own size, or smaller to fit; ``alt_text`` says in words what it shows."""

    display_list: DisplayList
    alt_text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG or JPEG picture in memory, such as a municipality's logo, ``height`` mm high."""

    data: bytes
    alt_text: str
    height: float = 14.0


@dataclass(frozen=True, slots=True)
class FillIn:
    """A field to be filled in, on the screen (a field of the file's own form) or by hand in the box that is drawn.

    ``name`` tells it from the document's other fields; ``label`` is what a screen reader says of it; ``value`` stands in
    it already; ``lines`` is how many it shows.
    """

    name: str
    label: str
    value: str = ""
    lines: int = 3


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; two of them make no empty page."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line to sign on with what is to be written under it."""

    label: str
    width: float = 75.0


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks that stay on one page if a page can hold them."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side, the left ones read first; ``share`` is the part of the width that is theirs."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.5


CellBlock: TypeAlias = Paragraph | BulletList | NumberedList | Lines | Spacer | Image | Drawing
Cell: TypeAlias = tuple[CellBlock, ...]
Block: TypeAlias = (
    CellBlock | Heading | Table | KeyValues | FillIn | PageBreak | SignatureLine | KeepTogether | Columns
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The sender at the top of the first page: left who, right how to reach them and the date in words."""

    municipality: str
    unit: str = ""
    address: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    date: str = ""
    logo: Image | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The paper and its margins, mm. The left margin of an upright page is wide enough to be punched."""

    width: float = 210.0
    height: float = 297.0
    left: float = 25.0
    right: float = 20.0
    top: float = 20.0
    bottom: float = 20.0

    @property
    def column(self) -> float:
        """How wide the text can be."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """How much a page holds."""
        return self.height - self.top - self.bottom


A4 = Page()
A4_ACROSS = Page(297.0, 210.0, 12.0, 12.0, 11.0, 15.0)
A3_ACROSS = Page(420.0, 297.0, 14.0, 14.0, 13.0, 16.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document.

    ``title``, ``author`` and ``subject`` go into the file's metadata, where a CPR number is masked;
    ``language`` is a BCP 47 tag and is what a screen reader speaks. ``created`` is the moment stamped into
    the file: the same document gives the same bytes. ``page_label`` has ``{page}`` and ``{pages}``; an
    empty one prints no page numbers. ``page`` is the paper it is set on.
    """

    title: str
    blocks: tuple[Block, ...]
    created: datetime
    language: str = "da-DK"
    author: str = ""
    subject: str = ""
    letterhead: Letterhead | None = None
    footer: str = ""
    page_label: str = "Side {page} af {pages}"
    page: Page = A4


def paragraph(*parts: str | Span, look: TextLook = "body", align: Align = "start") -> Paragraph:
    """Return a paragraph of plain strings and spans."""
    spans = tuple(Span(part) if isinstance(part, str) else part for part in parts)
    return Paragraph(spans, look, align)


def cell(*parts: str | Span | CellBlock) -> Cell:
    """Return what stands in a cell or list item: each string or span becomes a paragraph."""
    return tuple(paragraph(part) if isinstance(part, str | Span) else part for part in parts)


def row(*cells: str | Span | CellBlock | Cell) -> tuple[Cell, ...]:
    """Return a row of cells, or the items of a list."""
    return tuple(part if isinstance(part, tuple) else cell(part) for part in cells)
