"""The stories as they are written: read whole, refused when they say what nobody keeps."""

from __future__ import annotations

import random
import tomllib
from importlib.resources import files

import pytest

from caseworker_app.demo.casting import Cast
from caseworker_app.demo.families import CHILD, read, told
from caseworker_app.demo.story import Deck, invented
from caseworker_app.demo.years import ACTIVE, CLOSED, stretches

FAMILY = """
home = { street = "Vej 1", postcode = "7494", city = "Lyngdal" }
[[child]]
key = "a"
opened = "-1m"
child_name = "A"
[[person]]
key = "mor"
name = "{worker} og {me}"
role = "mother"
"""


def test_every_story_names_only_people_and_children_it_tells_of():
    for family in told("Karen Holm Villadsen"):
        people = {person.key for person in family.people} | {CHILD}
        children = {child.key for child in family.children}
        for meeting in family.meetings:
            typed = {name for name, *_ in meeting.typed}
            assert set(meeting.invited) <= people
            assert set(meeting.absent) <= set(meeting.invited) | typed
            assert set(meeting.number_to) <= set(meeting.invited)
            assert meeting.child in children
        assert {edit.person for edit in family.edits} <= people | {""}
        assert {edit.child for edit in family.edits} <= children | {""}


def test_no_two_children_have_the_same_key():
    keys = [child.key for family in told("Karen") for child in family.children]
    assert len(keys) == len(set(keys)) == 28


def test_the_worker_is_named_in_full_and_by_first_name():
    family = read("a", FAMILY, "Lone Kjær")
    assert family.people[0].plain["name"] == "Lone Kjær og Lone"


@pytest.mark.parametrize("wrong", ['colour = "red"', "sets = { step = 2 }"])
def test_a_story_that_says_what_nobody_keeps_is_refused(wrong):
    with pytest.raises(ValueError, match="nobody keeps"):
        read("a", FAMILY.replace('key = "a"', f'key = "a"\n{wrong}'), "Lone")


def test_a_deck_repeats_nothing_before_all_have_been_drawn():
    deck = Deck("abcdef", random.Random(1))
    assert sorted(deck.draw(4) + deck.draw(2)) == list("abcdef")
    assert sorted(deck.draw(6)) == list("abcdef")


def test_a_deck_never_gives_the_same_text_twice_at_once():
    for seed in range(50):
        deck = Deck("abcde", random.Random(seed))
        assert all(len(set(deck.draw(3))) == 3 for _ in range(10))


def test_every_theme_speaks_of_the_child_as_a_girl_and_as_a_boy():
    themes = tomllib.loads(files("caseworker_app.demo").joinpath("themes.toml").read_text(encoding="utf-8"))
    for girl in (True, False):
        cast = Cast("Jonas", girl, "Riis", "Anne", "Per", "Ulla", "Kim", "Karen")
        for theme in [*themes["theme"], themes["common"]]:
            lines = [text for key, found in theme.items() if isinstance(found, list) for text in flat(found)]
            spoken = [cast.said(text) for text in lines if isinstance(text, str)]
            assert not any("{" in text or "}" in text for text in spoken)
            assert not any("Jonass" in text for text in spoken)


def flat(found):
    return [part for item in found for part in (item if isinstance(item, list) else [item])]


def test_the_ten_years_never_pass_the_limit_of_a_caseworker():
    for seed in (1, 2026):
        families = list(told("Karen"))
        found = stretches(families, seed)
        assert len(found) == ACTIVE + CLOSED
        assert sum(stretch.closed == 0 for stretch in found) == ACTIVE
        assert all(stretch.opened > stretch.closed for stretch in found)


def test_invented_families_have_many_names_and_themes():
    families = list(invented("Karen", 2026))
    assert len(families) == ACTIVE + CLOSED
    assert len({family.children[0].plain["child_name"] for family in families}) > 50
    assert len({family.children[0].plain["note"][:12] for family in families}) > 15


def test_in_an_invented_family_no_two_have_the_same_first_name():
    for family in invented("Karen", 3):
        everybody = [
            family.children[0].plain["child_name"],
            *(person.plain["name"] for person in family.people),
        ]
        first = [name.split(" ")[0] for name in everybody]
        assert len(first) == len(set(first))


def test_an_invented_child_is_a_child_until_the_case_is_closed():
    for family in invented("Karen", 2026):
        child = family.children[0]
        closed = int(child.closed[1:-1]) if child.closed else 0
        assert 0 <= int(child.age[:-1]) - closed < 18 * 365
