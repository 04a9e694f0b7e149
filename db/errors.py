"""Why a store does not open or take a write. The composition root says them in words."""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """A store that cannot be used as it is; the file is left as it was found."""

    def __init__(self, path: Path) -> None:
        super().__init__(type(self).__name__)
        self.path = path


class WrongKey(StoreError):
    """The file is whole as far as can be seen, and this key does not open it."""


class StoreDamaged(StoreError):
    """The file is cut off or altered."""


class StoreTooNew(StoreError):
    """The file was written by a newer version of the program."""


class StoreReadOnly(StoreError):
    """The folder or the file cannot be written."""


class StoreFull(StoreError):
    """The disk is full."""


class CipherMissing(Exception):
    """The SQLite library at hand has no cipher or is too old; nothing was opened."""
