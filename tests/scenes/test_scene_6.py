"""Scene 6: the whole of scene 1 by keyboard only, and again through the list only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.scenes.naming import FIRST, MISPLACED, after_moving, after_two_undos, at_first
from ui.network_map import local

pytestmark = pytest.mark.unwatched
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
RINGS = {"closest": "1", "close": "2", "known": "3", "distant": "4", "outside": "5"}
SECTORS = {"family": "F", "friends": "V", "school": "S", "professionals": "P"}


@pytest.fixture
def began(stage):
    """The empty map, begun from the case's page by keys."""
    stage.child()
    stage.case_maps()
    stage.begin_by_keys()
    return stage


def press_until(stage, key, widget):
    """Press a key, a few times at most, until the keyboard is somewhere."""
    for _ in range(6):
        stage.window.activateWindow()  # a list of names that closed leaves nobody with the keyboard here
        stage.settle()
        if widget.hasFocus():
            return
        stage.press(key)
    raise AssertionError(f"the keyboard does not come to {type(widget).__name__}")


def undo_twice(stage):
    for _ in range(2):
        stage.press(Key.Key_Z, CONTROL)


def test_the_whole_of_it_by_keyboard_only(began):
    stage, desk = began, began.page.desk
    assert desk.canvas.hasFocus()
    stage.press(Key.Key_N)
    for name, *_cell in FIRST:
        stage.type(name)
        stage.press(Key.Key_Return)
    assert desk.tray.list.count() == len(FIRST)
    press_until(stage, Key.Key_Escape, desk.canvas)
    for name, ring, sector in FIRST:
        press_until(stage, Key.Key_F6, desk.tray.list)
        to_row(stage, desk.tray.list, name)
        stage.type(RINGS[ring])
        stage.settle()
        stage.type(SECTORS[sector])
        stage.settle()
    assert stage.standing() == at_first()
    stage.photograph("scene-6-keyboard")
    press_until(stage, Key.Key_F6, desk.canvas)
    for name, (ring, sector) in MISPLACED.items():
        by_tab(stage, name)
        move_in_one(stage, name, ring, sector)
    assert stage.standing() == after_moving()
    undo_twice(stage)  # Lone's ring, and Bo's sector
    assert stage.standing() == after_two_undos() | {"Bo": ("close", "friends")}


def to_row(stage, tray, name):
    stage.press(Key.Key_Home)
    for _ in range(tray.count()):
        if tray.currentItem() is not None and tray.currentItem().text() == name:
            return
        stage.press(Key.Key_Down)
    raise AssertionError(f"{name} is not in the tray")


def by_tab(stage, name):
    """Go from person to person until the one is chosen: outwards, and back inwards from the last."""
    session, canvas = stage.page.session, stage.page.desk.canvas
    backwards = (Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    for key, modifier in ((Key.Key_Tab, Qt.KeyboardModifier.NoModifier), backwards):
        press_until(stage, Key.Key_F6, canvas)
        for _ in range(len(FIRST) + 1):
            stage.press(key, modifier)
            if not canvas.hasFocus():
                break
            chosen = session.selection.person
            if chosen is not None and local.person_of(session.opened, chosen).called == name:
                return
    raise AssertionError(f"{name} is not reached")


def move_in_one(stage, name, ring, sector):
    now = stage.standing()[name]
    if now[0] != ring:
        stage.type(RINGS[ring])
        stage.settle()
    if now[1] != sector:
        stage.type(SECTORS[sector])
        stage.settle()


def test_the_whole_of_it_through_the_list_only(began):
    stage = began
    stage.press(Key.Key_F4)
    twin = stage.page.twin
    assert twin.isVisible() and twin.tree.hasFocus()
    stage.press(Key.Key_N)
    press_until(stage, Key.Key_F6, twin.add_line.name)  # nothing is chosen in an empty list
    for name, *_cell in FIRST:
        stage.type(name)
        stage.press(Key.Key_Return)
    press_until(stage, Key.Key_F6, twin.tree)
    for name, ring, sector in FIRST:
        in_tree(stage, twin, name)
        stage.type(RINGS[ring])
        stage.settle()
        stage.type(SECTORS[sector])
        stage.settle()
    assert stage.standing() == at_first()
    stage.album("scene-6-list")
    for name, (ring, sector) in MISPLACED.items():
        in_tree(stage, twin, name)
        move_in_one(stage, name, ring, sector)
    assert stage.standing() == after_moving()
    undo_twice(stage)  # Lone's ring, and Bo's sector
    assert stage.standing() == after_two_undos() | {"Bo": ("close", "friends")}
    assert QApplication.focusWidget() is twin.tree


def in_tree(stage, twin, name):
    """Go down the rows until the one is reached."""
    stage.press(Key.Key_Home)
    for _ in range(60):
        if twin.tree.currentIndex().data() == name:
            return
        stage.press(Key.Key_Down)
    raise AssertionError(f"{name} is not in the list")
