"""A first reading's helpers: a thread that fetches the next pages, and a process that checks who signed them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import TypeVar

from caseworker_app.domain.ids import Id
from caseworker_app.sync.checking import Checking

T = TypeVar("T")


class Ahead:
    """Both helpers, from the beginning of a ``with`` block to its end."""

    def __init__(self, keys: Mapping[Id, bytes]) -> None:
        """``keys`` are the public signing keys of devices."""
        self._stack = ExitStack()
        self._keys = keys

    def __enter__(self) -> Ahead:
        self.checking = self._stack.enter_context(Checking(self._keys))
        self.thread = self._stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="sync-ahead"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def in_order(
    jobs: Iterable[Callable[[], T]], beside: Executor | None, *, most: int
) -> Generator[T, None, None]:
    """Yield what the jobs return, in their order; ``beside`` works on the next ``most`` meanwhile.

    Without it each job is done when its turn comes. What a job raises is raised in its turn; what is left when nobody
    asks any more is not begun.
    """
    if beside is None:
        for job in jobs:
            yield job()
        return
    begun: deque[Future[T]] = deque()
    try:
        for job in jobs:
            begun.append(beside.submit(job))
            if len(begun) > most:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        for one in begun:
            one.cancel()
