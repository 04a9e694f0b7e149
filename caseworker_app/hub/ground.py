"""What every call of the hub stands on: the database, the clock, chance, the organisation's keys, the limits."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine

from caseworker_app.sync.wire import Refusal
from caseworker_app.vault.signing import DeviceKey

Clock = Callable[[], int]
"""Milliseconds since 1970, UTC."""
Random = Callable[[int], bytes]
"""So many random bytes."""
Fetch = Callable[[str], bytes]
"""The body found at an https address; only the identity provider's keys are asked for."""

_DAY_MS = 24 * 3600 * 1000


def system_clock() -> int:
    """Return the machine's time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class Refused(Exception):
    """A call that is not done: HTTP ``status``, the ``code`` of :class:`~caseworker_app.sync.wire.Refusal`, and after
    how many seconds to ask again (0: no use)."""

    def __init__(self, status: int, code: str, again_s: int = 0) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.again_s = again_s

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.code)


def not_found() -> Refused:
    """The one answer for what is not there and for what is not the caller's: nobody learns which."""
    return Refused(404, "not_found")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything the hub takes. Times in milliseconds, sizes in bytes."""

    token_ms: int = 180 * _DAY_MS
    code_ms: int = 3 * _DAY_MS
    log_page: int = 500
    log_page_bytes: int = 1 << 20
    log_tail: int = 200
    blob_bytes: int = 512 << 20
    streams_asked: int = 20_000
    quarantine_rows: int = 50_000
    quarantine_bytes: int = 256 << 20
    failures: int = 10
    all_failures: int = 300
    failures_ms: int = 15 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Organisation:
    """Whose hub this is. ``hub`` is also the user and author id of what the organisation itself writes."""

    hub: bytes
    name: str
    signing: bytes
    exchange: bytes
    readable: bool = False
    issuer: str = ""
    client: str = ""
    claim: str = "sub"


@dataclass(frozen=True, slots=True)
class Ground:
    """See the module. ``signing_key`` vouches for devices; without it nobody can sign in and the rest goes on."""

    engine: Engine
    organisation: Organisation
    limits: Limits = field(default_factory=Limits)
    clock: Clock = system_clock
    random: Random = secrets.token_bytes
    signing_key: DeviceKey | None = None
    fetch: Fetch | None = None
