"""Reading kinds of meeting from TOML: every key known, every value of its kind, every fault with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from caseworker_app.domain.meeting import MinutesForm
from caseworker_app.domain.meeting_kinds import (
    LETTERS,
    About,
    Cadence,
    Leaves,
    MeetingKindsError,
    MeetingSort,
    Unit,
)
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.template_parts import Fault

E = TypeVar("E", bound=StrEnum)

_NEEDED: Final = ("id", "name", "length")
_POSSIBLE: Final = (
    "every", "unit", "about", "who", "agenda", "letter", "form", "anonymous", "leaves", "help",
)  # fmt: skip
_TABLE: Final = re.compile(r"\s*\[\[\s*kind\s*\]\]")
_ID: Final = re.compile(r"[a-z][a-z0-9_]{1,40}")
LONGEST: Final = 12 * 60
MOST: Final = 366
"""Largest number a cadence may count."""


def read_kinds(text: str, source: str) -> tuple[MeetingSort, ...]:
    """Read and check kinds of meeting. Raises :class:`MeetingKindsError` with every fault found."""
    try:
        data = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOML, a number of thousands of digits, brackets without end
        at = re.search(r"line (\d+)", str(error))
        what = Phrase("this is not TOML: {detail}", {"detail": str(error)})
        raise MeetingKindsError(source, [Fault("TOML", what, int(at[1]) if at else 1)]) from None
    reader = _Reader(text)
    kinds = reader.kinds(data)
    if reader.faults:
        raise MeetingKindsError(source, reader.faults)
    return kinds


class _Reader:
    """One reading. A fault is noted and a harmless value put in its place, so that all faults are found."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._lines = text.splitlines()
        self._starts = [n for n, line in enumerate(self._lines) if _TABLE.match(line)]

    def kinds(self, data: Mapping[str, Any]) -> tuple[MeetingSort, ...]:
        for name in sorted(data.keys() - {"kind"}):
            self._fault(-1, name, Phrase("this key is not known here"))
        tables = data.get("kind")
        if not isinstance(tables, list) or not tables or not all(isinstance(one, dict) for one in tables):
            self._fault(-1, "kind", Phrase("this key is missing"))
            return ()
        found = [self._kind(n, table) for n, table in enumerate(tables)]
        for n, one in enumerate(found):
            if one.id and one.id in {other.id for other in found[:n]}:
                self._fault(n, "id", Phrase("two kinds are called {name}", {"name": one.id}))
        return tuple(found)

    def _kind(self, n: int, table: Mapping[str, Any]) -> MeetingSort:
        for name in sorted(table.keys() - {*_NEEDED, *_POSSIBLE}):
            self._fault(n, name, Phrase("this key is not known here"))
        for name in _NEEDED:
            if name not in table:
                self._fault(n, name, Phrase("this key is missing"))
        return MeetingSort(
            id=self._id(n, table),
            name=self._text(n, table, "name", needed=True),
            length=self._number(n, table, "length", LONGEST) or 60,
            cadence=self._cadence(n, table),
            about=self._one_of(n, table, "about", About, About.CHILD),
            who=self._texts(n, table, "who"),
            agenda=self._texts(n, table, "agenda"),
            letter=self._letter(n, table),
            form=self._one_of(n, table, "form", MinutesForm, MinutesForm.DECISIONS),
            anonymous=self._flag(n, table, "anonymous"),
            leaves=tuple(self._leaves(n, word) for word in self._texts(n, table, "leaves")),
            help=self._text(n, table, "help"),
        )

    def _id(self, n: int, table: Mapping[str, Any]) -> str:
        found = self._text(n, table, "id", needed=True)
        if found and _ID.fullmatch(found) is None:
            self._fault(n, "id", Phrase("it must be small letters, digits and _, such as own_meeting"))
        return found

    def _cadence(self, n: int, table: Mapping[str, Any]) -> Cadence | None:
        if "every" not in table and "unit" not in table:
            return None
        every = self._number(n, table, "every", MOST)
        if "every" not in table:
            self._fault(n, "unit", Phrase("it stands beside {name}", {"name": "every"}))
        unit = self._one_of(n, table, "unit", Unit, Unit.DAYS)
        return Cadence(every or 1, unit)

    def _letter(self, n: int, table: Mapping[str, Any]) -> str:
        found = self._text(n, table, "letter") or LETTERS[0]
        if found not in LETTERS:
            self._fault(n, "letter", Phrase("it must be one of {names}", {"names": ", ".join(LETTERS)}))
        return found

    def _leaves(self, n: int, word: str) -> Leaves:
        if word not in Leaves.__members__.values():
            names = ", ".join(one.value for one in Leaves)
            self._fault(n, "leaves", Phrase("it must be one of {names}", {"names": names}))
            return Leaves.MINUTES
        return Leaves(word)

    def _text(self, n: int, table: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
        value = table.get(name, "")
        if not isinstance(value, str):
            self._fault(n, name, Phrase("it must be a text"))
            return ""
        if needed and name in table and not value.strip():
            self._fault(n, name, Phrase("it must not be empty"))
        return value.strip()

    def _texts(self, n: int, table: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self._fault(n, name, Phrase("it must be a list of texts"))
            return ()
        return tuple(one.strip() for one in value)

    def _number(self, n: int, table: Mapping[str, Any], name: str, most: int) -> int:
        value = table.get(name, 1)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            self._fault(n, name, Phrase("it must be a number from 1 to {most}", {"most": most}))
            return 0
        return value

    def _flag(self, n: int, table: Mapping[str, Any], name: str) -> bool:
        value = table.get(name, False)
        if not isinstance(value, bool):
            self._fault(n, name, Phrase("it must be true or false"))
            return False
        return value

    def _one_of(self, n: int, table: Mapping[str, Any], name: str, enum: type[E], otherwise: E) -> E:
        value = table.get(name, otherwise.value)
        if value in enum.__members__.values():
            return enum(value)
        names = ", ".join(member.value for member in enum)
        self._fault(n, name, Phrase("it must be one of {names}", {"names": names}))
        return otherwise

    def _fault(self, n: int, name: str, what: Phrase) -> None:
        key = name if n < 0 else f"kind[{n + 1}].{name}"
        self.faults.append(Fault(key, what, self._line(n, name)))

    def _line(self, n: int, name: str) -> int:
        """Return the line of a key in its table, counted from 1; the table's own where the key is not written."""
        first = 0 if n < 0 or n >= len(self._starts) else self._starts[n]
        last = self._starts[n + 1] if 0 <= n < len(self._starts) - 1 else len(self._lines)
        word = re.compile(rf"\s*\"?{re.escape(name)}\"?\s*=|\s*\[\[?\s*{re.escape(name)}\b")
        return next((i for i in range(first, last) if word.match(self._lines[i])), first) + 1
