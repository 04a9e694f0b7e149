"""What of a visit leaves the screen: on the clipboard or on paper, one journal at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.visit import Area, Side, Visit
from caseworker_app.services import office, visit_journal, visit_papers, visit_plans
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Query
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.visits import words
from ui.widgets.visits.words import OneVisit
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.visits.register import VisitsRegister


class VisitLeaving(QObject):
    """Copies and prints for the register ``at``."""

    def __init__(self, house: House, at: VisitsRegister) -> None:
        super().__init__(at)
        self._house, self._at = house, at
        self.papers = PaperDesk(house, at)
        self.papers.refused.connect(at.complaint.show_error)

    def copy(self, one: OneVisit, area: Area) -> None:
        """Put one heading on the clipboard, ready for the record system."""
        text = visit_journal.copied(one.spec, one.visit, one.view.notes.values(), area)
        QApplication.clipboard().setText(text)
        self._house.say(
            tr("{heading} is on the clipboard, and nothing else.", heading=words.heading_of(area))
        )

    def copy_chosen(self) -> None:
        """Put the points that may go to the investigation on the clipboard."""
        case, books = self._at.case, self._house.books
        if case is None:
            return

        def show(text: str) -> None:
            QApplication.clipboard().setText(text)
            self._house.say(tr("The chosen points are on the clipboard."))

        def ask(reader: Reader) -> str:
            points = visit_journal.for_investigation(reader, books.forms(reader), case.id)
            return visit_journal.investigation_text(points)

        self._house.tasks.query(self, Query(ask, show))

    def copy_message(self, visit: Visit | None) -> None:
        """Put a text message on the clipboard: no name, nothing sensitive."""

        def show(text: str) -> None:
            QApplication.clipboard().setText(text)
            self._house.say(tr("The text message is on the clipboard."))

        ask = Query(lambda r: visit_plans.message(visit, office.house(r).worker.name), show)
        self._house.tasks.query(self, ask)

    def print_side(self, visit: Visit, side: Side) -> None:
        """Show the paper of one journal."""
        books, title = self._house.books, tr("Paper for one journal")
        self._at.complaint.clear()
        ask = Query(
            lambda r: visit_papers.journal_job(r, books.forms(r), visit.id, side),
            lambda job: self.papers.preview(job, title, title),
        )
        self._house.tasks.query(self, ask)

    def sheet_paper(self, visit: Visit) -> None:
        """Show the sheet to take along."""
        books, title = self._house.books, tr("Sheet for a visit")
        self._at.complaint.clear()
        ask = Query(
            lambda r: visit_papers.sheet(r, books, visit.id),
            lambda job: self.papers.preview(job, title, title),
        )
        self._house.tasks.query(self, ask)
