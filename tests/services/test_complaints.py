"""Complaints and breakdowns: their days in order, and the end of a placement written once."""

from __future__ import annotations

import datetime as dt

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.complaint import Breakdown, BrokenBy, Complaint, ComplaintOutcome
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.intervention import EndReason, Intervention
from caseworker_app.services import complaints, history, interventions, settling
from caseworker_app.services.day import day_work
from caseworker_app.services.deadline import Lateness, Work
from caseworker_app.services.forms import Edit
from tests.helpers.casework import begin, book, due_of
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
OURS = {"sender": "Mia Holm", "about": "Afslag på aflastning", "received_on": TODAY - 10 * DAY}


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm")


@pytest.fixture
def placed(store, emma):
    return begin(store, emma, start=TODAY - 200 * DAY)


def registered(store, case, **values):
    return store.write(lambda w: complaints.register(w, case, {**OURS, **values})).result


def edits(**values):
    return {name: Edit(value, ()) for name, value in values.items()}


def refused(store, act):
    with pytest.raises(InvalidInput) as caught:
        store.write(act)
    return caught.value.field


def shown(store, case):
    return store.read(lambda r: complaints.of_case(r, case))


def looking_again(store, case):
    return [one for one in due_of(store, case).deadlines if one.work is Work.COMPLAINT]


def test_a_decision_is_looked_at_again_within_four_weeks_by_the_rules(store, emma):
    made = registered(store, emma)
    (found,) = looking_again(store, emma)
    assert (found.subject, found.due, found.open) == (made, OURS["received_on"] + 28 * DAY, True)
    assert "§ 66" in str(found.source) and str(found.why).startswith("Law, not verified")
    one = store.read(lambda r: r.get(Complaint, made))
    assert store.read(lambda r: complaints.look_again_by(book(), one)) == found.due


def test_a_late_look_at_a_complaint_stands_among_what_is_overdue_today(store, emma):
    registered(store, emma, received_on=TODAY - 29 * DAY)
    cases = store.read(lambda r: r.find(Case))
    work = store.read(lambda r: day_work(r, book(), cases))
    assert [row.deadline.work for g in work.sections[Lateness.OVERDUE] for row in g.rows] == [Work.COMPLAINT]


@pytest.mark.parametrize(
    "done",
    [
        {"reassessed_on": TODAY},
        {"sent_on": TODAY},
        {"settled_on": TODAY, "outcome": ComplaintOutcome.WITHDRAWN},
    ],
)
def test_what_is_done_with_a_complaint_settles_its_four_weeks(store, emma, done):
    made = registered(store, emma)
    store.write(lambda w: complaints.edit(w, made, edits(**done)))
    (found,) = looking_again(store, emma)
    assert (found.open, found.item.held) == (False, TODAY)


def test_a_complaint_of_the_old_law_has_its_four_weeks_too(store, emma):
    registered(store, emma, received_on=dt.date(2022, 3, 1))
    assert [one.due for one in looking_again(store, emma)] == [dt.date(2022, 3, 29)]


def test_a_complaint_can_be_let_go_with_a_reason(store, emma):
    registered(store, emma)
    (found,) = looking_again(store, emma)
    store.write(lambda w: settling.waive_deadline(w, found, "Klagen hører til en anden kommune."))
    assert [(one.open, one.item.waived) for one in looking_again(store, emma)] == [(False, True)]


def test_open_complaints_come_first(store, emma):
    done = registered(store, emma, settled_on=TODAY, outcome=ComplaintOutcome.UPHELD)
    older = registered(store, emma, received_on=TODAY - 40 * DAY)
    assert [one.id for one in shown(store, emma).complaints] == [older, done]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sender": ""}, "sender"),
        ({"about": ""}, "about"),
        ({"received_on": TODAY + DAY}, "received_on"),
        ({"reassessed_on": TODAY - 11 * DAY}, "reassessed_on"),
        ({"sent_on": TODAY - 11 * DAY}, "sent_on"),
        ({"sent_on": TODAY, "settled_on": TODAY - DAY, "outcome": ComplaintOutcome.UPHELD}, "settled_on"),
        ({"settled_on": TODAY}, "outcome"),
        ({"outcome": ComplaintOutcome.CHANGED}, "settled_on"),
        ({"note": "x" * 20_001}, "note"),
    ],
)
def test_a_complaint_that_cannot_be_is_refused_beside_its_field(store, emma, values, field):
    assert refused(store, lambda w: complaints.register(w, emma, {**OURS, **values})) == field


def test_a_complaint_over_another_childs_intervention_is_refused(store, emma, placed):
    other = register(store, "Noah Vang")
    values = {**OURS, "intervention": placed}
    assert refused(store, lambda w: complaints.register(w, other, values)) == "intervention"


def test_settling_is_one_edit(store, emma):
    made = registered(store, emma)
    done = edits(outcome=ComplaintOutcome.SENT_BACK, settled_on=TODAY)
    store.write(lambda w: complaints.edit(w, made, done))
    assert not store.read(lambda r: r.get(Complaint, made)).open


def test_a_breakdown_ends_the_placement_in_the_same_act(store, emma, placed):
    values = {"by": BrokenBy.PLACE_GAVE_UP, "happened_on": TODAY - DAY, "why": "De kunne ikke mere."}
    store.write(lambda w: complaints.record_breakdown(w, placed, values))
    ended = store.read(lambda r: r.get(Intervention, placed))
    assert (ended.ended_on, ended.end_reason, ended.end_note) == (
        TODAY - DAY, EndReason.PLACE_GAVE_UP, "De kunne ikke mere.",
    )  # fmt: skip
    store.write(history.undo)
    assert store.read(lambda r: (r.get(Intervention, placed).ended_on, r.count(Breakdown))) == (None, 0)


def test_a_placement_ended_by_breakdown_waits_for_its_record(store, emma, placed):
    store.write(lambda w: interventions.end(w, placed, TODAY - 2 * DAY, EndReason.CHILD_LEFT))
    (view,) = shown(store, emma).breakdowns
    assert view.record is None
    made = store.write(lambda w: complaints.record_breakdown(w, placed, {"why": "Hjemve."})).result
    (view,) = shown(store, emma).breakdowns
    assert view.record.id == made
    assert (view.record.happened_on, view.record.by) == (TODAY - 2 * DAY, BrokenBy.CHILD_LEFT)


def test_one_placement_breaks_down_once(store, emma, placed):
    store.write(lambda w: complaints.record_breakdown(w, placed, {}))
    assert refused(store, lambda w: complaints.record_breakdown(w, placed, {})) == "intervention"
    assert shown(store, emma).placements == ()


def test_it_does_not_break_down_before_it_began_or_after_it_ended(store, emma, placed):
    early = {"happened_on": TODAY - 201 * DAY}
    assert refused(store, lambda w: complaints.record_breakdown(w, placed, early)) == "happened_on"
    store.write(lambda w: interventions.end(w, placed, TODAY - 5 * DAY, EndReason.PLANNED))
    late = {"happened_on": TODAY}
    assert refused(store, lambda w: complaints.record_breakdown(w, placed, late)) == "happened_on"


def test_what_is_no_placement_does_not_break_down(store, emma):
    support = begin(store, emma, "family_treatment", start=TODAY - 30 * DAY)
    assert refused(store, lambda w: complaints.record_breakdown(w, support, {})) == "intervention"


def test_who_broke_it_is_said_by_the_placements_end_too(store, emma, placed):
    made = store.write(lambda w: complaints.record_breakdown(w, placed, {})).result
    changed = edits(by=BrokenBy.PLACE_GAVE_UP)
    store.write(lambda w: complaints.edit_breakdown(w, made, changed))
    assert store.read(lambda r: r.get(Intervention, placed)).end_reason is EndReason.PLACE_GAVE_UP
