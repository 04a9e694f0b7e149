"""The desk as the window uses it: it syncs by itself, says where things stand, and leaves the store alone when told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.compose import sync_thread
from caseworker_app.compose.sync_thread import delay_after
from caseworker_app.compose.syncing import Syncing
from caseworker_app.hub import admin
from caseworker_app.services.sync_desk import FaultCode, Place, ShareRole, Standing, SyncDesk
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
