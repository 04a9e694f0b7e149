"""What the heads of every field must be, from what people saw and wrote alone.

It is told, at each save, what the form showed and what was written. It knows no clock, no order of arrival and none of the
program's merging.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from caseworker_app.domain.entity import CANCELLED, LIFE

Key = tuple[bytes, str]
"""A thing and its field."""


@dataclass(frozen=True)
class Written:
    """One write of one field: the operation, what the form showed when it opened, and what was written.

    ``aware`` is what else its author knew of: who takes a thing back, all that was on her laptop; who changes one that she
    herself has taken back, that.
    """

    operation: bytes
    saw: frozenset[bytes]
    value: Any
    aware: frozenset[bytes]


@dataclass
class Oracle:
    """All writes of one history."""

    written: dict[Key, dict[bytes, Written]] = field(default_factory=lambda: defaultdict(dict))
    homes: dict[bytes, bytes] = field(default_factory=dict)
    """The stream of each thing."""

    def wrote(
        self,
        stream: bytes,
        key: Key,
        operation: bytes,
        saw: Collection[bytes],
        value: Any,
        aware: Collection[bytes] = (),
    ) -> None:
        """Take down a write that is on a disk."""
        self.homes[key[0]] = stream
        self.written[key][operation] = Written(operation, frozenset(saw), value, frozenset(aware))

    def heads(self, key: Key, surviving: Collection[bytes]) -> dict[bytes, Any]:
        """Return the writes nobody has seen and written over, among the operations that still exist anywhere."""
        alive = {one: found for one, found in self.written[key].items() if one in surviving}
        over = {parent for found in alive.values() for parent in found.saw}
        return {one: found.value for one, found in alive.items() if one not in over}

    def keys(self, stream: bytes) -> list[Key]:
        """Return every field ever written in a stream."""
        return [key for key in self.written if self.homes[key[0]] == stream]

    def standing(self, thing: bytes, surviving: Collection[bytes]) -> tuple[bool, int]:
        """Return whether a thing is gone, and about how much of it people disagree.

        Taken back and changed, neither knowing of the other, it is there, and that is a disagreement too.
        """
        live = {key: self.heads(key, surviving) for key in self.written if key[0] == thing}
        disputed = sum(1 for found in live.values() if len(set(found.values())) > 1)
        lives = live.get((thing, LIFE), {})
        if set(lives.values()) != {CANCELLED}:
            return False, disputed
        taken = [self.written[thing, LIFE][one] for one in lives]
        changed = [self.written[key][one] for key, found in live.items() if key[1] != LIFE for one in found]
        apart = any(not any(_knew(one, change) for one in taken) for change in changed)
        return not apart, disputed + apart


def _knew(one: Written, other: Written) -> bool:
    """Whether one of two writes was made knowing of the other, or both are one act."""
    return one.operation == other.operation or other.operation in one.aware or one.operation in other.aware
