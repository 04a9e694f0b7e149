"""The netværkskort drawn: within its page, no name on another, six lines told apart by form, a key of what is used."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.map_view import SeenPerson
from caseworker_app.domain.network_map import Flow, MapPersonKind, Placement, Quality, Support
from caseworker_app.drawing.display_list import (
    Circle,
    CurveTo,
    Group,
    Item,
    Line,
    LineTo,
    MoveTo,
    Path,
    Point,
    Polygon,
    Polyline,
    Rect,
    Text,
)
from caseworker_app.drawing.map_icons import NAMES, icon
from caseworker_app.drawing.map_key import key_drawing, used
from caseworker_app.drawing.map_layout import lay_out
from caseworker_app.drawing.map_lines import hull_items, line_items
from caseworker_app.drawing.map_parts import (
    disc_items,
    hue_at,
    initials,
    label_of,
    measures,
    shape_items,
    spot,
)
from caseworker_app.drawing.map_roll_up import MOST, roll_up
from caseworker_app.drawing.map_theme import (
    CONTRAST,
    DARK,
    LIGHT,
    MOST_TINT,
    PRINT,
    THEMES,
    cell_fill,
    contrast,
    disc_edge,
    mix,
    sign_ink,
)
from caseworker_app.drawing.metrics import text_width
from caseworker_app.drawing.network_map import map_drawing, measures_for
from tests.helpers.map_views import danish, template, view

WORDS = danish()
M = measures(74.0, 25)
ANGLES = st.integers(0, 3599)
RADII = st.integers(150, 1160)


def flat(items: tuple[Item, ...], dx: float = 0.0, dy: float = 0.0) -> Iterator[tuple[Item, float, float]]:
    for item in items:
        if isinstance(item, Group):
            yield from flat(item.items, dx + item.offset[0], dy + item.offset[1])
        else:
            yield item, dx, dy


def reach(item: Item) -> Iterator[Point]:
    match item:
        case Line(start, end):
            yield from (start, end)
        case Polyline(points) | Polygon(points):
            yield from points
        case Circle((x, y), radius):
            yield from ((x - radius, y - radius), (x + radius, y + radius))
        case Rect(x, y, width, height):
            yield from ((x, y), (x + width, y + height))
        case Path(steps):
            for step in steps:
                if isinstance(step, MoveTo | LineTo | CurveTo):
                    yield step.to
        case Text((x, y), text, size, anchor, bold):
            wide = text_width(text, size, bold=bold) * 25.4 / 72
            left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
            yield from ((left, y - size * 0.25), (left + wide, y + size * 0.07))


def boxes_of_words(count: int, sectors: str) -> list[tuple[float, float, float, float]]:
    seen = view(count, sectors=sectors)
    m = measures_for(seen, 184.0)
    laid = lay_out(seen, LIGHT, m, WORDS)
    return [
        (x + box[0], y + box[1], x + box[2], y + box[3])
        for who, (x, y) in laid.spots.items()
        for box in (laid.labels[who].box,)
    ]


def shared(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.05 and down > 0.05


@pytest.mark.parametrize("sectors", ["four", "six"])
@pytest.mark.parametrize("count", [0, 1, 6, 15, 30, 50, 70])
@pytest.mark.parametrize("size", [120.0, 184.0, 268.0])
def test_everything_is_within_the_drawing(count, sectors, size):
    drawing = map_drawing(view(count, sectors=sectors), LIGHT, WORDS, size=size)
    for item, dx, dy in flat(drawing.items):
        for x, y in reach(item):
            assert -0.3 <= x + dx <= drawing.width + 0.3, item
            assert -0.3 <= y + dy <= drawing.height + 0.3, item


@pytest.mark.parametrize("sectors", ["four", "six"])
@pytest.mark.parametrize("count", [6, 15, 30])
def test_no_name_stands_on_another(count, sectors):
    boxes = boxes_of_words(count, sectors)
    assert not [pair for pair in itertools.combinations(boxes, 2) if shared(*pair)]


def test_of_fifty_names_at_most_one_pair_touches():
    boxes = boxes_of_words(50, "four")
    assert sum(shared(*pair) for pair in itertools.combinations(boxes, 2)) <= 1


@pytest.mark.parametrize("count", [6, 15, 30])
def test_no_name_stands_on_anothers_disc(count):
    seen = view(count)
    m = measures_for(seen, 184.0)
    laid = lay_out(seen, LIGHT, m, WORDS)
    for who, (x, y) in laid.spots.items():
        left, top, right, foot = laid.labels[who].box
        for other, (ox, oy) in laid.spots.items():
            near = (min(max(ox, x + left), x + right), min(max(oy, y + top), y + foot))
            assert other == who or math.dist(near, (ox, oy)) > m.disc * 0.75


def test_nobody_is_moved():
    seen = view(30)
    laid = lay_out(seen, LIGHT, M, WORDS)
    for person in seen.placed:
        assert person.placement is not None
        x, y = laid.spots[person.id]
        assert math.hypot(x, y) == pytest.approx(person.placement.radius / 1000 * M.radius)
        assert spot(person.placement, M) == (x, y)


@pytest.mark.parametrize("sectors", ["four", "six"])
def test_every_ring_and_sector_is_named_although_nobody_stands_there(sectors):
    drawing = map_drawing(view(0, sectors=sectors), LIGHT, WORDS)
    said = [item.text for item, _x, _y in flat(drawing.items) if isinstance(item, Text)]
    own = template(sectors)
    assert [ring.child for ring in own.rings] == [
        text for text in said if text in {r.child for r in own.rings}
    ]
    assert {sector.child for sector in own.sectors} <= set(said)
    assert "Emma" in said


def form(quality: Quality) -> tuple[object, ...]:
    """Return what a line is told by when all colours are taken away."""
    items = line_items((0.0, 0.0), (40.0, 0.0), quality, None, PRINT, M)
    swings = any(isinstance(i, Polyline) and len({y for _x, y in i.points}) > 2 for i in items)
    pens = {
        (i.stroke.width > 1.2, bool(i.stroke.dash), i.stroke.round_ends)
        for i in items
        if isinstance(i, Line | Polyline)
    }
    return len(items), swings, frozenset(pens)


def test_six_kinds_of_line_are_told_apart_without_colour():
    assert len({form(quality) for quality in Quality}) == len(Quality)


@pytest.mark.parametrize("theme", list(THEMES.values()))
def test_all_kinds_of_line_have_one_colour(theme):
    items = [i for q in Quality for i in line_items((0, 0), (40, 0), q, Flow.BOTH, theme, M)]
    colours = {i.stroke.color for i in items if isinstance(i, Line | Polyline)}
    assert colours == {theme.line}


def test_the_strong_line_is_one_line_almost_three_times_the_ordinary_one():
    (strong,) = line_items((0, 0), (40, 0), Quality.STRONG, None, LIGHT, M)
    (ordinary,) = line_items((0, 0), (40, 0), Quality.ORDINARY, None, LIGHT, M)
    assert isinstance(strong, Line)
    assert isinstance(ordinary, Line)
    assert strong.stroke.width / ordinary.stroke.width == pytest.approx(2.8, abs=0.1)


@pytest.mark.parametrize("flow", [None, *Flow])
def test_an_arrow_stands_at_each_end_that_gets_support(flow):
    items = line_items((0, 0), (40, 0), Quality.ORDINARY, flow, LIGHT, M)
    tips = {round(item.points[0][0]) for item in items if isinstance(item, Polygon)}
    assert tips == {None: set(), Flow.TO_A: {0}, Flow.TO_B: {40}, Flow.BOTH: {0, 40}}[flow]


@given(
    st.sampled_from(Quality),
    st.floats(-100, 100),
    st.floats(-100, 100),
    st.sampled_from([None, *Flow]),
    st.sampled_from([0.0, 5.0, -14.0]),
)
def test_a_line_keeps_to_its_way(quality, x, y, flow, bend):
    items = line_items((0.0, 0.0), (x, y), quality, flow, LIGHT, M, gaps=(3.0, 3.0), bend=bend)
    long = math.hypot(x, y)
    for item in items:
        for point in reach(item):
            along = (point[0] * x + point[1] * y) / (long or 1)
            across = (point[1] * x - point[0] * y) / (long or 1)
            assert -16 <= along <= long + 16
            assert abs(across) <= abs(bend) + 4.5


def test_a_line_between_two_on_one_spot_is_nothing():
    assert line_items((5.0, 5.0), (5.0, 5.0), Quality.STRONG, Flow.BOTH, LIGHT, M) == ()


def test_a_line_goes_around_who_stands_in_its_way():
    def one(name: bytes, radius: int) -> SeenPerson:
        place = Placement(900, radius, "close", "friends")
        return SeenPerson(name * 16, MapPersonKind.PERSON, "A", "", place)

    base = view(0)
    line = replace(view(6).relations[0], a=None, b=b"b" * 16)
    far, near = one(b"b", 900), one(b"n", 500)
    alone = replace(base, people=(far,), relations=(line,))
    between = replace(base, people=(far, near), relations=(line,))
    assert lay_out(alone, LIGHT, M, WORDS).bends[line.id] == 0.0
    assert lay_out(between, LIGHT, M, WORDS).bends[line.id] != 0.0


@pytest.mark.parametrize(("kind", "shape"), [
    (MapPersonKind.PERSON, Circle), (MapPersonKind.PET, Rect), (MapPersonKind.PLACE, Polygon),
])  # fmt: skip
def test_what_somebody_is_is_told_by_shape(kind, shape):
    (item,) = shape_items(kind, False, "#0072B2", PRINT, 5.0)
    assert isinstance(item, shape)


def test_somebody_unknown_is_dashed_and_somebody_dead_has_two_thin_rings_and_the_word():
    (unknown,) = shape_items(MapPersonKind.UNKNOWN, False, "#0072B2", PRINT, 5.0)
    assert isinstance(unknown, Circle)
    assert unknown.stroke is not None
    assert unknown.stroke.dash
    outer, inner = shape_items(MapPersonKind.PERSON, True, "#0072B2", PRINT, 5.0)
    assert isinstance(outer, Circle)
    assert isinstance(inner, Circle)
    assert outer.radius > inner.radius
    farfar = next(person for person in view(15).people if person.dead)
    assert "død" in [text.text for text in label_of(farfar, LIGHT, M, WORDS).texts]


def test_at_most_three_marks_stand_at_a_disc_and_each_has_its_own_place():
    person = replace(view(6).people[0], households=2, support=Support.BOTH, doubtful=True)
    rings = [i for i in disc_items(person, "#0072B2", LIGHT, M) if isinstance(i, Circle)][1:]
    assert len({ring.center for ring in rings}) == len(rings) == 3


def test_a_role_that_is_the_name_is_not_said_twice():
    person = replace(view(6).people[0], called="Mor", role_word="mor")
    assert [text.text for text in label_of(person, LIGHT, M, WORDS).texts] == ["Mor"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_gets_at_most_two_lines_of_bounded_width(called, role):
    person = replace(view(1).people[0], called=called, role_word=role)
    label = label_of(person, LIGHT, M, WORDS)
    assert len(label.texts) <= 3
    assert label.box[2] - label.box[0] <= M.wide + 1.5


@pytest.mark.parametrize(("called", "letters"), [
    ("Mormor", "M"), ("Onkel Bo", "OB"), ("Ida-Marie Holm", "IM"), ("åse", "Å"), ("", "?"), ("  🙂 ", "?"),
])  # fmt: skip
def test_initials_are_of_the_first_two_words(called, letters):
    assert initials(called) == letters


def test_the_key_lists_only_what_is_used():
    seen = view(6)
    seen = replace(seen, relations=seen.relations[:5])
    entries = [entry for entry, _msgid in used(seen)]
    assert entries == [
        "kind:person", "kind:pet", "line:strong", "line:ordinary", "line:weak", "line:strained", "flow",
        "badge:gives", "badge:doubtful",
    ]  # fmt: skip
    assert list(used(view(0))) == []
    assert key_drawing(view(0), LIGHT, WORDS, 70.0).items == ()


def test_the_key_says_the_lines_in_the_words_of_the_view():
    drawing = key_drawing(view(15), LIGHT, WORDS, 78.0)
    said = " ".join(item.text for item, _x, _y in flat(drawing.items) if isinstance(item, Text))
    assert "Vi har det rigtig godt" in said
    assert "Stærk, støttende" not in said


@pytest.mark.parametrize("width", [55.0, 78.0, 120.0])
def test_the_key_is_as_wide_as_it_is_told(width):
    drawing = key_drawing(view(50), LIGHT, WORDS, width)
    for item, dx, dy in flat(drawing.items):
        for x, y in reach(item):
            assert -0.3 <= x + dx <= width + 0.3
            assert -0.3 <= y + dy <= drawing.height + 0.3


@given(st.lists(st.tuples(st.floats(-70, 70), st.floats(-70, 70)), min_size=1, max_size=8), st.booleans())
def test_a_household_holds_all_its_members_whether_one_two_or_many(spots, child):
    boxes = [(x - 5, y - 5, x + 5, y + 10) for x, y in spots]
    items = hull_items(boxes, LIGHT, M, child=child)
    grounds = [i for i in items if isinstance(i, Rect) and i.fill == LIGHT.hull_ground]
    assert len(grounds) == len(boxes)
    for (left, top, right, foot), ground in zip(boxes, grounds, strict=True):
        assert ground.x < left
        assert ground.y < top
        assert ground.x + ground.width > right
        assert ground.y + ground.height > foot
    necks = [i for i in items if isinstance(i, Line) and i.stroke.color == LIGHT.hull_ground]
    assert len(necks) <= len(boxes) - 1 + child


def test_a_household_of_nobody_is_nothing():
    assert hull_items((), LIGHT, M) == ()


def test_past_fifty_some_share_a_sign_and_all_are_counted():
    seen = replace(view(70), relations=(), groups=())
    shown, signs = roll_up(seen)
    assert len(shown.placed) + len(signs) <= MOST
    assert len(shown.placed) + sum(sign.count for sign in signs) == 70
    said = [i.text for i, _x, _y in flat(map_drawing(seen, LIGHT, WORDS).items) if isinstance(i, Text)]
    assert f"{signs[0].count} mere" in said


def test_whoever_has_a_line_of_their_own_is_never_put_under_a_sign():
    seen = view(70)
    shown, _signs = roll_up(seen)
    own = {end for line in seen.relations if line.quality is not Quality.ORDINARY for end in (line.a, line.b)}
    assert own - {None} <= {person.id for person in shown.people}


def test_fifty_or_fewer_are_all_drawn():
    seen = view(50)
    assert roll_up(seen) == (seen, ())


@pytest.mark.parametrize("theme", list(THEMES.values()))
@pytest.mark.parametrize("hue", sorted({s.color for name in ("four", "six") for s in template(name).sectors}))
def test_what_is_read_stands_out_from_its_ground_and_discs_are_seen(theme, hue):
    assert contrast(sign_ink(theme, hue), theme.ground) >= 4.5
    assert contrast(disc_edge(theme, hue), theme.ground) >= 3.0
    for depth in (0.0, 1.0):
        fill = cell_fill(theme, hue, depth)
        assert contrast(theme.ink, fill) >= 4.5
        assert contrast(theme.muted, fill) >= 4.5
        assert contrast(theme.line, fill) >= 3.0


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_tint_of_a_sector_is_at_most_twelve_percent(theme):
    assert max(theme.tints) <= MOST_TINT == 0.12
    assert cell_fill(theme, theme.ground, 0.0) == mix(
        mix(theme.ground, theme.grey, theme.greys[0]), theme.ground, 0.12
    )


@pytest.mark.parametrize("theme", [PRINT, CONTRAST])
def test_without_colours_the_drawing_has_none(theme):
    allowed = {getattr(theme, n) for n in theme.__slots__ if str(getattr(theme, n)).startswith("#")}
    for item, _x, _y in flat(map_drawing(view(30), theme, WORDS).items):
        pen, fill = getattr(item, "stroke", None), getattr(item, "fill", None)
        found = {pen.color if pen else None, fill, getattr(item, "color", None)} - {None}
        assert found <= allowed


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_sign_is_within_its_square_and_has_one_colour(name):
    items = icon(name, 24.0, "#123456")
    for item, _x, _y in flat(items):
        for x, y in reach(item):
            assert -12 <= x <= 12
            assert -12 <= y <= 12
        pen, fill = getattr(item, "stroke", None), getattr(item, "fill", None)
        assert {pen.color if pen else None, fill} - {None} == {"#123456"}


def test_every_sector_that_ships_has_its_own_sign():
    for own in (template("four"), template("six")):
        signs = [sector.icon for sector in own.sectors]
        assert set(signs) <= NAMES
        assert len(set(signs)) == len(signs)


def test_nodes_are_large_for_few_and_shrink_to_four_fifths_at_fifty():
    sizes = [measures(74.0, count).crowd for count in (6, 20, 30, 40, 50, 300)]
    assert sizes == pytest.approx([1.2, 1.0, 1.0, 0.9, 0.8, 0.8])


@given(st.lists(st.tuples(ANGLES, RADII), max_size=12, unique=True))
def test_the_same_map_is_drawn_the_same(places):
    own = template()
    people = tuple(
        SeenPerson(b"%16d" % n, MapPersonKind.PERSON, f"Nr {n}", "", Placement(a, r, "close", "family"))
        for n, (a, r) in enumerate(places)
    )
    seen = replace(view(0), people=people)
    assert map_drawing(seen, LIGHT, WORDS) == map_drawing(seen, LIGHT, WORDS)
    assert hue_at(own, "family") == "#0072B2"
