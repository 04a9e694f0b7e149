"""Investigations as they are carried out: begun, written topic by topic, contributed to, concluded.

Nothing written is ever demanded; what the law asks for and is not written is said beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.form_spec import Forms, FormSpec, frozen, newest
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import (
    FORM_OF,
    PRELIMINARY,
    Contribution,
    Investigation,
    InvestigationAnswer,
    InvestigationKind,
)
from caseworker_app.domain.phrases import N_
from caseworker_app.services import answers, entries
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

TRIANGLE_FIELDS = ("challenges", "resources", "child_words", "parents_words")
_DAYS = ("known_on", "preliminary_on", "ended_on")

# --- Begun and ended -------------------------------------------------------------------------------------------


def begin(writer: Writer, case: Id, values: Mapping[str, Any] | None = None) -> Id:
    """Begin a screening, a scoping or an investigation; return its id.

    The need was known today unless ``known_on`` says another day. Raises :class:`UserError` when one of the kind runs
    already, :class:`InvalidInput` for days that cannot be, ``KeyError`` when there is no such case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked: dict[str, Any] = {"known_on": writer.today, **(values or {})}
    kind = checked.get("kind", InvestigationKind.INVESTIGATION)
    made = Investigation(id=writer.new_id(), stream=found.stream, **checked)
    check_days(made, writer.today)
    if any(one.kind is kind and one.ended_on is None for one in of_case(writer, case)):
        raise UserError("One of this kind runs already.", "Write in that one, or conclude it first.")
    writer.act("Begin an investigation")
    writer.create(made)
    return made.id


def edit(writer: Writer, investigation: Id, edits: Mapping[str, Edit]) -> None:
    """Change days and kind. Raises :class:`InvalidInput` for days that cannot be."""
    now = known(writer, investigation)
    check_days(replace(now, **{name: one.value for name, one in edits.items()}), writer.today)
    writer.act("Change an investigation")
    apply_edits(writer, Investigation, investigation, edits)


def assess_preliminarily(
    writer: Writer, investigation: Id, on: dt.date, forms: Forms, text: str = ""
) -> None:
    """Record the preliminary assessment of an investigation that cannot end in time (BL § 20 stk. 3); ``text`` goes under
    its topic. Raises :class:`InvalidInput`."""
    now = known(writer, investigation)
    check_days(replace(now, preliminary_on=on), writer.today)
    writer.act("Assess preliminarily")
    writer.set(Investigation, investigation, "preliminary_on", on, parents=None)
    topics = [topic for topic in spec_of(now, forms).topics if topic.goes_to == PRELIMINARY]
    if text.strip() and topics:
        put_answer(writer, investigation, forms, topics[0].id, {"text": text})


def conclude(writer: Writer, investigation: Id, on: dt.date) -> None:
    """End an investigation on a day. Raises :class:`InvalidInput` for one before the need was known."""
    now = known(writer, investigation)
    check_days(replace(now, ended_on=on), writer.today)
    writer.act("Conclude the investigation")
    writer.set(Investigation, investigation, "ended_on", on, parents=None)


def go_on(writer: Writer, investigation: Id) -> None:
    """Take the conclusion's day back: it goes on."""
    if known(writer, investigation).ended_on is not None:
        writer.act("Go on with the investigation")
        writer.set(Investigation, investigation, "ended_on", None, parents=None)


def remove(writer: Writer, investigation: Id) -> None:
    """Take an investigation that was begun by mistake away; undo brings it back."""
    known(writer, investigation)
    writer.act("Remove the investigation")
    writer.cancel(Investigation, investigation)


def check_days(one: Investigation, today: dt.date) -> None:
    """Check an investigation's days. Raises :class:`InvalidInput` at the field that cannot be."""
    for name in _DAYS:
        day: dt.date | None = getattr(one, name)
        if day is not None and day > today:
            raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")
    for name in ("preliminary_on", "ended_on"):
        day = getattr(one, name)
        if day is not None and one.known_on is not None and day < one.known_on:
            raise InvalidInput(
                name, "That is before the need was known, on {day}.", "Correct one of the two days.",
                day=one.known_on,
            )  # fmt: skip


# --- Written ---------------------------------------------------------------------------------------------------


def spec_of(one: Investigation, forms: Forms) -> FormSpec:
    """Return the form an investigation is written in: its frozen version, or the newest while nothing is written."""
    if one.form and one.form_version is not None:
        return frozen(forms, one.form, one.form_version)
    return newest(forms, FORM_OF[one.kind])


def write_answer(
    writer: Writer, investigation: Id, forms: Forms, topic: str, values: Mapping[str, Any]
) -> Id:
    """Write the first words under a topic; return the answer's id. Raises :class:`InvalidInput`."""
    writer.act("Write in the investigation")
    return put_answer(writer, investigation, forms, topic, values)


def put_answer(writer: Writer, investigation: Id, forms: Forms, topic: str, values: Mapping[str, Any]) -> Id:
    """Do the work of :func:`write_answer` in an act that has its name already."""
    now = known(writer, investigation)
    spec = spec_of(now, forms)
    _check_answer(writer, now, spec, topic, values)
    if not now.form:
        writer.set(Investigation, investigation, "form", spec.id, parents=None)
        writer.set(Investigation, investigation, "form_version", spec.version, parents=None)
    blank = InvestigationAnswer(stream=now.stream, investigation=investigation, topic=topic)
    return answers.put(writer, blank, investigation, topic, values)


def edit_answer(writer: Writer, answer: Id, forms: Forms, edits: Mapping[str, Edit]) -> None:
    """Change what is written under a topic. Raises :class:`InvalidInput`."""
    now = writer.get(InvestigationAnswer, answer)
    if now is None or now.investigation is None:
        raise KeyError("no such answer")
    of = known(writer, now.investigation)
    values = {name: one.value for name, one in edits.items()}
    _check_answer(writer, of, spec_of(of, forms), now.topic, values)
    writer.act("Write in the investigation")
    apply_edits(writer, InvestigationAnswer, answer, edits)


def _check_answer(
    reader: Reader, of: Investigation, spec: FormSpec, topic: str, values: Mapping[str, Any]
) -> None:
    answers.checked(spec, topic, values, ("text", *TRIANGLE_FIELDS))
    for link in values.get("sources", ()):
        if entries.stream_of(reader, link) != of.stream:
            raise InvalidInput("sources", "What it is to rest on is not in this case.")


def answers_of(reader: Reader, investigation: Id) -> dict[str, InvestigationAnswer]:
    """Return what is written, by topic."""
    found = reader.find(InvestigationAnswer, where={"investigation": investigation})
    return {one.topic: one for one in found}


# --- Contributions from other professions ----------------------------------------------------------------------


def ask(writer: Writer, investigation: Id, values: Mapping[str, Any]) -> Id:
    """Ask somebody for a contribution, today unless a day is given; return its id. Raises :class:`InvalidInput`."""
    now = known(writer, investigation)
    checked = _checked(writer, Contribution(), {"asked_on": writer.today, **values})
    writer.act("Ask for a contribution")
    made = writer.new_id()
    writer.create(Contribution(id=made, stream=now.stream, investigation=investigation, **checked))
    return made


def edit_contribution(writer: Writer, contribution: Id, edits: Mapping[str, Edit]) -> None:
    """Change a contribution, also to say that it came. Raises :class:`InvalidInput`."""
    now = known_contribution(writer, contribution)
    checked = _checked(writer, now, {name: one.value for name, one in edits.items()})
    came = now.received_on is None and checked.get("received_on") is not None
    writer.act("Receive a contribution" if came else "Change a contribution")
    kept = {name: replace(edits[name], value=value) for name, value in checked.items() if name in edits}
    apply_edits(writer, Contribution, contribution, kept)


def remove_contribution(writer: Writer, contribution: Id) -> None:
    """Take a contribution back; undo brings it again."""
    known_contribution(writer, contribution)
    writer.act("Remove a contribution")
    writer.cancel(Contribution, contribution)


def contributions_of(reader: Reader, investigation: Id) -> tuple[Contribution, ...]:
    """Return what was asked for, in the order it was."""
    found = reader.find(Contribution, where={"investigation": investigation})
    return tuple(sorted(found, key=lambda one: one.asked_on or dt.date.min))


def _checked(reader: Reader, now: Contribution, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(values)
    for name, longest in (("whom", NAME_LENGTH), ("profession", NAME_LENGTH), ("what", TEXT_LENGTH)):
        if name in checked:
            checked[name] = tidy(name, str(checked[name]), longest)
    if len(checked.get("text", "")) > answers.ANSWER_LENGTH:
        raise InvalidInput("text", "That is longer than {most} characters.", most=answers.ANSWER_LENGTH)
    after = replace(now, **checked)
    if not after.whom and not after.profession:
        raise InvalidInput("whom", "Write who is asked, or which profession.")
    for name, day in (("asked_on", after.asked_on), ("received_on", after.received_on)):
        if name in checked and day is not None and day > reader.today:
            raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")
    for name, day, words in (
        ("due_by", after.due_by, N_("It cannot be wanted before it was asked for, on {day}.")),
        ("received_on", after.received_on, N_("It cannot have come before it was asked for, on {day}.")),
    ):
        if day is not None and after.asked_on is not None and day < after.asked_on:
            raise InvalidInput(name, words, "Correct one of the two days.", day=after.asked_on)
    return checked


# --- Found -----------------------------------------------------------------------------------------------------


def known(reader: Reader, investigation: Id) -> Investigation:
    """Return an investigation. Raises ``KeyError`` when there is none."""
    found = reader.get(Investigation, investigation)
    if found is None or found.cancelled:
        raise KeyError("no such investigation")
    return found


def known_contribution(reader: Reader, contribution: Id) -> Contribution:
    """Return a contribution. Raises ``KeyError`` when there is none."""
    found = reader.get(Contribution, contribution)
    if found is None or found.cancelled:
        raise KeyError("no such contribution")
    return found


def of_case(reader: Reader, case: Id) -> tuple[Investigation, ...]:
    """Return a case's investigations, the latest first, those that run before those that ended."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return latest_first(reader.find(Investigation, stream=found.stream))


def latest_first(found: Iterable[Investigation]) -> tuple[Investigation, ...]:
    """Return investigations, those that run first, the latest of each before the others."""
    ordered = sorted(found, key=lambda one: one.known_on or dt.date.min, reverse=True)
    return tuple(sorted(ordered, key=lambda one: one.ended_on is not None))
