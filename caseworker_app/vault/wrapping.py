"""Wrapping a key for a receiver: HPKE (RFC 9180), X25519, HKDF-SHA256, AES-256-GCM, base mode.

A wrapped key says who can read it, not who wrapped it: what carries the blob must be signed.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from caseworker_app.vault.errors import Reason, SealError, need_length

KEY_BYTES = 32


class ExchangeKey:
    """The key pair others wrap keys for. Never shown in a log or a repr."""

    __slots__ = ("_private", "public")

    def __init__(self, private: X25519PrivateKey) -> None:
        self._private = private
        self.public: bytes = private.public_key().public_bytes_raw()
        """The 32 bytes to wrap for."""

    @classmethod
    def generate(cls) -> ExchangeKey:
        """Make a new random key pair."""
        return cls(X25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, secret: bytes) -> ExchangeKey:
        """Take back a key pair from its 32 secret bytes. Raises :class:`SealError` (``BAD_LENGTH``)."""
        need_length("exchange_key", secret, KEY_BYTES)
        return cls(X25519PrivateKey.from_private_bytes(secret))

    def to_bytes(self) -> bytes:
        """Return the 32 secret bytes, for the encrypted store and nowhere else."""
        return self._private.private_bytes_raw()

    def unwrap(self, blob: bytes, info: bytes) -> bytes:
        """Return the key wrapped for this pair with the same ``info``; raises ``WRAP_BROKEN``."""
        try:
            return _suite().decrypt(blob, self._private, info)
        except InvalidTag:
            raise SealError(Reason.WRAP_BROKEN) from None

    def __repr__(self) -> str:
        return f"ExchangeKey(public={self.public.hex()[:8]}…)"


def wrap_key(public: bytes, key: bytes, info: bytes) -> bytes:
    """Return ``key`` wrapped for the owner of the 32-byte X25519 ``public`` key; it grows by 48 bytes.

    ``info`` (stream, key id, receiver …) is bound to the blob and must be given again to unwrap.
    Raises :class:`SealError`: ``BAD_LENGTH``, or ``WRAP_BROKEN`` for a public key of small order.
    """
    need_length("public_key", public, KEY_BYTES)
    try:
        return _suite().encrypt(key, X25519PublicKey.from_public_bytes(public), info)
    except ValueError:
        raise SealError(Reason.WRAP_BROKEN) from None


def unwrap_key(private: bytes, blob: bytes, info: bytes) -> bytes:
    """Return the key that :func:`wrap_key` was given, by the 32 secret bytes of the receiver.

    Raises :class:`SealError`: ``WRAP_BROKEN``, or ``BAD_LENGTH`` for secret bytes of the wrong size.
    """
    return ExchangeKey.from_bytes(private).unwrap(blob, info)


@lru_cache(maxsize=1)
def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
