"""What the window is told of sync, made from what the store counts and what the last try came to."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
from collections.abc import Mapping

from caseworker_app.domain.ids import Id
from caseworker_app.services.sync_desk import (
    Directory,
    Fault,
    FaultCode,
    HandedIn,
    Place,
    QuarantinePlace,
    QuarantineRow,
    RecordStanding,
    Standing,
    SyncState,
)
from caseworker_app.services.sync_ports import Counts, HubAccount, Refused, SyncStore
from caseworker_app.services.sync_ports import Standing as Counted
from caseworker_app.sync.client import Trouble
from caseworker_app.sync.loop import Report
from caseworker_app.sync.signin import fingerprint
from caseworker_app.sync.wire import KeptRow

CLOCK_WRONG_MS = 5 * 60 * 1000
CODES: Mapping[Trouble, FaultCode] = {
    Trouble.OFFLINE: FaultCode.OFFLINE,
    Trouble.CERTIFICATE: FaultCode.CERTIFICATE,
    Trouble.NOT_A_HUB: FaultCode.NOT_A_HUB,
    Trouble.OTHER_HUB: FaultCode.OTHER_HUB,
    Trouble.HUB_FAILING: FaultCode.HUB_FAILING,
    Trouble.SLOW_DOWN: FaultCode.HUB_FAILING,
    Trouble.REFUSED: FaultCode.HUB_FAILING,
    Trouble.SIGN_IN_AGAIN: FaultCode.SIGN_IN_AGAIN,
    Trouble.NOT_LET_IN: FaultCode.SIGN_IN_AGAIN,
    Trouble.OTHER_KEYS: FaultCode.SIGN_IN_AGAIN,
    Trouble.TOO_OLD: FaultCode.TOO_OLD,
}


def moment(ms: int | None) -> dt.datetime | None:
    """Return a moment from milliseconds since 1970."""
    return None if ms is None else dt.datetime.fromtimestamp(ms / 1000, dt.UTC)


def standing_of(account: HubAccount | None) -> Standing:
    """Return how the laptop stands to its hub."""
    if account is None:
        return Standing.NO_HUB
    if account.revoked:
        return Standing.REVOKED
    return Standing.SIGNED_IN if account.token else Standing.SIGNED_OUT


def faults_of(report: Report | None, counts: Counts, closed: int) -> list[Fault]:
    """Return what stands in the way or must be known after a try."""
    found = []
    if report is not None:
        if report.trouble is not None and report.trouble.trouble in CODES:
            found.append(Fault(CODES[report.trouble.trouble]))
        if report.held:
            found.append(Fault(FaultCode.HELD, values={"count": report.held}))
        if report.restored:
            found.append(Fault(FaultCode.HUB_RESTORED))
        if report.twin:
            found.append(Fault(FaultCode.TWIN))
        if report.damaged:
            found.append(Fault(FaultCode.HUB_FAILING))
        found += [
            Fault(FaultCode.KEY_CHANGED, values={"who": "", "device": name}) for name in report.keys_changed
        ]
    if abs(counts.skew_ms) > CLOCK_WRONG_MS:
        found.append(Fault(FaultCode.CLOCK, values={"minutes": round(counts.skew_ms / 60_000)}))
    if counts.histories:
        found.append(Fault(FaultCode.TWO_HISTORIES, values={"count": counts.histories}))
    if closed:
        found.append(Fault(FaultCode.CLOSED_CASE, values={"count": closed}))
    return found


def state_of(account: HubAccount | None, counts: Counts, faults: tuple[Fault, ...]) -> SyncState:
    """Return the snapshot, at rest."""
    state = SyncState(
        standing=standing_of(account),
        last_contact=moment(counts.last_contact_ms),
        unsent=counts.unsent,
        oldest_unsent=moment(counts.oldest_unsent_ms),
        waiting_key=counts.waiting_key,
        waiting_version=counts.waiting_schema,
        quarantined=counts.refused,
        faults=faults,
    )
    if account is None:
        return state
    return dataclasses.replace(
        state,
        hub=account.name,
        address=account.address,
        fingerprint=fingerprint(account.signing),
        user=account.user_name,
        leader=account.leader,
        end_to_end=not account.readable,
    )


def directory_of(store: SyncStore) -> Directory:
    """Return who is who, by what was pinned."""
    names = {person.user: person.name for person in store.people()}
    listed = store.cards()
    authors = {card.author: names.get(card.user, "") for card in listed}
    devices = {card.device: card.name for card in listed}
    by_stamp = {stamp: devices[device] for stamp, device in store.stamps().items() if device in devices}
    return Directory(authors, {**devices, **by_stamp}, names)


def record_standing(found: Counted) -> RecordStanding:
    """Return how far some things have come."""
    if found.unsent == 0:
        return RecordStanding(Place.CONFIRMED)
    place = Place.SENT if found.pushed == found.unsent else Place.HERE
    return RecordStanding(place, found.unsent, moment(found.oldest_ms))


def quarantine_row(row: Refused, authors: Mapping[Id, str]) -> QuarantineRow:
    """Return a refused row as the window lists it."""
    return QuarantineRow(
        row.id,
        QuarantinePlace(row.place),
        row.reason,
        dt.datetime.fromtimestamp(row.at_ms / 1000, dt.UTC),
        authors.get(row.author or b"", ""),
        row.label,
        row.stream,
        len(row.sealed.header) + len(row.sealed.payload),
    )


def handed_in(row: KeptRow) -> HandedIn:
    """Return a row of the hub's quarantine as a team leader's window lists it."""
    at = dt.datetime.fromtimestamp(row.at_ms / 1000, dt.UTC)
    return HandedIn(row.row, at, row.name, row.unit, row.reason.value, row.stream or None)


def as_file(row: Refused) -> bytes:
    """Return a refused row as JSON for the IT department: sealed as it is."""
    said = {
        "place": row.place,
        "reason": row.reason,
        "at_ms": row.at_ms,
        "stream": row.stream.hex(),
        "operation": None if row.op_id is None else row.op_id.hex(),
        "device": None if row.device is None else row.device.hex(),
        "header": base64.b64encode(row.sealed.header).decode(),
        "payload": base64.b64encode(row.sealed.payload).decode(),
        "signature": base64.b64encode(row.sealed.signature).decode(),
    }
    return json.dumps(said, indent=1).encode() + b"\n"
