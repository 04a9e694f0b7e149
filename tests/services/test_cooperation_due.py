"""What of Samarbejde stands on I dag: late steps of ELEVator, 14 days before a resource-centre meeting, trial actions."""

from __future__ import annotations

import datetime as dt

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.elevator import Answer, ElevatorCourse, Party, StepKind
from caseworker_app.domain.meeting import MeetingKind
from caseworker_app.domain.trial_action import Stage
from caseworker_app.services import cases, elevator, elevator_steps, resource_meetings, trials
from caseworker_app.services.cooperation_due import DueKind
from caseworker_app.services.forms import Edit
from caseworker_app.services.meeting_kinds import kind_of
from caseworker_app.services.today import today
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
INSIDE = {
    "placed": Answer.YES, "special_school": Answer.NO, "developmental": Answer.NO, "intellectual": Answer.NO,
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, child_name="Emma Holm")


def due(store):
    found = store.read(lambda r: today(r, BOOKS.rules(r))).cooperation
    return [(one.kind, one.due) for one in found]


def act(store, run):
    return store.write(run).result


def course(store, case):
    made = act(store, lambda w: elevator.check(w, case, INSIDE))
    for party in (Party.FOSTER_PARENTS, Party.PARENTS, Party.SCHOOL):
        act(
            store,
            lambda w, p=party: elevator.make_contract(w, made, {"party": p, "approved_on": TODAY - 10 * DAY}),
        )
    return made


def test_a_step_of_elevator_stands_from_a_week_before_until_it_is_held(store, emma):
    of = course(store, emma)
    steps = {}
    for name, day in (("late", -3), ("near", 7), ("far", 8)):
        values = {"kind": StepKind.QUARTERLY, "planned_on": TODAY + day * DAY}
        steps[name] = act(store, lambda w, v=values: elevator_steps.add(w, of, v))
    assert due(store) == [(DueKind.STEP, TODAY - 3 * DAY), (DueKind.STEP, TODAY + 7 * DAY)]
    kind = store.read(lambda r: kind_of(BOOKS, r, MeetingKind.ELEVATOR))
    act(store, lambda w: elevator_steps.call_meeting(w, steps["near"], kind))
    assert due(store) == [(DueKind.STEP, TODAY - 3 * DAY)]  # the other stands among the meetings
    act(store, lambda w: elevator_steps.hold(w, steps["late"], TODAY))
    assert due(store) == []


def test_a_course_that_stopped_and_a_closed_case_have_no_steps_due(store, emma):
    of = course(store, emma)
    values = {"kind": StepKind.QUARTERLY, "planned_on": TODAY - DAY}
    act(store, lambda w: elevator_steps.add(w, of, values))
    stop = {"left_on": Edit(TODAY), "left_why": Edit("Flyttet")}
    store.write(lambda w: elevator.edit(w, of, stop))
    assert store.read(lambda r: r.get(ElevatorCourse, of)).left_on and due(store) == []
    store.write(lambda w: elevator.edit(w, of, {"left_on": Edit(None), "left_why": Edit("")}))
    assert due(store) == [(DueKind.STEP, TODAY - DAY)]
    act(store, lambda w: cases.close(w, emma, TODAY, ""))
    assert due(store) == []


def test_a_description_is_due_fourteen_days_before_its_meeting_and_the_parents_are_told_after_it(store, emma):
    forms = store.read(BOOKS.forms)
    soon, later = TODAY + 20 * DAY, TODAY + 40 * DAY
    for day in (soon, later):
        act(store, lambda w, d=day: resource_meetings.ask(w, emma, {"meeting_on": d}, forms))
    ((kind, day),) = due(store)
    assert kind is DueKind.DESCRIPTION and soon - 17 * DAY <= day <= soon - 14 * DAY
    first = store.read(lambda r: resource_meetings.of_case(r, emma, BOOKS.rules(r).holidays))[
        -1
    ].description.id
    act(store, lambda w: resource_meetings.edit(w, first, {"received_on": Edit(TODAY)}))
    assert due(store) == []
    store.write(lambda w: resource_meetings.edit(w, first, {"meeting_on": Edit(TODAY - 2 * DAY)}))
    assert due(store) == [(DueKind.CONTACT, TODAY - 2 * DAY)]
    act(store, lambda w: resource_meetings.contacted(w, first, TODAY, "Karen"))
    assert due(store) == []


def test_the_day_a_trial_is_shown_to_the_team_stands_until_the_trial_ends(store, emma):
    values = {"what": "Vi ringer dagen før", "aim": "Færre afbud", "how_known": "Vi tæller", "owner": "Karen"}
    near = act(store, lambda w: trials.suggest(w, {**values, "show_on": TODAY + 3 * DAY}))
    act(store, lambda w: trials.suggest(w, {**values, "what": "Senere", "show_on": TODAY + 30 * DAY}))
    assert due(store) == [(DueKind.TRIAL, TODAY + 3 * DAY)]
    store.write(lambda w: trials.move(w, near, Stage.DROPPED))
    assert due(store) == []
