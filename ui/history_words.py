"""The history in the user's words: who, when, what it was and what it became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.entity import CANCELLED, LIFE, Entity, type_named
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.office import Worker
from caseworker_app.domain.operations import ChangeKind
from caseworker_app.services.cases import display_name
from caseworker_app.services.ports import PastAct, PastChange, Reader
from ui.value_words import element_words, moment, value_words
from ui.words import tr

_HIDDEN = frozenset({"order", "meeting", "same_as", "sha256", "logo", "pin_hash", "digest"})
"""Fields that mean nothing to a reader: how things hang together, and what cannot be read."""
_LONG = frozenset({("document", "text")})
"""The words in a file: they are searched, and read in the file itself."""
_UNSAID = frozenset({"grant", "file"})
"""What the program keeps in the log for itself: the keys given to devices, and under which name a file is sent."""
_MEMBERSHIP = "membership"


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words: which thing, which field (its label), what it was, what it became."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One act in words. ``things`` are its changes by thing; ``taken_back``: it has been undone since.

    ``at`` is said in the zone its author lived in; ``where`` is the child whose case it was done in.
    """

    at: str
    where: str
    who: str
    what: str
    taken_back: bool
    things: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called: authors and things."""

    authors: Mapping[Id, str]
    things: Mapping[Id, str]
    children: Mapping[Id, str]
    """By case, which is by stream."""


def names_of(reader: Reader, acts: Sequence[PastAct], colleagues: Mapping[Id, str] | None = None) -> Names:
    """Return what everybody and everything in the acts is called; ``colleagues`` are those the desk of sync knows."""
    authors: dict[Id, str] = {}
    things: dict[Id, str] = {}
    for act in acts:
        if act.author not in authors:
            worker = reader.get(Worker, act.author)
            name = worker.name if worker is not None else ""
            authors[act.author] = name or (colleagues or {}).get(act.author, "")
        for change in act.changes:
            if change.entity_type == _MEMBERSHIP:
                things[change.entity] = (colleagues or {}).get(change.entity, "")
            _name(reader, change.entity_type, change.entity, things)
            for value in (change.after, *change.before):
                if isinstance(value, bytes):
                    _name_any(reader, value, things)
    children = {case.stream: display_name(case) for case in reader.find(Case, cancelled=True)}
    return Names(authors, things, children)


_REFERRED = ("person", "case", "meeting")
_CALLED_BY = ("name", "title", "what", "text", "headline", "purpose")


def _name(reader: Reader, kind: str, entity: Id, things: dict[Id, str]) -> None:
    declared = type_named(kind)
    if declared is not None and entity not in things:
        thing = reader.get(declared.cls, entity)
        if thing is not None:
            things[entity] = _called(thing)


def _name_any(reader: Reader, entity: Id, things: dict[Id, str]) -> None:
    for kind in _REFERRED:
        if entity not in things:
            _name(reader, kind, entity, things)


def _called(thing: Entity) -> str:
    if isinstance(thing, Case):
        return display_name(thing)
    if isinstance(thing, Meeting):
        return "" if thing.when is None else long_date(thing.when.day, i18n.current().language)
    for name in _CALLED_BY:
        found = getattr(thing, name, "")
        if isinstance(found, str) and found:
            return _short(found)
    return ""


def _short(text: str) -> str:
    line = text.split("\n")[0]
    return line if len(line) <= 40 else line[:39] + "…"


def whole(acts: Iterable[PastAct]) -> list[PastAct]:
    """Return acts whole: what was done in several cases at once is one act."""
    found: dict[Id, PastAct] = {}
    for act in acts:
        before = found.get(act.act_id)
        found[act.act_id] = act if before is None else replace(before, changes=before.changes + act.changes)
    return list(found.values())


def say_all(acts: Sequence[PastAct], names: Names) -> list[Happening]:
    """Return what happened, in the order given, in the language of the moment."""
    undoing = {act.act_id: act.undoes for act in acts if act.undoes is not None}
    shown = [act for act in acts if any(change.entity_type not in _UNSAID for change in act.changes)]
    gone = {undone for act, undone in undoing.items() if act not in undoing.values()}
    return [say(act, names, taken_back=act.act_id in gone) for act in shown]


def say(act: PastAct, names: Names, *, taken_back: bool = False) -> Happening:
    """Return an act in the language of the moment. A personal number is masked, here too."""
    grouped: dict[Id, list[PastChange]] = {}
    for change in act.changes:
        grouped.setdefault(change.entity, []).append(change)
    things = []
    for entity, changes in grouped.items():
        lines = tuple(line for change in changes for line in _lines(change, names))
        if len(lines) > 1:
            lines = tuple(line for line in lines if line.field != LIFE or line.label != tr("Made"))
        if lines:
            things.append((thing_words(changes[0].entity_type, names.things.get(entity, "")), lines))
    who = names.authors.get(act.author) or tr("Somebody else")
    label = tr(act.label)
    what = tr("Undone: {what}", what=label) if act.undoes is not None else label
    return Happening(
        moment(act.at, act.zone), names.children.get(act.stream, ""), who, what, taken_back, tuple(things)
    )


def thing_words(entity_type: str, name: str) -> str:
    """Return what kind of thing it is and what it is called; empty for the case itself."""
    declared = type_named(entity_type)
    if entity_type == "case":
        return ""  # the case is what the history is about
    if entity_type == _MEMBERSHIP:
        return tr("Who shares the case: {name}", name=name or tr("Somebody else"))
    word = tr(declared.label) if declared is not None else tr("Something from a newer version")
    return f"{word}: {name}" if name else word


def _lines(change: PastChange, names: Names) -> list[Line]:
    if change.entity_type == _MEMBERSHIP:
        role_was = " / ".join(_role(value) for value in change.before if isinstance(value, str))
        return [Line(change.field, tr("Role"), role_was, _role(change.after))]
    declared = type_named(change.entity_type)
    if change.field == LIFE:
        return _life(change)
    name, _, element = change.field.partition("/")
    spec = None if declared is None else declared.specs.get(name)
    if spec is None or name in _HIDDEN or (change.entity_type, name) in _LONG:
        return []
    label = tr(spec.label)
    if element:
        word = element_words(spec, element)
        added = change.kind == ChangeKind.ADD
        return [Line(name, label, "" if added else word, word if added else "")]
    before = [value_words(spec, value, names.things) for value in change.before]
    after = value_words(spec, change.after, names.things)
    was = " / ".join(part for part in before if part)
    if was == after:
        return []
    return [Line(name, label, was, after)]


def _role(value: object) -> str:
    """Return a role as people call it."""
    from ui.models.sync_words import ROLE_LABELS

    return next((tr(label) for role, label in ROLE_LABELS.items() if role.value == value), tr("Not shared"))


def _life(change: PastChange) -> list[Line]:
    if change.kind == ChangeKind.CREATE:
        return [Line(LIFE, tr("Made"), "", tr("yes"))] if not change.before else []
    gone = change.after == CANCELLED
    return [Line(LIFE, tr("Taken back") if gone else tr("Brought again"), "", tr("yes"))]
