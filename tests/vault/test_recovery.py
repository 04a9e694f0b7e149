"""The recovery code: read from paper, typed by hand, with the wrong group named."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseworker_app.vault.errors import OpenError, Reason
from caseworker_app.vault.recovery import (
    ALPHABET,
    CODE_LENGTH,
    ENTROPY_BITS,
    GROUPS,
    group_is_right,
    new_code,
    read_code,
)

CODE = "WJ48H-ZFYKA-SN6VG-7SV0C-MA1FB-ACPZ0-QWS3K"


def groups_said(text: str) -> tuple[Reason, tuple[int, ...]]:
    with pytest.raises(OpenError) as caught:
        read_code(text)
    return caught.value.reason, caught.value.values["groups"]


def test_a_code_is_seven_groups_of_five_without_letters_that_look_alike():
    for _ in range(50):
        assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){6}[0-9A-HJKMNP-TV-Z]{5}", new_code())


def test_a_code_holds_at_least_128_random_bits_and_no_two_are_alike():
    assert ENTROPY_BITS >= 128
    assert len({new_code() for _ in range(200)}) == 200
    seen = {letter for _ in range(200) for letter in new_code()}
    assert seen == {*ALPHABET, "-"}


@pytest.mark.parametrize(
    "spelled",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        "  " + CODE.replace("-", " – ") + "\n",
        CODE.replace("-", "\n"),
        CODE.replace("0", "O").replace("1", "I"),
        CODE.replace("0", "o").replace("1", "l"),
        CODE.replace("-", "‑"),
        "-".join([CODE.replace("-", "")[:10], CODE.replace("-", "")[10:]]),
    ],
)
def test_however_it_is_typed_it_is_the_same_code(spelled):
    assert read_code(spelled) == read_code(CODE)


@given(place=st.integers(0, CODE_LENGTH - 1), letter=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught_and_its_group_named(place, letter):
    letters = list(CODE.replace("-", ""))
    assume(letters[place] != letter)
    letters[place] = letter
    assert groups_said("".join(letters)) == (Reason.CODE_TYPO, (place // 5 + 1,))


@given(
    group=st.integers(0, GROUPS - 1), pair=st.lists(st.integers(0, 3), min_size=2, max_size=2, unique=True)
)
def test_two_exchanged_characters_of_a_group_are_caught(group, pair):
    letters = list(CODE.replace("-", ""))
    left, right = (group * 5 + place for place in pair)
    assume(letters[left] != letters[right])
    letters[left], letters[right] = letters[right], letters[left]
    assert groups_said("".join(letters)) == (Reason.CODE_TYPO, (group + 1,))


@given(pair=st.lists(st.integers(0, GROUPS - 1), min_size=2, max_size=2, unique=True))
def test_two_exchanged_groups_are_caught_and_both_named(pair):
    groups = CODE.split("-")
    left, right = pair
    groups[left], groups[right] = groups[right], groups[left]
    assert groups_said("-".join(groups)) == (Reason.CODE_TYPO, tuple(sorted((left + 1, right + 1))))


def test_a_missing_character_names_its_group_when_the_groups_were_kept_apart():
    groups = CODE.split("-")
    groups[3] = groups[3][:-1]
    assert groups_said("-".join(groups)) == (Reason.CODE_LENGTH, (4,))
    assert groups_said("".join(groups)) == (Reason.CODE_LENGTH, ())


@pytest.mark.parametrize("text", ["", "   ", "-----", CODE + "0", CODE[:-1], CODE * 2, "A" * 20_000])
def test_a_code_of_the_wrong_length_is_refused_with_both_lengths(text):
    with pytest.raises(OpenError) as caught:
        read_code(text)
    assert caught.value.reason == Reason.CODE_LENGTH
    assert caught.value.values["expected"] == CODE_LENGTH
    assert caught.value.values["got"] != CODE_LENGTH


@pytest.mark.parametrize("letter", ["U", "Ø", "é", "ß", "中", "٣"])
def test_letters_that_are_in_no_code_are_refused_and_their_group_named(letter):
    reason, groups = groups_said(CODE[:-1] + letter)
    assert (reason, groups) in {(Reason.CODE_TYPO, (7,)), (Reason.CODE_LENGTH, (7,))}


def test_a_group_can_be_marked_right_or_wrong_while_typing():
    groups = CODE.split("-")
    assert all(group_is_right(number, group.lower()) for number, group in enumerate(groups, 1))
    assert not group_is_right(2, groups[0])
    assert not group_is_right(1, "")
    assert not group_is_right(1, groups[0] + "0")


def test_no_error_repeats_the_code():
    with pytest.raises(OpenError) as caught:
        read_code(CODE[:-1] + ("0" if CODE[-1] != "0" else "1"))
    assert CODE[:5] not in f"{caught.value}{caught.value.values}"
