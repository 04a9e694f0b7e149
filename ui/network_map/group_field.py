"""The field in which a household is called something; it may have no name."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from ui.network_map.overlay import paint_card
from ui.network_map.spot_field import NameField
from ui.words import bind_call, tr

_WIDTH = 272


class GroupField(QFrame):
    """``named`` carries (household, name); ``closed`` comes when it is left."""

    named = Signal(object, str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = NameField(self)
        self._group: Id | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.line)
        self.setFixedWidth(_WIDTH)
        self.line.returnPressed.connect(self._entered)
        self.line.escaped.connect(self.leave)
        bind_call(self, self._say)
        self.hide()

    def _say(self) -> None:
        self.line.setPlaceholderText(tr("Name of the home, such as: At Mum's"))
        self.line.setAccessibleName(tr("Name of the household"))

    def ask(self, group: Id, at: QPoint, room: QRect) -> None:
        """Ask for a household's name near a point of the parent."""
        self._group = group
        self.line.clear()
        self.adjustSize()
        left = min(max(at.x() - _WIDTH // 2, room.left() + 4), room.right() - _WIDTH - 4)
        self.move(left, max(at.y() - 110, room.top() + 4))
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        label = self.line.text().strip()
        if label and self._group is not None:
            self.named.emit(self._group, label)
        self.leave()

    def leave(self) -> None:
        """Close; the household keeps the name it has."""
        if self.isVisible():
            self._group = None
            self.hide()
            self.closed.emit()

    def paintEvent(self, event: object) -> None:
        paint_card(self)
