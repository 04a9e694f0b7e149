"""The health visitor's own room: the Familiecentral and the consultations in day-care, which belong to no single case."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from ui.house import House
from ui.pages.case_sections import Section
from ui.pages.section_parts import PartsSection
from ui.passing_on import pass_focus
from ui.tasks import Touched
from ui.words import bind


def _courses(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.visits.courses import CoursesPart

    made = CoursesPart(house, parent)
    return made, made


def _daycare(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.visits.daycare import DaycarePart

    made = DaycarePart(house, parent)
    return made, made


class HealthPage(QWidget):
    """``parts`` are "courses" and "daycare"."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nobody = Case()
        title = QLabel(self)
        title.setProperty("look", "title")
        bind(title.setText, "Familiecentral and day-care")
        labels = {"courses": N_("Familiecentral"), "daycare": N_("Consultant in day-care")}
        makers = {"courses": _courses, "daycare": _daycare}
        self.parts = PartsSection(house, N_("Familiecentral and day-care"), labels, makers, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.parts, 1)
        pass_focus(self, lambda: self.parts)

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show the room; ``part`` names one of its two."""
        self.parts.show_case(self._nobody)
        if part:
            self.parts.want(part)

    def follow(self, touched: Touched) -> None:
        """Ask again for what changed."""
        self.parts.follow(touched)

    def leave(self) -> bool:
        """Keep drafts."""
        return self.parts.leave()
