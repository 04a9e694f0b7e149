"""Scene 3: the mother's map beside the child's on the worker's screen; Familievisning reaches nothing of the child's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QClipboard, QGuiApplication

from caseworker_app.domain.network_map import Voice
from caseworker_app.services.family_view import Audience
from tests.scenes.drawn import MOTHERS, childs_map, draw
from tests.ui.own_window import PASSPHRASE
from tests.ui.test_family_leak import held, spoken, told
from ui.dialogs.audience_dialog import AudienceDialog
from ui.family_mode.window import Showing

pytestmark = pytest.mark.unwatched
CHILDS_ALONE = ("Buller", "Sofie", "Tom", "klasselærer", "veninde", "Holm", "610315")


def rows(table):
    found = []
    for number in range(table.topLevelItemCount()):
        top = table.topLevelItem(number)
        found.append(top.text(0))
        found += [tuple(top.child(n).text(c) for c in range(3)) for n in range(top.childCount())]
    return found


def test_the_mothers_map_beside_the_childs_and_nothing_of_the_childs_in_the_familys_window(
    stage, monkeypatch
):
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)  # without a screen nobody is asked
    stage.child()
    childs, _on = childs_map(stage)
    mothers, _on = draw(stage, MOTHERS, Voice.MOTHER)
    stage.go("map", childs)
    page = stage.go("map_compare", mothers, "voices")
    assert rows(page.voices.table) == [
        "Kun hos barnet: 4",
        ("Buller", "Meget nær, Venner", ""),
        ("Sofie", "Nær, Venner", ""),
        ("Tom", "Bekendt, Skole, dagtilbud, arbejde", ""),
        ("Far", "Perifer, Familie", ""),
        "Kun hos forældrene: 1",
        ("Naboen Lis", "", "Nær, Venner"),
        "Forskellig nærhed: 1",
        ("Mormor", "Nær, Familie", "Bekendt, Familie"),
    ]
    stage.album("scene-3-table")
    stage.click(page.voices.copy)
    assert "Sofie" in QGuiApplication.clipboard().text()
    stage.type("Sofie", stage.window.bar.find_field)
    stage.settle()
    show_to_parents(stage, mothers)
    nothing_is_reached(stage, childs)
    come_back(stage)


def show_to_parents(stage, mothers):
    stage.open_map(mothers)
    stage.click(stage.page.header.family)
    dialog = stage.dialog(AudienceDialog)
    assert not dialog.buttons[Audience.CHILD].isEnabled()
    stage.click(dialog.buttons[Audience.PARENTS])
    window = stage.window.family.window
    window.welcome.begin.click()
    stage.settle()
    assert window.showing is Showing.DRAWING
    assert not stage.window.isVisible()
    stage.album("scene-3-family", window)


def nothing_is_reached(stage, childs):
    """Search, undo, clipboard and what was looked at before lead nowhere; no part of the window knows the names."""
    window, before = stage.window.family.window, stage.opened(childs)
    assert QGuiApplication.clipboard().text() == ""
    assert stage.window.finding._known == ()
    assert stage.window.bar.find_field.text() == ""
    tools = window.drawing.desk.tools
    assert not tools.undo.isEnabled() and not tools.redo.isEnabled()
    for keys, modifier in (
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier),
    ):
        stage.press(keys, modifier, on=window.drawing.desk.canvas)
        assert not stage.window.isVisible()
    assert stage.opened(childs) == before
    parts = [window, *window.findChildren(QObject)]
    said = [one for part in parts for one in told(part)]
    said += list(spoken(QAccessible.queryAccessibleInterface(window)))
    said += [one for one in held(parts) if isinstance(one, str)]
    assert any("Naboen Lis" in one for one in said)
    assert [one for one in said if any(word in one for word in CHILDS_ALONE)] == []


def come_back(stage):
    window = stage.window.family.window
    stage.press(Qt.Key.Key_F12, on=window)
    stage.qtbot.waitUntil(lambda: window.showing is Showing.NEUTRAL)
    stage.photograph("scene-3-neutral", window)
    window.ask()
    stage.type(PASSPHRASE, window.sheet.passphrase.line)
    stage.settle()
    stage.click(window.sheet.leave)
    stage.qtbot.waitUntil(stage.window.isVisible, timeout=5000)
    assert stage.window.family.window is None
