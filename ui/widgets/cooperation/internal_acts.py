"""What can be done with a case on an internal meeting: brought, put on an agenda, printed, discussed, told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import InternalCase
from caseworker_app.i18n import N_
from caseworker_app.services import first_papers, internal_meetings, internal_series, internal_sheets
from caseworker_app.services.internal_meetings import AgendaView
from ui.house import Place
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.cooperation.internal import InternalPart, Loaded


class InternalActs:
    """Done for the part that shows them."""

    def __init__(self, part: InternalPart) -> None:
        self._part = part

    def bring(self) -> None:
        """Bring the case to an internal meeting."""
        from ui.dialogs import internal_forms

        self._part.open(lambda case: internal_forms.bring(self._part.house, case, self._part))

    def change(self, sheet: InternalCase) -> None:
        """Change what is brought."""
        from ui.dialogs import internal_forms

        self._part.open(lambda case: internal_forms.bring(self._part.house, case, self._part, sheet))

    def plan(self) -> None:
        """Plan an internal meeting; a case that is on none is put on it."""
        self.plan_or_change(None)

    def plan_or_change(self, now: AgendaView | None) -> None:
        """Plan a meeting, or change one."""
        from ui.dialogs import internal_forms

        dialog = internal_forms.agenda(self._part.house, self._part, None if now is None else now.agenda)
        sheet = self._part.chosen()
        if now is None and sheet is not None and sheet.agenda is None and sheet.discussed_on is None:
            dialog.form.saved.connect(lambda made: self.put_on(sheet, made))
        dialog.open()

    def put(self, sheet: InternalCase, agenda: AgendaView) -> None:
        """Put a case on a meeting."""
        self.put_on(sheet, agenda.agenda.id)

    def put_on(self, sheet: InternalCase, agenda: object) -> None:
        """Put a case on a meeting by its id."""
        if isinstance(agenda, bytes):
            told = N_("The case is on the agenda.")
            self._part.do(lambda w: internal_meetings.put_on(w, sheet.id, agenda), told)

    def put_on_meeting(self, sheet: InternalCase, meeting: Id) -> None:
        """Put a case on a meeting that stands in the plan; its agenda is made with it."""
        told = N_("The case is on the agenda.")
        self._part.do(lambda w: internal_series.put_on(w, sheet.id, meeting), told)

    def go_to_meeting(self, meeting: Id) -> None:
        """Go to the meeting an agenda hangs on."""
        self._part.house.go(Place("meeting", meeting, "agenda"))

    def outcome(self, loaded: Loaded, sheet: InternalCase) -> None:
        """Write what came of it."""
        from ui.dialogs import internal_forms

        agenda = loaded.agenda(sheet)
        others = () if agenda is None else agenda.agenda.members
        self._part.open(
            lambda case: internal_forms.outcome(self._part.house, case, self._part, sheet, others)
        )

    def journal(self, sheet: InternalCase) -> None:
        """Begin the worker's own entry about it."""
        case = self._part.case
        if case is None:
            return
        told = N_("The entry is begun in the journal; read it through and sign it there.")
        self._part.do(lambda w: internal_meetings.write_entry(w, case.id, sheet.id), told)
        self._part.house.go(Place("case", case.id, "journal"))

    def print(self) -> None:
        """Show the sheet as a paper."""
        sheet, books = self._part.chosen(), self._part.house.books
        if sheet is not None:
            title = tr("Case on an internal meeting")
            self._part.show_paper(lambda r: internal_sheets.job(r, books, sheet.id), title)

    def agenda(self, now: AgendaView) -> None:
        """Show the agenda as a paper."""
        self._part.show_paper(
            lambda r: first_papers.agenda_job(r, now.agenda.id), tr("Agenda of the internal meeting")
        )
