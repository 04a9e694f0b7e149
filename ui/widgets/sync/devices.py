"""The user's own devices, and closing one that is lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.services.sync_desk import DeviceRow
from ui.house import House
from ui.tasks import Job
from ui.widgets.complaint import Complaint
from ui.widgets.sync.plain import button, empty, label
from ui.words import bind_call, tr

_NAME_WIDTH = 264


class DevicesView(QWidget):
    """The list. Closing a device cannot be undone, so it is asked about in its own line."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self._rows: tuple[DeviceRow, ...] = ()
        self._asking: Id | None = None
        self.lines: list[QWidget] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.complaint = Complaint()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("subheading", "Your devices"))
        layout.addLayout(self._column)
        layout.addWidget(self.complaint)
        bind_call(self, self._say)

    def ask(self) -> None:
        """Ask which devices there are; offline those known stand."""
        self._house.tasks.job(self, Job(self._house.sync.devices, self._show, self._refused))

    def _show(self, rows: Sequence[DeviceRow]) -> None:
        self._rows = tuple(rows)
        self.complaint.clear()
        self._say()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)

    def _say(self) -> None:
        empty(self._column)
        self.lines = []
        for row in self._rows:
            line = self._question(row) if row.device == self._asking else self._line(row)
            self.lines.append(line)
            self._column.addWidget(line)

    def _line(self, row: DeviceRow) -> QWidget:
        line, name, told = QWidget(), label(), label("muted")
        said = (
            [tr("since {day}", day=long_date(row.made.date(), i18n.current().language))] if row.made else []
        )
        if row.this:
            said.insert(0, tr("this computer"))
        if row.revoked:
            said.append(tr("closed"))
        name.setText(row.name or tr("unknown device"))
        told.setText(", ".join(said))
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        name.setFixedWidth(_NAME_WIDTH)
        across.addWidget(name)
        across.addWidget(told, 1)
        if not row.revoked and not row.this:
            close = button("Close the device …")
            close.setAccessibleName(tr("Close the device {name}", name=row.name))
            close.clicked.connect(partial(self._ask_about, row.device))
            across.addWidget(close)
        line.setMinimumHeight(32)
        return line

    def _question(self, row: DeviceRow) -> QWidget:
        line, words = QWidget(), label()
        words.setText(
            tr(
                "Close {name} for ever? It can hand in what was written on it, and reads nothing more. What is already on "
                "it stays readable to whoever can open it.",
                name=row.name,
            )
        )
        close, leave = button("Close it for ever"), button("Cancel")
        close.clicked.connect(partial(self._close, row.device))
        leave.clicked.connect(partial(self._ask_about, None))
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 4, 0, 4)
        across.setSpacing(8)
        across.addWidget(words, 1)
        across.addWidget(close)
        across.addWidget(leave)
        return line

    def _ask_about(self, device: Id | None, _checked: bool = False) -> None:
        self._asking = device
        self._say()

    def _close(self, device: Id, _checked: bool = False) -> None:
        self._asking = None
        desk = self._house.sync
        self._house.tasks.job(self, Job(lambda: desk.revoke(device), lambda _n: self.ask(), self._refused))
        self._say()
