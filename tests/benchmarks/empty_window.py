"""The plainest PySide6 program there is: an empty main window that stamps its first paint.

Run as a file: ``empty_window.py STAMP``. Everything that takes longer, or more memory, is the product's own.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class EmptyWindow(QMainWindow):
    """Writes ``{"first_paint": seconds since the epoch}`` to the file when it is first painted."""

    def __init__(self, stamp: Path) -> None:
        super().__init__()
        self._stamp: Path | None = stamp

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stamp is not None:
            now, stamp, self._stamp = time.time(), self._stamp, None
            half = stamp.with_suffix(".half")
            half.write_text(json.dumps({"first_paint": now}))
            half.replace(stamp)


def main() -> int:
    app = QApplication(sys.argv[:1])
    window = EmptyWindow(Path(sys.argv[1]))
    window.resize(1366, 768)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
