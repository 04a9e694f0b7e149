"""What is written at a meeting: lines in the three columns, and what was agreed. Each line is an act of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Column, Meeting, MeetingPoint
from caseworker_app.domain.order import key_after
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.minutes_signed import refuse_signed
from caseworker_app.services.ports import Reader, Writer

_SHORT = ("said_by",)


def last_order(reader: Reader, cls: type[Any], meeting: Id) -> str:
    """Return the last place taken among a meeting's things of one class, also by what was taken back."""
    return max(
        (thing.order for thing in reader.find(cls, where={"meeting": meeting}, cancelled=True)), default=""
    )


def known_meeting(reader: Reader, meeting: Id) -> Meeting:
    """Return a meeting. Raises ``KeyError`` when there is none."""
    found = reader.get(Meeting, meeting)
    if found is None:
        raise KeyError("no such meeting")
    return found


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written in a line, tidied. Raises :class:`InvalidInput` for a text that is too long.

    Asks the store for nothing: the window asks it before a line is sent.
    """
    return {
        name: tidy(name, value, NAME_LENGTH if name in _SHORT else TEXT_LENGTH)
        if type(value) is str
        else value
        for name, value in values.items()
    }


def add_point(writer: Writer, meeting: Id, column: Column, text: str, said_by: str = "") -> Id:
    """Write a line in a column. Raises :class:`InvalidInput` for an empty one."""
    found = known_meeting(writer, meeting)
    values = checked({"text": text, "said_by": said_by})
    if not values["text"]:
        raise InvalidInput("text", "Write something first.")
    refuse_signed(writer, meeting)
    point = MeetingPoint(
        id=writer.new_id(),
        stream=found.stream,
        meeting=meeting,
        column=column,
        order=key_after(last_order(writer, MeetingPoint, meeting)),
        **values,
    )
    writer.act("Write a point")
    writer.create(point)
    return point.id


def edit_point(writer: Writer, point: Id, edits: Mapping[str, Edit]) -> None:
    """Change a line; emptied, it is taken back."""
    _edit_line(writer, MeetingPoint, point, edits, "text", "Change a point")


def add_agreement(writer: Writer, meeting: Id, values: Mapping[str, Any]) -> Id:
    """Write an agreement: what, who, when. Raises :class:`InvalidInput` when it says nothing."""
    found = known_meeting(writer, meeting)
    tidied = checked(values)
    if not tidied.get("what"):
        raise InvalidInput("what", "Write what was agreed.")
    refuse_signed(writer, meeting)
    agreement = Agreement(
        id=writer.new_id(),
        stream=found.stream,
        meeting=meeting,
        order=key_after(last_order(writer, Agreement, meeting)),
        **tidied,
    )
    writer.act("Write an agreement")
    writer.create(agreement)
    return agreement.id


def edit_agreement(writer: Writer, agreement: Id, edits: Mapping[str, Edit]) -> None:
    """Change an agreement; with ``what`` emptied it is taken back."""
    _edit_line(writer, Agreement, agreement, edits, "what", "Change an agreement")


def settle_agreement(writer: Writer, agreement: Id, on: dt.date | None) -> None:
    """Say on which day what was agreed was done; ``None`` says that it was not. Raises :class:`InvalidInput` for a day
    to come."""
    now = writer.get(Agreement, agreement)
    if now is None:
        raise KeyError("no such agreement")
    if on is not None and on > writer.today:
        raise InvalidInput("done_on", "That day has not come yet.")
    if now.done_on == on:
        return
    writer.act("What was agreed is done" if on is not None else "What was agreed is not done yet")
    writer.set(Agreement, agreement, "done_on", on, parents=None)


def _edit_line(
    writer: Writer,
    cls: type[MeetingPoint] | type[Agreement],
    line: Id,
    edits: Mapping[str, Edit],
    main: str,
    label: str,
) -> None:
    tidied = checked({name: edit.value for name, edit in edits.items()})
    now: MeetingPoint | Agreement | None = writer.get(cls, line)
    if now is not None and now.meeting is not None:
        refuse_signed(writer, now.meeting)
    writer.act(label)
    if main in tidied and not tidied[main]:
        writer.cancel(cls, line)
        return
    apply_edits(writer, cls, line, {name: Edit(v, edits[name].parents) for name, v in tidied.items()})
