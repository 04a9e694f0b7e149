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
    from caseworker_app.services.transfers import Waiting


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
            from caseworker_app.services import transfers

            return transfers.waiting(reader, books)

        def show(found: Waiting) -> None:
            if asked == self._asked and found != self.waiting:
                self.waiting = found
                self.changed.emit()

        self._house.tasks.query(self, Query(ask, show))

    def cards(self) -> Iterator[QWidget]:
        """Yield the card, when something waits."""
        found = self.waiting
        if found is None or not found.subjects:
            return
        lines = []
        if found.count:
            lines.append(
                i18n.ngettext("{n} note is not carried over", "{n} notes are not carried over", found.count)
            )
        if found.changed:
            lines.append(
                i18n.ngettext(
                    "{n} has changed since it was carried over", "{n} have changed since they were carried over",
                    found.changed,
                )
            )  # fmt: skip
        button = QPushButton(tr("Copy to {system} …", system=found.system))
        button.setAccessibleDescription(" · ".join(lines))
        button.clicked.connect(self.open)
        across = QHBoxLayout()
        across.setContentsMargins(12, 0, 0, 0)
        across.addWidget(button)
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
