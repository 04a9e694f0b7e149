"""Rows of words that go on below: as high as they need, scrolled where there is no room, never pressed together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.flow_area import FlowArea
from ui.widgets.least_room import LeastRoom


@pytest.fixture
def settled(qtbot, qapp):
    def show(window, *size):
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        for _round in range(4):
            qapp.sendPostedEvents()
            qapp.processEvents()

    return show


def rowed(count=10):
    window, area = QWidget(), FlowArea(2)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(area)
    column.addStretch(1)
    buttons = [QPushButton(f"Skridt nummer {number}") for number in range(count)]
    for button in buttons:
        area.flow.addWidget(button)
    return window, area, buttons


def seen(area, button):
    box = QRect(button.mapTo(area, QPoint(0, 0)), button.size())
    return area.rect().contains(box)


def test_with_room_every_row_is_in_sight_in_every_width_without_a_bar(settled):
    for width in range(300, 1500, 40):
        window, area, buttons = rowed()
        settled(window, width, 600)
        assert all(seen(area, button) for button in buttons), width
        assert not area.verticalScrollBar().isVisible()


def test_without_room_the_rows_are_scrolled_and_none_is_pressed(settled):
    window, area, buttons = rowed(30)
    settled(window, 400, 90)
    assert area.verticalScrollBar().maximum() > 0
    assert all(button.height() >= button.minimumSizeHint().height() for button in buttons)
    area.ensureWidgetVisible(buttons[-1])
    assert seen(area, buttons[-1])


def test_what_needs_so_many_lines_has_them_in_a_low_window_and_fills_a_high_one(settled, qapp):
    label = QLabel("Ord")
    room = LeastRoom(label, 15)
    settled(room, 500, 900)
    assert label.height() == room.viewport().height() == 900
    try:
        theme.apply(qapp, theme.ThemeName.LIGHT, 22)
        settled(room, 500, 300)
        assert label.height() >= 15 * label.fontMetrics().lineSpacing() > 300
        assert room.verticalScrollBar().maximum() > 0
    finally:
        theme.apply(qapp, theme.ThemeName.LIGHT)
