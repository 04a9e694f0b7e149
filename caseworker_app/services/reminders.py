"""Reminders the day before: a text message to copy, and a card to print, for a meeting, a visit or an agreement.

Nothing is sent from here. A message names neither the child nor the case: others may read it over somebody's shoulder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.dates import clock, day_and_month, full_date, weekday
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.family_texts import FamilyTexts
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Audience, Meeting, MeetingState, Participant, TimeSpan
from caseworker_app.domain.office import Worker
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.person import Person
from caseworker_app.domain.rules.workdays import Holidays, is_working_day
from caseworker_app.domain.text_facts import LinesPart, PairsPart, Part, TextPaperFacts, TextPart
from caseworker_app.domain.visit import Visit, VisitState
from caseworker_app.services import agreements, office, papers, tasks
from caseworker_app.services.agreed import Agreed
from caseworker_app.services.ports import Reader

MESSAGE = 612
"""Characters of four joined text messages of the kind that has æ, ø and å: longer is not read."""


class About(StrEnum):
    """What is reminded of; the names of the texts."""

    MEETING = "meeting"
    VISIT = "visit"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder for one person. ``phone`` is hers, to send the message to; it stands on no paper."""

    about: About
    thing: Id
    case: Case
    to: str
    phone: str
    day: dt.date
    start: dt.time | None
    what: str
    place: str
    message: str


def next_day(today: dt.date, holidays: Holidays) -> dt.date:
    """Return the next working day: what lies before it and on it is reminded of today."""
    day = today + dt.timedelta(days=1)
    while not is_working_day(day, holidays):
        day += dt.timedelta(days=1)
    return day


def when_words(day: dt.date, start: dt.time | None, today: dt.date) -> str:
    """Return a day as somebody says it in a message: "i morgen, tirsdag den 24. november kl. 10.00"."""
    words = f"{weekday(day)} den {day_and_month(day)}"
    if day == today + dt.timedelta(days=1):
        words = f"i morgen, {words}"
    elif day == today:
        words = f"i dag, {words}"
    return words if start is None else f"{words} kl. {clock(start)}"


def at_hand(reader: Reader, texts: FamilyTexts, holidays: Holidays) -> tuple[Reminder, ...]:
    """Return everybody to be reminded of something from tomorrow to the next working day, by time.

    A meeting that was called off, somebody who said no, professionals, and the worker are left out.
    """
    until = next_day(reader.today, holidays)
    cases = {case.stream: case for case in reader.find(Case) if case.active}
    write = _Writing(reader, texts)

    def soon(day: dt.date | None) -> bool:
        return day is not None and reader.today < day <= until

    found = list(_meetings(reader, cases, soon, write))
    for visit in reader.find(Visit, where={"state": VisitState.PLANNED}):
        if visit.stream in cases and visit.when is not None and soon(visit.when.day):
            found.append(_visit(reader, cases[visit.stream], visit.id, visit.when, write))
    for row in tasks.open_of(reader, cases.values()):
        if soon(row.agreed.due) and not row.agreed.mine:
            found.append(of_agreement(reader, texts, row.case, row.agreed))
    return tuple(sorted(found, key=lambda one: (one.day, one.start or dt.time.max, one.case.id, one.to)))


def _meetings(
    reader: Reader, cases: dict[Id, Case], soon: Callable[[dt.date | None], bool], write: _Writing
) -> Iterable[Reminder]:
    for meeting in reader.find(Meeting, where={"state": MeetingState.PLANNED}):
        when = meeting.when
        if when is None or not soon(when.day) or meeting.stream not in cases:
            continue
        case = cases[meeting.stream]
        for guest in reader.find(Participant, where={"meeting": meeting.id}):
            if guest.audience is Audience.PROFESSIONAL or guest.attendance is Attendance.DECLINED:
                continue
            phone = _phone_of(reader, case, guest.person, guest.name)
            yield write(
                About.MEETING, meeting.id, case, guest.name, phone, when.day, when.start, place=meeting.place
            )


def _visit(reader: Reader, case: Case, visit: Id, when: TimeSpan, write: _Writing) -> Reminder:
    home = [
        one for one in reader.find(Person, stream=case.stream) if one.lives_with_child and one.has_custody
    ]
    to = home[0] if home else None
    name = "" if to is None else to.name
    phone = case.phone if to is None else to.phone
    return write(About.VISIT, visit, case, name, phone, when.day, when.start)


def of_agreement(reader: Reader, texts: FamilyTexts, case: Case, agreed: Agreed) -> Reminder:
    """Return the reminder of one agreement. Raises :class:`UserError` for one without a day, or that is settled."""
    if agreed.due is None:
        raise UserError("It has no day to remind of.", "Write first when it is to be done.")
    if not agreed.open:
        raise UserError("It is settled: there is nothing to remind of.")
    card = agreed.person or agreements.who_is(reader, case.stream, agreed.who)[0]
    person = None if card is None else reader.get(Person, card)
    to, phone = (
        (agreed.who, _phone_of(reader, case, None, agreed.who))
        if person is None
        else (person.name, person.phone)
    )
    write = _Writing(reader, texts)
    return write(About.AGREEMENT, agreed.id, case, to, phone, agreed.due, None, what=agreed.what)


def _phone_of(reader: Reader, case: Case, person: Id | None, name: str) -> str:
    if person is not None:
        found = reader.get(Person, person)
        return "" if found is None else found.phone
    return case.phone if name and name in (case.child_name, case.first_name) else ""


class _Writing:
    """Writes messages; who signs them is read once."""

    def __init__(self, reader: Reader, texts: FamilyTexts) -> None:
        house = office.house(reader)
        self._worker: Worker = house.worker
        self._phone = house.worker.phone or house.office.phone
        self._municipality = house.office.municipality
        self._texts, self._today = texts, reader.today

    def __call__(
        self, about: About, thing: Id, case: Case, to: str, phone: str, day: dt.date, start: dt.time | None,
        *, what: str = "", place: str = "",
    ) -> Reminder:  # fmt: skip
        values = {
            "name": to.split(" ")[0],
            "when": when_words(day, start, self._today),
            "what": " ".join(what.split()).rstrip("."),
            "at_place": f" ({place})" if place else "",
            "phone": self._phone,
            "worker": self._worker.name,
            "worker_title": self._worker.title,
            "municipality": self._municipality,
        }
        message = self._texts.fill("reminder", about.value, values)
        message = " ".join(message.replace("Hej .", "Hej.").split())
        return Reminder(about, thing, case, to, phone, day, start, what, place, message)


def check_message(words: str) -> None:
    """Raise :class:`UserError` for a message that must not be sent: it is empty, too long, or holds a CPR number."""
    if not words.strip():
        raise UserError("There is nothing in the message.")
    if contains_person_number(words):
        raise UserError(
            "A CPR number stands in the message: take it out. A text message can be read by others."
        )
    if len(words) > MESSAGE:
        raise UserError("The message is longer than {n} characters: say less.", n=MESSAGE)


def card(reader: Reader, texts: FamilyTexts, reminder: Reminder) -> PaperJob:
    """Return a card to give along: when, where, what, whom to ring, and lines for one's own points.

    It holds no name of the child, no number and no address of anybody's home.
    """
    if contains_person_number(reminder.what):
        raise UserError("A CPR number stands in what was agreed: take it out, then print again.")
    house = office.house(reader)
    day = full_date(reminder.day)
    when = f"{day[:1].upper()}{day[1:]}" + ("" if reminder.start is None else f" kl. {clock(reminder.start)}")
    ring = ", ".join(part for part in (house.worker.name, house.worker.phone or house.office.phone) if part)
    asked = "Senest" if reminder.about is About.AGREEMENT else "Hvornår"
    what = {About.MEETING: "Møde", About.VISIT: "Besøg hjemme hos dig"}.get(reminder.about, reminder.what)
    rows = (
        ("Til", reminder.to),
        (asked, when),
        ("Hvor", reminder.place),
        ("Hvad", what),
        ("Ring til", ring),
    )
    parts: list[Part] = [PairsPart(tuple((name, words) for name, words in rows if words))]
    values = {"worker": house.worker.name, "municipality": house.office.municipality}
    parts += [
        TextPart(text=texts.fill("card", "foot", values)),
        LinesPart(3, texts.fill("card", "own_points")),
    ]
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title="Husk",
        heading=texts.fill("card", "heading"),
        dated=reader.today,
        parts=tuple(parts),
    )
    return PaperJob(Paper.REMINDER_CARD, facts, "reminder.pdf", reminder.to, reminder.case.id)
