"""The genogram drawn: the five rules of a placed child's family, and what holds for every family there is.

The rules are a caseworker's, whose drawings told the opposite of the case (network map design 2): positions and kinds of
line are asked, no pixels.
"""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.family import CoupleKind, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.genogram_view import (
    GenogramView,
    SeenCouple,
    SeenHome,
    SeenMember,
    SeenSibling,
    SeenTie,
)
from caseworker_app.domain.genogram_words import GenogramWords
from caseworker_app.drawing.display_list import Circle, Group, Line, Path, Polygon, Polyline, Rect, Text
from caseworker_app.drawing.genogram import Genogram, genogram
from caseworker_app.drawing.genogram_homes import outline
from caseworker_app.drawing.genogram_layout import rising
from caseworker_app.drawing.genogram_lines import wire
from caseworker_app.drawing.genogram_scaling import to_fit
from caseworker_app.drawing.genogram_signs import COUPLE_DASHES, SIBLING_DASHES, TIE_DASHES
from tests.helpers.kin import Kin

WORDS = GenogramWords(born="f. {year}", died="d. {year}", dead="død")


def drawn(view: GenogramView, *, with_key: bool = False) -> Genogram:
    return genogram(view, WORDS, with_key=with_key)


def flat(items):
    for item in items:
        if isinstance(item, Group):
            yield from flat(item.items)
        else:
            yield item


def strokes(made, dash):
    """Return the lines drawn in a dash."""
    lines = [i for i in flat(made.drawing.items) if isinstance(i, Line | Polyline)]
    return [i for i in lines if i.stroke.dash == dash]


def points(line):
    return line.points if isinstance(line, Polyline) else (line.start, line.end)


def texts(made):
    return [i.text for i in flat(made.drawing.items) if isinstance(i, Text)]


def x(made, name):
    return made.spots[name.encode()][0]


def row(made, name):
    return made.layout.tree.row[name.encode()]


def order(made, number):
    return [one.decode() for one in made.layout.rows[number]]


@pytest.fixture
def placed():
    """Emma lives with carers; her mother lives with Per, her father was with Lone before."""
    return (
        Kin()
        .person("emma", "f", 2014, child=True).person("noah", "m", 2011).person("ida", "f", 2019)
        .person("mia", "f", 1986).person("jonas", "m", 1984).person("per", "m", 1980)
        .person("else", "f", 1970).person("kaj", "m", 1968)
        .person("karin", "f", 1956).person("svend", "m", 1950)
        .children("mia jonas", "emma noah").children("mia per", "ida").children("karin svend", "mia")
        .children("else kaj", "emma", "foster")
        .couple("mia", "jonas", "parted", 2009, 2016).couple("mia", "per", "cohabiting", 2018)
        .couple("else", "kaj", "married", 1995).couple("karin", "svend", "married", 1978)
    )  # fmt: skip


# --- 1: the biological parents are the anchor, the carers a second dotted link --------------------------------


def test_rule_1_the_biological_parents_hold_the_child_and_the_carers_are_a_second_dotted_link(placed):
    made = drawn(placed.view())
    wiring = wire(made.layout)
    own = [d for d in wiring.descents if b"emma" in d.feet and not d.second]
    other = [d for d in wiring.descents if b"emma" in d.feet and d.second]
    assert [(set(d.parents), d.kind) for d in own] == [({b"mia", b"jonas"}, TieKind.BIOLOGICAL)]
    assert [(set(d.parents), d.kind) for d in other] == [({b"else", b"kaj"}, TieKind.FOSTER)]
    assert strokes(made, TIE_DASHES[TieKind.FOSTER])


def test_rule_1_the_biological_family_stands_the_same_with_and_without_carers(placed):
    view = placed.view()
    without = GenogramView(
        members=tuple(m for m in view.members if m.id not in (b"else", b"kaj")),
        ties=tuple(t for t in view.ties if t.kind is not TieKind.FOSTER),
        couples=tuple(c for c in view.couples if c.a != b"else"),
    )
    with_carers, alone = drawn(view), drawn(without)
    for number, people in enumerate(alone.layout.rows):
        assert [p for p in with_carers.layout.rows[number] if p in alone.spots] == list(people)
    assert x(with_carers, "mia") < x(with_carers, "else")


def test_rule_1_the_dotted_link_goes_from_the_carers_line_to_the_child(placed):
    made = drawn(placed.view())
    ends = [p for line in strokes(made, TIE_DASHES[TieKind.FOSTER]) for p in points(line)]
    middle = (x(made, "else") + x(made, "kaj")) / 2
    assert any(abs(px - middle) < 0.1 and abs(py - made.spots[b"else"][1]) < 0.1 for px, py in ends)
    child = made.spots[b"emma"]
    assert any(abs(px - child[0]) < 4 and 0 < child[1] - py < 5 for px, py in ends)


def test_rule_1_a_grandmother_who_is_the_carer_stays_a_grandmother(placed):
    view = placed.children("karin", "noah", "foster").view()
    made = drawn(view)
    assert row(made, "karin") == 0
    (link,) = [d for d in wire(made.layout).descents if set(d.feet) == {b"noah"}]
    assert link.second
    assert len(link.crossings) == 1
    for who in made.layout.rows[1]:
        left, _top, width, _height = made.boxes[who]
        assert not left < link.crossings[0] + 4.0 < left + width, "the line goes through somebody"


def test_rule_1_a_step_parent_is_a_partner_and_never_an_anchor(placed):
    made = drawn(placed.children("per", "emma noah", "step").view())
    steps = [d for d in wire(made.layout).descents if d.kind is TieKind.STEP]
    assert [(d.parents, set(d.feet), d.second) for d in steps] == [((b"per",), {b"emma", b"noah"}, True)]


# --- 2: the same human once ------------------------------------------------------------------------------------


def test_rule_2_somebody_with_two_marriages_is_drawn_once_between_both(placed):
    made = drawn(placed.person("lone", "f", 1982).person("storm", "m", 2008).children("lone jonas", "storm")
                 .couple("lone", "jonas", "divorced", 2006, 2009).view())  # fmt: skip
    assert order(made, 1)[:4] == ["lone", "jonas", "mia", "per"]
    names = [t for t in texts(made) if t in ("Jonas", "Mia", "Lone", "Per")]
    assert sorted(names) == ["Jonas", "Lone", "Mia", "Per"]


def test_rule_2_three_partners_are_all_joined_to_the_one():
    kin = Kin().person("kaj", "m", 1950)
    for number, name in enumerate(("ane", "bodil", "conny")):
        kin.person(name, "f", 1950 + number).person(f"barn{number}", "", 1980 + number)
        kin.children(f"kaj {name}", f"barn{number}")
        kin.couple("kaj", name, "divorced" if number < 2 else "married", 1975 + 5 * number)
    made = drawn(kin.view())
    assert sorted(order(made, 0)) == ["ane", "bodil", "conny", "kaj"]
    assert made.layout.beside(b"kaj", b"conny")
    assert len(wire(made.layout).apart) == 1


# --- 3: siblings without parents being made up -----------------------------------------------------------------


def test_rule_3_siblings_are_joined_without_anybody_above_them():
    made = drawn(Kin().person("emma", "f", 2014, child=True).person("noah", "m", 2011)
                 .siblings("emma", "noah", "half").view())  # fmt: skip
    assert made.layout.rows == ((b"noah", b"emma"),)
    wiring = wire(made.layout)
    assert wiring.descents == []
    assert [(bar.a, bar.b) for bar, _n in wiring.siblings] == [(b"noah", b"emma")]
    assert "½" in texts(made)


@pytest.mark.parametrize("kind", list(SiblingTie))
def test_rule_3_each_kind_of_sibling_has_its_own_sign(kind):
    made = drawn(Kin().person("emma", "f").person("noah", "m").siblings("emma", "noah", kind.value).view())
    sign = (SIBLING_DASHES[kind], "½" in texts(made), "?" in texts(made))
    others = {
        (SIBLING_DASHES[k], k is SiblingTie.HALF, k is SiblingTie.UNKNOWN)
        for k in SiblingTie
        if k is not kind
    }
    assert strokes(made, SIBLING_DASHES[kind])
    assert sign not in others


def test_rule_3_a_sibling_of_somebody_with_parents_hangs_on_no_line_of_theirs(placed):
    made = drawn(placed.person("bo", "m", 2006).siblings("emma", "bo").view())
    assert all(b"bo" not in d.feet for d in wire(made.layout).descents)
    assert x(made, "bo") < x(made, "noah")  # the eldest


def test_rule_3_siblings_of_the_same_parents_need_no_line_of_their_own(placed):
    made = drawn(placed.siblings("emma", "noah", "full").view())
    assert wire(made.layout).siblings == []


# --- 4: an ended cohabitation is neither a marriage nor a divorce ----------------------------------------------


def signs_of(kind, *, related=False):
    made = drawn(Kin().person("a", "m").person("b", "f").couple("a", "b", kind, related=related).view())
    y = made.spots[b"a"][1]
    across = [i for i in flat(made.drawing.items) if isinstance(i, Polyline) and len({p[1] for p in i.points}) == 1
              and abs(i.points[0][1] - y) < 1]  # fmt: skip
    slanted = [i for i in flat(made.drawing.items) if isinstance(i, Line) and i.start[1] != i.end[1]
               and i.start[0] != i.end[0]]  # fmt: skip
    return across[0].stroke.dash, len(across), len(slanted)


def test_rule_4_every_kind_of_couple_is_drawn_differently():
    assert {kind: signs_of(kind.value) for kind in CoupleKind} == {
        CoupleKind.MARRIED: ((), 1, 0), CoupleKind.COHABITING: (COUPLE_DASHES[CoupleKind.COHABITING], 1, 0),
        CoupleKind.SEPARATED: ((), 1, 1), CoupleKind.DIVORCED: ((), 1, 2),
        CoupleKind.PARTED: (COUPLE_DASHES[CoupleKind.COHABITING], 1, 1),
        CoupleKind.SHORT: (COUPLE_DASHES[CoupleKind.SHORT], 1, 0),
    }  # fmt: skip


def test_rule_4_a_double_line_means_of_one_blood_and_nothing_else():
    assert [signs_of(kind.value)[1] for kind in CoupleKind] == [1] * len(CoupleKind)
    assert signs_of("married", related=True)[1] == 2


def test_rule_4_parents_of_whom_nothing_is_said_are_not_drawn_as_a_marriage():
    made = drawn(
        Kin().person("a", "m").person("b", "f").person("c", "f", 2014, child=True).children("a b", "c").view()
    )
    assert not [
        line
        for line in strokes(made, ())
        if isinstance(line, Polyline) and line.points[0][1] == line.points[-1][1]
    ]
    assert strokes(made, COUPLE_DASHES[None])
    assert "?" in texts(made)


# --- 5: the unknown is said ------------------------------------------------------------------------------------


def test_rule_5_an_unknown_father_is_a_dashed_square_with_a_question_mark():
    made = drawn(Kin().person("emma", "f", 2014, child=True).person("mia", "f").unknown("far", "unknown", "m")
                 .children("mia far", "emma").view())  # fmt: skip
    at = made.spots[b"far"]
    (square,) = [
        i for i in flat(made.drawing.items) if isinstance(i, Rect) and abs(i.x + i.width / 2 - at[0]) < 0.1
    ]
    assert square.stroke.dash
    assert "?" in texts(made)


@pytest.mark.parametrize(("count", "inside"), [(None, "?"), (3, "3")])
def test_rule_5_siblings_nobody_knows_are_one_sign_with_how_many_they_are(count, inside):
    made = drawn(Kin().person("emma", "f", 2014, child=True).unknown("flere", "siblings", count=count)
                 .siblings("emma", "flere").view())  # fmt: skip
    assert inside in texts(made)
    assert len(made.spots) == 2
    assert x(made, "emma") < x(made, "flere")


# --- Order -----------------------------------------------------------------------------------------------------


def test_siblings_stand_in_order_of_birth_with_half_siblings_under_their_own_parents(placed):
    made = drawn(placed.view())
    assert order(made, 2) == ["noah", "emma", "ida"]


def test_cousins_of_different_couples_are_never_mixed():
    kin = Kin().person("oldemor", "f").person("oldefar", "m").couple("oldemor", "oldefar", "married")
    for number, name in enumerate(("ane", "bo", "carl")):
        kin.person(name, "f" if number == 0 else "m", 1970 + number).person(f"x{name}", "", 1970)
        kin.couple(name, f"x{name}", "married").children("oldemor oldefar", name)
        for child in range(3):
            kin.person(f"{name}{child}", "", 2000 + (child * 7 + number * 3) % 10)
            kin.children(f"{name} x{name}", f"{name}{child}")
    made = drawn(kin.view())
    families = [one[:-1] for one in order(made, 2)]
    assert families == ["ane"] * 3 + ["bo"] * 3 + ["carl"] * 3


def test_a_man_who_married_in_stands_beside_his_wife_and_breaks_no_order():
    kin = Kin().person("mor", "f").person("far", "m").couple("mor", "far", "married")
    for number, name in enumerate(("ane", "bente", "conny")):
        kin.person(name, "f", 1970 + number).children("mor far", name)
    made = drawn(kin.person("per", "m", 1960).couple("bente", "per", "married").view())
    assert order(made, 1) == ["ane", "per", "bente", "conny"]


def test_two_families_stand_at_their_own_sides():
    kin = Kin().person("emma", "f", 2014, child=True).person("mia", "f", 1986).person("jonas", "m", 1984)
    kin.children("mia jonas", "emma").couple("mia", "jonas", "married")
    for who, other, names in (("jonas", "f", ("fa", "fb")), ("mia", "m", ("ma", "mb"))):
        kin.person(f"{other}mor", "f").person(f"{other}far", "m").couple(
            f"{other}mor", f"{other}far", "married"
        )
        for number, name in enumerate(names):
            kin.person(name, "f", 1970 + number).children(f"{other}mor {other}far", name)
        kin.children(f"{other}mor {other}far", who)
    made = drawn(kin.view())
    assert order(made, 1) == ["fa", "fb", "jonas", "mia", "ma", "mb"]
    assert order(made, 0) == ["ffar", "fmor", "mfar", "mmor"]


def test_the_child_is_marked_by_a_double_outline_and_the_dead_by_a_cross():
    made = drawn(Kin().person("emma", "f", 2014, child=True).person("svend", "m", 1950, dead=True, died=2019)
                 .siblings("emma", "svend").view())  # fmt: skip
    assert len([i for i in flat(made.drawing.items) if isinstance(i, Circle)]) == 2
    crosses = [i for i in flat(made.drawing.items) if isinstance(i, Line)
               and abs(abs(i.start[0] - i.end[0]) - abs(i.start[1] - i.end[1])) < 0.01]  # fmt: skip
    assert len(crosses) == 2
    assert "1950–2019" in texts(made)


@pytest.mark.parametrize(("sex", "shape"), [("f", Circle), ("m", Rect), ("", Polygon)])
def test_the_shape_tells_the_sex_and_a_diamond_that_it_is_not_known(sex, shape):
    made = drawn(Kin().person("a", sex).view())
    assert [type(i) for i in flat(made.drawing.items) if not isinstance(i, Text)] == [shape]


def test_the_key_has_what_is_used_and_nothing_else(placed):
    words = texts(drawn(placed.view(), with_key=True))
    assert {"The child of the case", "Foster carer", "Lived together, have parted", "Are married"} <= set(
        words
    )
    assert not {"Are divorced", "Donor", "Dead", "Sex not known", "Live together"} & set(words)


def test_a_home_goes_around_those_who_live_there_and_nobody_else(placed):
    view = placed.home("Mias hjem", "mia per ida noah").view()
    made = drawn(view)
    (home,) = [i for i in flat(made.drawing.items) if isinstance(i, Path) and i.stroke is not None]
    assert home.stroke.dash
    for who, spot in made.spots.items():
        assert inside(home, spot) is (who in view.homes[0].members), who
    assert "Mias hjem" in texts(made)


def inside(path, spot):
    """Return whether a place is within an outline, by the corners of its steps."""
    from caseworker_app.drawing.display_list import ClosePath, MoveTo

    rings, ring = [], []
    for step in path.steps:
        if isinstance(step, MoveTo):
            ring = []
            rings.append(ring)
        if not isinstance(step, ClosePath):
            ring.append(step.to)
    within = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > spot[1]) != (y2 > spot[1]) and spot[0] < (x2 - x1) * (spot[1] - y1) / (y2 - y1) + x1:
                within = not within
    return within


def test_the_outline_of_boxes_that_touch_is_one_and_of_those_apart_two():
    assert len(outline([(0, 0, 10, 10), (8, 5, 20, 12)])) == 1
    assert len(outline([(0, 0, 10, 10), (18, 5, 20, 12)])) == 2


def test_nothing_is_drawn_for_nobody():
    assert drawn(GenogramView(), with_key=True).drawing.items == ()


def test_a_drawing_made_to_fit_keeps_everything(placed):
    whole = drawn(placed.home("Hjem", "mia per").view(), with_key=True).drawing
    small = to_fit(whole, 120.0, 60.0)
    assert small.width <= 120.0
    assert small.height <= 60.0
    assert len(small.items) == len(whole.items)


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0.1, 9)), min_size=1, max_size=12))
def test_numbers_made_to_rise_rise_and_keep_their_mean(found):
    wanted, weights = [w for w, _ in found], [k for _, k in found]
    made = rising(wanted, weights)
    assert all(a <= b + 1e-9 for a, b in pairwise(made))
    mean = sum(v * k for v, k in zip(wanted, weights, strict=True))
    assert sum(v * k for v, k in zip(made, weights, strict=True)) == pytest.approx(mean, abs=1e-6)


# --- Every family there is -------------------------------------------------------------------------------------


@st.composite
def families(draw, most=14):
    """Any family at all, also such as cannot be: what merging devices may leave must still be drawn."""
    count = draw(st.integers(1, most))
    ids = [bytes([65 + number]) for number in range(count)]
    members = tuple(
        SeenMember(
            id=one, name=draw(st.sampled_from(["", "Bo", "Anne-Marie Kjærsgaard Sørensen"])),
            kind=draw(st.sampled_from(MemberKind)), sex=draw(st.sampled_from([None, *Sex])),
            born=draw(st.sampled_from([None, 1950, 1980, 2010])), dead=draw(st.booleans()), child=number == 0,
        )
        for number, one in enumerate(ids)
    )  # fmt: skip
    one = st.sampled_from(ids)
    pair = st.tuples(one, one)
    ties = draw(st.lists(st.tuples(pair, st.sampled_from(TieKind)), max_size=2 * count))
    couples = draw(st.lists(st.tuples(pair, st.sampled_from(CoupleKind)), max_size=count))
    siblings = draw(st.lists(st.tuples(pair, st.sampled_from(SiblingTie)), max_size=count))
    homes = draw(st.lists(st.frozensets(one, min_size=1), max_size=2))
    return GenogramView(
        members=members,
        ties=tuple(SeenTie(a, b, kind) for (a, b), kind in ties),
        couples=tuple(SeenCouple(a, b, kind) for (a, b), kind in couples),
        siblings=tuple(SeenSibling(a, b, kind) for (a, b), kind in siblings),
        homes=tuple(SeenHome("Hjem", members) for members in homes),
    )


@given(families())
def test_everybody_is_drawn_once_and_nobody_over_another(view):
    made = drawn(view, with_key=True)
    stood = [one for people in made.layout.rows for one in people]
    assert sorted(stood) == sorted(one.id for one in view.members)
    for (a, one), (b, other) in combinations(made.boxes.items(), 2):
        apart = (
            one[0] + one[2] <= other[0] + 1e-6 or other[0] + other[2] <= one[0] + 1e-6
            or one[1] + one[3] <= other[1] + 1e-6 or other[1] + other[3] <= one[1] + 1e-6
        )  # fmt: skip
        assert apart, (a, b)
    for left, top, width, height in made.boxes.values():
        assert left >= 0
        assert top >= 0
        assert left + width <= made.drawing.width + 1e-6
        assert top + height <= made.drawing.height + 1e-6


@given(families())
def test_the_same_family_is_drawn_the_same_every_time(view):
    assert drawn(view).drawing == drawn(view).drawing


@given(families())
def test_lines_of_different_families_never_lie_on_each_other(view):
    made = drawn(view)
    wiring = wire(made.layout)
    runs = [run for d in wiring.descents for run in d.runs] + [bar.run for bar, _ in wiring.siblings]
    runs += [bar.run for bar in wiring.apart.values()]
    for one, other in combinations(runs, 2):
        if (one.row, one.lane) == (other.row, other.lane):
            assert one.right < other.left or other.right < one.left


@st.composite
def trees(draw):
    """A family as families are: couples, their children, some of whom have partners and children of their own."""
    kin, names = Kin(), iter(f"p{number}" for number in range(200))

    def branch(depth, above):
        name = next(names)
        kin.person(name, draw(st.sampled_from("fm")), 1940 + 30 * (3 - depth) + draw(st.integers(0, 9)))
        if above:
            kin.children(" ".join(above), name)
        for _ in range(draw(st.integers(0, 2)) if depth else 0):
            mate = next(names)
            kin.person(mate, draw(st.sampled_from("fm")))
            kin.couple(name, mate, draw(st.sampled_from(CoupleKind)).value, draw(st.integers(1970, 2020)))
            for _ in range(draw(st.integers(0, 3))):
                branch(depth - 1, (name, mate))

    branch(2, ())
    return kin.view()


@given(trees())
def test_couples_stand_together_and_the_children_of_a_couple_too(view):
    made = drawn(view)
    for sibship in made.layout.tree.sibships:
        people = made.layout.rows[made.layout.tree.row[sibship.own[0]]]
        partners = {p for one in sibship.own for p in made.layout.tree.partners.get(one, ())}
        stood = [people.index(one) for one in sibship.own]
        between = set(people[min(stood) : max(stood) + 1])
        assert between <= set(sibship.own) | partners
        assert stood == sorted(stood)
    for couple in view.couples:
        mates = made.layout.tree.partners[couple.a]
        if len(mates) <= 2:
            assert made.layout.beside(couple.a, couple.b)
