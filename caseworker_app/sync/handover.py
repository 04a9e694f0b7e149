"""The bytes of a handover pack inside its encryption: parts one after another, each with its kind and its length.

The first part says what is in it, the last is the giver's signature over everything before. Names of files are in no
part: nothing of a pack is ever written where it says. Every refusal is in words; nothing here trusts a length.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

import msgspec

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.handover import FORMAT, Contents, Pack, PackedRow, PackedStream, Signer
from caseworker_app.domain.phrases import N_
from caseworker_app.services.ports import Sealer
from caseworker_app.vault.errors import SealError
from caseworker_app.vault.pack import Fault, PackError
from caseworker_app.vault.signing import verify

_LENGTH: Final = 8
_MOST_PART: Final = 64 * 1024 * 1024
_MOST_ROWS: Final = 2_000_000
_ID, _KEY, _HASH = 16, 32, 32
_CONTENTS, _SIGNER, _STREAM, _ROW, _FILE, _PAPER, _SIGNED = (bytes([n]) for n in b"CDSRFPX")
_WHAT: Final = b"taet-paa handover contents 1"


class _Contents(msgspec.Struct, array_like=True, frozen=True):
    format: int
    municipality: str
    hub: bytes
    giver: str
    device: bytes
    made_ms: int
    children: tuple[str, ...]
    running: tuple[str, ...]
    unsent: int
    drafts: int


class _Signer(msgspec.Struct, array_like=True, frozen=True):
    device: bytes
    author: bytes
    signing: bytes
    exchange: bytes
    name: str
    user: bytes
    vouched: bytes
    made_ms: int


class _Stream(msgspec.Struct, array_like=True, frozen=True):
    stream: bytes
    kind: str
    key_id: bytes
    keys: tuple[tuple[bytes, bytes], ...]


class _Row(msgspec.Struct, array_like=True, frozen=True):
    device: bytes
    header: bytes
    payload: bytes
    signature: bytes


class _File(msgspec.Struct, array_like=True, frozen=True):
    sha256: bytes
    data: bytes


_encode = msgspec.msgpack.Encoder().encode


def encode(pack: Pack, sealer: Sealer) -> bytes:
    """Return the bytes of a pack, signed by the device that gives it."""
    body = b"".join(_parts(pack))
    return body + _part(_SIGNED, sealer.sign(_WHAT + sha256(body).digest()))


def _parts(pack: Pack) -> Iterator[bytes]:
    said = pack.contents
    made_ms = int(said.made.timestamp() * 1000)
    yield _part(
        _CONTENTS,
        _encode(
            _Contents(
                said.format, said.municipality, said.hub, said.giver, said.device, made_ms, said.children, said.running,
                said.unsent, said.drafts,
            )
        ),
    )  # fmt: skip
    for one in pack.signers:
        yield _part(
            _SIGNER,
            _encode(
                _Signer(
                    one.device, one.author, one.signing, one.exchange, one.name, one.user, one.vouched, one.made_ms
                )
            ),
        )  # fmt: skip
    for stream in pack.streams:
        yield _part(_STREAM, _encode(_Stream(stream.stream, stream.kind, stream.key_id, stream.keys)))
        for row in stream.rows:
            yield _part(_ROW, _encode(_Row(row.device, row.header, row.payload, row.signature)))
        for digest, data in stream.files:
            yield _part(_FILE, _encode(_File(digest, data)))
    if pack.chronology:
        yield _part(_PAPER, pack.chronology)


def _part(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(_LENGTH, "big") + body


def decode(data: bytes) -> Pack:
    """Return what is in the bytes. Raises :class:`UserError` for bytes that are no pack, or whose signature is not the
    giver's."""
    try:
        return _Reading(data).pack()
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError, LookupError, OSError):
        raise damaged() from None


class _Reading:
    """One pack being read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._contents: Contents | None = None
        self._signers: list[Signer] = []
        self._streams: list[tuple[_Stream, list[PackedRow], list[tuple[bytes, bytes]]]] = []
        self._paper, self._rows = b"", 0
        self._signature: tuple[int, bytes] | None = None

    def pack(self) -> Pack:
        for at, kind, body in self._each():
            if self._signature is not None:
                raise ValueError("something follows the signature")
            if (self._contents is None) != (kind == _CONTENTS):
                raise ValueError("the contents come first, and once")
            self._take(at, kind, body)
        if self._contents is None or self._signature is None:
            raise ValueError("no contents, or no signature")
        self._check()
        streams = tuple(
            PackedStream(one.stream, one.kind, one.key_id, one.keys, tuple(rows), tuple(files))
            for one, rows, files in self._streams
        )
        return Pack(self._contents, tuple(self._signers), streams, self._paper)

    def _each(self) -> Iterator[tuple[int, bytes, bytes]]:
        data, at = memoryview(self._data), 0
        while at < len(data):
            if len(data) - at < 1 + _LENGTH:
                raise ValueError("a part begins and is not there")
            kind = bytes(data[at : at + 1])
            length = int.from_bytes(data[at + 1 : at + 1 + _LENGTH], "big")
            begin = at + 1 + _LENGTH
            if length > _MOST_PART or length > len(data) - begin:
                raise ValueError("a part is longer than what is there")
            yield at, kind, bytes(data[begin : begin + length])
            at = begin + length

    def _take(self, at: int, kind: bytes, body: bytes) -> None:
        if kind == _CONTENTS:
            self._contents = _contents_of(msgspec.msgpack.decode(body, type=_Contents))
        elif kind == _SIGNER:
            self._signers.append(_signer_of(msgspec.msgpack.decode(body, type=_Signer)))
        elif kind == _STREAM:
            self._streams.append((_stream_of(body), [], []))
        elif kind == _ROW:
            self._rows += 1
            if self._rows > _MOST_ROWS:
                raise ValueError("too many operations")
            row = msgspec.msgpack.decode(body, type=_Row)
            _need(row.device, _ID)
            self._streams[-1][1].append(PackedRow(row.device, row.header, row.payload, row.signature))
        elif kind == _FILE:
            file = msgspec.msgpack.decode(body, type=_File)
            _need(file.sha256, _HASH)
            self._streams[-1][2].append((file.sha256, file.data))
        elif kind == _PAPER:
            self._paper = body
        elif kind == _SIGNED:
            self._signature = at, body
        else:
            raise ValueError("a part of no known kind")

    def _check(self) -> None:
        assert self._contents is not None and self._signature is not None
        at, signature = self._signature
        giver = next((one for one in self._signers if one.device == self._contents.device), None)
        if giver is None:
            raise ValueError("nobody gives it")
        try:
            verify(giver.signing, _WHAT + sha256(memoryview(self._data)[:at]).digest(), signature)
        except (SealError, ValueError):
            raise UserError(
                N_("The signature of the pack is not that of the one who is said to give it."),
                N_("Nothing was taken in. Ask the colleague who gave it."),
            ) from None


def _contents_of(wire: _Contents) -> Contents:
    if wire.format > FORMAT:
        raise newer()
    _need(wire.device, _ID)
    if wire.hub:
        _need(wire.hub, _ID)
    made = dt.datetime.fromtimestamp(wire.made_ms / 1000, dt.UTC)
    return Contents(
        wire.municipality, wire.hub, wire.giver, wire.device, made, wire.children, wire.running, wire.unsent,
        wire.drafts, wire.format,
    )  # fmt: skip


def _signer_of(wire: _Signer) -> Signer:
    for one in (wire.device, wire.author):
        _need(one, _ID)
    for one in (wire.signing, wire.exchange):
        _need(one, _KEY)
    if wire.user:
        _need(wire.user, _ID)
    return Signer(
        wire.device,
        wire.author,
        wire.signing,
        wire.exchange,
        wire.name,
        wire.user,
        wire.vouched,
        wire.made_ms,
    )


def _stream_of(body: bytes) -> _Stream:
    wire = msgspec.msgpack.decode(body, type=_Stream)
    for one in (wire.stream, wire.key_id):
        _need(one, _ID)
    for key_id, secret in wire.keys:
        _need(key_id, _ID)
        _need(secret, _KEY)
    if wire.kind != "case":
        raise ValueError("only cases are handed over")
    return wire


def _need(value: bytes, length: int) -> None:
    if len(value) != length:
        raise ValueError("of another length")


# --- Words -----------------------------------------------------------------------------------------------------------


def damaged() -> UserError:
    """Return the refusal of a file that cannot be read."""
    return UserError(
        N_("The handover pack is damaged, or is not what its name says."),
        N_("Nothing was taken in. Ask for it again."),
    )


def newer() -> UserError:
    """Return the refusal of a file of a newer version."""
    return UserError(
        N_("The handover pack was made by a newer version of the program."),
        N_("Nothing was taken in. Update the program, and take it in then."),
    )


def refusal(error: PackError) -> UserError:
    """Return a fault of the encryption in words."""
    match error.fault:
        case Fault.NOT_A_PACK:
            return UserError(
                N_("This file is no handover pack."), N_("Choose a file that ends with .taetpaa.")
            )
        case Fault.NEWER:
            return newer()
        case Fault.TOO_LARGE:
            return UserError(
                N_("The handover pack is larger than the program reads."), N_("Ask for one case at a time.")
            )
        case Fault.CUT:
            return UserError(
                N_("The handover pack is not whole: the file ends too early."),
                N_("Nothing was taken in. Copy the file once more, to its end."),
            )
        case Fault.WRONG_PASSPHRASE:
            return UserError(
                N_("The passphrase is not that of the handover pack."),
                N_("Nothing was taken in. Ask the colleague who gave it, by telephone."),
            )
        case Fault.NEEDS_PASSPHRASE:
            return UserError(
                N_("The handover pack is opened with a passphrase."), N_("Write it, and try again.")
            )
        case Fault.NOT_FOR_THIS_DEVICE:
            return UserError(
                N_("The handover pack is not made for this computer."),
                N_("Nothing was taken in. Ask for one for this computer, or one with a passphrase."),
            )
        case Fault.NO_MEMORY:
            return UserError(
                N_("The computer is short of memory."), N_("Close other programs, and try again.")
            )
        case Fault.DAMAGED:
            return damaged()
