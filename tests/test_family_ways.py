"""The ways back from Familievisning: PIN and passphrase, with the real slots and the real hash."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.access import Access
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family_pin import TRIES, check_pin
from caseworker_app.vault.locks import Argon2Parameters
from caseworker_app.vault.pin import hash_pin, is_pin
from tests.test_access import NOW, PHRASE, Ring, access, set_up

PIN = "2580"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def ways(tmp_path: Path, clock: FixedClock) -> Access:
    set_up(tmp_path)
    return access(tmp_path, clock)


def wait_out(ways: Access, clock: FixedClock) -> None:
    clock.set(clock.now() + dt.timedelta(seconds=ways.pin_state().wait_seconds))


def wrong(ways: Access, clock: FixedClock, hashed: str, times: int) -> None:
    for _ in range(times):
        wait_out(ways, clock)
        with pytest.raises(UserError):
            ways.check_pin(hashed, "1397")


def test_the_right_pin_is_taken_and_another_is_not(ways):
    hashed = ways.hash_pin(PIN)
    assert PIN not in hashed
    assert ways.hash_pin(PIN) != hashed
    ways.check_pin(hashed, PIN)
    with pytest.raises(UserError, match="not the PIN"):
        ways.check_pin(hashed, "2581")


def test_wrong_pins_wait_longer_each_time(ways, clock):
    hashed, waits = ways.hash_pin(PIN), []
    for _ in range(TRIES):
        wrong(ways, clock, hashed, 1)
        waits.append(ways.pin_state().wait_seconds)
    assert waits == [0, 1, 2, 4, 8]


def test_no_pin_is_tried_while_it_has_to_wait(ways, clock):
    hashed = ways.hash_pin(PIN)
    wrong(ways, clock, hashed, 2)
    with pytest.raises(UserError, match="Wait"):
        ways.check_pin(hashed, PIN)
    wait_out(ways, clock)
    ways.check_pin(hashed, PIN)
    assert ways.pin_state().wait_seconds == 0


def test_after_five_wrong_pins_only_the_passphrase_counts_also_after_a_restart(ways, clock, tmp_path):
    hashed = ways.hash_pin(PIN)
    wrong(ways, clock, hashed, TRIES)
    clock.set(clock.now() + dt.timedelta(days=1))
    for there in (ways, access(tmp_path, clock)):
        assert there.pin_state().spent
        with pytest.raises(UserError, match="too many times"):
            there.check_pin(hashed, PIN)
    ways.check_passphrase(PHRASE)
    assert not ways.pin_state().spent
    ways.check_pin(hashed, PIN)


def test_a_wrong_passphrase_is_counted_with_those_of_the_lock(ways):
    for _ in range(2):
        with pytest.raises(UserError, match="not the passphrase"):
            ways.check_passphrase("noget andet")
    assert ways.wait_seconds() == 1
    with pytest.raises(UserError, match="Wait"):
        ways.check_passphrase(PHRASE)


def test_a_hash_that_cannot_be_read_is_nobodys_pin(ways):
    for hashed in ("", "2580", "$argon2id$v=19$m=4294967295,t=9,p=9$c2FsdHNhbHQ$aGFzaGhhc2g"):
        with pytest.raises(UserError, match="not the PIN"):
            access_fresh(ways).check_pin(hashed, PIN)


def access_fresh(ways: Access) -> Access:
    ways.worker_proved()
    return ways


def test_the_keyring_opens_nothing_after_the_family_looked_on_until_the_worker_is_there(tmp_path):
    ring = Ring()
    set_up(tmp_path, find_keyring=ring.find)
    ways = access(tmp_path, find_keyring=ring.find)
    ways.family_began()
    killed = access(tmp_path, find_keyring=ring.find)
    assert killed.open_by_keyring() is None
    store = killed.open_by_passphrase(PHRASE)
    store.close()
    killed.release()
    again = access(tmp_path, find_keyring=ring.find)
    opened = again.open_by_keyring()
    assert opened is not None
    opened.close()
    again.release()


@pytest.mark.parametrize("pin", ["", "123", "123456789", "25 8", "25a8", "٢٥٨٠", "0000", "1234", "8765"])
def test_a_pin_that_is_no_pin_or_guessed_first_is_refused(pin):
    with pytest.raises(InvalidInput):
        check_pin(pin)


@pytest.mark.parametrize("pin", ["2580", "1397", "90210", "20262611"])
def test_four_to_eight_digits_make_a_pin(pin):
    check_pin(pin)


def test_the_shipped_hash_asks_for_memory():
    hashed = hash_pin(PIN)
    assert "m=65536" in hashed
    assert is_pin(hashed, PIN)
    assert not is_pin(hash_pin(PIN, Argon2Parameters(1, 1024, 1)), "1397")
