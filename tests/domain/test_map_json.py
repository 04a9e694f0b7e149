"""The netværkskort as JSON: one text for one content, read back whole, by its schema, also from an older version."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.map_json import (
    FORMAT,
    MapContents,
    MapTextError,
    digest_of,
    from_json,
    to_json,
    to_plain,
    upgraded,
)
from caseworker_app.domain.network_map import (
    Candidate,
    Flow,
    Informed,
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
from tests.helpers.json_schema import faults

SCHEMA = json.loads(resources.text("schemas", "network_map-1.json"))
IDS = st.binary(min_size=16, max_size=16)
MAP = b"m" * 16
WORDS = st.text(max_size=12)
MAPS = st.builds(
    NetworkMap, id=st.just(MAP), voice=st.sampled_from(Voice), title=WORDS, place=WORDS, note=WORDS,
    drawn_on=st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), present=st.lists(WORDS, max_size=3).map(tuple),
    series=st.none() | IDS, parent=st.none() | IDS, number=st.none() | st.integers(1, 99),
)  # fmt: skip
PLACES = st.builds(
    Placement, st.integers(0, 3599), st.integers(0, 1160), st.just("close"), st.just("family"), st.booleans()
)
PEOPLE = st.builds(
    MapPerson, id=IDS, map=st.just(MAP), kind=st.sampled_from(MapPersonKind), called=WORDS, role_word=WORDS,
    case_person=st.none() | IDS, origin=st.none() | IDS, placement=st.none() | PLACES, dead=st.booleans(),
    support=st.none() | st.sampled_from(Support), informed=st.none() | st.sampled_from(Informed), doubtful=st.booleans(),
    order=WORDS,
)  # fmt: skip
LINES = st.builds(
    MapRelation, id=IDS, map=st.just(MAP), a=st.none() | IDS, b=st.none() | IDS, quality=st.sampled_from(Quality),
    flow=st.none() | st.sampled_from(Flow), said_by=st.sampled_from(Voice), note=WORDS,
)  # fmt: skip
GROUPS = st.builds(
    MapGroup,
    id=IDS,
    map=st.just(MAP),
    label=WORDS,
    members=st.frozensets(IDS, max_size=4),
    with_child=st.booleans(),
)
QUOTES = st.builds(
    MapQuote,
    id=IDS,
    map=st.just(MAP),
    said_by=st.sampled_from(Voice),
    words=WORDS,
    person=st.none() | IDS,
    order=WORDS,
)


def some(things):
    return st.lists(things, max_size=4, unique_by=lambda one: one.id).map(tuple)


CONTENTS = st.builds(MapContents, MAPS, some(PEOPLE), some(LINES), some(GROUPS), some(QUOTES))

SMALL = MapContents(
    NetworkMap(id=MAP, series=MAP, drawn_on=dt.date(2026, 11, 21), place="Hjemme"),
    (
        MapPerson(id=b"b" * 16, map=MAP, called="Bedste", placement=Placement(3150, 530, "close", "family")),
        MapPerson(id=b"a" * 16, map=MAP, called="Søren", role_word="far"),
    ),
    (MapRelation(id=b"c" * 16, map=MAP, a=None, b=b"b" * 16),),
    (MapGroup(id=b"d" * 16, map=MAP, label="Hos far", members=frozenset({b"a" * 16, b"b" * 16})),),
    (MapQuote(id=b"e" * 16, map=MAP, words="Han laver pandekager"),),
)


@given(CONTENTS)
def test_a_map_is_read_back_as_it_was_written_and_fits_its_schema(contents):
    text = to_json(contents)
    again = from_json(text)
    assert again == MapContents(
        contents.map,
        *(
            tuple(sorted(part, key=lambda one: one.id))
            for part in (contents.people, contents.relations, contents.groups, contents.quotes)
        ),
    )
    assert to_json(again) == text
    assert list(faults(SCHEMA, json.loads(text))) == []


def test_the_order_things_were_made_in_is_no_part_of_the_text():
    turned = replace(SMALL, people=SMALL.people[::-1])
    assert to_json(turned) == to_json(SMALL)


PROGRAM = "from tests.domain.test_map_json import SMALL, digest_of, to_json; print(digest_of(to_json(SMALL)))"


def test_another_process_writes_the_very_same_text():
    found = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {digest_of(to_json(SMALL))}


def test_the_text_of_version_one_never_changes():
    assert digest_of(to_json(SMALL)) == "6c84a8f30f399d580eb42b60bd06f832aadacdf148ce4130002bad9df49757e6"


CHANGES = {
    "called": "Bedstefar", "role_word": "morfar", "kind": MapPersonKind.PET, "case_person": b"x" * 16, "dead": True,
    "origin": b"o" * 16, "support": Support.DRAINS, "informed": Informed.KNOWS, "doubtful": True, "order": "z",
    "placement": Placement(3150, 530, "close", "family", True),
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
def test_every_change_of_what_is_said_of_somebody_changes_the_checksum(field):
    first = replace(SMALL.people[0], **{field: CHANGES[field]})
    changed = replace(SMALL, people=(first, SMALL.people[1]))
    assert digest_of(to_json(changed)) != digest_of(to_json(SMALL))


def test_every_field_of_somebody_is_told_but_the_map_and_the_worker_s_own_note():
    assert CHANGES.keys() == type_of(MapPerson).specs.keys() - {"map", "candidate"}
    noted = replace(SMALL.people[0], candidate=Candidate.RELIEF)
    assert to_json(replace(SMALL, people=(noted, SMALL.people[1]))) == to_json(SMALL)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SMALL, map=replace(SMALL.map, place="Ude")),
        replace(SMALL, map=replace(SMALL.map, present=("Ida",))),
        replace(SMALL, map=replace(SMALL.map, voice=Voice.MOTHER)),
        replace(SMALL, map=replace(SMALL.map, number=2)),
        replace(SMALL, map=replace(SMALL.map, template_version=2)),
        replace(SMALL, relations=()),
        replace(SMALL, relations=(replace(SMALL.relations[0], quality=Quality.WEAK),)),
        replace(SMALL, relations=(replace(SMALL.relations[0], said_by=Voice.FATHER),)),
        replace(SMALL, relations=(replace(SMALL.relations[0], flow=Flow.BOTH),)),
        replace(SMALL, groups=(replace(SMALL.groups[0], members=frozenset({b"a" * 16})),)),
        replace(SMALL, groups=(replace(SMALL.groups[0], with_child=True),)),
        replace(SMALL, quotes=(replace(SMALL.quotes[0], words="Nej"),)),
    ],
)
def test_every_other_change_of_content_changes_the_checksum(changed):
    assert digest_of(to_json(changed)) != digest_of(to_json(SMALL))


def test_nothing_of_the_case_is_in_the_text():
    kept = replace(SMALL.map, snapshot="GEMT", digest="SUM", investigation=b"i" * 16, stream=b"s" * 16)
    text = to_json(replace(SMALL, map=kept))
    for secret in ("GEMT", "SUM", (b"i" * 16).hex(), (b"s" * 16).hex()):
        assert secret not in text


def test_a_field_that_came_later_has_its_default_in_an_older_text():
    plain = to_plain(SMALL)
    for row in plain["people"]:
        del row["dead"]
    assert from_json(json.dumps(plain)).people[0].dead is False


def test_an_older_version_is_brought_up_step_by_step():
    steps = {1: lambda data: {**data, "one": 1}, 2: lambda data: {**data, "two": data["one"] + 1}}
    assert upgraded({"version": 1}, steps, 3) == {"version": 3, "one": 1, "two": 2}
    assert upgraded({"version": 3}, steps, 3) == {"version": 3}


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{", '{"format": "x", "version": 1}', json.dumps({"format": FORMAT}),
        json.dumps({"format": FORMAT, "version": 0}), json.dumps({"format": FORMAT, "version": True}),
        json.dumps({"format": FORMAT, "version": 1}), json.dumps({"format": FORMAT, "version": 2}),
        json.dumps({**to_plain(SMALL), "people": [{"id": "zz"}]}), json.dumps({**to_plain(SMALL), "people": [{}]}),
        json.dumps({**to_plain(SMALL), "people": 3}), json.dumps({**to_plain(SMALL), "map": None}),
        json.dumps({**to_plain(SMALL), "people": [{"id": "00" * 16, "kind": "ghost"}]}),
    ],
)  # fmt: skip
def test_a_text_that_is_no_map_is_said_to_be_none(text):
    with pytest.raises(MapTextError):
        from_json(text)


def test_the_schema_refuses_what_the_program_never_writes():
    plain = to_plain(SMALL)
    for part, row in (
        ("map", {**plain["map"], "cpr": "1"}),
        ("people", [{**plain["people"][0], "placement": {"angle": 3600}}]),
        ("relations", [{**plain["relations"][0], "quality": "good"}]),
        ("groups", [{**plain["groups"][0], "members": ["x"]}]),
    ):
        assert list(faults(SCHEMA, {**plain, part: row}))
    assert list(faults(SCHEMA, {**plain, "version": 2}))
