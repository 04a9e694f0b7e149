"""Danish names and lists."""

from __future__ import annotations

import itertools
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.danish import first_name, genitive, initials, join_and, sort_key


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Emma", "Emmas"), ("Jonas", "Jonas'"), ("Felix", "Felix'"), ("Fritz", "Fritz'"), ("LARS", "LARS'"),
        ("Åse Bø", "Åse Bøs"), ("José", "Josés"), ("Zoe\u0308", "Zoe\u0308s"), ("Miloš", "Miloš'"),
        ("Strauß", "Strauß'"), ("  Ib ", "Ibs"), ("", ""), ("   ", ""), ("Holm jr.", "Holm jr.s"),
        ("Barn 2", "Barn 2's"), ("Olena (mor)", "Olena (mor)'s"), ("Олена", "Олена's"), ("Jonas'", "Jonas'"),
        ("Mia 🙂", "Mia 🙂's"), ("Þór", "Þórs"), ("Błażej Ł", "Błażej Łs"),
    ],
)  # fmt: skip
def test_the_genitive_follows_the_spelling_rules(name, form):
    assert genitive(name) == form


@given(st.text(max_size=40))
def test_a_genitive_begins_with_the_name_and_adds_at_most_two_signs(name):
    bare = name.strip()
    assert genitive(name) in (bare, f"{bare}s", f"{bare}'", f"{bare}'s")


def in_order(*names):
    return [sorted(order, key=sort_key) for order in itertools.permutations(names)] == [list(names)] * len(
        list(itertools.permutations(names))
    )


@pytest.mark.parametrize(
    "names",
    [
        ("Zeta", "Æble", "Øl", "Ål"),
        ("Abel", "Holm", "Aagaard"),
        ("Nygård", "Nygaard", "Nygårde"),
        ("Schytt", "Schütt", "Schyttz"),
        ("Mæt", "Mät", "Mød", "Möd", "Måge"),
        ("Karl", "karl", "Karla"),
        ("Ree", "Rée", "Reed"),
        ("Anne", "Anne Marie", "Anne-Marie", "Anne Ås", "Annemarie"),
        ("2. a", "7. b", "10. a", "Abel"),
        ("tha", "Þor", "Tina"),
        ("", "a"),
        ("Åse", "Олена"),
    ],
)
def test_the_order_is_the_danish_alphabet_s(names):
    assert in_order(*names)


def test_a_store_sorts_the_keys_as_the_screen_does():
    names = [
        "Åse",
        "Aase",
        "Ægir",
        "Øjvind",
        "Zoe",
        "abel",
        "Abel",
        "Élise",
        "Müller",
        "李",
        "Олена",
        "🙂",
        "",
    ]
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE TABLE names (name TEXT, key TEXT)")
        base.executemany("INSERT INTO names VALUES (?, ?)", [(name, sort_key(name)) for name in names])
        stored = [row[0] for row in base.execute("SELECT name FROM names ORDER BY key")]
    base.close()
    assert stored == sorted(names, key=sort_key)


texts = st.text(st.characters(codec="utf-8"), max_size=12)
danish = st.text("abåæøåzÆØÅaAü é-1", max_size=8)


@given(texts | danish, texts | danish)
def test_different_texts_have_different_keys(one, other):
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Nd", "Zs"]), max_size=12))
def test_capitals_do_not_move_a_name_among_others(name):
    # The primary part, before the first separator, is what places a name.
    assert sort_key(name.upper()).split("\x01")[0] == sort_key(name.lower()).split("\x01")[0]


@given(danish, danish)
def test_two_names_keep_their_order_in_capitals_and_small_letters(one, other):
    if sort_key(one).split("\x01")[0] < sort_key(other).split("\x01")[0]:
        assert sort_key(one.upper()) < sort_key(other.lower())
        assert sort_key(one.lower()) < sort_key(other.upper())


def test_a_list_ends_with_og():
    assert join_and(["Mor", "far", "Emma"]) == "Mor, far og Emma"
    assert join_and(iter(["Mor", "far"])) == "Mor og far"
    assert join_and(["Mor", "far", "Emma"], "en") == "Mor, far and Emma"
    assert (join_and(["Mor"]), join_and([])) == ("Mor", "")


@pytest.mark.parametrize(
    ("name", "called", "letters"),
    [
        ("Emma Louise Holm", "Emma", "ELH"),
        ("Holm, Emma Louise", "Emma", "ELH"),
        ("  Anne-Marie  åse ", "Anne-Marie", "AÅ"),
        ("Emma", "Emma", "E"),
        ("Emma,", "Emma", "E"),
        ("🙂 Mia", "🙂", "M"),
        ("", "", ""),
        ("  ", "", ""),
        ("🙂", "🙂", ""),
    ],
)
def test_first_name_and_initials_are_found(name, called, letters):
    assert (first_name(name), initials(name)) == (called, letters)


def test_a_name_of_twenty_thousand_letters_is_taken():
    name = "Å" * 20_000
    assert genitive(name) == name + "s"
    assert sort_key(name) > sort_key("Åa")
