"""The ways into the user's own store, with the real slots, the real cipher and no mock."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.access import STORE_NAME, Access
from caseworker_app.domain.errors import UserError
from caseworker_app.paths import InstanceLock, lock_path
from caseworker_app.secrets import LOCKED, Finding, KeyringUnavailable
from caseworker_app.services import office
from caseworker_app.services.opening import Ground
from caseworker_app.vault.locks import Argon2Parameters

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
FAST = Argon2Parameters(1, 8 * 1024, 1)
PHRASE = "syv grønne heste over åen"
WORKER = {"name": "Karen Prøve"}
OFFICE = {"municipality": "Prøve Kommune"}


def no_keyring() -> Finding:
    return Finding(None, "There is no keyring.")


class Ring:
    """A keyring in memory with the real backend's manners."""

    name = "Test ring"

    def __init__(self) -> None:
        self.kept: dict[bytes, bytes] = {}

    def store(self, store_id: bytes, key: bytes) -> None:
        self.kept[store_id] = key

    def read(self, store_id: bytes) -> bytes | None:
        return self.kept.get(store_id)

    def forget(self, store_id: bytes) -> None:
        self.kept.pop(store_id, None)

    def find(self) -> Finding:
        return Finding(self, "")  # type: ignore[arg-type]


def access(folder: Path, clock: FixedClock | None = None, **options: object) -> Access:
    options.setdefault("find_keyring", no_keyring)
    return Access(folder / "own", clock or FixedClock(NOW), parameters=FAST, **options)  # type: ignore[arg-type]


def set_up(folder: Path, **options: object) -> str:
    """Make a store and close it; return the recovery code."""
    ways = access(folder, **options)
    code = ways.prepare(PHRASE).recovery_code
    ways.verify_recovery(code)
    ways.verify_passphrase(PHRASE)
    ways.found(WORKER, OFFICE).close()
    ways.release()
    return code


def test_a_place_with_nothing_is_told_from_a_store_that_is_locked(tmp_path: Path) -> None:
    assert access(tmp_path).ground() is Ground.NONE
    set_up(tmp_path)
    assert access(tmp_path).ground() is Ground.LOCKED


def test_no_store_is_made_before_two_ways_in_have_been_opened_with(tmp_path: Path) -> None:
    ways = access(tmp_path)
    code = ways.prepare(PHRASE).recovery_code
    with pytest.raises(UserError, match="Two ways in"):
        ways.found(WORKER, OFFICE)
    ways.verify_recovery(code)
    with pytest.raises(UserError, match="Two ways in"):
        ways.found(WORKER, OFFICE)
    assert not ways.store_path.exists()
    ways.verify_passphrase(PHRASE)
    store = ways.found(WORKER, OFFICE)
    assert store.read(office.house).worker.name == "Karen Prøve"
    store.close()


def test_a_store_opens_by_passphrase_and_by_recovery_code(tmp_path: Path) -> None:
    code = set_up(tmp_path)
    for opened in (
        lambda ways: ways.open_by_passphrase(PHRASE),
        lambda ways: ways.open_by_recovery(code.lower().replace("-", " ")),
    ):
        ways = access(tmp_path)
        store = opened(ways)
        assert store.read(office.house).office.municipality == "Prøve Kommune"
        store.close()
        ways.release()


def test_a_store_opens_by_itself_through_the_keyring(tmp_path: Path) -> None:
    ring = Ring()
    set_up(tmp_path, find_keyring=ring.find)
    ways = access(tmp_path, find_keyring=ring.find)
    store = ways.open_by_keyring()
    assert store is not None
    store.close()
    ways.release()
    assert access(tmp_path).open_by_keyring() is None
    ring.kept = dict.fromkeys(ring.kept, bytes(32))
    assert access(tmp_path, find_keyring=ring.find).open_by_keyring() is None


class Refusing(Ring):
    """A keyring that is there and takes nothing."""

    def store(self, store_id: bytes, key: bytes) -> None:
        raise KeyringUnavailable(LOCKED)


class Forgetting(Ring):
    """A keyring that takes everything and gives nothing back."""

    def read(self, store_id: bytes) -> bytes | None:
        return None


@pytest.mark.parametrize("ring", [Refusing(), Forgetting()])
def test_a_keyring_that_does_not_take_the_key_is_said_and_the_other_ways_are_made(
    tmp_path: Path, ring: Ring
) -> None:
    ways = access(tmp_path, find_keyring=ring.find)
    slots = ways.prepare(PHRASE)
    assert not slots.keyring
    assert slots.keyring_reason
    ways.verify_recovery(slots.recovery_code)
    ways.verify_passphrase(PHRASE)
    ways.found(WORKER, OFFICE).close()
    ways.release()
    again = access(tmp_path, find_keyring=ring.find)
    assert again.open_by_keyring() is None
    again.open_by_passphrase(PHRASE).close()


def test_a_store_that_was_moved_into_a_synced_folder_is_not_used_there(tmp_path: Path) -> None:
    set_up(tmp_path)
    before = everything_in(tmp_path)
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "own").rename(tmp_path / "Dropbox" / "own")
    ways = access(tmp_path / "Dropbox")
    assert ways.ground() is Ground.BROKEN
    problem = ways.problem()
    assert problem is not None
    assert problem.values == {"what": "Dropbox"}
    assert problem.ways_out
    assert everything_in(tmp_path / "Dropbox") == before


def test_a_wrong_passphrase_is_refused_and_the_wait_grows(tmp_path: Path) -> None:
    set_up(tmp_path)
    clock = FixedClock(NOW)
    ways = access(tmp_path, clock)
    waits = []
    for _ in range(6):
        clock.advance(ways.wait_seconds() + 1)
        with pytest.raises(UserError, match="not the passphrase"):
            ways.open_by_passphrase("something else")
        waits.append(ways.wait_seconds())
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    with pytest.raises(UserError, match="Wait"):
        ways.open_by_passphrase(PHRASE)
    again = access(tmp_path, clock)
    assert again.wait_seconds() == waits[-1]
    clock.advance(waits[-1] + 1)
    again.open_by_passphrase(PHRASE).close()
    assert again.wait_seconds() == 0


def test_a_mistyped_recovery_code_says_which_group(tmp_path: Path) -> None:
    ways = access(tmp_path)
    code = ways.prepare(PHRASE).recovery_code
    groups = code.split("-")
    groups[2] = ("A" if groups[2][0] != "A" else "B") + groups[2][1:]
    with pytest.raises(UserError, match="group 3"):
        ways.verify_recovery("-".join(groups))
    with pytest.raises(UserError, match="seven groups"):
        ways.verify_recovery("ABC")


def test_two_instances_on_one_store_are_told_apart(tmp_path: Path) -> None:
    set_up(tmp_path)
    held = InstanceLock(lock_path(tmp_path / "own" / STORE_NAME))
    with pytest.raises(UserError, match="another window"):
        access(tmp_path).open_by_passphrase(PHRASE)
    held.release()
    store = access(tmp_path).open_by_passphrase(PHRASE)
    store.close()


def test_a_key_file_lost_or_damaged_is_said_and_its_copy_still_opens(tmp_path: Path) -> None:
    set_up(tmp_path)
    keys = tmp_path / "own" / (STORE_NAME + ".keys")
    keys.write_bytes(b"{broken")
    ways = access(tmp_path)
    assert ways.ground() is Ground.LOCKED
    ways.open_by_passphrase(PHRASE).close()
    ways.release()
    for path in keys.parent.glob("*.keys*"):
        path.unlink()
    before = (tmp_path / "own" / STORE_NAME).read_bytes()
    lost = access(tmp_path)
    assert lost.ground() is Ground.BROKEN
    problem = lost.problem()
    assert problem is not None
    assert problem.ways_out
    with pytest.raises(UserError, match="already"):
        lost.prepare(PHRASE)
    assert (tmp_path / "own" / STORE_NAME).read_bytes() == before


def test_a_damaged_store_is_said_and_never_replaced(tmp_path: Path) -> None:
    set_up(tmp_path)
    path = tmp_path / "own" / STORE_NAME
    whole = path.read_bytes()
    for damaged in (b"", whole[:1000], whole[:5000], whole[:100] + b"\x00" + whole[101:]):
        path.write_bytes(damaged)
        ways = access(tmp_path)
        with pytest.raises(UserError) as refused:
            ways.open_by_passphrase(PHRASE)
        assert refused.value.ways_out
        ways.release()
        assert path.read_bytes() == damaged
    path.write_bytes(whole)
    access(tmp_path).open_by_passphrase(PHRASE).close()


def test_an_unfinished_set_up_can_be_begun_again_and_its_keys_are_kept_aside(tmp_path: Path) -> None:
    first = access(tmp_path)
    first.prepare(PHRASE)
    first.release()
    ways = access(tmp_path)
    assert ways.ground() is Ground.UNFINISHED
    ways.prepare("en helt anden sætning")
    aside = list((tmp_path / "own").glob("*.unfinished-*"))
    assert len(aside) == 2


@pytest.mark.parametrize("name", ["OneDrive - Lyngdal Kommune", "Dropbox"])
def test_a_synced_folder_is_refused(tmp_path: Path, name: str) -> None:
    ways = Access(tmp_path / name / "x", FixedClock(NOW), find_keyring=no_keyring, parameters=FAST)
    with pytest.raises(UserError, match="network drive"):
        ways.prepare(PHRASE)
    assert not (tmp_path / name).exists()


def test_a_store_whose_first_words_cannot_be_written_is_not_left_half_made(tmp_path: Path) -> None:
    ways = access(tmp_path)
    code = ways.prepare(PHRASE).recovery_code
    ways.verify_recovery(code)
    ways.verify_passphrase(PHRASE)
    with pytest.raises(UserError, match="your name"):
        ways.found({"name": ""}, OFFICE)
    assert not ways.store_path.exists()
    ways.found(WORKER, OFFICE).close()


def test_a_judged_passphrase_says_what_would_make_it_better(tmp_path: Path) -> None:
    ways = access(tmp_path)
    assert not ways.strength("kodeord123").enough
    assert ways.strength(PHRASE).enough


def keys_of(folder: Path) -> list[Path]:
    return sorted((folder / "own").glob("*.keys*"))


def everything_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a store but for the lock and the attempts, which say nothing of what is in it."""
    left_out = (".lock", "attempts.json", "-shm", "-wal")
    return {p.name: p.read_bytes() for p in (folder / "own").iterdir() if not p.name.endswith(left_out)}


@pytest.mark.parametrize("with_copies", [True, False])
def test_the_key_files_of_two_stores_exchanged_open_neither_and_nothing_is_changed(
    tmp_path: Path, with_copies: bool
) -> None:
    ring = Ring()
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        place.mkdir()
        set_up(place, find_keyring=ring.find)
    kept = [everything_in(place) for place in places]
    for name in kept[0] if with_copies else [STORE_NAME + ".keys"]:
        if ".keys" in name:
            for place, other in zip(places, reversed(kept), strict=True):
                (place / "own" / name).write_bytes(other[name])
    exchanged = [everything_in(place) for place in places]
    for place, before in zip(places, exchanged, strict=True):
        ways = access(place, find_keyring=ring.find)
        for opening in (ways.open_by_keyring, lambda ways=ways: ways.open_by_passphrase(PHRASE)):
            with pytest.raises(UserError, match="does not open with this key") as refused:
                opening()
            assert any("another store" in way for way in refused.value.ways_out)
        ways.release()
        assert everything_in(place) == before
    for place, files in zip(places, kept, strict=True):
        for name, data in files.items():
            (place / "own" / name).write_bytes(data)
        ways = access(place)
        ways.open_by_passphrase(PHRASE).close()
        ways.release()
