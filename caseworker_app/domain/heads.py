"""What a field shows when it has one live value, and when it has several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from caseworker_app.domain.entity import CANCELLED, LIFE, SEEN, FieldSpec
from caseworker_app.domain.ids import Id

T = TypeVar("T")


class Head(NamedTuple, Generic[T]):
    """A live value: the operation that set it, when (``hlc``), by whom, and the value."""

    op_id: Id
    hlc: int
    author: Id
    value: T


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A field as an editor sees it.

    ``value`` acts now; ``heads`` are the operations the value was read from, to be handed back as ``parents``;
    ``others`` are the live values not chosen, empty when nobody disagrees.
    """

    value: T
    heads: tuple[Id, ...] = ()
    others: tuple[Head[T], ...] = ()


def _latest(head: Head[Any]) -> tuple[int, Id]:
    return (head.hlc, head.op_id)


def resolve(spec: FieldSpec[T], heads: Sequence[Head[T]]) -> Field[T]:
    """Choose what acts: the latest by clock and id, or for a protective field the most protective, then the latest.

    Heads that agree on the value are one value; only differing ones are ``others``.
    """
    if not heads:
        return Field(spec.default)
    rank = spec.protective
    if len(heads) == 1:
        chosen = heads[0]
    elif rank is None:
        chosen = max(heads, key=_latest)
    else:
        chosen = max(heads, key=lambda head: (rank(head.value), *_latest(head)))
    others = tuple(sorted((head for head in heads if head.value != chosen.value), key=_latest, reverse=True))
    return Field(chosen.value, tuple(sorted(head.op_id for head in heads)), others)


@dataclass(frozen=True, slots=True)
class Life:
    """Whether a thing is ``gone``; and if somebody took it back and it stands all the same, what was ``unseen``: the
    operations whose values live in it that nobody who took it back had seen, and whose authors had not seen that either."""

    gone: bool
    unseen: frozenset[Id] = frozenset()


def life_of(fields: Mapping[str, Iterable[Head[Any]]]) -> Life:
    """Return a thing's life from the live values of all its fields, whatever order they came in.

    Taken back and changed apart from each other, it stands until a person chooses (sync design 2.1). A thing taken back
    by a program that did not yet note what was seen is gone.
    """
    life = list(fields.get(LIFE, ()))
    if {head.value for head in life} != {CANCELLED}:
        return Life(gone=False)
    notes = [(head.op_id, frozenset(head.value)) for head in fields.get(SEEN, ())]
    known: set[Id] = set()
    for head in life:
        told = [(op_id, seen) for op_id, seen in notes if op_id == head.op_id or head.op_id in seen]
        if not told:
            return Life(gone=True)
        for op_id, seen in told:
            known |= {op_id, *seen}
    values = {head.op_id for name, heads in fields.items() if name not in (LIFE, SEEN) for head in heads}
    unseen = frozenset(values - known)
    return Life(not unseen, unseen)
