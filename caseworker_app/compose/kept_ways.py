"""What hangs on the ways into a store beside opening it: its backups and its key slots."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.clock import Clock
from caseworker_app.vault.locks import Argon2Parameters

if TYPE_CHECKING:
    from caseworker_app.compose.backups import StoreBackups
    from caseworker_app.compose.case_keeping import StoreCaseKeeping
    from caseworker_app.compose.key_ring import KeyRing
    from caseworker_app.domain.retention_rules import RetentionRules
    from caseworker_app.secrets import Finding
    from caseworker_app.services.papers import PaperMaker
    from caseworker_app.vault.slot import Opened
    from caseworker_app.vault.slots import SlotsFile


class KeptWays:
    """Part of :class:`caseworker_app.services.opening.Doors`; each is made when first asked for."""

    _find_keyring: Callable[[], Finding]

    def __init__(self, folder: Path, clock: Clock, parameters: Argon2Parameters) -> None:
        self.folder = folder
        self._clock, self._parameters = clock, parameters

    def _opened(self, opener: Callable[[SlotsFile], Opened]) -> tuple[SlotsFile, Opened]:
        """Try a way in; a wrong one is counted, and the next waits."""
        raise NotImplementedError

    @cached_property
    def keys(self) -> KeyRing:
        """The key slots, to be looked after."""
        from caseworker_app.compose.key_ring import KeyRing
        from caseworker_app.vault.slots import slots_path

        path, tell = slots_path(self.folder / "store.db"), self.backups.refresh_keys
        return KeyRing(path, self._clock, self._parameters, self._find_keyring, self._opened, tell)

    @cached_property
    def backups(self) -> StoreBackups:
        """The store's backups."""
        from caseworker_app.compose.backups import StoreBackups

        return StoreBackups(self.folder, self._clock)

    def case_keeping(self, papers: PaperMaker) -> StoreCaseKeeping:
        """What makes archive copies and erases closed cases."""
        from caseworker_app.compose.case_keeping import StoreCaseKeeping

        return StoreCaseKeeping(papers)

    def retention_rules(self) -> RetentionRules:
        """How long closed cases and the access log are kept."""
        from caseworker_app.compose.case_keeping import rules

        return rules()

    def take_up_backup(self) -> None:
        """Take the backup into use that was asked for, if one was; the store is closed."""
        if "backups" in self.__dict__:
            self.backups.take_up()
