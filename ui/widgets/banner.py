"""The banner under the top bar: what went wrong, what is safe, what to do. It stands until it is closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from ui import icons
from ui.widgets.warned import Warned
from ui.words import bind


class Banner(Warned):
    """Shows one thing at a time; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("subheading", parent)
        self.setProperty("look", "warning")
        self.close_button = QToolButton()
        self.close_button.setProperty("look", "quiet")
        self.close_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icons.dress(self.close_button, "close")
        bind(self.close_button.setText, "Close")
        bind(self.close_button.setAccessibleName, "Close this message")
        self.close_button.clicked.connect(self.clear)
        self.across.setContentsMargins(12, 8, 8, 8)
        self.across.setSpacing(12)
        self.across.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
