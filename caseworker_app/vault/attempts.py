"""A growing delay after wrong passphrases, remembered across restarts.

It slows a person at the keyboard. Against somebody with a copy of the files only the slow hash helps: they
need not run this program.
"""

from __future__ import annotations

import contextlib
import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from caseworker_app.files import write_atomically

LONGEST_WAIT_SECONDS = 300
FAILURES_WHEN_UNREADABLE = 5
"""What a file of attempts that cannot be read counts for: touching it must not be a way to start afresh."""


def wait_seconds(failures: int) -> int:
    """Return how long to wait after so many wrong passphrases: 0, 0, 1, 2, 4, … at most 300 seconds."""
    if failures < 2:
        return 0
    return min(LONGEST_WAIT_SECONDS, 1 << min(failures - 2, 16))


@dataclass(frozen=True)
class _State:
    failures: int
    since: datetime | None


class Attempts:
    """The wrong passphrases of one store, kept in a small file beside it.

    The wait counts from the last failure. A clock set back starts the wait again in full: it gets no shorter
    by that, and never longer than :func:`wait_seconds`. A clock set forward does end it: offline there is
    nothing to hold it against. A file that cannot be written is no reason to keep anybody out: the count
    then lives as long as the program (``kept`` is false).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = self._read()
        self.kept = True

    @property
    def failures(self) -> int:
        """How many wrong passphrases there were since the store was last opened."""
        return self._state.failures

    def check(self, now: datetime) -> int:
        """Return the whole seconds still to wait before the next try (0: go ahead). ``now`` is aware."""
        wait = wait_seconds(self._state.failures)
        if wait == 0:
            return 0
        since = self._state.since
        if since is None or now < since:
            self._keep(self._state.failures, now)
            return wait
        return max(0, wait - math.floor((now - since) / timedelta(seconds=1)))

    def failed(self, now: datetime) -> int:
        """Count one wrong passphrase at ``now`` (aware) and return the seconds to wait."""
        self._keep(self._state.failures + 1, now)
        return wait_seconds(self._state.failures)

    def succeeded(self) -> None:
        """Forget the failures: the store was opened."""
        self._state = _State(0, None)
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> _State:
        try:
            found = json.loads(self._path.read_bytes())
            failures, since = int(found["failures"]), datetime.fromisoformat(found["since"])
            if failures < 0 or since.tzinfo is None:
                raise ValueError
        except FileNotFoundError:
            return _State(0, None)
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return _State(FAILURES_WHEN_UNREADABLE, None)
        return _State(failures, since)

    def _keep(self, failures: int, since: datetime) -> None:
        self._state = _State(failures, since)
        data = json.dumps({"failures": failures, "since": since.astimezone(UTC).isoformat()})
        try:
            write_atomically(self._path, data.encode("ascii"))
            self.kept = True
        except OSError:
            self.kept = False
