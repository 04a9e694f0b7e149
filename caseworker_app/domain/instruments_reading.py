"""Reading instruments from TOML: every key known, every value of its kind, every fault with where it stands.

A file is a list of tables ``[[instrument]]``, each with its ``[[instrument.scale]]`` and, where there are any, ``total``
and ``[[instrument.norm]]``. Figures are written as they are said (``1.7``) and kept as hundredths.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.instruments import (
    ONE,
    TOTAL,
    About,
    Better,
    Fill,
    Instrument,
    NormSet,
    Respondent,
    Scale,
    Total,
)
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.template_parts import Fault

E = TypeVar("E", bound=StrEnum)

_INSTRUMENT: Final = frozenset(
    {
        "id", "name", "full_name", "help", "about", "fill", "respondents", "scale", "total", "norm", "references",
        "licence", "source", "from_age", "to_age",
    }
)  # fmt: skip
_SCALE: Final = frozenset(
    {"id", "name", "lowest", "highest", "better", "step", "words", "question", "items", "least", "alarm"}
)
_TOTAL: Final = frozenset({"name", "of", "better"})
_NORM: Final = frozenset(
    {"name", "labels", "worse_from", "worse_to", "respondents", "from_age", "to_age", "sex"}
)
_SEXES: Final = ("", "boy", "girl")


class InstrumentError(UserError):
    """Instruments that cannot be read; ``faults`` are all that was found."""

    def __init__(self, source: str, faults: Collection[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            "The instruments {source} cannot be used: {what} ({key}).",
            source=source,
            what=first.what,
            key=first.key,
        )


def read_instruments(text: str, source: str, taken: Collection[str] = ()) -> tuple[Instrument, ...]:
    """Read and check a file; ``taken`` are ids of other files. Raises :class:`InstrumentError` with every fault."""
    try:
        data = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOML, a number of thousands of digits, brackets without end
        at = re.search(r"line (\d+)", str(error))
        what = Phrase("this is not TOML: {detail}", {"detail": str(error)})
        raise InstrumentError(source, [Fault("TOML", what, int(at[1]) if at else 1)]) from None
    reading = _Reading()
    found = reading.file(data, taken)
    if reading.faults:
        raise InstrumentError(source, reading.faults)
    return found


@dataclass
class _Reading:
    """One reading: a fault is noted and something harmless put in its place."""

    faults: list[Fault] = field(default_factory=list)

    def file(self, data: Mapping[str, Any], taken: Collection[str]) -> tuple[Instrument, ...]:
        self._known("", data, frozenset({"instrument"}))
        tables = data.get("instrument")
        if not isinstance(tables, list) or not tables:
            self._fault("instrument", Phrase("this key is missing"))
            return ()
        seen, found = set(taken), []
        for n, table in enumerate(tables, start=1):
            one = self._instrument(f"instrument[{n}]", table)
            if one.id in seen:
                self._fault(f"instrument[{n}].id", Phrase("two of them are called {name}", {"name": one.id}))
            seen.add(one.id)
            found.append(one)
        return tuple(found)

    def _instrument(self, at: str, table: Mapping[str, Any]) -> Instrument:
        self._known(at, table, _INSTRUMENT)
        scales = self._scales(at, table.get("scale"))
        ids = [one.id for one in scales]
        total = self._total(at, table["total"], ids) if "total" in table else None
        named = (*ids, TOTAL) if total is not None else tuple(ids)
        norms = tuple(
            self._norm(f"{at}.norm[{n}]", one, named) for n, one in enumerate(table.get("norm", ()), start=1)
        )
        return Instrument(
            id=self._text(at, table, "id", needed=True), name=self._text(at, table, "name", needed=True),
            full_name=self._text(at, table, "full_name"), help=self._text(at, table, "help", needed=True),
            about=self._one_of(at, table, "about", About, About.CHILD),
            fill=self._one_of(at, table, "fill", Fill, Fill.ELSEWHERE),
            respondents=self._respondents(at, table, needed=True), scales=scales, total=total, norms=norms,
            references=self._texts(at, table, "references"), licence=self._text(at, table, "licence"),
            source=self._text(at, table, "source"), from_age=self._whole(at, table, "from_age", 0),
            to_age=self._whole(at, table, "to_age", 200),
        )  # fmt: skip

    def _scales(self, at: str, tables: object) -> tuple[Scale, ...]:
        if not isinstance(tables, list) or not tables:
            self._fault(f"{at}.scale", Phrase("this key is missing"))
            return ()
        found = tuple(self._scale(f"{at}.scale[{n}]", one) for n, one in enumerate(tables, start=1))
        for n, one in enumerate(found, start=1):
            if one.id == TOTAL or sum(other.id == one.id for other in found) > 1:
                self._fault(f"{at}.scale[{n}].id", Phrase("two of them are called {name}", {"name": one.id}))
        return found

    def _scale(self, at: str, table: Mapping[str, Any]) -> Scale:
        self._known(at, table, _SCALE)
        made = Scale(
            id=self._text(at, table, "id", needed=True), name=self._text(at, table, "name", needed=True),
            lowest=self._figure(at, table, "lowest", 0), highest=self._figure(at, table, "highest", None),
            better=self._one_of(at, table, "better", Better, Better.NONE),
            step=self._figure(at, table, "step", ONE), words=self._texts(at, table, "words"),
            question=self._text(at, table, "question"), items=self._whole(at, table, "items", 0),
            least=self._whole(at, table, "least", 0), alarm=table.get("alarm", False) is True,
        )  # fmt: skip
        if made.highest <= made.lowest:
            self._fault(f"{at}.highest", Phrase("it must be more than the lowest"))
        elif made.step <= 0 or (made.highest - made.lowest) % made.step:
            self._fault(f"{at}.step", Phrase("the scale does not end on a step"))
        elif made.words and len(made.words) != (made.highest - made.lowest) // made.step + 1:
            self._fault(f"{at}.words", Phrase("there must be a word for each point"))
        if made.least > made.items:
            self._fault(f"{at}.least", Phrase("more than there are"))
        return made

    def _total(self, at: str, table: Mapping[str, Any], ids: Collection[str]) -> Total:
        self._known(f"{at}.total", table, _TOTAL)
        of = self._texts(f"{at}.total", table, "of")
        for name in (one for one in of if one not in ids):
            self._fault(f"{at}.total.of", Phrase("there is no scale called {name}", {"name": name}))
        better = self._one_of(f"{at}.total", table, "better", Better, Better.NONE)
        return Total(self._text(f"{at}.total", table, "name", needed=True), of, better)

    def _norm(self, at: str, table: Mapping[str, Any], ids: Collection[str]) -> NormSet:
        self._known(at, table, _NORM)
        labels = self._texts(at, table, "labels")
        limits = {
            name: self._limits(f"{at}.{name}", table.get(name, {}), ids, len(labels) - 1)
            for name in ("worse_from", "worse_to")
        }
        if not any(limits.values()):
            self._fault(at, Phrase("it says nothing of any scale"))
        sex = self._text(at, table, "sex")
        if sex not in _SEXES:
            self._fault(f"{at}.sex", Phrase("it must be one of {names}", {"names": "boy, girl"}))
        return NormSet(
            self._text(at, table, "name", needed=True), labels, limits["worse_from"], limits["worse_to"],
            frozenset(self._respondents(at, table)), self._whole(at, table, "from_age", 0),
            self._whole(at, table, "to_age", 200), sex,
        )  # fmt: skip

    def _limits(
        self, at: str, table: Mapping[str, Any], ids: Collection[str], count: int
    ) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for name, values in table.items():
            if name not in ids:
                self._fault(f"{at}.{name}", Phrase("there is no scale called {name}", {"name": name}))
            elif not isinstance(values, list) or len(values) != count or not all(map(_is_figure, values)):
                self._fault(f"{at}.{name}", Phrase("there must be {n} figures", {"n": count}))
            else:
                limits = tuple(round(value * ONE) for value in values)
                if list(limits) != sorted(limits, reverse=at.endswith("worse_to")):
                    self._fault(f"{at}.{name}", Phrase("the limits are not in their order"))
                found[name] = limits
        return found

    # values

    def _respondents(
        self, at: str, table: Mapping[str, Any], *, needed: bool = False
    ) -> tuple[Respondent, ...]:
        found = []
        for name in self._texts(at, table, "respondents"):
            if name in Respondent.__members__.values():
                found.append(Respondent(name))
            else:
                names = ", ".join(Respondent)
                self._fault(f"{at}.respondents", Phrase("it must be one of {names}", {"names": names}))
        if needed and not found:
            self._fault(f"{at}.respondents", Phrase("this key is missing"))
        return tuple(found)

    def _known(self, at: str, table: Mapping[str, Any], keys: Collection[str]) -> None:
        for name in sorted(table.keys() - set(keys)):
            self._fault(f"{at}.{name}".lstrip("."), Phrase("this key is not known here"))

    def _text(self, at: str, table: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
        value = table.get(name, "")
        if not isinstance(value, str):
            self._fault(f"{at}.{name}", Phrase("it must be a text"))
            return ""
        if needed and not value.strip():
            self._fault(f"{at}.{name}", Phrase("it must not be empty"))
        return value

    def _texts(self, at: str, table: Mapping[str, Any], name: str) -> tuple[str, ...]:
        value = table.get(name, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._fault(f"{at}.{name}", Phrase("it must be a list of texts"))
        return ()

    def _figure(self, at: str, table: Mapping[str, Any], name: str, otherwise: int | None) -> int:
        value = table.get(name)
        if value is None and otherwise is not None:
            return otherwise
        if isinstance(value, int | float) and _is_figure(value):
            return round(value * ONE)
        self._fault(f"{at}.{name}", Phrase("it must be a figure"))
        return 0

    def _whole(self, at: str, table: Mapping[str, Any], name: str, otherwise: int) -> int:
        value = table.get(name, otherwise)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._fault(f"{at}.{name}", Phrase("it must be a whole number"))
        return otherwise

    def _one_of(self, at: str, table: Mapping[str, Any], name: str, enum: type[E], otherwise: E) -> E:
        value = table.get(name, otherwise)
        if value in enum.__members__.values():
            return enum(value)
        names = ", ".join(member.value for member in enum)
        self._fault(f"{at}.{name}", Phrase("it must be one of {names}", {"names": names}))
        return otherwise

    def _fault(self, key: str, what: Phrase) -> None:
        self.faults.append(Fault(key, what))


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
