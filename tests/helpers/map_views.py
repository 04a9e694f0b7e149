"""Views of fictional netværkskort for tests of drawing and paper: of any number of people, always the same."""

from __future__ import annotations

import datetime as dt
import math
import random

from caseworker_app.domain.map_facts import MapWords, map_words
from caseworker_app.domain.map_polar import cell_at, to_polar
from caseworker_app.domain.map_template import MapTemplate
from caseworker_app.domain.map_view import (
    MapProfile,
    MapView,
    SeenGroup,
    SeenPerson,
    SeenQuote,
    SeenRelation,
)
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import (
    Flow,
    MapPersonKind,
    Placement,
    Quality,
    Support,
    Voice,
)
from caseworker_app.i18n import load
from tests.helpers.maps import shipped

PEOPLE = (
    ("Mor", "mor", "family"),
    ("Far", "far", "family"),
    ("Mormor", "mormor", "family"),
    ("Freja", "veninde", "friends"),
    ("Søren", "klasselærer", "school"),
    ("Buster", "hund", "family"),
    ("Lillebror Noah", "bror", "family"),
    ("Farfar", "farfar", "family"),
    ("Onkel Bo", "onkel", "family"),
    ("Ali", "fra klassen", "friends"),
    ("Sofie", "veninde", "friends"),
    ("Birgit Lind", "støttepædagog", "professionals"),
    ("Mette", "rådgiver", "professionals"),
    ("Hedeby Skole", "skole", "school"),
    ("Håndbold", "fritid", "friends"),
    ("Åse Øhlenschlæger", "sundhedsplejerske", "professionals"),
    ("Lise", "PPR", "professionals"),
    ("Emil", "fætter", "family"),
    ("Ida-Marie", "kusine", "family"),
    ("Josefine", "veninde", "friends"),
    ("Malthe", "naboens dreng", "friends"),
    ("Karen", "pædagog", "school"),
    ("Yasmin", "gymnastik", "friends"),
    ("Per", "træner", "friends"),
    ("Skolepatruljen", "", "school"),
    ("Vibeke", "moster", "family"),
    ("Jens-Christian", "farbror", "family"),
    ("Dr. Holm", "læge", "professionals"),
    ("Hr. Madsen", "vikar", "school"),
    ("Rektor", "skoleleder", "school"),
)
_KINDS = {
    "Buster": MapPersonKind.PET,
    "Hedeby Skole": MapPersonKind.PLACE,
    "Håndbold": MapPersonKind.PLACE,
    "Hr. Madsen": MapPersonKind.UNKNOWN,
}
FIRST = (
    Quality.STRONG, Quality.STRAINED, Quality.STRONG, Quality.ORDINARY, Quality.WEAK, Quality.STRONG,
    Quality.ORDINARY, Quality.UNSETTLED, Quality.BROKEN,
)  # fmt: skip


def danish() -> MapWords:
    """Return the words of a copy."""
    return map_words(load("da").gettext)


def template(name: str = "four") -> MapTemplate:
    """Return rings and sectors that ship."""
    return shipped()[name, 1]


def view(count: int, *, sectors: str = "four", seed: int = 3, **more: object) -> MapView:
    """Return a map of so many people, spread as a child would: not one on another, most of them inside."""
    own = template(sectors)
    chance = random.Random(seed)
    people = _people(count, own, chance)
    ids = [person.id for person in people]
    lines = [
        SeenRelation(
            b"r%15d" % at, None, one, FIRST[at] if at < len(FIRST) else chance.choice(list(Quality)),
            Flow.TO_A if at == 2 else None, Voice.CHILD,
        )
        for at, one in enumerate(ids[: count * 4 // 5 + 1])
    ]  # fmt: skip
    for at in range(count // 6):
        a, b = chance.sample(ids, 2)
        lines.append(SeenRelation(b"s%15d" % at, a, b, chance.choice(list(Quality)), None, Voice.CHILD))
    groups = [SeenGroup(b"home" * 4, "Hos mor", frozenset(ids[:1] + ids[5:7]), True)] if count > 6 else []
    values: dict[str, object] = {
        "profile": MapProfile.FILE,
        "wording": Wording.CHILD,
        "template": own,
        "child": "Emma",
        "voice": Voice.CHILD,
        "drawn_on": dt.date(2026, 11, 20),
        "place": "Hos mormor",
        "present": ("Mette Holm, rådgiver", "Emma"),
        "number": 2,
        "digest": "3f9a1c2b" * 8,
        "people": tuple(people),
        "relations": tuple(lines),
        "groups": tuple(groups),
        "quotes": (SeenQuote(Voice.CHILD, "Mormor laver pandekager.", "Mormor"),),
    }
    return MapView(**{**values, **more})  # type: ignore[arg-type]


def _people(count: int, own: MapTemplate, chance: random.Random) -> list[SeenPerson]:
    found: list[SeenPerson] = []
    taken: list[tuple[float, float]] = []
    for number in range(count):
        called, role, sector = PEOPLE[number % len(PEOPLE)]
        if number >= len(PEOPLE):
            called = f"{called.split()[0]} {number}"
        placement = _place(own, sector, taken, chance)
        found.append(
            SeenPerson(
                id=b"p%15d" % number,
                kind=_KINDS.get(called, MapPersonKind.PERSON),
                called=called,
                role_word=role,
                placement=placement,
                dead=called == "Farfar",
                support={2: Support.GIVES, 8: Support.DRAINS, 9: Support.BOTH}.get(number),
                doubtful=number == 4,
                households=2 if number == 6 else 0,
            )
        )
    return found


def _place(own: MapTemplate, name: str, taken: list[tuple[float, float]], chance: random.Random) -> Placement:
    """Return a place in a sector, as far from the others as some tries find one."""
    sector = own.sector(name)
    best: tuple[float, float, float] | None = None
    for _ in range(60):
        angle = math.radians(chance.uniform(sector.start + 7, sector.end - 7))
        reach = 0.27 + 0.83 * math.sqrt(chance.random())
        x, y = math.sin(angle) * reach, -math.cos(angle) * reach
        far = min((math.dist((x, y), one) for one in taken), default=9.0)
        if best is None or far > best[0]:
            best = (far, x, y)
    assert best is not None
    taken.append(best[1:])
    turned, radius = to_polar(*best[1:])
    ring, found = cell_at(own, turned, radius)
    return Placement(turned, radius, ring, found)
