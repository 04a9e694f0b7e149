"""Putting the window together with its store, its papers and its keys."""

from __future__ import annotations

import datetime as dt
import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from caseworker_app.compose.holding import hold, is_there
from caseworker_app.compose.later import Later

if TYPE_CHECKING:
    from caseworker_app.compose.access import Access
    from caseworker_app.compose.books import ShippedBooks
    from caseworker_app.compose.syncing import Syncing
    from caseworker_app.paths import InstanceLock
    from caseworker_app.services.books import Books
    from caseworker_app.services.documents import FileReader
    from caseworker_app.services.handover_desk import HandoverDesk
    from caseworker_app.services.opening import Doors
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.services.ports import Store
    from caseworker_app.services.sync_desk import SyncDesk
    from caseworker_app.worker.process import WorkerProcess
    from db.store import SqlStore

T = TypeVar("T")
STORE_NAME = "store.db"
KEY_NAME = "demo.key"


def _in_background(work: Callable[[], T]) -> Future[T]:
    """Run work in a thread of its own, beside the loading of Qt."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits
            future.set_exception(error)

    threading.Thread(target=run, name="opening", daemon=True).start()
    return future


def run_own(folder: Path | None = None, stamp: Path | None = None, handed: Path | None = None) -> int:
    """Open the window on the user's own store, or on the demo store in ``folder``; return the exit code.

    Raises ``UserError`` for a folder of another user.

    ``handed`` is a handover file, as a double click on one gives it: it is looked at once the store is open.

    ``stamp`` is for the benchmark: at the first paint of rows the moment, their number and the peak of memory are
    written to it, and the window closes.
    """
    from caseworker_app import paths, traces

    sys.setswitchinterval(0.0005)
    paths.private_umask()
    traces.leave_no_memory_behind()
    place = folder or paths.data_dir() / "own"
    lock = Later(lambda: hold(place / STORE_NAME))
    doors = Later(lambda: _doors(place, lock))
    if is_there(place / KEY_NAME):
        from caseworker_app.compose import demo_store

        def open_demo() -> Store:
            lock.get()
            return demo_store.open_demo(place)

        opening: Future[Store | None] | None = _in_background(open_demo)
        return _show(
            doors, opening, f"Demo (adgangssætning: {demo_store.PASSPHRASE})", stamp, handed, sync=None
        )
    opening = None
    if (place / STORE_NAME).exists() and doors.get().problem() is None:
        opening = _in_background(doors.get().open_by_keyring)
    return _show(doors, opening, "", stamp, handed, sync=Later(_sync))


def _doors(folder: Path, lock: Later[InstanceLock]) -> Access:
    from caseworker_app.clock import SystemClock
    from caseworker_app.compose.access import Access

    return Access(folder, SystemClock(), take_lock=lock.get)


def _worker() -> WorkerProcess:
    from caseworker_app.worker.process import WorkerProcess

    return WorkerProcess()


def _books() -> ShippedBooks:
    from caseworker_app.compose.books import ShippedBooks

    return ShippedBooks()


def _sync() -> Syncing:
    from caseworker_app.compose.syncing import Syncing

    return Syncing()


def _handing(store: Store, papers: Later[WorkerProcess]) -> HandoverDesk:
    from caseworker_app.compose.handing import Handing

    return Handing(cast("SqlStore", store), cast("Books", Later(_books)), cast("PaperMaker", papers))


def _show(
    doors: Later[Access],
    opening: Future[Store | None] | None,
    suffix: str,
    stamp: Path | None,
    handed: Path | None,
    *,
    sync: Later[Syncing] | None,
) -> int:
    """Run the window. Without ``sync`` there is no hub: the demo's families are nobody's."""
    from caseworker_app import i18n, log, paths, settings

    home = paths.data_dir()
    logging_to = log.start_logging(home, "app")
    chosen = settings.load(home)
    i18n.set_language(chosen.get(settings.LANGUAGE))
    papers = Later(_worker)
    from ui.application import Context, start

    try:
        return start(
            Context(
                doors=cast("Doors", doors),
                papers=cast("PaperMaker", papers),
                files=cast("FileReader", papers),
                sync=cast("SyncDesk | None", sync),
                handover=lambda store: _handing(store, papers),
                settings=chosen,
                books=cast("Books", Later(_books)),
                store=opening,
                on_first_paint=None if stamp is None else lambda rows: _stamp(stamp, rows),
                only_first_paint=stamp is not None,
                title_suffix=suffix,
                handed=handed,
            )
        )
    finally:
        if papers.made is not None:
            papers.made.close()
        if doors.made is not None:
            doors.made.release()
        log.stop_logging(logging_to)


def _stamp(file: Path, rows: int) -> None:
    """Write what the start benchmark asks for."""
    now = time.time()
    stamped = {"first_paint": now, "rows": rows, "peak_rss": _peak()}
    part = file.with_suffix(".part")
    part.write_text(json.dumps(stamped), encoding="utf-8")
    part.replace(file)


def _peak() -> int:
    """Return the most memory this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        found = next(
            line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM")
        )
        return int(found.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def run_demo(folder: Path | None, *, seed: int, scale: bool, say: Callable[[str], None]) -> int:
    """Open the window on today's demo data, making it first when it is not there."""
    from caseworker_app.compose import demo_store
    from caseworker_app.paths import data_dir

    place = folder or data_dir() / ("demo-ten-years" if scale else "demo")
    today = dt.datetime.now().astimezone().date()
    say("Making the demo data (fictional families) …")
    demo_store.ready(place, today=today, seed=seed, scale=scale)
    return run_own(place)
