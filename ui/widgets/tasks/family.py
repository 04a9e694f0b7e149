"""What is agreed with a family as a whole: the expectations sheet, and unannounced visits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.agreement import UnannouncedVisits
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date, short_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PaperJob
from caseworker_app.i18n import N_
from caseworker_app.services import expectations, unannounced
from caseworker_app.services.expectations import Sheet
from caseworker_app.services.ports import Draft, Reader
from ui.house import House
from ui.tasks import Query
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Loaded:
    """What there is of a case; ``missing`` names by agreement those with custody who are not said to have consented."""

    sheet: Sheet
    visits: tuple[UnannouncedVisits, ...]
    standing: frozenset[Id]
    missing: Mapping[Id, tuple[str, ...]]


class FamilyPart(Register[Loaded]):
    """The sheet first, then each agreement about unannounced visits."""

    follows = frozenset(
        {"expectations", "unannounced_visits", "agreement", "meeting", "visit", "person", "case"}
    )
    list_name = N_("Agreed with the family")

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.desk = PaperDesk(house, self)
        self.desk.refused.connect(self.complaint.show_error)

    def doings(self) -> list[Button]:
        return [
            (N_("Agree on unannounced visits (Ins)"), "Ins", self.agree),
            (N_("Show and print the expectations sheet …"), "Ctrl+P", self.show_sheet),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        found = unannounced.of_stream(reader, case.stream)
        return Loaded(
            expectations.of_case(reader, self.house.books.family_texts(reader), case.id),
            found,
            frozenset(one.id for one in found if one.stands_on(reader.today)),
            {one.id: unannounced.not_asked(reader, one) for one in found},
        )

    def lines(self, loaded: Loaded) -> list[ListLine]:
        stored, language = loaded.sheet.stored, i18n.current().language
        quiet = tr("standard words")
        if stored is not None:
            quiet = tr("in this family's words")
            if stored.talked_on is not None:
                quiet = tr("talked through {day}", day=short_date(stored.talked_on, language))
        first = ListLine(loaded.sheet.case.id, tr("What we expect of each other"), quiet, "note", "accent")
        return [first, *(self._line(loaded, one) for one in loaded.visits)]

    @staticmethod
    def _line(loaded: Loaded, one: UnannouncedVisits) -> ListLine:
        words, language = tr("Unannounced visits: {who}", who=one.who), i18n.current().language
        if one.id in loaded.standing:
            day = "" if one.until is None else short_date(one.until, language)
            return ListLine(one.id, words, tr("stands until {day}", day=day), "done", "done")
        if one.ended_on is not None:
            day = short_date(one.ended_on, language)
            return ListLine(one.id, words, tr("taken back {day}", day=day), "close")
        return ListLine(one.id, words, tr("has run out: nobody comes unannounced"), "warning", "soon")

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        if key == loaded.sheet.case.id:
            return self._sheet_page(loaded.sheet)
        one = next((one for one in loaded.visits if one.id == key), None)
        return None if one is None else self._visits_page(loaded, one)

    def _sheet_page(self, sheet: Sheet) -> Page:
        texts = sheet.texts
        rows = (
            (tr("Why we meet"), texts["why"]),
            (tr("What you can expect of us"), texts["from_us"]),
            (tr("What we expect of you"), texts["from_family"]),
            (tr("Whom to call"), texts["whom_to_call"]),
        )
        quiet = tr(
            "Agreements the family knows of, planned dates and telephone numbers come on the paper by themselves."
        )
        doings = (
            Doing(tr("Show and print …"), self.show_sheet, primary=True, about=tr("the sheet")),
            Doing(tr("Change the words …"), self.write_sheet, about=tr("the sheet")),
        )
        return Page(tr("What we expect of each other"), quiet, facts=(Facts("", rows),), doings=doings)

    def _visits_page(self, loaded: Loaded, one: UnannouncedVisits) -> Page:
        language = i18n.current().language

        def day(value: dt.date | None) -> str:
            return "" if value is None else long_date(value, language)

        minds: list[str] = []
        if loaded.missing[one.id] and one.id in loaded.standing:
            minds.append(
                tr(
                    "Has custody and is not said to have agreed: {names}",
                    names=", ".join(loaded.missing[one.id]),
                )
            )
        rows = (
            (tr("How often"), one.how_often),
            (tr("Until"), day(one.until)),
            (tr("Consent from"), one.consent_by),
            (tr("Agreed on"), day(one.agreed_on)),
            (tr("Taken back on"), day(one.ended_on)),
            (tr("Why"), one.why),
            (tr("Note"), one.note),
        )
        about = tr("the agreement")
        doings = [Doing(tr("Change …"), partial(self._change, one), about=about)]
        if one.id in loaded.standing:
            said = N_("Nobody comes unannounced any more. Ctrl+Z takes it back.")
            back = partial(self.do, lambda w: unannounced.take_back(w, one.id), said)
            doings.append(Doing(tr("The family takes it back"), back, about=about))
        return Page(
            tr("Unannounced visits: {who}", who=one.who),
            minds=tuple(minds),
            facts=(Facts("", rows),),
            doings=tuple(doings),
        )

    # what is done

    def agree(self) -> None:
        """Write an agreement about unannounced visits."""
        from ui.dialogs import family_forms

        if self.case is not None:
            dialog = family_forms.unannounced_visits(self.house, self.case, self)
            dialog.form.saved.connect(self.saved)
            dialog.open()

    def _change(self, one: UnannouncedVisits) -> None:
        from ui.dialogs import family_forms

        if self.case is not None:
            family_forms.unannounced_visits(self.house, self.case, self, one).open()

    def write_sheet(self) -> None:
        """Write the words of the sheet."""
        from ui.dialogs import family_forms

        if self.loaded is not None:
            family_forms.expectations_sheet(self.house, self.loaded.sheet, self).open()

    def show_sheet(self) -> None:
        """Make the sheet and show it; it is printed from there."""
        case, books, title = self.case, self.house.books, tr("What we expect of each other")
        if case is None:
            return
        self.complaint.clear()

        def ask(reader: Reader) -> PaperJob | UserError:
            try:
                return expectations.job(reader, books.family_texts(reader), case.id)
            except UserError as error:
                return error

        def show(answer: PaperJob | UserError) -> None:
            if isinstance(answer, UserError):
                self.complaint.show_error(answer)
            else:
                self.desk.preview(answer, title, title)

        self.house.tasks.query(self, Query(ask, show))

    def resume(self, draft: Draft) -> None:
        kind, about, *_rest = draft.key.split(":")
        if kind == "expectations":
            self.write_sheet()
            return
        found = (
            next((one for one in self.loaded.visits if one.id.hex() == about), None) if self.loaded else None
        )
        if found is None:
            self.agree()
        else:
            self._change(found)
