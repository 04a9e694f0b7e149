"""Sync in the user's words: where things stand, what stands in the way, who may what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from caseworker_app import i18n
from caseworker_app.domain.dates import at_clock, long_date, weekday
from caseworker_app.i18n import N_
from caseworker_app.services.sync_desk import (
    Fault,
    FaultCode,
    Place,
    QuarantinePlace,
    RecordStanding,
    ShareRole,
    Standing,
    SyncState,
)
from ui.words import tr

ROLE_LABELS: Mapping[ShareRole, str] = {
    ShareRole.OWNER: N_("Responsible"),
    ShareRole.MEMBER: N_("May write"),
    ShareRole.READER: N_("May read"),
}
ROLE_TELLS: Mapping[ShareRole, str] = {
    ShareRole.OWNER: N_("Reads, writes, and decides who shares the case."),
    ShareRole.MEMBER: N_("Reads and writes."),
    ShareRole.READER: N_("Reads everything and writes nothing."),
}
_SHORT: Mapping[FaultCode, str] = {
    FaultCode.CERTIFICATE: N_("The hub's certificate is not trusted"),
    FaultCode.NOT_A_HUB: N_("The network asks for something first"),
    FaultCode.OTHER_HUB: N_("Another hub answers"),
    FaultCode.HUB_FAILING: N_("The hub has a problem"),
    FaultCode.SIGN_IN_AGAIN: N_("Sign in again"),
    FaultCode.TOO_OLD: N_("Tæt på must be updated"),
    FaultCode.CLOCK: N_("This computer's clock is wrong"),
    FaultCode.KEY_CHANGED: N_("A device has another key than before"),
    FaultCode.DISK_FULL: N_("The disk is full"),
    FaultCode.HELD: N_("Waits for your yes"),
    FaultCode.TWO_HISTORIES: N_("The hub has shown two histories"),
    FaultCode.BROKE: N_("Sync failed"),
}
"""What the status line says; a fault without words here is said by the numbers beside it."""
_FAULTS: Mapping[FaultCode, tuple[str, str]] = {
    FaultCode.OFFLINE: (
        N_("There is no connection to the hub."),
        N_("You can work on: everything is saved here, and sent by itself when there is a connection again."),
    ),
    FaultCode.CERTIFICATE: (
        N_("The hub's certificate has run out, or is for another name. Nothing was sent."),
        N_("Tell the IT department. Everything is saved here meanwhile."),
    ),
    FaultCode.NOT_A_HUB: (
        N_("What answered is not the hub. It is often the sign-in page of a guest network."),
        N_("Open a browser and sign in to the network, or use another one. Nothing was sent to it."),
    ),
    FaultCode.OTHER_HUB: (
        N_("Another hub than the one you signed in to answers at the address."),
        N_(
            "Nothing was sent. Ask the IT department whether the hub has been moved; compare the fingerprint with theirs."
        ),
    ),
    FaultCode.HUB_FAILING: (
        N_("The hub answers that it has a problem."),
        N_("It is tried again by itself. Everything is saved here meanwhile."),
    ),
    FaultCode.SIGN_IN_AGAIN: (
        N_("Your sign-in has run out."),
        N_("Sign in again below. What is not sent is kept here and sent then."),
    ),
    FaultCode.TOO_OLD: (
        N_("The hub asks for a newer version of Tæt på."),
        N_(
            "What you write is still sent. Ask the IT department for the new version to see what others write."
        ),
    ),
    FaultCode.CLOCK: (
        N_("This computer's clock is {minutes} minutes wrong."),
        N_(
            "Nothing is refused, but what you write gets the wrong time. Set the clock in the computer's settings."
        ),
    ),
    FaultCode.KEY_CHANGED: (
        N_("The device '{device}' of {who} has another key than before, and is not trusted."),
        N_("Nothing is shared with it. Ask the IT department whether the computer has been set up again."),
    ),
    FaultCode.DISK_FULL: (
        N_("The disk is full: what came from the hub could not be kept."),
        N_("Make room on the disk. It is fetched again by itself; nothing is lost."),
    ),
    FaultCode.HUB_RESTORED: (
        N_("The hub had been put back to an earlier day."),
        N_("This computer sends it what it lacks. You need not do anything."),
    ),
    FaultCode.TWIN: (
        N_("This computer's data are a copy of another's, or were put back from a backup."),
        N_("It goes on as a device of its own. Nothing is lost."),
    ),
    FaultCode.CLOSED_CASE: (
        N_("{count} cases are no longer shared with you."),
        N_("What you had written in them is kept here and offered to the team leader."),
    ),
    FaultCode.HELD: (
        N_("{count} things would be taken back for everyone who shares the cases. Nothing has been sent."),
        N_("If you meant it, send it. If not, undo it, or ask a colleague first."),
    ),
    FaultCode.TWO_HISTORIES: (
        N_("In {count} cases the hub has shown a colleague something else than this computer."),
        N_(
            "Ask the IT department whether the hub has been put back to an earlier day; then it mends itself. If not, "
            "it may have been tampered with. Everything is saved here."
        ),
    ),
    FaultCode.BROKE: (
        N_("Sync failed by a fault in the program."),
        N_("It is tried again. Everything is saved here, and the rest of the program is not touched by it."),
    ),
}
FAULT_ACTS: Mapping[FaultCode, str] = {
    FaultCode.HELD: N_("Send it for everyone"),
    FaultCode.TWO_HISTORIES: N_("I have told the IT department"),
}
"""What a person can do about a fault there and then."""
REASON_LABELS: Mapping[str, tuple[str, str]] = {
    "not_a_member": (
        N_("It is written in a case that is not shared with its author."),
        N_("Ask for the case to be shared again; a team leader can then let it in."),
    ),
    "read_only": (
        N_("Its author may read the case and not write in it."),
        N_("Whoever is responsible for the case can let her write, or take it in."),
    ),
    "revoked": (
        N_("It was written on a device that has been closed."),
        N_("It was handed in and is kept; a team leader decides about it."),
    ),
    "not_yours": (
        N_("It was sent from another device than the one it was written on."),
        N_("Sync from the computer it was written on."),
    ),
    "bad_signature": (
        N_("Its signature does not fit: it has been changed on its way, or does not come from whom it says."),
        N_("Tell the IT department, and save it as a file for them."),
    ),
    "unknown_device": (
        N_("It was written on a device that nobody has vouched for."),
        N_("Ask the IT department which device it is."),
    ),
    "unreadable": (
        N_("It cannot be read."),
        N_("Save it as a file for the IT department. Everything else is untouched by it."),
    ),
    "too_large": (
        N_("It is larger than the hub takes."),
        N_("Save it as a file for the IT department. It stays on this computer."),
    ),
    "moved": (
        N_("It belongs to another case than the one it came in."),
        N_("Tell the IT department: the hub may have been tampered with. Everything is saved here."),
    ),
    "foreign": (
        N_("It speaks of something that belongs to another case."),
        N_("Tell the IT department, and save it as a file for them."),
    ),
    "altered": (
        N_("It is known here with other contents."),
        N_("Tell the IT department: the hub may have been tampered with. Everything is saved here."),
    ),
    "chain": (
        N_("The hub's log does not hang together at this place."),
        N_("Tell the IT department: the hub may have been tampered with. Everything is saved here."),
    ),
}
_OTHER_REASON = (N_("It could not be taken."), N_("Save it as a file for the IT department."))


def status_words(state: SyncState, now: dt.datetime) -> tuple[str, ...]:
    """Return what the status line says, the most important first. The moments are said in local time."""
    if state.standing is Standing.UNKNOWN:
        return (tr("Saved on this computer"),)
    if state.standing is Standing.NO_HUB:
        return (tr("Only on this computer"),)
    parts = []
    if state.standing is Standing.SIGNED_OUT:
        parts.append(tr("Not signed in"))
    elif state.standing is Standing.REVOKED:
        parts.append(tr("This device is closed"))
    parts += [tr(_SHORT[fault.code]) for fault in state.faults if fault.code in _SHORT]
    if state.unsent:
        parts.append(unsent_words(state.unsent, state.oldest_unsent, now))
    if any(fault.code is FaultCode.OFFLINE for fault in state.faults):
        parts.append(offline_words(state, now))
    if state.running and (state.first or not parts):
        parts.insert(0, progress_words(state))
    if state.waiting_key:
        parts.append(i18n.ngettext("{n} waits for a key", "{n} wait for a key", state.waiting_key))
    if state.waiting_version:
        parts.append(
            i18n.ngettext(
                "{n} waits for a newer version", "{n} wait for a newer version", state.waiting_version
            )
        )
    if state.quarantined:
        parts.append(i18n.ngettext("{n} was not taken", "{n} were not taken", state.quarantined))
    return tuple(parts) or (tr("Everything is sent and confirmed"),)


def stands(state: SyncState) -> Callable[[], tuple[str, ...]]:
    """Return what says where sync stands at the moment it is asked."""
    return lambda: status_words(state, dt.datetime.now(dt.UTC))


def is_calm(state: SyncState) -> bool:
    """Return whether there is nothing to mind: no hub, or everything is where it should be."""
    if state.standing in (Standing.UNKNOWN, Standing.NO_HUB):
        return True
    waiting = state.unsent or state.waiting_key or state.waiting_version or state.quarantined
    return state.standing is Standing.SIGNED_IN and not waiting and not state.faults


def progress_words(state: SyncState) -> str:
    """Return how far the sync under way is."""
    if not state.of:
        return tr("Syncing …")
    number = i18n.current().number
    return tr("Syncing {done} of {of}", done=number(state.done), of=number(state.of))


def unsent_words(count: int, oldest: dt.datetime | None, now: dt.datetime) -> str:
    """Return how many changes are not sent, and how old the oldest is from a minute on."""
    words = i18n.ngettext("{n} change not sent", "{n} changes not sent", count)
    age = "" if oldest is None else age_words(now - oldest)
    return tr("{changes}, oldest {age}", changes=words, age=age) if age else words


def age_words(age: dt.timedelta) -> str:
    """Return an age in whole minutes, hours or days; empty below a minute."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return ""
    if minutes < 60:
        return i18n.ngettext("{n} minute", "{n} minutes", minutes)
    if minutes < 48 * 60:
        return i18n.ngettext("{n} hour", "{n} hours", minutes // 60)
    return i18n.ngettext("{n} day", "{n} days", minutes // (24 * 60))


def offline_words(state: SyncState, now: dt.datetime) -> str:
    """Return since when there is no connection."""
    if state.last_contact is None:
        return tr("No connection")
    return tr("No connection since {moment}", moment=moment_words(state.last_contact, now))


def moment_words(at: dt.datetime, now: dt.datetime) -> str:
    """Return a moment as people say it: today the clock, within a week the weekday, else the date; local time."""
    language = i18n.current().language
    here, today = at.astimezone(), now.astimezone().date()
    clock = at_clock(here, language)
    days = (today - here.date()).days
    if days == 0:
        return clock
    if 0 < days < 7:
        return f"{weekday(here.date(), language)} {clock}"
    return long_date(here.date(), language)


def fault_words(fault: Fault) -> tuple[str, str]:
    """Return a fault's sentence and its way out."""
    sentence, way = _FAULTS[fault.code]
    return tr(sentence, **fault.values), tr(way, **fault.values)


def reason_words(reason: str) -> tuple[str, str]:
    """Return why a row was not taken, and what to do."""
    sentence, way = REASON_LABELS.get(reason, _OTHER_REASON)
    return tr(sentence), tr(way)


def place_words(place: QuarantinePlace) -> str:
    """Return who would not take a row."""
    return tr("The hub") if place is QuarantinePlace.HUB else tr("This computer")


def standing_words(standing: RecordStanding, now: dt.datetime) -> str:
    """Return how far a record has come."""
    if standing.place is Place.CONFIRMED:
        return tr("Sent and confirmed")
    if standing.place is Place.SENT:
        return tr("Sent, not confirmed yet")
    if standing.unsent:
        return tr("On this computer: {words}", words=unsent_words(standing.unsent, standing.oldest, now))
    return tr("Only on this computer")
