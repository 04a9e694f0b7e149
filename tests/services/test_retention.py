"""How long a closed case is kept, what holds it back, its archive copy, and what is left when it has been erased."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.case_keeping import StoreCaseKeeping, rules
from caseworker_app.domain.case import Case, CaseKind, SiblingKind
from caseworker_app.domain.document import Document, FileKind, Taken
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.retention_rules import RetentionError, read_retention
from caseworker_app.domain.searching import Question
from caseworker_app.services import cases, documents, entries, people, retention, searching
from caseworker_app.services.forms import Edit
from caseworker_app.services.retention import Standing
from caseworker_app.worker.process import WorkerProcess
from db import erasing
from db.store import SqlStore
from db.verify import faults
from resources import text
from tests.helpers.stores import NOON, again, founded, register

SECRET = "Hemmeligtord"
FILE = b"%PDF-1.4 vedlagt brev 9917"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SqlStore]:
    opened = founded(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def papers() -> Iterator[WorkerProcess]:
    worker = WorkerProcess()
    yield worker
    worker.close()


def full_case(store: SqlStore, name: str = "Emma Prøve", *kinds: CaseKind) -> Id:
    """Register a case with a person, a signed entry and a document."""
    made = register(store, name, kinds=frozenset(kinds))
    store.write(lambda w: people.add(w, made, {"name": f"{SECRET} Prøve"}))
    draft = store.write(
        lambda w: entries.begin(w, made, {"kind": EntryKind.TELEPHONE, "text": f"Mor ringer om {SECRET}."})
    ).result
    store.write(lambda w: entries.sign(w, draft))
    taken = Taken(FileKind.PDF, ".pdf", FILE + name.encode(), 1, SECRET)
    store.write(lambda w: documents.attach(w, made, taken, {"title": "Brev"}))
    return made


def close(store: SqlStore, case: Id) -> None:
    store.write(lambda w: cases.close(w, case, w.today, "Færdig"))


def years_on(clock: FixedClock, years: int) -> None:
    clock.advance(dt.timedelta(days=round(365.25 * years) + 1))


def of(store: SqlStore, case: Id) -> retention.Closed:
    return next(one for one in store.read(lambda r: retention.closed(r, rules())) if one.case.id == case)


def test_a_health_visitors_journal_is_kept_ten_years_and_another_case_five(
    store: SqlStore, clock: FixedClock
) -> None:
    plain, health = full_case(store), full_case(store, "Ida Prøve", CaseKind.HEALTH_VISITING)
    assert store.read(lambda r: retention.closed(r, rules())) == ()
    for case in (plain, health):
        close(store, case)
    assert of(store, plain).until == dt.date(2031, 11, 21)
    assert of(store, health).until == dt.date(2036, 11, 21)
    assert of(store, health).rule.law
    years_on(clock, 5)
    assert [one.case.id for one in store.read(lambda r: retention.due(r, rules()))] == [plain]
    assert of(store, health).standing is Standing.KEPT


def test_the_rules_that_ship_are_read_and_fewer_years_than_the_law_are_refused() -> None:
    shipped = text("rules", "retention.toml")
    assert read_retention(shipped).access_months == 24
    for old, new in (
        ("years = 10", "years = 9"),
        ("months = 24", "months = 0"),
        ("kinds = []", 'kinds = ["placement"]'),
        ('from = "closed"', 'from = "someday"'),
        ('kinds = ["health_visiting"]', 'kinds = ["unknown"]'),
        ("[[keep]]", "[[keep"),
    ):
        assert old in shipped
        with pytest.raises(RetentionError):
            read_retention(shipped.replace(old, new, 1))


def test_nothing_is_erased_that_is_open_held_kept_or_without_its_archive_copy(
    store: SqlStore, clock: FixedClock, papers: WorkerProcess
) -> None:
    case, keeping = full_case(store), StoreCaseKeeping(papers)

    def refused(words: str) -> None:
        with pytest.raises(UserError, match=words):
            keeping.erase(store, case)

    refused("is open")
    close(store, case)
    refused("must be kept until")
    years_on(clock, 5)
    refused("no archive copy")
    with pytest.raises(UserError, match="why the case must be kept"):
        store.write(lambda w: retention.hold(w, case, "  "))
    hold = store.write(lambda w: retention.hold(w, case, "Klagesag i Ankestyrelsen")).result
    refused("held back")
    store.write(lambda w: retention.lift(w, hold))
    keeping.note_archived(store, case, keeping.archive(store, case))
    assert of(store, case).standing is Standing.ARCHIVED
    store.write(lambda w: people.add(w, case, {"name": "En til"}))
    refused("no archive copy")
    assert of(store, case).standing is Standing.DUE


def test_the_archive_copy_holds_everything_and_its_checksums(store: SqlStore, papers: WorkerProcess) -> None:
    case, keeping = full_case(store), StoreCaseKeeping(papers)
    store.write(lambda w: cases.edit(w, case, {"note": Edit(f"linje\x0b{SECRET}")}))
    packed = zipfile.ZipFile(io.BytesIO(keeping.archive(store, case)))
    names = set(packed.namelist())
    assert {"sag.json", "sag.xml", "LÆS MIG.txt", "checksums.sha256", "dokumenter/001.pdf"} <= names
    assert {"papirer/kronologi.pdf", "papirer/journal.pdf", "papirer/opslag.pdf"} <= names
    assert not any("Emma" in name for name in names)
    for line in packed.read("checksums.sha256").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(packed.read(name)).hexdigest() == digest
    assert len(packed.read("checksums.sha256").decode().splitlines()) == len(names) - 1
    whole = json.loads(packed.read("sag.json"))
    child = next(thing for thing in whole["things"] if thing["type"] == "case")
    assert child["fields"]["child_name"] == "Emma Prøve"
    assert len(whole["acts"]) > 4
    assert packed.read("dokumenter/001.pdf").startswith(FILE)
    root = ElementTree.fromstring(packed.read("sag.xml"))
    assert len(root.findall("things/thing")) == len(whole["things"])
    assert any(SECRET in (element.text or "") for element in root.iter("field"))


def archived(store: SqlStore, clock: FixedClock, keeping: StoreCaseKeeping, case: Id) -> None:
    close(store, case)
    years_on(clock, 5)
    keeping.note_archived(store, case, keeping.archive(store, case))


def test_an_erased_case_is_gone_from_every_table_and_its_headers_are_left(
    tmp_path: Path, store: SqlStore, clock: FixedClock, papers: WorkerProcess
) -> None:
    case, sister, keeping = full_case(store), full_case(store, "Ida Prøve"), StoreCaseKeeping(papers)
    store.write(lambda w: cases.link_siblings(w, case, sister, SiblingKind.FULL))
    stream = store.read(lambda r: r.get(Case, case)).stream
    archived(store, clock, keeping, case)
    count = "SELECT count(*), count(payload), count(header) FROM operations WHERE stream_id = ?"
    entries_there = store.connection.execute(count, (stream,)).fetchone()[0]
    assert keeping.erase(store, case) == entries_there
    assert store.connection.execute(count, (stream,)).fetchone() == (entries_there, 0, entries_there)
    for table, column in (
        ("stream_keys", "stream_id"),
        ("blobs", "stream_id"),
        ("p_case", "stream"),
        ("s_rows", "stream"),
    ):
        found = store.connection.execute(
            f"SELECT count(*) FROM {table} WHERE {column} = ?", (stream,)
        ).fetchone()
        assert found == (0,), table
    assert store.read(lambda r: r.get(Case, case)) is None
    assert [one.child_name for one in store.read(lambda r: r.find(Case))] == ["Ida Prøve"]
    assert store.read(lambda r: cases.view(r, sister)).siblings == ()
    found = store.read(lambda r: searching.search(r, Question(SECRET))).hits
    assert {hit.case.child_name for hit in found if hit.case is not None} == {"Ida Prøve"}
    assert len(store.read(lambda r: r.find(Document))) == 1
    (told,) = store.read(retention.erased)
    assert (told.case, told.rule, told.operations) == (case, "case", entries_there)
    assert len(told.archive) == 64
    assert faults(store) == []
    store.rebuild()
    assert faults(store) == []
    store.close()
    opened = again(tmp_path, clock)
    assert faults(opened) == []
    assert opened.read(lambda r: r.unsent())[0] > 0
    opened.close()


def test_a_payload_that_is_gone_without_the_mark_is_still_a_fault(store: SqlStore) -> None:
    case = full_case(store)
    stream = store.read(lambda r: r.get(Case, case)).stream
    store.connection.execute("UPDATE operations SET payload = NULL WHERE stream_id = ?", (stream,))
    assert any("payload gone" in fault for fault in faults(store))
    assert erasing.marked(store.connection) == frozenset()


def test_an_erasing_that_fails_leaves_the_case_whole(
    store: SqlStore, clock: FixedClock, papers: WorkerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, keeping = full_case(store), StoreCaseKeeping(papers)
    archived(store, clock, keeping, case)

    def breaks(*_given: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(erasing, "_erase_files", breaks)
    with pytest.raises(RuntimeError):
        keeping.erase(store, case)
    assert of(store, case).standing is Standing.ARCHIVED
    assert faults(store) == []
    monkeypatch.undo()
    assert keeping.erase(store, case) > 0


def test_a_file_that_two_cases_hold_stays_in_the_other(
    store: SqlStore, clock: FixedClock, papers: WorkerProcess
) -> None:
    case, other, keeping = full_case(store), register(store, "Ida Prøve"), StoreCaseKeeping(papers)
    same = Taken(FileKind.PDF, ".pdf", FILE + b"Emma Pr\xc3\xb8ve", 1, SECRET)
    store.write(lambda w: documents.attach(w, other, same, {"title": "Samme brev"}))
    archived(store, clock, keeping, case)
    keeping.erase(store, case)
    (left,) = store.read(lambda r: r.find(Document))
    assert store.read(lambda r: r.blob(bytes.fromhex(left.digest))) == same.data
    assert faults(store) == []
