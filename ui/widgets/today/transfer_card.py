"""On I dag: how much waits to be carried over to the record system by hand, and taking it one by one.

It is asked after what is due has been painted, and only said anew when it has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from caseworker_app import i18n
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Query
from ui.widgets.today.card import Card, muted
from ui.words import tr

if TYPE_CHECKING:
    from caseworker_app.services.transfers import Subject
    from caseworker_app.services.transfers_waiting import Waiting


class TransferCard(QObject):
    """``changed`` comes when another number waits than before."""

    changed = Signal()

    def __init__(self, house: House, page: QWidget) -> None:
        super().__init__(page)
        self._house, self._page = house, page
        self.waiting: Waiting | None = None
        self._asked = 0

    def ask(self) -> None:
        """Ask what waits."""
        books, self._asked = self._house.books, self._asked + 1
        asked = self._asked

        def ask(reader: Reader) -> Waiting:
            from caseworker_app.services import transfers_waiting

            return transfers_waiting.waiting(reader, books)

        def show(found: Waiting) -> None:
            if asked == self._asked and found != self.waiting:
                self.waiting = found
                self.changed.emit()

        self._house.tasks.query(self, Query(ask, show))

    def cards(self) -> Iterator[QWidget]:
        """Yield the card, when something waits."""
        found = self.waiting
        if found is None or not (found.subjects or found.older):
            return
        lines = []
        if found.count:
            lines.append(
                i18n.ngettext(
                    "{n} note of the last 4 weeks is not carried over",
                    "{n} notes of the last 4 weeks are not carried over",
                    found.count,
                )
            )
        if found.changed:
            lines.append(
                i18n.ngettext(
                    "{n} has changed since it was carried over", "{n} have changed since they were carried over",
                    found.changed,
                )
            )  # fmt: skip
        across = QHBoxLayout()
        across.setContentsMargins(12, 0, 0, 0)
        across.setSpacing(8)
        if found.subjects:
            button = QPushButton(tr("Copy to {system} …", system=found.system))
            button.setAccessibleDescription(" · ".join(lines))
            button.clicked.connect(self.open)
            across.addWidget(button)
        if found.older:
            words = i18n.ngettext("{n} older …", "{n} older …", found.older)
            older = QPushButton(words)
            older.setProperty("look", "quiet")
            older.setAccessibleDescription(tr("Not carried over, from before the last 4 weeks"))
            older.setToolTip(tr("Not carried over, from before the last 4 weeks"))
            older.clicked.connect(self.open_older)
            across.addWidget(older)
        across.addStretch(1)
        holder = QWidget()
        holder.setLayout(across)
        yield Card(
            tr("To {system} by hand", system=found.system), [*(muted(f"{line}.") for line in lines), holder]
        )

    def open(self) -> None:
        """Take what waits one by one."""
        from ui.dialogs.transfer_dialog import TransferDialog

        if self.waiting is not None and self.waiting.subjects:
            TransferDialog(self._house, self.waiting.subjects, self._page).open()

    def open_older(self) -> None:
        """Take what is older one by one."""
        from caseworker_app.services import transfers_waiting
        from ui.dialogs.transfer_dialog import TransferDialog

        def show(subjects: tuple[Subject, ...]) -> None:
            if subjects:
                TransferDialog(self._house, subjects, self._page).open()

        self._house.tasks.query(self, Query(transfers_waiting.older_ones, show))
