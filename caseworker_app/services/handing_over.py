"""Handing a case over: whether it moves with an address, what runs in it, and the mail to the receiving team leader.

Herningmodellen ("Praksis ved flytning"): cases move with the family between districts, except placements and aftercare;
the team leader who receives names the worker, and the giving worker calls the overleveringsmøde.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app import i18n
from caseworker_app.domain.case import Address, Case, CaseKind
from caseworker_app.domain.danish import initials
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_
from caseworker_app.services import caseload_deadlines, office
from caseworker_app.services.books import Books
from caseworker_app.services.deadline import Deadline
from caseworker_app.services.ports import Reader

STAYING = frozenset({CaseKind.PLACEMENT, CaseKind.AFTERCARE})
"""Kinds of case that stay where they are when the family moves."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What must be known before a case is handed over. ``running`` are its open deadlines, the earliest first."""

    case: Case
    running: tuple[Deadline, ...]
    moves: bool
    worker: str
    phone: str
    municipality: str


def facts(reader: Reader, books: Books, case: Id) -> HandOver:
    """Return what must be known. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    running = caseload_deadlines.of_case(reader, books.rules(reader), case).open
    house = office.house(reader)
    return HandOver(
        found,
        tuple(sorted(running, key=lambda one: one.due)),
        moves(found),
        house.worker.name,
        house.worker.phone,
        house.office.municipality,
    )


def moves(case: Case) -> bool:
    """Return whether a case moves with the child's address: a placement and aftercare do not."""
    return not case.kinds & STAYING


def address_moved(before: Address | None, after: Address | None) -> bool:
    """Return whether a child has moved: another address stands where one stood."""
    return before is not None and after is not None and before != after


def mail(found: HandOver, leader: str, deadlines: tuple[str, ...]) -> tuple[str, str]:
    """Return subject and text of the mail to the receiving team leader, in Danish whatever language the screen has.

    The child stands with initials and the number in the record system, never with name or personal number: a mail is
    not encrypted. ``deadlines`` are the running ones in words.
    """
    say = i18n.load("da").gettext
    case = found.case
    child = initials(case.child_name or case.unborn_of)
    number = case.record_number or say(N_("no number yet"))
    lines = [
        say(N_("Dear {name}"), name=leader) if leader else say(N_("To the team leader")),
        "",
        say(N_("I hand over the case of {child} (record number {number}) to you.")).format(
            child=child, number=number
        ),
        say(N_("Please name the worker who takes it over; then she is given the case in Tæt på.")),
        "",
    ]
    if deadlines:
        lines += [say(N_("These deadlines are running:")), *(f"- {one}" for one in deadlines), ""]
    lines.append(say(N_("When I know who it is, I call the handover meeting.")))
    sender = [part for part in (found.worker, found.municipality, found.phone) if part]
    lines += ["", say(N_("Kind regards")), *sender]
    return say(N_("Handover of a case: {child}")).format(child=child), "\n".join(lines)


def day_words(one: Deadline) -> str:
    """Return the day a deadline runs out, in Danish."""
    return long_date(one.due, "da")
