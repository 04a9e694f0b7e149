"""The form diet: fields a worker has never used are hidden for her, until she asks for them (interaction, promise 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from caseworker_app.domain.entity import Entity, FieldSpec, entity, field
from caseworker_app.domain.kinds import TEXT, texts

FEWEST_THINGS: Final = 5
"""So many things of a kind must be there before anything is said to be never used."""
FEWEST_FIELDS: Final = 3
"""Fewer than so many unused fields are not worth a word."""
SMALLEST_FORM: Final = 6
"""A form with fewer fields is short enough as it is."""


@entity("hidden_fields", "Hidden fields of a form")
class HiddenFields(Entity):
    """The fields of one kind of thing that the worker has hidden, in her own stream; ``form`` is the kind's name."""

    form: str = field(TEXT, "Form", default="", indexed=True)
    names: tuple[str, ...] = field(texts(), "Fields", default=())


def is_empty(value: Any) -> bool:
    """Whether a field says nothing."""
    return value is None or value is False or value == "" or (isinstance(value, Collection) and not value)


def may_hide(spec: FieldSpec[Any]) -> bool:
    """Whether a field can stand empty at all: one that always says something, such as a kind, is never hidden."""
    return is_empty(spec.default)


def never_used(
    specs: Mapping[str, FieldSpec[Any]], rows: Iterable[tuple[Any, ...]], names: Iterable[str]
) -> tuple[str, ...]:
    """Return which of ``names`` are empty in every row (an id, then the values of the fields that may be hidden, in order).

    Nothing is never used while there are fewer than :data:`FEWEST_THINGS`.
    """
    asked = tuple(name for name in names if name in specs and may_hide(specs[name]))
    left, count = set(asked), 0
    for _id, *values in rows:
        count += 1
        left -= {name for name, value in zip(asked, values, strict=True) if not is_empty(value)}
    return tuple(name for name in asked if name in left) if count >= FEWEST_THINGS else ()
