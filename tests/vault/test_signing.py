"""Signing: a signature holds for its own message and key only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.vault.errors import Reason, SealError
from caseworker_app.vault.signing import SIGNATURE_BYTES, DeviceKey, verify

DEVICE = DeviceKey.from_bytes(bytes(range(32)))


def flip(data: bytes, bit: int) -> bytes:
    bit %= len(data) * 8
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


@given(message=st.binary())
def test_a_signature_is_accepted_for_its_message(message):
    signature = DEVICE.sign(message)
    assert len(signature) == SIGNATURE_BYTES
    verify(DEVICE.public, message, signature)


@settings(max_examples=60)
@given(message=st.binary(min_size=1), bit=st.integers(min_value=0),
       part=st.sampled_from(["message", "signature", "key"]))  # fmt: skip
def test_any_flipped_bit_is_refused(message, bit, part):
    signature, public = DEVICE.sign(message), DEVICE.public
    if part == "message":
        message = flip(message, bit)
    elif part == "signature":
        signature = flip(signature, bit)
    else:
        public = flip(public, bit)
    with pytest.raises(SealError) as caught:
        verify(public, message, signature)
    assert caught.value.reason == Reason.SIGNATURE_BROKEN


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(65), bytes(64)])
def test_a_signature_of_the_wrong_size_or_of_zeros_is_refused(signature):
    with pytest.raises(SealError) as caught:
        verify(DEVICE.public, b"m", signature)
    assert caught.value.reason == Reason.SIGNATURE_BROKEN


@pytest.mark.parametrize("size", [0, 31, 33])
def test_keys_of_the_wrong_size_are_refused(size):
    with pytest.raises(SealError) as caught:
        DeviceKey.from_bytes(bytes(size))
    assert caught.value.reason == Reason.BAD_LENGTH
    with pytest.raises(SealError) as caught:
        verify(bytes(size), b"m", bytes(64))
    assert caught.value.reason == Reason.BAD_LENGTH


def test_a_device_key_is_the_same_after_being_stored():
    device = DeviceKey.generate()
    again = DeviceKey.from_bytes(device.to_bytes())
    assert again.public == device.public
    verify(device.public, b"m", again.sign(b"m"))


def test_two_devices_have_different_keys():
    assert DeviceKey.generate().public != DeviceKey.generate().public


def test_the_secret_half_is_not_in_the_repr():
    assert DEVICE.to_bytes().hex() not in repr(DEVICE)
    assert DEVICE.public.hex()[:8] in repr(DEVICE)
