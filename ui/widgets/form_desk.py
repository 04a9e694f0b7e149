"""The open form on the screen: which thing, its editors, the bars around them. What a form's parts share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from caseworker_app import i18n
from caseworker_app.domain.dates import at_clock, day_and_month
from caseworker_app.domain.entity import Entity, EntityType, type_of
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.form_diet import is_empty
from caseworker_app.domain.ids import Id
from caseworker_app.services.forms import Form
from caseworker_app.services.ports import Draft
from ui.house import House
from ui.widgets.field_row import FieldRow
from ui.widgets.form_bars import Footer, NoticeBar
from ui.widgets.form_beside import Answers, beside
from ui.widgets.form_drafts import DraftKeeper
from ui.widgets.form_layout import FormLayout
from ui.words import bind_call, tr

Title = Callable[[Form[Any]], str]
"""Says what a draft is called where drafts are listed."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A form as read from the store, with its draft resumed, and the names of those who wrote beside it.

    ``about`` is the thing that the draft of a form without a thing of its own is filed under, ``hidden`` the fields the
    worker has put away.
    """

    form: Form[Any]
    draft: Draft | None
    today: dt.date
    names: Mapping[Id, str]
    about: Id | None = None
    hidden: frozenset[str] = frozenset()


class Desk(QObject):
    """The state of one :class:`~ui.widgets.form_view.FormView`. ``dirty_changed`` says whether anything is unsaved,
    ``needed`` which field must be seen."""

    dirty_changed = Signal(bool)
    needed = Signal(str)

    def __init__(
        self, parent: QObject, house: House, cls: type[Entity], layout: FormLayout, title: Title | None
    ) -> None:
        super().__init__(parent)
        self.house, self.cls, self.layout = house, cls, layout
        self.declared: EntityType[Any] = type_of(cls)
        self.form: Form[Any] | None = None
        self.key = ""
        self.about: Id | None = None
        self.saving = False
        self.notice, self.footer = NoticeBar(), Footer()
        self.drafts = DraftKeeper(house, self.draft, self)
        self.drafts.kept.connect(lambda _moment: self.announce())
        self.drafts.unkept.connect(self.announce)
        self.answers: Answers | None = None
        self._title = title
        self._names: dict[Id, str] = {}
        self._discarded: Draft | None = None
        self._was_dirty = False
        bind_call(self, self._say_again)

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """The fields by name."""
        return self.layout.rows

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.form is not None and self.form.dirty

    def show(self, key: str, loaded: Loaded) -> None:
        """Show a form that was read."""
        self.key, self.form, self.saving, self._discarded = key, loaded.form, False, None
        self.about = loaded.about
        self.drafts.begin(key, there=loaded.draft is not None)
        self.notice.clear()
        for row in self.rows.values():
            row.editor.today = loaded.today
            row.say_problem(None)
        self._names = dict(loaded.names)
        self.refresh(self.rows)
        self.layout.unfold_filled(loaded.form)
        draft = loaded.draft
        if draft is not None:
            self.notice.tell(lambda: (_resumed(draft), tr("Discard")), self.discard)
        self.announce()

    def clear(self) -> None:
        """Have no thing any more: the new one was saved."""
        self.form, self.saving = None, False
        self.drafts.begin("", there=False)
        self.announce()

    def learn_names(self, names: Mapping[Id, str]) -> None:
        """Take in the names of those who wrote."""
        self._names.update(names)

    def refresh(self, names: Iterable[str]) -> None:
        """Show the form's values in these editors."""
        form = self.form
        for name in names:
            row = self.rows.get(name)
            if form is None or row is None:
                continue
            self._see(name, form)
            if name in form.unread:
                row.editor.show_typed(form.unread[name])
            else:
                row.editor.show_value(form.fields[name].value)
            row.say_hint()
            self._say_beside(name, row)

    def _see(self, name: str, form: Form[Any]) -> None:
        """A field in which something stands is seen, also one that was put away."""
        if not is_empty(form.fields[name].value) or name in form.unread:
            self.needed.emit(name)

    def _say_beside(self, name: str, row: FieldRow) -> None:
        if self.form is not None and self.answers is not None:
            row.say_beside(beside(name, self.form.fields[name], row.editor.words, self._names, self.answers))

    def announce(self) -> None:
        """Say in the footer, and to whoever listens, whether anything is unsaved."""
        dirty = self.dirty
        can = dirty or (self.form is not None and self.form.entity is None)
        self.footer.save.setEnabled(can)
        self.footer.cancel.setEnabled(can)
        self.footer.status.setText(self._standing() if dirty else "")
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    def _standing(self) -> str:
        if self.drafts.failing:
            return tr("Not saved yet, and no draft could be kept: leave this open.")
        return tr("Not saved yet; a draft is kept.")

    def show_problem(self, problem: InvalidInput) -> None:
        """Show a problem beside its field and go there."""
        row = self.rows[problem.field]
        self.needed.emit(problem.field)
        self.layout.unfold(problem.field)
        row.say_problem(problem)
        row.editor.setFocus()
        self.layout.reveal(problem.field)

    def draft(self) -> Draft | None:
        """Return what is typed as a draft, ``None`` when nothing differs from what is saved."""
        form = self.form
        if form is None or not form.dirty:
            return None
        draft = form.draft(self.key, self._title(form) if self._title else tr(self.declared.label))
        return draft if self.about is None else replace(draft, entity=self.about)

    def discard(self) -> None:
        """Show what the store shows and forget the draft; it can be fetched back until something is typed."""
        form = self.form
        if form is None:
            return
        discarded = self.draft()
        form.discard()
        self.drafts.drop()
        for row in self.rows.values():
            row.say_problem(None)
        self.refresh(self.rows)
        self.announce()
        if discarded is not None:
            self._discarded = discarded
            self.notice.tell(
                lambda: (tr("What you wrote was discarded."), tr("Fetch back what I wrote")), self._fetch_back
            )

    def forget_discarded(self) -> None:
        """Something was typed: what was discarded cannot be fetched back over it."""
        if self._discarded is not None:
            self._discarded = None
            self.notice.clear()

    def _fetch_back(self) -> None:
        form, draft = self.form, self._discarded
        if form is None or draft is None:
            return
        form.resume(draft)
        self._discarded = None
        self.refresh(self.rows)
        self.drafts.note()
        self.announce()

    def _say_again(self) -> None:
        self.notice.say_again()
        for name, row in self.rows.items():
            row.say_again()
            self._say_beside(name, row)
        self.announce()


def _resumed(draft: Draft) -> str:
    """Say from when a draft is; the day too when it is not today's."""
    if draft.updated is None:
        return tr("A draft was fetched.")
    language, then = i18n.current().language, draft.updated.astimezone()
    at = at_clock(then, language)
    if then.date() != dt.datetime.now(dt.UTC).astimezone().date():
        at = f"{day_and_month(then.date(), language)} {at}"
    return tr("A draft from {moment} was fetched.", moment=at)
