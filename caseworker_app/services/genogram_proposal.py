"""A first genogram out of the case's persons: proposed by role, drawn only as far as the worker says yes.

Nobody is made up. A grandparent whose child is not known stands alone until the worker says whose parent it is; a sibling
is a sibling, of parents nobody has to name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseworker_app.domain.case import Case, SiblingKind, SiblingLink
from caseworker_app.domain.family import FamilyHome, FamilyMember, Sex, SiblingTie, TieKind
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person, Role
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services.genogram_profiles import Family
from caseworker_app.services.genogram_sketch import Sketch, Who, family_of, sex_of_number
from caseworker_app.services.ports import Reader, Writer


class Spot(StrEnum):
    """Where somebody would be drawn."""

    MOTHER = "mother"
    FATHER = "father"
    CO_PARENT = "co_parent"
    STEP_PARENT = "step_parent"
    FOSTER_PARENT = "foster_parent"
    SIBLING = "sibling"
    MOTHERS_PARENT = "mothers_parent"
    FATHERS_PARENT = "fathers_parent"
    MOTHERS_SIBLING = "mothers_sibling"
    FATHERS_SIBLING = "fathers_sibling"
    ALONE = "alone"


SPOT_LABELS = {
    Spot.MOTHER: "Biological mother of the child",
    Spot.FATHER: "Biological father of the child",
    Spot.CO_PARENT: "Parent of the child by law",
    Spot.STEP_PARENT: "Step-parent of the child",
    Spot.FOSTER_PARENT: "Foster carer, by a second, dotted line",
    Spot.SIBLING: "Sibling, without parents being made up",
    Spot.MOTHERS_PARENT: "Parent of the mother",
    Spot.FATHERS_PARENT: "Parent of the father",
    Spot.MOTHERS_SIBLING: "Sibling of the mother",
    Spot.FATHERS_SIBLING: "Sibling of the father",
    Spot.ALONE: "In the genogram, not joined to anybody yet",
}

_ROLES: Final = {
    Role.MOTHER: (Spot.MOTHER, Sex.FEMALE),
    Role.FATHER: (Spot.FATHER, Sex.MALE),
    Role.CO_PARENT: (Spot.CO_PARENT, None),
    Role.STEP_PARENT: (Spot.STEP_PARENT, None),
    Role.FOSTER_PARENT: (Spot.FOSTER_PARENT, None),
    Role.SIBLING: (Spot.SIBLING, None),
    Role.GRANDPARENT: (Spot.ALONE, None),
}
_WORDS: Final[Mapping[str, tuple[Spot, Sex]]] = {
    "mormor": (Spot.MOTHERS_PARENT, Sex.FEMALE),
    "morfar": (Spot.MOTHERS_PARENT, Sex.MALE),
    "farmor": (Spot.FATHERS_PARENT, Sex.FEMALE),
    "farfar": (Spot.FATHERS_PARENT, Sex.MALE),
    "moster": (Spot.MOTHERS_SIBLING, Sex.FEMALE),
    "morbror": (Spot.MOTHERS_SIBLING, Sex.MALE),
    "faster": (Spot.FATHERS_SIBLING, Sex.FEMALE),
    "farbror": (Spot.FATHERS_SIBLING, Sex.MALE),
}
"""What a Danish family calls them says whose parent or sibling they are."""
_SEX_WORDS: Final[Mapping[str, Sex]] = {
    "bror": Sex.MALE, "lillebror": Sex.MALE, "storebror": Sex.MALE, "halvbror": Sex.MALE, "plejefar": Sex.MALE,
    "papfar": Sex.MALE, "stedfar": Sex.MALE, "søster": Sex.FEMALE, "lillesøster": Sex.FEMALE,
    "storesøster": Sex.FEMALE, "halvsøster": Sex.FEMALE, "plejemor": Sex.FEMALE, "papmor": Sex.FEMALE,
    "stedmor": Sex.FEMALE, "medmor": Sex.FEMALE, "plejesøster": Sex.FEMALE, "plejebror": Sex.MALE,
}  # fmt: skip
_HALF: Final = ("halvbror", "halvsøster", "halvsøskende")
_KINDS: Final = {
    SiblingKind.FULL: SiblingTie.FULL,
    SiblingKind.HALF: SiblingTie.HALF,
    SiblingKind.STEP: SiblingTie.STEP,
    SiblingKind.FOSTER: SiblingTie.FOSTER,
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody who could be drawn: a card (``card``) or a sibling's case (``other_case``), and where."""

    name: str
    spot: Spot
    sex: Sex | None
    card: Id | None = None
    other_case: Id | None = None
    sibling: SiblingTie = SiblingTie.UNKNOWN
    lives_with_child: bool = False

    @property
    def id(self) -> Id:
        """What it is chosen by."""
        return self.card or self.other_case or b""

    @property
    def words(self) -> Phrase:
        """Where somebody would be drawn."""
        return Phrase(SPOT_LABELS[self.spot])


def propose(reader: Reader, case: Id) -> tuple[Proposed, ...]:
    """Return the case's persons and linked siblings who are family and not drawn yet, and where each would stand."""
    family = family_of(reader, case)
    cards = {one.card for one in family.members}
    found = [
        _proposed(card)
        for card in family.cards.values()
        if not card.cancelled and card.id not in cards and (card.role in _ROLES or _spot(card) is not None)
    ]
    others = {one.other_case for one in family.members}
    for link in reader.find(SiblingLink, stream=family.case.stream):
        other = reader.get(Case, link.other_case or b"")
        if other is not None and other.id not in others:
            found.append(_sibling(other, link.kind))
    order = list(Spot)
    return tuple(sorted(found, key=lambda one: order.index(one.spot)))


def _spot(card: Person) -> tuple[Spot, Sex] | None:
    if card.role not in (Role.GRANDPARENT, Role.RELATIVE):
        return None
    words = card.role_words.casefold().replace(",", " ").split()
    return next((_WORDS[word] for word in words if word in _WORDS), None)


def _proposed(card: Person) -> Proposed:
    spot, sex = _spot(card) or _ROLES[card.role]
    words = card.role_words.casefold().replace(",", " ").split()
    sex = sex or next((_SEX_WORDS[word] for word in words if word in _SEX_WORDS), None)
    tie = SiblingTie.UNKNOWN
    if any(word in _HALF for word in words):
        tie = SiblingTie.HALF
    elif any(word.startswith("pleje") for word in words):
        tie = SiblingTie.FOSTER
    return Proposed(
        name=card.name,
        spot=spot,
        sex=sex or sex_of_number(card.person_number),
        card=card.id,
        sibling=tie,
        lives_with_child=card.lives_with_child,
    )


def _sibling(other: Case, kind: SiblingKind) -> Proposed:
    return Proposed(
        name=other.child_name or other.unborn_of,
        spot=Spot.SIBLING,
        sex=sex_of_number(other.person_number),
        other_case=other.id,
        sibling=_KINDS[kind],
    )


def accept(writer: Writer, case: Id, chosen: Iterable[Id]) -> dict[Id, Id]:
    """Draw the chosen, all in one act; return by card or case whom each became. Raises :class:`UserError`."""
    wanted = set(chosen)
    proposals = [one for one in propose(writer, case) if one.id in wanted]
    writer.act("Begin the genogram")
    sketch = Sketch(writer, case)
    child = sketch.child()
    made: dict[Id, Id] = {}
    for one in proposals:
        made[one.id] = _take(sketch, one)
    _join(sketch, child, proposals, made, _parents_there(sketch.family, child))
    home = {child, *(made[one.id] for one in proposals if one.lives_with_child)}
    if len(home) > 1 and not sketch.family.homes:
        sketch.new(FamilyHome, members=frozenset(home))
    sketch.check()
    return made


def _take(sketch: Sketch, one: Proposed) -> Id:
    if one.card is not None:
        return sketch.take_in(Who(card=one.card, values={"sex": one.sex}))
    return sketch.new(FamilyMember, other_case=one.other_case, sex=one.sex)


def _parents_there(family: Family, child: Id) -> dict[Spot, Id]:
    """Return the child's mother and father as far as they are drawn."""
    found: dict[Spot, Id] = {}
    for tie in family.ties:
        parent = next((one for one in family.members if one.id == tie.parent), None)
        if tie.child == child and tie.kind is TieKind.BIOLOGICAL and parent is not None:
            found.setdefault(Spot.MOTHER if parent.sex is Sex.FEMALE else Spot.FATHER, parent.id)
    return found


def _join(
    it: Sketch, child: Id, proposals: Iterable[Proposed], made: Mapping[Id, Id], parents: Mapping[Spot, Id]
) -> None:
    """Draw the lines of a proposal."""
    above = dict(parents)
    above.update({one.spot: made[one.id] for one in proposals if one.spot in (Spot.MOTHER, Spot.FATHER)})
    ties = {
        Spot.MOTHER: TieKind.BIOLOGICAL,
        Spot.FATHER: TieKind.BIOLOGICAL,
        Spot.CO_PARENT: TieKind.ADOPTIVE,
        Spot.STEP_PARENT: TieKind.STEP,
        Spot.FOSTER_PARENT: TieKind.FOSTER,
    }
    for one in proposals:
        who = made[one.id]
        if one.spot in ties:
            it.tie(who, child, ties[one.spot])
        elif one.spot is Spot.SIBLING:
            it.sibling(child, who, one.sibling)
        for spots, side in (
            ((Spot.MOTHERS_PARENT, Spot.MOTHERS_SIBLING), Spot.MOTHER),
            ((Spot.FATHERS_PARENT, Spot.FATHERS_SIBLING), Spot.FATHER),
        ):
            if one.spot in spots and side in above:
                if one.spot is spots[0]:
                    it.tie(who, above[side], TieKind.BIOLOGICAL)
                else:
                    it.sibling(above[side], who, SiblingTie.UNKNOWN)
