"""Everything that can be done with a netværkskort, for walks that undo and redo it. A hand draws what an act needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.map_geometry import place
from caseworker_app.domain.network_map import (
    Candidate,
    Flow,
    Informed,
    MapGroup,
    MapPerson,
    MapPersonKind,
    MapQuote,
    MapRelation,
    NetworkMap,
    NetworkTask,
    Quality,
    Support,
    Voice,
)
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import map_meetings, map_versions, network_maps
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from tests.helpers.maps import four, shipped

TODAY = dt.date(2026, 11, 21)
NAMES = ("Mormor", "Bo", "Ærø 🐕", "x" * 150)
SPOTS = tuple(place(four(), x / 5, y / 5) for x in range(-5, 6, 2) for y in range(-5, 6, 2))
PLACES = (None, *SPOTS)
LOOKS: Mapping[type, Mapping[str, Any]] = {
    NetworkMap: {"voice": Voice, "title": ("", "Ny"), "place": ("", "Hjemme"), "present": ((), ("Ida", "Mor"))},
    MapPerson: {
        "called": NAMES, "role_word": ("", "mormor"), "kind": MapPersonKind, "dead": (True, False),
        "support": (None, *Support), "informed": (None, *Informed), "doubtful": (True, False),
        "candidate": (None, *Candidate), "placement": PLACES,
    },
    MapRelation: {"quality": Quality, "flow": (None, *Flow), "said_by": Voice, "note": ("", "Sagt to gange")},
    MapQuote: {"words": NAMES, "said_by": Voice},
    NetworkTask: {"what": NAMES, "due": (None, TODAY)},
}  # fmt: skip
EDITORS: Mapping[type, Callable[[Writer, bytes, dict[str, Edit]], None]] = {
    NetworkMap: network_maps.edit,
    MapPerson: network_maps.edit_person,
    MapRelation: network_maps.edit_relation,
    MapQuote: network_maps.edit_quote,
    NetworkTask: map_meetings.edit_task,
}


def here(writer: Writer, hand: Any, *, some: int = 1) -> tuple[bytes, list[bytes]]:
    """Return a map with people on it, and some of them."""
    one = hand.some(NetworkMap)
    people = [person.id for person in writer.find(MapPerson, where={"map": one})]
    return one, [hand.pick(people) for _ in range(some)]


def change(writer: Writer, hand: Any, cls: type) -> None:
    thing = hand.some(cls)
    seen = writer.fields(cls, thing)
    name = hand.pick(sorted(LOOKS[cls]))
    EDITORS[cls](writer, thing, {name: Edit(hand.pick(LOOKS[cls][name]), seen[name].heads)})


def line(writer: Writer, hand: Any) -> None:
    one, (a,) = here(writer, hand)
    ends = [None, *(person.id for person in writer.find(MapPerson, where={"map": one}))]
    network_maps.add_relation(writer, one, a, hand.pick(ends), hand.pick(Quality), hand.pick((None, *Voice)))


def household(writer: Writer, hand: Any) -> None:
    one, people = here(writer, hand, some=2)
    network_maps.add_group(writer, one, hand.pick(NAMES), people, hand.pick((True, False)))


def regroup(writer: Writer, hand: Any) -> None:
    group = hand.some(MapGroup)
    found = writer.get(MapGroup, group)
    people = [person.id for person in writer.find(MapPerson, where={"map": found.map})]
    seen = writer.fields(MapGroup, group)["members"]
    edits = {"members": Edit(frozenset({hand.pick(people)}), seen.heads, seen.value)}
    network_maps.edit_group(writer, group, edits)


def several(writer: Writer, hand: Any) -> None:
    one, people = here(writer, hand, some=2)
    network_maps.move_many(writer, one, {person: hand.pick(PLACES) for person in people})


def tied(writer: Writer, hand: Any) -> None:
    person = writer.get(MapPerson, hand.some(MapPerson))
    cards = [card.id for card in writer.find(Person, stream=person.stream)]
    network_maps.link(writer, person.id, hand.pick([None, *cards]))


def asked(writer: Writer, hand: Any) -> None:
    one, people = here(writer, hand, some=2)
    map_meetings.invite(writer, one, people)


ACTS: Mapping[str, Callable[[Writer, Any], Any]] = {
    "map": lambda w, h: network_maps.begin(w, h.some(Case), h.pick(Voice)),
    "map person": lambda w, h: network_maps.add_person(w, h.some(NetworkMap), h.pick(NAMES), placement=h.pick(PLACES)),
    "map move": lambda w, h: network_maps.move(w, h.some(MapPerson), h.pick(PLACES)),
    "map move several": several,
    "map tidy": lambda w, h: network_maps.tidy_up(w, h.some(NetworkMap), shipped()),
    "map template": lambda w, h: network_maps.change_template(w, h.some(NetworkMap), h.pick(list(shipped().values()))),
    "map remove person": lambda w, h: network_maps.remove_person(w, h.some(MapPerson)),
    "map tie": tied,
    "map make person": lambda w, h: network_maps.make_person(w, h.some(MapPerson), h.pick(Role)),
    "map line": line,
    "map remove line": lambda w, h: network_maps.remove_relation(w, h.some(MapRelation)),
    "map household": household,
    "map regroup": regroup,
    "map remove household": lambda w, h: network_maps.remove_group(w, h.some(MapGroup)),
    "map quote": lambda w, h: network_maps.add_quote(w, h.some(NetworkMap), h.pick(NAMES)),
    "map remove quote": lambda w, h: network_maps.remove_quote(w, h.some(MapQuote)),
    "map keep": lambda w, h: map_versions.keep(w, h.some(NetworkMap)),
    "map draw on": lambda w, h: map_versions.draw_on(w, h.some(NetworkMap)),
    "map remove": lambda w, h: network_maps.remove_map(w, h.some(NetworkMap)),
    "map invite": asked,
    "map task": lambda w, h: map_meetings.add_task(w, h.some(MapPerson), h.pick(NAMES)),
    "map task done": lambda w, h: map_meetings.settle_task(w, h.some(NetworkTask), h.pick((None, TODAY))),
    "map candidate": lambda w, h: map_meetings.set_candidate(
        w, h.some(MapPerson), h.pick((None, *Candidate)), shipped()
    ),
    **{f"map edit {cls.__name__}": lambda w, h, cls=cls: change(w, h, cls) for cls in EDITORS},
}  # fmt: skip
FIRST = (
    "map",
    "map person",
    "map person",
    "map person",
    "map line",
    "map household",
    "map quote",
    "map task",
)
"""What a walk over maps begins with."""
