"""How far long work is: a bar that comes when there is something to say."""

from __future__ import annotations

import threading

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from caseworker_app.i18n import N_
from caseworker_app.services.ports import Cancelled, Progress
from ui.words import bind


class ProgressLine(QWidget):
    """Hidden until the work first says how far it is; ``Cancel`` stops it, where that may be.

    :meth:`begin` returns the callable to hand to the work, which may run in any thread.
    """

    _moved = Signal(int, int)

    def __init__(self, words: str = N_("Getting ready …"), *, can_cancel: bool = False) -> None:
        super().__init__()
        self._label = QLabel()
        bind(self._label.setText, words)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        bind(self.bar.setAccessibleName, words)
        self.cancel_button = QPushButton()
        bind(self.cancel_button.setText, "Cancel")
        if not can_cancel:  # what has no parent yet is not shown: it would be a window of its own
            self.cancel_button.hide()
        across = QHBoxLayout()
        across.addWidget(self.bar, 1)
        across.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._label)
        layout.addLayout(across)
        self._moved.connect(self._show)
        self._stop = threading.Event()
        self.cancel_button.clicked.connect(self._stop.set)
        self.hide()

    def begin(self) -> Progress:
        """Return what the work is to call with (done, of); it raises :class:`Cancelled` once the user has stopped it."""
        self._stop.clear()
        stop, moved = self._stop, self._moved

        def progress(done: int, of: int) -> None:
            if stop.is_set():
                raise Cancelled
            moved.emit(done, of)

        return progress

    def _show(self, done: int, of: int) -> None:
        self.bar.setRange(0, max(of, 0))
        self.bar.setValue(done)
        self.show()
