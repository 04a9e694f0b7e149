"""The ways into a store as they are looked after: listed, tried, changed, added and taken away.

Every change asks for the passphrase of the moment first, and a new way counts only once it has been opened with. The
composition root provides :class:`Keys`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Way:
    """One way in. ``tried`` is when it was last opened with, ``whole`` false for one that is damaged, ``name`` the
    keyring's or the organisation's."""

    id: str
    kind: str
    name: str
    made: dt.datetime | None
    tried: dt.datetime | None
    whole: bool


class Keys(Protocol):
    """The key slots of one store. Every failure is a :class:`UserError` with a way out; run each as a task."""

    def ways(self) -> tuple[Way, ...]:
        """Return every way in, in the order they were made."""

    def try_passphrase(self, passphrase: str) -> None:
        """Open by the passphrase for proof, and note the day."""

    def try_recovery(self, code: str) -> None:
        """Open by the recovery code for proof, and note the day."""

    def try_keyring(self) -> None:
        """Open by the keyring for proof, and note the day."""

    def change_passphrase(self, now: str, new: str) -> None:
        """Open by ``new`` from now on, and no longer by any other passphrase. It is tried before the old one goes."""

    def new_recovery(self, passphrase: str) -> str:
        """Make a new recovery code and return it; the old sheet counts until the new code has been typed back."""

    def prove_recovery(self, code: str) -> None:
        """Open by the new code for proof; every older recovery sheet is worthless from now on."""

    def forget_recovery(self) -> None:
        """Take back a new code that was not typed back."""

    def add_keyring(self, passphrase: str) -> None:
        """Let this computer's keyring open the store, and try it."""

    def add_organisation(self, passphrase: str, name: str, public: str) -> None:
        """Let the holder of an organisation's secret key open the store; only they can try it."""

    def remove(self, passphrase: str, way: str) -> None:
        """Take a way in away. Refused when fewer than two that have been tried would be left."""
