"""Why a store does not open or take a write: the user's world, so each is said in words with a way out."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.domain.errors import NotKept, Unopened, UserError
from caseworker_app.domain.phrases import N_


class StoreError(UserError):
    """A store that cannot be used as it is; the file is left as it was found."""

    words: tuple[str, ...] = (N_("The store cannot be used."),)
    """What happened, then the ways out."""

    def __init__(self, path: Path) -> None:
        super().__init__(*self.words)
        self.path = path


class WrongKey(StoreError, Unopened):
    """The file is whole as far as can be seen, and this key does not open it."""

    words = (
        N_("The store does not open with this key."),
        N_("Nothing has been changed. The key file may belong to another store: put the two together again."),
        N_("Or the first page of the store is damaged: put it back from a backup."),
    )


class StoreDamaged(StoreError, Unopened):
    """The file is cut off or altered."""

    words = (
        N_("The store is damaged: part of the file is missing or altered."),
        N_(
            "The file is kept as it is. Put it back from the newest backup, beside it in the folder 'backups'."
        ),
    )


class EntryDamaged(Exception):
    """An entry of the log cannot be opened: its bytes, its key or what finds them have been altered.

    The store says it as :class:`StoreDamaged`.
    """


class StoreTooNew(StoreError):
    """The file was written by a newer version of the program."""

    words = (
        N_("The store was written by a newer version of the program."),
        N_("Install the newer version; the store is as it was."),
    )


class StoreReadOnly(StoreError, NotKept):
    """The folder or the file cannot be written."""

    words = (
        N_("The store cannot be written."),
        N_("What you wrote is kept on the screen. Look whether the folder or the file is write-protected."),
    )


class StoreFull(StoreError, NotKept):
    """The disk is full."""

    words = (
        N_("The disk is full."),
        N_("What was saved before is safe, and what you wrote is kept on the screen."),
        N_("Make room on the disk and save again."),
    )


class DiskFault(StoreError, NotKept):
    """The disk did not do what was asked of it: full where the store is only opened, a quota, a fault.

    A store that is damaged says so in another way (``StoreDamaged``); this one is not known to be.
    """

    words = (
        N_("The disk did not do what was asked of it."),
        N_("What was saved before is safe, and what you wrote is kept on the screen."),
        N_("Look whether the disk is full, or the room you may use on it, and try again."),
    )


class StoreBusy(StoreError, NotKept):
    """Another program has held the file locked for longer than is waited for."""

    words = (
        N_("Another program holds the file of the store."),
        N_("What was saved before is safe, and what you wrote is kept on the screen."),
        N_("Close programs that copy or search files, and try again."),
    )


class StoreMissing(StoreError, FileNotFoundError):
    """There is no file; none is ever made by opening."""

    words = (N_("There is no store at this place."),)


class CipherMissing(UserError):
    """The SQLite library at hand has no cipher or is too old; nothing was opened. ``detail`` is for support."""

    def __init__(self, *, detail: str) -> None:
        super().__init__(
            N_("The program was installed with a database library that cannot encrypt."),
            N_("Nothing was opened or written. Install the program again."),
        )
        self.detail = detail
