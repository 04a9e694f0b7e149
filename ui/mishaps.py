"""When something goes wrong that nobody expected: it is said, logged without personal data, and the work is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from caseworker_app.log import install_excepthook
from ui.tasks import Tasks

_log = logging.getLogger(__name__)


class Mishaps(QObject):
    """Shows one dialog for a bug, and expected errors in the banner, whichever thread they come from."""

    _came = Signal(object)

    def __init__(self, window: QWidget, warn: Callable[[UserError], None], tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._warn = warn
        self._dialog: QWidget | None = None
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)
        tasks.bug.connect(self._from_task)

    def catch_all(self) -> Callable[[], None]:
        """Hear of every error nobody caught; return what undoes that."""
        return install_excepthook(self._came.emit)

    def _from_task(self, error: BaseException) -> None:
        _log.critical("a task failed", exc_info=error)
        self._came.emit(error)

    def _show(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._warn(error)
            return
        if self._dialog is not None:
            return  # one at a time: the first is the one that matters
        from ui.dialogs.mishap_dialog import MishapDialog

        dialog = MishapDialog(error, self._window)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()

    def _closed(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
