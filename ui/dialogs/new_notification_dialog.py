"""A notification that came while no case was open: of a child who has one, or whose case begins with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.age import age_on
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.notification import Notification
from caseworker_app.i18n import N_
from caseworker_app.services import cases, notifications
from caseworker_app.services.forms import Edit, values_of
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.notification_forms import RECEIVED_ROWS, receive
from ui.house import House, Place
from ui.models.caseload_rows import child_words
from ui.tasks import Query
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row
from ui.widgets.line_button import LineButton
from ui.words import tr

DRAFT_KEY, CHILD_KEY = "notification:new-case", "notification:new-case:child"
_LOOKS_AFTER_MS = 200
_SHORTEST = 2
_MOST = 4
_CHILD_ROWS = (
    Row("child_name", makers.text(N_("Begin to write; children who have a case are shown")), width=7),
    Row("person_number", makers.person_number(), width=5),
    Row("unborn_of", makers.text(), label=N_("Or whose unborn child it is"), width=7),
    Row("born", makers.date("back"), width=5),
)


class _OfTheChild(UserError):
    """Something is wrong with what is written of the child."""

    def __init__(self, problem: InvalidInput) -> None:
        super().__init__(problem.message, *problem.ways_out, **problem.values)
        self.problem = problem


class NewNotificationDialog(FormDialog):
    """First whom it is about: cases there are already are offered as the name is written. Then the notification."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(
            N_("A notification has come"),
            N_("Write whom it is about. A child who has a case is chosen from the list; another one gets a case with it."),
            parent,
        )  # fmt: skip
        self._house = house
        self._child: dict[str, Any] = {}
        self._unread: InvalidInput | None = None
        self._found: tuple[Id, ...] = ()
        self._made: Id | None = None
        apart = QWidget(self)
        apart.hide()  # Ctrl+S saves the notification with the child, wherever the keyboard is
        self.child = FormView(
            house, Case, _CHILD_ROWS, self._never, title=lambda _form: tr("Notification: the child"),
            footer=False, keys_within=apart, parent=self,
        )  # fmt: skip
        self.matches = QWidget(self)
        self._column = QVBoxLayout(self.matches)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.form = FormView(
            house, Notification, RECEIVED_ROWS, self._receive, refuse=self._refused,
            title=lambda _form: tr("Notification"), said=N_("The case is begun with the notification. Its 24 hours run."),
            button=N_("Begin a case with it (Ctrl+S)"), keys_within=self, parent=self.room,
        )  # fmt: skip
        self.add(self.child)
        self.add(self.matches)
        self.hold(self.form)
        self.lines: list[LineButton] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOKS_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.child.edited.connect(self._typed)
        self.child.shown.connect(self._begin)
        self.form.saved.connect(self._saved)
        self.child.make(CHILD_KEY)
        self.form.make(DRAFT_KEY, shown=lambda reader: {"received_at": reader.now})

    # the child

    def _begin(self) -> None:
        self._typed("")
        self.child.rows["child_name"].editor.setFocus()

    def _typed(self, _name: str) -> None:
        form = self.child.form
        if form is None:
            return
        self._child = {name: edit.value for name, edit in form.edits().items()}
        self._unread = None
        for name, row in self.child.rows.items():
            try:
                if name in form.unread:
                    row.editor.value()
            except InvalidInput as problem:
                self._unread = self._unread or problem
        self._timer.start()

    def _look(self) -> None:
        values = {"born": None, **self._child}
        name = " ".join(str(values.get("child_name") or values.get("unborn_of") or "").split()).casefold()

        def ask(reader: Reader) -> list[tuple[Case, str]]:
            found = {one.id: one for one in cases.possible_duplicates(reader, values)}
            if len(name) >= _SHORTEST:
                for case in reader.find(Case):
                    if name in f"{case.child_name} {case.unborn_of}".casefold():
                        found.setdefault(case.id, case)
            return [(one, _words(one, reader)) for one in list(found.values())[:_MOST]]

        self._house.tasks.query(self, Query(ask, self._show))

    def _show(self, found: Sequence[tuple[Case, str]]) -> None:
        if tuple(case.id for case, _words_ in found) == self._found:
            return
        self._found = tuple(case.id for case, _words_ in found)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = []
        for case, words in found:
            quiet = (
                tr("Record the notification in this case")
                if case.active
                else tr("The case is closed: open it")
            )
            line = LineButton(words, quiet, icon="cases", tone="accent", parent=self.matches)
            line.clicked.connect(lambda _on=False, case=case: self._take(case))
            self._column.addWidget(line)
            self.lines.append(line)
        QTimer.singleShot(0, self, self._grow)

    def _take(self, case: Case) -> None:
        """Go on in the case the child has; what is typed of the notification goes along."""
        form = self.form.form
        typed = {} if form is None else {name: edit.value for name, edit in form.edits().items()}
        self.child.discard()
        self.form.discard()
        self.close()
        if not case.active:
            self._house.go(Place("case", case.id))
            return
        dialog = receive(self._house, case, self.parentWidget() or self, typed)
        house = self._house
        dialog.form.saved.connect(
            lambda made: house.go(Place("case", case.id, f"assessment:notifications:{made.hex()}"))
        )
        dialog.open()

    # the notification

    @staticmethod
    def _never(_writer: Writer, _case: Id | None, _edits: Mapping[str, Edit]) -> Id:
        raise RuntimeError("the child is saved with the notification")

    def _receive(self, writer: Writer, _none: Id | None, edits: Mapping[str, Edit]) -> Id:
        if self._unread is not None:
            raise _OfTheChild(self._unread)
        try:
            case, made = notifications.receive_new(writer, self._child, dict(values_of(edits)))
        except InvalidInput as problem:
            if problem.field in self.form.rows:
                raise
            raise _OfTheChild(problem) from None
        writer.drop_draft(CHILD_KEY)
        self._made = case
        return made

    def _refused(self, error: UserError) -> bool:
        if not isinstance(error, _OfTheChild):
            return False
        field = error.problem.field
        self.child.show_problem(error.problem if field in self.child.rows else _beside_name(error.problem))
        return True

    def _saved(self, notification: Id) -> None:
        case = self._made
        self.child.discard()
        self.close()
        if case is not None:
            self._house.go(Place("case", case, f"assessment:notifications:{notification.hex()}"))

    def closeEvent(self, event: Any) -> None:
        """Keep both drafts, and go."""
        self.child.leave()
        super().closeEvent(event)


def _beside_name(problem: InvalidInput) -> InvalidInput:
    return InvalidInput("child_name", problem.message, *problem.ways_out, **problem.values)


def _words(case: Case, reader: Reader) -> str:
    age = None if case.born is None or case.born > reader.today else age_on(case.born, reader.today)
    said = child_words(case)
    return said if age is None else tr("{name}, {age} years old", name=said, age=age)
