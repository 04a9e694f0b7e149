"""A case that a colleague hands over arrives above the limit, is marked, and is nobody's but the one who is full's."""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.case import LimitException
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.services import cases
from caseworker_app.services.today import today
from caseworker_app.sync import sharing
from db.store import SqlStore
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Desk, Office

LIMIT = 3


def fill(store: SqlStore, count: int) -> list[Id]:
    return [register(store, f"Eget Barn {n}") for n in range(count)]


def handed_over(office_: Office, anna: Desk, bo: Desk, name: str) -> Id:
    made = register(anna.store, name)
    anna.well()
    sharing.hand_over(anna.sync, case(anna.store, made).stream, bo.user, None)
    office_.settle(anna, bo)
    return made


def above(store: SqlStore) -> list[Id]:
    load = store.read(cases.caseload)
    return [row.case.id for row in load.active if row.case.above_limit]


def test_what_comes_by_sync_above_the_limit_is_taken_and_marked(office: Office, monkeypatch) -> None:
    monkeypatch.setattr(cases.office, "limit", lambda _house: LIMIT)
    anna, bo = office.desk("anna"), office.desk("bo")
    own = fill(bo.store, LIMIT - 1)
    first = handed_over(office, anna, bo, "Emma Prøve")
    assert above(bo.store) == []
    second = handed_over(office, anna, bo, "Noah Prøve")
    assert above(bo.store) == [second]
    third = handed_over(office, anna, bo, "Ida Prøve")
    load = bo.store.read(cases.caseload)
    assert (len(load.active), load.above, set(above(bo.store))) == (5, 2, {second, third})
    assert {row.case.id for row in load.active[:2]} == {second, third}  # they stand first
    assert bo.store.read(lambda r: cases.view(r, second)).case.above_limit
    assert not bo.store.read(lambda r: cases.view(r, first)).case.above_limit
    assert {one.id for one in bo.store.read(today).above} == {second, third}
    agreed = LimitException(dt.date(2026, 11, 1), "Susanne Dahl", "Enighed om at tage den")
    bo.store.write(lambda w: cases.record_exception(w, third, agreed))
    assert above(bo.store) == [second]
    bo.store.write(lambda w: cases.close(w, own[0], w.today, "Flyttet"))
    assert above(bo.store) == []


def test_a_case_that_is_merely_shared_marks_none_of_ones_own(office: Office, monkeypatch) -> None:
    monkeypatch.setattr(cases.office, "limit", lambda _house: LIMIT)
    anna, bo = office.desk("anna"), office.desk("bo")
    own = fill(bo.store, LIMIT)
    emma = register(anna.store)
    anna.well()
    sharing.share(anna.sync, case(anna.store, emma).stream, bo.user, Role.MEMBER)
    office.settle(anna, bo)
    assert above(bo.store) == [emma]
    assert not set(above(bo.store)) & set(own)
