"""The caseload: registering, editing, closing and reopening cases, and the limit of active ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Address, Case, CaseState, LimitException, SiblingKind, SiblingLink
from caseworker_app.domain.cpr import parse
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingState
from caseworker_app.domain.person import Person
from caseworker_app.services import arrived, office
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, StreamKind, Writer
from caseworker_app.services.typed import NAME_LENGTH as NAME_LENGTH
from caseworker_app.services.typed import TEXT_LENGTH as TEXT_LENGTH
from caseworker_app.services.typed import tidy as tidy

_SHORT = (
    "child_name", "called", "unborn_of", "school", "school_class", "district", "record_number",
    "phone", "language", "support_person",
)  # fmt: skip


class LimitReached(UserError):
    """A caseworker's limit of active cases is reached; what arrives by itself is never refused."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the caseload."""

    case: Case
    next_meeting: Meeting | None
    has_draft: bool
    siblings: int
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Caseload:
    """The worker's cases. ``limit`` is ``None`` where there is none; ``warn`` from the twentieth on."""

    active: tuple[CaseRow, ...]
    closed: tuple[CaseRow, ...]
    limit: int | None

    @property
    def warn(self) -> bool:
        """Whether the number itself is a warning: from 20 of 25, in proportion for another limit."""
        return (
            self.limit is not None
            and len(self.active) * office.CASEWORKER_LIMIT >= office.WARN_FROM * self.limit
        )

    @property
    def above(self) -> int:
        """How many cases stand above the limit."""
        return 0 if self.limit is None else max(0, len(self.active) - self.limit)


def caseload(reader: Reader) -> Caseload:
    """Return every case: those above the limit first, then by name in Danish order."""
    cases = arrived.above_limit(reader, reader.find(Case))
    upcoming = _next_meetings(reader)
    drafts = {draft.stream for draft in reader.drafts()}
    siblings: dict[Id, int] = {}
    for link in reader.find(SiblingLink):
        siblings[link.stream] = siblings.get(link.stream, 0) + 1
    numbers = [case.person_number for case in cases if case.person_number]
    twice = (
        {number for number in numbers if numbers.count(number) > 1}
        if len(set(numbers)) < len(numbers)
        else set()
    )
    rows = [
        CaseRow(
            c, upcoming.get(c.stream), c.stream in drafts, siblings.get(c.stream, 0), c.person_number in twice
        )
        for c in cases
    ]
    rows.sort(key=lambda row: (not row.case.above_limit, sort_key(display_name(row.case))))
    return Caseload(
        tuple(row for row in rows if row.case.active),
        tuple(row for row in rows if not row.case.active),
        office.limit(office.house(reader)),
    )


def _next_meetings(reader: Reader) -> dict[Id, Meeting]:
    """Return the next planned meeting of each case, by the case's stream."""
    today = reader.today
    planned = [
        m
        for m in reader.find(Meeting, where={"state": MeetingState.PLANNED})
        if m.when and m.when.day >= today
    ]
    planned.sort(
        key=lambda m: (m.when.day, m.when.start) if m.when else (dt.date.max, dt.time.max), reverse=True
    )
    return {meeting.stream: meeting for meeting in planned}


def display_name(case: Case) -> str:
    """Return what the case is called in a list; of an unborn child the parent's name, said by the screen."""
    return case.child_name or case.unborn_of


def register(writer: Writer, values: Mapping[str, Any], *, arrives: bool = False) -> Id:
    """Open a case and return its id.

    ``arrives`` is for what comes from outside (import, handover, acute underretning): it is never refused, and
    marked "above the limit" when it is. Raises :class:`InvalidInput` for values that cannot be, and
    :class:`LimitReached`, unless the team leader's ``limit_exception`` is among the values.
    """
    return opened(writer, values, arrives=arrives).id


def opened(writer: Writer, values: Mapping[str, Any], *, arrives: bool = False) -> Case:
    """Open a case as :func:`register` does; return it, so that the same act can write into its stream."""
    checked = dict(values)
    _check(checked, writer.today)
    if not str(checked.get("child_name", "")).strip() and not str(checked.get("unborn_of", "")).strip():
        raise InvalidInput(
            "child_name",
            "Write the child's name, or whose unborn child it is.",
            "A name is enough to begin with.",
        )
    exception = checked.get("limit_exception")
    if exception is not None:
        check_exception(exception, writer.today)
    full = _is_full(writer)
    if full and not arrives and exception is None:
        raise _too_many(writer)
    checked.setdefault("opened_on", writer.today)
    if full:
        checked["above_limit"] = exception is None
    stream = writer.new_stream(StreamKind.CASE)
    writer.act("Register a child")
    made = Case(id=writer.new_id(), stream=stream, **checked)
    writer.create(made)
    return made


def _is_full(reader: Reader) -> bool:
    most = office.limit(office.house(reader))
    return most is not None and active_count(reader) >= most


def active_count(reader: Reader) -> int:
    """Return how many cases count towards the limit."""
    return reader.count(Case, where={"state": CaseState.ACTIVE})


def _too_many(reader: Reader) -> LimitReached:
    most = office.limit(office.house(reader))
    return LimitReached(
        "You have {active} active cases, and the limit is {limit}.",
        "Close a case that is finished.",
        "Hand a case over to a colleague.",
        "Record the team leader's exception on the new case.",
        active=active_count(reader),
        limit=most,
    )


def _check(values: dict[str, Any], today: dt.date) -> None:
    """Check and normalise field values in place. Raises :class:`InvalidInput`."""
    for name in _SHORT:
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    if "note" in values:
        values["note"] = tidy("note", str(values["note"]), TEXT_LENGTH)
    if isinstance(values.get("address"), Address):
        values["address"] = tidy_address(values["address"])
    if values.get("person_number"):
        number = parse(str(values["person_number"]), today)
        typed = values.get("born")
        if typed is not None and number.birth_date is not None and typed != number.birth_date:
            raise InvalidInput(
                "born",
                "The CPR number says {day}, and another birth date is written.",
                "Correct the one that is wrong, or leave the birth date empty: it follows from the number.",
                day=number.birth_date,
            )
        values["person_number"] = number.normalised
        values["born"] = number.birth_date
    born = values.get("born")
    if born is not None and born > today:
        raise InvalidInput(
            "born",
            "The birth date lies in the future.",
            "For a child not born yet, write whose it is and the term.",
        )
    step = values.get("step")
    if step is not None and not 1 <= step <= 6:
        raise InvalidInput("step", "The ladder has the steps 1 to 6.")


def tidy_address(address: Address) -> Address | None:
    """Return an address without outer space; ``None`` for an empty one. Raises :class:`InvalidInput`."""
    parts = (tidy("address", part, NAME_LENGTH) for part in (address.street, address.postcode, address.city))
    return Address(*parts) or None


def edit(writer: Writer, case: Id, edits: Mapping[str, Edit]) -> None:
    """Change fields of a case. ``born`` follows the number."""
    values = {name: e.value for name, e in edits.items()}
    _check(values, writer.today)
    if values.keys() & {"child_name", "unborn_of"}:
        now = _known(writer, case)
        if not values.get("child_name", now.child_name) and not values.get("unborn_of", now.unborn_of):
            raise InvalidInput("child_name", "Write the child's name, or whose unborn child it is.")
    writer.act("Change the case")
    checked = {n: replace(edits[n], value=value) for n, value in values.items() if n in edits}
    apply_edits(writer, Case, case, checked)
    if "born" in values and "born" not in edits and values["born"] != _known(writer, case).born:
        writer.set(Case, case, "born", values["born"], parents=None)


def close(writer: Writer, case: Id, on: dt.date, reason: str, unmeasured: str = "") -> None:
    """Close a case. Raises :class:`InvalidInput` for a day before it was opened or in the future, and while
    measurements after the help are missing and ``unmeasured`` does not say why."""
    from caseworker_app.services import measurements_missing  # not before a case is closed

    now = _known(writer, case)
    if now.opened_on is not None and on < now.opened_on:
        raise InvalidInput("closed_on", "The case was opened later than that day.")
    if on > writer.today:
        raise InvalidInput("closed_on", "That day has not come yet.")
    why = tidy("unmeasured", unmeasured, TEXT_LENGTH)
    missing = measurements_missing.after(writer, now.stream)
    if missing and not why:
        raise InvalidInput(
            "unmeasured", "Measurements after the help are missing: {n}.",
            "Take them first, or write why they are not taken.", n=len(missing),
        )  # fmt: skip
    writer.act("Close the case")
    writer.set(Case, case, "state", CaseState.CLOSED, parents=None)
    writer.set(Case, case, "closed_on", on, parents=None)
    writer.set(Case, case, "close_reason", tidy("close_reason", reason, TEXT_LENGTH), parents=None)
    if missing:
        writer.set(Case, case, "unmeasured", why, parents=None)
        measurements_missing.let_go(writer, missing, why)
    if now.above_limit:
        writer.set(Case, case, "above_limit", False, parents=None)


def reopen(writer: Writer, case: Id, exception: LimitException | None = None) -> None:
    """Open a closed case again. Raises :class:`LimitReached`, unless the team leader's exception is given."""
    now = _known(writer, case)
    if now.state is CaseState.ACTIVE:
        return
    if exception is not None:
        check_exception(exception, writer.today)
    elif _is_full(writer):
        raise _too_many(writer)
    writer.act("Reopen the case")
    writer.set(Case, case, "state", CaseState.ACTIVE, parents=None)
    writer.set(Case, case, "closed_on", None, parents=None)
    if exception is not None:
        writer.set(Case, case, "limit_exception", exception, parents=None)


def check_exception(exception: LimitException, today: dt.date) -> None:
    """Refuse an exception that does not say who agreed, when, and why. Raises :class:`InvalidInput`."""
    if not exception.agreed_by.strip():
        raise InvalidInput("agreed_by", "Write which team leader agreed to it.")
    if not exception.reason.strip():
        raise InvalidInput("reason", "Write why: an exception without a reason is none.")
    if exception.agreed_on > today:
        raise InvalidInput("agreed_on", "That day has not come yet.")


def record_exception(writer: Writer, case: Id, exception: LimitException) -> None:
    """Record that the team leader agreed to this case above the limit. Raises :class:`InvalidInput`."""
    check_exception(exception, writer.today)
    writer.act("Record an exception from the limit")
    writer.set(Case, case, "limit_exception", exception, parents=None)
    writer.set(Case, case, "above_limit", False, parents=None)


def _known(reader: Reader, case: Id) -> Case:
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return found


def possible_duplicates(reader: Reader, values: Mapping[str, Any], *, but: Id | None = None) -> list[Case]:
    """Return cases that may be the same child: same number, or same name and birth date. Both are kept."""
    number = str(values.get("person_number") or "")
    name, born = _letters(str(values.get("child_name") or "")), values.get("born")
    if number:
        try:
            parsed = parse(number, reader.today)
        except InvalidInput:
            return []
        number, born = parsed.normalised, parsed.birth_date

    def same(case: Case) -> bool:
        if number and case.person_number:
            return case.person_number == number
        return (
            bool(name) and _letters(case.child_name) == name and (born is None or case.born in (None, born))
        )

    return [case for case in reader.find(Case) if case.id != but and same(case)]


def _letters(name: str) -> str:
    """Return a name as it is alike in two spellings: without case, accents and signs."""
    return sort_key(name).partition("\x01")[0]


def link_siblings(writer: Writer, one: Id, other: Id, kind: SiblingKind) -> None:
    """Say that two cases are siblings: one act, one link in each child's case."""
    if one == other:
        raise InvalidInput("other_case", "A child is not her own sibling.")
    first, second = _known(writer, one), _known(writer, other)
    if any(link.other_case == second.id for link in writer.find(SiblingLink, stream=first.stream)):
        raise InvalidInput("other_case", "They are siblings already.")
    writer.act("Link siblings")
    writer.create(SiblingLink(id=writer.new_id(), stream=first.stream, other_case=second.id, kind=kind))
    writer.create(SiblingLink(id=writer.new_id(), stream=second.stream, other_case=first.id, kind=kind))


def unlink_siblings(writer: Writer, one: Id, other: Id) -> None:
    """Take the link back in both cases."""
    first, second = _known(writer, one), _known(writer, other)
    writer.act("Unlink siblings")
    for here, there in ((first, second), (second, first)):
        for link in writer.find(SiblingLink, stream=here.stream):
            if link.other_case == there.id:
                writer.cancel(SiblingLink, link.id)


@dataclass(frozen=True, slots=True)
class Sibling:
    """A linked case as another sees it."""

    case: Case
    kind: SiblingKind


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case opened: the child, the people around her, siblings, meetings."""

    case: Case
    people: tuple[Person, ...]
    siblings: tuple[Sibling, ...]
    meetings: tuple[Meeting, ...]
    duplicates: tuple[Case, ...]


def view(reader: Reader, case: Id) -> CaseView:
    """Return what the case's page shows. Raises ``KeyError`` when there is no such case."""
    found = arrived.shown(reader, _known(reader, case))
    siblings = []
    for link in reader.find(SiblingLink, stream=found.stream):
        other = None if link.other_case is None else reader.get(Case, link.other_case)
        if other is not None:
            siblings.append(Sibling(other, link.kind))
    meetings = reader.find(Meeting, stream=found.stream)
    meetings.sort(key=lambda m: (m.when is None, (m.when.day, m.when.start) if m.when else ()), reverse=True)
    values = {"person_number": found.person_number, "child_name": found.child_name, "born": found.born}
    return CaseView(
        found,
        tuple(people_of(reader, found.stream)),
        tuple(siblings),
        tuple(meetings),
        tuple(possible_duplicates(reader, values, but=found.id)),
    )


def people_of(reader: Reader, stream: Id) -> list[Person]:
    """Return the people of a case: custody holders, other family, network, professionals; by name within each."""
    people = reader.find(Person, stream=stream)
    people.sort(
        key=lambda p: (not p.has_custody, not p.private, list(type(p.role)).index(p.role), sort_key(p.name))
    )
    return people
