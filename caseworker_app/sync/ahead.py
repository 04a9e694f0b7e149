"""A first reading's helper: while one thing is worked on, the next are begun beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor, Future
from typing import TypeVar

T = TypeVar("T")


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
