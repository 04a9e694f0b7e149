"""What Familievisning may show of a netværkskort: an allow-list, made anew from the map for whoever looks on.

The rules are those of the network map design, section 7. A child sees her own map, her own lines and those drawn
together; what is hard only when she asks. Parents see the map drawn with them, in this meeting, and what they drew.
Nobody sees another's map, a comparison, the worker's lines and marks, words that were noted, or anything of the case.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.honour import Involved
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_hiding import guarded
from caseworker_app.domain.map_profiles import see
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapProfile, MapView, SeenGroup, SeenPerson, SeenRelation
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import (
    MapGroup,
    MapPerson,
    MapRelation,
    MapState,
    NetworkMap,
    Placement,
    Quality,
    Voice,
)
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.services import honour, map_reading
from caseworker_app.services.map_reading import OpenMap
from caseworker_app.services.ports import Reader


class Audience(StrEnum):
    """Who looks on: the child alone, or the parents, with or without the child."""

    CHILD = "child"
    PARENTS = "parents"


HARD = frozenset({Quality.STRAINED, Quality.BROKEN})
"""Lines a child sees only when she asks for them."""
_LINES: Mapping[tuple[Audience, Voice], frozenset[Voice]] = {
    (Audience.CHILD, Voice.CHILD): frozenset({Voice.CHILD, Voice.TOGETHER}),
    (Audience.CHILD, Voice.TOGETHER): frozenset({Voice.CHILD, Voice.TOGETHER}),
    (Audience.PARENTS, Voice.MOTHER): frozenset({Voice.MOTHER, Voice.TOGETHER}),
    (Audience.PARENTS, Voice.FATHER): frozenset({Voice.FATHER, Voice.TOGETHER}),
    (Audience.PARENTS, Voice.TOGETHER): frozenset({Voice.MOTHER, Voice.FATHER, Voice.TOGETHER}),
}
"""Whose lines somebody sees on a map in a voice; a pair that is not here is never shown."""
_SPEAKER = {Audience.CHILD: Voice.CHILD}
"""Whose statement a new line is; else the map's own voice."""
_INVOLVED: Mapping[Audience, frozenset[Involved]] = {
    Audience.CHILD: frozenset(),
    Audience.PARENTS: frozenset({Involved.PARENTS}),
}


class NotForThem(UserError):
    """A map that those who look on must not see."""


@dataclass(frozen=True, slots=True)
class FamilyModel:
    """Everything Familievisning is given. ``day`` is the day of the meeting, for parents alone.

    ``speaker`` is whose statement a new line is. Nothing else of the map or the case can be reached from here.
    """

    map: Id
    audience: Audience
    voice: Voice
    speaker: Voice
    view: MapView
    locked: bool
    day: dt.date | None = None

    def opened(self) -> OpenMap:
        """Return the view as a map that can be drawn on, with nothing in it but what is seen."""
        view = self.view
        people = (
            MapPerson(
                id=one.id,
                map=self.map,
                kind=one.kind,
                called=one.called,
                role_word=one.role_word,
                placement=one.placement,
                dead=one.dead,
                order=f"{number:06}",
            )
            for number, one in enumerate(view.people)
        )
        relations = (
            MapRelation(
                id=one.id,
                map=self.map,
                a=one.a,
                b=one.b,
                quality=one.quality,
                flow=one.flow,
                said_by=one.said_by,
            )
            for one in view.relations
        )
        groups = (
            MapGroup(id=one.id, map=self.map, label=one.label, members=one.members, with_child=one.with_child)
            for one in view.groups
        )
        template = view.template
        return OpenMap(
            map=NetworkMap(
                id=self.map, voice=self.voice, template=template.id, template_version=template.version
            ),
            template=template,
            people=tuple(people),
            relations=tuple(relations),
            groups=tuple(groups),
            quotes=(),
            tasks=(),
            case=Case(called=view.child),
            cards={},
            locked=self.locked,
        )


def audiences(reader: Reader, map_id: Id) -> Mapping[Audience, Phrase | None]:
    """Say for each who could look on why this map is not for them; ``None`` when it may be shown."""
    found = map_reading.known(reader, map_id)
    case = map_reading.case_of(reader, found.stream)
    return {one: _against(reader, found, case, one) for one in Audience}


def _against(reader: Reader, found: NetworkMap, case: Case, audience: Audience) -> Phrase | None:
    shut = honour.gate(reader, case.id, _INVOLVED[audience])
    if shut is not None:
        return shut
    if found.cancelled:
        return Phrase("This map has been removed.")
    if (audience, found.voice) not in _LINES:
        return Phrase(_NOT_THEIRS[audience])
    in_meeting = found.state is MapState.DRAFT or found.drawn_on == reader.today
    if audience is Audience.PARENTS and not in_meeting:
        return Phrase("Parents are shown the map that is drawn in this meeting. Draw on from this one.")
    return None


_NOT_THEIRS = {
    Audience.CHILD: N_("A child is shown her own map, and those drawn together."),
    Audience.PARENTS: N_("Parents are shown the map that was drawn with them."),
}


def family_model(
    reader: Reader, map_id: Id, audience: Audience, templates: Templates, *, asked: bool = False
) -> FamilyModel:
    """Make what ``audience`` may see of a map. ``asked``: the child has asked for what is hard.

    Raises :class:`NotForThem` for a map that is not theirs, and when the gate of honour-related conflict is shut.
    """
    why = audiences(reader, map_id)[audience]
    if why is not None:
        raise NotForThem(why.msgid, **dict(why.values))
    whole = map_reading.open_map(reader, map_id, templates)
    voices = _LINES[audience, whole.map.voice]
    softly = audience is Audience.CHILD and not asked
    lines = (line for line in whole.relations if line.said_by in voices)
    cards = {one.id: one for one in reader.find(Person, stream=whole.map.stream)}
    view = see(
        whole.map,
        _profile(audience, whole.case, cards),
        template=whole.template,
        case=whole.case,
        people=_put_somewhere(whole),
        relations=tuple(line for line in lines if not (softly and line.quality in HARD)),
        groups=whole.groups,
        quotes=(),
        cards=cards,
    )
    view = _bare(view, {one.id for one in whole.people if one.placement is None})
    speaker = _SPEAKER.get(audience, whole.map.voice)
    day = whole.map.drawn_on if audience is Audience.PARENTS else None
    return FamilyModel(map_id, audience, whole.map.voice, speaker, view, whole.locked, day)


def _profile(audience: Audience, case: Case, cards: Mapping[Id, Person]) -> MapProfile:
    """Return whose copy the screen is made like.

    A copy for the family says roles in the stead of institutions, because it is carried about. On the screen parents
    read what they write themselves, and roles only where somebody's address is protected.
    """
    if audience is Audience.CHILD:
        return MapProfile.CHILD
    hidden = guarded(case, cards) or any(card.address_protected for card in cards.values())
    return MapProfile.FAMILY if hidden else MapProfile.FILE


def view_of(opened: OpenMap, like: MapView) -> MapView:
    """Return a map made by :meth:`FamilyModel.opened`, and drawn on since, as a view like the one it came from."""
    homes = Counter(one for group in opened.groups for one in group.members)
    return replace(
        like,
        people=tuple(
            SeenPerson(
                id=one.id,
                kind=one.kind,
                called=one.called,
                role_word=one.role_word,
                placement=one.placement,
                dead=one.dead,
                households=homes[one.id],
            )
            for one in opened.people
        ),
        relations=tuple(
            SeenRelation(one.id, one.a, one.b, one.quality, one.flow, one.said_by) for one in opened.relations
        ),
        groups=tuple(SeenGroup(one.id, one.label, one.members, one.with_child) for one in opened.groups),
    )


def _put_somewhere(whole: OpenMap) -> tuple[MapPerson, ...]:
    """Return everybody with a place: copies leave out who waits in the tray, and here they can be put on the map."""
    sector = next((one for one in whole.template.sectors if not one.hides_place), whole.template.sectors[0])
    stand_in = Placement(0, 0, whole.template.rings[0].id, sector.id)
    return tuple(replace(one, placement=one.placement or stand_in) for one in whole.people)


def _bare(view: MapView, waiting: Collection[Id]) -> MapView:
    """Return a view without what is on a copy and not on this screen; who waits goes back to the tray."""
    people = tuple(
        replace(
            one,
            placement=None if one.id in waiting else one.placement,
            support=None,
            informed=None,
            doubtful=False,
            candidate=None,
        )
        for one in view.people
    )
    return replace(
        view,
        wording=Wording.CHILD,
        drawn_on=None,
        place="",
        present=(),
        number=None,
        digest="",
        people=people,
        quotes=(),
        left_out=(),
    )
