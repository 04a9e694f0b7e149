"""The catalogue of interventions: what ships is whole, and a faulty one says where."""

from __future__ import annotations

import datetime as dt

import pytest

import resources
from caseworker_app.domain.catalogue import Catalogue, CatalogueError
from caseworker_app.domain.catalogue_reading import read_catalogue
from caseworker_app.domain.intervention import InterventionKind, LegalBasis

RULES = frozenset(
    {
        "institution",
        "foster",
        "own_room",
        "short_term",
        "preventive",
        "mst",
        "contact_ambulant",
        "family_centre",
        "private_contact",
        "boarding",
    }
)
NOW = dt.date(2026, 11, 21)
BEFORE = dt.date(2023, 12, 31)
ENTRY = """
[[intervention]]
id = "one"
name = "En indsats"
kind = "preventive"
step = 3
sel = "SEL § 52"
bl = "BL § 32"
valid_from = 2020-01-01
"""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return read_catalogue(resources.text("catalogues", "interventions.toml"), RULES, "interventions")


def read(text: str) -> Catalogue:
    return read_catalogue(text, RULES, "test")


def faults(text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(CatalogueError) as refused:
        read(text)
    return [(fault.key, fault.line, str(fault.what)) for fault in refused.value.faults]


def test_the_catalogue_that_ships_is_whole_and_has_every_step_of_the_ladder(shipped):
    assert {entry.step for entry in shipped.offered(NOW)} == {1, 2, 3, 4, 5, 6}
    assert {entry.step for entry in shipped.offered(BEFORE)} == {1, 2, 3, 4, 5, 6}


def test_every_rule_of_herning_is_named_by_some_entry(shipped):
    assert {entry.rule for entry in shipped.offered(NOW)} - {""} == RULES


def test_a_supporting_intervention_without_a_rule_of_its_own_follows_the_general_one(shipped):
    for entry in shipped.entries:
        if entry.kind is InterventionKind.PREVENTIVE:
            assert entry.rule
    assert shipped.entry("family_treatment", NOW).rule == "preventive"


@pytest.mark.parametrize("name", ["early_other", "aftercare_contact", "family_stay", "shared_house"])
def test_early_support_aftercare_and_the_like_have_no_local_rule(shipped, name):
    assert shipped.entry(name, NOW).rule == ""


def test_every_decided_entry_has_the_words_of_both_laws(shipped):
    for entry in shipped.entries:
        if entry.kind is not InterventionKind.GENERAL:
            assert entry.basis.sel.startswith("SEL § ")
            assert entry.basis.bl.startswith("BL §")


def test_both_laws_are_said_and_the_one_in_force_comes_first():
    basis = LegalBasis("SEL § 52", "BL § 32")
    assert basis.on(dt.date(2023, 12, 31)) == ("SEL § 52", "BL § 32")
    assert basis.on(dt.date(2024, 1, 1)) == ("BL § 32", "SEL § 52")


def test_a_name_that_went_with_the_old_law_is_offered_before_and_not_after(shipped):
    assert shipped.entry("residential", BEFORE) is not None
    assert shipped.entry("residential", NOW) is None
    assert shipped.retired("residential", NOW)
    assert shipped.entry("relief_family", BEFORE).name == "Aflastning"
    assert shipped.entry("relief_family", NOW).name == "Støtteophold"


def test_no_price_stands_in_the_catalogue_only_what_it_is_counted_by(shipped):
    assert "price =" not in resources.text("catalogues", "interventions.toml")
    assert shipped.entry("foster_general", NOW).price_unit.value == "month"


def test_an_entry_may_say_that_it_has_no_rule():
    assert read(ENTRY).entries[0].rule == "preventive"
    assert read(ENTRY + 'rule = ""\n').entries[0].rule == ""


@pytest.mark.parametrize(
    ("was", "becomes", "key", "line"),
    [
        ("step = 3", "step = 7", "intervention[1].step", 6),
        ("step = 3", "step = true", "intervention[1].step", 6),
        ('kind = "preventive"', 'kind = "prevent"', "intervention[1].kind", 5),
        ('name = "En indsats"', 'name = " "', "intervention[1].name", 4),
        ('name = "En indsats"', "name = 3", "intervention[1].name", 4),
        ("valid_from = 2020-01-01", 'valid_from = "2020"', "intervention[1].valid_from", 9),
        ("valid_from = 2020-01-01", "valid_from = 2020-01-01T10:00:00", "intervention[1].valid_from", 9),
        (
            "valid_from = 2020-01-01",
            "valid_from = 2020-01-01\nvalid_to = 2019-01-01",
            "intervention[1].valid_to",
            10,
        ),
        ("valid_from = 2020-01-01\n", "", "intervention[1].valid_from", 2),
        ("step = 3", "step = 3\nstepp = 3", "intervention[1].stepp", 7),
        ("step = 3", 'step = 3\nrule = "nothing"', "intervention[1].rule", 7),
        ("step = 3", 'step = 3\nprice_unit = "year"', "intervention[1].price_unit", 7),
        ("[[intervention]]", "[[interventions]]", "interventions", 2),
        ("step = 3", "step =", "TOML", 6),
    ],
)
def test_a_fault_is_said_with_its_key_and_line(was, becomes, key, line):
    assert was in ENTRY
    found = faults(ENTRY.replace(was, becomes))
    assert (key, line) in [(k, n) for k, n, _ in found]


def test_all_faults_are_found_in_one_reading():
    text = ENTRY.replace("step = 3", "step = 9").replace('sel = "SEL § 52"\n', "") + 'colour = "red"\n'
    assert {key for key, _, _ in faults(text)} == {
        "intervention[1].step",
        "intervention[1].sel",
        "intervention[1].colour",
    }


def test_the_same_id_twice_on_one_day_is_a_fault_and_after_each_other_is_none():
    later = ENTRY.replace("2020-01-01", "2022-01-01")
    assert [key for key, _, _ in faults(ENTRY + later)] == ["intervention[2].id"]
    both = read(ENTRY + "valid_to = 2021-12-31\n" + later.replace("En indsats", "Nyt navn"))
    assert both.entry("one", dt.date(2021, 12, 31)).name == "En indsats"
    assert both.entry("one", dt.date(2022, 1, 1)).name == "Nyt navn"


def test_an_empty_catalogue_is_a_fault():
    assert faults("")[0][0] == "intervention"
    assert faults("intervention = 3")[0][0] == "intervention"


PRICED = (
    ENTRY
    + "prices = [{from = 2026-01-01, to = 2026-06-30, kr = 41250}, {from = 2026-08-01, kr = 42500.50}]\n"
)


def test_an_entry_may_have_dated_prices_in_oere_and_the_next_ends_one_that_is_open():
    first, then = read(PRICED).entries[0].prices
    assert (first.oere, first.last) == (4_125_000, dt.date(2026, 6, 30))
    assert (then.oere, then.first, then.last) == (4_250_050, dt.date(2026, 8, 1), None)
    follows = read(PRICED.replace(", to = 2026-06-30", "")).entries[0].prices
    assert follows[0].last == dt.date(2026, 7, 31)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("kr = 41250", "kr = -1"),
        ("kr = 41250", "kr = true"),
        ("kr = 41250", "øre = 41250"),
        ("to = 2026-06-30", "to = 2025-06-30"),
        ("to = 2026-06-30", "to = 2026-08-01"),
        ("from = 2026-01-01", 'from = "i går"'),
        ("[{from = 2026-01-01, to = 2026-06-30, kr = 41250}, {from = 2026-08-01, kr = 42500.50}]", "1200"),
    ],
)
def test_a_faulty_price_is_said_with_its_line(was, becomes):
    with pytest.raises(CatalogueError) as refused:
        read(PRICED.replace(was, becomes).replace("øre", "oere"))
    assert {fault.key for fault in refused.value.faults} == {"intervention[1].prices"}


def test_only_a_placement_is_counted_in_a_row_of_placements(shipped):
    assert shipped.entry("tfco", NOW).counted_as == "special_foster"
    with pytest.raises(CatalogueError):
        read(ENTRY + 'counted_as = "secure"\n')
