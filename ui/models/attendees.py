"""Who could take part: the child, the worker, the case's people, as they are written in the journal."""

from __future__ import annotations

from caseworker_app.domain.case import Case
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.services import office
from caseworker_app.services.cases import display_name
from caseworker_app.services.ports import Reader
from ui.models.people_rows import grouped
from ui.words import tr


def attendees(reader: Reader, case: Case) -> tuple[str, ...]:
    """Return names with their roles: the child, the worker, then everybody around the child, nearest first."""
    found = [] if case.unborn else [case.first_name or display_name(case)]
    worker = office.house(reader).worker
    found.append(f"{worker.name} ({(worker.title or tr('caseworker')).lower()})")
    for people in grouped(reader.find(Person, stream=case.stream)).values():
        found += [f"{person.name} ({_role(person)})" for person in people]
    return tuple(found)


def _role(person: Person) -> str:
    own = person.role_words if person.private else person.function
    return own or tr(ROLE_LABELS[person.role]).lower()
