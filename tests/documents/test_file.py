"""What the file says about itself and carries with it: language, title, fonts, pictures, and nothing it must not."""

from __future__ import annotations

import builtins
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from caseworker_app.documents.blocks import Document, Drawing, Heading, Image, Table, cell, paragraph, row
from caseworker_app.documents.pdf import render, render_with_report
from caseworker_app.domain.errors import UserError
from caseworker_app.drawing.display_list import (
    Circle,
    ClosePath,
    CurveTo,
    DisplayList,
    Group,
    Line,
    LineTo,
    MoveTo,
    Path,
    Polygon,
    Polyline,
    Rect,
    Stroke,
    Text,
)
from tests.documents.papers import NOW, letter, logo, minutes, small
from tests.documents.reading import Reading

MANY_SCRIPTS = "Åse Ελένη Наталья Nguyễn فاطمة דוד ☎ e\u0301 漢"
ALL_SHAPES = DisplayList(
    60, 40,
    (
        Line((0, 0), (60, 40), Stroke(dash=(2, 1))), Polyline(((0, 0), (5, 5), (9, 2))),
        Polygon(((0, 0), (5, 5), (9, 2)), fill="#0B6B6B"), Rect(1, 1, 9, 9, None, "#EDF3F2", radius=2),
        Circle((20, 20), 5, Stroke(round_ends=True)), Rect(1, 1, 9, 9), Rect(0, 0, 1, 1, None),
        Path((MoveTo((0, 0)), CurveTo((1, 1), (2, 2), (3, 0)), LineTo((4, 4)), ClosePath()), fill="#000000"),
        Group((Text((30, 20), "mormor", anchor="middle", bold=True), Text((0, 9), "فاطمة", anchor="end")), (5, 5)),
    ),
)  # fmt: skip


def opened(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(render(document)))


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, bool]:
    """Return the name of each font of a file, and whether the file carries it."""
    return {
        str(font.BaseFont).split("+")[1]: "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        for page in pdf.pages
        for font in page.Resources.Font.values()
    }


def test_the_file_says_its_title_language_and_author_in_both_places():
    pdf = opened(letter())
    assert str(pdf.Root.Lang) == "da-DK"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == (
        "Invitation til Emmas netværksmøde",
        "Mette Holm",
    )
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "Invitation til Emmas netværksmøde"
        assert xmp["dc:language"] == {"da-DK"}
        assert xmp["dc:creator"] == ["Mette Holm"]
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["xmp:CreateDate"] == "2026-11-21T10:30:00+00:00"


@pytest.mark.parametrize("title", ["<b>&amp;\x00\x0b]]>", "Ærø 😀 \ud800 \uffff", "", "פגישה"])
def test_any_title_is_a_title(title):
    pdf = opened(replace(small(), title=title, author=title, subject=title))
    with pdf.open_metadata() as xmp:
        assert (xmp.get("dc:title") or "").split() == str(pdf.docinfo.Title).split()


@pytest.mark.parametrize("number", ["620190-1234", "6201901234", "620190 1234", "620190-12AB"])
def test_a_cpr_number_is_never_in_the_metadata(number):
    data = render(replace(letter(), title=f"Referat {number}", author=number, subject=f"({number})"))
    pdf = pikepdf.open(BytesIO(data))
    said = str(pdf.docinfo.Title) + str(pdf.docinfo.Author) + str(pdf.docinfo.Subject)
    assert said == "Referat xxxxxx-xxxxxxxxxx-xxxx(xxxxxx-xxxx)"
    assert number.encode() not in pdf.Root.Metadata.read_bytes()
    assert "96 00 00 00" in PdfReader(BytesIO(data)).pages[0].extract_text()


def test_the_moment_in_the_file_is_the_one_given():
    pdf = opened(replace(small(), created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1)))))
    assert str(pdf.docinfo.CreationDate) == "D:20260102030405+01'00'"
    naive = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - a moment without a zone is given
    assert str(opened(replace(small(), created=naive)).docinfo.CreationDate) == "D:20260102030405"


def test_another_document_or_moment_has_another_file_identity():
    one, other = opened(letter()), opened(minutes())
    later = opened(replace(letter(), created=NOW + timedelta(seconds=1)))
    assert len({bytes(pdf.trailer.ID[0]) for pdf in (one, other, later)}) == 3


def test_pages_are_a4_and_read_in_the_order_of_the_structure():
    pdf = opened(minutes())
    for page in pdf.pages:
        assert [round(float(side) / 72 * 25.4) for side in page.MediaBox] == [0, 0, 210, 297]
        assert str(page.Tabs) == "/S"


def test_every_font_is_our_own_and_carried_in_the_file():
    table = Table(row("x"), (row(paragraph(MANY_SCRIPTS)),), (1,))
    pdf = opened(small(Heading(1, MANY_SCRIPTS), paragraph(MANY_SCRIPTS, look="quote"), table))
    fonts = fonts_of(pdf)
    assert set(fonts) == {
        "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSansArabic-Bold", "NotoSansArabic-Regular",
        "NotoSansHebrew-Bold", "NotoSansHebrew-Regular", "NotoSansSymbols2-Regular",
    }  # fmt: skip
    assert all(fonts.values())
    assert b"Helvetica" not in render(letter()) + render(small())


def test_a_font_in_the_file_draws_the_glyphs_it_is_asked_for():
    from fontTools.ttLib import TTFont

    pdf = opened(letter())
    page = pdf.pages[0]
    for name, font in page.Resources.Font.items():
        glyphs = TTFont(BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))["glyf"]
        used = set()
        current = None
        for operands, operator in pikepdf.parse_content_stream(page):
            current = str(operands[0]) if str(operator) == "Tf" else current
            if str(operator) == "Tj" and current == name:
                shown = bytes(operands[0])
                used |= {int.from_bytes(shown[at : at + 2]) for at in range(0, len(shown), 2)}
        blank = [number for number in used if glyphs[glyphs.getGlyphName(number)].numberOfContours == 0]
        assert len(blank) <= 2, "only the spaces have no outline"


def test_danish_and_foreign_names_survive_copy_and_search():
    names = "Søren Ærø Åkjær, Ελένη, Наталья, Nguyễn Thị Hồng Ánh, فاطمة, דוד"
    found = PdfReader(BytesIO(render(small(paragraph(names))))).pages[0].extract_text()
    for name in names.split(", "):
        assert name in found


def test_what_no_font_has_is_seen_told_and_not_lost():
    rendered = render_with_report(small(paragraph("Hej 😀 og 漢 og 😀"), footer="漢字"))
    assert rendered.missing == ("😀", "漢", "字")
    reading = Reading(rendered.pdf)
    assert reading.root.text == "Hej 😀 og 漢 og 😀"
    assert [text for text in reading.pages[0].marks.values() if "□" in text] == ["□", "□", "□"]
    assert render_with_report(letter()).missing == ()


def test_a_file_is_made_without_a_file(monkeypatch):
    render(letter())
    written = []

    def watched(file, mode="r", *rest, **more):
        written.append((file, mode))
        return real(file, mode, *rest, **more)

    real = builtins.open
    monkeypatch.setattr(builtins, "open", watched)
    render(minutes())
    assert written == []


def test_a_figure_has_words_and_a_place():
    figure = Reading(render(small(Drawing(ALL_SHAPES, "Emma og mormor")))).root.all("Figure")[0]
    assert figure.alt == "Emma og mormor"
    left, foot, right, top = (float(side) for side in figure.attributes["/BBox"])
    assert (round((right - left) / 72 * 25.4), round((top - foot) / 72 * 25.4)) == (60, 40)


def test_a_drawing_too_large_is_made_smaller_with_everything_in_it():
    huge = DisplayList(2000, 9000, (Text((1000, 1500), "midt", size=400),))
    rendered = render_with_report(small(paragraph("før"), Drawing(huge, "stor"), paragraph("efter")))
    left, foot, right, top = map(float, Reading(rendered.pdf).root.all("Figure")[0].attributes["/BBox"])
    assert right - left <= 468
    assert top - foot <= 729
    assert rendered.pages == 3


def test_dashes_are_points_and_the_drawing_is_not_upside_down():
    shapes = DisplayList(
        10, 10, (Line((0, 0), (10, 0), Stroke(dash=(2, 1), width=1)), Line((0, 10), (10, 10)))
    )
    pdf = opened(small(Drawing(shapes, "x")))
    operators = [
        (str(operator), operands) for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
    ]
    dashes = [list(operands[0]) for operator, operands in operators if operator == "d"]
    assert [[round(float(length), 2) for length in dash] for dash in dashes] == [[5.67, 2.83], []]
    upper, lower = [float(operands[1]) for operator, operands in operators if operator == "m"]
    assert round(upper - lower, 2) == round(10 * 72 / 25.4, 2)


def test_the_logo_is_one_picture_however_often_it_stands_there():
    image = Image(logo(), "logo")
    pdf = opened(small(image, paragraph("x"), image, Table((), (row(cell(image)),), (1,))))
    assert len(pdf.pages[0].Resources.XObject) == 1
    (picture,) = pdf.pages[0].Resources.XObject.values()
    assert picture.read_bytes()[:3] == b"\xff\xff\xff", "the ground is white where the logo has none"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", logo()[:-40]])
def test_a_logo_that_is_no_picture_is_an_error_in_words(data):
    with pytest.raises(UserError, match="not a picture"):
        render(small(Image(data, "logo")))


def test_all_text_and_rules_stand_inside_the_margins():
    for document in (letter(), minutes(60), small(paragraph("W" * 900), Drawing(ALL_SHAPES, "x"))):
        pdf = opened(document)
        for page in pdf.pages:
            places = [
                tuple(map(float, operands))
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) in ("m", "l")
            ]
            assert all(70.8 <= x <= 538.7 and 56.6 <= y <= 785.3 for x, y in places)


def test_nothing_but_the_structure_makes_the_file_large():
    assert len(render(letter())) < 60_000
    assert len(re.findall(rb"/Type/StructElem", render(letter()))) < 90
