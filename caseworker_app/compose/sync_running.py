"""Sync at work beside the window: its thread, what it is doing, and what the window is told of it."""

from __future__ import annotations

import dataclasses
import logging
import platform
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from caseworker_app.compose import sync_state
from caseworker_app.compose.sync_thread import SyncThread
from caseworker_app.domain.errors import NotKept
from caseworker_app.services.ports import Cancelled, Store
from caseworker_app.services.sync_desk import (
    Directory,
    Fault,
    FaultCode,
    News,
    SyncState,
    Touched,
)
from caseworker_app.services.sync_ports import Counts, HubAccount, SyncStore

if TYPE_CHECKING:
    from caseworker_app.sync.client import HubClient, Network
    from caseworker_app.sync.loop import Report, SyncLoop
    from db.store import SqlStore

_LOG = logging.getLogger(__name__)
MakeNetwork = Callable[[str], "Network"]


class SyncRunning:
    """The working half of the desk. ``network`` makes the way to an address; tests hand in one without sockets."""

    def __init__(self, network: MakeNetwork | None = None, device_name: str = "") -> None:
        self._make_network = network or _http
        self._device_name = device_name or platform.node()[:60] or "laptop"
        self._networks: dict[str, Network] = {}
        self._listeners: list[Callable[[News], None]] = []
        self._lock = threading.RLock()
        self._state = SyncState()
        self._directory = Directory()
        self._store: SyncStore | None = None
        self._loop: SyncLoop | None = None
        self._thread: SyncThread | None = None
        self._report: Report | None = None
        self._own_fault: FaultCode | None = None
        self._since: dict[FaultCode, Fault] = {}
        self._cancelled = self._sign_in_stopped = False
        self._may_take_back = 0

    # at once

    def state(self) -> SyncState:
        return self._state

    def directory(self) -> Directory:
        return self._directory

    def listen(self, told: Callable[[News], None]) -> Callable[[], None]:
        self._listeners.append(told)

        def end() -> None:
            if told in self._listeners:
                self._listeners.remove(told)

        return end

    def begin(self, store: Store) -> None:
        self.rest()
        with self._lock:
            self._opened = store
            self._thread = SyncThread(self._work, self._count)

    def rest(self) -> None:
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.rest()
        with self._lock:
            self._store = self._loop = None
            networks, self._networks = self._networks, {}
        for network in networks.values():
            if callable(close := getattr(network, "close", None)):
                close()
        self._state, self._report, self._own_fault, self._may_take_back = SyncState(), None, None, 0

    def saved(self) -> None:
        if self._thread is not None:
            self._thread.soon()

    def start_now(self) -> None:
        if self._thread is not None:
            self._thread.soon(0.0)

    def send_held(self) -> None:
        report = self._report
        self._may_take_back = 0 if report is None else report.held
        self.start_now()

    def cancel(self) -> None:
        self._cancelled = True

    # in the desk's own thread

    def _work(self) -> bool:
        """Sync once; never raises."""
        try:
            return self._sync()
        except NotKept:
            self._own_fault = FaultCode.DISK_FULL
        except Exception as error:  # noqa: BLE001 - sync failing is said, and the program goes on
            if self._resting():
                return True  # the store was closed beneath it
            self._own_fault = FaultCode.BROKE
            _LOG.error("sync failed: %s", type(error).__name__)
        self._tell()
        return False

    def _count(self) -> None:
        """Count anew after a save, also while the hub does not answer."""
        try:
            self._refresh()
        except Exception as error:  # noqa: BLE001 - as in _work
            if not self._resting():
                _LOG.error("counting failed: %s", type(error).__name__)

    def _sync(self) -> bool:
        store, loop = self._ready()
        self._refresh()
        account = store.account()
        if account is None or not account.token or self._resting():
            return True
        self._cancelled = False
        first = not any(at.seq for at in store.streams().values())
        self._state = dataclasses.replace(self._state, running=True, first=first, done=0, of=0)
        self._tell()
        said_yes = store.counts().cancels <= self._may_take_back
        self._report = loop.once(self._progress, may_take_back=said_yes)
        if self._report.trouble is None and not self._report.cancelled:
            self._may_take_back = 0  # her yes was to these; a net that was down has not used it up
        self._own_fault = None
        self._refresh()
        return self._report.trouble is None

    def _ready(self) -> tuple[SyncStore, SyncLoop]:
        with self._lock:
            if self._store is None or self._loop is None:
                from caseworker_app.sync.loop import SyncLoop
                from caseworker_app.sync.wire import next_chain
                from db.sync_store import SqlSyncStore

                self._store = SqlSyncStore(cast("SqlStore", self._opened), next_chain)
                self._loop = SyncLoop(self._store, self._client, told=self._touched, ahead=True)
            return self._store, self._loop

    def _resting(self) -> bool:
        thread = self._thread
        return thread is None or thread.stopping

    def _progress(self, done: int, of: int) -> None:
        if self._cancelled or self._resting():
            raise Cancelled
        if (done, of) != (self._state.done, self._state.of):
            self._state = dataclasses.replace(self._state, done=done, of=of)
            self._tell()

    def _touched(self, touched: Touched) -> None:
        self._tell(touched)

    def _refresh(self) -> None:
        """Count anew, and tell."""
        store, _loop = self._ready()
        account, counts = store.account(), store.counts()
        closed = sum(1 for at in store.streams().values() if at.closed)
        self._state = sync_state.state_of(account, counts, self._faults(counts, closed))
        self._directory = sync_state.directory_of(store)
        self._tell()

    def _faults(self, counts: Counts, closed: int) -> tuple[Fault, ...]:
        found = sync_state.faults_of(self._report, counts, closed)
        if self._own_fault is not None:
            found.append(Fault(self._own_fault))
        now = sync_state.moment(self._ready()[0].now_ms())
        self._since = {
            fault.code: self._since.get(fault.code, dataclasses.replace(fault, since=now)) for fault in found
        }
        return tuple(dataclasses.replace(fault, since=self._since[fault.code].since) for fault in found)

    def _tell(self, touched: Touched = frozenset()) -> None:
        for told in tuple(self._listeners):
            told(News(touched))

    def _network(self, address: str) -> Network:
        with self._lock:
            if address not in self._networks:
                self._networks[address] = self._make_network(address)
            return self._networks[address]

    def _client(self, account: HubAccount) -> HubClient:
        from caseworker_app.sync.client import HubClient

        return HubClient(self._network(account.address), account.token)


def _http(address: str) -> Network:
    from caseworker_app.sync.http import HttpNetwork

    return HttpNetwork(address)
