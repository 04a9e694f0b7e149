"""Every follow-up of one intervention that is written: held, waived, and the contacts that settle no due date."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
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

from caseworker_app import i18n
from caseworker_app.domain.agreement import AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import full_date, long_date
from caseworker_app.domain.follow_up import WAY_LABELS, FollowUp
from caseworker_app.domain.intervention import Intervention
from caseworker_app.services import follow_up_pages
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Query, Touched
from ui.widgets.follow_up import doing
from ui.widgets.tasks.agreeing import agree_at
from ui.words import bind, bind_call, tr

_WIDTH, _HEIGHT, _ROW = 720, 520, 56


class _List(QListWidget):
    """The list. ``taken`` comes with Delete."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes back."""
        if event.key() == Qt.Key.Key_Delete:
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class FollowUpsDialog(QDialog):
    """Opened with ``open()``. Enter opens one, Delete takes it back."""

    def __init__(self, house: House, case: Case, found: Intervention, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._case, self._intervention = house, case, found
        self._found: list[FollowUp] = []
        self.heading, self.empty, self.list = QLabel(), QLabel(), _List()
        self.open_button = _button("Open …", self.open_chosen)
        self.back = _button("Take back (Del)", self.take_back)
        self.agree_button = _button("New agreement …", self.agree)
        self.close_button = _button("Close", self.reject)
        self._lay_out()
        self.list.itemActivated.connect(lambda _item: self.open_chosen())
        self.list.currentRowChanged.connect(lambda _row: self._say_buttons())
        self.list.taken.connect(self.take_back)
        house.tasks.touched.connect(self.follow)
        bind_call(self, self._say)
        self._ask()

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "The follow-ups that are written")
        self.heading.setProperty("look", "heading")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setProperty("look", "muted")
        self.empty.setWordWrap(True)
        bind(self.empty.setText, "None is written yet. Hold one from the list of what is due.")
        bind(self.list.setAccessibleName, "The follow-ups that are written")
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet("QListWidget::item { padding: 4px 12px; }")
        self.open_button.setProperty("look", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.open_button, self.agree_button, self.back):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        resize(self, _WIDTH, _HEIGHT)

    def follow(self, touched: Touched) -> None:
        """Ask again when a follow-up was written or taken back."""
        if any(kind == "follow_up" for kind, _entity in touched):
            self._ask()

    def _ask(self) -> None:
        of = self._intervention.id

        def show(found: list[FollowUp]) -> None:
            self._found = found
            self._say()

        self._house.tasks.query(self, Query(lambda r: follow_up_pages.of_intervention(r, of), show))

    @property
    def chosen(self) -> FollowUp | None:
        """The one under the cursor."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _say(self) -> None:
        row = max(self.list.currentRow(), 0)
        self.heading.setText(tr("Follow-ups: {name}", name=self._intervention.name))
        self.list.clear()
        for one in self._found:
            item = QListWidgetItem("\n".join(_lines(one)))
            item.setSizeHint(QSize(0, _ROW))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(_lines(one)))
            self.list.addItem(item)
        self.list.setVisible(bool(self._found))
        self.empty.setVisible(not self._found)
        if self._found:
            self.list.setCurrentRow(min(row, len(self._found) - 1))
            self.list.setFocus()
        self._say_buttons()

    def _say_buttons(self) -> None:
        for button in (self.open_button, self.agree_button, self.back):
            button.setEnabled(self.chosen is not None)

    def open_chosen(self) -> None:
        """Open the one under the cursor."""
        if self.chosen is not None:
            doing.open_follow_up(self._house, self._case, self.chosen.id, self)

    def agree(self) -> None:
        """Write something that was agreed at the one under the cursor."""
        if self.chosen is not None:
            agree_at(self._house, self._case, self, AgreementSource.FOLLOW_UP, self.chosen.id)

    def take_back(self) -> None:
        """Take back the one under the cursor; undo brings it again."""
        if self.chosen is not None:
            doing.take_back(self._house, self.chosen, self)


def _lines(one: FollowUp) -> tuple[str, str]:
    """Return when and how it was held, or that it is waived; and which due date it settles."""
    language = i18n.current().language
    if one.held_on is not None:
        first = tr("Held on {day}", day=full_date(one.held_on, language)) + f" · {tr(WAY_LABELS[one.way])}"
    elif one.waiver is not None:
        first = f"{tr('Waived')} · {one.waiver.reason}"
    else:
        first = tr("No day is written")
    if one.due is None:
        second = tr("A contact beside the due dates: it settles none.")
    else:
        second = tr("It settles the due date {day}.", day=long_date(one.due, language))
    return first, second


def _button(msgid: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton()
    button.setAutoDefault(False)
    bind(button.setText, msgid)
    button.clicked.connect(lambda _on=False: act())
    return button
