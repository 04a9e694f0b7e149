"""Work begun before its result is asked for: its order, what it raises, and what is left when nobody asks any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing

import pytest

from caseworker_app.sync.ahead import in_order


@pytest.fixture(params=["in turn", "beside"])
def beside(request: pytest.FixtureRequest) -> Iterator[Executor | None]:
    if request.param == "in turn":
        yield None
        return
    with ThreadPoolExecutor(1) as made:
        yield made


def job(n: int, begun: list[int]) -> Callable[[], int]:
    def run() -> int:
        begun.append(n)
        if n == 5:
            raise ValueError("the fifth")
        return n

    return run


def test_results_come_in_their_order(beside: Executor | None) -> None:
    assert list(in_order((job(n, []) for n in range(5)), beside, most=2)) == [0, 1, 2, 3, 4]
    assert list(in_order((), beside, most=2)) == []


def test_what_a_job_raises_is_raised_in_its_turn_and_what_follows_is_not_asked_for(
    beside: Executor | None,
) -> None:
    begun: list[int] = []
    found = []
    with pytest.raises(ValueError, match="the fifth"):
        found.extend(in_order((job(n, begun) for n in range(4, 40)), beside, most=3))
    assert begun[:2] == [4, 5]
    assert len(begun) <= 2 + 3


def test_no_more_than_so_many_are_begun_before_their_turn(beside: Executor | None) -> None:
    drawn: list[int] = []

    def jobs() -> Iterator[Callable[[], int]]:
        for n in range(20):
            drawn.append(n)
            yield job(0, [])

    with closing(in_order(jobs(), beside, most=3)) as results:
        next(results)
        assert len(drawn) == (1 if beside is None else 4)


def test_the_next_are_worked_on_while_one_is_looked_at() -> None:
    went_on = threading.Event()
    with ThreadPoolExecutor(1) as beside:
        results = in_order([lambda: True, lambda: went_on.set() or True, lambda: True], beside, most=2)
        next(results)
        assert went_on.wait(10)
        assert list(results) == [True, True]
