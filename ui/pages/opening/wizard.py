"""Making a store in five calm steps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget

from caseworker_app.services.opening import Doors
from caseworker_app.services.papers import PaperMaker
from ui.pages.opening.last_steps import ProofStep, WorkerStep
from ui.pages.opening.recovery_step import RecoveryStep
from ui.pages.opening.sheet import Sheet, button
from ui.pages.opening.steps import Founding, PassphraseStep, Step, WelcomeStep
from ui.tasks import Tasks
from ui.words import bind_call, tr

_LINES = 20


class Wizard(Sheet):
    """The steps one after another. ``finished`` carries the store that was made."""

    finished = Signal(object)

    def __init__(self, tasks: Tasks, doors: Doors, papers: PaperMaker) -> None:
        super().__init__()
        self.founding = Founding(tasks, doors, papers)
        self.where = QLabel()
        self.where.setProperty("look", "muted")
        self._stack = QStackedWidget()
        self.column.addWidget(self.where)
        self.column.addWidget(self._stack)
        bind_call(self._stack, self._make_room)
        self._steps: list[Step] = []
        for kind in (WelcomeStep, PassphraseStep, RecoveryStep, ProofStep, WorkerStep):
            step: Step = kind(self.founding)
            step.ready.connect(self._ready)
            step.submit.connect(self.go_on)
            step.column.addStretch(1)
            self._steps.append(step)
            self._stack.addWidget(step)
        self.back_button = button("Back", self.go_back, "quiet")
        self.next_button = button("Next", self.go_on, "primary")
        self.next_button.setDefault(True)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.next_button)
        self._busy = False
        bind_call(self, self._say)

    def _make_room(self) -> None:
        """Give every step the room that the longest needs, so that the card stands still."""
        self._stack.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    @property
    def step(self) -> Step:
        """The step on the sheet."""
        return self._steps[self._stack.currentIndex()]

    def begin(self) -> None:
        """Begin at the first step."""
        self._show(0)
        self.next_button.setFocus()

    def go_on(self) -> None:
        """Do what the step does and go to the next, if it can."""
        if self._busy or not self.step.is_ready():
            return
        self._busy = True
        self._ready(False)
        self.step.proceed(self._done, self._stay)

    def go_back(self) -> None:
        """Take a step back; nothing made so far is lost by looking."""
        if not self._busy and not self.step.back() and self._stack.currentIndex() > 0:
            self._show(self._stack.currentIndex() - 1)

    def _stay(self) -> None:
        self._busy = False
        self._ready(self.step.is_ready())

    def _done(self) -> None:
        self._busy = False
        if self.founding.store is not None:
            self.founding.slots = None  # the recovery code is shown once
            self.finished.emit(self.founding.store)
        else:
            self._show(self._stack.currentIndex() + 1)

    def _show(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._say()
        self._ready(self.step.is_ready())
        self.step.enter()
        self.ensureVisible(0, 0)

    def _ready(self, ready: bool) -> None:
        self.next_button.setEnabled(ready and not self._busy)
        self.back_button.setEnabled(not self._busy and self._stack.currentIndex() > 0)
        self._say()

    def _say(self) -> None:
        self.where.setText(
            tr("Step {step} of {steps}", step=self._stack.currentIndex() + 1, steps=len(self._steps))
        )
        words = tr("One moment …") if self._busy else tr(self.step.next_word)
        self.next_button.setText(words)
        self.next_button.setAccessibleName(words)
        self.back_button.setVisible(self._stack.currentIndex() > 0)
