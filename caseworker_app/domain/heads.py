"""What a field shows when it has one live value, and when it has several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from caseworker_app.domain.entity import FieldSpec
from caseworker_app.domain.ids import Id

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Head(Generic[T]):
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
