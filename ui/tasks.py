"""Work off the GUI thread: ``Op`` writes, ``Query`` reads. One thread writes, two read.

An ``Op`` is what to run, what to say on success and, from its outcome, what changed: widgets that show those kinds and
ids ask again. A ``Query`` is the same road without the write. Answers come back on the GUI thread, and an answer whose
owner is gone is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Outcome, Reader, Store, Writer

T = TypeVar("T")

Touched = frozenset[tuple[str, Id]]


@dataclass(frozen=True, slots=True)
class Op(Generic[T]):
    """A write: ``run`` decides inside one act, ``done`` gets its answer, ``said`` is the msgid of what to say.

    ``failed`` gets an expected error (else it is shown in the banner); everything else is a bug and is raised.
    """

    run: Callable[[Writer], T]
    done: Callable[[T], None] | None = None
    said: str = ""
    failed: Callable[[UserError], None] | None = None


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """A read: ``run`` asks, ``done`` shows."""

    run: Callable[[Reader], T]
    done: Callable[[T], None]


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """Anything slow that needs no store: key derivation, a paper from the worker process."""

    run: Callable[[], T]
    done: Callable[[T], None]
    failed: Callable[[UserError], None] | None = None


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
        self._waiting = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def store(self) -> Store | None:
        return self._store

    def use(self, store: Store | None) -> None:
        """Work on another store from now on; ``None`` while locked."""
        self._store = store

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._waiting == 0

    def op(self, owner: QObject, op: Op[Any]) -> None:
        """Run a write for ``owner``."""
        store = self._open()

        def finish(outcome: Outcome[Any]) -> None:
            if outcome.touched:
                self.touched.emit(outcome.touched)
            if op.said:
                self.said.emit(op.said)
            if op.done is not None and isValid(owner):
                op.done(outcome.result)

        self._submit(self._writer, lambda: store.write(op.run), owner, finish, op.failed, always=True)

    def query(self, owner: QObject, query: Query[Any]) -> None:
        """Run a read for ``owner``."""
        store = self._open()
        self._submit(self._readers, lambda: store.read(query.run), owner, query.done, None)

    def job(self, owner: QObject, job: Job[Any]) -> None:
        """Run something slow for ``owner``."""
        self._submit(self._others, job.run, owner, job.done, job.failed)

    def _open(self) -> Store:
        if self._store is None:
            raise RuntimeError("no store is open")
        return self._store

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        run: Callable[[], Any],
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[UserError], None] | None,
        *,
        always: bool = False,
    ) -> None:
        self._waiting += 1
        future = pool.submit(run)

        def arrived(finished: Future[Any]) -> None:
            if isValid(self):
                self._arrived.emit((finished, owner, done, failed, always))

        future.add_done_callback(arrived)

    def _deliver(self, item: Any) -> None:
        future, owner, done, failed, always = item
        self._waiting -= 1
        problem = future.exception()
        if problem is None:
            if always or isValid(owner):
                done(future.result())
        elif not isinstance(problem, UserError):
            self.bug.emit(problem)
        elif failed is not None and isValid(owner):
            failed(problem)
        else:
            self.error.emit(problem)

    def finish(self) -> None:
        """Wait for everything that writes; nothing more is taken afterwards."""
        for pool in (self._writer, self._readers, self._others):
            pool.shutdown(wait=True)
