"""The ways in: which there are, when each was tried, and what can be done with them."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.key_slots import Way
from caseworker_app.services.opening import Doors
from ui import icons, theme
from ui.dialogs.key_dialogs import (
    ChangePassphraseDialog,
    KeyDialog,
    NewRecoveryDialog,
    OrganisationDialog,
    ProveDialog,
    TryDialog,
)
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.tasks import Job
from ui.widgets.complaint import Complaint
from ui.widgets.sync.plain import button, empty
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
_REMOVE = (
    N_("Take a way in away"),
    N_("It opens neither your cases nor the backups on this computer any more."),
    N_("Take it away"),
    N_("The way in is taken away."),
)
_KEYRING = (
    N_("Let this computer's keyring open"),
    N_(
        "When you are logged on to the computer, Tæt på opens by itself. After the lock it asks for the passphrase."
    ),
    N_("Add it"),
    N_("This computer's keyring opens your cases now."),
)
_NEEDED = 2
"""How many ways in that have been tried a store of somebody's own always has."""
_ENCRYPTED = N_("Your cases are encrypted.")
_TWO = N_(
    "Your cases are encrypted, and each of these ways in opens them. Two that have been tried are always left."
)
_TOO_FEW = {
    0: N_(
        "Your cases are encrypted. None of these ways in has been tried: try two of them, so that you are not locked out."
    ),
    1: N_(
        "Your cases are encrypted. Only one way in has been tried: add or try one more, so that you are not locked out."
    ),
}


def explained(ways: tuple[Way, ...] | None) -> str:
    """Return what is true of these ways in (a msgid); ``None`` while they are not known."""
    if not ways:
        return _ENCRYPTED
    tried = sum(_counts(way) for way in ways)
    return _TWO if tried >= _NEEDED else _TOO_FEW[tried]


class KeysPane(Pane):
    """The pane. ``buttons`` holds those of each way in by its id: "try", "remove"."""

    def __init__(self, house: House, doors: Doors) -> None:
        super().__init__(_ENCRYPTED)
        self._house, self._doors = house, doors
        self._ways: tuple[Way, ...] | None = None
        self.buttons: dict[tuple[str, str], QWidget] = {}
        self.dialog: KeyDialog | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self.complaint = Complaint()
        self.passphrase_button = button("Change the passphrase …")
        self.recovery_button = button("New recovery sheet …")
        self.keyring_button = button("Let this computer's keyring open …")
        self.organisation_button = button("Add the organisation's key …")
        self.column.addLayout(self._grid)
        self.column.addWidget(self.complaint)
        for pair in (
            (self.passphrase_button, self.recovery_button),
            (self.keyring_button, self.organisation_button),
        ):
            across = QHBoxLayout()
            across.setSpacing(8)
            for made in pair:
                across.addWidget(made)
            across.addStretch(1)
            self.column.addLayout(across)
        self._join()
        bind_call(self, self._say)

    def _join(self) -> None:
        house, doors = self._house, self._doors
        self.passphrase_button.clicked.connect(
            lambda: self._open(ChangePassphraseDialog(house, doors, self.window()))
        )
        self.recovery_button.clicked.connect(
            lambda: self._open(NewRecoveryDialog(house, doors, self.window()))
        )
        self.organisation_button.clicked.connect(
            lambda: self._open(OrganisationDialog(house, doors, self.window()))
        )
        self.keyring_button.clicked.connect(
            lambda: self._open(ProveDialog(house, doors, _KEYRING, doors.keys.add_keyring, self.window()))
        )

    def begin(self) -> None:
        """Look again at the key file."""
        keys = self._doors.keys
        self._house.tasks.job(self, Job(keys.ways, self._show, self._refused))

    def _refused(self, error: UserError) -> None:
        self._ways = None
        self._say()
        self.complaint.show_error(error)

    def _show(self, ways: tuple[Way, ...]) -> None:
        self._ways = ways
        self.complaint.clear()
        self._say()

    def _open(self, dialog: KeyDialog) -> None:
        self.dialog = dialog
        dialog.done_well.connect(lambda said: self._house.say(tr(said)))
        dialog.finished.connect(lambda _result: self.begin())
        dialog.open()

    # what can be done with one

    def try_way(self, way: Way) -> None:
        """Open by a way in for proof."""
        keys = self._doors.keys
        if way.kind == "keyring":
            self._house.tasks.job(
                self, Job(keys.try_keyring, lambda _n: self._tried(), self.complaint.show_error)
            )
        else:
            self._open(TryDialog(self._house, self._doors, way.kind, self.window()))

    def _tried(self) -> None:
        self._house.say(tr("It opens."))
        self.begin()

    def remove(self, way: Way) -> None:
        """Take a way in away, after the passphrase."""
        keys = self._doors.keys
        act = lambda typed: keys.remove(typed, way.id)  # noqa: E731 - one line, used once
        self._open(ProveDialog(self._house, self._doors, _REMOVE, act, self.window()))

    def _say(self) -> None:
        empty(self._grid)
        self.buttons = {}
        self.explain(explained(self._ways))
        if self._ways == ():
            self._grid.addWidget(QLabel(tr("No way in has been tried yet.")), 0, 0, 1, 3)
        for row, way in enumerate(self._ways or ()):
            self._line(row, way)

    def _line(self, row: int, way: Way) -> None:
        good = _counts(way)
        mark, name, told = QLabel(), QLabel(tr(KIND_LABELS.get(way.kind, way.kind))), QLabel(_told(way))
        colours = theme.tokens()
        icon, colour = ("done", colours.done) if good else ("warning", colours.soon)
        mark.setPixmap(icons.pixmap(icon, colour, ratio=self.devicePixelRatioF()))
        mark.setAccessibleName(tr("Tried") if good else tr("Not tried"))
        told.setProperty("look", "muted")
        told.setWordWrap(True)
        for column, shown in enumerate((mark, name, told)):
            self._grid.addWidget(shown, row, column)
        if way.kind in ("passphrase", "recovery", "keyring") and way.whole:
            self._add_button(row, 3, "try", way, tr("Try it"))
        if way.kind in ("keyring", "organisation") or not way.whole:
            self._add_button(row, 4, "remove", way, tr("Take away …"))

    def _add_button(self, row: int, column: int, what: str, way: Way, words: str) -> None:
        made = button("")
        made.setText(words)
        made.setAccessibleName(f"{words} {tr(KIND_LABELS.get(way.kind, way.kind))}")
        made.clicked.connect(partial(self.try_way if what == "try" else self.remove, way))
        self._grid.addWidget(made, row, column)
        self.buttons[way.id, what] = made


def _counts(way: Way) -> bool:
    """Return whether a way in is whole and has been opened with."""
    return way.whole and way.tried is not None


def _told(way: Way) -> str:
    lines = [tr(_TELLS[way.kind])] if way.kind in _TELLS else []
    if way.name:
        lines.insert(0, way.name)
    if not way.whole:
        lines.append(tr("It is damaged."))
    elif way.tried is None:
        lines.append(tr("Not tried yet: it does not count."))
    else:
        lines.append(tr("Made {made}, last tried {tried}.", made=_day(way.made), tried=_day(way.tried)))
    return "\n".join(lines)


def _day(moment: dt.datetime | None) -> str:
    return "–" if moment is None else long_date(moment.astimezone().date(), i18n.current().language)
