"""What is due and why: local standard and law side by side, nothing late lost, one visit for the whole family."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Address, Case, SiblingKind, SiblingLink
from caseworker_app.domain.follow_up import CaseEvent, DeadlineMark, FollowUp, PartyHearing, Waiver, Way
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import EndReason, Intervention, InterventionKind
from caseworker_app.domain.investigation import Investigation, InvestigationKind
from caseworker_app.domain.meeting import MeetingState
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.plan import GoalStatus
from caseworker_app.services import (
    caseload_deadlines,
    cases,
    courses,
    families,
    follow_ups,
    goals,
    history,
    interventions,
    meetings,
    plans,
    settling,
)
from caseworker_app.services.calendar import danish_holidays
from caseworker_app.services.courses import Course
from caseworker_app.services.deadline import Lateness, Work, lateness, plan
from caseworker_app.services.deadlines import Bundle, Moment, evaluate
from caseworker_app.services.statutes import Facts
from db.store import SqlStore
from tests.helpers.casework import TODAY, begin, book, days, due_of, held, only
from tests.helpers.stores import NOON, founded, register
from tests.services.test_plans import SMART

START = dt.date(2026, 9, 1)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SqlStore]:
    opened = founded(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2))


def put(store: SqlStore, thing: object) -> Id:
    """Write a thing that another part of the program will make."""

    def write(writer) -> Id:
        writer.act("A test writes")
        writer.create(thing)
        return thing.id

    return store.write(write).result


def stream(store: SqlStore, case: Id) -> Id:
    return store.read(lambda r: r.get(Case, case)).stream


# --- Side by side --------------------------------------------------------------------------------------------


def test_the_local_standard_and_the_law_stand_side_by_side_each_with_its_reason(store, case):
    begin(store, case, "foster_general", START)
    found = due_of(store, case)
    local = next(d for d in found.open if d.work is Work.FOLLOW_UP and not d.law)
    law = next(d for d in found.open if d.work is Work.FOLLOW_UP and d.law)
    assert (local.due, law.due) == (dt.date(2026, 9, 15), dt.date(2026, 12, 1))
    assert str(local.why) == "Local standard: 2 weeks after the start on 2026-09-01"
    assert str(law.why) == "Law: 3 months after the start on 2026-09-01"
    assert "Herningmodellen" in str(local.source)
    assert "§ 95" in str(law.source)
    assert local.participants
    assert "child_talk" in local.outcome
    assert local.talk


def test_an_intervention_without_a_local_rule_says_so_and_has_the_law_alone(store, case):
    begin(store, case, "aftercare_contact", START)
    found = due_of(store, case)
    assert [str(note) for note in found.notes] == ["Ungestøtte: fast kontaktperson: no local follow-up rule"]
    assert days(found) == []
    assert days(found, law=True) == [dt.date(2026, 12, 1)]


def test_help_without_a_decision_has_nothing_the_law_counts(store, case):
    begin(store, case, "early_other", START)
    found = due_of(store, case)
    assert len(found.notes) == 1
    assert found.open == ()


def why_no_date(store, case, entry, start):
    made = begin(store, case, entry, start)
    found = store.read(lambda r: courses.unset(book(), interventions.known(r, made), TODAY))
    return None if found is None else (found.words.say("da"), found.reference)


def test_where_the_law_sets_no_date_that_is_said_with_its_source(store, case):
    words, reference = why_no_date(store, case, "early_other", START)
    assert words.startswith("Loven sætter ingen opfølgningsdato")
    assert (reference.words, reference.is_fact) == ("BL § 95, stk. 1", True)
    assert why_no_date(store, case, "aftercare_contact", START) is None


def test_aftercare_begun_under_the_former_act_has_no_date_made_out_of_what_is_not_verified(store, case):
    words, reference = why_no_date(store, case, "aftercare_contact", dt.date(2023, 3, 1))
    assert "ikke kontrolleret" in words
    assert not reference.is_fact
    found = due_of(store, case)
    assert [one for one in found.deadlines if one.work is Work.FOLLOW_UP] == []


def test_the_law_of_aftercare_is_the_paragraph_that_names_it(store, case):
    begin(store, case, "aftercare_stay", START)
    law = only(due_of(store, case), Work.FOLLOW_UP, law=True)
    assert str(law.source) == "BL § 95, stk. 1-3 (not verified; check the text of the law)"
    assert str(law.why).startswith("Law, not verified: 3 months")
    assert law.note is not None
    assert "ikke kontrolleret mod Retsinformation" in law.note.da
    assert "§§ 114-116 og 120" in law.note.da
    other = begin(store, case, "foster_general", START)
    said = [one for one in due_of(store, case).open if one.law and one.subject == other]
    assert {str(one.source) for one in said if one.work is Work.FOLLOW_UP} == {"BL § 95, stk. 1-3"}


def test_follow_up_of_aftercare_is_settled_and_goes_on_by_a_decision_like_any_other(store, case):
    made = begin(store, case, "aftercare_stay", START)
    (due,) = days(due_of(store, case), law=True)
    held(store, made, TODAY, due)
    found = due_of(store, case)
    assert days(found, law=True) == []
    assert "not verified; check" in str(only(found, Work.RHYTHM).source)


def test_the_day_of_a_decision_is_missing_as_long_as_a_plan_waits_for_it(store, case):
    made = begin(store, case, "foster_general", START)
    (missing,) = due_of(store, case).missing
    assert (missing.subject, missing.field, str(missing.source)) == (made, "decided_on", "BL § 91, stk. 2")
    ready_plan(store, case)
    assert due_of(store, case).missing == ()


def test_no_day_is_missing_where_it_is_written_or_nothing_is_counted_from_it(store, case):
    begin(store, case, "foster_general", START, decided_on=START)
    begin(store, case, "early_other", START)
    begin(store, case, "aftercare_contact", START)
    over = begin(store, case, "family_treatment", START)
    store.write(lambda w: interventions.end(w, over, dt.date(2026, 10, 1), EndReason.PLANNED))
    begin(store, case, "home_support", TODAY + dt.timedelta(days=9))
    assert due_of(store, case).missing == ()


def test_a_rule_that_nobody_knows_any_more_is_said_and_breaks_nothing(store, case):
    begin(store, case, "foster_general", START, rule="municipal_special")
    found = due_of(store, case)
    assert "municipal_special" in str(found.notes[0])
    assert days(found, law=True)


def test_the_first_follow_up_of_the_law_comes_with_the_end_of_a_parallel_investigation(store, case):
    begin(store, case, "foster_general", START)
    put(
        store,
        Investigation(
            id=b"i" * 16,
            stream=stream(store, case),
            known_on=dt.date(2026, 8, 1),
            ended_on=dt.date(2026, 10, 10),
        ),
    )
    assert days(due_of(store, case), law=True)[0] == dt.date(2026, 10, 10)


def test_a_screening_beside_it_changes_nothing(store, case):
    begin(store, case, "foster_general", START)
    screening = Investigation(
        id=b"i" * 16,
        stream=stream(store, case),
        kind=InvestigationKind.SCREENING,
        ended_on=dt.date(2026, 9, 9),
    )
    put(store, screening)
    assert days(due_of(store, case), law=True)[0] == dt.date(2026, 12, 1)


def test_a_course_still_open_after_its_last_date_goes_on_and_warns(store, case):
    begin(store, case, "mst", dt.date(2026, 1, 5))
    found = due_of(store, case)
    assert any("still open" in str(words) for words in found.warnings)
    assert dt.date(2026, 10, 5) in days(found)


# --- What is settled, and by what ----------------------------------------------------------------------------


def test_the_end_of_a_course_is_settled_by_the_end_and_not_by_a_follow_up(store, case):
    made = begin(store, case, "mst", dt.date(2026, 1, 5))
    for due in (dt.date(2026, 2, 2), dt.date(2026, 3, 2), dt.date(2026, 4, 5)):
        held(store, made, due, due)
    assert only(due_of(store, case), Work.COURSE_END).due == dt.date(2026, 6, 5)
    after = days(due_of(store, case))[0]
    held(store, made, after, after)
    assert only(due_of(store, case), Work.COURSE_END).due == dt.date(2026, 6, 5)
    store.write(lambda w: interventions.end(w, made, TODAY, EndReason.PLANNED))
    assert days(due_of(store, case), Work.COURSE_END) == []


def test_a_written_status_is_settled_by_name_even_while_a_follow_up_is_late(store, case):
    begin(store, case, "family_centre", dt.date(2026, 1, 5))
    report = only(due_of(store, case), Work.REPORT)
    assert report.due == dt.date(2026, 9, 5)
    late = days(due_of(store, case))
    mark = store.write(lambda w: settling.mark_done(w, report, dt.date(2026, 9, 3), "Modtaget")).result
    found = due_of(store, case)
    assert days(found, Work.REPORT) == []
    assert days(found) == late
    store.write(lambda w: settling.take_back_mark(w, mark))
    assert days(due_of(store, case), Work.REPORT) == [report.due]


def test_a_deadline_waived_needs_its_reason_and_one_done_its_day(store, case):
    begin(store, case, "family_centre", dt.date(2026, 1, 5))
    report = only(due_of(store, case), Work.REPORT)
    with pytest.raises(follow_ups.InvalidInput):
        store.write(lambda w: settling.waive_deadline(w, report, ""))
    with pytest.raises(follow_ups.InvalidInput):
        store.write(lambda w: settling.mark_done(w, report, TODAY + dt.timedelta(days=1)))
    store.write(lambda w: settling.waive_deadline(w, report, "Centeret er lukket."))
    assert days(due_of(store, case), Work.REPORT) == []


def test_supervision_visits_settle_their_own_half_year_and_not_the_next_ones(store, case):
    made = begin(store, case, "foster_general", dt.date(2025, 1, 1))
    dues = days(due_of(store, case), Work.SUPERVISION, law=True)
    assert dues[:4] == [dt.date(2025, 7, 1), dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2027, 1, 1)]
    for day in (dt.date(2025, 2, 1), dt.date(2025, 3, 1), dt.date(2025, 4, 1)):
        held(store, made, day, None, supervision=True)
    assert days(due_of(store, case), Work.SUPERVISION, law=True)[0] == dt.date(2026, 1, 1)


def test_a_second_supervision_visit_makes_good_for_the_one_missed_before_it(store, case):
    begin(store, case, "foster_general", dt.date(2025, 1, 1))
    for day in (dt.date(2026, 2, 1), dt.date(2026, 3, 1)):
        visit = next(d for d in due_of(store, case).open if d.work is Work.SUPERVISION)
        store.write(lambda w, visit=visit, day=day: settling.mark_done(w, visit, day))
    assert days(due_of(store, case), Work.SUPERVISION, law=True)[0] == dt.date(2025, 7, 1)
    settled = [d for d in due_of(store, case).deadlines if d.work is Work.SUPERVISION and not d.open]
    assert [(d.due, d.item.held) for d in settled] == [
        (dt.date(2026, 1, 1), dt.date(2026, 3, 1)),
        (dt.date(2026, 7, 1), dt.date(2026, 2, 1)),
    ]


def test_no_meeting_of_another_kind_closes_a_follow_up(store, case):
    begin(store, case, "foster_general", START)
    before = due_of(store, case).deadlines
    when = meetings.TimeSpan(dt.date(2026, 9, 15), dt.time(9), dt.time(10, 30))
    values = {"when": when, "purpose": "Kvartalsmøde i ELEVator", "state": MeetingState.PLANNED}
    meeting = store.write(lambda w: meetings.plan(w, case, values)).result
    store.write(lambda w: meetings.hold(w, meeting))
    assert due_of(store, case).deadlines == before


# --- The law's deadlines from events -------------------------------------------------------------------------


def receive(store: SqlStore, case: Id, at: dt.datetime, **values: object) -> Id:
    return put(store, Notification(id=b"n" * 16, stream=stream(store, case), received_at=at, **values))


def test_the_24_hours_run_by_the_clock_and_say_how_many_are_left(store, case, clock):
    receive(store, case, dt.datetime(2026, 11, 21, 6, 30, tzinfo=dt.UTC))
    running = only(due_of(store, case), Work.ASSESSMENT)
    assert running.hours_left(clock.now()) == 19.5
    assert running.lateness is Lateness.WEEK
    clock.advance(dt.timedelta(hours=20))
    running = only(due_of(store, case), Work.ASSESSMENT)
    assert running.lateness is Lateness.OVERDUE
    assert running.hours_left(clock.now()) == -0.5


def test_an_assessment_that_was_made_stops_the_clock(store, case):
    moment = dt.datetime(2026, 11, 21, 6, 30, tzinfo=dt.UTC)
    receive(store, case, moment, assessed_at=moment)
    assert days(due_of(store, case), Work.ASSESSMENT, law=True) == []


def told(store):
    (found,) = store.read(lambda r: r.find(Notification))
    return found


def test_an_assessment_done_today_is_written_on_the_notification_in_the_same_act(store, case, clock):
    receive(store, case, dt.datetime(2026, 11, 21, 6, 30, tzinfo=dt.UTC))
    running = only(due_of(store, case), Work.ASSESSMENT)
    outcome = store.write(lambda w: settling.mark_done(w, running, TODAY, "Ingen akut fare"))
    assert (told(store).assessed_at, told(store).assessed_by, told(store).assessment) == (
        clock.now(), "Karen Prøve", "Ingen akut fare",
    )  # fmt: skip
    assert {kind for kind, _id in outcome.touched} >= {"deadline_mark", "notification"}
    store.write(history.undo)
    assert (told(store).assessed_at, store.read(lambda r: r.find(DeadlineMark))) == (None, [])
    assert only(due_of(store, case), Work.ASSESSMENT).open


def test_an_assessment_taken_back_is_one_that_was_not_made(store, case):
    receive(store, case, dt.datetime(2026, 11, 21, 6, 30, tzinfo=dt.UTC))
    running = only(due_of(store, case), Work.ASSESSMENT)
    mark = store.write(lambda w: settling.mark_done(w, running, TODAY)).result
    store.write(lambda w: settling.take_back_mark(w, mark))
    assert (told(store).assessed_at, told(store).assessed_by) == (None, "")
    assert only(due_of(store, case), Work.ASSESSMENT).open


def test_a_receipt_said_to_be_sent_is_written_on_the_notification(store, case):
    receive(store, case, dt.datetime(2026, 11, 13, 9, 0, tzinfo=dt.UTC))
    receipt = only(due_of(store, case), Work.RECEIPT)
    mark = store.write(lambda w: settling.mark_done(w, receipt, dt.date(2026, 11, 17))).result
    assert told(store).receipt_sent_on == dt.date(2026, 11, 17)
    store.write(lambda w: settling.take_back_mark(w, mark))
    assert told(store).receipt_sent_on is None


def test_an_assessment_made_earlier_has_its_hour(store, case):
    receive(store, case, dt.datetime(2026, 11, 20, 6, 30, tzinfo=dt.UTC))
    running = only(due_of(store, case), Work.ASSESSMENT)
    at = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
    values = {"assessed_at": at, "acute": True, "assessed_by": "Vagten"}
    store.write(lambda w: settling.assess(w, running, values))
    assert (told(store).assessed_at, told(store).acute, told(store).assessed_by) == (at, True, "Vagten")
    (mark,) = store.read(lambda r: r.find(DeadlineMark))
    assert mark.done_on == dt.date(2026, 11, 20)


@pytest.mark.parametrize("hours", [-1, 50])
def test_an_assessment_before_the_notification_or_after_now_is_refused(store, case, hours):
    received = dt.datetime(2026, 11, 20, 6, 30, tzinfo=dt.UTC)
    receive(store, case, received)
    running = only(due_of(store, case), Work.ASSESSMENT)
    with pytest.raises(follow_ups.InvalidInput):
        store.write(
            lambda w: settling.assess(w, running, {"assessed_at": received + dt.timedelta(hours=hours)})
        )


def test_the_24_hours_are_real_hours_over_the_night_the_clocks_change(store, case):
    receive(store, case, dt.datetime(2026, 10, 24, 12, 0, tzinfo=dt.UTC))
    running = only(due_of(store, case), Work.ASSESSMENT)
    assert running.at.astimezone(dt.UTC) == dt.datetime(2026, 10, 25, 12, 0, tzinfo=dt.UTC)


def test_the_receipt_is_due_on_the_sixth_weekday(store, case):
    receive(store, case, dt.datetime(2026, 11, 13, 9, 0, tzinfo=dt.UTC))
    receipt = only(due_of(store, case), Work.RECEIPT)
    assert receipt.due == dt.date(2026, 11, 20)
    assert "not verified" in str(receipt.source)


def test_a_notification_in_a_case_with_help_asks_for_a_new_look_until_it_is_said_to_be_done(store, case):
    receive(store, case, dt.datetime(2026, 11, 13, 9, 0, tzinfo=dt.UTC))
    assert days(due_of(store, case), Work.MARK, law=True) == []
    begin(store, case, "family_treatment", START)
    again = only(due_of(store, case), Work.MARK)
    assert (again.key, again.lateness) == ("law:D03", Lateness.TODAY)
    store.write(lambda w: settling.mark_done(w, again, TODAY, "Drøftet med vagten"))
    assert days(due_of(store, case), Work.MARK, law=True) == []


def test_a_notification_of_abuse_asks_for_a_talk(store, case):
    receive(store, case, dt.datetime(2026, 11, 13, 9, 0, tzinfo=dt.UTC), abuse_suspected=True)
    assert only(due_of(store, case), Work.MARK).key == "law:D04"


def test_the_investigation_has_four_months_from_the_day_the_need_was_known(store, case):
    found = Investigation(id=b"i" * 16, stream=stream(store, case), known_on=dt.date(2026, 10, 31))
    put(store, found)
    assert only(due_of(store, case), Work.INVESTIGATION).due == dt.date(2027, 2, 28)


def ready_plan(store: SqlStore, case: Id, on: dt.date = TODAY) -> None:
    made = store.write(lambda w: plans.begin(w, case, {"begun_on": on})).result
    goal = store.write(lambda w: goals.add(w, made, {**SMART, "start": on})).result
    store.write(lambda w: goals.set_status(w, goal, GoalStatus.ACTIVE))
    store.write(lambda w: plans.make_ready(w, made, on))


def test_the_plan_is_due_three_months_after_the_decision_and_a_draft_is_none(store, case):
    begin(store, case, "foster_general", START, decided_on=dt.date(2026, 8, 25))
    assert only(due_of(store, case), Work.PLAN).due == dt.date(2026, 11, 25)
    store.write(lambda w: plans.begin(w, case))
    assert only(due_of(store, case), Work.PLAN).due == dt.date(2026, 11, 25)
    ready_plan(store, case)
    assert days(due_of(store, case), Work.PLAN, law=True) == []


def test_a_placement_without_consent_has_its_plan_before_the_decision(store, case):
    begin(store, case, "childrens_home", START, decided_on=START, without_consent=True)
    found = only(due_of(store, case), Work.PLAN)
    assert (found.due, found.outcome) == (START, ("plan_before_decision",))


def test_a_decision_under_the_old_law_has_the_old_law_s_plan(store, case):
    begin(store, case, "foster_ordinary", dt.date(2022, 5, 1), decided_on=dt.date(2022, 4, 25))
    found = only(due_of(store, case), Work.PLAN)
    assert (found.due, found.key) == (dt.date(2022, 8, 25), "law:OLD1")


def test_the_decision_on_support_after_18_is_due_half_a_year_before_the_birthday(store):
    old = register(store, "Sara Dam", born=dt.date(2009, 4, 10))
    made = begin(store, old, "foster_general", START)
    found = next(d for d in due_of(store, old).open if d.key == "law:D14")
    assert found.due == dt.date(2026, 10, 10)
    store.write(lambda w: interventions.end(w, made, dt.date(2026, 10, 1), EndReason.STEPPED_DOWN))
    assert [d for d in due_of(store, old).open if d.key == "law:D14"] == []


def test_the_time_to_complain_runs_out_by_itself_and_is_nobodys_task(store, case):
    begin(store, case, "foster_general", START, told_on=dt.date(2026, 11, 1))
    found = next(d for d in due_of(store, case).open if d.key == "law:D18")
    assert (found.due, found.passes) == (dt.date(2026, 11, 29), True)
    begin(store, case, "contact_person", START, told_on=dt.date(2026, 10, 1))
    over = [d for d in due_of(store, case).deadlines if d.key == "law:D18" and d.due < TODAY]
    assert [d.open for d in over] == [False]


def test_an_event_that_is_no_thing_of_its_own_starts_its_deadline(store, case):
    put(
        store,
        CaseEvent(
            id=b"e" * 16,
            stream=stream(store, case),
            event="contact_suspension_asked",
            happened_on=dt.date(2026, 11, 2),
        ),
    )
    put(store, CaseEvent(id=b"f" * 16, stream=stream(store, case), event="unheard_of", happened_on=TODAY))
    assert only(due_of(store, case), Work.MARK).due == dt.date(2026, 12, 28)


# --- Lateness and working days -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_away", "expected"),
    [
        (-1, Lateness.OVERDUE),
        (0, Lateness.TODAY),
        (1, Lateness.WEEK),
        (7, Lateness.WEEK),
        (8, Lateness.LATER),
    ],
)
def test_a_due_date_is_late_today_this_week_or_later(days_away, expected):
    assert lateness(TODAY + dt.timedelta(days=days_away), TODAY) is expected


def test_a_date_is_planned_on_the_last_working_day_before_it_and_never_moved():
    christmas = dt.date(2026, 12, 26)
    assert plan(christmas, TODAY, danish_holidays) == dt.date(2026, 12, 24)
    assert plan(dt.date(2023, 5, 5), dt.date(2023, 1, 1), danish_holidays) == dt.date(2023, 5, 4)
    assert plan(dt.date(2024, 4, 26), dt.date(2024, 1, 1), danish_holidays) == dt.date(2024, 4, 26)


def test_what_is_late_is_planned_on_the_next_working_day_there_is():
    assert plan(dt.date(2026, 1, 5), TODAY, danish_holidays) == dt.date(2026, 11, 23)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)), st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)))
def test_the_day_suggested_is_a_working_day_from_today_on(due, today):
    day = plan(due, today, danish_holidays)
    assert day >= today
    assert day.weekday() < 5
    assert day not in danish_holidays(day.year)
    assert day <= due or day >= today


def test_the_day_agreed_stands_beside_the_next_date_only(store, case):
    made = begin(store, case, "contact_person", START)
    held(store, made, dt.date(2026, 9, 29), dt.date(2026, 9, 29), next_on=dt.date(2026, 11, 30))
    local = [d for d in due_of(store, case).open if d.key == "local:contact_ambulant"]
    assert [d.agreed for d in local[:2]] == [dt.date(2026, 11, 30), None]


# --- Families ------------------------------------------------------------------------------------------------

HOME = Address("Engdraget 22", "7495", "Hedelund")


def test_siblings_and_those_at_one_address_are_one_family_and_others_are_not(store):
    felix, liva = register(store, "Felix Krogh", address=HOME), register(store, "Liva Krogh")
    storm = register(store, "Storm Ærø", address=Address(" engdraget 22", "7495", ""))
    other = register(store, "Emma Holm", address=Address("Engdraget 22", "", ""))
    store.write(lambda w: cases.link_siblings(w, felix, liva, SiblingKind.HALF))
    everything = store.read(lambda r: r.find(Case))
    found = store.read(lambda r: families.families(r, everything))
    groups = [[case.id for case in family.cases] for family in found]
    assert sorted(map(set, groups), key=len) == [{other}, {felix, liva, storm}]
    assert groups[[len(g) for g in groups].index(3)] == [felix, liva, storm]


CASES = st.lists(st.integers(0, 7), min_size=1, max_size=8, unique=True).map(
    lambda numbers: [
        Case(id=bytes([n] * 16), stream=bytes([n + 100] * 16), child_name=str(n)) for n in numbers
    ]
)
LINKS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8).map(
    lambda pairs: [
        SiblingLink(id=bytes([n] * 16), stream=bytes([a + 100] * 16), other_case=bytes([b] * 16))
        for n, (a, b) in enumerate(pairs)
    ]
)


@given(CASES, LINKS)
def test_every_case_is_in_one_family_and_linked_ones_in_the_same(made, links):
    found = families.group(made, links)
    assert sorted(case.id for family in found for case in family.cases) == sorted(case.id for case in made)
    where = {case.id: n for n, family in enumerate(found) for case in family.cases}
    streams = {case.stream: case.id for case in made}
    for link in links:
        here = streams.get(link.stream)
        if here is not None and link.other_case in where:
            assert where[here] == where[link.other_case]


def test_a_visit_shows_what_else_of_the_family_it_could_settle(store):
    felix = register(store, "Felix Krogh", address=HOME, born=dt.date(2014, 5, 2))
    liva = register(store, "Liva Krogh", address=HOME, born=dt.date(2017, 5, 2))
    for child in (felix, liva):
        begin(store, child, "foster_general", dt.date(2026, 11, 10))
    everything = [d for child in (felix, liva) for d in due_of(store, child).open]
    (mine,) = [d for d in everything if d.case.id == felix and d.due == dt.date(2026, 11, 24)]
    also = families.together(mine, everything)
    assert {(d.case.id, d.work) for d in also} == {
        (felix, Work.HEARING),
        (liva, Work.HEARING),
        (liva, Work.FOLLOW_UP),
    }


def test_a_clock_that_runs_is_no_visit(store, case):
    receive(store, case, dt.datetime(2026, 11, 21, 6, 30, tzinfo=dt.UTC))
    begin(store, case, "foster_general", START)
    found = due_of(store, case).open
    assert families.together(only(due_of(store, case), Work.ASSESSMENT), found) == ()


# --- Whatever a merge brings ---------------------------------------------------------------------------------

SPAN = st.dates(dt.date(2022, 1, 1), dt.date(2028, 12, 31))
RULES = st.sampled_from([*sorted(book().rule_names), "", "unknown"])
KINDS = st.sampled_from(InterventionKind)


@st.composite
def merged(draw) -> Course:
    """Records in any state that several hands may bring about: ends before starts, days before the start, doubles."""
    made = Intervention(
        id=b"m" * 16,
        stream=b"s" * 16,
        kind=draw(KINDS),
        rule=draw(RULES),
        start=draw(st.none() | SPAN),
        ended_on=draw(st.none() | SPAN),
        decided_on=draw(st.none() | SPAN),
        told_on=draw(st.none() | SPAN),
    )
    follow_ups = [
        FollowUp(
            id=bytes([n] * 16),
            intervention=made.id,
            due=draw(st.none() | SPAN),
            rule=draw(st.sampled_from(("", "local:foster", "law:follow_up"))),
            held_on=draw(st.none() | SPAN),
            way=draw(st.sampled_from(Way)),
            waiver=draw(st.none() | st.builds(Waiver, SPAN, st.just("Karen"), st.just("Derfor"))),
            supervision=draw(st.booleans()),
        )
        for n in range(draw(st.integers(0, 5)))
    ]
    marks = [
        DeadlineMark(
            id=bytes([n + 50] * 16),
            subject=made.id,
            rule=draw(st.sampled_from(("local:mst", "law:supervision", "law:D14", "law:rhythm"))),
            due=draw(st.none() | SPAN),
            done_on=draw(st.none() | SPAN),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    hearing = draw(
        st.none() | st.builds(PartyHearing, held_on=st.none() | SPAN, reason=st.sampled_from(("", "x")))
    )
    return Course(
        made, tuple(follow_ups), tuple(marks), hearing=hearing, investigated_on=draw(st.none() | SPAN)
    )


def evaluated(course: Course, *, settled: bool = True):
    child = Case(id=b"c" * 16, stream=b"s" * 16, born=dt.date(2012, 2, 29))
    bundle = Bundle(child, (course,), Facts(child, [course.intervention], marks=course.marks))
    return evaluate(book(), bundle, Moment(NOON, TODAY, dt.date(2027, 12, 31), settled))


@given(merged())
def test_whatever_a_merge_brings_is_evaluated_and_nothing_is_due_before_it_begins(course):
    found = evaluated(course)
    start = course.intervention.start
    own = [d for d in found.deadlines if d.work in (Work.FOLLOW_UP, Work.SUPERVISION)]
    assert all(d.due >= start for d in own)
    assert [d.due for d in found.deadlines] == sorted(d.due for d in found.deadlines)
    assert all(d.why and d.source and d.key for d in found.deadlines)


@given(merged())
def test_leaving_out_what_is_settled_leaves_the_open_ones_as_they_are(course):
    both = [(d.due, d.key, d.lateness) for d in evaluated(course).open]
    assert [(d.due, d.key, d.lateness) for d in evaluated(course, settled=False).open] == both


@given(merged(), st.integers(0, 4))
def test_one_more_held_follow_up_never_opens_more_dates_of_the_past(course, nth):
    """Holding what is due settles a date; it may move later ones, but no date of the past comes up by it."""
    items = [i for i in courses.main_items(book(), course, TODAY) if not i.settled and i.due >= START]
    if nth >= len(items):
        return
    due = items[0].due
    more = FollowUp(id=b"z" * 16, due=due, held_on=max(due, TODAY), rule=courses.key_of(items[0]))
    after = Course(course.intervention, (*course.follow_ups, more), course.marks)
    before = [i.due for i in courses.main_items(book(), course, TODAY) if not i.settled]
    left = [i.due for i in courses.main_items(book(), after, TODAY) if not i.settled]
    assert len(left) <= len(before)


@given(SPAN, st.sampled_from(sorted(book().rule_names)))
def test_a_schedule_held_on_its_days_stays_as_it_is(start, rule):
    made = Intervention(id=b"m" * 16, kind=InterventionKind.FOSTER, rule=rule, start=start)
    until = start + dt.timedelta(days=700)
    planned = courses.main_items(book(), Course(made), until)
    records = tuple(
        FollowUp(id=bytes([n] * 16), due=i.due, held_on=i.due, way=Way.VISIT) for n, i in enumerate(planned)
    )
    again = courses.main_items(book(), Course(made, records), until)
    assert [i.due for i in again] == [i.due for i in planned]
    assert all(i.settled for i in again)


def test_a_case_that_is_not_there_is_a_bug_and_no_silence(store):
    with pytest.raises(KeyError):
        store.read(lambda r: caseload_deadlines.of_case(r, book(), bytes(16)))


def test_what_is_not_read_for_the_deadlines_moves_none_of_them(tmp_path, monkeypatch):
    from caseworker_app.services import caseload_deadlines
    from tests.benchmarks.ten_years import fill
    from tests.helpers.casework import book

    clock = FixedClock(NOON)
    store = founded(tmp_path, clock)
    fill(store, clock)
    rules = book()

    def evaluated():
        def ask(reader):
            active = [one for one in reader.find(Case) if one.active][:6]
            return [caseload_deadlines.of_case(reader, rules, one.id) for one in active]

        return store.read(ask)

    brief = evaluated()
    monkeypatch.setattr(caseload_deadlines, "_UNREAD", {})
    assert brief == evaluated()
    assert sum(len(due.deadlines) for due in brief) > 100
    store.close()
