"""Backups as the window sees them: made by themselves, tried, compared with the living store, and fetched back.

The composition root provides :class:`Backups`. A backup is never laid over a living store: what is there is put aside.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from caseworker_app.services.ports import Store

KEPT_DAYS: Final = 30
"""So long a backup is kept. The newest ones are kept however old they are."""
ALWAYS_KEPT: Final = 3
DRILL_DAYS: Final = 7
"""So often the worker is reminded to try one."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its name (the file's, without an ending), when it was made, its size in bytes."""

    name: str
    made: dt.datetime
    size: int


@dataclass(frozen=True, slots=True)
class CaseDifference:
    """A case in which something was written after the backup: how many acts, and when the latest was."""

    child: str
    acts: int
    latest: dt.datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a backup holds beside the living store.

    ``later`` acts stand only in the living store and would be left behind; ``gone`` only in the backup: 0 unless the
    living store has lost something. ``cases`` says where, ``others`` counts later acts that belong to no case.
    """

    backup: Backup
    cases_now: int
    cases_then: int
    acts_now: int
    acts_then: int
    later: int
    gone: int
    cases: tuple[CaseDifference, ...] = ()
    others: int = 0

    @property
    def same(self) -> bool:
        """Whether the backup and the living store hold the same acts."""
        return not self.later and not self.gone


@dataclass(frozen=True, slots=True)
class SafekeepingState:
    """How it stands: the backups newest first, where they lie, the last drill, and why the last backup was not made."""

    backups: tuple[Backup, ...]
    folder: Path
    today: dt.date
    drilled: dt.date | None
    drill_due: bool
    problem: str = ""


class Backups(Protocol):
    """The backups of one store. Every failure is a :class:`UserError` with a way out."""

    def state(self) -> SafekeepingState:
        """Look how it stands."""

    def due(self) -> bool:
        """Whether no backup has been made today."""

    def back_up(self, store: Store) -> Backup:
        """Write a dated copy of the open store, open it for proof, and put away those that are too old."""

    def daily(self, store: Store) -> None:
        """Do what is done once a day: back up and check the backup, and delete what of the access log is too old."""

    def check(self, backup: Backup, store: Store) -> None:
        """Read every page of a backup. One that is damaged is put aside and said in words."""

    def compare(self, backup: Backup, store: Store) -> Comparison:
        """Say what the backup holds beside the open store."""

    def drill(self, backup: Backup, passphrase: str) -> int:
        """Open a backup as after an accident: by the key file beside it and the passphrase, reading every page.

        Returns how many acts are in it, and notes the day.
        """

    def put_beside(self, backup: Backup, where: Path | None = None) -> Path:
        """Lay the backup as a store of its own in a new folder beside the living one; return the folder."""

    def continue_with(self, backup: Backup | None) -> None:
        """Go on in a backup from the next opening on: the living store is put aside then. ``None`` takes it back."""

    @property
    def pending(self) -> Backup | None:
        """The backup that is taken into use at the next opening."""
