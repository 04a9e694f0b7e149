"""Consultant in day-care: each institution with its four meetings a year, and what was talked about, without names."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.daycare_consult import A_YEAR, DaycareConsult
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.i18n import N_
from caseworker_app.services import daycare
from caseworker_app.services.daycare import InstitutionYear
from caseworker_app.services.ports import Draft, Reader
from ui.house import House
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.visits.courses import caseload_names
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Loaded:
    """The institutions of this year with their consultations, the latest first."""

    rows: tuple[InstitutionYear, ...]
    consults: tuple[DaycareConsult, ...]
    cases: Mapping[Id, str]
    today: dt.date

    def of(self, row: InstitutionYear) -> list[DaycareConsult]:
        """Return the consultations in an institution."""
        return [one for one in self.consults if one.institution.casefold() == row.institution.casefold()]


def key_of(institution: str) -> Id:
    """Return what stands for an institution in the list."""
    return hashlib.sha256(institution.casefold().encode()).digest()[: len(NO_ID)]


class DaycarePart(Register[Loaded]):
    """The institutions; it belongs to no case."""

    follows = frozenset({"daycare_consult", "case", "consent"})
    list_name = N_("Consultant in day-care")
    nothing_yet = N_(
        "No institution yet. Record the first meeting: each institution is counted, and should have four fixed meetings a "
        "year."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.case = Case()

    def doings(self) -> list[Button]:
        return [(N_("A consultation (Ins)"), "Ins", self.record)]

    def load(self, reader: Reader, case: Case) -> Loaded:
        today = reader.today
        return Loaded(
            daycare.year(reader, today.year), daycare.consults(reader), caseload_names(reader), today
        )

    def lines(self, loaded: Loaded) -> list[ListLine]:
        return [self._line(row) for row in loaded.rows]

    def _line(self, row: InstitutionYear) -> ListLine:
        words = tr("{n} of {all} this year", n=row.held, all=A_YEAR)
        if row.missing:
            words = f"{words} · {tr('{n} not planned yet', n=row.missing)}"
            return ListLine(key_of(row.institution), row.institution, words, "warning", "soon")
        return ListLine(key_of(row.institution), row.institution, words, "done", "done")

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        row = next((one for one in loaded.rows if key_of(one.institution) == key), None)
        if row is None:
            return None
        language = i18n.current().language
        numbers = [tr("Held this year: {n} of {all}", n=row.held, all=A_YEAR)]
        if row.as_needed:
            numbers.append(tr("as needed: {n}", n=row.as_needed))
        if row.next is not None:
            numbers.append(tr("next {day}", day=long_date(row.next, language)))
        facts = tuple(self._facts(one) for one in loaded.of(row))
        return Page(row.institution, " · ".join(numbers), facts=facts)

    def _facts(self, one: DaycareConsult) -> Facts:
        language = i18n.current().language
        day = one.held_on or one.planned_on
        said = "" if day is None else long_date(day, language)
        heading = said if one.held_on is not None else tr("Planned: {day}", day=said)
        about = tr("anonymous")
        if one.case is not None:
            name = "" if self.loaded is None else self.loaded.cases.get(one.case, "")
            about = tr("about {name}, with consent", name=name)
        rows = (
            (tr("Who was there"), one.participants),
            (about[:1].upper() + about[1:], one.text or tr("nothing written")),
        )
        remove = partial(
            self.do,
            lambda w: daycare.remove(w, one.id),
            N_("The consultation is removed. Ctrl+Z brings it back."),
        )
        doings = (
            Doing(tr("Change …"), partial(self.change, one), about=said),
            Doing(tr("Remove"), remove, about=said),
        )
        return Facts(heading, rows, doings)

    def record(self) -> None:
        """Plan or record a consultation."""
        from ui.dialogs import health_forms

        if self.loaded is not None:
            health_forms.consult(self.house, self, self.loaded.cases).open()

    def change(self, one: DaycareConsult) -> None:
        """Change a consultation."""
        from ui.dialogs import health_forms

        if self.loaded is not None:
            health_forms.consult(self.house, self, self.loaded.cases, one).open()

    def resume(self, draft: Draft) -> None:
        self.record()
