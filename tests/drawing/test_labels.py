"""Words of the charts: no two of them touch, in any width, whatever is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.factors import STRONGEST, Direction, FactorCourse, FactorWords
from caseworker_app.domain.measure_facts import OverTime, TimeLine, TimePoint
from caseworker_app.domain.numbers.chart_facts import BarChart, ChartBar, LadderStrip, LadderWords
from caseworker_app.domain.numbers.words import written
from caseworker_app.drawing.display_list import DisplayList, Text
from caseworker_app.drawing.factor_chart import factor_chart
from caseworker_app.drawing.goal_chart import goal_chart
from caseworker_app.drawing.labels import box_of, width_of
from caseworker_app.drawing.ladder_strip import ladder_strip
from caseworker_app.drawing.measure_chart import measure_chart
from caseworker_app.drawing.metrics import MISSING
from caseworker_app.drawing.numbers_chart import bar_chart
from tests.drawing.test_goal_chart import progresses

FIRST = dt.date(2024, 1, 1)
DAYS = st.integers(0, 1400).map(lambda n: FIRST + dt.timedelta(days=n))
WIDTHS = st.floats(60, 300)
PHASES = ("før", "undervejs", "efter", "opfølgning", "")
PEOPLE = ("Barnet eller den unge", "Gülşen Yılmaz (moren)", "Skole eller dagtilbud", "Far")


def touching(drawing: DisplayList) -> list[tuple[str, str]]:
    """Return the pairs of words that touch or overlap."""
    found = [item for item in drawing.items if isinstance(item, Text) and item.text]
    return [(a.text, b.text) for a, b in combinations(found, 2) if box_of(a).meets(box_of(b))]


@st.composite
def courses(draw):
    lines = []
    for name in draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=4)):
        days = sorted(draw(st.lists(DAYS, min_size=1, max_size=6, unique=True)))
        marks = draw(
            st.lists(
                st.tuples(st.integers(0, 4000), st.sampled_from(PHASES)),
                min_size=len(days),
                max_size=len(days),
            )
        )
        lines.append(
            TimeLine(
                name,
                tuple(TimePoint(day, value, phase) for day, (value, phase) in zip(days, marks, strict=True)),
            )
        )
    return OverTime("SDQ", 0, 4000, tuple(lines), "lavere er bedre", "Intet er målt.")


@given(courses(), WIDTHS, st.floats(40, 90))
def test_no_two_words_of_a_measure_over_time_touch(course, width, height):
    assert touching(measure_chart(course, width, height)) == []


def test_two_people_measured_on_one_day_each_have_their_words():
    days = (dt.date(2026, 5, 1), dt.date(2026, 11, 18))
    lines = tuple(
        TimeLine(
            name,
            (TimePoint(days[0], first, "før"), TimePoint(days[1], last, "efter")),
        )
        for name, first, last in (("Mor", 1800, 1100), ("Skole eller dagtilbud", 1900, 1200))
    )
    chart = OverTime("SDQ", 0, 4000, lines, "lavere er bedre")
    for width in range(90, 301, 10):
        drawing = measure_chart(chart, width)
        said = {item.text for item in drawing.items if isinstance(item, Text)}
        assert {"18 før", "19 før", "11 efter", "12 efter"} <= said
        assert touching(drawing) == []


LABELS = (
    st.integers(2019, 2026).map(lambda year: f"1. halvår {year}")
    | st.just("01-07-2026 – 23-11-2026")
    | st.integers(1, 6).map(lambda step: f"Trin {step}")
)
BARS = st.lists(
    st.builds(
        lambda label, value, mark: ChartBar(
            label,
            value,
            "under 3" if value is None else f"{value:.1f}".replace(".", ","),
            mark,
            "" if mark is None else f"{mark:.1f}".replace(".", ","),
        ),
        LABELS,
        st.none() | st.floats(0, 400),
        st.none() | st.floats(0, 400),
    ),
    max_size=24,
)


@given(BARS, st.floats(50, 300), st.floats(34, 80))
def test_no_two_words_of_a_row_of_bars_touch(bars, width, height):
    drawing = bar_chart(BarChart("Forebyggende", tuple(bars), "efter reglen", "Intet."), width, height)
    assert touching(drawing) == []


@given(progresses(), WIDTHS)
def test_no_two_words_of_a_goals_chart_touch(found, width):
    assert touching(goal_chart(found, width)) == []


@given(st.lists(st.tuples(DAYS, st.integers(0, STRONGEST)), max_size=6), WIDTHS)
def test_no_two_words_of_a_factors_chart_touch(marks, width):
    words = FactorWords("da", "Faktor", "Styrke", "Intet.")
    course = FactorCourse(words, Direction.RISK, tuple(sorted(marks)), FIRST + dt.timedelta(days=1500))
    assert touching(factor_chart(course, width)) == []


STRIP = LadderWords(
    "da", {step: f"Trin {step} med ord om det" for step in range(1, 7)}, "I dag", "Afgørelse", "Planlagt", "Sammenbrud",
    "Ved siden af", "Intet.", "Barnets trappe.",
)  # fmt: skip


@given(st.integers(0, 4000), st.integers(0, 4000), st.floats(110, 300))
def test_no_two_months_of_a_ladder_touch(days, on, width):
    last = FIRST + dt.timedelta(days=days)
    today = FIRST + dt.timedelta(days=min(days, on))
    assert touching(ladder_strip(LadderStrip((), (), (), FIRST, last, today, STRIP), width)) == []


def test_the_minus_of_a_difference_is_a_sign_that_the_fonts_have():
    assert MISSING not in written(Decimal(-4))
    assert width_of(written(Decimal(-4)), 10) < width_of(MISSING + "4", 10)
