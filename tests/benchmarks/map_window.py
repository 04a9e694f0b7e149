"""Netværkskort of any size in a window of their own: somebody is carried over one, and one after another is opened."""

from __future__ import annotations

import math
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_geometry import place
from caseworker_app.domain.map_profiles import see
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import MapGroup, MapPerson, MapRelation, NetworkMap, Quality, Voice
from caseworker_app.services import network_maps
from caseworker_app.settings import Settings

if TYPE_CHECKING:
    from db.store import SqlStore
    from ui.network_map.canvas import MapCanvas
    from ui.pages.map_page import MapPage

SIZE = (984, 548)
"""The map's room in a window of 1366 x 768."""
PAGE = (1222, 684)
_NAMES = (
    "Mor",
    "Far",
    "Mormor",
    "Farfar",
    "Anna",
    "Sofus",
    "Liv",
    "Karin",
    "Lone",
    "Peter",
    "Villads",
    "Åse",
)


def scattered(people: int, lines: int, seed: int = 7) -> dict[str, Any]:
    """Return people all over a map and lines between them, the same each time; every fifth line goes to the child."""
    dice, template = random.Random(seed), ShippedBooks().map_templates()["four", 1]
    everybody = []
    for number in range(people):
        at = place(template, dice.uniform(-1, 1), dice.uniform(-1, 1))
        who = number.to_bytes(16, "big")
        name = f"{_NAMES[number % len(_NAMES)]} {number // len(_NAMES) or ''}".strip()
        everybody.append(MapPerson(id=who, called=name, role_word="fra skolen", placement=at))
    kinds, drawn = list(Quality), []
    for number in range(lines):
        a, b = dice.sample(everybody, 2)
        end = None if number % 5 == 0 else b.id
        drawn.append(
            MapRelation(id=(10_000 + number).to_bytes(16, "big"), a=a.id, b=end, quality=kinds[number % 6])
        )
    home = MapGroup(id=b"h" * 16, label="Hos mor", members=frozenset(p.id for p in everybody[:4]))
    return {"template": template, "people": everybody, "relations": drawn, "groups": [home]}


def view_of(parts: dict[str, Any]) -> MapView:
    """Return the file's view of a map."""
    case = Case(child_name="Ida Prøve")
    return see(NetworkMap(voice=Voice.CHILD), MapProfile.FILE, case=case, quotes=(), cards={}, **parts)


def _source(view: MapView) -> Any:
    """Return a source that has the map in hand and keeps nothing."""
    from PySide6.QtCore import QObject, Signal

    from ui.network_map.session_base import Selection

    class Source(QObject):
        changed, selected, announced = Signal(object), Signal(object), Signal(str)
        known_as = Signal(object, object)
        locked, wording = False, Wording.CHILD

        def __init__(self) -> None:
            super().__init__()
            self.view, self.selection = view, Selection()

        def choose(self, selection: Selection) -> None:
            self.selection = selection
            self.selected.emit(selection)

        def move(self, person: Id, placement: Any) -> None:
            people = tuple(replace(p, placement=placement) if p.id == person else p for p in self.view.people)
            self.view = replace(self.view, people=people)
            self.changed.emit(frozenset({person}))

    return Source()


def _application() -> Any:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui import theme

    application = QApplication.instance() or QApplication(["benchmark"])
    i18n.set_language("da")
    theme.load_fonts()
    theme.load_other_fonts()
    theme.apply(application, theme.ThemeName.LIGHT)  # type: ignore[arg-type]
    return application


class Carried:
    """Somebody in the hand over a map; each frame is a movement and its paint, each bare frame the same map by QPainter."""

    def __init__(self, canvas: MapCanvas, view: MapView) -> None:
        self._canvas = canvas
        self._angle = 0
        busy = {end for line in view.relations for end in (line.a, line.b) if end is not None}
        self.painted = 0
        """How often the map was really painted: a window that is not shown paints nothing."""
        paint = canvas.item.paint

        def counted(*given: Any) -> None:
            self.painted += 1
            paint(*given)

        canvas.item.paint = counted  # type: ignore[method-assign]
        self._person = max(busy, key=lambda who: sum(who in (r.a, r.b) for r in view.relations))
        self.lines = sum(self._person in (r.a, r.b) for r in view.relations)

    def pick_up(self) -> float:
        """Press and lift; return the milliseconds of the first frame, in which the layers are painted anew."""
        from PySide6.QtCore import QPointF

        from ui.network_map.pointer import MOUSE

        at = self._canvas.person_px(self._person)
        assert at is not None
        self._canvas.viewport().repaint()
        begin = perf_counter()
        self._canvas.pointer.press(MOUSE, at)
        self._canvas.pointer.move(MOUSE, at + QPointF(14, 0))
        self._canvas.viewport().repaint()
        return (perf_counter() - begin) * 1000

    def frame(self) -> float:
        """Carry her on; return the milliseconds of the movement with its paint."""
        from PySide6.QtCore import QPointF

        from ui.network_map.pointer import MOUSE

        room = self._canvas.viewport().rect()
        self._angle += 1
        reach = 40 + 200 * ((self._angle % 40) / 40)
        turn = self._angle / 9
        at = QPointF(room.center()) + QPointF(math.cos(turn) * reach, math.sin(turn) * reach)
        begin = perf_counter()
        self._canvas.pointer.move(MOUSE, at)
        self._canvas.viewport().repaint()
        return (perf_counter() - begin) * 1000

    def bare(self) -> float:
        """Paint the whole map with bare QPainter calls; return the milliseconds."""
        return bare_painting(self._canvas)

    def put_back(self) -> None:
        """Let everything be as it was."""
        self._canvas.pointer.lose()


def bare_painting(canvas: MapCanvas) -> float:
    """Paint a map whole with bare QPainter calls, its pens, paths and fonts ready; return the milliseconds."""
    from PySide6.QtGui import QImage, QPainter

    image = QImage(canvas.viewport().size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    begin = perf_counter()
    painter.fillRect(image.rect(), canvas.palette().base())
    painter.setTransform(canvas.viewportTransform())
    canvas.scenery.paint_below(painter, None)
    canvas.scenery.paint_above(painter, None)
    took = (perf_counter() - begin) * 1000
    painter.end()
    return took


@contextmanager
def carrying(people: int, lines: int) -> Iterator[Carried]:
    """Show a map with somebody in the hand."""
    application = _application()
    from ui.network_map.canvas import MapCanvas

    view = view_of(scattered(people, lines))
    canvas = MapCanvas(_source(view))
    canvas.resize(*SIZE)
    canvas.show()
    application.processEvents()
    try:
        yield Carried(canvas, view)
    finally:
        canvas.close()
        canvas.deleteLater()


class _NoPapers:
    """Nothing is printed here."""

    def make(self, job: object) -> object:
        raise RuntimeError("no paper is made in this benchmark")


def fill(store: SqlStore, people: int, lines: int) -> tuple[Id, Id]:
    """Draw two maps of a child in a store; return them."""
    from caseworker_app.services import cases

    case = store.write(lambda w: cases.register(w, {"child_name": "Ida Prøve"})).result
    return _draw(store, case, scattered(people, lines, 7)), _draw(store, case, scattered(people, lines, 8))


def _draw(store: SqlStore, case: Id, parts: dict[str, Any]) -> Id:
    books = ShippedBooks().map_templates()
    made = store.write(lambda w: network_maps.begin(w, case, Voice.CHILD, templates=books)).result
    real: dict[Id | None, Id | None] = {None: None}
    for one in parts["people"]:
        act = partial(
            network_maps.add_person,
            map_id=made,
            called=one.called,
            role_word=one.role_word,
            placement=one.placement,
        )
        real[one.id] = store.write(act).result
    for line in parts["relations"]:
        ends = {"a": real[line.a], "b": real[line.b]}
        store.write(partial(network_maps.add_relation, map_id=made, quality=line.quality, **ends))
    return made


class OpenedMaps:
    """The page, opened on one map after another."""

    def __init__(self, page: MapPage, maps: tuple[Id, Id]) -> None:
        self._page, self._maps = page, maps
        self._shown = False
        self._turn = 0
        page.shown.connect(self._note)

    def _note(self) -> None:
        self._shown = True

    def open(self) -> float:
        """Open the other map; return the milliseconds until it is painted, query and all."""
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        self._turn += 1
        self._shown = False
        begin = perf_counter()
        self._page.show_thing(self._maps[self._turn % 2], "")
        while not self._shown:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._page.repaint()
        self._page.desk.canvas.viewport().repaint()
        took = (perf_counter() - begin) * 1000
        QApplication.processEvents()
        return took

    def bare(self) -> float:
        """Paint the map bare; return the milliseconds."""
        return bare_painting(self._page.desk.canvas)

    @property
    def people(self) -> int:
        """How many stand on the map."""
        return len(self._page.desk.canvas.scenery.laid.spots)


@contextmanager
def opened(store: SqlStore, folder: Path, maps: tuple[Id, Id]) -> Iterator[OpenedMaps]:
    """Show the page over a store."""
    _application()
    from ui.house import House
    from ui.pages.map_page import MapPage
    from ui.tasks import Tasks

    tasks = Tasks(store)
    house = House(
        tasks,
        _NoPapers(),
        Settings(folder / "settings.json"),
        ShippedBooks(),
        lambda _place: None,
        lambda _words: None,
    )
    page = MapPage(house)
    page.resize(*PAGE)
    page.show()
    try:
        yield OpenedMaps(page, maps)
    finally:
        page.close()
        tasks.finish()
        page.deleteLater()
