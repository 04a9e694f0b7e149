"""The netværkskort of the demo: whose they are, what is on them, and what half a year changed."""

from __future__ import annotations

import pytest

from caseworker_app.demo import books
from caseworker_app.domain.case import Case
from caseworker_app.domain.map_diff import compare_voices, diff, sentences
from caseworker_app.domain.map_geometry import tidy
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import MapPersonKind, MapState, NetworkMap, NetworkTask, Quality, Voice
from caseworker_app.services import map_meetings, map_versions, network_maps


@pytest.fixture
def maps(demo):
    """Every map of the demo, opened, by the child's first name."""

    def read(reader):
        found = {}
        for one in reader.find(NetworkMap):
            opened = network_maps.open_map(reader, one.id, books.map_templates())
            found.setdefault(opened.case.first_name, []).append(opened)
        return found

    return demo.read(read)


def test_children_and_their_parents_have_each_their_map(maps):
    voices = {child: {one.map.voice for one in drawn} for child, drawn in maps.items()}
    assert voices["Jonas"] == voices["Felix"] == {Voice.CHILD, Voice.MOTHER}
    assert voices["Ida"] == voices["Elif"] == {Voice.CHILD, Voice.TOGETHER}
    assert voices["Åse"] == {Voice.CHILD}


def test_kept_maps_are_what_was_kept_and_one_is_still_being_drawn(demo, maps):
    every = [one.map for drawn in maps.values() for one in drawn]
    kept = [one for one in every if one.state is not MapState.DRAFT]
    assert len(every) - len(kept) == 1
    assert all(demo.read(lambda r, one=one: map_versions.verify_digest(r, one.id)) for one in kept)
    assert {one.number for one in every if one.voice is Voice.CHILD} == {1, 2}


def test_half_a_year_gives_five_sentences_that_say_what_was_drawn(maps):
    first, second = (one for one in maps["Jonas"] if one.map.voice is Voice.CHILD)
    assert (second.map.drawn_on - first.map.drawn_on).days > 150
    assert sentences(diff(first, second), Wording.CHILD, "Jonas") == (
        "Noah er ny på kortet: 'Tæt på' i feltet 'Venner'.",
        "Mormor er rykket fra 'Kender godt' til 'Tæt på'.",
        "Anders er rykket fra 'Længere væk' til 'Kender godt'.",
        "Oliver er ikke på kortet længere.",
        "Stregen mellem Mor og Far er ændret fra 'Det er svært / vi skændes tit' til 'Vi har det fint'.",
    )


def test_a_nine_year_old_has_a_dog_somebody_missed_a_hard_line_and_a_broken_one(maps):
    first = maps["Jonas"][0]
    assert {one.placement.ring for one in first.people} == {ring.id for ring in first.template.rings}
    assert any(one.kind is MapPersonKind.PET and one.role_word == "hund" for one in first.people)
    assert any(one.placement.ring == "outside" and one.role_word == "savner" for one in first.people)
    assert {Quality.STRAINED, Quality.BROKEN} <= {line.quality for line in first.relations}


def test_nobody_stands_over_another(maps):
    for opened in (one for drawn in maps.values() for one in drawn):
        places = {one.id: one.placement for one in opened.people if one.placement is not None}
        assert tidy(opened.template, places, [one.id for one in opened.people]) == places


def test_child_and_mother_have_some_nearer_than_the_other_has(maps):
    child, mother = (
        next(o for o in reversed(maps["Jonas"]) if o.map.voice is v) for v in (Voice.CHILD, Voice.MOTHER)
    )
    beside = compare_voices(child, mother)
    assert {one.one.called for one in beside.different} >= {"Far", "Mormor", "Anders"}
    assert {one.called for one, _cell in beside.only_other} >= {"Henriette"}
    assert {one.called for one, _other in beside.perhaps_same} >= {"Ida", "William"}


def test_an_investigation_has_the_child_s_map_and_the_parents(demo, maps):
    attached = [one.map for one in maps["Elif"]]
    assert {one.state for one in attached} == {MapState.ATTACHED}
    investigation = attached[0].investigation
    assert demo.read(lambda r: map_versions.still_to_draw(r, investigation)) == ()


def test_small_things_are_agreed_and_one_may_be_asked_about_relief(demo, maps):
    tasks = demo.read(lambda r: r.find(NetworkTask))
    assert len(tasks) == 2 and all(task.due > demo.summary.today for task in tasks)
    assert set(maps["Jonas"][1].tasks) == set(tasks)
    jonas = demo.read(lambda r: next(one for one in r.find(Case) if one.first_name == "Jonas"))
    noted = demo.read(lambda r: map_meetings.candidates(r, jonas.stream))
    assert [one.called for one in noted] == ["Mormor"]
