"""A PDF read back by its structure, the way a screen reader goes: elements, then the marks on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

SHOWS = {"Tj", "TJ", "'", '"'}
PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}


@dataclass
class Element:
    """One element of the structure as it stands in the file."""

    role: str
    text: str
    attributes: dict[str, object]
    alt: str | None
    kids: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all under it, as they are read."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, role: str) -> list[Element]:
        """Return the elements of a role."""
        return [element for element in self.walk() if element.role == role]


@dataclass
class Page:
    """What a page's operators say: the text of each mark, the text of artifacts, and what broke the rules."""

    marks: dict[int, str] = field(default_factory=dict)
    aside: str = ""
    faults: list[str] = field(default_factory=list)


class Reading:
    """A whole file read back."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))
        self.pages = [read_page(page) for page in self.pdf.pages]
        self._numbers = {page.obj.objgen: at for at, page in enumerate(self.pdf.pages)}
        self._taken: list[tuple[int, int]] = []
        self.root = self._element(self.pdf.Root.StructTreeRoot.K, None)

    def _element(self, node: pikepdf.Dictionary, page: int | None) -> Element:
        page = self._numbers[node.Pg.objgen] if "/Pg" in node else page
        attributes = {str(key): value for key, value in node.A.items()} if "/A" in node else {}
        alt = str(node.Alt) if "/Alt" in node else None
        element = Element(str(node.S)[1:], "", attributes, alt)
        parts: list[str] = []
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, (list, pikepdf.Array)) else [kids]:
            if isinstance(kid, int):
                parts.append(self._mark(page, kid))
            elif kid.get("/Type") == "/MCR":
                parts.append(self._mark(self._numbers[kid.Pg.objgen], int(kid.MCID)))
            else:
                assert kid.P.objgen == node.objgen
                element.kids.append(self._element(kid, page))
                parts.append(element.kids[-1].text)
        element.text = str(node.ActualText) if "/ActualText" in node else "".join(parts)
        return element

    def _mark(self, page: int | None, number: int) -> str:
        assert page is not None
        self._taken.append((page, number))
        return self.pages[page].marks[number]

    def faults(self) -> list[str]:
        """Return what is wrong with marks, parents and pages; nothing in a good file."""
        found = [fault for page in self.pages for fault in page.faults]
        marked = [(at, number) for at, page in enumerate(self.pages) for number in page.marks]
        if sorted(self._taken) != marked:
            found.append("a mark has no element, or more than one")
        parents = self.pdf.Root.StructTreeRoot.ParentTree.Nums
        for at, page in enumerate(self.pdf.pages):
            own = parents[2 * list(parents)[::2].index(page.obj.StructParents) + 1]
            if len(own) != len(self.pages[at].marks):
                found.append(f"page {at}: the parent tree and the marks differ")
        return found


def squeezed(text: str) -> str:
    """Return text with every stretch of white space as one space, as a line may break at it."""
    return " ".join(text.split())


def font_texts(font: pikepdf.Dictionary) -> dict[int, str]:
    """Return glyph number to text, from the font's own table."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]*)>$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def read_page(page: pikepdf.Page) -> Page:
    """Return the marks of a page. All text and paint must stand in exactly one mark or artifact."""
    texts = {name: font_texts(font) for name, font in page.Resources.Font.items()}
    found, open_marks, font = Page(), [], ""
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            if open_marks:
                found.faults.append("a mark inside a mark")
            number = operands[1].get("/MCID") if name == "BDC" else None
            open_marks.append((str(operands[0]), number))
            if number is not None:
                found.marks[int(number)] = ""
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            font = str(operands[0])
        elif name in SHOWS | PAINTS and not open_marks:
            found.faults.append(f"{name} outside of any mark")
        elif name in SHOWS:
            shown = shown_text(operands[0], texts[font])
            if open_marks[-1][1] is None:
                found.aside += shown
            else:
                found.marks[int(open_marks[-1][1])] += shown
        elif name in PAINTS and open_marks[-1][0] not in ("/Artifact", "/Figure"):
            found.faults.append(f"{name} in {open_marks[-1][0]}")
    if open_marks:
        found.faults.append("a mark left open")
    return found


def shown_text(operand: pikepdf.Object, texts: dict[int, str]) -> str:
    """Return the text of a string, or of an array of strings and moves."""
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    shown = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(texts[int.from_bytes(shown[at : at + 2])] for at in range(0, len(shown), 2))
