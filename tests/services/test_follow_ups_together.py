"""A follow-up held once for siblings: written once, and each child's file holds the common part and its own alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.follow_up import ChildTalk, FollowUp, TalkState, Way
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.plan import GoalStatus, ProgressMark
from caseworker_app.services import cases, follow_up_pages, follow_ups_together, goals, history, plans
from caseworker_app.services.follow_ups import Held, Review, Talk
from caseworker_app.services.follow_ups_together import OwnPart
from db.store import SqlStore
from db.verify import faults
from tests.helpers.casework import begin, book, days, due_of
from tests.helpers.stores import case as case_of
from tests.helpers.stores import founded, register
from tests.services.test_plans import SMART

START, DUE, HELD = dt.date(2026, 9, 1), dt.date(2026, 9, 15), dt.date(2026, 9, 14)
EMMA_TALK = Talk(child_words="Jeg er EMMAORD", assessment="Glad")
IDA_TALK = Talk(child_words="Jeg er IDAORD", assessment="Træt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store: SqlStore) -> Id:
    return register(store, "Emma Holm", born=dt.date(2014, 5, 2))


@pytest.fixture
def ida(store: SqlStore, emma: Id) -> Id:
    made = register(store, "Ida Holm", born=dt.date(2016, 3, 1))
    store.write(lambda w: cases.link_siblings(w, emma, made, SiblingKind.FULL))
    return made


@pytest.fixture
def both(store: SqlStore, emma: Id, ida: Id) -> tuple[Id, Id]:
    return begin(store, emma, "foster_general", START), begin(store, ida, "foster_general", START)


def goal_of(store: SqlStore, case: Id) -> Id:
    plan = store.write(lambda w: plans.begin(w, case)).result
    goal = store.write(lambda w: goals.add(w, plan, SMART)).result
    store.write(lambda w: goals.set_status(w, goal, GoalStatus.ACTIVE))
    return goal


def first(intervention: Id, **values: object) -> Held:
    given = {"way": Way.VISIT, "summary": "Vi spiste sammen.", "talk": EMMA_TALK, **values}
    return Held(intervention, HELD, DUE, **given)


def hold(store: SqlStore, held: Held, own: str, *others: OwnPart) -> tuple[Id, ...]:
    return store.write(lambda w: follow_ups_together.hold(w, book(), held, own, others)).result


def everything_in(store: SqlStore, case: Id) -> str:
    stream = case_of(store, case).stream
    return repr(
        [
            store.read(lambda r, k=k: r.find(k, stream=stream))
            for k in (FollowUp, ChildTalk, Entry, ProgressMark)
        ]
    )


def test_each_file_holds_the_common_part_and_its_own_and_nothing_of_the_others(store, emma, ida, both):
    foster, other = both
    mine, hers = goal_of(store, emma), goal_of(store, ida)
    part = OwnPart(other, DUE, IDA_TALK, (Review(hers, 3, "IDAMAAL"),), "Ida IDAEGET")
    made = hold(store, first(foster, reviews=(Review(mine, 7, "EMMAMAAL"),)), "Emma EMMAEGET", part)
    views = [store.read(lambda r, one=one: follow_up_pages.view(r, one)) for one in made]
    assert [view.follow_up.summary for view in views] == [
        "Vi spiste sammen.\n\nEmma EMMAEGET",
        "Vi spiste sammen.\n\nIda IDAEGET",
    ]
    assert [view.talks[0].child_words for view in views] == ["Jeg er EMMAORD", "Jeg er IDAORD"]
    assert [view.marks[0][1].value for view in views] == [7, 3]
    for case, own, strange in ((emma, "EMMA", "IDA"), (ida, "IDA", "EMMA")):
        said = everything_in(store, case)
        assert all(f"{own}{what}" in said for what in ("ORD", "EGET", "MAAL"))
        assert not any(f"{strange}{what}" in said for what in ("ORD", "EGET", "MAAL"))
        assert "Vi spiste sammen." in said
    assert faults(store) == []


def test_the_deadline_of_each_child_closes_by_its_own_part(store, emma, ida, both):
    foster, _other = both
    assert days(due_of(store, ida))[0] == DUE
    hold(store, first(foster), "")
    assert days(due_of(store, emma))[0] != DUE
    assert days(due_of(store, ida))[0] == DUE


def test_a_sibling_whose_talk_was_not_held_says_why_and_the_others_was(store, both):
    foster, other = both
    missed = Talk(state=TalkState.NOT_HELD, reason="Ida var hos far")
    made = hold(store, first(foster), "", OwnPart(other, DUE, missed))
    (talk,) = store.read(lambda r: r.find(ChildTalk, where={"follow_up": made[1]}))
    assert (talk.state, talk.reason) == (TalkState.NOT_HELD, "Ida var hos far")


def test_what_is_wrong_in_a_siblings_part_is_said_there_and_nothing_is_written(store, both):
    foster, other = both
    with pytest.raises(InvalidInput) as refused:
        hold(store, first(foster), "", OwnPart(other, DUE, None))
    assert refused.value.field == f"{other.hex()}:talk"
    assert store.read(lambda r: r.count(FollowUp)) == 0


def test_only_siblings_and_each_once(store, both):
    foster, other = both
    stranger = begin(store, register(store, "Bo Prøve", born=dt.date(2014, 5, 2)), "foster_general", START)
    for others in ((OwnPart(stranger, DUE, IDA_TALK),), (OwnPart(foster, DUE, IDA_TALK),)):
        with pytest.raises(UserError, match="linked as siblings"):
            hold(store, first(foster), "", *others)
    twice = OwnPart(other, DUE, IDA_TALK)
    with pytest.raises(UserError, match="once for each"):
        hold(store, first(foster), "", twice, twice)
    assert store.read(lambda r: r.count(FollowUp)) == 0


def test_it_is_offered_for_the_running_interventions_of_siblings(store, emma, ida, both):
    _foster, other = both
    begin(store, register(store, "Bo Prøve", born=dt.date(2014, 5, 2)), "foster_general", START)
    found = store.read(lambda r: follow_ups_together.offered(r, book(), emma))
    assert [(one.case.id, one.opening.intervention.id) for one in found] == [(ida, other)]
    assert found[0].opening.item is not None and found[0].opening.item.due == DUE


def test_one_undo_takes_back_what_was_written_for_all(store, both):
    foster, other = both
    hold(store, first(foster), "", OwnPart(other, DUE, IDA_TALK))
    assert store.read(lambda r: r.count(FollowUp)) == 2
    store.write(history.undo)
    assert store.read(lambda r: (r.count(FollowUp), r.count(ChildTalk))) == (0, 0)
    store.write(history.redo)
    assert store.read(lambda r: (r.count(FollowUp), r.count(ChildTalk))) == (2, 2)
