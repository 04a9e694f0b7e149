"""The ways in looked after: changed, added, taken away, each tried; any one of them destroyed, the others open."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.__main__ import main
from caseworker_app.clock import FixedClock
from caseworker_app.compose.access import Access
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.vault.slots import SlotsFile, slots_path
from caseworker_app.vault.wrapping import ExchangeKey
from db.store import SqlStore
from tests.helpers.stores import NOON, register
from tests.test_access import Ring
from tests.ui.own_window import PASSPHRASE, QUICK

NEW = "syv grønne heste over åen"
STRANGE = "helt anderledes ord her"


class Own:
    """A store with a keyring, a passphrase and a recovery sheet."""

    def __init__(self, root: Path) -> None:
        self.folder, self.clock, self.ring = root / "own", FixedClock(NOON), Ring()
        self.ways = self.again()
        self.code = self.ways.prepare(PASSPHRASE).recovery_code
        self.ways.verify_recovery(self.code)
        self.ways.verify_passphrase(PASSPHRASE)
        opened = self.ways.found({"name": "Karen Prøve"}, {"municipality": "Prøve Kommune"})
        assert isinstance(opened, SqlStore)
        self.store = opened
        register(self.store, "Emma Prøve")

    def again(self, ring: Ring | None = None) -> Access:
        """Return ways in as a program started anew has them."""
        found = (ring or self.ring).find
        return Access(self.folder, self.clock, find_keyring=found, parameters=QUICK)

    @property
    def kinds(self) -> list[str]:
        return [way.kind for way in self.ways.keys.ways()]

    def opens(self, passphrase: str) -> bool:
        try:
            SlotsFile.load(slots_path(self.folder / "store.db")).open_with_passphrase(passphrase)
        except Exception:  # noqa: BLE001 - whatever the reason, it does not open
            return False
        return True


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Own]:
    made = Own(tmp_path)
    yield made
    made.store.close()
    made.ways.release()


def test_a_changed_passphrase_opens_the_old_one_does_not_and_the_day_it_was_tried_is_noted(own: Own) -> None:
    backup = own.ways.backups.back_up(own.store)
    own.clock.advance(dt.timedelta(days=40))
    own.ways.keys.change_passphrase(PASSPHRASE, NEW)
    assert own.opens(NEW)
    assert not own.opens(PASSPHRASE)
    way = own.ways.keys.ways()[-1]
    assert (way.kind, way.tried, way.whole) == ("passphrase", own.clock.now().replace(microsecond=0), True)
    assert own.kinds.count("passphrase") == 1
    own.ways.backups.drill(backup, NEW)
    with pytest.raises(UserError, match="not the passphrase"):
        own.ways.backups.drill(backup, PASSPHRASE)


def test_the_passphrase_is_not_changed_without_the_one_of_the_moment_nor_for_a_weak_one(own: Own) -> None:
    before = slots_path(own.folder / "store.db").read_bytes()
    for now, new, words in (
        (STRANGE, NEW, "not the passphrase"),
        (PASSPHRASE, "kode1234", "too easy"),
        (PASSPHRASE, PASSPHRASE, "the passphrase you have"),
    ):
        with pytest.raises(UserError, match=words):
            own.ways.keys.change_passphrase(now, new)
    assert slots_path(own.folder / "store.db").read_bytes() == before
    for _ in range(3):
        with pytest.raises(UserError):
            own.ways.keys.change_passphrase(STRANGE, NEW)
    assert own.ways.wait_seconds() > 0, "guessing here waits as it does at the door"


def test_a_new_recovery_sheet_counts_once_it_is_typed_back_and_the_old_one_until_then(own: Own) -> None:
    code = own.ways.keys.new_recovery(PASSPHRASE)
    own.ways.keys.try_recovery(own.code)
    with pytest.raises(UserError, match="older sheet"):
        own.ways.keys.prove_recovery(own.code)
    own.ways.keys.prove_recovery(code)
    own.ways.keys.try_recovery(code)
    with pytest.raises(UserError, match="another store"):
        own.ways.keys.try_recovery(own.code)
    assert own.kinds.count("recovery") == 1


def test_a_new_recovery_code_nobody_typed_back_is_taken_away_again(own: Own) -> None:
    own.ways.keys.new_recovery(PASSPHRASE)
    code = own.ways.keys.new_recovery(PASSPHRASE)
    assert own.kinds.count("recovery") == 2
    own.ways.keys.forget_recovery()
    own.ways.keys.forget_recovery()
    assert own.kinds.count("recovery") == 1
    with pytest.raises(UserError):
        own.ways.keys.try_recovery(code)
    own.ways.keys.try_recovery(own.code)


def test_the_keyring_is_taken_away_and_given_back(own: Own) -> None:
    keyring = next(way for way in own.ways.keys.ways() if way.kind == "keyring")
    own.ways.keys.remove(PASSPHRASE, keyring.id)
    assert "keyring" not in own.kinds
    with pytest.raises(UserError):
        own.ways.keys.try_keyring()
    own.ways.keys.add_keyring(PASSPHRASE)
    own.ways.keys.try_keyring()
    own.ways.keys.add_keyring(PASSPHRASE)
    assert own.kinds.count("keyring") == 1


def test_two_ways_in_that_were_tried_are_always_left(own: Own) -> None:
    for kind in ("keyring", "recovery"):
        way = next(way for way in own.ways.keys.ways() if way.kind == kind)
        if kind == "keyring":
            own.ways.keys.remove(PASSPHRASE, way.id)
        else:
            with pytest.raises(UserError, match="must be left"):
                own.ways.keys.remove(PASSPHRASE, way.id)
    assert own.kinds == ["passphrase", "recovery"]


def test_an_organisations_key_counts_once_its_holder_has_tried_it_and_lets_somebody_in(own: Own) -> None:
    theirs, other = ExchangeKey.generate(), ExchangeKey.generate()
    spoken = " ".join(theirs.public.hex()[n : n + 8] for n in range(0, 64, 8)).upper()
    for public, name, words in (
        ("12ab", "Kommunen", "64 digits"),
        (spoken, " ", "whose key"),
        ("0" * 64, "Kommunen", "no public key"),
    ):
        with pytest.raises(UserError, match=words):
            own.ways.keys.add_organisation(PASSPHRASE, name, public)
    own.ways.keys.add_organisation(PASSPHRASE, "Prøve Kommune", spoken)
    way = own.ways.keys.ways()[-1]
    assert (way.kind, way.name, way.tried) == ("organisation", "Prøve Kommune", None)
    with pytest.raises(UserError, match="does not open"):
        own.ways.keys.try_organisation(other)
    own.ways.keys.try_organisation(theirs)
    assert own.ways.keys.ways()[-1].tried is not None
    own.ways.keys.let_in(theirs, NEW)
    assert own.opens(NEW)
    assert not own.opens(PASSPHRASE)


def test_any_one_way_in_may_be_destroyed_and_the_store_still_opens_by_each_other(own: Own) -> None:
    own.store.close()
    own.ways.release()
    path = slots_path(own.folder / "store.db")
    whole = path.read_bytes()
    for number, slot in enumerate(json.loads(whole)["slots"]):
        broken = json.loads(whole)
        broken["slots"][number]["wrapped" if "wrapped" in slot else "name"] = "00"
        path.write_text(json.dumps(broken), encoding="utf-8")
        ways = own.again()
        for kind, opener in (
            ("passphrase", lambda w: w.open_by_passphrase(PASSPHRASE)),
            ("recovery", lambda w: w.open_by_recovery(own.code)),
            ("keyring", lambda w: w.open_by_keyring()),
        ):
            if kind == slot["kind"]:
                continue
            own.clock.advance(dt.timedelta(minutes=10))
            store = opener(ways)
            assert [case.child_name for case in store.read(lambda r: r.find(Case))] == ["Emma Prøve"]
            store.close()
        ways.release()
    path.write_bytes(whole)


def test_a_store_copied_to_another_machine_opens_only_by_passphrase_or_recovery(
    own: Own, tmp_path: Path
) -> None:
    import shutil

    own.store.close()
    own.ways.release()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(own.folder, elsewhere)
    theirs = Ring()  # the other machine's keyring knows nothing of it
    for opener, opens in (
        (lambda w: w.open_by_keyring(), False),
        (lambda w: w.open_by_passphrase(PASSPHRASE), True),
        (lambda w: w.open_by_recovery(own.code), True),
    ):
        ways = Access(elsewhere, own.clock, find_keyring=theirs.find, parameters=QUICK)
        store = opener(ways)
        assert (store is not None) is opens
        if store is not None:
            store.close()
        ways.release()
    ways = Access(elsewhere, own.clock, find_keyring=theirs.find, parameters=QUICK)
    for wrong in (lambda: ways.open_by_passphrase(STRANGE), lambda: ways.open_by_recovery("0" * 35)):
        with pytest.raises(UserError):
            wrong()
    assert theirs.kept == {}
    ways.release()


@pytest.mark.slow
def test_the_organisations_key_is_made_tried_and_used_from_the_command_line(
    own: Own, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "kommune.key"
    assert main(["organisation-key", "make", str(key)]) == 0
    public = capsys.readouterr().out.splitlines()[-1]
    assert key.stat().st_mode & 0o077 == 0
    assert main(["organisation-key", "make", str(key)]) == 2, "a key that is there is never written over"
    place = ["--store", str(own.folder)]
    assert main(["organisation-key", "try", str(key), *place]) == 2
    own.ways.keys.add_organisation(PASSPHRASE, "Prøve Kommune", public)
    assert main(["organisation-key", "try", str(key), *place]) == 0
    own.store.close()
    own.ways.release()
    monkeypatch.setattr("getpass.getpass", lambda _words: NEW)
    assert main(["organisation-key", "let-in", str(key), *place]) == 0
    assert own.opens(NEW)
    key.write_text("{}", encoding="utf-8")
    assert main(["organisation-key", "try", str(key), *place]) == 2
    capsys.readouterr()
