"""Forms as data: topics to talk from, in sections. Nothing in a form is ever mandatory.

A form is TOML, one ``[[form]]`` a version; what was filled in keeps the version it was filled in with, so a version is
never changed once it has been out: the next one is added below it, and all of them stay in the file::

    [[form]]
    id = "ics"
    version = 1
    name = "Børnefaglig undersøgelse"

    [[form.section]]
    id = "child"
    label = "Barnets udvikling"

    [[form.section.topic]]
    id = "health"
    label = "Sundhedsforhold"
    help = "Hvordan har barnet det i kroppen og i humøret?"
    kind = "text"
    goes_to = "child"

``help`` of a section or a topic, ``kind`` (text, tags, choice, number; text when left out), ``options`` (of tags and of
a choice, each ``{ id = "…", label = "…" }``), ``goes_to`` (a word the program knows, which says where the text goes) and
``under`` (the topic it is a part of) may be left out. The words are Danish: they are the form's, not the program's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.template_parts import Fault


class TopicKind(StrEnum):
    """What is written under a topic."""

    TEXT = "text"
    TAGS = "tags"
    CHOICE = "choice"
    NUMBER = "number"


FIELD_OF: Mapping[TopicKind, str] = {
    TopicKind.TEXT: "text",
    TopicKind.TAGS: "tags",
    TopicKind.CHOICE: "chosen",
    TopicKind.NUMBER: "number",
}
"""The field of an answer that holds what was said under a topic of each kind."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to talk about. ``under`` names the topic it is a part of, ``goes_to`` where its text goes."""

    id: str
    label: str
    help: str = ""
    kind: TopicKind = TopicKind.TEXT
    options: tuple[Option, ...] = ()
    goes_to: str = ""
    under: str = ""

    def option(self, option_id: str) -> str:
        """Return the words of an option; one that is not in this version stands as it was written."""
        return next((one.label for one in self.options if one.id == option_id), option_id)


@dataclass(frozen=True, slots=True)
class FormSection:
    """Topics that belong together."""

    id: str
    label: str
    topics: tuple[Topic, ...]
    help: str = ""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """One version of a form."""

    id: str
    version: int
    name: str
    sections: tuple[FormSection, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic in its order."""
        return tuple(topic for section in self.sections for topic in section.topics)

    def topic(self, topic_id: str) -> Topic | None:
        """Return a topic; ``None`` when this version has none of that id."""
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def section_of(self, topic_id: str) -> FormSection | None:
        """Return the section a topic stands in."""
        return next((s for s in self.sections if any(t.id == topic_id for t in s.topics)), None)


Forms: TypeAlias = "Mapping[tuple[str, int], FormSpec]"
"""Every version of every form, by id and version."""


def newest(forms: Forms, form_id: str) -> FormSpec:
    """Return the version a new one is filled in with. Raises ``KeyError`` when there is no such form."""
    versions = [version for name, version in forms if name == form_id]
    if not versions:
        raise KeyError(form_id)
    return forms[form_id, max(versions)]


def frozen(forms: Forms, form_id: str, version: int) -> FormSpec:
    """Return the version something was filled in with; the newest where that one is not known here (yet). One of a
    municipality's own that it went back from stands under its number negated.

    Raises ``KeyError`` when there is no such form.
    """
    return forms.get((form_id, version)) or forms.get((form_id, -version)) or newest(forms, form_id)


class FormError(UserError):
    """A form that cannot be used. ``faults`` are all that was found; the sentence says the first."""

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            "The form {source} cannot be used: {what} ({key}, line {line}).",
            "Until it is mended, the program's own form is used.",
            "Mend the text, or go back to the standard form.",
            source=source,
            what=first.what,
            key=first.key,
            line=first.line,
        )
