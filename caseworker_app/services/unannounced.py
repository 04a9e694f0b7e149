"""Agreements about unannounced visits: who comes, how often, until when, and which parents said yes.

Nobody comes unannounced without one. A parent with custody who is not named among those who consented is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.agreement import UnannouncedVisits
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.text_facts import Part, TextPart
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer

_LONGEST: Mapping[str, int] = {
    "who": NAME_LENGTH,
    "how_often": NAME_LENGTH,
    "consent_by": NAME_LENGTH,
    "why": TEXT_LENGTH,
    "note": TEXT_LENGTH,
}
_DEMANDED: Mapping[str, str] = {
    "who": N_("Write who comes unannounced."),
    "how_often": N_("Write how often."),
    "consent_by": N_("Write which parents have said yes."),
}
FARTHEST = dt.timedelta(days=366)
"""An agreement is looked at again within a year: it does not stand longer."""


def agree(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Write that a family has agreed to unannounced visits; return its id. Raises :class:`InvalidInput`."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = {"agreed_on": writer.today, **_tidied(values)}
    thing = UnannouncedVisits(id=writer.new_id(), stream=found.stream, **checked)
    _check(writer, thing)
    writer.act("Agree on unannounced visits")
    writer.create(thing)
    return thing.id


def edit(writer: Writer, agreement: Id, edits: Mapping[str, Edit]) -> None:
    """Change an agreement. Raises :class:`InvalidInput` as for a new one."""
    now = known(writer, agreement)
    values = _tidied({name: one.value for name, one in edits.items()})
    _check(writer, replace(now, **values))
    writer.act("Change the agreement about unannounced visits")
    apply_edits(
        writer, UnannouncedVisits, agreement, {n: replace(edits[n], value=v) for n, v in values.items()}
    )


def take_back(writer: Writer, agreement: Id, on: dt.date | None = None) -> None:
    """Say that the family does not want it any more, from a day on (today when none is named)."""
    now, day = known(writer, agreement), on or writer.today
    if day > writer.today:
        raise InvalidInput("ended_on", "That day has not come yet.")
    if now.agreed_on is not None and day < now.agreed_on:
        raise InvalidInput("ended_on", "That is before the day it was agreed.")
    if now.ended_on == day:
        return
    writer.act("Take back the agreement about unannounced visits")
    writer.set(UnannouncedVisits, agreement, "ended_on", day, parents=None)


def known(reader: Reader, agreement: Id) -> UnannouncedVisits:
    """Return an agreement. Raises ``KeyError`` when there is none."""
    found = reader.get(UnannouncedVisits, agreement)
    if found is None:
        raise KeyError("no such agreement")
    return found


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tidy(name, str(value), _LONGEST[name]) if name in _LONGEST else value
        for name, value in values.items()
    }


def _check(reader: Reader, thing: UnannouncedVisits) -> None:
    for name, sentence in _DEMANDED.items():
        if not getattr(thing, name):
            raise InvalidInput(name, sentence)
    if thing.agreed_on is None:
        raise InvalidInput("agreed_on", "Write the day it was agreed.")
    if thing.agreed_on > reader.today:
        raise InvalidInput("agreed_on", "That day has not come yet.")
    if thing.until is None:
        raise InvalidInput("until", "Write until when it stands.")
    if thing.until < thing.agreed_on:
        raise InvalidInput("until", "It ends before it was agreed.")
    if thing.until - thing.agreed_on > FARTHEST:
        raise InvalidInput("until", "It stands for a year at most. Agree on it again then.")


# --- What is said of it ----------------------------------------------------------------------------------------


def of_stream(reader: Reader, stream: Id) -> tuple[UnannouncedVisits, ...]:
    """Return the agreements of a case, those that stand first, then the latest."""
    found = reader.find(UnannouncedVisits, stream=stream)
    found.sort(
        key=lambda one: (one.stands_on(reader.today), one.agreed_on or dt.date.min, one.id), reverse=True
    )
    return tuple(found)


def standing(reader: Reader, stream: Id) -> tuple[UnannouncedVisits, ...]:
    """Return those that stand today."""
    return tuple(one for one in of_stream(reader, stream) if one.stands_on(reader.today))


def not_asked(reader: Reader, one: UnannouncedVisits) -> tuple[str, ...]:
    """Return the names of those with custody who are not among those who said yes."""
    said = one.consent_by.casefold()
    return tuple(
        person.name
        for person in reader.find(Person, stream=one.stream)
        if person.has_custody and person.name and not _named(person, said)
    )


def _named(person: Person, said: str) -> bool:
    words = (person.name, person.name.split(" ")[0], person.role_words)
    return any(word and word.casefold() in said for word in words)


def on_paper(reader: Reader, stream: Id) -> list[Part]:
    """Return what the family's papers say of it, in Danish; nothing when none stands."""
    return [TextPart("Uanmeldte besøg", words(one)) for one in standing(reader, stream)[:1]]


def words(one: UnannouncedVisits) -> str:
    """Return an agreement in one or two Danish sentences."""
    until = "" if one.until is None else f" Aftalen gælder til og med den {long_date(one.until)}."
    since = "" if one.agreed_on is None else f" den {long_date(one.agreed_on)}"
    return (
        f"{one.who} må komme uanmeldt: {one.how_often}.{until} "
        f"Samtykke fra {one.consent_by}{since}. I kan altid trække det tilbage."
    )
