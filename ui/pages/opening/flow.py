"""The way in as a whole: looks what is there and shows the page for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.opening import Doors, Ground, Problem
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Store
from caseworker_app.services.safekeeping import Backup, SafekeepingState
from ui.pages.opening.broken_page import BrokenPage
from ui.pages.opening.unlock_page import UnlockPage
from ui.pages.opening.wizard import Wizard
from ui.tasks import Job, Tasks
from ui.widgets.progress import ProgressLine
from ui.words import bind_call, error_words, tr

_PROGRESS_WIDTH = 360


class _Waiting(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._words = N_("Opening …")
        self._problem: UserError | None = None
        self._label = QLabel()
        self._label.setProperty("look", "muted")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress = ProgressLine()
        self.progress.setFixedWidth(_PROGRESS_WIDTH)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self._label)
        layout.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        bind_call(self, self._say)

    def show_words(self, words: str) -> None:
        self._words, self._problem = words, None
        self.progress.hide()
        self._say()

    def show_problem(self, problem: UserError) -> None:
        self._problem = problem
        self._say()

    def _say(self) -> None:
        words = tr(self._words)
        if self._problem is not None:
            after = tr("What you wrote is not kept yet. It is tried again, and then your cases are locked.")
            words = "\n".join((words, error_words(self._problem)[0], after))
        self._label.setText(words)
        self.setAccessibleName(words)


class OpeningFlow(QStackedWidget):
    """Everything between starting and working. ``opened`` carries the store."""

    opened = Signal(object)

    def __init__(self, tasks: Tasks, doors: Doors, papers: PaperMaker) -> None:
        super().__init__()
        self._tasks, self._doors, self._papers = tasks, doors, papers
        self._waiting = _Waiting()
        self.addWidget(self._waiting)
        self._wizard: Wizard | None = None
        self._unlock: UnlockPage | None = None
        self._broken: BrokenPage | None = None
        self._newest: Backup | None = None

    def begin(self, problem: UserError | None = None, *, keyring: bool = True) -> None:
        """Look what is there; ``problem`` is why a store that was tried already did not open.

        Without ``keyring`` it has been asked already, and the passphrase is asked for.
        """
        self._wait(N_("Opening …"))

        def found(ground: Ground) -> None:
            if problem is not None:
                self._say(problem)
            else:
                self._found(ground, keyring=keyring)

        self._tasks.job(self, Job(self._doors.ground, found, self._say))

    def wait_for_store(self) -> None:
        """Show that the store is being opened by somebody else."""
        self._wait(N_("Opening …"))

    def close_down(self, problem: UserError | None = None) -> None:
        """Show that the store is being closed; ``problem`` is why what was typed cannot be kept yet."""
        self._wait(N_("Locking …"))
        if problem is not None:
            self._waiting.show_problem(problem)

    def ask(self) -> None:
        """Ask for the passphrase, also where the keyring could open: somebody locked."""
        if self._unlock is None:
            self._unlock = UnlockPage(self._tasks, self._doors)
            self._unlock.opened.connect(self.opened)
            self.addWidget(self._unlock)
        self.setCurrentWidget(self._unlock)
        self._unlock.begin()

    def _wait(self, words: str) -> None:
        self._waiting.show_words(words)
        self.setCurrentWidget(self._waiting)

    def _found(self, ground: Ground, *, keyring: bool) -> None:
        if ground in (Ground.NONE, Ground.UNFINISHED):
            self.welcome()
        elif ground is Ground.LOCKED and keyring:
            progress = self._waiting.progress.begin()
            ask = Job(lambda: self._doors.open_by_keyring(progress), self._tried_keyring, self._say)
            self._tasks.job(self, ask)
        elif ground is Ground.LOCKED:
            self.ask()
        else:
            self._tasks.job(self, Job(self._doors.problem, self._say_problem, self._say))

    def _tried_keyring(self, store: Store | None) -> None:
        if store is None:
            self.ask()
        else:
            self.opened.emit(store)

    def welcome(self) -> None:
        """Make a store."""
        if self._wizard is None:
            self._wizard = Wizard(self._tasks, self._doors, self._papers)
            self._wizard.finished.connect(self.opened)
            self.addWidget(self._wizard)
        self.setCurrentWidget(self._wizard)
        self._wizard.begin()

    def _say_problem(self, problem: Problem | None) -> None:
        if problem is None:
            self.ask()
        else:
            error = UserError(problem.message, *problem.ways_out, **dict(problem.values or {}))
            self._show_broken(error, other_way=False)

    def _say(self, error: UserError) -> None:
        self._show_broken(error, other_way=True)

    def _show_broken(self, error: UserError, *, other_way: bool) -> None:
        if self._broken is None:
            self._broken = BrokenPage()
            self._broken.again.connect(lambda: self.begin())
            self._broken.other.connect(self.ask)
            self._broken.backup.connect(self._go_on_in_backup)
            self.addWidget(self._broken)
        self.setCurrentWidget(self._broken)
        self._broken.show_problem(error, other_way=other_way)
        self._tasks.job(self, Job(lambda: self._doors.backups.state(), self._offer_backup))

    def _offer_backup(self, state: SafekeepingState) -> None:
        self._newest = next(iter(state.backups), None)
        if self._broken is not None:
            self._broken.offer_backup(self._newest is not None)

    def _go_on_in_backup(self) -> None:
        """Ask for the passphrase; what does not open is put aside then, and the newest backup laid in its place."""
        self._doors.backups.continue_with(self._newest)
        self.ask()
