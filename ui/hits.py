"""Something found by the find field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its words, what it is, and what choosing it does."""

    words: str
    kind: str
    choose: Callable[[], None]

    @property
    def line(self) -> str:
        """The hit as one line."""
        return f"{self.words}  ·  {self.kind}" if self.kind else self.words
