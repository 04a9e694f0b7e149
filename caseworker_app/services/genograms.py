"""The genogram of a child's family: begun from the case's persons, changed by one act at a time.

Every change is looked at before it is written: what cannot be true (:mod:`caseworker_app.domain.kinship`) is refused in
words. Somebody who is there already is never put in a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.family import FamilyCouple, FamilyHome, FamilyMember, FamilySibling, FamilyTie
from caseworker_app.domain.genogram_view import GenogramProfile, GenogramView
from caseworker_app.domain.ids import Id
from caseworker_app.services.forms import Edit
from caseworker_app.services.genogram_profiles import see
from caseworker_app.services.genogram_sketch import Sketch, Who, check_years, checked, family_of
from caseworker_app.services.ports import Reader, Writer

# --- Looking -------------------------------------------------------------------------------------------------


def view(reader: Reader, case: Id, profile: GenogramProfile = GenogramProfile.FILE) -> GenogramView:
    """Return the genogram of a case as a reader of some kind may see it."""
    return see(family_of(reader, case), profile)


def twins(view: GenogramView) -> tuple[tuple[Id, Id], ...]:
    """Return pairs that bear one name and may be one human, written down twice."""
    found: list[tuple[Id, Id]] = []
    by_name: dict[str, Id] = {}
    for one in view.members:
        key = " ".join(one.name.casefold().split())
        if key and key in by_name:
            found.append((by_name[key], one.id))
        elif key:
            by_name[key] = one.id
    return tuple(found)


# --- People --------------------------------------------------------------------------------------------------


def known(reader: Reader, member: Id) -> FamilyMember:
    """Return somebody of a genogram. Raises ``KeyError`` when there is none."""
    found = reader.get(FamilyMember, member)
    if found is None:
        raise KeyError("no such member")
    return found


def case_of(reader: Reader, thing: Entity) -> Id:
    """Return the case a thing of a genogram belongs to."""
    return next(iter(reader.find(Case, stream=thing.stream, cancelled=True))).id


def begin(writer: Writer, case: Id) -> Id:
    """Put the child in the genogram, unless it is there; return its id."""
    writer.act("Begin the genogram")
    return Sketch(writer, case).child()


def add_member(writer: Writer, case: Id, who: Who) -> Id:
    """Put somebody in the genogram, not beside anybody yet; return her id. Raises :class:`UserError`."""
    writer.act("Add to the genogram")
    sketch = Sketch(writer, case)
    sketch.child()
    made = sketch.take_in(who)
    sketch.check()
    return made


def edit_member(writer: Writer, member: Id, edits: Mapping[str, Edit]) -> None:
    """Change fields of somebody. Raises :class:`InvalidInput` or :class:`UserError`."""
    values = checked({name: e.value for name, e in edits.items()})
    check_years(values, writer)
    sketch = Sketch(writer, case_of(writer, known(writer, member)))
    writer.act("Change somebody in the genogram")
    sketch.edit(FamilyMember, member, {n: replace(edits[n], value=v) for n, v in values.items()})
    sketch.check()


def remove_member(writer: Writer, member: Id) -> None:
    """Take somebody out with every line to her; undo brings all back. Raises :class:`UserError` for the child."""
    gone = known(writer, member)
    if gone.child:
        raise UserError("The child of the case stays in the genogram.")
    family = family_of(writer, case_of(writer, gone))
    writer.act("Take somebody out of the genogram")
    for tie in family.ties:
        if member in (tie.parent, tie.child):
            writer.cancel(FamilyTie, tie.id)
    for couple in family.couples:
        if member in (couple.a, couple.b):
            writer.cancel(FamilyCouple, couple.id)
    for link in family.siblings:
        if member in (link.a, link.b):
            writer.cancel(FamilySibling, link.id)
    for home in family.homes:
        if member in home.members:
            writer.set(FamilyHome, home.id, "members", home.members - {member}, parents=None)
    writer.cancel(FamilyMember, member)
