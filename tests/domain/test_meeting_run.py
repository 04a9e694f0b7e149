"""How much time a meeting has left, whose turn it is, and what differs between two versions of its minutes."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.meeting_run import Pace, TimeLeft, next_speaker, time_left
from caseworker_app.domain.minutes import Change, differences, sentences

DENMARK = ZoneInfo("Europe/Copenhagen")
WHEN = TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12, 0))


def at(hour: int, minute: int = 0, day: dt.date = WHEN.day) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), DENMARK)


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        (at(9, 59), TimeLeft(Pace.ANOTHER_TIME)),
        (at(10, 30), TimeLeft(Pace.GOES_ON, 90)),
        (at(11, 49), TimeLeft(Pace.GOES_ON, 11)),
        (at(11, 50), TimeLeft(Pace.SUM_UP, 10)),
        (at(11, 59), TimeLeft(Pace.SUM_UP, 1)),
        (at(12, 0), TimeLeft(Pace.OVER)),
        (at(13, 59), TimeLeft(Pace.OVER)),
        (at(14, 1), TimeLeft(Pace.ANOTHER_TIME)),
    ],
)
def test_the_summary_is_warned_of_ten_minutes_before_the_end(moment, left):
    assert time_left(WHEN, moment, DENMARK) == left


def test_the_warning_comes_when_the_meeting_says_so():
    assert time_left(WHEN, at(11, 31), DENMARK, warn=30).pace is Pace.SUM_UP
    assert time_left(WHEN, at(11, 59), DENMARK, warn=0).pace is Pace.GOES_ON


def test_a_meeting_across_midnight_ends_the_next_day():
    late = TimeSpan(WHEN.day, dt.time(23, 0), dt.time(0, 30))
    assert time_left(late, at(23, 30), DENMARK) == TimeLeft(Pace.GOES_ON, 60)
    after = at(0, 25, WHEN.day + dt.timedelta(days=1))
    assert time_left(late, after, DENMARK) == TimeLeft(Pace.SUM_UP, 5)


def test_the_clock_that_is_put_on_in_spring_takes_its_hour_of_the_time_left():
    night = TimeSpan(dt.date(2026, 3, 29), dt.time(1, 0), dt.time(4, 0))
    assert time_left(night, at(1, 0, night.day), DENMARK).minutes == 120


def test_a_meeting_without_a_time_says_none():
    assert time_left(None, at(11), DENMARK) == TimeLeft(Pace.ANOTHER_TIME)


def test_the_round_goes_on_from_who_speaks_and_begins_again():
    here = [b"a", b"b", b"c"]
    assert next_speaker(here, None) == b"a"
    assert [next_speaker(here, one) for one in here] == [b"b", b"c", b"a"]
    assert next_speaker(here, b"gone") == b"a"
    assert next_speaker([], b"a") is None


BEFORE = "# Bekymringer\nEmma sover dårligt. Fraværet er højt.\n# Aftaler\nSkolen ringer hver mandag"
AFTER = "# Bekymringer\nEmma sover dårligt. Fraværet er 20 procent.\n# Aftaler\nSkolen ringer hver mandag\nMor skriver"


def test_what_differs_stands_side_by_side_by_the_sentence():
    rows = differences(BEFORE, AFTER)
    assert [(row.heading, row.change) for row in rows] == [
        ("Bekymringer", Change.SAME),
        ("Bekymringer", Change.CHANGED),
        ("Aftaler", Change.SAME),
        ("Aftaler", Change.NEW),
    ]
    assert (rows[1].before, rows[1].after) == ("Fraværet er højt.", "Fraværet er 20 procent.")
    assert rows[3].before == ""


TEXTS = st.lists(
    st.sampled_from(["Emma sover.", "Far kom for sent.", "Mor er glad! Hun ringer.", "# Aftaler"])
)


@given(TEXTS, TEXTS)
def test_no_sentence_of_either_version_is_lost(before, after):
    rows = differences("\n".join(before), "\n".join(after))
    assert sorted(r.before for r in rows if r.before) == sorted(s for _h, s in sentences("\n".join(before)))
    assert sorted(r.after for r in rows if r.after) == sorted(s for _h, s in sentences("\n".join(after)))
    for row in rows:
        assert (row.change is Change.SAME) == (row.before == row.after)
