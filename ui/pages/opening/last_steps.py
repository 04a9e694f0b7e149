"""The last two steps of making a store: the passphrase once more, and who you are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QRadioButton

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.office import FUNCTION_LABELS, Function
from caseworker_app.i18n import N_, load
from caseworker_app.services.ports import Store
from ui.pages.opening.sheet import labelled, text
from ui.pages.opening.steps import Founding, Step
from ui.tasks import Job
from ui.widgets.passphrase_field import PassphraseField
from ui.words import bind, bind_call, tr


class ProofStep(Step):
    """The passphrase once more, and what the computer's own keyring said."""

    heading = N_("Try the passphrase")

    def __init__(self, founding: Founding) -> None:
        super().__init__(founding)
        self.passphrase = PassphraseField("Passphrase")
        self.keyring = QLabel()
        self.keyring.setWordWrap(True)
        self.column.addWidget(text("Write the passphrase once more, as you will each day."))
        self.column.addLayout(labelled("Passphrase", self.passphrase))
        self.column.addWidget(self.complaint)
        self.column.addWidget(self.keyring)
        self.passphrase.edited.connect(lambda: self.ready.emit(self.is_ready()))
        self.passphrase.entered.connect(self.submit)
        bind_call(self, self._say)

    def _say(self) -> None:
        slots = self.founding.slots
        if slots is None:
            self.keyring.setText("")
        elif slots.keyring:
            self.keyring.setText(
                tr(
                    "This computer's keyring has a key too: when you are logged on to the computer, "
                    "Tæt på opens by itself. After the lock it asks for the passphrase."
                )
            )
        else:
            reason = tr(slots.keyring_reason) if slots.keyring_reason else ""
            self.keyring.setText(
                f"{reason} {tr('You write the passphrase each time you open Tæt på.')}".strip()
            )

    def enter(self) -> None:
        self.passphrase.clear()
        self.complaint.clear()
        self._say()
        self.passphrase.setFocus()
        self.ready.emit(False)

    def is_ready(self) -> bool:
        return bool(self.passphrase.text())

    def proceed(self, done: Callable[[], None], failed: Callable[[], None]) -> None:
        typed = self.passphrase.text()
        self.run(lambda: self.founding.doors.verify_passphrase(typed), done, failed)


class WorkerStep(Step):
    """Who you are and where: what stands under every letter."""

    heading = N_("Who are you?")
    next_word = N_("Open Tæt på")

    def __init__(self, founding: Founding) -> None:
        super().__init__(founding)
        self.column.addWidget(text("This stands on invitations and minutes. You can change it later."))
        self.name, self.title_line, self.phone = QLineEdit(), QLineEdit(), QLineEdit()
        self.municipality, self.department = QLineEdit(), QLineEdit()
        self.functions = QButtonGroup(self)
        self.column.addLayout(labelled("Your name", self.name))
        self.column.addLayout(self._choices())
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addLayout(labelled("Title", self.title_line), 0, 0)
        grid.addLayout(labelled("Telephone", self.phone), 0, 1)
        grid.addLayout(labelled("Municipality", self.municipality), 1, 0)
        grid.addLayout(labelled("Department", self.department), 1, 1)
        self.column.addLayout(grid)
        self.column.addWidget(self.complaint)
        for line in (self.name, self.title_line, self.phone, self.municipality, self.department):
            line.setMaxLength(200)
            line.returnPressed.connect(self.submit)
        self.name.textChanged.connect(lambda: self.ready.emit(self.is_ready()))

    def _choices(self) -> QHBoxLayout:
        layout = QHBoxLayout()
        layout.setSpacing(16)
        label = QLabel()
        bind(label.setText, "I am")
        layout.addWidget(label)
        for index, (function, word) in enumerate(FUNCTION_LABELS.items()):
            choice = QRadioButton()
            bind(choice.setText, word)
            bind(choice.setAccessibleName, word)
            choice.setChecked(index == 0)
            choice.setProperty("function", function.value)
            self.functions.addButton(choice, index)
            layout.addWidget(choice)
        layout.addStretch(1)
        self.functions.idToggled.connect(self._suggest)
        self._suggest()
        return layout

    def _suggest(self, *_changed: object) -> None:
        """Offer the title in Danish, whatever the screen's language is: it stands on letters."""
        self.title_line.setPlaceholderText(load("da").gettext(FUNCTION_LABELS[self.function]))

    @property
    def function(self) -> Function:
        """What the worker is."""
        return list(FUNCTION_LABELS)[self.functions.checkedId()]

    def enter(self) -> None:
        self.complaint.clear()
        self.name.setFocus()
        self.ready.emit(self.is_ready())

    def is_ready(self) -> bool:
        return bool(self.name.text().strip())

    def proceed(self, done: Callable[[], None], failed: Callable[[], None]) -> None:
        worker = {
            "name": self.name.text().strip(),
            "function": self.function,
            "title": self.title_line.text().strip() or self.title_line.placeholderText(),
            "phone": self.phone.text().strip(),
        }
        office = {
            "municipality": self.municipality.text().strip(),
            "department": self.department.text().strip(),
        }

        def founded(store: Store) -> None:
            self.founding.store = store
            done()

        def refused(error: UserError) -> None:
            self.complaint.show_error(error)
            if isinstance(error, InvalidInput) and error.field == "name":
                self.name.setFocus()
            failed()

        self.complaint.clear()
        self.founding.tasks.job(
            self, Job(lambda: self.founding.doors.found(worker, office), founded, refused)
        )
