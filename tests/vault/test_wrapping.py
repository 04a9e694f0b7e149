"""Wrapping: only the receiver unwraps, and only with the same purpose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.vault.errors import Reason, SealError
from caseworker_app.vault.wrapping import ExchangeKey, unwrap_key, wrap_key

OWNER = ExchangeKey.from_bytes(bytes(range(1, 33)))
KEY = bytes(range(32))


def flip(data: bytes, bit: int) -> bytes:
    bit %= len(data) * 8
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


@settings(max_examples=40)
@given(key=st.binary(min_size=32, max_size=32), info=st.binary(max_size=200))
def test_the_receiver_gets_the_key(key, info):
    blob = wrap_key(OWNER.public, key, info)
    assert len(blob) == 80
    assert unwrap_key(OWNER.to_bytes(), blob, info) == key
    assert OWNER.unwrap(blob, info) == key


@settings(max_examples=60)
@given(bit=st.integers(min_value=0), part=st.sampled_from(["blob", "info"]))
def test_any_flipped_bit_is_refused(bit, part):
    info = b"stream and key id"
    blob = wrap_key(OWNER.public, KEY, info)
    if part == "blob":
        blob = flip(blob, bit)
        if blob == flip(wrap_key(OWNER.public, KEY, info), bit):  # a blob is new each time
            pytest.fail("wrapping the same key twice gave the same bytes")
    else:
        info = flip(info, bit)
    with pytest.raises(SealError) as caught:
        OWNER.unwrap(blob, info)
    assert caught.value.reason == Reason.WRAP_BROKEN


def test_somebody_else_cannot_unwrap():
    with pytest.raises(SealError) as caught:
        ExchangeKey.generate().unwrap(wrap_key(OWNER.public, KEY, b""), b"")
    assert caught.value.reason == Reason.WRAP_BROKEN


@pytest.mark.parametrize("blob", [b"", bytes(31), bytes(32), bytes(48), bytes(80), bytes(500)])
def test_bytes_that_are_no_wrapped_key_are_refused(blob):
    with pytest.raises(SealError) as caught:
        OWNER.unwrap(blob, b"")
    assert caught.value.reason == Reason.WRAP_BROKEN


def test_a_public_key_of_small_order_is_refused():
    with pytest.raises(SealError) as caught:
        wrap_key(bytes(32), KEY, b"")
    assert caught.value.reason == Reason.WRAP_BROKEN


@pytest.mark.parametrize("size", [0, 31, 33])
def test_keys_of_the_wrong_size_are_refused(size):
    with pytest.raises(SealError) as caught:
        wrap_key(bytes(size), KEY, b"")
    assert caught.value.reason == Reason.BAD_LENGTH
    with pytest.raises(SealError) as caught:
        unwrap_key(bytes(size), bytes(80), b"")
    assert caught.value.reason == Reason.BAD_LENGTH


def test_a_pair_is_the_same_after_being_stored_and_hides_its_secret():
    pair = ExchangeKey.generate()
    assert ExchangeKey.from_bytes(pair.to_bytes()).public == pair.public
    assert pair.to_bytes().hex() not in repr(pair)
