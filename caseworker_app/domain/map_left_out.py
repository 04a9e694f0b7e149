"""What a copy of a netværkskort does not hold, said in words; never what it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caseworker_app.domain.phrases import N_, Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """How much was kept back: counts, and whether the place, the worker's marks and who gives strength were."""

    lines: int
    quotes: int
    people: int
    names: int
    waiting: int
    place: bool
    present: int
    marks: bool
    strength: bool


def left_out(kept: KeptBack) -> Iterator[Phrase]:
    """Yield in words what was kept back."""
    if kept.lines:
        yield Phrase.counted("{n} line that others have said", "{n} lines that others have said", kept.lines)
    if kept.quotes:
        yield Phrase.counted("What was said, in {n} place", "What was said, in {n} places", kept.quotes)
    if kept.people:
        yield Phrase.counted(
            "{n} person with a protected address", "{n} people with a protected address", kept.people
        )
    if kept.names:
        yield Phrase.counted(
            "The name of {n} person or place, said as a role",
            "The names of {n} people or places, said as roles",
            kept.names,
        )
    if kept.waiting:
        yield Phrase.counted("{n} who is not placed yet", "{n} who are not placed yet", kept.waiting)
    if kept.place:
        yield Phrase(N_("Where the map was drawn"))
    if kept.present:
        yield Phrase.counted("{n} of those who were there", "{n} of those present", kept.present)
    if kept.marks:
        yield Phrase(N_("The caseworker's own marks"))
    if kept.strength:
        yield Phrase(N_("Who gives strength and who takes it"))
