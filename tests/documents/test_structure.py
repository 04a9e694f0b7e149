"""Every text of a document is in the file's structure once, in the order it is read, under its own role."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Heading,
    KeepTogether,
    KeyValues,
    Lines,
    NumberedList,
    PageBreak,
    Paragraph,
    SignatureLine,
    Spacer,
    Span,
    Table,
    cell,
    paragraph,
    row,
)
from caseworker_app.documents.pdf import render, render_with_report
from tests.documents.model import heard, printable, read
from tests.documents.papers import letter, minutes, small
from tests.documents.reading import Reading, squeezed

NAME_OF_20000 = ("Wilhelmine Åse Øhlenschlæger-Kjærsgaard " * 500)[:20_000]


def structure_of(*blocks: Block) -> Reading:
    reading = Reading(render(small(*blocks)))
    assert reading.faults() == []
    return reading


@pytest.mark.parametrize("document", [letter(), minutes()], ids=["letter", "minutes"])
def test_the_structure_says_what_the_blocks_say_once_and_in_order(document):
    reading = Reading(render(document))
    assert reading.faults() == []
    assert read(reading.root) == heard(document)


@pytest.mark.parametrize("document", [letter(), minutes()], ids=["letter", "minutes"])
def test_a_checker_of_accessible_pdf_finds_nothing(document, tmp_path):
    from pdfua import validate

    path = tmp_path / "paper.pdf"
    path.write_bytes(render(document))
    report = validate(str(path))
    assert [(finding.rule_id, finding.message) for finding in report.findings] == []
    assert [outcome.rule_id for outcome in report.outcomes if outcome.skipped_reason] == []


def test_a_head_cell_says_which_way_it_heads():
    table = structure_of(Table(row("Hvad", "Hvem"), (row("Ringe", "Søren"),), (1, 1), row_heads=True)).root
    assert [(each.text, str(each.attributes["/Scope"])) for each in table.all("TH")] == [
        ("Hvad", "/Column"), ("Hvem", "/Column"), ("Ringe", "/Row"),
    ]  # fmt: skip
    assert [each.text for each in table.all("TD")] == ["Søren"]


def test_a_list_has_items_with_a_mark_and_a_body():
    root = structure_of(NumberedList(row("først", cell("så", BulletList(row("dybere")))), first=9)).root
    top = root.all("L")[0]
    assert str(top.attributes["/ListNumbering"]) == "/Decimal"
    assert [[part.role for part in item.kids] for item in top.kids] == [["Lbl", "LBody"]] * 2
    assert [label.text for label in top.all("Lbl")] == ["9.", "10.", "•"]


def test_own_words_are_a_quotation():
    assert (
        structure_of(paragraph("jeg vil hjem", look="quote")).root.all("BlockQuote")[0].text == "jeg vil hjem"
    )


def test_a_cell_over_many_pages_is_one_cell_and_loses_nothing():
    rendered = render_with_report(small(Table(row("Navn", "Rolle"), (row(NAME_OF_20000, "mor"),), (1, 2))))
    reading = Reading(rendered.pdf)
    assert reading.faults() == []
    assert rendered.pages > 5
    assert [squeezed(each.text) for each in reading.root.all("TD")] == [squeezed(NAME_OF_20000), "mor"]
    assert len(reading.root.all("TR")) == 2


def test_sixty_rows_are_all_there_and_the_head_comes_again_on_every_page_for_the_eye_alone():
    document = minutes(agreements=60)
    reading = Reading(render(document))
    assert read(reading.root) == heard(document)
    pages = [page for page in reading.pages if any("Aftale" in text for text in page.marks.values())]
    assert len(pages) >= 3
    assert ["HvadHvemHvornår" in page.aside for page in pages] == [False] + [True] * (len(pages) - 1)


def test_a_head_too_tall_to_repeat_is_set_once_over_as_many_pages_as_it_needs():
    reading = structure_of(Table(row(NAME_OF_20000), tuple(row(str(at)) for at in range(9)), (1,)))
    assert squeezed(reading.root.all("TH")[0].text) == squeezed(NAME_OF_20000)
    assert [each.text for each in reading.root.all("TD")] == [str(at) for at in range(9)]


@pytest.mark.parametrize(
    "block",
    [
        Heading(1, NAME_OF_20000), paragraph(NAME_OF_20000), paragraph(NAME_OF_20000, look="quote"),
        paragraph("å" * 20_000), BulletList(row(NAME_OF_20000)), KeyValues(((NAME_OF_20000, cell("x")),)),
        KeepTogether((paragraph(NAME_OF_20000), paragraph("x"))), SignatureLine(NAME_OF_20000),
        Table(row("x"), (row(cell(BulletList(row(NAME_OF_20000, "x")))),), (1,), caption=NAME_OF_20000),
    ],
    ids=lambda block: type(block).__name__,
)  # fmt: skip
def test_twenty_thousand_characters_find_room_anywhere(block):
    document = small(paragraph("før"), block, paragraph("efter"))
    reading = Reading(render(document))
    assert reading.faults() == []
    assert read(reading.root) == heard(document)


def test_a_word_longer_than_the_line_is_cut_without_a_space_in_it():
    word = "Speciallægepraksisplanlægningsstabiliseringsperiode" * 9
    assert structure_of(Table((), (row(word),), (1, 9)[:1])).root.all("TD")[0].text == word
    assert structure_of(Table((), (row(word, ""),), (1, 9))).root.all("TD")[0].text == word


def test_words_do_not_run_together_where_a_line_ends():
    text = " ".join(["Emma kommer i skole fire dage om ugen inden jul, og mormor henter hende onsdag."] * 9)
    assert structure_of(paragraph(text)).root.all("P")[0].text == text
    assert (
        structure_of(paragraph("Lærkevej 12\n7400 Hedeby")).root.all("P")[0].text == "Lærkevej 12 7400 Hedeby"
    )


@pytest.mark.parametrize(
    "text", ["Mor <3", "a & b", "<b>fed</b>", "&amp;", "(a\\b)", "%s {x} $y", "<!-- -->", "]]>"]
)
def test_nothing_in_a_text_is_read_as_markup(text):
    assert structure_of(Heading(1, text), paragraph(text)).root.text == text * 2


def test_nothing_to_see_takes_no_place_in_the_structure():
    reading = structure_of(
        Heading(1, " "), paragraph(""), paragraph("\x00\n"), Table((), (), (1,)), BulletList(())
    )
    assert [element.role for element in reading.root.walk()] == ["Document"]
    assert render_with_report(small()).pages == 1


def test_an_empty_cell_is_a_cell():
    table = structure_of(Table(row("a", "b"), (row("1"), row("", "2")), (1, 1)))
    assert [each.text for each in table.root.all("TD")] == ["1", "", "", "2"]


def test_footer_and_page_numbers_are_furniture():
    reading = Reading(render(small(paragraph("ét"), PageBreak(), paragraph("to"), footer="Hedeby")))
    assert [page.aside for page in reading.pages] == ["Side 1 af 2Hedeby", "Side 2 af 2Hedeby"]
    assert reading.root.text == "étto"


def test_page_breaks_make_no_empty_page():
    document = small(PageBreak(), paragraph("a"), PageBreak(), PageBreak(), paragraph("b"), PageBreak())
    assert [list(page.marks.values()) for page in Reading(render(document)).pages] == [["a"], ["b"]]


def test_a_heading_is_never_the_last_on_its_page():
    for lines in range(36, 52):
        filler = [paragraph("linje", look="tight") for _ in range(lines)]
        pages = Reading(render(small(*filler, Heading(2, "Overskrift"), paragraph("tekst")))).pages
        assert [("Overskrift" in page.marks.values(), "tekst" in page.marks.values()) for page in pages] in (
            [(True, True)], [(False, False), (True, True)],
        )  # fmt: skip


def test_what_is_kept_together_is_on_one_page_with_the_short_paragraph_before_it():
    for lines in range(36, 52):
        filler = [paragraph("linje", look="tight") for _ in range(lines)]
        kept = KeepTogether((paragraph("Med venlig hilsen"), Spacer(10), paragraph("Mette")))
        pages = Reading(render(small(*filler, paragraph("Vi ses"), kept))).pages
        assert ["Vi ses" in page.marks.values() for page in pages] == [
            "Mette" in page.marks.values() for page in pages
        ]


def test_a_short_row_is_not_parted():
    for lines in range(30, 50):
        filler = [paragraph("linje", look="tight") for _ in range(lines)]
        cells = row("\n".join(["a"] * 6), "\n".join(["b"] * 4))
        pages = Reading(render(small(*filler, Table((), (cells,), (1, 1))))).pages
        texts = [text for page in pages for text in page.marks.values()]
        assert texts[lines:] == ["a a a a a a", "b b b b"]


def test_a_document_is_the_same_after_a_journey_to_another_process():
    for document in (letter(), minutes()):
        assert pickle.loads(pickle.dumps(document)) == document


def test_the_same_document_gives_the_same_bytes_whatever_was_printed_before():
    first = render(minutes())
    render(small(paragraph("السلام 😀 e\u0301 漢字")))
    render(letter())
    assert render(minutes()) == first
    assert render(minutes(agreements=25)) != first


def test_the_bytes_do_not_depend_on_the_process():
    code = (
        "import sys; from caseworker_app.documents.pdf import render; from tests.documents.papers import minutes;"
        "sys.stdout.buffer.write(render(minutes()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": "7"}, capture_output=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.stdout == render(minutes())


def test_a_table_that_cannot_be_drawn_is_refused_when_it_is_made():
    for wrong in ((row("a", "b"), (), (1,)), ((), (row("a", "b"),), (1,)), ((), (), ()), ((), (), (1, 0))):
        with pytest.raises(ValueError, match=r"column|columns"):
            Table(*wrong)


texts = st.text(max_size=80) | st.text(st.characters(exclude_categories=()), max_size=30)
spans = st.builds(Span, texts, st.booleans(), st.booleans())
paragraphs = st.builds(
    Paragraph, st.tuples(spans) | st.tuples(spans, spans), st.sampled_from(["body", "quote", "small"])
)
cells: st.SearchStrategy[Cell] = st.lists(paragraphs, max_size=2).map(tuple)
lists = st.builds(BulletList, st.lists(cells, max_size=3).map(tuple))
rows = st.lists(st.tuples(cells, cells), max_size=3).map(tuple)
tables = st.builds(Table, st.tuples(cells, cells), rows, st.just((1.0, 3.0)), texts)
blocks = st.one_of(
    paragraphs, lists, tables, st.builds(Heading, st.sampled_from([1, 2, 3]), texts),
    st.builds(KeyValues, st.lists(st.tuples(texts, cells), max_size=2).map(tuple)), st.builds(SignatureLine, texts),
    st.just(Lines(2)), st.just(PageBreak()), st.just(Spacer(300)),
)  # fmt: skip


@given(
    st.lists(blocks | st.builds(KeepTogether, st.lists(blocks, max_size=2).map(tuple)), max_size=5).map(tuple)
)
def test_any_text_in_any_block_is_in_the_structure(found):
    document = small(*found)
    reading = Reading(render(document))
    assert reading.faults() == []
    assert read(reading.root) == heard(document)


@given(st.lists(st.integers(1, 120), min_size=1, max_size=7), st.integers(0, 60))
def test_rows_of_any_height_keep_all_their_lines_in_order(heights, before):
    filler = [paragraph("linje", look="tight") for _ in range(before)]
    wanted = [" ".join(f"r{at}l{line}" for line in range(height)) for at, height in enumerate(heights)]
    table = Table(row("Hoved"), tuple(row(text.replace(" ", "\n")) for text in wanted), (1,))
    reading = Reading(render(small(*filler, table)))
    assert [squeezed(each.text) for each in reading.root.all("TD")] == wanted


def test_no_page_is_left_empty_between_two_that_are_not():
    for height in range(200, 260, 7):
        pages = Reading(render(small(Spacer(height), *([paragraph("tekst")] * 9)))).pages
        assert all(any(page.marks.values()) for page in pages[1:])
        assert all(later.marks for _, later in pairwise(pages))


def test_the_rule_for_what_can_be_printed_is_the_one_promised():
    assert printable("a\r\nb\tc\x00d\x85e\ud800f\ufffeg\x9bh") == "a b cd e\ufffdf\ufffdgh"
