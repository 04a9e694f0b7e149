"""Sync as the window sees it: where things stand in data (the window has the words), and what a person can ask for.

The composition root provides the desk. With no hub chosen it is a desk all the same, whose state says so
(:class:`.no_hub.NoHub` is one that never has any), and nobody asks whether there is one. Two rules for whoever calls:

* ``state``, ``directory`` and ``listen`` answer from memory, from any thread, at once. Everything else may wait for the
  network or the store: run it as a task, never in the GUI thread. Its failures are :class:`.UserError` with a
  way out.
* The desk works by itself in a thread of its own between ``begin`` and ``rest``. It tells its listeners, in that thread,
  when something is new.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Store

Touched = frozenset[tuple[str, Id]]


class Standing(StrEnum):
    """How this laptop stands to a hub."""

    UNKNOWN = "unknown"
    """Nothing has been looked at yet: the store has just been opened."""
    NO_HUB = "no_hub"
    """None has been chosen: everything is only here."""
    SIGNED_OUT = "signed_out"
    """A hub is known and nobody is signed in: nothing is sent or fetched, everything is kept."""
    REVOKED = "revoked"
    """The hub has closed this device: what was written can still be handed in, nothing is fetched."""
    SIGNED_IN = "signed_in"


class FaultCode(StrEnum):
    """What stands in the way, or must be known. The window has a sentence and a way out for each."""

    OFFLINE = "offline"
    """Nobody answered: no network, or the hub is down."""
    CERTIFICATE = "certificate"
    """The hub's certificate has run out, is for another name, or is signed by nobody known. Nothing was said to it."""
    NOT_A_HUB = "not_a_hub"
    """Something answered that is no hub: a sign-in page of a guest network, another program."""
    OTHER_HUB = "other_hub"
    """The hub at the address is not the one this laptop signed in to (its organisation key differs)."""
    HUB_FAILING = "hub_failing"
    """The hub answered that it cannot at the moment."""
    SIGN_IN_AGAIN = "sign_in_again"
    """The sign-in has run out."""
    TOO_OLD = "too_old"
    """The hub no longer understands this version: what is written is still sent, nothing new can be fetched."""
    CLOCK = "clock"
    """This computer's clock differs from the hub's by ``minutes`` (negative: it is behind). Nothing is refused."""
    KEY_CHANGED = "key_changed"
    """A device (``who``, ``device``) was shown with another key than before: it is refused until an administrator says."""
    DISK_FULL = "disk_full"
    """What came could not be kept; it is asked for again."""
    HUB_RESTORED = "hub_restored"
    """The hub had been put back to an earlier day; this laptop is sending it what it lacks."""
    TWIN = "twin"
    """This laptop is a copy of another one, or was put back from a backup: it has taken a new stamp, nothing is lost."""
    CLOSED_CASE = "closed_case"
    """``count`` cases are no longer shared with the user: what was written in them is kept here and offered the leader."""
    HELD = "held"
    """``count`` things would be taken back for everyone: nothing is sent until a person says yes (``send_held``)."""
    TWO_HISTORIES = "two_histories"
    """In ``count`` cases a colleague had been shown another log than this laptop: the hub was put back to an earlier day,
    or it deceives one of them. Said until somebody has read it (``histories_read``)."""
    BROKE = "broke"
    """The program itself failed at it; it is tried again, and the rest of the program is untouched."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that stands in the way. ``values`` are put into the window's sentence."""

    code: FaultCode
    since: dt.datetime | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SyncState:
    """Where things stand now: a snapshot, counted by the desk after each save and each sync.

    ``unsent`` counts the operations that have not come back in the hub's log, ``oldest_unsent`` is the oldest one's
    moment. ``waiting_key`` and ``waiting_version`` count what is here and cannot be read yet. ``quarantined`` counts what
    the hub or this laptop would not take. While ``running``, ``done`` of ``of`` rows have come or gone (``of`` 0: not
    known yet); ``first`` says that it is the first sync of this laptop, which may take a minute.
    """

    standing: Standing = Standing.UNKNOWN
    hub: str = ""
    """The hub's name, as its organisation gave it."""
    address: str = ""
    fingerprint: str = ""
    """The first 16 hexadecimal digits of the organisation key's SHA-256, for comparing aloud."""
    user: str = ""
    """Who is signed in, by name."""
    leader: bool = False
    end_to_end: bool = False
    """Whether the organisation has no key of its own to the cases."""
    last_contact: dt.datetime | None = None
    unsent: int = 0
    oldest_unsent: dt.datetime | None = None
    waiting_key: int = 0
    waiting_version: int = 0
    quarantined: int = 0
    running: bool = False
    first: bool = False
    done: int = 0
    of: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What a listener is told: that the state is another, and which things of the store have changed by what came."""

    touched: Touched = frozenset()


@dataclass(frozen=True, slots=True)
class Directory:
    """Who is who: names by the ``author`` id in operations and by user, device names by device id and by incarnation."""

    authors: Mapping[Id, str] = field(default_factory=dict)
    devices: Mapping[Id, str] = field(default_factory=dict)
    users: Mapping[Id, str] = field(default_factory=dict)


class Place(StrEnum):
    """How far a record has come: the least of all its operations."""

    HERE = "here"
    """Only on this computer."""
    SENT = "sent"
    """The hub has said yes; it has not come back in the log yet."""
    CONFIRMED = "confirmed"
    """It has come back in the hub's log."""


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """How far one thing has come; ``unsent`` of its operations have not been confirmed, the oldest since ``oldest``."""

    place: Place
    unsent: int = 0
    oldest: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class HubFound:
    """What answers at an address, before anybody signs in."""

    name: str
    address: str
    fingerprint: str
    provider: str = ""
    """The municipality's sign-in (its address), empty when only codes are taken."""
    end_to_end: bool = False


@dataclass(frozen=True, slots=True)
class SignedOut:
    """What is still unsent after signing out: it is kept here and sent at the next sign-in."""

    unsent: int = 0
    oldest_unsent: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One of the user's own laptops."""

    device: Id
    name: str
    made: dt.datetime | None
    this: bool
    revoked: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a case can be shared with. Without a device (``devices`` 0) she gets the keys when she first signs in."""

    user: Id
    name: str
    unit: str = ""
    mail: str = ""
    leader: bool = False
    devices: int = 1
    me: bool = False


class ShareRole(StrEnum):
    """What somebody may do with a case; the order is from most to least."""

    OWNER = "owner"
    MEMBER = "member"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who shares a case, by the signed operations in its log."""

    user: Id
    name: str
    role: ShareRole
    since: dt.datetime | None = None
    me: bool = False


class QuarantinePlace(StrEnum):
    """Who would not take a row."""

    HUB = "hub"
    LAPTOP = "laptop"


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """One row that was not taken. ``reason`` is a ``sync.wire.Reason``, or a code of the laptop's own check:
    a ``sync_ports.RefusedRow``.

    ``label`` is the msgid of what was done when it could be read; ``stream`` the case, when it is known.
    """

    row: Id
    place: QuarantinePlace
    reason: str
    at: dt.datetime
    author: str = ""
    label: str = ""
    stream: Id | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A row in the hub's own quarantine, as a team leader sees it. ``stream`` only of a case she reads."""

    row: bytes
    at: dt.datetime
    author: str
    unit: str
    reason: str
    stream: Id | None = None


class SyncAtOnce(Protocol):
    """What is answered at once, from memory, from any thread."""

    def state(self) -> SyncState:
        """Return where things stand."""

    def directory(self) -> Directory:
        """Return who is who, as far as this laptop has learnt."""

    def listen(self, told: Callable[[News], None]) -> Callable[[], None]:
        """Have ``told`` called, in the desk's own thread, when something is new; return what ends it."""

    def begin(self, store: Store) -> None:
        """Work on an open store from now on. Returns at once; nothing is done before the first screen is shown."""

    def rest(self) -> None:
        """Leave the store alone: it is about to be closed. Stops what is under way at its next step, waits for that (a
        second at most), and may be run as a task. What was begun is whole or not at all."""

    def saved(self) -> None:
        """Something was saved here: count anew, and send soon. Returns at once."""

    def start_now(self) -> None:
        """Sync now, whatever the wait would have been. Returns at once."""

    def send_held(self) -> None:
        """Say yes to what :attr:`FaultCode.HELD` names, to so many things and no more, and sync now. Returns at once."""

    def cancel(self) -> None:
        """Stop what is under way after the row at hand; it goes on from there another time. Returns at once."""


class SyncDesk(SyncAtOnce, Protocol):
    """What a person can see of sync and ask of it; all but :class:`SyncAtOnce` may wait."""

    def look(self, address: str) -> HubFound:
        """Ask what is at an address. Says nothing about the user."""

    def sign_in_by_code(self, address: str, code: str) -> None:
        """Sign this device in by the administrator's one-time code (``CODE-FINGERPRINT``)."""

    def sign_in_by_browser(self, address: str, fingerprint: str, show: Callable[[str], None]) -> None:
        """Sign this device in at the municipality's provider. ``show`` is called, in this thread, with the address a
        browser is to open; returns when the browser has come back, ends in a :class:`.UserError` after
        :meth:`stop_sign_in` or five minutes. ``fingerprint`` is what the user was shown and said yes to."""

    def stop_sign_in(self) -> None:
        """Wait no longer for the browser. Returns at once."""

    def sign_out(self) -> SignedOut:
        """Forget the token. Everything is kept, what is unsent too."""

    def devices(self) -> Sequence[DeviceRow]:
        """Return the user's own devices, this one first."""

    def revoke(self, device: Id) -> None:
        """Close a device of one's own: it can hand in what it had written, and reads nothing more."""

    def people(self) -> Sequence[Colleague]:
        """Return the colleagues a case can be shared with, oneself among them."""

    def members(self, stream: Id) -> Sequence[MemberRow]:
        """Return who shares a case; needs no network."""

    def share(self, stream: Id, user: Id, role: ShareRole) -> None:
        """Share a case with a colleague, or give her another role."""

    def take_back(self, stream: Id, user: Id) -> None:
        """Share a case no longer with somebody; what is written from now on has a new key."""

    def hand_over(self, stream: Id, to: Id, keep: ShareRole | None) -> None:
        """Make a team leader the case's owner; keep a role oneself, or (``None``) leave it."""

    def standing_of(self, entities: Sequence[Id] = (), *, stream: Id | None = None) -> RecordStanding:
        """Return how far some things have come, taken together; or with ``stream`` everything of a case. No network."""

    def histories_read(self) -> None:
        """Somebody has read :attr:`FaultCode.TWO_HISTORIES`: it is said no more."""

    def quarantine(self) -> Sequence[QuarantineRow]:
        """Return the rows that were not taken, newest first."""

    def handed_in(self) -> Sequence[HandedIn]:
        """Return what the hub did not take, for a team leader, newest first."""

    def let_in(self, row: bytes) -> str:
        """Have the hub judge a row anew, for a team leader; return why it stays where it is, empty when it was taken."""

    def try_again(self, row: Id) -> None:
        """Send a row the hub did not take once more, or look once more at one this laptop did not take."""

    def quarantined(self, row: Id) -> bytes:
        """Return one of them as a file: JSON of its header, reason and sealed bytes, for the IT department."""
