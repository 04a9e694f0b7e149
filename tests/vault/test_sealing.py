"""Sealing: what was sealed together opens together, and nothing else does."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.vault.errors import Reason, SealError
from caseworker_app.vault.sealing import TAG_BYTES, forget_keys, new_stream_key, seal, unseal

KEY = bytes(range(32))
OP = bytes(range(100, 116))


def flip(data: bytes, bit: int) -> bytes:
    bit %= len(data) * 8
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


@given(key=st.binary(min_size=32, max_size=32), op=st.binary(min_size=16, max_size=16), header=st.binary(),
       payload=st.binary(max_size=5000))  # fmt: skip
def test_what_is_sealed_is_read_back_unchanged(key, op, header, payload):
    sealed = seal(key, op, header, payload)
    assert len(sealed) == len(payload) + TAG_BYTES
    assert unseal(key, op, header, sealed) == payload


@given(header=st.binary(min_size=1), payload=st.binary(), bit=st.integers(min_value=0),
       part=st.sampled_from(["header", "payload", "key", "nonce"]))  # fmt: skip
def test_any_flipped_bit_is_refused(header, payload, bit, part):
    sealed = seal(KEY, OP, header, payload)
    key, op = KEY, OP
    if part == "header":
        header = flip(header, bit)
    elif part == "payload":
        sealed = flip(sealed, bit)
    elif part == "key":
        key = flip(KEY, bit)
    else:
        op = flip(OP[:12], bit) + OP[12:]
    with pytest.raises(SealError) as caught:
        unseal(key, op, header, sealed)
    assert caught.value.reason == Reason.SEAL_BROKEN


@given(payload=st.binary(), cut=st.integers(min_value=1, max_value=40))
def test_a_cut_payload_is_refused(payload, cut):
    with pytest.raises(SealError):
        unseal(KEY, OP, b"head", seal(KEY, OP, b"head", payload)[:-cut])


@pytest.mark.parametrize("size", [0, 16, 24, 31, 33, 64])
def test_only_keys_of_32_bytes_are_taken_not_the_shorter_ones_aes_also_knows(size):
    for attempt in (seal, unseal):
        with pytest.raises(SealError) as caught:
            attempt(bytes(size), OP, b"", bytes(40))
        assert caught.value.reason == Reason.BAD_LENGTH
        assert caught.value.values == {"what": "key", "expected": 32, "got": size}


@pytest.mark.parametrize("size", [0, 12, 15, 17])
def test_an_operation_id_of_the_wrong_size_is_refused(size):
    for attempt in (seal, unseal):
        with pytest.raises(SealError) as caught:
            attempt(KEY, bytes(size), b"", bytes(40))
        assert caught.value.values["what"] == "op_id"


def test_no_two_stream_keys_are_alike():
    assert len({new_stream_key() for _ in range(100)}) == 100


def test_keys_are_forgotten_and_sealing_goes_on_after():
    sealed = seal(KEY, OP, b"h", b"p")
    forget_keys()
    assert unseal(KEY, OP, b"h", sealed) == b"p"


def test_an_error_says_nothing_of_key_or_payload():
    with pytest.raises(SealError) as caught:
        unseal(KEY, OP, b"h", b"Emma Hansen" * 3)
    assert str(caught.value) == "seal_broken"
    assert caught.value.values == {}


def test_sealing_an_ordinary_operation_stays_far_below_a_millisecond():
    header, payload = os.urandom(200), os.urandom(800)
    seal(KEY, OP, header, payload)
    start = time.perf_counter()
    for _ in range(200):
        seal(KEY, OP, header, payload)
    assert (time.perf_counter() - start) / 200 < 0.0002
