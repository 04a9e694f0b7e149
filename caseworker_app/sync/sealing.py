"""Sealing and signing operations with this device's keys; see :class:`caseworker_app.services.ports.Sealer`."""

from __future__ import annotations

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import CLEAR_KEY, Header, Operation, Payload, Sealed
from caseworker_app.sync.messages import decode_header, decode_payload, encode_header, encode_payload
from caseworker_app.vault.errors import SealError
from caseworker_app.vault.sealing import new_stream_key, seal, unseal
from caseworker_app.vault.signing import DeviceKey, verify
from caseworker_app.vault.wrapping import ExchangeKey, wrap_key

_HALF = 32
_FILE = b"taet-paa file 1"
_FILE_ID = 16


def new_device_secret() -> bytes:
    """Return the secret of a new device: signing key, then exchange key, 32 bytes each."""
    return DeviceKey.generate().to_bytes() + ExchangeKey.generate().to_bytes()


class OperationSealer:
    """The sealer of one device.

    The signature covers header and sealed payload; the header is the payload's associated data, so neither can be
    moved to another stream, author or moment.
    """

    def __init__(self, secret: bytes, device: Id) -> None:
        """Take the 64 bytes of :func:`new_device_secret`. Raises ``ValueError`` for any other length."""
        if len(secret) != 2 * _HALF:
            raise ValueError("a device secret is 64 bytes")
        self._signing = DeviceKey.from_bytes(secret[:_HALF])
        self._exchange = ExchangeKey.from_bytes(secret[_HALF:])
        self._device = device

    @property
    def device(self) -> Id:
        return self._device

    @property
    def public_key(self) -> bytes:
        return self._signing.public

    @property
    def exchange_key(self) -> bytes:
        return self._exchange.public

    def sign(self, message: bytes) -> bytes:
        """Return the device's signature of a message, such as the proof at sign-in."""
        return self._signing.sign(message)

    def new_key(self) -> bytes:
        """Return a fresh 32-byte stream key."""
        return new_stream_key()

    def grant(self, key: bytes, stream: Id, key_id: Id) -> bytes:
        """Return the key wrapped for this device, bound to stream and key id."""
        return wrap_key(self._exchange.public, key, grant_info(stream, key_id, self._device))

    def unwrap(self, blob: bytes, stream: Id, key_id: Id) -> bytes:
        """Return a stream key that was granted to this device. Raises ``ValueError`` when it was not."""
        try:
            return self._exchange.unwrap(blob, grant_info(stream, key_id, self._device))
        except SealError:
            raise ValueError("a key is not wrapped for this device") from None

    def grant_for(self, exchange: bytes, device: Id, key: bytes, stream: Id, key_id: Id) -> bytes:
        """Return the key wrapped for another device, by its public exchange key."""
        try:
            return wrap_key(exchange, key, grant_info(stream, key_id, device))
        except SealError:
            raise ValueError("no key can be wrapped for this device") from None

    def seal_file(self, key: bytes, stream: Id, sha256: bytes, data: bytes) -> bytes:
        """Return a file sealed under the stream's key: the same bytes each time, so that its name stays.

        The nonce is made from the file's hash; another file has another one, and stream and hash are bound to it.
        """
        return seal(key, sha256[:_FILE_ID], _FILE + stream + sha256, data)

    def open_file(self, key: bytes, stream: Id, sha256: bytes, sealed: bytes) -> bytes:
        """Return a file's bytes. Raises ``ValueError`` when they are not what was sealed."""
        try:
            return unseal(key, sha256[:_FILE_ID], _FILE + stream + sha256, sealed)
        except SealError:
            raise ValueError("the seal of a file is broken") from None

    def seal(self, operation: Operation, key: bytes) -> Sealed:
        header = encode_header(operation.header)
        payload = encode_payload(operation.payload)
        if operation.header.key_id != CLEAR_KEY:
            payload = seal(key, operation.header.op_id, header, payload)
        return Sealed(header, payload, self._signing.sign(header + payload))

    def open(self, sealed: Sealed, key: bytes) -> Operation:
        header = decode_header(sealed.header)
        return Operation(header, self.contents(header, sealed, key))

    def contents(self, header: Header, sealed: Sealed, key: bytes) -> Payload:
        payload = sealed.payload
        if header.key_id != CLEAR_KEY:
            try:
                payload = unseal(key, header.op_id, sealed.header, payload)
            except SealError:
                raise ValueError("the seal of an operation is broken") from None
        return decode_payload(payload)

    def header(self, data: bytes) -> Header:
        return decode_header(data)

    def verify(self, sealed: Sealed, public_key: bytes) -> bool:
        try:
            verify(public_key, sealed.header + sealed.payload, sealed.signature)
        except SealError:
            return False
        return True


def grant_info(stream: Id, key_id: Id, device: Id) -> bytes:
    """Return what a wrapped stream key is bound to."""
    return b"taet-paa grant 1" + stream + key_id + device
