"""Taking a copy of a netværkskort out of the house: looked at first or saved as a file, and noted when it has left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_facts import FORMAT_LABELS, MapFormat, NetworkMapFacts
from caseworker_app.domain.map_profiles import PROFILE_LABELS
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapProfile
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import map_papers
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Job, Query
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Wish:
    """Which copy of which map: for whom, in which form, on how large a paper, in colour or not."""

    map: Id
    templates: Templates
    profile: MapProfile
    format: MapFormat = MapFormat.PDF
    a3: bool = False
    black: bool = False
    wording: Wording | None = None


class TakingOut(QObject):
    """``refused`` carries an expected error, ``said`` translated words, ``previewed`` the dialog that was opened."""

    refused = Signal(object)
    said = Signal(str)
    previewed = Signal(object)

    def __init__(self, house: House, window: QWidget) -> None:
        super().__init__(window)
        self._house, self._window = house, window
        self.desk = PaperDesk(house, window)
        self.desk.refused.connect(self.refused)
        self.desk.said.connect(self.said)
        self.desk.previewed.connect(self.previewed)

    def look(self, wish: Wish) -> None:
        """Make the copy on paper and show it; it is printed from there."""
        title = tr("Netværkskort")
        about = f"{title} · {tr(PROFILE_LABELS[wish.profile])}"
        self._ask(wish, lambda job: self.desk.preview(job, title, about))

    def look_at_comparison(self, make: Callable[[Reader], PaperJob]) -> None:
        """Show two versions beside one another on paper; ``make`` asks for them."""
        title = tr("Two drawings of a netværkskort")
        self._ask_for(make, lambda job: self.desk.preview(job, title, title))

    def save(self, wish: Wish) -> None:
        """Make the copy as a file and ask where it is to be."""
        kinds = f"{tr(FORMAT_LABELS[wish.format])} (*.{wish.format.ending})"
        if wish.format is MapFormat.PNG:
            self._ask(wish, lambda job: self._paint(job, kinds))
        else:
            self._ask(wish, lambda job: self.desk.save(job, tr("Save as a file"), kinds))

    def _ask(self, wish: Wish, then: Callable[[PaperJob], None]) -> None:
        def make(reader: Reader) -> PaperJob:
            job = map_papers.job(
                reader,
                wish.map,
                wish.templates,
                wish.profile,
                format=wish.format,
                a3=wish.a3,
                black=wish.black,
                wording=wish.wording,
            )
            return replace(job, recipient=tr(PROFILE_LABELS[wish.profile]))

        self._ask_for(make, then)

    def _ask_for(self, make: Callable[[Reader], PaperJob], then: Callable[[PaperJob], None]) -> None:
        def ask(reader: Reader) -> PaperJob | UserError:
            try:
                return make(reader)
            except UserError as error:
                return error

        def go_on(answer: PaperJob | UserError) -> None:
            if isinstance(answer, UserError):
                self.refused.emit(answer)
            else:
                then(answer)

        self._house.tasks.query(self, Query(ask, go_on))

    def _paint(self, job: PaperJob, kinds: str) -> None:
        """Paint a picture of the same facts as the paper's, and ask where it is to be."""
        facts = job.facts
        assert isinstance(facts, NetworkMapFacts)

        def work() -> bytes:
            from ui.network_map.picture import png
            from ui.network_map.picture_sheet import sheet

            return png(sheet(facts))

        def ask(data: bytes) -> None:
            from ui.widgets.save_file import ask_where

            ask_where(
                self._window,
                tr("Save as a file"),
                job.file_name,
                kinds,
                lambda path: self.desk.save_to(path, job, data),
            )

        self._house.tasks.job(self, Job(work, ask, self.refused.emit))
