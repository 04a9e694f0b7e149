"""What is kept of what was typed or pasted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caseworker_app.domain.typed_text import tidied

COMPOSED = {
    "a family": "👩‍👧‍👦",
    "a skin": "👩🏽‍🚀",
    "a heart on fire": "❤️‍🔥",
    "a rainbow": "🏳️‍🌈",
    "a runner": "🏃🏾‍♀️",
    "a flag of letters": "🇩🇰",
    "a flag of tags": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "an emoji newer than this Python": "\U0001faea",
    "a composed one of newer parts": "🙂\u200d\U0001faea",
    "a Persian name": "علی\u200cرضا",
    "Sinhala": "ශ්\u200dරී",
    "Malayalam, old spelling": "ന്\u200dറെ",
}


@pytest.mark.parametrize("what", COMPOSED)
def test_what_joiners_hold_together_stays_together(what):
    assert tidied(COMPOSED[what]) == COMPOSED[what]
    assert tidied(f"Emma {COMPOSED[what]} Holm", lines=False) == f"Emma {COMPOSED[what]} Holm"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Em\u200dma", "Emma"),
        ("Sø\u200cren", "Søren"),
        ("\u200dEmma\u200d", "Emma"),
        ("\u200b", ""),
        ("Emma\ufeff Holm\u00ad", "Emma Holm"),
        ("Emma \U000e0067Holm", "Emma Holm"),
        ("\u202eamme\u202c", "amme"),
        ("\u2067علي\u2069 Holm\u200f", "علي Holm"),
        ("Emma\x00\x1b Holm\x7f", "Emma Holm"),
        ("\ue000Emma\ufdd0\U0001ffff", "Emma"),
        ("a\udc80b", "ab"),
    ],
)
def test_what_cannot_be_seen_and_does_something_else_is_left_out(typed, kept):
    assert tidied(typed) == kept


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2003", "\u3000", "\t"])
def test_words_pasted_with_other_blanks_do_not_run_together(blank):
    assert tidied(f"Anne{blank}Marie") == "Anne Marie"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x85"])
def test_lines_stay_lines_in_a_note_and_are_one_line_in_a_name(end):
    assert tidied(f"en{end}to") == "en\nto"
    assert tidied(f"Emma{end}Holm", lines=False) == "Emma Holm"


@given(st.text(st.characters(codec=None)), st.booleans())
@example("\u200d\u200d👩\u200d", True)
def test_what_is_kept_is_kept_again_and_holds_nothing_hidden(typed, lines):
    kept = tidied(typed, lines=lines)
    assert tidied(kept, lines=lines) == kept
    for character in kept.replace("\n", "") if lines else kept:
        assert unicodedata.category(character) not in {"Cc", "Cs", "Co", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
        assert character not in "\u200e\u200f\u061c\u200b\ufeff\u00ad"


@given(st.text())
def test_nothing_that_can_be_seen_is_lost(typed):
    seen = [c for c in typed if c.isprintable() and not c.isspace()]
    assert [c for c in tidied(typed) if c.isprintable() and not c.isspace()] == seen
