"""A thing field by field in Danish plain text, made from the declarations: a field that is new is never lost.

Left out is what is no words of anybody's: checksums, order, links, snapshots.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final

from caseworker_app.domain.dates import clock_span, full_date, long_date
from caseworker_app.domain.entity import Entity, FieldSpec, type_of
from caseworker_app.domain.light_text import plain
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.transfer import FieldText
from caseworker_app.i18n import Translator, load

_LEFT_OUT: Final = frozenset(
    {
        "area", "candidate", "color", "common", "corrects", "digest", "form", "form_version", "links", "number",
        "order", "signed", "snapshot", "source_type", "sources", "template", "template_version", "to_investigation",
        "topic",
    }
)  # fmt: skip
"""``candidate`` is the worker's own note on a netværkskort and stands on no copy."""
_HANDS: Final = frozenset({"reference", "references"})
"""Fields that name another thing."""


@cache
def danish() -> Translator:
    """Return the words of the file, whatever language the screen has."""
    return load("da")


@cache
def _labels() -> Mapping[type, Mapping[Any, str]]:
    """Return the words (msgids) of every choice: the domain's tables called ``…_LABELS``."""
    from caseworker_app.domain.things import MODULES

    tables = [table for module in MODULES for name, table in vars(module).items() if name.endswith("_LABELS")]
    return {type(next(iter(table))): table for table in reversed(tables) if table}


def said(value: object) -> str:
    """Return a value in Danish words; empty for nothing."""
    match value:
        case None | False | "":
            return ""
        case True:
            return "Ja"
        case dt.datetime():
            here = value.astimezone()
            return f"{long_date(here.date())} kl. {here:%H.%M}"
        case dt.date():
            return long_date(value)
        case TimeSpan():
            return f"{full_date(value.day)} {clock_span(value.start, value.end)}"
        case tuple():
            return ", ".join(filter(None, map(said, value)))
        case frozenset():
            return ", ".join(sorted(filter(None, map(said, value))))
        case int():
            return str(value)
        case str():
            table = _labels().get(type(value), {})
            return danish().gettext(table[value]) if value in table else str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return ", ".join(filter(None, (said(getattr(value, one.name)) for one in fields(value))))
    return str(value)


def label_of(spec: FieldSpec[Any]) -> str:
    """Return a field's Danish heading."""
    return danish().gettext(spec.label)


def name_of(cls: type[Entity]) -> str:
    """Return what a kind of thing is called."""
    return danish().gettext(type_of(cls).label)


def fields_of(
    thing: Entity, *, group: str = "", but: frozenset[str] = frozenset(), key: str = ""
) -> Iterator[FieldText]:
    """Yield every field of a thing with something in it, in the order of its declaration."""
    for spec, value in type_of(type(thing)).values(thing):
        if spec.name in _LEFT_OUT or spec.name in but or spec.kind.name in _HANDS:
            continue
        words = plain(value) if type(value) is str else said(value)
        if words.strip():
            yield FieldText(f"{key}{spec.name}", label_of(spec), words.strip(), group)
