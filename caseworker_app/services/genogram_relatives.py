"""Lines of a genogram: parents and children, couples, siblings, and who lives together; each change is one act."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.family import (
    CoupleKind,
    FamilyCouple,
    FamilyHome,
    FamilySibling,
    FamilyTie,
    SiblingTie,
    TieKind,
)
from caseworker_app.domain.ids import Id
from caseworker_app.services.forms import Edit
from caseworker_app.services.genogram_sketch import (
    NO_YEARS,
    Sketch,
    Who,
    Years,
    check_years,
    checked,
    family_of,
)
from caseworker_app.services.genograms import case_of, known
from caseworker_app.services.ports import Writer

Link: TypeAlias = type[FamilyTie | FamilyCouple | FamilySibling]


def add_parent(
    writer: Writer, of: Id, who: Who, kind: TieKind = TieKind.BIOLOGICAL, years: Years = NO_YEARS
) -> Id:
    """Add a parent of somebody; return the parent's id. Raises :class:`UserError`."""
    return _add(
        writer, of, who, "Add a parent to the genogram", lambda it, other: it.tie(other, of, kind, years)
    )


def add_child(
    writer: Writer,
    of: Id,
    who: Who,
    kind: TieKind = TieKind.BIOLOGICAL,
    other: Id | None = None,
    years: Years = NO_YEARS,
) -> Id:
    """Add a child of somebody, and of ``other`` if it is said; return the child's id. Raises :class:`UserError`."""

    def link(it: Sketch, child: Id) -> None:
        it.tie(of, child, kind, years)
        if other is not None:
            it.tie(other, child, kind, years)

    return _add(writer, of, who, "Add a child to the genogram", link)


def add_partner(
    writer: Writer, of: Id, who: Who, kind: CoupleKind, *, related: bool = False, years: Years = NO_YEARS
) -> Id:
    """Add somebody's partner, present or past; return the partner's id. Raises :class:`UserError`."""
    return _add(
        writer,
        of,
        who,
        "Add a partner to the genogram",
        lambda it, other: it.couple(of, other, kind, years, related=related),
    )


def add_sibling(writer: Writer, of: Id, who: Who, kind: SiblingTie = SiblingTie.UNKNOWN) -> Id:
    """Add somebody's sibling without saying who the parents are; return the sibling's id. Raises :class:`UserError`."""
    return _add(
        writer, of, who, "Add a sibling to the genogram", lambda it, other: it.sibling(of, other, kind)
    )


def _add(writer: Writer, of: Id, who: Who, label: str, link: Callable[[Sketch, Id], None]) -> Id:
    sketch = Sketch(writer, case_of(writer, known(writer, of)))
    writer.act(label)
    made = sketch.take_in(who)
    link(sketch, made)
    sketch.check()
    return made


def edit_link(writer: Writer, cls: Link, link: Id, edits: Mapping[str, Edit]) -> None:
    """Change a line: its kind, its years. Raises :class:`UserError` when it cannot be true."""
    now = writer.get(cls, link)
    if now is None:
        raise KeyError("no such line")
    check_years({name: e.value for name, e in edits.items()}, writer)
    sketch = Sketch(writer, case_of(writer, now))
    writer.act("Change a line of the genogram")
    sketch.edit(cls, link, edits)
    sketch.check()


def remove_link(writer: Writer, cls: Link, link: Id) -> None:
    """Take a line away; those it joined stay."""
    writer.act("Remove a line of the genogram")
    writer.cancel(cls, link)


def set_home(writer: Writer, case: Id, label: str, members: Iterable[Id], home: Id | None = None) -> Id:
    """Say who lives together; return the home's id. Raises :class:`InvalidInput` for fewer than two."""
    together = frozenset(members)
    values = checked({"label": label})
    if len(together) < 2:
        raise InvalidInput("members", "Choose at least two who live together.")
    stream = family_of(writer, case).case.stream
    writer.act("Say who lives together")
    if home is None:
        home = writer.new_id()
        writer.create(FamilyHome(id=home, stream=stream, label=values["label"], members=together))
    else:
        writer.set(FamilyHome, home, "label", values["label"], parents=None)
        writer.set(FamilyHome, home, "members", together, parents=None)
    return home


def remove_home(writer: Writer, home: Id) -> None:
    """Take a home away; those who lived there stay."""
    writer.act("Remove a home from the genogram")
    writer.cancel(FamilyHome, home)
