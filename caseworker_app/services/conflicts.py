"""Conflicts: fields with more than one live value, side by side, and the ways to end one.

A conflict is shown with everything its authors knew: who wrote what, when, on which device, and what had stood there before
them. Ending it is a change that names every value shown as seen; nothing is erased, and a value that arrives meanwhile is
not among the seen, so it still stands beside the answer (sync design 2.8, invariants I3 and I4).

What one took back while another changed it, neither knowing of the other, is such a conflict too: it stands until a person
chooses (design 2.1).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import (
    CANCELLED,
    LIFE,
    LIVE,
    SEEN,
    Entity,
    EntityType,
    FieldSpec,
    type_named,
)
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.operations import Change, ChangeKind
from caseworker_app.domain.phrases import N_
from caseworker_app.services.ports import Contested, PastAct, PastChange, Reader, Writer

SETTLE = N_("Settle two values")
_Written = tuple[PastAct, PastChange]
_MOST = 2000
"""So many acts of a thing are looked through for those that wrote its live values."""


@dataclass(frozen=True, slots=True)
class LiveValue:
    """One value that stands.

    ``ops`` are the operations that wrote it (several when people agree), ``act`` the latest of them; ``seen`` what its
    author had before her. Of an element of a set ``plain`` is whether it is in; of a life (``field`` is :data:`LIFE`)
    it is ``live`` or ``cancelled``. ``acts`` marks the value that counts until it is settled. ``changed`` are the fields
    that were changed, by one author, of a thing that somebody else took back meanwhile: ``ops`` are then of those fields.
    """

    ops: tuple[Id, ...]
    plain: Plain
    act: PastAct
    seen: tuple[Plain, ...]
    acts: bool
    changed: tuple[str, ...] = ()

    @property
    def author(self) -> Id:
        """Who wrote it."""
        return self.act.author


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field with several live values, the one that counts first, then the latest.

    ``case`` is ``None`` where the stream is no case's. ``protective``: the most protective value counts, not the latest.
    ``shown`` is every operation whose value the thing shows in any field: what is known to who takes it back.
    """

    stream: Id
    case: Id | None
    entity_type: str
    entity: Id
    field: str
    values: tuple[LiveValue, ...]
    protective: bool
    shown: frozenset[Id] = dataclasses.field(default=frozenset(), compare=False)

    @property
    def key(self) -> tuple[Id, str]:
        """What names it."""
        return (self.entity, self.field)

    @property
    def name(self) -> str:
        """The field's own name, without the element of a set."""
        return self.field.partition("/")[0]

    @property
    def element(self) -> str:
        """The element of a set that is disagreed about; empty for other fields."""
        return self.field.partition("/")[2]

    @property
    def heads(self) -> tuple[Id, ...]:
        """Every operation whose value of the field is shown: the parents of an answer."""
        return tuple(sorted(op for value in self.values if not value.changed for op in value.ops))

    @property
    def apart(self) -> bool:
        """Whether the thing was taken back and changed, neither knowing of the other."""
        return any(value.changed for value in self.values)

    @property
    def writable(self) -> bool:
        """Whether a third value can be written: not of a life, nor of one element of a set."""
        return self.field != LIFE and not self.element


def counts(reader: Reader) -> dict[Id, int]:
    """Return how many fields people disagree about in each case, by the case's id; cases without any are left out."""
    found: dict[Id, int] = {}
    for one in reader.contested():
        found[one.stream] = found.get(one.stream, 0) + one.conflicts
    return (
        {case.id: found[case.stream] for case in reader.find(Case) if case.stream in found} if found else {}
    )


def of_case(reader: Reader, case: Id) -> tuple[Conflict, ...]:
    """Return the conflicts of a case, the one written in last first. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return _read(reader, reader.contested(found.stream))


def of_all(reader: Reader) -> tuple[Conflict, ...]:
    """Return every conflict, the one written in last first."""
    return _read(reader, reader.contested())


def _read(reader: Reader, contested: Iterable[Contested]) -> tuple[Conflict, ...]:
    cases = {case.stream: case.id for case in reader.find(Case, cancelled=True)}
    found: list[Conflict] = []
    for one in contested:
        found += _of_thing(reader, one, cases.get(one.stream))
    return tuple(sorted(found, key=_latest, reverse=True))


def _latest(conflict: Conflict) -> tuple[dt.datetime, Id, str]:
    return (max(value.act.at for value in conflict.values), conflict.entity, conflict.field)


def _of_thing(reader: Reader, one: Contested, case: Id | None) -> list[Conflict]:
    declared = type_named(one.entity_type)
    if declared is None:
        return []
    written: dict[str, list[_Written]] = {}
    for act in reader.history(entities=(one.entity,), limit=_MOST):
        for change in act.changes:
            if change.entity == one.entity:
                written.setdefault(change.field, []).append((act, change))
    found, shown = [], _Shown(reader, declared, one.entity)
    heads = {field: frozenset(reader.heads(one.entity, field)) for field in written}
    every = frozenset[Id]().union(*heads.values())
    live = {
        field: [pair for pair in past if pair[0].op_id in heads[field]] for field, past in written.items()
    }
    for field, those in live.items():
        values = shown.values(field, those)
        if field == LIFE and len(values) == 1:
            values += _changed_apart(live, reader.unseen(one.entity))
            values = values[1:] + values[:1]
        if len(values) > 1:
            spec = declared.specs.get(field)
            protective = spec is not None and spec.protective is not None
            found.append(
                Conflict(one.stream, case, one.entity_type, one.entity, field, values, protective, every)
            )
    return found


def _changed_apart(live: Mapping[str, Iterable[_Written]], unseen: frozenset[Id]) -> tuple[LiveValue, ...]:
    """Return who changed a thing without knowing that it had been taken back, the latest first."""
    by_author: dict[Id, list[tuple[PastAct, str]]] = {}
    for field, those in live.items():
        for act, _change in those:
            if act.op_id in unseen and field != LIFE:
                by_author.setdefault(act.author, []).append((act, field))
    values = []
    for found in by_author.values():
        act = max((act for act, _field in found), key=lambda act: (act.at, act.op_id))
        ops = tuple(sorted({act.op_id for act, _field in found}))
        fields = tuple(dict.fromkeys(field.partition("/")[0] for _act, field in found))
        values.append(LiveValue(ops, LIVE, act, (LIVE,), acts=True, changed=fields))
    return tuple(sorted(values, key=lambda value: (value.act.at, value.act.op_id), reverse=True))


class _Shown:
    """What a thing shows meanwhile, beside the values that stand."""

    def __init__(self, reader: Reader, declared: EntityType[Any], entity: Id) -> None:
        self._specs = declared.specs
        thing = reader.get(declared.cls, entity)
        self._life = CANCELLED if thing is not None and thing.cancelled else LIVE
        self._fields = reader.fields(declared.cls, entity)

    def values(self, field: str, live: Iterable[_Written]) -> tuple[LiveValue, ...]:
        """Return the values that stand in a field, those who agree taken together, the one that counts first."""
        acting, grouped = self._acting(field), list[tuple[Plain, list[_Written]]]()
        for act, change in live:
            plain = self._plain(field, change)
            same = next((group for value, group in grouped if value == plain), None)
            if same is None:
                grouped.append((plain, [(act, change)]))
            else:
                same.append((act, change))
        values = []
        for plain, group in grouped:
            act, change = max(group, key=lambda pair: (pair[0].at, pair[0].op_id))
            ops = tuple(one.op_id for one, _change in group)
            values.append(LiveValue(ops, plain, act, change.before, plain == acting))
        values.sort(key=lambda value: (value.acts, value.act.at, value.act.op_id), reverse=True)
        return tuple(values)

    def _plain(self, field: str, change: PastChange) -> Plain:
        if change.kind in (ChangeKind.ADD, ChangeKind.REMOVE):
            return change.kind == ChangeKind.ADD
        spec = self._specs.get(field)
        return change.after if spec is None else spec.to_plain(spec.from_plain(change.after))

    def _acting(self, field: str) -> Plain:
        if field == LIFE:
            return self._life
        name, _, element = field.partition("/")
        spec = self._specs.get(name)
        if spec is None:
            return None
        plain = spec.to_plain(self._fields[name].value)
        return element in plain if element else plain


def keep(writer: Writer, conflict: Conflict, value: LiveValue) -> None:
    """End a conflict by one of its values. Raises :class:`UserError` when it has been settled meanwhile."""
    _end(writer, conflict, value.plain)


def write_new(writer: Writer, conflict: Conflict, value: Any) -> None:
    """End a conflict by a value of the field's own kind that nobody had written.

    Raises :class:`UserError` when it has been settled meanwhile, ``ValueError`` for a field that takes no third value.
    """
    spec = spec_of(conflict)
    if spec is None or not conflict.writable:
        raise ValueError("this field takes no third value")
    _end(writer, conflict, spec.to_plain(value))


def spec_of(conflict: Conflict) -> FieldSpec[Any] | None:
    """Return the declaration of the field, ``None`` for a life."""
    declared = type_named(conflict.entity_type)
    return None if declared is None else declared.specs.get(conflict.name)


def thing_of(reader: Reader, conflict: Conflict) -> Entity | None:
    """Return the thing it is about, also when cancelled."""
    declared = type_named(conflict.entity_type)
    return None if declared is None else reader.get(declared.cls, conflict.entity)


def _end(writer: Writer, conflict: Conflict, plain: Plain) -> None:
    now = set(writer.heads(conflict.entity, conflict.field))
    apart = conflict.apart and bool(writer.unseen(conflict.entity))
    if not now & set(conflict.heads) or (len(now) < 2 and not apart):
        raise UserError(
            N_("Somebody has chosen between the two values meanwhile."),
            N_("Look at what stands there now; the history has every value."),
        )
    writer.act(SETTLE)
    if conflict.field == LIFE:
        kind = ChangeKind.CANCEL if plain == CANCELLED else ChangeKind.RESTORE
    elif conflict.element:
        kind = ChangeKind.ADD if plain else ChangeKind.REMOVE
    else:
        kind = ChangeKind.SET
    change = Change(conflict.entity_type, conflict.entity, conflict.field, kind, plain, conflict.heads)
    writer.change(conflict.stream, change)
    if kind is ChangeKind.CANCEL:  # she has seen what was shown her, and not what came since
        seen, notes = sorted(conflict.shown), writer.heads(conflict.entity, SEEN)
        note = Change(conflict.entity_type, conflict.entity, SEEN, ChangeKind.SET, seen, notes)
        writer.change(conflict.stream, note)
