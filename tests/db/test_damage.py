"""A thousand damaged files: each store opens clean or is refused in words, and none is replaced by another."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.document import Document, FileKind, Taken
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.person import Person
from caseworker_app.services import documents, people
from caseworker_app.vault.errors import VaultError
from caseworker_app.vault.slots import SlotsFile, slots_path
from db.store import SqlStore
from tests.helpers.stores import NOON, again, founded, register
from tests.ui.own_window import PASSPHRASE, own_ways

FILES = 1000
PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A store that was ended in the middle: its file, and the log beside it."""
    folder = tmp_path_factory.mktemp("whole")
    store = founded(folder)
    for n in range(6):
        case = register(store, f"Barn {n} Prøve")
        store.write(lambda w, case=case: people.add(w, case, {"name": "Mona Prøve"}))
    taken = Taken(FileKind.PDF, ".pdf", bytes(range(256)) * 90, 1, "ord")
    store.write(lambda w: documents.attach(w, case, taken, {"title": "Brev"}))
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    main = (folder / "store.db").read_bytes()
    store.write(lambda w: people.add(w, case, {"name": "Sidst Skrevet"}))
    log = (folder / "store.db-wal").read_bytes()
    store.close()
    assert log
    return {"store.db": main, "store.db-wal": log}


def damaged(chance: random.Random, data: bytes) -> bytes:
    """Return some bytes as an accident leaves them."""
    found = bytearray(data)
    at = chance.randrange(len(found))
    how = chance.randrange(9)
    if how == 0:
        found[at] ^= 1 << chance.randrange(8)
    elif how == 1:
        del found[at:]
    elif how == 2:
        found[at : at + 512] = bytes(min(512, len(found) - at))
    elif how == 3:
        page, other = (chance.randrange(max(1, len(found) // PAGE)) * PAGE for _ in range(2))
        found[page : page + PAGE], found[other : other + PAGE] = (
            found[other : other + PAGE],
            found[page : page + PAGE],
        )
    elif how == 4:
        found[at : at + 64] = chance.randbytes(min(64, len(found) - at))
    elif how == 5:
        found += chance.randbytes(chance.choice((1, 100, PAGE)))
    elif how == 6:
        found[:16] = b"SQLite format 3\0"
    elif how == 7:
        del found[at : at + PAGE]
    else:
        found = bytearray(chance.randbytes(chance.choice((0, 1, 100, PAGE, 3 * PAGE))))
    return bytes(found)


def everything(store: SqlStore) -> list[object]:
    """Read all that a window would come to read."""
    return [
        store.read(lambda r: [case.child_name for case in r.find(Case)]),
        store.read(lambda r: len(r.find(Person))),
        store.read(lambda r: [r.blob(bytes.fromhex(one.digest)) for one in r.find(Document)]),
        store.read(lambda r: len(r.history(limit=500))),
    ]


def try_files(whole: dict[str, bytes], folder: Path, count: int, seed: int) -> tuple[int, int]:
    """Damage a store again and again and open it; return how often it opened clean, and how often it was refused."""
    chance = random.Random(seed)
    path, log = folder / "store.db", folder / "store.db-wal"
    (folder / "backups").mkdir(exist_ok=True)
    path.write_bytes(whole["store.db"])
    log.write_bytes(whole["store.db-wal"])
    opened = again(folder)
    with_log = everything(opened)
    opened.close()
    path.write_bytes(whole["store.db"])
    log.unlink(missing_ok=True)
    opened = again(folder)
    without_log = everything(opened)
    opened.close()
    clean = refused = 0
    for n in range(count):
        for leftover in folder.glob("store.db*"):
            leftover.unlink()
        in_log = chance.random() < 0.25
        main = whole["store.db"] if in_log else damaged(chance, whole["store.db"])
        path.write_bytes(main)
        logged = False
        if in_log or chance.random() < 0.3:
            log.write_bytes(damaged(chance, whole["store.db-wal"]) if in_log else whole["store.db-wal"])
            logged = True
        try:
            store = again(folder)
            try:
                read = everything(store)
            finally:
                store.close()
        except UserError as error:
            refused += 1
            assert error.message
            assert error.ways_out, f"{n}: {type(error).__name__} says what to do"
            assert path.exists(), "the file is still there"
            if not logged:  # a log that fits is folded into the file, as it is meant to be
                assert path.read_bytes() == main, f"{n}: a refused store is left as it was"
        else:
            clean += 1
            assert read in (with_log, without_log), f"{n}: what opens is what was written"
        assert not list((folder / "backups").iterdir())
    return clean, refused


def test_damaged_stores_open_clean_or_are_refused_in_words_and_none_is_replaced(whole, tmp_path):
    clean, refused = try_files(whole, tmp_path, 40, 1)
    assert clean > 2
    assert refused > 10


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_thousand_damaged_stores_open_clean_or_are_refused_in_words(whole, tmp_path):
    clean, refused = try_files(whole, tmp_path, FILES, 2)
    assert clean + refused == FILES
    assert min(clean, refused) > FILES // 20


def test_a_damaged_key_file_opens_by_what_is_left_or_is_refused_and_is_kept(tmp_path):
    ways = own_ways(tmp_path / "own", FixedClock(NOON))
    ways.found({"name": "Lone Kjær"}, {"municipality": "Hedeby Kommune"}).close()
    ways.release()
    path = slots_path(tmp_path / "own" / "store.db")
    data, chance = path.read_bytes(), random.Random(3)
    for _ in range(120):
        broken = damaged(chance, data)
        path.write_bytes(broken)
        try:
            slots = SlotsFile.load(path)
            slots.open_with_passphrase(PASSPHRASE)
        except VaultError:
            assert SlotsFile.load_copy(path).open_with_passphrase(PASSPHRASE).key
        assert path.read_bytes() == broken, "reading never writes"
