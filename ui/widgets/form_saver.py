"""Saving a form: what was touched, in one act, together with the end of its draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.services.forms import Edit, Form
from caseworker_app.services.ports import Writer
from ui.tasks import Op, Query
from ui.widgets.form_desk import Desk
from ui.words import error_words

Save = Callable[[Writer, Id | None, Mapping[str, Edit]], Id]
"""Writes the edits of a thing (``None``: a new one) inside one act and returns its id."""
Refuse = Callable[[UserError], bool]
"""Takes a refusal of the whole; returns whether it did."""


class Saver(QObject):
    """Saves the form on a desk. ``saved`` carries the thing's id."""

    saved = Signal(object)

    def __init__(self, desk: Desk, save: Save, said: str, refuse: Refuse | None) -> None:
        super().__init__(desk)
        self._desk, self._save, self._said, self._refuse = desk, save, said, refuse

    def save(self) -> None:
        """Save what was touched; what cannot be read is pointed out first."""
        desk, form = self._desk, self._desk.form
        if form is None or desk.saving or self._unreadable(form):
            return
        if not form.dirty and form.entity is not None:
            return
        edits, entity, key, save = form.edits(), form.entity, desk.key, self._save

        def run(writer: Writer) -> Id:
            saved = save(writer, entity, edits)
            writer.drop_draft(key)
            return saved

        desk.saving = True
        desk.drafts.hold()
        desk.notice.clear()
        op = Op(run, lambda saved: self._saved(form, edits, saved), self._said, self._failed)
        desk.house.tasks.op(self, op)

    def _unreadable(self, form: Form[Any]) -> bool:
        """Point out everything that cannot be read, and go to the first of it as one reads."""
        first: InvalidInput | None = None
        for name, row in self._desk.rows.items():
            if name not in form.unread:
                continue
            try:
                row.editor.value()
            except InvalidInput as problem:
                row.say_problem(problem)
                first = first or problem
        if first is not None:
            self._desk.show_problem(first)
        return first is not None

    def _failed(self, error: UserError) -> None:
        self._desk.saving = False
        self._desk.drafts.release()
        if isinstance(error, InvalidInput) and error.field in self._desk.rows:
            self._desk.show_problem(error)
        elif self._refuse is None or not self._refuse(error):
            self._desk.notice.tell(lambda: (_whole(error), ""), look="warning")

    def _saved(self, form: Form[Any], edits: Mapping[str, Edit], saved: Id) -> None:
        desk = self._desk
        if form is not desk.form:
            return
        if form.entity is None:
            desk.clear()
            self.saved.emit(saved)
            return
        ask = Query(lambda r: r.fields(desk.cls, saved), lambda now: self._take_in(form, edits, now, saved))
        desk.house.tasks.query(self, ask)

    def _take_in(
        self, form: Form[Any], edits: Mapping[str, Edit], now: Mapping[str, Field[Any]], saved: Id
    ) -> None:
        desk = self._desk
        if form is not desk.form:
            return
        desk.saving = False
        moved = form.saved(edits, now)
        for name in edits:
            if name in desk.rows:
                desk.rows[name].say_problem(None)
        desk.refresh(moved)
        desk.drafts.saved()
        desk.announce()
        self.saved.emit(saved)


def _whole(error: UserError) -> str:
    sentence, ways_out = error_words(error)
    return " ".join((sentence, *ways_out))
