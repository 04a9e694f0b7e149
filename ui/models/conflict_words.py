"""Conflicts in the user's words: what it is about, and of each value who, when, on which device, over what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from caseworker_app.domain.entity import CANCELLED, LIFE, type_named
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.i18n import N_
from caseworker_app.services import conflicts
from caseworker_app.services.conflicts import Conflict, LiveValue
from caseworker_app.services.ports import Reader
from caseworker_app.services.sync_desk import Directory
from ui.history_words import Names, names_of, thing_words
from ui.value_words import element_words, moment, value_words
from ui.words import tr

LONG = 90
"""From so many characters on a value is a text that is read, not glanced at."""
_MOST_COMPARED = 4000
"""Texts with more words than this stand side by side without their differences marked."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Everything a dialog needs to say its conflicts: themselves, and what everybody and everything is called.

    ``here`` is this computer in operations, as far as it has written anything.
    """

    conflicts: tuple[Conflict, ...]
    names: Names
    devices: Mapping[Id, str]
    author: Id
    here: Id | None


@dataclass(frozen=True, slots=True)
class ValueText:
    """One value in words; ``keep`` is what choosing it is called, with room for the ``{keys}``."""

    who: str
    when: str
    device: str
    value: str
    seen: str
    acts: bool
    keep: str


@dataclass(frozen=True, slots=True)
class ConflictText:
    """One conflict in words: the child (empty in a case's own list), the thing, the field, its values."""

    child: str
    thing: str
    field: str
    values: tuple[ValueText, ...]
    meanwhile: str
    """What counts until somebody chooses, where that is not simply the latest."""


def lay_out(reader: Reader, case: Id | None, directory: Directory) -> Laid:
    """Return a case's conflicts, or all of them, ready to be said."""
    found = conflicts.of_all(reader) if case is None else conflicts.of_case(reader, case)
    acts = [value.act for one in found for value in one.values]
    own = reader.acts(limit=1)
    here = own[0].device if own else None
    names = names_of(reader, acts, directory.authors)
    return Laid(found, names, directory.devices, reader.author, here)


def text_of(conflict: Conflict, laid: Laid) -> ConflictText:
    """Return a conflict in the language of the moment."""
    names = laid.names
    child = names.children.get(conflict.stream, "")
    values = tuple(_value(conflict, value, laid) for value in conflict.values)
    thing = thing_words(conflict.entity_type, names.things.get(conflict.entity, ""))
    return ConflictText(child, thing, _field(conflict), values, _meanwhile(conflict))


def _meanwhile(conflict: Conflict) -> str:
    if conflict.apart:
        return tr("One took it back while another changed it. Until you choose, it stands.")
    return tr("Until you choose, the value that protects most counts.") if conflict.protective else ""


def _field(conflict: Conflict) -> str:
    if conflict.apart:
        return tr("Taken back and changed apart")
    if conflict.field == LIFE:
        return tr("Whether it stands or is taken back")
    spec = conflicts.spec_of(conflict)
    return tr("Something from a newer version") if spec is None else tr(spec.label)


def _value(conflict: Conflict, value: LiveValue, laid: Laid) -> ValueText:
    who = laid.names.authors.get(value.author) or tr("Unknown")
    if value.author == laid.author:
        who = tr("{name} (you)", name=who)
    device = tr("this computer") if value.act.device == laid.here else laid.devices.get(value.act.device, "")
    return ValueText(
        who,
        moment(value.act.at, value.act.zone),
        device or tr("unknown device"),
        _stands(conflict, value, laid),
        " / ".join(said(conflict, plain, laid.names.things) for plain in value.seen) or tr("nothing"),
        value.acts,
        _choice(conflict, value),
    )


def _stands(conflict: Conflict, value: LiveValue, laid: Laid) -> str:
    declared = type_named(conflict.entity_type)
    if conflict.apart and not value.changed:
        return tr("Has taken it back")
    if not value.changed or declared is None:
        return said(conflict, value.plain, laid.names.things)
    labels = {tr(declared.specs[name].label) for name in value.changed if name in declared.specs}
    return tr("Has changed: {what}", what=", ".join(sorted(labels)) or tr("Something from a newer version"))


def _choice(conflict: Conflict, value: LiveValue) -> str:
    """Return what choosing a value is called; what is taken back and changed apart is kept or let go whole."""
    if not conflict.apart:
        return N_("Keep this one ({keys})")
    return (
        N_("Keep it, with what was changed ({keys})")
        if value.changed
        else N_("Let it be taken back ({keys})")
    )


def said(conflict: Conflict, plain: Plain, things: Mapping[Id, str]) -> str:
    """Return one value of a conflict's field in words; "nothing" for an empty one."""
    if conflict.field == LIFE:
        return tr("It is taken back") if plain == CANCELLED else tr("It stands")
    declared = type_named(conflict.entity_type)
    spec = None if declared is None else declared.specs.get(conflict.name)
    if spec is None:
        return tr("(cannot be shown)")
    if conflict.element:
        element = element_words(spec, conflict.element)
        return tr("With: {what}", what=element) if plain else tr("Without: {what}", what=element)
    return value_words(spec, plain, things) or tr("nothing")


def is_long(text: ConflictText) -> bool:
    """Return whether the values are texts to be read."""
    return any(len(value.value) > LONG or "\n" in value.value for value in text.values)


def marked(text: str, beside: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is not in the text beside it. Joined, they are the text."""
    mine, other = (re.findall(r"\s+|[^\s]+", one) for one in (text, beside))
    if max(len(mine), len(other)) > _MOST_COMPARED:
        return [(text, False)]
    pieces: list[tuple[str, bool]] = []
    for kind, begin, end, _from, _to in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if begin < end:
            pieces.append(("".join(mine[begin:end]), kind != "equal"))
    return pieces
