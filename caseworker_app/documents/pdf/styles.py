"""How the paper looks: measures, colours, and the style each kind of text is set in. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from caseworker_app.documents.blocks import A4, Align, TextLook

MM: Final = 72 / 25.4
#: How much an upright A4 page holds; what is laid out without a page counts on it.
DEPTH: Final = A4.depth * MM
FOOTER_BASELINE: Final = 11 * MM

INK: Final = "#1E2326"
MUTED: Final = "#57606A"
ACCENT: Final = "#0B6B6B"
#: Thin lines are darker than on the screen, so that they are still there on a copy of a copy.
RULE: Final = "#8B949B"
TINT: Final = "#EDF3F2"

THIN: Final = 0.5
THICK: Final = 1.0
CELL_PADDING: Final = (5.0, 4.0)
LIST_INDENT: Final = 14.0
LIST_INDENT_IN_CELL: Final = 10.5
LOGO_ROOM: Final = 11.0
QUOTE_INDENT: Final = 12.0
LETTERHEAD_AFTER: Final = 22.0
COLUMN_GAP: Final = 4 * MM


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size and line distance, colour, weight, where lines begin, and the room before and after.

    A style that ``turns`` begins at the right when its text is written from right to left.
    """

    size: float
    leading: float
    color: str = INK
    bold: bool = False
    italic: bool = False
    align: Align = "start"
    before: float = 0.0
    after: float = 0.0
    turns: bool = False


BODY: Final = TextStyle(11, 15.5, after=7, turns=True)
HEADINGS: Final = {
    1: TextStyle(16, 21, bold=True, after=9),
    2: TextStyle(13, 17.5, bold=True, before=14, after=5),
    3: TextStyle(11, 15.5, bold=True, before=10, after=3),
}
LARGE_HEADINGS: Final = {
    1: TextStyle(24, 30, bold=True, color=ACCENT, after=8),
    2: TextStyle(17, 22, bold=True, before=14, after=4),
    3: TextStyle(14, 19.5, bold=True, before=6, after=1),
}
LOOKS: Final[dict[TextLook, TextStyle]] = {
    "body": BODY,
    "lead": TextStyle(14, 19.5, after=8, turns=True),
    "small": TextStyle(9, 12.5, after=4, turns=True),
    "muted": TextStyle(9.5, 13, color=MUTED, after=5, turns=True),
    "quote": TextStyle(11, 15.5, italic=True, before=2, after=8, turns=True),
    "tight": TextStyle(11, 15.5, turns=True),
}
CELL_SIZE: Final = 10.0
CELL_LEADING: Final = 13.8
CAPTION: Final = TextStyle(10, 14, bold=True, before=8, after=4)
KEY: Final = TextStyle(10.5, 15, color=MUTED)
SENDER: Final = TextStyle(13, 17, bold=True, color=ACCENT)
SENDER_UNIT: Final = TextStyle(10, 13.5)
SENDER_LINE: Final = TextStyle(9, 12.5, color=MUTED)
DATE: Final = TextStyle(10, 13.5)
FOOTER: Final = TextStyle(8.5, 11, color=MUTED)
SIGNATURE: Final = TextStyle(9.5, 13, color=MUTED, after=8)

VALUE: Final = TextStyle(10.5, 15)
KEY_PADDING: Final = (0.0, 1.5)

LIST_ROOM: Final = 7.0
ITEM_ROOM: Final = 2.0
TABLE_ROOM: Final = 12.0
FIGURE_ROOM: Final = 8.0


def in_cell(style: TextStyle) -> TextStyle:
    """Return a style as it is in a table: body text a point smaller, paragraphs closer."""
    if style.size == BODY.size:
        style = replace(style, size=CELL_SIZE, leading=CELL_LEADING)
    return replace(style, before=0.0, after=min(style.after, 3.0), turns=False)
