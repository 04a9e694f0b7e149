"""Sync holds in three hundred histories, and each planted bug is found (``start.py simulate`` runs as many as wanted)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.history import History, made, shrunk, told
from tests.simulator.planted import PLANTED
from tests.simulator.running import Ground, ground

HISTORIES, AT_ONCE = 300, 25
FOUND_BY = {
    "cursor_before_rows": 5,
    "the_latest_clock_wins": 1,
    "pushing_twice_counts_twice": 1,
    "the_stamp_is_the_identity": 1,
    "the_outbox_has_its_own_transaction": 0,
    "sent_is_when_the_push_was_answered": 0,
    "everything_counts_as_sent": 0,
    "nobody_looks_at_the_chain": 5,
    "the_base_is_taken_at_the_save": 9,
    "taking_back_wins_in_silence": 10,
    "only_what_is_made_here_looks_at_the_life": 10,
}
"""The seed of a history in which each planted bug shows; where histories are made otherwise, others are looked through."""


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground() as made_ground:
        yield made_ground


@pytest.mark.parametrize("first", range(0, HISTORIES, AT_ONCE))
def test_every_copy_heals_to_what_people_saw_and_wrote(place: Ground, first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        place.run(made(seed))


def seeds(bug: str, most: int) -> list[int]:
    """Return where to look for a bug: where it was found first."""
    return [FOUND_BY[bug], *range(most)]


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(place: Ground, bug: str) -> None:
    with PLANTED[bug]():
        assert any(place.fault(made(seed)) for seed in seeds(bug, 60)), f"{bug} was not found"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found_in_histories_never_tried(place: Ground, bug: str) -> None:
    with PLANTED[bug]():
        assert any(place.fault(made(seed)) for seed in range(10_000, 11_500)), f"{bug} was not found"


def test_a_failing_history_is_shrunk_to_the_steps_that_matter() -> None:
    def fails(one: History) -> bool:
        kinds = [step.kind for step in one.steps]
        return "clone" in kinds and "sync" in kinds

    seed = next(n for n in range(100) if fails(made(n)))
    small = shrunk(made(seed), fails)
    assert sorted(step.kind for step in small.steps) == ["clone", "sync"]
    assert told(small.steps).count("\n") == 1


def test_a_seed_makes_the_same_history_again() -> None:
    assert made(7) == made(7) != made(8)
