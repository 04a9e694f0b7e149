"""History, undo and redo: one stack, which is the log itself.

Undo takes this device's latest act and appends its inverse: per change the parents' value, with the field's head as
parent. It is offered only while the act's own value is the single one its fields show (an undo shows again what came
before, so undoing goes on step by step); else the history shows both values.
Undoing a creation cancels the thing. Signed, printed, exported and sent acts are never undone. Redo undoes the undo.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.entity import CANCELLED, LIFE, LIVE, type_named
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind
from caseworker_app.services.ports import PastAct, PastChange, Reader, Writer

DEPTH = 100
"""How many operations back undo looks; undoing writes operations too, so about half as many acts can be undone."""


@dataclass(frozen=True, slots=True)
class UndoState:
    """What the menu offers: the label (msgid) of the act to take back, and of the one to bring again."""

    undo: str | None = None
    redo: str | None = None


@dataclass(frozen=True, slots=True)
class _Act:
    """An act with all its operations, one a stream."""

    act_id: Id
    label: str
    undoes: Id | None
    final: bool
    operations: tuple[PastAct, ...]

    @property
    def things(self) -> frozenset[Id]:
        """What it changed."""
        return frozenset(change.entity for operation in self.operations for change in operation.changes)

    @property
    def ended(self) -> frozenset[Id]:
        """What it took back or sealed: a note being written, an entry that was signed."""
        changes = (change for operation in self.operations for change in operation.changes)
        return frozenset(c.entity for c in changes if c.kind == ChangeKind.CANCEL or _seals(c))


def _seals(change: PastChange) -> bool:
    declared = type_named(change.entity_type)
    spec = None if declared is None else declared.specs.get(change.field)
    return spec is not None and spec.seals and bool(change.after)


def _acts(reader: Reader) -> list[_Act]:
    """Return the latest acts, newest first, each whole: the last one in sight may not be, and is left out."""
    grouped: dict[Id, list[PastAct]] = {}
    for operation in reader.acts(limit=DEPTH):
        grouped.setdefault(operation.act_id, []).append(operation)
    if sum(map(len, grouped.values())) == DEPTH:
        grouped.popitem()
    return [_Act(a, ops[0].label, ops[0].undoes, ops[0].final, tuple(ops)) for a, ops in grouped.items()]


def latest(reader: Reader) -> Id | None:
    """Return this device's latest act, ``None`` when there is none: what ``since`` is counted from."""
    found = reader.acts(limit=1)
    return found[0].act_id if found else None


def _after(acts: list[_Act], since: Id | None) -> list[_Act]:
    """Return the acts that are newer than ``since``; all of them without one, or when it lies too far back."""
    newer = []
    for act in acts:
        if act.act_id == since:
            break
        newer.append(act)
    return newer


def _undone(acts: Iterable[_Act]) -> set[Id]:
    """Return the acts that a living undo takes back (newest first in, so an undone undo does not count)."""
    gone: set[Id] = set()
    for act in acts:
        if act.undoes is not None and act.act_id not in gone:
            gone.add(act.undoes)
    return gone


def _target(acts: list[_Act]) -> _Act | None:
    """The newest living act that can be taken back. What led to something that a final act ended (a note that was
    signed) is passed over: taking that back would change nothing that anybody sees, or what is signed."""
    gone = _undone(acts)
    ended: set[Id] = set()
    for act in acts:
        if act.final:
            ended |= act.ended
        elif act.undoes is None and act.act_id not in gone and not act.things & ended:
            return act
    return None


def _redo_target(acts: list[_Act]) -> _Act | None:
    """The newest living undo, while nothing but undoing and redoing came after it."""
    gone = _undone(acts)
    kinds = {act.act_id: act for act in acts}
    for act in acts:
        if act.undoes is None:
            return None
        undone = kinds.get(act.undoes)
        is_undo = undone is None or undone.undoes is None
        if is_undo and act.act_id not in gone:
            return act
    return None


def state(reader: Reader, since: Id | None = None) -> UndoState:
    """Return what undo and redo would do now; with ``since`` among the acts after that one alone."""
    acts = _acts(reader)
    newer = _after(acts, since)
    undo, redo = _target(newer), _redo_target(newer)
    labels = {act.act_id: act.label for act in acts}
    return UndoState(
        undo.label if undo is not None and _inverse_of(reader, acts, undo) is not None else None,
        labels.get(redo.undoes or b"", redo.label)
        if redo is not None and _inverse_of(reader, acts, redo) is not None
        else None,
    )


def undo(writer: Writer, since: Id | None = None) -> str:
    """Take back the latest act; return its label. Raises :class:`UserError` when there is nothing to take back.

    With ``since`` nothing but the acts after that one is taken back.
    """
    acts = _acts(writer)
    return _invert(writer, acts, _target(_after(acts, since)), "There is nothing to undo.")


def redo(writer: Writer, since: Id | None = None) -> str:
    """Bring again what undo took last; return the label. Raises :class:`UserError` when there is nothing.

    With ``since`` nothing but what was taken back after that act is brought again.
    """
    acts = _acts(writer)
    return _invert(writer, acts, _redo_target(_after(acts, since)), "There is nothing to redo.")


def _invert(writer: Writer, acts: list[_Act], act: _Act | None, nothing: str) -> str:
    if act is None:
        raise UserError(nothing)
    inverse = _inverse_of(writer, acts, act)
    if inverse is None:
        raise UserError(
            "This cannot be undone: it has been changed since.", "See the history, where both values stand."
        )
    writer.act(act.label, undoes=act.act_id)
    for stream, change in inverse:
        writer.change(stream, change)
    return act.label


def _inverse_of(reader: Reader, acts: list[_Act], act: _Act) -> list[tuple[Id, Change]] | None:
    """Return the changes that take an act back, ``None`` when one of its fields shows anything but its value."""
    standing = _Standing(acts)
    inverse = []
    for operation in act.operations:
        born = {c.entity for c in operation.changes if c.field == LIFE and c.kind == ChangeKind.CREATE}
        for change in operation.changes:
            heads = reader.heads(change.entity, change.field)
            if len(change.parents) > 1 or len(heads) != 1:
                return None
            shown = standing.resolve(heads[0], change.entity, change.field)
            if shown != standing.resolve(operation.op_id, change.entity, change.field):
                return None
            taken_back = _inverse(change, heads[0], born)
            if taken_back is not None:
                inverse.append((operation.stream, taken_back))
    return inverse


class _Standing:
    """Which act a head stands for: an undo shows again what came before the act it took back."""

    def __init__(self, acts: list[_Act]) -> None:
        self._changes = {
            (op.op_id, c.entity, c.field): (op.undoes, c)
            for act in acts
            for op in act.operations
            for c in op.changes
        }
        self._by_act = {(act.act_id, op.stream): op.op_id for act in acts for op in act.operations}
        self._streams = {op.op_id: op.stream for act in acts for op in act.operations}

    def resolve(self, op_id: Id, entity: Id, field: str) -> Id | None:
        """Return the operation whose value an operation shows; ``None`` for "not written at all"."""
        shown: Id | None = op_id
        while shown is not None:
            undoes, _change = self._changes.get((shown, entity, field), (None, None))
            if undoes is None:
                return shown
            undone = self._by_act.get((undoes, self._streams[shown]))
            found = None if undone is None else self._changes.get((undone, entity, field))
            if found is None:
                return shown
            parents = found[1].parents
            shown = parents[0] if parents else None
        return None


def _inverse(change: PastChange, head: Id, born: set[Id]) -> Change | None:
    if change.field == LIFE:
        alive = change.after == LIVE
        kind = ChangeKind.CANCEL if alive else ChangeKind.RESTORE
        value = CANCELLED if alive else LIVE
        return Change(change.entity_type, change.entity, LIFE, kind, value, (head,))
    if change.entity in born:
        return None  # the thing is taken back whole; its fields keep what they were made with
    before = change.before[0] if change.before else None
    if change.kind in (ChangeKind.ADD, ChangeKind.REMOVE):
        kind = ChangeKind.REMOVE if change.kind == ChangeKind.ADD else ChangeKind.ADD
        return Change(change.entity_type, change.entity, change.field, kind, kind is ChangeKind.ADD, (head,))
    return Change(change.entity_type, change.entity, change.field, ChangeKind.SET, before, (head,))
