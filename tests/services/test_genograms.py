"""The genogram's services: begun from the persons of a case, changed by acts that can be undone, never against itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.case import Address, SiblingKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family import (
    CoupleKind,
    FamilyCouple,
    FamilyHome,
    FamilyMember,
    FamilySibling,
    FamilyTie,
    MemberKind,
    Sex,
    SiblingTie,
    TieKind,
)
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.domain.person import Role
from caseworker_app.i18n import load
from caseworker_app.services import cases, genogram_merging, genogram_proposal, genograms, history, people
from caseworker_app.services import genogram_relatives as relatives
from caseworker_app.services.forms import Edit
from caseworker_app.services.genogram_profiles import forbidden
from caseworker_app.services.genogram_proposal import Spot
from caseworker_app.services.genogram_sketch import Who, Years, family_of
from caseworker_app.services.genogram_words import tell, words_of
from db.store import SqlStore
from tests.helpers.stores import founded, register

NUMBER = "6103154234"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm", person_number=NUMBER)


def card(store, case, name, role, **values):
    return store.write(lambda w: people.add(w, case, {"name": name, "role": role, **values})).result


def new(name="", **values):
    return Who(values={"name": name, **values})


def do(store, fn, *args, **values):
    return store.write(lambda w: fn(w, *args, **values)).result


def seen(store, case, profile=GenogramProfile.FILE):
    return store.read(lambda r: genograms.view(r, case, profile))


def names(view):
    return [one.name for one in view.members]


@pytest.fixture
def child(store, emma):
    return do(store, genograms.begin, emma)


@pytest.fixture
def family(store, emma):
    """Emma with cards of mother, father, grandmother, aunt, brother and a foster mother."""
    card(store, emma, "Mia Holm", Role.MOTHER, lives_with_child=True)
    card(store, emma, "Jonas Bech", Role.FATHER)
    card(store, emma, "Karin Holm", Role.GRANDPARENT, role_words="mormor")
    card(store, emma, "Tina Holm", Role.RELATIVE, role_words="moster")
    card(store, emma, "Noah Holm", Role.SIBLING, role_words="storebror")
    card(store, emma, "Else Toft", Role.FOSTER_PARENT, role_words="plejemor")
    card(store, emma, "Tom Vang", Role.TEACHER)
    return emma


def test_the_cases_persons_are_proposed_by_role_and_by_what_the_family_calls_them(store, family):
    found = store.read(lambda r: genogram_proposal.propose(r, family))
    assert {one.name: one.spot for one in found} == {
        "Mia Holm": Spot.MOTHER, "Jonas Bech": Spot.FATHER, "Karin Holm": Spot.MOTHERS_PARENT,
        "Tina Holm": Spot.MOTHERS_SIBLING, "Noah Holm": Spot.SIBLING, "Else Toft": Spot.FOSTER_PARENT,
    }  # fmt: skip
    assert {one.name: one.sex for one in found}["Noah Holm"] is Sex.MALE


def test_only_what_the_worker_says_yes_to_is_drawn_and_one_undo_takes_it_all_back(store, family):
    found = store.read(lambda r: genogram_proposal.propose(r, family))
    chosen = [one.id for one in found if one.name != "Tina Holm"]
    do(store, genogram_proposal.accept, family, chosen)
    view = seen(store, family)
    assert sorted(names(view)) == [
        "Else Toft",
        "Emma Holm",
        "Jonas Bech",
        "Karin Holm",
        "Mia Holm",
        "Noah Holm",
    ]
    kinds = {(view.member(t.parent).name, view.member(t.child).name): t.kind for t in view.ties}
    assert kinds == {
        ("Mia Holm", "Emma Holm"): TieKind.BIOLOGICAL, ("Jonas Bech", "Emma Holm"): TieKind.BIOLOGICAL,
        ("Karin Holm", "Mia Holm"): TieKind.BIOLOGICAL, ("Else Toft", "Emma Holm"): TieKind.FOSTER,
    }  # fmt: skip
    assert [s.kind for s in view.siblings] == [SiblingTie.UNKNOWN]
    assert view.couples == ()  # nobody said what mother and father are to each other
    store.write(history.undo)
    assert seen(store, family).members == ()


def test_a_sibling_brings_no_parents_along(store, family):
    found = store.read(lambda r: genogram_proposal.propose(r, family))
    do(store, genogram_proposal.accept, family, [one.id for one in found if one.spot is Spot.SIBLING])
    view = seen(store, family)
    assert sorted(names(view)) == ["Emma Holm", "Noah Holm"]
    assert view.ties == ()


def test_a_linked_sibling_case_is_proposed_with_how_they_are_siblings(store, emma):
    other = register(store, "Ida Holm")
    store.write(lambda w: cases.link_siblings(w, emma, other, SiblingKind.HALF))
    (one,) = store.read(lambda r: genogram_proposal.propose(r, emma))
    do(store, genogram_proposal.accept, emma, [one.id])
    view = seen(store, emma)
    assert "Ida Holm" in names(view)
    assert view.siblings[0].kind is SiblingTie.HALF


def test_who_is_drawn_already_is_proposed_no_more(store, family):
    found = store.read(lambda r: genogram_proposal.propose(r, family))
    do(store, genogram_proposal.accept, family, [found[0].id])
    again = store.read(lambda r: genogram_proposal.propose(r, family))
    assert found[0].id not in [one.id for one in again]


def test_what_stands_on_the_card_is_what_stands_in_the_genogram(store, family):
    mia = next(p for p in store.read(lambda r: r.find(people.Person)) if p.name == "Mia Holm")
    do(store, genograms.add_member, family, Who(card=mia.id))
    store.write(lambda w: people.edit(w, mia.id, {"name": Edit("Mia Holm Bech")}))
    assert "Mia Holm Bech" in names(seen(store, family))


def test_adding_a_card_twice_gives_the_one_who_is_there(store, family):
    mia = next(p for p in store.read(lambda r: r.find(people.Person)) if p.name == "Mia Holm")
    first = do(store, genograms.add_member, family, Who(card=mia.id))
    child = do(store, genograms.begin, family)
    second = do(store, relatives.add_parent, child, Who(card=mia.id))
    assert first == second
    assert names(seen(store, family)).count("Mia Holm") == 1


def test_adding_a_card_again_with_another_year_is_refused_aloud(store, family):
    mia = next(p for p in store.read(lambda r: r.find(people.Person)) if p.name == "Mia Holm")
    do(store, genograms.add_member, family, Who(card=mia.id, values={"born": 1986}))
    with pytest.raises(InvalidInput) as refused:
        do(store, genograms.add_member, family, Who(card=mia.id, values={"born": 1988}))
    assert refused.value.field == "born"


def test_a_new_one_of_a_name_that_is_there_is_refused_until_it_is_said_that_it_is_another(store, emma, child):
    do(store, relatives.add_sibling, child, new("Lars Holm"))
    with pytest.raises(UserError, match="in the genogram already"):
        do(store, relatives.add_sibling, child, new(" lars  holm "))
    do(store, relatives.add_sibling, child, Who(values={"name": "Lars Holm"}, another=True))
    assert names(seen(store, emma)).count("Lars Holm") == 2


def test_two_who_are_one_are_merged_with_all_their_lines(store, emma, child):
    mother = do(store, relatives.add_parent, child, new("Mia", sex=Sex.FEMALE, born=1986))
    one = do(store, relatives.add_parent, mother, new("Karin", sex=Sex.FEMALE))
    two = do(store, relatives.add_parent, child, Who(values={"name": "Mormor", "born": 1956}), TieKind.FOSTER)
    do(store, relatives.set_home, emma, "Hos mormor", [child, two])
    do(store, genogram_merging.merge, one, two)
    view = seen(store, emma)
    assert sorted(names(view)) == ["Emma Holm", "Karin", "Mia"]
    assert {(t.parent, t.child, t.kind) for t in view.ties} == {
        (mother, child, TieKind.BIOLOGICAL), (one, mother, TieKind.BIOLOGICAL), (one, child, TieKind.FOSTER),
    }  # fmt: skip
    assert view.member(one).born == 1956
    assert view.homes[0].members == {child, one}
    store.write(history.undo)
    assert len(seen(store, emma).members) == 4


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [({"born": 1956}, {"born": 1958}, "year of birth"), ({"sex": Sex.FEMALE}, {"sex": Sex.MALE}, "sex"),
     ({"died": 2019, "dead": True}, {"died": 2020, "dead": True}, "year of death")],
)  # fmt: skip
def test_merging_two_who_differ_fails_and_says_in_what(store, emma, child, first, second, word):
    one = do(store, relatives.add_sibling, child, new("Karin", **first))
    two = do(store, relatives.add_sibling, child, new("Mormor", **second))
    with pytest.raises(UserError, match="differ in") as refused:
        do(store, genogram_merging.merge, one, two)
    assert word in str(refused.value.values["facts"][0])
    assert len(seen(store, emma).members) == 3


def test_merging_that_would_make_somebody_her_own_mother_fails(store, emma, child):
    mother = do(store, relatives.add_parent, child, new("Mia"))
    with pytest.raises(UserError, match="ancestor of oneself"):
        do(store, genogram_merging.merge, child, mother)
    assert len(seen(store, emma).members) == 2


def test_merging_that_would_make_a_couple_both_married_and_divorced_fails(store, emma, child):
    mia = do(store, relatives.add_parent, child, new("Mia"))
    one = do(store, relatives.add_partner, mia, new("Per"), CoupleKind.MARRIED)
    two = do(store, relatives.add_partner, mia, new("Per Lund"), CoupleKind.DIVORCED)
    with pytest.raises(UserError, match="a couple twice"):
        do(store, genogram_merging.merge, one, two)


def test_the_same_line_of_both_is_there_once_after_merging(store, emma, child):
    one = do(store, relatives.add_parent, child, new("Mia"))
    two = do(store, relatives.add_parent, child, new("Mor"))
    do(store, genogram_merging.merge, one, two)
    assert len(seen(store, emma).ties) == 1


@pytest.mark.parametrize("kind", [TieKind.BIOLOGICAL])
def test_a_third_biological_parent_is_refused(store, emma, child, kind):
    for name in ("Mia", "Jonas"):
        do(store, relatives.add_parent, child, new(name), kind)
    with pytest.raises(UserError, match="more than two biological parents"):
        do(store, relatives.add_parent, child, new("Per"), kind)
    assert "Per" not in names(seen(store, emma))


def test_foster_carers_and_a_step_parent_come_beside_the_biological_parents(store, emma, child):
    for name, kind in (("Mia", TieKind.BIOLOGICAL), ("Jonas", TieKind.BIOLOGICAL), ("Else", TieKind.FOSTER),
                       ("Per", TieKind.STEP), ("Ukendt", TieKind.DONOR)):  # fmt: skip
        do(store, relatives.add_parent, child, new(name), kind)
    assert len(seen(store, emma).ties) == 5


def test_a_parent_who_is_not_older_is_refused(store, emma, child):
    mia = do(store, relatives.add_parent, child, new("Mia", born=1986))
    with pytest.raises(UserError, match="cannot be a child of"):
        do(store, relatives.add_parent, mia, new("Karin", born=1990))


def test_full_siblings_of_different_parents_are_refused(store, emma, child):
    for name in ("Mia", "Jonas"):
        do(store, relatives.add_parent, child, new(name))
    noah = do(store, genograms.add_member, emma, new("Noah"))
    for name in ("Lone", "Kaj"):
        do(store, relatives.add_parent, noah, new(name))
    with pytest.raises(UserError, match="cannot be full siblings"):
        do(store, relatives.add_sibling, child, Who(member=noah), SiblingTie.FULL)


def test_years_that_cannot_be_are_refused(store, emma, child):
    with pytest.raises(InvalidInput) as early:
        do(store, relatives.add_sibling, child, new("Noah", born=18))
    assert early.value.field == "born"
    with pytest.raises(UserError, match="before it began"):
        do(store, relatives.add_partner, child, new("Per"), CoupleKind.PARTED, years=Years(2018, 2012))


def test_an_unknown_person_and_siblings_nobody_knows_are_there_without_a_name(store, emma, child):
    do(store, relatives.add_parent, child, Who(values={"kind": MemberKind.UNKNOWN, "sex": Sex.MALE}))
    do(store, relatives.add_sibling, child, Who(values={"kind": MemberKind.SIBLINGS, "count": 3}))
    do(store, relatives.add_sibling, child, Who(values={"kind": MemberKind.SIBLINGS}))
    told = tell(seen(store, emma), load("da"))
    assert [one.name for one in told][1:] == ["Ukendt person", "3 søskende, ingen kender", "Ukendte søskende"]


def test_taking_somebody_out_takes_the_lines_and_undo_brings_all_back(store, emma, child):
    mia = do(store, relatives.add_parent, child, new("Mia"))
    do(store, relatives.add_partner, mia, new("Per"), CoupleKind.COHABITING)
    do(store, relatives.add_sibling, mia, new("Tina"))
    do(store, relatives.set_home, emma, "", [child, mia])
    before = seen(store, emma)
    do(store, genograms.remove_member, mia)
    after = seen(store, emma)
    assert (after.ties, after.couples, after.siblings) == ((), (), ())
    assert after.homes[0].members == {child}
    store.write(history.undo)
    assert seen(store, emma) == before


def test_the_child_itself_stays(store, child):
    with pytest.raises(UserError, match="stays in the genogram"):
        do(store, genograms.remove_member, child)


def test_every_change_is_one_act_and_undone_by_one_undo(store, emma, child):
    mia = do(store, relatives.add_parent, child, new("Mia", born=1986))
    per = do(store, relatives.add_partner, mia, new("Per"), CoupleKind.COHABITING)
    states = [seen(store, emma)]
    couple = states[0].couples[0].id
    for fn, args in (
        (relatives.edit_link, (FamilyCouple, couple, {"kind": Edit(CoupleKind.PARTED), "ended": Edit(2020)})),
        (relatives.add_child, (mia, new("Ida"), TieKind.BIOLOGICAL, per)),
        (relatives.set_home, (emma, "Mias hjem", [mia, child])),
        (genograms.edit_member, (per, {"died": Edit(2021), "dead": Edit(True)})),
        (relatives.remove_link, (FamilyCouple, couple)),
    ):  # fmt: skip
        do(store, fn, *args)
        states.append(seen(store, emma))
    for expected in reversed(states[:-1]):
        store.write(history.undo)
        assert seen(store, emma) == expected


def test_a_change_that_cannot_be_true_changes_nothing(store, emma, child):
    mia = do(store, relatives.add_parent, child, new("Mia", born=1986))
    before = seen(store, emma)
    tie = before.ties[0].id
    with pytest.raises(UserError):
        do(store, genograms.edit_member, mia, {"died": Edit(1980)})
    do(store, relatives.edit_link, FamilyTie, tie, {"kind": Edit(TieKind.STEP)})
    assert seen(store, emma).ties[0].kind is TieKind.STEP
    assert seen(store, emma).members == before.members


def test_two_of_one_name_are_pointed_out(store, emma, child):
    one = do(store, relatives.add_sibling, child, new("Lars Holm"))
    two = do(store, relatives.add_sibling, child, Who(values={"name": "lars holm"}, another=True))
    assert genograms.twins(seen(store, emma)) == ((one, two),)


def test_everything_about_somebody_is_told_in_danish(store, emma, child):
    mia = do(store, relatives.add_parent, child, new("Mia", born=1986))
    jonas = do(store, relatives.add_parent, child, new("Jonas"))
    do(store, relatives.add_partner, mia, Who(member=jonas), CoupleKind.PARTED, years=Years(2009, 2016))
    do(store, relatives.add_parent, child, new("Else"), TieKind.FOSTER)
    told = {one.name: one for one in tell(seen(store, emma), load("da"))}
    assert told["Mia"].sentence == (
        "Mia (født 1986): Har været samlevende, er gået fra hinanden (Jonas), 2009–2016; Forælder til Emma Holm."
    )
    assert "I familiepleje hos Else" in told["Emma Holm"].lines
    assert words_of(seen(store, emma), load("da")).born == "f. {year}"


# --- Profiles ------------------------------------------------------------------------------------------------


@pytest.fixture
def protected(store):
    """A placed child with a protected address, whose foster mother's name the family must not read."""
    case = register(
        store,
        "Emma Holm",
        person_number=NUMBER,
        address_protected=True,
        address=Address("Skjulvej 9", "7400", "Vildbjerg"),
    )
    for name, role, values in (
        ("Mia Holm", Role.MOTHER, {"phone": "96 11 22 33"}),
        ("Else Toft", Role.FOSTER_PARENT, {"role_words": "plejemor"}),
        ("Bo Gemt", Role.SIBLING, {"address_protected": True}),
    ):
        card(store, case, name, role, **values)
    found = store.read(lambda r: genogram_proposal.propose(r, case))
    made = do(store, genogram_proposal.accept, case, [one.id for one in found])
    view = seen(store, case)
    do(store, relatives.set_home, case, "Hos Else i Vildbjerg", [view.index.id, made[found[1].id]])
    do(store, genograms.edit_member, view.index.id, {"note": Edit("Bange for far")})
    return case


def test_the_family_reads_nothing_of_those_who_are_protected(store, protected):
    view = seen(store, protected, GenogramProfile.FAMILY)
    text = repr(view)
    for word in ("Else", "Bo Gemt", "Vildbjerg", "plejemor", "Bange", NUMBER, "96 11 22 33"):
        assert word not in text
    assert "Mia Holm" in text
    assert len(view.members) == 4
    assert [str(one) for one in view.left_out] == [
        "Notes", "Name and years of 2 people with protection", "Who lives with somebody whose address is protected",
    ]  # fmt: skip


def test_what_must_not_stand_in_the_familys_copy_is_listed_whole(store, protected):
    words = forbidden(store.read(lambda r: family_of(r, protected)))
    assert set(words) >= {"Else Toft", "Bo Gemt", NUMBER, "Skjulvej 9", "96 11 22 33", "Bange for far"}


def test_the_file_reads_everything_but_numbers_and_addresses(store, protected):
    text = repr(seen(store, protected))
    assert "Else Toft" in text
    assert NUMBER not in text
    assert "Skjulvej" not in text


def test_every_kind_of_thing_of_a_genogram_is_declared():
    from caseworker_app.domain.things import TYPES

    declared = {one.cls for one in TYPES}
    assert {FamilyMember, FamilyTie, FamilyCouple, FamilySibling, FamilyHome} <= declared
