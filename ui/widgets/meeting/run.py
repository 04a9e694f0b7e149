"""Running the meeting: who is there, the three columns or the summary, and below them what is agreed.

Made for writing while people talk: large text, Enter for the next line, Ctrl+1 to Ctrl+4 between the columns and the
agreements, Ctrl+5 to the child's own column where it has one. Each line is saved by itself; what is not yet saved is a
draft within two seconds.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.meeting import Column, MinutesForm, form_of
from caseworker_app.domain.phrases import N_
from ui import theme
from ui.house import House, Place
from ui.widgets.least_room import LeastRoom
from ui.widgets.meeting.agreements import Agreements
from ui.widgets.meeting.columns import PointColumn
from ui.widgets.meeting.dressing import DRESSED_ANEW
from ui.widgets.meeting.meeting_text import MeetingText
from ui.widgets.meeting.part import Loaded, Part
from ui.widgets.meeting.run_keeping import RunKeeping
from ui.widgets.meeting.who_came import WhoCame
from ui.words import bind

LARGE = 14 / 11
"""How much larger than the body the text of the columns is: it is read from across the table."""
_KEYS = {
    Column.WORRIES: "Ctrl+1",
    Column.WORKS: "Ctrl+2",
    Column.WISHES: "Ctrl+3",
    Column.CHILD: "Ctrl+5",
}
_AGREEMENTS = 4

_LEAST_LINES = 15
"""So many lines of text the part is high at least; in a lower window it is scrolled."""


class RunPart(Part):
    """See the module."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self.who = WhoCame(house)
        self.columns = {c: PointColumn(house, c, key) for c, key in _KEYS.items()}
        self.agreements = Agreements(house, "Ctrl+4")
        self.summary = MeetingText(house, "summary", N_("What was talked about"), "Ctrl+1")
        self._dressed: tuple[theme.Tokens, float] | None = None
        self.large, self.carry = QPushButton(), QPushButton()
        self._loaded: Loaded | None = None
        self.signed = QLabel()
        self._lay_out()
        lists = {column.value: part.list for column, part in self.columns.items()}
        lists["agreement"] = self.agreements.list
        self.keeping = RunKeeping(house, lists, {"summary": self.summary}, self)
        self.keeper = self.keeping.keeper
        self._dress()

    def _lay_out(self) -> None:
        across = QWidget()
        side_by_side = QHBoxLayout(across)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(8)
        for column in self.columns.values():
            side_by_side.addWidget(column, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(across)
        self._stack.addWidget(self.summary)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(8)
        split.addWidget(self._stack)
        split.addWidget(self.agreements)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([310, 230])
        content, around = QWidget(), QVBoxLayout(self)
        self._room = LeastRoom(content, _LEAST_LINES, self)
        around.setContentsMargins(0, 8, 0, 0)
        around.addWidget(self._room)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.who, 1)
        head.addWidget(self.carry, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.large, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self.signed)
        layout.addWidget(split, 1)
        bind(self.carry.setText, "Common for the siblings …")
        self.carry.clicked.connect(self._carry)
        self.carry.hide()
        bind(self.large.setText, "Large view (F11)")
        self.large.setToolTip("F11")
        self.large.clicked.connect(self._show_large)
        shortcut = QShortcut(QKeySequence("F11"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.large.click)
        bind(
            self.signed.setText,
            "The minutes are signed and stay as they are. A later remark is written under Minutes.",
        )
        self.signed.setProperty("look", "note")
        self.signed.setWordWrap(True)
        self.signed.hide()
        self._split = split

    def _parts(self) -> list[PointColumn | Agreements]:
        return [*self.columns.values(), self.agreements]

    def _show_large(self) -> None:
        if self.meeting is not None:
            self.leave()
            self._house.go(Place("meeting_run", self.meeting))

    def _carry(self) -> None:
        if self._loaded is not None:
            from ui.dialogs.carry_dialog import CarryDialog

            self.leave()
            names = [case.first_name or case.unborn_of for case in self._loaded.siblings]
            CarryDialog(self._house, self._loaded.opened.view, names, self).open()

    # what is shown

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the meeting; the first time with what a draft kept."""
        view = loaded.opened.view
        self._loaded = loaded
        self.carry.setVisible(bool(loaded.siblings))
        title = view.case.first_name or view.case.unborn_of
        self.keeping.name(view.meeting.id, view.meeting.stream, title)
        if loaded.first:
            for part in self._parts():
                part.begin_again(view.meeting.id)
            self.summary.start_again(view.meeting.id)
        self._stack.setCurrentIndex(int(form_of(view.meeting) is not MinutesForm.COLUMNS))
        said = bool(view.points[Column.CHILD])
        self.columns[Column.CHILD].setVisible(view.meeting.child_column or said)
        self.signed.setVisible(view.meeting.minutes_signed)
        self._split.setEnabled(not view.meeting.minutes_signed)
        self.who.show_opened(loaded.opened)
        for column in self.columns.values():
            column.show_opened(loaded.opened)
        self.agreements.show_opened(loaded.opened, loaded.today)
        self.summary.follow(loaded.opened.fields[view.meeting.id])
        if loaded.first:
            self.keeping.begin(view.meeting.id, view.meeting.stream, title, loaded.draft)

    def begin(self) -> None:
        """Put the cursor where the writing begins."""
        if self._stack.currentIndex():
            self.summary.editor.setFocus()
        else:
            self.columns[Column.WORRIES].go()

    def go(self, number: int) -> None:
        """Go to a column (1-3, the child's is 5) or the agreements (4)."""
        if number == _AGREEMENTS:
            self.agreements.go()
        elif self._stack.currentIndex():
            self.summary.editor.setFocus()
        else:
            found = list(self.columns.values())[number - 1 if number < _AGREEMENTS else number - 2]
            if not found.isHidden():
                found.go()

    def leave(self) -> None:
        """Save what is being written; what cannot be read stays a draft."""
        self.keeping.leave()

    # keys and dress

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+1 to Ctrl+5 before the window does, while the focus is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _column(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a column."""
        number = _column(event)
        if number:
            self.go(number)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in DRESSED_ANEW:
            self._dress()

    def _dress(self) -> None:
        """Make the lines large and paper-like: no boxes, a thin line under each, the accent where one writes."""
        colours, points = theme.tokens(), QApplication.font().pointSizeF()
        if self._dressed == (colours, points):
            return
        self._dressed = colours, points
        large = round(points * LARGE, 1)
        self.agreements.setStyleSheet(
            f"QPlainTextEdit, QLineEdit {{ font-size: {large}pt; }} QLineEdit, QToolButton {{ min-height: 30px; }}"
        )
        self._stack.setStyleSheet(
            f"QPlainTextEdit {{ font-size: {large}pt; }}"
            f"QScrollArea QPlainTextEdit {{ border: none; border-radius: 0; padding: 2px 0 2px 8px;"
            f" border-bottom: 1px solid {colours.line}; border-left: 2px solid transparent; }}"
            f"QScrollArea QPlainTextEdit:focus {{ border-left: 2px solid {colours.accent};"
            f" border-bottom: 1px solid {colours.accent}; padding: 2px 0 2px 8px; }}"
        )


def _column(event: QKeyEvent) -> int:
    """Return 1 to 5 for Ctrl with that digit, else 0."""
    keypad = Qt.KeyboardModifier.KeypadModifier
    if event.modifiers() & ~keypad != Qt.KeyboardModifier.ControlModifier:
        return 0
    number = event.key() - int(Qt.Key.Key_0)
    return number if 1 <= number <= 5 else 0
