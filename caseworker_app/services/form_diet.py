"""The form diet in the store: which fields were never used, which are hidden, hiding them and showing them again."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.form_diet import HiddenFields, may_hide, never_used
from caseworker_app.services.entries import own_stream
from caseworker_app.services.ports import Reader, Writer


def unused(reader: Reader, cls: type[Entity], names: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of a form that are empty in everything of the kind that is in this store."""
    specs = type_of(cls).specs
    asked = tuple(name for name in names if name in specs and may_hide(specs[name]))
    return never_used(specs, reader.pick(cls, asked), asked) if asked else ()


def hidden(reader: Reader, cls: type[Entity]) -> frozenset[str]:
    """Return the fields of a kind that are hidden."""
    kept = _kept(reader, cls)
    return frozenset() if kept is None else frozenset(kept.names)


def hide(writer: Writer, cls: type[Entity], names: Iterable[str]) -> None:
    """Hide fields wherever the kind is written, beside those hidden before; undo shows them again.

    A field that always says something is left out.
    """
    specs, kept = type_of(cls).specs, _kept(writer, cls)
    before = () if kept is None else kept.names
    after = tuple(
        dict.fromkeys((*before, *(name for name in names if name in specs and may_hide(specs[name]))))
    )
    writer.act("Hide fields of a form")
    if kept is not None:
        writer.set(HiddenFields, kept.id, "names", after, parents=None)
        return
    form = type_of(cls).name
    writer.create(HiddenFields(id=writer.new_id(), stream=own_stream(writer), form=form, names=after))


def show(writer: Writer, cls: type[Entity]) -> None:
    """Show every field of a kind again."""
    kept = _kept(writer, cls)
    if kept is not None and kept.names:
        writer.act("Show the fields of a form again")
        writer.set(HiddenFields, kept.id, "names", (), parents=None)


def _kept(reader: Reader, cls: type[Entity]) -> HiddenFields | None:
    found = reader.find(HiddenFields, where={"form": type_of(cls).name})
    return found[-1] if found else None
