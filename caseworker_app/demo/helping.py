"""What was done for the children: interventions with hearing, follow-ups and talks, as the rules ask for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from caseworker_app.demo import books
from caseworker_app.demo.agenda import Act
from caseworker_app.demo.families import CHILD, InterventionStory, values_of
from caseworker_app.demo.planning import reviews_of
from caseworker_app.demo.telling import Known
from caseworker_app.domain.case import Case
from caseworker_app.domain.catalogue import CatalogueEntry
from caseworker_app.domain.follow_up import Answer, ChildTalk, Rhythm, TalkState, Way
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import DECIDED, PLACEMENTS, EndReason, Intervention
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.rules.model import ItemKind
from caseworker_app.domain.rules.schedule import schedule
from caseworker_app.services import (
    caseload_deadlines,
    courses,
    follow_up_terms,
    follow_ups,
    interventions,
    journal,
)
from caseworker_app.services.deadline import Work
from caseworker_app.services.follow_ups import Held, Talk
from caseworker_app.services.ports import Writer
from caseworker_app.services.settling import mark_done, waive

_SUPERVISED: Final = dt.timedelta(days=150)
"""How long after a supervision visit the next follow-up is one too: two a year, and a little more."""
_DECIDED_BEFORE: Final = dt.timedelta(days=12)
_TOLD_AFTER: Final = dt.timedelta(days=2)
_LAW_EVERY: Final = 3
"""Months between follow-ups of an intervention that only the law asks about."""
SAID: Final = (
    (
        "Det går fint. Jeg vil gerne have, at det bliver ved, som det er.",
        "Rolig samtale. Barnet virker glad og svarer frit.",
    ),
    (
        "Det er bedst, når I siger det til mig først.",
        "Barnet tager selv emner op og ved, hvorfor vi taler sammen.",
    ),
    (
        "Jeg har fået en ven, der hedder det samme som min bamse.",
        "God kontakt. Barnet fortæller om hverdagen uden at blive spurgt.",
    ),
    (
        "Nogle gange er jeg træt. Så er det godt, at der er nogen.",
        "Barnet er åbent om det, der er svært, og ved, hvem det kan gå til.",
    ),
)
"""Own words and assessment, where the story has none."""


@dataclass
class Course:
    """One intervention while it is told."""

    known: Known
    story: InterventionStory
    entry: CatalogueEntry
    start: dt.date
    ended: dt.date | None
    intervention: Id = b""
    supervised: dt.date = dt.date.min
    held: int = 0

    def lay(self, day: dt.date, *acts: Act, earliest: int = 8 * 60 + 10) -> None:
        """Lay acts on a working day."""
        known = self.known
        known.agenda.add(known.days.some_moment(known.days.past(day), known.rng, earliest), *acts)


def help_out(known: Known) -> None:
    """Lay the family's interventions on the agenda."""
    for story in known.family.interventions:
        _tell(known, story)


def _tell(known: Known, story: InterventionStory) -> None:
    opened = known.opened(known.child(story.child))
    start = max(known.on(story.at), known.days.forward(opened + dt.timedelta(days=16)))
    entries = (books.catalogue().entry(name, start) for name in story.entry)
    entry = next((found for found in entries if found is not None), None)
    if entry is None:
        raise ValueError(f"no such intervention on that day: {story.entry}")
    ended = known.on(story.ended) if story.ended else None
    it = Course(known, story, entry, start, ended)
    decided = entry.kind in DECIDED
    registered = known.days.back(start - (_DECIDED_BEFORE if decided else dt.timedelta(days=1)))
    it.lay(registered, _registering(it, registered if decided else None), earliest=15 * 60 + 30)
    if decided:
        heard = max(known.days.back(registered - dt.timedelta(days=2)), opened)
        it.lay(known.days.back(start - dt.timedelta(days=3)), _hearing(it, heard))
    if story.exception:
        agreed = known.on(story.exception[2])
        it.lay(agreed, _excepting(it, agreed))
    _tell_follow_ups(it)
    if ended is not None:
        it.lay(ended, _ending(it, ended), earliest=15 * 60 + 30)


def _registering(it: Course, decided: dt.date | None) -> Act:
    values: dict[str, Any] = {**values_of(Intervention, it.story.plain), "start": it.start}
    if it.story.planned:
        values["planned_end"] = it.known.on(it.story.planned)
    if decided is not None:
        values |= {"decided_on": decided, "told_on": it.known.days.forward(decided + _TOLD_AFTER)}

    def register(writer: Writer) -> None:
        case = it.known.cases[it.story.child]
        it.intervention = interventions.register(writer, case, it.entry, values)
        it.known.helped[it.story.child] = it.intervention

    return register


def _hearing(it: Course, day: dt.date) -> Act:
    words = it.story.hearing or (
        "Jeg vil gerne have, at der er en, der lytter.",
        "Barnet er med på indsatsen.",
    )
    values: dict[str, Any] = {
        "held_on": day,
        "way": Way.MEETING,
        "participants": (_child(it), it.known.worker),
        "child_words": words[0],
        "assessment": words[1],
    }
    if it.story.unheard:
        values = {"reason": it.story.unheard}

    def hear(writer: Writer) -> None:
        made = follow_up_terms.record_hearing(writer, it.intervention, values)
        writer.flush()
        _sign(writer, journal.entries_from(writer, made))

    return hear


def _excepting(it: Course, day: dt.date) -> Act:
    kind, by, _at, reason, serves = it.story.exception
    values = {"kind": kind, "agreed_by": by, "agreed_on": day, "reason": reason, "serves_child": serves}
    return lambda writer: follow_up_terms.record_exception(
        writer, books.rules().local.last, it.intervention, values
    )


def _ending(it: Course, day: dt.date) -> Act:
    reason = EndReason(it.story.end_reason or "planned")
    return lambda writer: interventions.end(writer, it.intervention, day, reason, it.story.end_note)


def _child(it: Course) -> str:
    plain = it.known.child(it.story.child).plain
    return str(plain.get("called") or str(plain.get("child_name", "")).split(" ")[0])


# --- Follow-ups ----------------------------------------------------------------------------------------------


def _tell_follow_ups(it: Course) -> None:
    """Lay the follow-ups on days near those the rules ask for; the latest ``missed`` ones were not held."""
    days = list(_days(it))
    held = days[: len(days) - it.story.missed] if it.story.missed else days
    for number, day in enumerate(held, start=1):
        last = number == len(held)
        if number in it.story.waived:
            it.lay(day, _waiving(it, it.story.waived_why))
        else:
            it.lay(day, _holding(it, day, number, len(held) - number, last=last), earliest=13 * 60)
        if number == it.story.decided_at and it.story.rhythm:
            it.lay(day + dt.timedelta(days=1), _deciding(it, day))


def _days(it: Course) -> Iterator[dt.date]:
    """Yield the days on which follow-ups were held: on or a few days before the day they are due."""
    known, until = it.known, it.known.days.yesterday
    held: list[dt.date] = []
    while True:
        due = _next_due(it, held)
        if due is None or due > until or (it.ended is not None and due > it.ended):
            return
        day = known.days.back(due - dt.timedelta(days=known.rng.randrange(4)))
        day = max(day, known.days.forward(it.start), *(one + dt.timedelta(days=1) for one in held[-1:]))
        if day > until:
            return
        held.append(known.days.past(day))
        yield held[-1]


def _next_due(it: Course, held: Sequence[dt.date]) -> dt.date | None:
    rule, local = it.entry.rule, books.rules().local
    until = it.known.days.today + dt.timedelta(days=200)
    if not rule:
        months = _LAW_EVERY * (len(held) + 1)
        return it.start + dt.timedelta(days=months * 30) if it.entry.kind in DECIDED else None
    items = schedule(local, rule, it.start, until, held=held, end=it.ended, continued=True)
    return next((item.due for item in items if item.is_follow_up and not item.settled), None)


def _holding(it: Course, day: dt.date, number: int, before_last: int, *, last: bool) -> Act:
    said = it.story.said or SAID
    words, assessment, *summary = said[-1 - before_last % len(said)]
    story, placed = it.story, it.entry.kind in PLACEMENTS

    def hold(writer: Writer) -> None:
        _report(writer, it, day)
        course = courses.course_of(writer, interventions.known(writer, it.intervention))
        items = courses.main_items(books.rules(), course, day + dt.timedelta(days=120))
        due = next((item.due for item in items if not item.settled), None)
        supervision = placed and day - it.supervised >= _SUPERVISED
        if supervision:
            it.supervised = day
        case = writer.get(Case, it.known.cases[story.child])
        held = Held(
            it.intervention, day, due,
            way=Way.VISIT if supervision or number % 2 else Way.MEETING,
            place=story.place,
            participants=(it.known.worker, *_present(it)),
            towards_end=story.towards_end,
            summary=summary[0] if summary else "Vi gik målene igennem et for et. Alle kom til orde, og barnet først.",
            new_goals=Answer.NO, new_goals_reason="Målene passer stadig.",
            supervision=supervision,
            next_on=it.known.on(story.next) if last and story.next else None,
            next_place=story.place if last and story.next else "",
            talk=None if case is None or case.unborn else Talk(
                TalkState.HELD, alone=True, child_words=words, assessment=assessment,
            ),
            reviews=reviews_of(it.known, story.child, before_last),
        )  # fmt: skip
        made = follow_ups.hold(writer, books.rules(), held)
        writer.flush()
        if not (last and story.unsigned):
            _sign_talks(writer, made)

    return hold


def _present(it: Course) -> tuple[str, ...]:
    names = {person.key: str(person.plain["name"]) for person in it.known.family.people}
    return tuple(_child(it) if key == CHILD else names[key] for key in (CHILD, *it.story.present))


def _report(writer: Writer, it: Course, day: dt.date) -> None:
    """Say that a report due before the day came in."""
    if not it.entry.rule or not any(
        step.part.kind is ItemKind.STATUS_REPORT
        for step in books.rules().local.last.rules[it.entry.rule].steps
    ):
        return
    found = caseload_deadlines.of_case(writer, books.rules(), it.known.cases[it.story.child], day)
    for one in found.open:
        if one.subject == it.intervention and one.work is Work.REPORT and one.due <= day:
            mark_done(writer, one, day, "Status modtaget.")
            writer.flush()


def _sign_talks(writer: Writer, follow_up: Id) -> None:
    for talk in writer.find(ChildTalk, where={"follow_up": follow_up}):
        _sign(writer, journal.entries_from(writer, talk.id))


def _sign(writer: Writer, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if not entry.signed:
            journal.sign(writer, entry.id)
            writer.flush()


def _waiving(it: Course, reason: str) -> Act:
    def let_go(writer: Writer) -> None:
        course = courses.course_of(writer, interventions.known(writer, it.intervention))
        items = courses.main_items(books.rules(), course, writer.today + dt.timedelta(days=30))
        item = next(item for item in items if not item.settled)
        waive(writer, books.rules(), it.intervention, courses.key_of(item), item.due, reason)

    return let_go


def _deciding(it: Course, day: dt.date) -> Act:
    months, form, reasons, wish = it.story.rhythm
    values = {
        "decided_on": day,
        "rhythm": Rhythm(int(months), "M"),
        "form": form,
        "reasons": reasons,
        "child_wish": wish,
        "told_child_on": day,
        "told_parents_on": day,
    }
    return lambda writer: follow_up_terms.decide_rhythm(writer, it.intervention, values)
