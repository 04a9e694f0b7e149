"""The same human put in twice becomes one; what the two say differently is said, never chosen quietly."""

from __future__ import annotations

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.family import (
    FamilyCouple,
    FamilyHome,
    FamilyMember,
    FamilySibling,
    FamilyTie,
    MemberKind,
)
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.services.genogram_profiles import Family, see
from caseworker_app.services.genogram_sketch import Sketch
from caseworker_app.services.genograms import case_of, known
from caseworker_app.services.ports import Writer

_FACTS = {
    "card": N_("their cards in the case"),
    "other_case": N_("their own cases"),
    "sex": N_("the sex"),
    "born": N_("the year of birth"),
    "died": N_("the year of death"),
    "count": N_("how many they are"),
}


def merge(writer: Writer, keep: Id, gone: Id) -> None:
    """Make two one: ``keep`` stays and gets what only ``gone`` has, with all its lines.

    Raises :class:`UserError` naming every fact the two say differently, or what could not be true afterwards.
    """
    if keep == gone:
        raise UserError("Choose two different people.")
    one, other = known(writer, keep), known(writer, gone)
    case = case_of(writer, one)
    if case != case_of(writer, other):
        raise KeyError("not of the same genogram")
    sketch = Sketch(writer, case)
    _refuse_differences(sketch.family, one, other)
    writer.act("Merge two in the genogram")
    _move_facts(sketch, one, other)
    _move_lines(sketch, keep, gone)
    sketch.cancel(FamilyMember, gone)
    sketch.check(strictly=True)


def _refuse_differences(family: Family, one: FamilyMember, other: FamilyMember) -> None:
    different = [
        label
        for name, label in _FACTS.items()
        if None not in (getattr(one, name), getattr(other, name))
        and getattr(one, name) != getattr(other, name)
    ]
    if one.child and other.other_case is not None:
        different.append(_FACTS["other_case"])
    if different:
        seen = see(family, GenogramProfile.FILE)
        a, b = seen.member(one.id), seen.member(other.id)
        raise UserError(
            "{a} and {b} differ in {facts}, so they cannot be made one.",
            "Nothing was changed. Put right what is wrong, and merge again.",
            a=a.name if a else "",
            b=b.name if b else "",
            facts=tuple(map(Phrase, dict.fromkeys(different))),
        )


def _move_facts(sketch: Sketch, one: FamilyMember, other: FamilyMember) -> None:
    def put(name: str, value: object) -> None:
        sketch.set(FamilyMember, one.id, name, value)

    for name in (*_FACTS, "role_words"):
        if getattr(one, name) in (None, "") and getattr(other, name) not in (None, ""):
            put(name, getattr(other, name))
    if not one.name and one.card is None and other.name:
        put("name", other.name)
    if other.dead and not one.dead:
        put("dead", True)
    if other.child and not one.child:
        put("child", True)
    if one.kind is MemberKind.UNKNOWN and other.kind is MemberKind.PERSON:
        put("kind", MemberKind.PERSON)
    if other.note and other.note != one.note:
        put("note", "\n".join(note for note in (one.note, other.note) if note))


def _move_lines(sketch: Sketch, keep: Id, gone: Id) -> None:
    """Hang the lines of the one who goes on the one who stays; what both have is there once."""

    family = sketch.family

    def now(who: Id | None) -> Id | None:
        return keep if who == gone else who

    ties = {(t.parent, t.child, t.kind) for t in family.ties if gone not in (t.parent, t.child)}
    for tie in family.ties:
        if gone in (tie.parent, tie.child):
            line = (now(tie.parent), now(tie.child), tie.kind)
            if line in ties:
                sketch.cancel(FamilyTie, tie.id)
            else:
                ties.add(line)
                side = "parent" if tie.parent == gone else "child"
                sketch.set(FamilyTie, tie.id, side, keep)
    for cls, links in ((FamilyCouple, family.couples), (FamilySibling, family.siblings)):
        there = {(frozenset((o.a, o.b)), o.kind) for o in links if gone not in (o.a, o.b)}
        for link in links:
            if gone not in (link.a, link.b):
                continue
            pair = (frozenset((now(link.a), now(link.b))), link.kind)
            if pair in there:
                sketch.cancel(cls, link.id)
            else:
                there.add(pair)
                sketch.set(cls, link.id, "a" if link.a == gone else "b", keep)
    for home in family.homes:
        if gone in home.members:
            sketch.set(FamilyHome, home.id, "members", home.members - {gone} | {keep})
