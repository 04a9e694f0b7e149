"""The field a name is typed in, at the spot it is for. It stays open for the next name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.map_words import KIND_LABELS
from caseworker_app.domain.network_map import MapPersonKind
from ui.network_map.overlay import paint_card, tall
from ui.network_map.signs import ICON, kind_icon
from ui.network_map.source import Offer
from ui.words import bind, bind_call, tr

WIDTH = 288
_LONGEST = 100
SHORT_KIND_LABELS = {
    MapPersonKind.PERSON: "Person",
    MapPersonKind.PET: "Animal",
    MapPersonKind.PLACE: "Place",
    MapPersonKind.UNKNOWN: "Unknown",
}


class NameField(QLineEdit):
    """A line for a name that offers names, and says when it is left by Esc."""

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(_LONGEST)
        tall(self)
        self._offers: dict[str, Offer] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer names while one is typed."""
        self._offers = {offer.name: offer for offer in offers}
        self._names.setStringList(sorted(self._offers, key=sort_key))

    @property
    def offered(self) -> Offer | None:
        """The offer whose name stands there."""
        return self._offers.get(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)


class KindButtons(QWidget):
    """Person, animal, place or unknown; each with its shape and word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[MapPersonKind, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for kind in MapPersonKind:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(ICON)
            tall(button, 56, "padding: 2px; font-size: 9.5pt; min-width: 50px;")
            button.setStyleSheet(button.styleSheet() + "QAbstractButton:checked { padding: 1px; }")
            bind(button.setText, SHORT_KIND_LABELS[kind])
            bind(button.setAccessibleName, KIND_LABELS[kind])
            bind(button.setToolTip, KIND_LABELS[kind])
            self._group.addButton(button)
            self._buttons[kind] = button
            layout.addWidget(button, 1)
        self.kind = MapPersonKind.PERSON
        bind_call(self, self.dress)

    def dress(self) -> None:
        """Draw the shapes in the look of the moment."""
        for kind, button in self._buttons.items():
            button.setIcon(kind_icon(kind))

    @property
    def kind(self) -> MapPersonKind:
        """The kind that is chosen."""
        return next(kind for kind, button in self._buttons.items() if button.isChecked())

    @kind.setter
    def kind(self, kind: MapPersonKind) -> None:
        self._buttons[kind].setChecked(True)


class SpotField(QFrame):
    """The field and the kinds. ``named`` carries (name, kind, offer or ``None``); ``closed`` comes when it is left."""

    named = Signal(str, object, object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.line, self.kinds = NameField(self), KindButtons(self)
        self.used = False
        """Whether a name was given since it opened."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self.kinds)
        self.setFixedWidth(WIDTH)
        bind_call(self, self._say)
        self.line.returnPressed.connect(self._entered)
        self.line.escaped.connect(self.leave)
        self.hide()

    def _say(self) -> None:
        self.line.setPlaceholderText(tr("Name, then Enter"))
        self.line.setAccessibleName(tr("Name of who is put here"))

    def ask_at(self, at: QPoint, room: QRect, offers: Sequence[Offer]) -> None:
        """Open beside a point of the parent, within ``room``."""
        self.adjustSize()
        size = self.sizeHint()
        left = at.x() + 28 if at.x() + 28 + WIDTH < room.right() else at.x() - 28 - WIDTH
        top = min(max(at.y() - 30, room.top() + 4), room.bottom() - size.height() - 4)
        self.move(max(left, room.left() + 4), top)
        self.line.offer(offers)
        if not self.isVisible():
            self.line.clear()
            self.kinds.kind = MapPersonKind.PERSON
            self.used = False
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        name, kind, offered = self.line.text().strip(), self.kinds.kind, self.line.offered
        if not name and kind is not MapPersonKind.UNKNOWN:
            self.leave()
            return
        self.line.clear()
        self.kinds.kind = MapPersonKind.PERSON
        self.used = True
        self.named.emit(name, kind, offered)

    def take(self) -> None:
        """Take the name that stands typed, if one does, as Enter would."""
        if self.isVisible() and self.line.text().strip():
            self._entered()

    def leave(self) -> None:
        """Close without a name."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def paintEvent(self, event: object) -> None:
        paint_card(self)
