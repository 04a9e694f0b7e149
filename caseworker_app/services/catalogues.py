"""The catalogue of interventions in use: the one that ships, or the municipality's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from caseworker_app.domain.catalogue import (
    Catalogue,
    CatalogueEntry,
    CatalogueError,
    ChosenCatalogue,
    OwnCatalogue,
)
from caseworker_app.domain.catalogue_reading import read_catalogue
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.office import Office
from caseworker_app.services.ports import Reader, Writer

CATALOGUE = "interventions"
"""The name of the catalogue, as a file and as a municipality's own copy."""


def chosen(reader: Reader, shipped: Catalogue, rules: Collection[str]) -> ChosenCatalogue:
    """Return the municipality's own catalogue where it has one that is whole, else the one that ships.

    ``rules`` are the names of the follow-up rules. A faulty copy is said in ``fault``.
    """
    own = reader.find(OwnCatalogue, where={"name": CATALOGUE})
    if not own:
        return ChosenCatalogue(shipped)
    try:
        return ChosenCatalogue(read_catalogue(own[-1].text, rules, CATALOGUE, own=True))
    except CatalogueError as error:
        return ChosenCatalogue(shipped, error)


def set_own(writer: Writer, text: str, rules: Collection[str]) -> None:
    """Keep the municipality's own catalogue. Raises :class:`CatalogueError` for one that cannot be read."""
    read_catalogue(text, rules, CATALOGUE)
    writer.act("Change the catalogue of interventions")
    existing = writer.find(OwnCatalogue, where={"name": CATALOGUE})
    if existing:
        writer.set(OwnCatalogue, existing[-1].id, "text", text, parents=None)
        return
    office = writer.find(Office)[0]
    writer.create(OwnCatalogue(id=writer.new_id(), stream=office.stream, name=CATALOGUE, text=text))


def reset(writer: Writer) -> None:
    """Go back to the catalogue that ships."""
    writer.act("Go back to the standard catalogue")
    for own in writer.find(OwnCatalogue, where={"name": CATALOGUE}):
        writer.cancel(OwnCatalogue, own.id)


def choose(catalogue: Catalogue, entry_id: str, start: dt.date) -> CatalogueEntry:
    """Return the entry of an id on the day of the start. Raises :class:`UserError` for one that is not on offer."""
    entry = catalogue.entry(entry_id, start)
    if entry is None:
        raise UserError(
            "That intervention is not in the catalogue on the day it starts.",
            "Choose another one, or another start.",
            "Add it to the municipality's own catalogue.",
        )
    return entry
