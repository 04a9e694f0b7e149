"""An effort course as a sheet: target group, core elements, intensity with a warning for fast tapering, KIK, time used."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.domain.effort_course import (
    COURSE_ANSWER_LABELS,
    COURSE_STATE_LABELS,
    INTENSITY_UNIT_LABELS,
    VERDICT_LABELS,
    Answer,
    CourseState,
    FastFall,
    IntensityStep,
    Verdict,
)
from caseworker_app.domain.typed_hours import many_hours
from caseworker_app.domain.typed_numbers import figure_words
from caseworker_app.i18n import N_
from caseworker_app.services import effort_courses
from caseworker_app.services.effort_courses import CourseView, CriterionView
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.quality.ledger import Ledger, LedgerRow, ledgers
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.cooperation.effort import EffortPart

_PART_LABELS = {
    "include": N_("must hold"),
    "include_some": N_("some of these must hold"),
    "exclude": N_("keeps out"),
}


def effort_page(part: EffortPart, one: CourseView) -> Page:
    """Return the sheet of a course."""
    course, about = one.course, tr("the course")
    quiet = [tr(COURSE_STATE_LABELS[course.state])]
    if course.begun_on is not None:
        quiet.append(tr("begun {day}", day=short_day(course.begun_on)))
    if course.ended_on is not None:
        quiet.append(tr("ended {day}", day=short_day(course.ended_on)))
    elif course.planned_end is not None:
        quiet.append(tr("planned to end {day}", day=short_day(course.planned_end)))
    removed = N_("The course is removed. Ctrl+Z brings it back.")
    last = (part.removing(lambda w: effort_courses.remove(w, course.id), removed, about),)
    return Page(
        course.name, " · ".join(quiet), minds=_minds(one), lead=Facts("", (), _doings(part, one)),
        insert=lambda parent: ledgers(parent, _cards(part, one)), facts=(Facts(tr("About the course"), _facts(one)),),
        doings=last,
    )  # fmt: skip


def _facts(one: CourseView) -> tuple[tuple[str, str], ...]:
    course, effort = one.course, one.effort
    return (
        (tr("Our judgement of the target group"), course.judged),
        (tr("Why"), course.why),
        (tr("Who works in it"), course.team),
        (tr("Goal of the effort"), "" if effort is None else effort.goal),
        (tr("Intensity of the effort"), "" if effort is None else effort.intensity),
        (tr("Latest KIK sheet"), day_words(one.kik_on)),
        (tr("Time used"), tr("{hours} hours", hours=many_hours(one.minutes)) if one.minutes else ""),
        (tr("Note"), course.note),
    )


def _doings(part: EffortPart, one: CourseView) -> tuple[Doing, ...]:
    course, about = one.course, tr("the course")
    doings = []
    if course.state is CourseState.CONSIDERED:
        doings.append(
            Doing(tr("It begins …"), partial(part.change, course, "begun_on"), primary=True, about=about)
        )
    elif course.state is CourseState.RUNNING:
        doings.append(
            Doing(tr("Change the intensity …"), partial(part.step, course, None), primary=True, about=about)
        )
        doings.append(Doing(tr("Plan a tapering …"), partial(part.taper, course), about=about))
        doings.append(Doing(tr("Time used …"), part.time_used, about=about))
        doings.append(Doing(tr("KIK sheet …"), part.kik, about=about))
    doings.append(Doing(tr("Change …"), partial(part.change, course, "judged"), about=about))
    return tuple(doings)


def _minds(one: CourseView) -> tuple[str, ...]:
    minds = [fall_words(fall) for fall in one.falls]
    if one.verdict is Verdict.EXCLUDED:
        why = [c.criterion for c in one.checklist if c.part == "exclude" and c.answer is Answer.YES]
        minds.append(tr("Something keeps the child out: {why}.", why="; ".join(why)))
    elif one.verdict is Verdict.OUTSIDE:
        minds.append(tr("By the checklist the child is not in the target group."))
    if one.kik_due is not None:
        words = N_("The effort is to be looked at together (KIK) by {day}.")
        if one.kik_late:
            words = N_("The effort should have been looked at together (KIK) by {day}.")
        minds.append(tr(words, day=day_words(one.kik_due)))
    if one.effort is None:
        minds.append(
            tr("The effort is not in the catalogue any more; the course keeps what was taken over from it.")
        )
    return tuple(minds)


def fall_words(fall: FastFall) -> str:
    """Return the warning of a fast tapering."""
    unit = tr(INTENSITY_UNIT_LABELS[fall.unit])
    if not fall.after:
        words = N_(
            "Fast tapering: on {day} it goes from {before} {unit} to nothing. A slow phase-out is better: plan "
            "smaller steps."
        )
    else:
        words = N_(
            "Fast tapering: on {day} it falls from {before} to {after} {unit}, by more than half within four weeks. "
            "Plan smaller steps, or write why."
        )
    before, after = figure_words(fall.before), figure_words(fall.after)
    return tr(words, day=day_words(fall.day), before=before, after=after, unit=unit)


def _cards(part: EffortPart, one: CourseView) -> list[Ledger]:
    check, work = _checklist(part, one), [_intensity(part, one), _elements(part, one)]
    cards = [check, *work] if one.course.state is CourseState.CONSIDERED else [*work, check]
    return [card for card in cards if card is not None]


def _checklist(part: EffortPart, one: CourseView) -> Ledger | None:
    if not one.checklist:
        return None
    rows = tuple(_criterion(part, one, line) for line in one.checklist)
    heading = f"{tr('Target-group checklist')}: {tr(VERDICT_LABELS[one.verdict]).lower()}"
    note = ""
    if one.effort is not None and one.effort.at_least:
        note = tr("At least {n} of those marked “some of these” must hold.", n=one.effort.at_least)
    head = ("", "", tr("Answer"))
    return Ledger(heading, head, rows, note=note, words=frozenset({1, 2}))


def _criterion(part: EffortPart, one: CourseView, line: CriterionView) -> LedgerRow:
    course = one.course.id

    def said(answer: Answer) -> Doing:
        act = partial(
            part.do, partial(effort_courses.answer, course=course, criterion=line.criterion, said=answer),
            N_("It is answered. Ctrl+Z takes it back."),
        )  # fmt: skip
        return Doing(tr(COURSE_ANSWER_LABELS[answer]), act, about=line.criterion)

    others = [said(answer) for answer in (Answer.YES, Answer.NO) if answer is not line.answer]
    note = Doing(tr("Note …"), partial(part.answer, course, line), about=line.criterion)
    words = f"{line.criterion}\n{line.note}" if line.note else line.criterion
    cells = (words, tr(_PART_LABELS[line.part]), tr(COURSE_ANSWER_LABELS[line.answer]))
    return LedgerRow(cells, (*others, note))


def amount_words(step: IntensityStep) -> str:
    """Return how much a week."""
    return f"{figure_words(step.amount) or '0'} {tr(INTENSITY_UNIT_LABELS[step.unit])}"


def _intensity(part: EffortPart, one: CourseView) -> Ledger:
    fast = {fall.day for fall in one.falls}

    def row(step: IntensityStep) -> LedgerRow:
        reason = step.reason
        if step.begins_on in fast:
            reason = f"{tr('fast')} · {reason}" if reason else tr("fast")
        in_force = one.now is not None and step.id == one.now.id
        amount = amount_words(step)
        about = f"{short_day(step.begins_on)} {amount}"
        doings = (
            Doing(tr("Change …"), partial(part.step, one.course, step), about=about),
            part.removing(
                partial(effort_courses.remove_step, step=step.id),
                N_("The step is removed. Ctrl+Z brings it back."),
                about,
            ),
        )
        day = f"{short_day(step.begins_on)} · {tr('now')}" if in_force else short_day(step.begins_on)
        return LedgerRow((day, reason, amount), doings, strong=in_force)

    empty = tr("No intensity yet: how many hours or visits a week, from which day.")
    rows = tuple(row(step) for step in one.steps)
    head = (tr("From"), tr("Why"), tr("How much"))
    return Ledger(tr("Intensity"), head, rows, empty=empty, words=frozenset({1}), stretch=1)


def _elements(part: EffortPart, one: CourseView) -> Ledger | None:
    if not one.elements:
        return None
    rows = tuple(
        LedgerRow(
            ("\n".join(words for words in (element.name, element.how, element.agreed) if words),),
            (Doing(tr("How we do it …"), partial(part.element, element), about=element.name),),
        )
        for element in one.elements
    )
    return Ledger(tr("Core elements"), ("",), rows)
