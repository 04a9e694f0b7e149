"""The netværkskort drawn through the services: each gesture one act, what cannot be is refused, a kept map refuses all."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_geometry import node_size, to_xy
from caseworker_app.domain.map_template import MapTemplate
from caseworker_app.domain.network_map import (
    Flow,
    MapGroup,
    MapPerson,
    MapPersonKind,
    MapQuote,
    MapRelation,
    NetworkMap,
    Placement,
    Quality,
    Support,
    Voice,
)
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import history, map_versions, network_maps, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.network_maps import MapIsKept
from db.store import SqlStore
from tests.helpers.maps import at, called, four, opened, put, shipped
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = founded(tmp_path)
    yield made
    made.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Ida Prøve")


@pytest.fixture
def drawn(store: SqlStore, case: Id) -> Id:
    return store.write(lambda w: network_maps.begin(w, case, Voice.CHILD, templates=shipped())).result


def card(store: SqlStore, case: Id, name: str, role: Role = Role.GRANDPARENT, **more: object) -> Id:
    return store.write(lambda w: people.add(w, case, {"name": name, "role": role, **more})).result


def edits(store: SqlStore, cls: type, thing: Id, **values: object) -> dict[str, Edit]:
    seen = store.read(lambda r: r.fields(cls, thing))
    return {name: Edit(value, seen[name].heads, seen[name].value) for name, value in values.items()}


# --- Beginning and opening -----------------------------------------------------------------------------------


def test_a_new_map_is_empty_drawn_today_and_the_first_of_its_series(store, case, drawn):
    found = opened(store, drawn)
    assert (found.map.voice, found.map.drawn_on, found.map.series) == (Voice.CHILD, TODAY, drawn)
    assert (found.map.template, found.map.template_version) == ("four", 1)
    assert not (
        found.people or found.relations or found.groups or found.quotes or found.tasks or found.locked
    )
    assert found.case.id == case and found.template is four()


def test_a_map_keeps_the_version_of_the_rings_it_was_drawn_on(store, case, drawn):
    old = four()
    newer = {**shipped(), ("four", 2): MapTemplate("four", 2, old.name, old.rings, old.sectors)}
    later = store.write(lambda w: network_maps.begin(w, case, Voice.MOTHER, templates=newer)).result
    assert store.read(lambda r: network_maps.open_map(r, drawn, newer)).template.version == 1
    assert store.read(lambda r: network_maps.open_map(r, later, newer)).template.version == 2
    with pytest.raises(UserError, match="does not know"):
        opened(store, later)


def test_what_is_said_of_a_map_is_tidied_and_a_day_to_come_is_refused(store, case, drawn):
    values = {"place": "  Hos\tmormor ", "present": ("Ida", " ", "Karen", "Ida"), "title": "a\x00b"}
    changed = edits(store, NetworkMap, drawn, **values)
    store.write(lambda w: network_maps.edit(w, drawn, changed))
    found = opened(store, drawn).map
    assert (found.place, found.present, found.title) == ("Hos mormor", ("Ida", "Karen"), "ab")
    for values in ({"drawn_on": TODAY + dt.timedelta(days=1)}, {"title": "x" * 201}):
        wrong = edits(store, NetworkMap, drawn, **values)
        with pytest.raises(InvalidInput):
            store.write(lambda w, wrong=wrong: network_maps.edit(w, drawn, wrong))
    with pytest.raises(KeyError):
        store.write(lambda w: network_maps.edit(w, drawn, {"digest": Edit("0")}))
    with pytest.raises(InvalidInput):
        store.write(lambda w: network_maps.begin(w, case, Voice.CHILD, drawn_on=TODAY + dt.timedelta(days=1)))
    with pytest.raises(KeyError):
        store.write(lambda w: network_maps.begin(w, drawn, Voice.CHILD))


def test_maps_are_listed_latest_first_with_who_stands_and_who_waits(store, case, drawn):
    put(store, drawn, "Mormor", "close")
    put(store, drawn, "Bo")
    old = store.write(
        lambda w: network_maps.begin(w, case, Voice.MOTHER, drawn_on=TODAY - dt.timedelta(days=90))
    ).result
    same_day = store.write(lambda w: network_maps.begin(w, case, Voice.FATHER)).result
    rows = store.read(lambda r: network_maps.maps_of(r, case))
    assert [row.map.id for row in rows] == [same_day, drawn, old]
    assert (rows[1].people, rows[1].waiting) == (1, 1)
    store.write(lambda w: network_maps.remove_map(w, same_day))
    assert [row.map.id for row in store.read(lambda r: network_maps.maps_of(r, case))] == [drawn, old]
    with pytest.raises(UserError, match="removed"):
        put(store, same_day, "Far")


def test_a_map_of_fifty_is_opened_in_five_milliseconds(store, drawn):
    made = store.write(
        lambda w: [
            network_maps.add_person(w, drawn, f"Navn {n}", placement=at("close", "family", 2705 + n * 15))
            for n in range(50)
        ]
    ).result
    store.write(lambda w: [network_maps.add_relation(w, drawn, None, one) for one in made])
    store.write(
        lambda w: [network_maps.add_relation(w, drawn, one, other) for one, other in pairwise(made[:30])]
    )
    times = []
    for _ in range(9):
        begun = time.perf_counter()
        found = opened(store, drawn)
        times.append(time.perf_counter() - begun)
    assert (len(found.people), len(found.relations)) == (50, 79)
    assert sorted(times)[4] < 0.005


# --- People --------------------------------------------------------------------------------------------------


def test_somebody_typed_waits_in_the_tray_and_moves_by_one_field(store, drawn):
    mormor = put(store, drawn, "Mormor", role_word="mormor")
    assert called(opened(store, drawn), "Mormor").placement is None
    done = store.write(lambda w: network_maps.move(w, mormor, at("closest")))
    assert called(opened(store, drawn), "Mormor").placement == at("closest")
    act = store.read(lambda r: r.acts(limit=1))[0]
    assert done.act_id == act.act_id
    assert [(change.field, change.entity) for change in act.changes] == [("placement", mormor)]


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        (None, at("close"), "Place on the network map"),
        (at("close"), None, "Put back in the tray"),
        (at("known"), at("close"), "Move nearer on the network map"),
        (at("close"), at("outside"), "Move farther out"),
        (at("close"), at("close", "friends"), "Move to another sector"),
        (at("close", angle=2800), at("close", angle=2900), "Move on the network map"),
        (at("close"), Placement(*to_xy(0, 0)[:0], 3150, at("close").radius, "close", "family", True),
         "Hold in place on the network map"),
    ],
)  # fmt: skip
def test_the_history_says_which_way_somebody_was_moved(store, drawn, before, after, label):
    mormor = store.write(lambda w: network_maps.add_person(w, drawn, "Mormor", placement=before)).result
    store.write(lambda w: network_maps.move(w, mormor, after))
    assert store.read(history.state).undo == label


def test_moving_somebody_to_where_she_is_is_no_act(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    assert store.write(lambda w: network_maps.move(w, mormor, at("close"))).act_id is None
    assert store.write(lambda w: network_maps.move_many(w, drawn, {mormor: at("close")})).act_id is None


def test_two_who_moved_the_same_person_are_both_kept(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    seen = store.read(lambda r: r.heads(mormor, "placement"))
    store.write(lambda w: network_maps.move(w, mormor, at("known"), seen_heads=seen))
    store.write(lambda w: network_maps.move(w, mormor, at("distant"), seen_heads=seen))
    assert called(opened(store, drawn), "Mormor").conflicts == 1


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\x00\x1f"])
def test_a_name_that_is_none_is_refused_unless_she_is_unknown(store, drawn, name):
    with pytest.raises(InvalidInput) as refused:
        put(store, drawn, name)
    assert refused.value.field == "called"
    put(store, drawn, name, kind=MapPersonKind.UNKNOWN)
    assert [one.called for one in opened(store, drawn).people] == [""]


def test_names_are_kept_as_typed_but_for_what_cannot_be_seen(store, drawn):
    for name in ("Søren Ærø 🐕", "Bed\x07ste\u202emor", "to\nlinjer"):
        put(store, drawn, name)
    assert [one.called for one in opened(store, drawn).people] == ["Søren Ærø 🐕", "Bedstemor", "to linjer"]
    with pytest.raises(InvalidInput):
        put(store, drawn, "x" * 10_000)


@pytest.mark.parametrize(
    "place",
    [
        Placement(3600, 500, "close", "family"),
        Placement(-1, 500, "close", "family"),
        Placement(0, 1161, "outside", "family"),
        Placement(0, -1, "closest", "family"),
        Placement(0, 500, "", "family"),
        Placement(0, 500, "inmost", "family"),
        Placement(0, 500, "close", "kin"),
    ],
)
def test_a_place_that_is_not_on_the_map_is_refused(store, drawn, place):
    mormor = put(store, drawn, "Mormor")
    for write in (
        lambda w: network_maps.move(w, mormor, place, templates=shipped()),
        lambda w: network_maps.move_many(w, drawn, {mormor: place}, templates=shipped()),
        lambda w: network_maps.add_person(w, drawn, "Bo", placement=place, templates=shipped()),
    ):
        with pytest.raises(InvalidInput):
            store.write(write)


def test_a_ring_nobody_knows_is_read_from_angle_and_radius(store, drawn):
    strange = Placement(450, 500, "inmost", "kin")
    store.write(lambda w: network_maps.add_person(w, drawn, "Bo", placement=strange))
    placed = called(opened(store, drawn), "Bo").placement
    assert (placed.ring, placed.sector) == ("close", "friends")


@pytest.mark.slow
def test_three_hundred_people_fit_on_a_map_and_are_moved_in_one_act(store, drawn):
    def add(writer):
        for n in range(300):
            yield network_maps.add_person(writer, drawn, f"Navn {n}", placement=at("known"))
            writer.flush()

    ids = store.write(lambda w: list(add(w))).result
    assert [one.id for one in opened(store, drawn).people] == ids
    store.write(lambda w: network_maps.move_many(w, drawn, dict.fromkeys(ids, at("distant"))))
    assert {one.placement for one in opened(store, drawn).people} == {at("distant")}
    store.write(history.undo)
    assert {one.placement for one in opened(store, drawn).people} == {at("known")}


def test_what_is_said_of_somebody_is_changed_field_by_field(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    changed = edits(store, MapPerson, mormor, called="Bedste", support=Support.GIVES, dead=True)
    store.write(lambda w: network_maps.edit_person(w, mormor, changed))
    now = called(opened(store, drawn), "Bedste")
    assert (now.support, now.dead) == (Support.GIVES, True)
    for wrong in ({"called": ""}, {"placement": Placement(9999, 0, "close", "family")}):
        bad = edits(store, MapPerson, mormor, **wrong)
        with pytest.raises(InvalidInput):
            store.write(lambda w, bad=bad: network_maps.edit_person(w, mormor, bad))
    with pytest.raises(KeyError):
        store.write(lambda w: network_maps.edit_person(w, mormor, {"map": Edit(drawn)}))


def test_who_is_removed_takes_lines_and_household_along_and_undo_brings_all_back(store, drawn):
    mormor, bo, alone = put(store, drawn, "Mormor", "close"), put(store, drawn, "Bo", "known"), None
    store.write(lambda w: network_maps.add_relation(w, drawn, None, mormor))
    store.write(lambda w: network_maps.add_relation(w, drawn, mormor, bo))
    store.write(lambda w: network_maps.add_group(w, drawn, "Enghaven", [mormor, bo]))
    alone = store.write(lambda w: network_maps.add_group(w, drawn, "Alene", [mormor])).result
    store.write(lambda w: network_maps.add_quote(w, drawn, "Hun bager boller", person=mormor))
    before = opened(store, drawn)
    store.write(lambda w: network_maps.remove_person(w, mormor))
    after = opened(store, drawn)
    assert [one.called for one in after.people] == ["Bo"] and not after.relations
    assert [(one.label, one.members) for one in after.groups] == [("Enghaven", frozenset({bo}))]
    assert [(one.words, one.person) for one in after.quotes] == [("Hun bager boller", None)]
    assert store.read(lambda r: r.get(MapGroup, alone)).cancelled
    store.write(history.undo)
    assert opened(store, drawn) == before


def test_tidying_up_is_one_act_that_changes_no_ring_and_no_sector(store, drawn):
    for name in ("Mormor", "Morfar", "Bo"):
        put(store, drawn, name, "close")
    store.write(lambda w: network_maps.tidy_up(w, drawn, shipped()))
    places = [one.placement for one in opened(store, drawn).people]
    assert {(one.ring, one.sector) for one in places} == {("close", "family")}
    points = [to_xy(one.angle, one.radius) for one in places]
    width, height = node_size(3)
    assert all(
        abs(a[0] - b[0]) >= width - 1e-6 or abs(a[1] - b[1]) >= height - 1e-6
        for n, a in enumerate(points)
        for b in points[:n]
    )
    assert store.write(lambda w: network_maps.tidy_up(w, drawn, shipped())).act_id is None
    store.write(history.undo)
    assert {one.placement for one in opened(store, drawn).people} == {at("close")}


def test_other_sectors_take_everybody_from_where_she_stands(store, drawn):
    put(store, drawn, "Mormor", "close")
    put(store, drawn, "Bo")
    store.write(lambda w: network_maps.change_template(w, drawn, shipped()["six", 1]))
    found = opened(store, drawn)
    assert found.template.id == "six"
    assert called(found, "Mormor").placement == Placement(3150, at("close").radius, "close", "family")
    assert store.write(lambda w: network_maps.change_template(w, drawn, shipped()["six", 1])).act_id is None
    store.write(history.undo)
    assert opened(store, drawn).template.id == "four"


# --- Cards ---------------------------------------------------------------------------------------------------


def test_persons_of_the_case_are_offered_until_they_stand_on_the_map(store, case, drawn):
    birthe, aage = card(store, case, "Birthe Prøve"), card(store, case, "Ågot Prøve")
    assert [one.id for one in store.read(lambda r: network_maps.not_yet(r, drawn))] == [birthe, aage]
    mormor = put(store, drawn, "Mormor", "close", case_person=birthe)
    assert [one.id for one in store.read(lambda r: network_maps.not_yet(r, drawn))] == [aage]
    assert opened(store, drawn).cards[birthe].name == "Birthe Prøve"
    with pytest.raises(InvalidInput, match="on the map already"):
        put(store, drawn, "Birthe", case_person=birthe)
    store.write(lambda w: network_maps.link(w, mormor, None))
    assert not opened(store, drawn).cards
    assert store.write(lambda w: network_maps.link(w, mormor, None)).act_id is None


def test_a_person_of_another_case_is_refused(store, drawn):
    strange = card(store, register(store, "Bo Andensag"), "Birthe Andensag")
    mormor = put(store, drawn, "Mormor")
    for write in (
        lambda w: network_maps.link(w, mormor, strange),
        lambda w: network_maps.link(w, mormor, b"\x07" * 16),
        lambda w: network_maps.add_person(w, drawn, "Birthe", case_person=strange),
    ):
        with pytest.raises(KeyError):
            store.write(write)


def test_somebody_on_the_map_becomes_a_person_of_the_case_when_the_worker_says_so(store, drawn):
    mormor = put(store, drawn, "Birthe", "close", role_word="mormor")
    made = store.write(lambda w: network_maps.make_person(w, mormor, Role.GRANDPARENT)).result
    found = opened(store, drawn)
    assert (found.cards[made].name, found.cards[made].role_words) == ("Birthe", "mormor")
    with pytest.raises(InvalidInput):
        store.write(lambda w: network_maps.make_person(w, mormor, Role.GRANDPARENT))
    dog = put(store, drawn, "Trofast", "closest", kind=MapPersonKind.PET)
    with pytest.raises(InvalidInput):
        store.write(lambda w: network_maps.make_person(w, dog, Role.RELATIVE))
    store.write(history.undo)
    store.write(history.undo)
    assert not opened(store, drawn).cards
    assert store.read(lambda r: r.find(Person)) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [("Birthe Krogh", True), ("birthe", True), ("Mormor", True), ("Bente", False), ("Krogh", False)],
)
def test_a_name_that_is_in_the_case_is_pointed_out(store, case, drawn, name, found):
    birthe = card(store, case, "Birthe Krogh", role_words="mormor")
    one = put(store, drawn, name)
    warned = store.read(lambda r: network_maps.same_names(r, one))
    assert [person.id for person in warned] == [birthe] * found
    store.write(lambda w: network_maps.link(w, one, birthe))
    assert store.read(lambda r: network_maps.same_names(r, one)) == ()


# --- Lines, households, words --------------------------------------------------------------------------------


def test_one_voice_says_one_thing_of_two_people_and_another_voice_another(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    first = store.write(lambda w: network_maps.add_relation(w, drawn, None, mormor)).result
    again = store.write(lambda w: network_maps.add_relation(w, drawn, mormor, None, Quality.STRONG)).result
    assert first == again
    theirs = store.write(
        lambda w: network_maps.add_relation(w, drawn, None, mormor, Quality.BROKEN, Voice.MOTHER)
    ).result
    lines = {line.id: (line.quality, line.said_by) for line in opened(store, drawn).relations}
    assert lines == {first: (Quality.STRONG, Voice.CHILD), theirs: (Quality.BROKEN, Voice.MOTHER)}
    same = store.write(lambda w: network_maps.add_relation(w, drawn, None, mormor, Quality.STRONG))
    assert (same.result, same.act_id) == (first, None)
    clash = edits(store, MapRelation, theirs, said_by=Voice.CHILD)
    with pytest.raises(InvalidInput):
        store.write(lambda w: network_maps.edit_relation(w, theirs, clash))


def test_a_line_says_who_supports_whom_and_can_be_taken_away(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    line = store.write(lambda w: network_maps.add_relation(w, drawn, None, mormor)).result
    changed = edits(store, MapRelation, line, flow=Flow.TO_A, quality=Quality.STRAINED, note=" ja ")
    store.write(lambda w: network_maps.edit_relation(w, line, changed))
    now = opened(store, drawn).relations[0]
    assert (now.flow, now.quality, now.note) == (Flow.TO_A, Quality.STRAINED, "ja")
    with pytest.raises(KeyError):
        store.write(lambda w: network_maps.edit_relation(w, line, {"a": Edit(None)}))
    store.write(lambda w: network_maps.remove_relation(w, line))
    assert not opened(store, drawn).relations
    with pytest.raises(KeyError):
        store.write(lambda w: network_maps.remove_relation(w, line))


def test_a_line_goes_between_two_who_are_on_the_same_map(store, case, drawn):
    other = store.write(lambda w: network_maps.begin(w, case, Voice.MOTHER)).result
    here, there = put(store, drawn, "Mormor", "close"), put(store, other, "Mormor", "close")
    gone = put(store, drawn, "Bo")
    store.write(lambda w: network_maps.remove_person(w, gone))
    for a, b in ((here, here), (None, None)):
        with pytest.raises(InvalidInput):
            store.write(lambda w, a=a, b=b: network_maps.add_relation(w, drawn, a, b))
    for a, b in ((here, there), (None, there), (gone, None), (here, b"\x07" * 16)):
        with pytest.raises(KeyError):
            store.write(lambda w, a=a, b=b: network_maps.add_relation(w, drawn, a, b))
    for write in (
        lambda w: network_maps.add_group(w, drawn, "Hjem", [here, there]),
        lambda w: network_maps.add_quote(w, drawn, "Ja", person=there),
        lambda w: network_maps.move_many(w, drawn, {there: None}),
    ):
        with pytest.raises(KeyError):
            store.write(write)


def test_a_household_has_somebody_in_it_and_perhaps_a_name(store, drawn):
    mor, bo = put(store, drawn, "Mor", "closest"), put(store, drawn, "Bo", "close")
    home = store.write(lambda w: network_maps.add_group(w, drawn, "", [mor], True)).result
    changed = edits(store, MapGroup, home, label="Hos mor", members=frozenset({mor, bo}))
    store.write(lambda w: network_maps.edit_group(w, home, changed))
    found = opened(store, drawn).groups[0]
    assert (found.label, found.members, found.with_child) == ("Hos mor", frozenset({mor, bo}), True)
    nobody = edits(store, MapGroup, home, members=frozenset(), with_child=False)
    for write in (
        lambda w: network_maps.edit_group(w, home, nobody),
        lambda w: network_maps.add_group(w, drawn, "Ingen", []),
        lambda w: network_maps.add_group(w, drawn, "x" * 201, [mor]),
    ):
        with pytest.raises(InvalidInput):
            store.write(write)
    store.write(lambda w: network_maps.remove_group(w, home))
    assert not opened(store, drawn).groups and len(opened(store, drawn).people) == 2


def test_words_are_kept_in_their_order_with_whose_they_are(store, drawn):
    mor = put(store, drawn, "Mor", "closest")
    store.write(lambda w: network_maps.add_quote(w, drawn, "Mor er sød"))
    second = store.write(lambda w: network_maps.add_quote(w, drawn, "Nej", Voice.MOTHER, mor)).result
    assert [(one.words, one.said_by, one.person) for one in opened(store, drawn).quotes] == [
        ("Mor er sød", Voice.CHILD, None),
        ("Nej", Voice.MOTHER, mor),
    ]
    changed = edits(store, MapQuote, second, words="Jo", person=None)
    store.write(lambda w: network_maps.edit_quote(w, second, changed))
    assert opened(store, drawn).quotes[1].words == "Jo"
    with pytest.raises(InvalidInput):
        store.write(lambda w: network_maps.add_quote(w, drawn, " \n "))
    store.write(lambda w: network_maps.remove_quote(w, second))
    assert len(opened(store, drawn).quotes) == 1


def test_a_line_to_somebody_removed_on_another_device_is_not_shown(store, drawn):
    mor = put(store, drawn, "Mor", "closest")
    store.write(lambda w: network_maps.add_relation(w, drawn, None, mor))
    store.write(lambda w: network_maps.add_group(w, drawn, "Hos mor", [mor]))

    def elsewhere(writer):
        writer.act("Remove from the network map")
        writer.cancel(MapPerson, mor)

    store.write(elsewhere)
    found = opened(store, drawn)
    assert not (found.people or found.relations or found.groups)


# --- Kept maps -----------------------------------------------------------------------------------------------


def test_a_kept_map_refuses_every_command_and_offers_to_draw_on(store, case, drawn):
    birthe = card(store, case, "Birthe Prøve")
    mor, bo = put(store, drawn, "Mor", "closest"), put(store, drawn, "Bo", "close")
    line = store.write(lambda w: network_maps.add_relation(w, drawn, None, mor)).result
    home = store.write(lambda w: network_maps.add_group(w, drawn, "Hos mor", [mor])).result
    words = store.write(lambda w: network_maps.add_quote(w, drawn, "Ja")).result
    store.write(lambda w: map_versions.keep(w, drawn))
    before = opened(store, drawn)
    commands = {
        "edit": lambda w: network_maps.edit(w, drawn, {"title": Edit("Nyt")}),
        "add_person": lambda w: network_maps.add_person(w, drawn, "Ny"),
        "edit_person": lambda w: network_maps.edit_person(w, mor, {"called": Edit("Ny")}),
        "move": lambda w: network_maps.move(w, mor, None),
        "move_many": lambda w: network_maps.move_many(w, drawn, {mor: None}),
        "tidy_up": lambda w: network_maps.tidy_up(w, drawn, shipped()),
        "change_template": lambda w: network_maps.change_template(w, drawn, shipped()["six", 1]),
        "remove_person": lambda w: network_maps.remove_person(w, mor),
        "link": lambda w: network_maps.link(w, mor, birthe),
        "make_person": lambda w: network_maps.make_person(w, mor, Role.MOTHER),
        "add_relation": lambda w: network_maps.add_relation(w, drawn, mor, bo),
        "edit_relation": lambda w: network_maps.edit_relation(w, line, {"note": Edit("x")}),
        "remove_relation": lambda w: network_maps.remove_relation(w, line),
        "add_group": lambda w: network_maps.add_group(w, drawn, "x", [bo]),
        "edit_group": lambda w: network_maps.edit_group(w, home, {"label": Edit("x")}),
        "remove_group": lambda w: network_maps.remove_group(w, home),
        "add_quote": lambda w: network_maps.add_quote(w, drawn, "x"),
        "edit_quote": lambda w: network_maps.edit_quote(w, words, {"words": Edit("x")}),
        "remove_quote": lambda w: network_maps.remove_quote(w, words),
        "remove_map": lambda w: network_maps.remove_map(w, drawn),
        "keep": lambda w: map_versions.keep(w, drawn),
    }
    reading = {"begin", "drawable", "known", "maps_of", "not_yet", "open_map", "same_names"}
    kinds = {"MapIsKept", "MapRow", "OpenMap"}
    assert set(network_maps.__all__) - reading - kinds == commands.keys() - {"keep"}
    for command in commands.values():
        with pytest.raises(MapIsKept) as refused:
            store.write(command)
        assert "Draw on" in refused.value.ways_out[0]
    assert opened(store, drawn) == before and before.locked
