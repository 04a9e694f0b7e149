"""Clarifying talks with a psychologist: one to five, asked for by somebody, for one of two purposes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.dates import short_date
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.psychologist_talk import (
    ASKER_LABELS,
    MOST_TALKS,
    NOT_TREATMENT,
    TALK_PURPOSE_LABELS,
    TALK_WITH_LABELS,
    PsychologistCourse,
    PsychologistTalk,
)
from caseworker_app.domain.text_facts import PairsPart, Part, TablePart, TextPaperFacts, TextPart
from caseworker_app.services import papers
from caseworker_app.services.forms import Edit
from caseworker_app.services.known_names import danish
from caseworker_app.services.plain_records import (
    case_known,
    case_of,
    change,
    known,
    make,
    not_ahead,
    take_away,
    tidied,
)
from caseworker_app.services.ports import Reader, Writer

_DAYS = ("asked_on", "told_on", "ended_on")


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course with its talks, the first one first."""

    course: PsychologistCourse
    talks: tuple[PsychologistTalk, ...]

    @property
    def left(self) -> int:
        """How many talks there still are."""
        return max(0, MOST_TALKS - len(self.talks))

    def number(self, talk: Id) -> int:
        """Return which talk of the course it is."""
        return next(n for n, one in enumerate(self.talks, start=1) if one.id == talk)


def ask(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Ask for talks, today unless a day is given; return the course's id. Raises :class:`InvalidInput`."""
    found = case_known(writer, case)
    blank = PsychologistCourse(stream=found.stream)
    checked = {"asked_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    if "investigation" not in checked:
        running = [one for one in writer.find(Investigation, stream=found.stream) if one.ended_on is None]
        checked["investigation"] = running[-1].id if running else None
    _check(writer, blank, checked)
    return make(writer, blank, checked, "Ask for talks with a psychologist")


def edit(writer: Writer, course: Id, edits: Mapping[str, Edit]) -> None:
    """Change a course. Raises :class:`InvalidInput`."""
    now = known(writer, PsychologistCourse, course)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change the talks with a psychologist")


def remove(writer: Writer, course: Id) -> None:
    """Take a course away; undo brings it back."""
    take_away(writer, PsychologistCourse, course, "Remove the talks with a psychologist")


def _check(reader: Reader, now: PsychologistCourse, values: dict[str, Any]) -> None:
    tidied(values, ("psychologist",), ("question", "brought"))
    not_ahead(reader, values, _DAYS)
    after = replace(now, **values)
    if not after.question:
        raise InvalidInput("question", "Write what the talks are to make clearer.")
    if after.planned is not None and not 1 <= after.planned <= MOST_TALKS:
        raise InvalidInput("planned", "It is one to {most} talks.", most=MOST_TALKS)
    if after.ended_on and after.asked_on and after.ended_on < after.asked_on:
        raise InvalidInput("ended_on", "It ended before it began.", "Correct one of the two days.")


def hold(writer: Writer, course: Id, values: Mapping[str, Any]) -> Id:
    """Write that a talk was held, today unless a day is given; return its id.

    Raises :class:`UserError` for a sixth one, :class:`InvalidInput` for a day that has not come.
    """
    now = known(writer, PsychologistCourse, course)
    talks = view(writer, course).talks
    if len(talks) >= MOST_TALKS:
        raise UserError(
            "These talks have been held: {most} is the most there are.",
            "Write what they brought to the investigation, and end them.",
            "If the child or the parents need treatment, that is another help and another decision.",
            most=MOST_TALKS,
        )
    checked = {
        "held_on": writer.today,
        "talk_with": now.talk_with,
        **{k: v for k, v in values.items() if v is not None},
    }
    _check_talk(writer, now, checked)
    return make(
        writer,
        PsychologistTalk(stream=now.stream, course=course),
        checked,
        "A talk with the psychologist was held",
    )


def edit_talk(writer: Writer, talk: Id, edits: Mapping[str, Edit]) -> None:
    """Change a talk. Raises :class:`InvalidInput`."""
    now = known(writer, PsychologistTalk, talk)
    checked = {name: one.value for name, one in edits.items()}
    assert now.course is not None, "a talk has its course"
    _check_talk(writer, known(writer, PsychologistCourse, now.course), checked)
    change(writer, now, edits, checked, "Change a talk with the psychologist")


def remove_talk(writer: Writer, talk: Id) -> None:
    """Take a talk away that was written by mistake."""
    take_away(writer, PsychologistTalk, talk, "Remove a talk with the psychologist")


def _check_talk(reader: Reader, course: PsychologistCourse, values: dict[str, Any]) -> None:
    tidied(values, (), ("text",))
    not_ahead(reader, values, ("held_on",))
    day = values.get("held_on", reader.today)
    if day is None:
        raise InvalidInput("held_on", "Write the day it was held.")
    if course.asked_on is not None and day < course.asked_on:
        raise InvalidInput(
            "held_on", "It cannot have been held before it was asked for, on {day}.", day=course.asked_on
        )


def view(reader: Reader, course: Id) -> CourseView:
    """Return a course with its talks. Raises ``KeyError`` when there is none."""
    found = known(reader, PsychologistCourse, course)
    talks = reader.find(PsychologistTalk, where={"course": course})
    talks.sort(key=lambda one: (one.held_on or dt.date.max, one.id))
    return CourseView(found, tuple(talks))


def of_case(reader: Reader, case: Id) -> tuple[CourseView, ...]:
    """Return a case's courses: those that run first, the latest first."""
    found = case_known(reader, case)
    courses = list(reversed(reader.find(PsychologistCourse, stream=found.stream)))
    return tuple(view(reader, one.id) for one in sorted(courses, key=lambda one: one.ended_on is not None))


def job(reader: Reader, course: Id) -> PaperJob:
    """Return a course as a paper: what was asked, the talks, what they brought; first that it is no treatment."""
    shown = view(reader, course)
    one, case = shown.course, case_of(reader, shown.course)
    say = danish().gettext
    pairs = (
        ("Vedrørende", case.child_name or f"ufødt barn af {case.unborn_of}"),
        ("Psykolog", one.psychologist),
        ("Ønsket af", say(ASKER_LABELS[one.asked_by])),
        ("Samtaler med", say(TALK_WITH_LABELS[one.talk_with])),
        ("Formål", say(TALK_PURPOSE_LABELS[one.purpose])),
        ("Aftalt antal", "" if one.planned is None else str(one.planned)),
        ("Det er fortalt familien", "" if one.told_on is None else short_date(one.told_on)),
    )
    parts: list[Part] = [
        TextPart(text=f"**{say(NOT_TREATMENT)}**"),
        PairsPart(tuple(p for p in pairs if p[1])),
    ]
    parts.append(TextPart("Det skal blive klarere", one.question))
    rows = tuple(
        (
            str(n),
            "" if t.held_on is None else short_date(t.held_on),
            say(TALK_WITH_LABELS[t.talk_with]),
            t.text,
        )
        for n, t in enumerate(shown.talks, start=1)
    )
    blank = tuple((str(n), "", "", "") for n in range(len(rows) + 1, (one.planned or MOST_TALKS) + 1))
    parts.append(
        TablePart(
            ("Nr.", "Dato", "Med", "Om"), (*rows, *blank), (0.08, 0.16, 0.2, 0.56), "Samtalerne", row_height=9
        )
    )
    if one.brought:
        parts.append(TextPart("Det gav samtalerne til undersøgelsen", one.brought))
    facts = TextPaperFacts(
        sender=papers.sender(reader), title="Afklarende samtaler med psykolog",
        heading="Afklarende samtaler med psykolog", dated=reader.today, parts=tuple(parts),
    )  # fmt: skip
    return PaperJob(Paper.PSYCHOLOGIST_TALKS, facts, "psychologist-talks.pdf", "", course)
