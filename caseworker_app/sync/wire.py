"""What laptop and hub say to each other: JSON over HTTPS, bytes in base64, ids as 32 hexadecimal digits in paths.

One module for both sides, so that neither can mean something else by a word. Unknown fields are ignored by readers (an
older side understands a newer one), and what is optional has its default here. See ``docs/sync.md``.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

import msgspec

from caseworker_app.domain.chain import next_chain as next_chain

PROTOCOL: int = 1
"""The version of these words. A hub names the oldest it still understands."""
MOST_OPERATIONS: int = 100
"""So many operations are taken in one batch at most (and 1 MiB, see :data:`MOST_BYTES`)."""
MOST_BYTES: int = 1 << 20
MOST_BLOB_PIECE: int = 1 << 20
"""A file travels in pieces of at most so many bytes."""


class Role(StrEnum):
    """What a member may do with a stream. An owner may also change who is a member."""

    OWNER = "owner"
    MEMBER = "member"
    READER = "reader"
    NONE = "none"


class Verdict(StrEnum):
    """What became of one pushed operation."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    QUARANTINED = "quarantined"


class Reason(StrEnum):
    """Why an operation was quarantined: a code that the laptop explains in words."""

    NOT_A_MEMBER = "not_a_member"
    READ_ONLY = "read_only"
    REVOKED = "revoked"
    NOT_YOURS = "not_yours"
    BAD_SIGNATURE = "bad_signature"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


class Pushed(msgspec.Struct, frozen=True):
    """An operation as its author sealed and signed it."""

    header: bytes
    payload: bytes
    signature: bytes


class LogRow(msgspec.Struct, frozen=True):
    """One row of a stream's log. ``chain`` is :func:`next_chain` of the row before; ``device`` signed it."""

    seq: int
    chain: bytes
    received_ms: int
    device: bytes
    header: bytes
    payload: bytes
    signature: bytes


class Position(msgspec.Struct, frozen=True):
    """How far somebody has read a stream."""

    seq: int = 0
    chain: bytes = b""


class HeadsAsked(msgspec.Struct, frozen=True):
    """``POST /v1/heads``: where the laptop stands in each stream it has, by the stream's hexadecimal id."""

    streams: dict[str, Position]


class HeadsAnswer(msgspec.Struct, frozen=True):
    """``news``: streams with more rows than asked from, also ones the laptop has never seen. ``differing``: streams in
    which the hub does not have what the laptop has read (it was restored). ``closed``: streams the user may not read."""

    news: dict[str, Position]
    differing: tuple[str, ...]
    closed: tuple[str, ...]
    now_ms: int
    least_protocol: int = 1
    people: str = ""
    """Another word whenever a colleague or a laptop has come or gone; empty from a hub that does not tell."""


class PushAsked(msgspec.Struct, frozen=True):
    """``POST /v1/operations``."""

    operations: tuple[Pushed, ...]


class PushResult(msgspec.Struct, frozen=True):
    """The verdict on one operation, in the order they were pushed. ``twin``: its stamp (incarnation, seq) was known with
    another id, so this laptop is a copy of another and takes a new incarnation."""

    verdict: Verdict
    reason: Reason | None = None
    twin: bool = False


class PushAnswer(msgspec.Struct, frozen=True):
    """One result for each operation, never fewer."""

    results: tuple[PushResult, ...]
    now_ms: int


class KeptRow(msgspec.Struct, frozen=True):
    """A row in the hub's quarantine: ``row`` names it; ``name`` and ``unit`` are of who handed it in. ``stream`` only for
    who reads that stream."""

    row: bytes
    at_ms: int
    name: str
    unit: str
    reason: Reason
    size: int
    stream: bytes = b""


class QuarantineAnswer(msgspec.Struct, frozen=True):
    """``GET /v1/quarantine``, for team leaders: what was not taken, newest first. ``POST /v1/quarantine/{row}/release``
    has one judged anew and answers a :class:`PushResult`."""

    rows: tuple[KeptRow, ...]


class LogAnswer(msgspec.Struct, frozen=True):
    """``GET /v1/streams/{id}/log?after=n&limit=m&tail=k``: rows after ``n``, oldest first. ``chain`` is that of row ``n``.

    ``tail`` are those of the log's last ``k`` rows that lie after these, all of them or none; a hub that knows of no tails
    gives none.
    """

    rows: tuple[LogRow, ...]
    chain: bytes
    last: int
    now_ms: int
    tail: tuple[LogRow, ...] = ()


class DeviceCard(msgspec.Struct, frozen=True):
    """A laptop as others know it. ``signing`` checks what it wrote, ``exchange`` wraps keys for it; ``author`` stands in
    its operations. ``vouched`` is the organisation's signature over :func:`card_bytes`."""

    device: bytes
    user: bytes
    author: bytes
    signing: bytes
    exchange: bytes
    name: str = ""
    made_ms: int = 0
    revoked: bool = False
    vouched: bytes = b""


class PersonCard(msgspec.Struct, frozen=True):
    """A colleague who can be shared with. ``leader`` is a team leader; ``unit`` says where she works."""

    user: bytes
    name: str
    unit: str = ""
    mail: str = ""
    leader: bool = False
    devices: tuple[DeviceCard, ...] = ()


class PeopleAnswer(msgspec.Struct, frozen=True):
    """``GET /v1/people``: colleagues, oneself among them."""

    people: tuple[PersonCard, ...]


class HubAnswer(msgspec.Struct, frozen=True):
    """``GET /v1/hub``, open to all: which hub this is and how one signs in. ``signing`` and ``exchange`` are the
    organisation's public keys; ``readable`` says whether stream keys are wrapped for it too."""

    hub: bytes
    name: str
    signing: bytes
    exchange: bytes
    readable: bool
    now_ms: int
    least_protocol: int = 1
    issuer: str = ""
    client: str = ""


class SignIn(msgspec.Struct, frozen=True):
    """``POST /v1/sign-in``: a one-time ``code`` from the administrator, or the provider's ``id_token`` whose ``nonce`` is
    :func:`nonce_of` the device's keys. ``proof`` is the device's signature over :func:`proof_bytes`."""

    device: bytes
    author: bytes
    signing: bytes
    exchange: bytes
    name: str
    proof: bytes
    code: str = ""
    id_token: str = ""


class SignInAnswer(msgspec.Struct, frozen=True):
    """The bearer token of one device, until revoked or ``until_ms``, and the device's card as the hub vouches for it."""

    token: str
    until_ms: int
    user: bytes
    name: str
    card: DeviceCard
    leader: bool = False


class BlobState(msgspec.Struct, frozen=True):
    """How much of a file the hub has. ``done`` when its hash has been checked."""

    size: int
    have: int
    done: bool


class Refusal(msgspec.Struct, frozen=True):
    """Every refusal: a code for the program. It never says whether a stream exists."""

    error: str


def card_bytes(card: DeviceCard) -> bytes:
    """Return what the organisation signs of a device: who it is, whose, and its keys."""
    return b"taet-paa card 1" + card.device + card.user + card.author + card.signing + card.exchange


def proof_bytes(hub: bytes, asked: SignIn) -> bytes:
    """Return what a device signs to show that it holds the keys it names, to this hub and no other."""
    secret = hashlib.sha256((asked.code + "\0" + asked.id_token).encode()).digest()
    return b"taet-paa sign-in 1" + hub + asked.device + asked.author + asked.signing + asked.exchange + secret


def nonce_of(signing: bytes, exchange: bytes) -> str:
    """Return the nonce that binds a provider's token to a device's keys."""
    return hashlib.sha256(b"taet-paa nonce 1" + signing + exchange).hexdigest()
