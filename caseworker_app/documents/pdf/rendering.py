"""Fill the pages of a document and hand them to the writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from caseworker_app.documents.blocks import Document, Page
from caseworker_app.documents.pdf.boxes import Box, Stack
from caseworker_app.documents.pdf.building import Builder
from caseworker_app.documents.pdf.faces import FontSet
from caseworker_app.documents.pdf.ink import draw_line
from caseworker_app.documents.pdf.setting import set_line
from caseworker_app.documents.pdf.structure import PAGINATION, Mark, Node, Sheet
from caseworker_app.documents.pdf.styles import FOOTER, FOOTER_BASELINE, MM
from caseworker_app.documents.pdf.writer import write

_LEVELS: Final = {"H1": 1, "H2": 2, "H3": 3}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document on paper: the file, the characters no font of ours has, and the number of pages.

    A missing character is drawn as a box and keeps its text for copying and for a screen reader; whoever
    prints the document is told. ``headings`` are the level and page (from 1) of each heading, as they are read.
    """

    pdf: bytes
    missing: tuple[str, ...]
    pages: int
    headings: tuple[tuple[int, int], ...] = ()


def render(document: Document) -> bytes:
    """Return a document as a tagged PDF."""
    return render_with_report(document).pdf


def render_with_report(document: Document) -> Rendered:
    """Return a document as a tagged PDF and what there is to say about it.

    Raises ``UserError`` when a logo is not a picture.
    """
    fonts, root = FontSet(), Node("Document")
    builder = Builder(fonts)
    boxes: list[Box] = []
    if document.letterhead is not None:
        boxes += builder.letterhead(document.letterhead, root)
    boxes += builder.blocks(document.blocks, root)
    sheets = _filled(boxes, fonts, document.page)
    for sheet in sheets:
        _furnish(sheet, document, len(sheets))
    pdf = write(document, sheets, root, fonts.used())
    return Rendered(pdf, tuple(fonts.missing), len(sheets), tuple(_headings(root)))


def _headings(node: Node) -> Iterator[tuple[int, int]]:
    """Yield the level and page of each heading in the structure that is on a page."""
    for kid in node.kids:
        if isinstance(kid, Mark):
            continue
        if kid.role in _LEVELS:
            marks = [one.page for one in kid.kids if isinstance(one, Mark)]
            if marks:
                yield _LEVELS[kid.role], marks[0] + 1
        yield from _headings(kid)


def _filled(boxes: list[Box], fonts: FontSet, page: Page) -> list[Sheet]:
    """Return the pages that hold the boxes; a document of nothing has one empty page."""
    column, depth = page.column * MM, page.depth * MM
    sheets: list[Sheet] = []
    rest: Box | None = Stack(boxes)
    while isinstance(rest, Stack):
        while rest.boxes and rest.boxes[0].ends_page:
            rest = Stack(rest.boxes[1:])
        if sheets and not rest.boxes:
            break
        rest.layout(column, depth)
        fits, rest = rest.split(depth, must=True)
        sheets.append(Sheet(len(sheets), fonts))
        if fits is not None:
            fits.draw(sheets[-1], page.left * MM, (page.height - page.top) * MM)
    return sheets


def _furnish(sheet: Sheet, document: Document, pages: int) -> None:
    """Put the footer and the page's number under a page, as furniture."""
    with sheet.aside(PAGINATION):
        label = set_line(document.page_label.format(page=sheet.number + 1, pages=pages), FOOTER, sheet.fonts)
        if label.runs:
            right = (document.page.width - document.page.right) * MM
            draw_line(sheet, label, FOOTER, right - label.width, FOOTER_BASELINE)
        if document.footer:
            line = set_line(document.footer, FOOTER, sheet.fonts)
            draw_line(sheet, line, FOOTER, document.page.left * MM, FOOTER_BASELINE)
