"""The expectations sheet: what a family can expect of us, what we expect, what is agreed, when we meet, whom to call.

In plain Danish, for the family's kitchen table: no number, no address of anybody's home, and only agreements the family
knows of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.agreement import Expectations
from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.dates import clock, full_date, long_date
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.family_texts import FamilyTexts
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingState, kind_name
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import (
    LinesPart,
    NewPage,
    PairsPart,
    Part,
    TablePart,
    TextPaperFacts,
    TextPart,
)
from caseworker_app.domain.visit import VISIT_HEADINGS, Visit, VisitState
from caseworker_app.services import office, papers, tasks, unannounced
from caseworker_app.services.agreed import danish, with_family
from caseworker_app.services.cases import TEXT_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer

TEXTS = ("why", "from_us", "from_family", "whom_to_call")
"""The parts that are written, in their order on the sheet."""
LINES = 5
AGREED, DATES = 8, 6
"""So many agreements and dates stand on the sheet; what is more is counted."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written for one case: ``stored`` is ``None`` while it is all standard; ``texts`` are what will be printed."""

    case: Case
    stored: Expectations | None
    texts: Mapping[str, str]


def of_case(reader: Reader, texts: FamilyTexts, case: Id) -> Sheet:
    """Return the sheet's texts: the case's own where it has some, else the standard ones. Raises ``KeyError``."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    there = reader.find(Expectations, stream=found.stream)
    stored = there[-1] if there else None
    house = office.house(reader)
    values = {
        "child": found.first_name or found.unborn_of,
        "worker": house.worker.name,
        "phone": house.worker.phone,
        "municipality": house.office.municipality,
    }
    shown = {
        name: (stored is not None and getattr(stored, name)) or texts.fill("expectations", name, values)
        for name in TEXTS
    }
    return Sheet(found, stored, shown)


def write(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Write the case's own texts over the standard ones; return the sheet's id. Raises :class:`InvalidInput`."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = _checked(writer, values)
    there = writer.find(Expectations, stream=found.stream)
    writer.act("Write the expectations sheet")
    if there:
        for name, value in checked.items():
            writer.set(Expectations, there[-1].id, name, value, parents=None)
        return there[-1].id
    made = writer.new_id()
    writer.create(Expectations(id=made, stream=found.stream, **checked))
    return made


def edit(writer: Writer, sheet: Id, edits: Mapping[str, Edit]) -> None:
    """Change the texts; an emptied one is the standard one again. Raises :class:`InvalidInput`."""
    checked = _checked(writer, {name: one.value for name, one in edits.items()})
    writer.act("Write the expectations sheet")
    apply_edits(writer, Expectations, sheet, {n: replace(edits[n], value=v) for n, v in checked.items()})


def _checked(reader: Reader, values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    for name in TEXTS:
        if name in found:
            found[name] = tidy(name, str(found[name]), TEXT_LENGTH)
            if contains_person_number(found[name]):
                raise InvalidInput(name, "A CPR number does not belong on a paper for the family.")
    if found.get("talked_on") is not None and found["talked_on"] > reader.today:
        raise InvalidInput("talked_on", "That day has not come yet.")
    return found


# --- On paper --------------------------------------------------------------------------------------------------


def job(reader: Reader, texts: FamilyTexts, case: Id) -> PaperJob:
    """Return the sheet as a paper for the family: in front what stays as it is, and whom to call; behind it what is
    agreed, when, and lines for their own points. Raises :class:`InvalidInput` for a CPR number in an agreement."""
    sheet = of_case(reader, texts, case)
    parts: list[Part] = [
        TextPart(text=sheet.texts["why"]),
        TextPart("Det kan I forvente af os", sheet.texts["from_us"]),
        TextPart("Det forventer vi af jer", sheet.texts["from_family"]),
        *_whom(reader, sheet.texts["whom_to_call"]),
        NewPage(),
        *_agreed(reader, sheet.case),
        *_dates(reader, sheet.case),
        *unannounced.on_paper(reader, sheet.case.stream),
        LinesPart(LINES, "Det vil vi gerne tale om"),
    ]
    talked = None if sheet.stored is None else sheet.stored.talked_on
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title="Forventninger til hinanden",
        heading=texts.fill("expectations", "heading"),
        dated=reader.today,
        parts=tuple(parts),
        standing="" if talked is None else f"Talt igennem den {long_date(talked)}.",
    )
    return PaperJob(Paper.EXPECTATIONS_SHEET, facts, "expectations-sheet.pdf", "", case)


def _agreed(reader: Reader, case: Case) -> list[Part]:
    known = [one for one in tasks.of_stream(reader, case.stream) if one.shared]
    if any(contains_person_number(f"{one.what} {one.who}") for one in known):
        raise InvalidInput("what", "A CPR number stands in an agreement: take it out, then print again.")
    if not known:
        return [TextPart("Det har vi aftalt", "Vi har ikke aftalt noget endnu.", muted=True)]
    rows = tuple((one.what, one.who, "" if one.due is None else long_date(one.due)) for one in known[:AGREED])
    made: list[Part] = [
        TablePart(("Hvad", "Hvem", "Hvornår"), rows, (0.5, 0.24, 0.26), heading="Det har vi aftalt")
    ]
    if len(known) > AGREED:
        made.append(TextPart(text=f"Og {len(known) - AGREED} til, som vi taler om, når vi ses.", muted=True))
    return made


def _dates(reader: Reader, case: Case) -> list[Part]:
    found: list[tuple[dt.date, dt.time, str]] = []
    for meeting in reader.find(Meeting, stream=case.stream, where={"state": MeetingState.PLANNED}):
        if meeting.when is not None and meeting.when.day >= reader.today and with_family(meeting.kind):
            named = danish().gettext(kind_name(meeting))
            found.append((meeting.when.day, meeting.when.start, named))
    for visit in reader.find(Visit, stream=case.stream, where={"state": VisitState.PLANNED}):
        if visit.when is not None and visit.when.day >= reader.today:
            found.append((visit.when.day, visit.when.start, VISIT_HEADINGS[visit.kind]))
    rows = tuple(
        (f"{full_date(day)[:1].upper()}{full_date(day)[1:]} kl. {clock(start)}", words)
        for day, start, words in sorted(found)[:DATES]
    )
    if not rows:
        return [TextPart("Næste gang vi ses", "Vi har ikke aftalt en dag endnu.", muted=True)]
    return [PairsPart(rows, "Næste gang vi ses")]


def _whom(reader: Reader, words: str) -> list[Part]:
    house = office.house(reader)
    worker, of = house.worker, house.office
    name = f"{worker.name}, {worker.title.lower()}" if worker.title else worker.name
    rows = (
        ("Jeres kontakt", " · ".join(part for part in (name, worker.phone) if part)),
        ("E-mail", worker.email),
        ("Kommunen", " · ".join(part for part in (of.phone, of.signature_line) if part)),
        ("Er det akut", words),
    )
    return [PairsPart(tuple((n, v) for n, v in rows if n and v), "Ring til os")]
