"""Planning a meeting, inviting to it, holding it and writing at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import (
    Attendance,
    Audience,
    Column,
    Meeting,
    MeetingPoint,
    MeetingState,
    Participant,
    TimeSpan,
)
from caseworker_app.domain.person import Role
from caseworker_app.services import history, meetings, people
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)
WHEN = TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12, 0))
HELD = TimeSpan(dt.date(2026, 11, 20), dt.time(10, 30), dt.time(12, 0))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Emma Holm", born=dt.date(2015, 3, 1))


@pytest.fixture
def meeting(store: SqlStore, case: Id) -> Id:
    return store.write(lambda w: meetings.plan(w, case, {"when": WHEN, "place": "Skolen"})).result


def names(store: SqlStore, meeting: Id) -> list[str]:
    return [p.name for p in store.read(lambda r: meetings.view(r, meeting)).participants]


def typed(store: SqlStore, meeting: Id, name: str, audience: Audience = Audience.NETWORK) -> Id:
    return store.write(lambda w: meetings.invite_name(w, meeting, name, "", audience)).result


def edits(**values: object) -> dict[str, Edit]:
    return {name: Edit(value) for name, value in values.items()}


def seen(store: SqlStore, cls: type, thing: Id, **values: object) -> dict[str, Edit]:
    """Edits over what the store shows now, as a form would make them."""
    fields = store.read(lambda r: r.fields(cls, thing))
    return {name: Edit(value, fields[name].heads) for name, value in values.items()}


def test_the_worker_is_chair_minutes_taker_and_contact_until_another_is_written(store, case):
    planned = store.write(lambda w: meetings.plan(w, case, {})).result
    found = store.read(lambda r: r.get(Meeting, planned))
    assert (found.chair, found.minutes_taker, found.contact_name) == ("Karen Prøve",) * 3
    other = store.write(lambda w: meetings.plan(w, case, {"chair": "Bo Bak"})).result
    assert store.read(lambda r: r.get(Meeting, other)).chair == "Bo Bak"


@pytest.mark.parametrize("end", [dt.time(10, 30), dt.time(9, 0)])
def test_a_meeting_that_ends_before_it_starts_is_refused_when_planned_and_when_moved(
    store, case, meeting, end
):
    backwards = TimeSpan(WHEN.day, WHEN.start, end)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: meetings.plan(w, case, {"when": backwards}))
    assert refused.value.field == "when"
    with pytest.raises(InvalidInput):
        store.write(lambda w: meetings.edit(w, meeting, edits(when=backwards)))
    assert store.read(lambda r: r.get(Meeting, meeting)).when == WHEN


@pytest.mark.parametrize(
    "name", ["place", "chair", "chair_function", "contact_name", "contact_phone", "minutes_taker"]
)
def test_no_short_field_of_a_meeting_takes_20000_characters(store, case, meeting, name):
    for write in (
        lambda w: meetings.plan(w, case, {name: "æ" * 20_000}),
        lambda w: meetings.edit(w, meeting, edits(**{name: "æ" * 20_000})),
    ):
        with pytest.raises(InvalidInput) as refused:
            store.write(write)
        assert refused.value.field == name
    assert len(store.read(lambda r: r.find(Meeting))) == 1


@pytest.mark.parametrize("name", ["purpose", "course", "summary"])
def test_a_long_text_of_a_meeting_is_kept_whole_tidied_and_has_an_end(store, meeting, name):
    store.write(lambda w: meetings.edit(w, meeting, edits(**{name: "  " + "å" * 20_000 + "\x00 "})))
    assert getattr(store.read(lambda r: meetings.view(r, meeting)).meeting, name) == "å" * 20_000
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: meetings.edit(w, meeting, edits(**{name: "å" * 20_001})))
    assert refused.value.field == name


def test_what_an_invitation_lacks_is_said_in_words(store, case):
    empty = store.write(lambda w: meetings.plan(w, case, {})).result
    view = store.read(lambda r: meetings.view(r, empty))
    assert view.missing == ("why you meet", "day and time", "the place", "at least one participant")


def test_the_child_itself_is_invited_once(store, case, meeting):
    first = store.write(lambda w: meetings.invite_child(w, meeting)).result
    again = store.write(lambda w: meetings.invite_child(w, meeting)).result
    assert first == again
    assert names(store, meeting) == ["Emma Holm"]
    view = store.read(lambda r: meetings.view(r, meeting))
    assert meetings.is_the_child(view.participants[0], view.case)


def test_a_child_not_born_yet_cannot_be_invited(store):
    unborn = register(store, "", unborn_of="Mia Prøve", term=dt.date(2027, 1, 1))
    planned = store.write(lambda w: meetings.plan(w, unborn, {})).result
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: meetings.invite_child(w, planned))
    assert refused.value.ways_out
    assert names(store, planned) == []


def test_a_person_is_invited_once_also_when_named_twice_at_once(store, case, meeting):
    mother = store.write(lambda w: people.add(w, case, {"name": "Mia Holm", "role": Role.MOTHER})).result
    store.write(lambda w: meetings.invite(w, meeting, [mother, mother]))
    store.write(lambda w: meetings.invite(w, meeting, [mother]))
    assert names(store, meeting) == ["Mia Holm"]


def test_a_person_of_another_case_is_not_invited(store, case, meeting):
    other = register(store, "Noah Prøve")
    stranger = store.write(lambda w: people.add(w, other, {"name": "Far", "role": Role.FATHER})).result
    assert store.write(lambda w: meetings.invite(w, meeting, [stranger])).result == []
    assert names(store, meeting) == []


@pytest.mark.parametrize(
    ("values", "audience"),
    [
        ({"role": Role.MOTHER}, Audience.PARENT),
        ({"role": Role.GRANDPARENT}, Audience.NETWORK),
        ({"role": Role.TEACHER}, Audience.PROFESSIONAL),
    ],
)
def test_a_letter_speaks_to_a_person_by_the_role(store, case, meeting, values, audience):
    person = store.write(lambda w: people.add(w, case, {"name": "Kim", **values})).result
    store.write(lambda w: meetings.invite(w, meeting, [person]))
    assert store.read(lambda r: meetings.view(r, meeting)).participants[0].audience is audience


def test_two_participants_of_one_name_are_both_kept(store, meeting):
    typed(store, meeting, "Lis Holm")
    typed(store, meeting, "Lis Holm")
    assert names(store, meeting) == ["Lis Holm", "Lis Holm"]


def test_somebody_typed_in_needs_a_name(store, meeting):
    for bad in ("  \n ", "\u200b", "Æ" * 20_000):
        with pytest.raises(InvalidInput):
            typed(store, meeting, bad)
    one = typed(store, meeting, "Nabo Lis")
    with pytest.raises(InvalidInput):
        store.write(lambda w: meetings.edit_participant(w, one, seen(store, Participant, one, name=" ")))
    assert names(store, meeting) == ["Nabo Lis"]


@pytest.mark.parametrize("audience", [Audience.CHILD, Audience.PARENT, Audience.NETWORK])
def test_the_number_is_refused_on_a_copy_to_family_or_network(store, meeting, audience):
    one = typed(store, meeting, "Kim", audience)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: meetings.edit_participant(w, one, edits(number_on_minutes=True)))
    assert refused.value.field == "number_on_minutes"


def test_an_authority_with_the_number_cannot_become_family_while_it_is_chosen(store, meeting):
    one = typed(store, meeting, "Kim", Audience.PROFESSIONAL)
    store.write(
        lambda w: meetings.edit_participant(w, one, seen(store, Participant, one, number_on_minutes=True))
    )
    change = seen(store, Participant, one, audience=Audience.NETWORK)
    with pytest.raises(InvalidInput):
        store.write(lambda w: meetings.edit_participant(w, one, change))
    both = seen(store, Participant, one, audience=Audience.NETWORK, number_on_minutes=False)
    store.write(lambda w: meetings.edit_participant(w, one, both))
    assert store.read(lambda r: r.get(Participant, one)).audience is Audience.NETWORK


@settings(max_examples=10)
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(-5, 5)), max_size=12))
def test_moving_participants_is_moving_them_in_a_list(tmp_path_factory, moves):
    store = founded(tmp_path_factory.mktemp("order"))
    try:
        case = register(store)
        meeting = store.write(lambda w: meetings.plan(w, case, {})).result
        ids = [typed(store, meeting, name) for name in "abcde"]
        expected = list("abcde")
        for index, by in moves:
            name = "abcde"[index]
            store.write(lambda w, i=index, b=by: meetings.move(w, ids[i], b))
            here = expected.index(name)
            expected.insert(max(0, min(here + by, 4)), expected.pop(here))
        assert names(store, meeting) == expected
    finally:
        store.close()


def test_participants_on_one_place_can_still_be_moved(store, meeting):
    ids = [typed(store, meeting, name) for name in "abc"]
    for one in ids:
        store.write(lambda w, one=one: _same_place(w, one))
    before = names(store, meeting)
    last = store.read(lambda r: meetings.view(r, meeting)).participants[-1].id
    store.write(lambda w: meetings.move(w, last, -1))
    assert names(store, meeting) == [before[0], before[2], before[1]]


def _same_place(writer, participant):
    writer.act("Change the order")
    writer.set(Participant, participant, "order", "0005", parents=None)


def test_who_was_not_said_to_stay_away_came(store, case):
    meeting = store.write(lambda w: meetings.plan(w, case, {"when": HELD})).result
    ids = {name: typed(store, meeting, name) for name in ("invited", "accepted", "declined", "absent")}
    for name, attendance in (
        ("accepted", Attendance.ACCEPTED),
        ("declined", Attendance.DECLINED),
        ("absent", Attendance.ABSENT),
    ):
        store.write(lambda w, n=name, a=attendance: meetings.set_attendance(w, ids[n], a))
    store.write(lambda w: meetings.hold(w, meeting))
    view = store.read(lambda r: meetings.view(r, meeting))
    assert view.meeting.state is MeetingState.HELD
    assert {p.name: p.attendance for p in view.participants} == {
        "invited": Attendance.CAME,
        "accepted": Attendance.CAME,
        "declined": Attendance.ABSENT,
        "absent": Attendance.ABSENT,
    }


def test_a_meeting_without_a_day_or_still_to_come_was_not_held(store, case, meeting):
    undated = store.write(lambda w: meetings.plan(w, case, {})).result
    for one in (undated, meeting):
        with pytest.raises(InvalidInput):
            store.write(lambda w, one=one: meetings.hold(w, one))
        assert store.read(lambda r, one=one: r.get(Meeting, one)).state is MeetingState.PLANNED


def test_a_meeting_called_off_can_be_planned_again(store, meeting):
    store.write(lambda w: meetings.call_off(w, meeting))
    assert store.read(lambda r: r.get(Meeting, meeting)).state is MeetingState.CALLED_OFF
    store.write(lambda w: meetings.plan_again(w, meeting))
    assert store.read(lambda r: r.get(Meeting, meeting)).state is MeetingState.PLANNED


def test_points_stand_in_their_column_in_the_order_they_were_written(store, meeting):
    for column, text in ((Column.WORRIES, "a"), (Column.WORKS, "b"), (Column.WORRIES, "c")):
        store.write(lambda w, c=column, t=text: meetings.add_point(w, meeting, c, t))
    points = store.read(lambda r: meetings.view(r, meeting)).points
    assert [p.text for p in points[Column.WORRIES]] == ["a", "c"]
    assert [p.text for p in points[Column.WORKS]] == ["b"]
    assert points[Column.WISHES] == ()


def test_a_point_of_twenty_thousand_characters_is_kept_whole_and_a_longer_one_refused(store, meeting):
    long = "Emma siger: å " * 1428 + "slut 123"
    assert len(long) == 20_000
    point = store.write(lambda w: meetings.add_point(w, meeting, Column.WORRIES, long)).result
    assert store.read(lambda r: r.get(MeetingPoint, point)).text == long
    with pytest.raises(InvalidInput):
        store.write(lambda w: meetings.add_point(w, meeting, Column.WORRIES, long + "!"))


def test_an_empty_point_is_not_written(store, meeting):
    with pytest.raises(InvalidInput):
        store.write(lambda w: meetings.add_point(w, meeting, Column.WORRIES, " \n"))


def test_an_emptied_point_is_taken_back_and_undo_brings_it(store, meeting):
    point = store.write(lambda w: meetings.add_point(w, meeting, Column.WORKS, "Mormor hjælper")).result
    store.write(lambda w: meetings.edit_point(w, point, seen(store, MeetingPoint, point, text="  ")))
    assert store.read(lambda r: meetings.view(r, meeting)).points[Column.WORKS] == ()
    store.write(history.undo)
    assert [p.text for p in store.read(lambda r: meetings.view(r, meeting)).points[Column.WORKS]] == [
        "Mormor hjælper"
    ]


def test_a_point_can_be_moved_to_another_column(store, meeting):
    point = store.write(lambda w: meetings.add_point(w, meeting, Column.WORKS, "Skolen")).result
    moved = seen(store, MeetingPoint, point, column=Column.WISHES)
    store.write(lambda w: meetings.edit_point(w, point, moved))
    assert [p.text for p in store.read(lambda r: meetings.view(r, meeting)).points[Column.WISHES]] == [
        "Skolen"
    ]


def test_an_agreement_says_what_who_and_when_and_is_taken_back_when_emptied(store, meeting):
    values = {"what": " Mor ringer ", "who": "Mia", "due": dt.date(2026, 12, 1)}
    one = store.write(lambda w: meetings.add_agreement(w, meeting, values)).result
    found = store.read(lambda r: r.get(Agreement, one))
    assert (found.what, found.who, found.due) == ("Mor ringer", "Mia", dt.date(2026, 12, 1))
    with pytest.raises(InvalidInput):
        store.write(lambda w: meetings.add_agreement(w, meeting, {"who": "Mia"}))
    store.write(lambda w: meetings.edit_agreement(w, one, seen(store, Agreement, one, what="")))
    assert store.read(lambda r: meetings.view(r, meeting)).agreements == ()


def test_planned_meetings_come_first_then_the_past_from_the_latest(store, case):
    def plan(day: int, state: MeetingState = MeetingState.PLANNED) -> Id:
        when = TimeSpan(dt.date(2026, 11, day), dt.time(9), dt.time(10))
        return store.write(lambda w: meetings.plan(w, case, {"when": when, "state": state})).result

    late, soon = plan(28), plan(23)
    forgotten, held = plan(10), plan(15, MeetingState.HELD)
    undated = store.write(lambda w: meetings.plan(w, case, {})).result
    rows = store.read(meetings.all_meetings)
    assert [row.meeting.id for row in rows] == [undated, soon, late, held, forgotten]


def test_a_meeting_opens_with_the_heads_that_its_editors_hand_back(store, meeting):
    one = typed(store, meeting, "Kim")
    point = store.write(lambda w: meetings.add_point(w, meeting, Column.WORKS, "Godt")).result
    opened = store.read(lambda r: meetings.opened(r, meeting))
    assert set(opened.fields) == {meeting, one, point}
    assert opened.fields[point]["text"].value == "Godt"
    assert opened.fields[point]["text"].heads
    assert opened.view.participants[0].id == one
