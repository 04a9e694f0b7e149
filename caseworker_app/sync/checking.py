"""Checking many signatures in a process of its own: they take as long as everything else of a first reading, and one
process of Python does one thing at a time.

Only public keys and what is signed and sealed go there. Where no process can be begun nothing is checked ahead, and
everything is checked in its turn.
"""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from caseworker_app.domain.ids import Id
from caseworker_app.services.sync_ports import Row
from caseworker_app.vault.errors import SealError
from caseworker_app.vault.signing import verify

Asked = tuple[bytes, bytes, bytes]
"""Public key, message, signature."""


def hold(asked: Sequence[Asked]) -> list[bool]:
    """Return which signatures hold."""
    return [_holds(*one) for one in asked]


def _holds(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        verify(public, message, signature)
    except SealError:
        return False
    return True


class Checking:
    """Checks rows ahead of their turn; a context manager."""

    def __init__(self, keys: Mapping[Id, bytes]) -> None:
        """``keys`` are the public signing keys of devices; rows of others are left for their turn."""
        self._keys = keys
        self._process = ProcessPoolExecutor(
            1,
            mp_context=get_context("spawn"),
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_IGN),
        )  # Ctrl+C is the window's to answer
        self._asked([])  # it is begun with the first thing it is given

    def begin(self, rows: Sequence[Row]) -> Checked | None:
        """Begin to check rows; ``None`` when there is no process to do it."""
        keys = [self._keys.get(row.device) for row in rows]
        asked = [
            (key, row.header + row.payload, row.signature)
            for key, row in zip(keys, rows, strict=True)
            if key is not None
        ]
        answer = self._asked(asked)
        return None if answer is None else Checked(keys, answer)

    def _asked(self, asked: Sequence[Asked]) -> Future[list[bool]] | None:
        try:
            return self._process.submit(hold, asked)
        except (BrokenProcessPool, OSError):
            return None

    def __enter__(self) -> Checking:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.shutdown(cancel_futures=True)


class Checked:
    """What is being found out of some rows."""

    def __init__(self, keys: Sequence[bytes | None], answer: Future[list[bool]]) -> None:
        self._keys, self._answer = keys, answer

    def result(self) -> list[bytes | None] | None:
        """Wait for it, and return each row's key if its signature holds; ``None`` when the process has ended."""
        try:
            good = iter(self._answer.result())
        except (BrokenProcessPool, OSError):
            return None
        return [key if key is not None and next(good) else None for key in self._keys]
