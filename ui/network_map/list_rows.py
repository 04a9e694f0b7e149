"""The netværkskort as rows under rows: sector, person with her ring, her lines; and the households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from caseworker_app import i18n
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_words import KIND_LABELS, QUALITY_LABELS, Wording
from caseworker_app.domain.network_map import MapGroup, MapPerson, MapPersonKind, MapRelation
from caseworker_app.domain.phrases import N_
from ui.network_map.list_words import Names, called, line_words, other_end, person_words, said_by
from ui.network_map.saying import ring_word, sector_word
from ui.words import tr

if TYPE_CHECKING:
    from caseworker_app.services.network_maps import OpenMap

HEADS = (N_("Who"), N_("Who it is to the child"), N_("Ring or kind of line"), N_("Who says so"))


class Kind(StrEnum):
    """What a row is."""

    CHILD = "child"
    SECTOR = "sector"
    TRAY = "tray"
    PERSON = "person"
    LINE = "line"
    HOMES = "homes"
    HOME = "home"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Key:
    """Which row it is, also after it has moved. ``one`` is the thing, ``under`` what tells two rows of it apart."""

    kind: Kind
    one: Id = b""
    under: Id = b""
    name: str = ""


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A row: its cells, what is said of it, and the rows below."""

    key: Key
    cells: tuple[str, str, str, str]
    spoken: str
    below: tuple[TreeRow, ...] = ()


Memo = dict[Id, tuple[object, TreeRow]]
"""Rows of people made before, by person, with what each was made of."""


def rows_of(opened: OpenMap, wording: Wording, child: str, memo: Memo | None = None) -> tuple[TreeRow, ...]:
    """Return the whole map as rows. ``child`` is what the child is called.

    With ``memo`` somebody of whom nothing has changed has the very row she had before.
    """
    return _Rows(opened, wording, child, {} if memo is None else memo).all()


class _Rows:
    def __init__(self, opened: OpenMap, wording: Wording, child: str, memo: Memo) -> None:
        self._map, self._wording, self._child, self._memo = opened, wording, child, memo
        self._names: Names = {None: tr("the child"), **{p.id: called(p) for p in opened.people}}
        rings = [ring.id for ring in opened.template.rings]
        self._depth = {ring: depth for depth, ring in enumerate(rings)}
        self._lines: dict[Id | None, list[MapRelation]] = {}
        for relation in opened.relations:
            for end in (relation.a, relation.b):
                self._lines.setdefault(end, []).append(relation)

    def all(self) -> tuple[TreeRow, ...]:
        sectors = (self._sector(sector.id) for sector in self._map.template.sectors)
        return (self._middle(), *sectors, self._tray(), self._homes())

    def _middle(self) -> TreeRow:
        words = tr("{name}, in the middle", name=self._child)
        below = tuple(self._line(line, None) for line in self._lines.get(None, ()))
        return TreeRow(Key(Kind.CHILD), (words, "", _lines_counted(len(below)), ""), words, below)

    def _sector(self, sector: str) -> TreeRow:
        there = [p for p in self._map.people if p.placement is not None and p.placement.sector == sector]
        there.sort(key=self._from_the_middle)
        words = sector_word(self._map.template, sector, self._wording)
        return self._head(Key(Kind.SECTOR, name=sector), words, [self._person(p) for p in there])

    def _from_the_middle(self, person: MapPerson) -> tuple[int, int, bytes]:
        placed = person.placement
        assert placed is not None
        return self._depth[placed.ring], placed.angle, person.id

    def _tray(self) -> TreeRow:
        waiting = [self._person(p) for p in self._map.people if p.placement is None]
        return self._head(Key(Kind.TRAY), tr("Not placed yet"), waiting)

    def _head(self, key: Key, words: str, below: Sequence[TreeRow]) -> TreeRow:
        number = str(len(below)) if below else tr("none yet")
        return TreeRow(key, (words, "", number, ""), f"{words}: {number}", tuple(below))

    def _person(self, person: MapPerson) -> TreeRow:
        lines = self._lines.get(person.id, [])
        others = [self._names[other_end(line, person.id)] for line in lines]
        made_of = (person, lines, others, self._wording, i18n.current().language)
        known = self._memo.get(person.id)
        if known is None or known[0] != made_of:
            known = self._memo[person.id] = (made_of, self._make_person(person, lines))
        return known[1]

    def _make_person(self, person: MapPerson, lines: Sequence[MapRelation]) -> TreeRow:
        placed = person.placement
        ring = "" if placed is None else ring_word(self._map.template, placed.ring, self._wording)
        spoken = person_words(person, lines, self._map.template, self._names, self._wording)
        below = tuple(self._line(line, person.id) for line in lines)
        return TreeRow(Key(Kind.PERSON, person.id), (called(person), _who(person), ring, ""), spoken, below)

    def _line(self, line: MapRelation, one: Id | None) -> TreeRow:
        words, whose = line_words(line, one, self._names), said_by(line)
        kind = tr(QUALITY_LABELS[self._wording][line.quality])
        key = Key(Kind.LINE, line.id, one or b"")
        return TreeRow(key, (words, "", kind, whose), f"{words}, {kind}. {whose}")

    def _homes(self) -> TreeRow:
        homes = sorted(self._map.groups, key=lambda group: (sort_key(group.label), group.id))
        return self._head(Key(Kind.HOMES), tr("Households"), [self._home(group) for group in homes])

    def _home(self, group: MapGroup) -> TreeRow:
        members = sorted(self._members(group), key=lambda one: sort_key(self._names[one]))
        below = [self._member(group, one) for one in members]
        if group.with_child:
            below.insert(0, self._member(group, None))
        words = group.label or tr("A household without a name")
        said = f"{words}: {', '.join(row.cells[0] for row in below)}"
        return TreeRow(
            Key(Kind.HOME, group.id), (words, "", _members_counted(len(below)), ""), said, tuple(below)
        )

    def _members(self, group: MapGroup) -> list[Id]:
        return [one for one in group.members if one in self._names]

    def _member(self, group: MapGroup, one: Id | None) -> TreeRow:
        words = self._child if one is None else self._names[one]
        return TreeRow(Key(Kind.MEMBER, one or b"", group.id), (words, "", "", ""), words)


def names_of(opened: OpenMap, child: str) -> Names:
    """Return what everybody on the map is called in a list to choose from, the child by its name."""
    return {None: child, **{p.id: called(p) for p in opened.people}}


def _who(person: MapPerson) -> str:
    parts = []
    if person.role_word:
        parts.append(person.role_word)
    elif person.kind is not MapPersonKind.PERSON:
        parts.append(tr(KIND_LABELS[person.kind]).lower())
    if person.dead:
        parts.append(tr("dead"))
    return ", ".join(parts)


def _lines_counted(number: int) -> str:
    return i18n.ngettext("{n} line", "{n} lines", number)


def _members_counted(number: int) -> str:
    return i18n.ngettext("{n} member", "{n} members", number)
