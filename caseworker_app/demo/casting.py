"""Who an invented story is about: names for everybody, none used twice in a family, and the words for them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from caseworker_app.demo import names
from caseworker_app.demo.families import PersonStory
from caseworker_app.domain.danish import genitive

_WOMAN, _MAN, _ANYBODY = names.WOMEN, names.MEN, names.WOMEN + names.MEN
_RELATIVES: Final = (
    ("grandparent", "mormor", _WOMAN), ("grandparent", "farmor", _WOMAN), ("grandparent", "morfar", _MAN),
    ("relative", "moster", _WOMAN), ("relative", "farbror", _MAN), ("neighbour", "nabo", _ANYBODY),
    ("friend", "ven af familien", _ANYBODY), ("network_person", "træner", _ANYBODY),
)  # fmt: skip
_FOSTER: Final = (("foster_parent", "plejemor", _WOMAN), ("foster_parent", "plejefar", _MAN))
_HELPERS: Final = {
    "teacher": "klasselærer",
    "pedagogue": "pædagog",
    "contact_person": "kontaktperson",
    "health_visitor": "sundhedsplejerske",
}
_SHARED: Final = 0.6
"""The part of invented parents who share custody."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of an invented story, by first name; ``said`` fills a text's braces with them."""

    child: str
    girl: bool
    surname: str
    mother: str
    father: str
    relative: str
    helper: str
    worker: str

    def said(self, text: str) -> str:
        """Return a theme's text with the names of this family in it."""
        he, him, his = ("hun", "hende", "hendes") if self.girl else ("han", "ham", "hans")
        return text.format(
            barn=self.child, barns=genitive(self.child), mor=self.mother, far=self.father, net=self.relative,
            pro=self.helper, me=self.worker, han=he, ham=him, hans=his, Han=he.title(), Hans=his.title(),
        )  # fmt: skip


class _Names:
    """First names, each given to one person of a family."""

    def __init__(self, rng: random.Random) -> None:
        self._rng, self._given = rng, set[str]()

    def draw(self, pool: Sequence[str]) -> str:
        """Return a name nobody else of the family has."""
        name = self._rng.choice([one for one in pool if one not in self._given])
        self._given.add(name)
        return name


def cast(
    theme: Mapping[str, Any], years: int, small: bool, worker: str, rng: random.Random
) -> tuple[Cast, tuple[PersonStory, ...]]:
    """Return the people of a story, and a card for each but the child.

    ``years`` is the child's age today; ``small`` whether the child was in day-care when the case was opened.
    """
    draw, placed = _Names(rng).draw, "placement" in theme["kinds"][0]
    girl = rng.random() < 0.5
    near, also = rng.sample(_RELATIVES, 2)
    near = rng.choice(_FOSTER) if placed else near
    helper = theme.get("helper", "pedagogue" if small else "teacher")
    people = Cast(
        draw(names.GIRLS if girl else names.BOYS), girl, rng.choice(names.SURNAMES), draw(names.WOMEN),
        draw(names.MEN), draw(near[2]), draw(_ANYBODY), worker.split(" ")[0],
    )  # fmt: skip
    other, psychologist = draw(also[2]), draw(names.WOMEN)
    custody = ("shared", "shared") if rng.random() < _SHARED else ("sole", "none")

    def full(first: str) -> str:
        return f"{first} {rng.choice(names.SURNAMES)}"

    return people, (
        _card("mor", f"{people.mother} {people.surname}", "mother", years + rng.randrange(19, 38),
              custody=custody[0], lives_with_child=not placed),
        _card("far", full(people.father), "father", years + rng.randrange(20, 44), custody=custody[1]),
        _card("net", full(people.relative), near[0], role_words=near[1], lives_with_child=placed),
        _card("also", full(other), also[0], role_words=also[1]),
        _card("pro", full(people.helper), helper, function=_HELPERS[helper]),
        _card("ppr", full(psychologist), "psychologist", function="psykolog, PPR", organisation="Lyngdal Kommune"),
    )  # fmt: skip


def _card(key: str, name: str, role: str, age: int = 0, **plain: Any) -> PersonStory:
    return PersonStory(key=key, age=age, plain={"name": name, "role": role, **plain})
