"""Undo and redo of the window: what they would do now, and doing it. The stack is the log itself.

The history is imported when it is first asked, after the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.services.ports import Reader, Writer
from ui.house import House
from ui.tasks import Op, Query, Touched
from ui.words import tr

if TYPE_CHECKING:
    from caseworker_app.services.history import UndoState

_PAUSE_MS = 120
"""How long to wait after a change before asking what can be undone: a burst of changes asks once."""


def _ask(reader: Reader) -> tuple[UndoState, int]:
    from caseworker_app.services import history

    return history.state(reader), len(reader.drafts())


def _undo(writer: Writer) -> str:
    from caseworker_app.services import history

    return history.undo(writer)


def _redo(writer: Writer) -> str:
    from caseworker_app.services import history

    return history.redo(writer)


class Undoing(QObject):
    """Asks, after each change, what undo and redo would do.

    ``changed`` carries the :class:`UndoState`; ``drafts`` how many open forms there are, learnt on the same way.
    """

    changed = Signal(object)
    drafts = Signal(int)

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.ask)
        house.tasks.touched.connect(self._moved)

    def _moved(self, _touched: Touched) -> None:
        self._timer.start()

    def ask_soon(self) -> None:
        """Ask when there is a moment."""
        self._timer.start()

    def ask(self) -> None:
        """Ask now; nothing is asked of a locked store."""
        if self._house.tasks.store is not None:
            self._house.tasks.query(self, Query(_ask, self._show))

    def _show(self, answer: tuple[UndoState, int]) -> None:
        self.changed.emit(answer[0])
        self.drafts.emit(answer[1])

    def undo(self) -> None:
        """Take back the latest act."""
        self._house.tasks.op(self, Op(_undo, done=self._undone))

    def redo(self) -> None:
        """Bring again what was taken back last."""
        self._house.tasks.op(self, Op(_redo, done=self._redone))

    def _undone(self, label: str) -> None:
        self._house.say(tr("Undone: {what}", what=tr(label)))

    def _redone(self, label: str) -> None:
        self._house.say(tr("Done again: {what}", what=tr(label)))
