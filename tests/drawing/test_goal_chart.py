"""A goal's chart: within its frame, told apart without colour, said in words."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.plan import MarkSource
from caseworker_app.domain.plan_facts import ChartWords, GoalProgress, SaidLine
from caseworker_app.drawing.display_list import Circle, DisplayList, Item, Line, Polygon, Polyline, Rect, Text
from caseworker_app.drawing.goal_chart import chart_words, child_scale, goal_chart
from caseworker_app.drawing.metrics import text_width

TODAY = dt.date(2026, 11, 21)
WORDS = ChartWords(
    "da",
    "Forventet:",
    "I dag",
    "Status:",
    "Der er ikke markeret fremskridt endnu.",
    "Målets fremskridt fra 0 til 10.",
)
NAMES = {source: f"{source.value} siger" for source in MarkSource}
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))


def progress(*lines: SaidLine, start=None, expected=None) -> GoalProgress:
    return GoalProgress(lines, start, expected, TODAY, "Aktiv", WORDS)


def line(source: MarkSource, *points: tuple[dt.date, int]) -> SaidLine:
    return SaidLine(source, NAMES[source], points)


CHILD = line(MarkSource.CHILD, (dt.date(2026, 3, 9), 2), (dt.date(2026, 6, 8), 4), (dt.date(2026, 11, 9), 5))
PARENT = line(MarkSource.PARENT, (dt.date(2026, 3, 9), 3))


@st.composite
def progresses(draw: st.DrawFn) -> GoalProgress:
    sources = draw(st.lists(st.sampled_from(MarkSource), unique=True))
    marks = st.lists(st.tuples(DAYS, st.integers(0, 10)), min_size=1, max_size=8)
    lines = tuple(line(source, *sorted(draw(marks), key=lambda mark: mark[0])) for source in sources)
    return progress(*lines, start=draw(st.none() | DAYS), expected=draw(st.none() | DAYS))


def reach(item: Item) -> Iterator[tuple[float, float]]:
    """Yield the outermost points of an item."""
    match item:
        case Line(start, end):
            yield from (start, end)
        case Polyline(points) | Polygon(points):
            yield from points
        case Circle((x, y), radius):
            yield from ((x - radius, y - radius), (x + radius, y + radius))
        case Rect(x, y, width, height):
            yield from ((x, y), (x + width, y + height))
        case Text((x, y), text, size, anchor, bold):
            width = text_width(text, size, bold=bold) * 25.4 / 72
            left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            yield from ((left, y - size * 0.25), (left + width, y))


def texts(drawing: DisplayList) -> list[Text]:
    return [item for item in drawing.items if isinstance(item, Text)]


@given(progresses(), st.floats(60, 400), st.floats(35, 200))
def test_nothing_is_drawn_outside_the_drawing(found, width, height):
    drawing = goal_chart(found, width, height)
    tight = width > 130  # so narrow that words do not fit, they may stand over the edge
    for item in drawing.items:
        for x, y in reach(item):
            assert not tight or -0.6 <= x <= drawing.width + 0.6
            assert -0.6 <= y <= drawing.height + 0.6


@given(progresses())
def test_the_names_at_the_right_never_stand_on_each_other(found):
    drawing = goal_chart(found)
    said = {one.name for one in found.lines}
    heights = sorted(text.at[1] for text in texts(drawing) if text.text in said)
    assert len(heights) == len(found.lines)
    assert all(below - above >= 3.5 for above, below in itertools.pairwise(heights))


def test_a_mark_holds_until_the_next_one():
    (steps,) = [
        i for i in goal_chart(progress(CHILD)).items if isinstance(i, Polyline) and len(i.points) == 5
    ]
    pairs = list(zip(steps.points, steps.points[1:], strict=False))
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairs)
    assert steps.points[0][1] > steps.points[-1][1]


def test_those_who_say_it_are_told_apart_by_dash_and_shape_not_by_colour():
    two = (dt.date(2026, 3, 9), 3), (dt.date(2026, 6, 8), 5)
    drawing = goal_chart(progress(*(line(source, *two) for source in MarkSource)))
    lines = [i for i in drawing.items if isinstance(i, Polyline) and i.stroke.width >= 0.4]
    assert len({one.stroke.dash for one in lines}) == len(MarkSource)
    signs = [i for i in drawing.items if isinstance(i, Circle | Rect | Polygon)]
    kinds = {(type(i), i.fill == "#FFFFFF", len(getattr(i, "points", ()))) for i in signs}
    assert len(kinds) == len(MarkSource)


def test_the_expected_day_and_the_status_stand_in_words():
    said = [text.text for text in texts(goal_chart(progress(CHILD, expected=dt.date(2027, 6, 1))))]
    assert "Forventet: 1. juni 2027" in said
    assert "Status: Aktiv" in said


def test_a_goal_without_marks_says_so():
    assert WORDS.nothing in [text.text for text in texts(goal_chart(progress(expected=TODAY)))]
    assert chart_words(progress()) == (
        "Målets fremskridt fra 0 til 10. Status: Aktiv. Der er ikke markeret fremskridt endnu."
    )


def test_the_alternative_text_says_every_mark_with_its_day():
    assert chart_words(progress(CHILD, PARENT, expected=dt.date(2027, 6, 1))) == (
        "Målets fremskridt fra 0 til 10. Status: Aktiv. child siger: 2 (9. marts 2026), 4 (8. juni 2026), "
        "5 (9. november 2026). parent siger: 3 (9. marts 2026). Forventet: 1. juni 2027."
    )


@given(progresses())
def test_the_days_below_never_stand_on_each_other(found):
    drawing = goal_chart(found)
    below = sorted((t for t in texts(drawing) if t.at[1] > drawing.height - 3), key=lambda text: text.at[0])
    spans = [sorted(x for x, _y in reach(text)) for text in below]
    assert all(left[1] < right[0] for left, right in itertools.pairwise(spans))


@pytest.mark.parametrize("value", [None, 0, 10])
def test_the_childs_scale_fills_what_was_said_last(value):
    circles = [item for item in child_scale(value).items if isinstance(item, Circle)]
    assert [n for n, one in enumerate(circles) if one.fill == "#0B6B6B"] == ([] if value is None else [value])
    assert len(circles) == 11
