"""What a family reads and no letter says: texts with named fields, checked when they are read."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.template_parts import Fault

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
_PLACE: Final = re.compile(r"line (\d+)")
Wrong: TypeAlias = "Callable[[str, Phrase], FamilyTextsError]"


class FamilyTextsError(UserError):
    """The texts cannot be used. ``faults`` say where and why; the sentence says the first."""

    def __init__(self, source: str, fault: Fault) -> None:
        self.faults = (fault,)
        super().__init__(
            "The texts cannot be used: {what} ({key}, line {line}).",
            "Until they are mended, the standard texts are used.",
            "Mend the text, or go back to the standard texts.",
            source=source, what=fault.what, key=fault.key, line=fault.line,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FamilyTexts:
    """The texts by their table and name."""

    texts: Mapping[str, Mapping[str, str]]

    def fill(self, table: str, name: str, values: Mapping[str, str] | None = None) -> str:
        """Return a text with its fields filled; a field nobody gave a value is empty."""
        fields = dict.fromkeys(FIELDS[table][name], "") | dict(values or {})
        return self.texts[table][name].strip().format_map(fields)


def read_family_texts(text: str, name: str = "family_texts.toml") -> FamilyTexts:
    """Read and check the texts. Raises :class:`FamilyTextsError`."""

    def wrong(key: str, what: Phrase, line: int = 0) -> FamilyTextsError:
        return FamilyTextsError(name, Fault(key, what, line or _line(text, key)))

    try:
        found = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOML, a number of thousands of digits, brackets without end
        said = _PLACE.search(str(error))
        what = Phrase(
            "it cannot be read: a quotation mark, a bracket or an equals sign is missing or one too many"
        )
        raise wrong(name, what, int(said[1]) if said else len(text.splitlines())) from None
    if found.pop("version", None) != 1:
        raise wrong("version", Phrase("it must be {first}", {"first": 1}))
    for table in found:
        if table not in FIELDS:
            raise wrong(f"[{table}]", Phrase("it is not known"))
    return FamilyTexts({table: _table(table, found.get(table), wrong) for table in FIELDS})


def _line(text: str, key: str) -> int:
    """Return the line a text begins on, 1 when it is nowhere."""
    table, _, word = key.strip("[]").rpartition(".")
    inside = not table
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith("["):
            inside = line.strip() == f"[{table}]"
            if line.strip() == key:
                return number
        elif inside and line.partition("=")[0].strip() == word:
            return number
    return 1


def _table(table: str, found: Any, wrong: Wrong) -> dict[str, str]:
    if not isinstance(found, dict):
        raise wrong(f"[{table}]", Phrase("it is missing"))
    for key in found:
        if key not in FIELDS[table]:
            raise wrong(f"{table}.{key}", Phrase("it is not known"))
    for key, allowed in FIELDS[table].items():
        words, where = found.get(key), f"{table}.{key}"
        if not isinstance(words, str) or not words.strip():
            raise wrong(where, Phrase("it is missing"))
        if len(words) > LONGEST:
            raise wrong(where, Phrase("it is longer than {most} characters", {"most": LONGEST}))
        _check_fields(where, words, allowed, DEMANDED.get((table, key), frozenset()), wrong)
    return dict(found)


def _check_fields(
    where: str, words: str, allowed: frozenset[str], demanded: frozenset[str], wrong: Wrong
) -> None:
    try:
        parts = list(string.Formatter().parse(words))
    except ValueError:
        raise wrong(
            where, Phrase("a brace stands alone: a field is written {example}", {"example": "{name}"})
        ) from None
    named = set()
    for _text, field, spec, conversion in parts:
        if field is None:
            continue
        if field not in allowed or spec or conversion:
            known = ", ".join(f"{{{one}}}" for one in sorted(allowed)) or "–"
            values = {"field": f"{{{field}}}", "known": known}
            raise wrong(where, Phrase("{field} is no field of this text, which has: {known}", values))
        named.add(field)
    if demanded - named:
        raise wrong(where, Phrase("{field} must be in it", {"field": f"{{{min(demanded - named)}}}"}))
