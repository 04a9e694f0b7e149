"""Visit plans, scores, the Familiecentral and day-care: days computed, bad inputs refused, nobody named without consent."""

from __future__ import annotations

import datetime as dt

import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case, CaseKind
from caseworker_app.domain.consent import InformationKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.family_course import FamilyState, fridays
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.visit import VisitKind
from caseworker_app.domain.visit_plan import OWN_PLAN, months_from, read_steps
from caseworker_app.services import (
    consents,
    course_papers,
    daycare,
    family_courses,
    screening_scores,
    today,
    visit_plans,
    visits,
)
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
PLANS = ShippedBooks().visit_plans()


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


def refused(store, act):
    with pytest.raises(InvalidInput) as caught:
        store.write(act)
    return caught.value.field


def unborn(store, **values):
    kinds = frozenset({CaseKind.HEALTH_VISITING})
    return register(store, "", unborn_of="Mia Holm", kinds=kinds, **values)


def due_of(store, case):
    return [row for row in store.read(today.today).visits if row.case.id == case]


# --- the plan


def test_the_pregnancy_visit_is_due_two_months_before_term_until_it_is_planned(store):
    case = unborn(store, term=dt.date(2027, 1, 31))
    (row,) = due_of(store, case)
    assert (row.day, row.late) == (dt.date(2026, 11, 30), False)
    when = TimeSpan(TODAY + 30 * DAY, dt.time(9), dt.time(10))
    store.write(lambda w: visits.plan(w, case, {"kind": VisitKind.PREGNANCY, "when": when}))
    assert due_of(store, case) == []


def test_a_term_that_is_missing_is_asked_for_and_breaks_nothing(store):
    case = unborn(store)
    (row,) = due_of(store, case)
    assert row.day is None
    found = store.read(lambda r: visit_plans.rows(PLANS["herning"], r.get(Case, case), ()))
    assert found == ()


def test_months_are_clipped_to_the_end_of_the_month():
    assert months_from(dt.date(2027, 4, 30), -2) == dt.date(2027, 2, 28)


@pytest.mark.parametrize(
    "line", ["Besøg", "Besøg; snart", "Besøg; 9 dage; 4 dage", "; 4 dage", "A; 1 dag; 2 dage; 3 dage"]
)
def test_a_line_of_a_plan_that_cannot_be_read_is_refused(line):
    with pytest.raises(InvalidInput):
        read_steps(line)


def test_the_municipalitys_own_plan_is_followed_and_a_shipped_one_again(store):
    store.write(lambda w: visit_plans.choose(w, PLANS, OWN_PLAN, "Første besøg; 4 dage; 5 dage"))
    assert [s.name for s in store.read(lambda r: visit_plans.chosen(r, PLANS)).steps] == ["Første besøg"]
    store.write(lambda w: visit_plans.choose(w, PLANS, "aarhus"))
    assert store.read(lambda r: visit_plans.chosen(r, PLANS)).id == "aarhus"
    assert refused(store, lambda w: visit_plans.choose(w, PLANS, "oslo")) == "plan"


def test_the_next_visit_is_the_first_that_nobody_has_planned(store):
    case = register(store, "Alma Holm", born=TODAY - 20 * DAY)
    held = {"kind": VisitKind.SCHEDULED, "step": "første besøg", "held_on": TODAY - 15 * DAY}
    store.write(lambda w: visits.plan(w, case, held))
    seen = store.read(lambda r: (r.get(Case, case), visits_of(r, case)))
    rows = visit_plans.rows(PLANS["herning"], *seen)
    assert visit_plans.next_of(rows, TODAY).expected.step.name == "Etableringsbesøg"


def visits_of(reader, case):
    from caseworker_app.services import visit_views

    return visit_views.of_case(reader, case)


def test_the_text_message_names_nobody_and_nothing(store):
    text = visit_plans.message(None, "Bente")
    assert "Bente" in text
    assert "barn" not in text.lower()


# --- scores


def test_a_score_is_a_number_within_the_bounds_of_its_instrument(store):
    case = register(store, "Alma Holm")
    score = lambda **v: lambda w: screening_scores.record(w, case, v)  # noqa: E731
    assert refused(store, score(instrument="EPDS", score=31)) == "score"
    assert refused(store, score(instrument="EPDS")) == "score"
    assert refused(store, score(instrument="EPDS", score=4, taken_on=TODAY + DAY)) == "taken_on"
    assert refused(store, score(instrument="EPDS", score=4, item10=True)) == "note"
    store.write(score(instrument="EPDS", score=11))
    (found,) = store.read(lambda r: screening_scores.of_case(r, r.get(Case, case).stream))
    assert screening_scores.worth_a_talk(found)
    assert found.taken_by == "Karen Prøve"


# --- the Familiecentral


def test_every_third_friday_is_computed_and_a_holiday_is_held_a_week_later():
    days = fridays(dt.date(2027, 3, 1), dt.date(2027, 6, 1), lambda day: day == dt.date(2027, 3, 26))
    assert all(day.weekday() == 4 for day in days)
    assert days[:3] == (dt.date(2027, 3, 5), dt.date(2027, 4, 2), dt.date(2027, 4, 16))


def test_a_course_has_its_times_from_half_past_ten_to_half_past_twelve(store):
    course = store.write(
        lambda w: family_courses.begin(w, {"name": "Vinter", "starts_on": dt.date(2026, 12, 1)})
    ).result
    seen = store.read(lambda r: family_courses.view(r, course))
    assert [s.when.day for s in seen.sessions][:2] == [dt.date(2026, 12, 4), dt.date(2027, 1, 8)]
    assert (seen.sessions[0].when.start, seen.sessions[0].when.end) == (dt.time(10, 30), dt.time(12, 30))


def test_a_course_without_dates_has_no_times_until_it_has_a_day_to_begin_on(store):
    course = store.write(lambda w: family_courses.begin(w, {"name": "Vinter"})).result
    assert store.read(lambda r: family_courses.view(r, course)).sessions == ()
    assert refused(store, lambda w: family_courses.make_times(w, course)) == "starts_on"
    assert store.read(lambda r: course_papers.programme(r, course)).facts.parts


@pytest.fixture
def running(store):
    course = store.write(
        lambda w: family_courses.begin(w, {"name": "Efterår", "starts_on": TODAY - 60 * DAY})
    ).result
    family = store.write(lambda w: family_courses.invite(w, course, {"name": "Familien Holm"})).result
    return course, family


def test_more_may_come_than_were_invited_and_one_who_declined_with_a_note(store, running):
    course, family = running
    first = store.read(lambda r: family_courses.view(r, course)).sessions[0].id
    store.write(lambda w: family_courses.attend(w, first, family, 5))
    assert store.read(lambda r: family_courses.view(r, course)).parents(first) == 5
    store.write(lambda w: family_courses.answer(w, family, FamilyState.DECLINED))
    assert refused(store, lambda w: family_courses.attend(w, first, family, 1)) == "note"
    store.write(lambda w: family_courses.attend(w, first, family, 1, "Kom alligevel"))


def test_nobody_is_counted_on_a_day_to_come_and_staying_away_is_counted_in_a_row(store, running):
    course, family = running
    sessions = store.read(lambda r: family_courses.view(r, course)).sessions
    ahead = next(one.id for one in sessions if one.when.day > TODAY)
    assert refused(store, lambda w: family_courses.attend(w, ahead, family, 1)) == "parents"
    past = [one.id for one in sessions if one.when.day <= TODAY]
    for number, session in enumerate(past):
        store.write(lambda w, s=session, n=number: family_courses.attend(w, s, family, 1 if n == 0 else 0))
    assert store.read(lambda r: family_courses.view(r, course)).stayed_away(family) == len(past) - 1


def test_an_invitation_names_its_own_family_alone(store, running):
    course, _family = running
    store.write(lambda w: family_courses.invite(w, course, {"name": "Familien Dam"}))
    jobs = store.read(lambda r: course_papers.invitations(r, course))
    assert len(jobs) == 2
    for job in jobs:
        words = str(job.facts)
        assert ("Holm" in words) != ("Dam" in words)
        assert "Holm" not in job.file_name
    assert "Holm" not in store.read(lambda r: course_papers.text(r, course))


# --- day-care


def test_an_anonymous_note_names_no_child_and_no_number(store):
    register(store, "Emma Holm")

    def note(text):
        values = {"institution": "Myretuen", "held_on": TODAY, "text": text}
        return lambda w: daycare.record(w, values)

    assert refused(store, note("Vi talte om Emma  Holm")) == "text"
    assert refused(store, note("610120-1234")) == "text"
    store.write(note("Vi talte om et barn, der bider"))


def test_a_consultation_is_linked_to_a_case_only_while_a_consent_stands(store):
    case = register(store, "Emma Holm")
    values = {"institution": "Myretuen", "held_on": TODAY, "text": "Emma Holm sover dårligt", "case": case}
    with pytest.raises(UserError):
        store.write(lambda w: daycare.record(w, values))
    consent = {"giver": "Mia", "recipient": "Myretuen", "purpose": "Søvn", "given_on": TODAY - DAY}
    store.write(lambda w: consents.give(w, case, {**consent, "kinds": frozenset({InformationKind.HEALTH})}))
    assert store.write(lambda w: daycare.record(w, values)).result


def test_four_fixed_meetings_a_year_are_counted_by_institution(store):
    for number in range(3):
        held = TODAY - number * 40 * DAY
        name = "Myretuen" if number else "myretuen"
        store.write(lambda w, n=name, h=held: daycare.record(w, {"institution": n, "held_on": h}))
    store.write(lambda w: daycare.record(w, {"institution": "Myretuen", "held_on": TODAY, "as_needed": True}))
    (row,) = store.read(lambda r: daycare.year(r, TODAY.year))
    assert (row.held, row.as_needed, row.missing) == (3, 1, 1)
    assert refused(store, lambda w: daycare.record(w, {"institution": "Myretuen"})) == "held_on"
