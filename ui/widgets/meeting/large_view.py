"""The meeting in large, to look at together: the purpose, what is said, what is agreed, at the end a task and a summary.

Four parts, one at a time, by Ctrl+1 to Ctrl+4 or Ctrl+Page Down. Each line is saved by itself; what is not yet saved is a
draft within two seconds. It shows a :class:`RunModel` and nothing else, so the family may look on.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import MinutesForm, form_of, kind_name
from caseworker_app.domain.phrases import N_
from caseworker_app.services.meeting_run import RunModel
from caseworker_app.services.ports import Draft
from ui import theme
from ui.house import House
from ui.widgets.meeting.agreements import Agreements
from ui.widgets.meeting.dressing import DRESSED_ANEW
from ui.widgets.meeting.large_head import TimeNote, Turns
from ui.widgets.meeting.large_parts import EndPart, PurposePart, SaidPart
from ui.widgets.meeting.meeting_text import MeetingText
from ui.widgets.meeting.run_keeping import RunKeeping
from ui.words import bind, bind_call, tr

LARGE = 17 / 11
"""How much larger than the body the text one writes is: it is read by all around the table."""
WHO_WIDTH, DUE_WIDTH = 264, 300
PART_LABELS = (
    N_("Why we meet today"),
    N_("What we talk about"),
    N_("What we agree"),
    N_("A task, and what we take along"),
)


class LargeView(QWidget):
    """See the module. ``left`` comes when the worker wants the page back, ``to_family`` when it is to be shown in the
    family's window. With ``alone`` there is no way out of it here:
    the family looks on."""

    left = Signal()
    to_family = Signal()

    def __init__(self, house: House, *, alone: bool = False) -> None:
        super().__init__()
        self._model: RunModel | None = None
        self.purpose = PurposePart(house, choices=not alone)
        self.said = SaidPart(house)
        self.agreements = Agreements(house, "", (WHO_WIDTH, DUE_WIDTH))
        self.end = EndPart(house)
        self.summary = MeetingText(house, "summary", N_("Summary"))
        self._plain: bool | None = None
        self._unfilled: set[int] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fill_next)
        self._dressed: tuple[theme.Tokens, float] | None = None
        lists = {column.value: part.list for column, part in self.said.columns.items()}
        texts = {
            "purpose": self.purpose.text,
            "scale": self.said.scale.question,
            "task": self.end.task,
            "summary": self.summary,
        }
        self.keeping = RunKeeping(house, {**lists, "agreement": self.agreements.list}, texts, self)
        self.title, self.saved = QLabel(), QLabel()
        self.turns, self.time = Turns(), TimeNote(house)
        self.back, self.show_family = QPushButton(), QPushButton()
        for button in (self.back, self.show_family):
            button.setProperty("look", "quiet")
            if alone:
                button.hide()
        self.steps = QButtonGroup(self)
        self.stack = QStackedWidget()
        self._lay_out()
        self._join(alone=alone)
        self._dress()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.title.setProperty("look", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        bind(self.back.setText, "Back to the page (Esc)")
        bind(self.show_family.setText, "Show to the family")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.title)
        head.addStretch(1)
        for widget in (self.time, self.back):
            head.addWidget(widget)
        strip = QHBoxLayout()
        strip.setSpacing(8)
        for number, words in enumerate(PART_LABELS):
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("look", "step")
            button.setToolTip(f"Ctrl+{number + 1}")
            bind_call(button, partial(self._say_step, button, number, words))
            self.steps.addButton(button, number)
            strip.addWidget(button, 1)
        for part in (self.purpose, self.said, self.agreements, self.end):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(strip)
        layout.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.turns, 1)
        foot.addWidget(self.show_family)
        layout.addLayout(foot)

    def _say_step(self, button: QPushButton, number: int, words: str) -> None:
        button.setText(f"{number + 1}  {tr(words)}")
        button.setAccessibleName(tr(words))

    def _join(self, *, alone: bool) -> None:
        self.steps.idClicked.connect(self.go)
        self.time.sum_up.connect(lambda: self.go(3))
        keys = {
            "F9": self.turns.go_on,
            "Ctrl+PgDown": lambda: self.go(min(3, self.stack.currentIndex() + 1)),
            "Ctrl+PgUp": lambda: self.go(max(0, self.stack.currentIndex() - 1)),
        }
        if not alone:
            self.back.clicked.connect(self.left)
            self.show_family.clicked.connect(self.to_family)
            keys |= {"Esc": self.left.emit, "F11": self.left.emit}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # what is shown

    def show_model(self, model: RunModel, draft: Draft | None, *, first: bool, part: int = 0) -> None:
        """Show the meeting; the first time at a ``part`` (0 to 3), with what a draft kept."""
        self._model = model
        view = model.opened.view
        if first:
            self._begin_again(view.meeting.id)
            self.steps.button(part).setChecked(True)
            self.stack.setCurrentIndex(part)
        self._unfilled = set(range(len(PART_LABELS)))
        self._place_summary(plain=form_of(view.meeting) is not MinutesForm.COLUMNS)
        if first and draft is not None:
            for number in range(len(PART_LABELS)):
                self._fill(number)
        self._fill(self.stack.currentIndex())
        self.turns.show_here(model.here)
        self.time.show_time(view.meeting.when, view.meeting.warn_minutes, model.now)
        self.stack.setEnabled(not model.signed)
        self._say()
        if first:
            self.keeping.begin(view.meeting.id, view.meeting.stream, view.case.child_name, draft)
            self.go(part)
        else:
            self.keeping.name(view.meeting.id, view.meeting.stream, view.case.child_name)
        self._later.start()

    def _begin_again(self, meeting: Id) -> None:
        for column in self.said.columns.values():
            column.begin_again(meeting)
        self.agreements.begin_again(meeting)
        for text in (self.purpose.text, self.said.scale.question, self.end.task, self.summary):
            text.start_again(meeting)

    def _fill(self, number: int) -> None:
        """Show in a part what was read; one that is not looked at is filled a moment later."""
        model = self._model
        if model is None or number not in self._unfilled:
            return
        self._unfilled.discard(number)
        fields = model.opened.fields[model.opened.view.meeting.id]
        if number == 0:
            self.purpose.show_model(model)
        elif number == 1:
            self.said.show_model(model)
        elif number == 2:
            self.agreements.show_opened(model.opened, model.today)
        else:
            self.end.task.follow(fields)
        if number == (1 if self._plain else 3):
            self.summary.follow(fields)

    def _fill_next(self) -> None:
        if self._unfilled:
            self._fill(min(self._unfilled))
            self._later.start()

    def _place_summary(self, *, plain: bool) -> None:
        """For a plain meeting the summary is what was talked about; else it stands at the end."""
        if self._plain == plain:
            return
        self._plain = plain
        self.summary.head(N_("What was talked about") if plain else N_("Summary"))
        (self.said if plain else self.end).hold(self.summary)

    def _say(self) -> None:
        if self._model is None:
            return
        view = self._model.opened.view
        self.title.setText(f"{tr(kind_name(view.meeting))} · {view.case.child_name}")

    def go(self, number: int) -> None:
        """Go to a part, 0 to 3, and to where one writes in it."""
        self._fill(number)
        self.steps.button(number).setChecked(True)
        self.stack.setCurrentIndex(number)
        (self.purpose.go, self.said.go, self.agreements.go, self.end.go)[number]()

    def leave(self) -> None:
        """Save what is being written; what cannot be read stays a draft."""
        self.keeping.leave()
        self.time.stop()

    # keys and dress

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+1 to Ctrl+4 before the window does, while the focus is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _part(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a part."""
        number = _part(event)
        if number:
            self.go(number - 1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in DRESSED_ANEW:
            self._dress()

    def _dress(self) -> None:
        """Make it large and paper-like: no boxes, a thin line under each line, the accent where one writes."""
        colours, points = theme.tokens(), QApplication.font().pointSizeF()
        if self._dressed == (colours, points):
            return
        self._dressed = colours, points
        large, middle = round(points * LARGE, 1), round(points * 13 / 11, 1)
        self.setStyleSheet(
            f"QPlainTextEdit, QStackedWidget QLineEdit {{ font-size: {large}pt; }}"
            f"QLabel, QCheckBox, QPushButton, QToolButton, QSpinBox {{ font-size: {middle}pt; }}"
            f'QLabel[look="heading"] {{ font-size: {round(points * 18 / 11, 1)}pt; }}'
            f'QLabel[look="subheading"] {{ font-size: {round(points * 15 / 11, 1)}pt; }}'
            f'QPushButton[look="step"] {{ min-height: 34px; text-align: left; color: {colours.muted};'
            f" border: none; border-bottom: 3px solid {colours.line}; border-radius: 0; background: transparent; }}"
            f'QPushButton[look="step"]:checked {{ color: {colours.text}; font-weight: 600; border: none;'
            f" background: transparent; border-bottom: 3px solid {colours.accent}; padding: 4px 12px; }}"
            f'QPushButton[look="step"]:focus {{ background: {colours.tint}; }}'
            f"QStackedWidget QLineEdit {{ min-height: 32px; }}"
            f"QStackedWidget QSpinBox QLineEdit {{ font-size: {middle}pt; min-height: 0; padding: 0; border: none; }}"
            f"QPushButton:checked {{ border: 2px solid {colours.accent}; background: {colours.tint}; padding: 3px 11px; }}"
            f'QPushButton[look="number"] {{ min-width: 24px; min-height: 34px; padding: 2px 8px; }}'
            f'QPushButton[look="number"]:checked, QPushButton[look="number"]:focus {{ padding: 1px 7px; }}'
            f"QScrollArea QPlainTextEdit {{ border: none; border-radius: 0; padding: 2px 0 2px 8px;"
            f" border-bottom: 1px solid {colours.line}; border-left: 2px solid transparent; }}"
            f"QScrollArea QPlainTextEdit:focus {{ border-left: 2px solid {colours.accent};"
            f" border-bottom: 1px solid {colours.accent}; padding: 2px 0 2px 8px; }}"
        )


def _part(event: QKeyEvent) -> int:
    """Return 1 to 4 for Ctrl with that digit, else 0."""
    keypad = Qt.KeyboardModifier.KeypadModifier
    if event.modifiers() & ~keypad != Qt.KeyboardModifier.ControlModifier:
        return 0
    number = event.key() - int(Qt.Key.Key_0)
    return number if 1 <= number <= len(PART_LABELS) else 0
