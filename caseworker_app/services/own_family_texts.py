"""The texts a family reads (reminders, the expectations sheet): those that ship, or the municipality's own."""

from __future__ import annotations

from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.family_texts import FamilyTexts, FamilyTextsError, read_family_texts
from caseworker_app.domain.office import Office
from caseworker_app.services.ports import Reader, Writer

CATALOGUE = "family_texts"
"""The name of the catalogue, as a file and as a municipality's own copy."""


def chosen(reader: Reader, shipped: FamilyTexts) -> FamilyTexts:
    """Return the texts in use. A copy with a fault in it is never used: ours are, until it is mended."""
    text = own_text(reader)
    if not text:
        return shipped
    try:
        return read_family_texts(text, CATALOGUE)
    except FamilyTextsError:
        return shipped


def own_text(reader: Reader) -> str:
    """Return the municipality's own texts as they are written; empty when it has none."""
    own = reader.find(OwnCatalogue, where={"name": CATALOGUE})
    return own[-1].text if own else ""


def set_own(writer: Writer, text: str) -> None:
    """Keep the municipality's own texts. Raises :class:`FamilyTextsError` for some that cannot be used."""
    if not text.strip():
        raise InvalidInput("text", "Nothing is written yet.")
    read_family_texts(text, CATALOGUE)
    writer.act("Change what a family reads")
    existing = writer.find(OwnCatalogue, where={"name": CATALOGUE})
    if existing:
        writer.set(OwnCatalogue, existing[-1].id, "text", text, parents=None)
        return
    office = writer.find(Office)[0]
    writer.create(OwnCatalogue(id=writer.new_id(), stream=office.stream, name=CATALOGUE, text=text))


def reset(writer: Writer) -> None:
    """Go back to the texts that ship."""
    writer.act("Go back to the standard texts")
    for own in writer.find(OwnCatalogue, where={"name": CATALOGUE}):
        writer.cancel(OwnCatalogue, own.id)
