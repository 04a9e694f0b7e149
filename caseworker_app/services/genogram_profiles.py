"""What somebody may see of a genogram: the file everything, the family nothing of those whose whereabouts are protected.

Names and roles of those who have a card come from the card: facts of a person stand in one place. A personal number, an
address and a telephone are in no view at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from caseworker_app.domain.case import Case
from caseworker_app.domain.family import (
    FamilyCouple,
    FamilyHome,
    FamilyMember,
    FamilySibling,
    FamilyTie,
    MemberKind,
    TieKind,
)
from caseworker_app.domain.genogram_view import (
    GenogramProfile,
    GenogramView,
    SeenCouple,
    SeenHome,
    SeenMember,
    SeenSibling,
    SeenTie,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_, Phrase


@dataclass(frozen=True, slots=True)
class Family:
    """Everything the store has of a genogram. ``cards`` and ``cases`` are by id, of the members that have one."""

    case: Case
    members: tuple[FamilyMember, ...]
    ties: tuple[FamilyTie, ...]
    couples: tuple[FamilyCouple, ...]
    siblings: tuple[FamilySibling, ...]
    homes: tuple[FamilyHome, ...]
    cards: Mapping[Id, Person]
    cases: Mapping[Id, Case]

    def protected(self, member: FamilyMember) -> bool:
        """Whether name and address of somebody are protected."""
        card = self.cards.get(member.card or b"")
        other = self.cases.get(member.other_case or b"")
        own = member.child and self.case.address_protected
        return own or bool(card and card.address_protected) or bool(other and other.address_protected)


def see(family: Family, profile: GenogramProfile) -> GenogramView:
    """Return the genogram as a reader of this kind may see it."""
    there = {one.id for one in family.members}
    whole = GenogramView(
        profile=profile,
        members=tuple(_member(family, one) for one in family.members),
        ties=tuple(
            SeenTie(t.parent, t.child, t.kind, t.begun, t.ended, t.id)
            for t in family.ties
            if t.parent in there and t.child in there
        ),
        couples=tuple(
            SeenCouple(c.a, c.b, c.kind, c.begun, c.ended, c.related, c.id)
            for c in family.couples
            if c.a in there and c.b in there
        ),
        siblings=tuple(
            SeenSibling(s.a, s.b, s.kind, s.id) for s in family.siblings if s.a in there and s.b in there
        ),
        homes=tuple(SeenHome(h.label, h.members & there, h.id) for h in family.homes if h.members & there),
    )
    return whole if profile is GenogramProfile.FILE else _for_family(family, whole)


def _member(family: Family, one: FamilyMember) -> SeenMember:
    name, role, born = one.name, one.role_words, one.born
    card, other = family.cards.get(one.card or b""), family.cases.get(one.other_case or b"")
    if card is not None:
        name, role = card.name or name, role or card.role_words
    case = family.case if one.child else other
    unborn = False
    if case is not None:
        name = case.child_name or case.called or name
        born = case.born.year if case.born is not None else born
        unborn = case.unborn
    return SeenMember(
        id=one.id,
        kind=MemberKind.UNBORN if unborn else one.kind,
        name=name,
        role_words=role,
        sex=one.sex,
        born=born,
        dead=one.dead or one.died is not None,
        died=one.died,
        count=one.count,
        child=one.child,
        note=one.note,
    )


# --- For the family ------------------------------------------------------------------------------------------


def _for_family(family: Family, view: GenogramView) -> GenogramView:
    """Take out what the family's copy must not hold, and say so."""
    protected = {one.id for one in family.members if family.protected(one)}
    child = view.index
    hidden = {one.id for one in family.members if one.id in protected and not one.child}
    if child is not None and child.id in protected:
        hidden |= {t.parent for t in view.ties if t.child == child.id and t.kind is TieKind.FOSTER}
    homes = tuple(home for home in view.homes if not home.members & (protected | hidden))
    left_out: list[Phrase] = []
    if any(one.note for one in view.members):
        left_out.append(Phrase(N_("Notes")))
    if hidden:
        left_out.append(
            Phrase.counted(
                "Name and years of {n} person with protection",
                "Name and years of {n} people with protection",
                len(hidden),
            )
        )
    if len(homes) < len(view.homes):
        left_out.append(Phrase(N_("Who lives with somebody whose address is protected")))
    return replace(
        view,
        members=tuple(_hide(one) if one.id in hidden else replace(one, note="") for one in view.members),
        homes=homes,
        left_out=tuple(left_out),
    )


def _hide(one: SeenMember) -> SeenMember:
    """Return somebody of whom this reader learns only that she is there."""
    return SeenMember(id=one.id, kind=one.kind, sex=one.sex, dead=one.dead, child=one.child, withheld=True)


def forbidden(family: Family) -> tuple[str, ...]:
    """Return the words that must stand nowhere in the family's copy: numbers, addresses, notes, protected names."""
    found: list[str] = []
    things: tuple[Case | Person, ...] = (family.case, *family.cards.values(), *family.cases.values())
    for thing in things:
        found += [thing.person_number, thing.phone, thing.note]
        if thing.address is not None:
            found += [thing.address.street, thing.address.city]
    shown = see(family, GenogramProfile.FAMILY)
    for one in family.members:
        seen = shown.member(one.id)
        found.append(one.note)
        if seen is not None and seen.withheld:
            found.append(_member(family, one).name)
    return tuple(dict.fromkeys(_meant(found)))


def _meant(texts: Iterable[str]) -> Iterable[str]:
    return (text for text in texts if text.strip())
