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
