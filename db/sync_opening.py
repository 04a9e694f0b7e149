"""Reading a row of the hub's log: its header, and what was sealed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.domain.operations import Header, Operation, Sealed
from caseworker_app.domain.upcast import upcast
from caseworker_app.services.sync_ports import RefusedRow, Row
from db.sync_check import readable, says_what_can_be_read

if TYPE_CHECKING:
    from db.store import Shared


class Refusal(Exception):
    """Why a row is put aside."""

    def __init__(self, reason: RefusedRow) -> None:
        super().__init__(reason.value)
        self.reason = reason


def sealed_of(row: Row) -> Sealed:
    """Return the bytes that were signed and sealed."""
    return Sealed(row.header, row.payload, row.signature)


def header_of(shared: Shared, row: Row) -> Header | None:
    """Return a row's header, ``None`` for one that no form of the program wrote."""
    try:
        header = shared.sealer.header(row.header)
    except (ValueError, RecursionError):
        return None
    return header if readable(header) else None


def opened(shared: Shared, header: Header, sealed: Sealed, key: bytes) -> Operation:
    """Open a sealed operation and bring it to this version's shape. Raises :class:`Refusal`."""
    try:
        payload = upcast(shared.sealer.contents(header, sealed, key), header.schema_v)
    except (ValueError, KeyError, RecursionError):
        raise Refusal(RefusedRow.UNREADABLE) from None
    if not says_what_can_be_read(payload):
        raise Refusal(RefusedRow.UNREADABLE)
    return Operation(header, payload)
