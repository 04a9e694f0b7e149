"""Internal cross-disciplinary meetings: which cases are brought, whose turn it is to be chair, what each has of the time,
and what is to be done afterwards. What stands on the sheet of a case is made by :mod:`.internal_sheets`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.agreement import Agreement, AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import (
    INFORM_DAYS,
    InternalAgenda,
    InternalCase,
    chair_in_turn,
    minutes_per_case,
)
from caseworker_app.domain.meeting import Meeting, MeetingKind, MeetingState, TimeSpan
from caseworker_app.domain.phrases import N_
from caseworker_app.services import entries, office
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

INFORM = "Fortæl familien, hvad det interne møde kom til"
JOURNAL = "Skriv i journalen om det interne møde"
"""Danish: agreements are the case's, and are read on paper too."""
MOST_COLLEAGUES_CASES, MOST_MEMBERS = 30, 30
_LONG = ("question", "situation", "tried", "ideas")


# --- A case is brought -----------------------------------------------------------------------------------------


def bring(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Bring a case to an internal meeting, anonymous unless asked for otherwise; return the id of its sheet.

    Raises :class:`InvalidInput` without a question; ``KeyError`` when there is no such case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = dict(values)
    _check(writer, InternalCase(stream=found.stream), checked)
    writer.act("Bring the case to an internal meeting")
    made = writer.new_id()
    writer.create(InternalCase(id=made, stream=found.stream, **checked))
    return made


def edit(writer: Writer, sheet: Id, edits: Mapping[str, Edit]) -> None:
    """Change what is brought. Raises :class:`InvalidInput`."""
    now = known(writer, sheet)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    writer.act("Change what is brought to the internal meeting")
    apply_edits(writer, InternalCase, sheet, {n: replace(edits[n], value=v) for n, v in checked.items()})


def put_on(writer: Writer, sheet: Id, agenda: Id) -> None:
    """Put a case on a meeting's agenda. Raises ``KeyError`` when one of them is not there."""
    known(writer, sheet)
    known_agenda(writer, agenda)
    writer.act("Put the case on an internal meeting")
    writer.set(InternalCase, sheet, "agenda", agenda, parents=None)


def remove(writer: Writer, sheet: Id) -> None:
    """Take a case off the agenda; undo brings it back."""
    known(writer, sheet)
    writer.act("Take the case off the internal meeting")
    writer.cancel(InternalCase, sheet)


def known(reader: Reader, sheet: Id) -> InternalCase:
    """Return a case on an internal meeting. Raises ``KeyError`` when there is none."""
    found = reader.get(InternalCase, sheet)
    if found is None or found.cancelled:
        raise KeyError("no such case on a meeting")
    return found


def case_of(reader: Reader, sheet: InternalCase) -> Case:
    """Return the case a sheet is of."""
    return next(iter(reader.find(Case, stream=sheet.stream, cancelled=True)))


def _check(reader: Reader, now: InternalCase, values: dict[str, Any]) -> None:
    for name in _LONG:
        if name in values:
            values[name] = tidy(name, str(values[name]), TEXT_LENGTH)
    for name in ("hidden", "kept"):
        if name in values:
            lines = (tidy(name, str(line), NAME_LENGTH) for line in values[name])
            values[name] = tuple(dict.fromkeys(line for line in lines if line))
    after = replace(now, **values)
    if not after.question:
        raise InvalidInput("question", "Write what you want the others' eyes on.")
    if after.agenda is not None and reader.get(InternalAgenda, after.agenda) is None:
        raise InvalidInput("agenda", "That meeting is no longer there.")
    for name, day in (("discussed_on", after.discussed_on), ("informed_on", after.informed_on)):
        if name in values and day is not None and day > reader.today:
            raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")


def mask(writer: Writer, sheet: Id, word: str) -> None:
    """Have a word replaced on the sheet besides those that were found."""
    now = known(writer, sheet)
    said = tidy("hidden", word, NAME_LENGTH)
    if not said or said in now.hidden:
        return
    writer.act("Replace a word on the anonymous sheet")
    writer.set(InternalCase, sheet, "hidden", (*now.hidden, said), parents=None)
    if said in now.kept:
        writer.set(InternalCase, sheet, "kept", tuple(w for w in now.kept if w != said), parents=None)


def let_stay(writer: Writer, sheet: Id, word: str) -> None:
    """Let a word stay on the sheet that the machine could not judge; a name it knows is replaced all the same."""
    now = known(writer, sheet)
    said = tidy("kept", word, NAME_LENGTH)
    if not said or said in now.kept:
        return
    writer.act("Let a word stay on the anonymous sheet")
    writer.set(InternalCase, sheet, "kept", (*now.kept, said), parents=None)
    if said in now.hidden:
        writer.set(InternalCase, sheet, "hidden", tuple(w for w in now.hidden if w != said), parents=None)


# --- Afterwards ------------------------------------------------------------------------------------------------


def discussed(writer: Writer, sheet: Id, values: Mapping[str, Any], journals: Sequence[str] = ()) -> None:
    """Write what came of it on the day it was discussed, today unless one is given.

    The presenter informs the family, and each of ``journals`` (names or professions) minds her own duty to journal: both
    become agreements of the case. Said again it changes the words and makes no second agreement.
    """
    now = known(writer, sheet)
    checked = {"discussed_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    _check(writer, now, checked)
    writer.act("The case was discussed at the internal meeting")
    for name, value in checked.items():
        if getattr(now, name) != value:
            writer.set(InternalCase, sheet, name, value, parents=None)
    day = checked["discussed_on"]
    worker = office.house(writer).worker
    there = {(one.what, one.who.casefold()) for one in afterwards(writer, sheet)}
    wanted: list[tuple[str, str, dt.date, Id | None]] = [
        (INFORM, worker.name, day + dt.timedelta(days=INFORM_DAYS), worker.id)
    ]
    for who in journals:
        name = tidy("who", who, NAME_LENGTH)
        if name:
            wanted.append((JOURNAL, name, day, worker.id if name == worker.name else None))
    for what, who, due, by in wanted:
        if (what, who.casefold()) not in there:
            _agree(writer, now, sheet, day, what, who, due, by)


def _agree(
    writer: Writer,
    of: InternalCase,
    sheet: Id,
    day: dt.date,
    what: str,
    who: str,
    due: dt.date,
    by: Id | None,
) -> None:
    writer.create(
        Agreement(
            id=writer.new_id(), stream=of.stream, what=what, who=who, due=due, worker=by, agreed_on=day,
            source_type=AgreementSource.OTHER, source=sheet,
        )
    )  # fmt: skip


def afterwards(reader: Reader, sheet: Id) -> tuple[Agreement, ...]:
    """Return what is to be done after a case was discussed."""
    found = reader.find(Agreement, where={"source": sheet})
    return tuple(sorted(found, key=lambda one: (one.what != INFORM, one.who)))


def write_entry(writer: Writer, case: Id, sheet: Id) -> Id:
    """Begin the worker's own entry about a discussion; return the draft's id."""
    now = known(writer, sheet)
    parts = [f"Spørgsmål:\n{now.question}"]
    if now.ideas:
        parts.append(f"Det kom vi til:\n{now.ideas}")
    values = {"heading": "Internt tværfagligt møde", "text": "\n\n".join(parts), "held_on": now.discussed_on}
    return entries.begin(writer, case, values)


def informed(writer: Writer, sheet: Id, on: dt.date) -> None:
    """Write that the family was told, and settle the agreement about it. Raises :class:`InvalidInput`."""
    now = known(writer, sheet)
    if now.discussed_on is None:
        raise UserError("Write first that the case was discussed.")
    values: dict[str, Any] = {"informed_on": on}
    _check(writer, now, values)
    if on < now.discussed_on:
        raise InvalidInput("informed_on", "The family cannot have been told before the meeting.")
    writer.act("The family was told of the internal meeting")
    writer.set(InternalCase, sheet, "informed_on", on, parents=None)
    for one in afterwards(writer, sheet):
        if one.what == INFORM and one.done_on is None:
            writer.set(Agreement, one.id, "done_on", on, parents=None)


# --- The agenda ------------------------------------------------------------------------------------------------


def plan(writer: Writer, values: Mapping[str, Any]) -> Id:
    """Plan an internal meeting in the worker's own stream; return its id. Without a chair, whoever's turn it is.

    Raises :class:`InvalidInput`.
    """
    made = InternalAgenda(id=writer.new_id(), stream=own_stream(writer))
    checked = dict(values)
    before = latest(writer)
    if "members" not in checked and before:
        checked["members"] = before[0].members
    checked["members"] = _members(checked.get("members", ()))
    if not checked.get("chair"):
        checked["chair"] = chair_in_turn(checked["members"], [one.chair for one in before if one.chair])
    _check_agenda(writer, made, checked)
    writer.act("Plan an internal meeting")
    writer.create(replace(made, **checked))
    return made.id


def edit_agenda(writer: Writer, agenda: Id, edits: Mapping[str, Edit]) -> None:
    """Change an internal meeting. Raises :class:`InvalidInput`."""
    now = known_agenda(writer, agenda)
    checked = {name: one.value for name, one in edits.items()}
    if "members" in checked:
        checked["members"] = _members(checked["members"])
    _check_agenda(writer, now, checked)
    writer.act("Change an internal meeting")
    apply_edits(writer, InternalAgenda, agenda, {n: replace(edits[n], value=v) for n, v in checked.items()})


def remove_agenda(writer: Writer, agenda: Id) -> None:
    """Take an internal meeting away; its cases stay, without a meeting."""
    known_agenda(writer, agenda)
    writer.act("Remove an internal meeting")
    writer.cancel(InternalAgenda, agenda)


def known_agenda(reader: Reader, agenda: Id) -> InternalAgenda:
    """Return an internal meeting. Raises ``KeyError`` when there is none."""
    found = reader.get(InternalAgenda, agenda)
    if found is None or found.cancelled:
        raise KeyError("no such meeting")
    return found


def _members(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for name in (tidy("members", line, NAME_LENGTH) for line in lines) if name)
    )


def _check_agenda(reader: Reader, now: InternalAgenda, values: dict[str, Any]) -> None:
    for name, longest in (("place", NAME_LENGTH), ("chair", NAME_LENGTH), ("news", TEXT_LENGTH)):
        if name in values:
            values[name] = tidy(name, str(values[name]), longest)
    after = replace(now, **values)
    if after.when is None and time_of(reader, after) is None:
        raise InvalidInput("when", "Write day and time of the meeting.")
    if after.when is not None and after.when.minutes <= 0:
        raise InvalidInput("when", "The meeting ends before it begins.", "Write the end after the start.")
    if not 0 <= (after.colleagues_cases or 0) <= MOST_COLLEAGUES_CASES:
        raise InvalidInput("colleagues_cases", "It goes from 0 to {highest}.", highest=MOST_COLLEAGUES_CASES)
    if len(after.members) > MOST_MEMBERS:
        raise InvalidInput("members", "At most {most} can be written.", most=MOST_MEMBERS)


def time_of(reader: Reader, agenda: InternalAgenda) -> TimeSpan | None:
    """Return when a meeting is: as its series says, else as it is written here."""
    meeting = None if agenda.meeting is None else reader.get(Meeting, agenda.meeting)
    if meeting is not None and meeting.when is not None and not meeting.cancelled:
        return meeting.when
    return agenda.when


def latest(reader: Reader) -> list[InternalAgenda]:
    """Return the internal meetings, the latest first."""
    dated = [(time_of(reader, one), one) for one in reader.find(InternalAgenda)]
    key = {one.id: (dt.date.min if when is None else when.day) for when, one in dated}
    return sorted((one for _when, one in dated), key=lambda one: key[one.id], reverse=True)


# --- Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brought:
    """A case on a meeting."""

    sheet: InternalCase
    case: Case


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A meeting with the cases our worker brings. ``minutes`` is what each case has of the time, ``turn`` whose turn as
    chair it is next time; ``when`` and ``place`` are the meeting's own where the agenda hangs on one."""

    agenda: InternalAgenda
    when: TimeSpan | None
    brought: tuple[Brought, ...]
    turn: str
    place: str = ""

    @property
    def minutes(self) -> int:
        """What each case has of the time."""
        whole = 0 if self.when is None else self.when.minutes
        return minutes_per_case(whole, len(self.brought) + (self.agenda.colleagues_cases or 0))


def agenda_view(reader: Reader, agenda: Id) -> AgendaView:
    """Return a meeting with what is brought to it. Raises ``KeyError`` when there is none."""
    found = known_agenda(reader, agenda)
    sheets = reader.find(InternalCase, where={"agenda": agenda})
    brought = tuple(Brought(one, case_of(reader, one)) for one in sheets)
    before = [one.chair for one in latest(reader) if one.chair]
    place = found.place
    if not place and found.meeting is not None:
        meeting = reader.get(Meeting, found.meeting)
        place = "" if meeting is None else meeting.place
    return AgendaView(found, time_of(reader, found), brought, chair_in_turn(found.members, before), place)


def agendas(reader: Reader) -> tuple[AgendaView, ...]:
    """Return the internal meetings, the latest first."""
    return tuple(agenda_view(reader, one.id) for one in latest(reader))


def in_series(reader: Reader) -> tuple[Meeting, ...]:
    """Return the planned meetings of this kind that come, to hang an agenda on."""
    planned = reader.find(Meeting, where={"state": MeetingState.PLANNED})
    found = [m for m in planned if m.kind == MeetingKind.INTERNAL and m.when and m.when.day >= reader.today]
    return tuple(
        sorted(found, key=lambda m: (m.when.day, m.when.start) if m.when else (dt.date.max, dt.time()))
    )


def of_case(reader: Reader, case: Id) -> tuple[InternalCase, ...]:
    """Return where a case was brought: what is not discussed yet first, the latest first within each."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    sheets = list(reversed(reader.find(InternalCase, stream=found.stream)))
    return tuple(sorted(sheets, key=lambda one: one.discussed_on is not None))


POINTS = (
    N_("The chair's turn"),
    N_("Time for each case"),
    N_("Sparring on cases"),
    N_("News"),
)
"""The four points of the agenda."""
