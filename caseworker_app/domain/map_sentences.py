"""The difference between two netværkskort in Danish sentences, for the file: what was drawn, never whether it is good.

The file is Danish, whatever language the screen has. What became of somebody is said by ring and line only; a judgement
is the worker's own, in her own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from caseworker_app.domain.danish import join_and
from caseworker_app.domain.map_changes import Cell, Change, GroupChange, LineChange, MapDiff, PersonChange
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import Flow, MapGroup, MapPerson, MapRelation, Quality, Voice

QUALITIES: Final[Mapping[Wording, Mapping[Quality, str]]] = {
    Wording.CHILD: {
        Quality.STRONG: "Vi har det rigtig godt",
        Quality.ORDINARY: "Vi har det fint",
        Quality.WEAK: "Vi ses ikke så meget",
        Quality.STRAINED: "Det er svært / vi skændes tit",
        Quality.BROKEN: "Vi ses ikke mere",
        Quality.UNSETTLED: "Det ved jeg ikke endnu",
    },
    Wording.PROFESSIONAL: {
        Quality.STRONG: "Stærk, støttende",
        Quality.ORDINARY: "Almindelig",
        Quality.WEAK: "Svag",
        Quality.STRAINED: "Anspændt, konflikt",
        Quality.BROKEN: "Brudt",
        Quality.UNSETTLED: "Ikke afklaret",
    },
}
SAID_BY: Final[Mapping[Voice, str]] = {
    Voice.CHILD: "sagt af barnet",
    Voice.MOTHER: "sagt af mor",
    Voice.FATHER: "sagt af far",
    Voice.TOGETHER: "sagt sammen",
    Voice.WORKER: "sagt af rådgiver",
}
CHILD: Final = "barnet"
_UNKNOWN: Final = "en ukendt person"


def sentences(diff: MapDiff, wording: Wording, child: str = CHILD) -> tuple[str, ...]:
    """Return one sentence a change: people from the middle out, then lines, then households.

    ``child`` is what the child is called in them.
    """
    return tuple(_capital(one) for one in _Teller(diff, wording, child).all())


def names_of(people: Iterable[MapPerson]) -> dict[bytes, str]:
    """Return by id what people are called in a sentence: two of one name are told apart by their role words."""
    everybody = tuple(people)
    count = Counter(one.called.casefold() for one in everybody)
    names = {}
    for one in everybody:
        name = one.called or _UNKNOWN
        if one.called and count[one.called.casefold()] > 1 and one.role_word:
            name = f"{name} ({one.role_word})"
        names[one.id] = name
    return names


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


class _Teller:
    """One telling. Names are those of the newer map."""

    def __init__(self, diff: MapDiff, wording: Wording, child: str) -> None:
        self._diff, self._wording, self._child = diff, wording, child or CHILD
        self._names = names_of(diff.everybody)

    def all(self) -> Iterator[str]:
        yield from (self._person(change) for change in self._diff.people)
        for line in self._diff.lines:
            yield from self._line(line)
        for group in self._diff.groups:
            yield from self._group(group)

    def _name(self, person: MapPerson | None) -> str:
        if person is None:
            return self._child
        return self._names.get(person.id) or person.called or _UNKNOWN

    def _ring(self, cell: Cell) -> str:
        return f"'{cell.ring.child if self._wording is Wording.CHILD else cell.ring.professional}'"

    def _sector(self, cell: Cell) -> str:
        return f"'{cell.sector.child if self._wording is Wording.CHILD else cell.sector.professional}'"

    def _person(self, change: PersonChange) -> str:
        name, old, new = self._name(change.person), change.old_cell, change.new_cell
        if old is None and new is not None:
            return f"{name} er ny på kortet: {self._ring(new)} i feltet {self._sector(new)}."
        if new is None or old is None:
            return (
                f"{name} er ikke sat på kortet nu."
                if change.in_tray
                else f"{name} er ikke på kortet længere."
            )
        between = f"fra feltet {self._sector(old)} til feltet {self._sector(new)}"
        if change.kind is Change.OTHER_SECTOR:
            return f"{name} er flyttet {between}."
        moved = f"{name} er rykket fra {self._ring(old)} til {self._ring(new)}"
        return f"{moved} og {between}." if change.other_sector else f"{moved}."

    def _line(self, change: LineChange) -> Iterator[str]:
        ends = f"mellem {self._name(change.a)} og {self._name(change.b)}"
        said = "" if change.said_by is self._diff.voice else f" ({SAID_BY[change.said_by]})"
        words = QUALITIES[self._wording]
        old, new = change.old, change.new
        if new is None:
            yield f"stregen {ends} er ikke tegnet længere{said}."
        elif old is None:
            yield f"der er tegnet en streg {ends}: '{words[new.quality]}'{said}."
        else:
            if old.quality is not new.quality:
                changed = f"fra '{words[old.quality]}' til '{words[new.quality]}'"
                yield f"stregen {ends} er ændret {changed}{said}."
            yield from self._arrow(change, old, new, f"stregen {ends}", said)

    def _arrow(
        self, change: LineChange, old: MapRelation, new: MapRelation, line: str, said: str
    ) -> Iterator[str]:
        if old.flow == new.flow:
            return
        if new.flow is None:
            yield f"{line} har ingen pil længere{said}."
        elif new.flow is Flow.BOTH:
            yield f"{line} har nu pile begge veje: støtten går begge veje{said}."
        else:
            to = self._name(change.a if new.flow is Flow.TO_A else change.b)
            yield f"{line} har nu en pil: støtten går til {to}{said}."

    def _group(self, change: GroupChange) -> Iterator[str]:
        old, new = change.old, change.new
        if new is None:
            yield f"{_household(old)} er ikke tegnet længere."
            return
        if old is None:
            members = [self._name(one) for one in change.joined] + [self._child] * new.with_child
            yield f"{_household(new)} er tegnet: {join_and(members)}."
            return
        if old.label != new.label:
            yield (
                f"{_household(old)} hedder nu '{new.label}'."
                if new.label
                else f"{_household(old)} har ikke navn længere."
            )
        came = [self._name(one) for one in change.joined] + [self._child] * (change.child is Change.NEW)
        went = [self._name(one) for one in change.left] + [self._child] * (change.child is Change.GONE)
        if came:
            yield f"{join_and(came)} hører nu til {_household(new)}."
        if went:
            yield f"{join_and(went)} hører ikke til {_household(new)} længere."


def _household(group: MapGroup | None) -> str:
    return f"husstanden '{group.label}'" if group is not None and group.label else "husstanden uden navn"
