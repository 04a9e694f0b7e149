"""The strip of six kinds at a line, each with its form, its words and its letter; and whose statement the line is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.map_view import SeenRelation
from caseworker_app.domain.map_words import FLOW_LABELS, QUALITY_LABELS, SAID_BY_LABELS, Wording
from caseworker_app.domain.network_map import Flow, Quality, Voice
from ui import theme
from ui.network_map.overlay import paint_card, tall
from ui.network_map.signs import quality_picture
from ui.widgets.combo import Combo
from ui.words import bind, bind_call, tr

LETTERS = {
    Quality.STRONG: "S",
    Quality.ORDINARY: "A",
    Quality.WEAK: "V",
    Quality.STRAINED: "K",
    Quality.BROKEN: "B",
    Quality.UNSETTLED: "I",
}
"""The letter of each kind: stærk, almindelig, svag, konflikt, brudt, ikke afklaret. 1-6 do the same."""
WIDTH = 352
_AIR = 28
_ROW = 42


class _KindButton(QPushButton):
    """One kind: its form at the left, its words, and its letter at the right."""

    def __init__(self, quality: Quality, parent: QWidget) -> None:
        super().__init__(parent)
        self.quality = quality
        self.setCheckable(True)
        self.setIconSize(QSize(64, 24))
        self.setProperty("look", "quiet")
        tall(self, _ROW, "text-align: left; padding: 2px 34px 2px 8px;")
        self.setStyleSheet(self.styleSheet() + "QAbstractButton:checked { padding: 2px 34px 2px 8px; }")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), theme.RADIUS, theme.RADIUS)
        cap = QRect(self.width() - 32, (self.height() - 22) // 2, 24, 22)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.ground))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, LETTERS[self.quality])
        painter.end()


class LinePanel(QFrame):
    """``chosen`` carries a kind, ``said`` a voice, ``flowed`` who supports whom (or ``None``), ``removed`` nothing."""

    chosen = Signal(object)
    said = Signal(object)
    flowed = Signal(object)
    removed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, *, statements: bool = True) -> None:
        super().__init__(parent)
        self.ends = QLabel(self)
        self.ends.setProperty("look", "subheading")
        self.ends.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = {quality: _KindButton(quality, self) for quality in Quality}
        self.voice, self.flow = Combo(), Combo()
        self.remove = QPushButton(self)
        self._wording = Wording.CHILD
        self._names = ("", "")
        self._voices, self._flows = tuple(Voice), (None, *Flow)
        self._lay_out(statements)
        self._connect()
        bind_call(self, self._say)
        self.setFixedWidth(WIDTH)
        self.hide()

    def _lay_out(self, statements: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(2)
        layout.addWidget(self.ends)
        for button in self.buttons.values():
            layout.addWidget(button)
        more = QHBoxLayout()
        more.setSpacing(8)
        for combo in (self.voice, self.flow):
            combo.setParent(self)
            combo.setVisible(statements)
            more.addWidget(combo, 1)
        layout.addSpacing(4)
        layout.addLayout(more)
        layout.addSpacing(4)
        layout.addWidget(self.remove)
        tall(self.remove)

    def _connect(self) -> None:
        for quality, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, quality=quality: self.chosen.emit(quality))
        self.voice.activated.connect(lambda row: self.said.emit(self._voices[row]))
        self.flow.activated.connect(lambda row: self.flowed.emit(self._flows[row]))
        self.remove.clicked.connect(self.removed)
        bind(self.remove.setText, "Remove the line")
        bind(self.voice.setAccessibleName, "Whose statement")
        bind(self.flow.setAccessibleName, "Who supports whom")

    def _say(self) -> None:
        self.setAccessibleName(tr("Kind of line"))
        for quality, button in self.buttons.items():
            words = tr(QUALITY_LABELS[self._wording][quality])
            button.setText(words)
            button.setAccessibleName(f"{words} ({LETTERS[quality]})")
            button.setIcon(QIcon(quality_picture(quality)))
        one, other = self._names
        self.ends.setText(
            self.fontMetrics().elidedText(f"{one} – {other}", Qt.TextElideMode.ElideMiddle, WIDTH - 24)
        )
        self._fill(self.voice, [tr(SAID_BY_LABELS[voice]) for voice in self._voices])
        arrows = {
            Flow.TO_A: tr("{one} gives {other} support", one=other, other=one),
            Flow.TO_B: tr("{one} gives {other} support", one=one, other=other),
            Flow.BOTH: tr(FLOW_LABELS[Flow.BOTH]),
        }
        self._fill(self.flow, [tr("No arrow"), *(arrows[flow] for flow in Flow)])

    def _fill(self, combo: Combo, words: list[str]) -> None:
        row = max(0, combo.currentIndex())
        combo.clear()
        combo.addItems(words)
        combo.setCurrentIndex(row)

    def show_line(self, line: SeenRelation, names: tuple[str, str], wording: Wording) -> None:
        """Show what a line is now."""
        self._wording, self._names = wording, names
        self._say()
        for quality, button in self.buttons.items():
            button.setChecked(quality is line.quality)
        self.voice.setCurrentIndex(self._voices.index(line.said_by))
        self.flow.setCurrentIndex(self._flows.index(line.flow))

    def ask_beside(self, line: QRect, room: QRect) -> None:
        """Open beside a line that takes up ``line``, within ``room`` of the parent, with the keyboard in it."""
        self.adjustSize()
        size, middle = self.sizeHint(), line.center()
        left = line.right() + _AIR
        if left + WIDTH > room.right():
            left = line.left() - _AIR - WIDTH
        if left < room.left():
            left = room.right() - WIDTH - 4 if middle.x() < room.center().x() else room.left() + 4
        top = min(max(middle.y() - size.height() // 2, room.top() + 4), room.bottom() - size.height() - 4)
        self.move(left, max(top, room.top() + 4))
        self.show()
        self.raise_()
        checked = next((b for b in self.buttons.values() if b.isChecked()), self.buttons[Quality.ORDINARY])
        checked.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close; the line stays as it is."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter or number chooses a kind, arrows go up and down, Enter takes the one gone to, Esc closes."""
        typed = event.text().upper()
        by_letter = {letter: quality for quality, letter in LETTERS.items()}
        here = self.focusWidget()
        by_letter |= {str(n): quality for n, quality in enumerate(Quality, start=1)}
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif typed in by_letter:
            self.chosen.emit(by_letter[typed])
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(here, QAbstractButton):
            here.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        paint_card(self)
