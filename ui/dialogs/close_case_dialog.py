"""Closing a case: from which day, and why."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import cases, journal_desk
from caseworker_app.services.books import Books
from caseworker_app.services.forms import Edit
from caseworker_app.services.journal_desk import JournalRow
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House, Place
from ui.models.caseload_rows import child_words
from ui.tasks import Query
from ui.widgets.case_rows import close_key
from ui.widgets.fields import makers
from ui.widgets.form_bars import NoticeBar
from ui.widgets.form_view import FormView, Row
from ui.words import tr

_ROWS = (
    Row("closed_on", makers.date("back"), width=6),
    Row("close_reason", makers.long_text(4), width=12),
    Row("unmeasured", makers.long_text(2), width=12),
)


class CloseCaseDialog(FormDialog):
    """Closes a case: it no longer counts, nothing of it is lost, and it can be opened again."""

    def __init__(self, house: House, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("Close the case"),
            N_("A closed case no longer counts. Everything in it is kept, and it can be opened again."),
            parent,
        )
        self._case = case.id
        self.form = FormView(
            house, Case, _ROWS, self._close_case,
            title=lambda _form: tr("Close the case: {name}", name=child_words(case)),
            said=N_("The case is closed."), button=N_("Close the case (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.unsigned, self.unmeasured = NoticeBar(), NoticeBar()
        self.add(self.unsigned)
        self.add(self.unmeasured)
        self.hold(self.form)
        house.tasks.query(self, Query(lambda r: journal_desk.waiting(r, case).rows, self._say_unsigned))
        house.tasks.query(self, Query(lambda r: _missing(r, house.books, case), self._say_unmeasured))
        self._house = house
        self.form.shown.connect(self.form.rows["close_reason"].editor.setFocus)
        self.form.saved.connect(self.close)
        self.form.rows["unmeasured"].hide()
        self.form.make(
            close_key(case.id),
            stream=case.stream,
            shown=lambda reader: {"closed_on": reader.today},
            about=case.id,
        )

    def _say_unsigned(self, rows: tuple[JournalRow, ...]) -> None:
        """Say that entries wait for the signature: a closed case keeps them, but the file is not whole without them."""
        if not rows:
            return

        def say() -> tuple[str, str]:
            words = i18n.ngettext(
                "{n} entry of this case is not signed. It is kept when you close, but it stands in no file until then.",
                "{n} entries of this case are not signed. They are kept when you close, but stand in no file until then.",
                len(rows),
            )
            return words, tr("Look at it first")

        self.unsigned.tell(say, lambda: self._look_first(rows[0]), look="warning")

    def _say_unmeasured(self, names: tuple[str, ...]) -> None:
        """Ask for the measurements after the help first; with a reason it can be closed without them."""
        self.form.rows["unmeasured"].setVisible(bool(names))
        if not names:
            return

        def say() -> tuple[str, str]:
            words = i18n.ngettext(
                "{n} measurement after the help is missing: {names}. Take it first, or write below why it is not taken.",
                "{n} measurements after the help are missing: {names}. Take them first, or write below why they are not.",
                len(names),
                names=", ".join(names),
            )
            return words, tr("Take them first")

        self.unmeasured.tell(say, self._measure_first, look="warning")

    def _measure_first(self) -> None:
        self.close()
        self._house.go(Place("case", self._case, "measures:plan"))

    def _look_first(self, row: JournalRow) -> None:
        self.close()
        self._house.go(Place("case", self._case, f"journal:entries:{row.id.hex()}"))

    def _close_case(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        on = edits["closed_on"].value if "closed_on" in edits else writer.today
        if on is None:
            raise InvalidInput("closed_on", "Write from which day the case is closed.")
        reason = edits["close_reason"].value if "close_reason" in edits else ""
        unmeasured = edits["unmeasured"].value if "unmeasured" in edits else ""
        cases.close(writer, self._case, on, reason, unmeasured)
        return self._case


def _missing(reader: Reader, books: Books, case: Case) -> tuple[str, ...]:
    """Return which measurements after the help are missing: each instrument by its name."""
    from caseworker_app.services import measurements_missing

    shelf = books.instruments(reader)
    found = (shelf.get(one.instrument) for one in measurements_missing.after(reader, case.stream))
    return tuple(one.name for one in found if one is not None)
