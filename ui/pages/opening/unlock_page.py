"""Opening a store: the passphrase, or the recovery code; a wrong one waits longer each time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.errors import Unopened, UserError
from caseworker_app.services.opening import Doors
from caseworker_app.services.ports import Progress, Store
from caseworker_app.services.safekeeping import Backup, SafekeepingState
from ui.pages.opening.sheet import Sheet, button, labelled, text, title
from ui.tasks import Job, Tasks
from ui.widgets.complaint import Complaint
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.progress import ProgressLine
from ui.words import bind_call, tr


class UnlockPage(Sheet):
    """Asks for the passphrase. ``opened`` carries the store."""

    opened = Signal(object)

    def __init__(self, tasks: Tasks, doors: Doors) -> None:
        super().__init__()
        self._tasks, self._doors = tasks, doors
        self.passphrase = PassphraseField("Passphrase")
        self.code = QLineEdit()
        self.code.setMaxLength(120)
        self.complaint = Complaint()
        self.waiting = QLabel()
        self.waiting.setProperty("look", "soon")
        self.progress = ProgressLine()
        self._ways = QStackedWidget()
        self._ways.addWidget(self._way(labelled("Passphrase", self.passphrase)))
        self._ways.addWidget(self._way(labelled("Recovery code, seven groups of five", self.code)))
        self.column.addWidget(title("Your cases are locked"))
        self.column.addWidget(text("Everything is as you left it. Write the passphrase to go on."))
        for widget in (self._ways, self.complaint, self.waiting, self.progress):
            self.column.addWidget(widget)
        self.other_button = button("Use the recovery code", self._other_way, "quiet")
        self.backup_button = button("Go on in the newest backup", self._go_on_in_backup, "quiet")
        self.backup_button.hide()
        self._newest: Backup | None = None
        self.open_button = button("Open", self._open, "primary")
        self.foot.addWidget(self.other_button)
        self.foot.addWidget(self.backup_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.open_button)
        self.passphrase.edited.connect(lambda: self._refresh())
        self.passphrase.entered.connect(self._open)
        self.code.textEdited.connect(lambda: self._refresh())
        self.code.returnPressed.connect(self._open)
        self._busy = False
        self._seconds = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        bind_call(self, self._refresh)

    def _way(self, layout: QVBoxLayout) -> QWidget:
        way = QWidget()
        layout.setContentsMargins(0, 0, 0, 0)
        way.setLayout(layout)
        return way

    def begin(self) -> None:
        """Ask anew, with nothing typed."""
        self.passphrase.clear()
        self.code.clear()
        self.complaint.clear()
        self.progress.hide()
        self._busy = False
        self.backup_button.hide()
        self._ways.setCurrentIndex(0)
        self._refresh()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_wait()

    @property
    def by_code(self) -> bool:
        """Whether the recovery code is asked for."""
        return self._ways.currentIndex() == 1

    def _other_way(self) -> None:
        self._ways.setCurrentIndex(0 if self.by_code else 1)
        self.complaint.clear()
        (self.code if self.by_code else self.passphrase).setFocus()
        self._refresh()

    def _typed(self) -> str:
        return self.code.text().strip() if self.by_code else self.passphrase.text()

    def _open(self) -> None:
        if self._busy or self._seconds or not self._typed():
            return
        self._busy = True
        self._refresh()
        typed, by_code, progress = self._typed(), self.by_code, self.progress.begin()
        self._tasks.job(self, Job(lambda: self._try(typed, by_code, progress), self._opened, self._refused))

    def _try(self, typed: str, by_code: bool, progress: Progress) -> Store:
        if by_code:
            return self._doors.open_by_recovery(typed, progress)
        return self._doors.open_by_passphrase(typed, progress)

    def _opened(self, store: Store) -> None:
        self._busy = False
        self.passphrase.clear()
        self.code.clear()
        self.progress.hide()
        self.opened.emit(store)

    def _refused(self, error: UserError) -> None:
        self._busy = False
        self.progress.hide()
        if not self.by_code:
            self.passphrase.line.selectAll()
        self.complaint.show_error(error)
        self._refresh()
        self._ask_wait()
        if isinstance(error, Unopened):
            self._tasks.job(self, Job(lambda: self._doors.backups.state(), self._offer_backup))

    def _offer_backup(self, state: SafekeepingState) -> None:
        self._newest = next(iter(state.backups), None)
        self.backup_button.setVisible(self._newest is not None)

    def _go_on_in_backup(self) -> None:
        """What does not open is put aside at the next try, and the newest backup laid in its place."""
        self._doors.backups.continue_with(self._newest)
        self.backup_button.hide()
        self.complaint.clear()
        if self._typed():
            self._open()

    # the wait after a wrong one

    def _ask_wait(self) -> None:
        ask: Callable[[], int] = self._doors.wait_seconds
        self._tasks.job(self, Job(ask, self._wait))

    def _wait(self, seconds: int) -> None:
        self._seconds = seconds
        if seconds:
            self._second.start()
        else:
            self._second.stop()
        self._refresh()

    def _tick(self) -> None:
        self._wait(max(0, self._seconds - 1))

    def _refresh(self) -> None:
        self.open_button.setEnabled(not self._busy and not self._seconds and bool(self._typed()))
        words = tr("Opening …") if self._busy else tr("Open")
        self.open_button.setText(words)
        self.open_button.setAccessibleName(words)
        self.other_button.setText(tr("Use the passphrase") if self.by_code else tr("Use the recovery code"))
        self.other_button.setAccessibleName(self.other_button.text())
        self.waiting.setVisible(self._seconds > 0)
        self.waiting.setText(_wait_words(self._seconds))


def _wait_words(seconds: int) -> str:
    if seconds < 60:
        return i18n.ngettext("You can try again in {n} second.", "You can try again in {n} seconds.", seconds)
    minutes = -(-seconds // 60)
    return i18n.ngettext("You can try again in {n} minute.", "You can try again in {n} minutes.", minutes)
