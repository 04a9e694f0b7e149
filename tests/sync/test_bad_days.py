"""Days that go wrong: a hub away for a week, a case that moves while somebody's words are unsent, a log grown large."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.domain.person import Person
from caseworker_app.services import cases, people
from caseworker_app.services.forms import Edit
from caseworker_app.sync import sharing
from caseworker_app.sync.client import Trouble
from caseworker_app.sync.wire import Reason, Verdict
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import NOON, case, register
from tests.helpers.sync_house import Ask, Desk, Office

SMALL = frozenset({"cursors", "streams", "s", "c", "people", "devices", "meta", "device", "users", "tokens"})
"""Tables that grow with the cases and the colleagues, not with the years; they may be read from end to end."""


def read_whole(plan: str) -> set[str]:
    """Return which tables a plan reads from end to end and not by an index of its own few rows."""
    return set(re.findall(r"SCAN (?!CONSTANT)(\w+)(?! USING)\b(?! USING| VIRTUAL)", plan))


def away(_method: str, _path: str, _ask: Ask) -> tuple[int, bytes]:
    raise ConnectionError("no hub")


def write(desk: Desk, of: Id, name: str) -> None:
    heads = desk.store.read(lambda r: r.fields(Case, of))["school"].heads
    desk.store.write(lambda w: cases.edit(w, of, {"school": Edit(name, heads)}))


def test_a_hub_that_is_down_for_a_week_loses_nothing_and_the_age_of_the_unsent_is_known(
    office: Office,
) -> None:
    clocks = [FixedClock(NOON), FixedClock(NOON)]
    anna, bo = office.desk("anna", clocks[0]), office.desk("bo", clocks[1])
    emma = register(anna.store)
    anna.well()
    sharing.share(anna.sync, case(anna.store, emma).stream, bo.user, Role.MEMBER)
    office.settle()
    for desk in (anna, bo):
        desk.net.between = away
    for day in range(7):
        for desk, clock in zip((anna, bo), clocks, strict=True):
            clock.set(NOON + dt.timedelta(days=day))
            who = f"{desk.user.hex()[:4]} dag {day}"
            desk.store.write(lambda w, n=who: people.add(w, emma, {"name": n}))
            report = desk.once()
            assert report.trouble is not None
            assert report.trouble.trouble is Trouble.OFFLINE
    counts = anna.sync.counts()
    assert counts.unsent == 7
    assert counts.oldest_unsent_ms is not None
    now = int(clocks[0].now().timestamp() * 1000)
    assert dt.timedelta(milliseconds=now - counts.oldest_unsent_ms) == dt.timedelta(days=6)
    for desk in (anna, bo):
        desk.net.between = None
    office.settle()
    names = [{one.name for one in desk.store.read(lambda r: r.find(Person))} for desk in (anna, bo)]
    assert names[0] == names[1]
    assert len(names[0]) == 14
    for desk in (anna, bo):
        assert desk.sync.counts().unsent == 0
        assert faults(desk.store) == []


def test_what_was_unsent_when_a_case_moved_goes_with_it(office: Office) -> None:
    anna, carl = office.desk("anna"), office.desk("carl")
    emma = register(anna.store)
    office.settle()
    write(anna, emma, "Skrevet før flytningen")
    sharing.hand_over(anna.sync, case(anna.store, emma).stream, carl.user, None)
    assert anna.sync.counts().unsent == 2
    office.settle()
    assert case(carl.store, emma).school == "Skrevet før flytningen"
    assert anna.sync.counts().unsent == anna.store.read(lambda r: r.unsent())[0] == 0
    before = len(anna.net.asked)
    anna.well()  # the hub has it, and she may not read it back: she does not send it again and again
    assert "POST /v1/operations" not in anna.net.asked[before:]


def test_what_a_colleague_wrote_unsent_while_the_case_moved_is_kept_and_let_in_by_its_new_leader(
    office: Office,
) -> None:
    office.house.user("carl", leader=True)
    anna, bo, carl = office.desk("anna"), office.desk("bo"), office.desk("carl")
    emma = register(anna.store)
    home = case(anna.store, emma).stream
    anna.well()
    sharing.share(anna.sync, home, bo.user, Role.MEMBER)
    office.settle()
    write(bo, emma, "Skrevet i bilen")  # he is away, and does not know
    sharing.take_back(anna.sync, home, bo.user)
    sharing.hand_over(anna.sync, home, carl.user, None)
    office.settle(anna, carl)
    report = bo.once()
    assert report.trouble is None
    assert case(bo.store, emma).school == "Skrevet i bilen"
    (kept,) = bo.sync.refused()
    assert (kept.reason, kept.place) == ("not_a_member", "hub")
    client = carl.client(carl.sync.account())
    (row,) = client.quarantine().rows
    assert (row.name, row.reason, row.stream) == ("Bo", Reason.NOT_A_MEMBER, home)
    assert (
        client.release(row.row).reason is Reason.NOT_A_MEMBER
    )  # the case's own log decides, also for a leader
    sharing.share(carl.sync, home, bo.user, Role.MEMBER)
    carl.well()
    assert client.release(row.row).verdict is Verdict.ACCEPTED
    carl.well()
    assert case(carl.store, emma).school == "Skrevet i bilen"
    assert faults(carl.store) == []


def test_a_sync_with_nothing_new_reads_no_table_that_grows(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a log of four gigabytes would cost is not measured: no statement reads it, on either side. The figure is
    ``sync_empty`` (docs/benchmarks.md)."""
    anna = office.desk("anna")
    emma = register(anna.store)
    for n in range(30):
        write(anna, emma, f"Skole {n}")
    office.settle()
    asked: set[str] = set()
    lend = SqlStore.reading

    @contextmanager
    def overheard(self: SqlStore) -> Iterator[Any]:
        with lend(self) as connection:
            connection.set_trace_callback(asked.add)
            try:
                yield connection
            finally:
                connection.set_trace_callback(None)

    monkeypatch.setattr(SqlStore, "reading", overheard)
    writer = anna.store.connection
    writer.set_trace_callback(asked.add)
    hubs: set[tuple[str, Any]] = set()
    engine = office.house.ground.engine

    def noted(_conn: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if not many:
            hubs.add((statement, tuple(values)))

    event.listen(engine, "before_cursor_execute", noted)
    try:
        anna.well()
    finally:
        writer.set_trace_callback(None)
        event.remove(engine, "before_cursor_execute", noted)
    selects = {
        one for one in asked if one.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
    }
    assert selects
    assert hubs
    assert read_whole("SCAN operations SEARCH log USING INDEX a SCAN heads USING INDEX b") == {"operations"}
    for statement in selects:
        plan = " ".join(row[3] for row in writer.execute(f"EXPLAIN QUERY PLAN {statement}"))
        assert read_whole(plan) <= SMALL, (statement, plan)
    with engine.connect() as connection:
        for statement, values in hubs:
            if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
                continue
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plan = " ".join(row[3] for row in rows)
            assert read_whole(plan) <= SMALL, (statement, plan)
