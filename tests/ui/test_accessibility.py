"""Every room with a screen reader's ears and a keyboard alone: names, roles, heads of tables, and the Tab key's way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.demo import build
from caseworker_app.domain.meeting import Meeting
from caseworker_app.services import family_pin
from tests.helpers import accessible
from tests.ui.accessible_house import one_family, places
from tests.ui.own_window import OwnWindow, own_ways
from tests.ui.test_opening import enter, make_store, press, ways
from ui.in_sight import InSight
from ui.passing_on import pass_focus

__all__ = ["enter", "ways"]
pytestmark = pytest.mark.unwatched
PIN = "2580"


class _Windows(QObject):
    """Notes every window that comes up besides the one of the program."""

    def __init__(self, own):
        super().__init__()
        self._own, self.seen = own, []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, thing, event):
        shown = event.type() == QEvent.Type.Show and isinstance(thing, QWidget) and thing.isWindow()
        if shown and thing is not self._own:
            self.seen.append(f"{type(thing).__name__} {thing.accessibleName()}")
        return False


@pytest.fixture
def window(qtbot, dressed, clock, papers, settings, tmp_path, monkeypatch):
    """The window over a family of the demo, with everything in it."""
    one_family(monkeypatch)
    ways = own_ways(tmp_path / "own", clock)
    made = OwnWindow(qtbot, ways, papers, settings)
    build.fill(made.store, clock)
    made.window.activateWindow()
    yield made
    made.close()
    ways.release()


def gone_through(root):
    """Return what is wrong in a window for who hears it or has no mouse."""
    wrong = accessible.faults(root)
    stops, on_the_way = accessible.walk(root)
    return wrong + on_the_way + accessible.missed(root, stops)


def test_every_control_of_every_room_has_a_name_and_a_role_and_is_reached_by_tab(window):
    windows, found = _Windows(window.window), {}
    for place in places(window):
        window.window.activateWindow()
        window.window.navigator.go(place)
        window.settle()
        wrong = gone_through(window.window)
        wrong += [f"a window of its own: {one}" for one in windows.seen]
        windows.seen.clear()
        if wrong:
            found[f"{place.page} {place.part}"] = wrong
    QApplication.instance().removeEventFilter(windows)
    assert found == {}, told(found)
    assert not window.bugs


def told(found):
    return "\n".join(f"{place}: {one}" for place, wrong in found.items() for one in wrong)


def dialog(window):
    """Return the dialog that is open, settled and with the keyboard in it."""
    window.settle()
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    found.activateWindow()
    window.settle()
    return found


def test_the_manual_the_dialogs_the_familys_window_and_the_locked_one_are_gone_through_too(
    window, monkeypatch
):
    own, found = window.window, {}
    actions = own.menu_actions
    for name in ("manual", "keys", "about", "history", "new_case", "notification", "import_list"):
        getattr(actions, name).trigger()
        opened = dialog(window)
        if wrong := gone_through(opened):
            found[name] = wrong
        opened.close()
        own.activateWindow()
        window.settle()
    family = family_of(window)
    for place in ("welcome", "meeting", "leaving"):
        if place == "meeting":
            family.welcome.begin.click()
        elif place == "leaving":
            family.ask()
        window.settle()
        family.activateWindow()
        # the pad is for fingers: its line beside it takes the same digits from the keyboard
        if wrong := [one for one in gone_through(family) if " in PinPad " not in one]:
            found[f"family {place}"] = wrong
    family.let_go()
    own.family.window = None
    own.show()
    own.activateWindow()
    window.settle()
    own.lock()
    page = window.wait_locked()
    window.settle()
    page.passphrase.line.setFocus()
    if wrong := gone_through(own):
        found["locked"] = wrong
    assert found == {}, told(found)


def family_of(window):
    """Show a meeting to its family, and return the family's window."""
    window.write(lambda w: family_pin.choose(w, window.ways.hash_pin(PIN)))
    meeting = window.read(lambda r: next(iter(r.find(Meeting))).id)
    window.window.house.family_meeting(meeting)
    window.settle()
    return window.window.family.window


def test_the_way_in_is_gone_through_step_by_step(qtbot, ways, enter, monkeypatch):
    flow, found = enter(ways()), {}
    flow.activateWindow()
    seen = press_and_look(monkeypatch, flow, found)
    make_store(qtbot, flow.currentWidget())
    qtbot.waitUntil(lambda: len(flow.stores) == 1, timeout=5000)
    assert len(set(seen)) == 5
    assert found == {}, told(found)


def press_and_look(monkeypatch, flow, found):
    """Go through each step before its button for the next one is pressed."""
    seen = []

    def look(qtbot, button):
        step = type(flow.currentWidget().step).__name__
        seen.append(step)
        had = QApplication.focusWidget()
        if wrong := gone_through(flow):
            found[step] = wrong
        if had is not None:
            had.setFocus()
        press(qtbot, button)

    monkeypatch.setattr("tests.ui.test_opening.press", look)
    return seen


# That the walk finds what it looks for.


@pytest.fixture
def planted(qtbot, dressed):
    """A window with one thing of each kind wrong with it."""
    root = QWidget()
    qtbot.addWidget(root)
    layout = QVBoxLayout(root)
    root.nameless = QLineEdit()
    root.table = QTableWidget(1, 1)
    root.table.setHorizontalHeaderLabels([""])
    root.table.setAccessibleName("Sager")
    root.deaf = QPushButton("Gem")
    root.deaf.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    root.drawn = QWidget()
    root.drawn.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    root.drawn.setAccessibleName("Noget tegnet")
    for widget in (root.nameless, root.table, root.deaf, root.drawn):
        layout.addWidget(widget)
    root.show()
    root.activateWindow()
    QApplication.processEvents()
    root.nameless.setFocus()
    return root


def test_a_control_without_name_role_head_or_way_to_it_is_found(planted):
    wrong = " | ".join(gone_through(planted))
    assert "no name: QLineEdit" in wrong
    assert "no head over column 0: QTableWidget 'Sager'" in wrong.replace(
        "QTableWidget Sager", "QTableWidget 'Sager'"
    )
    assert "never reached: QPushButton" in wrong
    assert "no role (Client): QWidget" in wrong


def test_what_stands_before_where_the_keyboard_is_sent_is_reached_all_the_same(qtbot, dressed):
    for way, missing in ((lambda w, t: w.setFocusProxy(t), 1), (lambda w, t: pass_focus(w, lambda: t), 0)):
        root, whole = QWidget(), QWidget()
        qtbot.addWidget(root)
        layout, row = QVBoxLayout(root), QHBoxLayout(whole)
        before, target = QPushButton("Før"), QPushButton("Her")
        for button in (before, target):
            row.addWidget(button)
        layout.addWidget(QPushButton("Øverst"))
        layout.addWidget(whole)
        way(whole, target)
        root.show()
        root.activateWindow()
        QApplication.processEvents()
        whole.setFocus()
        assert QApplication.focusWidget() is target
        stops, _wrong = accessible.walk(root)
        assert len(accessible.missed(root, stops)) == missing


def test_what_the_keyboard_comes_to_from_outside_is_scrolled_to(qtbot, dressed):
    root, area, ground = QWidget(), QScrollArea(), QWidget()
    qtbot.addWidget(root)
    InSight(root)
    lines = QVBoxLayout(ground)
    buttons = [QPushButton(str(number)) for number in range(60)]
    for button in buttons:
        lines.addWidget(button)
    area.setWidget(ground)
    above = QPushButton("Over")
    layout = QVBoxLayout(root)
    layout.addWidget(above)
    layout.addWidget(area)
    root.resize(300, 200)
    root.show()
    root.activateWindow()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    above.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is above)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not accessible.in_sight(buttons[0])
    QTest.keyClick(above, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is buttons[0]
    assert accessible.in_sight(buttons[0])
