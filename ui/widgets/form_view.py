"""The form over one thing: every field with its editor, drafts by themselves, saved by Ctrl+S.

A page or dialog says which thing, which rows, and how it is saved; the form does the rest::

    ROWS = (
        Row("purpose", fields.long_text(4), width=12, help="Plain words; the child reads this too."),
        Row("when", fields.time_span(), width=8),
        Section("More", folded=True),
        Row("contact_phone", fields.text()),
    )

    def save(writer: Writer, meeting: Id | None, edits: Mapping[str, Edit]) -> Id:
        meetings.edit(writer, meeting, edits)
        return meeting

    form = FormView(house, Meeting, ROWS, save)
    form.edit(meeting)                        # an existing thing, with its draft when there is one
    form.make("meeting:new:…", stream=case)   # or a new one; the key names its draft
    form.follow(touched)                      # from the page's ``follow``
    form.leave()                              # from the page's ``leave``: the draft is kept, nothing is asked

What is typed is kept as a draft within two seconds, when the focus leaves a field and when the form is left; the
draft is dropped in the transaction that saves. Opening again resumes it and says so. What others wrote stands beside
the field with its buttons; an untouched field follows the store by itself. An :class:`InvalidInput` of ``save`` stands
beside its field; another :class:`UserError` goes to ``refuse`` if given, else above the form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import at_clock, day_and_month
from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.services import forms, people
from caseworker_app.services.forms import Edit, Form
from caseworker_app.services.ports import Draft, Reader, Writer
from ui.house import House
from ui.tasks import Op, Query, Touched
from ui.widgets.field_row import FieldRow, Row, Section
from ui.widgets.form_bars import Footer, NoticeBar
from ui.widgets.form_beside import beside
from ui.widgets.form_drafts import DraftKeeper
from ui.widgets.form_layout import FormLayout
from ui.words import bind_call, error_words, tr

__all__ = ["FormView", "Row", "Save", "Section"]

Save = Callable[[Writer, Id | None, Mapping[str, Edit]], Id]
"""Writes the edits of a thing (``None``: a new one) inside one act and returns its id."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    form: Form[Any]
    draft: Draft | None
    today: dt.date
    names: Mapping[Id, str]


class FormView(QWidget):
    """See the module. ``shown`` comes when a thing's values stand in the editors, ``saved`` with its id."""

    shown = Signal()
    saved = Signal(object)
    cancelled = Signal()
    edited = Signal(str)
    """A field (by name) was changed by the user."""
    dirty_changed = Signal(bool)

    def __init__(
        self,
        house: House,
        cls: type[Entity],
        rows: Sequence[Row | Section],
        save: Save,
        *,
        title: Callable[[Form[Any]], str] | None = None,
        refuse: Callable[[UserError], bool] | None = None,
        said: str = "Saved.",
        footer: bool = True,
        keys_within: QWidget | None = None,
    ) -> None:
        """Build the form. ``title`` says what its draft is called in I dag; ``refuse`` takes a refusal of the whole
        (returns whether it did); ``said`` is the msgid of what to say when saved; ``keys_within`` is the widget
        in which Ctrl+S saves this form, itself by default."""
        super().__init__()
        self._house, self._cls, self._save, self._said = house, cls, save, said
        self._title, self._refuse = title, refuse
        self._type = type_of(cls)
        self._key = ""
        self._asked = 0
        self._saving = False
        self._was_dirty = False
        self._names: Mapping[Id, str] = {}
        self._discarded: Draft | None = None
        self.form: Form[Any] | None = None
        self.notice, self.footer = NoticeBar(), Footer()
        self._layout = FormLayout(rows, self._type)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        for widget in (self.notice, self._layout, self.footer):
            outer.addWidget(widget)
        self.footer.setVisible(footer)
        self._drafts = DraftKeeper(house, self._draft, self)
        self._connect(keys_within or self)

    def _connect(self, keys_within: QWidget) -> None:
        for row in self.rows.values():
            row.changed.connect(self._on_edited)
            row.left.connect(self._on_left)
            row.editor.asked.connect(lambda row=row: self._show_masked(row))
        self.footer.save_pressed.connect(self.save)
        self.footer.cancel_pressed.connect(self.cancel)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), keys_within)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)
        bind_call(self, self._say_again)

    # -- which thing

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """The fields by name."""
        return self._layout.rows

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.form is not None and self.form.dirty

    @property
    def entity(self) -> Id | None:
        """The thing, ``None`` for a new one."""
        return None if self.form is None else self.form.entity

    def edit(self, entity: Id) -> None:
        """Show a thing, with its draft when there is one. An unknown id is a bug (``KeyError``)."""
        self._open(f"{self._type.name}:{entity.hex()}", lambda r: Form.load(r, self._cls, entity))

    def make(self, key: str, *, stream: Id | None = None, values: Mapping[str, Any] | None = None) -> None:
        """Show an empty form for a new thing of a case; ``values`` are in it beforehand."""
        self._open(key, lambda _r: Form.blank(self._cls, stream, values))

    def _open(self, key: str, make: Callable[[Reader], Form[Any]]) -> None:
        self.leave()
        self._asked += 1
        asked = self._asked

        def load(reader: Reader) -> _Loaded:
            form, draft = make(reader), reader.draft(key)
            if draft is not None:
                form.resume(draft)
            return _Loaded(form, draft, reader.today, forms.authors(reader, form))

        def show(loaded: _Loaded) -> None:
            if asked == self._asked:
                self._show(key, loaded)

        self._house.tasks.query(self, Query(load, show))

    def _show(self, key: str, loaded: _Loaded) -> None:
        self._key, self.form, self._names = key, loaded.form, loaded.names
        self._saving, self._discarded = False, None
        self._drafts.begin(key, loaded.draft is not None)
        self.notice.clear()
        for row in self.rows.values():
            row.editor.today = loaded.today
            row.say_problem(None)
        self._refresh(self.rows)
        if loaded.draft is not None:
            self._layout.unfold_filled(loaded.form)
            draft = loaded.draft
            self.notice.tell(lambda: (_resumed(draft), tr("Discard")), self.discard)
        self._announce()
        self.shown.emit()

    def _refresh(self, names: Sequence[str] | Mapping[str, FieldRow]) -> None:
        """Show the form's values in these editors."""
        form = self.form
        if form is None:
            return
        for name in names:
            row = self.rows.get(name)
            if row is None:
                continue
            if name in form.unread:
                row.editor.show_typed(form.unread[name])
            else:
                row.editor.show_value(form.fields[name].value)
            row.say_hint()
            row.say_beside(beside(self, name, self._names))

    # -- typing

    def value(self, name: str) -> Any:
        """Return a field's value as it stands in the form."""
        if self.form is None:
            raise RuntimeError("no thing is shown")
        return self.form.fields[name].value

    def set_value(self, name: str, value: Any) -> None:
        """Write a value as if the user had: it follows from something else she wrote."""
        self.rows[name].editor.show_value(value)
        self._on_edited(name)

    def _on_edited(self, name: str) -> None:
        form, row = self.form, self.rows[name]
        if form is None:
            return
        try:
            form.write(name, row.editor.value())
        except InvalidInput:
            form.write_unread(name, row.editor.typed())
        row.say_hint()
        row.say_problem(row.editor.live_problem())
        if self._discarded is not None:
            self._discarded = None
            self.notice.clear()
        self._drafts.note()
        self._announce()
        self.edited.emit(name)

    def _on_left(self, name: str) -> None:
        form, row = self.form, self.rows[name]
        if form is None:
            return
        try:
            row.editor.value()
        except InvalidInput as problem:
            row.say_problem(problem)
        if form.catch_up(name):
            self._refresh([name])
        self._drafts.flush()

    def _show_masked(self, row: FieldRow) -> None:
        """Note in the access log that a number is shown, then show it."""
        entity, cls = self.entity, self._cls
        if entity is None or not issubclass(cls, Case | Person):
            row.editor.reveal()
            return
        show = Op(lambda w: people.show_number(w, cls, entity), done=lambda _number: row.editor.reveal())
        self._house.tasks.op(self, show)

    def _announce(self) -> None:
        dirty = self.dirty
        self.footer.save.setEnabled(dirty or self.entity is None)
        self.footer.cancel.setEnabled(dirty or self.entity is None)
        self.footer.status.setText(tr("Not saved yet; a draft is kept.") if dirty else "")
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    def _draft(self) -> Draft | None:
        form = self.form
        if form is None or not form.dirty:
            return None
        return form.draft(self._key, self._title(form) if self._title else tr(self._type.label))

    # -- saving

    def save(self) -> None:
        """Save what was touched; what cannot be read is pointed out first."""
        form = self.form
        if form is None or self._saving or self._unreadable(form):
            return
        if not form.dirty and form.entity is not None:
            return
        edits, entity, key, save = form.edits(), form.entity, self._key, self._save

        def run(writer: Writer) -> Id:
            saved = save(writer, entity, edits)
            writer.drop_draft(key)
            return saved

        self._saving = True
        self.notice.clear()
        done = Op(
            run, done=lambda saved: self._saved(form, edits, saved), said=self._said, failed=self._failed
        )
        self._house.tasks.op(self, done)

    def _unreadable(self, form: Form[Any]) -> bool:
        for name in form.unread:
            try:
                self.rows[name].editor.value()
            except InvalidInput as problem:
                self.show_problem(problem)
                return True
        return False

    def _failed(self, error: UserError) -> None:
        self._saving = False
        if isinstance(error, InvalidInput) and error.field in self.rows:
            self.show_problem(error)
        elif self._refuse is None or not self._refuse(error):
            self.notice.tell(
                lambda: (" ".join([_sentence(error), *error_words(error)[1]]), ""), look="warning"
            )

    def show_problem(self, problem: InvalidInput) -> None:
        """Show a problem beside its field and go there."""
        row = self.rows[problem.field]
        self._layout.unfold(problem.field)
        row.say_problem(problem)
        row.editor.setFocus()

    def _saved(self, form: Form[Any], edits: Mapping[str, Edit], saved: Id) -> None:
        if form is not self.form:
            return
        if form.entity is None:
            self._saving = False
            self.form = None
            self._drafts.begin("", there=False)
            self._announce()
            self.saved.emit(saved)
            return
        ask = Query(
            lambda r: r.fields(self._cls, saved), lambda fresh: self._after_save(form, edits, fresh, saved)
        )
        self._house.tasks.query(self, ask)

    def _after_save(self, form: Form[Any], edits: Mapping[str, Edit], fresh: Any, saved: Id) -> None:
        if form is not self.form:
            return
        self._saving = False
        moved = form.saved(edits, fresh)
        for name in edits:
            if name in self.rows:
                self.rows[name].say_problem(None)
        self._refresh(moved)
        self._drafts.saved()
        self._announce()
        self.saved.emit(saved)

    # -- letting go

    def cancel(self) -> None:
        """Let what was typed go; it can be fetched back until something else is typed."""
        if self.dirty or self.entity is None:
            self.discard()
        self.cancelled.emit()

    def discard(self) -> None:
        """Show what the store shows, and forget the draft."""
        form = self.form
        if form is None:
            return
        discarded = self._draft()
        form.discard()
        self._drafts.drop()
        for row in self.rows.values():
            row.say_problem(None)
        self._refresh(self.rows)
        self._announce()
        if discarded is not None:
            self._discarded = discarded
            self.notice.tell(
                lambda: (tr("What you wrote was discarded."), tr("Fetch it back")), self._fetch_back
            )

    def _fetch_back(self) -> None:
        form, draft = self.form, self._discarded
        if form is None or draft is None:
            return
        form.resume(draft)
        self._discarded = None
        self._refresh(self.rows)
        self._drafts.note()
        self._announce()

    def leave(self) -> bool:
        """Keep the draft; nothing needs an answer."""
        self._drafts.flush()
        return True

    # -- what others do meanwhile

    def follow(self, touched: Touched) -> None:
        """Take in what changed: an untouched field shows it, a touched one says so."""
        form = self.form
        if form is None or form.entity is None or self._saving:
            return
        entity = form.entity
        if (self._type.name, entity) not in touched:
            return

        def ask(reader: Reader) -> tuple[Any, Mapping[Id, str]]:
            fresh = Form.load(reader, self._cls, entity)
            return {n: f.shown for n, f in fresh.fields.items()}, forms.authors(reader, fresh)

        def take_in(answer: tuple[Any, Mapping[Id, str]]) -> None:
            if form is self.form and not self._saving:
                self._names = {**self._names, **answer[1]}
                self._refresh(form.follow(answer[0]))
                self._announce()

        self._house.tasks.query(self, Query(ask, take_in))

    def settle(self, name: str, value: Any) -> None:
        """End a disagreement of the store's live values by naming one of them."""
        form = self.form
        if form is None or form.entity is None:
            return
        entity, heads = form.entity, form.fields[name].shown.heads
        end = Op(lambda w: forms.settle(w, self._cls, entity, name, value, heads), said="Settled.")
        self._house.tasks.op(self, end)

    def answer_meanwhile(self, name: str, *, take: bool) -> None:
        """Take what came meanwhile, or keep what was written over it."""
        if self.form is None:
            return
        if take:
            self.form.take(name)
        else:
            self.form.keep(name)
        self._refresh([name])
        self._drafts.note()
        self._announce()

    def _say_again(self) -> None:
        self.notice.say_again()
        for row in self.rows.values():
            row.say_again()
            if self.form is not None:
                row.say_beside(beside(self, row.row.name, self._names))
        self._announce()


def _sentence(error: UserError) -> str:
    return error_words(error)[0]


def _resumed(draft: Draft) -> str:
    """Say from when a draft is; the day too when it is not today's."""
    if draft.updated is None:
        return tr("A draft was fetched.")
    language, then = i18n.current().language, draft.updated.astimezone()
    at = at_clock(then, language)
    if then.date() != dt.datetime.now(dt.UTC).astimezone().date():
        at = f"{day_and_month(then.date(), language)} {at}"
    return tr("A draft from {moment} was fetched.", moment=at)
