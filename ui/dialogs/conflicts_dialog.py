"""Two values: what people wrote apart from each other, side by side, to be chosen between one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import conflicts
from caseworker_app.services.conflicts import Conflict, LiveValue
from caseworker_app.services.ports import Writer
from ui.dialogs.fitting import resize
from ui.house import House
from ui.models.conflict_words import ConflictText, Laid, is_long, lay_out, text_of
from ui.tasks import Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.conflicts.new_value import NewValue
from ui.widgets.conflicts.value_card import ValueCard
from ui.words import bind, bind_call, tr

_SIZE = (1120, 640)
_LIST_WIDTH = 264
_ROW = 32
_SAID = N_("It is chosen. Every value stays in the history.")


class ConflictsDialog(QDialog):
    """Opened with ``open()``; gone when closed. ``case`` is ``None`` for those of all cases."""

    def __init__(self, house: House, case: Id | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Two values")
        self._house, self._case = house, case
        self._laid: Laid | None = None
        self._shown: Conflict | None = None
        self._settled = 0
        self.heading, self.about = QLabel(self), QLabel(self)
        self.list = QListWidget(self)
        self.what, self.child, self.meanwhile = QLabel(), QLabel(), QLabel()
        self.cards: list[ValueCard] = []
        self._across = QHBoxLayout()
        self.new, self.complaint = NewValue(), Complaint()
        self.empty = QLabel(self)
        self._right = QWidget(self)
        self._lay_out()
        self.list.currentRowChanged.connect(self._chosen)
        self.new.written.connect(self._write_new)
        write = QShortcut(QKeySequence("Alt+N"), self)
        write.activated.connect(self._go_to_new)
        house.tasks.touched.connect(self._touched)
        bind_call(self, self._say)
        resize(self, *_SIZE)
        self._ask()

    def _lay_out(self) -> None:
        self.heading.setProperty("look", "heading")
        self.about.setProperty("look", "muted")
        self.about.setWordWrap(True)
        self.empty.setWordWrap(True)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setWordWrap(True)
        bind(self.list.setAccessibleName, "What has two values")
        self.what.setProperty("look", "subheading")
        self.child.setProperty("look", "muted")
        self.meanwhile.setProperty("look", "soon")
        for label in (self.what, self.child, self.meanwhile):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._across.setSpacing(12)
        self._across.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addLayout(self._across)
        self._column.addWidget(self.new)
        self._column.addWidget(self.complaint)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        for widget in (self.what, self.child, self.meanwhile):
            right.addWidget(widget)
        right.addWidget(area, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.list)
        middle.addWidget(self._right, 1)
        close = QPushButton()
        bind(close.setText, "Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        layout.addWidget(self.empty, 1)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)

    # asking and showing

    def _ask(self) -> None:
        case, directory = self._case, self._house.sync.directory()
        self._house.tasks.query(self, Query(lambda reader: lay_out(reader, case, directory), self._show))

    def _touched(self, _touched: Touched) -> None:
        self._ask()

    def _show(self, laid: Laid) -> None:
        before = self.chosen
        self._laid = laid
        self._say()
        keys = [conflict.key for conflict in laid.conflicts]
        row = keys.index(before.key) if before is not None and before.key in keys else 0
        if keys:
            self.list.setCurrentRow(row)
            if before is None:
                (self.list if len(keys) > 1 else self.cards[0].keep_button).setFocus()

    @property
    def chosen(self) -> Conflict | None:
        """The conflict that stands side by side."""
        row, laid = self.list.currentRow(), self._laid
        return None if laid is None or not 0 <= row < len(laid.conflicts) else laid.conflicts[row]

    def _say(self) -> None:
        laid = self._laid
        self.heading.setText(tr("Two values"))
        self.about.setText(
            tr(
                "People wrote these apart from each other. Choose which counts; nothing is erased, every value stays in "
                "the history."
            )
        )
        found = () if laid is None else laid.conflicts
        row = max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        for conflict in found:
            text = text_of(conflict, laid) if laid is not None else None
            if text is not None:
                item = QListWidgetItem(_line(text, with_child=self._case is None))
                item.setSizeHint(QSize(0, _ROW * (1 + item.text().count("\n"))))
                self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(found) - 1))
        self.list.blockSignals(False)
        self.list.setVisible(len(found) > 1)
        self._right.setVisible(bool(found))
        self.empty.setVisible(laid is not None and not found)
        self.empty.setText(
            i18n.ngettext(
                "You have chosen in {n} place. Nothing has two values any more.",
                "You have chosen in {n} places. Nothing has two values any more.",
                self._settled,
            )
            if self._settled
            else tr("Nothing has two values.")
        )
        self._chosen(self.list.currentRow())

    def _chosen(self, _row: int) -> None:
        conflict, laid = self.chosen, self._laid
        if conflict is None or laid is None:
            self._shown = None
            return
        text = text_of(conflict, laid)
        long = is_long(text)
        self.what.setText(" · ".join(part for part in (text.thing, text.field) if part))
        self.child.setText(text.child)
        self.child.setVisible(bool(text.child) and self._case is None)
        self.meanwhile.setText(text.meanwhile)
        self.meanwhile.setVisible(bool(text.meanwhile))
        self._set_cards(conflict, text, long=long)
        for at, share in ((0, int(long)), (self._column.count() - 1, int(not long))):
            self._column.setStretch(at, share)
        if conflict != self._shown:  # what somebody is writing stands while the rest is said again
            self.new.show_conflict(conflict, text.field, long=long)
            self._shown = conflict

    def _set_cards(self, conflict: Conflict, text: ConflictText, *, long: bool) -> None:
        while self.cards:
            card = self.cards.pop()
            self._across.removeWidget(card)
            card.hide()
            card.deleteLater()
        for number, (value, words) in enumerate(zip(conflict.values, text.values, strict=True), start=1):
            card = ValueCard(number)
            beside = text.values[1 if number == 1 else 0].value
            card.show_value(words, beside, long=long)
            card.kept.connect(partial(self._keep, conflict, value))
            self._across.addWidget(card, 1)
            self.cards.append(card)

    # choosing

    def _keep(self, conflict: Conflict, value: LiveValue) -> None:
        self._do(lambda writer: conflicts.keep(writer, conflict, value))

    def _write_new(self, value: object) -> None:
        conflict = self.chosen
        if conflict is not None:
            self._do(lambda writer: conflicts.write_new(writer, conflict, value))

    def _do(self, act: Callable[[Writer], None]) -> None:
        self._house.tasks.op(self, Op(act, lambda _nothing: self._done(), _SAID, self._refused))

    def _done(self) -> None:
        self._settled += 1
        self.complaint.clear()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        self._ask()

    def _go_to_new(self) -> None:
        if self.new.editor is not None:
            self.new.editor.setFocus()


def _line(text: ConflictText, *, with_child: bool) -> str:
    """Return a conflict as a line of the list."""
    about = " · ".join(part for part in (text.thing, text.field) if part)
    return f"{text.child}\n{about}" if with_child and text.child else about
