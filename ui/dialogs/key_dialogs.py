"""The ways in looked after: each dialog asks for the passphrase of the moment, does one thing, and has it tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.papers import Made, Paper, PaperJob, RecoverySheetFacts
from caseworker_app.i18n import N_
from caseworker_app.services import office
from caseworker_app.services.opening import Doors
from ui.dialogs.fitting import fit
from ui.house import House
from ui.pages.opening.recovery_step import CodeCard
from ui.pages.opening.sheet import labelled, text
from ui.tasks import Job, Query
from ui.widgets.complaint import Complaint
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.strength_bar import StrengthBar
from ui.widgets.sync.plain import button, label
from ui.words import bind, tr

WIDTH = 560


class KeyDialog(QDialog):
    """Opened with ``open()``; gone when closed. ``done_well`` carries the msgid of what to say."""

    done_well = Signal(str)

    def __init__(
        self, house: House, doors: Doors, heading: str, about: str, go: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, heading)
        self.house, self.doors = house, doors
        self.complaint = Complaint()
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        self.go_button, self.cancel_button = button(go, "primary"), button("Cancel")
        self.go_button.clicked.connect(self.go)
        self.cancel_button.clicked.connect(self.reject)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.go_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label("heading", heading))
        layout.addWidget(label("muted", about))
        layout.addLayout(self.column)
        layout.addWidget(self.complaint)
        layout.addStretch(1)
        layout.addLayout(self.foot)
        self.setMinimumWidth(WIDTH)

    def ask(self, name: str) -> PassphraseField:
        """Put in a field for a passphrase, under its label (a msgid)."""
        field = PassphraseField(name)
        self.column.addLayout(labelled(name, field))
        field.edited.connect(lambda: self.refresh())
        field.entered.connect(self.go)
        return field

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.grow()

    def grow(self) -> None:
        """Make room for what has come."""
        QTimer.singleShot(0, self, lambda: fit(self, grow_only=True))

    def is_ready(self) -> bool:
        """Whether everything asked for is written."""
        return True

    def refresh(self) -> None:
        """Let the button be pressed once everything is written."""
        self.go_button.setEnabled(self.is_ready())

    def go(self) -> None:
        """Do it."""
        raise NotImplementedError

    def run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do something slow; a refusal stands above the buttons."""
        if not self.go_button.isEnabled():
            return
        self.complaint.clear()
        self.go_button.setEnabled(False)
        self.house.tasks.job(self, Job(work, done, self._refused))

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        self.refresh()
        self.grow()

    def well(self, said: str) -> None:
        """Say that it is done, and go."""
        self.done_well.emit(said)
        self.accept()


class ChangePassphraseDialog(KeyDialog):
    """Another passphrase instead of the one there is."""

    def __init__(self, house: House, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(
            house, doors, N_("Change the passphrase"),
            N_("The new one is tried before the old one goes. Backups on this computer open by the new one too."),
            N_("Change it"), parent,
        )  # fmt: skip
        self.now = self.ask("The passphrase you have")
        self.new = self.ask("The new passphrase")
        self.bar = StrengthBar()
        self.column.addWidget(self.bar)
        self.again = self.ask("The new passphrase again")
        self._enough = False
        self.now.setFocus()

    def is_ready(self) -> bool:
        new = self.new.text()
        strength = self.doors.strength(new) if new else None
        self.bar.show_strength(strength)
        enough = strength is not None and strength.enough
        return enough and bool(self.now.text()) and new == self.again.text()

    def go(self) -> None:
        now, new, keys = self.now.text(), self.new.text(), self.doors.keys
        self.run(
            lambda: keys.change_passphrase(now, new), lambda _n: self.well(N_("The passphrase is changed."))
        )


class TryDialog(KeyDialog):
    """Opens by a way in for proof."""

    def __init__(self, house: House, doors: Doors, kind: str, parent: QWidget | None = None) -> None:
        by_code = kind == "recovery"
        super().__init__(
            house, doors, N_("Try the recovery sheet") if by_code else N_("Try the passphrase"),
            N_("The store is opened by it for proof. Nothing is changed but the day it was tried."),
            N_("Try it"), parent,
        )  # fmt: skip
        self._by_code = by_code
        self.field = QLineEdit() if by_code else self.ask("Passphrase")
        if isinstance(self.field, QLineEdit):
            self.field.setMaxLength(120)
            self.column.addLayout(labelled("Recovery code, seven groups of five", self.field))
            self.field.textEdited.connect(lambda: self.refresh())
            self.field.returnPressed.connect(self.go)
        self.field.setFocus()

    def is_ready(self) -> bool:
        return bool(self.field.text().strip())

    def go(self) -> None:
        typed, keys = self.field.text(), self.doors.keys
        work = (lambda: keys.try_recovery(typed)) if self._by_code else (lambda: keys.try_passphrase(typed))
        self.run(work, lambda _n: self.well(N_("It opens.")))


class ProveDialog(KeyDialog):
    """Asks for the passphrase, then does one thing with it."""

    def __init__(
        self,
        house: House,
        doors: Doors,
        words: tuple[str, str, str, str],
        act: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        """``words`` are msgids: heading, explanation, button, and what to say when it is done."""
        heading, about, go, self._said = words
        super().__init__(house, doors, heading, about, go, parent)
        self._act = act
        self.passphrase = self.ask("Passphrase")
        self.passphrase.setFocus()

    def is_ready(self) -> bool:
        return bool(self.passphrase.text())

    def go(self) -> None:
        typed = self.passphrase.text()
        self.run(lambda: self._act(typed), lambda _n: self.well(self._said))


class OrganisationDialog(KeyDialog):
    """Lets the holder of an organisation's secret key in."""

    def __init__(self, house: House, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(
            house, doors, N_("Add the organisation's key"),
            N_("Whoever keeps the secret half can open your cases if you are away for long. Paste the public key that the "
               "IT department sent; it counts once they have tried it."),
            N_("Add it"), parent,
        )  # fmt: skip
        self.name, self.public = QLineEdit(), QPlainTextEdit()
        self.name.setMaxLength(80)
        self.public.setTabChangesFocus(True)
        self.public.setFixedHeight(72)
        font = QFont(self.public.font())
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.public.setFont(font)
        self.column.addLayout(labelled("Whose key it is", self.name))
        self.column.addLayout(labelled("The public key", self.public))
        self.passphrase = self.ask("Your passphrase")
        self.name.textEdited.connect(lambda: self.refresh())
        self.public.textChanged.connect(self.refresh)
        self.name.setFocus()

    def is_ready(self) -> bool:
        return all(
            words.strip() for words in (self.name.text(), self.public.toPlainText(), self.passphrase.text())
        )

    def go(self) -> None:
        name, public, typed, keys = (
            self.name.text(), self.public.toPlainText(), self.passphrase.text(), self.doors.keys,
        )  # fmt: skip
        self.run(
            lambda: keys.add_organisation(typed, name, public),
            lambda _n: self.well(N_("The key is added. It counts once the organisation has tried it.")),
        )

    def _refused(self, error: UserError) -> None:
        super()._refused(error)
        if isinstance(error, InvalidInput):
            (self.name if error.field == "name" else self.public).setFocus()


class NewRecoveryDialog(KeyDialog):
    """A new recovery sheet: the passphrase, the sheet, and the code typed back from it."""

    def __init__(self, house: House, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(
            house, doors, N_("A new recovery sheet"),
            N_("The sheet you have counts until you have typed the new code back; then it is worthless."),
            N_("Make a new code"), parent,
        )  # fmt: skip
        self._stage = 0
        self._made = ""
        self.proof, self.sheet, self.typing = QWidget(), QWidget(), QWidget()
        self.passphrase = PassphraseField("Passphrase")
        self.card, self.print_button = CodeCard(), button("Print the recovery sheet")
        self.code = QLineEdit()
        self.code.setMaxLength(120)
        self._lay_out()
        self.print_button.clicked.connect(self._print)
        self.code.textEdited.connect(lambda: self.refresh())
        self.code.returnPressed.connect(self.go)
        self.passphrase.setFocus()

    def _lay_out(self) -> None:
        on_proof, on_sheet, on_typing = (self._part(part) for part in (self.proof, self.sheet, self.typing))
        on_proof.addLayout(labelled("Passphrase", self.passphrase))
        self.passphrase.edited.connect(lambda: self.refresh())
        self.passphrase.entered.connect(self.go)
        self.sheet.hide()
        self.typing.hide()
        on_sheet.addWidget(
            text("The code is shown only now. Print the sheet, or write the code down by hand.")
        )
        on_sheet.addWidget(self.card)
        on_sheet.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        on_typing.addWidget(
            text("Now take the paper and type the code from it. Then we know that it can be read.")
        )
        on_typing.addLayout(labelled("Recovery code, seven groups of five", self.code))

    def _part(self, part: QWidget) -> QVBoxLayout:
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.column.addWidget(part)
        return column

    def is_ready(self) -> bool:
        return bool((self.passphrase.text(), "sheet", self.code.text().strip())[self._stage])

    def go(self) -> None:
        keys = self.doors.keys
        if self._stage == 0:
            typed = self.passphrase.text()
            self.run(lambda: keys.new_recovery(typed), self._show_code)
        elif self._stage == 1:
            self._turn(2)
            self.code.setFocus()
        else:
            code = self.code.text()
            said = N_("The new recovery sheet counts. Destroy the old one.")
            self.run(lambda: keys.prove_recovery(code), lambda _n: self.well(said))

    def _show_code(self, code: object) -> None:
        self._made = str(code)
        self.passphrase.clear()
        self.card.show_code(self._made)
        self._turn(1)
        self.print_button.setFocus()

    def _turn(self, stage: int) -> None:
        self._stage = stage
        self.proof.setVisible(stage == 0)
        self.sheet.setVisible(stage == 1)
        self.typing.setVisible(stage == 2)
        bind(self.go_button.setText, "Next" if stage == 1 else "It counts from now on")
        self.refresh()
        self.grow()

    def _print(self) -> None:
        def ask(found: office.House) -> None:
            today = dt.datetime.now(dt.UTC).astimezone().date()
            facts = RecoverySheetFacts(self._made, found.office.municipality, found.worker.name, today)
            job = PaperJob(Paper.RECOVERY_SHEET, facts, "recovery-sheet.pdf")
            self.house.tasks.job(
                self, Job(lambda: self.house.papers.make(job), self._show_paper, self._refused)
            )

        self.house.tasks.query(self, Query(office.house, ask))

    def _show_paper(self, made: Made) -> None:
        from ui.dialogs.preview_dialog import PreviewDialog

        PreviewDialog(None, made.data, tr("Recovery sheet"), parent=self, keeps=False).open()

    def done(self, result: int) -> None:
        """Take a code back that was not typed back."""
        if result != QDialog.DialogCode.Accepted and self._made:
            self.house.tasks.job(self.house.tasks, Job(self.doors.keys.forget_recovery, lambda _n: None))
        self._made = ""
        super().done(result)
