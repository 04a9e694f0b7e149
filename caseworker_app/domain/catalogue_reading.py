"""Reading a catalogue from TOML: every key known, every value of its kind, every fault with its line."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from caseworker_app.domain.catalogue import GENERAL_RULE, Catalogue, CatalogueEntry, CatalogueError
from caseworker_app.domain.catalogue_prices import read_prices
from caseworker_app.domain.intervention import PLACEMENTS, InterventionKind, LegalBasis, PriceUnit
from caseworker_app.domain.numbers.rows import PlaceRow
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.template_parts import Fault

E = TypeVar("E", bound=StrEnum)

_NEEDED: Final = ("id", "name", "kind", "step", "sel", "bl", "valid_from")
_TEXTS: Final = ("id", "name", "kind", "sel", "bl")
_MAYBE_TEXTS: Final = (
    "sel_without_consent",
    "bl_without_consent",
    "supplier",
    "price_unit",
    "rule",
    "counted_as",
)
_POSSIBLE: Final = (*_MAYBE_TEXTS, "valid_to", "prices")
_TABLE: Final = re.compile(r"\s*\[\[\s*intervention\s*\]\]")
_STEPS: Final = 6


def read_catalogue(text: str, rules: Collection[str], source: str, *, own: bool = False) -> Catalogue:
    """Read and check a catalogue; ``rules`` are the names of the follow-up rules there are.

    Raises :class:`CatalogueError` with every fault found, each with key and line.
    """
    try:
        data = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOML, a number of thousands of digits, brackets without end
        at = re.search(r"line (\d+)", str(error))
        what = Phrase("this is not TOML: {detail}", {"detail": str(error)})
        raise CatalogueError(source, [Fault("TOML", what, int(at[1]) if at else 1)]) from None
    reader = _Reader(text, rules)
    entries = reader.entries(data)
    if reader.faults:
        raise CatalogueError(source, reader.faults)
    return Catalogue(entries, own)


class _Reader:
    """One reading. A fault is noted and a harmless value put in its place, so that all faults are found."""

    def __init__(self, text: str, rules: Collection[str]) -> None:
        self.faults: list[Fault] = []
        self._rules = rules
        self._lines = text.splitlines()
        self._starts = [n for n, line in enumerate(self._lines) if _TABLE.match(line)]

    def entries(self, data: Mapping[str, Any]) -> tuple[CatalogueEntry, ...]:
        for name in sorted(data.keys() - {"intervention"}):
            self._fault(-1, name, Phrase("this key is not known here"))
        tables = data.get("intervention")
        if not isinstance(tables, list) or not tables or not all(isinstance(one, dict) for one in tables):
            self._fault(-1, "intervention", Phrase("this key is missing"))
            return ()
        entries = [self._entry(n, table) for n, table in enumerate(tables)]
        self._periods(entries)
        return tuple(entries)

    def _entry(self, n: int, table: Mapping[str, Any]) -> CatalogueEntry:
        for name in sorted(table.keys() - {*_NEEDED, *_POSSIBLE}):
            self._fault(n, name, Phrase("this key is not known here"))
        for name in _NEEDED:
            if name not in table:
                self._fault(n, name, Phrase("this key is missing"))
        texts = {name: self._text(n, name, table.get(name, "")) for name in (*_TEXTS, *_MAYBE_TEXTS)}
        for name in ("id", "name"):
            if name in table and not texts[name].strip():
                self._fault(n, name, Phrase("it must not be empty"))
        kind = self._one_of(n, "kind", texts["kind"], InterventionKind, InterventionKind.GENERAL)
        forced = LegalBasis(texts["sel_without_consent"], texts["bl_without_consent"])
        return CatalogueEntry(
            id=texts["id"],
            name=texts["name"],
            kind=kind,
            step=self._step(n, table.get("step")),
            basis=LegalBasis(texts["sel"], texts["bl"]),
            forced_basis=forced if forced.sel or forced.bl else None,
            supplier=texts["supplier"],
            price_unit=self._one_of(n, "price_unit", texts["price_unit"], PriceUnit, PriceUnit.MONTH),
            rule=self._rule(n, table, texts["rule"], kind),
            valid_from=self._date(n, table, "valid_from") or dt.date.min,
            valid_to=self._date(n, table, "valid_to"),
            prices=read_prices(table.get("prices", []), lambda what: self._fault(n, "prices", what)),
            counted_as=self._counted_as(n, texts["counted_as"], kind),
        )

    def _rule(self, n: int, table: Mapping[str, Any], rule: str, kind: InterventionKind) -> str:
        """Return the rule; what is said to be "" has none, also where the general rule would be taken."""
        if rule and rule not in self._rules:
            what = Phrase("there is no follow-up rule called {name}", {"name": rule})
            self._fault(n, "rule", what)
        if "rule" not in table and kind is InterventionKind.PREVENTIVE:
            return GENERAL_RULE
        return rule

    def _counted_as(self, n: int, row: str, kind: InterventionKind) -> str:
        """Return the row of the tables a placement is counted in; empty for the one of its kind."""
        if row and kind not in PLACEMENTS:
            self._fault(n, "counted_as", Phrase("only placements are counted in the tables on placements"))
        return self._one_of(n, "counted_as", row, PlaceRow, PlaceRow.HOME_BASED).value if row else ""

    def _periods(self, entries: list[CatalogueEntry]) -> None:
        """Note entries that end before they begin, and entries of one id whose periods meet."""
        for n, entry in enumerate(entries):
            if entry.valid_to is not None and entry.valid_to < entry.valid_from:
                self._fault(n, "valid_to", Phrase("it ends before it begins"))
            for other in entries[:n]:
                late = entry.valid_to is not None and entry.valid_to < other.valid_from
                early = other.valid_to is not None and other.valid_to < entry.valid_from
                if entry.id and other.id == entry.id and not late and not early:
                    self._fault(
                        n, "id", Phrase("two entries are called {name} on the same day", {"name": entry.id})
                    )

    def _text(self, n: int, name: str, value: object) -> str:
        if isinstance(value, str):
            return value
        self._fault(n, name, Phrase("it must be a text"))
        return ""

    def _step(self, n: int, value: object) -> int:
        if value is None:
            return 1
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _STEPS:
            return value
        self._fault(n, "step", Phrase("the ladder has the steps 1 to 6"))
        return 1

    def _date(self, n: int, table: Mapping[str, Any], name: str) -> dt.date | None:
        value = table.get(name)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        self._fault(n, name, Phrase("it must be a date such as 2026-01-31"))
        return None

    def _one_of(self, n: int, name: str, value: str, enum: type[E], otherwise: E) -> E:
        if not value or value in enum.__members__.values():
            return enum(value) if value else otherwise
        names = ", ".join(member.value for member in enum)
        self._fault(n, name, Phrase("it must be one of {names}", {"names": names}))
        return otherwise

    def _fault(self, n: int, name: str, what: Phrase) -> None:
        key = name if n < 0 else f"intervention[{n + 1}].{name}"
        self.faults.append(Fault(key, what, self._line(n, name)))

    def _line(self, n: int, name: str) -> int:
        """Return the line of a key in its table, counted from 1; the table's own where the key is not written."""
        first = 0 if n < 0 or n >= len(self._starts) else self._starts[n]
        last = self._starts[n + 1] if 0 <= n < len(self._starts) - 1 else len(self._lines)
        word = re.compile(rf"\s*\"?{re.escape(name)}\"?\s*=|\s*\[\[?\s*{re.escape(name)}\b")
        return next((i for i in range(first, last) if word.match(self._lines[i])), first) + 1
