"""Scene 1: eight names in under a minute, by finger, without a dialog; three put right; two undos."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from tests.scenes.naming import FIRST, MISPLACED, after_moving, after_two_undos, at_first

pytestmark = pytest.mark.unwatched  # what the camera does is no wait of a person's


def test_eight_names_by_finger_without_a_dialog_three_moved_two_undone(stage):
    stage.child()
    hands = stage.begin_map()
    field = stage.page.desk.asking.name_field
    begun, cell = time.monotonic(), None
    for name, ring, sector in FIRST:
        if (ring, sector) != cell:
            if field.isVisible():
                stage.tap(stage.bare())  # a tap beside the field closes it
            stage.tap(stage.spot(ring, sector))
        cell = ring, sector
        stage.type(name, field.line)
        stage.press(Qt.Key.Key_Return, on=field.line)
        assert not [d for d in stage.application.allWidgets() if isinstance(d, QDialog) and d.isVisible()]
    assert time.monotonic() - begun < 60
    stage.press(Qt.Key.Key_Escape, on=field.line)
    assert stage.standing() == at_first()
    stage.album("scene-1-eight")
    stage.take_map()
    for name, (ring, sector) in MISPLACED.items():
        stage.slide(hands.at(hands.named(name).id), stage.spot(ring, sector))
    assert stage.standing() == after_moving()
    tools = stage.page.desk.tools
    for _ in range(2):
        assert tools.undo.isEnabled()
        stage.click(tools.undo)
    assert stage.standing() == after_two_undos()
    stage.album("scene-1-undone")
