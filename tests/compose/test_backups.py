"""Backups: dated, opened for proof, kept so long, compared, and fetched back beside the living store."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.__main__ import main
from caseworker_app.clock import FixedClock
from caseworker_app.compose.access import Access
from caseworker_app.compose.backups import StoreBackups
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.vault.slots import SlotsFile, slots_path
from db.errors import StoreDamaged, WrongKey
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import NOON, register
from tests.ui.own_window import PASSPHRASE, QUICK, no_keyring, own_ways


class Home:
    """A store of a worker's own with its backups and its ways in."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "own"
        self.clock = FixedClock(NOON)
        self.ways = own_ways(self.folder, self.clock)
        opened = self.ways.found({"name": "Karen Prøve"}, {"municipality": "Prøve Kommune"})
        assert isinstance(opened, SqlStore)
        self.store = opened
        self.emma = register(self.store, "Emma Prøve", school="før")
        self.backups = StoreBackups(self.folder, self.clock)

    def reopen(self, passphrase: str = PASSPHRASE) -> SqlStore:
        self.store.close()
        opened = self.ways.open_by_passphrase(passphrase)
        assert isinstance(opened, SqlStore)
        self.store = opened
        return opened

    def school(self, words: str) -> None:
        self.store.write(lambda w: cases.edit(w, self.emma, {"school": Edit(words)}))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.store.close()
    made.ways.release()


def schools(store: SqlStore) -> list[str]:
    return [case.school for case in store.read(lambda r: r.find(Case))]


def test_a_backup_is_dated_sealed_the_owners_alone_and_holds_every_act(home: Home) -> None:
    assert home.backups.due()
    made = home.backups.back_up(home.store)
    home.backups.check(made, home.store)
    path = home.backups.path(made)
    assert path.name == "store-20261121-110000.db"
    assert not home.backups.due()
    assert b"Emma" not in path.read_bytes()
    assert {one.name for one in path.parent.iterdir()} == {path.name, f"{path.name}.keys"}
    assert all(one.stat().st_mode & 0o077 == 0 for one in path.parent.iterdir())
    compared = home.backups.compare(made, home.store)
    assert compared.same
    assert (compared.acts_now, compared.cases_then) == (compared.acts_then, 1)


def test_it_is_made_while_others_read_and_write(home: Home) -> None:
    with home.store.reading() as reader:  # the log cannot be folded now: the slower way is taken
        home.school("mens der læses")
        reader.execute("SELECT count(*) FROM operations").fetchone()
        home.school("igen")
        held = home.backups.back_up(home.store)
    free = home.backups.back_up(home.store)
    home.school("bagefter")
    for one in (held, free):
        home.backups.check(one, home.store)
        assert home.backups.compare(one, home.store).later == 1
    assert faults(home.store) == []


def test_the_comparison_says_in_whose_case_what_would_be_left_behind(home: Home) -> None:
    made = home.backups.back_up(home.store)
    home.clock.advance(dt.timedelta(hours=5))
    home.school("efter")
    register(home.store, "Ida Prøve")
    found = home.backups.compare(made, home.store)
    assert (found.cases_then, found.cases_now, found.gone) == (1, 2, 0)
    assert sorted(one.child for one in found.cases) == ["Emma Prøve", "Ida Prøve"]
    assert all(one.latest >= NOON + dt.timedelta(hours=4) for one in found.cases)
    assert found.later == sum(one.acts for one in found.cases) + found.others


def test_a_backup_is_laid_beside_and_the_living_store_is_untouched(home: Home) -> None:
    made = home.backups.back_up(home.store)
    home.school("efter")
    beside = home.backups.put_beside(made)
    assert beside != home.folder
    assert schools(home.store) == ["efter"]
    ways = Access(beside, home.clock, find_keyring=no_keyring, parameters=QUICK)
    opened = ways.open_by_passphrase(PASSPHRASE)
    assert isinstance(opened, SqlStore)
    assert schools(opened) == ["før"]
    assert faults(opened) == []
    opened.close()
    ways.release()
    with pytest.raises(UserError, match="in that folder already"):
        home.backups.put_beside(made, beside)


def test_going_on_in_a_backup_puts_the_living_store_aside_whole(home: Home) -> None:
    made = home.backups.back_up(home.store)
    home.school("efter")
    home.ways.backups.continue_with(made)
    store = home.reopen()
    assert schools(store) == ["før"]
    assert home.ways.backups.pending is None
    (aside,) = home.folder.glob("before-store-*")
    ways = Access(aside, home.clock, find_keyring=no_keyring, parameters=QUICK)
    opened = ways.open_by_passphrase(PASSPHRASE)
    assert isinstance(opened, SqlStore)
    assert schools(opened) == ["efter"]
    opened.close()
    ways.release()


def test_a_wrong_passphrase_takes_no_backup_into_use(home: Home) -> None:
    made = home.backups.back_up(home.store)
    home.school("efter")
    home.ways.backups.continue_with(made)
    home.store.close()
    with pytest.raises(UserError, match="not the passphrase"):
        home.ways.open_by_passphrase("noget helt andet")
    assert not list(home.folder.glob("before-store-*"))
    home.ways.backups.continue_with(None)
    assert schools(home.reopen()) == ["efter"]


def test_a_damaged_store_is_put_aside_and_its_backup_goes_on(home: Home) -> None:
    made = home.backups.back_up(home.store)
    home.store.close()
    store = home.folder / "store.db"
    data = bytearray(store.read_bytes())
    data[5000:5100] = bytes(100)
    store.write_bytes(data)
    home.ways.backups.continue_with(made)
    assert schools(home.reopen()) == ["før"]
    (aside,) = home.folder.glob("before-store-*")
    assert (aside / "store.db").read_bytes() == bytes(data)


def test_old_backups_go_after_thirty_days_and_the_newest_stay_however_old(home: Home) -> None:
    for _day in range(35):
        home.backups.back_up(home.store)
        home.clock.advance(dt.timedelta(days=1))
    kept = home.backups.listed()
    assert len(kept) == 31
    assert {one.name for one in (home.folder / "backups").iterdir()} == {
        name for one in kept for name in (f"{one.name}.db", f"{one.name}.db.keys")
    }
    home.clock.advance(dt.timedelta(days=200))
    home.backups.put_away_old()
    assert home.backups.listed() == kept[:3]


def test_a_drill_opens_by_the_key_file_beside_it_and_is_asked_for_each_week(home: Home) -> None:
    assert not home.backups.state().drill_due, "there is nothing to try yet"
    made = home.backups.back_up(home.store)
    assert not home.backups.state().drill_due
    home.clock.advance(dt.timedelta(days=7))
    assert home.backups.state().drill_due
    with pytest.raises(UserError, match="not the passphrase"):
        home.backups.drill(made, "forkert sætning")
    assert home.backups.state().drill_due
    assert home.backups.drill(made, PASSPHRASE) > 0
    state = home.backups.state()
    assert (state.drilled, state.drill_due) == (dt.date(2026, 11, 28), False)
    home.clock.advance(dt.timedelta(days=7))
    assert home.backups.state().drill_due


def test_a_damaged_backup_is_said_put_aside_and_no_backup_any_more(home: Home) -> None:
    made = home.backups.back_up(home.store)
    path = home.backups.path(made)
    data = bytearray(path.read_bytes())
    data[9000] ^= 1
    path.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        home.backups.drill(made, PASSPHRASE)
    with pytest.raises(UserError, match="damaged"):
        home.backups.check(made, home.store)
    assert home.backups.listed() == ()
    assert path.with_suffix(".damaged").read_bytes() == bytes(data)
    assert home.backups.due()
    assert home.backups.state().problem


def test_a_backup_of_another_store_is_refused_in_words(home: Home, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Home(tmp_path / "other")
    theirs = other.backups.back_up(other.store)
    mine = home.backups.folder
    mine.mkdir()
    for source in other.backups.folder.iterdir():
        shutil.copyfile(source, mine / source.name)
    (taken,) = home.backups.listed()
    with pytest.raises(WrongKey):
        home.backups.compare(taken, home.store)
    home.backups.refresh_keys()
    theirs_keys = slots_path(other.backups.path(theirs)).read_bytes()
    assert slots_path(home.backups.path(taken)).read_bytes() == theirs_keys, "its key file stays its own"
    other.store.close()
    other.ways.release()


@pytest.mark.skipif(os.name == "nt", reason="folders have no such bits there")
def test_what_is_no_backup_is_no_backup(home: Home) -> None:
    home.backups.folder.mkdir(mode=0o700)
    for name in ("store-20261121.db", "store-99999999-999999.db", "kopi.db", "store-20261121-110000.txt"):
        (home.backups.folder / name).write_bytes(b"x")
    assert home.backups.listed() == ()
    with pytest.raises(UserError, match="no backup of that name"):
        home.backups.named("store-20261121-110000")
    (home.backups.folder / "store-20261121-110000.db").write_bytes(b"x" * 5000)
    (broken,) = home.backups.listed()
    with pytest.raises(StoreDamaged):
        home.backups.compare(broken, home.store)


def test_the_backups_have_the_living_stores_key_file_and_no_older_one(home: Home) -> None:
    made = home.backups.back_up(home.store)
    living = slots_path(home.folder / "store.db")
    slots = SlotsFile.load(living)
    key = slots.open_with_passphrase(PASSPHRASE).key
    slots.add_recovery(key, NOON)
    assert slots_path(home.backups.path(made)).read_bytes() != living.read_bytes()
    home.backups.refresh_keys()
    assert slots_path(home.backups.path(made)).read_bytes() == living.read_bytes()


def test_the_commands_list_compare_and_lay_a_backup_beside(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = home.backups.back_up(home.store)
    home.school("efter")
    home.store.close()
    home.ways.release()
    monkeypatch.setattr("getpass.getpass", lambda _words: PASSPHRASE)
    place = ["--store", str(home.folder)]
    assert main(["restore", "--list", *place]) == 0
    assert made.name in capsys.readouterr().out
    assert main(["restore", "--compare", *place]) == 0
    assert "only in the living store: 1; only in the backup: 0" in capsys.readouterr().out
    assert main(["restore", made.name, "--into", str(tmp_path / "beside"), *place]) == 0
    assert (tmp_path / "beside" / "store.db").exists()
    assert main(["verify", "--backups", *place]) == 0
    assert main(["restore", "store-20000101-000000", *place]) == 2
    (home.folder / "store.db").write_bytes(b"")
    capsys.readouterr()
    assert main(["restore", *place]) == 0
    assert "cannot be compared" in capsys.readouterr().out
