"""The hatch between the family's window and the store: requests go out by signals, what is allowed comes back.

The window holds the hatch and nothing behind it: no store, no tasks, no house.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.tasks import Op, Query


class Hatch(QObject):
    """Stands in for the tasks of the window. ``writes`` and ``reads`` carry (owner, task); ``error`` an expected error."""

    writes = Signal(object, object)
    reads = Signal(object, object)
    error = Signal(object)

    def op(self, owner: QObject, op: Op[Any]) -> None:
        """Ask for a write."""
        self.writes.emit(owner, op)

    def query(self, owner: QObject, query: Query[Any]) -> None:
        """Ask for a read."""
        self.reads.emit(owner, query)
