"""My phrases: kept, changed and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import SavedPhrase
from caseworker_app.i18n import N_
from caseworker_app.services import phrases
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Op, Query, Touched
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.widgets.journal.light_edit import LightEditor
from ui.words import bind, tr

_ROWS = (
    Row("title", makers.text(), width=12, help=N_("Short: it is what you type to find it.")),
    Row("text", lambda: LightEditor(6, phrases=False), width=12),
)
_ID = int(Qt.ItemDataRole.UserRole)
NEW_KEY = "saved_phrase:new"


class PhrasesDialog(QDialog):
    """The list at the left, the phrase at the right. Opened with ``open()``; gone when closed."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "My phrases")
        self._house = house
        self._wanted: Id | None = None
        heading, hint = QLabel(self), QLabel(self)
        heading.setProperty("look", "heading")
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(heading.setText, "My phrases")
        bind(hint.setText, "Sentences you write often. They are yours alone. No child's name belongs here.")
        self.list, self.new_button, self.remove_button = (
            QListWidget(self),
            QPushButton(self),
            QPushButton(self),
        )
        bind(self.list.setAccessibleName, "My phrases")
        bind(self.new_button.setText, "New phrase")
        bind(self.remove_button.setText, "Remove")
        self.form = FormView(
            house, SavedPhrase, _ROWS, self._save, said=N_("The phrase is kept."), keys_within=self, parent=self,
            title=lambda _form: tr("Phrase"),
        )  # fmt: skip
        self.form.saved.connect(self._saved)
        self._lay_out(heading, hint)
        self.list.currentItemChanged.connect(lambda now, _before: self._show(now))
        self.new_button.clicked.connect(self.begin)
        self.remove_button.clicked.connect(self.remove)
        house.tasks.touched.connect(self._follow)
        self._ask()
        self.begin()

    def _lay_out(self, heading: QLabel, hint: QLabel) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.new_button)
        buttons.addWidget(self.remove_button)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.addWidget(self.form)
        right.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addLayout(left, 2)
        across.addLayout(right, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addLayout(across, 1)
        resize(self, 860, 520)

    def _ask(self) -> None:
        self._house.tasks.query(self, Query(phrases.phrases, self._fill))

    def _fill(self, found: Sequence[SavedPhrase]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for phrase in found:
            item = QListWidgetItem(phrase.title)
            item.setData(_ID, phrase.id)
            self.list.addItem(item)
            if phrase.id == self._wanted:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.remove_button.setEnabled(self.form.entity is not None)

    def _follow(self, touched: Touched) -> None:
        if any(kind == "saved_phrase" for kind, _id in touched):
            self._ask()
        self.form.follow(touched)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._wanted = bytes(item.data(_ID))
            self.form.edit(self._wanted)
            self.remove_button.setEnabled(True)

    def begin(self) -> None:
        """Begin a new phrase."""
        self._wanted = None
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self.remove_button.setEnabled(False)
        self.form.make(NEW_KEY)
        self.form.rows["title"].editor.setFocus()

    def remove(self) -> None:
        """Take the phrase away; undo brings it back."""
        phrase = self._wanted
        if phrase is not None:
            said = N_("The phrase is removed. Ctrl+Z brings it back.")
            self.form.discard()
            self._house.tasks.op(self, Op(lambda w: phrases.remove(w, phrase), lambda _n: self.begin(), said))

    @staticmethod
    def _save(writer: Writer, phrase: Id | None, edits: Mapping[str, Edit]) -> Id:
        if phrase is None:
            values = {name: str(edit.value) for name, edit in edits.items()}
            return phrases.keep(writer, values.get("title", ""), values.get("text", ""))
        phrases.edit(writer, phrase, edits)
        return phrase

    def _saved(self, phrase: Id) -> None:
        self._wanted = phrase
        self.form.edit(phrase)
        self._ask()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the draft, and go."""
        self.form.leave()
        event.accept()

    def reject(self) -> None:
        """Escape closes like the cross."""
        self.close()
