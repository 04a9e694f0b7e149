"""Histories: made from a seed, run, and shrunk when they fail."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

LENGTH: Final = 26
"""Steps of a history, of which some find nothing to do."""
_WEIGHTS: Final = {
    "add": 8,
    "open": 14,
    "save": 16,
    "toggle": 6,
    "sync": 26,
    "bad_sync": 10,
    "cut_sync": 8,
    "skew": 4,
    "race": 4,
    "forgets": 3,
    "crash_saving": 5,
    "crash_syncing": 5,
    "crash_hub": 3,
    "backup_laptop": 4,
    "restore_laptop": 3,
    "clone": 2,
    "backup_hub": 4,
    "restore_hub": 4,
    "leave": 2,
    "join": 2,
    "newer": 2,
}
"""How often each kind of step is met."""


@dataclass(frozen=True)
class Step:
    """One step: its kind and four numbers that it takes what it needs from, so that a shorter history means the same."""

    kind: str
    a: int
    b: int
    c: int
    d: int


@dataclass(frozen=True)
class History:
    """A seed, how many laptops begin, and the steps."""

    seed: int
    laptops: int
    steps: tuple[Step, ...]


def made(seed: int, length: int = LENGTH) -> History:
    """Return the history of a seed."""
    dice = random.Random(seed)
    kinds = dice.choices(list(_WEIGHTS), list(_WEIGHTS.values()), k=length)
    steps = tuple(Step(kind, *(dice.randrange(1 << 16) for _ in range(4))) for kind in kinds)
    return History(seed, 2 + dice.randrange(3), steps)


def shrunk(history: History, fails: Callable[[History], bool], tries: int = 200) -> History:
    """Return a shorter history that fails too: pieces are left out, large ones first."""
    best, piece = history, max(1, len(history.steps) // 2)
    while piece and tries:
        at, smaller = 0, False
        while at < len(best.steps) and tries:
            tries -= 1
            shorter = History(best.seed, best.laptops, best.steps[:at] + best.steps[at + piece :])
            if fails(shorter):
                best, smaller = shorter, True
            else:
                at += piece
        if not smaller:
            piece //= 2
    return best


def told(steps: Sequence[Step]) -> str:
    """Return steps for a person to read."""
    return "\n".join(
        f"  {n:2d} {step.kind} {step.a} {step.b} {step.c} {step.d}" for n, step in enumerate(steps)
    )
