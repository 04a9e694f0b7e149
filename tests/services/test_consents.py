"""Consents and hearings of parents: specific, dated, withdrawn, and said where information would leave."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.consent import (
    MOST_POINTS,
    Consent,
    ConsentForm,
    GiverCapacity,
    InformationKind,
    Signature,
    signature_of,
    strokes_of,
)
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.journal import EntryDraft, EntryKind
from caseworker_app.domain.meeting import MeetingKind, TimeSpan
from caseworker_app.services import (
    consents,
    entries,
    history,
    meetings,
    parents_hearings,
    settling,
)
from caseworker_app.services.day import day_work
from caseworker_app.services.deadline import Lateness, Work
from caseworker_app.services.forms import Edit
from tests.helpers.casework import book, due_of
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
SCHOOL = {
    "giver": "Mia Holm",
    "recipient": "Skolen på Engvej",
    "kinds": frozenset({InformationKind.SCHOOL}),
    "purpose": "Netværksmøde om Emmas fravær",
}
DAY = dt.timedelta(days=1)


@pytest.fixture
def clock():
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path, clock):
    opened = founded(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm")


def given_by(store, case, **values):
    return store.write(lambda w: consents.give(w, case, {**SCHOOL, **values})).result


def refused(store, act):
    with pytest.raises(InvalidInput) as caught:
        store.write(act)
    return caught.value.field


def said(standing):
    return [str(phrase) for phrase in standing.words]


@pytest.mark.parametrize("missing", ["giver", "recipient", "kinds", "purpose"])
def test_a_consent_is_specific(store, emma, missing):
    empty = frozenset() if missing == "kinds" else ""
    assert refused(store, lambda w: consents.give(w, emma, {**SCHOOL, missing: empty})) == missing


def test_it_is_given_today_unless_a_day_is_written(store, emma):
    made = given_by(store, emma)
    assert store.read(lambda r: r.get(Consent, made)).given_on == TODAY


def test_nothing_is_given_or_withdrawn_tomorrow(store, emma):
    assert refused(store, lambda w: consents.give(w, emma, {**SCHOOL, "given_on": TODAY + DAY})) == "given_on"
    made = given_by(store, emma)
    assert refused(store, lambda w: consents.withdraw(w, made, TODAY + DAY, "")) == "withdrawn_on"


def test_it_is_not_withdrawn_before_it_was_given(store, emma):
    made = given_by(store, emma, given_on=TODAY - 3 * DAY)
    assert refused(store, lambda w: consents.withdraw(w, made, TODAY - 4 * DAY, "")) == "withdrawn_on"
    store.write(lambda w: consents.withdraw(w, made, TODAY - 2 * DAY, ""))
    moved = {"given_on": Edit(TODAY - DAY, ())}
    assert refused(store, lambda w: consents.edit(w, made, moved)) == "given_on"


def test_a_clock_set_back_leaves_what_is_written_and_lets_nothing_stand_yet(store, emma, clock):
    given_by(store, emma)
    clock.set(NOON - 30 * DAY)
    assert store.read(lambda r: consents.standing(r, emma)).standing == ()
    assert len(store.read(lambda r: consents.of_case(r, emma))) == 1


def test_one_that_is_signed_on_the_screen_has_a_signature(store, emma):
    values = {**SCHOOL, "form": ConsentForm.ON_SCREEN}
    assert refused(store, lambda w: consents.give(w, emma, values)) == "signature"
    drawn = signature_of([[(0, 0), (500, 200)]])
    made = given_by(store, emma, form=ConsentForm.ON_SCREEN, signature=drawn)
    assert store.read(lambda r: r.get(Consent, made)).signature == drawn


def test_a_note_of_ten_thousand_characters_is_kept_whole(store, emma):
    made = given_by(store, emma, note="å" * 10_000)
    assert len(store.read(lambda r: r.get(Consent, made)).note) == 10_000


def test_it_stands_until_the_day_it_is_withdrawn(store, emma):
    made = given_by(store, emma, given_on=TODAY - 10 * DAY)
    store.write(lambda w: consents.withdraw(w, made, TODAY, ""))
    consent = store.read(lambda r: r.get(Consent, made))
    assert (consent.stands_on(TODAY - DAY), consent.stands_on(TODAY)) == (True, False)
    assert consent.withdrawn_by == "Mia Holm"
    assert said(store.read(lambda r: consents.standing(r, emma))) == [
        "Withdrawn 2026-11-21: the consent of Mia Holm to Skolen på Engvej.",
        "No consent stands: what there was is withdrawn.",
    ]


def test_withdrawing_can_be_undone(store, emma):
    made = given_by(store, emma)
    store.write(lambda w: consents.withdraw(w, made, TODAY, ""))
    store.write(history.undo)
    assert len(store.read(lambda r: consents.standing(r, emma)).standing) == 1


def test_without_any_it_is_said_that_none_is_recorded(store, emma):
    found = store.read(lambda r: consents.standing(r, emma))
    assert found.minds
    assert said(found) == ["No consent is recorded in this case."]


def test_what_stands_is_found_by_recipient_and_purpose(store, emma):
    given_by(store, emma)
    given_by(store, emma, recipient="Sundhedsplejen", purpose="Overlevering")
    to_school = store.read(lambda r: consents.standing(r, emma, recipient="skolen"))
    assert [one.recipient for one in to_school.standing] == ["Skolen på Engvej"]
    handed = store.read(lambda r: consents.standing(r, emma, purpose="overlevering"))
    assert [one.recipient for one in handed.standing] == ["Sundhedsplejen"]


def test_health_older_than_a_year_is_hinted_at_with_its_certainty(store, emma):
    given_by(store, emma, kinds=frozenset({InformationKind.HEALTH}), given_on=dt.date(2025, 11, 21))
    given_by(store, emma, given_on=dt.date(2020, 1, 1))
    found = store.read(lambda r: consents.standing(r, emma))
    assert len(found.old_health) == 1
    assert "§ 44, not verified; check the text of the law" in said(found)[-1]
    assert len(found.standing) == 2


@pytest.mark.parametrize(("given_on", "old"), [((2024, 2, 29), True), ((2025, 11, 22), False)])
def test_a_year_is_counted_from_the_day(given_on, old):
    one = Consent(kinds=frozenset({InformationKind.HEALTH}), given_on=dt.date(*given_on))
    assert one.old_health(TODAY) is old


def test_withdrawing_after_an_invitation_left_is_said_at_the_meeting(store, emma):
    made = given_by(store, emma, given_on=TODAY - 10 * DAY)
    when = TimeSpan(TODAY + 7 * DAY, dt.time(10), dt.time(11, 30))
    values = {"kind": MeetingKind.NETWORK, "purpose": "Fravær", "when": when, "place": "Skolen"}
    meeting = store.write(lambda w: meetings.plan(w, emma, values)).result
    assert "Consent stands" in said(store.read(lambda r: consents.for_meeting(r, meeting)))[0]
    print_of(store, meeting)
    store.write(lambda w: consents.withdraw(w, made, TODAY, ""))
    found = store.read(lambda r: consents.for_meeting(r, meeting))
    assert found.minds
    assert "after an invitation had left" in said(found)[0]


def print_of(store, meeting):
    from caseworker_app.domain.meeting import Meeting
    from caseworker_app.domain.office import Print

    def note(writer):
        writer.act("Print", final=True)
        stream = writer.get(Meeting, meeting).stream
        values = {"about": meeting, "document": "invitation", "printed_at": writer.now}
        writer.create(Print(id=writer.new_id(), stream=stream, **values))

    store.write(note)


strokes = st.lists(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 400)), min_size=1, max_size=20), max_size=8
)


@given(strokes)
def test_a_signature_comes_back_stroke_for_stroke(drawn):
    found = strokes_of(signature_of(drawn))
    assert found == tuple(tuple(stroke) for stroke in drawn)


def test_a_signature_without_end_is_cut_and_one_that_cannot_be_read_is_empty():
    endless = signature_of([[(1, 1)] * (MOST_POINTS + 5)])
    assert sum(map(len, strokes_of(endless))) == MOST_POINTS
    assert strokes_of(Signature("sludder;1,x;;")) == ()
    assert signature_of([]) is None


def test_everybody_who_can_consent_has_a_word_for_it():
    from caseworker_app.domain.consent import GIVER_CAPACITY_LABELS, INFORMATION_KIND_LABELS

    assert set(GIVER_CAPACITY_LABELS) == set(GiverCapacity)
    assert set(INFORMATION_KIND_LABELS) == set(InformationKind)


# --- Hearings of parents ---------------------------------------------------------------------------------------

HEARING = {"who": "Jonas Bech", "about": "Skolens oplysninger om fravær", "deadline": TODAY + 14 * DAY}


def sent(store, case, **values):
    return store.write(lambda w: parents_hearings.send(w, case, {**HEARING, **values})).result


def test_a_hearing_becomes_the_draft_of_an_entry_with_its_heading(store, emma):
    made = sent(store, emma, sent_on=TODAY - 3 * DAY)
    answered = {"answer": Edit("Han er enig.", ()), "answered_on": Edit(TODAY, ())}
    store.write(lambda w: parents_hearings.edit(w, made, answered))
    draft = store.write(lambda w: parents_hearings.write_entry(w, emma, made)).result
    found = store.read(lambda r: r.get(EntryDraft, draft))
    assert (found.kind, found.heading) == (EntryKind.PARENTS_HEARING, "Partshøring - af forældre")
    assert (found.held_on, found.participants, found.source) == (TODAY, ("Jonas Bech",), made)
    assert found.text == "Hørt om:\nSkolens oplysninger om fravær\n\nSvar:\nHan er enig."
    (entry,) = store.write(lambda w: entries.sign(w, draft)).result
    assert store.read(lambda r: parents_hearings.written(r, made)).id == entry


def test_its_entry_is_begun_once(store, emma):
    made = sent(store, emma)
    store.write(lambda w: parents_hearings.write_entry(w, emma, made))
    with pytest.raises(UserError):
        store.write(lambda w: parents_hearings.write_entry(w, emma, made))


def test_no_answer_by_the_day_asked_for_is_said_in_the_entry(store, emma):
    made = sent(store, emma, sent_on=TODAY - 20 * DAY, deadline=TODAY - DAY)
    draft = store.write(lambda w: parents_hearings.write_entry(w, emma, made)).result
    assert store.read(lambda r: r.get(EntryDraft, draft)).text.endswith("Intet svar inden fristen.")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"who": ""}, "who"),
        ({"about": ""}, "about"),
        ({"sent_on": TODAY + DAY}, "sent_on"),
        ({"deadline": TODAY - DAY}, "deadline"),
        ({"answered_on": TODAY - DAY}, "answered_on"),
    ],
)
def test_a_hearing_that_cannot_be_is_refused_beside_its_field(store, emma, values, field):
    assert refused(store, lambda w: parents_hearings.send(w, emma, {**HEARING, **values})) == field


def answer_of(store, case):
    (found,) = [one for one in due_of(store, case).deadlines if one.work is Work.PARENT_HEARD]
    return found


def test_the_day_a_parent_was_asked_to_answer_by_stands_among_the_cases_deadlines(store, emma):
    made = sent(store, emma)
    found = answer_of(store, emma)
    assert (found.subject, found.due, found.lateness) == (made, TODAY + 14 * DAY, Lateness.LATER)
    assert "Jonas Bech" in str(found.title) and "§§ 19 og 21" in str(found.source)


def test_an_answer_that_is_late_stands_among_what_is_overdue_today(store, emma):
    sent(store, emma, sent_on=TODAY - 20 * DAY, deadline=TODAY - DAY)
    cases = store.read(lambda r: r.find(Case))
    work = store.read(lambda r: day_work(r, book(), cases))
    shown = [row.deadline.work for group in work.sections[Lateness.OVERDUE] for row in group.rows]
    assert shown == [Work.PARENT_HEARD]


def test_an_answer_settles_the_day(store, emma):
    made = sent(store, emma)
    answered = {"answer": Edit("Han er enig.", ()), "answered_on": Edit(TODAY, ())}
    store.write(lambda w: parents_hearings.edit(w, made, answered))
    assert answer_of(store, emma).item.held == TODAY


def test_the_signed_entry_that_no_answer_came_settles_the_day(store, emma):
    made = sent(store, emma, sent_on=TODAY - 20 * DAY, deadline=TODAY - DAY)
    draft = store.write(lambda w: parents_hearings.write_entry(w, emma, made)).result
    assert answer_of(store, emma).lateness is Lateness.OVERDUE
    store.write(lambda w: entries.sign(w, draft))
    assert answer_of(store, emma).item.held == TODAY


def test_an_entry_signed_before_the_day_does_not_settle_it(store, emma, clock):
    made = sent(store, emma, deadline=TODAY + DAY)
    draft = store.write(lambda w: parents_hearings.write_entry(w, emma, made)).result
    store.write(lambda w: entries.sign(w, draft))
    clock.advance(3 * DAY)
    assert answer_of(store, emma).lateness is Lateness.OVERDUE


def test_a_hearing_without_a_day_or_taken_back_is_due_on_none(store, emma):
    sent(store, emma, deadline=None)
    made = sent(store, emma)
    store.write(lambda w: parents_hearings.remove(w, made))
    assert [one for one in due_of(store, emma).deadlines if one.work is Work.PARENT_HEARD] == []


def test_an_answer_nobody_waits_for_any_more_is_let_go_with_a_reason(store, emma):
    sent(store, emma, sent_on=TODAY - 20 * DAY, deadline=TODAY - DAY)
    waiting = answer_of(store, emma)
    store.write(lambda w: settling.waive_deadline(w, waiting, "Afgørelsen træffes ikke."))
    assert answer_of(store, emma).item.waived
