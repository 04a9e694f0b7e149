"""The desk as the window uses it: it syncs by itself, says where things stand, and leaves the store alone when told to."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.compose import sync_thread
from caseworker_app.compose.later import Later
from caseworker_app.compose.sync_thread import delay_after
from caseworker_app.compose.syncing import Syncing
from caseworker_app.domain.case import Case
from caseworker_app.domain.membership import Role
from caseworker_app.domain.person import Person
from caseworker_app.hub import admin
from caseworker_app.services import people
from caseworker_app.services.sync_desk import FaultCode, Place, ShareRole, Standing, SyncDesk
from caseworker_app.sync import sharing
from db.store import SqlStore
from tests.helpers.source import ROOT
from tests.helpers.stores import case, founded, register
from tests.helpers.sync_house import Net, Office, open_office

ADDRESS = "https://hub.example"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(sync_thread, "FIRST_S", 0.0)
    monkeypatch.setattr(sync_thread, "SAVED_S", 0.0)
    made = open_office(tmp_path)
    yield made
    made.close()


class Told:
    """Waits until the desk is at rest and its state is as wanted."""

    def __init__(self, desk: Syncing) -> None:
        self.desk = desk
        self.touched: set[tuple[str, bytes]] = set()
        self._rung = threading.Condition()
        desk.listen(self._hear)

    def _hear(self, news: object) -> None:
        with self._rung:
            self.touched |= news.touched  # type: ignore[attr-defined]
            self._rung.notify_all()

    def until(self, what: str, holds: object) -> None:
        with self._rung:
            assert self._rung.wait_for(lambda: holds(self.desk.state()), 20), (what, self.desk.state())  # type: ignore[operator]


def test_a_desk_signs_in_sends_shares_and_rests(office: Office) -> None:
    office.house.user("anna")
    bo = office.desk("bo")
    folder = office.folder / "own"
    folder.mkdir()
    store = founded(folder)
    net = Net(office.house.core)
    made = Syncing(lambda _address: net, "Annas bærbare")
    desk: SyncDesk = made
    told = Told(made)
    assert desk.state().standing is Standing.UNKNOWN
    desk.begin(store)
    told.until("it has counted", lambda s: s.unsent > 0)
    found = desk.look("hub.example")
    assert (found.name, found.address) == ("Nordby", ADDRESS)
    desk.sign_in_by_code("hub.example", admin.code_for(office.house.ground, "anna"))
    told.until("all is confirmed", lambda s: s.unsent == 0 and s.last_contact and not s.running)
    assert desk.state().standing is Standing.SIGNED_IN
    assert desk.state().fingerprint == found.fingerprint
    emma = register(store)
    assert desk.standing_of([emma]).place is Place.HERE
    desk.saved()
    told.until("the case is confirmed", lambda s: s.unsent == 0 and not s.running)
    home = case(store, emma).stream
    assert {one.name for one in desk.people()} == {"Anna", "Bo"}
    desk.share(home, bo.user, ShareRole.MEMBER)
    told.until("the share is sent", lambda s: s.unsent == 0 and not s.running)
    assert [(row.name, row.role, row.me) for row in desk.members(home)] == [
        ("Anna", ShareRole.OWNER, True),
        ("Bo", ShareRole.MEMBER, False),
    ]
    assert desk.standing_of(stream=home).place is Place.CONFIRMED
    assert [row.this for row in desk.devices()] == [True]
    assert desk.directory().authors[bo.sync.author] == "Bo"
    bo.well()
    assert case(bo.store, emma).child_name == "Emma Prøve"

    def down(*_call: object) -> tuple[int, bytes]:
        raise OSError

    net.between = down
    register(store, "Sofus Prøve")
    desk.start_now()
    told.until("it says why", lambda s: s.faults and s.faults[0].code is FaultCode.OFFLINE and s.unsent)
    out = desk.sign_out()
    assert out.unsent > 0
    assert desk.state().standing is Standing.SIGNED_OUT
    desk.rest()
    store.close()


def test_a_wait_grows_while_something_is_in_the_way_and_is_never_the_same_for_all() -> None:
    assert [delay_after(n, 0.5) for n in range(1, 9)] == [15, 30, 60, 120, 240, 480, 900, 900]
    assert delay_after(3, 0.0) == 30
    assert delay_after(3, 1.0) == 90
    assert 140 < delay_after(0, 0.0) < delay_after(0, 1.0) < 220


def unsent(store: SqlStore) -> int:
    """Return what is unsent in the store itself, whatever the desk has counted yet."""
    return store.read(lambda r: r.unsent())[0]


def own_desk(office: Office, net: Net) -> tuple[Syncing, Told, SqlStore]:
    """Return the desk of a laptop that is signed in and at rest."""
    if all(person.name != "Anna" for person in admin.everybody(office.house.ground.engine)):
        office.house.user("anna")
    folder = office.folder / "own"
    folder.mkdir()
    store = founded(folder)
    desk = Syncing(lambda _address: net, "Annas bærbare")
    told = Told(desk)
    desk.begin(store)
    desk.sign_in_by_code("hub.example", admin.code_for(office.house.ground, "anna"))
    told.until("all is confirmed", lambda s: s.unsent == 0 and s.last_contact and not s.running)
    return desk, told, store


def test_many_deletions_wait_for_a_yes_of_their_own_that_syncing_is_not(office: Office) -> None:
    net = Net(office.house.core)
    desk, told, store = own_desk(office, net)
    emma = register(store)
    uncles = [
        store.write(lambda w, n=n: people.add(w, emma, {"name": f"Onkel {n}"})).result for n in range(70)
    ]
    desk.saved()
    told.until("all is confirmed", lambda s: unsent(store) == 0 and not s.running)

    def go(some: list[bytes]) -> None:
        store.write(lambda w: [w.act("Cancel"), *(w.cancel(Person, one) for one in some)])
        desk.saved()

    def held(count: int) -> object:
        return lambda s: [f.values["count"] for f in s.faults if f.code is FaultCode.HELD] == [count]

    go(uncles[:60])
    told.until("it is held", held(60))
    before = len(net.asked)
    desk.start_now()
    told.until("the hub was asked once more", lambda s: len(net.asked) > before and not s.running)
    assert unsent(store) == 1
    go(uncles[60:])
    told.until("more is held", held(70))
    assert unsent(store) == 2
    desk.send_held()
    told.until("it is sent", lambda s: s.unsent == 0 and not s.running)
    assert FaultCode.HELD not in {fault.code for fault in desk.state().faults}
    desk.rest()
    store.close()


def test_a_row_the_hub_put_aside_is_sent_again_when_the_user_says_so(office: Office) -> None:
    desk, told, store = own_desk(office, Net(office.house.core))
    bo = office.desk("bo")
    emma = register(bo.store)
    bo.well()
    mine = next(one.user for one in desk.people() if one.name == "Anna")
    home = case(bo.store, emma).stream
    sharing.share(bo.sync, home, mine, Role.READER)
    office.settle(bo)
    desk.start_now()
    told.until("the case is here", lambda s: store.read(lambda r: r.get(Case, emma)) is not None)
    store.write(lambda w: people.add(w, emma, {"name": "Mona Prøve"}))
    desk.saved()
    told.until("the hub would not have it", lambda s: s.quarantined == 1 and not s.running)
    (row,) = desk.quarantine()
    assert row.reason == "read_only"
    sharing.share(bo.sync, home, mine, Role.MEMBER)
    bo.well()
    desk.try_again(row.row)
    told.until("it is sent", lambda s: unsent(store) == s.unsent == s.quarantined == 0 and not s.running)
    bo.well()
    assert [one.name for one in bo.store.read(lambda r: r.find(Person))] == ["Mona Prøve"]
    desk.rest()
    store.close()


def test_the_window_of_ones_own_store_has_a_desk_that_is_not_made_yet_and_the_demo_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from caseworker_app.compose import app
    from ui import application

    seen: list[object] = []
    monkeypatch.setattr(application, "start", lambda context: seen.append(context.sync) or 0)
    assert app.run_own(tmp_path / "own") == 0
    assert seen[0] is not None
    assert seen[0].made is None  # type: ignore[attr-defined]
    doors = Later(lambda: None)
    assert app._show(doors, None, "Demo", None, None, sync=None) == 0  # type: ignore[arg-type]
    assert seen[1] is None


def test_nothing_of_sync_is_loaded_before_it_is_used() -> None:
    script = (
        "import sys, caseworker_app.compose.app, ui.syncing; print([m for m in sys.modules if m in {names}])"
    )
    names = {"httpx", "caseworker_app.compose.syncing", "caseworker_app.sync.loop", "db.sync_store", "ssl"}
    done = subprocess.run(
        [sys.executable, "-c", script.format(names=names)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_team_leader_lets_in_what_a_closed_laptop_handed_in(office: Office) -> None:
    office.house.user("anna", leader=True)
    desk, told, store = own_desk(office, Net(office.house.core))
    bo = office.desk("bo")
    emma = register(bo.store)
    bo.well()
    mine = next(one.user for one in desk.people() if one.name == "Anna")
    sharing.share(bo.sync, case(bo.store, emma).stream, mine, Role.OWNER)
    office.settle(bo)
    desk.start_now()
    told.until("the case is here", lambda s: store.read(lambda r: r.get(Case, emma)) is not None)
    admin.revoke_device(office.house.ground, bo.sync.device)
    bo.store.write(lambda w: people.add(w, emma, {"name": "Mona Prøve"}))
    bo.once()
    (row,) = desk.handed_in()
    assert (row.author, row.reason, row.stream) == ("Bo", "revoked", case(store, emma).stream)
    assert desk.let_in(row.row) == ""
    assert desk.handed_in() == []
    told.until("it has come", lambda s: bool(store.read(lambda r: r.find(Person))) and not s.running)
    assert [one.name for one in store.read(lambda r: r.find(Person))] == ["Mona Prøve"]
    desk.rest()
    store.close()
