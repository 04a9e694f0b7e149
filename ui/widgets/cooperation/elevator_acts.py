"""What can be done with an ELEVator course: its forms, its papers, a meeting called, hours as they are reckoned."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.domain.elevator import (
    ElevatorContract,
    ElevatorCourse,
    ElevatorHours,
    ElevatorMeasure,
    ElevatorStep,
    Party,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MeetingKind
from caseworker_app.i18n import N_
from caseworker_app.services import elevator, elevator_papers, elevator_steps
from caseworker_app.services.elevator import ElevatorView
from caseworker_app.services.ports import Writer
from ui.house import Place
from ui.tasks import Op
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.cooperation.elevator import ElevatorPart


class ElevatorActs:
    """Done for the part that shows the course."""

    def __init__(self, part: ElevatorPart) -> None:
        self._part = part

    # forms

    def check(self) -> None:
        """Look whether the child belongs in it; a course that runs is looked at again."""
        from ui.dialogs import elevator_forms as forms

        running = self._part.running
        if running is not None:
            self.change(running.course)
            return
        self._part.open(lambda case: forms.check(self._part.house, case, self._part))

    def change(self, course: ElevatorCourse, first: str = "placed") -> None:
        """Change the check, who leads, the areas, or that it stopped."""
        from ui.dialogs import elevator_forms as forms

        self._part.open(lambda case: forms.check(self._part.house, case, self._part, course, first))

    def evaluate(self, course: ElevatorCourse) -> None:
        """Write the evaluation."""
        from ui.dialogs import elevator_forms as forms

        self._part.open(lambda case: forms.evaluation(self._part.house, case, self._part, course))

    def contract(self, course: Id, found: ElevatorContract | None = None, party: Party | None = None) -> None:
        """Make a contract, or change one."""
        from ui.dialogs import elevator_forms as forms

        self._part.open(lambda case: forms.contract(self._part.house, case, self._part, course, found, party))

    def step(self, course: Id, found: ElevatorStep | None = None, first: str = "kind") -> None:
        """Plan a step, or change one."""
        from ui.dialogs import elevator_forms as forms

        self._part.open(lambda case: forms.step(self._part.house, case, self._part, course, found, first))

    def plan(self, course: ElevatorCourse) -> None:
        """Lay the plan."""
        from ui.dialogs import elevator_forms as forms

        self._part.open(lambda case: forms.plan(self._part.house, case, self._part, course))

    def hours(self) -> None:
        """Write hours of the course that is looked at."""
        shown = self._part.current
        if shown is not None:
            self.hours_of(shown.course.id)

    def hours_of(self, course: Id, found: ElevatorHours | None = None) -> None:
        """Write hours, or change some."""
        from ui.dialogs import elevator_forms as forms

        self._part.open(lambda case: forms.hours(self._part.house, case, self._part, course, found))

    def measure(self, course: Id, found: ElevatorMeasure | None = None) -> None:
        """Write a result, or change one."""
        from ui.dialogs import elevator_forms as forms

        self._part.open(lambda case: forms.measure(self._part.house, case, self._part, course, found))

    # done at a press

    def approved(self, found: ElevatorContract) -> None:
        """Write that a contract was approved today."""
        told = N_("The contract is approved. Ctrl+Z takes it back.")
        self._part.do(lambda w: elevator.approve(w, found.id, w.today), told)

    def held(self, found: ElevatorStep) -> None:
        """Write that a step was held today."""
        told = N_("It is held. Ctrl+Z takes it back.")
        self._part.do(lambda w: elevator_steps.hold(w, found.id, w.today), told)

    def reckoned(self, found: ElevatorStep) -> None:
        """Write the hours a step is reckoned to take."""
        told = N_("The hours are written. Ctrl+Z takes them back.")
        self._part.do(lambda w: elevator_steps.spend_as_reckoned(w, found.id), told)

    def meet(self, found: ElevatorStep) -> None:
        """Go to the meeting of a step, planned now if there is none."""
        from caseworker_app.services.meeting_kinds import kind_of

        house, books = self._part.house, self._part.house.books
        self._part.complaint.clear()

        def call(writer: Writer) -> Id:
            return elevator_steps.call_meeting(writer, found.id, kind_of(books, writer, MeetingKind.ELEVATOR))

        def go(meeting: Id) -> None:
            house.go(Place("meeting", meeting, "plan"))

        house.tasks.op(self._part, Op(call, go, failed=self._part.complaint.show_error))

    def goals(self) -> None:
        """Go to the plan with its goals."""
        if self._part.case is not None:
            self._part.house.go(Place("case", self._part.case.id, "plan"))

    def group(self) -> None:
        """Go to the evaluation of the groups."""
        self._part.house.go(Place("quality", None, "group"))

    # papers

    def print(self) -> None:
        """Show the evaluation of the child."""
        shown = self._part.current
        if shown is not None:
            course = shown.course.id
            self._part.show_paper(
                lambda r: elevator_papers.evaluation_job(r, course), tr("Evaluation of ELEVator")
            )

    def print_contract(self, found: ElevatorContract) -> None:
        """Show a contract."""
        self._part.show_paper(lambda r: elevator_papers.contract_job(r, found.id), tr("Contract of ELEVator"))

    def forms(self, one: ElevatorView) -> dict[str, Callable[[], None]]:
        """Return by the key of a draft how its form is opened."""
        course = one.course
        key = f"elevator_course:{course.id.hex()}"
        found: dict[str, Callable[[], None]] = {
            key: partial(self.change, course),
            f"{key}:evaluation": partial(self.evaluate, course),
            f"{key}:plan": partial(self.plan, course),
            f"elevator_contract:new:{course.id.hex()}": partial(self.contract, course.id),
            f"elevator_step:new:{course.id.hex()}": partial(self.step, course.id),
            f"elevator_hours:new:{course.id.hex()}": partial(self.hours_of, course.id),
            f"elevator_measure:new:{course.id.hex()}": partial(self.measure, course.id),
        }
        found |= {
            f"elevator_contract:{c.id.hex()}": partial(self.contract, course.id, c) for c in one.contracts
        }
        found |= {f"elevator_step:{s.id.hex()}": partial(self.step, course.id, s) for s in one.steps}
        found |= {f"elevator_hours:{h.id.hex()}": partial(self.hours_of, course.id, h) for h in one.hours}
        found |= {f"elevator_measure:{m.id.hex()}": partial(self.measure, course.id, m) for m in one.measures}
        return found

    def removing(self, act: Callable[[Writer], None]) -> Callable[[], None]:
        """Return what takes something away."""
        return partial(self._part.do, act, N_("It is removed. Ctrl+Z brings it back."))
