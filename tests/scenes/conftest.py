"""A scene's stage: the user's own window with its real pages, doors, store and worker process.

With ``SCENES_OUT`` naming a folder the pictures are kept there; else they go with the test's own folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QInputDevice
from PySide6.QtTest import QTest

from tests.scenes.stage import Stage
from tests.ui.conftest import (
    _danish,
    clock,
    dressed,
    every_word_said_has_its_danish,
    papers,
    settings,
)
from tests.ui.own_window import own_ways

__all__ = ["_danish", "clock", "dressed", "every_word_said_has_its_danish", "papers", "settings"]


@pytest.fixture(scope="session")
def touch_screen(qapp):
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


@pytest.fixture
def out(tmp_path):
    """Where pictures and papers of a scene are put."""
    folder = Path(os.environ.get("SCENES_OUT") or tmp_path / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def stage(qtbot, dressed, clock, papers, settings, tmp_path, touch_screen, out):
    """The window, in light dress, over an empty store of Lone Kjær."""
    ways = own_ways(tmp_path / "own", clock)
    made = Stage(qtbot, ways, papers, settings)
    made.be_ready(dressed, touch_screen, out, clock)
    yield made
    made.end()
    ways.release()
