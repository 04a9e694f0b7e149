"""Places on the netværkskort: cells with all their borders, tidying that changes no statement, hulls round anybody."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.map_geometry import (
    FARTHEST,
    MAGNET,
    NEAREST,
    Nudge,
    cell_at,
    cell_centre,
    hull,
    node_scale,
    node_size,
    place,
    reading_order,
    step,
    tidy,
    to_polar,
    to_xy,
)
from caseworker_app.domain.network_map import MapPerson, Placement
from tests.helpers.maps import four, shipped

TEMPLATES = st.sampled_from([shipped()["four", 1], shipped()["six", 1]])
ANYWHERE = st.floats(-2, 2, allow_nan=False, allow_infinity=False)
SLACK = 1e-6


def cell(placement):
    return placement.ring, placement.sector


# --- Polar places --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("angle", "radius", "point"),
    [(0, 1000, (0, -1)), (900, 1000, (1, 0)), (1800, 500, (0, 0.5)), (2700, 420, (-0.42, 0)), (0, 0, (0, 0))],
)
def test_an_angle_goes_clockwise_from_above(angle, radius, point):
    assert to_xy(angle, radius) == pytest.approx(point, abs=1e-12)
    assert to_polar(*point) == (angle, radius)


@given(st.integers(0, 3599), st.integers(1, FARTHEST))
def test_a_place_becomes_a_point_and_the_same_place_again(angle, radius):
    assert to_polar(*to_xy(angle, radius)) == (angle, radius)


# --- Cells ---------------------------------------------------------------------------------------------------

RINGS = [
    (0, "closest"), (419, "closest"), (420, "close"), (421, "close"), (639, "close"), (640, "known"), (829, "known"),
    (830, "distant"), (999, "distant"), (1000, "outside"), (1159, "outside"), (1160, "outside"), (5000, "outside"),
]  # fmt: skip
SECTORS = {
    "four": [
        (0, "friends"), (1, "friends"), (899, "friends"), (900, "school"), (1799, "school"), (1800, "professionals"),
        (2699, "professionals"), (2700, "family"), (3599, "family"), (3600, "friends"), (-1, "family"),
    ],
    "six": [
        (0, "friends"), (599, "friends"), (600, "leisure"), (1199, "leisure"), (1200, "school"), (1800, "professionals"),
        (2399, "professionals"), (2400, "kin"), (3000, "family"), (3599, "family"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("radius", "ring"), RINGS)
def test_a_border_belongs_to_the_ring_outside_it(radius, ring):
    assert cell_at(four(), 450, radius)[0] == ring


@pytest.mark.parametrize(
    ("name", "angle", "sector"),
    [(name, angle, sector) for name in SECTORS for angle, sector in SECTORS[name]],
)
def test_a_border_belongs_to_the_sector_that_begins_there(name, angle, sector):
    assert cell_at(shipped()[name, 1], angle, 500)[1] == sector


def test_every_ring_and_sector_is_a_cell_also_when_it_is_empty():
    template = four()
    found = {
        cell_at(template, angle, radius) for angle in range(0, 3600, 100) for radius in range(0, 1160, 50)
    }
    assert found == {(ring.id, sector.id) for ring in template.rings for sector in template.sectors}


@given(TEMPLATES, ANYWHERE, ANYWHERE)
def test_whoever_is_let_go_stands_in_the_cell_under_her_off_its_borders(template, x, y):
    put = place(template, x, y)
    angle, radius = to_polar(x, y)
    assert cell(put) == cell_at(template, angle, radius) == cell_at(template, put.angle, put.radius)
    assert NEAREST <= put.radius <= FARTHEST
    ring, sector = template.ring(put.ring), template.sector(put.sector)
    for border in (ring.inner, ring.outer):
        if 0 < border <= 1:
            assert abs(put.radius / 1000 - border) >= MAGNET - 0.001
    for side in (sector.start, sector.end):
        away = math.radians(abs((put.angle / 10 - side + 180) % 360 - 180))
        assert away >= math.pi / 2 or put.radius / 1000 * math.sin(away) >= MAGNET - 0.002


@given(TEMPLATES, st.integers(0, 3599), st.integers(NEAREST, FARTHEST))
def test_a_place_off_the_borders_is_kept_exactly(template, angle, radius):
    first = place(template, *to_xy(angle, radius))
    assert place(template, *to_xy(first.angle, first.radius)) == first


def test_without_a_magnet_only_the_middle_and_the_edge_hold():
    assert place(four(), *to_xy(905, 421), magnet=0).radius == 421
    assert place(four(), 0, 0).radius == NEAREST
    assert place(four(), 3, 0).radius == FARTHEST
    assert place(four(), 0.5, 0.5, pinned=True).pinned


# --- The keyboard --------------------------------------------------------------------------------------------


@given(TEMPLATES, ANYWHERE, ANYWHERE, st.lists(st.tuples(st.sampled_from(Nudge), st.booleans()), max_size=12))
def test_an_arrow_key_never_leaves_somebody_between_two_cells(template, x, y, nudges):
    at = place(template, x, y)
    for nudge, fine in nudges:
        at = step(template, at, nudge, fine=fine)
        assert cell(at) == cell_at(template, at.angle, at.radius)
        assert place(template, *to_xy(at.angle, at.radius)) == at


@pytest.mark.parametrize("fine", [False, True])
def test_out_and_out_again_passes_every_ring_and_in_comes_back(fine):
    at, seen = place(four(), 0.1, -0.1), []
    for nudge in [Nudge.OUT] * 400 + [Nudge.IN] * 400:
        at = step(four(), at, nudge, fine=fine)
        if not seen or seen[-1] != at.ring:
            seen.append(at.ring)
    rings = [ring.id for ring in four().rings]
    assert seen == rings + rings[-2::-1]
    assert at.radius == NEAREST


@pytest.mark.parametrize("fine", [False, True])
@pytest.mark.parametrize("nudge", [Nudge.CLOCKWISE, Nudge.BACK])
def test_round_and_round_passes_every_sector(nudge, fine):
    at, seen = place(four(), 0.3, -0.4), []
    for _ in range(500):
        at = step(four(), at, nudge, fine=fine)
        if at.sector not in seen:
            seen.append(at.sector)
    assert set(seen) == {sector.id for sector in four().sectors}
    assert at.radius == place(four(), 0.3, -0.4).radius


def person(n: int, placement: Placement | None) -> MapPerson:
    return MapPerson(id=n.to_bytes(16, "big"), called=str(n), placement=placement)


def test_the_order_is_ring_by_ring_clockwise_and_the_tray_last():
    places = [(3000, 900), (100, 900), (900, 200), (800, 410), None, (0, 500), None]
    people = [person(n, at and Placement(*at, cell_at(four(), *at)[0], "x")) for n, at in enumerate(places)]
    assert [one.called for one in reading_order(people)] == ["3", "2", "5", "1", "0", "4", "6"]


# --- Room and tidying ----------------------------------------------------------------------------------------


def overlaps(placements, size):
    points = [(0.0, 0.0), *(to_xy(one.angle, one.radius) for one in placements)]
    return [
        (a, b)
        for a, b in combinations(points, 2)
        if abs(a[0] - b[0]) < size[0] - SLACK and abs(a[1] - b[1]) < size[1] - SLACK
    ]


def test_full_size_up_to_thirty_and_four_fifths_from_fifty():
    assert [node_scale(n) for n in (0, 30, 40, 50, 300)] == [1, 1, pytest.approx(0.9), 0.8, 0.8]


@pytest.mark.parametrize("template", shipped().values(), ids=lambda one: one.id)
def test_every_cell_has_room_for_one_beside_the_child(template):
    for ring in template.rings:
        for sector in template.sectors:
            put = cell_centre(template, ring.id, sector.id)
            assert cell_at(template, put.angle, put.radius) == (ring.id, sector.id) == cell(put)
            assert not overlaps([put], node_size(1))


def test_the_outer_rings_take_several_in_a_cell_before_it_is_crowded():
    taken: list[Placement] = []
    for _ in range(4):
        taken.append(cell_centre(four(), "distant", "school", taken))
    assert not overlaps(taken, node_size(4))
    assert {cell(one) for one in taken} == {("distant", "school")}


def test_a_crowded_cell_still_gives_a_place_and_always_the_same():
    taken = [cell_centre(four(), "closest", "family")] * 40
    first = cell_centre(four(), "closest", "family", taken)
    assert first == cell_centre(four(), "closest", "family", taken)
    assert cell_at(four(), first.angle, first.radius) == ("closest", "family")


def test_a_cell_the_template_does_not_have_is_refused():
    with pytest.raises(KeyError):
        cell_centre(four(), "inmost", "family")
    with pytest.raises(KeyError):
        cell_centre(four(), "close", "kin")


def scattered(template, points, pins=()):
    return {n.to_bytes(16, "big"): place(template, x, y, pinned=n in pins) for n, (x, y) in enumerate(points)}


POINTS = st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), max_size=12)


@given(TEMPLATES, POINTS, st.sets(st.integers(0, 11), max_size=3))
def test_tidying_keeps_ring_and_sector_and_pins_and_comes_out_the_same(template, points, pins):
    placements = scattered(template, points, pins)
    order = list(placements)
    tidied = tidy(template, placements, order)
    assert tidied == tidy(template, dict(reversed(placements.items())), order)
    for one, was in placements.items():
        now = tidied[one]
        assert cell(now) == cell(was) == cell_at(template, now.angle, now.radius)
        assert now.pinned is was.pinned and (not was.pinned or now == was)
    assert len(overlaps(tidied.values(), node_size(len(points)))) <= len(
        overlaps(placements.values(), node_size(len(points)))
    )


@given(st.lists(st.sampled_from([(r, s) for r in ("close", "known", "distant") for s in range(4)]), max_size=16,
                unique=True), st.data())  # fmt: skip
def test_where_there_is_room_nobody_is_left_over_another(cells, data):
    points = []
    for ring, sector in cells:
        middle = to_xy(sector * 900 + 450, round(500 * (four().ring(ring).inner + four().ring(ring).outer)))
        shaken = data.draw(st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)))
        points += [middle, (middle[0] + shaken[0], middle[1] + shaken[1])]
    placements = scattered(four(), points[:12])
    tidied = tidy(four(), placements, list(placements))
    assert overlaps(tidied.values(), node_size(len(placements))) == []
    assert tidy(four(), tidied, list(tidied)) == tidied


def test_tidying_keeps_who_stands_before_whom_and_moves_nobody_who_stands_free():
    one, other, free = place(four(), 0.5, -0.5), place(four(), 0.5, -0.49), place(four(), -0.6, 0.6)
    tidied = tidy(four(), {b"a" * 16: one, b"b" * 16: other, b"c" * 16: free}, [b"a" * 16, b"b" * 16])
    assert tidied[b"c" * 16] == free
    assert (tidied[b"a" * 16].angle < tidied[b"b" * 16].angle) is (one.angle < other.angle)


def test_three_find_room_in_a_quarter_of_the_inmost_ring():
    placements = {bytes([n]) * 16: cell_centre(four(), "closest", "family") for n in range(3)}
    tidied = tidy(four(), placements, list(placements))
    assert overlaps(tidied.values(), node_size(3)) == []
    assert {cell(one) for one in tidied.values()} == {("closest", "family")}


def test_three_hundred_people_are_tidied_in_their_cells():
    points = [to_xy(n * 37 % 3600, 140 + n * 61 % 1000) for n in range(300)]
    placements = scattered(four(), points)
    tidied = tidy(four(), placements, list(placements))
    assert all(cell(tidied[one]) == cell(placements[one]) for one in placements)


@pytest.mark.parametrize("people", [60, 101, 140])
def test_tidying_again_moves_nobody_however_crowded_it_is(people):
    points = [to_xy(n * 37 % 3600, 250 + n * 61 % 700) for n in range(people)]
    placements = scattered(four(), points)
    tidied = tidy(four(), placements, list(placements))
    assert tidy(four(), dict(reversed(tidied.items())), list(placements)) == tidied


@pytest.mark.parametrize("ring", ["closest", "close", "known", "distant"])
def test_the_first_of_a_cell_stands_in_its_middle_and_the_next_have_room_around_them(ring):
    taken: list[Placement] = []
    for _ in range(3 if ring != "closest" else 1):
        taken.append(cell_centre(four(), ring, "friends", taken))
    assert taken[0].angle == 450
    away = [to_xy(one.angle, one.radius) for one in taken]
    assert all(x >= 0.1 and -y >= 0.1 for x, y in away), "nobody stands at the sides of the sector"
    apart = [math.dist(a, b) for a, b in combinations(away, 2)]
    assert min(apart, default=1) > 0.2


@pytest.mark.parametrize("people", [1, 6, 20, 50])
def test_a_line_of_whoever_stands_nearest_is_long_enough_to_be_told_by_its_form(people):
    from caseworker_app.drawing.map_parts import child_reach, measures

    m = measures(74.0, people)
    assert NEAREST / 1000 * m.radius >= child_reach(m) + m.disc + 4.0


# --- Hulls ---------------------------------------------------------------------------------------------------


def inside(point, outline):
    crossed = False
    for (ax, ay), (bx, by) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (ay > point[1]) != (by > point[1]) and point[0] < (bx - ax) * (point[1] - ay) / (by - ay) + ax:
            crossed = not crossed
    return crossed


def nearest(point, outline):
    def to_side(a, b):
        length = math.dist(a, b) ** 2
        t = max(0.0, min(1.0, sum((p - q) * (r - q) for p, q, r in zip(point, a, b, strict=True)) / length))
        return math.dist(point, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))

    sides = zip(outline, outline[1:] + outline[:1], strict=True)
    return min(to_side(a, b) for a, b in sides if a != b)


def test_nobody_has_no_hull_one_a_circle_and_two_a_capsule():
    assert hull([], 0.1) == ()
    assert {round(math.dist(point, (0.5, 0.2)), 9) for point in hull([(0.5, 0.2)], 0.1)} == {0.1}
    capsule = hull([(0, 0), (1, 0)], 0.1)
    assert {round(y, 9) for _x, y in capsule} >= {-0.1, 0.1}
    assert (min(x for x, _y in capsule), max(x for x, _y in capsule)) == pytest.approx((-0.1, 1.1))


@given(st.lists(st.tuples(st.integers(-100, 100), st.integers(-100, 100)), min_size=1, max_size=9))
def test_a_hull_is_convex_and_goes_round_everybody_at_its_distance(grid):
    points = [(x / 100, y / 100) for x, y in grid]
    outline = hull(points, 0.1)
    assert all(inside(point, outline) for point in points)
    assert all(nearest(point, outline) >= 0.1 * math.cos(math.radians(7.6)) - SLACK for point in points)
    turns = [
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
        for a, b, c in zip(outline, outline[1:] + outline[:1], outline[2:] + outline[:2], strict=True)
    ]
    assert all(turn >= -1e-9 for turn in turns)
