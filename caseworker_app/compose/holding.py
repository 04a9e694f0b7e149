"""One program a store: taking its lock, said in words when somebody else has it."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.files import make_private_folder
from caseworker_app.paths import AlreadyOpen, InstanceLock, lock_path


def hold(store: Path) -> InstanceLock:
    """Return the lock of the store file ``store``, taken. Raises :class:`UserError` when another program has it."""
    make_private_folder(store.parent)
    try:
        return InstanceLock(lock_path(store))
    except AlreadyOpen:
        raise UserError(
            N_("The store is open in another window of the program."),
            N_("Go to that window, or close it first."),
        ) from None


def is_there(path: Path) -> bool:
    """Return whether there is a file. Raises :class:`UserError` where this user may not even look."""
    try:
        return path.exists()
    except PermissionError:
        raise UserError(
            N_("This folder belongs to another user of the computer."),
            N_("Nothing has been opened. Log on as that user, or choose a folder of your own."),
        ) from None
