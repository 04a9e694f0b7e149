"""The operating system's keyring, if it is one we know and it does what it says.

The keyrings that may be used are named here one by one. ``keyring.get_keyring()`` is never asked: it takes
what is installed or configured, also ``keyrings.alt``'s plain text file (measured, sync-and-security 5.3).
Whatever goes wrong in a keyring means "it is not there", with a reason to show: the passphrase and the
recovery code are the way in then.
"""

from __future__ import annotations

import base64
import binascii
import importlib
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
N_ = str  # marks a literal as a msgid

KEY_BYTES = 32
SERVICE = "taet-paa"
ACCOUNT = "database-key"
TIME_LIMIT = 10.0
"""Seconds a keyring has to answer: long enough to type a keyring's own password, short enough not to hang
for ever.
"""

NONE_THERE = N_("This computer has no keyring that the program can use.")
LOCKED = N_("The computer's keyring is locked, or the question to open it was dismissed.")
SILENT = N_("The computer's keyring did not answer in time.")
FAILED = N_("The computer's keyring reported a fault.")
UNTRUE = N_("The computer's keyring did not give back what was put into it.")
SPOILT = N_("What the computer's keyring holds is not a key of this program.")


class KeyringUnavailable(Exception):
    """The keyring is not there for us now; ``reason_msgid`` says why. Nothing of its answer is repeated."""

    def __init__(self, reason_msgid: str) -> None:
        super().__init__(reason_msgid)
        self.reason_msgid = reason_msgid


@dataclass(frozen=True)
class _Candidate:
    name: str
    module: str
    class_name: str
    properties: Mapping[str, str]


_ALLOWED: Mapping[str, tuple[_Candidate, ...]] = {
    "linux": (
        _Candidate("Secret Service", "keyring.backends.SecretService", "Keyring", {}),
        _Candidate("KWallet", "keyring.backends.kwallet", "DBusKeyring", {}),
    ),
    # Without this the entry may roam with the profile to other machines.
    "win32": (
        _Candidate(
            "Windows Credential Manager",
            "keyring.backends.Windows",
            "WinVaultKeyring",
            {"persist": "local machine"},
        ),
    ),
    "darwin": (_Candidate("macOS Keychain", "keyring.backends.macOS", "Keyring", {}),),
}


class Backend:
    """A keyring of the operating system that is on the list. It keeps one 32-byte key a store."""

    def __init__(self, name: str, keyring: Any, time_limit: float = TIME_LIMIT) -> None:
        """Wrap ``keyring``, an instance of one of the allowed classes; use :func:`find_backend`."""
        self.name = name
        self._keyring = keyring
        self._time_limit = time_limit

    def store(self, store_id: bytes, key: bytes) -> None:
        """Keep the 32-byte ``key`` of the store, and read it back. Raises :class:`KeyringUnavailable`."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key is {KEY_BYTES} bytes")
        self.forget(store_id)  # Windows would keep the old entry under another name
        service, text = _service(store_id), base64.b64encode(key).decode("ascii")
        self._call(lambda: self._keyring.set_password(service, ACCOUNT, text))
        if self.read(store_id) != key:
            raise KeyringUnavailable(UNTRUE)

    def read(self, store_id: bytes) -> bytes | None:
        """Return the store's key, ``None`` when there is no entry. Raises :class:`KeyringUnavailable`."""
        text = self._call(lambda: self._keyring.get_password(_service(store_id), ACCOUNT))
        if text is None:
            return None
        try:
            key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise KeyringUnavailable(SPOILT) from None
        if len(key) != KEY_BYTES:
            raise KeyringUnavailable(SPOILT)
        return key

    def forget(self, store_id: bytes) -> None:
        """Remove the store's entry, if there is one. Raises :class:`KeyringUnavailable`."""
        if self._call(lambda: self._keyring.get_password(_service(store_id), ACCOUNT)) is not None:
            self._call(lambda: self._keyring.delete_password(_service(store_id), ACCOUNT))

    def test_itself(self) -> None:
        """Write, read and delete a random value of a store that is none. Raises :class:`KeyringUnavailable`."""
        nobody, value = os.urandom(16), os.urandom(KEY_BYTES)
        self.store(nobody, value)
        self.forget(nobody)
        if self.read(nobody) is not None:
            raise KeyringUnavailable(UNTRUE)

    def _call(self, call: Callable[[], T]) -> T:
        return _within(self._time_limit, call)


@dataclass(frozen=True)
class Finding:
    """The keyring found, or why there is none (a msgid)."""

    backend: Backend | None
    reason_msgid: str = ""


def find_backend(
    only: str | None = None,
    *,
    self_test: bool = True,
    time_limit: float = TIME_LIMIT,
    platform: str = sys.platform,
) -> Finding:
    """Return the first allowed keyring of this system that is there and passes its self-test.

    ``only`` is the ``name`` of the one that is wanted, as a keyring slot has it; with ``self_test=False`` it
    is only looked for, which is enough to read. May take ``time_limit`` seconds a call when a keyring hangs:
    not on the window's thread. Never raises.
    """
    reasons: list[str] = []
    for candidate in _ALLOWED.get(platform, ()):
        if only not in (None, candidate.name):
            continue
        try:
            keyring = _within(time_limit, partial(_make, candidate))
            if keyring is None:
                continue
            backend = Backend(candidate.name, keyring, time_limit)
            if self_test:
                backend.test_itself()
        except KeyringUnavailable as error:
            reasons.append(error.reason_msgid)
        else:
            return Finding(backend)
    return Finding(None, reasons[0] if reasons else NONE_THERE)


def _make(candidate: _Candidate) -> Any:
    """Return an instance of the candidate, or ``None`` when its service is not on this machine.

    The class is taken from its own module by name, so that nothing installed beside it can stand in for it.
    """
    try:
        found = getattr(importlib.import_module(candidate.module), candidate.class_name)
        if found.__module__ != candidate.module or not found.priority > 0:
            return None
    except (ImportError, AttributeError, NameError, RuntimeError):
        return None
    keyring = found()
    for name, value in candidate.properties.items():
        setattr(keyring, name, value)
    return keyring


def _service(store_id: bytes) -> str:
    return f"{SERVICE}/{store_id.hex()}"


def _within(seconds: float, call: Callable[[], T]) -> T:
    """Return what ``call`` returns in a thread of its own. Raises :class:`KeyringUnavailable`, and nothing
    else.

    A call that hangs is left behind; its thread ends with the program.
    """
    results: list[T] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # noqa: BLE001 - drivers raise anything, also a panic that is no Exception
            faults.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    if results:
        return results[0]
    raise KeyringUnavailable(_reason(faults[0]) if faults else SILENT)


_LOCKED_NAMES = {"KeyringLocked", "InitError", "LockedException", "PromptDismissedException"}


def _reason(fault: BaseException) -> str:
    names = {cls.__name__ for cls in type(fault).__mro__}
    return LOCKED if names & _LOCKED_NAMES else FAILED
