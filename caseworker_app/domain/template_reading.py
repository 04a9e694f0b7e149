"""Reading a template from TOML: every key known, every text whole, every field one the program offers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast

from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.template_parts import (
    LOOKS,
    Block,
    Condition,
    Conditions,
    Contract,
    Fault,
    Item,
    Names,
    Row,
    Slot,
    Template,
    TemplateError,
    Wording,
)

T = TypeVar("T")

_TOP: Final = (
    {"id", "language", "title", "valid_from", "fields", "blocks"},
    {"valid_to", "flags", "repeats"},
)
_BLOCKS: Final = {
    "heading": ({"level", "text"}, {"each"}),
    "paragraph": ({"text"}, {"look", "each"}),
    "list": ({"items"}, {"ordered", "each"}),
    "table": ({"columns", "rows"}, {"caption", "widths", "each"}),
    "pairs": ({"rows"}, {"each"}),
    "lines": ({"count"}, set[str]()),
    "sign": ({"text"}, set[str]()),
}
"""The keys of each kind of block: needed, and possible besides ``kind`` and ``when``."""
_PIECES: Final = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}|[{}]")


def read(text: str, contract: Contract, source: str) -> Template:
    """Read and check a template. Raises :class:`TemplateError` with every fault found."""
    try:
        data = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOML, a number of thousands of digits, brackets without end
        at = re.search(r"line (\d+)", str(error))
        fault = Fault(
            "TOML", Phrase("this is not TOML: {detail}", {"detail": str(error)}), int(at[1]) if at else 0
        )
        raise TemplateError(source, (fault,)) from None
    reader = _Reader(text, contract)
    template = reader.template(data)
    if reader.faults:
        raise TemplateError(source, tuple(reader.faults))
    return template


class _Reader:
    """One reading. A fault is noted and a harmless value put in its place, so that all faults are found."""

    def __init__(self, text: str, contract: Contract) -> None:
        self.faults: list[Fault] = []
        self._lines = text.splitlines()
        self._starts = [n for n, line in enumerate(self._lines) if re.match(r"\s*\[\[\s*blocks\s*\]\]", line)]
        self._contract = contract
        self._declared: frozenset[str] = frozenset()
        self._used: set[str] = set()

    def template(self, data: dict[str, Any]) -> Template:
        contract = self._contract
        self._keys(data, *_TOP, "")
        if data.get("id", contract.id) != contract.id:
            self._fault("id", Phrase("it must be {id}", {"id": contract.id}))
        self._declare(data)
        title = self._words(data.get("title", ""), "title", contract.names)
        for name in sorted(contract.not_in_title & self._used):
            self._fault("title", Phrase("the field {name} must not stand in a title", {"name": name}))
        entries = self._typed(data.get("blocks"), list, "blocks", [])
        blocks = tuple(self._block(entry, f"blocks[{n}]") for n, entry in enumerate(entries, start=1))
        for name in sorted(contract.required - self._used):
            self._fault("blocks", Phrase("the field {name} must stand somewhere", {"name": name}))
        return Template(
            contract.id,
            self._typed(data.get("language"), str, "language", ""),
            title,
            self._date(data.get("valid_from"), "valid_from") or date.min,
            self._date(data.get("valid_to"), "valid_to"),
            blocks,
            frozenset(self._used),
        )

    def _declare(self, data: dict[str, Any]) -> None:
        """What the template says it uses; it must be on offer."""
        offered = self._contract
        repeats = self._typed(data.get("repeats"), dict, "repeats", {})
        declared = set(repeats)
        for key, names in (("fields", offered.names.texts), ("flags", offered.names.flags)):
            listed = self._texts(data.get(key, []), key)
            declared |= set(listed)
            self._offered(listed, names, key)
        self._offered(list(repeats), frozenset(offered.repeats), "repeats")
        for name in repeats.keys() & offered.repeats.keys():
            listed = self._texts(repeats[name], f"repeats.{name}")
            self._offered(listed, offered.repeats[name].all, f"repeats.{name}")
        self._declared = frozenset(declared)

    def _offered(self, listed: list[str], names: frozenset[str], key: str) -> None:
        for name in listed:
            if name not in names:
                self._fault(key, Phrase("there is no field {name} for this paper", {"name": name}), name)

    def _block(self, entry: object, key: str) -> Block:
        data = self._typed(entry, dict, key, {})
        kind = data.get("kind")
        if not isinstance(kind, str) or kind not in _BLOCKS:
            self._fault(
                f"{key}.kind", Phrase("it must be one of {names}", {"names": ", ".join(_BLOCKS)}), "kind"
            )
            return Block("paragraph")
        needed, possible = _BLOCKS[kind]
        self._keys(data, needed | {"kind"}, possible | {"when"}, key)
        each = self._each(data.get("each", ""), f"{key}.each")
        names = self._scope(each)
        return Block(
            cast(Any, kind),
            self._when(data.get("when", []), f"{key}.when", self._contract.names),
            each,
            self._words(data.get("text", ""), f"{key}.text", names),
            self._one_of(data.get("level", 1), (1, 2, 3), f"{key}.level"),
            self._one_of(data.get("look", "body"), LOOKS, f"{key}.look"),
            tuple(self._item(item, f"{key}.items", names) for item in self._many(data, "items", key)),
            self._typed(data.get("ordered"), bool, f"{key}.ordered", False),
            tuple(self._texts(data.get("columns", []), f"{key}.columns")),
            tuple(self._typed(w, (int, float), f"{key}.widths", 1) for w in self._many(data, "widths", key)),
            self._typed(data.get("caption"), str, f"{key}.caption", ""),
            self._rows(data, key, names, pairs=kind == "pairs"),
            self._typed(data.get("count"), int, f"{key}.count", 0),
        )

    def _rows(self, data: dict[str, Any], key: str, names: Names, *, pairs: bool) -> tuple[Row, ...]:
        rows, columns, key = [], len(self._many(data, "columns", key)), f"{key}.rows"
        for entry in self._many(data, "rows", key.removesuffix(".rows")):
            if pairs:
                pair = self._typed(entry, dict, key, {})
                self._keys(pair, {"name", "text"}, {"when"}, key)
                cells: list[Any] = [pair.get("name", ""), pair.get("text", "")]
            elif isinstance(entry, dict):
                pair = entry
                self._keys(pair, {"cells"}, {"when"}, key)
                cells = self._many(pair, "cells", key)
            else:
                pair, cells = {}, self._typed(entry, list, key, [])
            if not pairs and len(cells) != columns:
                self._fault(
                    key,
                    Phrase(
                        "a row has {got} cells for {expected} columns",
                        {"got": len(cells), "expected": columns},
                    ),
                )
            when = self._when(pair.get("when", []), f"{key}.when", names)
            rows.append(Row(tuple(self._item(cell, key, names) for cell in cells), when))
        return tuple(rows)

    def _item(self, entry: object, key: str, names: Names) -> Item:
        if isinstance(entry, str):
            return Item(self._words(entry, key, names))
        data = self._typed(entry, dict, key, {})
        self._keys(data, {"text"}, {"when", "each"}, key)
        each = self._each(data.get("each", ""), f"{key}.each")
        within = self._scope(each, names) if each else names
        when = self._when(data.get("when", []), f"{key}.when", within)
        return Item(self._words(data.get("text", ""), key, within), when, each)

    def _scope(self, each: str, names: Names | None = None) -> Names:
        outer, inner = names or self._contract.names, self._contract.repeats.get(each, Names())
        return Names(outer.texts | inner.texts, outer.flags | inner.flags)

    def _each(self, value: object, key: str) -> str:
        name = self._typed(value, str, key, "")
        if name and name not in self._contract.repeats:
            self._fault(key, Phrase("there is no list {name} for this paper", {"name": name}), name)
            return ""
        self._use(name, key)
        return name

    def _when(self, value: object, key: str, names: Names) -> Conditions:
        conditions = []
        for text in [value] if isinstance(value, str) else self._texts(value, key):
            name = text.removeprefix("not ").strip()
            if name in names.all or name in self._contract.repeats:
                self._use(name, key)
            else:
                self._fault(key, Phrase("there is no field {name} for this paper", {"name": name}), name)
            conditions.append(Condition(name, not text.startswith("not ")))
        return tuple(conditions)

    def _words(self, value: object, key: str, names: Names) -> Wording:
        text = self._typed(value, str, key, "")
        pieces: list[str | Slot] = []
        at = 0
        for found in _PIECES.finditer(text):
            pieces.append(text[at : found.start()])
            at = found.end()
            if found[1] and found[1] in names.texts:
                self._use(found[1], key)
                pieces.append(Slot(found[1]))
            elif found[1]:
                self._fault(
                    key, Phrase("there is no field {name} for this paper", {"name": found[1]}), found[0]
                )
            elif found[0] in ("{{", "}}"):
                pieces.append(found[0][0])
            else:
                self._fault(key, Phrase("a brace stands alone"), found[0])
        return tuple(piece for piece in (*pieces, text[at:]) if piece != "")

    def _use(self, name: str, key: str) -> None:
        """Note a name of the contract, and that it is declared; the names of a record go with their list."""
        known = self._contract.names.all | set(self._contract.repeats)
        if name in known:
            self._used.add(name)
            if name not in self._declared:
                self._fault(key, Phrase("{name} is used and not declared above", {"name": name}), name)

    def _keys(self, data: Mapping[str, Any], needed: set[str], possible: set[str], key: str) -> None:
        prefix = f"{key}." if key else ""
        for name in sorted(set(data) - needed - possible):
            self._fault(f"{prefix}{name}", Phrase("this key is not known here"), name)
        for name in sorted(needed - set(data)):
            self._fault(f"{prefix}{name}", Phrase("this key is missing"))

    def _many(self, data: Mapping[str, Any], name: str, key: str) -> list[Any]:
        return self._typed(data.get(name), list, f"{key}.{name}", [])

    def _texts(self, value: object, key: str) -> list[str]:
        return [self._typed(text, str, key, "") for text in self._typed(value, list, key, [])]

    def _date(self, value: object, key: str) -> date | None:
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self._fault(key, Phrase("it must be a date such as 2026-01-31"))
        return None

    def _one_of(self, value: Any, choices: tuple[Any, ...], key: str) -> Any:
        if value in choices and not isinstance(value, bool):
            return value
        names = ", ".join(str(choice) for choice in choices)
        self._fault(key, Phrase("it must be one of {names}", {"names": names}))
        return choices[0]

    def _typed(self, value: Any, kind: type[T] | tuple[type, ...], key: str, otherwise: T) -> T:
        if value is None:
            return otherwise
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return cast(T, value)
        name = (kind[0] if isinstance(kind, tuple) else kind).__name__
        self._fault(key, Phrase("it must be {kind}", {"kind": _KINDS[name]}))
        return otherwise

    def _fault(self, key: str, what: Phrase, sought: str = "") -> None:
        self.faults.append(Fault(key, what, self._line(key, sought or key.rpartition(".")[2])))

    def _line(self, key: str, sought: str) -> int:
        """The line of a key, or of the word sought, in its block; the block's own where that is not found."""
        number = re.match(r"blocks\[(\d+)\]", key)
        first, last = 0, self._starts[0] if self._starts else len(self._lines)
        if number and int(number[1]) <= len(self._starts):
            first = self._starts[int(number[1]) - 1]
            last = ([*self._starts, len(self._lines)])[int(number[1])]
        elif number or sought == "blocks":
            return 0
        exact = re.escape(sought)
        word = re.compile(rf"\b{exact}\b" if sought.isidentifier() else exact)
        within = [n for n in range(first, last) if word.search(self._lines[n])]
        return within[0] + 1 if within else first + 1 if number else 0


_KINDS: Final = {
    "str": Phrase("a text"),
    "list": Phrase("a list"),
    "dict": Phrase("a table"),
    "int": Phrase("a number"),
    "bool": Phrase("true or false"),
}
