"""A crash before or after any statement, as when the power goes."""

from __future__ import annotations

from typing import Any


class Crash(BaseException):
    """The program is gone: nobody may catch this and go on."""


class Fuse:
    """Counts statements. ``burn(n)`` lets the ``n``-th from now end the program; odd ``n`` before it, even ``n`` after."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.passed = 0
        self.blown = False

    def burn(self, points: int) -> None:
        self.left = points

    def mend(self) -> None:
        self.left, self.blown = None, False

    def point(self) -> None:
        """A place at which the program may end."""
        self.passed += 1
        if self.blown:
            raise Crash
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.blown = True
                raise Crash


class FusedConnection:
    """A real connection behind a fuse. Once blown it does nothing more: what was open is rolled back by closing it."""

    def __init__(self, real: Any, fuse: Fuse) -> None:
        self.real, self.fuse = real, fuse

    def execute(self, *args: Any) -> Any:
        self.fuse.point()
        made = self.real.execute(*args)
        self.fuse.point()
        return made

    def executemany(self, *args: Any) -> Any:
        self.fuse.point()
        made = self.real.executemany(*args)
        self.fuse.point()
        return made

    @property
    def in_transaction(self) -> bool:
        return not self.fuse.blown and self.real.in_transaction

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)
