"""Målinger: what is to be measured, what was measured, and looking at it together."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import N_
from ui.house import House
from ui.pages.case_sections import Section, SectionMaker
from ui.pages.section_parts import PartsSection


def _plan(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.measures.plan import PlanPart

    made = PlanPart(house, parent)
    return made, made


def _taken(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.measures.taken import TakenPart

    made = TakenPart(house, parent)
    return made, made


def _together(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.measures.together import TogetherPart

    made = TogetherPart(house, parent)
    return made, made


PART_LABELS: Mapping[str, str] = {
    "plan": N_("Measurement plan"),
    "taken": N_("Measurements"),
    "together": N_("Look together"),
}
"""The parts in the order of their tabs."""
PART_MAKERS: Mapping[str, SectionMaker] = {"plan": _plan, "taken": _taken, "together": _together}


class CaseMeasures(PartsSection):
    """The section of a case."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, N_("Measurements"), PART_LABELS, PART_MAKERS, parent)
