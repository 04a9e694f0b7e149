"""Upkeep of a store from the command line: rebuild, verify, back up. Opened like the window opens it."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from caseworker_app.clock import SystemClock
from caseworker_app.compose import demo_store
from caseworker_app.compose.access import Access
from caseworker_app.compose.holding import hold
from caseworker_app.domain.errors import UserError
from caseworker_app.paths import data_dir

if TYPE_CHECKING:
    from db.store import SqlStore


def own_folder() -> Path:
    """Return where the user's own store lies."""
    return data_dir() / "own"


@contextmanager
def opened_at(folder: Path) -> Iterator[SqlStore]:
    """Open the store in a folder and close it again: a demo by its key, any other by keyring or by the passphrase asked
    for here. Raises :class:`UserError`, also when the store is open in a window.
    """
    if demo_store.is_demo(folder):
        with hold(folder / demo_store.STORE_NAME):
            store = demo_store.open_demo(folder)
            try:
                yield store
            finally:
                store.close()
        return
    ways = Access(folder, SystemClock())
    if not ways.store_path.exists():
        raise UserError("There is no store at this place.")
    try:
        own = ways.open_by_keyring() or ways.open_by_passphrase(getpass.getpass("Adgangssætning: "))
        try:
            yield cast("SqlStore", own)
        finally:
            own.close()
    finally:
        ways.release()


def rebuild(folder: Path) -> int:
    """Make the projections anew; return how many operations were read."""
    with opened_at(folder) as store:
        return store.rebuild()


def verify(folder: Path) -> list[str]:
    """Check pages, log, and that the tables are what the log says; return what does not hold."""
    from db.verify import faults

    with opened_at(folder) as store:
        return faults(store)


def back_up(folder: Path) -> Path:
    """Write a dated, encrypted copy beside the store, with its key file, and return where it is."""
    import shutil

    from caseworker_app.vault.slots import slots_path
    from db.backup import copy_to

    with opened_at(folder) as store:
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
        target = copy_to(store.connection, folder / "backups" / f"store-{stamp}.db")
    keys = slots_path(folder / demo_store.STORE_NAME)
    if keys.exists():
        shutil.copyfile(keys, slots_path(target))
        slots_path(target).chmod(0o600)
    return target
