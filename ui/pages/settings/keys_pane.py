"""The ways in: which there are, and that they have been tried."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel

from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.opening import Doors
from ui import icons, theme
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.tasks import Job
from ui.widgets.complaint import Complaint
from ui.words import bind_call, tr

KIND_LABELS = {
    "passphrase": "Passphrase",
    "recovery": "Recovery code",
    "keyring": "This computer's keyring",
    "organisation": "The organisation's key",
}
"""The kinds of slot by what the key file calls them."""
_TELLS = {
    "passphrase": N_("You write it after each lock."),
    "recovery": N_("Stands on your recovery sheet. Keep it locked away."),
    "keyring": N_("Opens Tæt på when you are logged on to the computer."),
    "organisation": N_("The municipality can open with it if you are away for long."),
}


class KeysPane(Pane):
    """The pane."""

    def __init__(self, house: House, doors: Doors) -> None:
        super().__init__(N_("Your cases are encrypted. These ways in have been tried and open them."))
        self._house, self._doors = house, doors
        self._kinds: tuple[str, ...] | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self.complaint = Complaint()
        self.column.addLayout(self._grid)
        self.column.addWidget(self.complaint)
        bind_call(self, self._say)

    def begin(self) -> None:
        """Look again at the key file."""
        self._house.tasks.job(self, Job(self._doors.verified, self._show, self._refused))

    def _refused(self, error: UserError) -> None:
        self._kinds = None
        self._say()
        self.complaint.show_error(error)

    def _show(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self.complaint.clear()
        self._say()

    def _say(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if self._kinds == ():
            self._grid.addWidget(QLabel(tr("No way in has been tried yet.")), 0, 0, 1, 3)
        for row, kind in enumerate(self._kinds or ()):
            mark = QLabel()
            mark.setPixmap(icons.pixmap("done", theme.tokens().done, ratio=self.devicePixelRatioF()))
            mark.setAccessibleName(tr("Tried"))
            name = QLabel(tr(KIND_LABELS.get(kind, kind)))
            tells = QLabel(tr(_TELLS[kind]) if kind in _TELLS else "")
            tells.setProperty("look", "muted")
            for column, label in enumerate((mark, name, tells)):
                self._grid.addWidget(label, row, column)
