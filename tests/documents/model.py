"""What a reader must hear of a document, told from its blocks alone: (role, text) as they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from caseworker_app.documents import blocks
from tests.documents.reading import Element, squeezed

TEXT_ROLES = {"H1", "H2", "H3", "P", "Lbl", "Caption"}
LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def heard(document: blocks.Document) -> list[tuple[str, str]]:
    """Return every text of a document with its role, figures by their alternative text."""
    found = list(_sender(document.letterhead)) if document.letterhead else []
    return [*found, *_blocks(document.blocks)]


def read(root: Element) -> list[tuple[str, str]]:
    """Return the same of a structure that was read back."""
    found = []
    for element in root.walk():
        if element.role in TEXT_ROLES:
            found.append((element.role, squeezed(element.text)))
        elif element.role == "Figure":
            found.append(("Figure", squeezed(element.alt or "")))
    return found


def printable(text: str) -> str:
    """Return what of a text can be printed, by the rule the paper promises: see ``setting.clean``."""

    def one(character: str) -> str:
        code = ord(character)
        if character in LINE_BREAKS or character == "\t":
            return " "
        if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or unicodedata.category(character) == "Cs":
            return "\ufffd"
        return "" if unicodedata.category(character) == "Cc" else character

    return squeezed("".join(map(one, re.sub("\r\n", "\n", text))))


def _said(role: str, text: str) -> Iterator[tuple[str, str]]:
    if printable(text):
        yield role, printable(text)


def _sender(head: blocks.Letterhead) -> Iterator[tuple[str, str]]:
    if head.logo is not None:
        yield "Figure", printable(head.logo.alt_text)
    for line in (head.municipality, head.unit, *head.address, *head.contact, head.date):
        yield from _said("P", line)


def _blocks(parts: Sequence[blocks.Block]) -> Iterator[tuple[str, str]]:
    for part in parts:
        yield from _block(part)


def _block(part: blocks.Block) -> Iterator[tuple[str, str]]:
    match part:
        case blocks.Heading(level, text):
            return _said(f"H{level}", text)
        case blocks.Paragraph(spans):
            return _said("P", "".join(span.text for span in spans))
        case blocks.BulletList(items):
            return _items(items, ["•"] * len(items))
        case blocks.NumberedList(items, first):
            return _items(items, [f"{number}." for number, _ in enumerate(items, first)])
        case blocks.Table() | blocks.KeyValues():
            return _table(part)
        case blocks.Drawing(alt_text=alt_text) | blocks.Image(alt_text=alt_text):
            return iter([("Figure", printable(alt_text))])
        case blocks.SignatureLine(label):
            return _said("P", label)
        case blocks.KeepTogether(kept):
            return _blocks(kept)
        case _:
            return iter([])


def _items(items: Sequence[blocks.Cell], marks: Sequence[str]) -> Iterator[tuple[str, str]]:
    for item, mark in zip(items, marks, strict=True):
        yield "Lbl", mark
        yield from _blocks(item)


def _table(part: blocks.Table | blocks.KeyValues) -> Iterator[tuple[str, str]]:
    if isinstance(part, blocks.KeyValues):
        for key, value in part.pairs:
            yield from _said("P", key)
            yield from _blocks(value)
        return
    if part.head or part.rows:
        yield from _said("Caption", part.caption)
    for cells in (part.head, *part.rows):
        for each in cells:
            yield from _blocks(each)
