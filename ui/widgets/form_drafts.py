"""Keeps what is typed in an open form within two seconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.services.ports import Draft, Writer
from ui.house import House
from ui.tasks import Op

KEEP_AFTER_MS = 1000
"""How long typing may lie unkept, in ms, before it is handed to the writing thread; the promise is two seconds."""


class DraftKeeper(QObject):
    """Writes a form's draft at most once a second while it is typed in, and at once when asked.

    ``draft`` returns what to keep now, ``None`` when nothing differs from what is saved. ``kept`` carries the moment
    (aware) of what was kept.
    """

    kept = Signal(object)

    def __init__(self, house: House, draft: Callable[[], Draft | None], parent: QObject) -> None:
        super().__init__(parent)
        self._house = house
        self._draft = draft
        self._kept_key = ""
        self._changed = False
        self._held = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def begin(self, key: str, there: bool) -> None:
        """Begin with another form; ``there``: a draft of it lies in the store."""
        self._timer.stop()
        self._changed = self._held = False
        self._kept_key = key if there else ""

    def note(self) -> None:
        """Something was typed. The clock is not set back by more typing."""
        self._changed = True
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Keep now what was typed since the last time."""
        self._timer.stop()
        if not self._changed or self._held:
            return
        self._changed = False
        draft = self._draft()
        if draft is not None:
            self._kept_key = draft.key
            self._house.tasks.op(self, Op(lambda w: _keep(w, draft), done=self.kept.emit))
        elif self._kept_key:
            self.drop()

    def drop(self) -> None:
        """Forget the draft; what was typed is let go."""
        self._timer.stop()
        self._changed = False
        key, self._kept_key = self._kept_key, ""
        if key:
            self._house.tasks.op(self, Op(lambda w: w.drop_draft(key)))

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
            self._timer.start()


def _keep(writer: Writer, draft: Draft) -> dt.datetime:
    writer.save_draft(draft)
    return writer.now
