"""What can be done with a resource-centre meeting: its forms, its papers, the form that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.resource_meeting import ResourceAnswer, ResourceDescription
from caseworker_app.i18n import N_
from caseworker_app.services import resource_meetings, resource_papers
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.resource_meetings import DescriptionView
from ui.tasks import Job
from ui.widgets.documents import sources
from ui.widgets.save_file import forget_places
from ui.widgets.topic_form.columns import AnswerKeeping, Shown
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.cooperation.resource import ResourcePart


class ResourceActs:
    """Done for the part that shows the meetings."""

    def __init__(self, part: ResourcePart) -> None:
        self._part = part

    def ask_for(self) -> None:
        """Bring the child to a meeting."""
        from ui.dialogs import resource_forms

        self._part.open(lambda case: resource_forms.description(self._part.house, case, self._part))

    def change(self, found: ResourceDescription) -> None:
        """Change the head of a description."""
        from ui.dialogs import resource_forms

        self._part.open(lambda case: resource_forms.description(self._part.house, case, self._part, found))

    def remarks(self, found: ResourceDescription) -> None:
        """Write what the parents remarked."""
        from ui.dialogs import resource_forms

        self._part.open(lambda case: resource_forms.remarks(self._part.house, case, self._part, found))

    def outcome(self, found: ResourceDescription) -> None:
        """Write what the meeting came to."""
        from ui.dialogs import resource_forms

        self._part.open(lambda case: resource_forms.outcome(self._part.house, case, self._part, found))

    def point(self, found: ResourceDescription) -> None:
        """Put a point on the agenda."""
        from ui.dialogs import resource_forms

        self._part.open(lambda case: resource_forms.point(self._part.house, case, self._part, found))

    def decide(self, found: ResourceDescription) -> None:
        """Write what was decided."""
        from ui.dialogs import resource_forms

        self._part.open(lambda case: resource_forms.decision(self._part.house, case, self._part, found))

    def told(self, found: ResourceDescription) -> None:
        """Tick that the parents were contacted today."""
        told = N_("The parents are told. Ctrl+Z takes it back.")
        self._part.do(lambda w: resource_meetings.contacted(w, found.id, w.today), told)

    def belongs(self, found: ResourceDescription, meeting: Meeting) -> None:
        """Say which meeting a description belongs to."""
        told = N_("The description belongs to the meeting.")
        self._part.do(lambda w: resource_meetings.edit(w, found.id, {"meeting": Edit(meeting.id)}), told)

    def write(self, one: DescriptionView) -> None:
        """Write in the description, topic by topic."""
        from ui.dialogs.topic_dialog import TopicDialog

        if self._part.loaded is None:
            return
        found, books = one.description, self._part.house.books

        def add(writer: Writer, about: Id, topic: str, values: Mapping[str, Any]) -> Id:
            return resource_meetings.write_answer(writer, about, books.forms(writer), topic, values)

        def edit(writer: Writer, answer: Id, edits: Mapping[str, Edit]) -> None:
            resource_meetings.edit_answer(writer, answer, books.forms(writer), edits)

        def answers(reader: Reader) -> Mapping[str, Id]:
            return {topic: a.id for topic, a in resource_meetings.answers_of(reader, found.id).items()}

        shown = Shown(
            self._part.loaded.specs[found.id],
            found.id,
            found.stream,
            "resource_description",
            tr("Description"),
            answers,
        )
        heading = N_("Description for the resource-centre meeting")
        explained = N_("As the teacher wrote it. Saved as you go.")
        keeping = AnswerKeeping(ResourceAnswer, add, edit)
        TopicDialog(self._part.house, keeping, shown, heading, explained, self._part).open()

    def form_paper(self) -> None:
        """Show the teacher's form, to be printed, or saved and sent."""
        one, books = self._part.view(self._part.list.key), self._part.house.books
        if one is not None:
            key, title = one.description.id, tr("Description for the resource-centre meeting")
            self._part.show_paper(lambda r: resource_papers.form_job(r, books, key), title)

    def filled_paper(self) -> None:
        """Show the description as it is written."""
        one, books = self._part.view(self._part.list.key), self._part.house.books
        if one is not None:
            key, title = one.description.id, tr("Description for the resource-centre meeting")
            self._part.show_paper(lambda r: resource_papers.filled_job(r, books, key), title)

    def agenda_paper(self) -> None:
        """Show the agenda."""
        one, books = self._part.view(self._part.list.key), self._part.house.books
        if one is not None:
            key, title = one.description.id, tr("Agenda of the resource-centre meeting")
            self._part.show_paper(lambda r: resource_papers.agenda_job(r, books, key), title)

    def fetch(self) -> None:
        """Choose a form that came back, and take in what was filled in."""
        if self._part.view(self._part.list.key) is None:
            return
        dialog = QFileDialog(self._part, tr("Fetch a filled-in form"), "", tr("Forms (*.pdf)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget_places(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.fetch_from)
        dialog.open()

    def fetch_from(self, path: str) -> None:
        """Take in the form at a place that has been chosen."""
        one, files, books = (
            self._part.view(self._part.list.key),
            self._part.house.files,
            self._part.house.books,
        )
        if one is None:
            return
        key = one.description.id
        self._part.complaint.clear()
        told = N_("What was filled in stands in the description. Ctrl+Z takes it back.")

        def take(written: dict[str, str]) -> None:
            self._part.do(lambda w: resource_meetings.fill_in(w, key, books.forms(w), written, w.today), told)

        work = Job(
            lambda: files.read_form(sources.read_file(Path(path))), take, self._part.complaint.show_error
        )
        self._part.house.tasks.job(self._part, work)
