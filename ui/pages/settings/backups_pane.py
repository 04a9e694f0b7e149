"""Backups: which there are, trying one, what one holds beside the cases of now, and fetching it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTreeWidgetItem

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.opening import Doors
from caseworker_app.services.ports import Store
from caseworker_app.services.safekeeping import Backup, Comparison, SafekeepingState
from ui.dialogs.key_dialogs import KeyDialog, ProveDialog
from ui.house import House
from ui.pages.settings.pane import Pane
from ui.tasks import Job
from ui.widgets.complaint import Complaint
from ui.widgets.sync.plain import button, label
from ui.widgets.tall_rows import Sheet
from ui.words import bind_call, tr

T = TypeVar("T")

_DRILL = (
    N_("Try a backup"),
    N_(
        "The backup is opened as after an accident: by its own key file and your passphrase, and every page of it is read."
    ),
    N_("Try it"),
    N_("The backup opens, and every page of it is whole."),
)
_ROWS_HEIGHT = 258


class BackupsPane(Pane):
    """The pane. ``list`` holds the backups, newest first; the buttons are about the one that is marked."""

    def __init__(self, house: House, doors: Doors) -> None:
        super().__init__(
            N_("A backup is made by itself each day, encrypted like your cases, opened for proof, and kept for 30 days. "
               "It lies on this computer: let the IT department take a copy of the folder too.")
        )  # fmt: skip
        self._house, self._doors = house, doors
        self._state: SafekeepingState | None = None
        self._compared: Comparison | None = None
        self._beside: Path | None = None
        self._before: Backup | None = None
        self.dialog: KeyDialog | None = None
        self.standing, self.where, self.comparison = label(), label("muted"), label("note")
        self.list = Sheet((6, 3, 4))
        self.list.setMinimumHeight(_ROWS_HEIGHT)
        self.complaint = Complaint()
        self.make_button, self.try_button = button("Make a backup now", "primary"), button("Try it …")
        self.compare_button = button("Compare with now")
        self.beside_button, self.continue_button = button("Lay it beside"), button("Go on in this backup")
        self._lay_out()
        self._join()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for row, made in (
            (upper, (self.make_button, self.try_button, self.compare_button)),
            (lower, (self.beside_button, self.continue_button)),
        ):
            row.setSpacing(8)
            for one in made:
                row.addWidget(one)
            row.addStretch(1)
        self.column.addWidget(self.standing)
        self.column.addWidget(self.list)
        self.column.addLayout(upper)
        self.column.addWidget(self.comparison)
        self.column.addLayout(lower)
        self.column.addWidget(self.complaint)
        self.column.addWidget(self.where)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _join(self) -> None:
        self.make_button.clicked.connect(self.make)
        self.try_button.clicked.connect(self.drill)
        self.compare_button.clicked.connect(self.compare)
        self.beside_button.clicked.connect(self.lay_beside)
        self.continue_button.clicked.connect(self.go_on_in)
        self.list.itemSelectionChanged.connect(self._marked)

    def begin(self) -> None:
        """Look how it stands."""
        self._house.tasks.job(self, Job(self._doors.backups.state, self._show, self.complaint.show_error))

    @property
    def marked(self) -> Backup | None:
        """The backup that is marked in the list."""
        item = self.list.currentItem()
        index = -1 if item is None else self.list.indexOfTopLevelItem(item)
        there = self._state.backups if self._state is not None else ()
        return there[index] if 0 <= index < len(there) else None

    def _show(self, state: SafekeepingState) -> None:
        self._before, self._state = self.marked, state
        self._say()
        self._before = None

    def _marked(self) -> None:
        if self._compared is not None and self._compared.backup != self.marked:
            self._compared = None
        self._beside = None
        self._offer()

    def _offer(self) -> None:
        there, known = self.marked is not None, self._compared is not None
        for one in (self.try_button, self.compare_button):
            one.setEnabled(there)
        for one in (self.beside_button, self.continue_button):
            one.setVisible(known)
        self.comparison.setVisible(known)
        self.comparison.setText(self._words())

    def _say(self) -> None:
        state = self._state
        self.list.setHeaderLabels([tr("Made"), tr("Size"), tr("Age")])
        self.list.setAccessibleName(tr("Backups"))
        if state is None:
            self._offer()
            return
        before = self._before or self.marked
        self.list.blockSignals(True)
        self.list.clear()
        items = [QTreeWidgetItem([_moment(one), _size(one.size), self._age(one)]) for one in state.backups]
        self.list.addTopLevelItems(items)
        if items:
            place = state.backups.index(before) if before in state.backups else 0
            self.list.setCurrentItem(items[place])
        self.list.blockSignals(False)
        self.standing.setText(self._standing(state))
        self.standing.setProperty("look", "soon" if state.problem or state.drill_due else "")
        self.standing.style().polish(self.standing)
        self.where.setText(tr("They lie in {folder}", folder=str(state.folder)))
        self._offer()

    def _age(self, backup: Backup) -> str:
        today = self._state.today if self._state is not None else backup.made.date()
        days = (today - backup.made.astimezone().date()).days
        if days <= 0:
            return tr("today")
        return i18n.ngettext("{n} day", "{n} days", days)

    def _standing(self, state: SafekeepingState) -> str:
        lines = [tr(state.problem)] if state.problem else []
        if not state.backups:
            lines.append(tr("There is no backup yet. The first is made a few minutes after you open Tæt på."))
        elif state.drilled is None:
            lines.append(
                tr("You have not tried a backup yet. Try one each week: only a backup that opens is one.")
            )
        else:
            day = long_date(state.drilled, i18n.current().language)
            lines.append(tr("You last tried a backup on {day}.", day=day))
            if state.drill_due:
                lines.append(tr("It is time to try one again."))
        return " ".join(lines)

    def _words(self) -> str:
        found = self._compared
        if found is None:
            return ""
        lines = [
            tr("In the backup: {cases} cases, {acts} entries. Now: {now_cases} cases, {now_acts} entries.",
               cases=found.cases_then, acts=found.acts_then, now_cases=found.cases_now, now_acts=found.acts_now)
        ]  # fmt: skip
        if found.same:
            lines.append(tr("The two hold the same."))
        if found.later:
            lines.append(
                i18n.ngettext(
                    "{n} entry was written after it and is not in the backup:",
                    "{n} entries were written after it and are not in the backup:",
                    found.later,
                )
            )
            lines += [f"•  {one.child}: {one.acts}" for one in found.cases[:8]]
            if found.others:
                lines.append(f"•  {tr('Outside the cases')}: {found.others}")
        if found.gone:
            lines.append(
                i18n.ngettext(
                    "{n} entry is in the backup and no longer in your cases.",
                    "{n} entries are in the backup and no longer in your cases.",
                    found.gone,
                )
            )
        if self._beside is not None:
            lines.append(tr("It is laid in {folder}. Your cases are as they were.", folder=str(self._beside)))
        return "\n".join(lines)

    # what can be done

    def make(self) -> None:
        """Make one now."""
        store, backups = self._house.tasks.store, self._doors.backups
        if store is None:
            return

        def work(store: Store = store) -> Backup:
            made = backups.back_up(store)
            backups.check(made, store)
            return made

        self.make_button.setEnabled(False)
        self._run(work, lambda _made: self._house.say(tr("The backup is made, and opened for proof.")))

    def drill(self) -> None:
        """Try the one that is marked as after an accident."""
        backup, backups = self.marked, self._doors.backups
        if backup is None:
            return
        act = lambda typed: backups.drill(backup, typed)  # noqa: E731 - one line, used once
        self.dialog = ProveDialog(self._house, self._doors, _DRILL, act, self.window())
        self.dialog.done_well.connect(lambda said: self._house.say(tr(said)))
        self.dialog.finished.connect(lambda _result: self.begin())
        self.dialog.open()

    def compare(self) -> None:
        """Say what the one that is marked holds beside the cases of now."""
        backup, store, backups = self.marked, self._house.tasks.store, self._doors.backups
        if backup is not None and store is not None:
            self._run(lambda: backups.compare(backup, store), self._show_comparison)

    def _show_comparison(self, found: Comparison) -> None:
        self._compared = found
        self._offer()

    def lay_beside(self) -> None:
        """Lay the backup as a store of its own beside this one."""
        backup, backups = self.marked, self._doors.backups
        if backup is not None:
            self._run(lambda: backups.put_beside(backup), self._show_beside)

    def _show_beside(self, folder: Path) -> None:
        self._beside = folder
        self._offer()

    def go_on_in(self) -> None:
        """Lock, and open the backup at the next passphrase; the store of now is put aside whole."""
        if self.marked is not None:
            self._doors.backups.continue_with(self.marked)
            self._house.lock()

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def well(found: T) -> None:
            self.complaint.clear()
            done(found)
            self.make_button.setEnabled(True)
            self.begin()

        def refused(error: UserError) -> None:
            self.make_button.setEnabled(True)
            self.begin()
            self.complaint.show_error(error)

        self._house.tasks.job(self, Job(work, well, refused))


def _moment(backup: Backup) -> str:
    local = backup.made.astimezone()
    return f"{long_date(local.date(), i18n.current().language)} {local:%H.%M}"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", "," if i18n.current().language == "da" else ".")
