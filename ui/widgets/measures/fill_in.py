"""Filling in together with the citizen: one question at a time on the whole screen, nothing else of the case in sight.

Each answer stands in the form under it at once, which keeps its draft; the worker goes on there when the citizen is done.
"""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.instruments import Instrument, Scale, to_lines
from caseworker_app.domain.typed_numbers import figure_words
from ui import theme
from ui.words import bind, tr

if TYPE_CHECKING:
    from ui.dialogs.record_dialog import RecordDialog

_ACROSS = 11
"""So many answers stand side by side."""
_TOGETHER_S = 0.8
"""A 1 and a 0 within so many seconds are a 10."""
_QUESTION, _FIGURE, _WORD = 26 / 11, 22 / 11, 13 / 11
"""How much larger than the body the question, the figures and their words are."""


class FillIn(QDialog):
    """Opened by :meth:`over` a form. ``index`` is the question that is shown; after the last one there are thanks."""

    def __init__(self, form: RecordDialog, instrument: Instrument, asked: str) -> None:
        super().__init__(form)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Measurement")
        self._form, self._asked = form, asked
        self.scales = instrument.scales
        self.answers: dict[str, int] = {}
        self.index = 0
        self._typed = (-1, 0.0)
        self.buttons: list[QPushButton] = []
        self.question, self.step = QLabel(), QLabel()
        self.before, self.after, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self._room = QWidget(self)
        self._dress()
        self._lay_out()
        self._show()

    @classmethod
    def over(cls, form: RecordDialog, instrument: Instrument, asked: str) -> FillIn:
        """Show it over a form that stands there; return it."""
        made = cls(form, instrument, asked)
        made.setWindowState(Qt.WindowState.WindowFullScreen)
        made.finished.connect(made.give_back)
        made.open()
        made.showFullScreen()
        return made

    def give_back(self) -> None:
        """Give the keyboard to the form: what was said is written next."""
        self._form.activateWindow()
        self._form.form.rows["own_words"].editor.setFocus()

    def _dress(self) -> None:
        """Make it large: it is read from the other side of the table."""
        t, points = theme.tokens(), QApplication.font().pointSizeF()
        self.setStyleSheet(
            f'QLabel[look="question"] {{ font-size: {round(points * _QUESTION, 1)}pt; }}'
            f'QLabel[look="word"] {{ font-size: {round(points * _WORD, 1)}pt; color: {t.muted}; }}'
            f'QPushButton[look="answer"] {{ font-size: {round(points * _FIGURE, 1)}pt; padding: 0;'
            f" min-height: 80px; max-height: 80px; }}"
            f'QPushButton[look="answer"]:checked {{ background: {t.accent}; color: {t.on_accent}; font-weight: 600; }}'
        )

    def _lay_out(self) -> None:
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.question.setProperty("look", "question")
        self.step.setProperty("look", "muted")
        self.step.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bind(self.before.setText, "Back")
        bind(self.close_button.setText, "Finish (Esc)")
        self.after.setProperty("look", "primary")
        for button, act in (
            (self.before, partial(self.go, -1)),
            (self.after, partial(self.go, 1)),
            (self.close_button, self.close),
        ):
            button.setAutoDefault(False)
            button.setMinimumHeight(theme.TARGET + 12)
            button.setMinimumWidth(140)
            button.clicked.connect(lambda _on=False, act=act: act())
        self.close_button.setProperty("look", "quiet")
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.close_button)
        foot.addStretch(1)
        foot.addWidget(self.before)
        foot.addWidget(self.after)
        middle = QVBoxLayout(self)
        middle.setContentsMargins(64, 40, 64, 32)
        middle.setSpacing(24)
        middle.addWidget(self.step)
        middle.addStretch(2)
        middle.addWidget(self.question)
        middle.addWidget(self._room)
        middle.addStretch(3)
        middle.addLayout(foot)

    @property
    def scale(self) -> Scale | None:
        """The question that is shown, ``None`` at the end."""
        return self.scales[self.index] if self.index < len(self.scales) else None

    def _show(self) -> None:
        """Show the question with its answers, or thanks."""
        self._clear()
        scale = self.scale
        self.before.setVisible(self.index > 0)
        if scale is None:
            self.step.setText("")
            self.question.setText(tr("Thank you. That was all."))
            self.after.setText(tr("Go on"))
            self.after.setFocus()
            return
        many = len(self.scales) > 1
        self.step.setText(tr("{n} of {all}", n=self.index + 1, all=len(self.scales)) if many else "")
        self.question.setText((self._asked if self.index == 0 else "") or scale.question or scale.name)
        self.after.setText(tr("Next"))
        self._place(scale)
        given = self.answers.get(scale.id)
        at = 0 if given is None else (given - scale.lowest) // scale.step
        self.buttons[at].setFocus()

    def _place(self, scale: Scale) -> None:
        grid = QGridLayout()
        grid.setSpacing(12)
        count = (scale.highest - scale.lowest) // scale.step + 1
        worded = any(scale.words)
        across = min(count, _ACROSS)
        for number in range(count):
            value = scale.lowest + number * scale.step
            button = QPushButton(figure_words(value), self._room)
            button.setProperty("look", "answer")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setChecked(self.answers.get(scale.id) == value)
            button.setFixedSize(150 if worded else 92, 84)
            word = scale.words[number] if number < len(scale.words) else ""
            button.setAccessibleName(f"{figure_words(value)} {word}".strip())
            button.clicked.connect(lambda _on=False, value=value: self.answer(value))
            self.buttons.append(button)
            row = 2 * (number // across)
            grid.addWidget(button, row, number % across)
            if word:
                label = QLabel(word, self._room)
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
                label.setProperty("look", "word")
                label.setFixedWidth(150)
                grid.addWidget(label, row + 1, number % across)
        holder = QHBoxLayout(self._room)
        holder.addStretch(1)
        holder.addLayout(grid)
        holder.addStretch(1)

    def _clear(self) -> None:
        """Put a fresh room where the answers were."""
        fresh, layout = QWidget(self), self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.replaceWidget(self._room, fresh)
        self._room.hide()
        self._room.deleteLater()
        self._room, self.buttons = fresh, []
        fresh.show()

    # answering

    def answer(self, value: int) -> None:
        """Take an answer; it stands in the form at once. A second press on the same one takes it away."""
        scale = self.scale
        if scale is None:
            return
        if self.answers.get(scale.id) == value:
            del self.answers[scale.id]
        else:
            self.answers[scale.id] = value
        for number, button in enumerate(self.buttons):
            button.setChecked(self.answers.get(scale.id) == scale.lowest + number * scale.step)
        self._form.form.set_value("scores", to_lines(self.answers))
        if self._asked:
            self._form.form.set_value("asked", self._asked)
        self._form.form.set_value("together", True)

    def go(self, by: int) -> None:
        """Go to the next or the former question; after the thanks the form is there."""
        at = self.index + by
        if at > len(self.scales):
            self.close()
        elif at >= 0:
            self.index = at
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, 1 and 0 together 10; Enter goes on."""
        typed, scale = event.text(), self.scale
        if typed.isdigit() and scale is not None:
            before, moment = self._typed
            both = before == 1 and typed == "0" and monotonic() - moment < _TOGETHER_S
            number = 10 if both else int(typed)
            self._typed = (number, monotonic())
            value = number * 100
            if scale.lowest <= value <= scale.highest and self.answers.get(scale.id) != value:
                self.answer(value)
                self.buttons[(value - scale.lowest) // scale.step].setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(1)
        else:
            super().keyPressEvent(event)
