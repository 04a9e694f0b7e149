"""A process that types into a form until it is killed, and says each letter after it has been typed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case
from tests.helpers.stores import again
from ui.house import House
from ui.tasks import Tasks
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row

EVERY_MS = 40
LETTERS = "Emma siger at det gaar bedre i skolen nu "


def main(store: Path, case: str) -> None:
    """Open the form over a case and type."""
    application = QApplication([])
    house = House(Tasks(again(store)), None, None, ShippedBooks(), lambda _place: None, lambda _said: None)
    form = FormView(house, Case, (Row("note", makers.long_text(3), width=12),), lambda w, c, e: c)
    form.show()
    text = form.rows["note"].editor.control
    timer, typed = QTimer(), 0

    def type_one() -> None:
        nonlocal typed
        QTest.keyClicks(text, LETTERS[typed % len(LETTERS)])
        typed += 1
        sys.stdout.write(f"{time.time()} {typed}\n")
        sys.stdout.flush()

    timer.timeout.connect(type_one)
    form.shown.connect(lambda: timer.start(EVERY_MS))
    form.edit(bytes.fromhex(case))
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
