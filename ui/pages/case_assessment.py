"""Underretning og undersøgelse: what came in about the child, what may leave, what is watched, what is complained over."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import N_
from ui.house import House
from ui.pages.case_sections import Section, SectionMaker
from ui.pages.section_parts import PartsSection


def _notifications(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.assessment.notifications import NotificationsPart

    made = NotificationsPart(house, parent)
    return made, made


def _investigation(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.investigation.part import InvestigationPart

    made = InvestigationPart(house, parent)
    return made, made


def _consents(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.assessment.consents import ConsentsPart

    made = ConsentsPart(house, parent)
    return made, made


def _factors(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.assessment.factors import FactorsPart

    made = FactorsPart(house, parent)
    return made, made


def _complaints(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.assessment.complaints import ComplaintsPart

    made = ComplaintsPart(house, parent)
    return made, made


PART_LABELS: Mapping[str, str] = {
    "notifications": N_("Notifications of concern"),
    "investigation": N_("Investigation"),
    "consents": N_("Consent and hearing of parents"),
    "factors": N_("Risk and protection"),
    "complaints": N_("Complaints and breakdowns"),
}
"""The parts in the order of their tabs."""
PART_MAKERS: Mapping[str, SectionMaker] = {
    "notifications": _notifications,
    "investigation": _investigation,
    "consents": _consents,
    "factors": _factors,
    "complaints": _complaints,
}


class CaseAssessment(PartsSection):
    """The section of a case."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, N_("Notification and investigation"), PART_LABELS, PART_MAKERS, parent)
