"""``demo --out DIR``: sync as it looks. A health visitor with a laptop of her own writes in a shared case; both are real.

A hub within the process, the demo store signed in to it, and a second store that shares one case: what the pictures show
came through the log.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.clock import FixedClock
from caseworker_app.compose.hub_within import ADDRESS, HubWithin, open_hub
from caseworker_app.compose.syncing import Syncing
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id, new_id
from caseworker_app.domain.office import Function
from caseworker_app.services import cases, office
from caseworker_app.services.forms import Edit
from caseworker_app.services.sync_desk import FaultCode, ShareRole
from caseworker_app.sync.sealing import OperationSealer, new_device_secret
from db.store import DeviceRow, SqlStore, create

if TYPE_CHECKING:
    from caseworker_app.services.ports import Store
    from ui.pictures import Shot

CONFLICT, SYNC = "conflict_screenshot", "sync_screenshot"
_PATIENCE_S = 60.0


class SharedCase:
    """The demo store signed in to a hub, and one case shared with a colleague who has written in it meanwhile."""

    def __init__(self, store: Store, case: Id, folder: Path, now: dt.datetime) -> None:
        self._store, self._case = store, case
        self._hub = open_hub(folder / "hub.db", "Hedeby Kommune", int(now.timestamp() * 1000))
        self.desk = Syncing(lambda _address: self._hub.network, "KONTOR-17")
        self._mette = Laptop(self._hub, folder, now + dt.timedelta(minutes=25))
        self._begin(store)
        self._write_apart()

    def _begin(self, store: Store) -> None:
        mette = self._hub.user("mette", "Mette Holm", "Sundhedsplejen")
        self._hub.user("susanne", "Susanne Dahl", "Distrikt Syd", leader=True)
        mine = self._hub.user("rikke", store.read(office.house).worker.name or "Rådgiver", "Distrikt Nord")
        self.desk.begin(store)
        self.desk.sign_in_by_code(ADDRESS, mine)
        _settle(self.desk)
        self._mette.desk.sign_in_by_code(ADDRESS, mette)
        _settle(self._mette.desk)
        user = next(one.user for one in self.desk.people() if one.name == "Mette Holm")
        self.desk.share(self._stream, user, ShareRole.MEMBER)
        _sync(self.desk)
        _sync(self._mette.desk)

    @property
    def _stream(self) -> Id:
        found = self._store.read(lambda r: r.get(Case, self._case))
        if found is None:
            raise KeyError("no such case")
        return found.stream

    def _write_apart(self) -> None:
        """Both write in the case before either has seen what the other wrote."""
        note = "Mor ringede mandag: hun vil gerne, at mormor er med til mødet. Mormor kan hente om onsdagen."
        hers = (
            "Talte med mor på besøget: mormor vil gerne med til mødet, og hun henter hver onsdag fra uge 49."
        )
        _edit(self._mette.store, self._case, {"school": "Bakkeskolen, modtageklassen", "note": hers})
        _edit(self._store, self._case, {"school": "Bakkeskolen, 2. klasse", "note": note})
        _sync(self._mette.desk)
        _sync(self.desk)

    def close(self) -> None:
        """Let the stores alone and close what was opened here."""
        self.desk.rest()
        self._mette.close()
        self._hub.close()


class Laptop:
    """A colleague's own laptop: a store, and its desk of sync."""

    def __init__(self, hub: HubWithin, folder: Path, now: dt.datetime) -> None:
        row = DeviceRow(new_id(), new_id(), new_id(), new_device_secret())
        clock = FixedClock(now)
        path = folder / "colleague.db"
        self.store: SqlStore = create(
            path, secrets.token_bytes(32), row=row, sealers=OperationSealer, clock=clock
        )
        worker = {"name": "Mette Holm", "function": Function.HEALTH_VISITOR}
        self.store.write(lambda w: office.found(w, worker, {"municipality": "Hedeby Kommune"}))
        self.desk = Syncing(lambda _address: hub.network, "SUNDHED-04")
        self.desk.begin(self.store)

    def close(self) -> None:
        """Close her store."""
        self.desk.rest()
        self.store.close()


def _edit(store: Store, case: Id, values: dict[str, str]) -> None:
    shown = store.read(lambda r: r.fields(Case, case))
    edits = {name: Edit(value, shown[name].heads) for name, value in values.items()}
    store.write(lambda w: cases.edit(w, case, edits))


def _sync(desk: Syncing) -> None:
    desk.start_now()
    _settle(desk)


def _settle(desk: Syncing) -> None:
    """Wait until the desk has sent everything and is at rest. Raises ``TimeoutError``."""
    end = time.monotonic() + _PATIENCE_S
    quiet = 0
    while quiet < 3:
        state = desk.state()
        if not state.running and any(fault.code is FaultCode.HELD for fault in state.faults):
            desk.send_held()  # three years of a demo took many things back
        done = not state.running and not state.unsent and state.last_contact is not None
        quiet = quiet + 1 if done else 0
        if time.monotonic() > end:
            raise TimeoutError("the demo's sync did not come to rest")
        time.sleep(0.1)


def picture_sync(
    store: Store,
    case: Id,
    take: Callable[[list[Shot], Syncing], None],
    note: Callable[[str, str, str], None],
    folder: Path,
    now: dt.datetime,
    sizes: dict[str, tuple[int, int]],
) -> None:
    """Share a case, have both write in it, and take the pictures. The store is changed by it: do it last."""
    shared = SharedCase(store, case, folder, now)
    try:
        take(sync_shots(case, note, sizes), shared.desk)
    finally:
        shared.close()


def sync_shots(
    case: Id, note: Callable[[str, str, str], None], sizes: dict[str, tuple[int, int]]
) -> list[Shot]:
    """Return the pictures to be taken of the shared case."""
    from ui.house import Place
    from ui.pictures import Shot
    from ui.theme import ThemeName

    places = (
        ("conflict-case", CONFLICT, "En sag med to værdier", Place("case", case)),
        ("conflict", CONFLICT, "To værdier side om side", Place("case", case, "conflicts")),
        ("conflict-caseload", CONFLICT, "Sager med to værdier", Place("caseload")),
        ("share", SYNC, "Del sagen", Place("case", case, "share")),
        ("hand-over", SYNC, "Overdrag sagen", Place("case", case, "hand_over")),
        ("sync", SYNC, "Synkronisering", Place("settings", None, "sync")),
    )
    shots = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for name, kind, title, place in places:
                file = f"{name}{suffix}-{theme.value}.png"
                shots.append(Shot(file, place, size, theme))
                note(file, kind, title)
    return shots
