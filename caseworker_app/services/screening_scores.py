"""Scores of screening instruments: the number, its name, the day and who took it. Never a question or an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.screening_score import EPDS_NOTED, INSTRUMENTS, ScreeningScore
from caseworker_app.domain.visit import Visit
from caseworker_app.services import office
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

HIGHEST = 1000
"""Largest total of an instrument we do not know."""


def record(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Record a score, taken today by the worker unless else is written; return its id. Raises :class:`InvalidInput`."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    given = {name: value for name, value in values.items() if value is not None}
    known = INSTRUMENTS.get(given.get("instrument", "EPDS"))
    checked = {
        "taken_on": writer.today,
        "taken_by": office.house(writer).worker.name,
        **({} if known is None else {"side": known.side}),
        **given,
    }
    _tidy(checked)
    score = ScreeningScore(stream=found.stream, **checked)
    _check(writer, score)
    made = writer.new_id()
    writer.act("Record a score")
    writer.create(replace(score, id=made))
    return made


def edit(writer: Writer, score: Id, edits: Mapping[str, Edit]) -> None:
    """Change a score. Raises :class:`InvalidInput`."""
    now = writer.get(ScreeningScore, score)
    if now is None:
        raise KeyError("no such score")
    values = {name: one.value for name, one in edits.items()}
    _tidy(values)
    _check(writer, replace(now, **values))
    writer.act("Change a score")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, ScreeningScore, score, checked)


def remove(writer: Writer, score: Id) -> None:
    """Take back a score that was entered by mistake."""
    writer.act("Remove a score")
    writer.cancel(ScreeningScore, score)


def of_case(reader: Reader, stream: Id) -> tuple[ScreeningScore, ...]:
    """Return the scores of a case, the latest first."""
    found = reader.find(ScreeningScore, stream=stream)
    return tuple(sorted(found, key=lambda one: (str(one.taken_on or ""), one.id), reverse=True))


def worth_a_talk(score: ScreeningScore) -> bool:
    """Whether an EPDS total is one the Danish validation minds."""
    return score.instrument == "EPDS" and score.score is not None and score.score >= EPDS_NOTED


def _tidy(values: dict[str, Any]) -> None:
    for name in ("instrument", "about", "taken_by"):
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    if "note" in values:
        values["note"] = tidy("note", str(values["note"]), TEXT_LENGTH)


def _check(reader: Reader, score: ScreeningScore) -> None:
    if not score.instrument:
        raise InvalidInput("instrument", "Write the name of the instrument.")
    if score.score is None:
        raise InvalidInput("score", "Write the total.")
    known = INSTRUMENTS.get(score.instrument)
    highest = HIGHEST if known is None else known.highest
    if not 0 <= score.score <= highest:
        raise InvalidInput(
            "score", "{name} goes from 0 to {highest}.", name=score.instrument, highest=highest
        )
    if score.taken_on is None:
        raise InvalidInput("taken_on", "Write the day it was taken.")
    if score.taken_on > reader.today:
        raise InvalidInput("taken_on", "That day has not come yet.", "Check the computer's clock if it has.")
    if score.item10 and not score.note:
        raise InvalidInput(
            "note", "Write what was done: thoughts of self-harm need action, whatever the total is."
        )
    if score.visit is not None:
        visit = reader.get(Visit, score.visit)
        if visit is None or visit.stream != score.stream:
            raise InvalidInput("visit", "That visit is not in this case.")
