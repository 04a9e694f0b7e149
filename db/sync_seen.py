"""Two histories: what a row's author had last seen of the stream must stand here too, or the hub shows us different logs.

A hub that was put back from a backup makes the same impression on whoever had not read what it lost; where this laptop has
noticed that itself, rows from before cannot be judged any more, and are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Header
from caseworker_app.services.sync_ports import Cursor
from db.asking import chunked
from db.connection import Raw
from db.encoding import pack, unpack

_NOTED, _RESTORED = "two_histories", "hub_restored"
_READ = "SELECT value FROM meta WHERE key = ?"
_CHAINS = """
SELECT stream_seq, chain FROM operations WHERE stream_id = ? AND chain IS NOT NULL AND stream_seq IN ({marks})
"""
_KEEP = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"


def differ(
    connection: Raw, stream: Id, at: Cursor, page: Mapping[int, bytes], headers: Iterable[tuple[int, Header]]
) -> bool:
    """Return whether an author had seen another log than ours. ``at`` is where the page began, ``page`` its rows' chain
    values by number, ``headers`` the new rows with their numbers. What is not kept here any more is not judged."""
    asked: dict[int, set[bytes]] = {}
    for seq, header in headers:
        seen = header.seen
        if seen is None or seen.stream_seq <= 0:
            continue
        if seen.stream_seq >= seq:
            return True
        asked.setdefault(seen.stream_seq, set()).add(seen.chain)
    ours = {**page, at.seq: at.chain}
    older = [seq for seq in asked if seq not in ours]
    ours.update(chunked(connection, _CHAINS, older, stream))
    return any(seq in ours and chains != {ours[seq]} for seq, chains in asked.items())


def note(connection: Raw, stream: Id, now_ms: int) -> None:
    """Keep that the stream has two histories, unless the hub is known to have been put back."""
    if stream.hex() not in _read(connection, _RESTORED):
        _add(connection, _NOTED, stream, now_ms)


def note_restored(connection: Raw, stream: Id, now_ms: int) -> None:
    """Keep that the hub had lost rows of the stream that were read here."""
    _add(connection, _RESTORED, stream, now_ms)


def noted(connection: Raw) -> int:
    """Return how many streams were found with two histories since somebody last said that she had read it."""
    return len(_read(connection, _NOTED))


def forget(connection: Raw) -> None:
    """Somebody has read it."""
    connection.execute("DELETE FROM meta WHERE key = ?", (_NOTED,))


def _read(connection: Raw, key: str) -> dict[str, int]:
    """Return moments by the stream's hexadecimal id."""
    row = connection.execute(_READ, (key,)).fetchone()
    found: dict[str, Any] = {} if row is None else unpack(row[0])
    return found


def _add(connection: Raw, key: str, stream: Id, now_ms: int) -> None:
    found = _read(connection, key)
    if stream.hex() not in found:
        connection.execute(_KEEP, (key, pack({**found, stream.hex(): now_ms})))
