"""Signing what a device wrote: Ed25519."""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from caseworker_app.vault.errors import Reason, SealError, need_length

KEY_BYTES = 32
SIGNATURE_BYTES = 64


class DeviceKey:
    """The key a device signs its operations with. Never shown in a log or a repr."""

    __slots__ = ("_private", "public")

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public: bytes = private.public_key().public_bytes_raw()
        """The 32 bytes others verify with."""

    @classmethod
    def generate(cls) -> DeviceKey:
        """Make a new random key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, secret: bytes) -> DeviceKey:
        """Take back a key from its 32 secret bytes. Raises :class:`SealError` (``BAD_LENGTH``)."""
        need_length("device_key", secret, KEY_BYTES)
        return cls(Ed25519PrivateKey.from_private_bytes(secret))

    def to_bytes(self) -> bytes:
        """Return the 32 secret bytes, for the encrypted store and nowhere else."""
        return self._private.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of ``message``."""
        return self._private.sign(message)

    def __repr__(self) -> str:
        return f"DeviceKey(public={self.public.hex()[:8]}…)"


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Return quietly when ``signature`` is the one of ``public``'s owner under ``message``.

    Raises :class:`SealError`: ``SIGNATURE_BROKEN``, or ``BAD_LENGTH`` for a public key of the wrong size. It
    raises instead of answering no, so that an answer nobody looked at cannot pass for a yes.
    """
    try:
        _public_key(public).verify(signature, message)
    except InvalidSignature:
        raise SealError(Reason.SIGNATURE_BROKEN) from None


@lru_cache(maxsize=256)
def _public_key(public: bytes) -> Ed25519PublicKey:
    need_length("public_key", public, KEY_BYTES)
    return Ed25519PublicKey.from_public_bytes(public)
