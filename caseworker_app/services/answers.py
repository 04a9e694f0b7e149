"""Answers to the topics of a form, each a thing of its own, found by what it answers: two devices that begin to write under
one topic write in the same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.form_spec import FIELD_OF, FormSpec, TopicKind
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.services.ports import Writer

C = TypeVar("C", bound=Entity)

ANSWER_LENGTH = 100_000
"""Longest text under one topic, in characters: about 40 pages."""
MOST_TAGS = 30


def answer_id(of: Id, topic: str) -> Id:
    """Return the identity of the answer to a topic in what is filled in (an investigation, a visit)."""
    return hashlib.sha256(b"answer\0" + of + b"\0" + topic.encode("utf-8")).digest()[: len(NO_ID)]


def put(writer: Writer, blank: Entity, of: Id, topic: str, values: Mapping[str, Any]) -> Id:
    """Write the first words under a topic; return the answer's id. The caller has named the act.

    ``blank`` is the answer with its stream and what it belongs to; one that is there already, or was taken back, is
    written in.
    """
    cls, made = type(blank), answer_id(of, topic)
    there = writer.get(cls, made)
    if there is None:
        writer.create(replace(blank, id=made, **values))
        return made
    written = dict(values)
    if there.cancelled:
        writer.restore(cls, made)
        gone = {name: spec.default for name, spec in type_of(cls).specs.items() if name not in values}
        kept = {name: value for name, value in gone.items() if getattr(blank, name) == value}
        written = {**kept, **values}
    for name, value in written.items():
        if getattr(there, name) != value:
            writer.set(cls, made, name, value, parents=None)
    return made


def checked(spec: FormSpec, topic: str, values: Mapping[str, Any], texts: Iterable[str] = ("text",)) -> None:
    """Check what was written under a topic of a form: lengths of the ``texts``, and that what was chosen is offered.

    Raises ``KeyError`` for a topic the form has not, :class:`InvalidInput` for a value.
    """
    found = spec.topic(topic)
    if found is None:
        raise KeyError("no such topic in the form")
    for name in texts:
        if len(values.get(name, "")) > ANSWER_LENGTH:
            raise InvalidInput(name, "That is longer than {most} characters.", most=ANSWER_LENGTH)
    offered = {one.id for one in found.options}
    tags = values.get(FIELD_OF[TopicKind.TAGS], ())
    if len(tags) > MOST_TAGS:
        raise InvalidInput("tags", "At most {most} can be chosen.", most=MOST_TAGS)
    if found.kind is TopicKind.TAGS and offered and not offered.issuperset(tags):
        raise InvalidInput("tags", "That cannot be chosen here.")
    chosen = values.get(FIELD_OF[TopicKind.CHOICE], "")
    if chosen and chosen not in offered:
        raise InvalidInput("chosen", "That cannot be chosen here.")
