"""The four points of an internal meeting: the chair, the time for each case, the cases with the professions they want,
and news."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import PROFESSION_LABELS
from caseworker_app.domain.meeting import Meeting
from caseworker_app.i18n import N_
from caseworker_app.services import internal_series
from caseworker_app.services.cases import display_name
from caseworker_app.services.internal_meetings import AgendaView, Brought
from caseworker_app.services.internal_series import Hung
from ui.house import House, Place
from ui.tasks import Op, Query
from ui.widgets.assessment.sheet import Doing, Facts, Page, Sheet, Task
from ui.words import bind_call, tr


class InternalPoints(Sheet):
    """``refused`` carries an expected error. Asks for its agenda each time it is shown a meeting."""

    refused = Signal(object)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._meeting: Id | None = None
        self._hung: Hung | None = None
        bind_call(self, self._say)

    def show_meeting(self, meeting: Meeting) -> None:
        """Show the agenda of a meeting, or the way to one."""
        asked = self._meeting = meeting.id

        def show(found: Hung) -> None:
            if self._meeting == asked:
                self._hung = found
                self._say()

        self._house.tasks.query(self, Query(lambda r: internal_series.hung(r, asked), show))

    def _say(self) -> None:
        hung = self._hung
        if hung is None:
            self.show_page(None)
        elif hung.agenda is None:
            self.show_page(self._empty(hung))
        else:
            self.show_page(self._page(hung, hung.agenda))

    # what stands there

    def _empty(self, hung: Hung) -> Page:
        make = Doing(tr("Make the agenda"), self.make, primary=True)
        quiet = tr("Four points: the chair, time for each case, sparring on cases, news.")
        return Page(tr("Agenda"), quiet, facts=tuple(self._waiting(hung)), lead=Facts("", (), (make,)))

    def _page(self, hung: Hung, agenda: AgendaView) -> Page:
        cases = len(agenda.brought) + (agenda.agenda.colleagues_cases or 0)
        chair = agenda.agenda.chair or tr("nobody yet")
        if agenda.turn and agenda.turn != agenda.agenda.chair:
            chair = tr("{name}; next time {next}", name=chair, next=agenda.turn)
        share = tr("Cases: {cases}.", cases=cases)
        if agenda.minutes:
            share = f"{share} {tr('{n} minutes for each.', n=agenda.minutes)}"
        lead = Facts(
            "",
            ((f"1. {tr('The chair')}", chair), (f"2. {tr('Time for each case')}", share)),
            (Doing(tr("Change the agenda …"), partial(self.change, agenda)),),
        )
        tasks = tuple(self._case(one) for one in agenda.brought)
        nothing = tr("Nothing is put on it yet.") if not agenda.brought else ""
        sparring = f"3. {tr('Sparring on cases')}"
        facts = [Facts("", ((sparring, nothing),))] if nothing else []
        news = agenda.agenda.news or tr("nothing written")
        facts += [Facts("", ((f"4. {tr('News')}", news),)), *self._waiting(hung)]
        return Page(tr("Agenda"), lead=lead, tasks_heading=sparring, tasks=tasks, facts=tuple(facts))

    def _case(self, one: Brought) -> Task:
        sheet = one.sheet
        wanted = ", ".join(tr(label) for kind, label in PROFESSION_LABELS.items() if kind in sheet.wanted)
        lines = [" ".join(sheet.question.split())]
        if wanted:
            lines.append(tr("Wants to hear: {professions}", professions=wanted))
        doings = [Doing(tr("Go to the sheet"), partial(self._go, one))]
        if sheet.discussed_on is None:
            doings.append(Doing(tr("Take off"), partial(self.take_off, sheet.id)))
        return Task(
            display_name(one.case), "\n".join(lines), sheet.discussed_on is not None, tuple(doings), "accent"
        )

    def _waiting(self, hung: Hung) -> Iterator[Facts]:
        if hung.waiting:
            doings = (
                Doing(tr("Put on: {name}", name=display_name(one.case)), partial(self.put_on, one.sheet.id))
                for one in hung.waiting
            )
            yield Facts(tr("Brought, and on no meeting yet"), (), tuple(doings))

    # what is done

    def _go(self, one: Brought) -> None:
        self._house.go(Place("case", one.case.id, "cooperation:internal"))

    def make(self) -> None:
        """Make the agenda of this meeting."""
        self._do(internal_series.hang, N_("The agenda is made. Ctrl+Z takes it back."))

    def put_on(self, sheet: Id) -> None:
        """Put a case on this meeting."""
        self._do(
            lambda w, meeting: internal_series.put_on(w, sheet, meeting), N_("The case is on the agenda.")
        )

    def take_off(self, sheet: Id) -> None:
        """Take a case off; it waits for another meeting."""
        told = N_("The case is off the meeting. Ctrl+Z brings it back.")
        self._do(lambda w, _meeting: internal_series.take_off(w, sheet), told)

    def change(self, agenda: AgendaView) -> None:
        """Change chair, turns, colleagues' cases and news; time and place are the meeting's own."""
        from ui.dialogs import internal_forms

        internal_forms.agenda(self._house, self, agenda.agenda).open()

    def _do(self, act: Callable[[Any, Id], Any], said: str) -> None:
        meeting = self._meeting
        if meeting is not None:
            self._house.tasks.op(self, Op(lambda w: act(w, meeting), said=said, failed=self.refused.emit))
