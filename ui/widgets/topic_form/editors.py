"""Editors of the kinds of topic: a text that grows, tags or one of several of the form's own options, a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QWidget

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.form_spec import Option
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.pasted import from_html, from_plain
from caseworker_app.services.answers import ANSWER_LENGTH
from ui.widgets.check import Check
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.fitted import FittedEditor, FittedText
from ui.widgets.fields.text import fill
from ui.widgets.flow import FlowLayout
from ui.words import bind, tr

FEWEST_LINES, MOST_LINES = 3, 24
"""A text is at least so tall that it is easily hit, and scrolls within itself when it has grown so tall."""
_ABOVE_AND_BELOW = 12


class PageText(FittedText):
    """A text as tall as what stands in it; Enter is a new line, Tab goes on, pasted pages become light text."""

    def __init__(self, fewest: int = FEWEST_LINES) -> None:
        super().__init__(fewest, MOST_LINES, _ABOVE_AND_BELOW)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste what is read of a page, or plain text."""
        plain = source.text()
        text = plain
        if len(plain) <= ANSWER_LENGTH:
            try:
                text = from_html(source.html()) if source.hasHtml() else from_plain(plain)
            except ValueError:
                text = from_plain(plain)  # too long to be taken apart
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


class PageEditor(FittedEditor[PageText]):
    """The field editor over a growing text."""

    def __init__(self, fewest: int = FEWEST_LINES) -> None:
        super().__init__(PageText(fewest))

    def value(self) -> str:
        """Return the text as typed. Raises :class:`InvalidInput` for more than an answer holds."""
        text = self.text.toPlainText()
        if len(text) > ANSWER_LENGTH:
            raise InvalidInput(self.field, "That is longer than {most} characters.", most=ANSWER_LENGTH)
        return text

    def words(self, value: Any) -> str:
        return str(value) or tr("nothing")


class OptionsEditor(FieldEditor):
    """Any number of a form's options: a box each. What another version offered stays as it was."""

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = {one.id: one.label for one in options}
        self._others: tuple[str, ...] = ()
        self.boxes: dict[str, Check] = {}
        flow = FlowLayout(self, 16)
        for one in options:
            box = Check()
            box.setText(one.label.replace("&", "&&"))
            box.clicked.connect(self.edited)
            flow.addWidget(box)
            self.boxes[one.id] = box
        self.parts(*self.boxes.values())

    def show_value(self, value: Any) -> None:
        self._others = tuple(one for one in value if one not in self.boxes)
        for each, box in self.boxes.items():
            box.setChecked(each in value)

    def value(self) -> tuple[str, ...]:
        """Return what is ticked, in the form's order."""
        return (*(each for each, box in self.boxes.items() if box.isChecked()), *self._others)

    def typed(self) -> Plain:
        return list(self.value())

    def show_typed(self, typed: Plain) -> None:
        self.show_value(tuple(typed))

    def words(self, value: Any) -> str:
        return ", ".join(self._options.get(one, one) for one in value) or tr("nothing")

    def name_parts(self, label: str) -> None:
        for each, box in self.boxes.items():
            box.setAccessibleName(f"{label}: {self._options[each]}")


class OneOfEditor(FieldEditor):
    """One of a form's options, or not said."""

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = {one.id: one.label for one in options}
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        flow = FlowLayout(self, 16)
        for value, words in {"": "", **self._options}.items():
            button = QRadioButton()
            button.setMinimumHeight(32)
            if value:
                button.setText(words.replace("&", "&&"))
            else:
                bind(button.setText, "Not said")
            button.clicked.connect(self.edited)
            flow.addWidget(button)
            self.group.addButton(button)
            self.buttons[value] = button
        self.buttons[""].setChecked(True)
        self.parts(*self.buttons.values())

    def show_value(self, value: Any) -> None:
        self.buttons.get(str(value), self.buttons[""]).setChecked(True)

    def value(self) -> str:
        """Return the id of what is chosen; empty when nothing is."""
        return next((each for each, button in self.buttons.items() if button.isChecked()), "")

    def typed(self) -> Plain:
        return self.value()

    def show_typed(self, typed: Plain) -> None:
        self.show_value(typed)

    def words(self, value: Any) -> str:
        return self._options.get(str(value), str(value)) or tr("nothing")

    def name_parts(self, label: str) -> None:
        for each, button in self.buttons.items():
            button.setAccessibleName(f"{label}: {self._options[each] if each else tr('Not said')}")


class NumberEditor(FieldEditor):
    """A whole number, or nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setMaximumWidth(120)
        fill(self, self.line, QWidget(), stretch=(0, 1))
        self.parts(self.line)
        self.line.textEdited.connect(self.edited)

    def show_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))

    def value(self) -> int | None:
        """Return the number. Raises :class:`InvalidInput` for anything else."""
        typed = self.line.text().strip()
        if not typed:
            return None
        try:
            number = int(typed)
        except ValueError:
            number = -1
        if not typed.isascii() or not 0 <= number <= 9999:
            raise InvalidInput(self.field, "It must be a whole number from 0 to 9999.")
        return number

    def typed(self) -> Plain:
        return self.line.text()

    def show_typed(self, typed: Plain) -> None:
        self.line.setText(str(typed))
