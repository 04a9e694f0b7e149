"""How the dialog in which access is gone through is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from caseworker_app.domain.access_request import GROUND_LABELS
from caseworker_app.i18n import N_
from ui.widgets.sync.plain import label
from ui.words import bind

if TYPE_CHECKING:
    from ui.dialogs.access_review_dialog import AccessReviewDialog

SHOWN = (N_("Everything"), N_("Still to be decided"))
"""What of the list is shown."""
_LIST = 336


def lay_out(on: AccessReviewDialog) -> None:
    """Lay the widgets of the dialog out: the list at the left, what is read and decided at the right."""
    on.ground.setMinimumContentsLength(26)
    for _ground in GROUND_LABELS:
        on.ground.addItem("")
    for _words in SHOWN:
        on.only.addItem("")
    bind(on.only.setAccessibleName, "What of it is shown")
    bind(on.note.setPlaceholderText, "Stands on the paper, beside the ground. May be empty.")
    on.pages.setPlaceholderText("2, 5-7")
    bind(on.passages.setAccessibleName, "Words that are left out")
    on.pages.setFixedWidth(110)
    on.passages.setMaximumHeight(84)
    left, right = QVBoxLayout(), QVBoxLayout()
    for column in (left, right):
        column.setSpacing(8)
    left.addWidget(on.only)
    left.addWidget(on.list, 1)
    on.list.setFixedWidth(_LIST)
    on.only.setFixedWidth(_LIST)
    for widget in (on.title, on.hint, on.state):
        right.addWidget(widget)
    right.addWidget(on.text, 1)
    right.addLayout(_named("Ground", on.ground, "Explanation to who asks", on.note))
    right.addLayout(_row(on.strike, on.everywhere, None, on.give, on.leave_out))
    right.addLayout(_row(on.pages, on.without_pages, None, on.apart))
    right.addLayout(_row(on.passages, on.back))
    bind(on.pages.setAccessibleName, "Pages to leave out")
    across = QHBoxLayout()
    across.setSpacing(16)
    across.addLayout(left)
    across.addLayout(right, 1)
    layout = QVBoxLayout(on)
    layout.setContentsMargins(24, 16, 24, 16)
    layout.setSpacing(8)
    layout.addWidget(on.heading)
    layout.addWidget(on.complaint)
    layout.addLayout(across, 1)
    on.count.setWordWrap(False)
    layout.addLayout(_row(on.count, None, on.close_button, on.draft, on.finish))


def _named(first: str, one: QWidget, second: str, other: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for msgid, widget, share in ((first, one, 2), (second, other, 3)):
        words = label("muted", msgid)
        words.setWordWrap(False)
        words.setBuddy(widget)
        bind(widget.setAccessibleName, msgid)
        row.addWidget(words)
        row.addWidget(widget, share)
    return row


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        elif isinstance(widget, QListWidget):
            row.addWidget(widget, 1)
        else:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
