"""Journal: the entries of a child's case, what happened day by day, and the documents."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import N_
from ui.house import House
from ui.pages.case_sections import Section, SectionMaker
from ui.pages.section_parts import PartsSection


def _entries(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.journal.part import EntriesPart

    made = EntriesPart(house, parent)
    return made, made


def _chronology(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.chronology.part import ChronologyPart

    made = ChronologyPart(house, parent)
    return made, made


def _documents(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.documents.part import DocumentsPart

    made = DocumentsPart(house, parent)
    return made, made


def _access(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    from ui.widgets.access.part import AccessPart

    made = AccessPart(house, parent)
    return made, made


PART_LABELS: Mapping[str, str] = {
    "entries": N_("Entries"),
    "chronology": N_("Chronology"),
    "documents": N_("Documents"),
    "access": N_("Access to documents"),
}
"""The parts in the order of their tabs."""
MAKERS: Mapping[str, SectionMaker] = {
    "entries": _entries,
    "chronology": _chronology,
    "documents": _documents,
    "access": _access,
}


def case_journal(house: House, parent: QWidget) -> tuple[QWidget, Section]:
    """Return the section."""
    made = PartsSection(house, N_("Journal"), PART_LABELS, MAKERS, parent)
    return made, made
