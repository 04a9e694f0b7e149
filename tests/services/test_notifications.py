"""Underretninger: received, assessed, looked at again, answered, screened; and what no form may make of them."""

from __future__ import annotations

import datetime as dt

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.documents.papers import make
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.investigation import Investigation, InvestigationKind
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.notification import (
    ContactKind,
    FirstContact,
    Notification,
    Screening,
    SecondReader,
    SenderKind,
)
from caseworker_app.domain.receipt_facts import as_text
from caseworker_app.services import (
    cases,
    history,
    notification_papers,
    notification_views,
    notifications,
    settling,
)
from caseworker_app.services.forms import Edit
from caseworker_app.services.notification_views import Step
from tests.documents.reading import Reading
from tests.helpers.casework import TODAY, begin, book
from tests.helpers.stores import NOON, founded

NOW = NOON
SCHOOL = {
    "sender": "Mads Toft, klasselærer",
    "capacity": SenderKind.PROFESSIONAL,
    "about": "Emma har haft blå mærker på armene to mandage i træk.",
}


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
    opened = dt.date(2026, 3, 2)
    return store.write(lambda w: cases.register(w, {"child_name": "Emma Holm", "opened_on": opened})).result


def received(store, case, **values):
    return store.write(lambda w: notifications.receive(w, case, {**SCHOOL, **values})).result


def views(store, case):
    return store.read(lambda r: notification_views.of_case(r, book(), case))


def edits(**values):
    return {name: Edit(value, ()) for name, value in values.items()}


def refused(store, act):
    with pytest.raises(InvalidInput) as caught:
        store.write(act)
    return caught.value.field


def test_it_is_received_now_unless_another_hour_is_written(store, emma):
    made = received(store, emma)
    assert store.read(lambda r: r.get(Notification, made)).received_at == NOW


def test_its_clock_ends_twenty_four_hours_after_it_came(store, emma):
    received(store, emma, received_at=NOW - dt.timedelta(hours=3))
    (view,) = views(store, emma)
    assert view.ends_at == NOW + dt.timedelta(hours=21)
    assert view.step(Step.ASSESSED).deadline.hours_left(NOW) == 21


def test_an_assessment_stops_the_clock(store, emma):
    received(store, emma)
    (view,) = views(store, emma)
    one = view.step(Step.ASSESSED).deadline
    store.write(lambda w: settling.assess(w, one, {"assessment": "Ikke akut."}))
    (view,) = views(store, emma)
    assert view.ends_at is None
    assert not view.step(Step.ASSESSED).open


def test_nothing_is_received_in_the_future(store, emma):
    later = NOW + dt.timedelta(minutes=5)
    assert refused(store, lambda w: notifications.receive(w, emma, {**SCHOOL, "received_at": later})) == (
        "received_at"
    )


def test_a_clock_set_back_is_said_and_the_notification_still_opens(store, emma, clock):
    received(store, emma)
    clock.set(NOW - dt.timedelta(days=2))
    (view,) = views(store, emma)
    assert view.doubt is not None
    assert (
        refused(store, lambda w: notifications.hear_child(w, view.notification.id, w.today))
        == "child_heard_on"
    )


def test_the_same_notification_is_not_registered_twice(store, emma):
    received(store, emma)
    assert refused(store, lambda w: notifications.receive(w, emma, SCHOOL)) == "about"
    assert store.read(lambda r: r.count(Notification)) == 1


def test_two_from_one_sender_on_one_day_are_both_kept_and_said_to_be_perhaps_one(store, emma):
    received(store, emma)
    received(store, emma, about="Emma fortæller, at hun ikke tør gå hjem.")
    assert [len(view.twins) for view in views(store, emma)] == [1, 1]


def test_an_anonymous_one_needs_no_name_and_asks_for_no_receipt(store, emma):
    made = received(store, emma, sender="", capacity=SenderKind.ANONYMOUS)
    (view,) = views(store, emma)
    assert view.step(Step.RECEIPT) is None
    with pytest.raises(UserError):
        store.read(lambda r: notification_papers.receipt(r, made))


@pytest.mark.parametrize("missing", ["sender", "about"])
def test_it_needs_a_sender_and_a_subject(store, emma, missing):
    assert refused(store, lambda w: notifications.receive(w, emma, {**SCHOOL, missing: "  "})) == missing


def test_a_text_of_ten_thousand_characters_is_kept_whole(store, emma):
    made = received(store, emma, about="æ" * 10_000)
    assert len(store.read(lambda r: r.get(Notification, made)).about) == 10_000


def test_a_text_nobody_writes_is_refused(store, emma):
    assert (
        refused(store, lambda w: notifications.receive(w, emma, {**SCHOOL, "about": "x" * 20_001})) == "about"
    )


def test_a_case_with_an_intervention_asks_for_a_second_opinion(store, emma):
    begin(store, emma, start=TODAY - dt.timedelta(days=60))
    received(store, emma)
    (view,) = views(store, emma)
    assert view.helped
    assert view.step(Step.SECOND_OPINION).open
    assert view.step(Step.WORKER_TOLD) is None


def test_a_case_without_one_asks_that_its_worker_is_told(store, emma):
    made = received(store, emma)
    (view,) = views(store, emma)
    assert view.step(Step.SECOND_OPINION) is None
    assert view.step(Step.WORKER_TOLD).open
    store.write(lambda w: notifications.tell_worker(w, made, TODAY))
    assert not views(store, emma)[0].step(Step.WORKER_TOLD).open


def test_a_second_opinion_settles_its_deadline_too(store, emma):
    begin(store, emma, start=TODAY - dt.timedelta(days=60))
    made = received(store, emma)
    given = edits(
        second_role=SecondReader.DUTY_WORKER, second_by="Birthe Lund", second_conclusion="Aflastning udvides."
    )
    store.write(lambda w: notifications.second_opinion(w, made, given))
    step = views(store, emma)[0].step(Step.SECOND_OPINION)
    assert step.done_on == TODAY
    assert not step.deadline.open


def test_nobody_gives_a_second_opinion_on_her_own_case(store, emma):
    made = received(store, emma)
    own = edits(second_role=SecondReader.NOT_EARLIER, second_by="karen  prøve")
    assert refused(store, lambda w: notifications.second_opinion(w, made, own)) == "second_by"


def test_whoever_was_in_the_case_before_gives_no_second_opinion_however_the_name_is_spelt(store, emma):
    stream = store.read(lambda r: r.get(Case, emma)).stream

    def signed(writer):
        writer.act("Sign")
        by = "Ása Lindø-Bak, socialrådgiver, Prøve Kommune"
        writer.create(Entry(id=writer.new_id(), stream=stream, heading="Notat", signed=True, signed_by=by))

    store.write(signed)
    earlier = received(store, emma, about="Et tidligere opkald.")
    store.write(
        lambda w: notifications.second_opinion(
            w, earlier, edits(second_role=SecondReader.DUTY_WORKER, second_by="René Holm")
        )
    )
    made = received(store, emma, assessed_by="Bo Vagt")
    for by in (
        "asa lindø bak",
        "LINDØ-BAK, Ása",
        "Asa Lindø-Bak",
        "bo vagt",
        "Rene Holm",
        "KAREN Lise PRØVE",
    ):
        given = edits(second_role=SecondReader.NOT_EARLIER, second_by=by)
        assert (
            refused(store, lambda w, given=given: notifications.second_opinion(w, made, given)) == "second_by"
        )
    for role, by in ((SecondReader.DUTY_WORKER, "René Holm"), (SecondReader.NOT_EARLIER, "Lise Holm")):
        given = edits(second_role=role, second_by=by)
        store.write(lambda w, given=given: notifications.second_opinion(w, made, given))


def test_suspected_abuse_shows_a_talk_with_the_child_as_due(store, emma):
    made = received(store, emma, abuse_suspected=True)
    step = views(store, emma)[0].step(Step.CHILD_HEARD)
    assert step.open
    assert step.deadline is not None
    store.write(lambda w: notifications.hear_child(w, made, TODAY))
    step = views(store, emma)[0].step(Step.CHILD_HEARD)
    assert (step.open, step.deadline.open) == (False, False)


def test_screening_begins_the_investigation_from_the_day_it_came(store, emma):
    came = NOW - dt.timedelta(days=3)
    made = received(store, emma, received_at=came)
    result = edits(screening=Screening.INVESTIGATION, screening_why="Mistanke om vold.")
    begun = store.write(lambda w: notifications.screen(w, made, result)).result
    found = store.read(lambda r: r.get(Investigation, begun))
    assert (found.kind, found.known_on) == (InvestigationKind.INVESTIGATION, came.date())
    assert views(store, emma)[0].began == found


def test_an_investigation_that_runs_is_not_begun_again(store, emma):
    first, second = received(store, emma), received(store, emma, about="Nyt opkald fra skolen.")
    result = edits(screening=Screening.INVESTIGATION, screening_why="Mistanke om vold.")
    begun = {store.write(lambda w, m=m: notifications.screen(w, m, result)).result for m in (first, second)}
    assert len(begun) == 1
    assert store.read(lambda r: r.count(Investigation)) == 1


def test_screening_is_one_act_that_undo_takes_back_whole(store, emma):
    made = received(store, emma)
    result = edits(screening=Screening.SCOPING, screening_why="Uklart.")
    store.write(lambda w: notifications.screen(w, made, result))
    store.write(history.undo)
    assert store.read(lambda r: r.count(Investigation)) == 0
    assert store.read(lambda r: r.get(Notification, made)).screening is None


def test_a_screening_without_reasons_is_asked_for_them(store, emma):
    made = received(store, emma)
    result = edits(screening=Screening.NOTHING_MORE)
    assert refused(store, lambda w: notifications.screen(w, made, result)) == "screening_why"


def test_nothing_is_done_with_it_before_it_came(store, emma):
    made = received(store, emma)
    early = edits(given_to="Hanne", given_on=TODAY - dt.timedelta(days=1))
    assert refused(store, lambda w: notifications.hand_on(w, made, early)) == "given_on"
    late = edits(given_to="Hanne", given_on=TODAY + dt.timedelta(days=1))
    assert refused(store, lambda w: notifications.hand_on(w, made, late)) == "given_on"


def test_it_did_not_come_after_it_was_assessed(store, emma):
    made = received(store, emma, received_at=NOW - dt.timedelta(hours=5))
    store.write(lambda w: notifications.edit(w, made, edits(assessed_at=NOW - dt.timedelta(hours=2))))
    moved = edits(received_at=NOW - dt.timedelta(hours=1))
    assert refused(store, lambda w: notifications.edit(w, made, moved)) == "received_at"


def test_first_contacts_are_kept_in_the_order_of_their_days(store, emma):
    made = received(store, emma, received_at=NOW - dt.timedelta(days=4))
    for kind, days in ((ContactKind.CROSS_DISCIPLINARY, 1), (ContactKind.PHONE, 3)):
        values = {"kind": kind, "held_on": TODAY - dt.timedelta(days=days), "who": "Skolen"}
        store.write(lambda w, v=values: notifications.add_contact(w, made, v))
    kinds = [contact.kind for contact in views(store, emma)[0].contacts]
    assert kinds == [ContactKind.PHONE, ContactKind.CROSS_DISCIPLINARY]


def test_a_contact_says_with_whom_or_what(store, emma):
    made = received(store, emma)
    assert refused(store, lambda w: notifications.add_contact(w, made, {})) == "text"
    assert store.read(lambda r: r.count(FirstContact)) == 0


def test_a_child_without_a_case_gets_one_with_the_notification_in_one_act(store):
    child = {"child_name": "Noah Vang", "born": dt.date(2019, 5, 2)}
    outcome = store.write(lambda w: notifications.receive_new(w, child, SCHOOL))
    case, made = outcome.result
    found = store.read(lambda r: r.get(Case, case))
    assert store.read(lambda r: r.get(Notification, made)).stream == found.stream
    store.write(history.undo)
    assert store.read(lambda r: (r.count(Case), r.count(Notification))) == (0, 0)


def test_a_notification_that_cannot_be_begins_no_case(store):
    child = {"child_name": "Noah Vang"}
    refused(store, lambda w: notifications.receive_new(w, child, {**SCHOOL, "about": ""}))
    assert store.read(lambda r: r.count(Case)) == 0


def test_the_limit_of_cases_never_refuses_one(store):
    for number in range(25):
        store.write(lambda w, n=number: cases.register(w, {"child_name": f"Barn {n}"}))
    case, _made = store.write(
        lambda w: notifications.receive_new(w, {"child_name": "Noah Vang"}, SCHOOL)
    ).result
    assert store.read(lambda r: r.get(Case, case)).above_limit


def test_a_case_begun_by_it_has_no_worker_to_be_told(store):
    case, _made = store.write(
        lambda w: notifications.receive_new(w, {"child_name": "Noah Vang"}, SCHOOL)
    ).result
    assert views(store, case)[0].step(Step.WORKER_TOLD) is None


def test_a_receipt_tells_that_it_came_and_nothing_else(store, emma):
    made = received(store, emma, abuse_suspected=True, sender_address="Skolevej 2\n7400 Herning")
    job = store.read(lambda r: notification_papers.receipt(r, made))
    words = as_text(job.facts)
    paper = Reading(make(job).data).root.text
    for text in (words, paper):
        assert "21. november 2026" in text
        assert "Karen Prøve" in text
        assert not any(word in text for word in ("Emma", "Holm", "blå mærker", "akut", "undersøgelse"))
    assert "Mads Toft" in paper and "Skolevej 2" in paper
    assert "Emma" not in job.file_name


def test_a_receipt_names_whom_it_is_to_also_where_no_address_is_written(store, emma):
    made = received(store, emma)
    paper = Reading(make(store.read(lambda r: notification_papers.receipt(r, made))).data).root.text
    assert "Mads Toft" in paper
