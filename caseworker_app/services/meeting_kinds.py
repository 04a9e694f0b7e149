"""The kinds of meeting in use: those that ship, with the municipality's own over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.meeting_kinds import ChosenKinds, MeetingKinds, MeetingKindsError, MeetingSort
from caseworker_app.domain.meeting_kinds_reading import read_kinds
from caseworker_app.domain.office import Office
from caseworker_app.services.ports import Reader, Writer

if TYPE_CHECKING:
    from caseworker_app.services.books import Books

CATALOGUE = "meeting_kinds"
"""The name of the catalogue, as a file and as a municipality's own copy."""


def kind_of(books: Books, reader: Reader, kind: str) -> MeetingSort:
    """Return a kind by its id; one that is in no catalogue any more is held as a plain meeting."""
    return books.meeting_kinds(reader).kinds.get(kind)


def chosen(reader: Reader, shipped: MeetingKinds) -> ChosenKinds:
    """Return the kinds that ship with the municipality's own over them; a faulty text is said in ``fault``."""
    text = own_text(reader)
    if not text:
        return ChosenKinds(shipped)
    try:
        return ChosenKinds(shipped.with_own(read_kinds(text, CATALOGUE)))
    except MeetingKindsError as error:
        return ChosenKinds(shipped, error)


def own_text(reader: Reader) -> str:
    """Return the municipality's own kinds as they are written; empty when it has none."""
    own = reader.find(OwnCatalogue, where={"name": CATALOGUE})
    return own[-1].text if own else ""


def set_own(writer: Writer, text: str) -> None:
    """Keep the municipality's own kinds. Raises :class:`MeetingKindsError` for a text that cannot be read.

    Meetings that were planned keep what they are called and the form of their minutes.
    """
    if not text.strip():
        raise InvalidInput("text", "Write at least one kind, or go back to the standard kinds.")
    read_kinds(text, CATALOGUE)
    writer.act("Change the kinds of meeting")
    existing = writer.find(OwnCatalogue, where={"name": CATALOGUE})
    if existing:
        writer.set(OwnCatalogue, existing[-1].id, "text", text, parents=None)
        return
    office = writer.find(Office)[0]
    writer.create(OwnCatalogue(id=writer.new_id(), stream=office.stream, name=CATALOGUE, text=text))


def reset(writer: Writer) -> None:
    """Go back to the kinds that ship."""
    writer.act("Go back to the standard kinds of meeting")
    for own in writer.find(OwnCatalogue, where={"name": CATALOGUE}):
        writer.cancel(OwnCatalogue, own.id)
