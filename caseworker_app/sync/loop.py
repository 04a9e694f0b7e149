"""One sync: what is new, push, pull, keys, files. Pure over its ports and single-threaded; whoever runs it decides when.

Every step may be cut off anywhere: rows and cursor move together, and an operation counts as sent only when it has come
back in the hub's log. What goes wrong is told in the report; what was done before it stays done.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Cancelled
from caseworker_app.services.sync_ports import Cursor, HubAccount, Outgoing, SyncStore, Touched
from caseworker_app.sync import blobs, cards
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.wire import (
    MOST_BYTES,
    MOST_OPERATIONS,
    PROTOCOL,
    HeadsAnswer,
    LogAnswer,
    LogRow,
    Position,
    Pushed,
    Reason,
    Verdict,
)

PAGE = 500
GATHERED, GATHERED_BYTES = 4_000, 16 << 20
"""So much of a new laptop's first reading is taken in one transaction: ids are random, so that each transaction writes
most of the store's pages anew, however little is in it."""
FIRST_PAGE = 60
"""So many rows of each case come first on a new laptop, so that the caseload can be used while the rest comes."""
TAILS = (10, 200)
"""So many rows at the end of a log are looked through for this laptop's keys, more when the first hold none."""
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
    ) -> None:
        """``client`` makes the calls of the hub the account names. ``told`` hears of things that changed, page by page."""
        self._store = store
        self._make_client = client
        self._told = told or (lambda _touched: None)
        self._met: str | None = None
        self._progress: Progress = lambda _done, _of: None
        self._report = Report()
        self._done = self._of = 0

    def once(self, progress: Progress | None = None, *, may_take_back: bool = False) -> Report:
        """Sync once. ``progress`` may raise :class:`Cancelled`; ``may_take_back`` is a person's yes to many deletions."""
        self._report = Report()
        self._progress = progress or (lambda _done, _of: None)
        self._done = self._of = 0
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
            self._report.touched |= touched
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
        self._clear_came = self._waiting = False
        self._gathered: list[tuple[Id, Sequence[LogRow], bytes]] = []
        self._most = PAGE

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
        at = self._store.streams()
        wanted = {bytes.fromhex(one): position.seq for one, position in heads.news.items()}
        self._loop.expect(sum(max(0, seq - at.get(one, Cursor()).seq) for one, seq in wanted.items()))
        try:
            if first:
                for stream, last in wanted.items():
                    self._foresee(stream, last)
                    self._read(stream, at.get(stream, Cursor()), FIRST_PAGE, pages=1)
                self._settle()
                at = self._store.streams()
                self._most = GATHERED
            for stream, last in wanted.items():
                if at.get(stream, Cursor()).seq < last:
                    self._read(stream, at.get(stream, Cursor()), PAGE)
        except (HubTrouble, Cancelled):
            self._settle()  # what has come stays
            raise
        self._settle()

    def _foresee(self, stream: Id, last: int) -> None:
        """Look for this laptop's keys at the end of a log whose beginning is about to be read."""
        for tail in TAILS if last > FIRST_PAGE else ():
            answer = self._log(stream, max(0, last - tail), tail)
            if answer is None or self._store.foresee_keys(stream, answer.rows):
                break

    def _log(self, stream: Id, after: int, limit: int) -> LogAnswer | None:
        try:
            return self._client.log(stream, after, limit)
        except HubTrouble as error:
            if error.trouble is Trouble.REFUSED:
                return None  # closed since it was named
            raise

    def _read(self, stream: Id, at: Cursor, limit: int, *, pages: int = 0) -> None:
        """Read a stream. What fits one page is gathered with that of other streams, to be taken together."""
        read = 0
        while not pages or read < pages:
            self._loop.step()
            answer = self._log(stream, at.seq, limit)
            if answer is None or not answer.rows:
                break
            if at.seq and answer.chain != at.chain:
                self._heal(stream)
                break
            self._meet(row.device for row in answer.rows)
            self._gathered.append((stream, answer.rows, answer.chain))
            at = Cursor(answer.rows[-1].seq, answer.rows[-1].chain)
            read += 1
            ended = at.seq >= answer.last
            if self._is_much():
                ended = self._take() or ended
            self._loop.step(len(answer.rows))
            if ended:
                break

    def _is_much(self) -> bool:
        """Whether what was gathered is worth a transaction."""
        if sum(len(rows) for _stream, rows, _chain in self._gathered) >= self._most:
            return True
        return (
            sum(len(row.payload) for _stream, rows, _chain in self._gathered for row in rows)
            >= GATHERED_BYTES
        )

    def _take(self) -> bool:
        """Take what was gathered, in one transaction; return whether the last page did not follow on the log."""
        gathered, self._gathered = self._gathered, []
        differs = False
        for got in self._store.receive_all(gathered) if gathered else ():
            self._report.received += got.taken
            self._report.confirmed += got.confirmed
            self._report.refused += got.refused
            self._report.twin = self._report.twin or got.twin
            self._clear_came = self._clear_came or got.keys
            self._waiting = self._waiting or got.keys or bool(got.waiting)
            self._loop.touched(got.touched)
            differs = got.differs
            self._report.damaged = self._report.damaged or differs
        return differs

    def _settle(self) -> None:
        """Take what is left, and take up what waited for a key."""
        self._take()
        if self._waiting:
            self._waiting = False
            self._loop.touched(self._store.project_waiting().touched)

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
