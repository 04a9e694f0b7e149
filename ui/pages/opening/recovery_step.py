"""The recovery sheet: the code shown and printed, then typed back from the paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.papers import Made, Paper, PaperJob, RecoverySheetFacts
from caseworker_app.i18n import N_
from ui.pages.opening.sheet import button, labelled, text
from ui.pages.opening.steps import Founding, Step
from ui.tasks import Job
from ui.words import bind_call, tr

_COLUMNS = 4


class CodeCard(QFrame):
    """The recovery code in its numbered groups."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "banner")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._labels: list[QLabel] = []

    def show_code(self, code: str) -> None:
        """Show a code; its groups stand between hyphens."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.deleteLater()
        self._labels = []
        for index, group in enumerate(code.split("-")):
            row, column = divmod(index, _COLUMNS)
            self._add(f"{index + 1}", "muted", row, 3 * column)
            letters = self._add(group, "", row, 3 * column + 1)
            self._grid.setColumnStretch(3 * column + 2, 1 if column < _COLUMNS - 1 else 0)
            font = QFont(letters.font())
            font.setBold(True)
            font.setStyleHint(QFont.StyleHint.Monospace)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 2)
            letters.setFont(font)
        self.setAccessibleName(tr("Recovery code"))
        self.setAccessibleDescription(code)

    def _add(self, words: str, look: str, row: int, column: int) -> QLabel:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if look:
            label.setProperty("look", look)
        self._grid.addWidget(label, row, column)
        self._labels.append(label)
        return label


class RecoveryStep(Step):
    """First the sheet, then the proof that it is at hand: the code is hidden and typed back."""

    heading = N_("Your recovery sheet")

    def __init__(self, founding: Founding) -> None:
        super().__init__(founding)
        self.card = CodeCard()
        self.print_button = button("Print the recovery sheet", self._print)
        self.code = QLineEdit()
        self.code.setMaxLength(120)
        self._said = QLabel()
        self._said.setProperty("look", "note")
        self._said.setWordWrap(True)
        self._sheet_part, self._typing_part = self._sheet(), self._typing()
        self.column.addWidget(self._sheet_part)
        self.column.addWidget(self._typing_part)
        self.column.addWidget(self.complaint)
        self._seen: str | None = None
        self._anew = False
        self._type(False)
        bind_call(self, self._say)

    def _sheet(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            text(
                "If you forget the passphrase, this code is the way in. "
                "It is shown only now. Print the sheet, or write the code down by hand."
            )
        )
        column.addWidget(self.card)
        column.addWidget(self._said)
        column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(
            text(
                "Keep the sheet locked away, at work or at home, and not together with the computer.", "muted"
            )
        )
        return part

    def _typing(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            text("Now take the paper and type the code from it. Then we know that it can be read.")
        )
        column.addLayout(labelled("Recovery code, seven groups of five", self.code))
        column.addWidget(
            text(
                "Small letters and missing hyphens are fine. There is no letter O, I, L or U in it.", "muted"
            )
        )
        self.code.textChanged.connect(lambda: self.ready.emit(self.is_ready()))
        self.code.returnPressed.connect(self.submit)
        return part

    def enter(self) -> None:
        slots = self.founding.slots
        if slots is None:
            return
        self._anew = self._seen is not None and self._seen != slots.recovery_code
        self._seen = slots.recovery_code
        self.card.show_code(slots.recovery_code)
        self.code.clear()
        self.complaint.clear()
        self._say()
        self._type(False)
        self.print_button.setFocus()
        self.ready.emit(True)

    def _say(self) -> None:
        self._said.setText(tr("A new code has been made. A sheet printed before is no longer valid."))
        self._said.setVisible(self._anew)

    def _type(self, now: bool) -> None:
        self._typing_now = now
        self._sheet_part.setVisible(not now)
        self._typing_part.setVisible(now)

    @property
    def typing(self) -> bool:
        """Whether the code is hidden and being typed back."""
        return self._typing_now

    def is_ready(self) -> bool:
        return not self.typing or bool(self.code.text().strip())

    def back(self) -> bool:
        if not self.typing:
            return False
        self._type(False)
        self.complaint.clear()
        self.ready.emit(True)
        return True

    def proceed(self, done: Callable[[], None], failed: Callable[[], None]) -> None:
        if not self.typing:
            self._type(True)
            self.code.setFocus()
            failed()
            return
        typed = self.code.text()
        self.run(lambda: self.founding.doors.verify_recovery(typed), done, failed)

    # the paper

    def _print(self) -> None:
        slots = self.founding.slots
        if slots is None:
            return
        made = dt.datetime.now(dt.UTC).astimezone().date()
        facts = RecoverySheetFacts(slots.recovery_code, "", "", made)
        job = PaperJob(Paper.RECOVERY_SHEET, facts, "recovery-sheet.pdf")
        self.print_button.setEnabled(False)
        self.complaint.clear()
        self.founding.tasks.job(
            self, Job(lambda: self.founding.papers.make(job), self._show_paper, self._no_paper)
        )

    def _show_paper(self, made: Made) -> None:
        from ui.dialogs.preview_dialog import PreviewDialog

        self.print_button.setEnabled(True)
        PreviewDialog(None, made.data, tr("Recovery sheet"), parent=self.window(), keeps=False).open()

    def _no_paper(self, error: UserError) -> None:
        self.print_button.setEnabled(True)
        self.complaint.show_error(error)
