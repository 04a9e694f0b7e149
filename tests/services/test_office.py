"""The worker's own card and the municipality's: what stands on every letter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.office import Office
from caseworker_app.services import office
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.stores import founded, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


def of_store(store: SqlStore) -> office.House:
    return store.read(office.house)


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "Å" * 20_000])
def test_a_store_is_not_founded_under_no_name_or_an_endless_one(tmp_path: Path, name: str) -> None:
    store = new_store(tmp_path)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: office.found(w, {"name": name}, {}))
    assert refused.value.field == "name"
    assert store.read(lambda r: r.find(Office)) == []
    store.close()


@pytest.mark.parametrize("name", ["name", "title", "phone", "email", "team"])
def test_no_field_of_the_worker_takes_20000_characters(store: SqlStore, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: office.edit_worker(w, {name: Edit("x" * 20_000)}))
    assert refused.value.field == name
    assert of_store(store).worker.name == "Karen Prøve"


@pytest.mark.parametrize(
    "name", ["municipality", "department", "phone", "email", "signature_line", "address"]
)
def test_no_field_of_the_municipality_takes_20000_characters(store: SqlStore, name: str) -> None:
    value = ("Torvet 1", "x" * 20_000) if name == "address" else "x" * 20_000
    card = of_store(store).office.id
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: office.edit_office(w, card, {name: Edit(value)}))
    assert refused.value.field == name


def test_what_is_typed_is_tidied_and_a_logo_is_left_as_it_is(store: SqlStore) -> None:
    card, logo = of_store(store).office.id, "iVBOR" * 5000
    edits = {
        "municipality": Edit(" Hedeby\u00a0Kommune\x00 "),
        "address": Edit(("Torvet 1 ", "7400 Hedeby")),
        "logo": Edit(logo),
    }
    store.write(lambda w: office.edit_office(w, card, edits))
    found = of_store(store).office
    assert (found.municipality, found.address, found.logo) == (
        "Hedeby Kommune",
        ("Torvet 1", "7400 Hedeby"),
        logo,
    )
