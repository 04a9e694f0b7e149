"""The map with what belongs to it: the tray at its left, the bar under it, the field and the strip that open over it.

It knows a :class:`~ui.network_map.source.MapSource` and nothing of the case: the page around it has the person's card, the
family's window has none.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.network_map import MapPersonKind, Placement
from caseworker_app.drawing.map_parts import hue_at
from ui.network_map.asking import Asking
from ui.network_map.canvas import MapCanvas
from ui.network_map.ghost import Ghost
from ui.network_map.hand import Mode
from ui.network_map.pointer import Hit
from ui.network_map.session_base import Selection
from ui.network_map.source import MapSource, Offer
from ui.network_map.tools import Tools
from ui.network_map.tray import Tray
from ui.widgets.announce import announce
from ui.words import tr


class MapDesk(QWidget):
    """Tray, map and bar over one source. ``card_wanted`` carries who is to be shown closely; without ``cards`` nobody is.

    ``statements`` says whether lines show whose statement they are.
    """

    card_wanted = Signal(object)

    def __init__(
        self, source: MapSource, parent: QWidget | None = None, *, cards: bool = True, statements: bool = True
    ) -> None:
        super().__init__(parent)
        self.source, self._cards = source, cards
        self.tray, self.canvas, self.tools = Tray(self), MapCanvas(source, self), Tools(self)
        self.asking, self.ghost = Asking(self, statements=statements), Ghost(self)
        self._lay_out()
        self._connect_canvas()
        self._connect_parts()
        self._follow(None)
        self._selected(source.selection)

    def _lay_out(self) -> None:
        self.middle = QHBoxLayout()
        self.middle.setSpacing(8)
        self.middle.addWidget(self.tray)
        self.middle.addWidget(self.canvas, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self.middle, 1)
        layout.addWidget(self.tools)

    def _connect_canvas(self) -> None:
        canvas, source = self.canvas, self.source
        canvas.card_wanted.connect(self._show_card)
        canvas.menu_wanted.connect(self._show_menu)
        canvas.carried.connect(self._carried)
        canvas.zoomed.connect(self.tools.show_zoom)
        canvas.mode_changed.connect(self._turned)
        canvas.over_tray = self._over_tray
        self.tools.show_zoom(100)
        source.changed.connect(self._follow)
        source.selected.connect(self._selected)
        source.announced.connect(self._announce)

    def _connect_parts(self) -> None:
        tray, tools, canvas, source = self.tray, self.tools, self.canvas, self.source
        tray.list.pointer = canvas.pointer
        tray.list.to_map = lambda at: QPointF(
            canvas.viewport().mapFromGlobal(tray.list.viewport().mapToGlobal(at))
        )
        tray.list.answer = canvas.keys.press
        tray.named.connect(self._add_to_tray)
        tray.taken.connect(self._take)
        tray.chosen.connect(lambda person: source.choose(Selection((person,))))
        tray.left.connect(canvas.setFocus)
        tools.added.connect(self.begin_name)
        tools.lined.connect(lambda: self.turn(Mode.LINE))
        tools.moved.connect(lambda: self.turn(Mode.MOVE))
        tools.grouped.connect(self.group)
        tools.tidied.connect(source.tidy_up)
        tools.undone.connect(source.undo)
        tools.redone.connect(source.redo)
        tools.zoomed.connect(self._zoom)
        for keys, act in (("N", self.begin_name), ("G", self.group)):
            for place in (canvas, tray.list):
                shortcut = QShortcut(QKeySequence(keys), place)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(act)

    # following

    def _announce(self, words: str) -> None:
        if self.isVisible():  # else the list says it
            announce(self.canvas, words)

    def _follow(self, _changed: object) -> None:
        view, locked = self.source.view, self.source.locked
        waiting = [one for one in view.people if one.placement is None] if view is not None else []
        self.tray.show_people(waiting, self.source.selection.person, locked=locked)
        self.tray.offer(self.source.offers() if not locked else ())
        self.tools.allow(drawing=not locked, moving=self.source.selection.person is not None)
        self.asking.follow()

    def _selected(self, selection: Selection) -> None:
        self.tray.mark(selection.person)
        self.tools.allow(drawing=not self.source.locked, moving=selection.person is not None)
        self.asking.follow()

    def here(self, at: QPointF) -> QPoint:
        """Return a point of the map's view in the desk."""
        return self.canvas.viewport().mapTo(self, at.toPoint())

    # names

    def begin_name(self) -> None:
        """Put the keyboard in the tray's field."""
        if not self.source.locked:
            self.asking.close()
            self.tray.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_to_tray(self, name: str, offer: Offer | None) -> None:
        person = self.add(name, MapPersonKind.PERSON, offer, None)
        if person is not None:
            self.source.choose(Selection((person,)))

    def _take(self, offer: Offer) -> None:
        self._add_to_tray(offer.name, offer)

    def add(self, name: str, kind: MapPersonKind, offer: Offer | None, where: Placement | None) -> Id | None:
        """Put a name on the map, in the tray without ``where``; an offer brings who she is to the child."""
        called = name if offer is None else offer.name.split(" ")[0]
        return self.source.add_person(
            called,
            kind=kind,
            role_word=offer.role_word if offer is not None else "",
            placement=where,
            case_person=offer.case_person if offer is not None else None,
        )

    # households

    def group(self) -> None:
        """Draw a household around those chosen, or let them be chosen first."""
        chosen, hand = self.source.selection, self.canvas.hand
        if self.source.locked:
            return
        if len(chosen.people) + chosen.child < 2:
            hand.turn(Mode.GROUP)
            return
        if hand.mode is not Mode.CHOOSE:
            hand.turn(Mode.CHOOSE)
        group = self.source.add_group("", chosen.people, chosen.child)
        first = self.canvas.person_px(chosen.people[0])
        self.source.choose(Selection())
        if group is not None:
            self.asking.ask_label(group, first or QPointF(self.canvas.viewport().rect().center()))

    # what else is asked for

    def turn(self, mode: Mode) -> None:
        """Let the next taps draw a line, move who is chosen, or choose those of a household."""
        self.asking.close()
        self.canvas.hand.turn(mode)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turned(self, mode: Mode) -> None:
        self.tools.show_mode(mode)
        words = {
            Mode.LINE: tr("Choose who the line goes to. Esc lets it be."),
            Mode.MOVE: tr("Choose the place. Esc lets it be."),
            Mode.GROUP: tr("Choose those who live together, then Done. Esc lets it be."),
        }.get(mode, "")
        self.canvas.show_hint(words)
        announce(self.canvas, words)

    def _zoom(self, factor: float) -> None:
        self.canvas.zoom_by(factor) if factor else self.canvas.fit()

    def _over_tray(self, at: QPointF) -> bool:
        return self.tray.isVisible() and self.tray.geometry().contains(self.here(at))

    def _carried(self, person: Id | None, at: QPointF | None) -> None:
        view = self.source.view
        if person is None or at is None or view is None:
            self.ghost.follow(None, "", QPoint())
            return
        seen = self.canvas.scenery.seen(person)
        sector = seen.placement.sector if seen is not None and seen.placement is not None else ""
        self.ghost.follow(seen, hue_at(view.template, sector), self.here(at))

    def _show_card(self, person: Id) -> None:
        if self._cards:
            self.card_wanted.emit(person)
        else:
            self.asking.ask_rename(person)

    def _show_menu(self, hit: Hit, at: QPointF) -> None:
        from ui.network_map.menu import fill

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu, self, hit, at, cards=self._cards)
        if menu.actions():
            menu.popup(self.canvas.global_at(at))
