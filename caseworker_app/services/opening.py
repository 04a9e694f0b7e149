"""Making, opening and locking the user's own store, as the window sees it. The composition root provides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from caseworker_app.services.key_slots import Keys
from caseworker_app.services.ports import Progress, Store
from caseworker_app.services.safekeeping import Backups

if TYPE_CHECKING:
    from caseworker_app.domain.retention_rules import RetentionRules
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.services.retention import CaseKeeping


class Ground(StrEnum):
    """What is found where the store should be."""

    NONE = "none"
    """No store: one can be made."""
    LOCKED = "locked"
    """A store that asks for passphrase, recovery code or keyring."""
    UNFINISHED = "unfinished"
    """Key slots were made and not yet verified: setting up can go on from the beginning; nothing is in it."""
    BROKEN = "broken"
    """Something is there that cannot be used; ``Doors.problem`` says what is wrong and what still opens it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a store does not open: a msgid with its values, and the ways out (msgids)."""

    message: str
    ways_out: tuple[str, ...] = ()
    values: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess: 0-4, the word for it and advice (msgids), whether it is enough."""

    score: int
    word: str
    advice: tuple[str, ...]
    enough: bool


@dataclass(frozen=True, slots=True)
class NewSlots:
    """What setting up made: the recovery code in groups, shown once, and whether the OS keyring took its part.

    ``keyring_reason`` is the msgid of why it did not.
    """

    recovery_code: str
    keyring: bool
    keyring_reason: str = ""


@dataclass(frozen=True, slots=True)
class PinState:
    """How long to wait before another PIN is taken, and whether it was wrong so often that only the passphrase counts."""

    wait_seconds: int = 0
    spent: bool = False


class Doors(Protocol):
    """The ways into the store at one place. Every failure is a :class:`UserError` with a way out."""

    @property
    def keys(self) -> Keys:
        """The key slots, to be looked after."""

    @property
    def backups(self) -> Backups:
        """The store's backups."""

    def case_keeping(self, papers: PaperMaker) -> CaseKeeping:
        """Return what makes archive copies and erases closed cases."""

    def retention_rules(self) -> RetentionRules:
        """Return how long closed cases and the access log are kept."""

    def ground(self) -> Ground:
        """Look what is there; never changes anything."""

    def problem(self) -> Problem | None:
        """Say what is wrong with the ground, ``None`` when nothing is."""

    def strength(self, passphrase: str, own_words: tuple[str, ...] = ()) -> Strength:
        """Judge a passphrase; fast enough for each key."""

    def prepare(self, passphrase: str) -> NewSlots:
        """Make the key slots of a new store. Takes a second or two (Argon2id): run it as a task."""

    def verify_passphrase(self, passphrase: str) -> None:
        """Open by the passphrase slot for proof. Raises :class:`UserError` when it does not open."""

    def verify_recovery(self, code: str) -> None:
        """Open by the recovery slot for proof; says which group was mistyped."""

    def verified(self) -> tuple[str, ...]:
        """Return the kinds of slot that have been opened for proof; two are needed before real data."""

    def found(self, worker: Mapping[str, Any], office: Mapping[str, Any]) -> Store:
        """Make the store and write worker and municipality. Refused before two slots are verified."""

    def open_by_keyring(self, progress: Progress | None = None) -> Store | None:
        """Open without a question, or return ``None`` when the keyring has no answer."""

    def open_by_passphrase(self, passphrase: str, progress: Progress | None = None) -> Store:
        """Open. Raises :class:`UserError` for a wrong one, saying how long to wait before the next try."""

    def open_by_recovery(self, code: str, progress: Progress | None = None) -> Store:
        """Open by the recovery code."""

    def wait_seconds(self) -> int:
        """Return how long to wait before another try is taken; 0 when none."""

    def family_began(self) -> None:
        """Note that the family looks on: until it is proved that the worker is there again, the keyring opens nothing."""

    def check_passphrase(self, passphrase: str) -> None:
        """Prove that it is the worker, with the store open. Raises and waits like :meth:`open_by_passphrase`."""

    def hash_pin(self, pin: str) -> str:
        """Return the slow hash of a PIN, for :mod:`.family_pin` to keep. Run it as a task."""

    def check_pin(self, hashed: str, pin: str) -> None:
        """Prove that it is the worker by her PIN. Raises :class:`UserError` for a wrong one, or when it is spent."""

    def pin_state(self) -> PinState:
        """Return how it stands with the PIN after wrong tries."""
