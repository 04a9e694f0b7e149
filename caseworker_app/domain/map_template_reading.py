"""Reading rings and sectors of the netværkskort from TOML: every key known, the circle whole, every fault with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

from caseworker_app.domain.map_template import (
    OUTER_EDGE,
    OUTSIDE,
    MapTemplate,
    MapTemplateError,
    Ring,
    Sector,
    Templates,
    by_name,
)
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.template_parts import Fault

_TABLE: Final = re.compile(r"\s*\[\[\s*template\s*\]\]")
_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_TEMPLATE: Final = {"id": str, "version": int, "name": str, "rings": list, "sectors": list}
_RING: Final = {"id": str, "child": str, "professional": str, "inner": float, "outer": float}
_SECTOR: Final = {
    "id": str, "child": str, "professional": str, "start": float, "end": float, "key": str, "icon": str, "color": str,
}  # fmt: skip
_THINNEST: Final = 0.08
"""The thinnest ring somebody can stand in, in radii of the map; and the narrowest sector is as many turns."""
_LARGEST: Final = 1e6
_NEAR: Final = 1e-6
_FULL: Final = 360.0


def read_map_templates(text: str, source: str) -> Templates:
    """Read and check the templates of the netværkskort.

    Rings cover 0 to the outer edge and sectors the whole turn, without gap or overlap. Raises
    :class:`MapTemplateError` with every fault found, each with key and line.
    """
    try:
        data = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOML, a number of thousands of digits, brackets without end
        at = re.search(r"line (\d+)", str(error))
        what = Phrase("this is not TOML: {detail}", {"detail": str(error)})
        raise MapTemplateError(source, [Fault("TOML", what, int(at[1]) if at else 1)]) from None
    reader = _Reader(text)
    templates = reader.templates(data)
    if reader.faults:
        raise MapTemplateError(source, reader.faults)
    return by_name(templates)


class _Reader:
    """One reading. A fault is noted and the part left out, so that all faults are found."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._lines = text.splitlines()
        self._starts = [n for n, line in enumerate(self._lines) if _TABLE.match(line)]

    def templates(self, data: Mapping[str, Any]) -> tuple[MapTemplate, ...]:
        for name in sorted(data.keys() - {"template"}):
            self._fault(-1, name, Phrase("this key is not known here"))
        tables = data.get("template")
        if not isinstance(tables, list) or not tables or not all(isinstance(one, dict) for one in tables):
            self._fault(-1, "template", Phrase("this key is missing"))
            return ()
        found: dict[tuple[str, int], MapTemplate] = {}
        for n, table in enumerate(tables):
            made = self._template(n, table)
            if made is None:
                continue
            if (made.id, made.version) in found:
                self._fault(n, "id", Phrase("two templates are called {name}", {"name": made.id}))
            found[made.id, made.version] = made
        return tuple(found.values())

    def _template(self, n: int, table: Mapping[str, Any]) -> MapTemplate | None:
        if not self._shaped(n, "", table, _TEMPLATE, ()):
            return None
        if table["version"] < 1:
            self._fault(n, "version", Phrase("it must be 1 or more"))
        rings = tuple(Ring(**row) for row in self._rows(n, "rings", table["rings"], _RING, ()))
        sectors = tuple(
            Sector(**row) for row in self._rows(n, "sectors", table["sectors"], _SECTOR, ("hides_place",))
        )
        if len(rings) == len(table["rings"]) and rings:
            self._check_rings(n, rings)
        if len(sectors) == len(table["sectors"]) and sectors:
            self._check_sectors(n, sectors)
        return MapTemplate(table["id"], table["version"], table["name"], rings, sectors)

    def _rows(
        self, n: int, part: str, rows: list[Any], keys: Mapping[str, type], flags: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        if not rows:
            self._fault(n, part, Phrase("it must not be empty"))
        sound: list[dict[str, Any]] = []
        for k, row in enumerate(rows):
            if not isinstance(row, dict):
                self._fault(n, part, Phrase("it must be a table"), k)
            elif self._shaped(n, f"{part}[{k + 1}].", row, keys, flags, part, k):
                sound.append({name: float(v) if keys.get(name) is float else v for name, v in row.items()})
        for name in ("id", "key"):
            seen = [row.get(name) for row in sound]
            twice = next((k for k, value in enumerate(seen) if value is not None and value in seen[:k]), None)
            if twice is not None:
                what = Phrase("two are called {name}", {"name": str(seen[twice])})
                self._fault(n, part, what, twice, name)
        return sound

    def _shaped(
        self,
        n: int,
        before: str,
        table: Mapping[str, Any],
        keys: Mapping[str, type],
        flags: tuple[str, ...],
        part: str = "",
        k: int | None = None,
    ) -> bool:
        """Return whether a table has the keys it must have, each of its kind, and no others."""
        known = len(self.faults)

        def fault(name: str, what: Phrase) -> None:
            self._fault(n, part or name, what, k, name if part else "")

        for name in sorted(table.keys() - {*keys, *flags}):
            fault(name, Phrase("this key is not known here"))
        for name in flags:
            if not isinstance(table.get(name, False), bool):
                fault(name, Phrase("it must be true or false"))
        for name, kind in keys.items():
            what = _misfit(table, name, kind)
            if what is not None:
                fault(name, what)
        return len(self.faults) == known

    def _check_rings(self, n: int, rings: tuple[Ring, ...]) -> None:
        def fault(k: int, name: str, what: Phrase) -> None:
            self._fault(n, "rings", what, k, name)

        if abs(rings[0].inner) > _NEAR:
            fault(0, "inner", Phrase("the first ring begins at 0"))
        for k, (one, other) in enumerate(pairwise(rings)):
            if abs(one.outer - other.inner) > _NEAR:
                fault(k + 1, "inner", Phrase("it must begin where the one before ends"))
        for k, ring in enumerate(rings):
            if ring.outer - ring.inner < _THINNEST:
                fault(k, "outer", Phrase("there is no room to stand in it"))
        last = rings[-1]
        if last.id != OUTSIDE or abs(last.inner - 1) > _NEAR or abs(last.outer - OUTER_EDGE) > _NEAR:
            what = Phrase("the last one is {name}, from 1 to {edge}", {"name": OUTSIDE, "edge": OUTER_EDGE})
            fault(len(rings) - 1, "id", what)
        if any(ring.id == OUTSIDE for ring in rings[:-1]) or len(rings) < 2:
            fault(0, "id", Phrase("there must be a ring inside"))

    def _check_sectors(self, n: int, sectors: tuple[Sector, ...]) -> None:
        def fault(k: int, name: str, what: Phrase) -> None:
            self._fault(n, "sectors", what, k, name)

        for k, sector in enumerate(sectors):
            if sector.end - sector.start < _THINNEST * _FULL or not 0 <= sector.start < _FULL:
                fault(k, "end", Phrase("there is no room to stand in it"))
            if len(sector.key) != 1 or not sector.key.isupper():
                fault(k, "key", Phrase("it must be one capital letter"))
            if not _COLOR.fullmatch(sector.color):
                fault(k, "color", Phrase("it must be a colour such as #0072B2"))
            following = sectors[(k + 1) % len(sectors)]
            if abs((sector.end - following.start) % _FULL) > _NEAR:
                fault(k, "end", Phrase("the next sector must begin where this one ends"))
        whole = sum(sector.end - sector.start for sector in sectors)
        if abs(whole - _FULL) > _NEAR:
            fault(len(sectors) - 1, "end", Phrase("the sectors together must be 360 degrees"))

    def _fault(self, n: int, part: str, what: Phrase, k: int | None = None, name: str = "") -> None:
        key = part if n < 0 else f"template[{n + 1}].{part}"
        if k is not None:
            key = f"{key}[{k + 1}]"
        if name:
            key = f"{key}.{name}"
        self.faults.append(Fault(key, what, self._line(n, part, k)))

    def _line(self, n: int, part: str, k: int | None) -> int:
        """Return the line of a key in its table, or of the row ``k`` of it, counted from 1."""
        first = 0 if n < 0 or n >= len(self._starts) else self._starts[n]
        last = self._starts[n + 1] if 0 <= n < len(self._starts) - 1 else len(self._lines)
        word = re.compile(rf"\s*\"?{re.escape(part)}\"?\s*=|\s*\[\[?\s*{re.escape(part)}\b")
        at = next((i for i in range(first, last) if word.match(self._lines[i])), first)
        if k is None:
            return at + 1
        rows = [i for i in range(at, last) for _ in range(self._lines[i].count("{"))]
        return (rows[k] if k < len(rows) else at) + 1


def _misfit(table: Mapping[str, Any], name: str, kind: type) -> Phrase | None:
    """Return what is wrong with a value, if anything."""
    if name not in table:
        return Phrase("this key is missing")
    value = table[name]
    if kind is str:
        if not isinstance(value, str):
            return Phrase("it must be a text")
        return None if value.strip() else Phrase("it must not be empty")
    if kind is list:
        return None if isinstance(value, list) else Phrase("it must be a list")
    fits = isinstance(value, int | float if kind is float else int) and not isinstance(value, bool)
    if (
        fits and kind is float and not abs(value) <= _LARGEST
    ):  # also what is no number, and what no float can hold
        return Phrase("the number is too large")
    return None if fits else Phrase("it must be a number")
