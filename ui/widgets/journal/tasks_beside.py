"""What is open in the case while one writes: a tick closes it with the day it was held; other work opens its form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import short_date
from caseworker_app.services.open_tasks import OpenTask
from ui.widgets.check import Check
from ui.widgets.line_button import LineButton
from ui.widgets.today import due_words
from ui.words import bind, bind_call, tr


def task_words(task: OpenTask) -> str:
    """Return what is to be done."""
    if task.deadline is not None:
        return due_words.what(task.deadline)
    return ": ".join(part for part in (task.who, task.what) if part)


def due_line(task: OpenTask) -> str:
    """Return until when, that it is late, and that it has been open for long."""
    if task.due is None:
        return f"{tr('no day agreed')} · {tr('old')}" if task.old else tr("no day agreed")
    day = short_date(task.due, i18n.current().language)
    words = tr("overdue, {day}", day=day) if task.late else day
    return f"{words} · {tr('old')}" if task.old else words


class TasksBeside(QFrame):
    """``ticked`` carries the task to close, ``opened`` the one whose form is wanted.

    It can be put away, and stays so from entry to entry; ``unfold_button``, whose place is elsewhere, brings it back.
    """

    ticked = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._tasks: Sequence[OpenTask] = ()
        self.boxes: dict[str, Check] = {}
        self.lines: dict[str, LineButton] = {}
        title, self.hint = QLabel(self), QLabel(self)
        title.setProperty("look", "subheading")
        self.hint.setProperty("look", "muted")
        self.hint.setWordWrap(True)
        bind(title.setText, "Open in the case")
        self.fold_button = QPushButton(self)
        self.fold_button.setProperty("look", "quiet")
        bind(self.fold_button.setText, "Hide")
        bind(self.fold_button.setAccessibleName, "Hide what is open in the case")
        self.fold_button.clicked.connect(lambda: self.unfold(False))
        self.unfold_button = QPushButton(parent)
        self.unfold_button.hide()
        self.unfold_button.clicked.connect(lambda: self.unfold(True))
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 4, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.fold_button)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addWidget(self._area, 1)
        bind_call(self, self._say)

    def unfold(self, shown: bool) -> None:
        """Stand beside the text, or give it the room."""
        self.setVisible(shown)
        self.unfold_button.setVisible(not shown)
        (self.fold_button if shown else self.unfold_button).setFocus()

    def show_tasks(self, tasks: Sequence[OpenTask]) -> None:
        """Show what is open."""
        if tuple(tasks) != tuple(self._tasks) or not self._area.widget():
            self._tasks = tuple(tasks)
            self._say()

    def _say(self) -> None:
        self.unfold_button.setText(tr("Open in the case ({n})", n=len(self._tasks)))
        ticks = any(task.ticked for task in self._tasks)
        self.hint.setText(
            tr("Nothing is open in this case.")
            if not self._tasks
            else tr("A tick closes it with the day it was held.")
            if ticks
            else ""
        )
        self.hint.setVisible(bool(self.hint.text()))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(4)
        self.boxes, self.lines = {}, {}
        for task in self._tasks:
            rows.addWidget(self._tick(task) if task.ticked else self._line(task))
        rows.addStretch(1)
        self._area.setWidget(inner)

    def _tick(self, task: OpenTask) -> QWidget:
        holder, box, words, due = QWidget(), Check(), QLabel(), QLabel()
        said = task_words(task)
        box.setAccessibleName(tr("Done: {what}", what=f"{said}, {due_line(task)}"))
        box.setFixedWidth(24)
        words.setText(said)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setBuddy(box)
        due.setText(due_line(task))
        due.setProperty("look", "overdue" if task.late else "muted")
        box.toggled.connect(lambda on: self.ticked.emit(task) if on else None)
        across, lines = QHBoxLayout(holder), QVBoxLayout()
        across.setContentsMargins(0, 4, 0, 4)
        across.setSpacing(8)
        lines.setSpacing(0)
        across.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(lines, 1)
        lines.addWidget(words)
        lines.addWidget(due)
        self.boxes[task.name] = box
        return holder

    def _line(self, task: OpenTask) -> LineButton:
        tone = "overdue" if task.late else "muted"
        line = LineButton(
            task_words(task), due_line(task), icon="warning" if task.late else "today", tone=tone
        )
        line.setToolTip(line.accessibleName())
        line.clicked.connect(lambda: self.opened.emit(task))
        self.lines[task.name] = line
        return line

    def untick(self, task: OpenTask) -> None:
        """Take the tick back: it could not be closed."""
        box = self.boxes.get(task.name)
        if box is not None:
            box.setChecked(False)
