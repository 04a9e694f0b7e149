"""Aftaler: what is agreed in one child's case, and what the family and we may expect of each other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import N_
from ui.house import House
from ui.pages.case_sections import Section, SectionMaker
from ui.pages.section_parts import PartsSection


def _tasks(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.tasks.desk import TasksDesk

    made = TasksDesk(house, parent)
    return made, made


def _family(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.tasks.family import FamilyPart

    made = FamilyPart(house, parent)
    return made, made


PART_LABELS: Mapping[str, str] = {
    "tasks": N_("Agreements and tasks"),
    "family": N_("Expectations and unannounced visits"),
}
PART_MAKERS: Mapping[str, SectionMaker] = {"tasks": _tasks, "family": _family}


def case_agreements(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    """Return the section of a case."""
    made = PartsSection(house, N_("Agreements"), PART_LABELS, PART_MAKERS, parent)
    return made, made
