"""What sync asks of the store: rows out, rows in, cursors, keys, cards, files. See ``docs/sync.md``.

Every method is one transaction. Nothing here speaks to a network; the loop in :mod:`caseworker_app.sync` does, and is
handed the store by the composition root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Membership, Role
from caseworker_app.domain.operations import Sealed
from caseworker_app.services.ports import Progress

Touched = frozenset[tuple[str, Id]]


class RefusedRow(StrEnum):
    """Why this laptop does not take a row of the hub's log. The row is kept beside the log and named."""

    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_DEVICE = "unknown_device"
    NOT_YOURS = "not_yours"
    """The header names another author than the device's."""
    NOT_A_MEMBER = "not_a_member"
    READ_ONLY = "read_only"
    UNREADABLE = "unreadable"
    MOVED = "moved"
    """It belongs to another stream than the one it came in."""
    FOREIGN = "foreign"
    """It speaks of a thing that belongs to another stream."""
    ALTERED = "altered"
    """Its id is known with other contents, or stands in the log twice."""


class Row(Protocol):
    """One row of the hub's log (``wire.LogRow``)."""

    @property
    def seq(self) -> int: ...
    @property
    def chain(self) -> bytes: ...
    @property
    def received_ms(self) -> int: ...
    @property
    def device(self) -> bytes: ...
    @property
    def header(self) -> bytes: ...
    @property
    def payload(self) -> bytes: ...
    @property
    def signature(self) -> bytes: ...


class LogPage(NamedTuple):
    """Rows of a stream that follow on one another, and the chain of the row before them."""

    stream: Id
    rows: Sequence[Row]
    chain: bytes


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a stream has been read; ``closed`` when the hub says that it is not the user's."""

    seq: int = 0
    chain: bytes = b""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An operation to be pushed. ``no`` is its local number, ``device`` signed it."""

    no: int
    op_id: Id
    stream: Id
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a page of rows. ``differs``: the page does not follow on what was read before (chain or number), and
    nothing from that row on was taken. ``twin``: a row with this device's own stamp was unknown here, so it is a copy or
    was put back from a backup and has taken a new incarnation."""

    taken: int = 0
    confirmed: int = 0
    waiting: int = 0
    refused: int = 0
    differs: bool = False
    keys: bool = False
    """Whether keys or members changed by it."""
    twin: bool = False
    touched: Touched = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """A device as it was pinned."""

    device: Id
    user: Id
    author: Id
    signing: bytes
    exchange: bytes
    name: str = ""
    made_ms: int = 0
    revoked: bool = False
    vouched: bytes = b""


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague."""

    user: Id
    name: str
    unit: str = ""
    mail: str = ""
    leader: bool = False


@dataclass(frozen=True, slots=True)
class HubAccount:
    """What is kept of the hub this laptop belongs to: who it is (pinned), and the sign-in."""

    address: str
    hub: Id
    name: str
    signing: bytes
    exchange: bytes
    readable: bool
    user: Id
    user_name: str
    token: str = ""
    until_ms: int = 0
    leader: bool = False
    issuer: str = ""
    client: str = ""
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that the hub (``hub``) or this laptop (``laptop``) would not take."""

    id: Id
    place: str
    reason: str
    at_ms: int
    stream: Id
    op_id: Id | None
    device: Id | None
    sealed: Sealed
    author: Id | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the status line says."""

    unsent: int = 0
    oldest_unsent_ms: int | None = None
    waiting_key: int = 0
    waiting_schema: int = 0
    refused: int = 0
    cancels: int = 0
    """How many things the unsent operations take back that no hub has ever had."""
    histories: int = 0
    """In how many streams a colleague had seen another log than this laptop was shown."""
    skew_ms: int = 0
    """What this computer's clock is ahead of the hub's."""
    last_contact_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a key is wrapped for: a device, or the organisation (its hub's id as device)."""

    device: Id
    user: Id
    author: Id
    signing: bytes
    exchange: bytes


@dataclass(frozen=True, slots=True)
class FileToSend:
    """A file of a stream that the hub has not confirmed. ``name`` is empty until it has been sealed once."""

    stream: Id
    sha256: bytes
    size: int
    name: bytes = b""
    key_id: Id = b""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one thing has come: how many of its operations are unsent, how many of them the hub said it has."""

    unsent: int = 0
    pushed: int = 0
    oldest_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """What came of showing cards: devices whose keys differ from those pinned, which are refused."""

    new: int = 0
    changed: tuple[Card, ...] = field(default_factory=tuple)


class SyncSelf(Protocol):
    """Who this laptop is, and how it stands to its hub."""

    @property
    def device(self) -> Id:
        """This device's id."""

    @property
    def author(self) -> Id:
        """What stands as author in this device's operations."""

    def secret(self) -> bytes:
        """Return the device's secret, for proving at sign-in that it holds the keys it names."""

    def now_ms(self) -> int:
        """Return this computer's clock."""

    def account(self) -> HubAccount | None:
        """Return the hub this laptop belongs to, ``None`` when it belongs to none."""

    def keep_account(self, account: HubAccount | None) -> None:
        """Keep the hub and the sign-in."""


class SyncRows(Protocol):
    """Operations on their way out and in."""

    def streams(self) -> Mapping[Id, Cursor]:
        """Return every stream that is here or has been read, with its cursor."""

    def outgoing(self, after: int, limit: int, most_bytes: int) -> list[Outgoing]:
        """Return unsent operations with a higher local number, oldest first; at least one, however large. Refused ones
        are left out."""

    def pushed(self, ids: Sequence[Id]) -> None:
        """Note that the hub says it has these. They count as unsent until they come back."""

    def receive(self, stream: Id, rows: Sequence[Row], chain: bytes) -> Received:
        """Take rows that follow on the cursor, whose chain at the hub is ``chain``. Rows and cursor in one transaction."""

    def receive_all(self, pages: Sequence[LogPage]) -> list[Received]:
        """Do :meth:`receive` for pages in their order, all in one transaction."""

    def reset(self, stream: Id) -> None:
        """The hub does not have what was read: forget the cursor and count all operations of the stream as unsent."""

    def reset_all(self) -> None:
        """The same for every stream: another hub, or one that lost everything."""

    def read_again(self, stream: Id) -> None:
        """Read a stream from its beginning at the next sync, to look once more at rows that were refused."""

    def close_streams(self, closed: Sequence[Id]) -> int:
        """Note which streams the hub no longer lets the user read (and open the others); return how many are new."""

    def reject(self, op_id: Id, reason: str) -> None:
        """The hub has put an operation of ours aside: it is kept here, named, and not sent again by itself."""

    def offer_again(self, row: Id) -> None:
        """Send a rejected operation again at the next sync, or look at a refused row again."""

    def refused(self) -> list[Refused]:
        """Return what was not taken, newest first."""

    def note_twin(self, op_id: Id) -> bool:
        """The hub knows the stamp of this operation with another id: this laptop is a copy of another, or was put back.
        Take a new incarnation, unless that has been done since; return whether it was."""

    def forget_histories(self) -> None:
        """Somebody has read that there were two histories: it is said no more."""

    def foresee_keys(self, stream: Id, rows: Sequence[Row]) -> int:
        """Learn keys for this device from the end of a log that is not read yet, given by one's own other laptops or the
        organisation, so that a first sync can show what comes at once; return how many."""

    def project_waiting(self, progress: Progress | None = None) -> Received:
        """Take up operations whose key or version was unknown and is known now."""

    def note_time(self, hub_ms: int) -> None:
        """Learn the hub's time: the contact, and what this clock is ahead by (later headers carry it)."""

    def counts(self) -> Counts:
        """Return what the status line says."""

    def standing_of(self, entities: Sequence[Id] = (), *, stream: Id | None = None) -> Standing:
        """Return how far some things have come, taken together; or with ``stream`` everything of it."""


class SyncKeys(Protocol):
    """Cards of people and laptops, members and keys."""

    def pin(self, people: Iterable[Person], cards: Iterable[Card]) -> Pinned:
        """Keep people and the cards of devices (already vouched for). A known device with other keys is left as it was."""

    def people(self) -> list[Person]:
        """Return the colleagues learnt of."""

    def cards(self) -> list[Card]:
        """Return the pinned devices."""

    def stamps(self) -> Mapping[Id, Id]:
        """Return which device wrote under which incarnation."""

    def membership(self, stream: Id) -> Membership:
        """Return who may what in a stream, with what was decided here and not sent yet."""

    def set_role(
        self, stream: Id, roles: Mapping[Id, Role], recipients: Sequence[Recipient], *, rotate: bool
    ) -> None:
        """Write, in one signed operation, roles of users and the stream's keys (all of them) for devices that have not
        been given them. ``rotate``: make a new key first, for what comes after; only ``recipients`` and this device get
        it."""

    def owed(self) -> dict[Id, list[Recipient]]:
        """Return by stream who lacks a key this device has and may give: the user's own other devices, and where she is
        the owner those of all members and, when it reads too, the organisation."""

    def stale(self) -> dict[Id, list[Recipient]]:
        """Return by stream who is to have a new key: where the user is the owner, and a laptop that reads no more (its user
        left, or it was closed) has the key that counts."""

    def grant(self, stream: Id, recipients: Sequence[Recipient]) -> None:
        """Wrap all keys of a stream that this device has for devices that lack them, in one signed operation."""


class SyncFiles(Protocol):
    """Files, apart from the rows."""

    def files_to_send(self, limit: int) -> list[FileToSend]:
        """Return files the hub has not confirmed."""

    def sealed_file(self, file: FileToSend) -> tuple[FileToSend, bytes] | None:
        """Return a file sealed under its stream's key, always the same bytes, and its name told to the stream in a signed
        operation; ``None`` when its bytes or the key are not here."""

    def file_sent(self, stream: Id, sha256: bytes) -> None:
        """The hub has checked the file's hash."""

    def files_to_fetch(self, limit: int) -> list[FileToSend]:
        """Return files that were named and are not here: on their way."""

    def take_file(self, file: FileToSend, sealed: bytes) -> bool:
        """Keep a fetched file; ``False`` when its bytes are not what was named."""


class SyncStore(SyncSelf, SyncRows, SyncKeys, SyncFiles, Protocol):
    """The store, as the loop sees it."""
