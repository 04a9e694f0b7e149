"""The one table of advances: true to the fonts, to Qt, and to where lines break."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from caseworker_app.drawing.metrics import (
    BREAKING_SPACES,
    advances_of,
    break_lines,
    break_ranges,
    covering_face,
    face_name,
    font_metrics,
    is_invisible,
    reach_of,
    text_width,
)
from tools.fonts import TABLE, runs, table

NAMES = [
    "Søren Ærø Åkjær",
    "Invitation til Emmas netværksmøde",
    "kl. 10.30 – 12.00",
    "Ελένη Наталья Nguyễn",
    "VAVA To.",
]


def test_the_table_is_the_one_the_fonts_give():
    assert TABLE.read_text(encoding="utf-8") == table()


def test_neighbours_in_the_table_share_a_run():
    assert runs({65: 1, 66: 2, 70: 3}) == [[65, 1, 2], [70, 3]]


@pytest.mark.parametrize("name", ["NotoSans-Regular", "NotoSans-Bold", "NotoSansArabic-Regular"])
def test_advances_are_those_of_the_font_file(name):
    import uharfbuzz

    shapes = uharfbuzz.Face(resources.path("fonts", f"{name}.ttf").read_bytes())
    font, metrics = uharfbuzz.Font(shapes), font_metrics(name)
    assert set(metrics.advances) == set(map(chr, shapes.unicodes))
    for character, advance in metrics.advances.items():
        assert (advance == 0 and is_invisible(character)) or advance == font.get_glyph_h_advance(
            font.get_nominal_glyph(ord(character))
        )


@pytest.mark.parametrize("bold", [False, True])
def test_the_screen_measures_as_the_paper_does(qapp, bold):
    from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

    number = QFontDatabase.addApplicationFont(str(resources.path("fonts", f"{face_name(bold=bold)}.ttf")))
    try:
        font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
        font.setBold(bold)
        font.setPixelSize(1000)
        font.setKerning(False)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        for name in NAMES:
            shown = QFontMetricsF(font).horizontalAdvance(name)
            assert shown == pytest.approx(text_width(name, 1000, bold=bold), rel=1e-4)
    finally:
        QFontDatabase.removeApplicationFont(number)


def test_width_grows_with_size_and_weight():
    assert text_width("Åse", 22) == pytest.approx(2 * text_width("Åse", 11))
    assert text_width("Åse", 11, bold=True) > text_width("Åse", 11)
    assert text_width("", 11) == 0


def test_every_text_has_a_width_even_what_no_font_has():
    assert text_width("😀", 10) == text_width("□", 10) > 0
    assert text_width("a\u200db\u00ad", 10) == text_width("ab", 10)
    assert covering_face("ة") == "NotoSansArabic-Regular"
    assert covering_face("ד", bold=True, italic=True) == "NotoSansHebrew-Bold"
    assert covering_face("漢") is None
    with pytest.raises(KeyError):
        font_metrics("Helvetica")


def test_a_line_breaks_at_spaces_then_hyphens_then_anywhere():
    assert break_lines("et to tre", text_width("et to", 11), 11) == ("et to", "tre")
    assert break_lines("familie-netværksmøde", text_width("familie-netv", 11), 11)[0] == "familie-"
    assert break_lines("et 61-91", text_width("et 61-", 11), 11) == ("et", "61-91")
    assert break_lines("aaaa", text_width("aa", 11), 11) == ("aa", "aa")
    assert break_lines("navn@hedeby.example", text_width("navn@hedeby.exa", 11), 11)[0] == "navn@hedeby."
    assert break_lines("den kl.\u00a010.30", text_width("den kl. 10", 11), 11) == ("den", "kl.\u00a010.30")
    assert break_lines("a\n\nb", 100, 11) == ("a", "", "b")


def test_a_column_too_narrow_for_one_character_still_holds_one_a_line():
    assert break_lines("øå", 0.1, 11) == ("ø", "å")


def test_a_mark_is_not_parted_from_its_letter():
    assert break_lines("e\u0301" * 3, text_width("e", 11), 11) == ("e\u0301",) * 3


@given(st.text(st.sampled_from("ab ø-/@.\u00a0\u2009\u0301\u200bwW"), max_size=60), st.floats(0.1, 400))
def test_lines_hold_every_character_once_and_fit(text, width):
    advances = advances_of(text)
    reach = reach_of(advances)
    at = 0
    for line in break_ranges(text, reach, width):
        assert line.start == at
        assert line.end <= line.then
        assert not text[line.end : line.then].strip(BREAKING_SPACES)
        fits = reach[line.end] - reach[line.start] <= width + 0.011
        assert fits or len(text[line.start : line.end].rstrip("\u0301\u200b")) <= 1
        at = line.then
    assert at == len(text)


def test_the_fonts_come_with_their_licence():
    licence = resources.text("fonts", "LICENSE-OFL.txt")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright 2015-2020 Google LLC" in licence


def test_measuring_needs_neither_reportlab_nor_font_tools():
    code = (
        "import sys; from caseworker_app.drawing.metrics import text_width; text_width('Åse', 11);"
        "sys.exit(any(name in sys.modules for name in ('reportlab', 'fontTools', 'uharfbuzz', 'PIL')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
