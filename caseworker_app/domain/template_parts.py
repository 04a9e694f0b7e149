"""What a template is made of once it is read and found whole; and what may be wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import Phrase

Look = Literal["body", "lead", "small", "muted", "tight"]
LOOKS: Final = ("body", "lead", "small", "muted", "tight")


@dataclass(frozen=True, slots=True)
class Names:
    """What a text may name: ``texts`` stand in sentences, ``flags`` only in ``when``."""

    texts: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Both; a text in ``when`` asks whether there is any."""
        return self.texts | self.flags


@dataclass(frozen=True, slots=True)
class Contract:
    """What the program offers a template of one id, and what it expects of it.

    ``repeats`` are the lists of records a block can run through, with the names of each record. ``required``
    fields must be said somewhere, ``not_in_title`` must not be in the title (it becomes the document's
    title).
    """

    id: str
    names: Names
    repeats: Mapping[str, Names] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    not_in_title: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value in a text."""

    name: str


Wording = tuple[str | Slot, ...]
"""A text cut at its fields. Values are put between the pieces, and nothing in them is read."""


@dataclass(frozen=True, slots=True)
class Condition:
    """``name`` holds (is true, is not empty), or with ``wanted`` false does not."""

    name: str
    wanted: bool = True


Conditions = tuple[Condition, ...]
"""All of them must hold."""


@dataclass(frozen=True, slots=True)
class Item:
    """A text that stands under conditions; with ``each`` once for every record of that list."""

    words: Wording
    when: Conditions = ()
    each: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a name and what it stands for."""

    cells: tuple[Item, ...]
    when: Conditions = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page. Which of the other fields matter follows from ``kind``."""

    kind: Literal["heading", "paragraph", "list", "table", "pairs", "lines", "sign"]
    when: Conditions = ()
    each: str = ""
    words: Wording = ()
    level: Literal[1, 2, 3] = 1
    look: Look = "body"
    items: tuple[Item, ...] = ()
    ordered: bool = False
    columns: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    caption: str = ""
    rows: tuple[Row, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A template found whole: its texts name only what its contract offers."""

    id: str
    language: str
    title: Wording
    valid_from: date
    valid_to: date | None
    blocks: tuple[Block, ...]
    used: frozenset[str]
    """The fields, flags and lists of the contract that it names."""

    def valid_on(self, day: date) -> bool:
        """Whether the template is in use on a day; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: ``key`` says where (``blocks[3].text``), ``line`` is counted from 1, 0 where it is
    unknown."""

    key: str
    what: Phrase
    line: int = 0


class TemplateError(UserError):
    """A template that cannot be used. ``faults`` are all that was found; the sentence says the first."""

    def __init__(self, source: str, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        first = faults[0]
        super().__init__(
            "The template {source} cannot be used: {what} ({key}, line {line})."
            if first.line
            else "The template {source} cannot be used: {what} ({key}).",
            "Until it is mended, the program's own wording is used.",
            "Mend the text, or go back to the standard template.",
            source=source,
            what=first.what,
            key=first.key,
            line=first.line,
        )
