"""Work off the GUI thread: ``Op`` writes, ``Query`` reads. One thread writes, two read.

An ``Op`` is what to run, what to say on success and, from its outcome, what changed: widgets that show those kinds and
ids ask again. A ``Query`` is the same road without the write. Answers come back on the GUI thread, and an answer whose
owner is gone is dropped.

What is asked once the store is closed, or the program is ending, reaches nobody and is no bug: a read is dropped, a write
is refused in words. A draft that could not be written is held here and tried again, also when its form is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from caseworker_app.domain.errors import NotKept, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_
from caseworker_app.services.ports import Outcome, Reader, Store, Writer

T = TypeVar("T")

RETRY_MS = 2000
"""How long to wait before a draft that could not be written is tried again."""

Touched = frozenset[tuple[str, Id]]


@dataclass(frozen=True, slots=True)
class Op(Generic[T]):
    """A write: ``run`` decides inside one act, ``done`` gets its answer, ``said`` is the msgid of what to say.

    ``failed`` gets an expected error (else it is shown in the banner); everything else is a bug and is raised.
    ``keeps`` is the key of the draft it keeps: one that cannot be written is tried again.
    """

    run: Callable[[Writer], T]
    done: Callable[[T], None] | None = None
    said: str = ""
    failed: Callable[[UserError], None] | None = None
    keeps: str = ""


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """A read: ``run`` asks, ``done`` shows."""

    run: Callable[[Reader], T]
    done: Callable[[T], None]


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """Anything slow that needs no store: key derivation, a paper from the worker process.

    ``leaves`` says that something leaves the house by it, so that its end is noted even while the store is closing.
    """

    run: Callable[[], T]
    done: Callable[[T], None]
    failed: Callable[[UserError], None] | None = None
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is under way: ``counts`` says that the program does not end before it has."""

    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[UserError], None] | None
    op: Op[Any] | None = None
    counts: bool = False


class Tasks(QObject):
    """Runs tasks for one open store. ``touched`` tells which kinds and ids a write changed, ``said`` what to say.

    ``error`` carries an expected error nobody asked for; ``bug`` an exception that is ours.
    """

    touched = Signal(object)
    said = Signal(str)
    error = Signal(object)
    bug = Signal(object)
    _arrived = Signal(object)

    def __init__(self, store: Store | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-write")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="store-read")
        self._others = ThreadPoolExecutor(2, thread_name_prefix="job")
        self._waiting = self._counting = 0
        self._ended = False
        self._problem: NotKept | None = None
        self._unkept: dict[str, tuple[QObject, Op[Any]]] = {}
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.try_again)
        self.hushed = False
        """Whether answers reach nobody: the store is being closed. What is written is written all the same."""
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def store(self) -> Store | None:
        return self._store

    def use(self, store: Store | None) -> None:
        """Work on another store from now on; ``None`` while locked."""
        self._store = store
        self._unkept.clear()
        self.hushed = False

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._waiting == 0

    @property
    def settled(self) -> bool:
        """Whether nothing is being written, printed or saved as a file."""
        return self._counting == 0

    @property
    def unkept(self) -> bool:
        """Whether something that was typed could not be kept yet."""
        return bool(self._unkept)

    def take_problem(self) -> NotKept | None:
        """Return why something could not be written since this was last asked."""
        problem, self._problem = self._problem, None
        return problem

    def op(self, owner: QObject, op: Op[Any]) -> None:
        """Run a write for ``owner``."""
        store = self._store
        if store is None:
            self._refuse(owner, op)
            return

        def finish(outcome: Outcome[Any]) -> None:
            for key in outcome.drafts:
                self._unkept.pop(key, None)
            if self.hushed:
                return
            if outcome.touched:
                self.touched.emit(outcome.touched)
            if op.said:
                self.said.emit(op.said)
            if op.done is not None and isValid(owner):
                op.done(outcome.result)

        asked = _Asked(owner, finish, op.failed, op, counts=True)
        self._submit(self._writer, lambda: store.write(op.run), asked)

    def query(self, owner: QObject, query: Query[Any]) -> None:
        """Run a read for ``owner``."""
        store = self._store
        if store is not None:
            self._submit(self._readers, lambda: store.read(query.run), _Asked(owner, query.done, None))

    def job(self, owner: QObject, job: Job[Any]) -> None:
        """Run something slow for ``owner``."""
        self._submit(self._others, job.run, _Asked(owner, job.done, job.failed, counts=job.leaves))

    def _refuse(self, owner: QObject, op: Op[Any]) -> None:
        refusal = UserError(N_("Your cases are locked: this was not saved."))
        if op.failed is not None and isValid(owner):
            op.failed(refusal)
        else:
            self.error.emit(refusal)

    def _submit(self, pool: ThreadPoolExecutor, run: Callable[[], Any], asked: _Asked) -> None:
        if self._ended:
            return
        self._waiting += 1
        self._counting += asked.counts
        future = pool.submit(run)

        def arrived(finished: Future[Any]) -> None:
            if isValid(self):
                self._arrived.emit((finished, asked))

        future.add_done_callback(arrived)

    def _deliver(self, item: tuple[Future[Any], _Asked]) -> None:
        future, asked = item
        self._waiting -= 1
        self._counting -= asked.counts
        if future.cancelled():
            return
        problem = future.exception()
        if problem is None:
            if asked.op is not None or (isValid(asked.owner) and (asked.counts or not self.hushed)):
                asked.done(future.result())
        elif isinstance(problem, UserError):
            self._tell(problem, asked)
        else:
            self.bug.emit(problem)

    def _tell(self, problem: UserError, asked: _Asked) -> None:
        if isinstance(problem, NotKept):
            self._problem = problem
            if asked.op is not None and asked.op.keeps:
                self._unkept[asked.op.keeps] = (asked.owner, asked.op)
                self._retry.start()
        if asked.failed is not None and isValid(asked.owner):
            asked.failed(problem)
        elif asked.owner is not self:
            self.error.emit(problem)

    def try_again(self) -> None:
        """Write the drafts again whose forms are gone; a form that is there does so itself, with what stands in it."""
        for owner, op in list(self._unkept.values()):
            if not isValid(owner) or owner is self:
                self.op(self, replace(op, done=None, failed=None))

    def finish(self) -> None:
        """Wait for everything that writes; nothing more is taken afterwards."""
        self._ended = True
        self._retry.stop()
        self._writer.shutdown(wait=True)
        for pool in (self._readers, self._others):
            pool.shutdown(wait=True, cancel_futures=True)
