"""Agreements from everywhere as one: open, postponed, settled, old; by person, for the next meeting."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.agreement import Agreement, AgreementMove, AgreementSource, UnannouncedVisits
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.meeting import MeetingKind, TimeSpan
from caseworker_app.domain.network_map import NetworkTask, Voice
from caseworker_app.domain.person import Custody, Role
from caseworker_app.domain.visit import VisitAgreement, VisitKind
from caseworker_app.services import (
    agreements,
    cases,
    history,
    map_meetings,
    map_people,
    meeting_lines,
    meetings,
    network_maps,
    people,
    tasks,
    unannounced,
    visits,
)
from caseworker_app.services.agreed import Kept, Myself
from caseworker_app.services.forms import Edit
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store)


def do(store, fn):
    return store.write(fn).result


def on(days, start=10):
    return TimeSpan(TODAY + days * DAY, dt.time(start), dt.time(start + 1))


def held(store, case, days, agreed=(), kind=MeetingKind.NETWORK):
    """Hold a meeting some days from today with what was agreed there; return its id."""
    meeting = do(store, lambda w: meetings.plan(w, case, {"when": on(days), "kind": kind.value}))
    for values in agreed:
        do(store, lambda w, values=values: meeting_lines.add_agreement(w, meeting, values))
    do(store, lambda w: meetings.hold(w, meeting))
    return meeting


def agree(store, case, **values):
    return do(store, lambda w: agreements.agree(w, case, {"what": "Ringe til skolen", **values}))


def of_case(store, case, **kw):
    return store.read(lambda r: tasks.of_case(r, case, **kw))


def edits(store, cls, entity, **values):
    shown = store.read(lambda r: r.fields(cls, entity))
    return {name: Edit(value, shown[name].heads) for name, value in values.items()}


def person(store, case, **values):
    return do(store, lambda w: people.add(w, case, values))


# one view


def test_what_is_agreed_at_a_meeting_on_a_visit_at_the_map_and_on_the_telephone_stands_in_one_list(
    store, emma
):
    held(store, emma, -5, [{"what": "Mor ringer til skolen", "who": "Mor", "due": TODAY - DAY}])
    visit = do(store, lambda w: visits.plan(w, emma, {"kind": VisitKind.HOME, "when": on(-3)}))
    do(
        store,
        lambda w: visits.add_agreement(w, visit, {"what": "Far køber seng", "who": "Far", "due": TODAY}),
    )
    drawn = do(store, lambda w: network_maps.begin(w, emma, Voice.MOTHER))
    lis = do(store, lambda w: map_people.add_person(w, drawn, "Lis"))
    do(store, lambda w: map_meetings.add_task(w, lis, "Henter i SFO", TODAY + DAY))
    agree(store, emma, who="Karen", source_type=AgreementSource.TELEPHONE)
    found = of_case(store, emma)
    assert [(one.source, one.what, one.who, one.mine) for one in found] == [
        (AgreementSource.MEETING, "Mor ringer til skolen", "Mor", False),
        (AgreementSource.VISIT, "Far køber seng", "Far", False),
        (AgreementSource.MAP, "Henter i SFO", "Lis", False),
        (AgreementSource.TELEPHONE, "Ringe til skolen", "Karen", True),
    ]
    assert found[0].agreed_on == TODAY - 5 * DAY
    assert [one.late(TODAY) for one in found] == [True, False, False, False]


@pytest.mark.parametrize("kept", list(Kept))
def test_each_kind_is_settled_reopened_dropped_and_undone_the_same_way(store, emma, kept):
    visit = do(store, lambda w: visits.plan(w, emma, {"kind": VisitKind.HOME, "when": on(-3)}))
    drawn = do(store, lambda w: network_maps.begin(w, emma, Voice.MOTHER))
    lis = do(store, lambda w: map_people.add_person(w, drawn, "Lis"))
    made = {
        Kept.AGREEMENT: lambda: agree(store, emma),
        Kept.VISIT: lambda: do(store, lambda w: visits.add_agreement(w, visit, {"what": "Seng"})),
        Kept.TASK: lambda: do(store, lambda w: map_meetings.add_task(w, lis, "Henter")),
    }[kept]()

    def now():
        return store.read(lambda r: tasks.one_of(r, kept, made))

    do(store, lambda w: agreements.settle(w, kept, made, TODAY, "Det gik godt."))
    assert (now().open, now().done_on, now().went) == (False, TODAY, "Det gik godt.")
    store.write(history.undo)
    assert now().open
    do(store, lambda w: agreements.drop(w, kept, made, "Familien er flyttet."))
    assert (now().dropped, now().went) == (True, "Familien er flyttet.")
    do(store, lambda w: agreements.reopen(w, kept, made))
    assert (now().open, now().dropped) == (True, False)
    do(store, lambda w: agreements.postpone(w, kept, made, TODAY + 7 * DAY, "Mor var syg"))
    assert (now().due, now().moved, now().moved_why) == (TODAY + 7 * DAY, 1, "Mor var syg")
    store.write(history.undo)
    assert (now().due, now().moved) == (None, 0)


def test_what_an_earlier_version_wrote_is_read_with_the_new_fields_empty(store, emma):
    stream = store.read(lambda r: r.get(Case, emma)).stream

    def as_before(writer):
        writer.act("Write an agreement")
        writer.create(VisitAgreement(id=writer.new_id(), stream=stream, what="Seng", who="Far"))
        writer.create(Agreement(id=writer.new_id(), stream=stream, what="Cykel", who="Mor", due=TODAY))
        writer.create(NetworkTask(id=writer.new_id(), stream=stream, what="Henter"))

    do(store, as_before)
    store.rebuild()
    assert {one.what: (one.who, one.reason, one.went, one.dropped) for one in of_case(store, emma)} == {
        "Cykel": ("Mor", "", "", False), "Seng": ("Far", "", "", False), "Henter": ("", "", "", False),
    }  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 4000))
def test_nothing_that_is_open_is_ever_left_out_however_long_ago(days):
    from caseworker_app.services.agreed import OLD, Agreed

    one = Agreed(
        Kept.AGREEMENT, b"1" * 16, b"2" * 16, AgreementSource.OTHER, None, "x", due=TODAY - days * DAY
    )
    assert one.open
    assert one.old(TODAY) is (days * DAY > OLD)
    assert one.late(TODAY) is (days > 0)


def test_what_was_agreed_years_ago_stays_in_the_list_of_the_caseload(store, emma):
    held(store, emma, -900, [{"what": "Mor søger fripladser", "due": TODAY - 850 * DAY}])
    (row,) = store.read(tasks.open_of)
    assert (row.case.id, row.agreed.old(TODAY)) == (emma, True)


def test_a_closed_case_is_not_in_the_list_of_the_caseload_but_keeps_its_own(store, emma):
    agree(store, emma)
    do(store, lambda w: cases.close(w, emma, TODAY, "Flyttet"))
    assert store.read(tasks.open_of) == ()
    assert len(of_case(store, emma)) == 1


def test_what_is_taken_back_is_in_no_list(store, emma):
    made = agree(store, emma)
    do(store, lambda w: agreements.remove(w, Kept.AGREEMENT, made))
    assert of_case(store, emma, settled=True) == ()
    store.write(history.undo)
    assert len(of_case(store, emma)) == 1


def test_what_was_settled_is_listed_latest_first_and_not_further_back_than_half_a_year(store, emma):
    for days in (1, 30, 400):
        made = agree(store, emma, what=f"For {days} dage siden", agreed_on=TODAY - 500 * DAY)
        do(
            store,
            lambda w, made=made, days=days: agreements.settle(w, Kept.AGREEMENT, made, TODAY - days * DAY),
        )
    rows = store.read(tasks.settled_of)
    assert [row.agreed.what for row in rows] == ["For 1 dage siden", "For 30 dage siden"]
    assert len(of_case(store, emma, settled=True)) == 3


# whose it is


@pytest.mark.parametrize(
    "who", ["Karen", "karen prøve", "Mor og Karen", "jeg", "Rådgiver", "Far, rådgiveren", "mor/Karen"]
)
def test_the_worker_is_meant_by_her_name_her_first_name_and_her_function(store, who):
    from caseworker_app.services.agreed import myself

    assert store.read(myself).does(who)


@pytest.mark.parametrize("who", ["", "Karens mor", "Mor", "Skolerådgiver", "Ikaren"])
def test_others_are_not_taken_for_the_worker(store, who):
    from caseworker_app.services.agreed import myself

    assert not store.read(myself).does(who)


def test_a_mother_with_the_workers_first_name_is_not_the_worker(store, emma):
    mother = person(store, emma, name="Karen", role=Role.MOTHER)
    agree(store, emma, who="Karen")
    (one,) = of_case(store, emma)
    assert (one.person, one.mine) == (mother, False)


def test_another_author_named_as_the_one_who_does_it_is_not_me():
    assert not Myself(b"1" * 16, frozenset({"karen"})).does("Karen", b"2" * 16)


def test_free_words_that_name_one_person_of_the_case_lead_to_her_card(store, emma):
    gran = person(store, emma, name="Lis Holm", role=Role.GRANDPARENT, role_words="mormor")
    agree(store, emma, who="lis holm")
    agree(store, emma, who="Mormor")
    agree(store, emma, who="Skolens leder")
    assert len(store.read(lambda r: tasks.of_person(r, gran))) == 2


def test_two_people_of_one_name_are_told_apart_by_what_they_are_to_the_child(store, emma):
    one = person(store, emma, name="Anna Holm", role=Role.GRANDPARENT, role_words="farmor")
    two = person(store, emma, name="Anna Holm", role=Role.TEACHER)
    words = dict(store.read(lambda r: agreements.offered(r, emma)))
    assert words["Anna Holm (farmor)"] == one
    (teacher,) = [word for word, card in words.items() if card == two]
    agree(store, emma, who="Anna Holm")
    agree(store, emma, who=teacher)
    assert {found.who: found.person for found in of_case(store, emma)} == {"Anna Holm": None, teacher: two}


def test_a_changed_who_takes_the_card_with_it(store, emma):
    gran = person(store, emma, name="Lis Holm", role=Role.GRANDPARENT)
    made = agree(store, emma, who="Lis Holm")
    do(store, lambda w: agreements.edit(w, Kept.AGREEMENT, made, edits(store, Agreement, made, who="Skolen")))
    (one,) = of_case(store, emma)
    assert (one.who, one.person) == ("Skolen", None)
    assert store.read(lambda r: tasks.of_person(r, gran)) == ()


# bad input


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("what", {"what": "  "}),
        ("what", {"what": "x" * 20_001}),
        ("what", {"what": "Ring om 010162-1234"}),
        ("who", {"who": "x" * 500}),
        ("agreed_on", {"agreed_on": TODAY + DAY}),
        ("due", {"agreed_on": TODAY, "due": TODAY - DAY}),
        ("due", {"due": TODAY + 5000 * DAY}),
        ("source", {"source_type": AgreementSource.ENTRY, "source": b"0" * 16}),
        ("source", {"source_type": AgreementSource.FOLLOW_UP}),
        ("who", {"person": b"0" * 16}),
    ],
)
def test_what_cannot_be_agreed_is_refused_at_its_field_and_nothing_is_written(store, emma, field, values):
    with pytest.raises(InvalidInput) as refused:
        agree(store, emma, **values)
    assert refused.value.field == field
    assert store.read(lambda r: r.count(Agreement)) == 0


def test_a_person_of_another_case_is_not_taken(store, emma):
    other = register(store, "Noah Prøve")
    stranger = person(store, other, name="Per")
    with pytest.raises(InvalidInput):
        agree(store, emma, person=stranger)


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (None, "Syg"), (TODAY - DAY, "Syg"), (TODAY + 3 * DAY, "Syg"), (TODAY + 9 * DAY, " "),
        (TODAY + 9000 * DAY, "Syg"), (TODAY + 9 * DAY, "010162-1234 er syg"),
    ],
)  # fmt: skip
def test_nothing_is_postponed_without_a_later_day_and_a_reason(store, emma, until, why):
    made = agree(store, emma, due=TODAY + 3 * DAY)
    with pytest.raises(InvalidInput):
        do(store, lambda w: agreements.postpone(w, Kept.AGREEMENT, made, until, why))
    assert store.read(lambda r: r.count(AgreementMove)) == 0
    assert of_case(store, emma)[0].due == TODAY + 3 * DAY


def test_what_is_settled_is_not_postponed(store, emma):
    made = agree(store, emma)
    do(store, lambda w: agreements.settle(w, Kept.AGREEMENT, made))
    with pytest.raises(UserError):
        do(store, lambda w: agreements.postpone(w, Kept.AGREEMENT, made, TODAY + DAY, "Syg"))


def test_an_overdue_one_keeps_the_day_it_first_had(store, emma):
    made = agree(store, emma, due=TODAY - 9 * DAY, agreed_on=TODAY - 20 * DAY)
    for days in (3, 10):
        do(
            store,
            lambda w, days=days: agreements.postpone(w, Kept.AGREEMENT, made, TODAY + days * DAY, "Syg"),
        )
    (one,) = of_case(store, emma)
    assert (one.first_due, one.due, one.moved) == (TODAY - 9 * DAY, TODAY + 10 * DAY, 2)


def test_nothing_is_done_on_a_day_to_come_or_before_it_was_agreed(store, emma):
    made = agree(store, emma, agreed_on=TODAY - 2 * DAY)
    for day in (TODAY + DAY, TODAY - 3 * DAY):
        with pytest.raises(InvalidInput):
            do(store, lambda w, day=day: agreements.settle(w, Kept.AGREEMENT, made, day))


def test_it_does_not_fall_away_without_a_reason(store, emma):
    made = agree(store, emma)
    with pytest.raises(InvalidInput):
        do(store, lambda w: agreements.drop(w, Kept.AGREEMENT, made, "  "))


def test_two_who_change_different_things_of_one_agreement_both_get_theirs(store, emma):
    made = agree(store, emma)
    first = edits(store, Agreement, made, what="Ringe til klasselæreren")
    second = edits(store, Agreement, made, due=TODAY + DAY)
    do(store, lambda w: agreements.edit(w, Kept.AGREEMENT, made, first))
    do(store, lambda w: agreements.edit(w, Kept.AGREEMENT, made, second))
    (one,) = of_case(store, emma)
    assert (one.what, one.due) == ("Ringe til klasselæreren", TODAY + DAY)


# the next meeting


def test_the_next_meeting_opens_with_what_was_agreed_and_how_it_went(store, emma):
    first = held(store, emma, -60, [{"what": "Gammel", "who": "Far"}])
    last = held(store, emma, -20, [{"what": "Mor ringer"}, {"what": "Far henter", "due": TODAY - DAY}])
    (rings,) = [one for one in of_case(store, emma) if one.what == "Mor ringer"]
    do(store, lambda w: agreements.settle(w, Kept.AGREEMENT, rings.id, TODAY - 2 * DAY, "Skolen var glad"))
    coming = do(store, lambda w: meetings.plan(w, emma, {"when": on(5)}))
    do(store, lambda w: meeting_lines.add_agreement(w, coming, {"what": "Ny"}))
    found = store.read(lambda r: tasks.since_last(r, emma, coming))
    assert found.previous.id == last
    assert [(one.what, one.open, one.went) for one in found.agreed] == [
        ("Mor ringer", False, "Skolen var glad"), ("Far henter", True, ""),
    ]  # fmt: skip
    assert [(one.what, one.source_id) for one in found.others] == [("Gammel", first)]
    assert [one.what for one in found.still_open] == ["Far henter", "Gammel"]


def test_a_meeting_called_off_or_without_agreements_is_not_the_one_before(store, emma):
    kept = held(store, emma, -40, [{"what": "Mor ringer"}])
    held(store, emma, -10)
    off = do(store, lambda w: meetings.plan(w, emma, {"when": on(-5)}))
    do(store, lambda w: meetings.call_off(w, off))
    assert store.read(lambda r: tasks.since_last(r, emma)).previous.id == kept


def test_the_first_meeting_of_a_case_opens_with_nothing(store, emma):
    coming = do(store, lambda w: meetings.plan(w, emma, {"when": on(5)}))
    found = store.read(lambda r: tasks.since_last(r, emma, coming))
    assert (found.previous, found.agreed, found.others) == (None, (), ())


# what the family may see


def test_what_was_agreed_without_the_family_is_not_shared_unless_somebody_says_that_they_know(store, emma):
    held(store, emma, -5, [{"what": "Med familien"}])
    held(store, emma, -4, [{"what": "Uden familien"}], kind=MeetingKind.INTERNAL)
    agree(store, emma, what="Telefon")
    agree(store, emma, what="Telefon, og de ved det", family_knows=True)
    drawn = do(store, lambda w: network_maps.begin(w, emma, Voice.CHILD))
    bo = do(store, lambda w: map_people.add_person(w, drawn, "Dumme Bo"))
    do(store, lambda w: map_meetings.add_task(w, bo, "På barnets eget kort"))
    shared = {one.what for one in of_case(store, emma) if one.shared}
    assert shared == {"Med familien", "Telefon, og de ved det"}


# unannounced visits

GOOD = {
    "who": "Karen Prøve", "how_often": "Højst to gange om måneden", "until": TODAY + 90 * DAY,
    "consent_by": "Mette Prøve",
}  # fmt: skip


def test_an_agreement_about_unannounced_visits_says_who_how_often_until_when_and_who_said_yes(store, emma):
    person(store, emma, name="Mette Prøve", role=Role.MOTHER, custody=Custody.SHARED)
    person(store, emma, name="Jens Prøve", role=Role.FATHER, custody=Custody.SHARED)
    made = do(store, lambda w: unannounced.agree(w, emma, GOOD))
    stream = store.read(lambda r: r.get(Case, emma)).stream
    (one,) = store.read(lambda r: unannounced.standing(r, stream))
    assert "Højst to gange om måneden" in unannounced.words(one)
    assert store.read(lambda r: unannounced.not_asked(r, one)) == ("Jens Prøve",)
    do(store, lambda w: unannounced.take_back(w, made))
    assert store.read(lambda r: unannounced.standing(r, stream)) == ()
    assert store.read(lambda r: unannounced.on_paper(r, stream)) == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("who", {"who": " "}),
        ("how_often", {"how_often": ""}),
        ("consent_by", {"consent_by": ""}),
        ("until", {"until": None}),
        ("until", {"until": TODAY - DAY}),
        ("until", {"until": TODAY + 400 * DAY}),
        ("agreed_on", {"agreed_on": TODAY + DAY}),
        ("agreed_on", {"agreed_on": None}),
    ],
)
def test_nobody_comes_unannounced_without_a_whole_agreement(store, emma, field, values):
    with pytest.raises(InvalidInput) as refused:
        do(store, lambda w: unannounced.agree(w, emma, {**GOOD, **values}))
    assert refused.value.field == field
    assert store.read(lambda r: r.count(UnannouncedVisits)) == 0


def test_an_agreement_that_has_run_out_stands_no_longer_and_is_still_listed(store, emma):
    values = {**GOOD, "agreed_on": TODAY - 90 * DAY, "until": TODAY - DAY}
    do(store, lambda w: unannounced.agree(w, emma, values))
    stream = store.read(lambda r: r.get(Case, emma)).stream
    assert store.read(lambda r: unannounced.standing(r, stream)) == ()
    assert len(store.read(lambda r: unannounced.of_stream(r, stream))) == 1
