"""Keeps what is typed in an open form within two seconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import delete

from caseworker_app.domain.errors import UserError
from caseworker_app.services.ports import Draft, Writer
from ui.house import House
from ui.tasks import RETRY_MS, Op

KEEP_AFTER_MS = 1000
"""How long typing may lie unkept, in ms, before it is handed to the writing thread; the promise is two seconds."""


class DraftKeeper(QObject):
    """Writes a form's draft at most once a second while it is typed in, and at once when asked.

    ``draft`` returns what to keep now, ``None`` when nothing differs from what is saved. ``kept`` carries the moment
    (aware) of what was kept. When it cannot be written, ``unkept`` comes once, and it is tried until it can.
    """

    kept = Signal(object)
    unkept = Signal()

    def __init__(self, house: House, draft: Callable[[], Draft | None], parent: QObject) -> None:
        super().__init__(parent)
        self._house = house
        self._draft = draft
        self._owner = QObject(self)
        self._kept_key = ""
        self._changed = False
        self._held = False
        self.failing = False
        """Whether what is typed could not be kept the last time."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def begin(self, key: str, there: bool) -> None:
        """Begin with another form; ``there``: a draft of it lies in the store.

        What could not be kept of the one before is from now on for the tasks to keep.
        """
        self._timer.stop()
        delete(self._owner)
        self._owner = QObject(self)
        self._changed = self._held = self.failing = False
        self._kept_key = key if there else ""

    def note(self) -> None:
        """Something was typed. The clock is not set back by more typing."""
        self._changed = True
        if not self._timer.isActive():
            self._timer.start(KEEP_AFTER_MS)

    def flush(self) -> None:
        """Keep now what was typed since the last time."""
        self._timer.stop()
        if not self._changed or self._held:
            return
        self._changed = False
        draft = self._draft()
        if draft is not None:
            self._kept_key = draft.key
            keep = Op(lambda w: _keep(w, draft), self._on_kept, failed=self._on_failed, keeps=draft.key)
            self._house.tasks.op(self._owner, keep)
        elif self._kept_key:
            self.drop()

    def drop(self) -> None:
        """Forget the draft; what was typed is let go."""
        self._timer.stop()
        self._changed = False
        key, self._kept_key = self._kept_key, ""
        if key:
            self._house.tasks.op(self._owner, Op(lambda w: w.drop_draft(key)))

    def _on_kept(self, moment: dt.datetime) -> None:
        self.failing = False
        self.kept.emit(moment)

    def _on_failed(self, error: UserError) -> None:
        """Say so once, and try again by itself: nothing more need be typed."""
        self._changed = True
        self._timer.start(RETRY_MS)
        if not self.failing:
            self.failing = True
            self._house.tasks.error.emit(error)
            self.unkept.emit()

    def hold(self) -> None:
        """Keep what was typed, then wait for the answer of the save that follows it on the way to the store."""
        self.flush()
        self._held = True

    def release(self) -> None:
        """The form was not saved: go on keeping it."""
        self._held = False
        self.flush()

    def saved(self) -> None:
        """The form was saved, and its draft dropped with it; what was typed since is kept anew."""
        self._held = False
        self._kept_key = ""
        self._changed = self._draft() is not None
        self._timer.stop()
        if self._changed:
            self._timer.start(KEEP_AFTER_MS)


def _keep(writer: Writer, draft: Draft) -> dt.datetime:
    writer.save_draft(draft)
    return writer.now
