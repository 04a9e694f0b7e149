"""The form over one thing: every field with its editor, drafts by themselves, saved by Ctrl+S.

A page or dialog says which thing, which rows (editors: :mod:`ui.widgets.fields.makers`), and how it is saved; the form
does the rest::

    ROWS = (
        Row("purpose", makers.long_text(4), width=12, help="Plain words; the child reads this too."),
        Row("when", makers.time_span(), width=8),
        Section("More", folded=True),
        Row("contact_phone", makers.text()),
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

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.i18n import N_
from caseworker_app.services import form_diet, forms, people
from caseworker_app.services.forms import Form
from caseworker_app.services.ports import Reader
from ui.house import House
from ui.tasks import Op, Query, Touched
from ui.widgets.diet_bar import DietBar
from ui.widgets.field_row import FieldRow, Row, Section
from ui.widgets.form_bars import Footer, NoticeBar
from ui.widgets.form_desk import Desk, Loaded, Title
from ui.widgets.form_follower import Follower
from ui.widgets.form_layout import FormLayout
from ui.widgets.form_saver import Refuse, Save, Saver

__all__ = ["FormView", "Row", "Save", "Section"]


class FormView(QWidget):
    """See the module. ``shown`` comes when a thing's values stand in the editors, ``saved`` with its id, ``edited``
    with the name of a field the user changed; ``dirty_changed`` says whether anything is unsaved."""

    shown = Signal()
    saved = Signal(object)
    cancelled = Signal()
    edited = Signal(str)
    dirty_changed = Signal(bool)

    def __init__(
        self,
        house: House,
        cls: type[Entity],
        rows: Sequence[Row | Section],
        save: Save,
        *,
        title: Title | None = None,
        refuse: Refuse | None = None,
        said: str = N_("Saved."),
        button: str = N_("Save (Ctrl+S)"),
        footer: bool = True,
        keys_within: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Build the form. ``title`` says what its draft is called in I dag; ``refuse`` takes a refusal of the whole
        (returns whether it did); ``said`` is the msgid of what to say when saved, ``button`` what stands on
        the button that saves; ``keys_within`` is the widget in which Ctrl+S saves this form, itself by default."""
        super().__init__(parent)
        self._house, self._cls = house, cls
        self._asked = 0
        self._layout = FormLayout(rows, type_of(cls), self)
        self._desk = Desk(self, house, cls, self._layout, title)
        self._follower = Follower(self._desk)
        self._saver = Saver(self._desk, save, said, refuse)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self.diet = DietBar(self._desk, self)
        for widget in (self.notice, self._layout, self.diet, self.footer):
            outer.addWidget(widget)
        self.footer.setVisible(footer)
        self.footer.name_save(button)
        self._connect(keys_within or self)

    def _connect(self, keys_within: QWidget) -> None:
        for row in self.rows.values():
            row.changed.connect(self._on_edited)
            row.left.connect(self._on_left)
            row.editor.asked.connect(lambda row=row: self._show_masked(row))
        self._desk.dirty_changed.connect(self.dirty_changed)
        self._desk.needed.connect(self.diet.bring)
        self._saver.saved.connect(self.saved)
        self.footer.save_pressed.connect(self.save)
        self.footer.cancel_pressed.connect(self.cancel)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), keys_within)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save)

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """The fields by name; ``rows["school"].editor`` is the editor."""
        return self._layout.rows

    @property
    def notice(self) -> NoticeBar:
        """The bar above the fields."""
        return self._desk.notice

    @property
    def footer(self) -> Footer:
        """The buttons below the fields."""
        return self._desk.footer

    @property
    def form(self) -> Form[Any] | None:
        """The open form, ``None`` until a thing is shown."""
        return self._desk.form

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._desk.dirty

    @property
    def entity(self) -> Id | None:
        """The thing, ``None`` for a new one."""
        return None if self.form is None else self.form.entity

    def edit(self, entity: Id, key: str = "") -> None:
        """Show a thing, with its draft when there is one. An unknown id is a bug (``KeyError``).

        ``key`` names the draft of a second form over the same thing.
        """
        self._open(key or draft_key(self._cls, entity), lambda reader: Form.load(reader, self._cls, entity))

    def make(
        self,
        key: str,
        *,
        stream: Id | None = None,
        values: Mapping[str, Any] | None = None,
        shown: Callable[[Reader], Mapping[str, Any]] | None = None,
        about: Id | None = None,
    ) -> None:
        """Show an empty form for a new thing (of a case); ``key`` names its draft. ``values`` are in it beforehand as
        if typed; what ``shown`` returns stands there without being typed, and is not among the edits. ``about`` is
        the thing the draft is filed under when the form makes none of its own."""

        def blank(reader: Reader) -> Form[Any]:
            return Form.blank(self._cls, stream, values, None if shown is None else shown(reader))

        self._open(key, blank, about)

    def _open(self, key: str, make: Callable[[Reader], Form[Any]], about: Id | None = None) -> None:
        self.leave()
        self._asked += 1
        asked, colleagues = self._asked, self._desk.house.sync.directory()

        def load(reader: Reader) -> Loaded:
            form, draft = make(reader), reader.draft(key)
            if draft is not None:
                form.resume(draft)
            names = forms.authors(reader, form, colleagues.authors)
            hidden = form_diet.hidden(reader, self._cls)
            return Loaded(form, draft, reader.today, names, about, hidden)

        def show(loaded: Loaded) -> None:
            if asked == self._asked:
                self._desk.show(key, loaded)
                self.diet.begin(loaded.hidden)
                self.shown.emit()

        self._house.tasks.query(self, Query(load, show))

    def value(self, name: str) -> Any:
        """Return a field's value as it stands in the form. Raises ``RuntimeError`` when no thing is shown."""
        if self.form is None:
            raise RuntimeError("no thing is shown")
        return self.form.fields[name].value

    def go_to(self, name: str) -> None:
        """Put the keyboard in a field, also one that was put away."""
        self.diet.bring(name)
        self.rows[name].editor.setFocus()

    def set_value(self, name: str, value: Any) -> None:
        """Write a value as if the user had: it follows from something else she wrote."""
        self.diet.bring(name)
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
        self._desk.forget_discarded()
        self._desk.drafts.note()
        self._desk.announce()
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
            self._desk.refresh([name])
        self._desk.drafts.flush()

    def _show_masked(self, row: FieldRow) -> None:
        """Note in the access log that a number is shown, then show it."""
        entity, cls = self.entity, self._cls
        if entity is None or not issubclass(cls, Case | Person):
            row.editor.reveal()
            return
        show = Op(lambda w: people.show_number(w, cls, entity), done=lambda _number: row.editor.reveal())
        self._house.tasks.op(self, show)

    def save(self) -> None:
        """Save what was touched; what cannot be read is pointed out first."""
        self._saver.save()

    def show_problem(self, problem: InvalidInput) -> None:
        """Show a problem beside its field and go there."""
        self._desk.show_problem(problem)

    def cancel(self) -> None:
        """Let what was typed go; it can be fetched back until something else is typed."""
        self.discard()
        self.cancelled.emit()

    def discard(self) -> None:
        """Show what the store shows, and forget the draft."""
        self._desk.discard()

    def leave(self) -> bool:
        """Keep the draft; nothing needs an answer."""
        self._desk.drafts.flush()
        return True

    def follow(self, touched: Touched) -> None:
        """Take in what changed: an untouched field shows it, a touched one says so."""
        self._follower.follow(touched)


def draft_key(cls: type[Entity], entity: Id) -> str:
    """Return the key of the draft of an existing thing."""
    return f"{type_of(cls).name}:{entity.hex()}"
