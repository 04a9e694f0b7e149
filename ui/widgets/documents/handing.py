"""A document on its way out of the house: printed, or saved as a copy. Both are noted; meanwhile it is in memory."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.document import SHOWN
from caseworker_app.domain.ids import Id
from caseworker_app.services import documents
from caseworker_app.services.documents import Listed
from caseworker_app.services.ports import Writer
from ui import printing
from ui.house import House
from ui.tasks import Job, Op
from ui.widgets.documents import on_paper
from ui.words import tr


class Handing(QObject):
    """``refused`` carries an expected error, ``said`` translated words, ``opened`` a dialog that was opened."""

    refused = Signal(object)
    said = Signal(str)
    opened = Signal(object)

    def __init__(self, house: House, window: QWidget) -> None:
        super().__init__(window)
        self._house, self._window = house, window

    # printing

    def print(self, document: Listed, case: Id) -> None:
        """Show a document as it will be on paper; it is printed from there."""
        if document.kind not in SHOWN:
            self.save(document, case)
            return

        def read(writer: Writer) -> tuple[bytes, str]:
            return documents.contents(writer, document.id), documents.known(writer, document.id).text

        def set_it(found: tuple[bytes, str]) -> None:
            work = Job(
                lambda: on_paper.pdf_of(document.kind, *found),
                lambda pdf: self._preview(document, pdf),
                self.refused.emit,
            )
            self._house.tasks.job(self, work)

        self._house.tasks.op(self, Op(read, done=set_it, failed=self.refused.emit))

    def _preview(self, document: Listed, pdf: bytes) -> None:
        from ui.dialogs.document_preview import DocumentPreview

        dialog = DocumentPreview(self._house, document, pdf, self._window)
        dialog.open()
        self.opened.emit(dialog)

    # saving

    def save(self, document: Listed, case: Id) -> None:
        """Say what a copy means and which consents of its case stand, ask for whom and where, and save it."""
        from ui.dialogs.save_document_dialog import SaveDocumentDialog

        dialog = SaveDocumentDialog(self._house, case, document.title, self._window)
        dialog.agreed.connect(lambda whom: self._ask_where(document, whom))
        dialog.open()
        self.opened.emit(dialog)

    def _ask_where(self, document: Listed, to_whom: str) -> None:
        from ui.widgets.save_file import ask_where

        name = documents.file_name(document)
        kinds = f"{PurePath(name).suffix.removeprefix('.').upper()} (*{PurePath(name).suffix})"
        asking = ask_where(
            self._window, tr("Save a copy"), name, kinds, lambda path: self.save_to(path, document, to_whom)
        )
        self.opened.emit(asking)

    def save_to(self, path: str, document: Listed, to_whom: str) -> None:
        """Save a copy at a place that has been chosen, and note it."""

        def note(_nothing: None) -> None:
            op = Op(lambda w: documents.note_copy(w, document.id, to_whom))
            self._house.tasks.op(self._house.tasks, op)
            self.said.emit(tr("The copy is saved. Whoever has the file can read it."))

        def write(data: bytes) -> None:
            work = Job(lambda: printing.save_copy(path, data), note, self.refused.emit, leaves=True)
            self._house.tasks.job(self, work)

        op = Op(lambda w: documents.contents(w, document.id), done=write, failed=self.refused.emit)
        self._house.tasks.op(self, op)
