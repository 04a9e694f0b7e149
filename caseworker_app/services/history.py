"""History, undo and redo: one stack, which is the log itself.

Undo takes this device's latest act and appends its inverse: per change the parents' value, with the undone operation
as parent. It is offered only while the act is the single head of all its fields; else the history shows both values.
Undoing a creation cancels the thing. Signed, printed, exported and sent acts are never undone. Redo undoes the undo.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.entity import CANCELLED, LIFE, LIVE
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind
from caseworker_app.services.ports import PastAct, PastChange, Reader, Writer

DEPTH = 100
"""How many acts back undo looks."""


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


def _acts(reader: Reader) -> list[_Act]:
    """Return the latest acts, newest first, each whole."""
    grouped: dict[Id, list[PastAct]] = {}
    for operation in reader.acts(limit=DEPTH):
        grouped.setdefault(operation.act_id, []).append(operation)
    return [_Act(a, ops[0].label, ops[0].undoes, ops[0].final, tuple(ops)) for a, ops in grouped.items()]


def _undone(acts: Iterable[_Act]) -> set[Id]:
    """Return the acts that a living undo takes back (newest first in, so an undone undo does not count)."""
    gone: set[Id] = set()
    for act in acts:
        if act.undoes is not None and act.act_id not in gone:
            gone.add(act.undoes)
    return gone


def _target(acts: list[_Act]) -> _Act | None:
    gone = _undone(acts)
    for act in acts:
        if act.undoes is None and act.act_id not in gone and not act.final:
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


def state(reader: Reader) -> UndoState:
    """Return what undo and redo would do now."""
    acts = _acts(reader)
    undo, redo = _target(acts), _redo_target(acts)
    labels = {act.act_id: act.label for act in acts}
    return UndoState(
        undo.label if undo is not None and _can(reader, undo) else None,
        labels.get(redo.undoes or b"", redo.label) if redo is not None and _can(reader, redo) else None,
    )


def _can(reader: Reader, act: _Act) -> bool:
    several = any(len(change.before) > 1 for op in act.operations for change in op.changes)
    return not several and reader.is_single_head(act.act_id)


def undo(writer: Writer) -> str:
    """Take back the latest act; return its label. Raises :class:`UserError` when there is nothing to take back."""
    return _invert(writer, _target(_acts(writer)), "There is nothing to undo.")


def redo(writer: Writer) -> str:
    """Bring again what undo took last; return the label. Raises :class:`UserError` when there is nothing."""
    return _invert(writer, _redo_target(_acts(writer)), "There is nothing to redo.")


def _invert(writer: Writer, act: _Act | None, nothing: str) -> str:
    if act is None:
        raise UserError(nothing)
    if not _can(writer, act):
        raise UserError(
            "This cannot be undone: it has been changed since.", "See the history, where both values stand."
        )
    writer.act(act.label, undoes=act.act_id)
    for operation in act.operations:
        born = {c.entity for c in operation.changes if c.field == LIFE and c.kind == ChangeKind.CREATE}
        for change in operation.changes:
            inverse = _inverse(change, operation.op_id, born)
            if inverse is not None:
                writer.change(operation.stream, inverse)
    return act.label


def _inverse(change: PastChange, undone: Id, born: set[Id]) -> Change | None:
    if change.field == LIFE:
        alive = change.after == LIVE
        kind = ChangeKind.CANCEL if alive else ChangeKind.RESTORE
        value = CANCELLED if alive else LIVE
        return Change(change.entity_type, change.entity, LIFE, kind, value, (undone,))
    if change.entity in born:
        return None  # the thing is taken back whole; its fields keep what they were made with
    before = change.before[0] if change.before else None
    if change.kind in (ChangeKind.ADD, ChangeKind.REMOVE):
        kind = ChangeKind.REMOVE if change.kind == ChangeKind.ADD else ChangeKind.ADD
        return Change(
            change.entity_type, change.entity, change.field, kind, kind is ChangeKind.ADD, (undone,)
        )
    return Change(change.entity_type, change.entity, change.field, ChangeKind.SET, before, (undone,))
