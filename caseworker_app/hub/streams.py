"""``POST /v1/heads`` and ``GET /v1/streams/{id}/log``: what is new, and the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, func, select, tuple_

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.hub import audit
from caseworker_app.hub.database import reading, writing
from caseworker_app.hub.ground import Ground, Refused, not_found
from caseworker_app.hub.members import role_of
from caseworker_app.hub.tables import log, membership, stream_head
from caseworker_app.hub.tokens import reader_of
from caseworker_app.sync.wire import HeadsAnswer, HeadsAsked, LogAnswer, LogRow, Position

_ID_BYTES = 16
_MOST_NUMBER = 2**63
_MINE = (
    select(membership.c.stream_id, membership.c.role, stream_head.c.seq, stream_head.c.chain)
    .select_from(membership.join(stream_head, stream_head.c.stream_id == membership.c.stream_id))
    .where(membership.c.user_id == bindparam("user"))
)
_CHAINS = select(log.c.stream_id, log.c.seq, log.c.chain).where(
    tuple_(log.c.stream_id, log.c.seq).in_(bindparam("rows", expanding=True))
)
_CHAIN = select(log.c.chain).where(log.c.stream_id == bindparam("stream"), log.c.seq == bindparam("seq"))
_LAST = select(stream_head.c.seq).where(stream_head.c.stream_id == bindparam("stream"))
_SIZE = func.length(log.c.header) + func.length(log.c.payload)
_PAGE = (
    select(
        log.c.seq, log.c.chain, log.c.received_ms, log.c.device, log.c.header, log.c.payload, log.c.signature
    )
    .where(log.c.stream_id == bindparam("stream"), log.c.seq > bindparam("after"))
    .order_by(log.c.seq)
    .limit(bindparam("limit"))
)
_SIZES = (
    select(_SIZE)
    .where(log.c.stream_id == bindparam("stream"), log.c.seq > bindparam("after"))
    .order_by(log.c.seq)
    .limit(bindparam("limit"))
)


def stream_of(text: str) -> Id:
    """Return the id in a path. Raises :class:`Refused` (400 ``malformed``)."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != _ID_BYTES or found.hex() != text:
        raise Refused(400, "malformed")
    return found


def heads(ground: Ground, token: str, asked: HeadsAsked) -> HeadsAnswer:
    """Say where the hub stands, beside where the laptop stands. Raises :class:`Refused`.

    Costs one look at the user's own memberships, whatever the length of the logs; chains are looked up only in streams
    with news. A stream of which the caller never was a member is answered like one that is not there.
    """
    now = ground.clock()
    if len(asked.streams) > ground.limits.streams_asked:
        raise Refused(413, "too_many")
    positions = {stream_of(text): position for text, position in asked.streams.items()}
    if not all(0 <= position.seq < _MOST_NUMBER for position in positions.values()):
        raise Refused(400, "malformed")
    with reading(ground.engine) as connection:
        caller = reader_of(connection, token, now)
        mine = {row.stream_id: row for row in connection.execute(_MINE, {"user": caller.user})}
        open_to_her = {one: row for one, row in mine.items() if Role(row.role).reads}
        behind = {
            one: position.seq
            for one, position in positions.items()
            if one in open_to_her and 0 < position.seq < open_to_her[one].seq
        }
        chains = _chains(connection, behind)
    news: dict[str, Position] = {}
    differing: list[str] = []
    for one, row in open_to_her.items():
        asked_of = positions.get(one, Position())
        there = row.chain if asked_of.seq == row.seq else chains.get(one, b"")
        if asked_of.seq and there != asked_of.chain:
            differing.append(one.hex())
        elif asked_of.seq < row.seq:
            news[one.hex()] = Position(row.seq, row.chain)
    closed = [one.hex() for one in positions if one in mine and one not in open_to_her]
    differing += [one.hex() for one, position in positions.items() if one not in mine and position.seq]
    return HeadsAnswer(news, tuple(sorted(differing)), tuple(sorted(closed)), now)


def _chains(connection: Connection, rows: Mapping[Id, int]) -> dict[Id, bytes]:
    found: dict[Id, bytes] = {}
    wanted = list(rows.items())
    for start in range(0, len(wanted), 500):
        for row in connection.execute(_CHAINS, {"rows": wanted[start : start + 500]}):
            found[row.stream_id] = row.chain
    return found


def log_page(ground: Ground, token: str, stream: Id, after: int, limit: int, tail: int = 0) -> LogAnswer:
    """Return the rows after ``after``, at least one if there is one, and of the last ``tail`` rows those that lie after
    them; note who read them. Raises :class:`Refused`."""
    now = ground.clock()
    if not (0 <= after < _MOST_NUMBER and limit > 0):
        raise Refused(400, "malformed")
    with reading(ground.engine) as connection:
        caller = reader_of(connection, token, now)
        may = role_of(connection, stream, caller.user).reads
        page = _page(connection, ground, stream, after, limit, now) if may else None
        if page is not None and page.rows and tail:
            page = replace(page, tail=_tail(connection, ground, stream, page, tail))
    with writing(ground.engine) as connection:
        if page is None:
            audit.add(connection, [audit.row(caller, stream, audit.READ_REFUSED, now)])
        else:
            read = [rows for rows in (page.rows, page.tail) if rows]
            spans = [(rows[0].seq, rows[-1].seq) for rows in read] or [(0, 0)]
            audit.add(connection, [audit.row(caller, stream, audit.READ, now, *span) for span in spans])
    if page is None:
        raise not_found()
    return page


def _page(connection: Connection, ground: Ground, stream: Id, after: int, limit: int, now: int) -> LogAnswer:
    asked: dict[str, Any] = {
        "stream": stream,
        "after": after,
        "limit": min(limit, ground.limits.log_page),
    }
    fitting = _fitting(connection, ground, asked)
    rows = _rows(connection, asked | {"limit": max(fitting, 1)})
    chain = connection.execute(_CHAIN, {"stream": stream, "seq": after}).scalar() if after else b""
    last = connection.execute(_LAST, {"stream": stream}).scalar() or 0
    return LogAnswer(rows, chain or b"", max(last, rows[-1].seq if rows else 0), now)


def _tail(
    connection: Connection, ground: Ground, stream: Id, page: LogAnswer, tail: int
) -> tuple[LogRow, ...]:
    after = max(page.rows[-1].seq, page.last - min(tail, ground.limits.log_tail))
    asked = {"stream": stream, "after": after, "limit": page.last - after}
    if page.last <= after or _fitting(connection, ground, asked) < page.last - after:
        return ()
    return _rows(connection, asked)


def _fitting(connection: Connection, ground: Ground, asked: dict[str, Any]) -> int:
    """Return how many of the rows asked for may be sent at once by their size."""
    room, fitting = ground.limits.log_page_bytes, 0
    for size in connection.execute(_SIZES, asked).scalars():
        room -= size
        if room < 0:
            break
        fitting += 1
    return fitting


def _rows(connection: Connection, asked: dict[str, Any]) -> tuple[LogRow, ...]:
    return tuple(
        LogRow(row.seq, row.chain, row.received_ms, row.device, row.header, row.payload, row.signature)
        for row in connection.execute(_PAGE, asked)
    )
