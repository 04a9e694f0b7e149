"""Whole netværkskort as they are kept, with marked words in all the places where somebody could write them.

A marked word says who must not read it: ``Qvorfil…`` the child and the family, ``Xfamil…`` the family. They are spread
over names, roles, households, quotes, places and cards, so that whatever a copy is made of is searched for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from hypothesis import strategies as st

from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_profiles import allowed_voices, see
from caseworker_app.domain.map_template import MapTemplate
from caseworker_app.domain.map_view import MapProfile, MapView
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
    Placement,
    Quality,
    Support,
    Voice,
)
from caseworker_app.domain.person import Person, Role
from tests.helpers.maps import four

SCHOOL, TOWN, STREET, SURNAME, WORKPLACE = (
    "Qvolbækskolen",
    "Zinkerup",
    "Wollevangen",
    "Xerxesholm",
    "Yppelhuset",
)
NUMBER = "6103154234"
FULL_NAME = "Ida Kvistgaardlund"


@dataclass(frozen=True)
class Whole:
    """All there is of one map."""

    map: NetworkMap
    template: MapTemplate
    case: Case
    people: tuple[MapPerson, ...]
    relations: tuple[MapRelation, ...]
    groups: tuple[MapGroup, ...]
    quotes: tuple[MapQuote, ...]
    cards: dict[Id, Person]


def seen_by(own: Whole, profile: MapProfile) -> MapView:
    """Return a map as a reader may see it."""
    return see(
        own.map, profile, template=own.template, case=own.case, people=own.people, relations=own.relations,
        groups=own.groups, quotes=own.quotes, cards=own.cards,
    )  # fmt: skip


def texts(thing: object) -> list[str]:
    """Return every text in a view but those of its template and the ids of its places."""
    return list(_texts(thing))


def _texts(thing: object) -> Iterator[str]:
    if isinstance(thing, Enum | MapTemplate | Placement):
        return
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple | frozenset):
        for one in thing:
            yield from _texts(one)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _texts(getattr(thing, field.name))


def marked(at: int) -> str:
    """Return a word that stands in what is the ``at``-th quote, so that it can be looked for."""
    return f"qvit{'abcdefghij'[at % 10]}rop"


def _of_file(own: Whole) -> set[str]:
    """Return what stands on no copy at all."""
    return {NUMBER, FULL_NAME.split()[1], "Hemmelig note"}


def _of_child(own: Whole) -> set[str]:
    said = allowed_voices(MapProfile.CHILD, own.map.voice)
    found = _of_file(own) | {marked(n) for n, q in enumerate(own.quotes) if q.said_by not in said}
    return found | ({SCHOOL, TOWN, STREET, SURNAME} if own.case.address_protected else set())


def _of_family(own: Whole) -> set[str]:
    said = allowed_voices(MapProfile.FAMILY, own.map.voice)
    found = _of_file(own) | {marked(n) for n, q in enumerate(own.quotes) if q.said_by not in said}
    found |= {SCHOOL, WORKPLACE, SURNAME}
    return found | ({TOWN, STREET} if own.case.address_protected else set())


COPIES: dict[MapProfile, Callable[[Whole], set[str]]] = {
    MapProfile.FILE: _of_file,
    MapProfile.CHILD: _of_child,
    MapProfile.FAMILY: _of_family,
}
"""By profile, the words of a map that must not be found on that copy."""
_CALLED = (
    "Mor", "Far", "Mormor", "Onkel Bo", "Plejemor Xerxesholm", "Qvolbækskolen", "Lærer Per fra Qvolbækskolen",
    "Buster", "Håndbold", "Naboen", "Kim Xerxesholm", "Zinkerup Svømmehal", "Anna i Wollevangen",
    "qvolbækskolens kok", "Yppelhuset", "Åse", "",
)  # fmt: skip
_ROLES = ("mor", "veninde", "lærer på Qvolbækskolen", "fra Zinkerup", "plejemor", "pædagog i Yppelhuset", "")
_LABELS = ("Hos mor", "Wollevangen 7", "Familien Xerxesholm", "")
_PRESENT = ("Mette, rådgiver", f"Kim {SURNAME}", f"Per, {SCHOOL}")
_CARD = b"card" * 4


def _placements() -> st.SearchStrategy[Placement | None]:
    template = four()
    rings, sectors = template.rings, template.sectors
    return st.none() | st.builds(
        lambda ring, sector, share: Placement(
            round(sector.start + 80 * share) * 10 % 3600,
            round((max(ring.inner, 0.2) + ring.outer) * 500),
            ring.id,
            sector.id,
        ),
        st.sampled_from(rings),
        st.sampled_from(sectors),
        st.floats(0.1, 1.0),
    )


@st.composite
def wholes(draw: st.DrawFn, protected: bool | None = None) -> Whole:
    """Return maps with marked words anywhere; the school, town and foster home of the child are known in the case."""
    voice = draw(st.sampled_from([Voice.CHILD, Voice.MOTHER, Voice.FATHER, Voice.TOGETHER]))
    card = Person(
        id=_CARD, name=f"Kim {SURNAME}", role=Role.FOSTER_PARENT, lives_with_child=True, organisation=WORKPLACE,
        address=Address(f"{STREET} 7", "7499", TOWN), address_protected=True, note="Hemmelig note",
    )  # fmt: skip
    hidden = draw(st.booleans()) if protected is None else protected
    if not hidden:  # the foster parent's own protection would guard the child as well
        card = Person(
            id=_CARD,
            name=f"Kim {SURNAME}",
            role=Role.PEDAGOGUE,
            organisation=WORKPLACE,
            address_protected=True,
        )
    count = draw(st.integers(1, 7))
    ids = [b"%16d" % number for number in range(count)]
    people = tuple(
        MapPerson(
            id=one, called=draw(st.sampled_from(_CALLED)), role_word=draw(st.sampled_from(_ROLES)),
            kind=draw(st.sampled_from(MapPersonKind)), placement=draw(_placements()), dead=draw(st.booleans()),
            case_person=draw(st.none() | st.just(_CARD)), support=draw(st.none() | st.sampled_from(Support)),
            informed=draw(st.none() | st.sampled_from(Informed)), doubtful=draw(st.booleans()),
            candidate=draw(st.none() | st.sampled_from(Candidate)),
        )
        for one in ids
    )  # fmt: skip
    relations = tuple(
        MapRelation(
            id=b"r%15d" % n, a=a, b=b, quality=draw(st.sampled_from(Quality)),
            flow=draw(st.none() | st.sampled_from(Flow)), said_by=draw(st.sampled_from(Voice)), note="Hemmelig note",
        )
        for n, (a, b) in enumerate(
            draw(st.lists(st.tuples(st.none() | st.sampled_from(ids), st.sampled_from(ids)), max_size=6))
        )
        if a != b
    )  # fmt: skip
    groups = tuple(
        MapGroup(
            id=b"g%15d" % n,
            label=draw(st.sampled_from(_LABELS)),
            members=members,
            with_child=draw(st.booleans()),
        )
        for n, members in enumerate(
            draw(st.lists(st.frozensets(st.sampled_from(ids), min_size=1), max_size=2))
        )
    )
    quotes = tuple(
        MapQuote(
            id=b"q%15d" % n, said_by=voice_of, person=draw(st.none() | st.sampled_from(ids)),
            words=f"{marked(n)} {draw(st.sampled_from(('det er godt', f'i {TOWN}', f'på {SCHOOL}', f'hos {SURNAME}')))}",
        )
        for n, voice_of in enumerate(draw(st.lists(st.sampled_from(Voice), max_size=4)))
    )  # fmt: skip
    own = NetworkMap(
        id=b"m" * 16, voice=voice, drawn_on=dt.date(2026, 11, 20), note="Hemmelig note",
        place=draw(st.sampled_from(("Hos mormor", f"{SCHOOL}, lokale 4", f"{STREET} 7", ""))),
        present=tuple(draw(st.lists(st.sampled_from(_PRESENT), max_size=3))),
        number=draw(st.none() | st.integers(1, 9)), digest=draw(st.sampled_from(("", "3f9a1c2b" * 8))),
    )  # fmt: skip
    case = Case(
        id=b"c" * 16, child_name=FULL_NAME, person_number=NUMBER, school=SCHOOL, school_class="3.b",
        address=Address(f"{STREET} 7", "7499", TOWN), address_protected=hidden, note="Hemmelig note",
    )  # fmt: skip
    return Whole(own, four(), case, people, relations, groups, quotes, {_CARD: card})


def whole() -> Whole:
    """Return one map, always the same, with a marked word in most places."""
    card = Person(
        id=_CARD,
        name=f"Kim {SURNAME}",
        role=Role.FOSTER_PARENT,
        lives_with_child=True,
        address_protected=True,
    )
    places = [
        Placement(angle, 500, "close", sector.id)
        for angle, sector in ((3100, four().sectors[0]), (1200, four().sectors[2]))
    ]
    people = (
        MapPerson(
            id=b"1" * 16,
            called="Plejemor Xerxesholm",
            role_word="plejemor",
            placement=places[0],
            case_person=_CARD,
        ),
        MapPerson(id=b"2" * 16, called=SCHOOL, kind=MapPersonKind.PLACE, placement=places[1]),
    )
    relations = (MapRelation(id=b"r" * 16, a=None, b=b"1" * 16, said_by=Voice.TOGETHER),)
    quotes = (MapQuote(said_by=Voice.TOGETHER, words=f"Vi bor i {TOWN}."),)
    case = Case(
        id=b"c" * 16, child_name=FULL_NAME, person_number=NUMBER, school=SCHOOL,
        address=Address(f"{STREET} 7", "7499", TOWN), address_protected=True,
    )  # fmt: skip
    own = NetworkMap(
        id=b"m" * 16, voice=Voice.CHILD, drawn_on=dt.date(2026, 11, 20), number=1, digest="3f9a1c2b" * 8
    )
    return Whole(own, four(), case, people, relations, (), quotes, {_CARD: card})
