"""Kinds of value a field can hold, and their plain form in the log.

The log outlives every version of the program, so a value is written as plain data (text, number, truth, bytes, list,
mapping) and read back through its kind. Dates are ISO text, moments are UTC text with the zone they were meant in,
amounts are integers of the smallest unit: never floating point.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

Plain = Any
"""None, bool, int, str, bytes, or a list or str-keyed mapping of these."""

Column = Literal["text", "integer", "blob", "json"]


@dataclasses.dataclass(frozen=True)
class Kind(Generic[T]):
    """How a value of one kind goes to plain data and back, and which column holds it in a projection."""

    name: str
    column: Column
    to_plain: Callable[[T], Plain]
    from_plain: Callable[[Plain], T]

    @property
    def as_it_is(self) -> bool:
        """Whether the plain form is the value itself."""
        return self.from_plain is _same


def _same(value: Any) -> Any:
    return value


TEXT: Kind[str] = Kind("text", "text", _same, _same)
NUMBER: Kind[int | None] = Kind("number", "integer", _same, _same)
FLAG: Kind[bool] = Kind("flag", "integer", _same, bool)
REFERENCE: Kind[bytes | None] = Kind("reference", "blob", _same, _same)


def _date_to_plain(value: dt.date | None) -> Plain:
    return None if value is None else value.isoformat()


def _date_from_plain(value: Plain) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)


DATE: Kind[dt.date | None] = Kind("date", "text", _date_to_plain, _date_from_plain)


def _moment_to_plain(value: dt.datetime | None) -> Plain:
    if value is None:
        return None
    return value.astimezone(dt.UTC).isoformat(timespec="seconds")


def _moment_from_plain(value: Plain) -> dt.datetime | None:
    return None if value is None else dt.datetime.fromisoformat(value)


MOMENT: Kind[dt.datetime | None] = Kind("moment", "text", _moment_to_plain, _moment_from_plain)


def choice(enum: type[E]) -> Kind[E]:
    """One of the values of ``enum``."""
    members = {member.value: member for member in enum}

    def from_plain(value: Plain) -> E:
        return members[value]

    return Kind(f"choice:{enum.__name__}", "text", lambda value: value.value, from_plain)


def optional_choice(enum: type[E]) -> Kind[E | None]:
    """One of the values of ``enum``, or not said."""
    members = {member.value: member for member in enum}
    return Kind(
        f"optional:{enum.__name__}",
        "text",
        lambda value: None if value is None else value.value,
        lambda value: None if value is None else members[value],
    )


def choices(enum: type[E]) -> Kind[frozenset[E]]:
    """Any number of the values of ``enum``; elements are added and removed one by one in the log."""
    members = {member.value: member for member in enum}

    def to_plain(value: Iterable[E]) -> Plain:
        return sorted(member.value for member in value)

    def from_plain(value: Plain) -> frozenset[E]:
        return frozenset(members[item] for item in value or ())

    return Kind(f"choices:{enum.__name__}", "json", to_plain, from_plain)


def texts() -> Kind[tuple[str, ...]]:
    """A list of texts that a person means at once, such as the lines of an address."""
    return Kind("texts", "json", list, lambda value: tuple(value or ()))


def references() -> Kind[frozenset[bytes]]:
    """Any number of things by their ids, as hexadecimal text; elements are added and removed one by one in the log."""
    return Kind(
        "references",
        "json",
        lambda value: sorted(one.hex() for one in value),
        lambda value: frozenset(bytes.fromhex(one) for one in value or ()),
    )


def record(cls: type[T]) -> Kind[T | None]:
    """A small frozen dataclass that a person means at once: a name, an address, a time span.

    Its own fields may be text, numbers, truth values, dates, times or moments, each possibly ``None``.
    """
    readers = {field.name: _reader(str(field.type)) for field in dataclasses.fields(cls)}  # type: ignore[arg-type]

    def to_plain(value: T | None) -> Plain:
        if value is None:
            return None
        return {name: _plain(getattr(value, name)) for name in readers}

    def from_plain(value: Plain) -> T | None:
        if value is None:
            return None
        return cls(**{name: read(value[name]) for name, read in readers.items() if name in value})

    return Kind(f"record:{cls.__name__}", "json", to_plain, from_plain)


def _plain(value: object) -> Plain:
    if isinstance(value, dt.datetime):
        return _moment_to_plain(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value


def _reader(annotation: str) -> Callable[[Plain], Any]:
    """Return the reader for an annotation, written as in the dataclass (``from __future__ import annotations``)."""
    bare = annotation.removesuffix(" | None")
    parse: Callable[[Plain], Any] = {
        "dt.date": dt.date.fromisoformat,
        "dt.time": dt.time.fromisoformat,
        "dt.datetime": dt.datetime.fromisoformat,
    }.get(bare, _same)
    return lambda value: None if value is None else parse(value)
