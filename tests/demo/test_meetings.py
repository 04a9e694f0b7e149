"""The meetings of the demo: planned and held, with what a paper of them needs."""

from __future__ import annotations

import datetime as dt

from caseworker_app.demo.when import Days
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import (
    Attendance,
    Audience,
    Column,
    Meeting,
    MeetingKind,
    MeetingPoint,
    MeetingState,
    Participant,
)
from caseworker_app.services import meetings, papers


def views(filled):
    return filled.read(lambda r: [meetings.view(r, meeting.id) for meeting in r.find(Meeting)])


def held(filled, kind):
    return [v for v in views(filled) if v.meeting.state is MeetingState.HELD and v.meeting.kind == kind]


def test_there_are_meetings_behind_and_ahead_and_one_today(demo):
    days = [(v.meeting.state, v.meeting.when.day) for v in views(demo)]
    today = demo.summary.today
    assert len(days) >= 30
    assert (MeetingState.PLANNED, today) in days
    ahead = [day for state, day in days if state is MeetingState.PLANNED]
    assert len(ahead) >= 7
    assert all(today <= day < today + dt.timedelta(days=50) for day in ahead)
    assert all(day < today for state, day in days if state is not MeetingState.PLANNED)
    assert sum(state is MeetingState.CALLED_OFF for state, _day in days) == 1


def test_involving_meetings_that_were_held_have_three_columns_and_agreements(either):
    found = held(either, MeetingKind.INVOLVING)
    assert len(found) >= 20
    for view in found:
        assert all(view.points[column] for column in Column if column is not Column.CHILD)
        assert len(view.agreements) >= 2
        for agreement in view.agreements:
            assert agreement.who
            assert agreement.due >= view.meeting.when.day


def test_plain_meetings_end_in_decisions_with_reasons(either):
    found = held(either, MeetingKind.NETWORK)
    assert len(found) >= 3
    for view in found:
        assert not any(view.points.values())
        assert view.agreements
        assert all(agreement.reason and agreement.who and agreement.due for agreement in view.agreements)


def test_every_meeting_can_be_invited_to(either):
    for view in views(either):
        assert view.missing == ()
        assert view.meeting.course
        assert view.meeting.chair
        assert view.meeting.contact_phone
        assert (
            len(either.read(lambda r, v=view: papers.invitations(r, v.meeting.id)))
            == len(view.participants)
            >= 3
        )


def test_every_meeting_held_has_minutes_and_somebody_who_came(either):
    for view in held(either, MeetingKind.INVOLVING) + held(either, MeetingKind.NETWORK):
        attendance = {participant.attendance for participant in view.participants}
        assert attendance <= {Attendance.CAME, Attendance.ABSENT}
        assert Attendance.CAME in attendance
        assert (
            len(either.read(lambda r, v=view: papers.minutes(r, v.meeting.id))) == len(view.participants) + 1
        )


def test_the_number_goes_to_one_authority_and_to_nobody_else(demo):
    chosen = [p for p in demo.read(lambda r: r.find(Participant)) if p.number_on_minutes]
    assert [(p.name, p.audience) for p in chosen] == [("Inge Vestager", Audience.PROFESSIONAL)]


def test_meetings_are_on_working_days_while_the_case_is_open(either):
    days = Days(either.summary.today, "Europe/Copenhagen")
    for view in views(either):
        day, case = view.meeting.when.day, view.case
        assert days.is_open(day)
        assert case.opened_on < day <= (case.closed_on or day)
        assert 30 <= view.meeting.when.minutes <= 120


def test_no_family_is_called_in_while_the_schools_are_closed(demo):
    for view in views(demo):
        day = view.meeting.when.day
        assert not (6, 27) <= (day.month, day.day) <= (8, 12)


def test_a_meeting_was_moved_and_lines_were_put_right(demo):
    acts = demo.read(lambda r: r.acts(limit=100_000))
    changed = [c for act in acts for c in act.changes if c.kind == "set"]
    assert any(c.entity_type == "meeting" and c.field == "when" for c in changed)
    assert any(c.entity_type == "meeting_point" and c.field == "text" and c.before for c in changed)


def test_copies_are_in_the_print_log_of_most_meetings(demo):
    found = views(demo)
    printed = [v for v in found if demo.read(lambda r, v=v: papers.printed(r, v.meeting.id))]
    assert len(printed) >= len(found) - 3


def test_no_line_is_said_twice_in_the_three_years(demo):
    def lines(reader):
        points = [point.text for point in reader.find(MeetingPoint)]
        return points + [agreement.what for agreement in reader.find(Agreement)]

    found = demo.read(lines)
    assert len(found) > 200
    assert len(found) == len(set(found))


def test_most_children_have_a_meeting(demo):
    streams = {meeting.stream for meeting in demo.read(lambda r: r.find(Meeting))}
    assert len(streams) >= 20
    assert streams <= {case.stream for case in demo.read(lambda r: r.find(Case))}
