"""``POST /v1/operations``: every pushed operation gets a verdict, and what is accepted stands in its stream's log.

Idempotent by operation id. The rows of the streams in ``stream_head`` are locked first, in order, so numbers are dense and
a chain has one writer at a time, while other streams go on. An operation is judged by the role its *author* has at that
place of the stream, whoever hands it in: after a hub was restored, laptops bring back each other's signed rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from caseworker_app.hub import audit, incoming, quarantine
from caseworker_app.hub.database import reading, writing
from caseworker_app.hub.ground import Ground
from caseworker_app.hub.incoming import Incoming
from caseworker_app.hub.judging import Judge
from caseworker_app.hub.members import Writer, writers
from caseworker_app.hub.tokens import Caller, caller_of
from caseworker_app.sync.wire import PushAnswer, PushAsked, PushResult, Reason, Verdict

T = TypeVar("T")
_TRIES = 5
_TO_BE_RETRIED = ("40P01", "40001")


def push(ground: Ground, token: str, asked: PushAsked) -> PushAnswer:
    """Judge a batch and keep what it holds. Raises :class:`~caseworker_app.hub.ground.Refused`."""
    now = ground.clock()
    rows: list[Incoming] = []
    with reading(ground.engine) as connection:
        caller = caller_of(connection, token, now)
        incoming.measure(asked.operations)
        rows = [incoming.read(pushed) for pushed in asked.operations]
        known = {caller.author: Writer(caller.device, caller.user, caller.signing, caller.revoked)}
        strangers = incoming.authors_of(rows) - known.keys()
        known |= writers(connection, strangers, ground.organisation)
    if not caller.revoked:
        incoming.check(rows, known)
    results = retried(lambda: _keep(ground, caller, rows, known, now))
    return PushAnswer(tuple(results), ground.clock())


def retried(work: Callable[[], T]) -> T:
    """Return what ``work`` returns; begin it anew when the database ended it for somebody else's sake."""
    for last in range(_TRIES):
        try:
            return work()
        except DBAPIError as error:
            if last == _TRIES - 1 or getattr(error.orig, "sqlstate", None) not in _TO_BE_RETRIED:
                raise
    raise AssertionError


def _keep(
    ground: Ground, caller: Caller, rows: Sequence[Incoming], known: dict[bytes, Writer], now: int
) -> list[PushResult]:
    with writing(ground.engine) as connection:
        if caller.revoked:
            results = [_refused(row.reason or Reason.REVOKED) for row in rows]
        else:
            judge = Judge(connection, caller, known, ground.organisation.hub, now)
            judge.lock([row for row in rows if row.reason is None])
            results = [judge.take(row) if row.reason is None else _refused(row.reason) for row in rows]
            judge.write()
        kept = [
            (row, result.reason)
            for row, result in zip(rows, results, strict=True)
            if result.reason not in (None, Reason.TOO_LARGE)
        ]
        quarantine.keep(connection, ground.limits, caller, kept, now)
        refused = sorted({row.header.stream_id for row, _reason in kept if row.operation is not None})
        audit.add(connection, [audit.row(caller, stream, audit.WRITE_REFUSED, now) for stream in refused])
    return results


def _refused(reason: Reason) -> PushResult:
    return PushResult(Verdict.QUARANTINED, reason)
