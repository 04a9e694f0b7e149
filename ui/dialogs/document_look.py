"""A document looked at where it is attached, without leaving the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseworker_app.services.documents import Listed
from ui.dialogs.fitting import resize
from ui.house import House
from ui.widgets.documents.viewer import DocumentViewer
from ui.words import bind

SIZE = (960, 1000)


class DocumentLook(QDialog):
    """Opened with ``open()``. ``wanted`` is pressed to go to the document among the case's documents."""

    wanted = Signal()

    def __init__(self, house: House, document: Listed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Document")
        self.viewer = DocumentViewer(house, self)
        self.go_button, self.close_button = QPushButton(self), QPushButton(self)
        bind(self.go_button.setText, "Go to the case's documents")
        bind(self.close_button.setText, "Close (Esc)")
        for button in (self.go_button, self.close_button):
            button.setAutoDefault(False)
        self.go_button.clicked.connect(self._go)
        self.close_button.clicked.connect(self.close)
        self.viewer.save_pressed.connect(self._go)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.go_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.viewer, 1)
        column.addLayout(foot)
        resize(self, *SIZE)
        self.viewer.shown.connect(lambda _document: self.viewer.take_focus())
        self.viewer.show_document(document)
        self.close_button.setFocus()

    def _go(self) -> None:
        self.close()
        self.wanted.emit()

    def reject(self) -> None:
        """Escape closes like the cross."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep nothing of what was shown."""
        self.viewer.clear()
        event.accept()
