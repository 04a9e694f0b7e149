"""Files, apart from rows: sealed before they leave, by the hash of the sealed bytes, in pieces, from where it broke off."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from caseworker_app.services.sync_ports import FileToSend, SyncStore
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.wire import MOST_BLOB_PIECE

AT_ONCE = 20
"""So many files are taken in hand in one sync; the rest follow in the next."""
TAG_BYTES = 16
"""So much longer is a sealed file than the file."""
Step = Callable[[], None]
"""Called between pieces; raises :class:`caseworker_app.services.ports.Cancelled` to stop."""


def name_files(store: SyncStore) -> int:
    """Seal files that have no name yet, so that their names go out with the rows; return how many."""
    return sum(
        1 for file in store.files_to_send(AT_ONCE) if not file.name and store.sealed_file(file) is not None
    )


def send_files(store: SyncStore, client: HubClient, step: Step) -> int:
    """Send files the hub has not confirmed; return how many it has now. One it does not take waits for another time."""
    sent = 0
    for file in store.files_to_send(AT_ONCE):
        found = store.sealed_file(file) if file.name else None
        if found is None:
            continue
        try:
            done = _send(client, *found, step)
        except HubTrouble as error:
            if error.trouble is not Trouble.REFUSED:
                raise
            continue  # not there yet, or no longer ours to write: the rows say which
        if done:
            store.file_sent(file.stream, file.sha256)
            sent += 1
    return sent


def _send(client: HubClient, file: FileToSend, data: bytes, step: Step) -> bool:
    start, state = 0, None
    while state is None or not state.done:
        step()
        piece = data[start : start + MOST_BLOB_PIECE]
        before = start
        state = client.put_blob(file.stream, file.name, start, len(data), piece)
        start = state.have
        if not state.done and start <= before:
            return False  # the hub forgot what it had: from the beginning another time
    return True


def fetch_files(store: SyncStore, client: HubClient, step: Step) -> list[FileToSend]:
    """Fetch files that were named and are not here; return those that came. One the hub has not got is on its way."""
    came = []
    for file in store.files_to_fetch(10 * AT_ONCE):
        data = _fetch(client, file, step)
        if data is not None and store.take_file(file, data):
            came.append(file)
    return came


def _fetch(client: HubClient, file: FileToSend, step: Step) -> bytes | None:
    size = file.size + TAG_BYTES
    data = bytearray()
    while len(data) < size:
        step()
        last = min(size, len(data) + MOST_BLOB_PIECE) - 1
        piece = client.get_blob(file.stream, file.name, len(data), last)
        if not piece:
            return None
        data += piece
    return bytes(data) if hashlib.sha256(data).digest() == file.name else None
