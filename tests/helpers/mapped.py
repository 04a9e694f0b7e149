"""A fictional child with a netværkskort, for tests of the map on screen: the store's commands, and who stands where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_layout import cell_centre
from caseworker_app.domain.network_map import MapPersonKind, Placement, Quality, Voice
from caseworker_app.domain.person import Custody, Role
from caseworker_app.services import cases, network_maps, people

Write = Callable[[Callable[[Any], Any]], Any]
NUMBER = "6103154234"
PERSON, PET = MapPersonKind.PERSON, MapPersonKind.PET
STOOD = (
    ("Mor", "mor", PERSON, "closest", "family"),
    ("Mormor", "mormor", PERSON, "close", "family"),
    ("Far", "far", PERSON, "distant", "family"),
    ("Buller", "hund", PET, "closest", "friends"),
    ("Sofie", "veninde", PERSON, "close", "friends"),
    ("Tom", "klasselærer", PERSON, "known", "school"),
)


@dataclass
class Mapped:
    """Ida's case with her map; ``on`` is who stands on it by what she is called, ``cards`` the case's persons."""

    case: Id
    map: Id
    on: dict[str, Id]
    cards: Mapping[str, Id]


def templates() -> Any:
    """Return the shipped templates."""
    return ShippedBooks().map_templates()


def spot(ring: str, sector: str, taken: tuple[Placement, ...] = ()) -> Placement:
    """Return a place in a cell of the shipped template."""
    return cell_centre(templates()["four", 1], ring, sector, taken)


def child_case(write: Write) -> tuple[Id, dict[str, Id]]:
    """Write Ida's case with her parents and grandmother; return it and their cards."""
    case = write(lambda w: cases.register(w, {"child_name": "Ida Holm", "person_number": NUMBER}))
    cards = {}
    for called, name, role in (
        ("Mor", "Mia Holm", Role.MOTHER),
        ("Far", "Jonas Bech", Role.FATHER),
        ("Mormor", "Karen Holm", Role.GRANDPARENT),
    ):
        values = {"name": name, "role": role, "phone": "20 30 40 50"}
        if role is not Role.GRANDPARENT:
            values["custody"] = Custody.SHARED
        cards[called] = write(lambda w, values=values: people.add(w, case, values))
    return case, cards


def empty_map(write: Write, voice: Voice = Voice.CHILD) -> Mapped:
    """Write Ida's case with an empty map."""
    case, cards = child_case(write)
    made = write(lambda w: network_maps.begin(w, case, voice, place="Hjemme hos mormor", present=("Ida",)))
    return Mapped(case, made, {}, cards)


def full_map(write: Write, voice: Voice = Voice.CHILD) -> Mapped:
    """Write Ida's case with six on the map, three lines and a household."""
    mapped = empty_map(write, voice)
    taken: tuple[Placement, ...] = ()
    for called, role, kind, ring, sector in STOOD:
        at = spot(ring, sector, taken)
        taken = (*taken, at)
        mapped.on[called] = write(
            lambda w, c=called, r=role, k=kind, at=at: network_maps.add_person(
                w, mapped.map, c, role_word=r, kind=k, placement=at, case_person=mapped.cards.get(c)
            )
        )
    for one, other, kind in (
        (None, "Mormor", Quality.STRONG),
        (None, "Far", Quality.STRAINED),
        ("Mor", "Far", Quality.BROKEN),
    ):
        write(
            lambda w, a=one, b=other, q=kind: network_maps.add_relation(
                w, mapped.map, mapped.on.get(a or ""), mapped.on[b], q
            )
        )
    write(
        lambda w: network_maps.add_group(
            w, mapped.map, "Hos mor", [mapped.on["Mor"], mapped.on["Buller"]], with_child=True
        )
    )
    return mapped
