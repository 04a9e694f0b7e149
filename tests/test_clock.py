"""Time is handed over: real at work, standing still in tests."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.clock import HOME_ZONE, Clock, FixedClock, SystemClock, local_zone

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="reads files of POSIX")


def test_the_machines_clock_gives_aware_utc_a_zone_and_a_date():
    clock: Clock = SystemClock()
    before = datetime.now(UTC)
    assert before <= clock.now() <= before + timedelta(seconds=5)
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.zone() == "Europe/Copenhagen"
    assert isinstance(clock.today(), date)


def test_the_monotonic_clock_never_goes_back():
    clock = SystemClock()
    seen = [clock.monotonic() for _ in range(100)]
    assert seen == sorted(seen)


def test_a_fixed_clock_stands_still_until_it_is_moved():
    clock: Clock = FixedClock(NOON)
    assert clock.now() == clock.now() == NOON
    assert clock.monotonic() == 0.0


def test_advancing_moves_wall_and_monotonic_alike():
    clock = FixedClock(NOON)
    clock.advance(90)
    clock.advance(timedelta(minutes=1))
    assert clock.now() == NOON + timedelta(seconds=150)
    assert clock.monotonic() == 150.0


def test_turning_the_clock_moves_the_wall_only():
    clock = FixedClock(NOON)
    clock.advance(10)
    clock.set(NOON - timedelta(days=400))
    assert clock.now() == NOON - timedelta(days=400)
    assert clock.monotonic() == 10.0


def test_the_local_date_is_the_zones_not_utcs():
    evening = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert FixedClock(evening).today() == date(2027, 1, 1)
    assert FixedClock(evening, "America/Nuuk").today() == date(2026, 12, 31)


def test_a_moment_given_in_another_zone_is_kept_in_utc():
    clock = FixedClock(datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


@given(st.floats(min_value=0, max_value=10**8))
def test_however_far_it_advances_now_follows(seconds):
    clock = FixedClock(NOON)
    clock.advance(seconds)
    assert clock.now() - NOON == timedelta(seconds=seconds)


def test_time_does_not_go_by_backwards_and_a_moment_needs_a_zone():
    clock = FixedClock(NOON)
    for step in (-1, -0.001, timedelta(days=-1)):
        with pytest.raises(ValueError, match="does not go back"):
            clock.advance(step)
    for call in (FixedClock, clock.set):
        with pytest.raises(ValueError, match="needs a zone"):
            call(datetime(2026, 1, 1))  # noqa: DTZ001 - the fault itself
    with pytest.raises(KeyError):
        FixedClock(NOON, "Europe/Herning")


@POSIX
def test_the_zone_is_taken_from_the_variable_the_link_or_the_file(tmp_path):
    link, named, none = tmp_path / "localtime", tmp_path / "timezone", tmp_path / "none"
    link.symlink_to("/usr/share/zoneinfo/America/Nuuk")
    named.write_text("Atlantic/Faroe\n# a comment\n")
    assert local_zone({"TZ": "Europe/Oslo"}, link, named) == "Europe/Oslo"
    assert local_zone({"TZ": ":Europe/Oslo"}, link, named) == "Europe/Oslo"
    assert local_zone({}, link, named) == "America/Nuuk"
    assert local_zone({}, none, named) == "Atlantic/Faroe"


@POSIX
@pytest.mark.parametrize(
    "name",
    ["", "Europe/Herning", "CET-1CEST", "../../etc/passwd", "/etc/localtime", "Europe", "\x00", "æ" * 500],
)
def test_a_machine_that_names_no_known_zone_is_taken_to_be_at_home(tmp_path, name):
    named = tmp_path / "timezone"
    named.write_text(name)
    assert local_zone({"TZ": name}, tmp_path / "none", named) == HOME_ZONE


@POSIX
def test_a_zone_file_that_is_no_text_or_a_folder_is_passed_over(tmp_path):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    assert local_zone({}, tmp_path / "none", tmp_path / "bytes") == HOME_ZONE
    assert local_zone({}, tmp_path / "none", tmp_path) == HOME_ZONE
