"""Reminders the day before: the text message to copy, and the card to print. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import clock, short_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PaperJob
from caseworker_app.i18n import N_
from caseworker_app.services import calendar, reminders
from caseworker_app.services.ports import Reader
from caseworker_app.services.reminders import MESSAGE, About, Reminder
from caseworker_app.services.tasks import Row
from ui.clipboard import copied
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Query
from ui.widgets.assessment.line_list import LineList, ListLine
from ui.widgets.calm_hint import CalmHint
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.tasks.words import child
from ui.words import bind, tr

ABOUT_LABELS = {
    About.MEETING: N_("Meeting"),
    About.VISIT: N_("Visit"),
    About.AGREEMENT: N_("Agreement"),
}
_LIST, _WIDTH, _HEIGHT = 320, 880, 480


def remind_of(house: House, parent: QWidget, row: Row, refused: Callable[[UserError], None]) -> None:
    """Open the reminder of one agreement, or say why there is none."""

    def ask(reader: Reader) -> Reminder | UserError:
        try:
            return reminders.of_agreement(reader, house.books.family_texts(reader), row.case, row.agreed)
        except UserError as error:
            return error

    def show(answer: Reminder | UserError) -> None:
        if isinstance(answer, UserError):
            refused(answer)
        else:
            ReminderDialog(house, (answer,), parent).open()

    house.tasks.query(parent, Query(ask, show))


def remind_all(house: House, parent: QWidget, case: Id | None = None) -> None:
    """Open everybody to be reminded of something by the next working day, of one case or of all."""

    def ask(reader: Reader) -> tuple[Reminder, ...]:
        found = reminders.at_hand(reader, house.books.family_texts(reader), calendar.danish_holidays)
        return tuple(one for one in found if case is None or one.case.id == case)

    def show(found: tuple[Reminder, ...]) -> None:
        ReminderDialog(house, found, parent).open()

    house.tasks.query(parent, Query(ask, show))


class ReminderDialog(QDialog):
    """Opened with ``open()``; gone when closed."""

    def __init__(self, house: House, found: Sequence[Reminder], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._found = house, tuple(found)
        self._typed: dict[int, str] = {}
        bind(self.setWindowTitle, "Reminders")
        self.list = LineList(N_("Reminders"), self)
        self.to, self.left, self.said = QLabel(self), QLabel(self), QLabel(self)
        self.text = QPlainTextEdit(self)
        self.complaint = Complaint(self)
        self.copy_button, self.card_button = _button("Copy the message"), _button("Show and print a card …")
        self.close_button = _button("Close")
        self.desk = PaperDesk(house, self)
        self._lay_out()
        self.list.chosen.connect(lambda _key: self._show())
        self.text.textChanged.connect(self._keep)
        self.copy_button.clicked.connect(self.copy)
        self.card_button.clicked.connect(self.card)
        self.close_button.clicked.connect(self.reject)
        self.desk.refused.connect(self.complaint.show_error)
        self.list.show_lines([self._line(number, one) for number, one in enumerate(self._found)])
        self._show()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(_label("Reminders", "heading"))
        layout.addWidget(
            _label(
                "Nothing is sent from here: copy the message into your telephone or into Digital Post, or give the card "
                "along. Others may read a text message, so it names neither the child nor the case.",
                "muted",
            )
        )
        right = QVBoxLayout()
        right.setSpacing(8)
        self.to.setProperty("look", "subheading")
        self.to.setTextFormat(Qt.TextFormat.PlainText)
        self.left.setProperty("look", "muted")
        self.said.setProperty("look", "note")
        bind(self.text.setAccessibleName, "The message")
        self.text.setTabChangesFocus(True)
        for widget in (self.to, self.text, self.left, self.complaint, self.said):
            right.addWidget(widget, 1 if widget is self.text else 0)
        self.whole = QWidget(self)
        across = QHBoxLayout(self.whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        self.list.setFixedWidth(_LIST)
        self.list.setVisible(len(self._found) != 1)
        across.addWidget(self.list)
        across.addLayout(right, 1)
        layout.addWidget(self.whole, 1)
        self.nothing = CalmHint(self)
        bind(
            self.nothing.setText, "Nobody has to be reminded of anything before the next working day is over."
        )
        layout.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignHCenter)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        self.copy_button.setProperty("look", "primary")
        for button in (self.close_button, self.card_button, self.copy_button):
            foot.addWidget(button)
        layout.addLayout(foot)
        there = bool(self._found)
        self.whole.setVisible(there)
        self.nothing.setVisible(not there)
        self.copy_button.setVisible(there)
        self.card_button.setVisible(there)
        resize(self, _WIDTH, _HEIGHT)
        (self.text if len(self._found) == 1 else self.list).setFocus()

    @staticmethod
    def _line(number: int, one: Reminder) -> ListLine:
        day = short_date(one.day, i18n.current().language)
        when = day if one.start is None else f"{day} {clock(one.start, i18n.current().language)}"
        quiet = " · ".join((tr(ABOUT_LABELS[one.about]), child(one.case), when))
        return ListLine(_key(number), one.to or child(one.case), quiet, "today")

    @property
    def current(self) -> int | None:
        """Which reminder is shown, by its number."""
        if len(self._found) == 1:
            return 0
        key = self.list.key
        return None if key is None else int.from_bytes(key)

    def _show(self) -> None:
        number = self.current
        if number is None:
            return
        one = self._found[number]
        self.complaint.clear()
        self.said.clear()
        self.to.setText(" · ".join(part for part in (one.to or child(one.case), one.phone) if part))
        self.text.blockSignals(True)
        self.text.setPlainText(self._typed.get(number, one.message))
        self.text.blockSignals(False)
        self._count()

    def _keep(self) -> None:
        number = self.current
        if number is not None:
            self._typed[number] = self.text.toPlainText()
        self.said.clear()
        self._count()

    def _count(self) -> None:
        self.left.setText(tr("{n} of {most} characters", n=len(self.text.toPlainText()), most=MESSAGE))

    def copy(self) -> None:
        """Put the message on the clipboard, for a minute."""
        words = self.text.toPlainText()
        try:
            reminders.check_message(words)
        except UserError as error:
            self.complaint.show_error(error)
            return
        self.complaint.clear()
        copied().copy(words)
        self.said.setText(tr("Copied. It stays on the clipboard for a minute."))

    def card(self) -> None:
        """Make the card and show it; it is printed from there."""
        number = self.current
        if number is None:
            return
        one, books, title = self._found[number], self._house.books, tr("Card to remember by")
        self.complaint.clear()

        def ask(reader: Reader) -> PaperJob | UserError:
            try:
                return reminders.card(reader, books.family_texts(reader), one)
            except UserError as error:
                return error

        def show(answer: PaperJob | UserError) -> None:
            if isinstance(answer, UserError):
                self.complaint.show_error(answer)
            else:
                self.desk.preview(answer, title, title)

        self._house.tasks.query(self, Query(ask, show))


def _key(number: int) -> bytes:
    return number.to_bytes(16)


def _button(msgid: str) -> QPushButton:
    button = QPushButton()
    button.setAutoDefault(False)
    bind(button.setText, msgid)
    return button


def _label(msgid: str, look: str) -> QLabel:
    label = QLabel()
    label.setProperty("look", look)
    label.setWordWrap(True)
    bind(label.setText, msgid)
    return label
