"""The form over an entry being written: kind and heading, the day, the text, who took part, what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import DEMANDED, ENTRY_KIND_LABELS, HEADINGS, EntryDraft, EntryKind
from caseworker_app.i18n import N_
from caseworker_app.services import entries
from caseworker_app.services.forms import Edit, Form
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.widgets.fields import makers
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.tags import TagsLine
from ui.widgets.follow_up.editors import WhoEditor
from ui.widgets.form_view import FormView, Row, Section
from ui.widgets.journal.editors import LinksEditor, SiblingsEditor
from ui.widgets.journal.light_edit import LightEditor
from ui.widgets.journal.sibling_parts import CHOOSE_SIBLINGS
from ui.words import tr

_ROWS = (
    Row("kind", makers.choice(ENTRY_KIND_LABELS), width=6),
    Row("held_on", makers.date("back"), width=6),
    Row("heading", makers.text(), width=12),
    Row("siblings", SiblingsEditor, width=12, label=CHOOSE_SIBLINGS),
    Row("text", lambda: LightEditor(9, grows=True), width=12),
    Row("participants", WhoEditor, width=12),
    Section(N_("Who told it, tags, what it is about"), folded=True),
    Row("informant", makers.text(), width=6),
    Row("tags", TagsLine, width=6),
    Row("links", LinksEditor, width=12),
)


class EntryForm(FormView):
    """See :class:`FormView`; the heading follows the kind, as the model demands it."""

    def __init__(self, house: House, keys_within: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(
            house, EntryDraft, _ROWS, _save, title=_title, said=N_("Saved; not signed yet."),
            keys_within=keys_within, parent=parent,
        )  # fmt: skip
        self.footer.cancel.hide()
        self.edited.connect(self._follow_kind)
        self.shown.connect(self._hold_heading)

    def editor(self, name: str) -> FieldEditor:
        """Return a field's editor."""
        return self.rows[name].editor

    @property
    def text(self) -> LightEditor:
        """The editor of the text."""
        found = self.rows["text"].editor
        assert isinstance(found, LightEditor)
        return found

    def _follow_kind(self, name: str) -> None:
        if name != "kind" or self.form is None:
            return
        kind = self.value("kind") or EntryKind.FREE
        if kind in DEMANDED or self.value("heading") in HEADINGS.values():
            self.set_value("heading", HEADINGS[kind])
        self._hold_heading()

    def _hold_heading(self) -> None:
        """A demanded heading is not typed over."""
        demanded = self.form is not None and (self.value("kind") or EntryKind.FREE) in DEMANDED
        self.rows["heading"].editor.setEnabled(not demanded)
        self.rows["heading"].say_hint()


def _title(form: Form[Any]) -> str:
    heading = str(form.fields["heading"].value or "")
    return tr("Entry: {heading}", heading=heading) if heading else tr("Entry")


def _save(writer: Writer, draft: Id | None, edits: Mapping[str, Edit]) -> Id:
    if draft is None:
        raise KeyError("an entry is begun before it is written")
    entries.edit(writer, draft, edits)
    return draft
