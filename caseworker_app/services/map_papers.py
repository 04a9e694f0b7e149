"""Copies of a netværkskort: for the file, the child or the family, on paper or as a file, and two versions compared.

Whatever language the screen has, the words of a copy are Danish: the readers are the file and a Danish family.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_diff import MapDiff, diff, sentences
from caseworker_app.domain.map_facts import (
    MapFormat,
    MapWords,
    NetworkMapComparisonFacts,
    NetworkMapFacts,
    map_words,
)
from caseworker_app.domain.map_profiles import see
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import Placement
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.i18n import load
from caseworker_app.services.map_reading import OpenMap, open_map
from caseworker_app.services.ports import Reader


@cache
def danish_words() -> MapWords:
    """Return the words of a copy."""
    return map_words(load("da").gettext)


def view_of(
    reader: Reader, map_id: Id, templates: Templates, profile: MapProfile, wording: Wording | None = None
) -> MapView:
    """Return a map as a reader may have it, with what is left out in words.

    Raises :class:`UserError` for a copy that is not made of this map, or when a personal number stands on it.
    """
    return _view(reader, open_map(reader, map_id, templates), profile, wording)


def _view(reader: Reader, drawn: OpenMap, profile: MapProfile, wording: Wording | None = None) -> MapView:
    cards = {card.id: card for card in reader.find(Person, stream=drawn.map.stream)}
    view = see(
        drawn.map,
        profile,
        template=drawn.template,
        case=drawn.case,
        people=drawn.people,
        relations=drawn.relations,
        groups=drawn.groups,
        quotes=drawn.quotes,
        cards=cards,
        wording=wording,
    )
    _refuse_numbers(view)
    return view


def job(
    reader: Reader,
    map_id: Id,
    templates: Templates,
    profile: MapProfile,
    *,
    format: MapFormat = MapFormat.PDF,  # noqa: A002 - what it is called on screen
    a3: bool = False,
    black: bool = False,
    wording: Wording | None = None,
) -> PaperJob:
    """Return one copy to make. A picture (PNG) is painted by the window from the same facts."""
    view = view_of(reader, map_id, templates, profile, wording)
    facts = NetworkMapFacts(view, danish_words(), reader.today, format, a3, black)
    return PaperJob(Paper.NETWORK_MAP, facts, file_name(profile, format), "", map_id)


def file_name(profile: MapProfile, format: MapFormat) -> str:  # noqa: A002 - as above
    """Return what a copy's file is called: no name, no number."""
    part = {MapFormat.CSV_PEOPLE: "-people", MapFormat.CSV_LINES: "-lines"}.get(format, "")
    return f"network-map-{profile.value}{part}.{format.ending}"


def comparison(
    reader: Reader,
    old: Id,
    new: Id,
    templates: Templates,
    *,
    a3: bool = False,
    black: bool = False,
    wording: Wording = Wording.CHILD,
) -> PaperJob:
    """Return two versions beside one another with what is different in sentences; for the file alone."""
    before, after = open_map(reader, old, templates), open_map(reader, new, templates)
    found = diff(before, after)
    said = sentences(found, wording, after.case.first_name)
    moved, fresh = _moves(found)
    facts = NetworkMapComparisonFacts(
        _view(reader, before, MapProfile.FILE, wording),
        _view(reader, after, MapProfile.FILE, wording),
        said,
        moved,
        fresh,
        danish_words(),
        reader.today,
        a3,
        black,
    )
    return PaperJob(Paper.NETWORK_MAP_COMPARISON, facts, "network-map-comparison.pdf", "", new)


def _moves(
    found: MapDiff,
) -> tuple[tuple[tuple[Placement, Placement | None, str], ...], tuple[Placement, ...]]:
    """Return who stood elsewhere or is gone, and where the new ones stand."""
    moved: list[tuple[Placement, Placement | None, str]] = []
    fresh: list[Placement] = []
    for change in found.people:
        before = change.old.placement if change.old is not None else None
        now = change.new.placement if change.new is not None else None
        if before is not None:
            moved.append((before, now, change.person.called))
        elif now is not None:
            fresh.append(now)
    return tuple(moved), tuple(fresh)


def _refuse_numbers(view: MapView) -> None:
    stray = tuple(dict.fromkeys(where for where, text in _texts(view) if contains_person_number(text)))
    if stray:
        raise UserError(
            "A CPR number stands in {words}, and a network map must not hold one.",
            "Take the number out there, and print again.",
            words=tuple(map(Phrase, stray)),
        )


def _texts(view: MapView) -> Iterator[tuple[str, str]]:
    for person in view.people:
        yield N_("what somebody is called"), f"{person.called} {person.role_word}"
    for group in view.groups:
        yield N_("the name of a household"), group.label
    for quote in view.quotes:
        yield N_("what was said"), quote.words
    yield N_("the place"), view.place
    for one in view.present:
        yield N_("who was there"), one
