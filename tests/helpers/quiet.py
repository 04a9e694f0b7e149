"""Waiting until a window has come to rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MS = 10_000


def quiet(qtbot: Any, tasks: Any, and_also: Callable[[], bool] = lambda: True) -> None:
    """Wait until everything asked of the store has been answered *and shown*: Qt shows a new child of a window with an
    event of its own, and what is then shown may ask again."""
    from PySide6.QtWidgets import QApplication

    def at_rest() -> bool:
        for _ in range(3):
            if not (tasks.idle and and_also()):
                return False
            QApplication.processEvents()
        return bool(tasks.idle) and and_also()

    qtbot.waitUntil(at_rest, timeout=MS)
