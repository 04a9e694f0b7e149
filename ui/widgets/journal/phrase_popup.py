"""The worker's phrases below the text: type to find, Return puts it in, and the way to the list of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.journal import SavedPhrase
from ui.words import bind, tr

_TEXT = int(Qt.ItemDataRole.UserRole)
WIDTH, HEIGHT = 420, 280


class PhrasePopup(QFrame):
    """``chosen`` carries the text to put in, ``edit_pressed`` asks for the list of phrases."""

    chosen = Signal(str)
    edit_pressed = Signal()

    def __init__(self, phrases: Sequence[SavedPhrase], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "card")
        self._phrases = phrases
        self.line, self.list, hint = QLineEdit(self), QListWidget(self), QLabel(self)
        self.edit_button = QPushButton(self)
        bind(self.line.setPlaceholderText, "Find a phrase")
        bind(self.line.setAccessibleName, "Find a phrase")
        bind(self.list.setAccessibleName, "My phrases")
        bind(self.edit_button.setText, "My phrases …")
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(hint.setText, "In the text: ; and the name of a phrase, then Tab.")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.textEdited.connect(self._fill)
        self.list.itemClicked.connect(lambda _item: self._choose())
        self.edit_button.clicked.connect(self._edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        for widget in (self.line, self.list, hint, self.edit_button):
            column.addWidget(widget)
        self.resize(WIDTH, HEIGHT)
        self._fill("")

    def open_below(self, place: QWidget, corner: QPoint) -> None:
        """Open at a place of a widget, inside the screen."""
        at = place.mapToGlobal(corner)
        screen = place.screen().availableGeometry()
        x = min(at.x(), screen.right() - WIDTH)
        y = at.y() if at.y() + HEIGHT <= screen.bottom() else max(screen.top(), at.y() - HEIGHT - 32)
        self.move(x, y)
        self.show()
        self.line.setFocus()

    def _fill(self, typed: str) -> None:
        wanted = typed.casefold().strip()
        self.list.clear()
        for phrase in self._phrases:
            if wanted in f"{phrase.title} {phrase.text}".casefold():
                item = QListWidgetItem(f"{phrase.title}  ·  {' '.join(phrase.text.split())}")
                item.setData(_TEXT, phrase.text)
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        elif not self._phrases:
            item = QListWidgetItem(tr("You have no phrases yet. Keep one under My phrases."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Return puts in, Escape leaves."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self.list.count():
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose()
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                super().keyPressEvent(event)

    def _choose(self) -> None:
        item = self.list.currentItem()
        text = None if item is None else item.data(_TEXT)
        if text:
            self.close()
            self.chosen.emit(str(text))

    def _edit(self) -> None:
        self.close()
        self.edit_pressed.emit()
