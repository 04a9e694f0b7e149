"""Taking back a follow-up that was written by mistake: what was written and set in the same act goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.domain.entity import LIFE
from caseworker_app.domain.follow_up import ChildTalk, FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind
from caseworker_app.domain.plan import Goal, ProgressMark
from caseworker_app.services import journal
from caseworker_app.services.ports import PastAct, PastChange, Reader, Writer

_ALL = 100_000
"""The history of one follow-up is read whole: its beginning is what counts."""
_STANDING = ("status", "ended_on")
"""What a review sets of a goal."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was put back beside the follow-up itself.

    ``goals`` stand as before it; ``kept`` were given another standing since and stay; ``waived`` are the earlier due
    dates let go in the same act, which are open again.
    """

    goals: tuple[Goal, ...] = ()
    kept: tuple[Goal, ...] = ()
    waived: tuple[FollowUp, ...] = ()


def foreseen(reader: Reader, follow_up: Id) -> TakenBack:
    """Return what taking a follow-up back would put back beside it."""
    past = reader.history(entities=(follow_up,), limit=_ALL)
    goals, kept, _changes = _standings(reader, past, follow_up)
    return TakenBack(goals, kept, _waived_with(reader, past, follow_up))


def take_back(writer: Writer, follow_up: Id) -> TakenBack:
    """Take a follow-up back: its due date is open again, and so are the earlier ones let go with it.

    Its talk, the talk's unsigned entry and the marks of goals go with it; a signed entry stays. A goal gets the
    standing it had before, unless somebody has changed it since. Returns what was put back.
    """
    past = writer.history(entities=(follow_up,), limit=_ALL)
    goals, kept, changes = _standings(writer, past, follow_up)
    waived = _waived_with(writer, past, follow_up)
    writer.act("Take back a follow-up")
    for talk in writer.find(ChildTalk, where={"follow_up": follow_up}):
        writer.cancel(ChildTalk, talk.id)
        journal.cancel_from(writer, talk.id)
    for mark in writer.find(ProgressMark, where={"follow_up": follow_up}):
        writer.cancel(ProgressMark, mark.id)
    for stream, change in changes:
        writer.change(stream, change)
    for one in waived:
        writer.cancel(FollowUp, one.id)
    writer.cancel(FollowUp, follow_up)
    return TakenBack(goals, kept, waived)


def _made(past: Sequence[PastAct], follow_up: Id) -> PastAct | None:
    """Return the act a follow-up was written in, out of those that touched it."""
    made = (act for act in past if follow_up in _born(act))
    return next(made, None)


def _born(act: PastAct) -> set[Id]:
    return {c.entity for c in act.changes if c.field == LIFE and c.kind == ChangeKind.CREATE}


def _standings(
    reader: Reader, past: Sequence[PastAct], follow_up: Id
) -> tuple[tuple[Goal, ...], tuple[Goal, ...], list[tuple[Id, Change]]]:
    """Return the goals to be put back, those changed since, and the changes that put back.

    What was set in the act, and by undoing and redoing it, is the follow-up's; anything else came since.
    """
    act = _made(past, follow_up)
    goals: dict[Id, Goal] = {}
    kept: dict[Id, Goal] = {}
    changes: list[tuple[Id, Change]] = []
    own = {one.op_id for one in past}
    born = set() if act is None else _born(act)
    for change in () if act is None else act.changes:
        if change.field not in _STANDING or change.entity in born:
            continue
        goal = reader.get(Goal, change.entity)
        if goal is None or goal.cancelled:
            continue
        heads = reader.heads(goal.id, change.field)
        if len(heads) == 1 and heads[0] in own and len(change.before) <= 1:
            changes.append((goal.stream, _before(change, heads)))
            if change.field == "status":
                goals[goal.id] = goal
        elif change.field == "status":
            kept[goal.id] = goal
    ours = [(stream, change) for stream, change in changes if change.entity in goals]
    return tuple(goals.values()), tuple(kept.values()), ours


def _before(change: PastChange, heads: tuple[Id, ...]) -> Change:
    value = change.before[0] if change.before else None
    return Change(change.entity_type, change.entity, change.field, ChangeKind.SET, value, heads)


def _waived_with(reader: Reader, past: Sequence[PastAct], follow_up: Id) -> tuple[FollowUp, ...]:
    """Return the earlier due dates of the same intervention that were let go in the act a follow-up was held in."""
    act, held = _made(past, follow_up), reader.get(FollowUp, follow_up)
    if act is None or held is None or held.held_on is None:
        return ()
    found = [reader.get(FollowUp, one) for one in sorted(_born(act) - {follow_up})]
    return tuple(
        one
        for one in found
        if one is not None
        and not one.cancelled
        and one.intervention == held.intervention
        and one.held_on is None
        and one.waiver is not None
    )
