"""The real hub over an SQLite file, that can crash at any statement and be put back from a backup."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event

from caseworker_app.hub.core import HubCore
from caseworker_app.hub.database import open_engine
from caseworker_app.hub.ground import Ground, Limits, Organisation
from caseworker_app.vault.signing import DeviceKey
from tests.simulator.fuse import Crash, Fuse

T = TypeVar("T")
PAGE = 4
"""Rows in a page of a log: small, so that what crosses a page's edge is met often."""


class Hub:
    """One hub of a history."""

    def __init__(self, folder: Path, organisation: Organisation, signing: bytes, dice: random.Random) -> None:
        self.folder, self.organisation, self.signing, self.dice = folder, organisation, signing, dice
        self.fuse = Fuse()
        self.now_ms = 1_795_420_800_000
        self.backup: Path | None = None
        self._open()

    def _open(self) -> None:
        self.engine = open_engine(f"sqlite:///{self.folder / 'hub.db'}")
        event.listen(self.engine, "before_cursor_execute", self._before)
        event.listen(self.engine, "commit", lambda _connection: self.fuse.point())
        self.core = HubCore(
            Ground(
                self.engine,
                self.organisation,
                Limits(log_page=PAGE),
                self._tick,
                self.dice.randbytes,
                DeviceKey.from_bytes(self.signing),
            )
        )

    def _before(self, *_args: Any) -> None:
        self.fuse.point()

    def _tick(self) -> int:
        self.now_ms += 7
        return self.now_ms

    def close(self) -> None:
        self.engine.dispose()

    def call(self, work: Callable[[HubCore], T]) -> T:
        """Do something on the hub. Raises ``ConnectionError`` when it crashed meanwhile; it is up again at once."""
        try:
            return work(self.core)
        except Crash:
            self.engine.dispose()
            self.fuse.mend()
            self._open()
            raise ConnectionError("the hub went down") from None

    def keep_backup(self) -> None:
        self.engine.dispose()
        self.backup = self.folder.with_name(self.folder.name + "-backup")
        shutil.rmtree(self.backup, ignore_errors=True)
        shutil.copytree(self.folder, self.backup)

    def put_back(self) -> bool:
        """Put the backup in place: the hub forgets what came since."""
        if self.backup is None:
            return False
        self.engine.dispose()
        shutil.rmtree(self.folder)
        shutil.copytree(self.backup, self.folder)
        self._open()
        return True

    def rows(self, stream: bytes) -> list[tuple[int, bytes, bytes, bytes]]:
        """Return (seq, op_id, chain, payload) of a stream's log, from the file itself."""
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT seq, op_id, chain, payload FROM log WHERE stream_id = ? ORDER BY seq", (stream,)
            )
            return [tuple(row) for row in found]
