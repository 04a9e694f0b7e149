"""The caseworker's own session: the whole map, and the names of the case to choose among."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_profiles import see
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.services import map_versions, network_maps
from caseworker_app.services.network_maps import OpenMap
from caseworker_app.services.ports import Reader
from ui.network_map.session import MapSession
from ui.network_map.source import Offer
from ui.tasks import Tasks
from ui.words import tr


class WorkerSession(MapSession):
    """A :class:`MapSession` with the view of the file. Never behind a window that the family sees."""

    def __init__(
        self, tasks: Tasks, templates: Callable[[], Templates], parent: QObject | None = None
    ) -> None:
        super().__init__(tasks, templates, parent)
        self._persons: tuple[Person, ...] = ()
        self._read_persons: tuple[Person, ...] = ()
        self._read_altered = False
        self.altered = False
        """Whether what stands in the store is not what was kept; what was kept is shown."""
        self._seen: tuple[OpenMap, Wording, MapView] | None = None

    def fetch(self, reader: Reader, network_map: Id) -> OpenMap:
        """Read the map, and who of the case is not on it; a kept map that has become different as it was kept."""
        opened = super().fetch(reader, network_map)
        self._read_altered = opened.locked and not map_versions.verify_digest(reader, network_map)
        if self._read_altered:
            kept = map_versions.kept_contents(reader, network_map)
            opened = replace(
                opened,
                people=kept.people,
                relations=kept.relations,
                groups=kept.groups,
                quotes=kept.quotes,
            )
        self._read_persons = () if opened.locked else network_maps.not_yet(reader, network_map)
        return opened

    def _take(self, opened: OpenMap) -> None:
        before, self._persons = self._persons, self._read_persons
        self.altered = self._read_altered
        super()._take(opened)
        if before != self._persons:
            self.changed.emit(frozenset())

    @property
    def view(self) -> MapView | None:
        """The map as the file sees it."""
        opened = self.opened
        if opened is None:
            return None
        if self._seen is None or self._seen[0] is not opened or self._seen[1] is not self.wording:
            seen = see(
                opened.map,
                MapProfile.FILE,
                template=opened.template,
                case=opened.case,
                people=opened.people,
                relations=opened.relations,
                groups=opened.groups,
                quotes=opened.quotes,
                cards=opened.cards,
                wording=self.wording,
            )
            self._seen = (opened, self.wording, seen)
        return self._seen[2]

    def not_yet(self) -> tuple[Person, ...]:
        """Return the persons of the case who are not on the map."""
        taken = {one.case_person for one in self.opened.people} if self.opened is not None else set()
        return tuple(one for one in self._persons if one.id not in taken)

    def offers(self) -> tuple[Offer, ...]:
        """Return the names to offer while one is typed."""
        return tuple(
            Offer(one.name, one.role_words or tr(ROLE_LABELS[one.role]).lower(), one.id)
            for one in self.not_yet()
            if one.name
        )
