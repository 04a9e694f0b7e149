"""Rings and sectors read from a file: what ships is whole, and every fault is said with its key and line."""

from __future__ import annotations

import pytest

import resources
from caseworker_app.domain.map_template import OUTER_EDGE, MapTemplateError, latest
from caseworker_app.domain.map_template_reading import read_map_templates
from tests.helpers.maps import MAPS, shipped

TEXT = resources.text("catalogues", MAPS)


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(MapTemplateError) as caught:
        read_map_templates(text, "egen.toml")
    return [(fault.key, str(fault.what)) for fault in caught.value.faults]


def test_what_ships_is_whole():
    assert set(shipped()) == {("four", 1), ("six", 1)}
    for template in shipped().values():
        assert [ring.id for ring in template.rings] == ["closest", "close", "known", "distant", "outside"]
        assert template.rings[0].inner == 0 and template.rings[-1].outer == OUTER_EDGE
        assert sum(sector.end - sector.start for sector in template.sectors) == 360
        assert len({sector.key for sector in template.sectors}) == len(template.sectors)
        assert template.sector("school").hides_place


def test_every_version_stays_and_the_latest_is_taken_for_new_maps():
    newer = TEXT.replace("version = 1", "version = 2").replace("Kender godt", "Kender lidt")
    both = read_map_templates(TEXT + newer, MAPS)
    assert latest(both, "four").version == 2
    assert both["four", 1].ring("known").child == "Kender godt"
    assert both["four", 2].ring("known").child == "Kender lidt"


@pytest.mark.parametrize(
    ("was", "becomes", "key", "what"),
    [
        ('id = "four"', 'ident = "four"', "template[1].id", "this key is missing"),
        ('id = "four"', 'id = "four"\ncolour = 1', "template[1].colour", "this key is not known here"),
        ('id = "four"', 'id = " "', "template[1].id", "it must not be empty"),
        ('id = "four"', "id = 4", "template[1].id", "it must be a text"),
        ('id = "six"', 'id = "four"', "template[2].id", "two templates are called four"),
        ("version = 1", "version = 0", "template[1].version", "it must be 1 or more"),
        ("version = 1", "version = true", "template[1].version", "it must be a number"),
        ("outer = 0.42", "outer = 0.5", "template[1].rings[2].inner", "it must begin where the one before ends"),
        ("inner = 0.0", "inner = 0.1", "template[1].rings[1].inner", "the first ring begins at 0"),
        ("outer = 1.16", "outer = 1.2", "template[1].rings[5].id", "the last one is outside, from 1 to 1.16"),
        ('id = "close"', 'id = "closest"', "template[1].rings[2].id", "two are called closest"),
        ("outer = 0.42", 'outer = "0.42"', "template[1].rings[1].outer", "it must be a number"),
        ("outer = 0.42", "outer = nan", "template[1].rings[1].outer", "the number is too large"),
        ("outer = 0.42", f"outer = {10**400}", "template[1].rings[1].outer", "the number is too large"),
        ("end = 360.0", "end = 350.0", "template[1].sectors[1].end", "the next sector must begin where this one ends"),
        ("start = 270.0", "start = -90.0", "template[1].sectors[1].end", "there is no room to stand in it"),
        ('key = "V"', 'key = "v"', "template[1].sectors[2].key", "it must be one capital letter"),
        ('key = "V"', 'key = "F"', "template[1].sectors[2].key", "two are called F"),
        ('color = "#E69F00"', 'color = "orange"', "template[1].sectors[2].color",
         "it must be a colour such as #0072B2"),
        ("hides_place = true", "hides_place = 1", "template[1].sectors[3].hides_place", "it must be true or false"),
        ("[[template]]", "[[templates]]", "templates", "this key is not known here"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_key(was, becomes, key, what):
    assert was in TEXT
    assert (key, what) in faults(TEXT.replace(was, becomes, 1))


def test_a_fault_is_said_with_its_line():
    broken = TEXT.replace('key = "V"', 'key = "v"', 1)
    line = next(n for n, text in enumerate(broken.splitlines(), start=1) if 'key = "v"' in text)
    with pytest.raises(MapTemplateError) as caught:
        read_map_templates(broken, "egen.toml")
    assert [fault.line for fault in caught.value.faults] == [line]
    assert f"line {line}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "template"),
        ("template = 3", "template"),
        ("[[template]", "TOML"),
        ('[[template]]\nid="a"\nversion=1\nname="A"\nrings=[]\nsectors=[3]', "template[1].rings"),
    ],
)
def test_a_file_without_templates_is_refused(text, key):
    assert faults(text)[0][0] == key


def test_rings_without_an_inside_and_sectors_that_pass_a_turn_are_refused():
    only_outside = (
        'rings = [ { id = "outside", child = "U", professional = "U", inner = 1.0, outer = 1.16 } ]'
    )
    start, end = TEXT.index("rings = ["), TEXT.index("sectors = [")
    assert ("template[1].rings[1].id", "there must be a ring inside") in faults(
        f"{TEXT[:start]}{only_outside}\n{TEXT[end:]}"
    )
    twice = TEXT.replace("end = 360.0", "end = 720.0", 1)
    assert ("template[1].sectors[4].end", "the sectors together must be 360 degrees") in faults(twice)
