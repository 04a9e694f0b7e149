"""A follow-up held once for several siblings: what is common is written once, each child has its own talk and goals.

Each child's file gets a follow-up of its own with the common words and that child's, and nothing of another's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.phrases import N_
from caseworker_app.services import entries, follow_up_pages, follow_ups, interventions
from caseworker_app.services.follow_up_pages import Opening
from caseworker_app.services.follow_ups import Held, Review, Talk
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.rule_book import RuleBook


@dataclass(frozen=True, slots=True)
class Also:
    """A running intervention of a sibling, with what a follow-up of it opens with."""

    case: Case
    opening: Opening

    @property
    def key(self) -> str:
        """What it is called in a form."""
        return self.opening.intervention.id.hex()


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What is said of one sibling alone. ``due`` is the due date settled for that child."""

    intervention: Id
    due: dt.date | None = None
    talk: Talk | None = None
    reviews: tuple[Review, ...] = ()
    summary: str = ""
    skipped: str = ""


def offered(reader: Reader, book: RuleBook, case: Id, on: dt.date | None = None) -> tuple[Also, ...]:
    """Return what a follow-up in a case could be held for at the same time: each running intervention of a sibling.

    ``on`` is the day it is held, today when not said.
    """
    day = on or reader.today
    found = []
    for sibling in entries.siblings_of(reader, case):
        running = [one for one in reader.find(Intervention, stream=sibling.stream) if one.open_on(day)]
        found += [Also(sibling, follow_up_pages.opening(reader, book, one.id, None, day)) for one in running]
    return tuple(found)


def hold(
    writer: Writer, book: RuleBook, held: Held, own: str = "", others: Sequence[OwnPart] = ()
) -> tuple[Id, ...]:
    """Write a follow-up for its child and for siblings, in one act; return their ids, its own first.

    ``held.summary`` is common; ``own`` is said of the first child alone. A sibling's follow-up has the same day, way,
    place and people. Raises :class:`InvalidInput` for the first child as :func:`follow_ups.hold` does, for another
    under the intervention's id and the field, with a colon between them; :class:`UserError` for a child that is no
    sibling, or that stands there twice.
    """
    _check(writer, held, others)
    made = [follow_ups.hold(writer, book, replace(held, summary=joined(held.summary, own)))]
    for other in others:
        try:
            made.append(follow_ups.hold(writer, book, _of(held, other)))
        except InvalidInput as problem:
            within = f"{other.intervention.hex()}:{problem.field}"
            raise InvalidInput(within, problem.message, *problem.ways_out, **problem.values) from problem
    return tuple(made)


def joined(common: str, own: str) -> str:
    """Return the words of one child's file: the common ones, then its own."""
    return "\n\n".join(part for part in (common.strip(), own.strip()) if part)


def _of(held: Held, other: OwnPart) -> Held:
    return Held(
        intervention=other.intervention,
        held_on=held.held_on,
        due=other.due,
        written_on=held.written_on,
        way=held.way,
        place=held.place,
        participants=held.participants,
        summary=joined(held.summary, other.summary),
        talk=other.talk,
        reviews=other.reviews,
        skipped=other.skipped,
    )


def _check(reader: Reader, held: Held, others: Sequence[OwnPart]) -> None:
    first = interventions.known(reader, held.intervention)
    case = reader.find(Case, stream=first.stream, cancelled=True)[0]
    siblings = {one.stream for one in entries.siblings_of(reader, case.id)} if others else set()
    named = [held.intervention, *(other.intervention for other in others)]
    there = [interventions.known(reader, other.intervention).stream for other in others]
    if len(set(named)) < len(named) or not set(there) <= siblings:
        raise UserError(
            N_("A follow-up is held together only for children linked as siblings, once for each."),
            N_("Link the children as siblings first."),
        )
