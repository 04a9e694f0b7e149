"""Who may see what of a netværkskort: what is on no list is in no view, whatever was drawn and whatever it is called."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest
from hypothesis import given, settings

from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.map_profiles import A_PLACE, AN_ADULT, SOMEBODY, profiles_for
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import (
    Candidate,
    Informed,
    MapGroup,
    MapPerson,
    MapPersonKind,
    MapQuote,
    MapRelation,
    NetworkMap,
    Quality,
    Support,
    Voice,
)
from caseworker_app.domain.person import Person, Role
from tests.helpers.maps import at, four
from tests.helpers.whole_maps import COPIES, Whole, seen_by, texts, whole, wholes

OTHERS = (MapProfile.CHILD, MapProfile.FAMILY)
ID = {
    name: name.encode().ljust(16, b"_")
    for name in ("mor", "far", "mormor", "karen", "skole", "pleje", "line")
}


def person(name: str, called: str, sector: str = "family", **more: object) -> MapPerson:
    values: dict[str, object] = {"id": ID[name], "called": called, "placement": at("close", sector), **more}
    return MapPerson(**values)  # type: ignore[arg-type]


def drawn(voice: Voice = Voice.CHILD, **more: object) -> Whole:
    """Return the map of Ida Prøve, with her mother on it unless others are given."""
    case = Case(id=b"c" * 16, child_name="Ida Prøve", school="Solstråleskolen", school_class="3.b")
    base = Whole(NetworkMap(voice=voice, present=()), four(), case, (person("mor", "Mor"),), (), (), (), {})
    return replace(base, **more)


def line(said_by: Voice, a: str | None = None, b: str | None = "mor") -> MapRelation:
    ends = {"a": ID[a] if a else None, "b": ID[b] if b else None}
    return MapRelation(
        id=said_by.value.encode().ljust(16, b"_"), quality=Quality.STRAINED, said_by=said_by, **ends
    )


def voices(view: MapView) -> set[Voice]:
    return {one.said_by for one in view.relations} | {one.said_by for one in view.quotes}


def everybodys(voice: Voice) -> Whole:
    lines = tuple(line(one) for one in Voice)
    quotes = tuple(MapQuote(said_by=one, words=f"Sagt af {one.value}") for one in Voice)
    return drawn(voice, relations=lines, quotes=quotes)


def test_the_files_copy_holds_everything():
    own = everybodys(Voice.CHILD)
    marked = person("mor", "Mor", candidate=Candidate.RELIEF, informed=Informed.KNOWS, doubtful=True)
    view = seen_by(replace(own, people=(marked, person("far", "Far", placement=None))), MapProfile.FILE)
    assert voices(view) == set(Voice)
    assert [one.called for one in view.people] == ["Mor", "Far"]
    assert view.people[0].candidate is Candidate.RELIEF
    assert view.wording is Wording.PROFESSIONAL
    assert view.left_out == ()


def test_the_child_sees_what_it_said_and_what_was_said_together():
    view = seen_by(everybodys(Voice.CHILD), MapProfile.CHILD)
    assert voices(view) == {Voice.CHILD, Voice.TOGETHER}
    assert view.wording is Wording.CHILD


@pytest.mark.parametrize(("voice", "may"), [
    (Voice.CHILD, {Voice.TOGETHER}),
    (Voice.MOTHER, {Voice.TOGETHER, Voice.MOTHER}),
    (Voice.FATHER, {Voice.TOGETHER, Voice.FATHER}),
    (Voice.TOGETHER, {Voice.TOGETHER, Voice.MOTHER, Voice.FATHER}),
])  # fmt: skip
def test_the_family_sees_no_statement_of_the_child_alone_nor_of_the_worker_nor_of_the_other_parent(
    voice, may
):
    assert voices(seen_by(everybodys(voice), MapProfile.FAMILY)) == may


def test_the_caseworkers_map_is_for_the_file_alone_and_a_parents_map_is_not_for_the_child():
    assert profiles_for(Voice.WORKER) == (MapProfile.FILE,)
    assert MapProfile.CHILD not in profiles_for(Voice.MOTHER)
    with pytest.raises(UserError):
        seen_by(drawn(Voice.WORKER), MapProfile.FAMILY)
    with pytest.raises(UserError):
        seen_by(drawn(Voice.FATHER), MapProfile.CHILD)


@pytest.mark.parametrize("profile", OTHERS)
def test_what_only_the_worker_thinks_is_the_files_alone(profile):
    marked = person("mor", "Mor", candidate=Candidate.BOTH, informed=Informed.KNOWS_NOTHING, doubtful=True)
    (seen,) = seen_by(drawn(people=(marked,)), profile).people
    assert (seen.candidate, seen.informed, seen.doubtful) == (None, None, False)


@pytest.mark.parametrize(("voice", "profile", "shown"), [
    (Voice.CHILD, MapProfile.CHILD, True),
    (Voice.CHILD, MapProfile.FAMILY, False),
    (Voice.TOGETHER, MapProfile.FAMILY, True),
    (Voice.MOTHER, MapProfile.FAMILY, False),
])  # fmt: skip
def test_who_takes_strength_is_told_only_to_those_who_said_it(voice, profile, shown):
    own = drawn(voice, people=(person("mor", "Mor", support=Support.DRAINS),))
    assert (seen_by(own, profile).people[0].support is not None) is shown


@pytest.mark.parametrize("profile", OTHERS)
def test_whoever_waits_in_the_tray_stands_on_no_copy_but_the_files(profile):
    own = drawn(people=(person("mor", "Mor", placement=None),))
    assert seen_by(own, profile).people == ()


def test_the_family_reads_roles_in_the_stead_of_institutions():
    school = person("skole", "Solstråleskolen", "school", kind=MapPersonKind.PLACE, role_word="skole")
    karen = person("karen", "Karen fra Solstråleskolen", "school", role_word="pædagog")
    view = seen_by(drawn(people=(school, karen)), MapProfile.FAMILY)
    assert [one.called for one in view.people] == ["Skole", "Karen"]
    assert "solstråle" not in " ".join(texts(view)).casefold()


@pytest.mark.parametrize("profile", OTHERS)
@pytest.mark.parametrize("who", ["child", "foster"])
def test_a_protected_address_takes_the_school_the_town_and_the_place_off_the_copies(profile, who):
    case = Case(
        child_name="Ida Prøve", school="Solstråleskolen", district="Vestbyen", address_protected=who == "child",
        address=Address("Granvej 12", "7451", "Sundsnæs"),
    )  # fmt: skip
    carer = Person(
        id=b"f" * 16, name="Birthe Mogelhøj", role=Role.FOSTER_PARENT, lives_with_child=True,
        address=Address("Granvej 12", "7451", "Sundsnæs"), address_protected=who == "foster",
    )  # fmt: skip
    own = drawn(
        case=case,
        people=(
            person("pleje", "Plejemor Birthe Mogelhøj", role_word="plejemor", case_person=carer.id),
            person("skole", "Sundsnæs Svømmehal", "friends", kind=MapPersonKind.PLACE, role_word=""),
            person("karen", "Karen på Solstråleskolen", "school", role_word="lærer i Vestbyen"),
        ),
        groups=(MapGroup(id=b"g" * 16, label="Granvej", members=frozenset({ID["pleje"]}), with_child=True),),
        quotes=(MapQuote(said_by=Voice.TOGETHER, words="Vi bader i Sundsnæs."),),
        cards={carer.id: carer},
        map=NetworkMap(
            voice=Voice.CHILD, place="Hjemme hos familien", present=("Birthe Mogelhøj, plejemor", "Mette")
        ),
    )
    view = seen_by(own, profile)
    said = " ".join(texts(view)).casefold()
    for word in ("solstråle", "sundsnæs", "granvej", "7451", "vestbyen", "mogelhøj", "hjemme hos"):
        assert word not in said
    assert view.present == ("Mette",)
    whole_view = seen_by(own, MapProfile.FILE)
    assert "Plejemor Birthe Mogelhøj" in texts(whole_view)


def test_a_protected_person_is_an_adult_where_a_line_needs_her_and_else_not_there():
    card = Person(id=b"f" * 16, name="Nadia Holm", role=Role.RELATIVE, address_protected=True)
    mother = person("mormor", "Moster Nadia", case_person=card.id, role_word="moster")
    own = drawn(people=(mother,), cards={card.id: card})
    assert seen_by(own, MapProfile.FAMILY).people == ()
    tied = replace(own, relations=(line(Voice.TOGETHER, None, "mormor"),))
    (seen,) = seen_by(tied, MapProfile.FAMILY).people
    assert (seen.called, seen.role_word) == (AN_ADULT, "")
    young = replace(tied, cards={card.id: replace(card, role=Role.SIBLING)})
    assert seen_by(young, MapProfile.FAMILY).people[0].called == SOMEBODY


def test_a_line_to_somebody_who_is_not_there_is_not_there_either():
    card = Person(id=b"f" * 16, name="Nadia Holm", role=Role.RELATIVE, address_protected=True)
    own = drawn(
        people=(person("mor", "Mor"), person("mormor", "Moster", case_person=card.id)),
        relations=(line(Voice.CHILD, "mor", "mormor"),),
        cards={card.id: card},
    )
    view = seen_by(own, MapProfile.FAMILY)
    assert [one.called for one in view.people] == ["Mor"]
    assert view.relations == ()


def test_a_name_of_somebody_protected_who_is_not_on_the_map_is_still_kept_out_of_words():
    card = Person(id=b"f" * 16, name="Nadia Skovhugger", role=Role.RELATIVE, address_protected=True)
    own = drawn(
        people=(person("mor", "Mor"), person("far", "Far og Skovhuggers hund")), cards={card.id: card}
    )
    assert "skovhugger" not in " ".join(texts(seen_by(own, MapProfile.FAMILY))).casefold()


@pytest.mark.parametrize("profile", OTHERS)
def test_what_is_left_out_is_said_in_words_and_never_what_it_was(profile):
    own = everybodys(Voice.CHILD)
    own = replace(
        own, people=(person("mor", "Mor", candidate=Candidate.RELIEF), person("far", "Far", placement=None))
    )
    said = [str(one) for one in seen_by(own, profile).left_out]
    assert f"{3 if profile is MapProfile.CHILD else 4} lines that others have said" in said
    assert "1 who is not placed yet" in said
    assert "The caseworker's own marks" in said
    assert not any("Far" in one or "Sagt af" in one for one in said)


def test_a_place_without_a_role_is_a_place():
    case = Case(child_name="Ida", address_protected=True)
    own = drawn(case=case, people=(person("skole", "Klubben Kometen", kind=MapPersonKind.PLACE),))
    assert seen_by(own, MapProfile.CHILD).people[0].called == A_PLACE


def test_a_view_has_no_field_for_a_full_name_a_number_or_an_address():
    names = {field.name for field in dataclasses.fields(MapView)}
    assert not names & {"case", "cards", "address", "number_of_person", "child_name", "person_number", "note"}


@settings(max_examples=150, deadline=None)
@given(wholes())
def test_no_copy_ever_holds_a_word_that_its_reader_must_not_see(own):
    for profile in profiles_for(own.map.voice):
        said = " ".join(texts(seen_by(own, profile))).casefold()
        for word in COPIES[profile](own):
            assert word.casefold() not in said


@settings(max_examples=100, deadline=None)
@given(wholes())
def test_what_is_seen_holds_together(own):
    for profile in profiles_for(own.map.voice):
        view = seen_by(own, profile)
        here = {one.id for one in view.people} | {None}
        assert all({r.a, r.b} <= here for r in view.relations)
        assert all(group.members <= here for group in view.groups)
        assert all(one.households == sum(one.id in g.members for g in view.groups) for one in view.people)


def test_the_same_map_is_seen_the_same():
    own = whole()
    assert seen_by(own, MapProfile.FAMILY) == seen_by(own, MapProfile.FAMILY)
