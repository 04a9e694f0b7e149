"""Wrong passphrases: each waits longer than the one before, whatever is done to clock, file and program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.vault.attempts import LONGEST_WAIT_SECONDS, Attempts, wait_seconds

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def failed_times(path, times: int) -> Attempts:
    attempts = Attempts(path)
    for _ in range(times):
        attempts.failed(NOW)
    return attempts


def test_a_wrong_passphrase_waits_longer_each_time():
    assert [wait_seconds(n) for n in range(12)] == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300]


@given(st.integers(min_value=0, max_value=10**9))
def test_no_wait_is_longer_than_five_minutes(failures):
    assert 0 <= wait_seconds(failures) <= LONGEST_WAIT_SECONDS
    assert wait_seconds(failures) <= wait_seconds(failures + 1)


def test_the_first_slip_costs_nothing(tmp_path):
    attempts = Attempts(tmp_path / "a")
    assert attempts.check(NOW) == 0
    assert attempts.failed(NOW) == 0
    assert attempts.check(NOW) == 0


def test_the_wait_runs_down_and_ends(tmp_path):
    attempts = failed_times(tmp_path / "a", 6)
    assert [attempts.check(later(s)) for s in (0, 0.5, 1, 15.9, 16, 100)] == [16, 16, 15, 1, 0, 0]


def test_a_restart_does_not_end_the_wait(tmp_path):
    failed_times(tmp_path / "a", 6)
    again = Attempts(tmp_path / "a")
    assert again.failures == 6
    assert again.check(later(6)) == 10


def test_setting_the_clock_back_does_not_shorten_the_wait_and_does_not_lock_out_for_years(tmp_path):
    attempts = failed_times(tmp_path / "a", 6)
    long_ago = NOW - timedelta(days=400)
    assert attempts.check(long_ago) == 16
    assert attempts.check(long_ago + timedelta(seconds=10)) == 6
    assert Attempts(tmp_path / "a").check(long_ago + timedelta(seconds=16)) == 0


def test_opening_forgets_the_failures(tmp_path):
    attempts = failed_times(tmp_path / "a", 6)
    attempts.succeeded()
    assert attempts.check(NOW) == 0
    assert Attempts(tmp_path / "a").failures == 0
    attempts.succeeded()


def test_each_store_has_its_own_count(tmp_path):
    failed_times(tmp_path / "one", 9)
    assert Attempts(tmp_path / "two").check(NOW) == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"failures": "many", "since": "2026-01-01T00:00:00+00:00"}',
     b'{"failures": -5, "since": "2026-01-01T00:00:00+00:00"}', b'{"failures": 3, "since": "yesterday"}',
     b'{"failures": 3, "since": "2026-01-01T00:00:00"}', b'{"failures": 3, "since": 7}', b'{"failures": 1e999}',
     b"[" * 100_000],
)  # fmt: skip
def test_a_spoilt_file_is_neither_a_way_to_start_afresh_nor_a_lock_out(tmp_path, content):
    path = tmp_path / "a"
    path.write_bytes(content)
    attempts = Attempts(path)
    assert attempts.check(NOW) == wait_seconds(5)
    assert attempts.check(later(8)) == 0
    assert attempts.failed(later(8)) == wait_seconds(6)


def test_a_place_that_cannot_be_written_still_counts_while_the_program_runs(tmp_path):
    (tmp_path / "file").write_text("no folder")
    attempts = Attempts(tmp_path / "file" / "a")
    for _ in range(7):
        attempts.failed(NOW)
    assert not attempts.kept
    assert attempts.check(NOW) > 0


def test_the_file_is_private_and_holds_a_count_and_a_time_only(tmp_path):
    failed_times(tmp_path / "a", 3)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "a").read_text() == '{"failures": 3, "since": "2026-11-21T09:00:00+00:00"}'
