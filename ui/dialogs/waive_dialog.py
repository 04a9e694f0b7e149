"""Settling what is due without holding it: let go with a reason, or said to be done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import DeadlineMark
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import settling
from caseworker_app.services.deadline import Deadline, Work
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House
from ui.models.due_rows import law_words, what_words
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.words import bind_call, tr


class _SettleDialog(FormDialog):
    """What both ways have in common: which deadline, a form over the mark."""

    def __init__(
        self, house: House, one: Deadline, heading: str, explanation: str, parent: QWidget | None
    ) -> None:
        super().__init__(heading, explanation, parent)
        self._house, self._one = house, one
        about = QLabel(self)
        about.setWordWrap(True)
        bind_call(about, lambda: about.setText(f"{what_words(one)} · {_rest(one)}"))
        self.add(about)

    def _fill(self, rows: tuple[Row, ...], verb: str, said: str, button: str, first: str) -> None:
        one = self._one
        self.form = FormView(
            self._house, DeadlineMark, rows, self._settle,
            title=lambda _form: what_words(one), said=said, button=button, keys_within=self, parent=self.room,
        )  # fmt: skip
        self.hold(self.form)
        self.form.shown.connect(self.form.rows[first].editor.setFocus)
        self.form.saved.connect(self.close)
        self.form.make(
            f"{verb}:{one.subject.hex()}:{one.key}:{one.due}",
            stream=one.case.stream,
            shown=lambda reader: {"done_on": reader.today},
            about=one.case.id,
        )

    def _settle(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        raise NotImplementedError


class WaiveDialog(_SettleDialog):
    """Lets a due date go with a reason; it stays in the list of what was due."""

    def __init__(self, house: House, one: Deadline, parent: QWidget | None = None) -> None:
        super().__init__(
            house, one, N_("Waive a due date"),
            N_("It is not held and not done. It stays in the list with your name, the day and the reason."), parent,
        )  # fmt: skip
        row = Row("note", makers.long_text(4), width=12, label=N_("Why it is let go"))
        self._fill((row,), "waive", N_("It is waived. Ctrl+Z opens it again."), N_("Waive (Ctrl+S)"), "note")

    def _settle(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        one = self._one
        reason = edits["note"].value if "note" in edits else ""
        try:
            if one.work is Work.FOLLOW_UP:
                book = self._house.books.rules(writer)
                return settling.waive(writer, book, one.subject, one.key, one.due, reason)
            return settling.waive_deadline(writer, one, reason)
        except InvalidInput as problem:
            if problem.field != "reason":
                raise
            raise InvalidInput("note", problem.message, *problem.ways_out, **problem.values) from problem


class DoneDialog(_SettleDialog):
    """Says that something due, which is no follow-up, was done: when, and a note."""

    def __init__(self, house: House, one: Deadline, parent: QWidget | None = None) -> None:
        super().__init__(
            house,
            one,
            N_("It is done"),
            N_("Say when it was done. The due date stays in the list as done."),
            parent,
        )
        rows = (Row("done_on", makers.date("back")), Row("note", makers.long_text(3), width=12))
        self._fill(
            rows, "done", N_("It is noted as done. Ctrl+Z opens it again."), N_("Done (Ctrl+S)"), "done_on"
        )

    def _settle(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        on = edits["done_on"].value if "done_on" in edits else writer.today
        if on is None:
            raise InvalidInput("done_on", "Write the day it was done.")
        note = edits["note"].value if "note" in edits else ""
        return settling.mark_done(writer, self._one, on, note)


def _rest(one: Deadline) -> str:
    day = long_date(one.due, i18n.current().language)
    return f"{law_words(one)} · {tr('by {day}', day=day)}"
