"""What services ask of the outside. The store, the clock and the paper are handed in by the composition root."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.operations import Change, Header, Operation, Payload, Sealed
from caseworker_app.domain.searching import Question

T = TypeVar("T")
C = TypeVar("C", bound=Entity)

Progress = Callable[[int, int], None]
"""Called with (done, of); long work says how far it is. Raising :class:`Cancelled` from it stops the work."""


class Cancelled(Exception):
    """The user stopped a long piece of work; what was begun is rolled back."""


class Clock(Protocol):
    """The time, as the device believes it."""

    def now(self) -> dt.datetime:
        """Return the moment, aware, in UTC."""

    def zone(self) -> str:
        """Return the IANA name of the local zone."""


class StreamKind(StrEnum):
    """What a stream is the log of: one child's case, the worker's own things, the office's."""

    CASE = "case"
    OWN = "own"
    OFFICE = "office"


class Access(StrEnum):
    """What the access log names (databeskyttelsesforordningen art. 32; law sheet 3)."""

    READ = "read"
    SHOW_NUMBER = "show_number"
    SEARCH = "search"
    PRINT = "print"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One row of the access log: who did what to which record, when, for what."""

    at: dt.datetime
    author: Id
    action: Access
    entity_type: str
    entity: Id
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An open form's touched fields: plain values with the heads the form showed. Never history, never sent."""

    key: str
    entity_type: str
    entity: Id | None
    stream: Id | None
    title: str
    fields: Mapping[str, tuple[Plain, tuple[Id, ...]]]
    updated: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class PastChange:
    """One field's change in the history: what it was (the parents' values) and what it became."""

    entity_type: str
    entity: Id
    field: str
    kind: str
    before: tuple[Plain, ...]
    after: Plain
    parents: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class PastAct:
    """One act in the history, whole: who, when, on which device, what."""

    act_id: Id
    op_id: Id
    stream: Id
    author: Id
    device: Id
    at: dt.datetime
    zone: str
    label: str
    reason: str
    undoes: Id | None
    final: bool
    changes: tuple[PastChange, ...]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row a search found: its number (to page on from), and which thing of which kind in which stream."""

    number: int
    kind: str
    entity: Id
    stream: Id


@dataclass(frozen=True, slots=True)
class Contested:
    """A thing with ``conflicts`` disagreements: fields with several live values, or taken back and changed apart."""

    entity_type: str
    entity: Id
    stream: Id
    conflicts: int


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a write came to: the service's own answer, the act (``None`` when nothing changed), what it touched, and the
    keys of the drafts it kept or dropped."""

    result: T
    act_id: Id | None
    touched: frozenset[tuple[str, Id]] = field(default_factory=frozenset)
    drafts: frozenset[str] = frozenset()


class Reader(Protocol):
    """One consistent view of the store, for as long as the function it was handed to runs."""

    def get(self, cls: type[C], entity: Id) -> C | None:
        """Return the thing, also when cancelled; ``None`` when there is none of that id."""

    def find(
        self,
        cls: type[C],
        *,
        stream: Id | None = None,
        where: Mapping[str, object] | None = None,
        cancelled: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> list[C]:
        """Return things in the order they were made; ``where`` compares fields for equality.

        Fields named in ``without`` are not read and stand at their default: long texts that an evaluation of a whole
        caseload never looks at.
        """

    def by_stream(
        self, cls: type[C], streams: Iterable[Id], *, without: frozenset[str] = frozenset()
    ) -> dict[Id, list[C]]:
        """Return the live things of several streams at once, each stream's as :meth:`find` does; streams without any
        are left out."""

    def pick(
        self,
        cls: type[C],
        fields: Sequence[str],
        *,
        stream: Id | None = None,
        where: Mapping[str, object] | None = None,
    ) -> list[tuple[Any, ...]]:
        """Return the id and some fields of each live thing, in the order they were made: for long lists, whose texts
        nobody reads yet."""

    def newest(
        self,
        cls: type[C],
        by: Sequence[str],
        *,
        stream: Id | None = None,
        where: Mapping[str, object] | None = None,
        since: dt.date | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[C]:
        """Return some live things, the latest first by the first day of ``by`` (names of day fields) that is set: a page
        of a list that is never read whole. ``since`` leaves out what is earlier or has no day."""

    def count(
        self, cls: type[C], *, stream: Id | None = None, where: Mapping[str, object] | None = None
    ) -> int:
        """Return how many live things match."""

    def search(self, question: Question) -> list[FoundRow]:
        """Return what a question finds in the index of words, newest first or the best of the newest."""

    def fields(self, cls: type[C], entity: Id) -> dict[str, Field[Any]]:
        """Return every field with its heads and the live values beside it."""

    def contested(self, stream: Id | None = None) -> list[Contested]:
        """Return the things people disagree about, of one stream or of all, cancelled ones too."""

    def history(
        self,
        *,
        entities: Sequence[Id] = (),
        stream: Id | None = None,
        limit: int = 200,
        before: int | None = None,
    ) -> list[PastAct]:
        """Return what happened to the entities (or in the stream), newest first; ``before`` pages by log number."""

    def acts(self, *, limit: int = 200) -> list[PastAct]:
        """Return this device's own latest acts, newest first: what undo looks through."""

    def heads(self, entity: Id, field: str) -> tuple[Id, ...]:
        """Return the operations whose values a field has now."""

    def unseen(self, entity: Id) -> frozenset[Id]:
        """Return the operations that changed a thing apart from its being taken back (:func:`.heads.life_of`)."""

    def blob(self, sha256: bytes) -> bytes | None:
        """Return a file's bytes by their hash; ``None`` when they are not here (not yet come, or erased)."""

    def drafts(self) -> list[Draft]:
        """Return the open forms, latest first."""

    def draft(self, key: str) -> Draft | None:
        """Return one open form."""

    def stream_kind(self, stream: Id) -> StreamKind | None:
        """Return what a stream is the log of."""

    def streams(self, kind: StreamKind) -> list[Id]:
        """Return the streams of a kind, oldest first."""

    def begun_by_others(self) -> Mapping[Id, int]:
        """Return the streams another user began, with a number that grows with when they came to this computer."""

    def access_log(self, *, limit: int = 500) -> list[AccessRow]:
        """Return the latest rows of the access log, newest first."""

    def unsent(self) -> tuple[int, dt.datetime | None]:
        """Return how many operations have not come back from the hub, and the oldest one's moment."""

    @property
    def author(self) -> Id:
        """The worker whose store this is."""

    @property
    def now(self) -> dt.datetime:
        """The moment the view was opened, aware, in UTC."""

    @property
    def today(self) -> dt.date:
        """The local date at that moment."""


class Writer(Reader, Protocol):
    """One act: everything done through it is one operation a stream, or nothing at all."""

    def new_id(self) -> Id:
        """Return a fresh identity."""

    def act(self, label: str, *, undoes: Id | None = None, reason: str = "", final: bool = False) -> None:
        """Say what is being done (a msgid). An act without a word is a bug."""

    def flush(self) -> None:
        """Finish this act and begin another in the same transaction: for imports and generated data."""

    def new_stream(self, kind: StreamKind) -> Id:
        """Make a stream with its key and grant it to this device."""

    def create(self, thing: Entity) -> None:
        """Make a thing; its fields that differ from their default are written."""

    def set(
        self, cls: type[Entity], entity: Id, field: str, value: Any, *, parents: Iterable[Id] | None
    ) -> None:
        """Set a field. ``parents`` are the heads the author saw; ``None`` means "what is there now", for acts in
        which nobody looked at a form."""

    def cancel(self, cls: type[Entity], entity: Id) -> None:
        """Take a thing back; it is kept, and left out of lists."""

    def restore(self, cls: type[Entity], entity: Id) -> None:
        """Bring a cancelled thing again."""

    def change(self, stream: Id, change: Change) -> None:
        """Append a change as it is: for undo, which knows the parents' plain value."""

    def put_blob(self, stream: Id, data: bytes) -> bytes:
        """Keep a file's bytes beside the log, in the same transaction; return their SHA-256. Kept once only."""

    def save_draft(self, draft: Draft) -> None:
        """Keep an open form, over what was kept of it."""

    def drop_draft(self, key: str) -> None:
        """Forget an open form, in the same transaction as what saves it."""

    def log_access(self, action: Access, entity_type: str, entity: Id, detail: str = "") -> None:
        """Append to the access log. ``detail`` holds words, never a personal number."""


class Store(Protocol):
    """The encrypted store. One thread writes, others read."""

    def read(self, fn: Callable[[Reader], T]) -> T:
        """Run ``fn`` in one read transaction."""

    def write(self, fn: Callable[[Writer], T]) -> Outcome[T]:
        """Run ``fn`` in one write transaction; any exception leaves everything as it was."""

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make projections anew from the log; return how many operations were read."""

    def close(self) -> None:
        """Close every connection."""


class Sealer(Protocol):
    """Turns operations into the bytes that are kept and sent, and back."""

    def seal(self, operation: Operation, key: bytes) -> Sealed:
        """Seal (unless ``key_id`` is the clear key) and sign."""

    def open(self, sealed: Sealed, key: bytes) -> Operation:
        """Check the seal and return the operation. Raises ``ValueError`` when it has been touched."""

    def header(self, data: bytes) -> Header:
        """Return the clear part."""

    def contents(self, header: Header, sealed: Sealed, key: bytes) -> Payload:
        """Do :meth:`open` for an operation whose clear part was read before."""

    def verify(self, sealed: Sealed, public_key: bytes) -> bool:
        """Return whether the signature is that device's."""

    def new_key(self) -> bytes:
        """Return a fresh stream key."""

    def grant(self, key: bytes, stream: Id, key_id: Id) -> bytes:
        """Return the stream key wrapped for this device."""

    def grant_for(self, exchange: bytes, device: Id, key: bytes, stream: Id, key_id: Id) -> bytes:
        """Return the stream key wrapped for another device. Raises ``ValueError`` for a key that is none."""

    def unwrap(self, blob: bytes, stream: Id, key_id: Id) -> bytes:
        """Return a stream key that was granted to this device. Raises ``ValueError`` when it was not."""

    def seal_file(self, key: bytes, stream: Id, sha256: bytes, data: bytes) -> bytes:
        """Return a file's bytes sealed, always the same."""

    def open_file(self, key: bytes, stream: Id, sha256: bytes, sealed: bytes) -> bytes:
        """Return a file's bytes. Raises ``ValueError`` when they have been touched."""

    def sign(self, message: bytes) -> bytes:
        """Return the device's signature of a message."""

    @property
    def device(self) -> Id:
        """The identity of this device."""

    @property
    def public_key(self) -> bytes:
        """The device's signing key that others check."""

    @property
    def exchange_key(self) -> bytes:
        """The device's public key that others wrap keys for."""
