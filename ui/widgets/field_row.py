"""One field of a form: its label, its editor, and the sentences beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.domain.errors import InvalidInput
from ui.widgets.fields import Maker
from ui.words import error_words, tr

COLUMNS = 12
"""A form is a grid of twelve columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field in a form.

    ``editor`` is a maker from :mod:`ui.widgets.fields.makers`; ``label`` a msgid in place of the field's own, ``help`` a
    msgid that stands below, ``width`` how many of twelve columns it takes.
    """

    name: str
    editor: Maker
    label: str = ""
    help: str = ""
    width: int = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A heading in a form (a msgid, may be empty); with ``folded`` what follows is hidden until asked for or needed."""

    title: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A value somebody else wrote, in translated words, and what can be done about it: (msgid, action)."""

    words: str
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()


class FieldRow(QWidget):
    """Label above, editor, and below it in this order: what is wrong, what others wrote, the hint."""

    changed = Signal(str)
    left = Signal(str)

    def __init__(self, row: Row, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.row = row
        self._problem_error: InvalidInput | None = None
        self.editor = row.editor()
        self._label_msgid = "" if self.editor.says_label else label
        self.editor.field = row.name
        self.label = QLabel(self)
        self.label.setProperty("look", "muted")
        self.label.setBuddy(self.editor.control)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._lines.addWidget(self.label)
        self._lines.addWidget(self.editor)
        self._lines.addStretch(1)
        self._problem: QLabel | None = None
        self._hint: QLabel | None = None
        self._beside: list[QFrame] = []
        self.editor.edited.connect(lambda: self.changed.emit(row.name))
        self.editor.left.connect(lambda: self.left.emit(row.name))
        self.say_again()

    def say_again(self) -> None:
        """Say label, help and sentences in the language of the moment."""
        label = tr(self._label_msgid)
        self.label.setText(label)
        if label:
            self.editor.name_parts(label)
        self.say_hint()
        self.say_problem(self._problem_error)

    def say_hint(self) -> None:
        """Show what the editor says of its value, else the row's help."""
        help_ = tr(self.row.help) if self.row.help and self.editor.isEnabled() else ""
        words = self.editor.hint() or help_
        if self._hint is None and words:
            self._hint = self._line("muted", place=self._lines.count() - 1)
        if self._hint is not None:
            self._hint.setText(words)
            self._hint.setVisible(bool(words))

    def say_problem(self, problem: InvalidInput | None) -> None:
        """Show what is wrong with the value, or that nothing is."""
        self._problem_error = problem
        words = "" if problem is None else " ".join([_sentence(problem), *error_words(problem)[1]])
        if self._problem is None and words:
            self._problem = self._line("overdue", place=2)
        if self._problem is not None:
            self._problem.setText(words)
            self._problem.setVisible(bool(words))
        self.editor.control.setAccessibleDescription(words)

    @property
    def problem(self) -> str:
        """The sentence that stands beside the editor; empty for none."""
        return "" if self._problem is None or self._problem_error is None else self._problem.text()

    def say_beside(self, values: list[Beside]) -> None:
        """Show what others wrote, with its buttons."""
        for frame in self._beside:
            frame.hide()
            frame.deleteLater()
        self._beside = [self._frame(value) for value in values]
        place = 2 if self._problem is None else 3
        for number, frame in enumerate(self._beside):
            self._lines.insertWidget(place + number, frame)

    @property
    def beside(self) -> list[QFrame]:
        """The frames with what others wrote."""
        return self._beside

    def _line(self, look: str, place: int) -> QLabel:
        label = QLabel()
        label.setProperty("look", look)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._lines.insertWidget(place, label)
        return label

    def _frame(self, value: Beside) -> QFrame:
        frame = QFrame()
        frame.setProperty("look", "banner")
        words = QLabel(value.words)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setProperty("look", "note")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(words)
        buttons = QHBoxLayout()
        for msgid, act in value.actions:
            button = QPushButton(tr(msgid))
            button.setAccessibleName(f"{tr(msgid)}: {value.words}")
            button.clicked.connect(act)
            buttons.addWidget(button)
        buttons.addStretch(1)
        if value.actions:
            layout.addLayout(buttons)
        return frame


def _sentence(problem: InvalidInput) -> str:
    return error_words(problem)[0]
