"""The backups of a store: dated, encrypted copies with their key file, in the folder ``backups`` beside it.

A copy gets its name only after it has been opened, so whatever has the name of a backup has been one. The key files
beside them are those of the living store: a passphrase that was changed opens no backup any more.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from caseworker_app.clock import Clock
from caseworker_app.compose import comparing, refusals
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.files import make_private_folder, write_atomically
from caseworker_app.services.ports import Store
from caseworker_app.services.safekeeping import (
    ALWAYS_KEPT,
    DRILL_DAYS,
    KEPT_DAYS,
    Backup,
    Comparison,
    SafekeepingState,
)
from caseworker_app.vault.errors import SlotsError, VaultError
from caseworker_app.vault.slots import SlotsFile, slots_path

if TYPE_CHECKING:
    from db.store import SqlStore

FOLDER = "backups"
STORE_NAME = "store.db"
_NAME = re.compile(r"store-(\d{8}-\d{6})(-\d+)?")
_STAMP = "%Y%m%d-%H%M%S"
_NOTES = "notes.json"
_OTHERS = ("before-upgrade.db",)


class StoreBackups:
    """See :class:`caseworker_app.services.safekeeping.Backups`."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._home, self.folder, self._clock = folder, folder / FOLDER, clock
        self._pending: Backup | None = None
        self._problem = ""

    @property
    def pending(self) -> Backup | None:
        """The backup that is taken into use at the next opening."""
        return self._pending

    # what there is

    def listed(self) -> tuple[Backup, ...]:
        """Return the backups, newest first."""
        found = [one for path in self.folder.glob("store-*.db") if (one := _read_name(path)) is not None]
        return tuple(sorted(found, key=lambda one: (one.made, one.name), reverse=True))

    def path(self, backup: Backup) -> Path:
        """Return where a backup lies."""
        return self.folder / f"{backup.name}.db"

    def named(self, name: str) -> Backup:
        """Return the backup of a name. Raises :class:`UserError`."""
        wanted = name.removesuffix(".db")
        for one in self.listed():
            if one.name == wanted:
                return one
        raise UserError(N_("There is no backup of that name."), N_("Look in the list of backups."))

    def state(self) -> SafekeepingState:
        there, drilled = self.listed(), self._drilled()
        return SafekeepingState(
            there, self.folder, self._today, drilled, self._drill_due(drilled, there), self._problem
        )

    def due(self) -> bool:
        return not any(one.made.astimezone().date() >= self._today for one in self.listed())

    @property
    def _today(self) -> dt.date:
        return self._clock.now().astimezone().date()

    def _drill_due(self, drilled: dt.date | None, there: tuple[Backup, ...]) -> bool:
        if not there:
            return False
        since = drilled or min(one.made for one in there).astimezone().date()
        return (self._today - since).days >= DRILL_DAYS

    def _drilled(self) -> dt.date | None:
        try:
            return dt.date.fromisoformat(json.loads((self.folder / _NOTES).read_bytes())["drilled"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    # making one

    def back_up(self, store: Store) -> Backup:
        own = cast("SqlStore", store)
        made = self._clock.now()
        try:
            make_private_folder(self.folder)
            target = self._free_name(made)
            own.back_up(target)
            self.refresh_keys()
        except (UserError, OSError) as error:
            self._problem = N_("The backup could not be made.")
            if isinstance(error, UserError):
                raise
            raise _not_made() from None
        self._problem = ""
        self.put_away_old()
        backup = _read_name(target)
        assert backup is not None, "the name is one of ours"
        return backup

    def daily(self, store: Store) -> None:
        from caseworker_app.compose.case_keeping import forget_old_access

        self.check(self.back_up(store), store)
        forget_old_access(store)

    def _free_name(self, made: dt.datetime) -> Path:
        stem = f"store-{made.astimezone(dt.UTC).strftime(_STAMP)}"
        names = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
        return next(path for name in names if not (path := self.folder / f"{name}.db").exists())

    def refresh_keys(self) -> None:
        """Lay the living store's key file beside every backup: one set of ways in, and no old passphrase.

        Raises ``OSError``. Backups of another store are left as they are.
        """
        living = slots_path(self._home / STORE_NAME)
        if not living.exists():
            return  # a demo of an older program
        data = living.read_bytes()
        with suppress(SlotsError):
            own = SlotsFile.load(living).store_id
            for one in self.listed():
                keys = slots_path(self.path(one))
                if not keys.exists() or (_store_id(keys) in (None, own) and keys.read_bytes() != data):
                    write_atomically(keys, data)

    def put_away_old(self) -> None:
        """Remove what is older than is kept; the newest ones are never removed."""
        too_old = self._clock.now() - dt.timedelta(days=KEPT_DAYS)
        for one in self.listed()[ALWAYS_KEPT:]:
            if one.made < too_old:
                for path in (self.path(one), slots_path(self.path(one))):
                    with suppress(OSError):
                        path.unlink(missing_ok=True)
        for path in (*(self.folder / name for name in _OTHERS), *self.folder.glob("*.part")):
            with suppress(OSError):
                if path.stat().st_mtime < too_old.timestamp():
                    path.unlink()

    # trying one

    def check(self, backup: Backup, store: Store) -> None:
        own = cast("SqlStore", store)
        if faults := own.faults_of(self.path(backup)):
            aside = self.path(backup).with_suffix(".damaged")
            with suppress(OSError):
                self.path(backup).rename(aside)
            self._problem = N_("The last backup was damaged.")
            raise _damaged(len(faults))

    def compare(self, backup: Backup, store: Store) -> Comparison:
        return comparing.compare(cast("SqlStore", store), self.path(backup), backup)

    def drill(self, backup: Backup, passphrase: str) -> int:
        from db import backup as copies

        path = self.path(backup)
        try:
            slots = SlotsFile.load(slots_path(path))
            key = slots.open_with_passphrase(passphrase).key
        except VaultError as error:
            raise refusals.said(error) from None
        faults = copies.faults_of(path, key)
        if faults:
            raise _damaged(len(faults))
        found = copies.look(path, key)
        with suppress(OSError):
            notes = json.dumps({"drilled": self._today.isoformat()}).encode("ascii")
            write_atomically(self.folder / _NOTES, notes)
        return found.operations

    # fetching one back

    def put_beside(self, backup: Backup, where: Path | None = None) -> Path:
        place = where or self._home.with_name(f"{self._home.name}-{backup.name.removeprefix('store-')}")
        if place.exists() and any(place.iterdir()):
            raise UserError(
                N_("There is something in that folder already: {folder}"),
                N_("Choose a folder that is not there yet."),
                folder=str(place),
            )
        try:
            make_private_folder(place)
            self._lay(backup, place / STORE_NAME)
        except OSError:
            raise _no_room() from None
        return place

    def _lay(self, backup: Backup, store: Path) -> None:
        """Write a copy of the backup and its key file; neither gets its name before it is whole."""
        for source, target in (
            (self._keys_for(backup), slots_path(store)),
            (self.path(backup), store),
        ):
            if source.exists():
                part = target.with_name(f"{target.name}.part")
                shutil.copyfile(source, part)
                part.chmod(0o600)
                part.replace(target)
        demo = self._home / "demo.key"
        if demo.exists() and store.parent != self._home:
            shutil.copyfile(demo, store.parent / demo.name)

    def _keys_for(self, backup: Backup) -> Path:
        """Return the key file that opens a backup: the living store's where it is of the same store."""
        living, beside = slots_path(self._home / STORE_NAME), slots_path(self.path(backup))
        of_backup = _store_id(beside)
        return living if of_backup is None or _store_id(living) == of_backup else beside

    def continue_with(self, backup: Backup | None) -> None:
        self._pending = backup

    def take_up(self) -> None:
        """Take the pending backup into use: the store, which is closed, is put aside and the backup laid in its place.

        At no moment is there no store. Raises :class:`UserError`; the store is then as it was.
        """
        backup, self._pending = self._pending, None
        if backup is None:
            return
        store = self._home / STORE_NAME
        aside = self._home / f"before-{backup.name}-{self._clock.now().strftime(_STAMP)}"
        coming = store.with_name(f"{store.name}.coming")
        try:
            make_private_folder(aside)
            shutil.copyfile(self.path(backup), coming)
            coming.chmod(0o600)
            keys = self._keys_for(backup)
            if store.exists():
                _keep(store, aside / store.name)
            if slots_path(store).exists():
                shutil.copyfile(slots_path(store), aside / slots_path(store).name)
            for ending in ("-wal", "-shm"):  # a log of the one must never be read into the other
                beside = store.with_name(store.name + ending)
                if beside.exists():
                    beside.replace(aside / beside.name)
            coming.replace(store)
            if keys != slots_path(store):
                _replace(keys, slots_path(store))
                _replace(keys, slots_path(store).with_name(f"{slots_path(store).name}.copy"))
        except OSError:
            raise _no_room() from None
        finally:
            with suppress(OSError):
                coming.unlink(missing_ok=True)


def _keep(store: Path, aside: Path) -> None:
    """Give the file a second name, so that the first can be given to another; copied where there are no such names."""
    try:
        aside.hardlink_to(store)
    except OSError:
        shutil.copyfile(store, aside)
        aside.chmod(0o600)


def _replace(source: Path, target: Path) -> None:
    if source.exists():
        write_atomically(target, source.read_bytes())


def _store_id(keys: Path) -> bytes | None:
    try:
        return SlotsFile.load(keys).store_id
    except SlotsError:
        return None


def _read_name(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return None
    try:
        made = dt.datetime.strptime(match[1], _STAMP).replace(tzinfo=dt.UTC)
        return Backup(path.stem, made, path.stat().st_size)
    except (ValueError, OSError):
        return None


def _not_made() -> UserError:
    return UserError(
        N_("The backup could not be made."),
        N_(
            "Your cases are safe where they are. Look whether the disk is full or the folder is write-protected."
        ),
    )


def _no_room() -> UserError:
    return UserError(
        N_("The backup could not be laid there."),
        N_("Nothing has been changed. Look whether the disk is full or the folder is write-protected."),
    )


def _damaged(count: int) -> UserError:
    return UserError(
        N_("This backup is damaged in {n} places."),
        N_(
            "Your cases are safe where they are. Make a new backup, and use an older one if you need one now."
        ),
        n=count,
    )
