"""What the heads of every field must be, from what people saw and wrote alone.

It is told, at each save, what the form showed and what was written. It knows no clock, no order of arrival and none of the
program's merging.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

Key = tuple[bytes, str]
"""A thing and its field."""


@dataclass(frozen=True)
class Written:
    """One write of one field: the operation, what the form showed when it opened, and what was written."""

    operation: bytes
    saw: frozenset[bytes]
    value: Any


@dataclass
class Oracle:
    """All writes of one history."""

    written: dict[Key, dict[bytes, Written]] = field(default_factory=lambda: defaultdict(dict))
    homes: dict[bytes, bytes] = field(default_factory=dict)
    """The stream of each thing."""

    def wrote(self, stream: bytes, key: Key, operation: bytes, saw: Collection[bytes], value: Any) -> None:
        """Take down a write that is on a disk."""
        self.homes[key[0]] = stream
        self.written[key][operation] = Written(operation, frozenset(saw), value)

    def heads(self, key: Key, surviving: Collection[bytes]) -> dict[bytes, Any]:
        """Return the writes nobody has seen and written over, among the operations that still exist anywhere."""
        alive = {one: found for one, found in self.written[key].items() if one in surviving}
        over = {parent for found in alive.values() for parent in found.saw}
        return {one: found.value for one, found in alive.items() if one not in over}

    def keys(self, stream: bytes) -> list[Key]:
        """Return every field ever written in a stream."""
        return [key for key in self.written if self.homes[key[0]] == stream]
