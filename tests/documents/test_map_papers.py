"""The netværkskort on paper, read back: one page for the map, words from the second, no raster, nothing hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings

from caseworker_app.documents import papers
from caseworker_app.documents.map_papers import map_document
from caseworker_app.documents.pdf import render, render_with_report
from caseworker_app.domain.map_facts import NetworkMapComparisonFacts, NetworkMapFacts
from caseworker_app.domain.map_profiles import profiles_for
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import Placement, Voice
from caseworker_app.domain.papers import Paper, PaperJob
from tests.documents.reading import Reading, squeezed
from tests.helpers.map_views import danish, view
from tests.helpers.whole_maps import COPIES, Whole, seen_by, texts, wholes

DAY = dt.date(2026, 11, 21)
WORDS = danish()
MM = 72 / 25.4


def facts(seen: MapView, **more: object) -> NetworkMapFacts:
    return NetworkMapFacts(seen, WORDS, DAY, **more)


def pdf(seen: MapView, **more: object) -> bytes:
    return render(map_document(facts(seen, **more)))


def everything(data: bytes) -> str:
    """Return all text of a file: on its pages, beside them, in alternative texts and in its metadata."""
    reading = Reading(data)
    parts = [reading.root.text, *(page.aside for page in reading.pages)]
    parts += [element.alt for element in reading.root.walk() if element.alt]
    parts += [str(value) for value in reading.pdf.docinfo.values()]
    parts.append(reading.pdf.Root.Metadata.read_bytes().decode())
    return squeezed(" ".join(parts))


def marks_of(page: int, data: bytes) -> str:
    return squeezed("".join(Reading(data).pages[page].marks.values()))


@pytest.mark.parametrize("sectors", ["four", "six"])
@pytest.mark.parametrize("count", [0, 6, 15, 30, 50, 70])
@pytest.mark.parametrize("a3", [False, True])
def test_the_whole_map_is_on_the_first_page_and_the_words_from_the_second(count, sectors, a3):
    data = pdf(view(count, sectors=sectors), a3=a3)
    reading = Reading(data)
    assert reading.faults() == []
    first = marks_of(0, data)
    assert "Kortet i ord" not in first
    assert "Netværkskort tegnet med Emma" in first
    assert marks_of(1, data).startswith("Kortet i ord")
    figures = reading.root.all("Figure")
    assert figures[-1].alt is not None
    assert f"{count} omkring" in figures[-1].alt


@pytest.mark.parametrize("a3", [False, True])
def test_it_fits_the_paper_held_sideways_within_its_margins(a3):
    data = pdf(view(50), a3=a3)
    wide, tall, margin = (420, 297, 14) if a3 else (297, 210, 12)
    with pikepdf.open(BytesIO(data)) as opened:
        for page in opened.pages:
            assert [float(x) for x in page.MediaBox] == pytest.approx([0, 0, wide * MM, tall * MM], abs=0.01)
    for figure in Reading(data).root.all("Figure"):
        left, foot, right, top = map(float, figure.attributes["/BBox"])
        assert left >= margin * MM - 0.1
        assert right <= (wide - margin) * MM + 0.1
        assert foot >= 14 * MM
        assert top <= (tall - 10) * MM


@pytest.mark.parametrize("black", [False, True])
def test_no_raster_and_no_logo_is_on_a_map(black):
    with pikepdf.open(BytesIO(pdf(view(30), black=black))) as opened:
        for page in opened.pages:
            assert len(page.Resources.get("/XObject", {})) == 0
            assert b" Do" not in b"".join(part.read_bytes() for part in [page.Contents])
            assert b"BI " not in page.Contents.read_bytes()


def test_in_black_there_is_no_colour():
    with pikepdf.open(BytesIO(pdf(view(15), black=True))) as opened:
        colours = {
            tuple(float(x) for x in operands)
            for operands, operator in pikepdf.parse_content_stream(opened.pages[0])
            if str(operator) in ("rg", "RG")
        }
    ink = {tuple(round(int(c[n : n + 2], 16) / 255, 3) for n in (1, 3, 5)) for c in ("#1E2326", "#57606A")}
    assert {c for c in colours if len(set(c)) > 1} <= ink


def test_the_first_page_says_whose_map_when_where_who_was_there_and_which_version():
    text = marks_of(0, pdf(view(15)))
    for said in (
        "Barnets kort", "20. november 2026", "Hos mormor", "Mette Holm, rådgiver", "version 2 · 3f9a1c2b",
        "Kopi til sagen", "Sådan læses kortet",
    ):  # fmt: skip
        assert said in text


def test_each_page_says_the_version_and_its_number():
    for number, page in enumerate(Reading(pdf(view(15))).pages, start=1):
        assert page.aside.startswith("Side")
        assert f"Side {number} af" in page.aside
        assert "Netværkskort · version 2 · 3f9a1c2b" in page.aside


def test_a_map_that_is_being_drawn_says_so():
    text = marks_of(0, pdf(view(6, number=None, digest="")))
    assert "Kladde" in text


@pytest.mark.parametrize(("voice", "title"), [
    (Voice.MOTHER, "Netværkskort for Emma tegnet med mor"),
    (Voice.TOGETHER, "Netværkskort for Emma tegnet sammen"),
])  # fmt: skip
def test_the_title_says_with_whom_it_was_drawn(voice, title):
    assert title in marks_of(0, pdf(view(6, voice=voice)))


def test_the_files_title_and_metadata_say_nobodys_name():
    with pikepdf.open(BytesIO(pdf(view(15)))) as opened:
        kept = " ".join(str(value) for value in opened.docinfo.values())
        kept += opened.Root.Metadata.read_bytes().decode()
    for person in ("Emma", "Mormor", "Mette", "Hos mormor"):
        assert person not in kept


def test_many_who_were_there_do_not_push_the_key_off_the_page():
    everybody = tuple(f"Person nummer {number} med et langt navn, stilling" for number in range(14))
    data = pdf(view(50, present=everybody))
    assert "og 10 andre (se næste side)" in marks_of(0, data)
    assert "Person nummer 13 med et langt navn" in everything(data)
    assert marks_of(1, data).startswith("Kortet i ord")


@pytest.mark.parametrize("count", [6, 15, 50, 70])
def test_everybody_and_every_line_stand_in_words(count):
    seen = view(count)
    text = everything(pdf(seen))
    for person in seen.people:
        assert person.called in text
        assert person.role_word in text
    for group in seen.groups:
        assert group.label in text
    for quote in seen.quotes:
        assert quote.words in text
    tables = Reading(pdf(seen)).root.all("Table")
    rows = [row for table in tables[1:] for row in table.all("TR")]
    heads = {cell.text.strip() for row in rows for cell in row.all("TH")}
    assert {person.called for person in seen.people} <= heads


def test_a_line_says_whose_statement_it_is_where_that_is_not_the_maps_own():
    seen = view(6)
    other = replace(seen.relations[0], said_by=Voice.MOTHER)
    text = everything(pdf(replace(seen, relations=(other,))))
    assert "Vi har det rigtig godt (sagt af mor)" in text


def test_the_words_are_the_files_or_the_childs():
    file = everything(pdf(view(15, wording=Wording.PROFESSIONAL)))
    child = everything(pdf(view(15, profile=MapProfile.CHILD)))
    assert "Stærk, støttende" in file
    assert "Vi har det rigtig godt" not in file
    assert "Vi har det rigtig godt" in child
    assert "Barnets eksemplar" in child


def test_the_same_map_gives_the_same_bytes_and_no_font_lacks_a_letter():
    one = render_with_report(map_document(facts(view(30))))
    assert one.pdf == render(map_document(facts(view(30))))
    assert one.missing == ()


def test_a_paper_job_of_a_map_is_made_as_any_other():
    made = papers.make(PaperJob(Paper.NETWORK_MAP, facts(view(6)), "network-map-file.pdf"))
    assert made.pages == 2
    assert made.data.startswith(b"%PDF")


# --- two maps -----------------------------------------------------------------------------------------------------


def compared(*sentences: str) -> NetworkMapComparisonFacts:
    old, new = view(9), view(12, number=3, drawn_on=dt.date(2027, 5, 20))
    before = Placement(100, 900, "distant", "friends")
    moved = ((before, new.people[0].placement, "Mor"), (before, None, "Grete"))
    return NetworkMapComparisonFacts(old, new, sentences, moved, (before,), WORDS, DAY)


def test_a_comparison_holds_both_maps_and_the_sentences():
    said = "Mormor er rykket fra 'Kender godt' til 'Tæt på'."
    data = papers.make(
        PaperJob(Paper.NETWORK_MAP_COMPARISON, compared(said), "network-map-comparison.pdf")
    ).data
    reading = Reading(data)
    assert reading.faults() == []
    assert len(reading.root.all("Figure")) == 2
    first = marks_of(0, data)
    for words in ("20. november 2026", "20. maj 2027", "version 3", said, "væk", "Grete", "ny"):
        assert words in first
    with pikepdf.open(BytesIO(data)) as opened:
        assert all(len(page.Resources.get("/XObject", {})) == 0 for page in opened.pages)


def test_two_maps_that_say_the_same_are_said_to():
    assert "De to kort siger det samme." in everything(render(map_document(compared())))


@pytest.mark.parametrize("word", ["forbedr", "forværr", "bedre", "værre"])
def test_a_comparison_judges_nothing(word):
    assert word not in everything(render(map_document(compared("Far er ny på kortet.")))).casefold()


# --- leaks --------------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(wholes())
def test_no_pdf_holds_a_word_its_reader_must_not_see_and_all_of_what_he_may(own: Whole):
    for profile in profiles_for(own.map.voice):
        seen = seen_by(own, profile)
        data = pdf(seen)
        text = everything(data)
        for word in COPIES[profile](own):
            assert word.casefold() not in text.casefold()
            assert word.encode() not in data
        for said in texts(replace(seen, left_out=(), digest="")):
            assert squeezed(said) in text
