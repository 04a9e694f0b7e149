"""The catalogue of efforts: those of the report and the municipality's own, each with target group and core elements."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.effort import EVIDENCE_LABELS, Effort, OwnEffort
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.i18n import N_
from caseworker_app.services import efforts
from caseworker_app.services.ports import Reader
from ui.dialogs.record_dialog import RecordDialog
from ui.house import House
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.notification_page import short_day
from ui.widgets.assessment.register import Button
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.cooperation.part import CooperationPart
from ui.words import tr


@dataclass(frozen=True, slots=True)
class EffortsLoaded:
    """The efforts in use, each with what the municipality has written of it."""

    pairs: tuple[tuple[Effort, OwnEffort | None], ...]


def key_of(effort: Effort) -> Id:
    """Return what stands for an effort in the list."""
    return hashlib.sha256(effort.id.encode()).digest()[: len(NO_ID)]


class EffortsPart(CooperationPart[EffortsLoaded]):
    """It belongs to no case."""

    follows = frozenset({"own_effort"})
    list_name = N_("Catalogue of efforts")
    nothing_yet = N_("No effort in the catalogue.")

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()

    def doings(self) -> list[Button]:
        return [(N_("Add an effort of our own (Ins)"), "Ins", lambda: self.own(None))]

    def load(self, reader: Reader, case: Case) -> EffortsLoaded:
        offered = efforts.offered(reader, self.house.books.efforts())
        return EffortsLoaded(tuple((one, efforts.record_of(reader, one)) for one in offered))

    def lines(self, loaded: EffortsLoaded) -> list[ListLine]:
        return [
            ListLine(key_of(one), one.name, one.place or tr("our own"), "note" if one.ships else "done")
            for one, _record in loaded.pairs
        ]

    def page(self, loaded: EffortsLoaded, key: Id) -> Page | None:
        found = next(((one, record) for one, record in loaded.pairs if key_of(one) == key), None)
        return None if found is None else self._page(*found)

    def _page(self, one: Effort, record: OwnEffort | None) -> Page:
        about = one.name
        if one.ships:
            doings = [
                Doing(tr("Judge the evidence …"), partial(self.judge, one, record), primary=True, about=about)
            ]
        else:
            doings = [Doing(tr("Change …"), partial(self.own, record), primary=True, about=about)]
        last: tuple[Doing, ...] = ()
        if not one.ships and record is not None:
            own = record.id
            said = N_("The effort is removed. Ctrl+Z brings it back.")
            last = (self.removing(lambda w: efforts.remove(w, own), said, about),)
        return Page(
            one.title,
            one.goal,
            lead=Facts("", (), tuple(doings)),
            facts=(self._rows(one), *self._lists(one)),
            doings=last,
        )

    @staticmethod
    def _rows(one: Effort) -> Facts:
        evidence = tr("not judged: the source gives none")
        if one.evidence is not None:
            said = (tr(EVIDENCE_LABELS[one.evidence]), one.evidence_source, short_day(one.evidence_on))
            evidence = " · ".join(part for part in said if part)
        kik = tr("every {n} months", n=one.kik_months) if one.kik_months else ""
        if one.kik_sessions:
            kik = tr("after sessions {numbers}", numbers=", ".join(str(n) for n in one.kik_sessions))
        group = (
            tr("{n} sessions, at most {most} children", n=one.sessions, most=one.most) if one.group else ""
        )
        return Facts(
            "",
            (
                (tr("Level of evidence"), evidence),
                (tr("Legal basis"), one.basis),
                (tr("Intensity"), one.intensity),
                (tr("Months planned"), str(one.months) if one.months else ""),
                (tr("Group"), group),
                (tr("KIK"), kik),
                (tr("Note"), one.note),
            ),
        )

    @staticmethod
    def _lists(one: Effort) -> tuple[Facts, ...]:
        some = tr("At least {n} of these", n=one.at_least)
        rows = (
            (tr("Target group: all of it"), "\n".join(one.include)),
            (some, "\n".join(one.include_some)),
            (tr("Keeps out"), "\n".join(one.exclude)),
            (tr("Core elements"), "\n".join(one.elements)),
            (tr("In the organisation"), "\n".join(one.organisational)),
        )
        return (Facts(tr("Target group and core elements"), rows),)

    def _open_own(self, dialog: RecordDialog) -> None:
        dialog.open()

    def judge(self, effort: Effort, record: OwnEffort | None) -> None:
        """Write the level of evidence."""
        from ui.dialogs import effort_forms

        self._open_own(effort_forms.judge(self.house, self, effort, record))

    def own(self, record: OwnEffort | None) -> None:
        """Add an own effort, or change one."""
        from ui.dialogs import effort_forms

        self._open_own(effort_forms.own(self.house, self, record))

    def forms(self) -> dict[str, Callable[[], None]]:
        found: dict[str, Callable[[], None]] = {"own_effort:new": partial(self.own, None)}
        for one, record in () if self.loaded is None else self.loaded.pairs:
            found[f"own_effort:judge:{one.id}"] = partial(self.judge, one, record)
            if record is not None and not one.ships:
                found[f"own_effort:{record.id.hex()}"] = partial(self.own, record)
        return found
