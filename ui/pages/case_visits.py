"""Besøg: the visits of one child, planned and held."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import N_
from ui.house import House
from ui.pages.case_sections import Section, SectionMaker
from ui.pages.section_parts import PartsSection


def _visits(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.visits.part import VisitsPart

    made = VisitsPart(house, parent)
    return made, made


PART_LABELS: Mapping[str, str] = {"visits": N_("Visits")}
PART_MAKERS: Mapping[str, SectionMaker] = {"visits": _visits}


def case_visits(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    """Return the section of a case."""
    made = PartsSection(house, N_("Visits"), PART_LABELS, PART_MAKERS, parent)
    return made, made
