"""What is agreed with somebody of the network, and whether she may be asked about a placement or relief."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_words import CANDIDATE_LABELS
from caseworker_app.domain.network_map import MapPerson, NetworkTask
from caseworker_app.domain.phrases import N_
from caseworker_app.services import map_meetings
from caseworker_app.services.ports import Writer
from ui import icons
from ui.house import House
from ui.network_map.choices import Choices, labelled
from ui.network_map.list_panels import pressed, said
from ui.network_map.list_words import called
from ui.tasks import Op
from ui.widgets.check import Check
from ui.widgets.complaint import Complaint
from ui.widgets.fields.dates import DateEditor
from ui.words import bind, bind_call, tr


class NearPerson(QFrame):
    """Somebody's tasks and what she may be asked about; each change is written at once and can be undone."""

    def __init__(self, house: House, templates: Templates) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._house, self._templates = house, templates
        self._one: Id | None = None
        self._lines: list[tuple[Id, str, bool]] = []
        self.heading, self.none = QLabel(), QLabel()
        self.candidate = Choices(lambda: said(CANDIDATE_LABELS, N_("Not noted")))
        self.candidate_note = QLabel()
        self.what, self.due = QLineEdit(), DateEditor("ahead")
        self.add = pressed(N_("Agree"))
        self.complaint = Complaint()
        self.checks: dict[Id, Check] = {}
        self._list = QVBoxLayout()
        self._lay_out()
        self.candidate.picked.connect(self._note)
        self.add.clicked.connect(self.agree)
        self.what.returnPressed.connect(self.agree)

    def _lay_out(self) -> None:
        for label, look in (
            (self.heading, "subheading"),
            (self.none, "muted"),
            (self.candidate_note, "muted"),
        ):
            label.setProperty("look", look)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        bind(
            self.none.setText,
            "Nothing is agreed yet. A small thing is enough: picks up from day-care on Thursdays.",
        )
        bind(self.candidate_note.setText, "Only people in the two inner rings are noted for that.")
        bind(self.what.setPlaceholderText, "What has been agreed")
        bind(self.what.setAccessibleName, "What has been agreed")
        bind_call(self.due, lambda: self.due.name_parts(tr("By when")))
        self._list.setSpacing(0)
        new = QHBoxLayout()
        new.setSpacing(8)
        new.addWidget(self.due, 1)
        new.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self._list)
        column.addWidget(self.none)
        column.addWidget(self.what)
        column.addLayout(new)
        column.addWidget(self.complaint)
        column.addStretch(1)
        column.addWidget(labelled(N_("May be asked about (your own note, on no other copy)"), self.candidate))
        column.addWidget(self.candidate_note)

    def show_person(
        self, person: MapPerson | None, tasks: Iterable[NetworkTask], near: frozenset[str]
    ) -> None:
        """Show somebody's tasks; ``near`` are the ids of the two inner rings."""
        other = person is None or person.id != self._one
        self._one = None if person is None else person.id
        self.setEnabled(person is not None)
        if other:
            self.what.clear()
            self.due.show_value(None)
            self.complaint.clear()
        if person is None:
            bind(self.heading.setText, "Choose somebody in the list")
            self._show_tasks(())
            return
        self.heading.setText(tr("Agreed with {name}", name=called(person)))
        may = map_meetings.may_be_candidate(person, near)
        self.candidate.fill()
        self.candidate.show_value(person.candidate)
        self.candidate.setEnabled(may or person.candidate is not None)
        self.candidate_note.setVisible(not may)
        self._show_tasks(tasks)

    # tasks

    def _show_tasks(self, tasks: Iterable[NetworkTask]) -> None:
        lines = [(task.id, _words(task), task.done_on is not None) for task in tasks]
        self.none.setVisible(not lines)
        if lines == self._lines:
            return
        focused = next((one for one, check in self.checks.items() if check.hasFocus()), None)
        while self._list.count():
            gone = self._list.takeAt(0)
            row = None if gone is None else gone.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        self._lines, self.checks = lines, {}
        for task, words, done in lines:
            self._list.addWidget(self._row(task, words, done=done))
        if focused in self.checks:
            self.checks[focused].setFocus()

    def _row(self, task: Id, words: str, *, done: bool) -> QWidget:
        row, check, remove = QWidget(), Check(), QToolButton()
        check.setText(words)
        check.setChecked(done)
        check.setAccessibleName(tr("{what}: done", what=words))
        check.setToolTip(words)
        remove.setProperty("look", "quiet")
        icons.dress(remove, "close")
        remove.setAccessibleName(tr("Remove: {what}", what=words))
        remove.setToolTip(remove.accessibleName())
        check.clicked.connect(lambda on: self._settle(task, on))
        remove.clicked.connect(lambda: self._do(lambda w: map_meetings.remove_task(w, task)))
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(check, 1)
        across.addWidget(remove)
        self.checks[task] = check
        return row

    def _settle(self, task: Id, done: bool) -> None:
        self._do(lambda w: map_meetings.settle_task(w, task, w.today if done else None))

    def agree(self) -> None:
        """Write down what was agreed, and be ready for the next."""
        one, what = self._one, self.what.text()
        if one is None:
            return
        try:
            due: dt.date | None = self.due.value()
        except InvalidInput as error:
            self.complaint.show_error(error)
            return

        def made(_task: object) -> None:
            self.what.clear()
            self.due.show_value(None)
            self.what.setFocus()

        self._do(lambda w: map_meetings.add_task(w, one, what, due), made)

    def _note(self, candidate: Any) -> None:
        one, templates = self._one, self._templates
        if one is not None:
            self._do(lambda w: map_meetings.set_candidate(w, one, candidate, templates))

    def _do(self, run: Callable[[Writer], Any], done: Callable[[Any], None] | None = None) -> None:
        self.complaint.clear()
        self._house.tasks.op(self, Op(run, done, failed=self._refused))

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)


def _words(task: NetworkTask) -> str:
    language = i18n.current().language
    if task.done_on is not None:
        return tr("{what}, done {day}", what=task.what, day=long_date(task.done_on, language))
    if task.due is not None:
        return tr("{what}, by {day}", what=task.what, day=long_date(task.due, language))
    return task.what
