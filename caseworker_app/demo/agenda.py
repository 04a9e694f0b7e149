"""Who sat down to write what, and when: everything of the demo in the order it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from caseworker_app.clock import FixedClock
from caseworker_app.services.ports import Progress, Store, Writer

Act = Callable[[Writer], object]
"""One thing done through a service; several when it flushes in between."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Acts written one after the other at one moment, in one transaction."""

    at: dt.datetime
    acts: tuple[Act, ...]

    def perform(self, writer: Writer) -> None:
        """Do the acts, each an operation of its own."""
        for act in self.acts:
            act(writer)
            writer.flush()

    def begin(self, store: Store, clock: FixedClock) -> None:
        """Turn the clock to the sitting and do it; nothing happens where there is nothing to do."""
        if self.acts:
            clock.set(self.at)
            store.write(self.perform)


class Agenda:
    """Sittings, told in any order, performed in the order of time."""

    def __init__(self, latest: dt.datetime) -> None:
        """Nothing is performed after ``latest``: what was laid there falls on it, in the order it was told."""
        self._latest = latest
        self._sittings: list[Sitting] = []

    def add(self, at: dt.datetime, *acts: Act) -> None:
        """Lay a sitting at a moment."""
        if acts:
            self._sittings.append(Sitting(min(at, self._latest), acts))

    def perform(self, store: Store, clock: FixedClock, progress: Progress | None = None) -> None:
        """Turn the clock to each sitting in its order and do it."""
        sittings = sorted(self._sittings, key=lambda sitting: sitting.at)
        for done, sitting in enumerate(sittings, start=1):
            sitting.begin(store, clock)
            if progress is not None:
                progress(done, len(sittings))
