"""The real program, in a process of its own, used by a script instead of a person.

``python -m tests.helpers.app_process SCRIPT FOLDER [MORE …]`` runs ``caseworker app --store FOLDER`` and lets the function
``SCRIPT`` (as ``module:function``) use the window. A script is a generator: it does something and yields a question that is
asked every few milliseconds until it is true. What it yields as a dict is said on standard output as a line of JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.__main__ import main
from ui.main_window import MainWindow

Script = Iterator[Callable[[], object] | dict[str, Any]]
PATIENCE = 30.0


class Eyes(QObject):
    """Sees the title of every window that comes to the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        told = event.type() in (QEvent.Type.Show, QEvent.Type.WindowTitleChange)
        if told and isinstance(watched, QWidget) and watched.isWindow() and watched.windowTitle():
            self.titles.add(watched.windowTitle())
        return False


class User(QObject):
    """Goes through a script, one step each time the window has nothing else to do."""

    def __init__(self, script: Callable[..., Script], more: list[str]) -> None:
        super().__init__()
        self.eyes = Eyes()
        QApplication.instance().installEventFilter(self.eyes)
        self._script, self._more = script, more
        self._steps: Script | None = None
        self._until: Callable[[], object] = lambda: True
        self._since = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        try:
            if self._steps is None:
                windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
                if not windows or not windows[0].isVisible():
                    return
                self._steps = self._script(windows[0], self.eyes, *self._more)
            if not self._until():
                if time.monotonic() - self._since > PATIENCE:
                    raise TimeoutError(
                        f"the window never came to what was waited for: {self._until.__code__}"
                    )
                return
            asked = next(self._steps)
            self._since = time.monotonic()
            if isinstance(asked, dict):
                sys.stdout.write(json.dumps(asked) + "\n")
                sys.stdout.flush()
                self._until = lambda: True
            else:
                self._until = asked
        except StopIteration:
            self._timer.stop()
        except BaseException:  # noqa: BLE001 - said, and the process ends
            traceback.print_exc()
            os._exit(70)


def run(name: str, folder: str, *more: str) -> int:
    """Run the program with a script as its user; return its exit code, 70 when the script failed."""
    module, function = name.split(":")
    QApplication(["Tæt på"])
    user = User(getattr(importlib.import_module(module), function), list(more))
    code = main(["app", "--store", folder])
    sys.stdout.write(json.dumps({"titles": sorted(user.eyes.titles)}) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
