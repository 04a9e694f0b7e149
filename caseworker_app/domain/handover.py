"""What a handover pack holds, and what came of taking one in. See ``docs/handover.md``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_

ENDING: Final = ".taetpaa"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose device signed operations in the pack: who checks them, and by which public key."""

    device: Id
    author: Id
    signing: bytes
    exchange: bytes
    name: str = ""
    user: Id = b""
    vouched: bytes = b""
    made_ms: int = 0


@dataclass(frozen=True, slots=True)
class PackedRow:
    """An operation as it was sealed and signed, and the device that did."""

    device: Id
    header: bytes
    payload: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class PackedStream:
    """One case: its keys, its operations in the order they were written here, and the files it names that were here."""

    stream: Id
    kind: str
    key_id: Id
    keys: tuple[tuple[Id, bytes], ...]
    rows: tuple[PackedRow, ...]
    files: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What is said of a pack before it is taken in; only who can open it reads this.

    ``hub`` is the organisation whose hub the giver belongs to, or nothing. ``running`` are deadlines in words,
    ``unsent`` how many operations had not come back from the hub, ``drafts`` how much the giver had written and not
    signed: it is hers, and not in the pack.
    """

    municipality: str
    hub: Id
    giver: str
    device: Id
    made: dt.datetime
    children: tuple[str, ...]
    running: tuple[str, ...]
    unsent: int
    drafts: int
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack in memory. ``chronology`` is a PDF."""

    contents: Contents
    signers: tuple[Signer, ...]
    streams: tuple[PackedStream, ...]
    chronology: bytes = b""


class NotRead(StrEnum):
    """Why something of a pack is not read."""

    NEWER = "newer"
    NO_KEY = "no_key"
    UNREADABLE = "unreadable"
    SIGNATURE = "signature"
    UNKNOWN_DEVICE = "unknown_device"
    FOREIGN = "foreign"
    FILE = "file"


NOT_READ_LABELS = {
    NotRead.NEWER: N_("Written by a newer version of the program: kept, and shown when this one is updated"),
    NotRead.NO_KEY: N_("Its key is not in the pack: kept, and shown when the key comes"),
    NotRead.UNREADABLE: N_("Its contents cannot be read"),
    NotRead.SIGNATURE: N_("Its signature is not that of the one who is said to have written it"),
    NotRead.UNKNOWN_DEVICE: N_("Nobody vouches for the computer it was written on"),
    NotRead.FOREIGN: N_("It speaks of something that belongs to another case"),
    NotRead.FILE: N_("An attached file is not the one that is named"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What came of taking a pack in: operations and files that came, that were here already, and what is not read."""

    contents: Contents
    came: int
    known: int
    files: int
    files_known: int
    not_read: tuple[tuple[NotRead, int], ...] = ()
    cases: tuple[Id, ...] = ()
    new_cases: int = 0
    touched: frozenset[tuple[str, Id]] = field(default_factory=frozenset)
