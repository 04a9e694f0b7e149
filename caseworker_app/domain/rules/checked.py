"""Taking values out of read TOML: a fault is noted and something harmless put in its place, so that all are found."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.faults import Fault
from caseworker_app.domain.rules.lines import Lines, Path
from caseworker_app.domain.rules.model import Title
from caseworker_app.domain.rules.periods import Period, Unit

E = TypeVar("E", bound=StrEnum)
Table = Mapping[str, Any]

_PERIOD: Final = re.compile(r"([1-9][0-9]{0,2}) ?(H|D|W|M|HVD|AD)")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


class Checked:
    """The values of one text and the faults found in them."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._text = text
        self._lines: Lines | None = None

    def fault(self, at: Path, what: Phrase, word: str = "") -> None:
        """Note a fault; ``word`` finds the line within a statement."""
        if self._lines is None:
            self._lines = Lines(self._text)
        self.faults.append(Fault(_shown(at), what, self._lines.of(at, word)))

    def keys(self, table: Table, at: Path, needed: Collection[str], possible: Collection[str]) -> None:
        """Note keys nobody knows and keys that are missing."""
        for name in table:
            if name not in needed and name not in possible:
                self.fault((*at, name), Phrase("this key is not known here"))
        for name in needed:
            if name not in table:
                self.fault((*at, name), Phrase("this key is missing"))

    def table(self, value: object, at: Path) -> Table:
        """Return a table."""
        return self._of(value, dict, at, Phrase("it must be a table")) or {}

    def many(self, table: Table, name: str, at: Path) -> list[Any]:
        """Return a list under a key; none is an empty one."""
        found: list[Any] | None = self._of(
            table.get(name, []), list, (*at, name), Phrase("it must be a list")
        )
        return found or []

    def text(self, table: Table, name: str, at: Path) -> str:
        """Return a text with something in it; absent is empty (a needed key is noted by :meth:`keys`)."""
        if name not in table:
            return ""
        found: str | None = self._of(table[name], str, (*at, name), Phrase("it must be a text"))
        if found is not None and not found.strip():
            self.fault((*at, name), Phrase("it must not be empty"))
        return found or ""

    def flag(self, table: Table, name: str, at: Path) -> bool:
        """Return true or false; absent is false."""
        value = table.get(name, False)
        if not isinstance(value, bool):
            self.fault((*at, name), Phrase("it must be true or false"))
            return False
        return value

    def day(self, table: Table, name: str, at: Path) -> date | None:
        """Return a date; absent is ``None``."""
        value = table.get(name)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault((*at, name), Phrase("it must be a date such as 2026-01-31"))
        return None

    def period(self, table: Table, name: str, at: Path, units: Collection[Unit]) -> Period | None:
        """Return an amount with its unit; absent is ``None``."""
        if name not in table:
            return None
        found = _PERIOD.fullmatch(value) if isinstance(value := table[name], str) else None
        unit = Unit(found[2]) if found else None
        if found is None or unit not in units:
            examples = ", ".join(f"6 {each}" for each in Unit if each in units)
            self.fault(
                (*at, name), Phrase("it must be a number with its unit, such as {examples}", {"examples": examples})
            )  # fmt: skip
            return None
        return Period(int(found[1]), Unit(found[2]))

    def choice(self, table: Table, name: str, at: Path, enum: type[E], otherwise: E) -> E:
        """Return one of the values of ``enum``."""
        value = table.get(name, otherwise.value)
        if isinstance(value, str) and value in {each.value for each in enum}:
            return enum(value)
        names = ", ".join(each.value for each in enum)
        self.fault((*at, name), Phrase("it must be one of {names}", {"names": names}))
        return otherwise

    def words(self, table: Table, name: str, at: Path, known: Collection[str]) -> tuple[str, ...]:
        """Return a list of words, each of them one of ``known``."""
        found = []
        for value in self.many(table, name, at):
            if isinstance(value, str) and value in known:
                found.append(value)
            else:
                self.fault(
                    (*at, name), Phrase("{word} is not a word known here", {"word": value}), str(value)
                )
        return tuple(found)

    def title(self, table: Table, name: str, at: Path) -> Title:
        """Return a name in both languages; English may be left out."""
        if name not in table:
            return Title("", "")
        both, at = self.table(table[name], (*at, name)), (*at, name)
        self.keys(both, at, {"da"}, {"en"})
        danish = self.text(both, "da", at)
        return Title(danish, self.text(both, "en", at) or danish)

    def name(self, value: object, at: Path) -> str:
        """Return a name that can stand in a key: letters, digits, hyphen and underscore."""
        if isinstance(value, str) and _NAME.fullmatch(value):
            return value
        self.fault(at, Phrase("it must be a name of letters, digits, hyphens and underscores"))
        return ""

    def _of(self, value: object, kind: type, at: Path, what: Phrase) -> Any:
        if isinstance(value, kind):
            return value
        self.fault(at, what)
        return None


def _shown(at: Path) -> str:
    shown = ""
    for part in at:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown
