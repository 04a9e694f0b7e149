"""The left rail: the few places of the window, an icon and a word each, and the lock at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui import icons, theme
from ui.words import bind, bind_call, tr

WIDTH = 144
"""Least width in px."""
_AROUND = 64
"""Px a button needs beside its word: padding and icon."""
_MARK = 4
"""Width in px of the bar that marks where one is: not by colour alone."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the rail: the page it leads to, its word (a msgid), icon and shortcut."""

    page: str
    word: str
    icon: str
    shortcut: str


class _RailButton(QToolButton):
    """A button of the rail; a bar at its edge and heavier letters say that one is here."""

    def __init__(self, word: str, icon: str, *, switch: bool = False) -> None:
        super().__init__()
        self.setCheckable(switch)
        self.setProperty("look", "quiet")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(40)
        icons.dress(self, icon)
        bind(self.setText, word)
        bind(self.setAccessibleName, word)
        self.toggled.connect(self._weigh)

    def _weigh(self, here: bool) -> None:
        font = self.font()
        font.setBold(here)
        self.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._weigh(self.isChecked())  # another theme has taken the weight away

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.fillRect(0, 6, _MARK, self.height() - 12, theme.tokens().accent)
            painter.end()


class Rail(QFrame):
    """The rail. ``chosen`` carries the name of the page that was asked for."""

    chosen = Signal(str)

    def __init__(self, stops: Sequence[Stop], lock: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "rail")
        bind(self.setAccessibleName, "Places")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, _RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(4)
        for stop in stops:
            layout.addWidget(self._button(stop))
        layout.addStretch(1)
        layout.addWidget(self._lock(lock))
        bind_call(self, self._fit)

    def _button(self, stop: Stop) -> _RailButton:
        button = _RailButton(stop.word, stop.icon, switch=True)
        button.clicked.connect(lambda: self.chosen.emit(stop.page))
        keys = QKeySequence(stop.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        bind_call(button, lambda: button.setToolTip(f"{tr(stop.word)} ({keys})"))
        self._group.addButton(button)
        self._buttons[stop.page] = button
        return button

    def _lock(self, lock: QAction) -> _RailButton:
        button = _RailButton("Lock", "lock")
        button.clicked.connect(lock.trigger)
        keys = lock.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        bind_call(button, lambda: button.setToolTip(f"{tr('Lock')} ({keys})"))
        self.lock_button = button
        return button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        """Be as wide as the longest word in heavy letters, in whatever size and language."""
        font = self.font()
        font.setBold(True)
        words = [button.text() for button in self.findChildren(_RailButton)]
        longest = max((QFontMetrics(font).horizontalAdvance(word) for word in words), default=0)
        self.setFixedWidth(max(WIDTH, longest + _AROUND))

    def mark(self, page: str) -> None:
        """Show where one is; a page that is no stop of its own leaves the mark where it was."""
        button = self._buttons.get(page)
        if button is not None:
            button.setChecked(True)

    def button(self, page: str) -> QToolButton:
        """Return the button that leads to a page. Raises ``KeyError`` when it is no stop."""
        return self._buttons[page]
