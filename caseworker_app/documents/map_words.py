"""A netværkskort in words: who stands where, the lines, the households, what was said. For whoever cannot see the drawing,
and for whoever reads the file in ten years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caseworker_app.documents.blocks import Block, BulletList, Cell, Heading, Table, cell, paragraph, row
from caseworker_app.domain.danish import join_and
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_facts import DEAD, DOUBTFUL, MapWords
from caseworker_app.domain.map_polar import reading_order
from caseworker_app.domain.map_sentences import SAID_BY
from caseworker_app.domain.map_template import Sector
from caseworker_app.domain.map_view import MapView, SeenGroup, SeenPerson, SeenRelation
from caseworker_app.domain.map_words import (
    CANDIDATE_LABELS,
    INFORMED_LABELS,
    KIND_LABELS,
    QUALITY_LABELS,
    SUPPORT_LABELS,
    Wording,
)
from caseworker_app.domain.network_map import Flow, MapPersonKind

_WIDTHS = (2.4, 1.8, 2.0, 3.4, 3.4)


def in_words(view: MapView, words: MapWords, title: str = "Kortet i ord") -> tuple[Block, ...]:
    """Return the blocks of a map in words, under a heading of level 2."""
    return tuple(_Teller(view, words).blocks(title))


class _Teller:
    """One map being told."""

    def __init__(self, view: MapView, words: MapWords) -> None:
        self._view, self._words = view, words
        self._names: Mapping[Id | None, str] = {
            None: view.child,
            **{person.id: _named(person) for person in view.people},
        }

    def blocks(self, title: str) -> Iterable[Block]:
        view = self._view
        yield Heading(2, title)
        people = [p for p in reading_order(view.placed) if p.placement is not None]
        if not people:
            yield paragraph(f"Der står ingen omkring {view.child} endnu.")
        for sector in view.template.sectors:
            own = [p for p in people if p.placement is not None and p.placement.sector == sector.id]
            if own:
                yield Heading(3, self._called(sector))
                yield self._table(own)
        yield from self._bullets("Streger mellem andre", map(self._between, self._others()))
        yield from self._bullets("Hører sammen", filter(None, map(self._home, view.groups)))
        yield from self._bullets("Det blev sagt", self._quotes())
        waiting = [self._waiting(p) for p in view.people if p.placement is None]
        yield from self._bullets("Ikke sat på kortet endnu", waiting)
        yield from self._bullets("Til stede", view.present)

    def _waiting(self, person: SeenPerson) -> str:
        more = [part for part in (person.role_word, *self._more(person)) if part]
        return f"{_named(person)} ({', '.join(more)})" if more else _named(person)

    def _called(self, sector: Sector) -> str:
        return sector.child if self._view.wording is Wording.CHILD else sector.professional

    def _table(self, people: Iterable[SeenPerson]) -> Block:
        head = row("Navn", "Hvem", "Hvor tæt på", f"Streg til {self._view.child}", "Mere")
        rows = tuple(self._row(person) for person in people)
        return Table(head, rows, _WIDTHS, rules="rows", row_heads=True)

    def _row(self, person: SeenPerson) -> tuple[Cell, ...]:
        assert person.placement is not None
        ring = self._view.template.ring(person.placement.ring)
        near = ring.child if self._view.wording is Wording.CHILD else ring.professional
        lines = [self._line(r) for r in self._view.relations if {r.a, r.b} == {None, person.id}]
        return row(
            _named(person), person.role_word, near, cell(*(lines or [""])), ", ".join(self._more(person))
        )

    def _more(self, person: SeenPerson) -> Iterable[str]:
        words = self._words
        if person.kind is not MapPersonKind.PERSON:
            yield words(KIND_LABELS[person.kind])
        if person.dead:
            yield words(DEAD)
        if person.support is not None:
            yield words(SUPPORT_LABELS[person.support])
        if person.informed is not None:
            yield words(INFORMED_LABELS[person.informed])
        if person.doubtful:
            yield words(DOUBTFUL)
        if person.candidate is not None:
            yield words(CANDIDATE_LABELS[person.candidate])

    def _line(self, line: SeenRelation) -> str:
        """Return a line's kind in words, who gets support, and whose statement it is when that is not the map's own."""
        parts = [self._words(QUALITY_LABELS[self._view.wording][line.quality])]
        if line.flow is Flow.BOTH:
            parts.append("støtte begge veje")
        elif line.flow is not None:
            to = line.a if line.flow is Flow.TO_A else line.b
            parts.append(f"støtten går til {self._names[to]}")
        if line.said_by is not self._view.voice:
            parts.append(SAID_BY[line.said_by])
        return parts[0] + (f" ({', '.join(parts[1:])})" if len(parts) > 1 else "")

    def _others(self) -> list[SeenRelation]:
        return [line for line in self._view.relations if None not in (line.a, line.b)]

    def _between(self, line: SeenRelation) -> str:
        return f"{self._names[line.a]} og {self._names[line.b]}: {self._line(line)}"

    def _home(self, group: SeenGroup) -> str:
        members = [self._names[p.id] for p in self._view.people if p.id in group.members]
        members = [self._view.child] * group.with_child + members
        if not members:
            return ""
        return f"{group.label}: {join_and(members)}" if group.label else join_and(members)

    def _quotes(self) -> Iterable[str]:
        for quote in self._view.quotes:
            about = f" om {quote.about}" if quote.about else ""
            yield f"“{quote.words}” ({SAID_BY[quote.said_by]}{about})"

    def _bullets(self, title: str, lines: Iterable[str]) -> Iterable[Block]:
        found = tuple(lines)
        if found:
            yield Heading(3, title)
            yield BulletList(row(*found))


def _named(person: SeenPerson) -> str:
    return person.called or "?"
