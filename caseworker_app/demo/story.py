"""Families nobody wrote down: ten years of cases put together from themes, for a store of a working life's size."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, TypeVar

from caseworker_app.demo import names
from caseworker_app.demo.families import CHILD, ChildStory, EditStory, Family, MeetingStory, PersonStory, told
from caseworker_app.demo.years import Stretch, stretches
from caseworker_app.domain.danish import genitive

T = TypeVar("T")
Texts = Mapping[str, Any]

_YEAR, _MONTH = 365, 30
_SCHOOL_FROM: Final = 6 * _YEAR + 2 * _MONTH
"""The age in days at which an invented child leaves day-care for school."""
_BETWEEN_MEETINGS: Final = 109
_BETWEEN_NOTES: Final = 17
_BETWEEN_CALLS: Final = 90
_PARAGRAPHS: Final = 3
"""How many of the latest paragraphs a case's note keeps."""
_STARTS: Final = (
    "8.15",
    "9.00",
    "9.30",
    "10.15",
    "12.30",
    "13.00",
    "13.45",
    "14.30",
    "15.00",
    "15.30",
    "16.00",
)
_TALKS_FROM: Final = 7
_RELATIVES: Final = (
    ("grandparent", "mormor"), ("grandparent", "farmor"), ("grandparent", "morfar"), ("relative", "moster"),
    ("relative", "farbror"), ("neighbour", "nabo"), ("friend", "ven af familien"), ("network_person", "træner"),
)  # fmt: skip


class Deck:
    """A pile of texts drawn without repeating any until all have been drawn."""

    def __init__(self, texts: Sequence[Any], rng: random.Random) -> None:
        self._texts, self._rng = list(texts), rng
        self._left: list[Any] = []

    def draw(self, count: int = 1) -> list[Any]:
        """Return the next texts."""
        drawn: list[Any] = []
        while len(drawn) < count:
            if not self._left:
                self._left = self._rng.sample(self._texts, len(self._texts))
            drawn.append(self._left.pop())
        return drawn


@dataclass(frozen=True, slots=True)
class Cast:
    """Who an invented story is about; ``said`` fills a text's braces."""

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


def invented(worker: str, seed: int) -> Iterator[Family]:
    """Yield invented families whose cases, with those of :func:`told`, are ten years of one caseworker's work."""
    found = files("caseworker_app.demo").joinpath("themes.toml").read_text(encoding="utf-8")
    texts = tomllib.loads(found)
    for number, stretch in enumerate(stretches(told(worker), seed)):
        name = f"invented-{number:03}"
        yield _family(name, stretch, texts, worker, random.Random(f"{seed}/{name}"))  # noqa: S311 - dice


def _family(name: str, stretch: Stretch, texts: Texts, worker: str, rng: random.Random) -> Family:
    theme = rng.choice(texts["theme"])
    age = rng.randrange(theme["ages"][0] * _YEAR, theme["ages"][1] * _YEAR)
    cast = _cast(rng, worker)
    postcode, town = rng.choice(names.TOWNS)
    home = {
        "street": f"{rng.choice(names.STREETS)} {rng.randrange(1, 120)}",
        "postcode": postcode,
        "city": town,
    }
    notes = [cast.said(text) for text in Deck(theme["notes"], rng).draw(len(theme["notes"]))]
    opening = cast.said(rng.choice(theme["opening"]))
    return Family(
        name=name,
        home=home,
        children=(_child(name, stretch, theme, cast, age, opening, rng),),
        people=_people(cast, age, rng),
        edits=(*_school_edits(name, stretch, age, rng), *_edits(name, stretch, opening, notes, rng)),
        meetings=tuple(_meetings(name, stretch, age, {**theme, **texts["common"]}, cast, rng)),
    )


def _cast(rng: random.Random, worker: str) -> Cast:
    girl = rng.random() < 0.5
    return Cast(
        rng.choice(names.GIRLS if girl else names.BOYS), girl, rng.choice(names.SURNAMES), rng.choice(names.WOMEN),
        rng.choice(names.MEN), rng.choice(names.WOMEN + names.MEN), rng.choice(names.WOMEN + names.MEN),
        worker.split(" ")[0],
    )  # fmt: skip


def _ago(days: int) -> str:
    return f"-{days}d"


def _child(
    name: str, stretch: Stretch, theme: Texts, cast: Cast, age: int, opening: str, rng: random.Random
) -> ChildStory:
    at_school = age >= _SCHOOL_FROM + _YEAR
    place = names.SCHOOLS if at_school else names.DAY_CARE
    plain: dict[str, Any] = {
        "child_name": f"{cast.child} {cast.surname}",
        "kinds": rng.choice(theme["kinds"]),
        "step": rng.choice(theme["steps"]),
        "school": rng.choice(place),
        "district": rng.choice(names.DISTRICTS),
        "child_word": "young_person" if age >= 13 * _YEAR else "child",
        "note": opening,
    }
    if not at_school:
        plain["school_class"] = rng.choice(names.GROUPS)
    return ChildStory(
        key=name,
        opened=_ago(stretch.opened),
        closed=_ago(stretch.closed) if stretch.closed else "",
        close_reason=cast.said(rng.choice(theme["close"])) if stretch.closed else "",
        age=f"{age + stretch.opened}d",
        sex="p" if cast.girl else "d",
        letter=rng.choice("abcd") if at_school else "",
        plain=plain,
    )


def _people(cast: Cast, age: int, rng: random.Random) -> tuple[PersonStory, ...]:
    shared = rng.random() < 0.6
    (role, words), (also, also_words) = rng.sample(_RELATIVES, 2)
    small = age < _SCHOOL_FROM
    surname = rng.choice(names.SURNAMES)
    rows: list[tuple[str, int, dict[str, Any]]] = [
        ("mor", rng.randrange(26, 48), {"name": f"{cast.mother} {cast.surname}", "role": "mother",
            "custody": "shared" if shared else "sole", "lives_with_child": True}),
        ("far", rng.randrange(28, 52), {"name": f"{cast.father} {surname}", "role": "father",
            "custody": "shared" if shared else "none"}),
        ("net", 0, {"name": f"{cast.relative} {rng.choice(names.SURNAMES)}", "role": role, "role_words": words}),
        ("also", 0, {"name": f"{rng.choice(names.WOMEN + names.MEN)} {rng.choice(names.SURNAMES)}", "role": also,
            "role_words": also_words}),
        ("pro", 0, {"name": f"{cast.helper} {rng.choice(names.SURNAMES)}",
            "role": "pedagogue" if small else "teacher", "function": "pædagog" if small else "klasselærer"}),
        ("ppr", 0, {"name": f"{rng.choice(names.WOMEN)} {rng.choice(names.SURNAMES)}", "role": "psychologist",
            "function": "psykolog, PPR", "organisation": "Lyngdal Kommune"}),
    ]  # fmt: skip
    if small:
        rows.append(("sund", 0, {"name": f"{rng.choice(names.WOMEN)} {rng.choice(names.SURNAMES)}",
            "role": "health_visitor", "function": "sundhedsplejerske", "organisation": "Lyngdal Kommune"}))  # fmt: skip
    return tuple(PersonStory(key=key, age=years, plain=plain) for key, years, plain in rows)


def _school_edits(name: str, stretch: Stretch, age: int, rng: random.Random) -> Iterator[EditStory]:
    """Yield the start at school, and each class after it, of a child who was in day-care when the case was opened."""
    if age >= _SCHOOL_FROM + _YEAR:
        return
    school, letter = rng.choice(names.SCHOOLS), rng.choice("abc")
    end = stretch.closed or 20
    first = max(age + 60, _SCHOOL_FROM)
    for level, at in enumerate(range(stretch.opened - (first - age), end, -_YEAR)):
        moved = {"school_class": f"{level}.{letter}"}
        yield EditStory(at=_ago(at), child=name, set=moved if level else {"school": school, **moved})


def _edits(
    name: str, stretch: Stretch, opening: str, notes: Sequence[str], rng: random.Random
) -> Iterator[EditStory]:
    """Yield what was written over the years: the note grows and sheds, telephones change, a step is taken."""
    end = stretch.closed + 10 if stretch.closed else 5
    kept, deck = [opening], Deck(notes, rng)
    for at in _dates(stretch.opened - 25, end, _BETWEEN_NOTES, rng):
        kept = [opening, *kept[1:], deck.draw()[0]][-_PARAGRAPHS:]
        yield EditStory(at=_ago(at), child=name, set={"note": "\n".join(kept)})
    for at in _dates(stretch.opened - 60, end, _BETWEEN_CALLS, rng):
        person = rng.choice(("mor", "far", "net", "pro"))
        yield EditStory(at=_ago(at), person=person, set={"phone": "?"}, undo=rng.random() < 0.05)
    if stretch.opened - end > _YEAR:
        yield EditStory(
            at=_ago(stretch.opened - rng.randrange(120, 300)), child=name, set={"step": rng.choice((1, 2, 3))}
        )


def _dates(first: int, last: int, between: int, rng: random.Random) -> Iterator[int]:
    """Yield days ago, from ``first`` down to ``last``, about ``between`` apart."""
    at = first
    while at > last:
        yield at
        at -= rng.randrange(between * 2 // 3, between * 4 // 3)


def _meetings(
    name: str, stretch: Stretch, age: int, texts: Texts, cast: Cast, rng: random.Random
) -> Iterator[MeetingStory]:
    decks = {
        key: Deck(texts[key], rng)
        for key in ("purposes", "worries", "works", "wishes", "agreements", "reasons", "summaries")
    }
    for at in _dates(stretch.opened - rng.randrange(30, 70), stretch.closed + 30, _BETWEEN_MEETINGS, rng):
        talks = age + stretch.opened - at >= _TALKS_FROM * _YEAR
        yield _meeting(name, at, decks, cast, talks, rng)


def _meeting(
    name: str, at: int, decks: Mapping[str, Deck], cast: Cast, talks: bool, rng: random.Random
) -> MeetingStory:
    plain_kind, called_off = rng.random() < 0.1, rng.random() < 0.04
    speakers = [cast.mother, cast.father, cast.relative, cast.helper] + [cast.child] * talks

    def points(key: str) -> tuple[tuple[str, ...], ...]:
        drawn = () if plain_kind or called_off else decks[key].draw(rng.randrange(3, 6))
        return tuple((cast.said(text), rng.choice(speakers)) for text in drawn)

    def agreement(what: str, who: str) -> tuple[str, ...]:
        why = (cast.said(decks["reasons"].draw()[0]),) if plain_kind else ()
        return (cast.said(what), cast.said(who), f"+{rng.randrange(3, 40)}d", *why)

    guests = ["mor", "far", "net", "pro"] + [guest for guest in ("also", "ppr") if rng.random() < 0.6]
    agreements = (
        ()
        if called_off
        else tuple(agreement(*pair) for pair in decks["agreements"].draw(rng.randrange(3, 6)))
    )
    return MeetingStory(
        child=name,
        at=_ago(at),
        start=rng.choice(_STARTS),
        minutes=rng.choice((45, 60, 60, 75, 90)),
        invited=tuple([CHILD] * talks + guests),
        absent=tuple(guest for guest in guests if rng.random() < 0.08),
        called_off=called_off,
        worries=points("worries"),
        works=points("works"),
        wishes=points("wishes"),
        agreements=agreements,
        summary=cast.said(decks["summaries"].draw()[0]) if not called_off and rng.random() < 0.6 else "",
        plain={
            "kind": "network_meeting" if plain_kind else "involving_network_meeting",
            "purpose": cast.said(decks["purposes"].draw()[0]),
            "place": rng.choice((*names.PLACES, f"Hjemme hos {cast.mother}")),
        },
    )
