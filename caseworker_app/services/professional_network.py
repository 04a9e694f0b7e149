"""The professionals around one family: written once in one child's case, seen in every sibling's, counted once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case, SiblingLink
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.person import Person, Role
from caseworker_app.domain.professional_network import (
    DEPARTMENT_LABELS,
    Department,
    ProfessionalContact,
    distinct,
)
from caseworker_app.domain.text_facts import Part, TablePart, TextPaperFacts, TextPart
from caseworker_app.services import papers
from caseworker_app.services.forms import Edit
from caseworker_app.services.known_names import danish, role_word
from caseworker_app.services.plain_records import case_known, change, known, make, take_away, tidied
from caseworker_app.services.ports import Reader, Writer

_SHORT = ("name", "function", "workplace", "about", "phone", "email")
_DEPARTMENTS: Mapping[Role, Department] = {
    Role.SCHOOL_LEADER: Department.SCHOOL,
    Role.TEACHER: Department.SCHOOL,
    Role.PEDAGOGUE: Department.DAY_CARE,
    Role.PSYCHOLOGIST: Department.EDUCATIONAL_PSYCHOLOGY,
    Role.HEALTH_VISITOR: Department.HEALTH_VISITING,
    Role.CONTACT_PERSON: Department.SUPPLIER,
    Role.SUPPLIER: Department.SUPPLIER,
    Role.DOCTOR: Department.DOCTOR,
}
"""Where somebody with a card is from, as far as her role says."""


def add(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Note a professional; return her id. Raises :class:`InvalidInput`, also for one the family has already."""
    found = case_known(writer, case)
    checked = dict(values)
    _check(writer, case, ProfessionalContact(stream=found.stream), checked)
    return make(
        writer, ProfessionalContact(stream=found.stream), checked, "Note a professional in the family"
    )


def add_offers(writer: Writer, case: Id, offers: Iterable[Offer]) -> None:
    """Note everybody with a card in the case who is not in the network, in one act."""
    found = case_known(writer, case)
    writer.act("Note professionals in the family")
    for offer in offers:
        blank = ProfessionalContact(stream=found.stream)
        writer.create(replace(blank, id=writer.new_id(), **values_from(offer)))


def edit(writer: Writer, contact: Id, edits: Mapping[str, Edit]) -> None:
    """Change what is known of a professional. Raises :class:`InvalidInput`."""
    now = known(writer, ProfessionalContact, contact)
    checked = {name: one.value for name, one in edits.items()}
    (case,) = writer.find(Case, stream=now.stream, cancelled=True)
    _check(writer, case.id, now, checked)
    change(writer, now, edits, checked, "Change a professional in the family")


def end(writer: Writer, contact: Id, on: dt.date) -> None:
    """Write that a professional has no active case with the family any more. Raises :class:`InvalidInput`."""
    now = known(writer, ProfessionalContact, contact)
    if now.begun_on is not None and on < now.begun_on:
        raise InvalidInput("ended_on", "It ended before it began.", "Correct one of the two days.")
    writer.act("A professional has ended with the family")
    writer.set(ProfessionalContact, contact, "ended_on", on, parents=None)


def remove(writer: Writer, contact: Id) -> None:
    """Take a professional away that was written by mistake."""
    take_away(writer, ProfessionalContact, contact, "Remove a professional in the family")


def _check(reader: Reader, case: Id, now: ProfessionalContact, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, ("role", "note"))
    after = replace(now, **values)
    if not after.name and not after.function:
        raise InvalidInput("name", "Write who it is, or at least the function.")
    if after.begun_on and after.ended_on and after.ended_on < after.begun_on:
        raise InvalidInput("ended_on", "It ended before it began.", "Correct one of the two days.")
    for row in of_family(reader, case).rows:
        if row.contact.id != now.id and row.contact.same == after.same and row.active:
            raise InvalidInput(
                "name",
                "The family has this professional already.",
                "Change that line, or write another name.",
            )


# --- Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One actor, and in which child's case she stands."""

    contact: ProfessionalContact
    case: Case
    active: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A professional with a card in the case who is not in the network yet."""

    person: Person
    department: Department


@dataclass(frozen=True, slots=True)
class FamilyActors:
    """The professionals around one family: those who have an active case first. ``count`` is how many those are, and
    ``departments`` from how many places."""

    rows: tuple[ContactRow, ...]
    offers: tuple[Offer, ...]
    count: int
    departments: int


def family_of(reader: Reader, case: Id) -> tuple[Case, ...]:
    """Return a case and those of its siblings, closed ones too."""
    now = case_known(reader, case)
    links = reader.find(SiblingLink, stream=now.stream)
    others = [reader.get(Case, link.other_case) for link in links if link.other_case]
    return (now, *(one for one in others if one is not None and not one.cancelled))


def of_family(reader: Reader, case: Id) -> FamilyActors:
    """Return the professionals around a family. Raises ``KeyError`` when there is no such case."""
    rows: list[ContactRow] = []
    cards: list[Person] = []
    for one in family_of(reader, case):
        found = reader.find(ProfessionalContact, stream=one.stream)
        rows += [ContactRow(contact, one, contact.active_on(reader.today)) for contact in found]
        if one.id == case:
            cards = [card for card in reader.find(Person, stream=one.stream) if not card.private]
    rows.sort(
        key=lambda row: (not row.active, list(Department).index(row.contact.department), row.contact.name)
    )
    active = distinct(row.contact for row in rows if row.active)
    there = {row.contact.person for row in rows} | {row.contact.name.casefold() for row in rows}
    offers = tuple(
        Offer(card, _DEPARTMENTS.get(card.role, Department.CHILDREN))
        for card in cards
        if card.id not in there and card.name.casefold() not in there
    )
    places = {(one.department, one.workplace.casefold()) for one in active}
    return FamilyActors(tuple(rows), offers, len(active), len(places))


def count(reader: Reader, case: Case) -> int:
    """Return how many professionals have an active case with a family: for the case's head, by one narrow question a
    child."""
    streams = [case.stream]
    for _id, other in reader.pick(SiblingLink, ("other_case",), stream=case.stream):
        found = None if other is None else reader.get(Case, other)
        if found is not None and not found.cancelled:
            streams.append(found.stream)
    names = ("name", "function", "department", "begun_on", "ended_on")
    actors = set()
    for stream in streams:
        for row in reader.pick(ProfessionalContact, names, stream=stream):
            one = ProfessionalContact(**dict(zip(names, row[1:], strict=True)))
            if one.active_on(reader.today):
                actors.add(one.same)
    return len(actors)


def values_from(offer: Offer) -> dict[str, Any]:
    """Return what a card says of a professional, to begin with."""
    card = offer.person
    return {
        "name": card.name,
        "function": card.function or role_word(card.role),
        "department": offer.department,
        "workplace": card.organisation,
        "phone": card.phone,
        "email": card.email,
        "person": card.id,
    }


# --- On paper --------------------------------------------------------------------------------------------------


def job(reader: Reader, case: Id) -> PaperJob:
    """Return the professionals around a family as a paper for the file and for coordination."""
    found = case_known(reader, case)
    actors = of_family(reader, case)
    dated = f"{actors.count} {'aktør' if actors.count == 1 else 'aktører'} har en aktiv sag med familien."
    parts: list[Part] = [_table([row for row in actors.rows if row.active], "Aktive nu")]
    ended = [row for row in actors.rows if not row.active]
    if ended:
        parts.append(_table(ended, "Ikke længere aktive"))
    parts.append(TextPart(text="Udleveres kun med samtykke eller hjemmel.", muted=True))
    name = found.child_name or f"ufødt barn af {found.unborn_of}"
    facts = TextPaperFacts(
        sender=papers.sender(reader), title="Professionelt netværk",
        heading=f"Professionelt netværk omkring {name}", dated=reader.today, standing=dated, parts=tuple(parts),
    )  # fmt: skip
    return PaperJob(Paper.PROFESSIONAL_NETWORK, facts, "professional-network.pdf", "", case)


def _table(rows: list[ContactRow], heading: str) -> TablePart:
    lines = tuple(
        (
            danish().gettext(DEPARTMENT_LABELS[row.contact.department])
            + (f"\n{row.contact.workplace}" if row.contact.workplace else ""),
            "\n".join(p for p in (row.contact.name, row.contact.function) if p),
            "\n".join(p for p in (row.contact.about, row.contact.role) if p),
            "\n".join(p for p in (row.contact.phone, row.contact.email) if p),
        )
        for row in rows
    )
    head = ("Afdeling", "Hvem", "Om hvem og hvad", "Kontakt")
    return TablePart(head, lines or (("Ingen", "", "", ""),), (0.24, 0.24, 0.3, 0.22), heading=heading)
