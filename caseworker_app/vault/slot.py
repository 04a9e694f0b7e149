"""A slot as it is listed, and what opening one gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from caseworker_app.vault.locks import SlotKind, parameters_of
from caseworker_app.vault.slotfile import Record, is_whole


@dataclass(frozen=True)
class Slot:
    """A slot as it is listed; nothing secret.

    ``kind`` is a :class:`SlotKind`, or the word of a newer program; ``name`` the keyring's or organisation's;
    ``is_whole`` is false for one that is damaged or asks for a hash we would not run.
    """

    id: str
    kind: str
    made: datetime | None
    verified: datetime | None
    is_whole: bool
    name: str = ""

    @property
    def is_known(self) -> bool:
        """Whether this program can open with its kind."""
        return self.kind in SlotKind.__members__.values()

    @property
    def counts(self) -> bool:
        """Whether it is one of the ways in that are known to work: whole, known, opened with once."""
        return self.is_whole and self.is_known and self.verified is not None


@dataclass(frozen=True)
class Opened:
    """The database key, and the slot it came out of. The key is left out of the repr."""

    key: bytes
    slot_id: str

    def __repr__(self) -> str:
        return f"Opened(slot_id={self.slot_id!r})"


def listed(slot: Record) -> Slot:
    """Return ``slot`` as it is listed, whatever state it is in."""
    sane = slot.get("kind") != SlotKind.PASSPHRASE or parameters_of(slot) is not None
    return Slot(
        id=str(slot.get("id", "")),
        kind=str(slot.get("kind", "")),
        made=_time(slot.get("made")),
        verified=_time(slot.get("verified")),
        is_whole=is_whole(slot) and sane,
        name=str(slot.get("name", "")),
    )


def moment(now: datetime) -> str:
    """Return an aware ``now`` as it stands in a slot: UTC, to the second. Raises ``ValueError`` for a naive
    one.
    """
    if now.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _time(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
