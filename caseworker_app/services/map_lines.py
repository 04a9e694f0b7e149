"""Lines between two on a netværkskort, households, and words said at it. One act each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.network_map import (
    MapGroup,
    MapPerson,
    MapQuote,
    MapRelation,
    NetworkMap,
    Quality,
    Voice,
)
from caseworker_app.domain.order import key_after
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.map_reading import drawable, thing_on
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy


def _on(reader: Reader, cls: type[Any], thing: Id) -> tuple[Any, NetworkMap]:
    found = thing_on(reader, cls, thing)
    return found, drawable(reader, found.map or b"")


def _check_ends(reader: Reader, map_id: Id, people: Iterable[Id | None]) -> None:
    """Refuse somebody who is not on the map. Raises ``KeyError``."""
    for one in people:
        if one is not None and thing_on(reader, MapPerson, one).map != map_id:
            raise KeyError("nobody of that id is on this map")


def _apply(
    writer: Writer, cls: type[Entity], thing: Id, edits: Mapping[str, Edit], values: Mapping[str, Any]
) -> None:
    apply_edits(writer, cls, thing, {n: replace(edits[n], value=v) for n, v in values.items()})


def _only(values: Mapping[str, Any], *names: str) -> None:
    if values.keys() - set(names):
        raise KeyError(f"not a field that is edited: {sorted(values.keys() - set(names))}")


# --- Lines ---------------------------------------------------------------------------------------------------


def add_relation(
    writer: Writer,
    map_id: Id,
    a: Id | None,
    b: Id | None,
    quality: Quality = Quality.ORDINARY,
    said_by: Voice | None = None,
) -> Id:
    """Draw a line between two, ``None`` being the child; return its id.

    ``said_by`` is the map's voice unless it is said. One voice says one thing of two people: a line she has drawn
    already takes the new quality and is returned. Raises :class:`InvalidInput` for a line from somebody to herself,
    ``KeyError`` for somebody who is not on this map.
    """
    found = drawable(writer, map_id)
    if a == b:
        raise InvalidInput("b", "A line goes from one to another.", "Choose somebody else, or the child.")
    _check_ends(writer, map_id, (a, b))
    voice = said_by or found.voice
    for line in writer.find(MapRelation, where={"map": map_id}):
        if {line.a, line.b} == {a, b} and line.said_by is voice:
            if line.quality is not quality:
                writer.act("Change a line on the network map")
                writer.set(MapRelation, line.id, "quality", quality, parents=None)
            return line.id
    made = writer.new_id()
    writer.act("Draw a line on the network map")
    writer.create(
        MapRelation(id=made, stream=found.stream, map=map_id, a=a, b=b, quality=quality, said_by=voice)
    )
    return made


def edit_relation(writer: Writer, relation: Id, edits: Mapping[str, Edit]) -> None:
    """Change a line: its kind, who supports whom, whose statement it is, a note. Raises :class:`InvalidInput`."""
    now, found = _on(writer, MapRelation, relation)
    values = {name: edit.value for name, edit in edits.items()}
    _only(values, "quality", "flow", "said_by", "note")
    if "note" in values:
        values["note"] = tidy("note", str(values["note"]), TEXT_LENGTH)
    voice = values.get("said_by", now.said_by)
    for other in writer.find(MapRelation, where={"map": found.id}):
        if other.id != relation and {other.a, other.b} == {now.a, now.b} and other.said_by is voice:
            raise InvalidInput(
                "said_by", "There is a line between the two by the same voice.", "Change that one instead."
            )
    writer.act("Change a line on the network map")
    _apply(writer, MapRelation, relation, edits, values)


def remove_relation(writer: Writer, relation: Id) -> None:
    """Take a line away."""
    _on(writer, MapRelation, relation)
    writer.act("Remove a line from the network map")
    writer.cancel(MapRelation, relation)


# --- Households ----------------------------------------------------------------------------------------------


def add_group(writer: Writer, map_id: Id, label: str, members: Iterable[Id], with_child: bool = False) -> Id:
    """Draw a line round those who live or belong together; return its id. It may have no name.

    Raises :class:`InvalidInput` for a household of nobody, ``KeyError`` for somebody who is not on this map.
    """
    found = drawable(writer, map_id)
    values: dict[str, Any] = {"label": label, "members": frozenset(members), "with_child": with_child}
    _check_group(writer, map_id, values, None)
    made = writer.new_id()
    writer.act("Draw a household on the network map")
    writer.create(MapGroup(id=made, stream=found.stream, map=map_id, **values))
    return made


def _check_group(reader: Reader, map_id: Id, values: dict[str, Any], now: MapGroup | None) -> None:
    if "label" in values:
        values["label"] = tidy("label", str(values["label"]), NAME_LENGTH)
    members = frozenset(values.get("members", getattr(now, "members", ())))
    if not members and not values.get("with_child", getattr(now, "with_child", False)):
        raise InvalidInput("members", "Choose who belongs to the household, or remove it.")
    if "members" in values:
        before: frozenset[Id] = getattr(now, "members", frozenset())
        _check_ends(reader, map_id, members - before)


def edit_group(writer: Writer, group: Id, edits: Mapping[str, Edit]) -> None:
    """Change a household: its name, who belongs to it, whether the child does. Raises :class:`InvalidInput`."""
    now, found = _on(writer, MapGroup, group)
    values = {name: edit.value for name, edit in edits.items()}
    _only(values, "label", "members", "with_child")
    _check_group(writer, found.id, values, now)
    writer.act("Change a household on the network map")
    _apply(writer, MapGroup, group, edits, values)


def remove_group(writer: Writer, group: Id) -> None:
    """Take a household away; those who were in it stay."""
    _on(writer, MapGroup, group)
    writer.act("Remove a household from the network map")
    writer.cancel(MapGroup, group)


# --- Words ---------------------------------------------------------------------------------------------------


def add_quote(
    writer: Writer, map_id: Id, words: str, said_by: Voice | None = None, person: Id | None = None
) -> Id:
    """Keep what somebody said while the map was drawn, about ``person`` or about the whole; return its id."""
    found = drawable(writer, map_id)
    values: dict[str, Any] = {"words": words, "person": person}
    _check_quote(writer, map_id, values)
    last = max((one.order for one in writer.find(MapQuote, where={"map": map_id})), default="")
    made = writer.new_id()
    writer.act("Keep what was said at the network map")
    writer.create(
        MapQuote(
            id=made,
            stream=found.stream,
            map=map_id,
            said_by=said_by or found.voice,
            order=key_after(last),
            **values,
        )
    )
    return made


def _check_quote(reader: Reader, map_id: Id, values: dict[str, Any]) -> None:
    if "words" in values:
        values["words"] = tidy("words", str(values["words"]), TEXT_LENGTH)
        if not values["words"]:
            raise InvalidInput("words", "Write what was said, in the words it was said in.")
    if values.get("person") is not None:
        _check_ends(reader, map_id, (values["person"],))


def edit_quote(writer: Writer, quote: Id, edits: Mapping[str, Edit]) -> None:
    """Change what was said, by whom, or about whom. Raises :class:`InvalidInput`."""
    _now, found = _on(writer, MapQuote, quote)
    values = {name: edit.value for name, edit in edits.items()}
    _only(values, "words", "said_by", "person", "order")
    _check_quote(writer, found.id, values)
    writer.act("Change what was said at the network map")
    _apply(writer, MapQuote, quote, edits, values)


def remove_quote(writer: Writer, quote: Id) -> None:
    """Take back what was written as said."""
    _on(writer, MapQuote, quote)
    writer.act("Remove what was said at the network map")
    writer.cancel(MapQuote, quote)
