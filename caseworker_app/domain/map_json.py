"""A netværkskort as JSON, one text for one content: what a kept version is signed by, and what is exported.

The format has a name and a version of its own (``resources/schemas/network_map-1.json``); an older text is brought up to
the present one in steps. Ids are hexadecimal, days ISO, placements as in the model. Nothing of the case is in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.network_map import MapGroup, MapPerson, MapQuote, MapRelation, NetworkMap

FORMAT: Final = "taet-paa/network-map"
VERSION: Final = 1
SHORT: Final = 8
"""How much of a checksum is printed."""

C = TypeVar("C", bound=Entity)
Step = Callable[[dict[str, Any]], dict[str, Any]]
STEPS: Final[Mapping[int, Step]] = {}
"""By version, what makes a text of it one of the next version."""

_MAP_FIELDS: Final = (
    "voice", "title", "drawn_on", "place", "present", "template", "template_version", "series", "parent", "number", "note",
)  # fmt: skip
_LEFT_OUT: Final = frozenset({"map", "candidate"})
"""Not written: the map it stands on, and the worker's own note of whom to ask, which is no part of what was drawn."""
_PARTS: Final = ("people", "relations", "groups", "quotes")


class MapTextError(UserError):
    """A text that is no netværkskort, or one of a newer program."""


@dataclass(frozen=True, slots=True)
class MapContents:
    """What is drawn on a map: the map itself and everything on it."""

    map: NetworkMap
    people: tuple[MapPerson, ...] = ()
    relations: tuple[MapRelation, ...] = ()
    groups: tuple[MapGroup, ...] = ()
    quotes: tuple[MapQuote, ...] = ()


def canonical(plain: Mapping[str, Any]) -> str:
    """Return the one text of plain data: keys in order, no spaces, every letter as it is."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def to_plain(contents: MapContents) -> dict[str, Any]:
    """Return a map as plain data. State, keeping and attaching are not part of what was drawn."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "map": _plain(contents.map, _MAP_FIELDS),
        **{part: _all(getattr(contents, part)) for part in _PARTS},
    }


def to_json(contents: MapContents) -> str:
    """Return the canonical text of a map."""
    return canonical(to_plain(contents))


def _all(things: Iterable[Entity]) -> list[dict[str, Plain]]:
    return [_plain(one) for one in sorted(things, key=lambda one: one.id)]


def _plain(thing: Entity, names: Iterable[str] | None = None) -> dict[str, Plain]:
    specs = type_of(type(thing)).specs
    chosen = specs.keys() - _LEFT_OUT if names is None else names
    plain = {name: specs[name].to_plain(getattr(thing, name)) for name in chosen}
    return {"id": thing.id.hex(), **{n: v.hex() if isinstance(v, bytes) else v for n, v in plain.items()}}


def from_json(text: str, stream: Id = NO_ID, *, steps: Mapping[int, Step] = STEPS) -> MapContents:
    """Read a map back. Raises :class:`MapTextError` for a text that is none, or of a newer program."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _not_a_map() from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _not_a_map()
    data = upgraded(data, steps)
    try:
        found = _thing(NetworkMap, data["map"], stream)
        return MapContents(
            found,
            _things(MapPerson, data["people"], found),
            _things(MapRelation, data["relations"], found),
            _things(MapGroup, data["groups"], found),
            _things(MapQuote, data["quotes"], found),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise _not_a_map() from None


def upgraded(data: dict[str, Any], steps: Mapping[int, Step] = STEPS, to: int = VERSION) -> dict[str, Any]:
    """Return plain data of any older version as that of the present one. Raises :class:`MapTextError`."""
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _not_a_map()
    if version > to:
        raise MapTextError(
            "This network map was made by a newer version of the program.",
            "Update the program, and read it again.",
        )
    for at in range(version, to):
        data = {**steps[at](data), "version": at + 1}
    return data


def _not_a_map() -> MapTextError:
    return MapTextError("This text is not a network map.", "Choose another file.")


def _things(cls: type[C], rows: Iterable[Mapping[str, Any]], on: NetworkMap) -> tuple[C, ...]:
    return tuple(_thing(cls, row, on.stream, on.id) for row in rows)


def _thing(cls: type[C], plain: Mapping[str, Any], stream: Id, on: Id | None = None) -> C:
    """Return the thing of a row; a field that is not written has its default."""
    values: dict[str, Any] = {}
    for name, spec in type_of(cls).specs.items():
        if name in plain:
            stored = plain[name]
            is_id = spec.kind.name == "reference" and stored is not None
            values[name] = spec.from_plain(bytes.fromhex(stored) if is_id else stored)
    if on is not None:
        values["map"] = on
    return cls(id=bytes.fromhex(plain["id"]), stream=stream, **values)
