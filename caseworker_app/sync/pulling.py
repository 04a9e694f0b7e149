"""Reading the hub's logs: page after page, several in one transaction, the next ones fetched while these are taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Cancelled
from caseworker_app.services.sync_ports import Cursor, LogPage
from caseworker_app.sync.ahead import in_order
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.wire import HeadsAnswer, LogAnswer

if TYPE_CHECKING:
    from caseworker_app.sync.loop import SyncLoop

PAGE = 500
GATHERED, GATHERED_BYTES = 8_000, 16 << 20
"""So much of a new laptop's first reading is taken in one transaction: ids are random, so that each transaction writes
most of the store's pages anew, however little is in it."""
BEGINNINGS = 1_500
"""The same of the first rows of the cases, which are wanted sooner."""
FIRST_PAGE = 60
"""So many rows of each case come first on a new laptop, so that the caseload can be used while the rest comes."""
WHOLE = 150
"""Up to so many the log comes whole: asking once more would take longer."""
TAILS = (10, 200)
"""So many rows at the end of a log are looked through for this laptop's keys, more when the first hold none."""
AHEAD = 2 * GATHERED // PAGE
"""So many pages are fetched before their turn: those of the next transaction, and some more."""


class _Asked(NamedTuple):
    """A page that is to be fetched."""

    stream: Id
    after: int
    limit: int
    tail: int = 0


class _Came(NamedTuple):
    """A page that was; ``answer`` is ``None`` for a stream that was closed since it was named."""

    asked: _Asked
    answer: LogAnswer | None


class Pull:
    """Reads what one sync has to read. ``clear_came`` says afterwards whether keys or members came."""

    def __init__(
        self,
        loop: SyncLoop,
        client: HubClient,
        *,
        meet: Callable[[Iterable[bytes]], None],
        heal: Callable[[Id], None],
        ahead: Executor | None,
    ) -> None:
        """``meet`` is told whose laptops signed a page before it is taken; ``heal`` of a log that does not follow on what
        was read. ``ahead`` fetches the next pages; without it everything is done in turn."""
        self._loop, self._store, self._report = loop, loop.store, loop.report
        self._client, self._ahead = client, ahead
        self._meet, self._heal = meet, heal
        self.clear_came = self._waiting = False
        self._gathered: list[LogPage] = []
        self._rows = self._bytes = 0
        self._most = PAGE
        self._beginning = False
        """Whether the first rows of the streams are being read."""
        self._at: dict[Id, Cursor] = {}
        self._left: dict[Id, int] = {}
        """The streams that are not read to their end, with their last row's number."""

    def pull(self, heads: HeadsAnswer, *, first: bool) -> None:
        """Read what is new. ``first``: nothing was read before, so the beginning of every case comes first."""
        self._left = {bytes.fromhex(one): position.seq for one, position in heads.news.items()}
        self._at = {one: at for one, at in self._store.streams().items() if one in self._left}
        self._loop.expect(sum(max(0, seq - self._seq(one)) for one, seq in self._left.items()))
        self._beginning = first
        self._most = BEGINNINGS if first else PAGE
        try:
            self._read([*self._beginnings(), *self._rest()] if first else list(self._planned()))
            while rest := [_Asked(stream, self._seq(stream), PAGE) for stream in self._left]:
                self._read(rest)
        except (HubTrouble, Cancelled):
            self._settle()  # what has come stays
            raise
        self._settle()

    def _seq(self, stream: Id) -> int:
        at = self._at.get(stream)
        return 0 if at is None else at.seq

    def _beginnings(self) -> Iterator[_Asked]:
        """The first rows of every stream, and its last ones, which may hold this laptop's keys."""
        for stream, last in self._left.items():
            yield _Asked(stream, 0, WHOLE if last <= WHOLE else FIRST_PAGE, TAILS[0])

    def _rest(self) -> Iterator[_Asked]:
        """What follows on :meth:`_beginnings`."""
        for stream, last in self._left.items():
            if last > WHOLE:
                yield from self._pages(stream, FIRST_PAGE, last)

    def _planned(self) -> Iterator[_Asked]:
        """What follows on what was read."""
        for stream, last in self._left.items():
            yield from self._pages(stream, self._seq(stream), last)

    @staticmethod
    def _pages(stream: Id, after: int, last: int) -> Iterator[_Asked]:
        """Numbers are dense, so that all pages can be asked for; a hub that gives less is asked for the rest afterwards."""
        return (_Asked(stream, begin, PAGE) for begin in range(after, last, PAGE))

    def _foresee(self, stream: Id, answer: LogAnswer) -> None:
        """Look for this laptop's keys at the end of a log whose beginning was fetched."""
        ends = answer.tail or answer.rows[-TAILS[0] :]
        if not self._store.foresee_keys(stream, ends) and answer.last > TAILS[0]:
            more = self._log(_Asked(stream, max(0, answer.last - TAILS[1]), TAILS[1]))
            if more is not None:
                self._store.foresee_keys(stream, more.rows)

    def _log(self, asked: _Asked) -> LogAnswer | None:
        try:
            return self._client.log(*asked)
        except HubTrouble as error:
            if error.trouble is Trouble.REFUSED:
                return None  # closed since it was named
            raise

    def _fetch(self, asked: _Asked) -> _Came | None:
        """Fetch a page, unless its stream has come to an end meanwhile; look for the keys to a beginning."""
        if asked.stream not in self._left:
            return None
        answer = self._log(asked)
        if answer is not None and asked.tail:
            self._foresee(asked.stream, answer)
        return _Came(asked, answer)

    def _read(self, asked: Sequence[_Asked]) -> None:
        """Read pages. What fits one transaction is gathered with that of other streams, to be taken together."""
        jobs = (partial(self._fetch, one) for one in asked)
        with closing(in_order(jobs, self._ahead, most=AHEAD)) as pages:
            for came in pages:
                self._loop.step()
                if came is not None and came.asked.stream in self._left:
                    self._page(came)

    def _page(self, came: _Came) -> None:
        stream, answer = came.asked.stream, came.answer
        at = self._at.get(stream, Cursor())
        if self._beginning and came.asked.limit == PAGE:
            self._beginning = False
            self._settle()
            self._most = GATHERED
        if answer is None or (not answer.rows and came.asked.after == at.seq):
            del self._left[stream]
            return
        if came.asked.after != at.seq:
            return  # the page before was shorter than was asked for
        if at.seq and answer.chain != at.chain:
            del self._left[stream]
            self._take()  # what was read before goes back with the rest
            self._heal(stream)
            return
        self._meet(row.device for row in answer.rows)
        self._gather(LogPage(stream, answer.rows, answer.chain))
        self._at[stream] = Cursor(answer.rows[-1].seq, answer.rows[-1].chain)
        if answer.rows[-1].seq >= answer.last:
            del self._left[stream]
        if self._rows >= self._most or self._bytes >= GATHERED_BYTES:
            self._take()
        self._loop.step(len(answer.rows))

    def _gather(self, page: LogPage) -> None:
        self._gathered.append(page)
        self._rows += len(page.rows)
        self._bytes += sum(len(row.payload) for row in page.rows)

    def _take(self) -> None:
        """Take what was gathered, in one transaction. A stream whose rows do not follow on is read no further."""
        pages, self._gathered, self._rows, self._bytes = self._gathered, [], 0, 0
        found = self._store.receive_all(pages) if pages else []
        for page, got in zip(pages, found, strict=True):
            self._report.received += got.taken
            self._report.confirmed += got.confirmed
            self._report.refused += got.refused
            self._report.twin = self._report.twin or got.twin
            self.clear_came = self.clear_came or got.keys
            self._waiting = self._waiting or got.keys or bool(got.waiting)
            self._loop.touched(got.touched)
            if got.differs:
                self._report.damaged = True
                self._left.pop(page.stream, None)

    def _settle(self) -> None:
        """Take what is left, and take up what waited for a key."""
        self._take()
        if self._waiting:
            self._waiting = False
            self._loop.touched(self._store.project_waiting().touched)
