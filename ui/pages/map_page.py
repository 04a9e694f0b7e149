"""Netværkskort: one map of a child, drawn on or looked at. Its head, the map with tray and bar, and a person's card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_words import Wording
from caseworker_app.services import network_maps
from caseworker_app.services.history import UndoState
from ui.house import House, Place
from ui.network_map.card import PersonCard
from ui.network_map.desk import MapDesk
from ui.network_map.hand import Mode
from ui.network_map.header import MapHeader
from ui.network_map.list_twin import ListTwin
from ui.network_map.session_base import Selection
from ui.network_map.worker_session import WorkerSession
from ui.passing_on import pass_focus
from ui.tasks import Op, Touched
from ui.undoing import Undoing
from ui.widgets.form_bars import NoticeBar
from ui.widgets.transfer_mark import TransferMark
from ui.words import tr


class MapPage(QWidget):
    """Shows the map whose id it is given. ``shown`` comes when it stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self.session = WorkerSession(house.tasks, house.books.map_templates, self)
        self.header, self.notice = MapHeader(self), NoticeBar()
        self.mark = TransferMark(house, self)
        self._stack = QStackedWidget(self)
        self.desk = MapDesk(self.session, self._stack)
        self.card = PersonCard(self.session, self.desk)
        self.twin: ListTwin | None = None
        self.undoing = Undoing(house, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.desk.middle.addWidget(self.card)
        self._stack.addWidget(self.desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.header)
        layout.addWidget(self.notice)
        layout.addWidget(self.mark)
        layout.addWidget(self._stack, 1)
        pass_focus(self, lambda: self.desk.canvas)

    def _connect(self) -> None:
        session, desk, card = self.session, self.desk, self.card
        session.changed.connect(self._follow)
        session.drawn_on.connect(lambda copy: self._house.go(Place("map", copy)))
        session.refused.connect(self._say_locked)
        desk.card_wanted.connect(self.show_card)
        card.closed.connect(desk.canvas.setFocus)
        card.line_pressed.connect(lambda: self._from_card(Mode.LINE))
        card.home_pressed.connect(desk.group)
        card.line_chosen.connect(self._show_line)
        session.selected.connect(self._selected)
        self.header.wanted.connect(self.do)
        self.header.worded.connect(self._say_as)
        self.undoing.changed.connect(self._offer)
        for keys, act in (
            ("F6", self.next_part),
            ("F4", lambda: self.do("list")),
            ("Ctrl+P", lambda: self.do("print")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # the page, as the window sees it

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show a map; ``part`` "list" shows it as a list."""
        if thing is None:
            self._house.go(Place("caseload"))
            return
        if thing != self.session.map:
            self.card.leave()
            self.notice.clear()
            self.desk.canvas.fit()
            self.desk.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.open(thing)
        self.undoing.ask_soon()
        if (part == "list") is not self.header.list.isChecked():
            self.header.list.setChecked(part == "list")
            self._show_list(part == "list")

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        self.session.follow(touched)

    def leave(self) -> bool:
        """Every stroke is kept already; only what is carried is put back."""
        self.desk.canvas.pointer.lose()
        self.desk.asking.close()
        return True

    def _follow(self, _changed: object) -> None:
        opened = self.session.opened
        if opened is None:
            return
        self.header.show_map(opened, self.session.wording)
        self.mark.show_subject("network_map", opened.map.id if opened.locked else None)
        if opened.map.cancelled:
            self.notice.tell(lambda: (tr("This map was removed. Undo (Ctrl+Z) brings it back."), ""))
        elif self.session.altered:
            self.notice.tell(
                lambda: (
                    tr(
                        "Since this map was kept, what is drawn has become different: changes of two computers met. "
                        "It is shown as it was kept. Draw on to go on from it."
                    ),
                    "",
                ),
                look="warning",
            )
        elif opened.locked:
            self.notice.tell(
                lambda: (tr("This map is kept as it was drawn. Draw on to change it: a copy is made."), "")
            )
        else:
            self.notice.clear()
        self.shown.emit()

    def _offer(self, state: UndoState) -> None:
        self.desk.tools.offer(state.undo, state.redo)

    def _say_locked(self) -> None:
        self._house.say(tr("This map is kept as it was drawn. Draw on to change it: a copy is made."))

    def _say_as(self, wording: Wording) -> None:
        self.session.say_as(wording)

    # the card, the list, and going between them

    def show_card(self, person: Id) -> None:
        """Open somebody's card at the right."""
        again = self.card.person == person
        self.card.show_person(person)
        if again or self.desk.canvas.hasFocus():
            self.card.take_keys()

    def _selected(self, selection: Selection) -> None:
        if self.card.isVisible() and selection.person is not None:
            self.card.show_person(selection.person)

    def _from_card(self, mode: Mode) -> None:
        if self.card.person is not None:
            self.session.choose(Selection((self.card.person,)))
            self.desk.turn(mode)

    def _show_line(self, line: Id) -> None:
        self.session.choose(Selection(relation=line))
        self.desk.asking.ask_kind(line)

    def next_part(self) -> None:
        """Put the keyboard in the next of tray, map and card (F6); the list has parts of its own."""
        desk = self.desk
        if self.twin is not None and self.twin.isVisible():
            self.twin.next_part()
            return
        stops = [part for part in (desk.tray, desk.canvas, self.card) if part.isVisible()]
        here = next((n for n, part in enumerate(stops) if part.isAncestorOf(self.focusWidget() or self)), -1)
        if desk.canvas.hasFocus():
            here = stops.index(desk.canvas)
        part = stops[(here + 1) % len(stops)]
        if part is self.card:
            self.card.take_keys()
        elif part is desk.tray:
            (desk.tray.list if desk.tray.list.count() else desk.tray.field).setFocus()
        else:
            part.setFocus()

    def _show_list(self, on: bool) -> None:
        if on and self.twin is None:
            self.twin = ListTwin(self.session, self._stack)
            self._stack.addWidget(self.twin)
        self._stack.setCurrentIndex(1 if on else 0)
        (self._stack.currentWidget() or self).setFocus()

    # what can be done

    def do(self, name: str) -> None:
        """Do what a button or menu of the head names; see :class:`MapHeader`."""
        opened = self.session.opened
        if opened is None:
            return
        acts = {
            "back": lambda: self._house.go(Place("case", opened.case.id, "maps")),
            "about": self._describe,
            "keep": self.session.keep,
            "draw_on": self.session.draw_on,
            "print": self._print,
            "family": lambda: self._house.family(opened.map.id),
            "compare": lambda: self._house.go(Place("map_compare", opened.map.id)),
            "genogram": lambda: self._house.go(Place("genogram", opened.case.id)),
            "meeting": self._invite,
            "remove": self._remove,
            "list": self._turn_list,
        }
        acts[name]()

    def _turn_list(self) -> None:
        on = self._stack.currentIndex() == 0
        self.header.list.setChecked(on)
        self._show_list(on)

    def _describe(self) -> None:
        from ui.dialogs.map_dialog import MapDialog

        opened = self.session.opened
        if opened is not None:
            names = [card.name for card in opened.cards.values()]
            MapDialog(self._house, opened.case, opened.map.id, names, self).open()

    def _print(self) -> None:
        from ui.dialogs.map_print_dialog import MapPrintDialog

        if self.session.map is not None:
            MapPrintDialog(self._house, self.session.map, self, self.session.wording).open()

    def _invite(self) -> None:
        from ui.dialogs.map_to_meeting_dialog import MapToMeetingDialog

        if self.session.map is not None:
            chosen = self.session.selection.people
            MapToMeetingDialog(self._house, self.session.map, self, chosen).open()

    def _remove(self) -> None:
        network_map, opened = self.session.map, self.session.opened
        if network_map is not None and opened is not None:
            case = opened.case.id
            op = Op(
                lambda w: network_maps.remove_map(w, network_map),
                done=lambda _none: self._house.go(Place("case", case, "maps")),
                said="The map is removed. Ctrl+Z brings it back.",
            )
            self._house.tasks.op(self, op)
