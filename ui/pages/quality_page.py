"""Tavle og kvalitet: the board of trial actions, KIK sheets, groups, efforts with costs and time; none of it belongs to one
case."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from ui.house import House
from ui.pages.case_sections import Section, SectionMaker
from ui.pages.section_parts import PartsSection
from ui.passing_on import pass_focus
from ui.tasks import Touched
from ui.words import bind


def _board(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.quality.board import BoardPart

    made = BoardPart(house, parent)
    return made, made


def _kik(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.quality.kik import KikPart

    made = KikPart(house, parent)
    return made, made


def _group(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.quality.group import GroupPart

    made = GroupPart(house, parent)
    return made, made


def _groups(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.quality.groups import GroupsPart

    made = GroupsPart(house, parent)
    return made, made


def _efforts(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.quality.efforts import EffortsPart

    made = EffortsPart(house, parent)
    return made, made


def _cost(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.quality.cost import CostPart

    made = CostPart(house, parent)
    return made, made


def _time(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.quality.time import TimePart

    made = TimePart(house, parent)
    return made, made


def _measures(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.quality.measures import MeasuresAcross

    made = MeasuresAcross(house, parent)
    return made, made


PART_LABELS: Mapping[str, str] = {
    "board": N_("Board: trial actions"),
    "kik": N_("KIK sheets"),
    "group": N_("ELEVator by group"),
    "groups": N_("Group courses"),
    "efforts": N_("Catalogue of efforts"),
    "cost": N_("Costs"),
    "time": N_("Time log"),
    "measures": N_("Measurements across cases"),
}
PART_MAKERS: Mapping[str, SectionMaker] = {
    "board": _board,
    "kik": _kik,
    "group": _group,
    "groups": _groups,
    "efforts": _efforts,
    "cost": _cost,
    "time": _time,
    "measures": _measures,
}


class QualityPage(QWidget):
    """``part`` is one of :data:`PART_LABELS`, and what to go to in it after a colon."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nobody = Case()
        title = QLabel(self)
        title.setProperty("look", "title")
        bind(title.setText, "Board and quality")
        self.parts = PartsSection(house, N_("Board and quality"), PART_LABELS, PART_MAKERS, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.parts, 1)
        pass_focus(self, lambda: self.parts)

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show the room."""
        self.parts.show_case(self._nobody)
        if part:
            self.parts.want(part)

    def follow(self, touched: Touched) -> None:
        """Ask again for what changed."""
        self.parts.follow(touched)

    def leave(self) -> bool:
        """Keep drafts."""
        return self.parts.leave()
