"""A page with a small netværkskort over the real store, and hands to draw on it with."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QInputDevice
from PySide6.QtTest import QTest

from tests.ui.network_map.hands import Hands, draw
from ui.pages.map_page import MapPage


@pytest.fixture(scope="session")
def touch_screen(qapp):
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(3)

    return wait


@pytest.fixture
def drawn(write, house):
    return draw(write, house.books.map_templates())


@pytest.fixture
def page(qtbot, house, tasks, drawn, settled):
    made = MapPage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1222, 684)
    made.move(-340, 0)  # the test's screen is 800 px wide, and fingers beyond its edge touch nothing
    made.show()
    made.show_thing(drawn.map, "")
    settled()
    made.activateWindow()
    made.desk.canvas.setFocus()
    return made


@pytest.fixture
def hands(page, settled, touch_screen):
    return Hands(page, settled, touch_screen)
