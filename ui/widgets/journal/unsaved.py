"""What stands unsaved in the forms of an entry, to be saved in the transaction that signs or discards it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryDraft
from caseworker_app.services import entries
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from ui.widgets.form_view import FormView, draft_key
from ui.widgets.journal.sibling_parts import SiblingParts, part_key


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The edits of the entry, the texts of the children's parts, and the keys of all their drafts."""

    draft: Id
    edits: Mapping[str, Edit]
    parts: Mapping[Id, str]
    keys: tuple[str, ...]

    def save(self, writer: Writer) -> None:
        """Save them, each an act of its own, and forget the drafts. Raises :class:`InvalidInput`."""
        if self.edits:
            entries.edit(writer, self.draft, self.edits)
            writer.flush()
        for case, text in self.parts.items():
            entries.say_of(writer, self.draft, case, text)
            writer.flush()
        for key in self.keys:
            writer.drop_draft(key)

    def sign(self, writer: Writer) -> tuple[Id, ...]:
        """Save and sign; return the ids of the entries. Raises :class:`InvalidInput`."""
        self.save(writer)
        return entries.sign(writer, self.draft)

    def discard(self, writer: Writer) -> None:
        """Save what can be saved, so that undo brings it back, and discard the entry."""
        try:
            self.save(writer)
        except InvalidInput:
            for key in self.keys:
                writer.drop_draft(key)
        entries.discard(writer, self.draft)


def gathered(draft: Id, form: FormView, parts: SiblingParts) -> Unsaved:
    """Return what stands unsaved, its drafts kept up to now: what follows on the writing thread is the last word."""
    for one in (form, *parts.forms):
        one.leave()
    own = {} if form.form is None else form.form.edits()
    texts = {case: str(one.value("text")) for case, one in parts.by_case() if one.dirty}
    keys = (draft_key(EntryDraft, draft), *(part_key(draft, case) for case, _one in parts.by_case()))
    return Unsaved(draft, own, texts, keys)


def unreadable(form: FormView, parts: SiblingParts) -> bool:
    """Point out what cannot be read yet; return whether there is any."""
    for one in (form, *parts.forms):
        if one.form is not None and one.form.unread:
            one.save()
            return True
    return False
