"""Families nobody wrote down: ten years of cases put together from themes, for a store of a working life's size."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Final, TypeVar

from caseworker_app.demo import names
from caseworker_app.demo.casting import Cast, cast
from caseworker_app.demo.families import (
    CHILD,
    ChildStory,
    EditStory,
    Family,
    GoalStory,
    InterventionStory,
    MeetingStory,
    PlanStory,
    told,
)
from caseworker_app.demo.years import Stretch, stretches

T = TypeVar("T")
Texts = Mapping[str, Any]

_YEAR, _MONTH = 365, 30
_SCHOOL_FROM: Final = 6 * _YEAR + 2 * _MONTH
"""The age in days at which an invented child leaves day-care for school."""
_GROWN: Final = 18 * _YEAR - _MONTH
"""The age in days before which an invented case is closed."""
_BETWEEN_MEETINGS: Final = 109
_BETWEEN_NOTES: Final = 17
_BETWEEN_CALLS: Final = 90
_PARAGRAPHS: Final = 3
"""How many of the latest paragraphs a case's note keeps."""
_TALKS_FROM: Final = 7


class Deck:
    """A pile of texts drawn without repeating any until all have been drawn, and never one twice at once."""

    def __init__(self, texts: Sequence[Any], rng: random.Random) -> None:
        self._texts, self._rng = list(texts), rng
        self._left: list[Any] = []

    def draw(self, count: int = 1) -> list[Any]:
        """Return the next texts; no more than there are."""
        drawn: list[Any] = []
        while len(drawn) < count:
            if not self._left:
                fresh = [text for text in self._texts if text not in drawn]
                self._left = drawn + self._rng.sample(fresh, len(fresh))
            drawn.append(self._left.pop())
        return drawn


def invented(worker: str, seed: int) -> Iterator[Family]:
    """Yield invented families whose cases, with those of :func:`told`, are ten years of one caseworker's work."""
    found = files("caseworker_app.demo").joinpath("themes.toml").read_text(encoding="utf-8")
    texts = tomllib.loads(found)
    for number, stretch in enumerate(stretches(told(worker), seed)):
        name = f"invented-{number:03}"
        yield _family(name, stretch, texts, worker, random.Random(f"{seed}/{name}"))  # noqa: S311 - dice


def _family(name: str, stretch: Stretch, texts: Texts, worker: str, rng: random.Random) -> Family:
    theme = rng.choice(texts["theme"])
    grown = _GROWN - (stretch.opened - stretch.closed)
    age = min(rng.randrange(theme["ages"][0] * _YEAR, theme["ages"][1] * _YEAR), grown)
    around, people = cast(theme, (age + stretch.opened) // _YEAR, age < _SCHOOL_FROM, worker, rng)
    postcode, town = rng.choice(names.TOWNS)
    street = f"{rng.choice(names.STREETS)} {rng.randrange(1, 120)}"
    notes = [around.said(text) for text in rng.sample(theme["notes"], len(theme["notes"]))]
    opening = around.said(rng.choice(theme["opening"]))
    return Family(
        name=name,
        home={"street": street, "postcode": postcode, "city": town},
        children=(_child(name, stretch, theme, around, age, opening, rng),),
        people=people,
        edits=(*_school_edits(name, stretch, age, rng), *_edits(name, stretch, opening, notes, rng)),
        meetings=tuple(_meetings(name, stretch, age, {**theme, **texts["common"]}, around, rng)),
        interventions=(_help(name, stretch, rng),),
        plans=(_plan(name, stretch, around),),
    )


def _help(name: str, stretch: Stretch, rng: random.Random) -> InterventionStory:
    """Return what was done for the child, from a few weeks after the case was opened until it was closed."""
    entry, supplier, purpose = rng.choice(names.HELP)
    return InterventionStory(
        child=name,
        entry=entry,
        at=_ago(stretch.opened - 40),
        ended=_ago(stretch.closed + 3) if stretch.closed else "",
        rhythm=(3, "Hjemme hos familien.", names.RHYTHM_REASONS, names.RHYTHM_WISH),
        present=("mor", "pro"),
        plain={"supplier": supplier, "purpose": purpose, "expected_duration": "Et år ad gangen"},
    )


def _plan(name: str, stretch: Stretch, around: Cast) -> PlanStory:
    goal = {letter: around.said(words) for letter, words in names.GOAL.items()}
    return PlanStory(
        child=name,
        begun=_ago(stretch.opened - 35),
        ready=_ago(stretch.opened - 60),
        goals=(GoalStory(key=f"{name} goal", marks=(2, 4, 5, 6, 8), plain=goal),),
        plain={"purpose": around.said(names.PLAN_PURPOSE)},
    )


def _ago(days: int) -> str:
    return f"-{days}d"


def _child(
    name: str, stretch: Stretch, theme: Texts, around: Cast, age: int, opening: str, rng: random.Random
) -> ChildStory:
    at_school = age >= _SCHOOL_FROM + _YEAR
    place = names.SCHOOLS if at_school else names.DAY_CARE
    plain: dict[str, Any] = {
        "child_name": f"{around.child} {around.surname}",
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
        close_reason=around.said(rng.choice(theme["close"])) if stretch.closed else "",
        age=f"{age + stretch.opened}d",
        sex="p" if around.girl else "d",
        letter=rng.choice("abcd") if at_school else "",
        plain=plain,
    )


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
    name: str, stretch: Stretch, age: int, texts: Texts, around: Cast, rng: random.Random
) -> Iterator[MeetingStory]:
    decks = {
        key: Deck(texts[key], rng)
        for key in ("purposes", "worries", "works", "wishes", "agreements", "reasons", "summaries")
    }
    first = stretch.opened - rng.randrange(30, 70)
    for at in _dates(first, stretch.closed + 30, _BETWEEN_MEETINGS, rng):
        talks = age + stretch.opened - at >= _TALKS_FROM * _YEAR
        purpose = texts["purposes"][0] if at == first else decks["purposes"].draw()[0]
        yield _meeting(name, at, around.said(purpose), decks, around, talks, rng)


def _meeting(
    name: str,
    at: int,
    purpose: str,
    decks: Mapping[str, Deck],
    around: Cast,
    talks: bool,
    rng: random.Random,
) -> MeetingStory:
    plain_kind, called_off = rng.random() < 0.1, rng.random() < 0.04
    speakers = [around.mother, around.father, around.relative, around.helper] + [around.child] * talks

    def points(key: str) -> tuple[tuple[str, ...], ...]:
        drawn = () if plain_kind or called_off else decks[key].draw(rng.randrange(3, 6))
        return tuple((around.said(text), rng.choice(speakers)) for text in drawn)

    guests = ["mor", "far", "net", "pro"] + [guest for guest in ("also", "ppr") if rng.random() < 0.6]
    count = 0 if called_off else rng.randrange(3, 6)
    return MeetingStory(
        child=name,
        at=_ago(at),
        start=rng.choice(names.STARTS),
        minutes=rng.choice((45, 60, 60, 75, 90)),
        invited=tuple([CHILD] * talks + guests),
        absent=tuple(guest for guest in guests if rng.random() < 0.08),
        called_off=called_off,
        worries=points("worries"),
        works=points("works"),
        wishes=points("wishes"),
        agreements=tuple(_agreements(count, plain_kind, decks, around, rng)),
        summary=around.said(decks["summaries"].draw()[0]) if not called_off and rng.random() < 0.6 else "",
        plain={
            "kind": "network_meeting" if plain_kind else "involving_network_meeting",
            "purpose": purpose,
            "place": rng.choice((*names.PLACES, f"Hjemme hos {around.mother}")),
        },
    )


def _agreements(
    count: int, reasoned: bool, decks: Mapping[str, Deck], around: Cast, rng: random.Random
) -> Iterator[tuple[str, ...]]:
    """Yield what, who and when, and why where a plain meeting decides."""
    for what, who in decks["agreements"].draw(count):
        why = [around.said(decks["reasons"].draw()[0])] if reasoned else []
        yield (around.said(what), around.said(who), f"+{rng.randrange(3, 40)}d", *why)
