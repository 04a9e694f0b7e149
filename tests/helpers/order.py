"""Put tests in another order, the same for the same seed, to find those that lean on each other."""

from __future__ import annotations

import random
from itertools import groupby
from typing import TypeVar

import pytest

T = TypeVar("T")


def shuffled(groups: list[tuple[str, list[T]]], seed: int) -> list[T]:
    """Return the members of all groups: groups in random order, and members within each.

    Groups stay together, because what is set up for a whole module would otherwise be made again and again.
    """
    dice = random.Random(seed)
    groups = [(name, list(members)) for name, members in groups]
    dice.shuffle(groups)
    for _, members in groups:
        dice.shuffle(members)
    return [member for _, members in groups for member in members]


def shuffle_items(items: list[pytest.Item], seed: int) -> None:
    """Shuffle collected tests in place, module by module."""
    groups = [(name, list(members)) for name, members in groupby(items, key=lambda item: str(item.path))]
    items[:] = shuffled(groups, seed)
