"""How strong a passphrase is: a bar of four parts, a word, and advice."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.services.opening import Strength
from ui import theme
from ui.words import bind_call, tr

PARTS = 4


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.score = 0
        self.enough = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 4.0
        wide = (self.width() - gap * (PARTS - 1)) / PARTS
        for part in range(PARTS):
            filled = part < self.score
            colour = (t.done if self.enough else t.soon) if filled else t.line
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(part * (wide + gap), 0, wide, self.height()), 3, 3)
        painter.end()


class StrengthBar(QWidget):
    """Shows what :meth:`show_strength` is given; empty before the first key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strength: Strength | None = None
        self._bar = _Bar()
        self.word = QLabel()
        self.word.setMinimumWidth(96)
        self.advice = QLabel()
        self.advice.setWordWrap(True)
        self.advice.setProperty("look", "muted")
        self.advice.setMinimumHeight(self.advice.fontMetrics().lineSpacing() * 2)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignTop)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self._bar, 1)
        across.addWidget(self.word)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(across)
        layout.addWidget(self.advice)
        bind_call(self, self._say)

    def show_strength(self, strength: Strength | None) -> None:
        """Show a judgement; ``None`` for nothing typed."""
        self._strength = strength
        self._say()

    def _say(self) -> None:
        judged = self._strength
        self._bar.score = 0 if judged is None else judged.score
        self._bar.enough = judged is not None and judged.enough
        self._bar.update()
        self.word.setText("" if judged is None else tr(judged.word))
        if judged is None:
            self.advice.setText(
                tr("Several words that do not belong together are strong and easy to remember.")
            )
        else:
            self.advice.setText(tr(judged.advice[0]) if judged.advice else "")
        self.setAccessibleName(tr("Strength of the passphrase"))
        self.setAccessibleDescription(" ".join((self.word.text(), self.advice.text())).strip())
