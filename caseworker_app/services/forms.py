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
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.office import Worker
from caseworker_app.services.ports import Draft, Reader, Writer

C = TypeVar("C", bound=Entity)


UNREAD = "~"
"""Before the name of a draft's field that holds what was typed and cannot be read as a value yet."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value and the heads its author had seen; none for a thing that does not exist yet.

    ``seen`` is the value that was shown: of a set only what the author saw can be taken away.
    """

    value: Any
    parents: tuple[Id, ...] = ()
    seen: Any = None


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of an open form.

    ``shown`` is the store's field as the author saw it; ``value`` what stands in the editor. ``fresh`` is the store's
    field now, when it moved after the author began to write, and ``meanwhile`` the live values that came with it.
    """

    shown: Field[Any]
    value: Any
    touched: bool = False
    meanwhile: tuple[Head[Any], ...] = ()
    fresh: Field[Any] | None = None


@dataclass
class Form(Generic[C]):
    """The fields of one thing being edited, or made (``entity`` is ``None``).

    ``unread`` holds by field what was typed and cannot be read as a value yet, such as half a date, as plain data.
    """

    cls: type[C]
    entity: Id | None
    stream: Id | None
    fields: dict[str, FormField] = field(default_factory=dict)
    unread: dict[str, Plain] = field(default_factory=dict)

    @classmethod
    def blank(
        cls,
        of: type[C],
        stream: Id | None = None,
        values: Mapping[str, Any] | None = None,
        shown: Mapping[str, Any] | None = None,
    ) -> Form[C]:
        """Return a form for a new thing; ``values`` are written in it beforehand and count as touched, ``shown`` stand
        there and do not."""
        declared = type_of(of)
        form = cls(of, None, stream)
        for name, spec in declared.specs.items():
            value = (shown or {}).get(name, spec.default)
            form.fields[name] = FormField(Field(value), value)
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
        self.unread.pop(name, None)
        self.fields[name] = replace(now, value=value, touched=value != now.shown.value)

    def write_unread(self, name: str, typed: Plain) -> None:
        """Note what the author typed and nobody can read as a value yet: a draft keeps it, nothing saves it."""
        self.unread[name] = typed

    def follow(self, fresh: Mapping[str, Field[Any]]) -> tuple[str, ...]:
        """Take in the store's present fields; return the names whose editor must show something new."""
        moved = []
        for name, field_ in fresh.items():
            now = self.fields[name]
            if field_.heads != (now.fresh or now.shown).heads:
                self.fields[name] = _followed(now, field_, held=name in self.unread)
                moved.append(name)
        return tuple(moved)

    def catch_up(self, name: str) -> bool:
        """Show the store's field after all, when the author wrote back what was there; return whether it is new."""
        now = self.fields[name]
        if now.touched or now.fresh is None or name in self.unread:
            return False
        self.take(name)
        return True

    def take(self, name: str) -> None:
        """Let the author's value go and show the store's."""
        now = self.fields[name]
        shown = now.fresh or now.shown
        self.unread.pop(name, None)
        self.fields[name] = FormField(shown, shown.value)

    def keep(self, name: str) -> None:
        """Keep the author's value over what came meanwhile, which she has now seen."""
        now = self.fields[name]
        shown = now.fresh or now.shown
        self.fields[name] = FormField(shown, now.value, now.value != shown.value)

    def discard(self) -> None:
        """Let everything go that is not saved."""
        for name in self.fields:
            self.take(name)

    def saved(self, edits: Mapping[str, Edit], fresh: Mapping[str, Field[Any]]) -> tuple[str, ...]:
        """Take in what the store shows after ``edits`` were saved; what was written since stays touched."""
        for name, sent in edits.items():
            now = self.fields[name]
            value = fresh[name].value if now.value == sent.value else now.value
            self.fields[name] = FormField(fresh[name], value, value != fresh[name].value)
        rest = {name: field_ for name, field_ in fresh.items() if name not in edits}
        return (*edits, *self.follow(rest))

    @property
    def dirty(self) -> bool:
        """Whether anything would be lost by closing."""
        return bool(self.unread) or any(f.touched for f in self.fields.values())

    def edits(self) -> dict[str, Edit]:
        """Return what was touched, with the heads the author saw."""
        return {
            name: Edit(f.value, f.shown.heads, f.shown.value) for name, f in self.fields.items() if f.touched
        }

    def draft(self, key: str, title: str) -> Draft:
        """Return the form as a draft row."""
        declared = type_of(self.cls)
        kept: dict[str, tuple[Plain, tuple[Id, ...]]] = {}
        for name, edit in self.edits().items():
            spec = declared.specs[name]
            plain = spec.to_plain(edit.value)
            if spec.many:
                plain = {"value": plain, "seen": spec.to_plain(edit.seen)}
            kept[name] = (plain, edit.parents)
        for name, typed in self.unread.items():
            kept[UNREAD + name] = (typed, self.fields[name].shown.heads)
        return Draft(key, declared.name, self.entity, self.stream, title, kept)

    def resume(self, draft: Draft) -> None:
        """Put a draft's values back, with the heads they were written over."""
        declared = type_of(self.cls)
        for name, (plain, parents) in draft.fields.items():
            if name.startswith(UNREAD):
                if name.removeprefix(UNREAD) in self.fields:
                    self.unread[name.removeprefix(UNREAD)] = plain
                continue
            spec = declared.specs.get(name)
            if spec is None:
                continue
            store = self.fields[name].shown
            seen = spec.from_plain(plain["seen"]) if spec.many else store.value
            value = spec.from_plain(plain["value"] if spec.many else plain)
            then = FormField(replace(store, value=seen, heads=tuple(parents), others=()), value, touched=True)
            if then.shown.heads == store.heads:
                self.fields[name] = FormField(store, value, value != store.value)
            else:
                self.fields[name] = _followed(then, store)


def _followed(now: FormField, fresh: Field[Any], *, held: bool = False) -> FormField:
    """Return a field of the form after the store's has moved. ``held``: something unreadable stands in the editor."""
    agree = now.value == fresh.value and not fresh.others
    if not held and (not now.touched or agree):
        return FormField(fresh, fresh.value)
    if fresh.heads == now.shown.heads:
        return replace(now, meanwhile=(), fresh=None)
    seen = set(now.shown.heads)
    news = tuple(head for head in fresh.others if head.op_id not in seen)
    acting = set(fresh.heads) - {head.op_id for head in fresh.others}
    if acting - seen:
        news = (Head(min(acting - seen), 0, b"", fresh.value), *news)
    return replace(now, meanwhile=tuple(h for h in news if h.value != now.value), fresh=fresh)


def apply_edits(writer: Writer, cls: type[Entity], entity: Id, edits: Mapping[str, Edit]) -> None:
    """Write each edit with the heads its author saw. Of a set, what she did not see stays."""
    specs = type_of(cls).specs
    for name, edit in edits.items():
        value = edit.value
        if specs[name].many and edit.seen is not None:
            now = writer.fields(cls, entity)[name].value
            value = (now | (edit.value - edit.seen)) - (edit.seen - edit.value)
        writer.set(cls, entity, name, value, parents=edit.parents)


def authors(reader: Reader, form: Form[Any], colleagues: Mapping[Id, str] | None = None) -> dict[Id, str]:
    """Return the names, as far as they are known here, of those whose live values stand beside a form's.

    ``colleagues`` are those that the desk of sync knows.
    """
    found = {
        head.author for f in form.fields.values() for head in (*f.shown.others, *f.meanwhile) if head.author
    }
    workers = {author: reader.get(Worker, author) for author in found}
    named = {author: "" if worker is None else worker.name for author, worker in workers.items()}
    names = {author: name or (colleagues or {}).get(author, "") for author, name in named.items()}
    return {author: name for author, name in names.items() if name}


def values_of(edits: Mapping[str, Edit]) -> Iterator[tuple[str, Any]]:
    """Yield name and value of each edit."""
    for name, edit in edits.items():
        yield name, edit.value


def settle(writer: Writer, cls: type[Entity], entity: Id, name: str, value: Any, heads: Iterable[Id]) -> None:
    """End a disagreement: one new value that names every live one as seen."""
    writer.act("Settle two values")
    writer.set(cls, entity, name, value, parents=tuple(heads))
