"""What waits in quarantine, for a team leader: those of her unit, and what was written in the cases she reads.

She sees who handed something in, when and why it was not taken; of a case only when it is one of hers. Letting a row in is
judging it anew, as if she had handed it in herself: it goes into a case only where she reads that case and its author may
write there. Nothing else tells her whether a case exists.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from caseworker_app.domain.membership import Role
from caseworker_app.hub import audit, incoming, members, quarantine
from caseworker_app.hub.database import reading, writing
from caseworker_app.hub.ground import Ground, Refused, not_found
from caseworker_app.hub.judging import Judge
from caseworker_app.hub.members import Writer
from caseworker_app.hub.push import retried
from caseworker_app.hub.quarantine import Kept
from caseworker_app.hub.tables import users
from caseworker_app.hub.tokens import Caller, reader_of
from caseworker_app.sync.wire import KeptRow, PushResult, QuarantineAnswer, Reason, Verdict

MOST = 500
"""So many rows are listed, the newest."""


def listed(ground: Ground, token: str) -> QuarantineAnswer:
    """Return the newest rows a leader may see. Raises :class:`Refused`: 403 for who is none."""
    with reading(ground.engine) as connection:
        caller = _leader(connection, ground, token)
        rows = [_said(connection, caller, kept) for kept in reversed(_seen_by(connection, caller))]
        return QuarantineAnswer(tuple(rows[:MOST]))


def release(ground: Ground, token: str, row_hash: bytes) -> PushResult:
    """Judge a row anew for a leader; what is taken leaves the quarantine. Raises :class:`Refused`: 403 for who is no
    leader, 404 for a row she does not see."""
    return retried(lambda: _release(ground, token, row_hash))


def _release(ground: Ground, token: str, row_hash: bytes) -> PushResult:
    now = ground.clock()
    with writing(ground.engine) as connection:
        caller = _leader(connection, ground, token)
        kept = next((one for one in _seen_by(connection, caller) if one.row_hash == row_hash), None)
        if kept is None:
            raise not_found()
        if not _reads(connection, caller, kept):
            return PushResult(Verdict.QUARANTINED, Reason.NOT_A_MEMBER)
        row = incoming.read(kept.pushed)
        known = {caller.author: Writer(caller.device, caller.user, caller.signing, caller.revoked)}
        known |= members.writers(connection, incoming.authors_of([row]) - known.keys(), ground.organisation)
        incoming.check([row], known)
        if row.reason is not None:
            return PushResult(Verdict.QUARANTINED, row.reason)
        judge = Judge(connection, caller, known, ground.organisation.hub, now)
        judge.lock([row])
        result = judge.take(row)
        judge.write()
        if result.verdict is not Verdict.QUARANTINED:
            quarantine.drop(connection, [row_hash])
            audit.add(connection, [audit.row(caller, kept.stream, audit.RELEASED, now)])
        return result


def _leader(connection: Connection, ground: Ground, token: str) -> Caller:
    caller = reader_of(connection, token, ground.clock())
    if not caller.leader:
        raise Refused(403, "no_leader")
    return caller


def _seen_by(connection: Connection, caller: Caller) -> list[Kept]:
    unit = connection.execute(select(users.c.unit).where(users.c.user_id == caller.user)).scalar()
    return [
        kept
        for kept in quarantine.listed(connection)
        if (kept.user and kept.unit == unit) or _reads(connection, caller, kept)
    ]


def _reads(connection: Connection, caller: Caller, kept: Kept) -> bool:
    role = members.role_of(connection, kept.stream, caller.user) if kept.stream else Role.NONE
    return role.reads


def _said(connection: Connection, caller: Caller, kept: Kept) -> KeptRow:
    stream = kept.stream if _reads(connection, caller, kept) else b""
    size = len(kept.pushed.header) + len(kept.pushed.payload) + len(kept.pushed.signature)
    return KeptRow(kept.row_hash, kept.at_ms, kept.name, kept.unit, kept.reason, size, stream)
