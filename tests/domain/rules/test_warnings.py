"""What is missing or has run on is said."""

from __future__ import annotations

import pytest

from caseworker_app.domain.rules.periods import Period, Unit
from caseworker_app.domain.rules.schedule import RhythmDecision
from caseworker_app.domain.rules.timeline import RuleSetTimeline
from caseworker_app.domain.rules.warnings import overrun_warning, rhythm_warnings
from tests.domain.rules.given import D, herning, shipped

LAW = shipped("bl-2024")
HELD = [D("2026-04-01")]


def decision(reasons: str = "Fordi.", wish: str = "Gerne.") -> RhythmDecision:
    return RhythmDecision(D("2026-04-01"), Period(3, Unit.MONTHS), reasons, wish)


def codes(held, decisions, law=LAW, rule="follow_up") -> list[str]:
    return [warning.code for warning in rhythm_warnings(law, rule, held, decisions)]


def test_a_missing_decision_on_the_rhythm_is_said_once_the_first_follow_up_is_held():
    assert codes([], []) == []
    assert codes(HELD, []) == ["missing_rhythm_decision"]
    (warning,) = rhythm_warnings(LAW, "follow_up", HELD, [])
    assert "2026-04-01" in str(warning.words) and "§ 95" in str(warning.words)


@pytest.mark.parametrize(
    ("reasons", "wish", "expected"),
    [
        ("Fordi.", "Gerne.", []),
        (" ", "Gerne.", ["rhythm_without_reasons"]),
        ("Fordi.", "", ["rhythm_without_child_wish"]),
        ("", "", ["rhythm_without_reasons", "rhythm_without_child_wish"]),
    ],
)
def test_a_decision_has_reasons_and_the_child_s_wish(reasons, wish, expected):
    assert codes(HELD, [decision(reasons, wish)]) == expected


def test_where_no_decision_is_asked_for_none_is_missing():
    assert codes(HELD, [], herning(), "foster") == []
    assert codes(HELD, [], shipped("sel-2011")) == []
    assert codes(HELD, [], LAW, "no_such_rule") == []


@pytest.mark.parametrize(("kind", "last"), [("mst", "2026-06-05"), ("family_centre", "2026-09-05")])
def test_a_course_open_after_its_last_date_is_said(kind, last):
    start, day = D("2026-01-05"), D(last)
    later = D("2026-12-01")
    for rules in (herning(), RuleSetTimeline.of(herning())):
        assert overrun_warning(rules, kind, start, day) is None
        warning = overrun_warning(rules, kind, start, later)
        assert warning is not None and last in str(warning.words)
        assert overrun_warning(rules, kind, start, later, end=day) is None
    assert overrun_warning(herning(), "foster", start, D("2036-01-01")) is None
