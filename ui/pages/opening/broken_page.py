"""When a store will not open: what is wrong, what is safe, what still opens it. It is never replaced."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from caseworker_app.domain.errors import UserError
from ui.pages.opening.sheet import Sheet, button, subheading, text, title
from ui.words import bind_call, error_words


class BrokenPage(Sheet):
    """``again`` comes when the user has put something right and wants to try; ``other`` to open in another way;
    ``backup`` to go on in the newest backup."""

    again = Signal()
    other = Signal()
    backup = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._error: UserError | None = None
        self.sentence = QLabel()
        self.sentence.setProperty("look", "overdue")
        self.sentence.setWordWrap(True)
        self._ways_title = subheading("What you can do")
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        self.column.addWidget(title("Your cases could not be opened"))
        self.column.addWidget(self.sentence)
        self.column.addWidget(
            text("Nothing has been deleted or changed, and Tæt på makes no new store in its place.")
        )
        self.column.addWidget(self._ways_title)
        self.column.addLayout(self._ways)
        self.column.addWidget(
            text(
                "If that does not help, call the IT department, and leave the folder as it is until then.",
                "muted",
            )
        )
        self.other_button = button("Open in another way", self.other.emit, "quiet")
        self.again_button = button("Try again", self.again.emit, "primary")
        self.backup_button = button("Go on in the newest backup", self.backup.emit, "quiet")
        self.backup_button.hide()
        self.foot.addWidget(self.other_button)
        self.foot.addWidget(self.backup_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.again_button)
        bind_call(self, self._say)

    def show_problem(self, error: UserError, *, other_way: bool) -> None:
        """Show what is wrong; ``other_way``: whether asking for passphrase or code can help."""
        self._error = error
        self.other_button.setVisible(other_way)
        self._say()
        self.again_button.setFocus()

    def offer_backup(self, there: bool) -> None:
        """Offer to go on in the newest backup, if there is one."""
        self.backup_button.setVisible(there)

    def _say(self) -> None:
        if self._error is None:
            return
        sentence, ways_out = error_words(self._error)
        self.sentence.setText(sentence)
        while (item := self._ways.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for way in ways_out:
            label = QLabel(f"•  {way}")
            label.setWordWrap(True)
            self._ways.addWidget(label)
        self._ways_title.setVisible(bool(ways_out))
        self.setAccessibleName(" ".join((sentence, *ways_out)))
