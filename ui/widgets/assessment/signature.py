"""A signature drawn with pen, finger or mouse, as strokes; shown again as it was drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTabletEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from caseworker_app.domain.consent import GRAIN, Signature, Stroke, signature_of, strokes_of
from caseworker_app.domain.kinds import Plain
from ui import theme
from ui.widgets.fields.base import FieldEditor
from ui.words import bind, tr

WIDE, HIGH = 480, 150
"""The pad's size, px; points are thousandths of its width both ways."""


def _nothing() -> None:
    """Nobody listens."""


class Pad(QFrame):
    """The ground to sign on. ``changed`` is called after each stroke."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes: list[list[tuple[int, int]]] = []
        self.writable = True
        self._drawing = False
        self.setProperty("look", "card")
        self.setFixedSize(WIDE, HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.changed: Callable[[], object] = _nothing

    def sizeHint(self) -> QSize:
        return QSize(WIDE, HIGH)

    def show_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """Show what was drawn."""
        self.strokes = [list(stroke) for stroke in strokes]
        self.update()

    # drawing

    def _at(self, place: QPointF) -> tuple[int, int]:
        x = min(max(place.x(), 0.0), float(WIDE))
        y = min(max(place.y(), 0.0), float(HIGH))
        return round(x * GRAIN / WIDE), round(y * GRAIN / WIDE)

    def _begin(self, place: QPointF) -> None:
        self._drawing = True
        self.strokes.append([self._at(place)])
        self.update()

    def _go(self, place: QPointF) -> None:
        point = self._at(place)
        if self._drawing and self.strokes[-1][-1] != point:
            self.strokes[-1].append(point)
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.writable and event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen draws like the mouse."""
        if not self.writable:
            event.ignore()
            return
        match event.type():
            case QEvent.Type.TabletPress:
                self._begin(event.position())
            case QEvent.Type.TabletMove:
                self._go(event.position())
            case QEvent.Type.TabletRelease:
                self._end()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), 1, Qt.PenStyle.DashLine))
        painter.drawLine(24, HIGH - 36, WIDE - 24, HIGH - 36)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        pen = QPen(QColor(tokens.text), 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        scale = WIDE / GRAIN
        for stroke in self.strokes:
            points = [QPointF(x * scale, y * scale) for x, y in stroke]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
        painter.end()


class SignatureEditor(FieldEditor):
    """The pad, and the button that wipes it."""

    def __init__(self) -> None:
        super().__init__()
        self.pad, self.wipe = Pad(self), QPushButton(self)
        self.wipe.setAutoDefault(False)
        bind(self.wipe.setText, "Wipe")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.pad)
        layout.addWidget(self.wipe, 0, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(1)
        self.parts(self.pad, self.wipe)
        self.pad.changed = self.edited.emit
        self.wipe.clicked.connect(self._wipe)

    def _wipe(self) -> None:
        self.pad.show_strokes(())
        self.edited.emit()

    def show_value(self, value: Any) -> None:
        if value != self.value():
            self.pad.show_strokes(strokes_of(value))

    def value(self) -> Signature | None:
        return signature_of(self.pad.strokes)

    def typed(self) -> Plain:
        drawn = self.value()
        return None if drawn is None else drawn.strokes

    def show_typed(self, typed: Plain) -> None:
        self.pad.show_strokes(() if typed is None else strokes_of(Signature(str(typed))))

    def hint(self) -> str:
        return tr("Sign with the pen, a finger or the mouse. It is kept as lines, not as a picture.")

    def words(self, value: Any) -> str:
        return tr("nothing") if value is None else tr("a signature")

    def name_parts(self, label: str) -> None:
        self.pad.setAccessibleName(label)
        self.wipe.setAccessibleName(tr("Wipe {label}", label=label))


def shown(signature: Signature, parent: QWidget) -> QWidget:
    """Return a signature to look at."""
    pad = Pad(parent)
    pad.writable = False
    pad.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    pad.setCursor(Qt.CursorShape.ArrowCursor)
    pad.setAccessibleName(tr("a signature"))
    pad.show_strokes(strokes_of(signature))
    return pad
