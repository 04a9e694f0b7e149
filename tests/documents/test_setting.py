"""Text on a line: where it breaks, which way it runs, which font it falls back on."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.documents.blocks import Span, paragraph
from caseworker_app.documents.pdf import render
from caseworker_app.documents.pdf.faces import FontSet, face
from caseworker_app.documents.pdf.ink import stretches
from caseworker_app.documents.pdf.setting import Line, clean, set_line, set_lines
from caseworker_app.documents.pdf.shaping import levels_of, visual_order
from caseworker_app.documents.pdf.styles import BODY
from tests.documents.papers import small
from tests.documents.reading import squeezed

BOLD = Span("fed", bold=True)


def lines(*parts: Span | str, width: float = 200.0, fonts: FontSet | None = None) -> tuple[Line, ...]:
    spans = [Span(part) if isinstance(part, str) else part for part in parts]
    return set_lines(spans, BODY, width, fonts or FontSet())


def texts(*parts: Span | str, width: float = 200.0) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in lines(*parts, width=width)]


def fonts_of(text: str) -> list[tuple[str, str]]:
    return [(run.text, run.font.removeprefix("NotoSans")) for run in set_line(text, BODY, FontSet()).runs]


def seen(text: str) -> str:
    """Return the text as it stands from left to right."""
    runs = set_line(text, BODY, FontSet()).runs
    parts = []
    for at in visual_order([run.level for run in runs]):
        run = runs[at]
        parts.append(
            run.text if run.glyphs is None else "".join(run.clusters()[g.cluster] for g in run.glyphs)
        )
    return "".join(parts)


def test_a_paragraph_of_two_weights_is_set_as_one():
    assert texts("Aftalen er ", BOLD, "t og ", BOLD, width=60) == ["Aftalen er", "fedt og fed"]
    assert [run.font for run in lines("a ", BOLD)[0].runs] == ["NotoSans-Regular", "NotoSans-Bold"]


def test_a_soft_hyphen_is_seen_only_where_the_line_breaks_at_it():
    word = "inddragelses\u00adplanlægning"
    wide, narrow = lines(word, width=400), lines(word, width=90)
    assert len(wide) == 1
    assert [squeezed("".join(run.text for run in line.runs)) for line in narrow] == [
        "inddragelses\u00ad",
        "planlægning",
    ]
    assert narrow[0].runs[-1].glyphs[0].number == face("NotoSans-Regular").nominal("-")
    assert wide[0].runs[-1].text.endswith("planlægning")


def test_a_line_holds_no_more_than_it_has_room_for():
    for width in (30, 60, 200):
        for line in lines(
            "Nguyễn فاطمة الزهراء e\u0301e\u0301 דוד ord og længereordendet 😀😀😀😀", width=width
        ):
            assert line.width <= width + 0.01


def test_each_character_is_set_in_the_first_font_that_has_it():
    assert fonts_of("Åse Ελένη Наталья") == [("Åse Ελένη Наталья", "-Regular")]
    assert fonts_of("ø ☎") == [("ø ", "-Regular"), ("☎", "Symbols2-Regular")]
    assert [font for _, font in fonts_of("aفb")] == ["-Regular", "Arabic-Regular", "-Regular"]


def test_a_mark_stays_with_its_letter_and_is_put_where_the_font_says():
    (run,) = set_line("x\u0302", BODY, FontSet()).runs
    letter, mark = run.glyphs
    assert mark.right < 0 or mark.advance == 0
    assert letter.cluster == 0
    assert run.width() == face("NotoSans-Regular").plain["x"]


@pytest.mark.parametrize("word", ["שָׁלוֹם", "مُحَمَّد", "E\u0323\u0302x\u0302", "فاطمة", "漢字"])
def test_the_pen_ends_where_the_word_ends(word):
    pdf = pikepdf.open(BytesIO(render(small(paragraph(word), page_label=""))))
    (run,) = set_line(word, BODY, FontSet()).runs
    onward = 0.0
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
        if str(operator) == "TJ":
            for part in operands[0]:
                glyphs = bytes(part) if isinstance(part, pikepdf.String) else b""
                onward += face(run.font).advance(int.from_bytes(glyphs)) if glyphs else -float(part)
    assert onward == run.width()


def test_letters_of_an_arabic_word_are_joined():
    (run,) = set_line("فاطمة", BODY, FontSet()).runs
    alone = {face(run.font).nominal(letter) for letter in run.text}
    assert sum(glyph.number in alone for glyph in run.glyphs) <= 2
    assert [glyph.cluster for glyph in run.glyphs] == sorted(range(5), reverse=True)


def test_numbers_in_a_sentence_from_the_right_still_run_to_the_right():
    assert seen("שלום 2026 אבא") == "אבא"[::-1] + " 2026 " + "שלום"[::-1]
    assert seen("Navn: דוד!") == "Navn: " + "דוד"[::-1] + "!"


def test_a_bracket_in_text_from_the_right_opens_to_the_left():
    glyphs = [glyph.number for run in set_line("(א)", BODY, FontSet()).runs for glyph in run.glyphs]
    assert glyphs[0] == face("NotoSans-Regular").nominal(")")


def test_a_paragraph_from_the_right_begins_at_the_right_and_a_danish_one_with_a_name_does_not():
    assert lines("فاطمة er her")[0].level == 1
    assert lines("Her er فاطمة")[0].level == 0
    assert lines("Her er vi")[0].level == 0


def test_spaces_between_words_from_the_right_belong_to_their_stretch():
    line = set_line("Navn: فاطمة الزهراء 2026", BODY, FontSet())
    assert [(shaped, "".join(run.text for run in runs)) for shaped, runs in stretches(line.runs)] == [
        (False, "Navn: "), (True, "فاطمة الزهراء "), (False, "2026"),
    ]  # fmt: skip


def test_isolates_and_overrides_do_not_break_the_order():
    for text in ("a\u2067אב\u2069b", "\u202eabc\u202c", "\u2068", "\u2069\u2069א", "\u202b" * 200 + "a"):
        assert len(levels_of(text)) == len(text)


@pytest.mark.parametrize(("levels", "order"), [
    ([], []), ([0], [0]), ([0, 1, 0], [0, 1, 2]), ([0, 1, 1, 0], [0, 2, 1, 3]), ([1, 2, 1], [2, 1, 0]),
    ([1, 2, 2, 1], [3, 1, 2, 0]), ([0, 1, 2, 2, 1, 0], [0, 4, 2, 3, 1, 5]),
])  # fmt: skip
def test_runs_are_seen_in_the_order_of_the_standard(levels, order):
    assert visual_order(levels) == order


def test_control_characters_are_left_out_and_line_ends_are_one_kind():
    assert clean("a\r\nb\rc\u2028d\x85e\tf\x00\x1b[0m") == "a\nb\nc\nd\ne f[0m"
    assert clean("halv \ud83d og \ufffe") == "halv \ufffd og \ufffd"


@given(st.lists(st.builds(Span, st.text(max_size=40), st.booleans()), max_size=4), st.floats(8, 300))
def test_no_character_is_lost_or_made_where_lines_break(spans, width):
    found = set_lines(spans, BODY, width, FontSet())
    text = ""
    for line in found:
        text += "".join(run.text for run in line.runs) + (" " if line.spaced else "")
    assert squeezed(text) == squeezed(clean("".join(span.text for span in spans)))
    assert all(line.runs or line.spaced for line, _ in pairwise(found))
