"""A form that stands open while the world goes on: what was shown, what was touched, what came meanwhile.

Parents are what the form showed when the author last looked (sync design, invariant I4). An untouched field follows
the store; a touched one keeps the author's value and heads, and says that somebody else has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.heads import Field, Head
from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Draft, Reader, Writer

C = TypeVar("C", bound=Entity)


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value and the heads its author had seen; ``None`` heads for a thing that does not exist yet."""

    value: Any
    parents: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of an open form.

    ``shown`` is the store's field as last shown; ``value`` what stands in the editor; ``meanwhile`` the live values
    that came after the author began to write.
    """

    shown: Field[Any]
    value: Any
    touched: bool = False
    meanwhile: tuple[Head[Any], ...] = ()


@dataclass
class Form(Generic[C]):
    """The fields of one thing being edited, or made (``entity`` is ``None``)."""

    cls: type[C]
    entity: Id | None
    stream: Id | None
    fields: dict[str, FormField] = field(default_factory=dict)

    @classmethod
    def blank(cls, of: type[C], stream: Id | None = None, values: Mapping[str, Any] | None = None) -> Form[C]:
        """Return a form for a new thing; ``values`` are written in it beforehand and count as touched."""
        declared = type_of(of)
        form = cls(of, None, stream)
        for name, spec in declared.specs.items():
            form.fields[name] = FormField(Field(spec.default), spec.default)
        for name, value in (values or {}).items():
            form.write(name, value)
        return form

    @classmethod
    def load(cls, reader: Reader, of: type[C], entity: Id) -> Form[C]:
        """Return a form over a thing as the store shows it. Raises ``KeyError`` when there is none."""
        thing = reader.get(of, entity)
        if thing is None:
            raise KeyError("no such thing")
        found = reader.fields(of, entity)
        return cls(
            of, entity, thing.stream, {name: FormField(shown, shown.value) for name, shown in found.items()}
        )

    def write(self, name: str, value: Any) -> None:
        """Note what the author wrote. Writing back what was shown makes the field untouched again."""
        now = self.fields[name]
        touched = value != now.shown.value
        self.fields[name] = replace(
            now, value=value, touched=touched, meanwhile=now.meanwhile if touched else ()
        )

    def follow(self, fresh: Mapping[str, Field[Any]]) -> tuple[str, ...]:
        """Take in the store's present fields; return the names whose editor must show something new."""
        moved = []
        for name, shown in fresh.items():
            now = self.fields[name]
            if shown.heads == now.shown.heads:
                continue
            if not now.touched:
                self.fields[name] = FormField(shown, shown.value)
            else:
                seen = set(now.shown.heads)
                news = tuple(Head(op, 0, b"", shown.value) for op in shown.heads if op not in seen)
                self.fields[name] = replace(now, meanwhile=shown.others + news[:1])
            moved.append(name)
        return tuple(moved)

    @property
    def dirty(self) -> bool:
        """Whether anything would be lost by closing."""
        return any(f.touched for f in self.fields.values())

    def edits(self) -> dict[str, Edit]:
        """Return what was touched, with the heads the author saw."""
        return {name: Edit(f.value, f.shown.heads) for name, f in self.fields.items() if f.touched}

    def draft(self, key: str, title: str) -> Draft:
        """Return the form as a draft row."""
        declared = type_of(self.cls)
        touched = {
            name: (declared.specs[name].to_plain(edit.value), edit.parents)
            for name, edit in self.edits().items()
        }
        return Draft(key, declared.name, self.entity, self.stream, title, touched)

    def resume(self, draft: Draft) -> None:
        """Put a draft's values back, with the heads they were written over."""
        declared = type_of(self.cls)
        for name, (plain, parents) in draft.fields.items():
            spec = declared.specs.get(name)
            if spec is None:
                continue
            now = self.fields[name]
            value = spec.from_plain(plain)
            shown = replace(now.shown, heads=parents)
            stale = parents != now.shown.heads and now.shown.value != value
            meanwhile = (Head(b"", 0, b"", now.shown.value),) if stale else ()
            self.fields[name] = FormField(shown, value, value != now.shown.value or stale, meanwhile)


def apply_edits(writer: Writer, cls: type[Entity], entity: Id, edits: Mapping[str, Edit]) -> None:
    """Write each edit with the heads its author saw."""
    for name, edit in edits.items():
        writer.set(cls, entity, name, edit.value, parents=edit.parents)


def values_of(edits: Mapping[str, Edit]) -> Iterator[tuple[str, Any]]:
    """Yield name and value of each edit."""
    for name, edit in edits.items():
        yield name, edit.value


def settle(writer: Writer, cls: type[Entity], entity: Id, name: str, value: Any, heads: Iterable[Id]) -> None:
    """End a disagreement: one new value that names every live one as seen."""
    writer.act("Settle two values")
    writer.set(cls, entity, name, value, parents=tuple(heads))
