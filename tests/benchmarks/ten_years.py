"""A caseload of ten years for the benchmarks of what is due: 25 active cases, and closed ones before them, with
follow-ups held on their days."""

from __future__ import annotations

import datetime as dt
import random

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Address
from caseworker_app.domain.follow_up import (
    ChildTalk,
    DeadlineMark,
    FollowUp,
    PartyHearing,
    Rhythm,
    RhythmDecision,
    Way,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.journal import CHILD_TALK_HEADING, Entry
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.plan import Goal, Plan, PlanState, ProgressMark
from caseworker_app.domain.rules.schedule import schedule
from caseworker_app.services import cases
from caseworker_app.services.ports import Writer
from db.store import SqlStore
from tests.helpers.casework import book, catalogue

TODAY = dt.date(2026, 11, 21)
YEARS = 10
CASES = 25
CLOSED = 25
_WORDS = "Barnet fortæller om skolen, vennerne og ugen hjemme. Vi taler om, hvad der skal ske nu, og hvem der gør hvad. "
_COURSES = (
    ("contact_person", 14),
    ("family_treatment", 18),
    ("foster_general", 60),
    ("private_contact", 30),
)


def fill(store: SqlStore, clock: FixedClock) -> int:
    """Write the caseload; return how many follow-ups were held."""
    clock.set(dt.datetime.combine(TODAY, dt.time(11), dt.UTC))
    dice = random.Random(7)
    store.write(lambda w: [_closed(w, dice, n) for n in range(CLOSED)])
    return store.write(lambda w: sum(_case(w, dice, n) for n in range(CASES))).result


def _closed(writer: Writer, dice: random.Random, n: int) -> None:
    case = cases.register(writer, {"child_name": f"Tidligere {n:02d} Prøve"})
    writer.flush()
    stream = writer.find(cases.Case)[-1].stream
    start = TODAY - dt.timedelta(days=2500)
    _course(writer, dice, stream, "private_contact", start, start + dt.timedelta(days=1200), [])
    cases.close(writer, case, TODAY, "")
    writer.flush()


def _case(writer: Writer, dice: random.Random, n: int) -> int:
    home = Address(f"Engdraget {n // 2}", "7495", "Hedelund")
    born = TODAY - dt.timedelta(days=dice.randrange(365 * 11, 365 * 16))
    values = {"child_name": f"Barn {n:02d} Prøve", "born": born, "address": home}
    case = cases.register(writer, values)
    writer.flush()
    stream = writer.find(cases.Case)[-1].stream
    if n % 2:
        cases.link_siblings(writer, writer.find(cases.Case)[-2].id, case, cases.SiblingKind.FULL)
        writer.flush()
    goals = _plan(writer, stream)
    held, start = 0, TODAY - dt.timedelta(days=365 * YEARS - 11 * n)
    while start < TODAY:
        entry, months = dice.choice(_COURSES)
        end = start + dt.timedelta(days=30 * dice.randrange(months // 2, months))
        held += _course(writer, dice, stream, entry, start, end if end < TODAY else None, goals)
        start = end + dt.timedelta(days=20)
    return held


def _plan(writer: Writer, stream: Id) -> list[Id]:
    plan, goals = writer.new_id(), [writer.new_id() for _ in range(4)]
    writer.act("Begin a plan")
    begun = TODAY - dt.timedelta(days=400)
    writer.create(Plan(id=plan, stream=stream, begun_on=begun, ready_on=begun, state=PlanState.ACTIVE))
    for number, goal in enumerate(goals):
        writer.create(Goal(id=goal, stream=stream, plan=plan, text=_WORDS, order=str(number)))
    received = dt.datetime.combine(begun, dt.time(9), dt.UTC)
    told, sent = writer.new_id(), received.date()
    writer.create(
        Notification(id=told, stream=stream, received_at=received, assessed_at=received, receipt_sent_on=sent)
    )
    writer.create(
        DeadlineMark(id=writer.new_id(), stream=stream, subject=told, rule="law:D03", due=sent, done_on=sent)
    )
    writer.flush()
    return goals


def _course(
    writer: Writer,
    dice: random.Random,
    stream: Id,
    name: str,
    start: dt.date,
    end: dt.date | None,
    goals: list[Id],
) -> int:
    entry = catalogue().entry(name, start) or catalogue().entry("foster_ordinary", start)
    assert entry is not None
    made = writer.new_id()
    writer.act("Register an intervention")
    writer.create(
        Intervention(
            id=made, stream=stream, catalogue=entry.id, name=entry.name, kind=entry.kind, step=entry.step,
            basis=entry.basis, rule=entry.rule, supplier="Familien Prøve", purpose=_WORDS,
            expected_duration="Et år", decided_on=start, told_on=start, start=start, ended_on=end,
        )
    )  # fmt: skip
    writer.create(PartyHearing(id=writer.new_id(), stream=stream, intervention=made, held_on=start))
    decision = RhythmDecision(
        id=writer.new_id(), stream=stream, intervention=made, decided_on=start, rhythm=Rhythm(3, "M"),
        reasons=_WORDS, child_wish=_WORDS,
    )  # fmt: skip
    writer.create(decision)
    writer.flush()
    until = end or TODAY - dt.timedelta(days=dice.randrange(60))
    days = [item.due for item in schedule(book().local, entry.rule, start, until, end=end, continued=True)]
    for due in days:
        _held(writer, stream, made, due, goals)
    return len(days)


def _held(writer: Writer, stream: Id, intervention: Id, due: dt.date, goals: list[Id]) -> None:
    follow_up, talk = writer.new_id(), writer.new_id()
    writer.act("Hold a follow-up")
    writer.create(
        FollowUp(
            id=follow_up, stream=stream, intervention=intervention, due=due, rule="local:", held_on=due,
            written_on=due, way=Way.VISIT, place="Hos familien", participants=("Barnet", "Plejemor", "Mor"),
            summary=_WORDS * 4, next_on=due + dt.timedelta(days=42),
            supervision=True,
        )
    )  # fmt: skip
    writer.create(
        ChildTalk(
            id=talk, stream=stream, follow_up=follow_up, intervention=intervention, held_on=due,
            written_on=due, child_words=_WORDS * 2, assessment=_WORDS,
        )
    )  # fmt: skip
    writer.create(
        Entry(
            id=writer.new_id(), stream=stream, heading=CHILD_TALK_HEADING, held_on=due, written_on=due,
            text=_WORDS * 3, source_type="child_talk", source=talk, signed=True,
        )
    )  # fmt: skip
    for goal in goals[:2]:
        writer.create(
            ProgressMark(
                id=writer.new_id(), stream=stream, goal=goal, marked_on=due, value=5, follow_up=follow_up
            )
        )
    writer.flush()
