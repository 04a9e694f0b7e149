"""Time, as something that is handed over: real at work, fixed in tests and the demo."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

HOME_ZONE = "Europe/Copenhagen"
"""The zone taken when the machine does not say which one it is in."""


class Clock(Protocol):
    """What the program asks of time."""

    def now(self) -> datetime:
        """Return the wall clock's time, aware, in UTC. It may be wrong, and may be set back."""
        ...

    def zone(self) -> str:
        """Return the IANA name of the local zone, such as ``Europe/Copenhagen``."""
        ...

    def today(self) -> date:
        """Return the local date."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, from an unknown start; for measuring how long."""
        ...


class SystemClock:
    """The machine's own clock. The zone is looked up once, at the first question."""

    def __init__(self) -> None:
        self._zone: str | None = None

    def now(self) -> datetime:
        """Return the wall clock's time, aware, in UTC."""
        return datetime.now(UTC)

    def zone(self) -> str:
        """Return the IANA name of the machine's zone; :data:`HOME_ZONE` when it does not say."""
        if self._zone is None:
            self._zone = local_zone()
        return self._zone

    def today(self) -> date:
        """Return the local date."""
        return self.now().astimezone(ZoneInfo(self.zone())).date()

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime, zone: str = HOME_ZONE) -> None:
        """Start at ``start``, which must be aware (``ValueError``), in the IANA ``zone`` (``KeyError``)."""
        self._now = _aware(start)
        self._zone = ZoneInfo(zone)
        self._monotonic = 0.0

    def now(self) -> datetime:
        """Return where the clock stands, in UTC."""
        return self._now

    def zone(self) -> str:
        """Return the zone the clock was given."""
        return self._zone.key

    def today(self) -> date:
        """Return the local date where the clock stands."""
        return self._now.astimezone(self._zone).date()

    def monotonic(self) -> float:
        """Return the seconds the clock was advanced; :meth:`set` does not touch them."""
        return self._monotonic

    def advance(self, step: timedelta | float) -> None:
        """Let ``step`` (a timedelta, or seconds) go by; raises ``ValueError`` when it is negative."""
        step = step if isinstance(step, timedelta) else timedelta(seconds=step)
        if step < timedelta(0):
            raise ValueError("time does not go back; use set() for a clock that somebody turned")
        self._now += step
        self._monotonic += step.total_seconds()

    def set(self, now: datetime) -> None:
        """Turn the wall clock to ``now`` (aware), forward or back, without time going by."""
        self._now = _aware(now)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC)


def local_zone(
    environ: dict[str, str] | None = None,
    localtime: Path = Path("/etc/localtime"),
    named: Path = Path("/etc/timezone"),
) -> str:
    """Return the IANA name of this machine's zone, by ``TZ``, the files of /etc, or Windows.

    What names no known zone is passed over; :data:`HOME_ZONE` is the last answer.
    """
    environ = dict(os.environ) if environ is None else environ
    candidates = [environ.get("TZ", "").lstrip(":")]
    if sys.platform == "win32":
        candidates.append(_windows_zone())
    else:
        candidates += [_zone_of_link(localtime), _first_line(named)]
    return next((name for name in candidates if _is_zone(name)), HOME_ZONE)


def _zone_of_link(link: Path) -> str:
    """Return what follows ``zoneinfo/`` in the place ``link`` points to."""
    return os.path.realpath(link).partition("zoneinfo/")[2]


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").partition("\n")[0].strip()
    except OSError:
        return ""


def _windows_zone() -> str:
    from babel.localtime import get_localzone

    return str(getattr(get_localzone(), "key", ""))


def _is_zone(name: str) -> bool:
    if not name:
        return False
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # unknown, outside the database, a folder of it
        return False
    return True
