"""Instruments as data: what ships is whole, sums and ranges are checked, missing answers are counted by the rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain import instruments
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.instruments import TOTAL, Fill, Respondent
from caseworker_app.domain.instruments_reading import InstrumentError, read_instruments

SHIPPED = ShippedBooks().shipped_instruments()
SDQ, EPDS = SHIPPED["sdq"], SHIPPED["epds"]
PARTS = ("emotional", "conduct", "hyperactivity", "peer")

MISSING = (
    # answers of one SDQ scale (None: not answered), and what the scale comes to; None: it counts for nothing
    ((0, 0, 0, 0, 0), 0),
    ((2, 2, 2, 2, 2), 10),
    ((1, 0, 2, 1, 0), 4),
    ((1, 0, 2, 1, None), 5),
    ((2, 0, 0, 0, None), 3),  # 2.5 is rounded up
    ((1, 1, 1, 0, None), 4),  # 3.75
    ((1, 0, 0, 0, None), 1),  # 1.25
    ((0, 0, 0, 0, None), 0),
    ((2, 2, 2, None, None), 10),
    ((1, 1, 0, None, None), 3),  # 3.33
    ((1, 0, 0, None, None), 2),  # 1.67
    ((2, 2, None, None, None), None),
    ((2, None, None, None, None), None),
    ((None, None, None, None, None), None),
)


def test_a_scale_of_sdq_counts_from_three_answers_on_and_is_their_mean_times_five():
    for answers, expected in MISSING:
        assert instruments.from_items(answers) == (None if expected is None else expected * 100), answers


@given(st.lists(st.integers(0, 2) | st.none(), min_size=5, max_size=5))
def test_a_scale_from_answers_stays_within_its_range_and_none_missing_is_the_sum(answers):
    found = instruments.from_items(answers)
    if found is not None:
        assert 0 <= found <= 1000
        assert found % 100 == 0
    if None not in answers:
        assert found == sum(answers) * 100


def test_the_total_of_sdq_is_its_four_problem_scales_and_there_is_none_when_one_is_missing():
    scores = {"emotional": 400, "conduct": 100, "hyperactivity": 300, "peer": 100, "prosocial": 900}
    assert instruments.total_of(SDQ, scores) == 900, "the strengths are not in it"
    assert SDQ.scale(TOTAL).highest == 4000
    for part in PARTS:
        rest = {name: value for name, value in scores.items() if name != part}
        assert instruments.total_of(SDQ, rest) is None


@given(st.fixed_dictionaries({part: st.integers(0, 10) for part in PARTS}))
def test_a_total_that_is_written_must_be_the_sum_and_is_not_kept_beside_its_parts(values):
    given_scores = {name: value * 100 for name, value in values.items()}
    added = sum(given_scores.values())
    assert instruments.checked(SDQ, {**given_scores, TOTAL: added}) == given_scores
    wrong = added + 100 if added < 4000 else added - 100
    with pytest.raises(InvalidInput, match="together"):
        instruments.checked(SDQ, {**given_scores, TOTAL: wrong})


def test_a_score_outside_its_range_or_between_its_steps_is_refused_for_every_scale_that_ships():
    for instrument in SHIPPED.values():
        for scale in instrument.scales:
            rest = {one.id: one.lowest for one in instrument.scales if one.alarm and one.id != scale.id}
            for bad in (scale.lowest - 1, scale.lowest - 100, scale.highest + 1, scale.highest + 100):
                with pytest.raises(InvalidInput):
                    instruments.checked(instrument, {**rest, scale.id: bad})
            if scale.step > 1:
                with pytest.raises(InvalidInput, match="steps"):
                    instruments.checked(instrument, {**rest, scale.id: scale.lowest + 1})
            if not scale.alarm:
                kept = instruments.checked(instrument, {**rest, scale.id: scale.highest})
                assert kept[scale.id] == scale.highest


def test_a_total_counts_alone_or_with_all_its_parts_and_nothing_at_all_is_refused():
    assert instruments.checked(SDQ, {TOTAL: 1400}) == {TOTAL: 1400}
    for bad in ({TOTAL: 1400, "emotional": 400}, {}, {"emotional": None}, {"slept": 100}):
        with pytest.raises(InvalidInput):
            instruments.checked(SDQ, bad)


def test_item_ten_of_epds_must_be_answered_and_alarms_whatever_the_total_is():
    with pytest.raises(InvalidInput, match="0 is an answer"):
        instruments.checked(EPDS, {"score": 300})
    with pytest.raises(InvalidInput, match="higher"):
        instruments.checked(EPDS, {"score": 100, "item10": 200})
    assert not instruments.alarms(EPDS, {"score": 3000, "item10": 0})
    for total in (100, 300, 3000):
        assert [one.id for one in instruments.alarms(EPDS, {"score": total, "item10": 100})] == ["item10"]
    assert [one.id for one in EPDS.shown] == ["score"], "it is in no total and in no drawing"


def test_the_instruments_that_ship_are_those_of_the_plan_with_the_ranges_of_their_sources():
    ranges = {
        "gses": (10, 40), "pss": (18, 90), "epds": (0, 30), "adbb": (0, 32), "who5": (0, 100), "motivation": (1, 5),
        "network": (1, 5), "ruler": (0, 10), "own_scale": (0, 10), "asq_se": (0, 2),
    }  # fmt: skip
    for name, (lowest, highest) in ranges.items():
        scale = SHIPPED[name].scale("score")
        assert (scale.lowest, scale.highest) == (lowest * 100, highest * 100), name
    assert {scale.id: (scale.lowest, scale.highest) for scale in SHIPPED["prfq"].scales} == {
        "prementalising": (100, 700), "certainty": (100, 700), "interest": (100, 700),
    }  # fmt: skip
    assert {*ranges, "sdq", "ors", "srs", "rfq", "prfq", "kik"} == set(SHIPPED)


def test_only_our_own_scales_are_filled_in_on_the_screen_and_no_other_has_a_question_in_it():
    ours = {one.id for one in SHIPPED.values() if one.fill is Fill.SCREEN}
    assert ours == {"own_scale", "motivation", "network"}
    for one in SHIPPED.values():
        if one.id not in ours:
            assert not any(scale.question for scale in one.scales), one.id
        assert one.help
        assert one.source


@pytest.mark.parametrize(
    ("respondent", "age", "sex", "scale", "value", "said"),
    [
        (Respondent.MOTHER, 9, "", "total", 13, ["normalområdet"]),
        (Respondent.MOTHER, 9, "", "total", 14, ["grænseområdet"]),
        (Respondent.MOTHER, 9, "", "total", 17, ["uden for normalområdet"]),
        (Respondent.SCHOOL, 9, "", "total", 12, ["grænseområdet"]),
        (Respondent.CHILD, 12, "", "total", 15, ["normalområdet"]),
        (Respondent.FATHER, 9, "", "prosocial", 6, ["normalområdet"]),
        (Respondent.FATHER, 9, "", "prosocial", 5, ["grænseområdet"]),
        (Respondent.FATHER, 9, "", "prosocial", 4, ["uden for normalområdet"]),
        (Respondent.MOTHER, 6, "boy", "total", 13, ["normalområdet", "grænseområdet"]),
        (Respondent.MOTHER, 6, "girl", "total", 13, ["normalområdet", "uden for normalområdet"]),
        (Respondent.MOTHER, 6, "", "total", 13, ["normalområdet"]),
        (Respondent.MOTHER, 3, "", "total", 30, []),
    ],
)
def test_every_fitting_norm_set_says_its_band_and_is_named(respondent, age, sex, scale, value, said):
    found = [
        one
        for one in instruments.bands(SDQ, {scale: value * 100}, respondent, age, sex)
        if one.scale == scale
    ]
    assert [one.label for one in found] == said
    assert all("normer" in one.norm for one in found)


def test_the_limits_of_who5_go_downwards():
    labels = {
        value: instruments.bands(SHIPPED["who5"], {"score": value * 100}, Respondent.MOTHER, None)[0].label
        for value in (52, 48, 36, 32, 0)
    }
    assert labels == {
        52: "over 50", 48: "36-50: risiko", 36: "36-50: risiko", 32: "0-35: stor risiko", 0: "0-35: stor risiko",
    }  # fmt: skip


def test_scores_survive_how_they_are_kept():
    scores = {"certainty": 170, "uncertainty": 30}
    assert instruments.from_lines(instruments.to_lines(scores)) == scores


FAULTY = """
[[instrument]]
id = "x"
name = ""
help = "h"
respondents = ["grandmother"]
total = { name = "t", of = ["gone"], better = "sideways" }
colour = "red"

[[instrument.scale]]
id = "a"
name = "A"
highest = 0
words = ["one"]

[[instrument.norm]]
name = "n"
labels = ["good", "bad"]
worse_from = { a = [3, 2], b = [1] }
"""


def test_every_fault_of_an_instrument_is_found_at_once():
    with pytest.raises(InstrumentError) as refused:
        read_instruments(FAULTY, "faulty.toml")
    keys = {fault.key.removeprefix("instrument[1].") for fault in refused.value.faults}
    assert keys >= {
        "name", "respondents", "total.of", "total.better", "colour", "scale[1].highest", "norm[1].worse_from.a",
        "norm[1].worse_from.b",
    }  # fmt: skip
    for bad in ("", "instrument = 3", "[[instrument]\n"):
        with pytest.raises(InstrumentError):
            read_instruments(bad, "bad.toml")
