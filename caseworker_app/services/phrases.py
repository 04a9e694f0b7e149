"""The worker's own phrases: kept under a short name, put in where she writes."""

from __future__ import annotations

from collections.abc import Mapping

from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import SavedPhrase
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, tidy

PHRASE_LENGTH = 20_000
"""Longest phrase, in characters."""


def phrases(reader: Reader) -> tuple[SavedPhrase, ...]:
    """Return the worker's phrases by name, in Danish order."""
    found = reader.find(SavedPhrase, stream=own_stream(reader))
    return tuple(sorted(found, key=lambda phrase: sort_key(phrase.title)))


def keep(writer: Writer, title: str, text: str) -> Id:
    """Keep a phrase; return its id. Raises :class:`InvalidInput` without a name or a text, and for a name taken."""
    values = _checked(writer, {"title": title, "text": text}, None)
    made = writer.new_id()
    writer.act("Keep a phrase")
    stream = own_stream(writer)
    writer.create(SavedPhrase(id=made, stream=stream, title=values["title"], text=values["text"]))
    return made


def edit(writer: Writer, phrase: Id, edits: Mapping[str, Edit]) -> None:
    """Change a phrase. Raises :class:`InvalidInput`, and ``KeyError`` when there is none."""
    if writer.get(SavedPhrase, phrase) is None:
        raise KeyError("no such phrase")
    values = _checked(writer, {name: str(one.value) for name, one in edits.items()}, phrase)
    writer.act("Change a phrase")
    kept = {name: Edit(value, edits[name].parents, edits[name].seen) for name, value in values.items()}
    apply_edits(writer, SavedPhrase, phrase, kept)


def remove(writer: Writer, phrase: Id) -> None:
    """Take a phrase away."""
    if writer.get(SavedPhrase, phrase) is None:
        raise KeyError("no such phrase")
    writer.act("Remove a phrase")
    writer.cancel(SavedPhrase, phrase)


def _checked(reader: Reader, values: Mapping[str, str], own: Id | None) -> dict[str, str]:
    lengths = {"title": NAME_LENGTH, "text": PHRASE_LENGTH}
    made = {name: tidy(name, value, lengths[name]) for name, value in values.items()}
    if not made.get("title", "-"):
        raise InvalidInput("title", "Give the phrase a short name.")
    if not made.get("text", "-"):
        raise InvalidInput("text", "Write the words of the phrase.")
    taken = {phrase.title.casefold() for phrase in phrases(reader) if phrase.id != own}
    if made.get("title", "").casefold() in taken:
        raise InvalidInput("title", "You have a phrase of that name already.", "Choose another name.")
    return made
