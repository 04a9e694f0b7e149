"""The logical structure of a document, and the sheets that note which of its parts they show.

A :class:`Node` is an element a screen reader knows (heading, paragraph, table, cell); a :class:`Sheet`
collects the operators of one page and brackets each stretch with the mark that ties it to a node, or as an
artifact.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from caseworker_app.documents.pdf.faces import FontSet

if TYPE_CHECKING:
    from caseworker_app.documents.pdf.figures import Picture


@dataclass(slots=True, eq=False)
class Node:
    """One element of the structure: its role, its attributes, and what is in it, as it is read.

    ``attributes`` is PDF text, such as ``/O/Table /Scope/Column``; ``actual`` is the PDF string of the text
    that its glyphs stand for, where they do not say it themselves. ``widget`` is the field to be filled in that it is.
    """

    role: str
    attributes: str = ""
    alt: str | None = None
    actual: str = ""
    kids: list[Node | Mark] = field(default_factory=list)
    widget: Widget | None = None

    def add(self, role: str, attributes: str = "", alt: str | None = None, actual: str = "") -> Node:
        """Return a new element at the end of this one."""
        node = Node(role, attributes, alt, actual)
        self.kids.append(node)
        return node


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a page: the page's number from 0 and the mark's number on it."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Widget:
    """A field to be filled in: its page from 0 and its corners in points."""

    page: int
    box: tuple[float, float, float, float]
    name: str
    label: str
    value: str
    several: bool


PAGINATION: Final = "/Artifact <</Type/Pagination/Subtype/Footer>> BDC"
LAYOUT: Final = "/Artifact <</Type/Layout>> BDC"


@dataclass(slots=True, eq=False)
class Sheet:
    """One page being drawn: its operators, and the node of each mark on it in order of number."""

    number: int
    fonts: FontSet
    operators: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    fields: list[Node] = field(default_factory=list)
    _aside: bool = False

    @property
    def is_aside(self) -> bool:
        """Whether what is drawn now is no part of the text: furniture, rules, a repeated head."""
        return self._aside

    def open(self, node: Node, properties: str = "") -> None:
        """Begin a marked stretch that is part of ``node``; there must be none open."""
        number = len(self.nodes)
        self.nodes.append(node)
        node.kids.append(Mark(self.number, number))
        self.operators.append(f"/{node.role} <</MCID {number}{properties}>> BDC")

    def close(self) -> None:
        """End the marked stretch."""
        self.operators.append("EMC")

    @contextmanager
    def aside(self, kind: str = LAYOUT) -> Iterator[None]:
        """Bracket what is drawn inside as an artifact, which a screen reader passes over."""
        if self._aside:
            yield
            return
        self._aside = True
        self.operators.append(kind)
        yield
        self.operators.append("EMC")
        self._aside = False
