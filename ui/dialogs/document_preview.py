"""A document before it goes to paper: looked at, said for whom, printed, and noted."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from caseworker_app.services import documents
from caseworker_app.services.documents import Listed
from caseworker_app.services.ports import Access
from ui.dialogs.preview_dialog import PreviewDialog
from ui.house import House
from ui.tasks import Op
from ui.words import bind, tr


class DocumentPreview(PreviewDialog):
    """Shows a document as ``pdf``; it is printed from here; a copy of the file itself is saved elsewhere."""

    def __init__(self, house: House, document: Listed, pdf: bytes, parent: QWidget | None = None) -> None:
        self._printed_document, self._printed_pdf = document, pdf
        self._house = house
        super().__init__(
            house, pdf, tr("Document"), self._note, None, parent, about=document.title, keeps=False
        )
        self.to_whom, words = QLineEdit(), QLabel()
        bind(words.setText, "To whom")
        words.setBuddy(self.to_whom)
        bind(self.to_whom.setAccessibleName, "To whom")
        bind(self.to_whom.setPlaceholderText, "May be left empty")
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(words)
        across.addWidget(self.to_whom, 1)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(layout.count() - 1, across)

    def _note(self) -> None:
        document, pdf, whom = self._printed_document, self._printed_pdf, self.to_whom.text()
        op = Op(lambda w: documents.note_copy(w, document.id, whom, Access.PRINT, pdf))
        self._house.tasks.op(self._house.tasks, op)
