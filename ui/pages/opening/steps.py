"""What every step of making a store is, and the first two: what this is, and the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services.opening import Doors, NewSlots
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Store
from ui.pages.opening.sheet import labelled, text, title
from ui.tasks import Job, Tasks
from ui.widgets.complaint import Complaint
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.strength_bar import StrengthBar


@dataclass
class Founding:
    """What the steps share while a store is made."""

    tasks: Tasks
    doors: Doors
    papers: PaperMaker
    slots: NewSlots | None = None
    store: Store | None = None


class Step(QWidget):
    """One step. ``ready`` says whether one can go on; ``submit`` comes at Return."""

    ready = Signal(bool)
    submit = Signal()
    heading = ""
    next_word = N_("Next")

    def __init__(self, founding: Founding) -> None:
        super().__init__()
        self.founding = founding
        self.complaint = Complaint()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(title(self.heading))

    def enter(self) -> None:
        """Begin, or begin again."""

    def is_ready(self) -> bool:
        """Whether one can go on now."""
        return True

    def back(self) -> bool:
        """Take a step back within the step; ``False`` when there is none."""
        return False

    def proceed(self, done: Callable[[], None], failed: Callable[[], None]) -> None:
        """Do what this step does; call ``done`` to go on or ``failed`` to stay."""
        done()

    def run(self, job: Callable[[], object], done: Callable[[], None], failed: Callable[[], None]) -> None:
        """Do something slow; a refusal stands under what it is about."""

        def refused(error: UserError) -> None:
            self.complaint.show_error(error)
            failed()

        self.complaint.clear()
        self.founding.tasks.job(self, Job(job, lambda _answer: done(), refused))


class WelcomeStep(Step):
    """What this is, and what will happen."""

    heading = N_("Welcome to Tæt på")
    next_word = N_("Begin")

    def __init__(self, founding: Founding) -> None:
        super().__init__(founding)
        self.column.addWidget(
            text(
                "Tæt på is for you who work with children and families: socialrådgiver or sundhedsplejerske. "
                "It keeps your cases, the people around each child, the meetings, and writes the papers."
            )
        )
        self.column.addWidget(
            text(
                "Everything is kept encrypted on this computer. Nobody can read it without your key, "
                "neither we nor the IT department, so we make two keys now and try both."
            )
        )
        self.column.addWidget(
            text("It takes five minutes. Have a printer or a pen and paper at hand.", "muted")
        )


class PassphraseStep(Step):
    """Choosing the passphrase, typed twice."""

    heading = N_("Choose a passphrase")

    def __init__(self, founding: Founding) -> None:
        super().__init__(founding)
        self.first = PassphraseField("Passphrase")
        self.bar = StrengthBar()
        self.second = PassphraseField("The same passphrase again")
        self.column.addWidget(
            text("You write it when you open Tæt på and after each break. Nobody can find it for you again.")
        )
        self.column.addLayout(labelled("Passphrase", self.first))
        self.column.addWidget(self.bar)
        self.column.addLayout(labelled("The same passphrase again", self.second))
        self.column.addWidget(self.complaint)
        self.first.edited.connect(self._typed)
        self.second.edited.connect(self._typed)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.submit)
        self._enough = False

    def enter(self) -> None:
        self.first.clear()
        self.second.clear()
        self._typed()
        self.first.setFocus()

    def _typed(self, _text: str = "") -> None:
        typed = self.first.text()
        strength = self.founding.doors.strength(typed) if typed else None
        self._enough = strength is not None and strength.enough
        self.bar.show_strength(strength)
        again = self.second.text()
        if again and not typed.startswith(again):
            self.complaint.show_message(N_("The two are not the same."))
        else:
            self.complaint.clear()
        self.ready.emit(self.is_ready())

    def is_ready(self) -> bool:
        return self._enough and self.first.text() == self.second.text()

    def proceed(self, done: Callable[[], None], failed: Callable[[], None]) -> None:
        passphrase = self.first.text()

        def prepare() -> None:
            self.founding.slots = self.founding.doors.prepare(passphrase)

        def prepared() -> None:
            self.first.clear()
            self.second.clear()
            done()

        self.run(prepare, prepared, failed)
