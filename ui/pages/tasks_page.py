"""Aftaler og opgaver: what is agreed in all cases, with whom, and what is late."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from ui.house import House
from ui.tasks import Touched
from ui.widgets.tasks.desk import TasksDesk
from ui.words import bind


class TasksPage(QWidget):
    """``part`` is a filter's name ("mine", "late", …), "new", or ``draft:<key>``; ``thing`` an agreement."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self)
        title.setProperty("look", "title")
        bind(title.setText, "Agreements and tasks")
        self._nobody = Case()
        self.desk = TasksDesk(house, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(self.desk, 1)
        self.setFocusProxy(self.desk)

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show the list as it is now."""
        self.desk.show_case(self._nobody)
        if thing is not None:
            self.desk.choose(thing)
        elif part:
            self.desk.want(part)

    def follow(self, touched: Touched) -> None:
        """Ask again for what changed."""
        self.desk.follow(touched)

    def leave(self) -> bool:
        """Nothing is typed here."""
        return self.desk.leave()
