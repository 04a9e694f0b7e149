"""Versions of a netværkskort: kept with a checksum, attached to an investigation, drawn on from in a copy."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.honour import Involved
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.map_json import MapContents, MapTextError, digest_of, from_json, to_json
from caseworker_app.domain.network_map import (
    MapGroup,
    MapPerson,
    MapQuote,
    MapRelation,
    MapState,
    NetworkMap,
    Voice,
)
from caseworker_app.services import honour
from caseworker_app.services.map_reading import case_of, drawable, known
from caseworker_app.services.ports import Reader, Writer

PARENTS_VOICES = frozenset({Voice.MOTHER, Voice.FATHER, Voice.TOGETHER})


def contents(reader: Reader, map_id: Id) -> MapContents:
    """Return what is drawn on a map now. Raises ``KeyError`` when there is none."""
    on_it = {"map": map_id}
    return MapContents(
        known(reader, map_id),
        tuple(reader.find(MapPerson, where=on_it)),
        tuple(reader.find(MapRelation, where=on_it)),
        tuple(reader.find(MapGroup, where=on_it)),
        tuple(reader.find(MapQuote, where=on_it)),
    )


def keep(writer: Writer, map_id: Id) -> None:
    """ "Gem som version": number it in its series and voice, and lock it with the checksum of what is drawn on it.

    A map with nobody on it can be kept: that nobody was put there is what was said. Raises :class:`MapIsKept`.
    """
    drawable(writer, map_id)
    writer.act("Keep the network map as a version")
    _lock(writer, map_id, MapState.LOCKED)


def _lock(writer: Writer, map_id: Id, state: MapState) -> None:
    drawn = contents(writer, map_id)
    number = _next_number(writer, drawn.map)
    text = to_json(replace(drawn, map=replace(drawn.map, number=number)))
    values = {
        "number": number,
        "state": state,
        "locked_at": writer.now,
        "snapshot": text,
        "digest": digest_of(text),
    }
    for name, value in values.items():
        writer.set(NetworkMap, map_id, name, value, parents=None)


def _next_number(reader: Reader, found: NetworkMap) -> int:
    others = reader.find(NetworkMap, where={"series": found.series}, cancelled=True)
    return max((one.number or 0 for one in others if one.voice is found.voice), default=0) + 1


def verify_digest(reader: Reader, map_id: Id) -> bool:
    """Return whether a kept map still is what was kept: its text has its checksum, and the drawing is the text's."""
    found = known(reader, map_id)
    if found.state is MapState.DRAFT or digest_of(found.snapshot) != found.digest:
        return False
    try:
        kept = from_json(found.snapshot, found.stream)
    except MapTextError:
        return False
    return to_json(kept) == to_json(contents(reader, map_id))


def kept_contents(reader: Reader, map_id: Id) -> MapContents:
    """Return a kept map as it was kept, a draft as it is now."""
    found = known(reader, map_id)
    if found.state is MapState.DRAFT:
        return contents(reader, map_id)
    return from_json(found.snapshot, found.stream)


def draw_on(writer: Writer, map_id: Id) -> Id:
    """ "Tegn videre": copy a kept map into a new draft drawn today; return its id.

    People, lines and households are copied, each person knowing whom she was copied from; what was said stays at the
    map it was said at. While somebody already draws on from it, that draft is returned. Raises ``UserError`` for a map
    that is still being drawn, ``GateShut`` for one with parents while a risk assessment is missing or says no.
    """
    found = known(writer, map_id)
    if found.state is MapState.DRAFT:
        raise UserError(
            "This map is still being drawn.", "Draw on it as it is, or keep it as a version first."
        )
    if found.voice in PARENTS_VOICES:
        honour.pass_gate(writer, case_of(writer, found.stream).id, {Involved.PARENTS})
    for draft in writer.find(NetworkMap, stream=found.stream, where={"state": MapState.DRAFT}):
        if draft.parent == map_id:
            return draft.id
    drawn = contents(writer, map_id)
    made = writer.new_id()
    writer.act("Draw on from a network map")
    writer.create(
        NetworkMap(
            id=made,
            stream=found.stream,
            voice=found.voice,
            title=found.title,
            drawn_on=writer.today,
            template=found.template,
            template_version=found.template_version,
            series=found.series,
            parent=map_id,
        )
    )
    _copy(writer, drawn, made)
    return made


def _copy(writer: Writer, drawn: MapContents, to: Id) -> None:
    new = {one.id: writer.new_id() for one in drawn.people}
    for person in drawn.people:
        writer.create(replace(person, id=new[person.id], map=to, origin=person.origin or person.id))
    for line in drawn.relations:
        if all(end is None or end in new for end in (line.a, line.b)):
            a, b = (None if end is None else new[end] for end in (line.a, line.b))
            writer.create(replace(line, id=writer.new_id(), map=to, a=a, b=b))
    for group in drawn.groups:
        members = frozenset(new[one] for one in group.members if one in new)
        writer.create(replace(group, id=writer.new_id(), map=to, members=members))


# --- The investigation ---------------------------------------------------------------------------------------


def attach(writer: Writer, map_id: Id, investigation: Id) -> None:
    """Attach a map to an investigation; one that is still being drawn is kept in the same act.

    Raises ``KeyError`` for an investigation of another case, ``UserError`` for a map attached to another one.
    """
    found = known(writer, map_id)
    target = writer.get(Investigation, investigation)
    if target is None or target.cancelled or target.stream != found.stream:
        raise KeyError("no such investigation in the case")
    if found.state is MapState.ATTACHED:
        if found.investigation == investigation:
            return
        raise UserError(
            "This map is attached to another investigation.", "Draw on from it, and attach the new map."
        )
    if found.state is MapState.DRAFT:
        drawable(writer, map_id)
    writer.act("Attach the network map to the investigation")
    if found.state is MapState.DRAFT:
        _lock(writer, map_id, MapState.ATTACHED)
    else:
        writer.set(NetworkMap, map_id, "state", MapState.ATTACHED, parents=None)
    writer.set(NetworkMap, map_id, "investigation", investigation, parents=None)
    writer.set(NetworkMap, map_id, "attached_on", writer.today, parents=None)


def detach(writer: Writer, map_id: Id) -> None:
    """Take a map off the investigation it was attached to by mistake; it stays kept as it was."""
    if known(writer, map_id).state is not MapState.ATTACHED:
        return
    writer.act("Take the network map off the investigation")
    writer.set(NetworkMap, map_id, "state", MapState.LOCKED, parents=None)
    writer.set(NetworkMap, map_id, "investigation", None, parents=None)
    writer.set(NetworkMap, map_id, "attached_on", None, parents=None)


def attached(reader: Reader, investigation: Id) -> tuple[NetworkMap, ...]:
    """Return the maps attached to an investigation, oldest first."""
    target = reader.get(Investigation, investigation)
    if target is None:
        raise KeyError("no such investigation")
    maps = reader.find(NetworkMap, stream=target.stream, where={"state": MapState.ATTACHED})
    return tuple(one for one in maps if one.investigation == investigation)


def still_to_draw(reader: Reader, investigation: Id) -> tuple[Voice, ...]:
    """Return whose map an investigation still lacks: the child's, and one drawn with the parents (Herningmodellen 9)."""
    voices = {one.voice for one in attached(reader, investigation)}
    lacking = []
    if not voices & {Voice.CHILD, Voice.TOGETHER}:
        lacking.append(Voice.CHILD)
    if not voices & PARENTS_VOICES:
        lacking.append(Voice.TOGETHER)
    return tuple(lacking)


def versions_of(reader: Reader, map_id: Id) -> tuple[NetworkMap, ...]:
    """Return the maps drawn on from one another with the same voice, oldest first: kept ones by number, then drafts."""
    found = known(reader, map_id)
    series = reader.find(NetworkMap, stream=found.stream, where={"series": found.series})
    same = [one for one in series if one.voice is found.voice]
    return tuple(sorted(same, key=lambda one: (one.state is MapState.DRAFT, one.number or 0)))
