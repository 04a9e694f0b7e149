"""The health visitor as consultant in day-care: planned and held, counted a year, anonymous unless a consent stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.consent import Consent
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.daycare_consult import A_YEAR, DaycareConsult
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

LONGEST = 24 * 60


def record(writer: Writer, values: Mapping[str, Any]) -> Id:
    """Plan or record a consultation; return its id.

    Raises :class:`InvalidInput`, also when an anonymous note names a child; :class:`UserError` when it is linked to a
    case without a consent that stands.
    """
    checked = _tidied({name: value for name, value in values.items() if value is not None})
    consult = DaycareConsult(id=writer.new_id(), stream=own_stream(writer), **checked)
    consult = _checked(writer, consult)
    writer.act("Record a consultation in day-care")
    writer.create(consult)
    return consult.id


def edit(writer: Writer, consult: Id, edits: Mapping[str, Edit]) -> None:
    """Change a consultation. Raises as :func:`record`."""
    now = writer.get(DaycareConsult, consult)
    if now is None:
        raise KeyError("no such consultation")
    values = _tidied({name: one.value for name, one in edits.items()})
    after = _checked(writer, replace(now, **values))
    writer.act("Change a consultation in day-care")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, DaycareConsult, consult, checked)
    if after.consent != now.consent:
        writer.set(DaycareConsult, consult, "consent", after.consent, parents=None)


def remove(writer: Writer, consult: Id) -> None:
    """Take back a consultation that was entered by mistake."""
    writer.act("Remove a consultation in day-care")
    writer.cancel(DaycareConsult, consult)


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(values)
    if "institution" in checked:
        checked["institution"] = tidy("institution", str(checked["institution"]), NAME_LENGTH)
    for name in ("text", "participants"):
        if name in checked:
            checked[name] = tidy(name, str(checked[name]), TEXT_LENGTH)
    return checked


def _checked(reader: Reader, consult: DaycareConsult) -> DaycareConsult:
    if not consult.institution:
        raise InvalidInput("institution", "Write which institution it is.")
    if consult.held_on is None and consult.planned_on is None:
        raise InvalidInput("held_on", "Write the day it was held, or is planned for.")
    if consult.held_on is not None and consult.held_on > reader.today:
        raise InvalidInput("held_on", "That day has not come yet.", "Check the computer's clock if it has.")
    if consult.minutes is not None and not 1 <= consult.minutes <= LONGEST:
        raise InvalidInput("minutes", "It goes from 1 to {highest} minutes.", highest=LONGEST)
    if consult.case is not None:
        return replace(consult, consent=_consent(reader, consult))
    if contains_person_number(f"{consult.text} {consult.participants}"):
        raise InvalidInput("text", "A CPR number stands here, and the note is anonymous.")
    named = _named(reader, consult.text)
    if named:
        raise InvalidInput(
            "text",
            "The note is anonymous, and names {name}.",
            "Write it without the name, or link it to the case if the parents have consented.",
            name=named,
        )
    return replace(consult, consent=None)


def _named(reader: Reader, text: str) -> str:
    """Return the full name of a child of the store that stands in a text."""
    words = f" {' '.join(text.casefold().split())}"
    for case in reader.find(Case):
        name = " ".join(case.child_name.casefold().split())
        if " " in name and name in words:
            return case.child_name
    return ""


def _consent(reader: Reader, consult: DaycareConsult) -> Id:
    """Return the consent of the case that stands on the day. Raises :class:`UserError` when none does."""
    case = None if consult.case is None else reader.get(Case, consult.case)
    if case is None:
        raise KeyError("no such case")
    day = consult.held_on or consult.planned_on or reader.today
    standing = consents_of(reader, case, day)
    if not standing:
        raise UserError(
            "No consent stands in this case on that day, so the note must be anonymous.",
            "Record the parents' consent in the case first, or leave the case out.",
        )
    chosen = next((one for one in standing if one.id == consult.consent), standing[-1])
    return chosen.id


def consents_of(reader: Reader, case: Case, day: dt.date) -> list[Consent]:
    """Return the consents of a case that stand on a day."""
    return [one for one in reader.find(Consent, stream=case.stream) if one.stands_on(day)]


# --- Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InstitutionYear:
    """One institution in one year: the fixed meetings that were held, those planned, and the ones beside."""

    institution: str
    held: int
    planned: int
    as_needed: int
    last: dt.date | None
    next: dt.date | None

    @property
    def missing(self) -> int:
        """How many of the four are neither held nor planned."""
        return max(0, A_YEAR - self.held - self.planned)


def year(reader: Reader, of: int) -> tuple[InstitutionYear, ...]:
    """Return how each institution stands in a calendar year; one that was ever met is counted, also when it has none."""
    consults = reader.find(DaycareConsult)
    names: dict[str, str] = {}
    for one in consults:
        names.setdefault(one.institution.casefold(), one.institution)
    return tuple(
        sorted(
            (
                _of_year(name, [one for one in consults if one.institution.casefold() == key], of)
                for key, name in names.items()
            ),
            key=lambda row: sort_key(row.institution),
        )
    )


def _of_year(name: str, consults: list[DaycareConsult], of: int) -> InstitutionYear:
    held = [one for one in consults if one.held_on is not None and one.held_on.year == of]
    ahead = [
        one
        for one in consults
        if one.held_on is None and one.planned_on is not None and one.planned_on.year == of
    ]
    fixed = [one for one in held if not one.as_needed]
    return InstitutionYear(
        name,
        len(fixed),
        sum(not one.as_needed for one in ahead),
        len(held) - len(fixed),
        max((one.held_on for one in held if one.held_on is not None), default=None),
        min((one.planned_on for one in ahead if one.planned_on is not None), default=None),
    )


def consults(reader: Reader, institution: str = "") -> tuple[DaycareConsult, ...]:
    """Return the consultations, of one institution or all, the latest first."""
    found = [
        one
        for one in reader.find(DaycareConsult)
        if not institution or one.institution.casefold() == institution.casefold()
    ]
    found.sort(key=lambda one: (one.held_on or one.planned_on or dt.date.min, one.id), reverse=True)
    return tuple(found)
