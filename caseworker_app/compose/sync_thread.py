"""When sync runs: soon after the start and after saves, every few minutes, later and later while something is in the way.

One thread for one open store. What is under way stops at its next step when the store is about to be closed.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from time import monotonic

FIRST_S = 2.0
"""After the first screen."""
SAVED_S = 3.0
"""After a save: more saves follow within the moment."""
CALM_S = 180.0
WORST_S = 900.0
BEGIN_S = 15.0
REST_S = 1.0
Work = Callable[[], bool]
"""One sync; returns whether nothing was in the way."""


def delay_after(failures: int, chance: float) -> float:
    """Return how long to wait after so many syncs in a row that met something, ``chance`` in [0, 1) spreading laptops."""
    if failures == 0:
        return CALM_S * (0.8 + 0.4 * chance)
    return min(WORST_S, BEGIN_S * 2.0 ** min(failures - 1, 10)) * (0.5 + chance)


class SyncThread:
    """Runs ``work`` when it is due, and ``count`` when something was saved. All but :meth:`rest` return at once."""

    def __init__(
        self, work: Work, count: Callable[[], None], chance: Callable[[], float] = random.random
    ) -> None:
        self._work, self._count, self._chance = work, count, chance
        self._uncounted = False
        self._bell = threading.Condition()
        self._due = monotonic() + FIRST_S
        self._failures = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    @property
    def stopping(self) -> bool:
        """Whether what is under way is to stop at its next step."""
        return self._stopping

    def soon(self, within: float = SAVED_S) -> None:
        """Sync within so many seconds, unless the hub is not answering: then its own time holds."""
        with self._bell:
            self._uncounted = True
            if self._failures == 0 or within == 0.0:
                self._due = min(self._due, monotonic() + within)
            self._bell.notify()

    def rest(self) -> None:
        """Stop, and wait for the step under way, a second at most."""
        with self._bell:
            self._stopping = True
            self._bell.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join(REST_S)

    def _run(self) -> None:
        while (due := self._wait()) is not None:
            if not due:
                self._count()
                continue
            well = self._work()
            with self._bell:
                self._failures = 0 if well else self._failures + 1
                self._due = min(self._due, monotonic() + delay_after(self._failures, self._chance()))

    def _wait(self) -> bool | None:
        """Wait until a sync is due (true) or something is to be counted (false); ``None`` at the end."""
        with self._bell:
            while not self._stopping:
                left = self._due - monotonic()
                if left <= 0:
                    self._due, self._uncounted = float("inf"), False
                    return True
                if self._uncounted:
                    self._uncounted = False
                    return False
                self._bell.wait(min(left, threading.TIMEOUT_MAX))
        return None
