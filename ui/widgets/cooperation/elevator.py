"""ELEVator in a case: a line a chapter of the course that runs, and a line each course that is over."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.elevator import PHASE_LABELS, ElevatorStep, Phase
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.typed_numbers import hours_words
from caseworker_app.i18n import N_
from caseworker_app.services import elevator
from caseworker_app.services.elevator import ElevatorView
from caseworker_app.services.elevator_steps import spent_on
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Page
from ui.widgets.cooperation.elevator_acts import ElevatorActs
from ui.widgets.cooperation.elevator_pages import ElevatorPages, steps_of
from ui.widgets.cooperation.part import CooperationPart, new_key
from ui.words import tr

CHAPTERS: Mapping[str, str] = {
    "check": N_("Does the child belong in it?"),
    "contracts": N_("Contracts"),
    "first": N_("Mapping 1"),
    "quarters": N_("Quarterly meetings"),
    "second": N_("Mapping 2"),
    "hours": N_("Hours against the budget"),
    "results": N_("Results and evaluation"),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case's courses: the one that runs first."""

    views: tuple[ElevatorView, ...]
    today: dt.date


def key_of(course: Id, chapter: str) -> Id:
    """Return what stands for a chapter in the list; the check stands for the course itself."""
    if chapter == "check":
        return course
    return hashlib.sha256(course + chapter.encode()).digest()[: len(NO_ID)]


class ElevatorPart(CooperationPart[Loaded]):
    """The chapters of the effort, each with what is to be done in it."""

    follows = frozenset(
        {
            "elevator_course", "elevator_contract", "elevator_step", "elevator_hours", "elevator_measure", "meeting",
            "case",
        }
    )  # fmt: skip
    list_name = N_("ELEVator")
    nothing_yet = N_(
        "No ELEVator yet. It is a school effort of a year and a half for children placed outside their home: look first "
        "whether the child belongs in it."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        self.acts = ElevatorActs(self)
        self._pages = ElevatorPages(self.acts)
        super().__init__(house, parent)

    def doings(self) -> list[Button]:
        return [
            (N_("Look whether the child belongs in it (Ins)"), "Ins", self.acts.check),
            (N_("Write hours …"), "", self.acts.hours),
            (N_("Evaluation: show and print (Ctrl+P)"), "Ctrl+P", self.acts.print),
            (N_("The group …"), "", self.acts.group),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        return Loaded(elevator.of_case(reader, case.id), reader.today)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        views = loaded.views
        if not views:
            return []
        first = views[0]
        lines = [self._line(loaded, first, chapter) for chapter in self._chapters(first)]
        lines += [
            ListLine(one.course.id, tr("An earlier course"), tr(PHASE_LABELS[one.phase]), "history", "muted")
            for one in views[1:]
        ]
        return lines

    @staticmethod
    def _chapters(one: ElevatorView) -> Iterable[str]:
        return ("check",) if not one.course.checked and not one.steps and not one.contracts else CHAPTERS

    def _line(self, loaded: Loaded, one: ElevatorView, chapter: str) -> ListLine:
        words, quiet, icon, tone = tr(CHAPTERS[chapter]), "", "note", "muted"
        if chapter == "check":
            quiet, icon, tone = _checked(one)
        elif chapter == "contracts":
            approved = sum(c.approved_on is not None for c in one.contracts)
            day = one.takes_part_from
            if day is None:
                quiet, icon, tone = (
                    tr("{n} of {all} approved", n=approved, all=len(one.contracts)),
                    "today",
                    "soon",
                )
            else:
                quiet, icon, tone = tr("takes part from {day}", day=short_day(day)), "done", "done"
        elif chapter in ("first", "quarters", "second"):
            quiet, icon, tone = _stepped(steps_of(one, chapter), loaded.today)
        elif chapter == "hours":
            over = [row for row in spent_on(one.hours) if row.left is not None and row.left < 0]
            used = sum(row.minutes for row in spent_on(one.hours))
            quiet = tr("{hours} hours", hours=hours_words(used) or "0")
            if over:
                quiet, icon, tone = f"{quiet} · {tr('more than the budget')}", "warning", "soon"
        else:
            done = one.course.evaluated_on
            both = sum(m.gain is not None for m in one.measures)
            quiet = tr("{n} of {all} measured twice", n=both, all=len(one.measures))
            if done is not None:
                quiet, icon, tone = tr("evaluated {day}", day=short_day(done)), "done", "done"
        return ListLine(key_of(one.course.id, chapter), words, quiet, icon, tone)

    def _say(self) -> None:
        """A step or a result that is gone to shows the chapter it stands in."""
        for one in () if self.loaded is None else self.loaded.views:
            if any(found.id == self._wanted for found in one.measures):
                self._wanted = key_of(one.course.id, "results")
            for chapter in ("first", "quarters", "second"):
                if any(step.id == self._wanted for step in steps_of(one, chapter)):
                    self._wanted = key_of(one.course.id, chapter)
        super()._say()

    def view(self, key: Id | None) -> tuple[ElevatorView, str] | None:
        """Return the course and the chapter of a line."""
        for one in () if self.loaded is None else self.loaded.views:
            for chapter in CHAPTERS:
                if key == key_of(one.course.id, chapter):
                    earlier = self.loaded is not None and one is not self.loaded.views[0]
                    return one, "results" if earlier else chapter
        return None

    @property
    def current(self) -> ElevatorView | None:
        """The course of the line the cursor is on."""
        found = self.view(self.list.key)
        return None if found is None else found[0]

    @property
    def running(self) -> ElevatorView | None:
        """The course that is not over."""
        views = () if self.loaded is None else self.loaded.views
        over = (Phase.DONE, Phase.LEFT, Phase.EXCLUDED)
        return next((one for one in views if one.phase not in over), None)

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        found = self.view(key)
        return None if found is None else self._pages.page(found[0], found[1], loaded.today)

    def saved(self, key: object) -> None:
        """Go to a course that was just made; what is made within one leaves the cursor where it is."""
        there = set() if self.loaded is None else {one.course.id for one in self.loaded.views}
        if key not in there:
            super().saved(key)

    def forms(self) -> Mapping[str, Callable[[], None]]:
        if self.case is None:
            return {}
        found: dict[str, Callable[[], None]] = {new_key("elevator_course", self.case.id): self.acts.check}
        for one in () if self.loaded is None else self.loaded.views:
            found |= self.acts.forms(one)
        return found


def _checked(one: ElevatorView) -> tuple[str, str, str]:
    if one.course.excluded:
        return tr(PHASE_LABELS[Phase.EXCLUDED]), "note", "muted"
    if not one.course.checked:
        return tr("questions not answered"), "today", "soon"
    return tr("yes, looked at {day}", day=short_day(one.course.checked_on)), "done", "done"


def _stepped(steps: tuple[ElevatorStep, ...], today: dt.date) -> tuple[str, str, str]:
    held = sum(one.held_on is not None for one in steps)
    if not steps:
        return tr("not planned"), "note", "muted"
    coming = next((one for one in steps if one.held_on is None), None)
    if coming is None:
        return tr("{n} of {all} held", n=held, all=len(steps)), "done", "done"
    late = coming.planned_on is not None and coming.planned_on < today
    words = tr("{n} of {all} held · next {day}", n=held, all=len(steps), day=short_day(coming.planned_on))
    return words, "warning" if late else "today", "overdue" if late else "accent"
