"""How far the attaching of files is."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from caseworker_app.i18n import N_
from ui.widgets.documents.attacher import Attacher
from ui.widgets.progress import ProgressLine

_AFTER_MS = 400
"""One file alone is said to be under way when it takes longer than this."""


class AttachLine(ProgressLine):
    """Seen while several files are attached, or one that takes long; ``Cancel`` attaches no further one."""

    def __init__(self, attacher: Attacher) -> None:
        super().__init__(N_("Attaching …"), can_cancel=True)
        self._attacher = attacher
        self._long = QTimer(self)
        self._long.setSingleShot(True)
        self._long.setInterval(_AFTER_MS)
        self._long.timeout.connect(lambda: self._show(0, 0))
        attacher.progressed.connect(self._progressed)
        self.cancel_button.clicked.connect(attacher.cancel)

    def _progressed(self, which: int, of: int) -> None:
        self._long.stop()
        if not of:
            self.hide()
        elif of > 1:
            self._show(which - 1, of)
        else:
            self._long.start()
