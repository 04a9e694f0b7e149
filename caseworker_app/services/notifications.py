"""Underretninger: received in a child's case or together with a new one, looked at by a second pair of eyes, screened.

The urgent assessment and the receipt are settled where their deadlines are (:mod:`caseworker_app.services.settling`);
what a list shows is in :mod:`caseworker_app.services.notification_views`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import Investigation, InvestigationKind
from caseworker_app.domain.notification import FirstContact, Notification, Screening, SenderKind
from caseworker_app.services import cases, second_readers
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.statutes import DENMARK
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

_SHORT = ("sender", "assessed_by", "second_by", "given_to", "who")
_LONG = ("about", "assessment", "second_conclusion", "screening_why", "text", "sender_address")
_DAYS = ("receipt_sent_on", "told_on", "second_on", "child_heard_on", "given_on", "screened_on", "held_on")
_NAMELESS = (SenderKind.ANONYMOUS, SenderKind.CHILD)
_BEGINS = {
    Screening.SCOPING: InvestigationKind.SCOPING,
    Screening.INVESTIGATION: InvestigationKind.INVESTIGATION,
}


# --- Received --------------------------------------------------------------------------------------------------


def receive(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Record a notification in a child's case; return its id.

    ``values`` are fields of :class:`Notification`; it was received now when nothing else is said. Raises
    :class:`InvalidInput` for a moment that has not come, without a sender or a subject, and for one that stands in
    the case already; ``KeyError`` when there is no such case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = _new(writer, values)
    _refuse_the_same(writer, found.stream, checked)
    writer.act("Record a notification")
    return _write(writer, found.stream, checked)


def receive_new(writer: Writer, child: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[Id, Id]:
    """Begin the case of a child who has none, with the notification, in one act; return the ids of both.

    The limit of cases never refuses it: what arrives, arrives. Raises :class:`InvalidInput`.
    """
    checked = _new(writer, values)
    made = cases.opened(writer, child, arrives=True)
    writer.act("Begin a case with a notification")
    return made.id, _write(writer, made.stream, checked)


def _write(writer: Writer, stream: Id, values: Mapping[str, Any]) -> Id:
    made = writer.new_id()
    writer.create(Notification(id=made, stream=stream, **values))
    return made


def _new(reader: Reader, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(values)
    checked["received_at"] = checked.get("received_at") or reader.now.replace(second=0, microsecond=0)
    _check(reader, checked)
    if not checked.get("sender") and checked.get("capacity") not in _NAMELESS:
        raise InvalidInput(
            "sender",
            "Write from whom it is.",
            "An anonymous notification is marked as such, and needs no name.",
        )
    if not checked.get("about"):
        raise InvalidInput("about", "Write what it is about.", "One sentence is enough to begin with.")
    return checked


def _refuse_the_same(reader: Reader, stream: Id, values: Mapping[str, Any]) -> None:
    for other in reader.find(Notification, stream=stream):
        same = ("received_at", "sender", "about")
        if all(getattr(other, name) == values.get(name, "") for name in same):
            raise InvalidInput(
                "about",
                "This notification is in the case already.",
                "Open it in the list, and write there what is new.",
            )


def twins_of(one: Notification, among: Iterable[Notification]) -> tuple[Notification, ...]:
    """Return the notifications that may be the same as one: same sender on the same day."""
    if one.received_at is None or not one.sender:
        return ()
    day, sender = one.received_at.astimezone(DENMARK).date(), one.sender.casefold()
    return tuple(
        other
        for other in among
        if other.id != one.id
        and other.received_at is not None
        and other.received_at.astimezone(DENMARK).date() == day
        and other.sender.casefold() == sender
    )


# --- Changed ---------------------------------------------------------------------------------------------------


def edit(writer: Writer, notification: Id, edits: Mapping[str, Edit]) -> None:
    """Change what is written of a notification. Raises :class:`InvalidInput`."""
    now = known(writer, notification)
    values = {name: one.value for name, one in edits.items()}
    if "received_at" in values and values["received_at"] is None:
        raise InvalidInput("received_at", "Write the day and the hour it came.")
    _check(writer, values, now)
    if "about" in values and not values["about"]:
        raise InvalidInput("about", "Write what it is about.")
    writer.act("Change a notification")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, Notification, notification, checked)


def remove(writer: Writer, notification: Id) -> None:
    """Take back a notification that was registered by mistake; it stays in the history."""
    known(writer, notification)
    writer.act("Remove a notification")
    writer.cancel(Notification, notification)


def second_opinion(writer: Writer, notification: Id, edits: Mapping[str, Edit]) -> None:
    """Record the second opinion in a case with interventions (BL § 137 stk. 1). Raises :class:`InvalidInput`.

    It is not given by whoever was in the case before (:mod:`.second_readers`).
    """
    now = known(writer, notification)
    role = _value(edits, now, "second_role")
    by = " ".join(str(_value(edits, now, "second_by")).split())
    if role is None:
        raise InvalidInput("second_role", "Choose who gave the second opinion.")
    if not by:
        raise InvalidInput("second_by", "Write the name of who gave the second opinion.")
    if any(second_readers.same_name(by, one) for one in second_readers.earlier(writer, now, role)):
        raise InvalidInput(
            "second_by",
            "The second opinion is given by somebody who was not in the case before.",
            "The duty worker gives it, or a colleague.",
        )
    edit(writer, notification, _with_day(writer, edits, now, "second_on"))


def tell_worker(writer: Writer, notification: Id, on: dt.date) -> None:
    """Note the day on which the worker of a case without interventions was told that it came."""
    _set_day(writer, notification, "told_on", on, "Tell the case's worker")


def hear_child(writer: Writer, notification: Id, on: dt.date) -> None:
    """Note the day of the talk with the child when abuse is suspected (BL § 137 stk. 3)."""
    _set_day(writer, notification, "child_heard_on", on, "Talk with the child about abuse")


def _set_day(writer: Writer, notification: Id, name: str, on: dt.date, label: str) -> None:
    _check(writer, {name: on}, known(writer, notification))
    writer.act(label)
    writer.set(Notification, notification, name, on, parents=None)


def hand_on(writer: Writer, notification: Id, edits: Mapping[str, Edit]) -> None:
    """Record whom the team leader gave it to, and when. Raises :class:`InvalidInput`."""
    now = known(writer, notification)
    if not str(_value(edits, now, "given_to")).strip():
        raise InvalidInput("given_to", "Write whom it was given to.")
    edit(writer, notification, _with_day(writer, edits, now, "given_on"))


def screen(writer: Writer, notification: Id, edits: Mapping[str, Edit]) -> Id | None:
    """Record what the screening came to (BL § 18), and begin the scoping or the investigation it asks for.

    The four months of an investigation run from the day the notification came: then the need was known (BL § 20
    stk. 3). One that runs already is pointed at. Returns what was begun or pointed at. Raises :class:`InvalidInput`.
    """
    now = known(writer, notification)
    result = _value(edits, now, "screening")
    if result is None:
        raise InvalidInput("screening", "Choose what the screening came to.")
    if not str(_value(edits, now, "screening_why")).strip():
        raise InvalidInput("screening_why", "Write the reasons in a few words.")
    edit(writer, notification, _with_day(writer, edits, now, "screened_on"))
    writer.act("Screen a notification")
    kind = _BEGINS.get(result)
    if kind is None:
        return None
    begun = _running(writer, now.stream, kind) or _begin(writer, now, kind)
    if begun != now.investigation:
        writer.set(Notification, notification, "investigation", begun, parents=None)
    return begun


def _running(reader: Reader, stream: Id, kind: InvestigationKind) -> Id | None:
    open_ones = [
        one for one in reader.find(Investigation, stream=stream) if one.kind is kind and not one.ended_on
    ]
    return open_ones[-1].id if open_ones else None


def _begin(writer: Writer, now: Notification, kind: InvestigationKind) -> Id:
    made = writer.new_id()
    day = writer.today if now.received_at is None else now.received_at.astimezone(DENMARK).date()
    writer.create(Investigation(id=made, stream=now.stream, kind=kind, known_on=day))
    return made


# --- First contacts --------------------------------------------------------------------------------------------


def add_contact(writer: Writer, notification: Id, values: Mapping[str, Any]) -> Id:
    """Record a first contact, today unless a day is given; return its id. Raises :class:`InvalidInput`."""
    now = known(writer, notification)
    checked = dict(values)
    checked["held_on"] = checked.get("held_on") or writer.today
    _check(writer, checked, now)
    if not checked.get("who") and not checked.get("text"):
        raise InvalidInput("text", "Write with whom it was, or what came of it.")
    writer.act("Record a first contact")
    made = writer.new_id()
    writer.create(FirstContact(id=made, stream=now.stream, notification=notification, **checked))
    return made


def edit_contact(writer: Writer, contact: Id, edits: Mapping[str, Edit]) -> None:
    """Change a first contact. Raises :class:`InvalidInput`."""
    found = writer.get(FirstContact, contact)
    if found is None or found.notification is None:
        raise KeyError("no such contact")
    values = {name: one.value for name, one in edits.items()}
    _check(writer, values, known(writer, found.notification))
    writer.act("Change a first contact")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, FirstContact, contact, checked)


def remove_contact(writer: Writer, contact: Id) -> None:
    """Take back a first contact."""
    writer.act("Remove a first contact")
    writer.cancel(FirstContact, contact)


# --- Checked ---------------------------------------------------------------------------------------------------


def known(reader: Reader, notification: Id) -> Notification:
    """Return a notification. Raises ``KeyError`` when there is none."""
    found = reader.get(Notification, notification)
    if found is None:
        raise KeyError("no such notification")
    return found


def _value(edits: Mapping[str, Edit], now: Notification, name: str) -> Any:
    return edits[name].value if name in edits else getattr(now, name)


def _with_day(writer: Writer, edits: Mapping[str, Edit], now: Notification, name: str) -> dict[str, Edit]:
    """Return the edits with today as the day when none is written."""
    found = dict(edits)
    if _value(edits, now, name) is None:
        found[name] = Edit(writer.today, writer.heads(now.id, name))
    return found


def _check(reader: Reader, values: dict[str, Any], now: Notification | None = None) -> None:
    """Check and tidy values in place, over what the notification holds already."""
    for names, longest in ((_SHORT, NAME_LENGTH), (_LONG, TEXT_LENGTH)):
        for name in names:
            if name in values:
                values[name] = tidy(name, str(values[name]), longest)
    received: dt.datetime | None = values.get("received_at", None if now is None else now.received_at)
    assessed: dt.datetime | None = values.get("assessed_at", None if now is None else now.assessed_at)
    for name, moment in (("received_at", received), ("assessed_at", assessed)):
        if name in values and moment is not None and moment > reader.now:
            raise InvalidInput(name, "That hour has not come yet.", "Check the computer's clock if it has.")
    if received is not None and assessed is not None and assessed < received:
        field = "received_at" if "received_at" in values else "assessed_at"
        raise InvalidInput(field, "It was assessed before the notification came.")
    for name in _DAYS:
        _check_day(reader, name, values.get(name), received)


def _check_day(reader: Reader, name: str, on: dt.date | None, received: dt.datetime | None) -> None:
    if on is None:
        return
    if on > reader.today:
        raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")
    if received is not None and on < received.astimezone(DENMARK).date():
        raise InvalidInput(name, "That is before the notification came.")
