"""Requests for access to a case's documents (aktindsigt): who asks, what is given, and what is left out and why.

A passage that is left out is kept here by its own words and taken away before anything is drawn; the paper holds a mark
of always the same length where it stood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, NUMBER, REFERENCE, TEXT, choice, optional_choice

CHILD_ASKS_FROM: Final = 15
"""From so many years a child asks on its own; younger ones' requests are talked over with the team leader."""


class Asker(StrEnum):
    """Who asks."""

    CHILD = "child"
    PARENT = "parent"
    REPRESENTATIVE = "representative"


ASKER_LABELS: Mapping[Asker, str] = {
    Asker.CHILD: "The child or young person",
    Asker.PARENT: "A parent",
    Asker.REPRESENTATIVE: "A representative of one of them",
}


class Choice(StrEnum):
    """What becomes of one thing of the case. ``APART`` is given beside the PDF: a file that has no pages."""

    INCLUDE = "include"
    PARTS = "parts"
    APART = "apart"
    LEAVE_OUT = "leave_out"


CHOICE_LABELS: Mapping[Choice, str] = {
    Choice.INCLUDE: "Given whole",
    Choice.PARTS: "Given without some passages",
    Choice.APART: "Given as a file of its own",
    Choice.LEAVE_OUT: "Left out whole",
}


class Ground(StrEnum):
    """Why something is left out, in plain words."""

    OTHERS = "others"
    HEALTH = "health"
    ADDRESS = "address"
    SOURCE = "source"
    CHILD = "child"
    INTERNAL = "internal"
    NUMBER = "number"
    OUTSIDE = "outside"
    OTHER = "other"


GROUND_LABELS: Mapping[Ground, str] = {
    Ground.OTHERS: "Somebody else's private affairs",
    Ground.HEALTH: "Somebody else's health",
    Ground.ADDRESS: "A protected name or address",
    Ground.SOURCE: "Who has told the municipality",
    Ground.CHILD: "Consideration for the child",
    Ground.INTERNAL: "An internal working paper",
    Ground.NUMBER: "Somebody else's CPR number",
    Ground.OUTSIDE: "Not part of what is asked for",
    Ground.OTHER: "Another ground",
}
GROUND_SOURCES: Mapping[Ground, str] = {
    Ground.OTHERS: "tavshedspligt, forvaltningsloven § 27",
    Ground.NUMBER: "et cpr-nummer er en fortrolig oplysning",
}
"""The law behind a ground, where the fact sheet has it with high certainty; the others stand with their words alone."""


@entity("access_request", "Request for access to documents")
class AccessRequest(Entity):
    """One request, in the case's stream. ``person`` is the card of who asks (or is represented), ``None`` for the child.

    ``since`` and ``until`` are the period asked for. ``law`` is the reference the worker herself has checked and wants on
    the paper. When it is given, ``paper`` is the document that was given and ``sha256`` its checksum.
    """

    asker: Asker = field(choice(Asker), "Who asks", default=Asker.PARENT)
    name: str = field(TEXT, "Name", default="")
    person: Id | None = field(REFERENCE, "On behalf of", default=None)
    authority_on: dt.date | None = field(DATE, "Authority seen on", default=None)
    received_on: dt.date | None = field(DATE, "Received on", default=None)
    since: dt.date | None = field(DATE, "From", default=None)
    until: dt.date | None = field(DATE, "To", default=None)
    wish: str = field(TEXT, "What is asked for", default="")
    law: str = field(TEXT, "Reference to the law that you have checked", default="")
    given_on: dt.date | None = field(DATE, "Given on", default=None, seals=True)
    paper: Id | None = field(REFERENCE, "What was given", default=None)
    sha256: str = field(TEXT, "Checksum", default="")
    pages: int | None = field(NUMBER, "Pages", default=None)
    given: int | None = field(NUMBER, "Things given", default=None)
    left_out: int | None = field(NUMBER, "Things left out whole", default=None)
    passages: int | None = field(NUMBER, "Passages left out", default=None)


@entity("access_choice", "Choice about one thing")
class AccessChoice(Entity):
    """What the worker decided about one thing. ``digest`` is what it said then: when it says something else, it is
    looked at again. ``pages`` are those left out of an attached file, such as ``2, 5-7``."""

    request: Id | None = field(REFERENCE, "Request", default=None, indexed=True)
    item: str = field(TEXT, "Thing", default="")
    choice: Choice = field(choice(Choice), "Choice", default=Choice.INCLUDE)
    ground: Ground | None = field(optional_choice(Ground), "Ground", default=None)
    note: str = field(TEXT, "Explanation to who asks", default="")
    pages: str = field(TEXT, "Pages left out", default="")
    digest: str = field(TEXT, "Looked at", default="")


@entity("access_passage", "Passage left out")
class AccessPassage(Entity):
    """Words that are taken away from one thing, or from everything when ``item`` is empty."""

    request: Id | None = field(REFERENCE, "Request", default=None, indexed=True)
    item: str = field(TEXT, "Thing", default="")
    words: str = field(TEXT, "Words", default="")
    ground: Ground = field(choice(Ground), "Ground", default=Ground.OTHERS)


# --- Taking words away ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Removal:
    """Words to be taken away, and why."""

    words: str
    ground: Ground


_NUMBER: Final = re.compile(
    r"(?<![0-9A-Za-z])[0-9]{6}\s?[-‐‑–−]?\s?[0-9](?:[0-9]{3}|[A-Za-z]{2}[0-9])(?![0-9A-Za-z])"
)
_SHORTEST: Final = 2


def mark_of(ground: Ground, order: Sequence[Ground]) -> str:
    """Return what stands where something was taken away: the number of its ground, never how long it was."""
    return f"[udeladt, grund {order.index(ground) + 1}]"


class Taker:
    """Takes words away from texts: passages wherever they stand (large and small letters and the breaking of lines make
    no difference), and every personal number but those in ``allowed`` (ten characters each)."""

    def __init__(self, removals: Iterable[Removal], allowed: Iterable[str], order: Sequence[Ground]) -> None:
        self._patterns = [
            (one.ground, pattern) for one in removals if (pattern := pattern_of(one.words)) is not None
        ]
        self._allowed = frozenset(allowed)
        self._order = order
        self.taken: list[Ground] = []

    def clean(self, text: str) -> str:
        """Return the text without what is taken away; the grounds are noted in :attr:`taken`."""
        spans = sorted(self._spans(text), key=lambda one: (one[0], -one[1]))
        parts: list[str] = []
        at = 0
        for begin, end, ground in _merged(spans):
            parts += [text[at:begin], mark_of(ground, self._order)]
            self.taken.append(ground)
            at = end
        return "".join([*parts, text[at:]])

    def _spans(self, text: str) -> Iterable[tuple[int, int, Ground]]:
        for ground, pattern in self._patterns:
            yield from ((found.start(), found.end(), ground) for found in pattern.finditer(text))
        for found in _NUMBER.finditer(text):
            if _ten(found[0]) not in self._allowed:
                yield found.start(), found.end(), Ground.NUMBER


def pattern_of(words: str) -> re.Pattern[str] | None:
    """Return how a passage is found; ``None`` for one of fewer than two characters, which would be everywhere."""
    parts = words.split()
    if sum(map(len, parts)) < _SHORTEST:
        return None
    return re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)


def _merged(spans: Iterable[tuple[int, int, Ground]]) -> list[tuple[int, int, Ground]]:
    """Return spans that do not touch; of those that overlap, the first's ground stands."""
    found: list[tuple[int, int, Ground]] = []
    for begin, end, ground in spans:
        if found and begin < found[-1][1]:
            last = found[-1]
            found[-1] = (last[0], max(last[1], end), last[2])
        else:
            found.append((begin, end, ground))
    return found


def _ten(number: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", number).upper()


def pages_of(text: str, most: int) -> frozenset[int]:
    """Return page numbers written as ``2, 5-7``. Raises ``ValueError`` for what is no such list, or past ``most``."""
    found: set[int] = set()
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        first, dash, last = (piece.strip() for piece in part.replace("–", "-").partition("-"))
        begin = int(first)
        end = int(last) if dash else begin
        if not 1 <= begin <= end <= most:
            raise ValueError("a page that is not there")
        found.update(range(begin, end + 1))
    return frozenset(found)
