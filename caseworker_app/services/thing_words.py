"""A thing of a case in Danish words, field by field, made from its own declaration: for papers that show all there is.

A new field or a new kind of thing is said without a line here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from caseworker_app.domain.case import Address, CaseState, ChildWord, SiblingKind
from caseworker_app.domain.consent import Signature
from caseworker_app.domain.dates import clock, clock_span, full_date, long_date
from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.ids import Id
from caseworker_app.domain.light_text import plain
from caseworker_app.domain.meeting import Audience, Column, MeetingState, MinutesForm, TimeSpan
from caseworker_app.domain.meeting_kinds import Unit
from caseworker_app.domain.network_map import Placement, Voice
from caseworker_app.i18n import N_, Translator, load
from caseworker_app.services import field_words
from caseworker_app.services.statutes import DENMARK

_HIDDEN = frozenset(
    {
        "order", "digest", "sha256", "common", "source_type", "source", "template", "template_version", "form_version",
        "catalogue", "snapshot", "suffix", "size", "links", "kept", "hidden", "letter", "subject_type", "target_type",
        "series", "same_as", "number_on_minutes", "signature", "together", "siblings", "origin", "above_limit",
        "limit_exception", "district", "signed", "minutes_signed", "rule", "form_id",
    }
)  # fmt: skip
"""Fields that only keep the program's own order: nobody wrote them of the family."""
_OWN_LABELS: Mapping[type, Mapping[Any, str]] = {
    CaseState: {CaseState.ACTIVE: "Active", CaseState.CLOSED: "Closed"},
    ChildWord: {ChildWord.CHILD: "Child", ChildWord.YOUNG_PERSON: "Young person"},
    SiblingKind: {
        SiblingKind.FULL: "Full sibling",
        SiblingKind.HALF: "Half sibling",
        SiblingKind.STEP: "Step sibling",
        SiblingKind.FOSTER: "Foster sibling",
    },
    MeetingState: {
        MeetingState.PLANNED: "Planned",
        MeetingState.HELD: "Held",
        MeetingState.CALLED_OFF: "Called off",
    },
    Audience: {
        Audience.CHILD: "The child",
        Audience.PARENT: "Parent",
        Audience.NETWORK: "Network",
        Audience.PROFESSIONAL: "Professional",
    },
    Unit: {Unit.DAYS: N_("days"), Unit.WEEKS: N_("weeks"), Unit.MONTHS: N_("months")},
    MinutesForm: {
        MinutesForm.COLUMNS: N_("Columns and agreements"),
        MinutesForm.DECISIONS: "Decisions",
        MinutesForm.NONE: N_("No minutes"),
    },
    Voice: {
        Voice.CHILD: "The child",
        Voice.MOTHER: "The mother",
        Voice.FATHER: "The father",
        Voice.TOGETHER: N_("Together"),
        Voice.WORKER: "The caseworker",
    },
    Column: {
        Column.WORRIES: "Worries",
        Column.WORKS: "Works well",
        Column.WISHES: "Wishes",
        Column.CHILD: "The child's own words",
    },
}


@cache
def danish() -> Translator:
    """Return the words of paper."""
    return load("da")


@cache
def _labels() -> Mapping[type, Mapping[Any, str]]:
    from caseworker_app.domain import instruments, map_words
    from caseworker_app.domain.things import MODULES

    tables: list[Mapping[Any, str]] = []
    for module in (*MODULES, instruments, map_words):
        tables += [
            table
            for name, table in vars(module).items()
            if name.endswith("_LABELS") and table and all(isinstance(words, str) for words in table.values())
        ]
    return {**{type(next(iter(table))): table for table in tables}, **_OWN_LABELS}


def choice_words(value: Any) -> str:
    """Return the Danish word for a choice; its own value when it has none."""
    table = _labels().get(type(value), {})
    return danish().gettext(table[value]) if value in table else str(value)


def lines(
    thing: Entity, names: Mapping[Id, str], *, without: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Yield each field that says something: its label and its value, in Danish. ``names`` are what things are called."""
    for spec, value in type_of(type(thing)).values(thing):
        if spec.name in without or spec.name in _HIDDEN or value in (None, "", (), frozenset(), False):
            continue
        own = field_words.said(thing, spec.name, value)
        said = (
            own
            if own is not None
            else names.get(value, "")
            if isinstance(value, bytes)
            else value_words(value)
        )
        if said.strip():
            yield danish().gettext(spec.label), said


def value_words(value: object) -> str:
    """Return a value in Danish words; empty for nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case int():
            return str(value)
        case dt.datetime() | dt.date() | dt.time() | TimeSpan():
            return time_words(value)
        case Signature():
            return "underskrift"
        case Placement():
            return ""
        case Address():
            return ", ".join(value.lines())
        case tuple():
            return ", ".join(value_words(one) for one in value if one)
        case frozenset():
            return ", ".join(sorted(value_words(one) for one in value if not isinstance(one, bytes)))
        case str():
            return choice_words(value) if type(value) is not str else plain(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = (value_words(getattr(value, field.name)) for field in dataclasses.fields(value))
        return ", ".join(part for part in parts if part)
    return str(value)


def time_words(value: dt.date | dt.time | TimeSpan) -> str:
    """Return a day, a moment (in Denmark) or a span of time."""
    match value:
        case dt.datetime():
            here = value.astimezone(DENMARK)
            return f"{long_date(here.date())} kl. {clock(here.time(), 'da')}"
        case dt.date():
            return long_date(value)
        case dt.time():
            return clock(value, "da")
    return f"{full_date(value.day, 'da')} {clock_span(value.start, value.end, 'da')}"


def of_snapshot(text: str) -> str:
    """Return the words in a kept version (JSON), one a line; the text itself when it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return "\n".join(_texts(found)) if isinstance(found, dict | list) else text


def _texts(found: Any) -> Iterator[str]:
    match found:
        case dict():
            for value in found.values():
                yield from _texts(value)
        case list():
            for value in found:
                yield from _texts(value)
        case str() if " " in found.strip():
            yield plain(found)
