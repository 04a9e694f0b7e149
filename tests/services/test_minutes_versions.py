"""Minutes sent as a draft, signed, sent to all invited and added to; the meeting as those who are there see it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience, Column, Meeting, TimeSpan
from caseworker_app.domain.minutes import Change, SentHow
from caseworker_app.domain.person import Role
from caseworker_app.services import history, meeting_run, meetings, minutes_versions, papers, people
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.stores import founded, register

NUMBER = "6103154234"
HELD = TimeSpan(dt.date(2026, 11, 20), dt.time(10, 30), dt.time(12, 0))
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def meeting(store: SqlStore) -> Id:
    """A held meeting of Emma with her mother, her teacher, and two called Lis Vang."""
    case = register(store, "Emma Holm", person_number=NUMBER)
    values = {"name": "Mia Holm", "role": Role.MOTHER, "phone": "97123456", "note": "Fortroligt"}
    mother = store.write(lambda w: people.add(w, case, values)).result
    plan = {"when": HELD, "place": "Krisecentret", "purpose": "vi vil hjælpe Emma"}
    made = store.write(lambda w: meetings.plan(w, case, plan)).result
    store.write(lambda w: meetings.invite_child(w, made))
    store.write(lambda w: meetings.invite(w, made, [mother]))
    for function in ("moster", "klasselærer"):
        store.write(
            lambda w, function=function: meetings.invite_name(w, made, "Lis Vang", function, Audience.NETWORK)
        )
    store.write(
        lambda w: meetings.add_point(w, made, Column.WORRIES, "Emma sover dårligt. Fraværet er højt.")
    )
    store.write(lambda w: meetings.add_agreement(w, made, {"what": "Ringe mandag", "who": "Mia Holm"}))
    store.write(lambda w: meetings.hold(w, made))
    return made


def participants(store: SqlStore, meeting: Id) -> list[Id]:
    return [p.id for p in store.read(lambda r: meetings.view(r, meeting)).participants]


def standing(store: SqlStore, meeting: Id) -> minutes_versions.Standing:
    return store.read(lambda r: minutes_versions.standing(r, meeting))


def change_point(store: SqlStore, meeting: Id, text: str) -> None:
    point = store.read(lambda r: meetings.view(r, meeting)).points[Column.WORRIES][0]
    store.write(lambda w: meetings.edit_point(w, point.id, {"text": Edit(text)}))


def test_signed_minutes_change_no_more_and_signing_is_not_undone(store, meeting):
    store.write(lambda w: minutes_versions.sign(w, meeting))
    signed = standing(store, meeting).signed
    assert signed is not None
    assert signed.on == TODAY
    assert "Emma sover dårligt." in signed.text
    for write in (
        lambda w: meetings.add_point(w, meeting, Column.WORKS, "Mormor"),
        lambda w: meetings.add_agreement(w, meeting, {"what": "Mere"}),
        lambda w: minutes_versions.sign(w, meeting),
        lambda w: meeting_run.edit(w, meeting, {"family_task": Edit("Gå en tur")}),
    ):
        with pytest.raises(UserError):
            store.write(write)
    with pytest.raises(UserError):
        change_point(store, meeting, "Noget andet")
    assert store.read(history.state).undo not in (
        "Sign the minutes",
        "The meeting was held",
        "Write an agreement",
    )


def test_minutes_of_a_meeting_that_is_not_held_are_not_signed(store, meeting):
    store.write(lambda w: meetings.plan_again(w, meeting))
    with pytest.raises(UserError):
        store.write(lambda w: minutes_versions.sign(w, meeting))


def test_minutes_sent_to_all_invited_are_recorded_with_the_day(store, meeting):
    everybody = participants(store, meeting)
    store.write(lambda w: minutes_versions.send(w, meeting, everybody[:-1], HELD.day, SentHow.DIGITAL_POST))
    found = standing(store, meeting)
    assert found.sent_to_all is None
    assert found.left == ("Lis Vang (klasselærer)",)
    store.write(lambda w: minutes_versions.send(w, meeting, everybody[-1:], TODAY, SentHow.LETTER))
    found = standing(store, meeting)
    assert (found.sent_to_all, found.left) == (TODAY, ())
    assert {one.version for one in found.sendings} == {found.signed.id}
    assert sorted(one.recipient for one in found.sendings) == [
        "Emma Holm", "Lis Vang (klasselærer)", "Lis Vang (moster)", "Mia Holm",
    ]  # fmt: skip


@pytest.mark.parametrize("day", [TODAY + dt.timedelta(days=1), HELD.day - dt.timedelta(days=1)])
def test_minutes_are_not_sent_on_a_day_to_come_or_before_the_meeting(store, meeting, day):
    everybody = participants(store, meeting)
    with pytest.raises(InvalidInput):
        store.write(lambda w: minutes_versions.send(w, meeting, everybody, day, SentHow.LETTER))
    assert standing(store, meeting).signed is None


def test_what_was_changed_since_the_draft_stands_beside_it(store, meeting):
    to = participants(store, meeting)[1:2]
    draft = store.write(
        lambda w: minutes_versions.send(w, meeting, to, TODAY, SentHow.LETTER, draft=True)
    ).result
    change_point(store, meeting, "Emma sover dårligt. Fraværet er 20 procent.")
    store.write(lambda w: minutes_versions.sign(w, meeting))
    rows = store.read(lambda r: minutes_versions.compared(r, meeting, draft))
    changed = [(row.before, row.after) for row in rows if row.change is not Change.SAME]
    assert changed == [("Fraværet er højt.", "Fraværet er 20 procent.")]
    with pytest.raises(UserError):
        store.write(lambda w: minutes_versions.send(w, meeting, to, TODAY, SentHow.LETTER, draft=True))


def test_a_later_remark_is_an_addition_and_the_minutes_stay(store, meeting):
    with pytest.raises(UserError):
        store.write(lambda w: minutes_versions.add(w, meeting, "Mia Holm", TODAY, "Jeg sagde tirsdag"))
    store.write(lambda w: minutes_versions.sign(w, meeting))
    before = standing(store, meeting).signed
    store.write(lambda w: minutes_versions.add(w, meeting, "Mia Holm", TODAY, "Jeg sagde tirsdag"))
    found = standing(store, meeting)
    assert found.signed == before
    assert [(one.by, one.on, one.text) for one in found.additions] == [
        ("Mia Holm", TODAY, "Jeg sagde tirsdag")
    ]
    facts = store.read(lambda r: papers.minutes(r, meeting))[0].facts
    assert [(one.by, one.text) for one in facts.additions] == [("Mia Holm", "Jeg sagde tirsdag")]
    with pytest.raises(InvalidInput):
        store.write(
            lambda w: minutes_versions.add(w, meeting, "Mia", TODAY, f"cpr {NUMBER[:6]}-{NUMBER[6:]}")
        )


def test_no_number_and_no_place_stands_in_a_kept_version(store, meeting):
    store.write(lambda w: minutes_versions.sign(w, meeting))
    text = standing(store, meeting).signed.text
    for word in ("610315", "Krisecentret", "97123456", "Fortroligt"):
        assert word not in text


def texts(thing: Any) -> Iterator[str]:
    """Yield every text that can be reached from the model."""
    if isinstance(thing, str):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for one in dataclasses.fields(thing):
            yield from texts(getattr(thing, one.name))
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from texts(value)


def test_those_who_look_on_are_given_what_was_said_here_and_nothing_of_the_case(store, meeting):
    model = store.read(lambda r: meeting_run.said_here(r, meeting))
    found = " | ".join(texts(model))
    for word in ("610315", "Krisecentret", "97123456", "Fortroligt", "moster Holm"):
        assert word not in found
    assert "Emma sover dårligt." in found
    assert model.opened.view.case.child_name == "Emma"
    assert model.opened.view.people == ()
    assert [one.name for one in model.here][2:] == ["Lis Vang (moster)", "Lis Vang (klasselærer)"]


def test_who_answers_the_scaling_question_again_has_the_new_answer(store, meeting):
    child, mother, *_ = participants(store, meeting)
    store.write(lambda w: meeting_run.answer(w, meeting, child, 3))
    store.write(lambda w: meeting_run.answer(w, meeting, mother, 10))
    store.write(lambda w: meeting_run.answer(w, meeting, child, 0))
    answers = store.read(lambda r: meeting_run.said_here(r, meeting)).answers
    assert [(one.who, one.value) for one in answers] == [("Emma Holm", 0), ("Mia Holm", 10)]
    facts = store.read(lambda r: papers.minutes(r, meeting))[1].facts
    assert [(one.who, one.value) for one in facts.scale] == [("Emma Holm", 0), ("Mia Holm", 10)]
    for value in (-1, 11):
        with pytest.raises(InvalidInput):
            store.write(lambda w, value=value: meeting_run.answer(w, meeting, child, value))
    with pytest.raises(InvalidInput):
        store.write(lambda w: meeting_run.answer(w, meeting, b"x" * 16, 5))
    store.write(lambda w: meeting_run.take_back_answer(w, answers[0].id))
    assert len(store.read(lambda r: meeting_run.said_here(r, meeting)).answers) == 1


def test_what_is_written_of_the_meeting_while_it_is_held_is_tidied_and_limited(store, meeting):
    store.write(lambda w: meeting_run.edit(w, meeting, {"family_task": Edit("  Gå en tur  ")}))
    store.write(lambda w: meeting_run.edit(w, meeting, {"warn_minutes": Edit(15)}))
    found = store.read(lambda r: r.get(Meeting, meeting))
    assert (found.family_task, found.warn_minutes) == ("Gå en tur", 15)
    for name, value in (("warn_minutes", 500), ("chair", "Ingen"), ("scale_question", "a" * 5000)):
        with pytest.raises(InvalidInput):
            store.write(lambda w, n=name, v=value: meeting_run.edit(w, meeting, {n: Edit(v)}))
