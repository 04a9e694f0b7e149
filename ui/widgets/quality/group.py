"""ELEVator for a group of children: results and hours, and no name."""

from __future__ import annotations

import hashlib

from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.elevator import (
    ELEVATOR_PROFESSION_LABELS,
    IN_ALL,
    MEASURE_AREA_LABELS,
    PHASE_LABELS,
)
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.typed_numbers import figure_words, hours_words
from caseworker_app.i18n import N_
from caseworker_app.services import elevator_group, elevator_papers
from caseworker_app.services.elevator_group import GroupView, MeasureLine
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.cooperation.elevator_pages import spent_words
from ui.widgets.cooperation.part import CooperationPart
from ui.words import tr


def key_of(group: str) -> Id:
    """Return what stands for a group in the list."""
    return hashlib.sha256(group.casefold().encode()).digest()[: len(NO_ID)]


class GroupPart(CooperationPart[tuple[GroupView, ...]]):
    """It belongs to no case."""

    follows = frozenset(
        {"elevator_course", "elevator_contract", "elevator_step", "elevator_hours", "elevator_measure"}
    )
    list_name = N_("ELEVator by group")
    nothing_yet = N_(
        "No child is in ELEVator. It is begun in the child's case, under Cooperation; children with the same group are "
        "evaluated together here, without names."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()

    def doings(self) -> list[Button]:
        return [(N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print)]

    def load(self, reader: Reader, case: Case) -> tuple[GroupView, ...]:
        return elevator_group.groups(reader)

    def lines(self, loaded: tuple[GroupView, ...]) -> list[ListLine]:
        return [
            ListLine(key_of(one.name), one.name or tr("Without a group"), _children(one), "note", "muted")
            for one in loaded
        ]

    def page(self, loaded: tuple[GroupView, ...], key: Id) -> Page | None:
        one = next((group for group in loaded if key_of(group.name) == key), None)
        if one is None:
            return None
        phases = ", ".join(f"{tr(PHASE_LABELS[phase])}: {n}" for phase, n in one.phases)
        minds = (
            (tr("Fewer than five children: a child may be known again. Keep the figures in the house."),)
            if one.few
            else ()
        )
        measured = tuple(
            (f"{tr(MEASURE_AREA_LABELS[m.area])}: {m.instrument}", _measured(m)) for m in one.lines
        )
        spent = tuple((tr(ELEVATOR_PROFESSION_LABELS[s.profession]), spent_words(s)) for s in one.spent)
        in_all = tuple(
            (
                name,
                tr("{hours} of {budget} hours", hours=hours_words(used) or "0", budget=hours_words(IN_ALL)),
            )
            for name, used in one.in_all
        )
        facts = (
            Facts(tr("From mapping 1 to mapping 2"), measured),
            Facts(tr("Hours against the budget, all children together"), spent),
            Facts(tr("The psychologists' hours in all"), in_all),
            Facts(tr("What around the children has mattered"), tuple(("", words) for words in one.contexts)),
        )
        doings = (Doing(tr("Show and print …"), self.print, icon="print"),)
        return Page(
            one.name or tr("Without a group"),
            f"{_children(one)} · {phases}",
            minds,
            facts=facts,
            doings=doings,
        )

    def print(self) -> None:
        """Show the group's evaluation as a paper."""
        one = next((group for group in self.loaded or () if key_of(group.name) == self.list.key), None)
        if one is not None:
            self.show_paper(
                lambda r: elevator_papers.group_job(r, one.name), tr("Evaluation of ELEVator for a group")
            )


def _children(one: GroupView) -> str:
    return i18n.ngettext("{n} child", "{n} children", one.children)


def _measured(one: MeasureLine) -> str:
    if not one.children:
        return tr("measured once: {n}", n=one.once)
    said = [
        i18n.ngettext("{n} child", "{n} children", one.children),
        tr("mean {first} → {second}", first=figure_words(one.first), second=figure_words(one.second)),
        tr(
            "{better} better, {same} the same, {worse} worse",
            better=one.better,
            same=one.same,
            worse=one.worse,
        ),
    ]
    if one.once:
        said.append(tr("measured once: {n}", n=one.once))
    return " · ".join(said)
