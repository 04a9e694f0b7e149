"""A PIN being typed: dots, and large keys to tap."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.family_pin import LONGEST
from ui import icons
from ui.words import bind

_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "back")


class PinPad(QWidget):
    """``edited`` comes at each digit, ``entered`` at Return. The digits are never on the screen."""

    edited = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST)
        self.line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self.line))
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        bind(self.line.setAccessibleName, "PIN")
        self.line.textChanged.connect(lambda _text: self.edited.emit())
        self.line.returnPressed.connect(self.entered)
        keys = QGridLayout()
        keys.setSpacing(8)
        for number, key in enumerate(_KEYS):
            if key:
                keys.addWidget(self._key(key), number // 3, number % 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.line)
        layout.addLayout(keys)
        self.setFocusProxy(self.line)

    def _key(self, key: str) -> QPushButton:
        button = QPushButton("" if key == "back" else key)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard types into the line
        if key == "back":
            icons.dress(button, "back")
            bind(button.setText, "Delete")
            button.clicked.connect(self.line.backspace)
        else:
            button.clicked.connect(lambda: self.line.insert(key))
        return button

    def text(self) -> str:
        """Return the digits."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
