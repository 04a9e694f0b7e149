"""What leads to a meeting and on from it: kinds, series, preparation, background, cancellations, siblings, the agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.calendar import calendar_ics
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.domain.consent import InformationKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import (
    Audience,
    Caller,
    Column,
    Meeting,
    MeetingKind,
    MeetingPoint,
    MeetingState,
    MinutesForm,
    TimeSpan,
    form_of,
    kind_name,
)
from caseworker_app.domain.meeting_kinds import About, MeetingKindsError, Unit
from caseworker_app.domain.meeting_kinds_reading import read_kinds
from caseworker_app.domain.meeting_series import MeetingSeries, coming, next_time
from caseworker_app.domain.paper_values import values_of
from caseworker_app.domain.papers import AgendaFacts, InvitationFacts
from caseworker_app.domain.person import Custody, Role
from caseworker_app.domain.rules.workdays import is_working_day
from caseworker_app.services import (
    cases,
    consents,
    meeting_chain,
    meeting_kinds,
    meeting_lines,
    meeting_papers,
    meeting_series,
    meetings,
    meetings_together,
    papers,
    people,
)
from caseworker_app.services.calendar import danish_holidays
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)
WHEN = TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12, 0))
BEFORE = TimeSpan(dt.date(2026, 11, 11), dt.time(10, 30), dt.time(12, 0))
OWN = """
[[kind]]
id = "team_meeting"
name = "Gruppemøde"
length = 45
form = "decisions"

[[kind]]
id = "morning"
name = "Morgenkaffe"
length = 15
about = "staff"
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Emma Holm", born=dt.date(2015, 3, 1))


@pytest.fixture
def books() -> ShippedBooks:
    return ShippedBooks()


def kinds_of(store: SqlStore, books: ShippedBooks):
    return store.read(books.meeting_kinds).kinds


def planned(store: SqlStore, case: Id | None, books: ShippedBooks, kind: str = MeetingKind.NETWORK, **values):
    found = kinds_of(store, books).get(kind)
    return store.write(
        lambda w: meetings.plan(w, case, {"when": WHEN, "place": "Skolen", **values}, found)
    ).result


def add(store: SqlStore, case: Id, **values) -> Id:
    return store.write(lambda w: people.add(w, case, values)).result


def invite(store: SqlStore, meeting: Id, name: str, function: str, audience: Audience) -> Id:
    return store.write(lambda w: meetings.invite_name(w, meeting, name, function, audience)).result


def got(store: SqlStore, cls, thing: Id):
    return store.read(lambda r: r.get(cls, thing))


# --- Kinds -----------------------------------------------------------------------------------------------------


def test_all_fourteen_kinds_ship_with_length_people_agenda_and_what_they_leave(store, books):
    kinds = kinds_of(store, books)
    assert {one.id for one in kinds.kinds} == {kind.value for kind in MeetingKind}
    for one in kinds.kinds:
        assert one.length >= 15 and one.agenda and one.who and one.help, one.id
        assert not one.called, one.id
        assert one.leaves or one.id == MeetingKind.AREA
    internal = kinds.get(MeetingKind.INTERNAL)
    assert internal.anonymous and internal.about is About.STAFF
    assert kinds.get(MeetingKind.AREA).cadence.every == 14
    assert kinds.get(MeetingKind.ELEVATOR).cadence.unit is Unit.MONTHS


def test_a_municipality_lays_its_own_kinds_over_those_that_ship(store, books):
    store.write(lambda w: meeting_kinds.set_own(w, OWN))
    kinds = kinds_of(store, books)
    assert len(kinds.kinds) == len(MeetingKind) + 1
    assert kinds.get("team_meeting").length == 45
    assert kinds.kinds[-1].id == "morning" and kinds.kinds[-1].own
    meeting = planned(store, None, books, "morning")
    assert kind_name(got(store, Meeting, meeting)) == "Morgenkaffe"
    store.write(meeting_kinds.reset)
    assert kind_name(got(store, Meeting, meeting)) == "Morgenkaffe"
    assert len(kinds_of(store, books).kinds) == len(MeetingKind)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[[kind]]\nid = 1\nname = 'x'\nlength = 3", "kind[1].id"),
        ("[[kind]]\nid = 'x_y'\nname = ' '\nlength = 3", "kind[1].name"),
        ("[[kind]]\nid = 'x_y'\nname = 'x'\nlength = 0", "kind[1].length"),
        ("[[kind]]\nid = 'x_y'\nname = 'x'\nlength = 30\nfrom = 3", "kind[1].from"),
        ("[[kind]]\nid = 'x_y'\nname = 'x'\nlength = 30\nform = 'poem'", "kind[1].form"),
        ("[[kind]]\nid = 'x_y'\nname = 'x'\nlength = 30\nunit = 'weeks'", "kind[1].unit"),
        ("[[kind]]\nid = 'x_y'\nname = 'x'\nlength = 30\nletter = 'other'", "kind[1].letter"),
        ("[[kind]]\nid = 'x_y'\nname = 'x'\nlength = 30\nleaves = ['gold']", "kind[1].leaves"),
        ("[[kind]]\nid = 'X Y'\nname = 'x'\nlength = 30", "kind[1].id"),
        ("kind = 3", "kind"),
        ("[[kind]", "TOML"),
    ],
)
def test_a_faulty_kind_is_refused_with_key_and_line(text, key):
    with pytest.raises(MeetingKindsError) as refused:
        read_kinds(text, "own")
    assert key in [fault.key for fault in refused.value.faults]
    assert all(fault.line >= 1 for fault in refused.value.faults)


def test_a_faulty_copy_in_the_store_is_said_and_the_shipped_kinds_are_used(store, books):
    store.write(lambda w: meeting_kinds.set_own(w, OWN))
    (own,) = store.read(lambda r: r.find(OwnCatalogue))
    store.write(lambda w: (w.act("x"), w.set(OwnCatalogue, own.id, "text", "[[kind", parents=None)))
    found = store.read(books.meeting_kinds)
    assert found.fault is not None
    assert len(found.kinds.kinds) == len(MeetingKind)


def test_a_meeting_keeps_the_form_of_its_kind_and_another_kind_brings_its_own(store, books, case):
    meeting = planned(store, case, books, MeetingKind.INVOLVING)
    assert form_of(got(store, Meeting, meeting)) is MinutesForm.COLUMNS
    kinds = kinds_of(store, books)
    heads = store.read(lambda r: r.heads(meeting, "kind"))
    edits = {"kind": Edit(MeetingKind.FOLLOW_UP.value, heads)}
    store.write(lambda w: meetings.edit(w, meeting, edits, kinds))
    now = got(store, Meeting, meeting)
    assert (now.kind, form_of(now), now.letter) == (
        "follow_up_meeting",
        MinutesForm.DECISIONS,
        "invitation_meeting",
    )
    assert now.agenda == kinds.get("follow_up_meeting").agenda


def test_a_meeting_from_before_there_were_kinds_has_the_form_of_its_template(store, case):
    old = store.write(lambda w: meetings.plan(w, case, {"kind": MeetingKind.NETWORK})).result
    assert form_of(got(store, Meeting, old)) is MinutesForm.DECISIONS
    assert form_of(Meeting()) is MinutesForm.COLUMNS


def test_a_meeting_about_no_child_lies_in_the_workers_own_log(store, books):
    meeting = planned(store, None, books, MeetingKind.TEAM)
    view = store.read(lambda r: meetings.view(r, meeting))
    assert not view.about_child and view.people == ()
    assert [row.meeting.id for row in store.read(meetings.all_meetings)] == [meeting]
    invite(store, meeting, "Bo Kollega", "rådgiver", Audience.PROFESSIONAL)
    store.write(lambda w: meetings.edit(w, meeting, {"purpose": Edit("Månedens sager", None)}))
    (letter,) = store.read(lambda r: papers.invitations(r, meeting))
    assert letter.facts.called == "teammøde"


# --- Past midnight and summer time -----------------------------------------------------------------------------


def test_a_meeting_past_midnight_has_its_length_and_ends_the_next_day(store, books, case):
    night = TimeSpan(dt.date(2026, 10, 24), dt.time(22, 30), dt.time(1, 0))
    assert (night.minutes, night.ends_on) == (150, dt.date(2026, 10, 25))
    meeting = planned(store, case, books, when=night)
    assert got(store, Meeting, meeting).when == night
    made = calendar_ics(store.read(lambda r: papers.calendar(r, meeting)).facts).decode()
    assert "DTSTART;TZID=Europe/Copenhagen:20261024T223000" in made
    assert "DTEND;TZID=Europe/Copenhagen:20261025T010000" in made
    slip = TimeSpan(dt.date(2026, 10, 24), dt.time(10, 30), dt.time(9, 0))
    assert slip.minutes == -90
    with pytest.raises(InvalidInput):
        planned(store, case, books, when=slip)


def test_a_meeting_in_the_night_the_clock_is_moved_lasts_what_it_lasts():
    zone = ZoneInfo("Europe/Copenhagen")
    autumn = TimeSpan(dt.date(2026, 10, 24), dt.time(23, 0), dt.time(4, 0))
    spring = TimeSpan(dt.date(2026, 3, 28), dt.time(23, 0), dt.time(4, 0))
    assert autumn.lasts(zone) == dt.timedelta(hours=6)
    assert spring.lasts(zone) == dt.timedelta(hours=4)
    assert autumn.minutes == spring.minutes == 300


# --- Series ----------------------------------------------------------------------------------------------------


def series(every=14, unit=Unit.DAYS, first=dt.date(2026, 12, 4), **values) -> MeetingSeries:
    return MeetingSeries(every=every, unit=unit, first=TimeSpan(first, dt.time(9), dt.time(10)), **values)


@given(
    st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)),
    st.integers(1, 30),
    st.sampled_from(Unit),
    st.integers(0, 400),
)
def test_every_suggested_day_is_a_working_day_later_than_the_one_before(first, every, unit, ahead):
    found = list(coming(series(every, unit, first), danish_holidays, first, first + dt.timedelta(days=ahead)))
    days = [span.day for span in found]
    assert all(is_working_day(day, danish_holidays) for day in days)
    assert days == sorted(set(days))


def test_a_series_keeps_its_weekday_of_the_month_and_moves_off_a_holiday():
    monthly = series(1, Unit.MONTHS, dt.date(2026, 9, 8))  # the second Tuesday
    found = coming(monthly, danish_holidays, dt.date(2026, 9, 1), dt.date(2026, 12, 31))
    assert [span.day for span in found] == [
        dt.date(2026, 9, 8), dt.date(2026, 10, 13), dt.date(2026, 11, 10), dt.date(2026, 12, 8),
    ]  # fmt: skip
    fortnight = series(14, Unit.DAYS, dt.date(2026, 12, 11))
    closed = meeting_series.holidays()
    assert next_time(fortnight, closed, TODAY, dt.date(2026, 12, 11)).day == dt.date(2026, 12, 23)


def test_the_next_one_is_suggested_though_the_last_was_moved_or_called_off():
    fortnight = series(14, Unit.DAYS, dt.date(2026, 12, 4))
    assert next_time(fortnight, danish_holidays, TODAY).day == dt.date(2026, 12, 4)
    moved = next_time(fortnight, danish_holidays, TODAY, dt.date(2026, 12, 2))
    assert moved.day == dt.date(2026, 12, 18)


def test_the_next_meeting_of_a_series_has_the_people_and_words_of_the_last(store, books, case):
    begun = {"kind": "network_meeting", "every": 4, "unit": Unit.WEEKS, "first": WHEN, "place": "Skolen"}
    made = store.write(lambda w: meeting_series.begin(w, case, begun)).result
    kinds = kinds_of(store, books)
    first = store.write(lambda w: meeting_series.plan_next(w, made, kinds, danish_holidays)).result
    assert got(store, Meeting, first).when == WHEN
    guest = invite(store, first, "Ulla Lærer", "klasselærer", Audience.PROFESSIONAL)
    store.write(lambda w: meeting_chain.prepare(w, guest, {"prepared_on": TODAY}))
    store.write(lambda w: meetings.edit(w, first, {"purpose": Edit("Fravær", None)}))
    second = store.write(lambda w: meeting_series.plan_next(w, made, kinds, danish_holidays)).result
    view = store.read(lambda r: meetings.view(r, second))
    assert view.meeting.when.day == dt.date(2026, 12, 23)
    assert (view.meeting.purpose, view.meeting.kind) == ("Fravær", "network_meeting")
    assert [(one.name, one.prepared_on) for one in view.participants] == [("Ulla Lærer", None)]
    (row,) = store.read(lambda r: meeting_series.running(r, danish_holidays, case))
    assert row.planned.id == first and row.suggested.day > dt.date(2026, 12, 23)
    store.write(lambda w: meeting_series.end(w, made, dt.date(2026, 11, 20)))
    assert store.read(lambda r: meeting_series.running(r, danish_holidays)) == ()
    with pytest.raises(UserError):
        store.write(lambda w: meeting_series.plan_next(w, made, kinds, danish_holidays))


def test_time_kept_free_that_nobody_used_is_free_again_within_a_week(store, books, case):
    first = TimeSpan(dt.date(2026, 11, 24), dt.time(13), dt.time(15))
    begun = {"every": 1, "unit": Unit.WEEKS, "first": first, "reserved": True, "place": "Rådhuset"}
    made = store.write(lambda w: meeting_series.begin(w, None, begun)).result
    kind = kinds_of(store, books).get(MeetingKind.NETWORK)
    (row,) = store.read(lambda r: meeting_series.running(r, danish_holidays))
    assert [slot.free for slot in row.slots[:3]] == [True, False, False]
    later = row.slots[1].when
    meeting = store.write(lambda w: meeting_series.use_slot(w, made, later, case, kind)).result
    (row,) = store.read(lambda r: meeting_series.running(r, danish_holidays))
    assert row.slots[1].meeting.id == meeting and not row.slots[1].free
    with pytest.raises(UserError):
        store.write(lambda w: meeting_series.use_slot(w, made, later, case, kind))
    store.write(lambda w: meetings.call_off(w, meeting))
    (row,) = store.read(lambda r: meeting_series.running(r, danish_holidays))
    assert row.slots[1].meeting is None


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"first": TimeSpan(dt.date(2026, 12, 1), dt.time(10), dt.time(9))},
        {"first": WHEN, "every": 0},
        {"first": WHEN, "every": 10_000},
    ],
)
def test_a_series_without_time_or_cadence_is_refused(store, case, values):
    with pytest.raises(InvalidInput):
        store.write(lambda w: meeting_series.begin(w, case, values))


def test_a_series_for_a_calendar_names_no_child(store, case):
    begun = {"every": 4, "unit": Unit.WEEKS, "first": WHEN, "place": "Skolen"}
    store.write(lambda w: meeting_series.begin(w, case, begun))
    job = store.read(
        lambda r: meeting_papers.calendar(r, meeting_series.running(r, danish_holidays), danish_holidays)
    )
    assert {entry.who for entry in job.facts.entries} == {"EH"}
    assert len(job.facts.entries) >= 12


# --- The background and who may know -----------------------------------------------------------------------------


def test_the_background_goes_only_to_those_for_whom_a_consent_stands(store, books, case):
    mother = add(store, case, name="Mette Holm", role=Role.MOTHER, custody=Custody.SHARED)
    father = add(store, case, name="Per Holm", role=Role.FATHER, custody=Custody.NONE)
    teacher = add(store, case, name="Ulla Lærer", role=Role.TEACHER, organisation="Højbo Skole")
    nurse = add(store, case, name="Sif Sund", role=Role.HEALTH_VISITOR, function="sundhedsplejerske")
    aunt = add(store, case, name="Lis Holm", role=Role.RELATIVE)
    meeting = planned(store, case, books, purpose="Fravær", background="Fravær siden august.")
    store.write(lambda w: meetings.invite(w, meeting, [mother, father, teacher, nurse, aunt]))
    given = {
        "giver": "Mette Holm", "recipient": "Højbo Skole", "purpose": "netværksmøde",
        "kinds": frozenset({InformationKind.SCHOOL}),
    }  # fmt: skip
    consent = store.write(lambda w: consents.give(w, case, given)).result

    def enclosed() -> list[str]:
        jobs = store.read(lambda r: papers.invitations(r, meeting))
        return [job.recipient for job in jobs if job.facts.background]

    assert enclosed() == ["Mette Holm", "Ulla Lærer"]
    store.write(lambda w: consents.withdraw(w, consent, TODAY, "Mette Holm"))
    assert enclosed() == ["Mette Holm"]


def test_a_cpr_number_in_the_background_is_refused(store, books, case):
    meeting = planned(store, case, books, purpose="Fravær", background="Barnet er 010115-6789.")
    invite(store, meeting, "Ulla", "lærer", Audience.PROFESSIONAL)
    with pytest.raises(UserError):
        store.read(lambda r: papers.invitations(r, meeting))


# --- Preparation, cancellations, being invited -------------------------------------------------------------------


def test_what_child_and_parents_want_stands_on_the_agenda_with_their_names(store, books, case):
    meeting = planned(store, case, books, MeetingKind.FOLLOW_UP)
    child = store.write(lambda w: meetings.invite_child(w, meeting)).result
    store.write(lambda w: meeting_chain.add_wish(w, meeting, "Om jeg kan skifte klasse", child))
    store.write(lambda w: meeting_chain.add_wish(w, meeting, "Fars nye kæreste", child, quiet=True))
    store.write(
        lambda w: meeting_chain.prepare(w, child, {"prepared_on": TODAY, "support_person": "mormor Lis"})
    )
    chair, own = store.read(lambda r: meeting_papers.agenda(r, meeting))
    assert isinstance(chair.facts, AgendaFacts) and chair.facts.reader is None
    assert [one.who for one in own.facts.wanted] == ["Emma Holm", "Emma Holm"]
    assert [one["text"] for one in values_of(own.facts)["wanted"]] == ["Om jeg kan skifte klasse"]
    assert len(values_of(chair.facts)["wanted"]) == 2
    assert own.facts.points == got(store, Meeting, meeting).agenda


def test_a_wish_of_nothing_and_a_preparation_to_come_are_refused(store, books, case):
    meeting = planned(store, case, books)
    child = store.write(lambda w: meetings.invite_child(w, meeting)).result
    with pytest.raises(InvalidInput):
        store.write(lambda w: meeting_chain.add_wish(w, meeting, "  ", child))
    with pytest.raises(InvalidInput):
        store.write(lambda w: meeting_chain.prepare(w, child, {"prepared_on": TODAY + dt.timedelta(days=1)}))


def test_who_was_told_of_a_cancellation_is_noted_one_by_one(store, books, case):
    meeting = planned(store, case, books)
    one = invite(store, meeting, "Ulla", "lærer", Audience.PROFESSIONAL)
    other = invite(store, meeting, "Bo", "pædagog", Audience.PROFESSIONAL)
    assert meeting_chain.untold(store.read(lambda r: meetings.view(r, meeting))) == ()
    store.write(lambda w: meetings.call_off(w, meeting, "Sygdom"))
    store.write(lambda w: meeting_chain.told(w, [one], TODAY))
    view = store.read(lambda r: meetings.view(r, meeting))
    assert [p.id for p in meeting_chain.untold(view)] == [other]
    assert (view.meeting.called_off_why, view.meeting.called_off_on) == ("Sygdom", TODAY)
    with pytest.raises(InvalidInput):
        store.write(lambda w: meeting_chain.told(w, [other], TODAY + dt.timedelta(days=1)))


def test_a_meeting_somebody_else_called_is_recorded_as_one_we_are_invited_to(store, books, case):
    meeting = planned(
        store, case, books, caller=Caller.SUPPLIER, caller_name="Hedebocenteret", papers="Dagsorden og plan"
    )
    view = store.read(lambda r: meetings.view(r, meeting))
    assert view.invited_to
    names = [one.name for one in meeting_chain.steps(view, (), maps=False)]
    assert "invited" not in names and "tried" not in names and "held" in names


def test_two_of_one_name_get_copies_that_are_told_apart(store, books, case):
    meeting = planned(store, case, books, purpose="Fravær")
    for function in ("mormor", "farmor", "farmor"):
        invite(store, meeting, "Lis Holm", function, Audience.NETWORK)
    jobs = store.read(lambda r: meeting_papers.agenda(r, meeting))
    assert [job.recipient for job in jobs] == [
        "", "Lis Holm (mormor)", "Lis Holm (farmor)", "Lis Holm (farmor), 2",
    ]  # fmt: skip


def test_a_meeting_without_a_chair_prints_and_says_nothing_of_one(store, books, case):
    meeting = planned(store, case, books, purpose="Fravær", chair="", chair_function="")
    invite(store, meeting, "Ulla", "lærer", Audience.PROFESSIONAL)
    (job,) = store.read(lambda r: papers.invitations(r, meeting))
    assert "Mødeleder" not in words(job)


def words(job) -> str:
    assert isinstance(job.facts, InvitationFacts)
    ours = resources.text("templates", f"{job.facts.letter}.da.toml")
    return meeting_papers.message(job.facts, ours, {})


def test_the_words_to_copy_are_those_of_the_letter(store, books, case):
    meeting = planned(store, case, books, purpose="Emma er trist")
    invite(store, meeting, "Ulla Lærer", "klasselærer", Audience.PROFESSIONAL)
    (job,) = store.read(lambda r: papers.invitations(r, meeting))
    said = words(job)
    assert said.startswith("Invitation til netværksmøde om Emma\n")
    for part in ("Kære Ulla Lærer", "Tid: kl. 10.30-12.00", "Emma er trist", "- Ulla Lærer, klasselærer"):
        assert part in said
    assert "\x00" not in said


# --- What was agreed the last time ---------------------------------------------------------------------------------


def agreed(store: SqlStore, meeting: Id, what: str, **values) -> Id:
    return store.write(lambda w: meeting_lines.add_agreement(w, meeting, {"what": what, **values})).result


def held(store: SqlStore, case: Id, books: ShippedBooks, day: dt.date) -> Id:
    meeting = planned(store, case, books, when=TimeSpan(day, dt.time(9), dt.time(10)))
    store.write(lambda w: meetings.hold(w, meeting))
    return meeting


def test_the_next_meeting_opens_with_what_was_agreed_and_how_it_went(store, books, case):
    oldest, last = (held(store, case, books, dt.date(2026, 11, day)) for day in (2, 16))
    old = agreed(store, oldest, "Lektiecafé")
    agreed(store, oldest, "Læge")
    store.write(lambda w: meeting_lines.settle_agreement(w, old, dt.date(2026, 11, 10)))
    done = agreed(store, last, "Mor ringer til skolen", who="Mor")
    store.write(lambda w: meeting_lines.settle_agreement(w, done, dt.date(2026, 11, 18)))
    coming_up = planned(store, case, books)
    rows = store.read(lambda r: meeting_chain.earlier(r, coming_up))
    assert [one.agreement.what for one in rows] == ["Læge", "Mor ringer til skolen"]
    (job,) = store.read(lambda r: meeting_papers.agenda(r, coming_up))
    assert [one.went for one in job.facts.earlier] == ["Endnu åben", "Gjort den 18. november 2026"]
    assert store.read(lambda r: meeting_chain.earlier(r, oldest)) == ()


# --- Siblings ------------------------------------------------------------------------------------------------------


def test_a_meeting_for_siblings_stands_in_each_case_with_the_common_part_alone(store, books, case):
    brother = register(store, "Felix Holm", born=dt.date(2012, 3, 1))
    stranger = register(store, "Noah Bech")
    kind = kinds_of(store, books).get(MeetingKind.NETWORK)
    with pytest.raises(UserError):
        store.write(lambda w: meetings_together.plan(w, case, {"when": WHEN}, kind, [stranger]))
    store.write(lambda w: cases.link_siblings(w, case, brother, SiblingKind.FULL))
    own, other = store.write(
        lambda w: meetings_together.plan(w, case, {"when": WHEN, "place": "Skolen"}, kind, [brother])
    ).result
    later = TimeSpan(dt.date(2026, 11, 30), dt.time(9), dt.time(10))
    store.write(
        lambda w: meetings_together.edit(
            w, own, {"when": Edit(later, None), "purpose": Edit("Emmas fravær", None)}
        )
    )
    there = got(store, Meeting, other)
    assert (there.when, there.purpose) == (later, "")
    common = store.write(lambda w: meetings.add_point(w, own, Column.WORKS, "De spiser sammen")).result
    store.write(lambda w: meetings.add_point(w, own, Column.WORRIES, "Emma sover dårligt"))
    task = agreed(store, own, "Fast sengetid", who="Mor")
    assert store.write(lambda w: meetings_together.carry(w, own, [common, task])).result == 2
    assert store.write(lambda w: meetings_together.carry(w, own, [common, task])).result == 0
    lines = store.read(lambda r: r.find(MeetingPoint, where={"meeting": other}))
    assert [one.text for one in lines] == ["De spiser sammen"]
    assert [a.what for a in store.read(lambda r: r.find(Agreement, where={"meeting": other}))] == [
        "Fast sengetid"
    ]
    store.write(lambda w: meetings_together.call_off(w, own, "Sygdom"))
    assert got(store, Meeting, other).state is MeetingState.CALLED_OFF


def test_no_siblings_private_network_is_written_into_another_case(store, books, case):
    brother = register(store, "Felix Holm")
    store.write(lambda w: cases.link_siblings(w, case, brother, SiblingKind.FULL))
    kind = kinds_of(store, books).get(MeetingKind.NETWORK)
    own, other = store.write(lambda w: meetings_together.plan(w, case, {}, kind, [brother])).result
    invite(store, own, "Emmas veninde Ida", "veninde", Audience.NETWORK)
    invite(store, own, "Ulla Lærer", "klasselærer", Audience.PROFESSIONAL)
    store.write(lambda w: meetings_together.invite_professionals(w, own))
    assert [p.name for p in store.read(lambda r: meetings.view(r, other)).participants] == ["Ulla Lærer"]
