"""A process whose files may not grow beyond a size that is a little larger each time: a disk that is full at each step.

Forked for each size from one process that has everything loaded; says a line of JSON a size.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from caseworker_app.clock import SystemClock
from caseworker_app.compose.backups import StoreBackups
from caseworker_app.domain.errors import UserError
from db.connection import connect
from db.migrate import current
from db.verify import faults
from tests.helpers.stores import KEY, again

OUTCOMES = {0: "done", 3: "said", 4: "unsaid"}


def back_up(folder: Path) -> None:
    """Back the store up."""
    store = again(folder, SystemClock())
    try:
        StoreBackups(folder, SystemClock()).back_up(store)
    finally:
        store.close()


def back_up_slowly(folder: Path) -> None:
    """Back it up the other way, while somebody reads on."""
    store = again(folder, SystemClock())
    try:
        with store.reading() as reader:
            reader.execute("SELECT count(*) FROM operations").fetchone()
            store.connection.execute("UPDATE drafts SET updated_ms = updated_ms")
            StoreBackups(folder, SystemClock()).back_up(store)
    finally:
        store.close()


def upgrade(folder: Path) -> None:
    """Open the store, which upgrades it."""
    again(folder, SystemClock()).close()


WORK: dict[str, Callable[[Path], None]] = {
    "back_up": back_up,
    "back_up_slowly": back_up_slowly,
    "upgrade": upgrade,
}


def limited(work: Callable[[Path], None], folder: Path, most: int) -> int:
    """Do it in a child whose files may not grow beyond ``most`` bytes; return its exit code."""
    child = os.fork()
    if child == 0:
        code = 4
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            work(folder)
            code = 0
        except UserError:
            code = 3
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(whole: Path, place: Path, what: str, steps: int) -> None:
    """Try with each size, from nothing to more than enough, each time in a fresh copy of ``whole``."""
    size = (whole / "store.db").stat().st_size
    sizes = [*range(0, size * 2, max(4096, size * 2 // steps) // 4096 * 4096), size * 4]
    for most in sizes:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(whole, place)
        how = OUTCOMES.get(limited(WORK[what], place, most), "died")
        backups = sorted(path.name for path in (place / "backups").glob("*")) if how != "done" else []
        connection = connect(place / "store.db", KEY, write=True)
        version = current(connection)
        connection.close()
        store = again(place, SystemClock())
        told = {"most": most, "how": how, "left": backups, "version": version, "faults": faults(store)}
        told["cases"] = store.connection.execute("SELECT count(*) FROM p_case").fetchone()[0]
        store.close()
        sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
