"""A number with its unit: typed, stepped by the arrow keys, or by the buttons beside it."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ui.words import bind


class _Number(QLineEdit):
    """A line for a number; the arrow keys step it."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.stepped.emit(1)
            case Qt.Key.Key_Down:
                self.stepped.emit(-1)
            case _:
                super().keyPressEvent(event)


class Stepper(QWidget):
    """``changed`` carries the number once it is whole: a half-typed one, or one out of bounds, says nothing."""

    changed = Signal(int)

    def __init__(self, low: int, high: int, unit: str) -> None:
        """``unit`` is a msgid that stands after the number."""
        super().__init__()
        self._low, self._high, self._value = low, high, low
        self.number = _Number()
        self.number.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setMaxLength(len(str(high)))
        self.number.setFixedWidth(72)
        self.fewer, self.more = QPushButton("−"), QPushButton("+")
        self._unit = QLabel()
        bind(self._unit.setText, unit)
        bind(self.number.setAccessibleDescription, unit)
        bind(self.fewer.setAccessibleName, "Less")
        bind(self.more.setAccessibleName, "More")
        self.fewer.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.fewer, self.number, self.more):
            layout.addWidget(part)
        layout.addSpacing(4)
        layout.addWidget(self._unit, 1)
        self.setFocusProxy(self.number)
        self.setTabOrder(self.number, self.fewer)
        self.setTabOrder(self.fewer, self.more)
        self.number.stepped.connect(self._step)
        self.number.editingFinished.connect(self._typed)

    def value(self) -> int:
        """Return the number that counts."""
        return self._value

    def show_value(self, value: int) -> None:
        """Show a number without ``changed``."""
        self._value = value
        self.number.setText(str(value))
        self.fewer.setEnabled(value > self._low)
        self.more.setEnabled(value < self._high)

    def _step(self, by: int) -> None:
        self._take(self._value + by)

    def _typed(self) -> None:
        text = self.number.text()
        self._take(int(text) if text else self._value)

    def _take(self, value: int) -> None:
        """Take a number, moved within its bounds."""
        within = min(self._high, max(self._low, value))
        new = within != self._value
        self.show_value(within)
        if new:
            self.changed.emit(within)
