"""Text at twice the size: everything is there or can be scrolled to, in a window on a screen of 1366 by 768."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea

from caseworker_app.settings import TEXT_SIZE
from tests.helpers import accessible
from tests.ui.accessible_house import places
from tests.ui.test_accessibility import window
from ui.preferences import preferences

__all__ = ["window"]
pytestmark = pytest.mark.unwatched
ROOM = (1366, 728)
TWICE = 22


def cut(root):
    """Return the controls that stick out of the window or of what they stand in, where nothing scrolls to them."""
    found = []
    for widget in accessible.controls(root):
        around, box = widget.parentWidget(), QRect(QPoint(0, 0), widget.size())
        while around is not None:
            if isinstance(around.parentWidget(), QAbstractScrollArea):
                break  # that is what scrolls
            inside = QRect(widget.mapTo(around, QPoint(0, 0)), box.size())
            if not around.rect().adjusted(-2, -2, 2, 2).contains(inside):
                found.append(
                    f"{accessible.where(widget, root)}: {inside.getRect()} of {around.size().toTuple()}"
                )
                break
            if around is root:
                break
            around = around.parentWidget()
    return found


@pytest.mark.slow
def test_at_twice_the_text_size_nothing_is_cut_off_that_cannot_be_scrolled_to(window):
    assert TEXT_SIZE.default * 2 <= TWICE
    settings = preferences(window.window.house.settings)
    settings.set_points(TWICE)
    found = {}
    try:
        for place in places(window):
            window.window.navigator.go(place)
            window.settle()
            window.window.resize(*ROOM)
            window.settle()
            size = window.window.size().toTuple()
            wrong = cut(window.window)
            if size != ROOM:
                wrong.insert(0, f"the window needs {size}")
            if wrong:
                found[f"{place.page} {place.part}"] = wrong
    finally:
        settings.set_points(TEXT_SIZE.default)
    assert found == {}, "\n".join(f"{place}: {one}" for place, wrong in found.items() for one in wrong)
