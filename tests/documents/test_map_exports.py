"""The netværkskort for other programs: readable by them, of the same view as the paper, and holding nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from caseworker_app.documents import papers
from caseworker_app.documents.map_exports import export, graphml
from caseworker_app.domain.map_facts import MapFormat, NetworkMapFacts
from caseworker_app.domain.map_json import from_json
from caseworker_app.domain.map_profiles import profiles_for
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.services.map_papers import file_name
from tests.helpers.map_views import danish, view
from tests.helpers.whole_maps import COPIES, Whole, seen_by, texts, wholes

DAY = dt.date(2026, 11, 21)
WORDS = danish()
FILES = [one for one in MapFormat if one not in (MapFormat.PDF, MapFormat.PNG)]
SVG = "{http://www.w3.org/2000/svg}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def made(seen: MapView, kind: MapFormat, **more: object) -> bytes:
    return export(NetworkMapFacts(seen, WORDS, DAY, kind, **more))


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_svg_is_lines_and_words_without_picture_script_or_reference():
    root = ElementTree.fromstring(made(view(30), MapFormat.SVG))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
        "line",
        "circle",
        "text",
        "g",
        "polyline",
        "polygon",
    }
    assert not any(
        "href" in name or name.startswith("on") for element in root.iter() for name in element.attrib
    )
    said = {element.text for element in root.iter(f"{SVG}text")}
    assert {"Emma", "Mormor", "Familie", "Tæt på"} <= said


def test_the_svg_says_whose_map_it_is_when_it_was_drawn_which_version_and_how_it_is_read():
    root = ElementTree.fromstring(made(view(9), MapFormat.SVG))
    said = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    for words in (
        "Netværkskort tegnet med Emma",
        "Barnets kort",
        "20. november 2026",
        "version 2 · 3f9a1c2b",
        "Kopi til sagen",
        "Vi har det rigtig godt",
        "Bor sammen eller hører sammen",
    ):
        assert words in said, words


def test_the_svg_is_as_large_as_the_page_has_room_for():
    small, large = (ElementTree.fromstring(made(view(6), MapFormat.SVG, a3=a3)) for a3 in (False, True))
    assert small.attrib["height"] == "184mm"
    assert large.attrib["height"] == "277mm"


def test_graphml_has_the_child_everybody_and_every_line_with_ring_sector_quality_and_voice():
    seen = view(15)
    root = ElementTree.fromstring(graphml(seen))
    declared = {key.attrib["id"] for key in root.iter(f"{GRAPHML}key")}
    nodes, edges = list(root.iter(f"{GRAPHML}node")), list(root.iter(f"{GRAPHML}edge"))
    assert len(nodes) == 16
    assert len(edges) == len(seen.relations)
    assert {data.attrib["key"] for data in root.iter(f"{GRAPHML}data")} <= declared
    names = {node.attrib["id"] for node in nodes}
    assert all({edge.attrib["source"], edge.attrib["target"]} <= names for edge in edges)
    mother = {data.attrib["key"]: data.text for data in nodes[1]}
    assert mother["node_name"] == "Mor"
    assert mother["node_ring"] == seen.people[0].placement.ring
    first = {data.attrib["key"]: data.text for data in edges[0]}
    assert first == {"edge_quality": "strong", "edge_said_by": "child"}


def test_the_tables_have_a_row_for_everybody_and_for_every_line():
    seen = view(15)
    people, lines = rows(made(seen, MapFormat.CSV_PEOPLE)), rows(made(seen, MapFormat.CSV_LINES))
    assert [row[0] for row in people[1:]] == [person.called for person in seen.people]
    assert len(lines) == len(seen.relations) + 1
    assert lines[1] == ["Emma", "Mor", "Vi har det rigtig godt", "", "Sagt af barnet"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_a_table_is_a_formula(start):
    seen = view(1)
    seen = replace(seen, people=(replace(seen.people[0], called=f"{start}HYPERLINK(1)"),))
    assert rows(made(seen, MapFormat.CSV_PEOPLE))[1][0] == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("kind", [MapFormat.SVG, MapFormat.GRAPHML])
def test_signs_of_xml_and_control_characters_in_names_break_nothing(kind):
    seen = view(1)
    seen = replace(seen, people=(replace(seen.people[0], called="<b>&\"Æ'\x01\x00]]>\ufffe"),))
    root = ElementTree.fromstring(made(seen, kind))
    assert "<b>&\"Æ']]>" in "".join(root.itertext())


def test_the_files_json_can_be_read_back_with_its_own_ids():
    seen = view(15)
    read = from_json(made(seen, MapFormat.JSON).decode())
    assert {person.id for person in read.people} == {person.id for person in seen.people}
    assert {line.id for line in read.relations} == {line.id for line in seen.relations}
    assert read.map.number == 2


@pytest.mark.parametrize("profile", [MapProfile.CHILD, MapProfile.FAMILY])
def test_two_copies_out_of_the_house_cannot_be_tied_together_by_ids(profile):
    seen = view(15, profile=profile)
    data = made(seen, MapFormat.JSON)
    read = from_json(data.decode())
    for one in (*seen.people, *seen.relations, *seen.groups):
        assert one.id.hex() not in data.decode()
    assert {line.b for line in read.relations} <= {person.id for person in read.people} | {None}
    assert (read.map.series, read.map.parent) == (None, None)


@pytest.mark.parametrize("kind", FILES)
def test_an_export_is_made_as_any_other_paper(kind):
    facts = NetworkMapFacts(view(6), WORDS, DAY, kind)
    job = PaperJob(Paper.NETWORK_MAP, facts, file_name(MapProfile.FILE, kind))
    assert papers.make(job).data == export(facts)


@pytest.mark.parametrize("kind", [MapFormat.PDF, MapFormat.PNG])
def test_paper_and_picture_are_made_elsewhere(kind):
    with pytest.raises(ValueError, match="no export"):
        made(view(1), kind)


def test_no_two_copies_have_the_same_file_name_and_none_says_a_name():
    names = {file_name(profile, kind) for profile in MapProfile for kind in MapFormat}
    assert len(names) == len(MapProfile) * len(MapFormat)
    assert "network-map-family.pdf" in names
    assert "network-map-child-people.csv" in names


@settings(max_examples=40, deadline=None)
@given(wholes())
def test_no_export_holds_a_word_its_reader_must_not_see(own: Whole):
    for profile in profiles_for(own.map.voice):
        seen = seen_by(own, profile)
        forbidden = COPIES[profile](own)
        for kind in FILES:
            text = made(seen, kind).decode("utf-8-sig")
            plain = json.dumps(json.loads(text), ensure_ascii=False) if kind is MapFormat.JSON else text
            for word in forbidden:
                assert word.casefold() not in plain.casefold()
                assert word.casefold() not in file_name(profile, kind)


@settings(max_examples=40, deadline=None)
@given(wholes())
def test_json_and_graphml_hold_every_name_their_reader_may_see(own: Whole):
    for profile in profiles_for(own.map.voice):
        seen = seen_by(own, profile)
        kept = json.dumps(json.loads(made(seen, MapFormat.JSON)), ensure_ascii=False)
        network = "".join(ElementTree.fromstring(graphml(seen)).itertext())
        for said in texts(seen.people):
            assert json.dumps(said, ensure_ascii=False).strip('"') in kept
            assert said in network
