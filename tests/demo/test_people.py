"""The children and the people around them: numbers nobody has, ages, siblings, languages, words."""

from __future__ import annotations

import re

import pytest

from caseworker_app.demo.when import grade
from caseworker_app.domain.age import age_on
from caseworker_app.domain.case import Case, ChildWord, SiblingKind, SiblingLink
from caseworker_app.domain.cpr import NumberKind, contains_person_number, parse
from caseworker_app.domain.danish import genitive, sort_key
from caseworker_app.domain.person import Custody, Person, Role
from caseworker_app.services import cases
from tests.demo.looking import rows, texts

REPLACEMENT = re.compile(r"(6[1-9]|[78][0-9]|9[01])[0-9]{8}")


def children(filled):
    return {case.child_name or case.unborn_of: case for case in filled.read(lambda r: r.find(Case))}


def test_every_number_is_a_replacement_number_that_can_be_read(either):
    found = either.read(rows)
    numbers = [
        thing.person_number for kind in ("Case", "Person") for thing in found[kind] if thing.person_number
    ]
    assert len(numbers) > 60
    for number in numbers:
        assert REPLACEMENT.fullmatch(number)
        assert parse(number, either.summary.today).kind is NumberKind.REPLACEMENT


def test_every_number_ever_written_is_a_replacement_number(demo):
    acts = demo.read(lambda r: r.acts(limit=100_000))
    written = [c.after for act in acts for c in act.changes if c.field == "person_number" and c.after]
    assert len(written) > 60
    assert all(REPLACEMENT.fullmatch(number) for number in written)


def test_no_two_humans_have_the_same_number(demo):
    found = demo.read(rows)
    numbers = [case.person_number for case in found["Case"] if case.person_number]
    numbers += [p.person_number for p in found["Person"] if p.person_number and p.same_as is None]
    assert len(numbers) == len(set(numbers))


def test_no_text_holds_what_may_be_a_personal_number(either):
    held = [
        (kind, name, text)
        for kind, name, text in either.read(lambda r: list(texts(r)))
        if name not in ("person_number", "sha256") and contains_person_number(text)
    ]
    assert held == []


def test_a_childs_birth_date_follows_from_the_number_and_the_last_digit_from_the_story(demo):
    found = children(demo)
    for case in found.values():
        if case.person_number:
            assert parse(case.person_number, demo.summary.today).birth_date == case.born
    today = demo.summary.today
    assert parse(found["Jonas Bech Holm"].person_number, today).sex_digit == "odd"
    assert parse(found["Åse Lindgaard"].person_number, today).sex_digit == "even"


def test_the_children_are_as_old_as_their_stories_say(either):
    found, today = children(either), either.summary.today
    ages = {name: age_on(case.born, today) for name, case in found.items() if case.born}
    expected = {"Alma Thorsen": 1, "Storm Krogh Ærø": 4, "Jonas Bech Holm": 9, "Felix Winther Krogh": 12}
    assert {name: ages[name] for name in expected} == expected
    assert {ages["Østen Brandt Juhl"], ages["Freja Hedegaard Toft"]} == {19, 22}
    assert all(
        case.child_word is ChildWord.YOUNG_PERSON for name, case in found.items() if ages.get(name, 0) >= 18
    )


def test_parents_are_old_enough_to_be_parents(demo):
    born = {case.stream: case.born for case in demo.read(lambda r: r.find(Case))}
    for person in demo.read(lambda r: r.find(Person)):
        if person.person_number and person.role in (Role.MOTHER, Role.FATHER):
            birth = parse(person.person_number, demo.summary.today).birth_date
            child = born[person.stream] or demo.summary.today
            assert 16 <= age_on(birth, child) <= 50


def test_one_child_is_not_born_yet_and_one_was_not_when_the_case_was_opened(either):
    unborn = [case for case in children(either).values() if case.unborn]
    assert [(case.unborn_of, case.child_name, case.born) for case in unborn] == [
        ("Mathilde Skov Dam", "", None)
    ]
    assert unborn[0].term > either.summary.today
    alma = children(either)["Alma Thorsen"]
    assert alma.opened_on < alma.born < either.summary.today
    assert abs((alma.term - alma.born).days) < 14


def test_siblings_are_linked_both_ways_and_alike(either):
    found = {case.id: case for case in either.read(lambda r: r.find(Case))}
    home = {case.stream: case.id for case in found.values()}
    links = {(home[x.stream], x.other_case): x.kind for x in either.read(lambda r: r.find(SiblingLink))}
    assert links
    assert all(links[other, one] is kind and one != other for (one, other), kind in links.items())
    kinds = {frozenset((found[a].first_name, found[b].first_name)): kind for (a, b), kind in links.items()}
    assert kinds[frozenset(("Felix", "Liva"))] is SiblingKind.HALF
    assert kinds[frozenset(("Liva", "Storm"))] is SiblingKind.FULL
    assert {name for pair in kinds for name in pair} >= {
        "Elif",
        "Emre",
        "Defne",
        "Yusuf",
        "Maryam",
        "Sofie",
        "Oscar",
    }


def test_full_siblings_share_mother_and_the_cards_say_so(demo):
    def mothers(reader):
        liva = next(c for c in reader.find(Case) if c.child_name.startswith("Liva"))
        storm = next(c for c in reader.find(Case) if c.child_name.startswith("Storm"))
        return [
            next(p for p in cases.people_of(reader, case.stream) if p.role is Role.MOTHER)
            for case in (liva, storm)
        ]

    one, other = demo.read(mothers)
    assert one.name == other.name
    assert (one.same_as or one.id) == (other.same_as or other.id)


def test_the_class_at_school_is_the_one_of_the_age(demo):
    followed = [
        case
        for case in children(demo).values()
        if case.active and re.fullmatch(r"\d+\.[a-d]", case.school_class)
    ]
    assert len(followed) > 12
    for case in followed:
        assert int(case.school_class.split(".")[0]) == grade(case.born, demo.summary.today)


def test_names_try_the_genitive_and_the_danish_order(demo):
    names = {case.first_name for case in demo.read(lambda r: r.find(Case))}
    assert {"Jonas", "Felix", "Åse", "Aage", "Østen", "Zoé"} <= names
    assert {genitive(name) for name in names} >= {"Jonas'", "Felix'", "Zoés", "Aages"}
    shown = [row.case.first_name for row in demo.read(cases.caseload).active]
    assert shown[-3:] == ["Østen", "Aage", "Åse"]
    assert sort_key("Zoé") < sort_key("Østen")


def test_languages_interpreters_and_scripts_are_there(demo):
    people = demo.read(lambda r: r.find(Person))
    languages = " ".join(person.language for person in people)
    for language in ("Tyrkisk", "Polsk", "Arabisk", "Vietnamesisk", "Grønlandsk", "Ukrainsk"):
        assert language in languages
    assert sum(person.interpreter for person in people) >= 8
    notes = " ".join(case.note + case.language for case in children(demo).values())
    assert re.search("[\u0600-\u06ff]", notes)
    assert "Nguyễn" in " ".join(children(demo))


def test_the_protected_are_protected_in_every_card(demo):
    found = children(demo)
    protected = {name for name, case in found.items() if case.address_protected}
    assert protected == {"Åse Lindgaard", "Aage Lindgaard"}
    mothers = [p for p in demo.read(lambda r: r.find(Person)) if p.name == "Vibeke Lindgaard"]
    assert len(mothers) == 2
    assert all(person.address_protected and person.address for person in mothers)


def test_the_people_around_the_children_are_of_many_kinds(demo):
    people = demo.read(lambda r: r.find(Person))
    assert len({person.role for person in people}) >= 17
    assert {person.custody for person in people} == {None, *Custody}
    assert sum(bool(person.support_person) for person in people) >= 5
    assert any(person.private and person.address is None for person in people)
    streams = {person.stream for person in people if person.role in (Role.MOTHER, Role.FATHER)}
    assert {case.stream for case in children(demo).values()} - streams == {
        children(demo)["Freja Hedegaard Toft"].stream
    }


@pytest.mark.parametrize("field", ["phone", "email"])
def test_nobody_can_be_reached(either, field):
    found = either.read(rows)
    values = [getattr(x, field, "") for kind in ("Person", "Case", "Worker", "Office") for x in found[kind]]
    values = [value for value in values if value]
    assert all(value.startswith("0") if field == "phone" else value.endswith(".example") for value in values)
    assert len(values) >= (100 if field == "phone" else 40)


def test_every_case_has_what_a_case_needs(either):
    for case in children(either).values():
        if case.child_name == "Zoe Müller":
            continue  # entered twice on purpose, in haste
        assert case.kinds
        assert case.step
        assert case.record_number
        assert case.district
        assert case.note
        assert case.address
        assert bool(case.closed_on) == bool(case.close_reason) == (not case.active)
        assert case.school or case.unborn


def test_no_text_has_a_brace_a_placeholder_or_space_around_it(either):
    for kind, name, text in either.read(lambda r: list(texts(r))):
        assert "{" not in text, (kind, name, text)
        assert "}" not in text, (kind, name, text)
        assert text == text.strip(), (kind, name, text)
        assert text != "?", (kind, name)
        assert "\n\n" not in text or kind == "Entry"  # an entry's parts stand apart
        assert "  " not in text
