"""From the blocks of a document to boxes and the elements of its structure, both in the order it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, assert_never

from caseworker_app.documents.blocks import (
    Align,
    Block,
    BulletList,
    Cell,
    Columns,
    Drawing,
    FillIn,
    Heading,
    Image,
    KeepTogether,
    KeyValues,
    Letterhead,
    Lines,
    NumberedList,
    PageBreak,
    Paragraph,
    SignatureLine,
    Spacer,
    Span,
    Table,
)
from caseworker_app.documents.pdf import styles
from caseworker_app.documents.pdf.boxes import Box, FieldBox, PageEnd, Room, RuleBox, Stack, TextBox
from caseworker_app.documents.pdf.faces import FontSet
from caseworker_app.documents.pdf.figures import FigureBox, picture
from caseworker_app.documents.pdf.grids import Grid, Row
from caseworker_app.documents.pdf.setting import clean
from caseworker_app.documents.pdf.structure import Node
from caseworker_app.documents.pdf.styles import LOOKS, MM, TextStyle, in_cell

_BULLET: Final = "•"
#: A paragraph of fewer characters goes with what is kept together after it: no greeting stands alone on a page.
_SHORT: Final = 400
_COLUMN_HEAD: Final = "/O/Table /Scope/Column"
_ROW_HEAD: Final = "/O/Table /Scope/Row"


class Builder:
    """Makes the boxes of one document. What is in a cell is a size smaller than what is on the page."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts

    def blocks(self, blocks: Iterable[Block], parent: Node, *, inside: bool = False) -> list[Box]:
        """Return the boxes of blocks; page breaks ``inside`` something kept together are passed over."""
        boxes: list[Box] = []
        before: Block | None = None
        for block in blocks:
            if inside and isinstance(block, PageBreak):
                continue
            if isinstance(block, KeepTogether) and isinstance(before, Paragraph):
                boxes[-1].clings = sum(len(span.text) for span in before.spans) < _SHORT
            boxes.append(self._block(block, parent))
            before = block
        return boxes

    def _block(self, block: Block, parent: Node) -> Box:
        match block:
            case Heading(level, text, large):
                style = (styles.LARGE_HEADINGS if large else styles.HEADINGS)[level]
                return self._text((Span(text),), style, parent, f"H{level}", clings=True)
            case Table():
                return self._table(block, parent)
            case KeyValues():
                return self._key_values(block, parent)
            case FillIn(name, label, value, lines):
                return FieldBox(parent.add("Form", alt=label), name, label, value, lines)
            case PageBreak():
                return PageEnd()
            case SignatureLine(label, width):
                rule = RuleBox(15 * MM, width * MM, color=styles.INK, weight=0.7, before=6, clings=True)
                under = self._text((Span(label),), styles.SIGNATURE, parent, "P")
                return Stack([rule, Room(2), under], together=True)
            case Columns(left, right, share):
                stacks = [Stack(self.blocks(side, parent, inside=True)) for side in (left, right)]
                return Row(stacks, (share, 1 - share), padding=(styles.COLUMN_GAP / 2, 0.0))
            case KeepTogether(kept):
                return Stack(self.blocks(kept, parent, inside=True), together=True)
            case _:
                return self._cell_block(block, parent, cell=False)

    def _cell_block(
        self,
        block: Paragraph | BulletList | NumberedList | Lines | Spacer | Image | Drawing,
        parent: Node,
        *,
        cell: bool,
    ) -> Box:
        match block:
            case Paragraph(spans, look, align):
                style = in_cell(LOOKS[look]) if cell else LOOKS[look]
                style = replace(style, align=align) if align != "start" else style
                if look != "quote":
                    return self._text(spans, style, parent, "P")
                quoted = self._text(spans, style, parent.add("BlockQuote"), "P")
                return Stack([quoted], indent=styles.QUOTE_INDENT, bar=styles.ACCENT)
            case BulletList(items):
                return self._list(items, (_BULLET for _ in items), "Disc", parent, cell=cell)
            case NumberedList(items, first):
                marks = (f"{number}." for number in range(first, first + len(items)))
                return self._list(items, marks, "Decimal", parent, cell=cell)
            case Lines(count, spacing):
                return Stack([RuleBox(spacing * MM) for _ in range(count)])
            case Spacer(height):
                return Room(height * MM)
            case Image():
                return self._image(block, parent)
            case Drawing(drawn, alt_text):
                node = parent.add("Figure", alt=alt_text)
                room = styles.FIGURE_ROOM
                return FigureBox(node, drawn.width * MM, drawn.height * MM, drawn, before=room, after=room)
            case _:
                assert_never(block)

    def _text(
        self, spans: Sequence[Span], style: TextStyle, parent: Node, role: str, *, clings: bool = False
    ) -> TextBox:
        seen = any(clean(span.text).strip() for span in spans)
        node = parent.add(role) if seen else None
        return TextBox(spans, style, node, self._fonts, clings, style.before, style.after)

    def _image(self, image: Image, parent: Node) -> FigureBox:
        drawn = picture(image.data, image.height)
        height = image.height * MM
        width = height * drawn.width / drawn.height
        node = parent.add("Figure", alt=image.alt_text)
        return FigureBox(node, width, height, drawn, after=styles.FIGURE_ROOM)

    def _list(
        self, items: Sequence[Cell], marks: Iterable[str], kind: str, parent: Node, *, cell: bool
    ) -> Box:
        if not items:
            return Room(0.0)
        top = parent.add("L", f"/O/List /ListNumbering/{kind}")
        style = in_cell(LOOKS["body"]) if cell else LOOKS["body"]
        rows: list[Box] = []
        for item, mark in zip(items, marks, strict=True):
            entry = top.add("LI")
            label = self._text((Span(mark),), replace(style, turns=False), entry, "Lbl")
            body = self._cell(item, entry.add("LBody"), cell=cell)
            indent = max(styles.LIST_INDENT_IN_CELL if cell else styles.LIST_INDENT, 6.5 * len(mark))
            rows.append(Row([Stack([label]), body], (), fixed=indent, after=styles.ITEM_ROOM))
        stack = Stack(rows)
        stack.after = styles.LIST_ROOM if not cell else styles.ITEM_ROOM
        return stack

    def _cell(self, content: Cell, parent: Node, *, cell: bool = True) -> Stack:
        return Stack([self._cell_block(block, parent, cell=cell) for block in content])

    def _table(self, table: Table, parent: Node) -> Box:
        if not table.head and not table.rows:
            return Room(0.0)
        node = parent.add("Table")
        caption: list[Box] = []
        if clean(table.caption).strip():
            caption.append(self._text((Span(table.caption),), styles.CAPTION, node, "Caption", clings=True))
        head = [self._row(table, table.head, node, head=True)] if table.head else []
        rows = [self._row(table, row, node, head=False) for row in table.rows]
        room = styles.TABLE_ROOM
        grid = Grid(head, rows, table.rules, before=0.0 if caption else styles.FIGURE_ROOM, after=room)
        return Stack([*caption, grid])

    def _row(self, table: Table, cells: Sequence[Cell], parent: Node, *, head: bool) -> Row:
        node = parent.add("TR")
        stacks = []
        for at in range(len(table.widths)):
            content = cells[at] if at < len(cells) else ()
            align = table.align[at] if table.align else "start"
            if head or (table.row_heads and at == 0):
                own = node.add("TH", _COLUMN_HEAD if head else _ROW_HEAD)
                content = _emboldened(content)
            else:
                own = node.add("TD")
            stacks.append(self._cell(_aligned(content, align), own))
        least = 0.0 if head else table.row_height * MM
        return Row(stacks, table.widths, padding=styles.CELL_PADDING, least=least, moves_whole=True)

    def _key_values(self, block: KeyValues, parent: Node) -> Box:
        if not block.pairs:
            return Room(0.0)
        node = parent.add("Table")
        rows = []
        for key, value in block.pairs:
            line = node.add("TR")
            name = self._text((Span(key),), styles.KEY, line.add("TH", _ROW_HEAD), "P")
            body = Stack(
                [self._value(part, line_value) for line_value in (line.add("TD"),) for part in value]
            )
            shares = (block.share, 1 - block.share)
            rows.append(Row([Stack([name]), body], shares, padding=styles.KEY_PADDING, moves_whole=True))
        return Grid((), rows, "none", after=styles.FIGURE_ROOM)

    def _value(
        self, block: Paragraph | BulletList | NumberedList | Lines | Spacer | Image | Drawing, parent: Node
    ) -> Box:
        if isinstance(block, Paragraph) and block.look == "body":
            return self._text(block.spans, styles.VALUE, parent, "P")
        return self._cell_block(block, parent, cell=True)

    def letterhead(self, letterhead: Letterhead, parent: Node) -> list[Box]:
        """Return the sender at the left, how to reach it at the right, and the accent line under both."""
        logo = None if letterhead.logo is None else self._image(letterhead.logo, parent)
        sender: list[Box] = [self._text((Span(letterhead.municipality),), styles.SENDER, parent, "P")]
        sender += self._lines((letterhead.unit,), styles.SENDER_UNIT, parent)
        sender += self._lines(letterhead.address, styles.SENDER_LINE, parent)
        left = Stack(sender)
        if logo is not None:
            edge = logo.own_width + styles.LOGO_ROOM
            left = Stack([Row([Stack([logo]), left], (), fixed=edge)])
        right = self._lines(letterhead.contact, replace(styles.SENDER_LINE, align="end"), parent)
        if right and letterhead.date:
            right.append(Room(5))
        right += self._lines((letterhead.date,), replace(styles.DATE, align="end"), parent)
        row = Row([left, Stack(right)], (0.62, 0.38))
        rule = RuleBox(9, color=styles.ACCENT, weight=styles.THICK, after=styles.LETTERHEAD_AFTER)
        return [row, rule]

    def _lines(self, lines: Iterable[str], style: TextStyle, parent: Node) -> list[Box]:
        return [self._text((Span(line),), style, parent, "P") for line in lines if clean(line).strip()]


def _emboldened(content: Cell) -> Cell:
    """Return the content of a head cell, its text bold."""
    return tuple(
        replace(block, spans=tuple(replace(span, bold=True) for span in block.spans))
        if isinstance(block, Paragraph)
        else block
        for block in content
    )


def _aligned(content: Cell, align: Align) -> Cell:
    """Return the content of a cell with its paragraphs set as the column is, unless they say otherwise."""
    if align == "start":
        return content
    return tuple(
        replace(block, align=align) if isinstance(block, Paragraph) and block.align == "start" else block
        for block in content
    )
