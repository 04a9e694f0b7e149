"""Agreeing, postponing, settling: the same acts for every agreement, whichever kind of thing it is kept as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.agreement import Agreement, AgreementMove, AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.office import Worker
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.services.agreed import CLASSES, Kept, Stored, called, danish, myself
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer

_SOURCES: Mapping[AgreementSource, type[FollowUp] | type[Entry]] = {
    AgreementSource.FOLLOW_UP: FollowUp,
    AgreementSource.ENTRY: Entry,
}
_FREE = frozenset({AgreementSource.TELEPHONE, AgreementSource.OTHER})
FARTHEST = dt.timedelta(days=3660)
"""A day further ahead than ten years is a slip of the hand."""


def known(reader: Reader, kept: Kept, agreement: Id) -> Stored:
    """Return an agreement as it is stored. Raises ``KeyError`` when there is none."""
    found = reader.get(CLASSES[kept], agreement)
    if found is None:
        raise KeyError("no such agreement")
    return found


# --- Who -------------------------------------------------------------------------------------------------------


def offered(reader: Reader, case: Id) -> tuple[tuple[str, Id | None], ...]:
    """Return who may be chosen to do something, in words that tell them apart, with her card; the worker comes first.

    People of one name stand with what they are to the child. Raises ``KeyError`` when there is no such case.
    """
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    people = [one for one in reader.find(Person, stream=found.stream) if one.name]
    names = [one.name.casefold() for one in people]
    words: list[tuple[str, Id | None]] = []
    for one in people:
        twice = names.count(one.name.casefold()) > 1
        words.append((f"{one.name} ({_role(one)})" if twice else one.name, one.id))
    child = found.child_name
    own = _own_name(reader)
    first: list[tuple[str, Id | None]] = [(own, None)] if own else []
    if child and child.casefold() not in names:
        first.append((child, None))
    return (*first, *words)


def _role(person: Person) -> str:
    """Return what somebody is to the child, in Danish: it is kept with the agreement and read on paper."""
    return person.role_words or person.function or danish().gettext(ROLE_LABELS[person.role]).lower()


def _own_name(reader: Reader) -> str:
    worker = reader.get(Worker, reader.author)
    return "" if worker is None else worker.name


def who_is(reader: Reader, stream: Id, who: str) -> tuple[Id | None, Id | None]:
    """Return the card and the author that free words mean, each ``None`` when they mean nobody in particular.

    Two people of one name are not guessed between: the words stay, and no card is taken.
    """
    said = who.strip().casefold()
    if not said:
        return None, None
    cards = [
        one.id
        for one in reader.find(Person, stream=stream)
        if said == f"{one.name} ({_role(one)})".casefold() or said in called(one)
    ]
    if len(cards) == 1:
        return cards[0], None
    me = myself(reader)
    return None, me.author if not cards and said in me.words else None


# --- Agreeing --------------------------------------------------------------------------------------------------


def agree(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Write something that was agreed outside a meeting and a visit; return its id.

    ``source_type`` says where, ``source`` names the follow-up or the entry. Raises :class:`InvalidInput`.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = _checked(writer, values)
    if not checked.get("what"):
        raise InvalidInput("what", "Write what was agreed.")
    checked.setdefault("agreed_on", writer.today)
    checked.setdefault("source_type", AgreementSource.OTHER)
    _check_source(writer, found.stream, checked)
    _check_days(writer, checked.get("agreed_on"), checked.get("due"))
    person, worker = _doer(writer, found.stream, checked)
    made = writer.new_id()
    writer.act("Write an agreement")
    writer.create(Agreement(id=made, stream=found.stream, **{**checked, "person": person, "worker": worker}))
    return made


def edit(writer: Writer, kept: Kept, agreement: Id, edits: Mapping[str, Edit]) -> None:
    """Change an agreement; with ``what`` emptied it is taken back. Raises :class:`InvalidInput`."""
    now = known(writer, kept, agreement)
    values = _checked(writer, {name: one.value for name, one in edits.items()})
    if values.keys() & {"done_on", "dropped", "meeting", "visit", "map"}:
        raise KeyError("not a field that is edited")
    if values.get("what") == "":
        remove(writer, kept, agreement)
        return
    agreed_on = values.get("agreed_on", getattr(now, "agreed_on", None))
    if "due" in values or "agreed_on" in values:
        _check_days(
            writer, agreed_on, values.get("due", now.due), wrong="agreed_on" if "due" not in values else "due"
        )
    writer.act("Change an agreement")
    apply_edits(writer, CLASSES[kept], agreement, {n: replace(edits[n], value=v) for n, v in values.items()})
    if "who" in values and not isinstance(now, _TASKS):
        person, worker = _doer(writer, now.stream, values)
        for name, value in (("person", person), ("worker", worker)):
            if getattr(now, name) != value:
                writer.set(CLASSES[kept], agreement, name, value, parents=None)


_TASKS = CLASSES[Kept.TASK]


def _doer(reader: Reader, stream: Id, values: Mapping[str, Any]) -> tuple[Id | None, Id | None]:
    card = values.get("person")
    if card is None:
        return who_is(reader, stream, str(values.get("who", "")))
    person = reader.get(Person, card)
    if person is None or person.cancelled or person.stream != stream:
        raise InvalidInput("who", "That person is not in this case.")
    return person.id, None


def _checked(reader: Reader, values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    for name, longest in (
        ("what", TEXT_LENGTH),
        ("who", NAME_LENGTH),
        ("reason", TEXT_LENGTH),
        ("went", TEXT_LENGTH),
    ):
        if name in found:
            found[name] = tidy(name, str(found[name]), longest)
            if contains_person_number(found[name]):
                raise InvalidInput(
                    name, "A CPR number does not belong in an agreement: others get to see it."
                )
    return found


def _check_source(reader: Reader, stream: Id, values: Mapping[str, Any]) -> None:
    kind, source = values["source_type"], values.get("source")
    if kind in _FREE:
        if source is not None:
            raise KeyError("that source is no thing")
        return
    cls = _SOURCES.get(kind)
    if cls is None:
        raise KeyError("that source has a way of its own")
    thing = None if source is None else reader.get(cls, source)
    if thing is None or thing.cancelled or thing.stream != stream:
        raise InvalidInput("source", "What it was agreed at is not in this case any more.")


def _check_days(
    reader: Reader, agreed_on: dt.date | None, due: dt.date | None, *, wrong: str = "due"
) -> None:
    if agreed_on is not None and agreed_on > reader.today:
        raise InvalidInput("agreed_on", "That day has not come yet.", "Check the computer's clock if it has.")
    if due is not None and agreed_on is not None and due < agreed_on:
        raise InvalidInput(wrong, "It is to be done before it was agreed.")
    if due is not None and due - reader.today > FARTHEST:
        raise InvalidInput("due", "That day is more than ten years ahead.")


# --- What becomes of it ----------------------------------------------------------------------------------------


def settle(
    writer: Writer, kept: Kept, agreement: Id, on: dt.date | None = None, went: str | None = None
) -> None:
    """Say that it was done, on which day (today when none is named) and how it went; ``went`` is left as it is when
    ``None``. Raises :class:`InvalidInput` for a day to come, or one before it was agreed."""
    now, day = known(writer, kept, agreement), on or writer.today
    _check_settled(writer, now, day)
    words = None if went is None else _checked(writer, {"went": went})["went"]
    changes: dict[str, Any] = {"done_on": day, "dropped": False}
    if words is not None:
        changes["went"] = words
    _set(writer, kept, now, "What was agreed is done", changes)


def drop(writer: Writer, kept: Kept, agreement: Id, why: str) -> None:
    """Let an agreement fall: it is not to be done any more. Raises :class:`InvalidInput` without a reason."""
    now = known(writer, kept, agreement)
    words = _checked(writer, {"went": why})["went"]
    if not words:
        raise InvalidInput("went", "Write why it falls away.")
    _set(
        writer,
        kept,
        now,
        "An agreement falls away",
        {"done_on": writer.today, "dropped": True, "went": words},
    )


def reopen(writer: Writer, kept: Kept, agreement: Id) -> None:
    """Say that it is to be done after all."""
    now = known(writer, kept, agreement)
    _set(writer, kept, now, "What was agreed is not done yet", {"done_on": None, "dropped": False})


def postpone(writer: Writer, kept: Kept, agreement: Id, until: dt.date | None, why: str) -> Id:
    """Give an agreement a later day and say why; return the id of what says so.

    The day it had is kept with it. Raises :class:`InvalidInput` without a reason, for a day that is not later, or one
    that has passed, and :class:`UserError` for what is settled.
    """
    now = known(writer, kept, agreement)
    if now.done_on is not None:
        raise UserError("It is settled already.", "Open it again first, if it is to be done after all.")
    words = tidy("why", why, TEXT_LENGTH)
    if until is None:
        raise InvalidInput("until", "Write until when it is postponed.")
    if until < writer.today:
        raise InvalidInput("until", "That day has passed.")
    if now.due is not None and until <= now.due:
        raise InvalidInput("until", "That is not later than the day it has.")
    if until - writer.today > FARTHEST:
        raise InvalidInput("until", "That day is more than ten years ahead.")
    if not words:
        raise InvalidInput("why", "Write why it is postponed.")
    if contains_person_number(words):
        raise InvalidInput("why", "A CPR number does not belong in an agreement: others get to see it.")
    made = writer.new_id()
    writer.act("Postpone an agreement")
    writer.set(CLASSES[kept], agreement, "due", until, parents=None)
    move = AgreementMove(
        id=made,
        stream=now.stream,
        agreement=agreement,
        was=now.due,
        until=until,
        why=words,
        moved_on=writer.today,
    )
    writer.create(move)
    return made


def remove(writer: Writer, kept: Kept, agreement: Id) -> None:
    """Take back what was not agreed after all."""
    known(writer, kept, agreement)
    writer.act("Take back an agreement")
    writer.cancel(CLASSES[kept], agreement)


def _check_settled(reader: Reader, now: Stored, day: dt.date) -> None:
    if day > reader.today:
        raise InvalidInput("done_on", "That day has not come yet.", "Check the computer's clock if it has.")
    agreed_on = getattr(now, "agreed_on", None)
    if agreed_on is not None and day < agreed_on:
        raise InvalidInput("done_on", "That is before the day it was agreed.")


def _set(writer: Writer, kept: Kept, now: Stored, label: str, values: Mapping[str, Any]) -> None:
    changed = {name: value for name, value in values.items() if getattr(now, name) != value}
    if not changed:
        return
    writer.act(label)
    for name, value in changed.items():
        writer.set(CLASSES[kept], now.id, name, value, parents=None)
