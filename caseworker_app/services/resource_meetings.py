"""Resource-centre meetings: a child's description, asked for in time and shown to the parents, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.agreement import Agreement, AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.form_spec import Forms, FormSpec, frozen, newest
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingKind
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.resource_meeting import (
    DESCRIPTION,
    LEVEL_ORDER,
    ResourceAnswer,
    ResourceDescription,
    ResourcePoint,
    deadline_of,
)
from caseworker_app.domain.rules.workdays import Holidays
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

_SHORT = ("place", "teacher", "function", "remarks_by", "contacted_by")
_DAYS = ("asked_on", "received_on", "shown_on", "contacted_on")


def ask(writer: Writer, case: Id, values: Mapping[str, Any], forms: Forms) -> Id:
    """Bring a child to a resource-centre meeting; return the id of its description. Raises :class:`InvalidInput`."""
    found = case_known(writer, case)
    spec = newest(forms, DESCRIPTION)
    blank = ResourceDescription(
        stream=found.stream, place=found.school, form=DESCRIPTION, form_version=spec.version
    )
    checked = dict(values)
    _check(writer, blank, checked)
    return make(writer, blank, checked, "Bring the child to a resource-centre meeting")


def edit(writer: Writer, description: Id, edits: Mapping[str, Edit]) -> None:
    """Change a description's head, remarks or outcome. Raises :class:`InvalidInput`."""
    now = known(writer, ResourceDescription, description)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change the description for the resource-centre meeting")


def remove(writer: Writer, description: Id) -> None:
    """Take a child off a resource-centre meeting; undo brings it back."""
    take_away(writer, ResourceDescription, description, "Take the child off the resource-centre meeting")


def _check(reader: Reader, now: ResourceDescription, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, ("remarks", "outcome"))
    not_ahead(reader, values, _DAYS)
    after = replace(now, **values)
    day = day_of(reader, after)
    if day is None:
        raise InvalidInput("meeting_on", "Write the day of the meeting.")
    if after.received_on and after.asked_on and after.received_on < after.asked_on:
        raise InvalidInput("received_on", "It cannot have come back before it was handed out.")
    if after.contacted_on and after.contacted_on < day:
        raise InvalidInput("contacted_on", "The parents cannot have been told before the meeting.")
    if after.remarks and not after.remarks_by:
        raise InvalidInput("remarks_by", "Write whose remarks they are.")


def day_of(reader: Reader, description: ResourceDescription) -> dt.date | None:
    """Return the day of the meeting: its own, else the one written here."""
    meeting = None if description.meeting is None else reader.get(Meeting, description.meeting)
    when = None if meeting is None or meeting.cancelled else meeting.when
    return description.day(None if when is None else when.day)


def meetings_of(reader: Reader, case: Id) -> tuple[Meeting, ...]:
    """Return the resource-centre meetings of a case, to hang a description on; the latest first."""
    found = case_known(reader, case)
    meant = [
        m for m in reader.find(Meeting, stream=found.stream) if m.kind == MeetingKind.RESOURCE and m.when
    ]
    return tuple(sorted(meant, key=lambda m: m.when.day if m.when else dt.date.min, reverse=True))


def contacted(writer: Writer, description: Id, on: dt.date, by: str = "") -> None:
    """Tick that the parents were told what came of it. Raises :class:`InvalidInput` for a day before the meeting."""
    now = known(writer, ResourceDescription, description)
    values: dict[str, Any] = {"contacted_on": on, "contacted_by": by or now.contacted_by}
    _check(writer, now, values)
    writer.act("The parents were contacted after the resource-centre meeting")
    for name, value in values.items():
        writer.set(ResourceDescription, description, name, value, parents=None)


# --- What the teacher writes -----------------------------------------------------------------------------------


def spec_of(description: ResourceDescription, forms: Forms) -> FormSpec:
    """Return the version of the form a description was asked for with."""
    return frozen(forms, DESCRIPTION, description.form_version or 0)


def write_answer(writer: Writer, description: Id, forms: Forms, topic: str, values: Mapping[str, Any]) -> Id:
    """Write the first words under a topic; return the answer's id. Raises :class:`InvalidInput`."""
    now = known(writer, ResourceDescription, description)
    answers.checked(spec_of(now, forms), topic, values)
    writer.act("Write in the description")
    blank = ResourceAnswer(stream=now.stream, description=description, topic=topic)
    return answers.put(writer, blank, description, topic, values)


def edit_answer(writer: Writer, answer: Id, forms: Forms, edits: Mapping[str, Edit]) -> None:
    """Change what stands under a topic. Raises :class:`InvalidInput`."""
    now = known(writer, ResourceAnswer, answer)
    assert now.description is not None, "an answer has its description"
    of = known(writer, ResourceDescription, now.description)
    answers.checked(spec_of(of, forms), now.topic, {name: one.value for name, one in edits.items()})
    writer.act("Write in the description")
    apply_edits(writer, ResourceAnswer, answer, edits)


def fill_in(
    writer: Writer, description: Id, forms: Forms, written: Mapping[str, str], on: dt.date
) -> tuple[str, ...]:
    """Take in what came back in a filled-in form, by topic; return the topics that had words.

    What already stands under a topic and is not the same is kept above it. The form came back ``on`` that day. Topics the
    form has not are passed over.
    """
    now = known(writer, ResourceDescription, description)
    spec = spec_of(now, forms)
    there = answers_of(reader=writer, description=description)
    writer.act("Take in the filled-in description")
    taken = []
    for topic in spec.topics:
        text = written.get(topic.id, "").replace("\r\n", "\n").replace("\r", "\n").strip()
        if not text:
            continue
        before = there.get(topic.id)
        words = (
            text if before is None or not before.text or before.text == text else f"{before.text}\n\n{text}"
        )
        values = {"text": words}
        answers.checked(spec, topic.id, values)
        blank = ResourceAnswer(stream=now.stream, description=description, topic=topic.id)
        answers.put(writer, blank, description, topic.id, values)
        taken.append(topic.id)
    remarks = written.get(REMARKS, "").strip()
    if remarks and remarks != now.remarks:
        said = f"{now.remarks}\n\n{remarks}" if now.remarks else remarks
        writer.set(ResourceDescription, description, "remarks", said, parents=None)
        taken.append(REMARKS)
    if now.received_on is None:
        writer.set(ResourceDescription, description, "received_on", on, parents=None)
    return tuple(taken)


REMARKS = "parents_remarks"
"""The name of the parents' field in the fill-in form."""


def answers_of(reader: Reader, description: Id) -> dict[str, ResourceAnswer]:
    """Return what is written, by topic."""
    return {one.topic: one for one in reader.find(ResourceAnswer, where={"description": description})}


# --- The other points, and what was decided --------------------------------------------------------------------


def add_point(writer: Writer, description: Id, values: Mapping[str, Any]) -> Id:
    """Put a point about a group, the whole school or information on the agenda. Raises :class:`InvalidInput`."""
    now = known(writer, ResourceDescription, description)
    checked = dict(values)
    _check_point(checked)
    blank = ResourcePoint(stream=now.stream, description=description)
    return make(writer, blank, checked, "Put a point on the resource-centre meeting")


def edit_point(writer: Writer, point: Id, edits: Mapping[str, Edit]) -> None:
    """Change a point. Raises :class:`InvalidInput`."""
    now = known(writer, ResourcePoint, point)
    checked = {name: one.value for name, one in edits.items()}
    _check_point({"text": now.text, **checked} if "text" not in checked else checked)
    tidied(checked, (), ("text",))
    change(writer, now, edits, checked, "Change a point of the resource-centre meeting")


def remove_point(writer: Writer, point: Id) -> None:
    """Take a point off the agenda."""
    take_away(writer, ResourcePoint, point, "Remove a point of the resource-centre meeting")


def _check_point(values: dict[str, Any]) -> None:
    tidied(values, (), ("text",))
    if not values.get("text"):
        raise InvalidInput("text", "Write what is to be talked about.")


def decide(writer: Writer, description: Id, values: Mapping[str, Any]) -> Id:
    """Write what was decided: what, who is responsible, until when. Raises :class:`InvalidInput` when one is missing."""
    now = known(writer, ResourceDescription, description)
    checked = dict(values)
    tidied(checked, ("who",), ("what", "reason"))
    for name, question in _ASKED:
        if not checked.get(name):
            raise InvalidInput(name, question)
    day = day_of(writer, now)
    if day is not None and checked["due"] < day:
        raise InvalidInput("due", "It is to end before the meeting.", "Correct the day.")
    blank = Agreement(
        stream=now.stream,
        source=description,
        source_type=AgreementSource.OTHER,
        agreed_on=None if day is None else min(day, writer.today),
        meeting=now.meeting,
    )
    return make(writer, blank, checked, "Decide at the resource-centre meeting")


_ASKED = (
    ("what", N_("Write what was decided.")),
    ("who", N_("Write who is responsible.")),
    ("due", N_("Write until when: a decision of this meeting ends.")),
)


# --- Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DescriptionView:
    """A child on one meeting. ``deadline`` is the day the description must be there; ``earlier`` are decisions of earlier
    meetings of this case that are still open: they are followed up first."""

    description: ResourceDescription
    case: Case
    day: dt.date | None
    deadline: dt.date | None
    answers: Mapping[str, ResourceAnswer]
    points: tuple[ResourcePoint, ...]
    decisions: tuple[Agreement, ...]
    earlier: tuple[Agreement, ...]

    @property
    def written(self) -> int:
        """How many topics something is written under."""
        return sum(bool(one.text or one.tags or one.chosen) for one in self.answers.values())

    def late(self, today: dt.date) -> bool:
        """Whether the description should have been there and is not."""
        waiting = self.description.received_on is None
        return waiting and self.deadline is not None and self.deadline < today

    def untold(self, today: dt.date) -> bool:
        """Whether the meeting has been and the parents were not contacted: that is the same day."""
        return self.description.contacted_on is None and self.day is not None and self.day <= today

    def told_late(self) -> bool:
        """Whether the parents were contacted on a later day than the meeting's."""
        on = self.description.contacted_on
        return on is not None and self.day is not None and on > self.day


def view(reader: Reader, description: Id, holidays: Holidays) -> DescriptionView:
    """Return a child on a meeting. Raises ``KeyError`` when there is none."""
    found = known(reader, ResourceDescription, description)
    day = day_of(reader, found)
    decided = reader.find(Agreement, where={"source": description})
    points = reader.find(ResourcePoint, where={"description": description})
    points.sort(key=lambda one: (LEVEL_ORDER.index(one.level), one.id))
    return DescriptionView(
        found,
        case_of(reader, found),
        day,
        None if day is None else deadline_of(day, holidays),
        answers_of(reader, description),
        tuple(points),
        tuple(decided),
        _earlier(reader, found, day),
    )


def _earlier(reader: Reader, now: ResourceDescription, day: dt.date | None) -> tuple[Agreement, ...]:
    others = {one.id for one in reader.find(ResourceDescription, stream=now.stream) if one.id != now.id}
    open_ = reader.find(Agreement, stream=now.stream, where={"done_on": None})
    found = [
        one
        for one in open_
        if one.source in others and (day is None or one.agreed_on is None or one.agreed_on < day)
    ]
    return tuple(sorted(found, key=lambda one: one.due or dt.date.max))


def of_case(reader: Reader, case: Id, holidays: Holidays) -> tuple[DescriptionView, ...]:
    """Return where a child was brought, the latest meeting first. Raises ``KeyError`` when there is no such case."""
    found = case_known(reader, case)
    views = [view(reader, one.id, holidays) for one in reader.find(ResourceDescription, stream=found.stream)]
    return tuple(sorted(views, key=lambda one: one.day or dt.date.max, reverse=True))
