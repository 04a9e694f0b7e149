"""The chapters of an ELEVator course as sheets: what is to be done, what is written, and the buttons for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from caseworker_app.domain.elevator import (
    ANSWER_LABELS,
    ELEVATOR_PROFESSION_LABELS,
    EXCLUDED_LABELS,
    MAPPING,
    MEASURE_AREA_LABELS,
    MEETINGS,
    NOT_INSTEAD,
    PARTY_LABELS,
    PHASE_LABELS,
    STEP_LABELS,
    ElevatorContract,
    ElevatorMeasure,
    ElevatorStep,
    StepKind,
)
from caseworker_app.domain.typed_numbers import figure_words, hours_words
from caseworker_app.services import elevator, elevator_steps
from caseworker_app.services.elevator import ElevatorView
from caseworker_app.services.elevator_steps import Spent, spent_on, unspent
from ui.widgets.assessment.notification_page import day_words, short_day
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.cooperation.elevator_acts import ElevatorActs
from ui.words import tr


def steps_of(one: ElevatorView, chapter: str) -> tuple[ElevatorStep, ...]:
    """Return the steps of a chapter: of a mapping those of its round, else the ones between."""
    if chapter == "quarters":
        return tuple(s for s in one.steps if s.kind in (StepKind.QUARTERLY, StepKind.READING))
    number = 1 if chapter == "first" else 2
    return tuple(s for s in one.steps if s.kind in (*MAPPING, StepKind.FEEDBACK) and s.round == number)


class ElevatorPages:
    """Makes the sheets."""

    def __init__(self, acts: ElevatorActs) -> None:
        self._acts = acts

    def page(self, one: ElevatorView, chapter: str, today: dt.date) -> Page:
        """Return the sheet of a chapter."""
        makers: Mapping[str, Callable[[ElevatorView], Page]] = {
            "check": self._check,
            "contracts": self._contracts,
            "hours": self._hours,
            "results": self._results,
        }
        if chapter in makers:
            return makers[chapter](one)
        return self._steps(one, chapter, today)

    def _check(self, one: ElevatorView) -> Page:
        course, about = one.course, tr("ELEVator")
        questions = tuple(
            (tr(label), tr(ANSWER_LABELS[answer]))
            for label, answer in (
                ("Is the child placed outside its home?", course.placed),
                ("Is the child in a special class or special school?", course.special_school),
                ("Has the child a pervasive developmental disorder?", course.developmental),
                ("Has the child an intellectual disability?", course.intellectual),
            )
        )
        rows = (
            (tr("What the check rests on"), course.check_note),
            (tr("Psychologist who leads"), course.psychologist),
            (tr("School"), course.school),
            (tr("Group"), course.group),
            (tr("Areas to work on"), course.areas),
            (tr("Stopped on"), day_words(course.left_on)),
            (tr("Why it stopped"), course.left_why),
        )
        minds = tuple(tr(EXCLUDED_LABELS[name]) for name in course.excluded)
        removed = self._acts.removing(lambda w: elevator.remove(w, course.id))
        doings = (
            Doing(
                tr("Change …"), partial(self._acts.change, course), primary=not course.checked, about=about
            ),
            Doing(tr("It stopped …"), partial(self._acts.change, course, "left_on"), about=about),
            Doing(tr("The plan with its goals"), self._acts.goals),
            Doing(tr("Remove"), removed, about=about),
        )
        heading = tr("Does the child belong in ELEVator?")
        quiet = " · ".join(
            part for part in (tr(PHASE_LABELS[one.phase]), day_words(course.checked_on)) if part
        )
        return Page(heading, quiet, minds, facts=(Facts("", questions), Facts("", rows)), doings=doings)

    def _contracts(self, one: ElevatorView) -> Page:
        tasks = [self._contract(one, found) for found in one.contracts]
        for number, party in enumerate(elevator.missing_parties(one)):
            words = tr(PARTY_LABELS[party])
            make = partial(self._acts.contract, one.course.id, None, party)
            doing = Doing(tr("Make the contract …"), make, primary=not number, about=words)
            tasks.append(Task(words, tr("no contract yet"), False, (doing,)))
        day = one.takes_part_from
        quiet = (
            tr("The child takes part from {day}.", day=day_words(day))
            if day is not None
            else tr("When home and school have approved theirs, the child takes part.")
        )
        doings = [Doing(tr("Another contract …"), partial(self._acts.contract, one.course.id))]
        if day is not None:
            lay = partial(self._acts.plan, one.course)
            doings.insert(0, Doing(tr("Lay the plan …"), lay, primary=not one.steps))
        return Page(tr("Contracts"), quiet, tasks=tuple(tasks), doings=tuple(doings))

    def _contract(self, one: ElevatorView, found: ElevatorContract) -> Task:
        words = tr(PARTY_LABELS[found.party])
        if found.names:
            words = f"{words}: {found.names}"
        if found.approved_on is not None:
            quiet = tr("approved {day}", day=day_words(found.approved_on))
        elif found.sent_on is not None:
            quiet = tr("handed out {day}, not approved yet", day=day_words(found.sent_on))
        else:
            quiet = tr("not handed out yet")
        removed = self._acts.removing(lambda w: elevator.remove_contract(w, found.id))
        doings = [
            Doing(tr("Show …"), partial(self._acts.print_contract, found), about=words, icon="print"),
            Doing(tr("Change …"), partial(self._acts.contract, one.course.id, found), about=words),
            Doing(tr("Remove"), removed, about=words),
        ]
        if found.approved_on is None:
            doings.insert(0, Doing(tr("Approved today"), partial(self._acts.approved, found), about=words))
        return Task(words, quiet, found.approved_on is not None, tuple(doings))

    # the steps

    def _steps(self, one: ElevatorView, chapter: str, today: dt.date) -> Page:
        steps = steps_of(one, chapter)
        headings = {"first": tr("Mapping 1"), "quarters": tr("Quarterly meetings"), "second": tr("Mapping 2")}
        doings = [Doing(tr("Another step …"), partial(self._acts.step, one.course.id))]
        if one.takes_part_from is not None:
            lay = partial(self._acts.plan, one.course)
            doings.insert(0, Doing(tr("Lay the plan …"), lay, primary=not one.steps))
        minds = (tr(NOT_INSTEAD),) if chapter == "quarters" else ()
        if not steps and one.takes_part_from is None:
            minds = (tr("The plan is laid when the contracts are approved."),)
        tasks = tuple(self._step(one, step, today) for step in steps)
        return Page(headings[chapter], "", minds, tasks=tasks, doings=tuple(doings))

    def _step(self, one: ElevatorView, step: ElevatorStep, today: dt.date) -> Task:
        words = f"{tr(STEP_LABELS[step.kind])}, {day_words(step.held_on or step.planned_on)}"
        late = step.held_on is None and step.planned_on is not None and step.planned_on < today
        state = (tr("Held") if step.held_on is not None else tr("Planned")).lower()
        if late:
            state = f"{state} · {tr('not written yet')}"
        about = words
        quiet = " · ".join(part for part in (state, step.who, _first_line(step.text)) if part)
        doings = []
        if step.held_on is None:
            doings.append(Doing(tr("Held today"), partial(self._acts.held, step), about=about))
        elif unspent(one, step):
            doings.append(Doing(tr("Hours as reckoned"), partial(self._acts.reckoned, step), about=about))
        if step.kind in MEETINGS and (step.held_on is None or step.meeting is not None):
            meet = tr("Call the meeting …") if step.meeting is None else tr("To the meeting")
            doings.append(Doing(meet, partial(self._acts.meet, step), about=about))
        first = "text" if step.held_on is not None else "planned_on"
        doings.append(
            Doing(tr("Change …"), partial(self._acts.step, one.course.id, step, first), about=about)
        )
        if step.held_on is None:
            removed = self._acts.removing(partial(elevator_steps.remove, step=step.id))
            doings.append(Doing(tr("Remove"), removed, about=about))
        return Task(words, quiet, step.held_on is not None, tuple(doings), "overdue" if late else "soon")

    # hours, results

    def _hours(self, one: ElevatorView) -> Page:
        rows = tuple(
            (tr(ELEVATOR_PROFESSION_LABELS[s.profession]), spent_words(s)) for s in spent_on(one.hours)
        )
        tasks = []
        for line in reversed(one.hours):
            who = ", ".join(p for p in (tr(ELEVATOR_PROFESSION_LABELS[line.profession]), line.who) if p)
            hours = tr("{hours} hours", hours=hours_words(line.minutes or 0))
            of = tr("of the 15 hours in all") if line.in_all else ""
            step = next((tr(STEP_LABELS[s.kind]) for s in one.steps if s.id == line.step), "")
            quiet = " · ".join(p for p in (of, step, line.note) if p)
            removed = self._acts.removing(partial(elevator_steps.remove_hours, hours=line.id))
            words = f"{who}, {short_day(line.spent_on)}: {hours}"
            doings = (
                Doing(tr("Change …"), partial(self._acts.hours_of, one.course.id, line)),
                Doing(tr("Remove"), removed),
            )
            tasks.append(Task(words, quiet, True, doings))
        quiet = tr("The budget of the model for one child; the psychologists have 15 hours each besides.")
        write = Doing(tr("Write hours …"), partial(self._acts.hours_of, one.course.id), primary=True)
        return Page(
            tr("Hours against the budget"), quiet, lead=Facts("", rows, (write,)),
            tasks_heading=tr("What is written") if tasks else "", tasks=tuple(tasks),
        )  # fmt: skip

    def _results(self, one: ElevatorView) -> Page:
        course = one.course
        tasks = tuple(self._measure(one, found) for found in one.measures)
        rows = (
            (tr("What the child has got out of it"), course.evaluation),
            (tr("The child's own words"), f"»{course.child_words}«" if course.child_words else ""),
            (tr("Support from here on"), course.recommendation),
            (tr("What around the child has mattered"), course.context),
            (tr("Evaluated on"), day_words(course.evaluated_on)),
            (tr("Why it stopped"), course.left_why),
        )
        minds = (
            (tr("It was evaluated before the second feedback meeting was held."),)
            if elevator.evaluated_before_told(one)
            else ()
        )
        doings = (
            Doing(
                tr("Write the evaluation …"),
                partial(self._acts.evaluate, course),
                primary=course.evaluated_on is None,
            ),
            Doing(tr("Show and print …"), self._acts.print, icon="print"),
        )
        more = Facts("", (), (Doing(tr("A result …"), partial(self._acts.measure, course.id)),))
        heading = tr("From mapping 1 to mapping 2") if tasks else ""
        return Page(
            tr("Results and evaluation"), tr(PHASE_LABELS[one.phase]), minds, tasks_heading=heading, tasks=tasks,
            facts=(more, Facts("", rows)), doings=doings,
        )  # fmt: skip

    def _measure(self, one: ElevatorView, found: ElevatorMeasure) -> Task:
        words = f"{tr(MEASURE_AREA_LABELS[found.area])}: {found.instrument}"
        figures = " → ".join(
            figure_words(v) if v is not None else tr("not measured") for v in (found.first, found.second)
        )
        gain = found.gain
        way = (
            "" if gain is None else tr("better") if gain > 0 else tr("worse") if gain < 0 else tr("the same")
        )
        quiet = " · ".join(part for part in (figures, way, _first_line(found.words)) if part)
        removed = self._acts.removing(lambda w: elevator_steps.remove_measure(w, found.id))
        doings = (
            Doing(tr("Change …"), partial(self._acts.measure, one.course.id, found), about=words),
            Doing(tr("Remove"), removed, about=words),
        )
        return Task(words, quiet, gain is not None, doings)


def _first_line(text: str) -> str:
    line = next(iter(text.splitlines()), "")
    return line if len(line) <= 110 else f"{line[:109]}…"


def spent_words(one: Spent) -> str:
    """Return what a profession has spent against its budget, translated."""
    if one.budget is None:
        return tr("{hours} hours; no budget is set", hours=hours_words(one.minutes))
    said = tr(
        "{hours} of {budget} hours", hours=hours_words(one.minutes) or "0", budget=hours_words(one.budget)
    )
    left = one.left or 0
    if left < 0:
        return f"{said} · {tr('{hours} more than the budget', hours=hours_words(-left))}"
    return f"{said} · {tr('{hours} left', hours=hours_words(left) or '0')}"
