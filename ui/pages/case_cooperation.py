"""Samarbejde: who else works with the family, and the meetings and talks among professionals about it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import N_
from ui.house import House
from ui.pages.case_sections import Section, SectionMaker
from ui.pages.section_parts import PartsSection


def _actors(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.cooperation.actors import ActorsPart

    made = ActorsPart(house, parent)
    return made, made


def _internal(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.cooperation.internal import InternalPart

    made = InternalPart(house, parent)
    return made, made


def _resource(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.cooperation.resource import ResourcePart

    made = ResourcePart(house, parent)
    return made, made


def _psychologist(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.cooperation.psychologist import PsychologistPart

    made = PsychologistPart(house, parent)
    return made, made


def _elevator(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.cooperation.elevator import ElevatorPart

    made = ElevatorPart(house, parent)
    return made, made


def _first(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.cooperation.first import FirstPart

    made = FirstPart(house, parent)
    return made, made


def _analysis(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.cooperation.analysis import AnalysisPart

    made = AnalysisPart(house, parent)
    return made, made


def _effort(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.cooperation.effort import EffortPart

    made = EffortPart(house, parent)
    return made, made


PART_LABELS: Mapping[str, str] = {
    "actors": N_("Professional network"),
    "internal": N_("Internal meeting"),
    "resource": N_("Resource-centre meeting"),
    "psychologist": N_("Talks with a psychologist"),
    "first": N_("First meeting"),
    "analysis": N_("Analysis sheet"),
    "elevator": N_("ELEVator"),
    "effort": N_("Effort courses"),
}
"""The parts in the order of their tabs."""
PART_MAKERS: Mapping[str, SectionMaker] = {
    "actors": _actors,
    "internal": _internal,
    "resource": _resource,
    "psychologist": _psychologist,
    "first": _first,
    "analysis": _analysis,
    "elevator": _elevator,
    "effort": _effort,
}


class CaseCooperation(PartsSection):
    """The section of a case."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, N_("Cooperation"), PART_LABELS, PART_MAKERS, parent)
