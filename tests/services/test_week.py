"""The worker's week on paper and for a calendar: what is in it, and what never is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Address
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.papers import Paper
from caseworker_app.domain.person import Role
from caseworker_app.services import meetings, people, week
from caseworker_app.services.ports import Access
from tests.helpers.casework import begin, held
from tests.helpers.stores import case, founded, register

BOOKS = ShippedBooks()
MONDAY = dt.date(2026, 11, 23)


@pytest.fixture
def store(tmp_path):
    made = founded(tmp_path, FixedClock(dt.datetime.combine(MONDAY, dt.time(8), dt.UTC)))
    yield made
    made.close()


def sheet(store, *, named=False, monday=MONDAY):
    return store.read(lambda r: week.sheet(r, BOOKS.rules(r), monday, named=named)).facts


def calendar(store, *, named=False):
    return store.read(lambda r: week.calendar(r, BOOKS.rules(r), MONDAY, named=named)).facts


def entries(facts):
    return [(one.day, one.what, one.who, one.where) for one in facts.entries]


def met(store, child, day, place="Skolen"):
    when = TimeSpan(day, dt.time(10, 30), dt.time(11, 30))
    return store.write(lambda w: meetings.plan(w, child, {"when": when, "place": place})).result


def test_a_week_is_the_running_one_and_from_saturday_the_next():
    assert week.week_of(MONDAY) == week.week_of(MONDAY + dt.timedelta(days=4)) == MONDAY
    assert week.week_of(MONDAY + dt.timedelta(days=5)) == MONDAY + dt.timedelta(days=7)


def test_meetings_and_follow_ups_stand_on_their_day_with_initials_and_place(store):
    child = register(store, "Emma Louise Holm")
    met(store, child, MONDAY + dt.timedelta(days=2))
    begin(store, child, "contact_person", MONDAY - dt.timedelta(days=25))
    assert entries(sheet(store)) == [
        (MONDAY + dt.timedelta(days=2), "Inddragende netværksmøde", "ELH", "Skolen"),
        (MONDAY + dt.timedelta(days=3), "Opfølgning", "ELH", ""),
    ]


def test_what_is_due_on_a_weekend_stands_on_the_friday_before(store):
    begin(store, register(store), "contact_person", MONDAY - dt.timedelta(days=23))
    (entry,) = sheet(store).entries
    assert (entry.day, entry.why) == (MONDAY + dt.timedelta(days=4), "lokal standard, frist 28. november")


def test_an_agreed_visit_stands_on_the_day_and_place_agreed(store):
    foster = begin(store, register(store), "foster_general", MONDAY - dt.timedelta(days=17))
    first = MONDAY - dt.timedelta(days=3)
    agreed = MONDAY + dt.timedelta(days=1)
    held(store, foster, first, first, next_on=agreed, next_place="Engvej 3")
    assert entries(sheet(store)) == [(agreed, "Opfølgning", "EP", "Engvej 3")]


def test_what_is_overdue_has_no_day_yet_and_is_not_in_the_calendar(store):
    begin(store, register(store), "contact_person", MONDAY - dt.timedelta(days=40))
    facts = sheet(store)
    assert [(one.what, one.day) for one in facts.overdue] == [
        ("Partshøring - af barnet", MONDAY - dt.timedelta(days=40)),
        ("Opfølgning", MONDAY - dt.timedelta(days=12)),
    ]
    assert facts.entries == calendar(store).entries == ()


def test_a_clock_in_hours_stands_at_its_hour_by_the_danish_clock(store):
    child = case(store, register(store))
    received = dt.datetime.combine(MONDAY, dt.time(6, 30), dt.UTC)

    def write(writer):
        writer.act("Record a notification")
        writer.create(Notification(id=writer.new_id(), stream=child.stream, received_at=received))

    store.write(write)
    clock = next(one for one in sheet(store).entries if one.start is not None)
    assert (clock.day, clock.start, clock.end) == (MONDAY + dt.timedelta(days=1), dt.time(7, 30), None)


def test_names_stand_there_only_when_they_are_chosen(store):
    child = register(store, "Emma Holm")
    store.write(lambda w: people.add(w, child, {"name": "Louise Krogh", "role": Role.MOTHER}))
    met(store, child, MONDAY, "Hjemme hos Louise, Engvej 3")
    assert entries(calendar(store)) == [(MONDAY, "Inddragende netværksmøde", "EH", "Hjemme hos L., Engvej 3")]
    assert entries(calendar(store, named=True))[0][2:] == ("Emma Holm", "Hjemme hos Louise, Engvej 3")


def test_a_protected_home_is_left_out_of_the_place(store):
    child = register(store, address=Address("Skjulvej 9", "7400", "By"), address_protected=True)
    met(store, child, MONDAY, "Skjulvej 9, 1. sal")
    assert entries(sheet(store))[0][3] == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hjemme hos Emmas mor", "Hjemme hos E. mor"),
        ("Skolen, lokale 14", "Skolen, lokale 14"),
        ("holm", "holm"),
        ("Ved Holm Sø", "Ved H. Sø"),
    ],
)
def test_a_name_in_a_place_becomes_its_first_letter(text, shown):
    assert week.without_names(text, ["Emma Holm"]) == shown


@given(st.text(max_size=30), st.lists(st.sampled_from(["Emma Holm", "Åse", "Bo Æbelø"]), max_size=3))
def test_no_whole_name_is_left_in_a_place(text, names):
    shown = week.without_names(f"{text} {' '.join(names)}", names)
    assert not any(f" {part} " in f" {shown} " for name in names for part in name.split())


def test_the_week_leaves_no_name_in_its_file_name_and_is_noted_in_the_access_log(store):
    register(store, "Emma Holm")
    job = store.read(lambda r: week.sheet(r, BOOKS.rules(r), MONDAY))
    assert (job.kind, job.file_name) == (Paper.WEEKLY_SHEET, "week-2026-48.pdf")
    store.write(lambda w: week.record_left(w, job, Access.PRINT))
    (row,) = store.read(lambda r: r.access_log(limit=1))
    assert (row.action, row.entity_type, row.detail) == (Access.PRINT, "worker", "weekly_sheet")


def test_a_holiday_in_the_week_is_named(store):
    assert sheet(store, monday=dt.date(2026, 12, 21)).closed == (dt.date(2026, 12, 25),)
