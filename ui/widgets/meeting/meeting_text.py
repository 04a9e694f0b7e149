"""One text of the meeting itself, under its heading: saved when the focus leaves it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from caseworker_app.domain.meeting import Meeting
from caseworker_app.services import meeting_run
from ui.house import House
from ui.widgets.fields.text import LongEditor
from ui.widgets.meeting.saved_row import Keeping, SavedRow
from ui.words import bind_call, tr

_LEAST = 96
_ANY_HEIGHT = 16_777_215


class MeetingText(SavedRow):
    """The field ``name`` of a meeting; ``heading`` is its msgid, ``keys`` the shortcut that leads to it."""

    def __init__(self, house: House, name: str, heading: str, keys: str = "") -> None:
        self.editor = LongEditor(4)
        super().__init__(
            house, Keeping(Meeting, None, meeting_run.edit, check=meeting_run.checked), {name: self.editor}
        )
        self.editor.text.setMinimumHeight(_LEAST)
        self.editor.text.setMaximumHeight(_ANY_HEIGHT)
        self._heading = heading
        self._title, hint = QLabel(), QLabel(keys)
        hint.setProperty("look", "muted")
        self._title.setProperty("look", "subheading")
        self._title.setBuddy(self.editor.text)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addWidget(hint)
        head.addStretch(1)
        body = QFrame()
        body.setProperty("look", "card")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.addLayout(head)
        layout.addWidget(self.editor, 1)
        self.add_body(body)
        bind_call(self, self._say_heading)

    def head(self, heading: str) -> None:
        """Stand under another heading, a msgid."""
        self._heading = heading
        self._say_heading()

    def _say_heading(self) -> None:
        self._title.setText(tr(self._heading))
        self.editor.text.setAccessibleName(tr(self._heading))
