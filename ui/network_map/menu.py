"""What can be done with what was held on the map: the same as its card, its keys and its drags."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu

from caseworker_app.i18n import N_
from ui.network_map.hand import Mode
from ui.network_map.pointer import Hit, Spot
from ui.words import tr

if TYPE_CHECKING:
    from ui.network_map.desk import MapDesk


def fill(menu: QMenu, desk: MapDesk, hit: Hit, at: QPointF, *, cards: bool) -> None:
    """Put the entries for a hit into a menu."""

    def add(msgid: str, act: Callable[[], object], keys: str = "") -> None:
        menu.addAction(f"{tr(msgid)}\t{keys}" if keys else tr(msgid)).triggered.connect(
            lambda _on=False: act()
        )

    source, canvas, thing = desk.source, desk.canvas, hit.thing
    if hit.spot in (Spot.PERSON, Spot.CHIP) and thing is not None:
        if cards:
            add(N_("Open the card"), lambda: desk.card_wanted.emit(thing), "Enter")
        elif not source.locked:
            add(N_("Put the name right"), lambda: desk.asking.ask_rename(thing), "Enter")
        if not source.locked:
            add(N_("Draw a line from here"), lambda: desk.turn(Mode.LINE), "R")
            add(N_("Move to another place"), lambda: desk.turn(Mode.MOVE), "1-5")
            add(N_("Draw a household"), desk.group, "G")
            if hit.spot is Spot.PERSON:
                add("Put back in the tray", lambda: source.move(thing, None), "Backspace")
            menu.addSeparator()
            add(N_("Remove from the map"), lambda: source.remove_person(thing), "Del")
    elif source.locked:
        return
    elif hit.spot is Spot.CHILD:
        add(N_("Draw a line from here"), lambda: desk.turn(Mode.LINE), "R")
        add(N_("Draw a household"), desk.group, "G")
    elif hit.spot is Spot.LINE and thing is not None:
        add("Kind of line", lambda: desk.asking.ask_kind(thing), "Enter")
        add("Remove the line", lambda: source.remove_relation(thing), "Del")
    elif canvas.hand.place_at(at) is not None:
        add(N_("Write a name here"), lambda: desk.asking.ask_name(at))
        add("Tidy up", source.tidy_up)
