"""A field's value in the user's words: dates as said, choices by their labels, numbers of persons masked.

Made from the declarations of the field's own types, so a new field or choice is said without a line here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from caseworker_app import i18n
from caseworker_app.domain.case import Address, CaseState, ChildWord, SiblingKind
from caseworker_app.domain.consent import Signature
from caseworker_app.domain.cpr import mask
from caseworker_app.domain.dates import clock_span, full_date, long_date
from caseworker_app.domain.entity import FieldSpec
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.meeting import Audience, Column, MeetingState, TimeSpan
from caseworker_app.domain.papers import PAPER_LABELS
from ui.words import tr

STATE_LABELS = {CaseState.ACTIVE: "Active", CaseState.CLOSED: "Closed"}
CHILD_WORD_LABELS = {ChildWord.CHILD: "Child", ChildWord.YOUNG_PERSON: "Young person"}
SIBLING_LABELS = {
    SiblingKind.FULL: "Full sibling",
    SiblingKind.HALF: "Half sibling",
    SiblingKind.STEP: "Step sibling",
    SiblingKind.FOSTER: "Foster sibling",
}
MEETING_STATE_LABELS = {
    MeetingState.PLANNED: "Planned",
    MeetingState.HELD: "Held",
    MeetingState.CALLED_OFF: "Called off",
}
AUDIENCE_LABELS = {
    Audience.CHILD: "The child",
    Audience.PARENT: "Parent",
    Audience.NETWORK: "Network",
    Audience.PROFESSIONAL: "Professional",
}
COLUMN_LABELS = {
    Column.WORRIES: "Worries",
    Column.WORKS: "Works well",
    Column.WISHES: "Wishes",
    Column.CHILD: "The child's own words",
}
_MASKED = frozenset({"person_number"})


@lru_cache(maxsize=1)
def _labels() -> Mapping[type, Mapping[Any, str]]:
    """Return the words (msgids) of every choice: the domain's tables called ``…_LABELS``, and those above."""
    from caseworker_app.domain.things import MODULES

    own = (
        STATE_LABELS,
        CHILD_WORD_LABELS,
        SIBLING_LABELS,
        MEETING_STATE_LABELS,
        AUDIENCE_LABELS,
        COLUMN_LABELS,
    )
    tables: list[Mapping[Any, str]] = [*own]
    for module in MODULES:
        tables += [table for name, table in vars(module).items() if name.endswith("_LABELS")]
    return {type(next(iter(table))): table for table in tables if table}


def labels_of(choice: str) -> Mapping[Any, str]:
    """Return the words (msgids) of a choice by the name of its type; empty when it has none."""
    return next((table for kind, table in _labels().items() if kind.__name__ == choice), {})


def choice_words(value: object) -> str:
    """Return the word for a choice, translated; its own value when it has none."""
    table = _labels().get(type(value), {})
    return tr(table[value]) if value in table else str(value)


def element_words(spec: FieldSpec[Any], element: str) -> str:
    """Return the word for one element of a set as the log writes it."""
    try:
        return choice_words(next(iter(spec.from_plain([element]))))
    except (KeyError, ValueError, StopIteration):
        return tr("(cannot be shown)")


def value_words(spec: FieldSpec[Any], plain: Plain, things: Mapping[Id, str]) -> str:
    """Return a value of a field in words; empty for nothing. A value this version cannot read is said to be so."""
    if plain is None or plain == "":
        return ""
    if spec.name in _MASKED:
        return mask(str(plain))
    if spec.name == "document" and plain in PAPER_LABELS:
        return tr(PAPER_LABELS[str(plain)])
    try:
        value = spec.from_plain(plain)
    except (KeyError, ValueError, TypeError):
        return tr("(cannot be shown)")
    if isinstance(value, bytes):
        return things.get(value, "")
    return _said(value)


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return tr("yes") if value else tr("no")
        case int():
            return i18n.current().number(value)
        case dt.date() | dt.time() | TimeSpan():
            return _time_said(value)
        case Signature():
            return tr("a signature")
        case Address():
            return ", ".join(value.lines())
        case tuple():
            return ", ".join(_said(item) for item in value if item)
        case frozenset():
            return ", ".join(sorted(_said(item) for item in value))
        case str():
            return choice_words(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = (_said(getattr(value, field.name)) for field in dataclasses.fields(value))
        return ", ".join(part for part in parts if part)
    return str(value)


def _time_said(value: dt.date | dt.time | TimeSpan) -> str:
    language = i18n.current().language
    match value:
        case dt.datetime():
            return moment(value)
        case dt.date():
            return long_date(value, language)
        case dt.time():
            return i18n.current().time(value)
    return f"{full_date(value.day, language)} {clock_span(value.start, value.end, language)}"


def moment(at: dt.datetime, zone: str = "") -> str:
    """Return a moment as day and clock time in an IANA zone, by default where the reader is."""
    here = at.astimezone(ZoneInfo(zone) if zone else None)
    return f"{long_date(here.date(), i18n.current().language)} {i18n.current().time(here)}"
