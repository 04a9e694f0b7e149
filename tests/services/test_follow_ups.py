"""Holding follow-ups: one act with talk, goals and note; nothing late goes away; exceptions, rhythm, hearing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import (
    Answer,
    ChildTalk,
    DeadlineMark,
    FollowUp,
    FollowUpException,
    Rhythm,
    TalkState,
    Way,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.plan import Goal, GoalStatus, MarkSource, Plan, ProgressMark
from caseworker_app.services import (
    caseload_deadlines,
    follow_up_pages,
    follow_up_terms,
    follow_ups,
    goals,
    history,
    interventions,
    journal,
    plans,
    settling,
    taking_back,
)
from caseworker_app.services.deadline import Work
from caseworker_app.services.follow_ups import Held, Review, Talk
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.casework import TODAY, begin, book, days, due_of, held
from tests.helpers.stores import founded, register
from tests.services.test_plans import SMART

START = dt.date(2026, 9, 1)
FIRST, SECOND = dt.date(2026, 9, 15), dt.date(2026, 10, 27)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2))


@pytest.fixture
def foster(store: SqlStore, case: Id) -> Id:
    return begin(store, case, "foster_general", START)


def refused(store: SqlStore, what: Held) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        store.write(lambda w: follow_ups.hold(w, book(), what))
    return caught.value


def edits(store: SqlStore, cls: type, thing: Id, **values: object) -> dict[str, Edit]:
    fields = store.read(lambda r: r.fields(cls, thing))
    return {name: Edit(value, fields[name].heads) for name, value in values.items()}


# --- One act -------------------------------------------------------------------------------------------------


def test_a_follow_up_talk_goals_and_note_are_written_in_one_act_and_undone_in_one(store, case, foster):
    plan = store.write(lambda w: plans.begin(w, case)).result
    goal = store.write(lambda w: goals.add(w, plan, SMART)).result
    store.write(lambda w: goals.set_status(w, goal, GoalStatus.ACTIVE))
    what = Held(
        foster,
        dt.date(2026, 9, 14),
        FIRST,
        way=Way.VISIT,
        place="Hedegårdsvej 88",
        participants=("Felix", "Hanne Lauritsen"),
        new_goals=Answer.NO,
        new_goals_reason="Målene holder",
        next_on=dt.date(2026, 10, 26),
        talk=Talk(child_words="Jeg vil gerne blive her.", assessment="Falder til.", alone=True),
        reviews=(Review(goal, 7, "Kommer hver dag", MarkSource.SCHOOL, GoalStatus.REACHED),),
    )
    outcome = store.write(lambda w: follow_ups.hold(w, book(), what))
    view = store.read(lambda r: follow_up_pages.view(r, outcome.result))
    assert view.follow_up.rule == "local:foster"
    assert (view.follow_up.held_on, view.follow_up.written_on) == (dt.date(2026, 9, 14), TODAY)
    (talk,) = view.talks
    assert (talk.child_words, talk.alone, talk.held_on) == (
        "Jeg vil gerne blive her.",
        True,
        dt.date(2026, 9, 14),
    )
    ((reviewed, mark),) = view.marks
    assert (reviewed.status, mark.value, mark.source) == (GoalStatus.REACHED, 7, MarkSource.SCHOOL)
    (entry,) = store.read(lambda r: journal.entries_from(r, talk.id))
    assert entry.heading == "Børnesamtale"
    assert entry.text.startswith("Barnets egne ord:\nJeg vil gerne blive her.")
    assert "Rådgiverens vurdering:\nFalder til." in entry.text
    assert not entry.signed
    acts = store.read(lambda r: r.acts(limit=1))
    assert acts[0].act_id == outcome.act_id
    store.write(history.undo)
    for cls in (FollowUp, ChildTalk, ProgressMark, Entry):
        assert store.read(lambda r, cls=cls: r.find(cls)) == []
    assert store.read(lambda r: goals.known(r, goal)).status is GoalStatus.ACTIVE


def test_held_on_and_written_on_are_two_days(store, foster):
    made = held(store, foster, dt.date(2026, 9, 15), FIRST, written_on=dt.date(2026, 9, 18))
    found = store.read(lambda r: follow_up_pages.known(r, made))
    assert (found.held_on.day, found.written_on.day) == (15, 18)
    assert (
        refused(store, Held(foster, dt.date(2026, 10, 20), SECOND, written_on=dt.date(2026, 10, 19))).field
        == "written_on"
    )


@pytest.mark.parametrize(
    ("on", "field"), [(dt.date(2026, 8, 31), "held_on"), (dt.date(2026, 11, 22), "held_on")]
)
def test_a_follow_up_before_the_start_or_in_the_future_is_refused(store, foster, on, field):
    assert refused(store, Held(foster, on, FIRST, talk=Talk())).field == field


def test_what_has_no_start_cannot_be_followed_up(store, case):
    made = begin(store, case, "foster_general")
    assert refused(store, Held(made, TODAY, talk=Talk())).field == "held_on"


def test_the_next_follow_up_agreed_lies_after_this_one(store, foster):
    assert refused(store, Held(foster, FIRST, FIRST, talk=Talk(), next_on=FIRST)).field == "next_on"


def test_a_decision_on_new_goals_has_its_reason(store, foster):
    what = Held(foster, FIRST, FIRST, talk=Talk(), new_goals=Answer.YES)
    assert refused(store, what).field == "new_goals_reason"


def test_a_goal_of_another_child_is_not_reviewed_here(store, foster):
    other = register(store, "Liva Krogh")
    plan = store.write(lambda w: plans.begin(w, other)).result
    goal = store.write(lambda w: goals.add(w, plan, {"text": "Et mål"})).result
    with pytest.raises(KeyError):
        held(store, foster, FIRST, FIRST, reviews=(Review(goal, 3),))


# --- The talk ------------------------------------------------------------------------------------------------


def test_a_due_follow_up_says_what_became_of_the_talk(store, foster):
    assert refused(store, Held(foster, FIRST, FIRST)).field == "talk"


def test_a_talk_that_was_not_held_has_its_reason_and_becomes_a_note_too(store, foster):
    assert refused(store, Held(foster, FIRST, FIRST, talk=Talk(TalkState.NOT_HELD))).field == "reason"
    made = held(store, foster, FIRST, FIRST, talk=Talk(TalkState.NOT_HELD, reason="Felix sov."))
    (talk,) = store.read(lambda r: follow_up_pages.view(r, made)).talks
    assert talk.held_on is None
    (entry,) = store.read(lambda r: journal.entries_from(r, talk.id))
    assert (entry.heading, entry.text, entry.held_on) == ("Børnesamtale", "Ikke afholdt:\nFelix sov.", FIRST)


def test_no_talk_is_asked_for_before_the_child_is_born(store):
    unborn = register(store, "", unborn_of="Lise Dam", term=dt.date(2027, 1, 10))
    made = begin(store, unborn, "family_treatment", START)
    what = Held(made, dt.date(2026, 9, 28), dt.date(2026, 9, 29))
    store.write(lambda w: follow_ups.hold(w, book(), what))


def test_the_note_follows_the_talk_until_it_is_signed(store, foster):
    made = held(store, foster, FIRST, FIRST)
    (talk,) = store.read(lambda r: follow_up_pages.view(r, made)).talks
    store.write(
        lambda w: follow_up_pages.edit_talk(
            w, book(), talk.id, edits(store, ChildTalk, talk.id, child_words="Nej.")
        )
    )
    (entry,) = store.read(lambda r: journal.entries_from(r, talk.id))
    assert entry.text.startswith("Barnets egne ord:\nNej.")
    store.write(lambda w: journal.sign(w, entry.id))
    store.write(
        lambda w: follow_up_pages.edit_talk(
            w, book(), talk.id, edits(store, ChildTalk, talk.id, child_words="Jo.")
        )
    )
    (entry,) = store.read(lambda r: journal.entries_from(r, talk.id))
    assert entry.text.startswith("Barnets egne ord:\nNej.")


def test_a_talk_changed_to_not_held_asks_for_the_reason(store, foster):
    made = held(store, foster, FIRST, FIRST)
    (talk,) = store.read(lambda r: follow_up_pages.view(r, made)).talks
    changed = edits(store, ChildTalk, talk.id, state=TalkState.NOT_HELD)
    with pytest.raises(InvalidInput):
        store.write(lambda w: follow_up_pages.edit_talk(w, book(), talk.id, changed))


def test_signing_is_not_undone(store, foster):
    made = held(store, foster, FIRST, FIRST)
    (talk,) = store.read(lambda r: follow_up_pages.view(r, made)).talks
    (entry,) = store.read(lambda r: journal.entries_from(r, talk.id))
    assert [e.id for e in store.read(journal.unsigned)] == [entry.id]
    store.write(lambda w: journal.sign(w, entry.id))
    assert store.read(journal.unsigned) == []
    store.write(history.undo)
    assert store.read(lambda r: r.get(Entry, entry.id)).signed


# --- What it settles -----------------------------------------------------------------------------------------


def test_late_follow_ups_stay_and_can_still_be_held(store, case, foster):
    assert days(due_of(store, case))[:2] == [FIRST, SECOND]
    held(store, foster, dt.date(2026, 11, 10), FIRST)
    assert days(due_of(store, case))[0] == dt.date(2026, 12, 22)


def test_a_later_date_is_settled_only_when_the_earlier_ones_are_let_go_with_a_reason(store, case, foster):
    on = dt.date(2026, 10, 27)
    error = refused(store, Held(foster, on, SECOND, talk=Talk()))
    assert (error.field, error.values["days"]) == ("skipped", (FIRST,))
    held(store, foster, on, SECOND, skipped="Felix var på sygehuset.")
    waived = [f for f in store.read(lambda r: follow_up_pages.of_intervention(r, foster)) if f.waiver]
    assert [(f.due, f.waiver.reason, f.waiver.by) for f in waived] == [
        (FIRST, "Felix var på sygehuset.", "Karen Prøve")
    ]
    assert days(due_of(store, case))[0] == on + dt.timedelta(weeks=6)


def test_a_date_is_settled_once(store, foster):
    held(store, foster, FIRST, FIRST)
    assert refused(store, Held(foster, FIRST, FIRST, talk=Talk())).field == "due"


def test_a_day_on_which_nothing_is_due_settles_nothing(store, foster):
    error = refused(store, Held(foster, FIRST, dt.date(2026, 9, 16), talk=Talk()))
    assert (error.field, error.message) == ("due", "Nothing is due on that day.")


def test_a_contact_settles_no_date_and_may_be_had_in_any_way(store, case, foster):
    before = days(due_of(store, case))
    held(store, foster, dt.date(2026, 9, 20), None, way=Way.PHONE)
    assert days(due_of(store, case)) == before


def test_a_follow_up_can_be_held_after_the_end_of_the_intervention(store, case, foster):
    store.write(lambda w: interventions.end(w, foster, dt.date(2026, 10, 1), interventions.EndReason.PLANNED))
    assert days(due_of(store, case)) == [FIRST]
    held(store, foster, dt.date(2026, 11, 1), FIRST)
    assert days(due_of(store, case)) == []


def test_a_follow_up_taken_back_opens_its_date_again(store, case, foster):
    made = held(store, foster, FIRST, FIRST)
    store.write(lambda w: taking_back.take_back(w, made))
    assert days(due_of(store, case))[0] == FIRST
    assert store.read(lambda r: r.find(Entry)) == []
    held(store, foster, FIRST, FIRST)


def reviewed(store, case, foster, status, *, before=GoalStatus.ACTIVE, due=FIRST, **values):
    """Hold a follow-up at which a goal is given a standing; return the goal and the follow-up."""
    plan = store.write(lambda w: plans.begin(w, case)).result
    goal = store.write(lambda w: goals.add(w, plan, SMART)).result
    if before is not GoalStatus.DRAFT:
        store.write(lambda w: goals.set_status(w, goal, before))
    review = Review(goal, value=8, status=status)
    return goal, held(store, foster, due, due, reviews=(review,), **values)


@pytest.mark.parametrize(
    ("before", "status"),
    [
        (GoalStatus.ACTIVE, GoalStatus.REACHED),
        (GoalStatus.DRAFT, GoalStatus.ACTIVE),
        (GoalStatus.DRAFT, GoalStatus.GIVEN_UP),
        (GoalStatus.REACHED, GoalStatus.ACTIVE),
    ],
)
def test_a_follow_up_taken_back_leaves_its_goals_as_they_stood_before_it(store, case, foster, before, status):
    goal, made = reviewed(store, case, foster, status, before=before)
    stood = store.read(lambda r: r.get(Plan, r.get(Goal, goal).plan)).id
    back = store.write(lambda w: taking_back.take_back(w, made)).result
    assert ([one.id for one in back.goals], back.kept) == ([goal], ())
    now = store.read(lambda r: r.get(Goal, goal))
    assert (now.status, now.ended_on is None) == (before, before is not GoalStatus.REACHED)
    (shown,) = store.read(lambda r: goals.goals_of(r, stood))
    assert shown.marks == ()
    store.write(history.undo)
    assert store.read(lambda r: r.get(Goal, goal)).status is status
    assert not store.read(lambda r: r.get(FollowUp, made)).cancelled


def test_a_goal_changed_since_the_follow_up_stays_when_that_is_taken_back(store, case, foster):
    goal, made = reviewed(store, case, foster, GoalStatus.REACHED)
    store.write(lambda w: goals.set_status(w, goal, GoalStatus.GIVEN_UP))
    back = store.write(lambda w: taking_back.take_back(w, made)).result
    assert (back.goals, [one.id for one in back.kept]) == ((), [goal])
    now = store.read(lambda r: r.get(Goal, goal))
    assert (now.status, now.ended_on) == (GoalStatus.GIVEN_UP, TODAY)


def test_a_follow_up_undone_and_done_again_still_knows_what_it_set(store, case, foster):
    goal, made = reviewed(store, case, foster, GoalStatus.REACHED)
    store.write(history.undo)
    store.write(history.redo)
    assert store.read(lambda r: r.get(Goal, goal)).status is GoalStatus.REACHED
    store.write(lambda w: taking_back.take_back(w, made))
    assert store.read(lambda r: r.get(Goal, goal)).status is GoalStatus.ACTIVE


def test_earlier_dates_let_go_with_a_follow_up_are_open_again_when_it_is_taken_back(store, case, foster):
    made = held(store, foster, SECOND, SECOND, skipped="Sygdom hos plejemor")
    assert days(due_of(store, case))[0] > SECOND
    back = store.write(lambda w: taking_back.take_back(w, made)).result
    assert [one.due for one in back.waived] == [FIRST]
    assert days(due_of(store, case))[:2] == [FIRST, SECOND]
    store.write(history.undo)
    assert days(due_of(store, case))[0] > SECOND


def test_a_date_waived_on_its_own_stays_waived_when_a_later_follow_up_is_taken_back(store, case, foster):
    key = next(one.key for one in due_of(store, case).open if one.due == FIRST and not one.law)
    store.write(lambda w: settling.waive(w, book(), foster, key, FIRST, "Aflyst af familien"))
    made = held(store, foster, SECOND, SECOND)
    assert store.write(lambda w: taking_back.take_back(w, made)).result.waived == ()
    assert days(due_of(store, case))[0] == SECOND


# --- A talk written afterwards -------------------------------------------------------------------------------


def contact(store, foster):
    what = Held(foster, FIRST, None, way=Way.VISIT, participants=("Felix", "Hanne Lauritsen"))
    return store.write(lambda w: follow_ups.hold(w, book(), what)).result


def test_a_talk_is_written_after_the_follow_up_and_becomes_the_note(store, foster):
    made = contact(store, foster)
    said = {"child_words": "Jeg vil gerne hjem i weekenden", "assessment": "Rolig"}
    talk = store.write(lambda w: follow_up_pages.add_talk(w, book(), made, said)).result
    shown = store.read(lambda r: follow_up_pages.view(r, made))
    (one,) = shown.talks
    assert (one.id, one.held_on, one.written_on, one.way) == (talk, FIRST, TODAY, Way.VISIT)
    assert one.participants == ("Felix", "Hanne Lauritsen")
    (entry,) = store.read(lambda r: r.find(Entry))
    assert (entry.heading, entry.source, entry.held_on) == ("Børnesamtale", talk, FIRST)
    assert "Jeg vil gerne hjem" in entry.text
    store.write(history.undo)
    assert store.read(lambda r: (r.find(ChildTalk), r.find(Entry))) == ([], [])


def test_a_talk_written_afterwards_keeps_to_what_every_talk_keeps_to(store, case, foster):
    made = contact(store, foster)

    def add(follow_up=made, **values):
        with pytest.raises(InvalidInput) as caught:
            store.write(lambda w: follow_up_pages.add_talk(w, book(), follow_up, values))
        return caught.value.field

    assert add(state=TalkState.NOT_HELD) == "reason"
    assert add(held_on=TODAY + dt.timedelta(days=1)) == "held_on"
    assert (
        add(state=TalkState.LEFT_OUT, reason="Ferie", follow_up=held(store, foster, FIRST, FIRST)) == "state"
    )
    store.write(lambda w: follow_up_pages.add_talk(w, book(), made, {"child_words": "Ja"}))
    assert add(child_words="Nej") == "state"
    key = next(one.key for one in due_of(store, case).open if one.due == SECOND and not one.law)
    waived = store.write(lambda w: settling.waive(w, book(), foster, key, SECOND, "Aflyst")).result
    assert add(child_words="Nej", follow_up=waived) == "state"


def test_a_talk_added_with_another_day_of_the_follow_up_has_that_day(store, foster):
    made = contact(store, foster)
    other = FIRST + dt.timedelta(days=1)
    changed = edits(store, FollowUp, made, held_on=other)
    added = {"child_words": "Ja"}
    store.write(lambda w: follow_up_pages.edit_whole(w, book(), made, changed, {}, added))
    (talk,) = store.read(lambda r: r.find(ChildTalk))
    assert talk.held_on == other
    assert store.read(lambda r: r.get(FollowUp, made)).held_on == other


def test_a_held_day_that_is_corrected_moves_the_next_date(store, case, foster):
    made = held(store, foster, FIRST, FIRST)
    changed = edits(store, FollowUp, made, held_on=FIRST + dt.timedelta(days=2))
    store.write(lambda w: follow_up_pages.edit(w, book(), made, changed))
    assert days(due_of(store, case))[0] == FIRST + dt.timedelta(days=2, weeks=6)
    changed = edits(store, FollowUp, made, held_on=START - dt.timedelta(days=1))
    with pytest.raises(InvalidInput):
        store.write(lambda w: follow_up_pages.edit(w, book(), made, changed))


def by_whom(store, case):
    def ask(reader):
        every, marks = reader.find(FollowUp), reader.find(DeadlineMark)
        found = caseload_deadlines.of_case(reader, book(), case)
        return [(one.due, one.law, settling.settled_by(one, every, marks)) for one in found.deadlines]

    return [(due, law, by.id) for due, law, by in store.read(ask) if by is not None]


def test_each_settled_date_knows_what_settled_it(store, case, foster):
    one = held(store, foster, FIRST + dt.timedelta(days=1), FIRST)
    due = days(due_of(store, case))[0]
    waived = store.write(lambda w: settling.waive(w, book(), foster, "local:foster", due, "Syg")).result
    law = next(d for d in due_of(store, case).deadlines if d.law and not d.open)
    assert by_whom(store, case) == [(FIRST, False, one), (due, False, waived), (law.due, True, one)]
    store.write(lambda w: taking_back.take_back(w, one))
    assert [by for _due, _law, by in by_whom(store, case)] == [waived]


def test_follow_up_and_talk_are_changed_in_one_act_and_undone_together(store, case, foster):
    made = held(store, foster, FIRST, FIRST)
    (talk,) = store.read(lambda r: follow_up_pages.view(r, made)).talks
    whole = edits(store, FollowUp, made, place="Hos plejemor")
    said = edits(store, ChildTalk, talk.id, child_words="Nej")
    store.write(lambda w: follow_up_pages.edit_whole(w, book(), made, whole, {talk.id: said}))
    assert store.read(lambda r: follow_up_pages.view(r, made)).talks[0].child_words == "Nej"
    store.write(history.undo)
    view = store.read(lambda r: follow_up_pages.view(r, made))
    assert (view.follow_up.place, view.talks[0].child_words) == ("", talk.child_words)


def test_the_start_is_not_moved_past_what_was_held(store, foster):
    held(store, foster, FIRST, FIRST)
    later = edits(store, interventions.Intervention, foster, start=FIRST + dt.timedelta(days=1))
    with pytest.raises(InvalidInput) as caught:
        store.write(lambda w: interventions.edit(w, foster, later))
    assert (caught.value.field, caught.value.values["day"]) == ("start", FIRST)
    earlier = edits(store, interventions.Intervention, foster, start=START - dt.timedelta(days=7))
    store.write(lambda w: interventions.edit(w, foster, earlier))


def test_one_follow_up_written_on_two_computers_settles_its_date_once(store, case, foster):
    home = store.read(lambda r: interventions.known(r, foster)).stream

    def write(writer) -> None:
        for on in (FIRST + dt.timedelta(days=1), FIRST):
            writer.act("A test writes")
            writer.create(
                FollowUp(id=writer.new_id(), stream=home, intervention=foster, due=FIRST, held_on=on)
            )

    store.write(write)
    assert days(due_of(store, case))[0] == FIRST + dt.timedelta(weeks=6)


# --- Waiving -------------------------------------------------------------------------------------------------


def waive(store: SqlStore, intervention: Id, due: dt.date, reason: str, key: str = "local:foster") -> Id:
    return store.write(lambda w: settling.waive(w, book(), intervention, key, due, reason)).result


def test_a_date_is_waived_only_with_a_reason_and_stays_in_the_list(store, case, foster):
    with pytest.raises(InvalidInput) as caught:
        waive(store, foster, FIRST, "  ")
    assert caught.value.field == "reason"
    waive(store, foster, FIRST, "Familien var bortrejst.")
    assert days(due_of(store, case))[0] == SECOND
    (settled,) = [d for d in due_of(store, case).deadlines if d.item.waived]
    assert settled.due == FIRST


def test_a_waiver_of_the_local_standard_leaves_the_law_alone(store, case, foster):
    law = dt.date(2026, 12, 1)
    assert days(due_of(store, case), law=True)[0] == law
    waive(store, foster, FIRST, "Bortrejst.")
    assert days(due_of(store, case), law=True)[0] == law
    waive(store, foster, law, "Er holdt i nabokommunen.", "law:follow_up")
    assert law not in days(due_of(store, case), law=True)


def test_what_is_not_open_is_not_waived(store, foster):
    waive(store, foster, FIRST, "Bortrejst.")
    with pytest.raises(InvalidInput):
        waive(store, foster, FIRST, "Igen.")
    with pytest.raises(InvalidInput):
        waive(store, foster, FIRST, "Andet sæt.", "law:follow_up")


def test_held_and_waived_dates_keep_their_places(store, case, foster):
    waive(store, foster, FIRST, "Bortrejst.")
    held(store, foster, dt.date(2026, 10, 20), SECOND)
    found = due_of(store, case)
    assert days(found)[0] == dt.date(2026, 12, 1)
    settled = [d for d in found.deadlines if d.work is Work.FOLLOW_UP and not d.law and not d.open]
    assert [(d.due, d.item.waived, d.item.held) for d in settled] == [
        (FIRST, True, None),
        (SECOND, False, dt.date(2026, 10, 20)),
    ]


# --- Exceptions ----------------------------------------------------------------------------------------------

AGREED = {
    "kind": "childhood_placement",
    "agreed_by": "Bente Leder",
    "agreed_on": dt.date(2026, 2, 1),
    "reason": "Forældreevnen er afdækket.",
    "serves_child": "Felix vil have ro.",
}


def agree(store: SqlStore, intervention: Id, **values: object) -> Id:
    local = book().local.last
    return store.write(
        lambda w: follow_up_terms.record_exception(w, local, intervention, {**AGREED, **values})
    ).result


@pytest.fixture
def settled_foster(store: SqlStore, case: Id) -> Id:
    """Placed for two years, followed up every three months until this summer, always face to face."""
    made = begin(store, case, "foster_general", dt.date(2024, 8, 1))
    due = dt.date(2024, 8, 15)
    while due < dt.date(2026, 8, 1):
        held(store, made, due, due)
        due = days(due_of(store, case))[0]
    return made


@pytest.mark.parametrize("missing", ["agreed_by", "reason", "serves_child", "agreed_on", "kind"])
def test_an_exception_has_kind_who_when_why_and_why_it_serves_the_child(store, foster, missing):
    empty = None if missing == "agreed_on" else ""
    with pytest.raises(InvalidInput) as caught:
        agree(store, foster, **{missing: empty})
    assert caught.value.field == missing


def test_an_exception_agreed_tomorrow_or_meant_for_another_kind_is_refused(store, foster):
    with pytest.raises(InvalidInput):
        agree(store, foster, agreed_on=dt.date(2026, 11, 22))
    with pytest.raises(InvalidInput):
        agree(store, foster, kind="boarding_school")


def test_an_exception_moves_and_removes_no_date(store, case, settled_foster):
    before = [(d.due, d.law, d.key) for d in due_of(store, case).deadlines]
    agree(store, settled_foster)
    assert [(d.due, d.law, d.key) for d in due_of(store, case).deadlines] == before


def next_due(store: SqlStore, case: Id) -> dt.date:
    return days(due_of(store, case))[0]


def test_an_extra_follow_up_is_held_by_phone_only_under_an_exception(store, case, settled_foster):
    due = next_due(store, case)
    phone = Held(settled_foster, due, due, way=Way.PHONE, talk=Talk(TalkState.LEFT_OUT, reason="Ro"))
    assert refused(store, phone).field == "way"
    agree(store, settled_foster)
    store.write(lambda w: follow_ups.hold(w, book(), phone))
    assert next_due(store, case) > due


def test_the_full_follow_up_of_each_half_year_is_held_face_to_face_whatever_was_agreed(
    store, case, settled_foster
):
    agree(store, settled_foster)
    light = next_due(store, case)
    held(store, settled_foster, light, light, way=Way.PHONE, talk=Talk(TalkState.LEFT_OUT, reason="Ro"))
    full = next_due(store, case)
    opened = store.read(lambda r: follow_up_pages.opening(r, book(), settled_foster))
    assert opened.item.due == full
    assert Way.PHONE not in opened.allowed.ways
    assert Way.VISIT in opened.allowed.ways


def test_a_talk_is_left_out_only_where_an_exception_lets_it(store, case, settled_foster):
    due = next_due(store, case)
    what = Held(settled_foster, due, due, way=Way.VISIT, talk=Talk(TalkState.LEFT_OUT, reason="Ro"))
    assert refused(store, what).field == "talk"
    agree(store, settled_foster, kind="far_away")
    assert refused(store, what).field == "talk"
    agree(store, settled_foster)
    store.write(lambda w: follow_ups.hold(w, book(), what))


def test_an_exception_that_has_ended_or_is_not_agreed_yet_lets_nothing(store, case, settled_foster):
    due = next_due(store, case)
    phone = Held(settled_foster, due, due, way=Way.PHONE, talk=Talk())
    made = agree(store, settled_foster, agreed_on=due + dt.timedelta(days=1))
    assert refused(store, phone).field == "way"
    store.write(lambda w: w.act("x") or w.set(FollowUpException, made, "agreed_on", due, parents=None))
    store.write(lambda w: follow_up_terms.end_exception(w, made, due, "Felix bor hjemme igen."))
    held(store, settled_foster, due, due, way=Way.PHONE)
    with pytest.raises(InvalidInput):
        store.write(lambda w: follow_up_terms.end_exception(w, made, due - dt.timedelta(days=1), "x"))


def test_an_exception_ends_with_a_reason_and_stays_on_the_list(store, settled_foster):
    made = agree(store, settled_foster)
    with pytest.raises(InvalidInput) as caught:
        store.write(lambda w: follow_up_terms.end_exception(w, made, TODAY, " "))
    assert caught.value.field == "end_reason"
    store.write(lambda w: follow_up_terms.end_exception(w, made, TODAY, "Felix flytter hjem."))
    (ended,) = store.read(lambda r: follow_up_terms.exceptions_of(r, settled_foster))
    assert (ended.ended_on, ended.end_reason) == (TODAY, "Felix flytter hjem.")
    assert not ended.in_force(TODAY + dt.timedelta(days=1))


def test_a_way_in_which_it_could_not_have_been_held_is_not_written_afterwards(store, case, settled_foster):
    due = next_due(store, case)
    made = held(store, settled_foster, due, due)
    phone = edits(store, FollowUp, made, way=Way.PHONE)
    with pytest.raises(InvalidInput) as caught:
        store.write(lambda w: follow_up_pages.edit(w, book(), made, phone))
    assert caught.value.field == "way"
    agree(store, settled_foster)
    store.write(lambda w: follow_up_pages.edit(w, book(), made, phone))
    assert store.read(lambda r: follow_up_pages.known(r, made)).way is Way.PHONE


def test_a_talk_that_was_not_held_after_all_has_no_day_and_is_not_left_out_without_an_exception(
    store, case, settled_foster
):
    due = next_due(store, case)
    made = held(store, settled_foster, due, due)
    (talk,) = store.read(lambda r: follow_up_pages.view(r, made)).talks
    out = edits(store, ChildTalk, talk.id, state=TalkState.LEFT_OUT, reason="Ro")
    with pytest.raises(InvalidInput) as caught:
        store.write(lambda w: follow_up_pages.edit_whole(w, book(), made, {}, {talk.id: out}))
    assert caught.value.field == f"{talk.id.hex()}:state"
    none = edits(store, ChildTalk, talk.id, state=TalkState.NOT_HELD, reason="Felix sov")
    store.write(lambda w: follow_up_pages.edit_talk(w, book(), talk.id, none))
    assert store.read(lambda r: r.get(ChildTalk, talk.id)).held_on is None
    again = edits(store, ChildTalk, talk.id, state=TalkState.HELD)
    store.write(lambda w: follow_up_pages.edit_talk(w, book(), talk.id, again))
    assert store.read(lambda r: r.get(ChildTalk, talk.id)).held_on == due


def test_a_light_follow_up_counts_for_the_local_standard_and_not_for_the_law(store, case):
    old = begin(store, case, "network_foster", dt.date(2022, 1, 10))
    due = dt.date(2022, 1, 24)
    while due < dt.date(2022, 9, 1):
        held(store, old, due, due)
        due = days(due_of(store, case))[0]
    law_before = [d for d in due_of(store, case).deadlines if d.key == "law:follow_up" and d.item.held]
    agree(store, old, agreed_on=dt.date(2022, 2, 1))
    opened = store.read(lambda r: follow_up_pages.opening(r, book(), old, due, due))
    assert Way.PHONE in opened.allowed.ways
    held(store, old, due, due, way=Way.PHONE)
    law_after = [d for d in due_of(store, case).deadlines if d.key == "law:follow_up" and d.item.held]
    assert [d.item.held for d in law_after] == [d.item.held for d in law_before]
    assert days(due_of(store, case))[0] > due


# --- The rhythm and the hearing ------------------------------------------------------------------------------

DECIDED = {
    "rhythm": Rhythm(3, "M"),
    "reasons": "Felix er lige flyttet.",
    "child_wish": "Ikke for tit.",
    "decided_on": dt.date(2026, 11, 2),
}


def decide(store: SqlStore, intervention: Id, **values: object) -> Id:
    return store.write(lambda w: follow_up_terms.decide_rhythm(w, intervention, {**DECIDED, **values})).result


def test_after_the_first_follow_up_the_missing_decision_on_the_rhythm_is_said(store, case, foster):
    assert due_of(store, case).warnings == ()
    held(store, foster, FIRST, FIRST)
    found = due_of(store, case)
    assert "no decision on the further rhythm" in str(found.warnings[0])
    assert days(found, Work.RHYTHM, law=True) == [FIRST]
    decide(store, foster)
    found = due_of(store, case)
    assert found.warnings == ()
    assert days(found, Work.RHYTHM, law=True) == []


def test_the_decided_rhythm_is_what_the_law_then_asks_for(store, case, foster):
    held(store, foster, FIRST, FIRST)
    assert days(due_of(store, case), law=True) == []
    decide(store, foster, decided_on=FIRST)
    assert days(due_of(store, case), law=True)[0] == dt.date(2026, 12, 15)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rhythm", None),
        ("rhythm", Rhythm(0, "M")),
        ("rhythm", Rhythm(25, "M")),
        ("rhythm", Rhythm(3, "D")),
        ("reasons", " "),
        ("child_wish", ""),
        ("decided_on", dt.date(2026, 11, 22)),
        ("decided_on", dt.date(2026, 8, 31)),
    ],
)
def test_a_decision_on_the_rhythm_is_whole_or_refused(store, foster, field, value):
    with pytest.raises(InvalidInput) as caught:
        decide(store, foster, **{field: value})
    assert caught.value.field == field


def test_decisions_on_the_rhythm_are_listed_by_their_days(store, foster):
    late = decide(store, foster)
    early = decide(store, foster, decided_on=START)
    assert [d.id for d in store.read(lambda r: follow_up_terms.rhythms_of(r, foster))] == [early, late]


def hear(store: SqlStore, intervention: Id, **values: object) -> Id:
    return store.write(lambda w: follow_up_terms.record_hearing(w, intervention, values)).result


def test_the_child_is_heard_before_it_begins_and_the_note_has_the_demanded_heading(store, case, foster):
    assert days(due_of(store, case), Work.HEARING) == [START]
    store.write(lambda w: follow_up_terms.ask_for_hearing(w, foster, dt.date(2026, 8, 20)))
    assert days(due_of(store, case), Work.HEARING) == [START]
    made = hear(store, foster, held_on=dt.date(2026, 8, 25), child_words="Jeg vil gerne se det først.")
    assert days(due_of(store, case), Work.HEARING) == []
    (entry,) = store.read(lambda r: journal.entries_from(r, made))
    assert entry.heading == "Partshøring - af barnet"
    assert store.read(lambda r: follow_up_terms.hearing_of(r, foster)).asked_on == dt.date(2026, 8, 20)


def test_a_reason_settles_the_hearing_too_and_an_empty_one_does_not(store, case, foster):
    with pytest.raises(InvalidInput):
        hear(store, foster)
    hear(store, foster, reason="Akut anbringelse samme aften.")
    assert days(due_of(store, case), Work.HEARING) == []


def test_a_hearing_written_again_changes_its_note_and_makes_no_second_one(store, foster):
    made = hear(store, foster, reason="Akut anbringelse.")
    again = hear(store, foster, held_on=dt.date(2026, 9, 3), child_words="Det er fint.")
    assert made == again
    (entry,) = store.read(lambda r: journal.entries_from(r, made))
    assert entry.text == "Barnets egne ord:\nDet er fint."
    assert entry.held_on == dt.date(2026, 9, 3)


def test_a_hearing_in_the_future_is_refused(store, foster):
    with pytest.raises(InvalidInput):
        hear(store, foster, held_on=dt.date(2026, 11, 22))
    with pytest.raises(InvalidInput):
        store.write(lambda w: follow_up_terms.ask_for_hearing(w, foster, dt.date(2026, 11, 22)))


# --- What the next one opens with ----------------------------------------------------------------------------


def test_an_institution_s_follow_up_opens_with_its_end(store, case):
    made = begin(store, case, "childrens_home", START, planned_end=dt.date(2028, 1, 1))
    opened = store.read(lambda r: follow_up_pages.opening(r, book(), made))
    assert {ask.field for ask in opened.asks} >= {"next_step", "coming_carer", "child_wants", "parents_want"}
    assert opened.warnings
    assert opened.item.due == FIRST
    assert "discharge_reviewed" in opened.item.outcome


def test_a_follow_up_opens_with_the_goals_still_worked_with_and_what_was_agreed_last(store, case, foster):
    plan = store.write(lambda w: plans.begin(w, case)).result
    kept = store.write(lambda w: goals.add(w, plan, SMART)).result
    dropped = store.write(lambda w: goals.add(w, plan, SMART)).result
    store.write(lambda w: goals.set_status(w, dropped, GoalStatus.GIVEN_UP))
    held(store, foster, FIRST, FIRST, next_on=dt.date(2026, 10, 20), next_place="Skolen")
    opened = store.read(lambda r: follow_up_pages.opening(r, book(), foster))
    assert [view.goal.id for view in opened.goals] == [kept]
    assert opened.last.follow_up.next_place == "Skolen"
    assert opened.item.due == SECOND


def test_help_without_a_local_rule_is_followed_up_by_the_law_alone(store, case):
    made = begin(store, case, "family_stay", START)
    opened = store.read(lambda r: follow_up_pages.opening(r, book(), made))
    assert opened.item.law
    held(store, made, opened.item.due - dt.timedelta(days=14), opened.item.due, way=Way.PHONE)
    found = store.read(lambda r: follow_up_pages.of_intervention(r, made))[0]
    assert found.rule == "law:follow_up"
    assert days(due_of(store, case), law=True) == []
