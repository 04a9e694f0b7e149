"""The sums of a cost assessment: the printed tables rebuilt from inputs made here, and what holds of any sheet."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.cost import HOURS_OF_YEAR, MINUTES_OF_MONTH, WAGES_2019, Phase, Profession
from caseworker_app.domain.cost_sums import (
    Basis,
    Work,
    assess,
    hourly_price,
    minutes_of_posts,
    months_between,
    percent,
)
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.kroner import kroner_words, ore, rounded, whole_kroner

TABLES = json.loads(Path(__file__).with_name("cost_tables.json").read_text(encoding="utf-8"))
WHO = Profession.FAMILY_THERAPIST
WAGES = {who: Fraction(wage) for who, wage in WAGES_2019.items()}
COLUMNS = ("year", "per_citizen", "per_month")


def ore_of(text):
    return Fraction(text) * 100


def work_for(amount, *, with_citizen, phase=Phase.COURSE):
    """Return the work that costs an amount in øre: what a sheet of real hours would have summed up to."""
    return Work(WHO, phase, with_citizen, amount * 60 / hourly_price(WAGES[WHO]))


def basis_of(effort, months=Fraction(19)):
    """Return a sheet over 19 months whose year costs what the report says, split as the report says."""
    some = {
        name: Fraction(effort[name])
        for name in ("citizens", "stay", "discharged", "groups")
        if name in effort
    }
    if "each" in effort:
        linear = ore_of(effort["each"]) * some["citizens"] * months / 12
        fixed = ore_of(effort["fixed_a_year"]) * months / 12
        work = (
            work_for(linear, with_citizen=True, phase=Phase.BEFORE),
            work_for(fixed / 2, with_citizen=True),
        )
        return Basis(work, WAGES, fixed / 2, Fraction(0), months, **some, fixed=frozenset({Phase.COURSE}))
    period = ore_of(effort["year"]) * months / 12
    work = tuple(
        work_for(period * Fraction(effort[name]), with_citizen=name == "with") for name in ("with", "without")
    )
    begun = ore_of(effort.get("establishing", "0"))
    return Basis(work, WAGES, period * Fraction(effort["other"]), begun, months, **some)


def unit_of(found, row):
    kind, _, number = row.partition(" ")
    return {
        "base": lambda: found.unit,
        "wages": lambda: found.wages[int(number)],
        "number": lambda: found.numbers[Fraction(number)],
    }[kind]()


def test_every_hourly_price_of_table_10_7_recomputes():
    for profession, monthly, price in TABLES["hourly_prices"]["rows"]:
        assert WAGES_2019[Profession(profession)] == monthly * 100
        assert rounded(hourly_price(monthly * 100) / 100) == price


def test_the_family_therapist_is_the_mean_of_pedagogue_health_visitor_and_caseworker():
    three = (Profession.PEDAGOGUE, Profession.HEALTH_VISITOR, Profession.SOCIAL_WORKER)
    assert WAGES_2019[WHO] == rounded(Fraction(sum(WAGES_2019[one] for one in three), 3))
    assert rounded(hourly_price(WAGES_2019[WHO])) == 386_05


@pytest.mark.parametrize("name", sorted(TABLES["efforts"]))
def test_the_tables_of_an_effort_are_rebuilt_to_the_printed_rounding(name):
    effort = TABLES["efforts"][name]
    found = assess(basis_of(effort), numbers=[Fraction(n) for n in (10, 12, 15, 20)])
    for table, printed in effort["tables"].items():
        for row, *cells in printed["rows"]:
            unit = unit_of(found, row)
            for column, cell in zip(printed.get("columns", COLUMNS), cells, strict=True):
                if cell is not None:
                    value, to = cell
                    got = rounded(getattr(unit, column) / 100, to)
                    assert got == value, f"table {table}, {row}, {column}: {got} is not {value}"
        shares = printed.get("shares")
        if shares is not None:
            whole = found.share.all
            parts = (found.share.with_citizen, found.share.without, found.share.other)
            assert [rounded(percent(part, whole)) for part in parts] == shares
    if "establishing" in effort:
        assert found.establishing == ore_of(effort["establishing"])
        assert assess(replace(basis_of(effort), establishing=Fraction(0))).unit == found.unit


def test_the_cells_that_contradict_each_other_are_listed_and_no_cell_of_the_tables_stands_twice():
    assert {table for table, _why in TABLES["left_out"]} >= {"5-4", "7-3", "7-4", "7-5", "8-7", "9-5"}
    named = [table for effort in TABLES["efforts"].values() for table in effort["tables"]]
    assert len(named) == len(set(named))


def test_a_base_of_eight_families_does_not_give_table_9_5():
    effort = {**TABLES["efforts"]["holstebro"], "citizens": "8", "year": str(247000 * 8)}
    found = assess(basis_of(effort), numbers=[Fraction(10)])
    assert rounded(found.numbers[Fraction(10)].per_citizen / 100, 1000) != 242000


# --- What holds of any sheet -----------------------------------------------------------------------------------

hours = st.lists(
    st.builds(
        Work, st.sampled_from([p for p in Profession if p is not Profession.OTHER]), st.sampled_from(Phase),
        st.booleans(), st.integers(0, 60_000).map(Fraction),
    ),
    max_size=8,
)  # fmt: skip
bases = st.builds(
    Basis, hours.map(tuple), st.just(WAGES), st.integers(0, 10**9).map(Fraction), st.integers(0, 10**9).map(Fraction),
    st.integers(1, 60).map(Fraction), st.integers(1, 5000).map(lambda n: Fraction(n, 100)),
    st.integers(1, 5000).map(lambda n: Fraction(n, 100)),
)  # fmt: skip


@given(bases)
def test_the_parts_add_up_by_share_phase_and_profession(basis):
    found = assess(basis)
    wages = found.share.with_citizen + found.share.without
    assert sum(found.by_phase.values()) == wages
    assert sum(cost for _hours, cost in found.by_profession.values()) == wages
    assert found.unit.year * basis.months == found.share.all * 12
    assert found.unit.per_citizen * basis.citizens == found.unit.year
    assert found.unit.per_month * basis.stay == found.unit.per_citizen


@given(bases)
def test_wages_raised_by_ten_and_again_by_ten_points_cost_the_same_more_each_time(basis):
    found = assess(basis)
    step = found.wages[10].year - found.unit.year
    assert found.wages[20].year - found.wages[10].year == step
    assert step >= 0


@given(bases)
def test_the_number_there_is_changes_nothing_and_more_citizens_never_cost_more_each(basis):
    twice = basis.citizens * 2
    found = assess(basis, numbers=[basis.citizens, twice])
    assert found.numbers[basis.citizens] == found.unit
    assert found.numbers[twice].per_citizen <= found.unit.per_citizen


@given(bases, st.integers(1, 10**9))
def test_what_it_cost_to_begin_stands_apart(basis, more):
    assert assess(replace(basis, establishing=basis.establishing + more)).unit == assess(basis).unit


def test_a_missing_wage_gives_no_cost_and_says_whose():
    basis = Basis(
        (Work(Profession.OTHER, Phase.COURSE, True, Fraction(60)),),
        WAGES,
        Fraction(0),
        Fraction(0),
        Fraction(1),
    )
    assert basis.missing == (Profession.OTHER,)
    assert assess(basis) is None
    assert assess(replace(basis, wages={**WAGES, Profession.OTHER: Fraction(3_000_000)})) is not None


def test_no_citizens_give_the_year_and_nothing_per_citizen():
    basis = replace(basis_of(TABLES["efforts"]["jammerbugt"]), citizens=Fraction(0))
    found = assess(basis, numbers=[Fraction(10)])
    assert (found.unit.per_citizen, found.unit.per_month, found.numbers) == (None, None, {})
    assert found.unit.year > 0


def test_a_wage_of_nothing_has_no_hourly_price():
    for wage in (0, -1):
        with pytest.raises(ValueError, match="above nought"):
            hourly_price(wage)


def test_full_time_employees_count_by_the_effective_hours_of_a_month():
    assert MINUTES_OF_MONTH * 12 == HOURS_OF_YEAR * 60
    assert minutes_of_posts(100, Fraction(12)) == HOURS_OF_YEAR * 60
    assert minutes_of_posts(50, Fraction(1), 1200) == 3000


def test_a_period_is_counted_in_months_also_over_a_leap_day():
    day = dt.date
    for begins, ends, months in (
        (day(2018, 3, 1), day(2019, 9, 30), 19),
        (day(2020, 2, 1), day(2020, 2, 29), 1),
        (day(2019, 3, 1), day(2020, 2, 29), 12),
        (day(2020, 1, 31), day(2020, 1, 31), Fraction(1, 29)),
        (day(2019, 1, 1), day(2019, 1, 15), Fraction(15, 31)),
    ):
        assert months_between(begins, ends) == months, (begins, ends)
    with pytest.raises(ValueError, match="ends after"):
        months_between(day(2020, 2, 2), day(2020, 2, 1))


# --- Kroner ----------------------------------------------------------------------------------------------------


def test_kroner_are_read_as_people_type_them():
    for typed, amount in (
        ("40945", 4094500), ("40.945", 4094500), ("40 945,5", 4094550), ("40.945,05 kr.", 4094505), ("486.000,-", 48600000),
        ("0", 0), ("-12", -1200), ("", None), (" ", None),
    ):  # fmt: skip
        assert ore(typed if typed.strip() else "", "amount") == amount, typed
    for typed in ("40.94", "fire", "1,234", "1.2.3", "kr", "9" * 11):
        with pytest.raises(InvalidInput):
            ore(typed, "amount")


def test_kroner_are_said_with_dots_and_rounded_half_away_from_nought():
    assert kroner_words(4094505) == "40.945,05"
    assert kroner_words(-120000) == "-1.200"
    assert whole_kroner(Fraction(22750000 * 100 + 5000, 100)) == "227.501"
    assert rounded(Fraction(455, 2)) == 228
    assert rounded(Fraction(-455, 2)) == -228
    assert rounded(Fraction(227500), 1000) == 228000
