"""Maps of one case made ready to be compared: read, named, drawn, and put beside each other in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_changes import Change
from caseworker_app.domain.map_diff import diff, sentences
from caseworker_app.domain.map_facts import map_words
from caseworker_app.domain.map_profiles import see
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.map_words import VOICE_LABELS, Wording
from caseworker_app.domain.network_map import MapState, NetworkMap, Voice
from caseworker_app.drawing.display_list import DisplayList
from caseworker_app.drawing.map_measures import Box
from caseworker_app.services import network_maps
from caseworker_app.services.network_maps import OpenMap
from caseworker_app.services.ports import Reader
from ui import theme
from ui.words import tr

CHILDS = (Voice.CHILD, Voice.TOGETHER)
SIZE = 186.0
"""The height of a map in mm, as on an A4 page held sideways."""
PARENTS = (Voice.MOTHER, Voice.FATHER, Voice.TOGETHER)


@dataclass(frozen=True, slots=True)
class Comparable:
    """The maps of a case, oldest first, and which one was asked for."""

    asked: OpenMap
    maps: tuple[OpenMap, ...]

    @property
    def series(self) -> tuple[OpenMap, ...]:
        """The versions of the map that was asked for, oldest first."""
        return tuple(one for one in self.maps if one.map.series == self.asked.map.series)

    def of(self, voices: Iterable[Voice]) -> tuple[OpenMap, ...]:
        """Return the maps in any of these voices, latest first."""
        wanted = frozenset(voices)
        return tuple(one for one in reversed(self.maps) if one.map.voice in wanted)


def load(reader: Reader, network_map: Id, templates: Templates) -> Comparable:
    """Return a map with the others of its case. Raises ``KeyError`` when there is none."""
    asked = network_maps.open_map(reader, network_map, templates)
    rows = network_maps.maps_of(reader, asked.case.id)
    others = (network_maps.open_map(reader, row.map.id, templates) for row in reversed(rows))
    return Comparable(asked, tuple(others))


def name_of(found: NetworkMap) -> str:
    """Return which version a map is and of when: ``Version 2, 14. november 2026``."""
    day = "" if found.drawn_on is None else long_date(found.drawn_on, i18n.current().language)
    if found.state is MapState.DRAFT:
        return tr("Being drawn, {day}", day=day) if day else tr("Being drawn")
    return tr("Version {number}, {day}", number=found.number or 0, day=day)


def full_name_of(found: NetworkMap) -> str:
    """Return whose map it is, which version, and of when."""
    return f"{tr(VOICE_LABELS[found.voice])}: {name_of(found)}"


def wording_of(opened: OpenMap) -> Wording:
    """Return in whose words a map is compared unless somebody chooses otherwise."""
    return Wording.CHILD if opened.map.voice in CHILDS else Wording.PROFESSIONAL


def file_view(opened: OpenMap, wording: Wording) -> MapView:
    """Return a map as the worker sees it."""
    return see(
        opened.map,
        MapProfile.FILE,
        template=opened.template,
        case=opened.case,
        people=opened.people,
        relations=opened.relations,
        groups=opened.groups,
        quotes=opened.quotes,
        cards=opened.cards,
        wording=wording,
    )


def drawing_of(
    opened: OpenMap, wording: Wording, boost: float = 1.0, avoid: Sequence[Box] = ()
) -> DisplayList:
    """Return a map drawn for the screen as it is dressed now, no name on what is to ``avoid``.

    ``boost`` makes people larger in a small picture.
    """
    from caseworker_app.drawing.map_theme import THEMES
    from caseworker_app.drawing.network_map import map_drawing

    view = file_view(opened, wording)
    return map_drawing(view, THEMES[theme.tokens().name], map_words(tr), size=SIZE, boost=boost, avoid=avoid)


def with_changes(older: OpenMap, newer: OpenMap, wording: Wording, boost: float = 1.0) -> DisplayList:
    """Return the newer map drawn, with ghosts and arrows from the older one; the angles are the same on both."""
    from caseworker_app.drawing.map_ghosts import Ghost, GhostWords, ghost_room, with_ghosts
    from caseworker_app.drawing.map_theme import THEMES
    from caseworker_app.drawing.network_map import measures_for

    changes = diff(older, newer).people
    ghosts = [
        Ghost(one.old.placement, None if one.new is None else one.new.placement, one.person.called)
        for one in changes
        if one.old is not None and one.old.placement is not None
    ]
    fresh = [
        one.new.placement
        for one in changes
        if one.kind is Change.NEW and one.new is not None and one.new.placement is not None
    ]
    m = measures_for(file_view(newer, wording), SIZE, boost)
    words = GhostWords(tr("new"), tr("not on the map any more"))
    dress = THEMES[theme.tokens().name]
    stand = [one.placement for one in newer.people if one.placement is not None]
    drawing = drawing_of(newer, wording, boost, ghost_room(ghosts, fresh, m, words))
    return with_ghosts(drawing, m, dress, ghosts, fresh, words, stand)


def sentences_between(older: OpenMap, newer: OpenMap, wording: Wording) -> tuple[str, ...]:
    """Return what is drawn differently, in Danish sentences for the file."""
    return sentences(diff(older, newer), wording, newer.case.first_name)
