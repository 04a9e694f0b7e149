"""Filling a store with the demo: fictional families over three years, or ten, written through the services.

Everything is placed around ``today`` and follows from ``seed``: the same children, texts and days come out of the
same seed and today (identities and keys differ, as they come from the store). What was held lies behind, what is
planned ahead; one meeting is today, or on the first working day after it when nobody is at work today. The newest
operations are a notification of last night, written down this morning, and before it the last working day's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from caseworker_app.clock import FixedClock
from caseworker_app.demo.agenda import Act, Agenda, Sitting
from caseworker_app.demo.agreeing import settle_agreements
from caseworker_app.demo.asking import ask_for_access
from caseworker_app.demo.attaching import attach_documents
from caseworker_app.demo.cooperating import cooperate
from caseworker_app.demo.costing import write_costs
from caseworker_app.demo.elevating import elevate, fill_board
from caseworker_app.demo.families import Family, told
from caseworker_app.demo.gatherings import gather
from caseworker_app.demo.helping import help_out
from caseworker_app.demo.investigating import look_into
from caseworker_app.demo.journaling import write_journal
from caseworker_app.demo.kin import draw_families
from caseworker_app.demo.looking import look_around
from caseworker_app.demo.mapping import draw_maps
from caseworker_app.demo.measuring import measure_children
from caseworker_app.demo.moving import change_workers
from caseworker_app.demo.planning import investigate, make_plans, running
from caseworker_app.demo.preparing import prepare_meetings
from caseworker_app.demo.telling import Known, tell
from caseworker_app.demo.transferring import carry_over
from caseworker_app.demo.visiting import visit
from caseworker_app.demo.when import Days
from caseworker_app.demo.worrying import worry
from caseworker_app.domain.case import Case, CaseState
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.person import Person
from caseworker_app.services import cases, office
from caseworker_app.services.ports import Progress, Reader, Store, Writer

TODAY: Final = dt.date(2026, 11, 23)
"""The Monday on which the demo is looked at when no other day is given."""
WORKER: Final = {
    "name": "Karen Holm Villadsen",
    "title": "Socialrådgiver",
    "phone": "07 10 22 14",
    "email": "karen.villadsen@lyngdal.example",
    "team": "Familieteam Nord",
}
OFFICE: Final = {
    "municipality": "Lyngdal Kommune",
    "department": "Center for Børn og Forebyggelse",
    "address": ("Rådhusgade 1", "7494 Lyngdal"),
    "phone": "07 10 22 00",
    "email": "boern@lyngdal.example",
    "signature_line": "Telefontid hverdage kl. 9-11",
}
ARRIVED, BEGUN = dt.time(8, 2), dt.time(8, 10)
"""When this morning what came in the night is written down, and where the clock is left."""
_YEARS: Final = {False: "-38m", True: "-122m"}
"""How long ago the worker began, in the demo and in the ten years."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written."""

    today: dt.date
    active: int
    closed: int
    people: int
    meetings: int


def fill(
    store: Store,
    clock: FixedClock,
    *,
    today: dt.date = TODAY,
    seed: int = 2026,
    scale: bool = False,
    duplicate: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Write the demo into a store without cases whose clock is ``clock``, and leave the clock in the morning of today.

    Writes worker and municipality when the store has none. ``scale`` makes ten years of a caseworker's work;
    ``duplicate`` enters one child a second time. ``progress`` counts sittings. Raises ``ValueError`` when there are
    cases already.
    """
    if store.read(lambda reader: reader.count(Case)):
        raise ValueError("the store holds cases: the demo is only written into an empty one")
    days = Days(today, clock.zone())
    agenda = Agenda(days.last_moment)
    name = store.read(lambda reader: office.house(reader).worker.name)
    if not name:
        began = days.moment(days.at(_YEARS[scale]), dt.time(8, 0))
        agenda.add(began, lambda writer: office.found(writer, WORKER, OFFICE))
    morning: list[Act] = []
    for family in _families(name or WORKER["name"], seed, scale):
        known = Known(family, days, str(seed), agenda, worker=name or WORKER["name"])
        tell(known)
        gather(known)
        make_plans(known)
        help_out(known)
        investigate(known)
        write_journal(known)
        visit(known)
        draw_maps(known)
        look_into(known)
        draw_families(known)
        attach_documents(known)
        worry(known)
        cooperate(known)
        elevate(known)
        change_workers(known)
        settle_agreements(known)
        morning += running(known)
    if duplicate:
        agenda.add(days.last_moment, _enter_twice)
    agenda.add(days.last_moment, lambda writer: fill_board(writer, days, name or WORKER["name"]))
    agenda.add(days.last_moment, lambda writer: write_costs(writer, days))
    agenda.add(days.last_moment, lambda writer: measure_children(writer, days, name or WORKER["name"]))
    agenda.add(days.last_moment, lambda writer: ask_for_access(writer, days))
    agenda.add(days.last_moment, carry_over)
    agenda.add(days.last_moment, lambda writer: prepare_meetings(writer, days))
    look_around(agenda, days)
    agenda.perform(store, clock, progress)
    Sitting(days.moment(today, ARRIVED), tuple(morning)).begin(store, clock)
    clock.set(days.moment(today, BEGUN))
    return store.read(lambda reader: _summary(reader, today))


def _families(worker: str, seed: int, scale: bool) -> Iterable[Family]:
    yield from told(worker)
    if scale:
        from caseworker_app.demo.story import invented

        yield from invented(worker, seed)


def _enter_twice(writer: Writer) -> None:
    """Enter a child that is there already, as another spells it."""
    zoe = next(case for case in writer.find(Case) if case.child_name == "Zoé Müller")
    values = {"child_name": "Zoe Müller", "person_number": zoe.person_number, "district": zoe.district}
    cases.register(writer, values, arrives=True)


def _summary(reader: Reader, today: dt.date) -> Summary:
    return Summary(
        today,
        reader.count(Case, where={"state": CaseState.ACTIVE}),
        reader.count(Case, where={"state": CaseState.CLOSED}),
        reader.count(Person),
        reader.count(Meeting),
    )
