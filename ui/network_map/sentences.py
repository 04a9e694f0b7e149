"""Sentences for the file with the button that copies them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ui.widgets.announce import announce
from ui.words import bind, tr

WIDTH = 312
_SAID_MS = 4000


class SentencePanel(QFrame):
    """Shows Danish sentences, as they go into the file, and copies all of them or those that are chosen."""

    print_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.heading, self.empty, self.list = QLabel(), QLabel(), QListWidget()
        self.copy, self.print, self.said = QPushButton(), QPushButton(), QLabel()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_SAID_MS)
        self._quiet.timeout.connect(self.said.clear)
        self.heading.setProperty("look", "subheading")
        self.empty.setProperty("look", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setProperty("look", "note")
        self.said.setWordWrap(True)
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListWidget { border: none; } QListWidget::item { padding: 6px 2px; }")
        bind(self.heading.setText, "What is drawn differently")
        bind(self.list.setAccessibleName, "Sentences for the file")
        bind(self.copy.setText, "Copy the sentences")
        self.copy.setToolTip("Ctrl+C")
        self.copy.clicked.connect(self.copy_all)
        bind(self.print.setText, "Show and print …")
        self.print.clicked.connect(self.print_pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for widget, stretch in (
            (self.heading, 0),
            (self.empty, 1),
            (self.list, 1),
            (self.copy, 0),
            (self.print, 0),
            (self.said, 0),
        ):
            layout.addWidget(widget, stretch)
        self.setFixedWidth(WIDTH)

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Show what changed; without a sentence nothing did."""
        self.list.clear()
        for sentence in sentences:
            item = QListWidgetItem(sentence)
            item.setToolTip(sentence)
            self.list.addItem(item)
        if sentences:
            self._stand(True)
        else:
            self.show_nothing(
                "The two are drawn alike: the same people, rings, sectors, lines and households."
            )

    def show_nothing(self, msgid: str) -> None:
        """Say that there is none to compare with."""
        self._say_empty(msgid)
        self.print.hide()

    def _say_empty(self, msgid: str) -> None:
        self.list.clear()
        bind(self.empty.setText, msgid)
        self._stand(False)

    def _stand(self, there: bool) -> None:
        self.list.setVisible(there)
        self.copy.setVisible(there)
        self.empty.setVisible(not there)
        self.print.show()
        self.said.clear()

    def sentences(self) -> tuple[str, ...]:
        """Return the sentences that stand there."""
        return tuple(self.list.item(row).text() for row in range(self.list.count()))

    def copy_all(self) -> None:
        """Put the chosen sentences, or all, on the clipboard."""
        chosen = [item.text() for item in sorted(self.list.selectedItems(), key=self.list.row)]
        words = chosen if len(chosen) > 1 else list(self.sentences())
        QGuiApplication.clipboard().setText("\n".join(words))
        self.said.setText(tr("Copied. Paste it where it belongs in the file."))
        announce(self, self.said.text())
        self._quiet.start()
