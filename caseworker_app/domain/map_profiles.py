"""For whom a copy of a netværkskort is: the file, the child, the family. Each profile is a list of what it may see.

What is not on the list is not in the :class:`MapView`, so no drawing, paper or export can show it. The file sees
everything. The child sees its own map, in its own words, with its own lines and those drawn together. The family sees
lines of those whose map it is, roles in the stead of institutions' names, and nobody's name whose address is protected.
What only the worker thinks (who may be asked, who is informed, who does not know enough) is the file's alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_hiding import before_place, guarded, institutions, says_care
from caseworker_app.domain.map_left_out import KeptBack, left_out
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
    MapGroup,
    MapPerson,
    MapPersonKind,
    MapQuote,
    MapRelation,
    NetworkMap,
    Voice,
)
from caseworker_app.domain.person import Person, Role
from caseworker_app.domain.phrases import N_

PROFILE_LABELS: Mapping[MapProfile, str] = {
    MapProfile.FILE: N_("For the file"),
    MapProfile.CHILD: N_("The child's copy"),
    MapProfile.FAMILY: N_("The family's copy"),
}
AN_ADULT, SOMEBODY, A_PLACE, UNNAMED = "En voksen", "Én fra mit netværk", "Et sted", "Barnet"
"""What stands for a name on a copy. Copies are Danish, as every letter of a Danish municipality, and so is a template."""
_YOUNG = frozenset({Role.SIBLING, Role.FRIEND})
_PARENTS = (Voice.MOTHER, Voice.FATHER)


@dataclass(frozen=True, slots=True)
class _Facts:
    """All there is of one map, as it is kept."""

    map: NetworkMap
    template: MapTemplate
    people: tuple[MapPerson, ...]
    relations: tuple[MapRelation, ...]
    groups: tuple[MapGroup, ...]
    quotes: tuple[MapQuote, ...]
    case: Case
    cards: Mapping[Id, Person]


def profiles_for(voice: Voice) -> tuple[MapProfile, ...]:
    """Return for whom a map of that voice can be copied: a parent's map is not for the child, the worker's for nobody."""
    if voice is Voice.WORKER:
        return (MapProfile.FILE,)
    if voice in _PARENTS:
        return (MapProfile.FILE, MapProfile.FAMILY)
    return (MapProfile.FILE, MapProfile.CHILD, MapProfile.FAMILY)


def allowed_voices(profile: MapProfile, voice: Voice) -> frozenset[Voice]:
    """Return whose statements a reader of a map of that voice may see."""
    if profile is MapProfile.FILE:
        return frozenset(Voice)
    if profile is MapProfile.CHILD:
        return frozenset({Voice.CHILD, Voice.TOGETHER})
    own = {voice} & set(_PARENTS)
    return frozenset({Voice.TOGETHER} | (set(_PARENTS) if voice is Voice.TOGETHER else own))


def see(
    map: NetworkMap,  # noqa: A002 - what it is called everywhere
    profile: MapProfile,
    *,
    template: MapTemplate,
    case: Case,
    people: Iterable[MapPerson],
    relations: Iterable[MapRelation],
    groups: Iterable[MapGroup],
    quotes: Iterable[MapQuote],
    cards: Mapping[Id, Person],
    wording: Wording | None = None,
) -> MapView:
    """Return a map as a reader may see it.

    ``cards`` are the case's people by id: give all of them, also those not on the map, since a protected name may stand
    in what somebody wrote. ``wording`` chooses how the file's rings and lines are called (professional, else); the
    other copies are in the child's words. Raises :class:`UserError` for a copy that is not made of a map of this voice
    (:func:`profiles_for`).
    """
    if profile not in profiles_for(map.voice):
        raise UserError(
            "This copy is not made of this map, because it is another's statement.", "Print the file's copy."
        )
    facts = _Facts(map, template, tuple(people), tuple(relations), tuple(groups), tuple(quotes), case, cards)
    if profile is MapProfile.FILE:
        return _whole(facts, wording or Wording.PROFESSIONAL)
    return _Filter(facts, profile).view()


def _whole(facts: _Facts, wording: Wording) -> MapView:
    """Return everything: the file's view."""
    called = {person.id: person.called for person in facts.people}
    homes = _homes(facts.groups)
    return _framed(
        facts,
        MapProfile.FILE,
        wording,
        people=tuple(_seen(person, homes.get(person.id, 0)) for person in facts.people),
        relations=tuple(SeenRelation(r.id, r.a, r.b, r.quality, r.flow, r.said_by) for r in facts.relations),
        groups=tuple(SeenGroup(g.id, g.label, g.members, g.with_child) for g in facts.groups),
        quotes=tuple(
            SeenQuote(q.said_by, q.words, called.get(q.person, "") if q.person else "") for q in facts.quotes
        ),
    )


def _framed(
    facts: _Facts,
    profile: MapProfile,
    wording: Wording,
    *,
    people: tuple[SeenPerson, ...],
    relations: tuple[SeenRelation, ...],
    groups: tuple[SeenGroup, ...],
    quotes: tuple[SeenQuote, ...],
) -> MapView:
    own = facts.map
    return MapView(
        profile=profile,
        wording=wording,
        template=facts.template,
        child=facts.case.first_name or UNNAMED,
        voice=own.voice,
        drawn_on=own.drawn_on,
        place=own.place,
        present=own.present,
        number=own.number,
        digest=own.digest,
        people=people,
        relations=relations,
        groups=groups,
        quotes=quotes,
    )


def _seen(person: MapPerson, households: int) -> SeenPerson:
    return SeenPerson(
        id=person.id,
        kind=person.kind,
        called=person.called,
        role_word=person.role_word,
        placement=person.placement,
        dead=person.dead,
        support=person.support,
        informed=person.informed,
        doubtful=person.doubtful,
        households=households,
        candidate=person.candidate,
    )


def _homes(groups: Iterable[MapGroup | SeenGroup]) -> dict[Id, int]:
    found: dict[Id, int] = {}
    for group in groups:
        for who in group.members:
            found[who] = found.get(who, 0) + 1
    return found


class _Filter:
    """One copy for the child or the family in the making."""

    def __init__(self, facts: _Facts, profile: MapProfile) -> None:
        self._facts, self._profile = facts, profile
        self._family = profile is MapProfile.FAMILY
        self._voices = allowed_voices(profile, facts.map.voice)
        self._guarded = guarded(facts.case, facts.cards)
        self._hidden = institutions(facts.case, facts.cards, guarded=self._guarded)
        self._hides_places = self._family or self._guarded
        self._covered = 0

    def view(self) -> MapView:
        facts = self._facts
        relations = tuple(r for r in facts.relations if r.said_by in self._voices)
        placed = tuple(p for p in facts.people if p.placement is not None)
        tied = {end for r in relations for end in (r.a, r.b)} | {m for g in facts.groups for m in g.members}
        gone = {p.id for p in placed if self._protected(p) and p.id not in tied}
        kept = {p.id: p for p in placed if p.id not in gone}
        groups = tuple(self._group(g, kept) for g in facts.groups if g.members & kept.keys() or g.with_child)
        homes = _homes(groups)
        people = tuple(self._person(p, homes.get(p.id, 0)) for p in kept.values())
        seen = tuple(
            SeenRelation(r.id, r.a, r.b, r.quality, r.flow, r.said_by)
            for r in relations
            if all(end is None or end in kept for end in (r.a, r.b))
        )
        called = {person.id: person.called for person in people}
        quotes = tuple(self._quotes(called))
        view = _framed(
            facts, self._profile, Wording.CHILD, people=people, relations=seen, groups=groups, quotes=quotes
        )
        place = "" if self._guarded or self._text(facts.map.place) is None else facts.map.place
        present = tuple(one for one in facts.map.present if self._may_be_named(one))
        view = replace(view, place=place, present=present)
        return replace(view, left_out=tuple(left_out(self._kept_back(view, len(gone)))))

    def _text(self, text: str) -> str | None:
        """Return a text that may stand here, or ``None``."""
        return None if self._hides_places and self._hidden.in_text(text) else text

    def _may_be_named(self, text: str) -> bool:
        if self._guarded and says_care(text):
            return False
        return self._text(text) is not None

    def _protected(self, person: MapPerson) -> bool:
        """Whether somebody's name must not stand on the family's copy."""
        if not self._family:
            return False
        if person.case_person is not None and person.case_person in self._hidden.people:
            return True
        return self._guarded and says_care(person.called, person.role_word)

    def _person(self, person: MapPerson, households: int) -> SeenPerson:
        seen = _seen(person, households)
        support = person.support if self._may_show_support() else None
        seen = replace(seen, informed=None, doubtful=False, candidate=None, support=support)
        if self._protected(person):
            self._covered += 1
            return replace(seen, called=self._somebody(person), role_word="")
        if not self._hides_places:
            return seen
        called, role = self._called(person), self._text(person.role_word) or ""
        if called != person.called or role != person.role_word:
            self._covered += 1
        return replace(seen, called=called, role_word="" if role == called else role)

    def _may_show_support(self) -> bool:
        """Whether who gives or takes strength may be seen: on the child's own copy, or when it was said together."""
        return self._facts.map.voice in (self._voices - {Voice.MOTHER, Voice.FATHER})

    def _somebody(self, person: MapPerson) -> str:
        card = self._facts.cards.get(person.case_person) if person.case_person else None
        return SOMEBODY if card is not None and card.role in _YOUNG else AN_ADULT

    def _called(self, person: MapPerson) -> str:
        """Return what somebody is called where names of places must not stand: a role in the stead of an institution."""
        sector = next(
            (s for s in self._facts.template.sectors if person.placement and s.id == person.placement.sector),
            None,
        )
        telling = sector is not None and sector.hides_place
        role = self._text(person.role_word) or ""
        if person.kind is MapPersonKind.PLACE and (telling or self._guarded):
            return sector.child if sector is not None and telling else role or A_PLACE
        if self._text(person.called) is not None and not (telling and self._family):
            return person.called
        short = before_place(person.called)
        if short and self._text(short) is not None and not (telling and self._guarded):
            return short
        return role or (A_PLACE if person.kind is MapPersonKind.PLACE else SOMEBODY)

    def _group(self, group: MapGroup, kept: Mapping[Id, MapPerson]) -> SeenGroup:
        members = group.members & kept.keys()
        covered = any(self._protected(kept[who]) for who in members)
        label = "" if covered or not self._may_be_named(group.label) else group.label
        return SeenGroup(group.id, label, members, group.with_child)

    def _quotes(self, called: Mapping[Id, str]) -> Iterator[SeenQuote]:
        for quote in self._facts.quotes:
            about = called.get(quote.person, "") if quote.person else ""
            missing = quote.person is not None and quote.person not in called
            if quote.said_by in self._voices and not missing and self._may_be_named(quote.words):
                yield SeenQuote(quote.said_by, quote.words, about)

    def _kept_back(self, view: MapView, gone: int) -> KeptBack:
        facts = self._facts
        return KeptBack(
            lines=len(facts.relations) - len(view.relations),
            quotes=len(facts.quotes) - len(view.quotes),
            people=gone,
            names=self._covered,
            waiting=sum(person.placement is None for person in facts.people),
            place=bool(facts.map.place) and not view.place,
            present=len(facts.map.present) - len(view.present),
            marks=any(p.candidate or p.informed or p.doubtful for p in facts.people),
            strength=any(p.support is not None for p in facts.people) and not self._may_show_support(),
        )
