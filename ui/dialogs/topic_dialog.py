"""A form of topics in a dialog of its own: what is written is saved as one goes, and kept when the dialog is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.dialogs.fitting import resize
from ui.house import House
from ui.widgets.topic_form.columns import AnswerKeeping, Shown
from ui.widgets.topic_form.form import TopicForm
from ui.words import bind

WIDTH, HEIGHT = 860, 660


class TopicDialog(QDialog):
    """Opened with ``open()``; gone when closed. ``heading`` and ``explained`` are msgids."""

    def __init__(
        self,
        house: House,
        keeping: AnswerKeeping,
        shown: Shown,
        heading: str,
        explained: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, heading)
        title, hint = QLabel(self), QLabel(self)
        title.setProperty("look", "heading")
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(title.setText, heading)
        bind(hint.setText, explained)
        self.form = TopicForm(house, keeping, parent=self)
        self.close_button = QPushButton(self)
        self.close_button.setProperty("look", "primary")
        self.close_button.setDefault(False)
        self.close_button.setAutoDefault(False)
        bind(self.close_button.setText, "Done (Esc)")
        self.close_button.clicked.connect(self.close)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(hint)
        column.addWidget(self.form, 1)
        column.addLayout(below)
        resize(self, WIDTH, HEIGHT)
        house.tasks.touched.connect(self.form.follow)
        self.form.show_form(shown)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is written."""
        self.form.leave()
        event.accept()

    def reject(self) -> None:
        """Escape closes like the cross."""
        self.close()
