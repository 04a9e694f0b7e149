"""Who stands on a netværkskort: put on it, moved, described, tied to her card in the case, taken off. One act each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_layout import tidy
from caseworker_app.domain.map_polar import FARTHEST, TURN, cell_at
from caseworker_app.domain.map_template import MapTemplate, Templates
from caseworker_app.domain.network_map import (
    MapGroup,
    MapPerson,
    MapPersonKind,
    MapRelation,
    NetworkMap,
    Placement,
)
from caseworker_app.domain.order import key_after
from caseworker_app.domain.person import Person, Role
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.map_reading import drawable, ordered, template_of, thing_on
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH
from caseworker_app.services.typed import tidy as tidy_text

_EDITED = (
    "kind", "called", "role_word", "case_person", "placement", "dead", "support", "informed", "doubtful", "candidate",
    "order",
)  # fmt: skip


def add_person(
    writer: Writer,
    map_id: Id,
    called: str,
    *,
    kind: MapPersonKind = MapPersonKind.PERSON,
    role_word: str = "",
    placement: Placement | None = None,
    case_person: Id | None = None,
    templates: Templates | None = None,
) -> Id:
    """Put somebody on a map, without ``placement`` in the tray; return her id.

    With ``templates`` the placement's ring and sector must be the map's. Raises :class:`InvalidInput` for an empty name
    (somebody unknown may have none), a place that is not on the map, and a person of the case who is there already.
    """
    found = drawable(writer, map_id)
    values: dict[str, Any] = {
        "called": called,
        "kind": kind,
        "role_word": role_word,
        "placement": placement,
        "case_person": case_person,
    }
    _check(writer, found, values, templates=templates)
    last = max((one.order for one in writer.find(MapPerson, where={"map": map_id})), default="")
    person = writer.new_id()
    writer.act("Put somebody on the network map")
    writer.create(MapPerson(id=person, stream=found.stream, map=map_id, order=key_after(last), **values))
    return person


def edit_person(
    writer: Writer, map_person: Id, edits: Mapping[str, Edit], *, templates: Templates | None = None
) -> None:
    """Change what is said of somebody on a map. Raises :class:`InvalidInput` and :class:`MapIsKept`."""
    now, found = _on(writer, map_person)
    values = {name: edit.value for name, edit in edits.items()}
    _check(writer, found, values, now, templates)
    writer.act("Change somebody on the network map")
    apply_edits(writer, MapPerson, map_person, {n: replace(edits[n], value=v) for n, v in values.items()})


def _on(reader: Reader, map_person: Id) -> tuple[MapPerson, NetworkMap]:
    person = thing_on(reader, MapPerson, map_person)
    return person, drawable(reader, person.map or b"")


def _check(
    reader: Reader,
    found: NetworkMap,
    values: dict[str, Any],
    now: MapPerson | None = None,
    templates: Templates | None = None,
) -> None:
    """Check and tidy values in place."""
    unknown = values.keys() - set(_EDITED)
    if unknown:
        raise KeyError(f"not a field that is edited: {sorted(unknown)}")
    for name in ("called", "role_word"):
        if name in values:
            values[name] = tidy_text(name, str(values[name]), NAME_LENGTH)
    kind = values.get("kind", getattr(now, "kind", None))
    called = values.get("called", getattr(now, "called", ""))
    if not called and kind is not MapPersonKind.UNKNOWN:
        raise InvalidInput("called", "Write what the child calls her, or choose: somebody unknown.")
    if values.get("placement") is not None:
        check_place(found, values["placement"], templates)
    card = values.get("case_person")
    if card is not None:
        _check_card(reader, found, card, now)


def _check_card(reader: Reader, found: NetworkMap, card: Id, now: MapPerson | None) -> None:
    person = reader.get(Person, card)
    if person is None or person.cancelled or person.stream != found.stream:
        raise KeyError("no such person in the case")
    for other in reader.find(MapPerson, where={"map": found.id}):
        if other.case_person == card and (now is None or other.id != now.id):
            raise InvalidInput("case_person", "{name} is on the map already.", name=person.name)


def check_place(found: NetworkMap, at: Placement, templates: Templates | None) -> None:
    """Refuse a place that is not on the map. Raises :class:`InvalidInput`."""
    whole = 0 <= at.angle < TURN and 0 <= at.radius <= FARTHEST and bool(at.ring and at.sector)
    if whole and templates is not None:
        template = template_of(found, templates)
        rings, sectors = {one.id for one in template.rings}, {one.id for one in template.sectors}
        whole = at.ring in rings and at.sector in sectors
    if not whole:
        raise InvalidInput("placement", "That place is not on this map.")


# --- Moving --------------------------------------------------------------------------------------------------


def move(
    writer: Writer,
    map_person: Id,
    placement: Placement | None,
    *,
    seen_heads: Iterable[Id] | None = None,
    templates: Templates | None = None,
) -> None:
    """Put somebody somewhere else, ``None`` is the tray. The act says whether it is nearer or farther.

    ``seen_heads`` are the heads of the placement the author saw; without them it is what is there now. Raises
    :class:`InvalidInput` for a place that is not on the map, and :class:`MapIsKept`.
    """
    now, found = _on(writer, map_person)
    if placement is not None:
        check_place(found, placement, templates)
    if placement == now.placement:
        return
    _name_the_move(writer, now.placement, placement)
    writer.set(MapPerson, map_person, "placement", placement, parents=seen_heads)


def _name_the_move(writer: Writer, old: Placement | None, new: Placement | None) -> None:
    if new is None:
        writer.act("Put back in the tray")
    elif old is None:
        writer.act("Place on the network map")
    elif replace(old, pinned=new.pinned) == new:
        writer.act("Hold in place on the network map" if new.pinned else "Let go on the network map")
    elif new.ring == old.ring:
        writer.act("Move on the network map" if new.sector == old.sector else "Move to another sector")
    else:
        writer.act("Move nearer on the network map" if new.radius < old.radius else "Move farther out")


def move_many(
    writer: Writer,
    map_id: Id,
    placements: Mapping[Id, Placement | None],
    *,
    templates: Templates | None = None,
) -> None:
    """Move several at once, one act. Raises ``KeyError`` for somebody who is not on this map."""
    found = drawable(writer, map_id)
    people = {one.id: one for one in writer.find(MapPerson, where={"map": map_id})}
    for placement in placements.values():
        if placement is not None:
            check_place(found, placement, templates)
    changed = {one: at for one, at in placements.items() if people[one].placement != at}
    _write_places(writer, changed, "Move several on the network map")


def _write_places(writer: Writer, places: Mapping[Id, Placement | None], label: str) -> None:
    if not places:
        return
    writer.act(label)
    for one, at in places.items():
        writer.set(MapPerson, one, "placement", at, parents=None)


def tidy_up(writer: Writer, map_id: Id, templates: Templates) -> None:
    """ "Ryd op": nobody over another where there is room, one act; ring, sector and order are kept."""
    template = template_of(drawable(writer, map_id), templates)
    people = ordered(writer.find(MapPerson, where={"map": map_id}))
    places = {one.id: one.placement for one in people if one.placement is not None}
    tidied = tidy(template, places, [one.id for one in people])
    changed = {one: at for one, at in tidied.items() if at != places[one]}
    _write_places(writer, changed, "Tidy up the network map")


def change_template(writer: Writer, map_id: Id, template: MapTemplate) -> None:
    """Draw on other rings and sectors: everybody stays where she is and takes the cell under her. One act."""
    found = drawable(writer, map_id)
    if (found.template, found.template_version) == (template.id, template.version):
        return
    writer.act("Change rings and sectors")
    writer.set(NetworkMap, map_id, "template", template.id, parents=None)
    writer.set(NetworkMap, map_id, "template_version", template.version, parents=None)
    for one in writer.find(MapPerson, where={"map": map_id}):
        if one.placement is not None:
            ring, sector = cell_at(template, one.placement.angle, one.placement.radius)
            moved = replace(one.placement, ring=ring, sector=sector)
            if moved != one.placement:
                writer.set(MapPerson, one.id, "placement", moved, parents=None)


# --- Taking off ----------------------------------------------------------------------------------------------


def remove_person(writer: Writer, map_person: Id) -> None:
    """Take somebody off a map, with her lines and her place in households; what was said of her is kept."""
    person, found = _on(writer, map_person)
    writer.act("Remove from the network map")
    writer.cancel(MapPerson, person.id)
    for line in writer.find(MapRelation, where={"map": found.id}):
        if person.id in (line.a, line.b):
            writer.cancel(MapRelation, line.id)
    for group in writer.find(MapGroup, where={"map": found.id}):
        if person.id not in group.members:
            continue
        writer.set(MapGroup, group.id, "members", group.members - {person.id}, parents=None)
        if len(group.members) == 1 and not group.with_child:
            writer.cancel(MapGroup, group.id)


# --- Her card in the case ------------------------------------------------------------------------------------


def link(writer: Writer, map_person: Id, case_person: Id | None) -> None:
    """Say who of the case somebody on a map is, or with ``None`` that she is none of them. Never done unasked."""
    now, found = _on(writer, map_person)
    if case_person is not None:
        _check_card(writer, found, case_person, now)
    if case_person == now.case_person:
        return
    writer.act(
        "Tie to a person of the case" if case_person is not None else "Untie from the person of the case"
    )
    writer.set(MapPerson, map_person, "case_person", case_person, parents=None)


def make_person(writer: Writer, map_person: Id, role: Role) -> Id:
    """Make somebody on a map a person of the case; return the card's id.

    Raises :class:`InvalidInput` for who has a card already, and for what is no person.
    """
    now, found = _on(writer, map_person)
    if now.case_person is not None:
        raise InvalidInput("case_person", "{name} is a person of the case already.", name=now.called)
    if now.kind in (MapPersonKind.PET, MapPersonKind.PLACE) or not now.called:
        raise InvalidInput("kind", "Only people who have a name become persons of the case.")
    card = writer.new_id()
    writer.act("Make somebody of the map a person of the case")
    writer.create(Person(id=card, stream=found.stream, name=now.called, role=role, role_words=now.role_word))
    writer.set(MapPerson, map_person, "case_person", card, parents=None)
    return card


def same_names(reader: Reader, map_person: Id) -> tuple[Person, ...]:
    """Return persons of the case who may be somebody on a map: same name, first name, or word of the family."""
    person = thing_on(reader, MapPerson, map_person)
    if person.case_person is not None:
        return ()
    taken = {one.case_person for one in reader.find(MapPerson, where={"map": person.map})}
    said = {_letters(person.called), _letters(person.role_word)} - {""}
    found = [
        one
        for one in reader.find(Person, stream=person.stream)
        if one.id not in taken
        and said & {_letters(one.name), _letters(one.name.partition(" ")[0]), _letters(one.role_words)}
    ]
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), one.id)))


def _letters(name: str) -> str:
    """Return a name as it is alike in two spellings."""
    return sort_key(name).partition("\x01")[0]
