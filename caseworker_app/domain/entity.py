"""How a thing of the field is declared: a frozen dataclass whose fields say what they hold.

The declaration is the one place from which the log's values, the projection's table, the heads of a field and the
editors are made. Adding a field is one line here; the tables follow by themselves when they are rebuilt.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar, dataclass_transform

from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.kinds import Kind, Plain

T = TypeVar("T")
C = TypeVar("C", bound="Entity")

LIFE = "_life"
"""The field that says whether a thing is there (``live``) or taken back (``cancelled``)."""
LIVE, CANCELLED = "live", "cancelled"
SEEN = "_seen"
"""What of a thing was known to whoever took it back: the operations whose values it had. Who changes a thing knowing that
it is taken back says so in the same way. Nobody reads it as a value; see :func:`.heads.life_of`."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing with an identity in one stream.

    ``stream`` is the case (or the worker's own, or the office's) whose log holds it; ``cancelled`` things are kept
    and left out of lists; ``conflicts`` counts the fields with more than one live value.
    """

    id: Id = NO_ID
    stream: Id = NO_ID
    cancelled: bool = False
    conflicts: int = 0


@dataclasses.dataclass(frozen=True)
class FieldSpec(Generic[T]):
    """One field: the smallest thing a person means at once.

    ``label`` is a msgid. ``protective`` ranks values; while a field has several live values the highest rank acts
    (sync design 2.1: most protective head). ``many`` fields hold elements that are added and removed one by one.
    ``indexed`` fields can be asked for by value. A field that ``seals`` ends a thing's making when a final act sets it:
    nothing that was done to it before is undone.
    """

    name: str
    kind: Kind[T]
    label: str
    default: T
    protective: Callable[[T], int] | None = None
    many: bool = False
    indexed: bool = False
    seals: bool = False

    def to_plain(self, value: T) -> Plain:
        """Return the plain form for the log."""
        return self.kind.to_plain(value)

    def from_plain(self, plain: Plain) -> T:
        """Return the value; ``None`` in the log of a field that has no ``None`` means its default."""
        return self.default if plain is None else self.kind.from_plain(plain)


@dataclasses.dataclass(frozen=True, eq=False)
class EntityType(Generic[C]):
    """What :func:`entity` learnt of a class."""

    name: str
    cls: type[C]
    label: str
    specs: Mapping[str, FieldSpec[Any]]

    def values(self, thing: C) -> Iterator[tuple[FieldSpec[Any], Any]]:
        """Yield each field with its value in ``thing``."""
        for name, spec in self.specs.items():
            yield spec, getattr(thing, name)


_TYPES: dict[str, EntityType[Any]] = {}
_BY_CLASS: dict[type, EntityType[Any]] = {}


def field(
    kind: Kind[T],
    label: str,
    *,
    default: T,
    protective: Callable[[T], int] | None = None,
    many: bool = False,
    indexed: bool = False,
    seals: bool = False,
) -> Any:
    """Declare a field of an entity; see :class:`FieldSpec`."""
    spec = FieldSpec("", kind, label, default, protective, many, indexed, seals)
    return dataclasses.field(default=default, metadata={"spec": spec})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field, dataclasses.field))
def entity(name: str, label: str) -> Callable[[type[C]], type[C]]:
    """Make a class a frozen, keyword-only dataclass and an entity type called ``name`` in the log.

    ``label`` is the msgid of the word the user sees. Raises ``ValueError`` when the name is taken.
    """

    def declare(cls: type[C]) -> type[C]:
        made = dataclasses.dataclass(frozen=True, kw_only=True, slots=True)(cls)
        if name in _TYPES:
            raise ValueError(f"two entity types are called {name}")
        specs = {
            f.name: dataclasses.replace(f.metadata["spec"], name=f.name)
            for f in dataclasses.fields(made)
            if "spec" in f.metadata
        }
        declared = EntityType(name, made, label, specs)
        _TYPES[name] = declared
        _BY_CLASS[made] = declared
        return made

    return declare


def type_of(cls: type[C]) -> EntityType[C]:
    """Return the declaration of a class. Raises ``KeyError`` for a class that is no entity."""
    return _BY_CLASS[cls]


def type_named(name: str) -> EntityType[Any] | None:
    """Return the declaration of the type the log calls ``name``, or ``None`` when this version has none."""
    return _TYPES.get(name)


def all_types() -> tuple[EntityType[Any], ...]:
    """Return every declared type, in the order of declaration."""
    return tuple(_TYPES.values())
