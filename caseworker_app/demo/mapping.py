"""The netværkskort of the demo: drawn with the child and with the parents, kept, drawn on, put to the investigation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from caseworker_app.demo import books
from caseworker_app.demo.agenda import Act
from caseworker_app.demo.families import MapStory
from caseworker_app.demo.telling import Known, edits_of
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_geometry import cell_centre
from caseworker_app.domain.network_map import (
    MapPerson,
    MapPersonKind,
    NetworkMap,
    Placement,
    Quality,
    Voice,
)
from caseworker_app.services import map_meetings, map_versions, network_maps
from caseworker_app.services.ports import Writer

THE_CHILD = "*"
_OWN = frozenset({"called", "at", "card", "line", "kind", "role"})


@dataclass
class _Table:
    """What lies on the table while one map is drawn: who is on it by what she is called."""

    known: Known
    story: MapStory
    map: Id
    people: dict[str, MapPerson] = field(default_factory=dict)

    def end(self, name: str) -> Id | None:
        """Return whom a line goes to; ``None`` is the child."""
        return None if name == THE_CHILD else self.people[name].id

    def spot(self, ring: str, sector: str) -> Placement:
        """Return a free place in a cell."""
        taken = [one.placement for one in self.people.values() if one.placement is not None]
        return cell_centre(books.map_templates()["four", 1], ring, sector, taken)


def draw_maps(known: Known) -> None:
    """Lay the family's maps on the agenda."""
    drawn: dict[str, Id] = {}
    for story in known.family.maps:
        day = known.days.past(known.on(story.at))
        moment = known.days.some_moment(day, known.rng, 10 * 60)
        known.agenda.add(moment, _drawing(known, story, drawn))


def _drawing(known: Known, story: MapStory, drawn: dict[str, Id]) -> Act:
    def draw(writer: Writer) -> None:
        table = _begin(writer, known, story, drawn)
        drawn[story.key] = table.map
        for row in story.people:
            _put(writer, table, row)
        _change(writer, table)
        for one, other, quality, *voice in story.lines:
            said_by = Voice(voice[0]) if voice else None
            network_maps.add_relation(
                writer, table.map, table.end(one), table.end(other), Quality(quality), said_by
            )
            writer.flush()
        _speak(writer, table)
        _end(writer, table)

    return draw


def _begin(writer: Writer, known: Known, story: MapStory, drawn: Mapping[str, Id]) -> _Table:
    templates = books.map_templates()
    if story.drawn_from:
        made = map_versions.draw_on(writer, drawn[story.drawn_from])
        writer.flush()
        values = {"place": story.place, "present": story.present}
        network_maps.edit(writer, made, edits_of(writer, NetworkMap, made, values))
    else:
        made = network_maps.begin(
            writer,
            known.cases[story.child],
            Voice(story.voice),
            place=story.place,
            present=story.present,
            templates=templates,
        )
    writer.flush()
    found = network_maps.open_map(writer, made, templates)
    return _Table(known, story, made, {one.called: one for one in found.people})


def _put(writer: Writer, table: _Table, row: Mapping[str, Any]) -> None:
    """Put somebody on the map, with what is said of her and how it goes with the child."""
    called, place = row["called"], row.get("at", "")
    placement = table.spot(*place.split(" ")) if place else None
    card = table.known.cards[row["card"], table.story.child] if "card" in row else None
    made = network_maps.add_person(
        writer,
        table.map,
        called,
        kind=MapPersonKind(row.get("kind", "person")),
        role_word=row.get("role", ""),
        placement=placement,
        case_person=card,
        templates=books.map_templates(),
    )
    writer.flush()
    table.people[called] = MapPerson(id=made, called=called, placement=placement)
    specs = type_of(MapPerson).specs
    said = {name: specs[name].from_plain(value) for name, value in row.items() if name not in _OWN}
    if said:
        network_maps.edit_person(writer, made, edits_of(writer, MapPerson, made, said))
        writer.flush()
    if "line" in row:
        network_maps.add_relation(writer, table.map, None, made, Quality(row["line"]))
        writer.flush()


def _change(writer: Writer, table: _Table) -> None:
    """Change what stands on a map that was drawn on: who has moved, and who is not there any more."""
    for called, ring, sector in table.story.moved:
        spot = table.spot(ring, sector)
        network_maps.move(writer, table.people[called].id, spot)
        writer.flush()
        table.people[called] = MapPerson(id=table.people[called].id, called=called, placement=spot)
    for called in table.story.gone:
        network_maps.remove_person(writer, table.people.pop(called).id)
        writer.flush()


def _speak(writer: Writer, table: _Table) -> None:
    """Draw households, and keep what was said."""
    for label, *members in table.story.homes:
        ids = [table.people[one].id for one in members if one != THE_CHILD]
        network_maps.add_group(writer, table.map, label, ids, THE_CHILD in members)
        writer.flush()
    for words, *about in table.story.quotes:
        network_maps.add_quote(writer, table.map, words, person=table.end(about[0]) if about else None)
        writer.flush()


def _end(writer: Writer, table: _Table) -> None:
    """Tidy up, keep the map, put it to the investigation, agree on small tasks."""
    network_maps.tidy_up(writer, table.map, books.map_templates())
    writer.flush()
    if table.story.attached:
        map_versions.attach(writer, table.map, table.known.investigations[table.story.child])
        writer.flush()
    elif not table.story.draft:
        map_versions.keep(writer, table.map)
        writer.flush()
    for called, what, due in table.story.tasks:
        map_meetings.add_task(writer, table.people[called].id, what, table.known.on(due))
        writer.flush()
