"""The journal of one parent, across the cases of all her children: kept and put on paper apart from the children's.

An entry lies in the case of the child it was written at; a parent's journal is what stands in the parents' journal of every
child she is a parent of. What was written of the other parent alone is not in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from caseworker_app.domain.anonymous import fold
from caseworker_app.domain.case import Case, SiblingLink
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.person import Person, Role
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.text_facts import PairsPart, Part, TextPaperFacts, TextPart
from caseworker_app.domain.visit import ParentsEntry
from caseworker_app.services import papers
from caseworker_app.services.ports import Reader

_ROLES = frozenset({Role.MOTHER, Role.FATHER, Role.CO_PARENT})


@dataclass(frozen=True, slots=True)
class Parent:
    """One parent: her card in the case that is open, and in which cases she has one."""

    card: Person
    cards: frozenset[Id]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of a parent's journal, and the child at whose visit it was written."""

    entry: ParentsEntry
    case: Case


def parents_in(reader: Reader, case: Case) -> tuple[Person, ...]:
    """Return the cards of a child's parents, and of others with custody."""
    found = reader.find(Person, stream=case.stream)
    return tuple(one for one in found if one.role in _ROLES or one.has_custody)


def parents_of(reader: Reader, case: Id) -> tuple[Parent, ...]:
    """Return the parents of a child, each with the cases of all children of hers that are here."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    every = [(one, card) for one in _family(reader, found) for card in parents_in(reader, one)]
    made = []
    for card in parents_in(reader, found):
        same = [(one, other) for one, other in every if _same(card, other)]
        cases = tuple(dict.fromkeys(one for one, _other in same))
        made.append(Parent(card, frozenset(other.id for _one, other in same), cases))
    return tuple(made)


def _family(reader: Reader, case: Case) -> Iterator[Case]:
    """Yield a case and those of the siblings, closed ones too: what is written does not go away."""
    yield case
    for link in reader.find(SiblingLink, stream=case.stream):
        other = None if link.other_case is None else reader.get(Case, link.other_case)
        if other is not None and not other.cancelled:
            yield other


def _same(one: Person, other: Person) -> bool:
    """Whether two cards are of the same human: copied, of the same number, or of the same whole name."""
    if (one.same_as or one.id) == (other.same_as or other.id):
        return True
    if one.person_number and other.person_number:
        return one.person_number == other.person_number
    names = [fold(each.name).split() for each in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def written_of(reader: Reader, parent: Parent) -> tuple[Written, ...]:
    """Return what stands in a parent's journal, the latest first; a correction above what it corrects."""
    found = [
        Written(entry, case)
        for case in parent.cases
        for entry in reader.find(ParentsEntry, stream=case.stream)
        if entry.parent is None or entry.parent in parent.cards
    ]
    found.reverse()  # of one day what was signed last stands first
    found.sort(key=_day, reverse=True)
    return tuple(found)


def _day(one: Written) -> dt.date:
    return one.entry.held_on or one.entry.written_on or dt.date.min


def job(reader: Reader, parent: Parent) -> PaperJob:
    """Return a parent's journal as a paper of its own, oldest first. Not a word of a child's journal is on it.

    Raises :class:`UserError` when nothing is signed there, or a CPR number stands in it.
    """
    found = tuple(reversed(written_of(reader, parent)))
    if not found:
        raise UserError(N_("Nothing is signed in this parent's journal yet."))
    if any(contains_person_number(one.entry.text) for one in found):
        raise UserError(N_("A CPR number stands in what is written: take it out, then print again."))
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title="Forældrejournal",
        heading=f"Forældrejournal: {parent.card.name}",
        dated=reader.today,
        parts=tuple(part for one in found for part in _parts(one)),
        standing=f"Forældrenes journal, udskrevet den {long_date(reader.today)}. Barnets journal er ikke med.",
    )
    return PaperJob(Paper.PARENTS_JOURNAL, facts, "parents-journal.pdf", "", parent.card.id)


def _parts(one: Written) -> Iterator[Part]:
    entry = one.entry
    head = f"{'Rettelse: ' if entry.corrects is not None else ''}{entry.heading}"
    yield TextPart(head, entry.text)
    pairs = [
        ("Ved besøg hos", one.case.first_name or f"Ufødt barn af {one.case.unborn_of}"),
        ("Afholdt", "" if entry.held_on is None else long_date(entry.held_on)),
        ("Til stede", ", ".join(entry.participants)),
        ("Underskrevet", entry.signed_by),
    ]
    yield PairsPart(tuple(pair for pair in pairs if pair[1]))
