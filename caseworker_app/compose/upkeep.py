"""Upkeep of a store from the command line: rebuild, verify, back up. Opened like the window opens it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from caseworker_app.clock import SystemClock
from caseworker_app.compose import demo_store
from caseworker_app.compose.access import Access
from caseworker_app.compose.holding import hold, is_there
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.paths import data_dir

if TYPE_CHECKING:
    from caseworker_app.compose.backups import StoreBackups
    from caseworker_app.services.safekeeping import Comparison
    from db.store import SqlStore


def own_folder() -> Path:
    """Return where the user's own store lies."""
    return data_dir() / "own"


@contextmanager
def opened_at(folder: Path) -> Iterator[SqlStore]:
    """Open the store in a folder and close it again: a demo by its key, any other by keyring or by the passphrase asked
    for here. Raises :class:`UserError`, also when the store is open in a window.
    """
    if is_there(folder / demo_store.KEY_NAME):
        with hold(folder / demo_store.STORE_NAME):
            store = demo_store.open_demo(folder)
            try:
                yield store
            finally:
                store.close()
        return
    ways = Access(folder, SystemClock())
    if not ways.store_path.exists():
        raise UserError(N_("There is no store at this place."))
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
    """Write a dated, encrypted copy beside the store, with its key file, try it, and return where it is."""
    kept = backups_of(folder)
    with opened_at(folder) as store:
        made = kept.back_up(store)
        kept.check(made, store)
    return kept.path(made)


def backups_of(folder: Path) -> StoreBackups:
    """Return the backups of the store in a folder."""
    from caseworker_app.compose.backups import StoreBackups

    return StoreBackups(folder, SystemClock())


def verify_backups(folder: Path) -> dict[str, list[str]]:
    """Read every page of every backup; return what does not hold, by the backup's name."""
    kept = backups_of(folder)
    with opened_at(folder) as store:
        return {one.name: store.faults_of(kept.path(one)) for one in kept.listed()}


def restore(
    folder: Path, name: str, into: Path | None, *, only_compare: bool
) -> tuple[Comparison | None, Path | None]:
    """Compare a backup with the living store, and lay it as a store of its own beside it; the living one is left alone.

    The comparison is ``None`` where the living store does not open. Raises :class:`UserError`.
    """
    kept = backups_of(folder)
    backup = kept.named(name) if name else next(iter(kept.listed()), None)
    if backup is None:
        raise UserError(N_("There is no backup here yet."), N_("Make one: caseworker backup."))
    try:
        with opened_at(folder) as store:
            compared = kept.compare(backup, store)
    except _broken():
        compared = None
    return compared, None if only_compare else kept.put_beside(backup, into)


def _broken() -> tuple[type[UserError], ...]:
    """Return what says that the living store itself does not open."""
    from db.errors import StoreDamaged, StoreMissing, StoreTooNew

    return (StoreDamaged, StoreMissing, StoreTooNew)
