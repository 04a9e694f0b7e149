"""Windows and widgets a test must not leave behind."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget


_PATIENCE = 50
"""How often a window that stays is looked at again, 20 ms apart."""


def application() -> QApplication | None:
    """Return the running application, without importing Qt where nobody has."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.instance() if widgets else None


def close_leftover_windows() -> list[str]:
    """Close every top-level window still shown, delete what was closed, and return what was still shown."""
    app = application()
    if app is None:
        return []
    left = _still_shown(app)
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    delete_now()
    return names


def _still_shown(app: QApplication) -> list[QWidget]:
    """Return the windows that stay: one that was asked to close and is putting things in order gets a while."""
    from PySide6.QtTest import QTest

    for _ in range(_PATIENCE):
        left = [widget for widget in app.topLevelWidgets() if widget.isVisible()]
        if not left:
            break
        QTest.qWait(20)
    return left


def leaked_widgets(make: Callable[[], QWidget], times: int = 4) -> Counter[str]:
    """Make, show and close a widget again and again; return how many more widgets live at the end, by class.

    The first round is not counted: it may rightly fill a cache.
    """
    _round(make)
    before = _alive()
    for _ in range(times):
        _round(make)
    return _alive() - before


def _round(make: Callable[[], QWidget]) -> None:
    widget = make()
    widget.show()
    widget.close()
    widget.deleteLater()
    del widget
    delete_now()
    gc.collect()


def delete_now() -> None:
    """Delete what was asked to be deleted later, so that no timer of it fires in the next test."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _alive() -> Counter[str]:
    app = application()
    return Counter(type(widget).__name__ for widget in app.allWidgets()) if app else Counter()
