"""Registering, changing and ending interventions, and the step on the ladder that follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from caseworker_app.domain.catalogue import Catalogue, CatalogueError
from caseworker_app.domain.catalogue_reading import read_catalogue
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import (
    EndReason,
    Intervention,
    InterventionState,
    Price,
    current_step,
)
from caseworker_app.services import cases, catalogues, history, interventions
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.domain.test_catalogue import ENTRY, RULES
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)
START = dt.date(2026, 1, 5)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(resources.text("catalogues", "interventions.toml"), RULES, "interventions")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Emma Holm", born=dt.date(2015, 3, 1), step=2)


@pytest.fixture
def begin(store, case, catalogue):
    """Register an intervention of the catalogue that starts on a day."""

    def begin(entry: str = "foster_general", start: dt.date | None = START, **values: object) -> Id:
        chosen = catalogue.entry(entry, start or TODAY)
        return store.write(
            lambda w: interventions.register(w, case, chosen, {"start": start, **values})
        ).result

    return begin


def shown(store: SqlStore, intervention: Id) -> Intervention:
    return store.read(lambda r: interventions.known(r, intervention))


def change(store: SqlStore, intervention: Id, **values: object) -> None:
    fields = store.read(lambda r: r.fields(Intervention, intervention))
    edits = {name: Edit(value, fields[name].heads) for name, value in values.items()}
    store.write(lambda w: interventions.edit(w, intervention, edits))


def test_what_the_catalogue_says_is_copied_to_the_intervention(begin, store):
    found = shown(store, begin())
    assert (found.name, found.step, found.rule) == ("Almen plejefamilie", 5, "foster")
    assert found.placement
    assert found.basis.on(START) == (
        "BL § 46, jf. § 43, stk. 1, nr. 1",
        "SEL § 52, stk. 3, nr. 7, jf. § 66",
    )


def test_a_placement_without_consent_has_its_own_paragraphs(store, case, catalogue):
    entry = catalogue.entry("childrens_home", START)
    made = store.write(
        lambda w: interventions.register(w, case, entry, {"start": START}, without_consent=True)
    ).result
    assert shown(store, made).basis.bl.startswith("BL § 47")


@pytest.mark.parametrize("last", ["planned_end", "ended_on"])
def test_an_end_before_the_start_is_refused_when_registered_and_when_changed(begin, store, last):
    early = START - dt.timedelta(days=1)
    with pytest.raises(InvalidInput) as refused:
        begin(**{last: early})
    assert refused.value.field == last
    made = begin()
    with pytest.raises(InvalidInput):
        change(store, made, **{last: early})
    with pytest.raises(InvalidInput):
        change(store, made, **{last: START, "start": START + dt.timedelta(days=1)})
    assert shown(store, made).start == START


def test_moving_the_start_past_a_planned_end_is_refused_too(begin, store):
    made = begin(planned_end=START)
    with pytest.raises(InvalidInput):
        change(store, made, start=START + dt.timedelta(days=1))


def test_a_decision_given_before_it_was_made_is_refused(begin):
    with pytest.raises(InvalidInput) as refused:
        begin(decided_on=START, told_on=START - dt.timedelta(days=1))
    assert refused.value.field == "told_on"


def test_purpose_and_duration_are_asked_for_and_never_demanded(begin, store):
    found = shown(store, begin())
    assert [ask.field for ask in interventions.asks(found)] == ["purpose", "expected_duration"]
    change(store, found.id, purpose="Ro og skole", expected_duration="Et år")
    assert interventions.asks(shown(store, found.id)) == ()


def test_help_without_a_decision_asks_for_nothing(begin, store):
    assert interventions.asks(shown(store, begin("early_other"))) == ()


def test_an_institution_asks_from_the_start_how_it_will_end(begin, store):
    found = shown(store, begin("childrens_home", purpose="Behandling", expected_duration="9 måneder"))
    assert [ask.field for ask in interventions.asks(found)] == [
        "planned_end",
        "next_step",
        "coming_carer",
        "child_wants",
        "parents_want",
    ]


@pytest.mark.parametrize(
    ("planned", "warned"),
    [(dt.date(2027, 1, 5), False), (dt.date(2027, 1, 6), True), (None, False)],
)
def test_an_institution_planned_for_more_than_twelve_months_warns(begin, store, planned, warned):
    found = shown(store, begin("childrens_home", planned_end=planned))
    assert bool(interventions.warnings(found)) is warned


def test_a_long_stay_in_a_foster_family_warns_of_nothing(begin, store):
    assert interventions.warnings(shown(store, begin(planned_end=dt.date(2032, 1, 1)))) == ()


def test_two_open_placements_are_kept_and_said(begin, store, case, catalogue):
    begin("childrens_home")
    begin("foster_general", dt.date(2026, 9, 1))
    found = store.read(lambda r: interventions.of_case(r, case, catalogue))
    assert len(found.rows) == 2
    assert "Børne- og ungehjem, Almen plejefamilie" in str(found.notes[0])


def test_one_placement_with_support_beside_it_is_nothing_to_say(begin, store, case, catalogue):
    begin("foster_general")
    begin("contact_person")
    assert store.read(lambda r: interventions.of_case(r, case, catalogue)).notes == ()


def test_an_intervention_retired_from_the_catalogue_is_still_shown_with_its_name(
    begin, store, case, catalogue
):
    begin("residential", dt.date(2023, 5, 1))
    (row,) = store.read(lambda r: interventions.of_case(r, case, catalogue)).rows
    assert row.retired
    assert (row.intervention.name, row.intervention.step) == ("Døgninstitution", 6)
    assert row.state is InterventionState.OPEN


def test_what_is_not_in_the_catalogue_on_the_day_is_not_begun(store, case, catalogue):
    old = catalogue.entry("residential", dt.date(2023, 5, 1))
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: interventions.register(w, case, old, {"start": START}))
    assert refused.value.field == "start"
    with pytest.raises(UserError):
        catalogues.choose(catalogue, "residential", START)


def test_an_intervention_ends_with_a_reason_and_its_last_day_is_a_day_of_it(begin, store):
    made = begin()
    last = dt.date(2026, 10, 1)
    store.write(lambda w: interventions.end(w, made, last, EndReason.PLACE_GAVE_UP, "De blev syge."))
    found = shown(store, made)
    assert found.breakdown
    assert found.open_on(last)
    assert not found.open_on(last + dt.timedelta(days=1))
    store.write(lambda w: interventions.go_on(w, made))
    assert shown(store, made).open_on(TODAY)


def test_support_at_home_that_ends_early_is_no_breakdown_of_a_placement(begin, store):
    made = begin("contact_person")
    store.write(lambda w: interventions.end(w, made, TODAY, EndReason.CHILD_LEFT))
    assert not shown(store, made).breakdown


@pytest.mark.parametrize(
    ("last", "field"),
    [(TODAY + dt.timedelta(days=1), "ended_on"), (START - dt.timedelta(days=1), "ended_on")],
)
def test_an_end_in_the_future_or_before_the_start_is_refused(begin, store, last, field):
    made = begin()
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: interventions.end(w, made, last, EndReason.PLANNED))
    assert refused.value.field == field


def test_what_has_not_begun_cannot_end(begin, store):
    made = begin(start=None)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: interventions.end(w, made, TODAY, EndReason.PLANNED))
    assert refused.value.field == "start"


@pytest.mark.parametrize("price", [Price(-1, "month"), Price(100, "year")])
def test_a_price_below_nothing_or_of_nothing_is_refused(begin, price):
    with pytest.raises(InvalidInput) as refused:
        begin(price=price)
    assert refused.value.field == "price"


def test_a_price_keeps_its_oere(begin, store):
    assert shown(store, begin(price=Price(1_234_567, "month"))).price == Price(1_234_567, "month")


def test_registering_is_undone_whole(begin, store, case, catalogue):
    begin()
    store.write(history.undo)
    assert store.read(lambda r: interventions.of_case(r, case, catalogue)).rows == ()


def test_the_step_follows_from_what_runs_and_was_set_by_hand_only_before(begin, store, case, catalogue):
    def step() -> int | None:
        return store.read(lambda r: interventions.of_case(r, case, catalogue)).step

    assert step() == 2
    begin(start=TODAY + dt.timedelta(days=3))
    assert step() == 2
    placed = begin("childrens_home")
    begin("contact_person")
    assert step() == 6
    store.write(lambda w: interventions.end(w, placed, TODAY - dt.timedelta(days=1), EndReason.STEPPED_DOWN))
    assert step() == 3


def test_the_step_is_none_when_everything_that_began_has_ended(begin, store, case, catalogue):
    made = begin()
    store.write(lambda w: interventions.end(w, made, TODAY - dt.timedelta(days=1), EndReason.PLANNED))
    assert store.read(lambda r: interventions.of_case(r, case, catalogue)).step is None


DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))
STAYS = st.builds(
    lambda step, start, length: Intervention(
        step=step, start=start, ended_on=None if length is None else start + dt.timedelta(days=length)
    ),
    st.integers(1, 6),
    DAYS,
    st.none() | st.integers(0, 2000),
)


@given(st.lists(STAYS, max_size=6), DAYS)
def test_the_step_is_the_highest_of_what_runs_whatever_the_order(stays, day):
    running = [s.step for s in stays if s.start <= day and (s.ended_on is None or day <= s.ended_on)]
    assert current_step(stays, day) == current_step(reversed(stays), day) == max(running, default=None)


def test_a_municipality_has_its_own_catalogue_until_it_goes_back(store, catalogue):
    store.write(lambda w: catalogues.set_own(w, ENTRY, RULES))
    own = store.read(lambda r: catalogues.chosen(r, catalogue, RULES))
    assert own.catalogue.own
    assert [entry.id for entry in own.catalogue.entries] == ["one"]
    store.write(lambda w: catalogues.set_own(w, ENTRY.replace("En indsats", "Vores"), RULES))
    assert store.read(lambda r: catalogues.chosen(r, catalogue, RULES)).catalogue.entries[0].name == "Vores"
    store.write(catalogues.reset)
    assert store.read(lambda r: catalogues.chosen(r, catalogue, RULES)).catalogue == catalogue


def test_a_catalogue_that_cannot_be_read_is_not_kept(store, catalogue):
    with pytest.raises(CatalogueError):
        store.write(lambda w: catalogues.set_own(w, ENTRY + "colour = 1\n", RULES))
    assert store.read(lambda r: catalogues.chosen(r, catalogue, RULES)).fault is None


def test_a_catalogue_whose_rule_has_gone_is_left_aside_and_said(store, catalogue):
    store.write(lambda w: catalogues.set_own(w, ENTRY + 'rule = "mst"\n', RULES))
    found = store.read(lambda r: catalogues.chosen(r, catalogue, RULES - {"mst"}))
    assert found.catalogue == catalogue
    assert found.fault is not None


def test_old_interventions_read_the_same_when_the_catalogue_has_changed(begin, store, case, catalogue):
    begin()
    store.write(lambda w: catalogues.set_own(w, ENTRY, RULES))
    own = store.read(lambda r: catalogues.chosen(r, catalogue, RULES)).catalogue
    (row,) = store.read(lambda r: interventions.of_case(r, case, own)).rows
    assert row.retired
    assert row.intervention.name == "Almen plejefamilie"


def test_an_intervention_of_a_case_that_is_not_there_is_a_bug_and_no_silence(store, catalogue):
    entry = catalogue.entry("foster_general", START)
    with pytest.raises(KeyError):
        store.write(lambda w: interventions.register(w, bytes(16), entry, {}))


def test_closing_a_case_leaves_its_interventions_as_they_are(begin, store, case):
    made = begin()
    store.write(lambda w: cases.close(w, case, TODAY, ""))
    assert shown(store, made).open_on(TODAY)
