"""Putting somebody in a ring and a sector from the list: by keys or by the two lists, in whichever order they come."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_layout import cell_centre
from caseworker_app.domain.network_map import MapPerson, Placement
from caseworker_app.services.network_maps import OpenMap
from ui.network_map import saying
from ui.network_map.list_panels import PersonPanel
from ui.network_map.list_rows import Key
from ui.network_map.session import MapSession
from ui.widgets.announce import announce
from ui.words import tr


class Placing:
    """Whoever is on the rings keeps what is not said; whoever is not needs both, and the first half is remembered."""

    def __init__(self, session: MapSession, panel: PersonPanel, window: QWidget) -> None:
        self._session, self._panel, self._window = session, panel, window
        self._half: tuple[Id, str | None, str | None] | None = None

    def forget(self) -> None:
        """Let go of the half that was said."""
        self._half = None

    def _is_of(self, one: Id) -> bool:
        """Whether the half that was said is hers, also when the store has named her meanwhile."""
        real = self._session.real
        return self._half is not None and real(self._half[0]) == real(one)

    def _person(self, one: Id) -> MapPerson | None:
        opened = self._session.opened
        return None if opened is None else next((p for p in opened.people if p.id == one), None)

    def by_key(self, one: Id, key: str) -> None:
        """Do what a digit or a letter means; other keys mean nothing here."""
        opened = self._session.opened
        if opened is None:
            return
        rings = opened.template.rings
        sectors = {sector.key: sector.id for sector in opened.template.sectors}
        if key == "0":
            self.put(one, None, None)
        elif key.isdecimal() and int(key) <= len(rings):
            self._part(one, ring=rings[int(key) - 1].id)
        elif key in sectors:
            self._part(one, sector=sectors[key])

    def _part(self, one: Id, ring: str | None = None, sector: str | None = None) -> None:
        person = self._person(one)
        if person is None:
            return
        placed = person.placement
        if placed is not None:
            self.put(one, ring or placed.ring, sector or placed.sector)
            return
        before = self._half if self._is_of(one) and self._half is not None else (one, None, None)
        self._half = (one, ring or before[1], sector or before[2])
        self._go_on(person)

    def by_lists(self, key: Key | None, ring: str | None, sector: str | None) -> None:
        """Do what the two lists say of the person at a row."""
        person = None if key is None else self._person(key.one)
        if person is None:
            return
        if ring is None and (sector is None or person.placement is not None):
            self.put(person.id, None, None)  # "not placed yet" was chosen among the rings
        else:
            self._half = (person.id, ring, sector)
            self._go_on(person)

    def _go_on(self, person: MapPerson) -> None:
        """Place somebody when both ring and sector are known; else say what is missing."""
        assert self._half is not None
        one, ring, sector = self._half
        if ring is not None and sector is not None:
            self._half = None
            self.put(one, ring, sector)
        else:
            self.show_half(person)
            self._ask(ring, sector)

    def _ask(self, ring: str | None, sector: str | None) -> None:
        opened, wording = self._session.opened, self._session.wording
        if opened is None:
            return
        if ring is not None:
            said = saying.ring_word(opened.template, ring, wording)
            keys = " ".join(one.key for one in opened.template.sectors)
            announce(self._window, tr("{ring}. Now the sector: {keys}", ring=said, keys=keys))
        elif sector is not None:
            said = saying.sector_word(opened.template, sector, wording)
            keys = f"1-{len(opened.template.rings)}"
            announce(self._window, tr("{sector}. Now the ring: {keys}", sector=said, keys=keys))

    def show_half(self, person: MapPerson) -> None:
        """Show the half that was said in the lists."""
        if self._half is not None and self._is_of(person.id):
            self._panel.ring.show_value(self._half[1])
            self._panel.sector.show_value(self._half[2] or "")

    def put(self, one: Id, ring: str | None, sector: str | None) -> None:
        """Put somebody in a cell, at the free place nearest its middle; without ring and sector in the tray."""
        opened, person = self._session.opened, self._person(one)
        if opened is None or person is None:
            return
        placed = person.placement
        if ring is None or sector is None:
            if placed is not None:
                self._session.move(one, None)
        elif placed is None or (placed.ring, placed.sector) != (ring, sector):
            self._session.move(one, free_place(opened, ring, sector, one))


def free_place(opened: OpenMap, ring: str, sector: str, but: Id | None = None) -> Placement:
    """Return a free place in a cell of an open map; ``but`` is who is about to move."""
    taken = [p.placement for p in opened.people if p.placement is not None and p.id != but]
    return cell_centre(opened.template, ring, sector, taken)
