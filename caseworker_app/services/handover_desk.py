"""What the window asks when a case is given to a colleague in a file, and taken in from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from caseworker_app.domain.handover import Contents, Report
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PaperJob


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody a pack can be made for: a colleague with her computers' public keys."""

    name: str
    devices: tuple[tuple[Id, bytes], ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A pack that was made: its bytes, the paper beside it, and that as PDF."""

    data: bytes
    paper: PaperJob
    chronology: bytes


class HandoverDesk(Protocol):
    """Makes packs and takes them in. Every refusal is a :class:`UserError`; nothing is done in half."""

    def receivers(self) -> tuple[Receiver, ...]:
        """Return the colleagues whose computers are known."""

    def code(self) -> str:
        """Return the code by which a pack can be made for this computer: it is no secret."""

    def receiver_of(self, code: str) -> Receiver:
        """Return who a code is of."""

    def make(self, cases: Sequence[Id], to: Receiver | str) -> Given:
        """Return a pack of some cases, for a colleague or for whoever knows a passphrase."""

    def note_given(self, cases: Sequence[Id], receiver: str) -> None:
        """Note in the cases and in the access log that a pack has left the house."""

    def needs_passphrase(self, file: Path) -> bool:
        """Return whether a file is opened by a passphrase."""

    def look(self, file: Path, passphrase: str = "") -> Contents:
        """Return what is said of a pack, and take nothing in."""

    def take_in(self, file: Path, passphrase: str = "") -> Report:
        """Take a pack in, whole or not at all; return what came of it."""

    def paper_of(self, file: Path, passphrase: str = "") -> bytes:
        """Return the paper in a pack, as PDF."""


class NoHandover:
    """Where there is no store behind the window."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError("this house has nobody who hands cases over")
