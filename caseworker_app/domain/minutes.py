"""The minutes as they left the house: what stood in them that day, to whom they went, and what was remarked later."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, REFERENCE, TEXT, choice


@entity("minutes_version", "Version of the minutes")
class MinutesVersion(Entity):
    """What stood in the minutes when they were sent for remarks, or signed. It is never changed.

    ``text`` is lines: a heading begins with ``# ``, every other line is a statement.
    """

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    draft: bool = field(FLAG, "A draft for remarks", default=False)
    on: dt.date | None = field(DATE, "Day", default=None)
    by: str = field(TEXT, "By", default="")
    text: str = field(TEXT, "Text", default="")


class SentHow(StrEnum):
    """How a copy left the house."""

    DIGITAL_POST = "digital_post"
    LETTER = "letter"
    HANDED_OVER = "handed_over"
    SECURE_MAIL = "secure_mail"


SENT_HOW_LABELS: Mapping[SentHow, str] = {
    SentHow.DIGITAL_POST: "Digital Post",
    SentHow.LETTER: "Letter",
    SentHow.HANDED_OVER: "Handed over",
    SentHow.SECURE_MAIL: "Secure e-mail",
}


@entity("minutes_sending", "Minutes sent")
class MinutesSending(Entity):
    """One copy of one version that was sent to one of those invited, and the day."""

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    version: Id | None = field(REFERENCE, "Version", default=None, indexed=True)
    participant: Id | None = field(REFERENCE, "Participant", default=None)
    recipient: str = field(TEXT, "To", default="")
    on: dt.date | None = field(DATE, "Sent on", default=None)
    how: SentHow = field(choice(SentHow), "How", default=SentHow.DIGITAL_POST)


@entity("minutes_addition", "Addition to the minutes")
class MinutesAddition(Entity):
    """A remark that came after the minutes were signed: by whom, when, what. The minutes stay as they were."""

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    by: str = field(TEXT, "From", default="")
    on: dt.date | None = field(DATE, "Day", default=None)
    text: str = field(TEXT, "Text", default="")


class Change(StrEnum):
    """What became of a sentence between two versions."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence of the one version beside that of the other; ``heading`` says under which it stands."""

    heading: str
    before: str
    after: str
    change: Change


_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[\"»”'(]?[A-ZÆØÅ0-9])")
_ALIKE = 0.5
"""From so much in common two sentences in one place are one that was changed."""


def sentences(text: str) -> list[tuple[str, str]]:
    """Return the sentences of a version with the heading each stands under."""
    found: list[tuple[str, str]] = []
    heading = ""
    for line in text.splitlines():
        if line.startswith("# "):
            heading = line[2:].strip()
        else:
            found += [(heading, part.strip()) for part in _SENTENCE_END.split(line) if part.strip()]
    return found


def differences(before: str, after: str) -> list[Beside]:
    """Return the two versions side by side, sentence by sentence, in the order of the later."""
    one, other = _by_heading(sentences(before)), _by_heading(sentences(after))
    headings = list(dict.fromkeys((*one, *other)))
    return [
        row for heading in headings for row in _beside(heading, one.get(heading, []), other.get(heading, []))
    ]


def _by_heading(found: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for heading, sentence in found:
        grouped.setdefault(heading, []).append(sentence)
    return grouped


def _beside(heading: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Beside]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for what, b, b_end, a, a_end in matcher.get_opcodes():
        if what == "equal":
            yield from (Beside(heading, same, same, Change.SAME) for same in after[a:a_end])
        else:
            yield from _paired(heading, list(before[b:b_end]), after[a:a_end])


def _paired(heading: str, gone: list[str], new: Sequence[str]) -> Iterator[Beside]:
    """Put what was changed beside what it was, and say of the rest that it is gone or new."""
    for sentence in new:
        near = difflib.get_close_matches(sentence, gone, 1, _ALIKE)
        if near:
            place = gone.index(near[0])
            yield from (Beside(heading, one, "", Change.GONE) for one in gone[:place])
            yield Beside(heading, near[0], sentence, Change.CHANGED)
            del gone[: place + 1]
        else:
            yield Beside(heading, "", sentence, Change.NEW)
    yield from (Beside(heading, one, "", Change.GONE) for one in gone)
