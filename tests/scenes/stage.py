"""What a scene is played with: the window, a child's case, hands on its map, and a camera."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.map_geometry import to_xy
from caseworker_app.domain.person import Custody, Role
from caseworker_app.services import cases, network_maps, people
from tests.ui.network_map.hands import Hands
from tests.ui.own_window import OwnWindow
from ui import theme
from ui.dialogs.map_dialog import MapDialog
from ui.house import Place
from ui.network_map.scenery import RADIUS
from ui.pages.case_maps import CaseMaps
from ui.preferences import preferences

SIZES = {"": (1366, 728), "-wide": (1920, 1040)}
"""What is left of the two screens that the window is made for."""
NUMBER = "6103154234"


class Stage(OwnWindow):
    """The window with what is needed to play in it; one step is written as a person takes it."""

    def be_ready(self, application, device, out, clock):
        self.application, self._device, self.out, self.clock = application, device, out, clock
        self.templates = self.window.house.books.map_templates()

    def end(self):
        assert not self.bugs, self.bugs[0]
        self.close()

    # the case

    def child(self, name="Ida Holm", **more):
        """Write a child's case with mother, father and grandmother; ``cards`` says who they are."""
        values = {"child_name": name, "person_number": NUMBER, "born": dt.date(2015, 3, 1), **more}
        self.case = self.write(lambda w: cases.register(w, values))
        self.cards = {}
        for called, full, role in (
            ("Mor", "Mia Holm", Role.MOTHER),
            ("Far", "Jonas Bech", Role.FATHER),
            ("Mormor", "Karen Holm", Role.GRANDPARENT),
        ):
            own = {"name": full, "role": role, "phone": "20 30 40 50"}
            if role is not Role.GRANDPARENT:
                own["custody"] = Custody.SHARED
            self.cards[called] = self.write(lambda w, own=own: people.add(w, self.case, own))
        return self.case

    def go(self, page, thing=None, part=""):
        self.window.navigator.go(Place(page, thing, part))
        self.settle()
        return self.page

    def dialog(self, kind):
        """Return the open dialog of a kind."""
        self.qtbot.waitUntil(lambda: bool(self._open(kind)), timeout=5000)
        self.settle()
        return self._open(kind)[0]

    def _open(self, kind):
        return [d for d in self.application.allWidgets() if isinstance(d, kind) and d.isVisible()]

    def case_maps(self):
        """Go to the case's maps."""
        page = self.go("case", self.case, "maps")
        (maps,) = [one for one in page.findChildren(CaseMaps) if one.isVisible()]
        return maps

    def begin_map(self, button="first"):
        """Begin a map from the case's page, and answer whose it is with what is offered."""
        self.click(getattr(self.case_maps(), button))
        dialog = self.dialog(MapDialog)
        self.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, on=dialog.form)
        self.qtbot.waitUntil(lambda: self.window.navigator.place.page == "map", timeout=5000)
        self.settle()
        self.map = self.window.navigator.place.thing
        return self.take_map()

    def begin_by_keys(self):
        """Begin a map from the case's maps without a mouse."""
        (maps,) = [one for one in self.page.findChildren(CaseMaps) if one.isVisible()]
        self.window.activateWindow()
        self.press(Qt.Key.Key_Insert, on=maps)
        dialog = self.dialog(MapDialog)
        self.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, on=dialog.form)
        self.qtbot.waitUntil(lambda: self.window.navigator.place.page == "map", timeout=5000)
        self.window.activateWindow()
        self.settle()
        self.map = self.window.navigator.place.thing

    def open_map(self, network_map):
        self.map = network_map
        self.go("map", network_map)
        return self.take_map()

    def take_map(self):
        """Put the map under the fingers: touch reaches what is on the test's screen of 800 px only."""
        canvas = self.page.desk.canvas
        self.window.activateWindow()
        canvas.setFocus()
        left = canvas.viewport().mapTo(self.window, canvas.viewport().rect().topLeft()).x()
        self.window.move(-left + (790 - canvas.viewport().width()) // 2, 0)
        self.settle()
        self.hands = Hands(self.page, self.settle, self._device)
        return self.hands

    def opened(self, network_map=None):
        found = network_map or self.map
        return self.read(lambda r: network_maps.open_map(r, found, self.templates))

    def standing(self, network_map=None):
        """Return who stands where, as the store has it: ring and sector by name."""
        return {
            p.called: None if p.placement is None else (p.placement.ring, p.placement.sector)
            for p in self.opened(network_map).people
        }

    # hands

    def click(self, button):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
        self.settle()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier, on=None):
        QTest.keyClick(on or self.focus(), key, modifier)
        self.settle()

    def type(self, words, on=None):
        QTest.keyClicks(on or self.focus(), words)

    def focus(self):
        """Return what has the keyboard; without a window manager a list that closed leaves nobody with it."""
        if QApplication.focusWidget() is None:
            self.window.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=2000)
        return QApplication.focusWidget()

    def spot(self, ring, sector, share=0.5):
        """Return a point of the view in a cell, so far around its sector."""
        template = self.hands.session.opened.template
        found = next(one for one in template.sectors if one.id == sector)
        ring = template.ring(ring)
        angle = found.start + share * (found.end - found.start)
        x, y = to_xy(round(angle * 10) % 3600, round((ring.inner + ring.outer) * 500))
        return self.hands.canvas.to_px(QPointF(x * RADIUS, y * RADIUS))

    def bare(self):
        """Return a point of the view beside the circle."""
        middle = self.hands.child()
        return QPointF(middle.x() - 340, 16)

    def tap(self, at):
        self.hands.touch(("press", 1, at))
        self.hands.touch(("release", 1, at))
        self.settle()

    def slide(self, start, end, steps=5):
        """Drag with one finger."""
        self.hands.touch(("press", 1, start))
        for step in range(1, steps + 1):
            self.hands.touch(("move", 1, start + (end - start) * step / steps))
        self.hands.touch(("release", 1, end))
        self.settle()

    # the camera

    def photograph(self, name, widget=None):
        (widget or self.window).grab().save(str(self.out / f"{name}.png"))

    def album(self, name, widget=None):
        """Take pictures in light and dark at both sizes."""
        seen = widget or self.window
        before = seen.size()
        for look in (theme.ThemeName.LIGHT, theme.ThemeName.DARK):
            if look is theme.ThemeName.DARK:
                preferences(self.window.house.settings).set_theme(look)
            for suffix, size in SIZES.items():
                seen.resize(*size)
                self.qtbot.wait(1)
                self.photograph(f"{name}{suffix}-{look.value}", seen)
        preferences(self.window.house.settings).set_theme(theme.ThemeName.LIGHT)
        seen.resize(before)
        self.settle()
