"""A new case: few fields first, the rest when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case, LimitException
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit, Form, values_of
from caseworker_app.services.ports import Writer
from ui.dialogs.form_dialog import FormDialog
from ui.house import House, Place
from ui.models.caseload_rows import child_words
from ui.tasks import Query
from ui.widgets.case_rows import NEW_CASE_ROWS, let_birth_follow
from ui.widgets.form_bars import NoticeBar
from ui.widgets.form_view import FormView
from ui.words import tr

DRAFT_KEY = "case:new"
_LOOKS_AFTER_MS = 250
_TELLING = frozenset({"child_name", "person_number", "born"})


class CaseDialog(FormDialog):
    """Registers a child and goes to her case. ``registered`` carries the case."""

    registered = Signal(object)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("New case"),
            N_("A name and a birth date are enough to begin with, or whose unborn child it is."),
            parent,
        )
        self._house = house
        self._exception: LimitException | None = None
        self.duplicate = NoticeBar()
        self.form = FormView(
            house, Case, NEW_CASE_ROWS, self._register,
            title=_title, refuse=self._refused, said=N_("The case is registered."),
            button=N_("Register (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        let_birth_follow(self.form)
        self.add(self.duplicate)
        self.hold(self.form)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOKS_AFTER_MS)
        self._timer.timeout.connect(self._look_for_the_same)
        self.form.edited.connect(self._edited)
        self.form.shown.connect(self._look_for_the_same)
        self.form.shown.connect(self.form.rows["child_name"].editor.setFocus)
        self.form.saved.connect(self._saved)
        self.form.make(DRAFT_KEY, shown=lambda reader: {"opened_on": reader.today})

    def _register(self, writer: Writer, _case: Id | None, edits: Mapping[str, Edit]) -> Id:
        values = dict(values_of(edits))
        if self._exception is not None:
            values["limit_exception"] = self._exception
        return cases.register(writer, values)

    def _saved(self, case: Id) -> None:
        self.registered.emit(case)
        self.close()
        self._house.go(Place("case", case))

    # the same child twice

    def _edited(self, name: str) -> None:
        if name in _TELLING:
            self._timer.start()

    def _look_for_the_same(self) -> None:
        if self.form.form is None:
            return
        values: dict[str, Any] = {name: self.form.value(name) for name in _TELLING}
        ask = Query(lambda r: cases.possible_duplicates(r, values), self._show_the_same)
        self._house.tasks.query(self, ask)

    def _show_the_same(self, found: list[Case]) -> None:
        if not found:
            self.duplicate.clear()
            return
        first = found[0]

        def say() -> tuple[str, str]:
            state = tr("an open case") if first.active else tr("a closed case")
            words = tr(
                "This may be the same child as {name} ({state}). Both are kept if you register.",
                name=child_words(first), state=state,
            )  # fmt: skip
            return words, tr("Open that case")

        self.duplicate.tell(say, lambda: self._open_other(first.id))

    def _open_other(self, case: Id) -> None:
        self.close()
        self._house.go(Place("case", case))

    # the limit

    def _refused(self, error: UserError) -> bool:
        if not isinstance(error, cases.LimitReached):
            return False
        from ui.dialogs.limit_dialog import LimitDialog

        dialog = LimitDialog(self.form.rows["born"].editor.today, error, self)
        dialog.agreed.connect(self._register_above)
        dialog.to_list.connect(self._to_list)
        dialog.open()
        return True

    def _register_above(self, exception: LimitException) -> None:
        self._exception = exception
        self.form.save()

    def _to_list(self) -> None:
        self.close()
        self._house.go(Place("caseload"))


def _title(form: Form[Any]) -> str:
    name = form.fields["child_name"].value or form.fields["unborn_of"].value
    return tr("New case: {name}", name=name) if name else tr("New case")
