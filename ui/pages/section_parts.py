"""A section of the case that has parts of its own, each made when it is first gone to."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from ui.house import House
from ui.pages.case_sections import Section, SectionMaker
from ui.passing_on import pass_focus
from ui.tasks import Touched
from ui.words import bind, bind_call, tr


class PartsSection(QWidget):
    """A tab bar over parts. ``labels`` are msgids in the order of the tabs, ``makers`` make the part of each name.

    ``want("entries:<hex>")`` goes to the part called ``entries`` and wants ``<hex>`` of it.
    """

    def __init__(
        self,
        house: House,
        name: str,
        labels: Mapping[str, str],
        makers: Mapping[str, SectionMaker],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._house, self._labels, self._makers = house, labels, makers
        self._names = tuple(labels)
        self._case: Case | None = None
        self._made: dict[str, Section] = {}
        self._at: dict[str, QWidget] = {}
        self.tabs, self._stack = QTabBar(self), QStackedWidget(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        bind(self.tabs.setAccessibleName, name)
        for _name in self._names:
            self.tabs.addTab("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        self.tabs.setVisible(len(self._names) > 1)
        self.tabs.currentChanged.connect(lambda _number: self._turn())
        self.tabs.tabBarClicked.connect(self._clicked)
        pass_focus(self, lambda: self._at.get(self.current, self.tabs))
        bind_call(self.tabs, self._say)

    @property
    def current(self) -> str:
        """The name of the part that is shown."""
        return self._names[self.tabs.currentIndex()]

    def part(self, name: str) -> Section:
        """Return a part, made now if it was not there. Raises ``KeyError`` for a name that is none."""
        if name not in self._made:
            widget, section = self._makers[name](self._house, self._stack)
            self._stack.addWidget(widget)
            self._made[name], self._at[name] = section, widget
            if self._case is not None:
                section.show_case(self._case)
        return self._made[name]

    def _turn(self) -> None:
        """Show the part of the tab; the keyboard goes into it, where its keys are heard."""
        self.part(self.current)
        self._stack.setCurrentWidget(self._at[self.current])

    def _clicked(self, number: int) -> None:
        if number >= 0:
            self.tabs.setCurrentIndex(number)
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _say(self) -> None:
        for number, name in enumerate(self._names):
            self.tabs.setTabText(number, tr(self._labels[name]))

    # the section, as the case's page sees it

    def show_case(self, case: Case) -> None:
        """Hand the case to the parts made so far; the part that is shown is made by it."""
        self._case = case
        self._turn()
        for section in self._made.values():
            section.show_case(case)

    def want(self, part: str) -> None:
        """Go to a part, and to something in it."""
        name, _, rest = part.partition(":")
        if name in self._names:
            self.tabs.setCurrentIndex(self._names.index(name))
            self._turn()
            self.part(name).want(rest)

    def follow(self, touched: Touched) -> None:
        """Let the parts made so far ask again."""
        for section in self._made.values():
            section.follow(touched)

    def leave(self) -> bool:
        """Keep the drafts of the parts made so far."""
        left = [section.leave() for section in self._made.values()]
        return all(left)
