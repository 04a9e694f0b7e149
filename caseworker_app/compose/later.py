"""Parts that are made when they are first used, so that the first screen need not wait for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """Stands for a part until somebody asks it for something, and from then on hands every question on."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: T | None = None

    @property
    def made(self) -> T | None:
        """The part, if it was ever needed."""
        return self._made

    def get(self) -> T:
        """Return the part, made now if it was not."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getattr__(self, name: str) -> Any:
        return getattr(self.get(), name)
