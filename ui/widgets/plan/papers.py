"""The plan's papers in the window: each is looked at first, then printed or saved, and noted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import plan_papers
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Query
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import tr


class PlanPapers:
    """Makes a paper and shows it; what stands in the way is said in ``complaint``."""

    def __init__(self, house: House, window: QWidget, complaint: Complaint) -> None:
        self._house, self._window, self._complaint = house, window, complaint
        self.desk = PaperDesk(house, window)
        self.desk.refused.connect(complaint.show_error)

    def show_file(self, plan: Id, version: Id | None = None) -> None:
        """Show the plan for the file, as it stands or as it stood in a version."""
        self._show(lambda reader: plan_papers.for_file(reader, plan, version), tr("The plan for the file"))

    def show_child(self, plan: Id) -> None:
        """Show the plan for the child."""
        self._show(lambda reader: plan_papers.for_child(reader, plan), tr("The plan for the child"))

    def _show(self, make: Callable[[Reader], PaperJob], title: str) -> None:
        self._complaint.clear()

        def ask(reader: Reader) -> PaperJob | UserError:
            try:
                return make(reader)
            except UserError as error:
                return error

        def show(answer: PaperJob | UserError) -> None:
            if isinstance(answer, UserError):
                self._complaint.show_error(answer)
            else:
                self.desk.preview(answer, title, title)

        self._house.tasks.query(self._window, Query(ask, show))
