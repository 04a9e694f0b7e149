"""A store of every released schema opens, upgrades, and says what it said (invariant I11)."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.document import Document
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.hub import admin
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader
from db.migrate import HEAD, current
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import KEY, again, case
from tests.helpers.sync_house import Desk, Net, open_office

HERE = Path(__file__).parent
EMMA = bytes.fromhex("60b131ff98f246c3aefbbc2d95960c94")
MOR = bytes.fromhex("63845f7f91e15028e3045ebe5ab296ac")
LETTER = bytes.fromhex("4d9aad11ea20f3bb52a098f73c657ff6")
LOG = "6eca375f72753d35d59504fe477cd114114cc0a72af88a2ae13c0f4401d2a2c3"
"""The SHA-256 of every byte that was signed, in order."""


SECOND_EMMA = bytes.fromhex("8b402b293e5b5a7f6fd588e72dc50829")
SECOND_GERT = bytes.fromhex("699a595e9ba9a56a2f3c8dc0f1363ceb")
SECOND_FINN = bytes.fromhex("c0fb35a8ef661ab29786d6f3d963c174")
SECOND_LETTER = bytes.fromhex("6cc36d03b288bbfc12b810d95802aec6")
SECOND_LOG = "f7a4128341bbcaec3a97193d31206c5821c3094b5642e0acf570d85d32941fb9"


def unpacked(name: str, folder: Path) -> Path:
    folder.mkdir()
    shutil.copyfile(HERE / name, folder / "store.db")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return unpacked("store-0001.db", tmp_path / "own")


@pytest.fixture
def store(folder: Path) -> Iterator[SqlStore]:
    opened = again(folder)
    yield opened
    opened.close()


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SqlStore]:
    """The store of one who shares a case, of the second schema."""
    opened = again(unpacked("store-0002.db", tmp_path / "shared"))
    yield opened
    opened.close()


def digest(store: SqlStore) -> str:
    found = hashlib.sha256()
    for row in store.connection.execute("SELECT header, payload, signature FROM operations ORDER BY no"):
        for part in row:
            found.update(part)
    return found.hexdigest()


def test_a_store_of_the_first_schema_opens_upgrades_and_is_sound(folder: Path, store: SqlStore) -> None:
    assert (folder / "backups" / "before-upgrade.db").exists()
    assert current(store.connection) not in (None, "0001")
    assert faults(store) == []
    assert digest(store) == LOG


def test_it_says_what_was_written_in_it(store: SqlStore) -> None:
    emma = store.read(lambda r: r.get(Case, EMMA))
    assert emma is not None
    assert (emma.child_name, emma.record_number, emma.school) == ("Emma Prøve", "DUBU-17", "Sydskolen")
    assert (emma.note, emma.born) == ("Æblegrød og ølebrød", dt.date(2017, 8, 4))
    mor = store.read(lambda r: r.get(Person, MOR))
    assert mor is not None
    assert (mor.name, mor.phone) == ("Mona Prøve", "00 00 00 01")
    names = (
        {p.name for p in store.read(lambda r: r.find(Person, cancelled=True))},
        {p.name for p in store.read(lambda r: r.find(Person))},
    )
    assert names[0] - names[1] == {"Gert Prøve"}
    letter = store.read(lambda r: r.get(Document, LETTER))
    assert letter is not None
    assert store.read(lambda r: r.blob(bytes.fromhex(letter.digest))) == b"Et brev fra skolen.\n"
    assert [draft.title for draft in store.read(lambda r: r.drafts())] == ["Kladde"]
    assert len(store.read(lambda r: r.access_log())) == 1
    before = [
        a.changes for a in store.read(lambda r: r.history(stream=emma.stream)) if a.label == "Change the case"
    ]
    assert before[0][0].before == ("Nordskolen",)


def test_it_syncs_all_of_it_to_a_new_laptop(tmp_path: Path, store: SqlStore) -> None:
    office = open_office(tmp_path)
    office.house.user("anna")
    old = Desk(tmp_path, store, Net(office.house.core))
    old.sign_in(admin.code_for(office.house.ground, "anna"))
    old.well()
    new = office.desk("anna")
    new.well()
    old.loop = type(old.loop)(old.sync, old.client)
    old.well()
    new.well()
    new.well()
    emma = new.store.read(lambda r: r.get(Case, EMMA))
    assert emma is not None
    assert emma.school == "Sydskolen"
    letter = new.store.read(lambda r: r.get(Document, LETTER))
    assert letter is not None
    assert new.store.read(lambda r: r.blob(bytes.fromhex(letter.digest))) == b"Et brev fra skolen.\n"
    assert old.sync.counts().unsent == 0
    assert faults(store) == faults(new.store) == []
    office.close()


def test_the_backup_from_before_is_the_store_as_it_was(folder: Path, store: SqlStore) -> None:
    shutil.copyfile(folder / "backups" / "before-upgrade.db", folder / "once-more.db")
    once_more = again(folder, key=KEY, name="once-more.db")
    assert digest(once_more) == LOG
    once_more.close()


def test_a_store_of_the_second_schema_opens_upgrades_and_is_sound(tmp_path: Path, shared: SqlStore) -> None:
    assert (tmp_path / "shared" / "backups" / "before-upgrade.db").exists()
    assert current(shared.connection) == HEAD
    assert faults(shared) == []
    assert digest(shared) == SECOND_LOG


def test_what_two_people_wrote_apart_in_it_is_still_apart(shared: SqlStore) -> None:
    def look(r: Reader) -> tuple[set[str], int, frozenset[Id]]:
        school = r.fields(Case, SECOND_EMMA)["school"]
        return (
            {school.value, *(head.value for head in school.others)},
            len(school.heads),
            r.unseen(SECOND_GERT),
        )

    schools, heads, unseen = shared.read(look)
    assert (schools, heads) == ({"Sydskolen", "Vestskolen"}, 2)
    assert len(unseen) == 1
    names = {p.name for p in shared.read(lambda r: r.find(Person))}
    assert names == {"Mona Prøve", "Gert Prøve"}
    finn = shared.read(lambda r: r.get(Person, SECOND_FINN))
    assert finn is not None
    assert finn.cancelled
    letter = shared.read(lambda r: r.get(Document, SECOND_LETTER))
    assert letter is not None
    assert shared.read(lambda r: r.blob(bytes.fromhex(letter.digest))) == b"Et brev fra skolen.\n"
    assert [draft.title for draft in shared.read(lambda r: r.drafts())] == ["Kladde"]
    assert shared.read(lambda r: r.unsent())[0] == 1
    emma = case(shared, SECOND_EMMA)
    assert emma.note == "Ikke sendt endnu"
    noted = [a for a in shared.read(lambda r: r.history(stream=emma.stream)) if a.label == "Change the case"]
    assert noted[0].changes[0].before == ("Æblegrød og ølebrød",)


def test_a_field_of_it_is_written_over_what_both_had_said(shared: SqlStore) -> None:
    heads = shared.read(lambda r: r.fields(Case, SECOND_EMMA))["school"].heads
    shared.write(lambda w: cases.edit(w, SECOND_EMMA, {"school": Edit("Østskolen", heads)}))
    school = shared.read(lambda r: r.fields(Case, SECOND_EMMA))["school"]
    assert (school.value, school.others) == ("Østskolen", ())
    assert faults(shared) == []
