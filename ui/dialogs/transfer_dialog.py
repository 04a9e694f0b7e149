"""Copying a thing to the record system by hand: its fields one under the other, each with its button, and the mark.

Nothing is sent from here to any other system.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.papers import Made, PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.transfer import FieldText, TransferState
from caseworker_app.services import transfers
from caseworker_app.services.ports import Access, Reader
from caseworker_app.services.transfers import Opened, Subject
from ui.clipboard import SECONDS, copied
from ui.dialogs.fitting import resize
from ui.house import House
from ui.tasks import Job, Op, Query
from ui.widgets.announce import announce
from ui.widgets.complaint import Complaint
from ui.widgets.transfer_field import NUMBERED, FieldRow
from ui.widgets.transfer_mark import standing_words
from ui.words import bind, bind_call, tr

if TYPE_CHECKING:
    from caseworker_app.domain.ids import Id

WIDTH, HEIGHT = 760, 860


class TransferDialog(QDialog):
    """Opened with ``open()``; several things are taken one after the other. ``shown`` comes when one stands there."""

    shown = Signal()

    def __init__(self, house: House, subjects: Sequence[Subject], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._subjects, self._at = house, tuple(subjects), 0
        self.thing: Opened | None = None
        self.rows: list[FieldRow] = []
        self.heading, self.about, self.standing, self.said = (
            _label("heading"), _label("muted"), _label("note"), _label("muted"),
        )  # fmt: skip
        self.complaint = Complaint(self)
        self._area, self._inner = QScrollArea(self), QWidget()
        self._column = QVBoxLayout(self._inner)
        self.copy_all, self.save_button, self.mark_button = QPushButton(), QPushButton(), QPushButton()
        self.close_button, self.before, self.after = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._keys()
        bind_call(self, self._say)
        self._ask()

    def _lay_out(self) -> None:
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        bind(self._area.setAccessibleName, "What can be copied")
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        self.mark_button.setProperty("look", "primary")
        for button, words, act in (
            (self.copy_all, N_("Copy everything (Ctrl+Shift+C)"), self._copy_all),
            (self.save_button, N_("Save as PDF … (Ctrl+S)"), self.save),
            (self.mark_button, N_("Mark as carried over (Ctrl+Enter)"), self.mark),
            (self.close_button, N_("Close"), self.close),
            (self.before, N_("Previous (Alt+Up)"), lambda: self._go(-1)),
            (self.after, N_("Next (Alt+Down)"), lambda: self._go(1)),
        ):
            button.setAutoDefault(False)
            bind(button.setText, words)
            button.clicked.connect(lambda _on=False, act=act: act())
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.heading, 1)
        top.addWidget(self.before)
        top.addWidget(self.after)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.mark_button, self.copy_all, self.save_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(top)
        for widget in (self.about, self.standing, self.complaint):
            layout.addWidget(widget)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.said)
        layout.addLayout(foot)
        resize(self, WIDTH, HEIGHT)

    def _keys(self) -> None:
        for number in range(1, NUMBERED + 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda n=number: self._copy_number(n))
        for keys, act in (
            ("Ctrl+Shift+C", self._copy_all), ("Ctrl+S", self.save), ("Ctrl+Return", self.mark),
            ("Ctrl+Enter", self.mark), ("Alt+Up", lambda: self._go(-1)), ("Alt+Down", lambda: self._go(1)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, act)

    # what stands there

    def _ask(self) -> None:
        subject, books = self._subjects[self._at], self._house.books
        self._house.tasks.query(self, Query(lambda r: transfers.opened(r, books, subject), self._show))

    def _show(self, thing: Opened) -> None:
        fresh = self.thing is None or self.thing.described != thing.described
        self.thing = thing
        if fresh:
            self._fill(thing.described.fields)
        self._say()
        self.shown.emit()

    def _fill(self, fields: Sequence[FieldText]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.rows = []
        group = ""
        for number, one in enumerate(fields, start=1):
            if one.group != group:
                group = one.group
                self._column.addWidget(_label("subheading", group))
            row = FieldRow(number, one)
            row.copied.connect(self._copy)
            self.rows.append(row)
            self._column.addWidget(row)
        self._column.addStretch(1)
        self._area.verticalScrollBar().setValue(0)
        if self.rows:
            self.rows[0].button.setFocus()

    def _say(self) -> None:
        thing = self.thing
        if thing is None:
            return
        many = len(self._subjects) > 1
        self.before.setVisible(many)
        self.after.setVisible(many)
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < len(self._subjects))
        self.setWindowTitle(tr("Copy to {system}", system=thing.system))
        self.heading.setText(thing.described.title)
        day = thing.described.day
        place = tr("{n} of {of}", n=self._at + 1, of=len(self._subjects)) if many else ""
        parts = (
            thing.case.child_name or thing.case.unborn_of,
            thing.case.record_number,
            "" if day is None else long_date(day, i18n.current().language),
            place,
        )
        self.about.setText(" · ".join(part for part in parts if part))
        self.standing.setText(
            standing_words(thing.standing, thing.system)
            + ". "
            + tr("Nothing is sent: copy here, paste in {system}, and mark it.", system=thing.system)
        )
        self.mark_button.setEnabled(thing.standing.state is not TransferState.ON)

    def _go(self, step: int) -> None:
        if 0 <= self._at + step < len(self._subjects):
            self._at += step
            self.complaint.clear()
            self.said.clear()
            self._ask()

    # copying

    def _copy_number(self, number: int) -> None:
        if number <= len(self.rows):
            self._copy(self.rows[number - 1].field)

    def _copy(self, one: FieldText) -> None:
        self._put(one.text, tr("{what} is copied.", what=one.called))

    def _copy_all(self) -> None:
        if self.thing is not None:
            self._put(self.thing.described.text, tr("Everything is copied."))

    def _put(self, text: str, said: str) -> None:
        copied().copy(text)
        words = f"{said} " + tr("It is taken off the clipboard in {n} seconds.", n=SECONDS)
        self.said.setText(words)
        announce(self, words)

    # marking

    def mark(self) -> None:
        """Say that it was carried over; with several, the next one is shown."""
        thing = self.thing
        if thing is None or not self.mark_button.isEnabled():
            return
        self.mark_button.setEnabled(False)
        subject, books, seen = self._subjects[self._at], self._house.books, thing.described.digest
        run = Op(
            lambda w: transfers.mark(w, books, subject, seen),
            done=self._marked,
            said="Marked as carried over. Undo takes it back.",
            failed=self._refused,
        )
        self._house.tasks.op(self, run)

    def _marked(self, _made: Id) -> None:
        self.complaint.clear()
        if self._at + 1 < len(self._subjects):
            self._go(1)
        else:
            self._ask()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)
        self._ask()

    # on paper

    def save(self) -> None:
        """Make the PDF, and ask where it is to lie."""
        thing = self.thing
        if thing is None or not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)
        self.said.setText(tr("Getting ready …"))

        def ask(reader: Reader) -> PaperJob:
            from caseworker_app.services import transfer_papers

            return transfer_papers.job(reader, thing)

        self._house.tasks.query(self, Query(ask, self._make))

    def _make(self, job: PaperJob) -> None:
        make = self._house.papers.make
        self._house.tasks.job(
            self, Job(lambda: make(job), lambda made: self._made(job, made), self._not_saved)
        )

    def _made(self, job: PaperJob, made: Made) -> None:
        from ui.widgets.save_file import ask_where

        self.save_button.setEnabled(True)
        self.said.clear()
        chosen = tr("PDF (*.pdf)")
        ask_where(
            self, tr("Save a copy"), job.file_name, chosen, lambda path: self.save_to(path, job, made.data)
        )

    def save_to(self, path: str, job: PaperJob, data: bytes) -> None:
        """Save the copy at a place that was chosen; it is noted."""
        from ui import printing

        def saved(_nothing: None) -> None:
            from caseworker_app.services import papers

            self.said.setText(tr("The copy is saved. Whoever has the file can read it."))
            run = Op(lambda w: papers.record_print(w, job, data, Access.EXPORT))
            self._house.tasks.op(self._house.tasks, run)

        self._house.tasks.job(
            self, Job(lambda: printing.save_copy(path, data), saved, self._not_saved, leaves=True)
        )

    def _not_saved(self, error: UserError) -> None:
        self.save_button.setEnabled(True)
        self.said.clear()
        self.complaint.show_error(error)


def _label(look: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
