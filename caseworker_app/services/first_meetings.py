"""The first meeting with a family by its checklist, and analysis sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.agreement import Agreement, AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.first_meeting import (
    ANALYSIS_PARTS,
    FIRST_MEETING,
    AnalysisSheet,
    FirstMeeting,
    FirstMeetingAnswer,
)
from caseworker_app.domain.form_spec import Forms, FormSpec, frozen, newest
from caseworker_app.domain.ids import Id
from caseworker_app.services import answers
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.plain_records import (
    case_known,
    case_of,
    change,
    known,
    make,
    not_ahead,
    take_away,
    tidied,
)
from caseworker_app.services.ports import Reader, Writer

# --- The first meeting -----------------------------------------------------------------------------------------


def begin(writer: Writer, case: Id, forms: Forms, values: Mapping[str, Any] | None = None) -> Id:
    """Begin the checklist of the first meeting; return its id. Raises :class:`UserError` when there is one already."""
    found = case_known(writer, case)
    if first_of(writer, case) is not None:
        raise UserError("The checklist of the first meeting is begun already.", "Write on in it.")
    blank = FirstMeeting(
        stream=found.stream, form=FIRST_MEETING, form_version=newest(forms, FIRST_MEETING).version
    )
    checked = dict(values or {})
    tidied(checked, (), ("participants", "own_questions", "note"))
    return make(writer, blank, checked, "Begin the checklist of the first meeting")


def edit(writer: Writer, meeting: Id, edits: Mapping[str, Edit]) -> None:
    """Change day, participants, own questions or note. Raises :class:`InvalidInput`."""
    now = known(writer, FirstMeeting, meeting)
    checked = {name: one.value for name, one in edits.items()}
    tidied(checked, (), ("participants", "own_questions", "note"))
    change(writer, now, edits, checked, "Change the checklist of the first meeting")


def remove(writer: Writer, meeting: Id) -> None:
    """Take the checklist away; undo brings it back."""
    take_away(writer, FirstMeeting, meeting, "Remove the checklist of the first meeting")


def spec_of(meeting: FirstMeeting, forms: Forms) -> FormSpec:
    """Return the version of the frame a meeting is gone through with."""
    return frozen(forms, FIRST_MEETING, meeting.form_version or 0)


def write_answer(writer: Writer, meeting: Id, forms: Forms, topic: str, values: Mapping[str, Any]) -> Id:
    """Write the first words under a question; return the answer's id. Raises :class:`InvalidInput`."""
    now = known(writer, FirstMeeting, meeting)
    answers.checked(spec_of(now, forms), topic, values)
    writer.act("Write in the checklist of the first meeting")
    blank = FirstMeetingAnswer(stream=now.stream, first_meeting=meeting, topic=topic)
    return answers.put(writer, blank, meeting, topic, values)


def edit_answer(writer: Writer, answer: Id, forms: Forms, edits: Mapping[str, Edit]) -> None:
    """Change what stands under a question. Raises :class:`InvalidInput`."""
    now = known(writer, FirstMeetingAnswer, answer)
    assert now.first_meeting is not None, "an answer has its meeting"
    of = known(writer, FirstMeeting, now.first_meeting)
    answers.checked(spec_of(of, forms), now.topic, {name: one.value for name, one in edits.items()})
    writer.act("Write in the checklist of the first meeting")
    apply_edits(writer, FirstMeetingAnswer, answer, edits)


def tick(writer: Writer, meeting: Id, forms: Forms, topic: str, option: str, on: bool) -> None:
    """Tick a point of a list, or take the tick away. Raises :class:`InvalidInput` for one that is not in the list."""
    there = answers_of(writer, meeting).get(topic)
    tags = () if there is None else there.tags
    kept = tuple(tag for tag in tags if tag != option)
    write_answer(writer, meeting, forms, topic, {"tags": (*kept, option) if on else kept})


def answers_of(reader: Reader, meeting: Id) -> dict[str, FirstMeetingAnswer]:
    """Return what is written, by topic."""
    return {one.topic: one for one in reader.find(FirstMeetingAnswer, where={"first_meeting": meeting})}


@dataclass(frozen=True, slots=True)
class FirstView:
    """The first meeting of a case, with the frame it is gone through with."""

    meeting: FirstMeeting
    case: Case
    spec: FormSpec
    answers: Mapping[str, FirstMeetingAnswer]

    def ticked(self, topic: str, option: str) -> bool:
        """Whether a point of a list is ticked."""
        found = self.answers.get(topic)
        return found is not None and option in found.tags

    @property
    def written(self) -> int:
        """How many of the topics something stands under."""
        return sum(bool(one.text or one.tags or one.chosen) for one in self.answers.values())


def first_of(reader: Reader, case: Id) -> FirstMeeting | None:
    """Return the checklist of a case, ``None`` when none is begun."""
    found = reader.find(FirstMeeting, stream=case_known(reader, case).stream)
    return found[0] if found else None


def view(reader: Reader, meeting: Id, forms: Forms) -> FirstView:
    """Return a first meeting. Raises ``KeyError`` when there is none."""
    found = known(reader, FirstMeeting, meeting)
    return FirstView(found, case_of(reader, found), spec_of(found, forms), answers_of(reader, meeting))


# --- Analysis sheets -------------------------------------------------------------------------------------------


def analyse(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Write an analysis sheet, of today unless a day is given; return its id. Raises :class:`InvalidInput`.

    The next step becomes an agreement of the case when somebody is to do it by a day.
    """
    found = case_known(writer, case)
    blank = AnalysisSheet(stream=found.stream)
    checked = {"made_on": writer.today, **values}
    _check(writer, blank, checked)
    made = make(writer, blank, checked, "Write an analysis sheet")
    _keep_step(writer, replace(blank, id=made, **checked))
    return made


def edit_analysis(writer: Writer, sheet: Id, edits: Mapping[str, Edit]) -> None:
    """Change an analysis sheet; an open agreement about its next step follows. Raises :class:`InvalidInput`."""
    now = known(writer, AnalysisSheet, sheet)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change an analysis sheet")
    _keep_step(writer, replace(now, **checked))


def remove_analysis(writer: Writer, sheet: Id) -> None:
    """Take an analysis sheet away with the open agreement about its next step; undo brings both back."""
    take_away(writer, AnalysisSheet, sheet, "Remove an analysis sheet")
    for one in _steps(writer, sheet):
        if one.done_on is None:
            writer.cancel(Agreement, one.id)


def _check(reader: Reader, now: AnalysisSheet, values: dict[str, Any]) -> None:
    tidied(values, ("next_who",), ("question", "present", *ANALYSIS_PARTS))
    not_ahead(reader, values, ("made_on",))
    after = replace(now, **values)
    if not any(getattr(after, name) for name in ("question", *ANALYSIS_PARTS)):
        raise InvalidInput("question", "Write at least what you want to understand.")
    if after.next_due is not None and not after.next_step:
        raise InvalidInput("next_step", "Write what is to be done by then.")


def _steps(reader: Reader, sheet: Id) -> list[Agreement]:
    return reader.find(Agreement, where={"source": sheet})


def _keep_step(writer: Writer, sheet: AnalysisSheet) -> None:
    """Let the agreement about the next step say what the sheet says; one that is settled stays as it was."""
    there = _steps(writer, sheet.id)
    if not (sheet.next_step and sheet.next_due) or any(one.done_on is not None for one in there):
        return
    words: dict[str, Any] = {"what": sheet.next_step, "who": sheet.next_who, "due": sheet.next_due}
    if not there:
        writer.create(
            Agreement(
                id=writer.new_id(), stream=sheet.stream, source=sheet.id, source_type=AgreementSource.OTHER,
                agreed_on=sheet.made_on, **words,
            )
        )  # fmt: skip
        return
    for name, value in words.items():
        if getattr(there[0], name) != value:
            writer.set(Agreement, there[0].id, name, value, parents=None)


def analyses_of(reader: Reader, case: Id) -> tuple[AnalysisSheet, ...]:
    """Return a case's analysis sheets, the latest first."""
    found = reader.find(AnalysisSheet, stream=case_known(reader, case).stream)
    return tuple(sorted(found, key=lambda one: (one.made_on or dt.date.min, one.id), reverse=True))
