"""A small netværkskort on the page, as tests draw on it: real store, real widgets, real events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from caseworker_app.domain.map_geometry import cell_centre
from caseworker_app.domain.network_map import MapPersonKind, Quality, Voice
from caseworker_app.services import cases, network_maps
from ui.network_map.session_base import Selection

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Drawn:
    """A map with four people, one of them in the tray, and a line from the child to its mother."""

    case: bytes
    map: bytes
    mother: bytes
    friend: bytes
    dog: bytes
    aunt: bytes
    line: bytes


def draw(write, templates, voice=Voice.CHILD):
    case = write(lambda w: cases.register(w, {"child_name": "Ida Prøve", "born": dt.date(2016, 3, 1)}))
    made = write(lambda w: network_maps.begin(w, case, voice, templates=templates))
    four = templates["four", 1]

    def add(name, role, ring="", sector="", kind=MapPersonKind.PERSON):
        where = cell_centre(four, ring, sector) if ring else None
        return write(
            lambda w: network_maps.add_person(w, made, name, role_word=role, placement=where, kind=kind)
        )

    mother = add("Mor", "mor", "close", "family")
    friend = add("Anna", "bedste ven", "known", "friends")
    dog = add("Fido", "hund", "known", "school", MapPersonKind.PET)
    aunt = add("Moster Åse", "moster")
    line = write(lambda w: network_maps.add_relation(w, made, None, mother, Quality.STRONG))
    return Drawn(case, made, mother, friend, dog, aunt, line)


class Hands:
    """Mouse, fingers and keys on a page's map."""

    def __init__(self, page, settled, device=None):
        self.page, self.settled, self._device = page, settled, device
        self.canvas, self.session = page.desk.canvas, page.session
        self.viewport = self.canvas.viewport()

    # where things are

    def at(self, person):
        return self.canvas.person_px(self.session.real(person))

    def cell(self, ring, sector, turn=0.0):
        """A point of the view in a cell, off its middle by ``turn`` of the sector's half."""
        template = self.session.opened.template
        where = cell_centre(template, ring, sector)
        from caseworker_app.domain.map_geometry import to_xy
        from ui.network_map.scenery import RADIUS

        x, y = to_xy(where.angle + int(turn * 450), where.radius)
        return self.canvas.to_px(QPointF(x * RADIUS, y * RADIUS))

    def child(self):
        return self.canvas.to_px(QPointF(0, 0))

    def handle(self):
        return self.canvas.to_px(QPointF(*self.canvas.marks.handle))

    def place(self, person):
        opened = self.session.opened
        return next(p.placement for p in opened.people if p.id == self.session.real(person))

    def standing(self, person):
        where = self.place(person)
        return None if where is None else (where.ring, where.sector)

    def named(self, name):
        return next((p for p in self.session.opened.people if p.called == name), None)

    # mouse

    def click(self, at, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.mouseClick(self.viewport, LEFT, modifier, at.toPoint())

    def press(self, at):
        QTest.mousePress(self.viewport, LEFT, pos=at.toPoint())

    def move(self, at):
        QTest.mouseMove(self.viewport, at.toPoint())

    def release(self, at):
        QTest.mouseRelease(self.viewport, LEFT, pos=at.toPoint())

    def drag(self, start, end, steps=4):
        self.press(start)
        for step in range(1, steps + 1):
            self.move(start + (end - start) * step / steps)
        self.release(end)
        self.settled()

    # fingers

    def touch(self, *acts):
        """Each act is ("press" | "move" | "stay" | "release", finger, point)."""
        sequence = QTest.touchEvent(self.viewport, self._device, False)
        for act, finger, *at in acts:
            if act == "stay":
                sequence.stationary(finger)
            else:
                getattr(sequence, act)(finger, at[0].toPoint(), self.viewport)
        sequence.commit()

    # keys

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier, on=None):
        from PySide6.QtWidgets import QApplication

        QTest.keyClick(on or QApplication.focusWidget() or self.canvas, key, modifier)
        self.settled()

    def type(self, text, on=None):
        from PySide6.QtWidgets import QApplication

        QTest.keyClicks(on or QApplication.focusWidget(), text)

    def choose(self, *people):
        self.session.choose(Selection(tuple(people)))
