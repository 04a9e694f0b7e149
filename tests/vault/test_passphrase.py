"""The strength of a passphrase, and its one form before hashing."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.vault.errors import OpenError, Reason
from caseworker_app.vault.passphrase import LONGEST, WORDS_FOR_SCORE, normalise, strength


def advice(passphrase: str, *own: str) -> str:
    return " | ".join(strength(passphrase, own).advice_msgids)


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "a",
        "password",
        "passwordpassword",
        "P4$$w0rd2025!!",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "qwertyuiopåasdfg",
        "1234567890123456",
        "0987654321abcdef",
        "1qaz2wsx3edc4rfv",
        "Sommerferie2026!",
        "hund hund hund hund",
        "Danmark 2026 Danmark",
        "kaffebordlampe",
        "1961-11-21 21.11.1961",
        "Emma og Jonas 2019",
    ],
)
def test_a_passphrase_that_is_guessed_first_is_not_enough(weak):
    found = strength(weak)
    assert found.score <= 1
    assert not found.is_enough
    assert found.advice_msgids


@pytest.mark.parametrize(
    "strong",
    [
        "trolden under Knippelsbro fløjter jazz",
        "gnavpot tapir kvist lagune",
        "hesten spiser blå regnbuer",
        "xK9#mQ2$vL7pQz",
        "correct horse battery staple",
        "İstanbul güzel şehir ve deniz",
        "بيت الجد في حلب القديمة",
    ],
)
def test_several_words_or_many_random_signs_are_enough(strong):
    assert strength(strong).is_enough


def test_eleven_characters_are_never_enough_and_twelve_may_be():
    assert not strength("xK9#mQ2$vL7").is_enough
    assert strength("xK9#mQ2$vL7pQ").is_enough
    assert "12 characters" in advice("xK9#mQ2$vL7")


def test_each_weakness_has_its_advice():
    assert "Common words" in advice("kaffekopkaffe")
    assert "Rows of the keyboard" in advice("qwertyuiopasdf")
    assert "Years, dates" in advice("hunden 1987 hest")
    assert "Repeating" in advice("xqvbxqvbxqvbxqvb")
    assert "One more word" in advice("ÆblegrødOgFløde")


def test_own_names_are_worth_next_to_nothing():
    phrase = "Gudmundur Thorlaksdottir"
    assert strength(phrase).score > strength(phrase, ["Gudmundur Thorlaksdottir"]).score
    assert "own name" in advice(phrase, "Gudmundur Thorlaksdottir")


def test_the_score_is_said_as_a_word():
    assert strength("").word_msgid == WORDS_FOR_SCORE[0]
    assert strength("trolden under Knippelsbro fløjter jazz").word_msgid == WORDS_FOR_SCORE[4]
    assert len(set(WORDS_FOR_SCORE)) == 5


@given(st.text(max_size=200))
def test_whatever_is_typed_has_a_score_from_0_to_4(text):
    found = strength(text)
    assert 0 <= found.score <= 4
    assert found.is_enough == (found.score >= 2)


@given(st.text(max_size=60), st.text(alphabet="abcdefgæ 17#", min_size=1, max_size=1))
def test_one_more_character_never_makes_it_much_weaker(text, more):
    assert strength(text + more).score >= strength(text).score - 1


@pytest.mark.parametrize("text", ["a" * 20_000, "kaffe hund " * 2000, "\ud800" * 30, "\x00" * 30, "😀" * 40])
def test_odd_and_endless_input_is_judged_quickly(text):
    strength("warm")
    start = time.perf_counter()
    strength(text)
    assert time.perf_counter() - start < 0.1


def test_an_ordinary_passphrase_is_judged_within_a_key_press():
    strength("warm")
    start = time.perf_counter()
    for _ in range(20):
        strength("hesten spiser blå regnbuer")
    assert (time.perf_counter() - start) / 20 < 0.008


def test_composed_and_decomposed_letters_and_odd_spaces_are_the_same_passphrase():
    phrase = "blå regnbuer på én hest"
    assert normalise(unicodedata.normalize("NFD", phrase)) == normalise(phrase)
    assert normalise(phrase.replace(" ", "\u00a0")) == normalise(phrase)


def test_capitals_and_outer_spaces_count():
    assert normalise("Hest ") != normalise("hest ")
    assert normalise("hest ") != normalise("hest")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("", Reason.EMPTY_PASSPHRASE),
        ("a" * (LONGEST + 1), Reason.LONG_PASSPHRASE),
        ("hest\ud800", Reason.TEXT_PASSPHRASE),
    ],
)
def test_what_is_no_passphrase_is_refused_with_its_reason(bad, reason):
    with pytest.raises(OpenError) as caught:
        normalise(bad)
    assert caught.value.reason == reason
