"""Measurements of a case: the plan, what is refused, what is missing, and what closing a case asks for."""

from __future__ import annotations

import datetime as dt

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import CaseState
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.instruments import Respondent
from caseworker_app.domain.measurement import Answered, Measurement, MeasurementPlan, OwnInstrument, Phase
from caseworker_app.domain.searching import Question
from caseworker_app.services import (
    cases,
    chronology,
    evidence,
    goals,
    history,
    instruments,
    measurements,
    measurements_missing,
    plans,
    searching,
)
from caseworker_app.services.forms import Edit
from tests.helpers.stores import NOON, case, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
SHIPPED = BOOKS.shipped_instruments()
SDQ = ("emotional=400", "conduct=100", "hyperactivity=300", "peer=100", "prosocial=900")


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Prøve", born=dt.date(2017, 3, 4), opened_on=TODAY - 400 * DAY)


def plan(store, child, instrument="sdq", respondent=Respondent.MOTHER, **values):
    given = {"instrument": instrument, "respondent": respondent, **values}
    return store.write(lambda w: measurements.plan(w, BOOKS.instruments(w), child, given)).result


def record(store, child, instrument="sdq", respondent=Respondent.MOTHER, scores=SDQ, **values):
    given = {"instrument": instrument, "respondent": respondent, "scores": scores, **values}
    return store.write(lambda w: measurements.record(w, BOOKS.instruments(w), child, given)).result


def planned(store):
    return store.read(lambda r: r.find(MeasurementPlan))


def missing(store, child):
    stream = case(store, child).stream
    return store.read(lambda r: measurements_missing.after(r, stream))


def due(store):
    return store.read(measurements_missing.due)


def refused(field, act, *args, **values):
    with pytest.raises(InvalidInput) as found:
        act(*args, **values)
    assert found.value.field == field
    return str(found.value)


def test_the_measurement_after_is_planned_with_the_one_before_and_undone_with_it(store, emma):
    plan(store, emma, phase=Phase.BEFORE, due=TODAY, who="Anna", introduces="Rådgiver", registers="Konsulent")
    before, after = sorted(planned(store), key=lambda one: one.phase, reverse=True)
    assert (before.phase, after.phase, after.due, after.registers) == (
        Phase.BEFORE, Phase.AFTER, None, "Konsulent",
    )  # fmt: skip
    plan(store, emma, phase=Phase.BEFORE, due=TODAY + DAY, who="anna")
    assert len(planned(store)) == 3, "it is there already"
    store.write(history.undo)
    store.write(history.undo)
    assert planned(store) == []


def test_what_is_registered_settles_what_was_planned_and_is_missing_again_when_it_is_taken_away(store, emma):
    planned = plan(store, emma, phase=Phase.BEFORE, due=TODAY - 3 * DAY, who="Anna")
    assert [one.plan for _case, one in due(store)] == [planned]
    made = record(store, emma, who="Anna")
    assert due(store) == ()
    found = store.read(lambda r: r.get(Measurement, made))
    assert (found.plan, found.taken_on, found.registered_by) == (planned, TODAY, "Karen Prøve")
    store.write(lambda w: measurements.remove(w, made))
    assert [one.plan for _case, one in due(store)] == [planned]


def test_i_dag_lists_what_is_late_or_due_within_a_week_of_active_cases_only(store, emma):
    for number, day in enumerate((-40, 0, 7, 8)):
        plan(store, emma, phase=Phase.DURING, due=TODAY + day * DAY, who=str(number))
    plan(store, emma, phase=Phase.AFTER)
    assert [one.who for _case, one in due(store)] == ["0", "1", "2"]
    store.write(lambda w: measurements.let_go(w, planned(store)[0].id, "Mor er syg"))
    assert [one.who for _case, one in due(store)] == ["1", "2"]
    store.write(lambda w: cases.close(w, emma, TODAY, "Flyttet", "Familien er flyttet"))
    assert due(store) == ()


def test_closing_a_case_asks_for_the_measurements_after_first_or_a_reason(store, emma):
    plan(store, emma, phase=Phase.BEFORE, who="Anna")
    record(store, emma, "pss", Respondent.FATHER, ("score=4100",), phase=Phase.BEFORE)
    assert [(one.instrument, one.plan is None) for one in missing(store, emma)] == [
        ("sdq", False), ("pss", True),
    ]  # fmt: skip

    def close(why=""):
        store.write(lambda w: cases.close(w, emma, TODAY, "Målene er nået", why))

    refused("unmeasured", close)
    refused("unmeasured", close, "   ")
    assert case(store, emma).state is CaseState.ACTIVE
    record(store, emma, "pss", Respondent.FATHER, ("score=3600",), phase=Phase.AFTER)
    assert [one.instrument for one in missing(store, emma)] == ["sdq"]
    close("Mor ønskede det ikke")
    found = case(store, emma)
    assert (found.state, found.unmeasured) == (CaseState.CLOSED, "Mor ønskede det ikke")
    assert [one.let_go for one in planned(store) if one.phase is Phase.AFTER] == ["Mor ønskede det ikke"]
    store.write(history.undo)
    assert [one.instrument for one in missing(store, emma)] == ["sdq"], "one act: all of it comes back"


def test_a_case_without_measurements_closes_as_before(store, emma):
    store.write(lambda w: cases.close(w, emma, TODAY, "Målene er nået"))
    assert case(store, emma).unmeasured == ""


def test_what_cannot_be_is_refused_with_the_field_it_stands_in(store, emma):
    unborn = register(store, "", unborn_of="Mia Prøve", term=TODAY + 60 * DAY)
    bad = (
        ("scores", {"scores": ("emotional=1100",)}),
        ("scores", {"scores": ("emotional=-100",)}),
        ("scores", {"scores": ("emotional=many",)}),
        ("scores", {"scores": (*SDQ, "total=1000")}),
        ("scores", {"scores": ()}),
        ("taken_on", {"taken_on": dt.date(2016, 3, 4)}),
        ("taken_on", {"taken_on": TODAY + DAY}),
        ("respondent", {"respondent": Respondent.PROFESSIONAL}),
        ("instrument", {"instrument": "gone"}),
        ("reason", {"answered": Answered.REFUSED, "scores": ()}),
        ("answered", {"answered": Answered.REFUSED, "reason": "Nej"}),
        ("plan", {"plan": b"\1" * 16}),
        ("safety", {"instrument": "epds", "scores": ("score=100", "item10=100")}),
        ("scores", {"instrument": "epds", "scores": ("score=100",)}),
    )
    for field, values in bad:
        refused(field, record, store, emma, **values)
    assert "born" in refused("taken_on", record, store, unborn)
    assert "born" in refused("due", plan, store, emma, due=dt.date(2016, 1, 1))
    refused("meeting", plan, store, emma, meeting=b"\1" * 16)
    assert store.read(lambda r: r.count(Measurement)) == 0


def test_what_is_about_the_parents_may_be_asked_before_the_child_is_born(store, emma):
    unborn = register(store, "", unborn_of="Mia Prøve", term=TODAY + 60 * DAY)
    record(store, unborn, "rfq", Respondent.MOTHER, ("certainty=170", "uncertainty=30"))
    record(store, emma, "epds", Respondent.MOTHER, ("score=900", "item10=0"), taken_on=dt.date(2017, 1, 4))


def test_no_answer_is_registered_with_its_reason_and_settles_the_plan(store, emma):
    plan(store, emma, phase=Phase.AFTER, due=TODAY)
    record(store, emma, scores=(), phase=Phase.AFTER, answered=Answered.REFUSED, reason="Vil ikke svare")
    assert missing(store, emma) == ()


def test_the_same_measurement_is_not_registered_twice_but_both_parents_are(store, emma):
    record(store, emma, who="Anna")
    refused("taken_on", record, store, emma, who="ANNA")
    record(store, emma, who="Bo", respondent=Respondent.FATHER)


def test_a_measurement_is_changed_within_the_same_bounds(store, emma):
    made = record(store, emma)

    def change(**values):
        edits = {name: Edit(value) for name, value in values.items()}
        store.write(lambda w: measurements.edit(w, BOOKS.instruments(w), made, edits))

    refused("scores", change, scores=("emotional=1200",))
    refused("taken_on", change, taken_on=dt.date(2010, 1, 1))
    change(scores=("emotional=500", "conduct=100"), observation="Rolig i gruppen", observed_by="Læreren")
    found = store.read(lambda r: r.get(Measurement, made))
    assert (found.scores, found.observed_by) == (("emotional=500", "conduct=100"), "Læreren")


def test_a_measurement_stands_in_the_chronology_shows_a_goal_and_is_found_by_its_words(store, emma):
    made = record(store, emma, own_words="Nu går hun selv ind", phase=Phase.AFTER)
    events = store.read(lambda r: chronology.view(r, emma))
    said = [(str(row.event.title), row.event.detail) for row in events if row.event.thing == made]
    assert said == [("Measurement: SDQ, After", "Nu går hun selv ind")]
    own_plan = store.write(lambda w: plans.begin(w, emma, {})).result
    goal = store.write(lambda w: goals.add(w, own_plan, {"text": "Går selv i skole"})).result
    offered = store.read(lambda r: evidence.candidates(r, goal))
    assert [(str(one.said), one.target) for one in offered] == [("SDQ, After", made)]
    hits = store.read(lambda r: searching.search(r, Question("selv ind"))).hits
    assert [(one.kind, one.entity) for one in hits] == [("measurement", made)]


OWN = {"name": "Søvnskala", "question": "Hvordan sov du i nat?"}


def add_own(store, **values):
    return store.write(lambda w: instruments.add(w, SHIPPED, {**OWN, **values})).result


def change_own(store, own, **values):
    edits = {name: Edit(value) for name, value in values.items()}
    store.write(lambda w: instruments.edit(w, SHIPPED, own, edits))


def test_an_own_instrument_is_added_measured_with_and_then_only_grows(store, emma):
    own = add_own(store, scales="- Falde i søvn\n- Sove igennem")
    shelf = store.read(BOOKS.instruments)
    made = shelf.get(own.hex())
    assert [one.name for one in made.shown] == ["Falde i søvn", "Sove igennem", "Søvnskala"]
    change_own(store, own, highest=500)
    record(store, emma, own.hex(), scores=("s1=500", "s2=200"))
    refused("highest", change_own, store, own, highest=400)
    refused("scales", change_own, store, own, scales="Falde i søvn")
    change_own(store, own, highest=1000, scales="Falde i søvn\nSove igennem\nVågne")
    refused("name", lambda: store.write(lambda w: instruments.remove(w, own)))


def test_an_own_instrument_that_cannot_be_is_refused(store):
    bad = (
        ("name", {"name": " "}), ("name", {"name": "sdq"}), ("highest", {"highest": 0}), ("highest", {"highest": None}),
        ("highest", {"highest": 50}), ("highest", {"highest": 20000}), ("highest", {"lowest": -100}),
        ("scales", {"scales": "\n".join(f"S{n}" for n in range(13))}), ("question", {"question": ""}),
    )  # fmt: skip
    for field, values in bad:
        refused(field, add_own, store, **values)
    own = add_own(store)
    refused("name", add_own, store, name="SØVNSKALA")
    store.write(lambda w: instruments.remove(w, own))
    assert store.read(lambda r: r.find(OwnInstrument)) == []


def test_a_retired_instrument_is_not_taken_any_more_and_what_was_measured_stays(store, emma):
    made = record(store, emma, "ors", Respondent.CHILD, ("individual=730",), taken_on=TODAY - 9 * DAY)
    store.write(lambda w: instruments.retire(w, "ors", TODAY - 3 * DAY, "Et andet skema er fundet"))
    shelf = store.read(BOOKS.instruments)
    assert "ors" not in {one.id for one in shelf.offered(TODAY)}
    assert shelf.get("ors").name == "ORS (FIT)"
    refused("instrument", record, store, emma, "ors", Respondent.CHILD, ("individual=700",))
    refused("instrument", plan, store, emma, "ors", Respondent.CHILD)
    record(store, emma, "ors", Respondent.CHILD, ("individual=740",), taken_on=TODAY - 4 * DAY)
    edits = {"own_words": Edit("Det er bedre")}
    store.write(lambda w: measurements.edit(w, shelf, made, edits))
    refused("instrument", lambda: store.write(lambda w: instruments.retire(w, "ors", TODAY)))
    store.write(lambda w: instruments.take_up(w, "ors"))
    record(store, emma, "ors", Respondent.CHILD, ("individual=750",))
