"""One sync: what is new, push, pull, keys, files. Pure over its ports; whoever runs it decides when, and in which threads.

Every step may be cut off anywhere: rows and cursor move together, and an operation counts as sent only when it has come
back in the hub's log. What goes wrong is told in the report; what was done before it stays done.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field

from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Cancelled
from caseworker_app.services.sync_ports import HubAccount, Outgoing, SyncStore, Touched
from caseworker_app.sync import blobs, cards
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.pulling import PAGE, Pull
from caseworker_app.sync.wire import (
    MOST_BYTES,
    MOST_OPERATIONS,
    PROTOCOL,
    HeadsAnswer,
    Position,
    Pushed,
    Reason,
    Verdict,
)

BRAKE = 50
"""When this many things are taken back and unsent, nothing is sent before a person has said yes (Joplin's lesson: sync
spreads an accidental deletion as designed)."""
ROUNDS = 4
"""A hub that differs again each time is asked no more than so often in one sync."""
Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What one sync came to."""

    trouble: HubTrouble | None = None
    cancelled: bool = False
    pushed: int = 0
    received: int = 0
    confirmed: int = 0
    refused: int = 0
    rejected: int = 0
    files_sent: int = 0
    files_come: int = 0
    restored: bool = False
    """The hub had been put back to an earlier state and is being healed."""
    damaged: bool = False
    """A log of the hub does not follow on itself."""
    twin: bool = False
    held: int = 0
    """So many things were taken back that sending waits for a yes."""
    closed: int = 0
    keys_changed: tuple[str, ...] = ()
    """Names of devices that were shown with another key than before."""
    touched: Touched = field(default_factory=frozenset)
    left: bool = False
    """There is more to do at once."""


class SyncLoop:
    """Brings one store and one hub together. :meth:`once` never raises for what a net or a hub does."""

    def __init__(
        self,
        store: SyncStore,
        client: Callable[[HubAccount], HubClient],
        *,
        told: Callable[[Touched], None] | None = None,
        ahead: bool = False,
    ) -> None:
        """``client`` makes the calls of the hub the account names. ``told`` hears of things that changed, page by page.

        ``ahead``: a first reading fetches the next pages in a thread beside this one; without it everything is done in
        turn.
        """
        self._store = store
        self._make_client = client
        self._told = told or (lambda _touched: None)
        self.ahead = ahead
        self._met: str | None = None
        self._progress: Progress = lambda _done, _of: None
        self._report = Report()
        self._done = self._of = 0
        self._touched: set[tuple[str, Id]] = set()

    def once(self, progress: Progress | None = None, *, may_take_back: bool = False) -> Report:
        """Sync once. ``progress`` may raise :class:`Cancelled`; ``may_take_back`` is a person's yes to many deletions."""
        self._report = Report()
        self._progress = progress or (lambda _done, _of: None)
        self._done = self._of = 0
        self._touched = set()
        account = self._store.account()
        if account is None or not account.token:
            self._report.trouble = HubTrouble(Trouble.SIGN_IN_AGAIN)
            return self._report
        try:
            _Sync(self, account, self._make_client(account), may_take_back=may_take_back).run()
        except HubTrouble as error:
            self._report.trouble = error
            if error.trouble is Trouble.REVOKED and not account.revoked:
                self._store.keep_account(dataclasses.replace(account, revoked=True))
        except Cancelled:
            self._report.cancelled = True
        self._report.touched = frozenset(self._touched)
        return self._report

    # what one sync shares

    @property
    def store(self) -> SyncStore:
        return self._store

    @property
    def report(self) -> Report:
        return self._report

    def has_met(self, people: str) -> bool:
        """Whether colleagues, laptops and keys have been looked at since the program began and since any came or went."""
        return self._met == people

    def meet(self, people: str) -> None:
        self._met = people

    def expect(self, more: int) -> None:
        self._of += more

    def step(self, done: int = 0) -> None:
        self._done += done
        self._of = max(self._of, self._done)
        self._progress(self._done, self._of)

    def touched(self, touched: Touched) -> None:
        if touched:
            self._touched |= touched
            self._told(touched)


class _Sync:
    """One run."""

    def __init__(
        self, loop: SyncLoop, account: HubAccount, client: HubClient, *, may_take_back: bool
    ) -> None:
        self._loop, self._store, self._report = loop, loop.store, loop.report
        self._account, self._client = account, client
        self._may_take_back = may_take_back
        self._cards = {card.device for card in self._store.cards()} | {self._store.device, account.hub}
        self._asked_people = False
        self._clear_came = False

    def run(self) -> None:
        try:
            heads = self._heads()
        except HubTrouble as error:
            if error.trouble is Trouble.REVOKED:
                self._push()  # what was written can still be handed in
            raise
        first = not any(at.seq for at in self._store.streams().values())
        new = first or not self._loop.has_met(heads.people)
        if new:
            self._people()
        blobs.name_files(self._store)
        self._rounds(heads, first=first)
        if self._clear_came or new or self._asked_people:
            self._grant()
        self._loop.meet(heads.people)
        self._report.files_sent = blobs.send_files(self._store, self._client, self._loop.step)
        came = blobs.fetch_files(self._store, self._client, self._loop.step)
        self._report.files_come = len(came)
        self._loop.touched(frozenset(("file", file.sha256[:16]) for file in came))

    def _rounds(self, heads: HeadsAnswer, *, first: bool = False) -> None:
        """Push and pull until both sides have what the other has."""
        for _round in range(ROUNDS):
            pushed = self._push()
            if pushed or self._reset:
                heads = self._heads()
            if heads.least_protocol > PROTOCOL:
                raise HubTrouble(Trouble.TOO_OLD)
            self._pull(heads, first=first)
            first = False
            if not self._reset:
                return
            heads = self._heads()
        self._report.left = True

    _reset = False

    def _heads(self) -> HeadsAnswer:
        """Ask what is new, and heal a hub that does not have what was read."""
        streams = self._store.streams()
        heads = self._client.heads({one: Position(at.seq, at.chain) for one, at in streams.items()})
        self._store.note_time(heads.now_ms)
        self._report.closed += self._store.close_streams([bytes.fromhex(one) for one in heads.closed])
        self._reset = False
        for one in heads.differing:
            self._heal(bytes.fromhex(one))
        return heads

    def _heal(self, stream: Id) -> None:
        self._store.reset(stream)
        self._report.restored = self._reset = True

    # out

    def _push(self) -> int:
        held = self._store.counts().cancels
        if held > BRAKE and not self._may_take_back:
            self._report.held = held
            return 0
        after = 0
        kept: list[Id] = []
        try:
            while batch := self._store.outgoing(after, MOST_OPERATIONS, MOST_BYTES):
                kept += self._push_batch(batch)
                after = batch[-1].no
                self._loop.step(len(batch))
        finally:
            if kept:
                self._store.pushed(kept)
        self._report.pushed += len(kept)
        return len(kept)

    def _push_batch(self, batch: list[Outgoing]) -> list[Id]:
        rows = [Pushed(one.sealed.header, one.sealed.payload, one.sealed.signature) for one in batch]
        answer = self._client.push(rows)
        kept = []
        for one, result in zip(batch, answer.results, strict=True):
            if result.verdict is Verdict.QUARANTINED:
                reason = Reason.UNREADABLE if result.reason is None else result.reason
                self._store.reject(one.op_id, reason.value)
                self._report.rejected += 1
            else:
                kept.append(one.op_id)
            if result.twin:
                self._report.twin = self._store.note_twin(one.op_id) or self._report.twin
        return kept

    # in

    def _pull(self, heads: HeadsAnswer, *, first: bool) -> None:
        much = first and sum(position.seq for position in heads.news.values()) > PAGE
        beside = ThreadPoolExecutor(1, thread_name_prefix="sync-ahead") if much and self._loop.ahead else None
        with beside or nullcontext() as ahead:
            pull = Pull(self._loop, self._client, meet=self._meet, heal=self._heal, ahead=ahead)
            try:
                pull.pull(heads, first=first)
            finally:
                self._clear_came = self._clear_came or pull.clear_came

    # who and keys

    def _meet(self, devices: Iterable[bytes]) -> None:
        """Ask who is who when a row is signed by a laptop never heard of; once a sync."""
        if not self._asked_people and not self._cards.issuperset(devices):
            self._people()

    def _people(self) -> None:
        self._asked_people = True
        pinned = cards.pin(self._store, self._account, self._client.people().people)
        self._cards |= {card.device for card in self._store.cards()}
        self._report.keys_changed = tuple(card.name for card in pinned.changed)

    def _grant(self) -> None:
        """Give keys to who may have them and has not: one's own new laptop, a colleague's, the organisation; and make new
        ones where somebody who reads no more has the one that counts."""
        if not self._asked_people:
            self._people()
        stale = self._store.stale()
        for stream, recipients in stale.items():
            self._loop.step()
            self._store.set_role(stream, {}, recipients, rotate=True)
        owed = self._store.owed()
        for stream, recipients in owed.items():
            self._loop.step()
            self._store.grant(stream, recipients)
        if stale or owed:
            self._rounds(self._heads())
