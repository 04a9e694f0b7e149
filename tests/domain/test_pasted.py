"""Pasted text becomes light text, whatever it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.pasted import LONGEST_LINE, MOST_HTML, from_html, from_plain


def test_a_web_page_keeps_paragraphs_lists_bold_and_italic_and_nothing_else():
    page = """<html><head><title>x</title><style>p {}</style></head><body onload="alert(1)"><h1>Vejledning</h1>
    <p>Barnet skal <b>altid </b>høres, <em>også</em> her &amp; nu.</p><script>alert("nej")</script>
    <ul><li>først</li><li>så</li></ul><table><tr><td>a</td><td>b</td></tr></table><img src=x></body></html>"""
    assert (
        from_html(page)
        == "Vejledning\n\nBarnet skal **altid** høres, *også* her & nu.\n\n- først\n- så\n\na b"
    )


def test_a_word_processors_wrapping_is_no_bold():
    assert from_html('<b style="font-weight:normal"><p>Almindelig tekst</p></b>') == "Almindelig tekst"


def test_a_mark_around_nothing_is_left_out():
    assert from_html("<p>a<b> </b>b</p>") == "a b"


def test_an_endless_page_is_not_taken_apart():
    with pytest.raises(ValueError, match="too long"):
        from_html("<p>" + "x" * MOST_HTML)


def test_an_endless_line_is_broken_at_a_space():
    lines = from_plain("ord " * 5000).split("\n")
    assert len(lines) > 1
    assert max(map(len, lines)) <= LONGEST_LINE
    assert from_plain("x" * (LONGEST_LINE * 2 + 1)).count("\n") == 2


def test_what_cannot_be_seen_and_other_line_ends_go():
    assert from_plain("a\r\nb\rc\x00\u200bd") == "a\nb\ncd"


@given(st.text(max_size=300))
def test_no_text_at_all_breaks_it(text):
    assert max(map(len, from_plain(text).split("\n"))) <= LONGEST_LINE
    from_html(text)
