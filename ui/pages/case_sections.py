"""The sections of a case and the tabs over them. Those of :data:`LATER` are made when they are first gone to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Query, Touched
from ui.words import bind, bind_call, tr


class Section(Protocol):
    """What the case's page asks of a section made later (a ``QWidget``)."""

    def show_case(self, case: Case) -> None:
        """Show what there is of a case; asked for again when the case's head has changed."""

    def want(self, part: str) -> None:
        """Go to something in it: what stood after the colon of the place's part; may be empty."""

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""

    def leave(self) -> bool:
        """Keep drafts; return ``False`` only when something must be answered first."""


SectionMaker = Callable[[House, QWidget], tuple[QWidget, Section]]

TAB_LABELS: Mapping[str, str] = {
    "overview": N_("Overview"),
    "people": N_("People"),
    "maps": N_("Network maps"),
    "follow_up": N_("Plan and follow-up"),
    "journal": N_("Journal"),
    "visits": N_("Visits"),
    "assessment": N_("Notification and investigation"),
    "measures": N_("Measurements"),
    "meetings": N_("Meetings"),
    "agreements": N_("Agreements"),
    "cooperation": N_("Cooperation"),
}
"""The sections in the order of their tabs."""


def _maps(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.pages.case_maps import CaseMaps

    made = CaseMaps(house, parent)
    return made, made


def _journal(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.pages.case_journal import case_journal

    return case_journal(house, parent)


def _assessment(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.pages.case_assessment import CaseAssessment

    made = CaseAssessment(house, parent)
    return made, made


def _visits(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.pages.case_visits import case_visits

    return case_visits(house, parent)


def _agreements(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.pages.case_agreements import case_agreements

    return case_agreements(house, parent)


def _cooperation(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.pages.case_cooperation import CaseCooperation

    made = CaseCooperation(house, parent)
    return made, made


def _measures(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.pages.case_measures import CaseMeasures

    made = CaseMeasures(house, parent)
    return made, made


def _actors(reader: Reader, case: Case) -> int:
    from caseworker_app.services import professional_network  # not before a case is shown

    return professional_network.count(reader, case)


LATER: Mapping[str, SectionMaker] = {
    "maps": _maps,
    "journal": _journal,
    "visits": _visits,
    "assessment": _assessment,
    "measures": _measures,
    "agreements": _agreements,
    "cooperation": _cooperation,
}
"""How each section is made that is not there from the start."""


_LETTERS: Mapping[str, str] = {"measures": "M"}
"""Sections that came when the ten digits were taken: each has a letter."""


def _key(number: int) -> str:
    """Return the key of a tab: its letter, else its digit among those with one; the tenth is on the 0."""
    names = list(TAB_LABELS)
    if names[number] in _LETTERS:
        return f"Alt+{_LETTERS[names[number]]}"
    return f"Alt+{(sum(name not in _LETTERS for name in names[:number]) + 1) % 10}"


class CaseSections(QObject):
    """The tab bar and the stack of one case's page."""

    turned = Signal(str)

    def __init__(self, house: House, page: QWidget) -> None:
        super().__init__(page)
        self._house, self._page = house, page
        self.tabs, self.stack = QTabBar(page), QStackedWidget(page)
        self._names = tuple(TAB_LABELS)
        self._made: dict[str, Section] = {}
        self._case: Case | None = None
        self._expected: Id | None = None
        self._waiting: tuple[str, str] | None = None
        self._counts: Mapping[str, int] = {}
        self._actors = 0
        self._focus: dict[str, QWidget] = {}
        self.tabs.setDrawBase(False)
        self.tabs.setProperty("look", "sections")
        self.tabs.setExpanding(False)
        bind(self.tabs.setAccessibleName, "Sections of the case")
        for _name in self._names:
            self.tabs.addTab("")
            self.stack.addWidget(QWidget(self.stack))
        self.tabs.currentChanged.connect(self._turn)
        self.tabs.tabBarClicked.connect(lambda number: self.go(self._names[number]) if number >= 0 else None)
        bind_call(self.tabs, self._say)
        for number in range(len(self._names)):
            shortcut = QShortcut(QKeySequence(_key(number)), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda number=number: self.go(self._names[number]))

    def put(self, name: str, section: QWidget, focus: QWidget) -> None:
        """Put in a section that is there from the start; ``focus`` is where the keyboard goes in it."""
        self._replace(name, section)
        self._focus[name] = focus

    def _replace(self, name: str, section: QWidget) -> None:
        number = self._names.index(name)
        if (before := self.stack.widget(number)) is not None:
            self.stack.removeWidget(before)
            before.deleteLater()
        self.stack.insertWidget(number, section)

    @property
    def current(self) -> str:
        """The name of the section that is shown."""
        return self._names[self.tabs.currentIndex()]

    def go(self, name: str) -> None:
        """Show a section and put the keyboard there; a name that is none leaves everything."""
        if name not in self._names:
            return
        self.tabs.setCurrentIndex(self._names.index(name))
        self._focus.get(name, self.tabs).setFocus()

    def expect(self, case: Id) -> None:
        """Know that a case is on its way: nothing is wanted of the one that is shown any more."""
        self._expected, self._waiting, self._actors = case, None, 0

    @property
    def _is_here(self) -> bool:
        return self._case is not None and self._expected in (None, self._case.id)

    def want(self, name: str, part: str) -> None:
        """Go to something in a section that is made later, as soon as the case that is expected is there."""
        if name in LATER:
            self.go(name)
            if self._is_here:
                self._make(name).want(part)
            else:
                self._waiting = name, part

    def _turn(self, number: int) -> None:
        name = self._names[number]
        if name in LATER:
            self._make(name)
        self.stack.setCurrentIndex(number)
        self.turned.emit(name)

    def _make(self, name: str) -> Section:
        if name not in self._made:
            widget, section = LATER[name](self._house, self.stack)
            self._replace(name, widget)
            self._made[name], self._focus[name] = section, widget
            if self._case is not None and self._is_here:
                section.show_case(self._case)
        return self._made[name]

    # what they show

    def show_case(self, case: Case, counts: Mapping[str, int]) -> None:
        """Hand the case to the sections made so far; ``counts`` stand behind the names of their tabs."""
        self._case, self._counts = case, counts
        for section in self._made.values():
            section.show_case(case)
        if self._waiting is not None and self._is_here:
            (name, part), self._waiting = self._waiting, None
            self._make(name).want(part)
        self._say()
        self._count_actors(case)

    def _count_actors(self, case: Case) -> None:
        """Ask how many professionals the family has; the number stands behind the tab of the cooperation."""

        def show(count: int) -> None:
            if self._case is not None and self._case.id == case.id and count != self._actors:
                self._actors = count
                self._say()

        self._house.tasks.query(self, Query(lambda reader: _actors(reader, case), show))

    def follow(self, touched: Touched) -> None:
        """Let the sections made so far ask again."""
        if self._case is not None and any(kind == "professional_contact" for kind, _entity in touched):
            self._count_actors(self._case)
        for section in self._made.values():
            section.follow(touched)

    def leave(self) -> bool:
        """Keep the drafts of the sections made so far."""
        left = [section.leave() for section in self._made.values()]
        return all(left)

    def _say(self) -> None:
        counts = {**self._counts, "cooperation": self._actors}
        for number, name in enumerate(self._names):
            count = f" ({counts[name]})" if counts.get(name) else ""
            self.tabs.setTabText(number, tr(TAB_LABELS[name]) + count)
            self.tabs.setTabToolTip(number, _key(number))
