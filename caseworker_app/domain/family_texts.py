"""What a family reads and no letter says: texts with named fields, checked when they are read."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_REMINDER: Final = frozenset(
    {"name", "when", "what", "at_place", "phone", "worker", "worker_title", "municipality"}
)
_SHEET: Final = frozenset({"child", "worker", "phone", "municipality"})
FIELDS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "reminder": {"meeting": _REMINDER, "visit": _REMINDER, "agreement": _REMINDER},
    "card": {"heading": frozenset(), "foot": _SHEET, "own_points": frozenset()},
    "expectations": {
        "heading": frozenset(), "why": _SHEET, "from_us": _SHEET, "from_family": _SHEET, "whom_to_call": _SHEET,
    },
}  # fmt: skip
"""Which fields each text may name."""
DEMANDED: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("reminder", "meeting"): frozenset({"when"}),
    ("reminder", "visit"): frozenset({"when"}),
    ("reminder", "agreement"): frozenset({"what"}),
}
"""Which fields a text must name to say anything."""
LONGEST: Final = 4000


class FamilyTextsError(ValueError):
    """The file cannot be used; the message names the text and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class FamilyTexts:
    """The texts by their table and name."""

    texts: Mapping[str, Mapping[str, str]]

    def fill(self, table: str, name: str, values: Mapping[str, str] | None = None) -> str:
        """Return a text with its fields filled; a field nobody gave a value is empty."""
        fields = dict.fromkeys(FIELDS[table][name], "") | dict(values or {})
        return self.texts[table][name].strip().format_map(fields)


def read_family_texts(text: str, name: str = "family_texts.toml") -> FamilyTexts:
    """Read and check the file. Raises :class:`FamilyTextsError`."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FamilyTextsError(f"{name}: {error}") from None
    if found.pop("version", None) != 1:
        raise FamilyTextsError(f"{name}: version must be 1")
    unknown = sorted(found.keys() - FIELDS.keys())
    if unknown:
        raise FamilyTextsError(f"{name}: [{unknown[0]}] is not known")
    return FamilyTexts({table: _table(name, table, found.get(table)) for table in FIELDS})


def _table(file: str, table: str, found: Any) -> dict[str, str]:
    if not isinstance(found, dict):
        raise FamilyTextsError(f"{file}: [{table}] is missing")
    unknown = sorted(found.keys() - FIELDS[table].keys())
    if unknown:
        raise FamilyTextsError(f"{file}: {table}.{unknown[0]} is not known")
    for key, allowed in FIELDS[table].items():
        words = found.get(key)
        if not isinstance(words, str) or not words.strip():
            raise FamilyTextsError(f"{file}: {table}.{key} is missing")
        if len(words) > LONGEST:
            raise FamilyTextsError(f"{file}: {table}.{key} is longer than {LONGEST} letters")
        _check_fields(f"{file}: {table}.{key}", words, allowed, DEMANDED.get((table, key), frozenset()))
    return dict(found)


def _check_fields(where: str, words: str, allowed: frozenset[str], demanded: frozenset[str]) -> None:
    try:
        parts = list(string.Formatter().parse(words))
    except ValueError as error:
        raise FamilyTextsError(f"{where}: {error}") from None
    named = set()
    for _text, field, spec, conversion in parts:
        if field is None:
            continue
        if field not in allowed or spec or conversion:
            raise FamilyTextsError(f"{where}: {{{field}}} is no field of this text")
        named.add(field)
    if demanded - named:
        raise FamilyTextsError(f"{where}: {{{min(demanded - named)}}} must be in it")
