"""The keyboard that is given to a whole goes on to a part of it.

``setFocusProxy`` does that too, but then the Tab key goes from what stands before the whole straight to the proxy, and
never comes to what stands before the proxy: tabs over a list, buttons over a table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

Wanted = Callable[[], QWidget | None]


class _Passer(QObject):
    """Hands on the keyboard of one widget."""

    def __init__(self, whole: QWidget, wanted: tuple[Wanted, ...]) -> None:
        super().__init__(whole)
        self._whole, self._wanted = whole, wanted
        whole.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._whole and event.type() == QEvent.Type.FocusIn:
            target = next((one for ask in self._wanted if _can(one := ask())), None)
            if target is not None:
                target.setFocus(cast(QFocusEvent, event).reason())
        return False


def _can(widget: QWidget | None) -> bool:
    return widget is not None and widget.isVisible() and widget.isEnabled()


def pass_focus(whole: QWidget, *wanted: Wanted) -> None:
    """Let the keyboard that is given to ``whole`` go on to the first of ``wanted`` that is in sight and can be used."""
    _Passer(whole, wanted)
