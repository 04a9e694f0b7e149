"""What was sent once is read the same for ever, by both sides (invariant I11)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
import pytest

from caseworker_app.domain.chain import row_name
from caseworker_app.domain.operations import CLEAR_KEY, Sealed
from caseworker_app.sync import wire
from caseworker_app.sync.messages import decode_header, decode_payload, encode_header, encode_payload
from caseworker_app.sync.sealing import OperationSealer
from caseworker_app.vault.signing import verify

HERE = Path(__file__).parent
GOLDEN: dict[str, Any] = json.loads((HERE / "wire-1.json").read_text(encoding="utf-8"))
TIED: list[dict[str, Any]] = json.loads((HERE / "wire-1-names.json").read_text(encoding="utf-8"))[
    "operations"
]
OPERATIONS: list[dict[str, Any]] = GOLDEN["operations"]
SECRET, DEVICE, KEY, STREAM, KEY_ID = (
    bytes.fromhex(GOLDEN[name]) for name in ("device_secret", "device", "stream_key", "stream", "key_id")
)


def plain(value: Any) -> Any:
    """Return data as the capture writes it."""
    if isinstance(value, bytes):
        return "hex:" + value.hex()
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def sealed(said: dict[str, Any]) -> Sealed:
    return Sealed(*(bytes.fromhex(said[name]) for name in ("header", "payload", "signature")))


@pytest.mark.parametrize("said", [*OPERATIONS, *TIED])
def test_an_operation_is_read_as_it_was_meant(said: dict[str, Any]) -> None:
    sealer, one = OperationSealer(SECRET, DEVICE), sealed(said)
    assert sealer.verify(one, sealer.public_key)
    opened = sealer.open(one, KEY)
    assert holds(plain(asdict(opened)), said["said"])
    assert encode_header(opened.header) == one.header
    if opened.header.key_id == CLEAR_KEY:
        assert encode_payload(opened.payload) == one.payload
    assert sealer.seal(opened, KEY) == one  # the same bytes each time: a nonce is never used for two


def test_a_row_is_named_by_the_next_as_it_was() -> None:
    names = [row_name(one.header, one.payload, one.signature) for one in map(sealed, TIED)]
    assert [decode_header(sealed(one).header).before for one in TIED] == [None, *names[:-1]]


def test_what_a_newer_version_puts_at_the_end_is_read_over() -> None:
    one = sealed(OPERATIONS[0])
    header = [*msgspec.msgpack.decode(one.header), None, {"later": 1}]
    assert decode_header(msgspec.msgpack.encode(header)) == decode_header(one.header)
    payload = [*msgspec.msgpack.decode(one.payload), "later"]
    assert decode_payload(msgspec.msgpack.encode(payload)) == decode_payload(one.payload)
    payload[1] = [[*change, "later"] for change in payload[1]]
    assert decode_payload(msgspec.msgpack.encode(payload)) == decode_payload(one.payload)
    payload[1] = [change[:5] for change in payload[1]]  # nothing was seen before
    assert all(change.parents == () for change in decode_payload(msgspec.msgpack.encode(payload)).changes)


def test_the_chain_the_key_and_the_file_come_out_as_they_did() -> None:
    sealer, chain = OperationSealer(SECRET, DEVICE), b""
    for said, expected in zip(OPERATIONS, GOLDEN["chain"], strict=True):
        one = sealed(said)
        chain = wire.next_chain(chain, decode_header(one.header).op_id, one.payload)
        assert chain.hex() == expected
    grant = decode_payload(sealed(OPERATIONS[0]).payload).changes[0].value
    assert isinstance(grant, dict)
    wrapped = grant["wrapped"]
    assert isinstance(wrapped, bytes)
    assert sealer.unwrap(wrapped, STREAM, KEY_ID) == KEY
    data, kept = (bytes.fromhex(GOLDEN["file"][name]) for name in ("data", "sealed"))
    name = hashlib.sha256(data).digest()
    assert sealer.seal_file(KEY, STREAM, name, data) == kept
    assert sealer.open_file(KEY, STREAM, name, kept) == data


def test_a_card_and_a_proof_are_still_believed() -> None:
    card = msgspec.convert(GOLDEN["calls"]["SignInAnswer"]["card"], wire.DeviceCard)
    verify(bytes.fromhex(GOLDEN["organisation"]), wire.card_bytes(card), card.vouched)
    asked = msgspec.convert(GOLDEN["calls"]["SignIn"], wire.SignIn)
    verify(asked.signing, wire.proof_bytes(bytes.fromhex(GOLDEN["hub"]), asked), asked.proof)
    assert wire.nonce_of(asked.signing, asked.exchange) == GOLDEN["nonce"]


def holds(now: Any, then: Any) -> bool:
    """Whether everything said then is said now; more may be."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(
            name in now and holds(now[name], one) for name, one in then.items()
        )
    if isinstance(then, list):
        return (
            isinstance(now, list)
            and len(now) == len(then)
            and all(holds(a, b) for a, b in zip(now, then, strict=True))
        )
    return bool(now == then)


@pytest.mark.parametrize("name", GOLDEN["calls"])
def test_each_call_is_read_and_said_as_it_was(name: str) -> None:
    then, kind = GOLDEN["calls"][name], getattr(wire, name)
    read = msgspec.json.decode(json.dumps(then), type=kind)
    assert holds(json.loads(msgspec.json.encode(read)), then)
    assert msgspec.json.decode(json.dumps({**then, "from a newer version": [1]}), type=kind) == read


def test_every_struct_of_the_calls_is_in_the_capture() -> None:
    inner = {"Position", "PushResult", "Pushed", "LogRow", "DeviceCard", "PersonCard", "KeptRow"}
    structs = {
        name
        for name, found in vars(wire).items()
        if isinstance(found, type) and issubclass(found, msgspec.Struct) and found is not msgspec.Struct
    }
    assert structs - inner == set(GOLDEN["calls"])
