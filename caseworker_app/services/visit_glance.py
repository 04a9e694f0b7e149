"""What one looks at on the doorstep: where, who lives there, whom to call, the dog, the interpreter, last time, what was
agreed. Nothing that is not needed there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.domain.visit import VISIT_HEADINGS, Visit, VisitState
from caseworker_app.i18n import Translator, load
from caseworker_app.services import tasks, visit_views
from caseworker_app.services.ports import Access, Reader, Writer


@cache
def _danish() -> Translator:
    return load("da")


@dataclass(frozen=True, slots=True)
class Glance:
    """See the module. ``phones`` and ``lives_here`` are (name, number or role); ``agreed`` is (what, who, when)."""

    case: Case
    visit: Visit | None
    address: tuple[str, ...]
    protected: bool
    lives_here: tuple[tuple[str, str], ...]
    phones: tuple[tuple[str, str], ...]
    interpreters: tuple[tuple[str, str], ...]
    dog: str
    way_in: str
    mind: str
    last: tuple[dt.date, str] | None
    agreed: tuple[tuple[str, str, dt.date | None], ...]


def of_case(reader: Reader, case: Id, visit: Id | None = None) -> Glance:
    """Return what is looked at before the door of a case; ``visit`` is the one at hand, else the next planned."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    people = reader.find(Person, stream=found.stream)
    home = visit_views.home_of(reader, found)
    visits = visit_views.of_case(reader, case)
    now = next((one for one in visits if one.id == visit), None) or _next(visits, reader.today)
    at_home = [one for one in people if one.lives_with_child]
    protected = found.address_protected or any(one.address_protected for one in at_home)
    phones = [(found.first_name, found.phone)] if found.phone else []
    phones += [
        (one.name, one.phone) for one in people if one.phone and (one.lives_with_child or one.has_custody)
    ]
    spoken = [(one.name, one.language) for one in people if one.interpreter]
    if found.interpreter:
        spoken.insert(0, (found.first_name, found.language))
    return Glance(
        found,
        now,
        () if found.address is None else found.address.lines(),
        protected,
        tuple((one.name, _role(one)) for one in at_home),
        tuple(phones),
        tuple(spoken),
        "" if home is None else home.dog,
        "" if home is None else home.way_in,
        "" if home is None else home.mind,
        _last(visits, now),
        _agreed(reader, found),
    )


def _role(person: Person) -> str:
    return (person.role_words or _danish().gettext(ROLE_LABELS[person.role])).lower()


def _next(visits: tuple[Visit, ...], today: dt.date) -> Visit | None:
    return next(
        (v for v in visits if v.state is VisitState.PLANNED and v.day is not None and v.day >= today), None
    )


def _last(visits: tuple[Visit, ...], now: Visit | None) -> tuple[dt.date, str] | None:
    for one in visits:
        if one.held_on is not None and (now is None or one.id != now.id):
            return one.held_on, VISIT_HEADINGS[one.kind]
    return None


def _agreed(reader: Reader, case: Case) -> tuple[tuple[str, str, dt.date | None], ...]:
    """Return what is agreed and not done, wherever it was agreed, the most pressing first."""
    return tuple((one.what, one.who, one.due) for one in tasks.of_stream(reader, case.stream))


def show_address(writer: Writer, case: Id) -> tuple[str, ...]:
    """Return a protected address and note in the access log that it was shown."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    writer.log_access(Access.READ, "case", case, "address")
    return () if found.address is None else found.address.lines()
