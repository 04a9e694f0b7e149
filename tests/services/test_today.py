"""I dag: one row an act, grouped by family, clocks in hours, and a clock that was set back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.ids import Id, new_id
from caseworker_app.domain.intervention import EndReason
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.rules.timeline import RuleSetTimeline
from caseworker_app.services import (
    caseload_deadlines,
    cases,
    entries,
    interventions,
    journal,
    meetings,
    settling,
)
from caseworker_app.services.caseload_deadlines import CASELOAD_AHEAD, Evaluated
from caseworker_app.services.day import DayWork, Row
from caseworker_app.services.deadline import Lateness, Work
from caseworker_app.services.deadlines import Moment
from caseworker_app.services.ports import Draft
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.today import Today, today
from db.store import SqlStore
from tests.helpers.casework import TODAY, begin, book, catalogue, days, due_of, held
from tests.helpers.stores import NOON, founded, register

HOME = Address("Engdraget 22", "7495", "Hedelund")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SqlStore]:
    opened = founded(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def felix(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2), address=HOME)


def look(store: SqlStore) -> Today:
    return store.read(lambda r: today(r, book()))


def work(store: SqlStore) -> DayWork:
    found = look(store).work
    assert found is not None
    return found


def rows(store: SqlStore, lateness: Lateness) -> list[Row]:
    return [row for group in work(store).sections[lateness] for row in group.rows]


def shown(store: SqlStore, lateness: Lateness) -> list[tuple[str, Work, dt.date]]:
    return [
        (row.deadline.case.first_name, row.deadline.work, row.deadline.due) for row in rows(store, lateness)
    ]


def test_without_rules_the_day_has_nothing_due_and_everything_else(store, felix):
    found = store.read(today)
    assert (found.work, found.day) == (None, TODAY)


def test_one_follow_up_is_one_row_with_the_reasons_of_both_sets(store, felix):
    begin(store, felix, "foster_general", dt.date(2026, 11, 7))
    (row,) = [r for r in rows(store, Lateness.TODAY) if r.deadline.work is Work.FOLLOW_UP]
    assert (row.deadline.due, row.deadline.law) == (TODAY, False)
    assert [one.law for one in row.also] == [True]


def test_the_sections_follow_the_day(store, felix, clock):
    begin(store, felix, "foster_general", dt.date(2026, 12, 1))
    assert shown(store, Lateness.OVERDUE) == []
    assert shown(store, Lateness.LATER)[0] == ("Felix", Work.HEARING, dt.date(2026, 12, 1))
    clock.set(dt.datetime(2026, 12, 15, 11, tzinfo=dt.UTC))
    assert ("Felix", Work.FOLLOW_UP, dt.date(2026, 12, 15)) in shown(store, Lateness.TODAY)
    clock.set(dt.datetime(2026, 12, 16, 11, tzinfo=dt.UTC))
    assert ("Felix", Work.FOLLOW_UP, dt.date(2026, 12, 15)) in shown(store, Lateness.OVERDUE)


def test_a_year_of_missed_follow_ups_is_one_row_that_counts_them(store, felix):
    begin(store, felix, "foster_general", dt.date(2025, 11, 1))
    (row,) = [r for r in rows(store, Lateness.OVERDUE) if r.deadline.work is Work.FOLLOW_UP]
    assert row.deadline.due == dt.date(2025, 11, 15)
    assert row.late > 5


def test_what_is_late_stays_until_it_is_done_however_late(store, felix, clock):
    begin(store, felix, "foster_general", dt.date(2026, 11, 7))
    clock.set(dt.datetime(2031, 11, 21, 11, tzinfo=dt.UTC))
    assert ("Felix", Work.FOLLOW_UP, TODAY) in shown(store, Lateness.OVERDUE)
    made = store.read(lambda r: r.find(interventions.Intervention))[0].id
    held(store, made, dt.date(2031, 11, 20), TODAY)
    assert ("Felix", Work.FOLLOW_UP, TODAY) not in shown(store, Lateness.OVERDUE)


def test_rows_are_grouped_by_family_and_name_what_one_visit_could_settle(store, felix):
    liva = register(store, "Liva Krogh", born=dt.date(2017, 1, 1), address=HOME)
    emma = register(store, "Emma Holm", born=dt.date(2013, 1, 1))
    for child in (felix, liva, emma):
        begin(store, child, "foster_general", dt.date(2026, 11, 7))
    groups = work(store).sections[Lateness.TODAY]
    names = sorted(tuple(case.first_name for case in group.family.cases) for group in groups)
    assert names == [("Emma",), ("Felix", "Liva")]
    (krogh,) = [group for group in groups if len(group.family.cases) == 2]
    row = next(r for r in krogh.rows if r.deadline.case.id == felix)
    assert (liva, Work.FOLLOW_UP) in {(one.case.id, one.work) for one in row.together}


def test_closed_cases_have_nothing_due(store, felix):
    begin(store, felix, "foster_general", dt.date(2026, 11, 1))
    store.write(lambda w: cases.close(w, felix, TODAY, ""))
    assert work(store).rows == ()


def test_a_clock_in_hours_stands_by_itself_soonest_first(store, felix, clock):
    home = store.read(lambda r: r.get(Case, felix)).stream

    def receive(writer) -> None:
        for hours in (2, 30):
            writer.act("A test writes")
            received = clock.now() - dt.timedelta(hours=hours)
            writer.create(Notification(id=writer.new_id(), stream=home, received_at=received))

    store.write(receive)
    found = work(store)
    assert [clock.hours_left for clock in found.clocks] == [-6.0, 22.0]
    assert Work.ASSESSMENT not in {row.deadline.work for row in found.rows}
    store.write(lambda w: settling.mark_done(w, found.clocks[0].deadline, TODAY, "Vurderet af vagten"))
    assert [clock.hours_left for clock in work(store).clocks] == [22.0]


def test_the_time_to_complain_is_no_row(store, felix):
    begin(store, felix, "foster_general", dt.date(2026, 11, 1), told_on=TODAY)
    assert "law:D18" not in {row.deadline.key for row in work(store).rows}


def test_warnings_name_their_case(store, felix):
    made = begin(store, felix, "foster_general", dt.date(2026, 9, 1))
    held(store, made, dt.date(2026, 9, 15), dt.date(2026, 9, 15))
    ((case, words),) = work(store).warnings
    assert (case.id, "rhythm" in str(words)) == (felix, True)


def test_entries_that_wait_for_the_signature_are_listed(store, felix):
    made = begin(store, felix, "foster_general", dt.date(2026, 9, 1))
    held(store, made, dt.date(2026, 9, 15), dt.date(2026, 9, 15))
    (one,) = look(store).unsigned
    assert (one.heading, one.own) == ("Børnesamtale", False)
    store.write(lambda w: journal.sign(w, one.entry))
    assert look(store).unsigned == ()


def test_what_is_being_written_waits_for_the_signature_and_stands_there_once(store, felix):
    draft = store.write(lambda w: entries.begin(w, felix, {"heading": "Samtale med skolen"})).result
    typed = Draft(
        f"entry_draft:{draft.hex()}", "entry_draft", draft, None, "Notat", {"text": ("Skolen ringede.", ())}
    )
    store.write(lambda w: w.save_draft(typed))
    page = look(store)
    assert [(one.entry, one.heading, one.own) for one in page.unsigned] == [
        (draft, "Samtale med skolen", True)
    ]
    assert page.drafts == ()


def test_a_meeting_nobody_has_written_of_is_hinted_at_after_three_days(store, felix):
    for ago in (3, 4):
        day = TODAY - dt.timedelta(days=ago)
        when = TimeSpan(day, dt.time(10), dt.time(11))
        meeting = store.write(lambda w, when=when: meetings.plan(w, felix, {"when": when})).result
        store.write(lambda w, meeting=meeting: meetings.hold(w, meeting))
    (hint,) = look(store).unwritten
    assert (hint.source_type, hint.days) == ("meeting", 4)


# --- What a page keeps of the last evaluation ----------------------------------------------------------------


def test_what_was_evaluated_before_says_the_same_as_evaluating_anew(store, felix, clock):
    kept, rules, emma = Evaluated(), book(), register(store, "Emma Holm", born=dt.date(2013, 1, 1))

    def hear(hours: int):
        home = store.read(lambda r: r.get(Case, emma)).stream
        notification = Notification(
            id=new_id(), stream=home, received_at=clock.now() - dt.timedelta(hours=hours)
        )
        return lambda w: (w.act("A test writes"), w.create(notification))

    def agree():
        look = store.read(lambda r: today(r, rules, kept))
        assert look == store.read(lambda r: today(r, rules))
        return look

    agree()
    made = begin(store, felix, "foster_general", dt.date(2026, 9, 1))
    agree()
    held(store, made, dt.date(2026, 9, 15), dt.date(2026, 9, 15))
    agree()
    store.write(hear(2))
    agree()
    clock.set(clock.now() + dt.timedelta(hours=23))
    assert agree().work.clocks[0].deadline.lateness is Lateness.OVERDUE
    clock.set(clock.now() + dt.timedelta(days=40))
    agree()
    store.write(lambda w: interventions.end(w, made, TODAY, EndReason.PLANNED))
    agree()
    rules = RuleBook(rules.local, RuleSetTimeline(rules.law.sets[:1]), rules.holidays)
    agree()
    store.write(lambda w: cases.close(w, felix, TODAY, ""))
    assert {case.id for case, _words in agree().work.warnings} <= {emma}


def test_only_the_case_that_changed_is_evaluated_again(store, felix):
    emma = register(store, "Emma Holm", born=dt.date(2013, 1, 1))
    for child in (felix, emma):
        begin(store, child, "foster_general", dt.date(2026, 9, 1))
    kept, moment = Evaluated(), store.read(lambda r: Moment(r.now, r.today, r.today + CASELOAD_AHEAD))

    def due():
        bundles = store.read(lambda r: caseload_deadlines.bundles(r, r.find(Case)))
        return {found.case.id: found for found in kept.of(book(), bundles, moment)}

    before = due()
    made = store.read(lambda r: interventions.of_case(r, felix, catalogue())).rows[0].intervention.id
    held(store, made, dt.date(2026, 9, 15), dt.date(2026, 9, 15))
    after = due()
    assert after[emma] is before[emma]
    assert after[felix] != before[felix]


# --- A clock set back a year ---------------------------------------------------------------------------------


def test_a_clock_set_back_a_year_is_said_in_words_and_loses_nothing(store, felix, clock):
    made = begin(store, felix, "foster_general", dt.date(2026, 9, 1))
    held(store, made, dt.date(2026, 9, 15), dt.date(2026, 9, 15))
    before, everything = work(store), due_of(store, felix).deadlines
    assert before.clock is None
    clock.set(dt.datetime(2025, 11, 21, 11, tzinfo=dt.UTC))
    words = str(work(store).clock)
    assert "2025-11-21" in words
    assert "2026-11-21" in words
    assert "Nothing is lost" in words
    back = {(d.due, d.key, d.item.held) for d in due_of(store, felix, dt.date(2027, 6, 1)).deadlines}
    assert {(d.due, d.key, d.item.held) for d in everything if d.due <= dt.date(2027, 6, 1)} == back
    clock.set(NOON)
    assert work(store) == before


def test_what_is_written_under_a_clock_set_back_keeps_its_place(store, felix, clock):
    made = begin(store, felix, "foster_general", dt.date(2025, 9, 1))
    clock.set(dt.datetime(2025, 11, 21, 11, tzinfo=dt.UTC))
    held(store, made, dt.date(2025, 9, 15), dt.date(2025, 9, 15))
    found = store.read(lambda r: r.find(FollowUp))[0]
    assert found.written_on == dt.date(2025, 11, 21)
    clock.set(NOON)
    assert days(due_of(store, felix))[0] == dt.date(2025, 10, 27)
    assert work(store).clock is None
