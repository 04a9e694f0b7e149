"""Running many histories: templates made once, folders in memory where the machine has such a place."""

from __future__ import annotations

import shutil
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.simulator.history import History
from tests.simulator.world import Template, run, template

_MEMORY = Path("/dev/shm")


@contextmanager
def ground() -> Iterator[Ground]:
    """A place for histories, cleared at the end."""
    folder = Path(tempfile.mkdtemp(prefix="simulator-", dir=_MEMORY if _MEMORY.is_dir() else None))
    try:
        yield Ground(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Ground:
    """Templates by the number of laptops."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, Template] = {}
        self._runs = 0

    def run(self, history: History) -> None:
        """Run a history. Raises ``AssertionError`` for what does not hold."""
        if history.laptops not in self._made:
            place = self._folder / f"template-{history.laptops}"
            self._made[history.laptops] = template(place, history.laptops)
        self._runs += 1
        run(
            self._made[history.laptops], history, self._folder / f"history-{self._runs}", rebuilt=history.seed
        )

    def fault(self, history: History) -> str:
        """Return what went wrong in a history; empty when everything held."""
        try:
            self.run(history)
        except Exception:  # noqa: BLE001 - whatever it is, it is what a planted or a real bug came to
            return traceback.format_exc(limit=-4)
        return ""
