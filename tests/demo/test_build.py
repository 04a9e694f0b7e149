"""The demo as a whole: how much there is, that it may be, and that it comes out the same every time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from caseworker_app.demo import build
from caseworker_app.domain.case import Case, CaseKind
from caseworker_app.domain.office import Office
from caseworker_app.services import cases, history
from tests.demo.conftest import SATURDAY, empty
from tests.demo.looking import fingerprint, most_at_once, rows

HOME = ZoneInfo("Europe/Copenhagen")


def test_there_are_twenty_two_active_cases_and_six_closed_ones(demo):
    load = demo.read(cases.caseload)
    assert (len(load.active), len(load.closed), load.limit, load.above) == (22, 6, 25, 0)
    assert (demo.summary.active, demo.summary.closed) == (22, 6)
    assert load.warn


def test_the_limit_was_never_passed_on_the_way(demo):
    assert demo.read(lambda r: most_at_once(r, demo.summary.today)) <= 25
    assert not any(case.above_limit for case in demo.read(lambda r: r.find(Case)))


def test_the_summary_counts_what_is_there(either):
    found = either.read(rows)
    assert either.summary.people == len(found["Person"])
    assert either.summary.meetings == len(found["Meeting"])
    assert either.summary.active + either.summary.closed == len(found["Case"])


def test_the_same_seed_tells_the_same_story_in_another_store(demo, again):
    assert demo.read(fingerprint) == again.read(fingerprint)
    assert {case.id for case in demo.read(lambda r: r.find(Case))}.isdisjoint(
        case.id for case in again.read(lambda r: r.find(Case))
    )


def test_another_seed_gives_other_numbers_to_the_same_children(demo, other):
    def numbers(filled):
        return {case.child_name: case.person_number for case in filled.read(lambda r: r.find(Case))}

    one, two = numbers(demo), numbers(other)
    assert one.keys() <= two.keys()
    assert all(one[name] != two[name] for name in one if one[name])


def test_the_log_rebuilds_the_very_same_tables(again):
    before = again.read(rows)
    assert again.store.rebuild() > 1_000
    assert again.read(rows) == before


def test_the_log_follows_time_and_ends_this_morning(either):
    acts = either.read(lambda r: r.acts(limit=100_000))
    stories = [act.at for act in reversed(acts) if act.label != "Begin"]
    assert stories == sorted(stories)
    morning = [act.label for act in acts if act.at.astimezone(HOME).date() >= either.summary.today]
    assert morning == ["Record a notification"]
    assert stories[-1] < either.clock.now()
    assert (either.summary.today - stories[0].astimezone(HOME).date()).days > 3 * 365 - 31


def test_nobody_wrote_on_a_weekend_or_in_the_night(demo):
    moments = [act.at.astimezone(HOME) for act in demo.read(lambda r: r.acts(limit=100_000))]
    assert {moment.weekday() for moment in moments} <= {0, 1, 2, 3, 4}
    assert all(8 <= moment.hour <= 16 for moment in moments)


def test_the_clock_is_left_in_the_morning_of_today(either):
    assert either.clock.now().astimezone(HOME) == dt.datetime.combine(either.summary.today, build.BEGUN, HOME)


def test_a_founded_store_keeps_its_worker_and_the_stories_know_her(other):
    assert other.read(lambda r: [(o.municipality, o.cancelled) for o in r.find(Office)]) == [
        ("Hedeby Kommune", False)
    ]
    agreements = other.read(rows)["Agreement"]
    assert any(agreement.who == "Lone" for agreement in agreements)
    assert not any("Karen" in agreement.who for agreement in agreements)


def test_an_empty_store_is_founded_with_a_fictional_worker_and_municipality(demo):
    found = demo.read(rows)
    assert [worker.name for worker in found["Worker"]] == ["Karen Holm Villadsen"]
    assert [house.municipality for house in found["Office"]] == ["Lyngdal Kommune"]


def test_nobody_stands_twice_unless_it_is_asked_for(demo, other):
    assert not any(row.duplicate for row in demo.read(cases.caseload).active)
    twice = [row.case.child_name for row in other.read(cases.caseload).active if row.duplicate]
    assert sorted(twice) == ["Zoe Müller", "Zoé Müller"]


def test_a_store_with_cases_is_not_written_into(demo):
    with pytest.raises(ValueError, match="empty"):
        build.fill(demo.store, demo.clock)


def test_a_stopped_filling_says_how_far_it_was(tmp_path):
    store, clock = empty(tmp_path)
    steps = []

    class Enough(Exception):
        pass

    def progress(done, of):
        steps.append((done, of))
        if done == 3:
            raise Enough

    with pytest.raises(Enough):
        build.fill(store, clock, progress=progress)
    store.close()
    assert [done for done, _of in steps] == [1, 2, 3]
    assert len({of for _done, of in steps}) == 1


def test_something_can_be_undone_and_was_undone_once(demo):
    assert demo.read(history.state).undo is not None
    acts = demo.read(lambda r: r.acts(limit=100_000))
    undone = [act for act in acts if act.undoes is not None]
    assert [change.before for act in undone for change in act.changes] == [("4.c",)]


def test_the_history_of_a_case_shows_what_was_and_what_became(demo):
    def steps(reader):
        liva = next(case for case in reader.find(Case) if case.child_name.startswith("Liva"))
        acts = reader.history(entities=[liva.id])
        return [
            (change.before, change.after)
            for act in reversed(acts)
            for change in act.changes
            if change.field == "step"
        ]

    assert demo.read(steps) == [((), 2), ((2,), 5), ((5,), 4)]


def test_every_kind_of_case_of_a_caseworker_is_there(demo):
    kinds = {kind for case in demo.read(lambda r: r.find(Case)) for kind in case.kinds}
    assert kinds == set(CaseKind) - {CaseKind.HEALTH_VISITING}
    assert {case.step for case in demo.read(lambda r: r.find(Case)) if case.active} == {1, 2, 3, 4, 5, 6}


def test_on_a_day_off_the_meeting_of_today_is_on_the_next_working_day(other):
    planned = [meeting.when.day for meeting in other.read(rows)["Meeting"] if meeting.state == "planned"]
    assert min(planned) == SATURDAY + dt.timedelta(days=2)
