"""Two maps compared: what counts as a change, the Danish sentence of each, and two voices beside one another."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app import i18n
from caseworker_app.domain.map_changes import KeptMap, pair
from caseworker_app.domain.map_diff import Change, compare_voices, diff, sentences
from caseworker_app.domain.map_sentences import QUALITIES, SAID_BY, names_of
from caseworker_app.domain.map_words import QUALITY_LABELS, SAID_BY_LABELS, Wording
from caseworker_app.domain.network_map import (
    Flow,
    MapGroup,
    MapPerson,
    MapRelation,
    NetworkMap,
    Placement,
    Quality,
    Voice,
)
from tests.helpers.maps import at, four, shipped

JUDGING = re.compile(r"bedre|forværr|forbedr|værre|fremgang|tilbagegang|desværre|heldigvis", re.IGNORECASE)


def ident(name: str) -> bytes:
    return name.encode().ljust(16, b".")


CLOSE = at("close")


def person(name: str, place: Placement | None = CLOSE, **more) -> MapPerson:
    return MapPerson(id=ident(more.pop("key", name)), called=name, placement=place, **more)


def line(a: str | None, b: str, quality: Quality = Quality.ORDINARY, **more) -> MapRelation:
    return MapRelation(
        id=ident(f"{a}-{b}{more}"), a=None if a is None else ident(a), b=ident(b), quality=quality, **more
    )


def home(label: str, *members: str, child: bool = False, key: str = "") -> MapGroup:
    return MapGroup(
        id=ident(key or label), label=label, members=frozenset(map(ident, members)), with_child=child
    )


def drawn(*things, voice: Voice = Voice.CHILD, template=None) -> KeptMap:
    def of(kind):
        return tuple(one for one in things if isinstance(one, kind))

    return KeptMap(NetworkMap(voice=voice), template or four(), of(MapPerson), of(MapRelation), of(MapGroup))


MORMOR, BO = person("Mormor"), person("Bo", at("close", "friends"))
CASES = {
    "nothing": ((MORMOR,), (MORMOR,), ()),
    "another spot in the same cell": (
        (person("Mormor", at("close", angle=2750)),), (person("Mormor", at("close", angle=3500)),), (),
    ),
    "nearer": (
        (person("Mormor", at("known")),), (MORMOR,), ("Mormor er rykket fra 'Kender godt' til 'Tæt på'.",),
    ),
    "farther": (
        (MORMOR,), (person("Mormor", at("outside")),), ("Mormor er rykket fra 'Tæt på' til 'Ses ikke nu / savner'.",),
    ),
    "another sector": (
        (BO,), (person("Bo", at("close", "school")),), ("Bo er flyttet fra feltet 'Venner' til feltet 'Skole'.",),
    ),
    "nearer in another sector": (
        (person("Bo", at("distant", "school")),), (BO,),
        ("Bo er rykket fra 'Længere væk' til 'Tæt på' og fra feltet 'Skole' til feltet 'Venner'.",),
    ),
    "new": ((), (MORMOR,), ("Mormor er ny på kortet: 'Tæt på' i feltet 'Familie'.",)),
    "new from the tray": (
        (person("Mormor", None),), (MORMOR,), ("Mormor er ny på kortet: 'Tæt på' i feltet 'Familie'.",),
    ),
    "gone": ((MORMOR,), (), ("Mormor er ikke på kortet længere.",)),
    "back in the tray": ((MORMOR,), (person("Mormor", None),), ("Mormor er ikke sat på kortet nu.",)),
    "only in the trays": ((person("Mormor", None),), (), ()),
    "gone with her line": ((MORMOR, line(None, "Mormor")), (), ("Mormor er ikke på kortet længere.",)),
    "line of another kind": (
        (MORMOR, line(None, "Mormor", Quality.STRAINED)), (MORMOR, line("Mormor", "Mormor2"), line(None, "Mormor")),
        ("Stregen mellem barnet og Mormor er ændret fra 'Det er svært / vi skændes tit' til 'Vi har det fint'.",),
    ),
    "line between two": (
        (MORMOR, BO), (MORMOR, BO, line("Bo", "Mormor", Quality.BROKEN)),
        ("Der er tegnet en streg mellem Bo og Mormor: 'Vi ses ikke mere'.",),
    ),
    "line the other way round is the same": (
        (MORMOR, BO, line("Bo", "Mormor")), (MORMOR, BO, line("Mormor", "Bo")), (),
    ),
    "line not drawn any more": (
        (MORMOR, line(None, "Mormor")), (MORMOR,), ("Stregen mellem barnet og Mormor er ikke tegnet længere.",),
    ),
    "line of another voice": (
        (MORMOR,), (MORMOR, line(None, "Mormor", Quality.WEAK, said_by=Voice.MOTHER)),
        ("Der er tegnet en streg mellem barnet og Mormor: 'Vi ses ikke så meget' (sagt af mor).",),
    ),
    "arrow": (
        (MORMOR, line(None, "Mormor")), (MORMOR, line(None, "Mormor", flow=Flow.TO_A)),
        ("Stregen mellem barnet og Mormor har nu en pil: støtten går til barnet.",),
    ),
    "arrow both ways": (
        (MORMOR, line(None, "Mormor", flow=Flow.TO_B)), (MORMOR, line(None, "Mormor", flow=Flow.BOTH)),
        ("Stregen mellem barnet og Mormor har nu pile begge veje: støtten går begge veje.",),
    ),
    "no arrow any more": (
        (MORMOR, line(None, "Mormor", flow=Flow.TO_B)), (MORMOR, line(None, "Mormor")),
        ("Stregen mellem barnet og Mormor har ingen pil længere.",),
    ),
    "household": ((MORMOR,), (MORMOR, home("Enghaven", "Mormor", child=True)),
                  ("Husstanden 'Enghaven' er tegnet: Mormor og barnet.",)),
    "household gone": ((MORMOR, home("Enghaven", "Mormor")), (MORMOR,),
                       ("Husstanden 'Enghaven' er ikke tegnet længere.",)),
    "household renamed": (
        (MORMOR, home("Enghaven", "Mormor")), (MORMOR, home("Hos mormor", "Mormor")),
        ("Husstanden 'Enghaven' hedder nu 'Hos mormor'.",),
    ),
    "moved in and out": (
        (MORMOR, BO, home("Hjem", "Mormor", child=True)), (MORMOR, BO, home("Hjem", "Mormor", "Bo")),
        ("Bo hører nu til husstanden 'Hjem'.", "Barnet hører ikke til husstanden 'Hjem' længere."),
    ),
    "left the map and the household": (
        (MORMOR, BO, home("Hjem", "Mormor", "Bo")), (MORMOR, home("Hjem", "Mormor")),
        ("Bo er ikke på kortet længere.",),
    ),
    "household without a name": ((BO,), (BO, home("", "Bo", key="x")), ("Husstanden uden navn er tegnet: Bo.",)),
    "two of one name": (
        (), (person("Sofie", role_word="kusine"), person("sofie", at("close", "friends"), role_word="nabo")),
        ("Sofie (nabo) er ny på kortet: 'Tæt på' i feltet 'Venner'.",
         "Sofie (kusine) er ny på kortet: 'Tæt på' i feltet 'Familie'."),
    ),
    "somebody unknown": ((), (person("", key="?"),), ("En ukendt person er ny på kortet: 'Tæt på' i feltet 'Familie'.",)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_said_in_danish(name):
    old, new, said = CASES[name]
    found = diff(drawn(*old), drawn(*new))
    assert sentences(found, Wording.CHILD) == said
    assert found.empty is (not said)
    assert not JUDGING.search(" ".join(said))


def test_the_file_s_words_and_the_child_s_name_are_used_where_they_are_asked_for():
    old, new = (
        drawn(MORMOR, line(None, "Mormor", Quality.STRAINED)),
        drawn(person("Mormor", at("closest")), line(None, "Mormor")),
    )
    assert sentences(diff(old, new), Wording.PROFESSIONAL, "Ida") == (
        "Mormor er rykket fra 'Nær' til 'Meget nær'.",
        "Stregen mellem Ida og Mormor er ændret fra 'Anspændt, konflikt' til 'Almindelig'.",
    )


@pytest.mark.parametrize("wording", Wording)
def test_the_file_s_danish_is_the_screen_s(wording):
    da = i18n.load("da")
    for quality, words in QUALITIES[wording].items():
        assert da.gettext(QUALITY_LABELS[wording][quality]) == words
    for voice, words in SAID_BY.items():
        assert da.gettext(SAID_BY_LABELS[voice]).casefold() == words


def test_no_word_of_a_sentence_judges():
    everything = [*SAID_BY.values(), *(word for words in QUALITIES.values() for word in words.values())]
    assert not JUDGING.search(" ".join(everything))


def test_the_same_one_is_known_by_her_card_then_by_whom_she_was_copied_from():
    old = [person("Mormor", case_person=ident("card")), person("Bo"), person("Per", origin=ident("first"))]
    new = [
        person("Bedste", case_person=ident("card"), key="1"),
        person("Bo", origin=ident("Bo"), case_person=ident("new card"), key="2"),
        person("Onkel", origin=ident("first"), key="3"),
        person("Mormor", key="4"),
    ]
    found = pair(old, new)
    assert {one.called: found[one.id].called for one in new if one.id in found} == {
        "Bedste": "Mormor", "Bo": "Bo", "Onkel": "Per",
    }  # fmt: skip


def test_nobody_is_two_people_at_once():
    old = [person("Mormor", case_person=ident("card"))]
    new = [person("A", case_person=ident("card"), key="a"), person("B", origin=ident("Mormor"), key="b")]
    assert list(pair(old, new)) == [ident("a")]


def test_other_rings_and_sectors_alone_move_nobody():
    six = shipped()["six", 1]
    aunt = person("Moster", Placement(2700, 530, "close", "kin"))
    assert diff(drawn(person("Moster")), drawn(aunt, template=six)).empty
    nearer = diff(drawn(person("Moster", at("known"))), drawn(aunt, template=six)).people[0]
    assert (nearer.kind, nearer.other_sector) == (Change.NEARER, False)


def test_sentences_come_from_the_middle_out():
    people = [person(ring, at(ring)) for ring in ("distant", "closest", "outside", "known")]
    said = sentences(diff(drawn(), drawn(*people)), Wording.CHILD)
    assert [one.split(" ")[0].lower() for one in said] == ["closest", "known", "distant", "outside"]


PLACES = st.sampled_from([at(r, s) for r in ("closest", "close", "known") for s in ("family", "friends")])
SOME = st.dictionaries(st.sampled_from("abcdef"), st.none() | PLACES, max_size=6)


@given(SOME, SOME)
def test_every_change_has_its_sentence_and_none_judges(old, new):
    first = drawn(*(person(name, place) for name, place in old.items()))
    second = drawn(*(person(name, place) for name, place in new.items()))
    found = diff(first, second)
    said = sentences(found, Wording.CHILD)
    changed = {n for n in old.keys() | new.keys() if _cell(old.get(n)) != _cell(new.get(n))}
    assert {change.person.called for change in found.people} == changed
    assert len(said) == len(changed) == len(set(said))
    assert all(one.endswith(".") and one[0].isupper() and not JUDGING.search(one) for one in said)
    back = diff(second, first)
    assert len(back.people) == len(found.people)


def _cell(place):
    return None if place is None else (place.ring, place.sector)


# --- Two voices ----------------------------------------------------------------------------------------------


def test_a_child_and_a_mother_beside_one_another():
    mor, far = ident("card mor"), ident("card far")
    child = drawn(
        person("Mor", at("closest"), case_person=mor, key="c1"),
        person("Far", at("close"), case_person=far, key="c2"),
        person("Trofast", at("closest", "friends"), key="c3"),
        person("Ida", at("known"), key="c4"),
        line(None, "c2", Quality.STRONG),
    )
    mother = drawn(
        person("Louise", at("closest"), case_person=mor, key="m1"),
        person("Hans far", at("distant"), case_person=far, key="m2"),
        person("ida", at("closest"), key="m4"),
        person("Farmor", None, key="m5"),
        line(None, "m2", Quality.BROKEN, said_by=Voice.MOTHER),
        voice=Voice.MOTHER,
    )
    beside = compare_voices(child, mother)
    assert [one.called for one, _cell in beside.only_one] == ["Trofast", "Ida"]
    assert [one.called for one, _cell in beside.only_other] == ["ida"]
    assert [(one.one.called, one.other.called, one.nearer_on_one) for one in beside.different] == [
        ("Far", "Hans far", True)
    ]
    assert [one.one.called for one in beside.same] == ["Mor"]
    assert [(one.a, one.b.called, one.one, one.other) for one in beside.lines] == [
        (None, "Far", Quality.STRONG, Quality.BROKEN)
    ]
    assert [(one.called, other.called) for one, other in beside.perhaps_same] == [("Ida", "ida")]


def test_names_are_told_apart_only_where_two_are_alike():
    people = [
        person("Bo", role_word="ven"),
        person("bo", role_word="", key="2"),
        person("Mor", role_word="x"),
    ]
    assert list(names_of(people).values()) == ["Bo (ven)", "bo", "Mor"]


def test_a_line_of_somebody_in_the_tray_is_not_compared():
    waiting = replace(MORMOR, placement=None)
    assert diff(drawn(waiting), drawn(waiting, line(None, "Mormor"))).empty
