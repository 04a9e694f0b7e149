"""The field in which somebody's name is put right, and who she is to the child is written, where there are no cards."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_view import SeenPerson
from ui.network_map.overlay import paint_card, tall
from ui.network_map.spot_field import NameField
from ui.words import bind, bind_call, tr

_WIDTH = 300


class RenameField(QFrame):
    """``written`` carries (person, name, role word); ``closed`` comes when it is left."""

    written = Signal(object, str, str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.role, self.done = NameField(self), NameField(self), QPushButton(self)
        self.person: Id | None = None
        tall(self.done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        for part in (self.name, self.role, self.done):
            layout.addWidget(part)
        self.setFixedWidth(_WIDTH)
        bind(self.done.setText, "Done")
        self.done.setAutoDefault(False)
        self.done.clicked.connect(self._write)
        for line in (self.name, self.role):
            line.returnPressed.connect(self._write)
            line.escaped.connect(self.leave)
        bind_call(self, self._say)
        self.hide()

    def _say(self) -> None:
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name"))
        self.role.setPlaceholderText(tr("Who it is to the child"))
        self.role.setAccessibleName(tr("Who it is to the child"))

    def ask(self, one: SeenPerson, at: QPoint, room: QRect) -> None:
        """Ask for somebody's name and what she is to the child, near a point of the parent."""
        self.person = one.id
        self.name.setText(one.called)
        self.role.setText(one.role_word)
        self.adjustSize()
        left = min(max(at.x() - _WIDTH // 2, room.left() + 4), room.right() - _WIDTH - 4)
        top = min(max(at.y() + 32, room.top() + 4), room.bottom() - self.sizeHint().height() - 4)
        self.move(left, top)
        self.show()
        self.raise_()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def know_as(self, stand_in: Id, real: Id) -> None:
        """Call somebody new by her own identity."""
        if self.person == stand_in:
            self.person = real

    def _write(self) -> None:
        person, name = self.person, self.name.text().strip()
        if person is not None and name:
            self.written.emit(person, name, self.role.text().strip())
        self.leave()

    def leave(self) -> None:
        """Close; what is not written is let be."""
        if self.isVisible():
            self.person = None
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it from the button too."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        paint_card(self)
