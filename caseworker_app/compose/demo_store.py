"""Demo stores: real encrypted stores with fictional families, whose key lies beside them in ``demo.key``.

Only stores made here have such a file; the user's own store never does.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.clock import Clock, FixedClock, SystemClock
from caseworker_app.compose.holding import hold
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import new_id
from caseworker_app.domain.phrases import N_
from caseworker_app.files import make_private_folder, write_atomically

if TYPE_CHECKING:
    from caseworker_app.domain.ids import Id
    from caseworker_app.services.ports import Progress, Sealer, Writer
    from db.store import SqlStore

STORE_NAME = "store.db"
KEY_NAME = "demo.key"
STAMP_NAME = "demo.made"
SEED = 2026
PASSPHRASE = "demo"  # noqa: S105 - fictional families; said in the window's title
RECIPE = 3
"""Raised when the demo's content changes, so that an older one is made anew."""


def is_demo(folder: Path) -> bool:
    """Return whether a folder holds a demo store."""
    return (folder / KEY_NAME).exists()


def make(
    folder: Path,
    *,
    today: dt.date,
    seed: int = SEED,
    scale: bool = False,
    progress: Progress | None = None,
) -> None:
    """Make a demo store in an empty or missing folder. Raises ``FileExistsError`` when there is a store already."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(folder)
    making = make_private_folder(folder.with_name(f"{folder.name}.making-{secrets.token_hex(4)}"))
    try:
        _build(making, today=today, seed=seed, scale=scale, progress=progress)
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def _build(folder: Path, *, today: dt.date, seed: int, scale: bool, progress: Progress | None) -> None:
    from caseworker_app.demo.build import fill
    from caseworker_app.sync.sealing import OperationSealer, new_device_secret
    from caseworker_app.vault.locks import SMALL_MACHINE
    from caseworker_app.vault.slots import SlotsFile, new_database_key, new_store_id, slots_path
    from db.store import DeviceRow, create

    morning = dt.datetime.combine(today, dt.time(8), dt.UTC)
    key = new_database_key()
    slots = SlotsFile.create(slots_path(folder / STORE_NAME), key, new_store_id())
    slots.add_passphrase(key, PASSPHRASE, morning, SMALL_MACHINE)
    slots.mark_verified(slots.open_with_passphrase(PASSPHRASE), morning)
    clock = FixedClock(morning)
    row = DeviceRow(new_id(), new_id(), new_id(), new_device_secret())
    store = create(folder / STORE_NAME, key, row=row, sealers=OperationSealer, clock=clock)
    try:
        fill(store, clock, seed=seed, scale=scale, progress=progress, today=today)
        _begin_here(store)
    finally:
        store.close()
    write_atomically(folder / KEY_NAME, key)
    write_atomically(folder / STAMP_NAME, _stamp(today, seed, scale))


def _begin_here(store: SqlStore) -> None:
    """Let the store go on under a new stamp, as one put back from a copy does, with a "Begin" that is final.

    Undo looks at what was written under the stamp of the moment: nothing of the demo's making is offered, and what is
    done in the window is. The one operation also spares each start a look through the whole log for the latest.
    """
    from caseworker_app.domain.office import Office
    from caseworker_app.sync.wire import next_chain
    from db.sync_store import SqlSyncStore

    newest = store.read(lambda reader: reader.acts(limit=1))[0]
    SqlSyncStore(store, next_chain).note_twin(newest.op_id)

    def begin(writer: Writer) -> None:
        office = writer.find(Office)[0]
        writer.act("Begin", final=True)
        writer.set(Office, office.id, "municipality", office.municipality, parents=None)

    store.write(begin)


def _stamp(today: dt.date, seed: int, scale: bool) -> bytes:
    return f"{RECIPE} {today.isoformat()} {seed} {scale}".encode()


def ready(
    folder: Path, *, today: dt.date, seed: int = SEED, scale: bool = False, progress: Progress | None = None
) -> Path:
    """Return a folder with today's demo store, making it (over an older demo, never over anything else) if need be.

    Raises :class:`UserError` when the older one is open in another window, or something else lies in the folder.
    """
    if is_demo(folder):
        stamp = folder / STAMP_NAME
        if stamp.exists() and stamp.read_bytes() == _stamp(today, seed, scale):
            return folder
        hold(folder / STORE_NAME).release()
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise UserError(
            N_("There is something else in that folder; demo data is only made in an empty one."),
            N_("Give the name of a folder that is not there yet."),
        )
    make(folder, today=today, seed=seed, scale=scale, progress=progress)
    return folder


def open_demo(folder: Path, clock: Clock | None = None) -> SqlStore:
    """Open a demo store by the key beside it. Raises ``FileNotFoundError`` for any other folder."""
    from db.store import open_store

    key = (folder / KEY_NAME).read_bytes()
    return open_store(folder / STORE_NAME, key, sealers=_sealer, clock=clock or SystemClock())


def _sealer(secret: bytes, device: Id) -> Sealer:
    from caseworker_app.sync.sealing import OperationSealer  # not needed for the first screen

    return OperationSealer(secret, device)
