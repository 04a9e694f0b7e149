"""Plan og opfølgning: what is done for the child with its deadlines, and the plan with its goals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.i18n import N_
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Query, Touched
from ui.words import bind, bind_call, tr

if TYPE_CHECKING:
    from caseworker_app.services.case_desk import Head


class FollowUpPart(Protocol):
    """What the section asks of its parts (each a ``QWidget``)."""

    def show_case(self, case: Case) -> None:
        """Show what there is of a case; asked for again when the case's head has changed."""

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""

    def leave(self) -> bool:
        """Keep drafts; return ``False`` only when something must be answered first."""


@runtime_checkable
class Doer(Protocol):
    """A part in which a deadline is done."""

    def want(self, name: str) -> None:
        """Do a deadline by its name as soon as it is read."""


def _deadlines(house: House, parent: QWidget) -> tuple[QWidget, FollowUpPart]:
    from ui.widgets.follow_up.desk import FollowUpDesk

    made = FollowUpDesk(house, parent)
    return made, made


def _plan(house: House, parent: QWidget) -> tuple[QWidget, FollowUpPart]:
    from ui.pages.case_plan import CasePlan

    made = CasePlan(house, parent)
    return made, made


def _ladder(house: House, parent: QWidget) -> tuple[QWidget, FollowUpPart]:
    from ui.widgets.numbers.ladder_part import LadderPart

    made = LadderPart(house, parent)
    return made, made


PARTS: Mapping[str, Callable[[House, QWidget], tuple[QWidget, FollowUpPart]]] = {
    "follow_up": _deadlines,
    "plan": _plan,
    "ladder": _ladder,
}
"""How each part is made, by the name that a place gives it; made when it is first shown."""
PART_LABELS: Mapping[str, str] = {
    "follow_up": N_("Interventions and deadlines"),
    "plan": N_("Plan and goals"),
    "ladder": N_("The ladder"),
}


HEAD_KINDS = frozenset(
    {
        "case_event", "child_talk", "complaint", "deadline_mark", "follow_up", "goal", "intervention", "investigation",
        "notification", "own_catalogue", "parents_hearing", "party_hearing", "plan", "rhythm_decision",
    }
)  # fmt: skip
"""What the case's head hangs on besides the case itself."""


class CaseFollowUp(QWidget):
    """The section with its two parts. ``part_shown`` carries the name of the part that is gone to, ``head_known`` the
    case's id with what its head says of the help (:class:`~caseworker_app.services.case_desk.Head`)."""

    part_shown = Signal(str)
    head_known = Signal(object, object)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._made: dict[str, FollowUpPart] = {}
        self._rooms: dict[str, QVBoxLayout] = {}
        self.tabs, self._stack = QTabBar(self), QStackedWidget(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        bind(self.tabs.setAccessibleName, "Plan and follow-up")
        for name in PARTS:
            self.tabs.addTab("")
            room = QWidget(self._stack)
            self._rooms[name] = QVBoxLayout(room)
            self._rooms[name].setContentsMargins(0, 0, 0, 0)
            self._stack.addWidget(room)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.tabs)
        self.tabs.currentChanged.connect(self._turned)
        bind_call(self.tabs, self._say)

    def _say(self) -> None:
        for number, name in enumerate(PARTS):
            self.tabs.setTabText(number, tr(PART_LABELS[name]))

    @property
    def part(self) -> str:
        """The name of the part in sight."""
        return tuple(PARTS)[self.tabs.currentIndex()]

    def made(self, name: str) -> FollowUpPart | None:
        """Return a part that has been shown, ``None`` before that."""
        return self._made.get(name)

    def go(self, name: str, wanted: str = "") -> None:
        """Show a part by its name; ``wanted`` is the name of a deadline to be done there, as soon as it is read."""
        self.tabs.setCurrentIndex(tuple(PARTS).index(name))
        self._show_part()
        part = self._made[name]
        if wanted and isinstance(part, Doer):
            part.want(wanted)

    def show_case(self, case: Case) -> None:
        """Show a case; the part in sight asks for it now, the other when it is gone to."""
        self._case = case
        self._ask_head()
        if self.isVisible():
            self._show_part()

    def follow(self, touched: Touched) -> None:
        """Let every part that has been shown ask again for what of it changed."""
        if any(kind in HEAD_KINDS for kind, _entity in touched):
            self._ask_head()
        for part in self._made.values():
            part.follow(touched)

    def _ask_head(self) -> None:
        """Ask what the head says; the rules are loaded by the first question."""
        case, books = self._case, self._house.books
        if case is None:
            return

        def ask(reader: Reader) -> Head:
            from caseworker_app.services import case_desk

            return case_desk.head_of(reader, books, case.id)

        self._house.tasks.query(self, Query(ask, lambda head: self.head_known.emit(case.id, head)))

    def leave(self) -> bool:
        """Keep the drafts of every part."""
        may = True
        for part in self._made.values():
            may = part.leave() and may
        return may

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_part()

    def _turned(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._show_part()

    def _show_part(self) -> None:
        """Make the part in sight when it is first shown, and let it show the case."""
        name, case = self.part, self._case
        if name not in self._made:
            widget, self._made[name] = PARTS[name](self._house, self._stack)
            self._rooms[name].addWidget(widget)
        if case is not None:
            self._made[name].show_case(case)
        self.part_shown.emit(name)
