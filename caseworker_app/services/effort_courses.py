"""A child's course in an effort: looked at with the target-group checklist, begun, its intensity planned, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.effort import Effort
from caseworker_app.domain.effort_course import (
    Answer,
    CourseElement,
    CourseState,
    EffortCourse,
    FastFall,
    IntensityStep,
    Tapering,
    TargetAnswer,
    Verdict,
    by_day,
    fast_falls,
    intensity_on,
    tapered,
    verdict,
)
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kik_sheet import KikSheet
from caseworker_app.domain.order import key_after
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.time_log import TimeEntry
from caseworker_app.services.efforts import effort_of, offered
from caseworker_app.services.forms import Edit
from caseworker_app.services.plain_records import (
    case_known,
    change,
    known,
    make,
    not_ahead,
    take_away,
    tidied,
)
from caseworker_app.services.ports import Reader, Writer

_SHORT, _LONG = ("name", "team"), ("why", "judged", "note")
MOST_INTENSITY = 168_00
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One line of the checklist. ``part`` is ``include``, ``include_some`` or ``exclude``."""

    criterion: str
    part: str
    answer: Answer
    note: str


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course with everything on it. ``effort`` is ``None`` when the catalogue has it no more; ``now`` is the intensity in
    force, ``kik_due`` the day the effort should be looked at together next (``kik_late``: it has passed), ``minutes`` what
    the time log has of it."""

    course: EffortCourse
    effort: Effort | None
    checklist: tuple[CriterionView, ...]
    verdict: Verdict
    elements: tuple[CourseElement, ...]
    steps: tuple[IntensityStep, ...]
    now: IntensityStep | None
    falls: tuple[FastFall, ...]
    kik_on: dt.date | None
    kik_due: dt.date | None
    kik_late: bool
    minutes: int


# --- The course ------------------------------------------------------------------------------------------------


def consider(writer: Writer, case: Id, values: Mapping[str, Any], shipped: Iterable[Effort]) -> Id:
    """Look whether an effort of the catalogue is right for a child; return the course's id, its core elements taken over.

    Raises :class:`InvalidInput`, and :class:`UserError` when the child is in a course of the effort that has not ended.
    """
    found = case_known(writer, case)
    checked = {"considered_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    effort = effort_of(offered(writer, shipped), str(checked.get("effort", "")))
    if effort is None:
        raise InvalidInput("effort", "Choose the effort.")
    open_states = (CourseState.CONSIDERED, CourseState.RUNNING)
    courses = writer.find(EffortCourse, stream=found.stream)
    if any(one.effort == effort.id and one.state in open_states for one in courses):
        raise UserError(
            "The child has a course of this effort already.", "Go on with it, or write that it has ended."
        )
    blank = EffortCourse(stream=found.stream, name=effort.name)
    _check(writer, blank, checked)
    made = make(writer, blank, checked, "Look at an effort for a child")
    at = ""
    for name in effort.elements:
        at = key_after(at)
        writer.create(
            CourseElement(id=writer.new_id(), stream=found.stream, course=made, name=name, order=at)
        )
    return made


def edit(writer: Writer, course: Id, edits: Mapping[str, Edit], shipped: Iterable[Effort]) -> None:
    """Change a course: begun, planned end, ended, who works in it, the judgement. Raises :class:`InvalidInput`.

    A course that begins although the checklist keeps the child out needs the judgement in words.
    """
    now = known(writer, EffortCourse, course)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    after = replace(now, **checked)
    if after.begun_on is not None and now.begun_on is None and not after.judged:
        said = view(writer, course, shipped).verdict
        if said in (Verdict.EXCLUDED, Verdict.OUTSIDE):
            raise InvalidInput(
                "judged",
                "The checklist says that the child is not in the target group: write why it begins all the same.",
                "Or answer the checklist again.",
            )
    change(writer, now, edits, checked, "Change an effort course")


def remove(writer: Writer, course: Id) -> None:
    """Take a course away; undo brings it back."""
    take_away(writer, EffortCourse, course, "Remove an effort course")


def _check(reader: Reader, now: EffortCourse, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, _LONG)
    not_ahead(reader, values, ("considered_on", "ended_on"))
    after = replace(now, **values)
    begun = after.begun_on
    if after.ended_on is not None and (begun is None or after.ended_on < begun):
        raise InvalidInput("ended_on", "It ended before it began.", "Correct one of the two days.")
    if after.planned_end is not None and begun is not None and after.planned_end < begun:
        raise InvalidInput("planned_end", "It is planned to end before it begins.")
    if after.declined and begun is not None:
        raise InvalidInput("declined", "The course has begun: write when it ended.")
    if (after.declined or after.ended_on is not None) and not after.why:
        raise InvalidInput("why", "Write why.", "The family may ask; the answer stands here.")


# --- Checklist and core elements ---------------------------------------------------------------------------------


def answer(writer: Writer, course: Id, criterion: str, said: Answer, note: str | None = None) -> None:
    """Answer one line of the checklist. Raises :class:`InvalidInput`."""
    now = known(writer, EffortCourse, course)
    words: dict[str, Any] = {} if note is None else {"note": note}
    tidied(words, (), ("note",))
    there = next((one for one in _answers(writer, course) if one.criterion == criterion), None)
    writer.act("Answer the target-group checklist")
    if there is None:
        made = TargetAnswer(stream=now.stream, course=course, criterion=criterion, answer=said, **words)
        writer.create(replace(made, id=writer.new_id()))
        return
    writer.set(TargetAnswer, there.id, "answer", said, parents=None)
    if note is not None:
        writer.set(TargetAnswer, there.id, "note", words["note"], parents=None)


def _answers(reader: Reader, course: Id) -> list[TargetAnswer]:
    return reader.find(TargetAnswer, where={"course": course})


def write_element(writer: Writer, element: Id, edits: Mapping[str, Edit]) -> None:
    """Write how a core element is worked with here. Raises :class:`InvalidInput`."""
    now = known(writer, CourseElement, element)
    checked = {name: one.value for name, one in edits.items()}
    tidied(checked, ("name",), ("how", "agreed"))
    if not replace(now, **checked).name:
        raise InvalidInput("name", "Write the core element.")
    change(writer, now, edits, checked, "Write how a core element is worked with")


# --- Intensity ---------------------------------------------------------------------------------------------------


def plan_step(writer: Writer, course: Id, values: Mapping[str, Any]) -> Id:
    """Write from when so much a week is given, and why; return the step's id. Raises :class:`InvalidInput`."""
    now = known(writer, EffortCourse, course)
    checked = {name: value for name, value in values.items() if value is not None}
    blank = IntensityStep(stream=now.stream, course=course)
    _check_step(writer, now, blank, checked)
    return make(writer, blank, checked, "Plan the intensity of a course")


def edit_step(writer: Writer, step: Id, edits: Mapping[str, Edit]) -> None:
    """Change a step. Raises :class:`InvalidInput`."""
    now = known(writer, IntensityStep, step)
    assert now.course is not None
    checked = {name: one.value for name, one in edits.items()}
    _check_step(writer, known(writer, EffortCourse, now.course), now, checked)
    change(writer, now, edits, checked, "Change the intensity of a course")


def remove_step(writer: Writer, step: Id) -> None:
    """Take a step away."""
    take_away(writer, IntensityStep, step, "Remove a step of the intensity")


def _check_step(reader: Reader, course: EffortCourse, now: IntensityStep, values: dict[str, Any]) -> None:
    tidied(values, (), ("reason",))
    after = replace(now, **values)
    if after.begins_on is None:
        raise InvalidInput("begins_on", "Write from which day.")
    if course.begun_on is not None and after.begins_on < course.begun_on:
        raise InvalidInput("begins_on", "That is before the course began.")
    if course.ended_on is not None and after.begins_on > course.ended_on:
        raise InvalidInput("begins_on", "That is after the course ended.")
    if after.amount is None or not 0 <= after.amount <= MOST_INTENSITY:
        raise InvalidInput("amount", "It goes from 0 to {highest}.", highest=MOST_INTENSITY // 100)
    others = [one for one in _steps(reader, course.id) if one.id != now.id]
    if any(one.begins_on == after.begins_on for one in others):
        raise InvalidInput(
            "begins_on", "The intensity changes on that day already.", "Change that step instead."
        )
    if others and not after.reason:
        raise InvalidInput("reason", "Write why it changes.")


def taper(writer: Writer, course: Id, values: Mapping[str, Any]) -> tuple[Id, ...]:
    """Plan a tapering: even steps from what is in force to the goal, the first and the last on its days; return their ids.

    Raises :class:`InvalidInput` for days the wrong way round, or a goal that is not below what is in force.
    """
    now = known(writer, EffortCourse, course)
    plan = Tapering(stream=now.stream, course=course)
    checked = {name: value for name, value in values.items() if value is not None}
    tidied(checked, (), ("reason",))
    plan = replace(plan, **checked)
    begins, ends, count = _taper_days(plan)
    steps = _steps(writer, course)
    before = intensity_on(steps, begins - dt.timedelta(days=1))
    if before is None or before.amount is None:
        raise InvalidInput("begins_on", "Nothing is in force before that day.", "Write the intensity first.")
    if plan.goal is None or not 0 <= plan.goal < before.amount:
        raise InvalidInput("goal", "A tapering goes down: write less than what is in force.")
    if any(one.begins_on is not None and one.begins_on >= begins for one in steps):
        raise InvalidInput(
            "begins_on", "There are later changes already.", "Remove them first, or change them one by one."
        )
    if not plan.reason:
        raise InvalidInput("reason", "Write why it changes.")
    made = []
    for day, amount in tapered(begins, ends, before.amount, plan.goal, count):
        step: dict[str, Any] = {
            "begins_on": day,
            "amount": amount,
            "unit": before.unit,
            "reason": plan.reason,
        }
        _check_step(writer, now, IntensityStep(stream=now.stream, course=course), step)
        made.append(replace(IntensityStep(stream=now.stream, course=course), id=writer.new_id(), **step))
    writer.act("Plan a tapering")
    writer.create(replace(plan, id=writer.new_id()))
    for one in made:
        writer.create(one)
    return tuple(one.id for one in made)


def _taper_days(plan: Tapering) -> tuple[dt.date, dt.date, int]:
    begins, ends, count = plan.begins_on, plan.ends_on, plan.steps
    if begins is None or ends is None:
        raise InvalidInput("begins_on" if begins is None else "ends_on", "Write the day.")
    if ends < begins:
        raise InvalidInput("ends_on", "It ends before it begins.", "Correct one of the two days.")
    if count is None or not 1 <= count <= MOST_STEPS:
        raise InvalidInput("steps", "It goes from 1 to {highest}.", highest=MOST_STEPS)
    if count > 1 and (ends - begins).days < count - 1:
        raise InvalidInput(
            "ends_on", "There are fewer days than steps.", "Choose a later day, or fewer steps."
        )
    return begins, ends, count


def _steps(reader: Reader, course: Id) -> tuple[IntensityStep, ...]:
    return by_day(reader.find(IntensityStep, where={"course": course}))


# --- Looking -----------------------------------------------------------------------------------------------------


def view(reader: Reader, course: Id, shipped: Iterable[Effort]) -> CourseView:
    """Return a course with everything on it. Raises ``KeyError`` when there is none."""
    now = known(reader, EffortCourse, course)
    effort = effort_of(offered(reader, shipped), now.effort)
    answers = {one.criterion: one for one in _answers(reader, course)}
    checklist = () if effort is None else tuple(_criteria(effort, answers))
    said = {name: one.answer for name, one in answers.items()}
    elements = sorted(
        reader.find(CourseElement, where={"course": course}), key=lambda one: (one.order, one.id)
    )
    steps = _steps(reader, course)
    kik_on, kik_due = _kik(reader, now, effort)
    return CourseView(
        now, effort, checklist, Verdict.OPEN if effort is None else verdict(effort, said), tuple(elements), steps,
        intensity_on(steps, reader.today), fast_falls(steps, now.ended_on), kik_on, kik_due,
        kik_due is not None and kik_due < reader.today,
        sum(one.minutes or 0 for one in reader.find(TimeEntry, where={"course": course})),
    )  # fmt: skip


def _criteria(effort: Effort, answers: Mapping[str, TargetAnswer]) -> Iterable[CriterionView]:
    for part in ("include", "include_some", "exclude"):
        for criterion in getattr(effort, part):
            found = answers.get(criterion)
            yield CriterionView(
                criterion,
                part,
                Answer.UNKNOWN if found is None else found.answer,
                "" if found is None else found.note,
            )


def _kik(
    reader: Reader, course: EffortCourse, effort: Effort | None
) -> tuple[dt.date | None, dt.date | None]:
    """Return the day of the latest KIK sheet of the effort, and when the next is due while the course runs."""
    days = [
        one.made_on
        for one in reader.find(KikSheet)
        if one.effort.casefold() == course.name.casefold() and one.made_on is not None
    ]
    last = max(days, default=None)
    running = course.state is CourseState.RUNNING and course.begun_on is not None
    if effort is None or not effort.kik_months or not running:
        return last, None
    assert course.begun_on is not None
    return last, add_months(max(last or course.begun_on, course.begun_on), effort.kik_months)


def of_case(reader: Reader, case: Id, shipped: Iterable[Effort]) -> tuple[CourseView, ...]:
    """Return a case's courses: those that run first, then those considered, then the rest, the latest first."""
    found = case_known(reader, case)
    rank = {CourseState.RUNNING: 0, CourseState.CONSIDERED: 1, CourseState.ENDED: 2, CourseState.DECLINED: 3}
    views = [
        view(reader, one.id, shipped) for one in reversed(reader.find(EffortCourse, stream=found.stream))
    ]
    return tuple(sorted(views, key=lambda one: rank[one.course.state]))
