"""What a map's view asks of whoever holds the map. The worker's session has more; the family's window has no more.

The view knows a filtered :class:`~caseworker_app.domain.map_view.MapView` and these commands, nothing of the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_view import MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import MapPersonKind, Placement, Quality, Voice
from ui.network_map.session_base import Selection


@dataclass(frozen=True, slots=True)
class Offer:
    """A name that is offered while one is typed: somebody of the case who is not on the map."""

    name: str
    role_word: str
    case_person: Id


class MapSource(Protocol):
    """An open map; see :class:`ui.network_map.session_base.SessionBase` for its signals."""

    @property
    def changed(self) -> SignalInstance:
        """Ids that changed, or ``None``."""

    @property
    def selected(self) -> SignalInstance:
        """A selection."""

    @property
    def announced(self) -> SignalInstance:
        """A sentence to be heard."""

    @property
    def known_as(self) -> SignalInstance:
        """A stand-in and the identity it has become."""

    @property
    def view(self) -> MapView | None:
        """The map as its reader may see it; ``None`` until it has been read."""

    @property
    def locked(self) -> bool:
        """Whether it can only be looked at."""

    @property
    def wording(self) -> Wording:
        """In whose words it is said."""

    @property
    def selection(self) -> Selection:
        """What is chosen."""

    def choose(self, selection: Selection) -> None:
        """Choose people, the child or a line."""

    def real(self, thing: Id) -> Id:
        """Return the identity the store gave something new."""

    def offers(self) -> tuple[Offer, ...]:
        """Return the names to offer; none where the case must not be seen."""

    def add_person(
        self,
        called: str,
        *,
        kind: MapPersonKind = MapPersonKind.PERSON,
        role_word: str = "",
        placement: Placement | None = None,
        case_person: Id | None = None,
    ) -> Id | None:
        """Put somebody new on the map, in the tray without ``placement``."""

    def move(self, person: Id, placement: Placement | None) -> None:
        """Put somebody somewhere; ``None`` is the tray."""

    def edit_person(self, person: Id, **values: Any) -> None:
        """Change fields of somebody."""

    def remove_person(self, person: Id) -> None:
        """Take somebody off the map."""

    def add_relation(
        self, a: Id | None, b: Id | None, quality: Quality = Quality.ORDINARY, said_by: Voice | None = None
    ) -> Id | None:
        """Draw a line, or return the one that is there."""

    def edit_relation(self, relation: Id, **values: Any) -> None:
        """Change fields of a line."""

    def remove_relation(self, relation: Id) -> None:
        """Take a line away."""

    def add_group(self, label: str, members: Iterable[Id], with_child: bool = False) -> Id | None:
        """Draw a household around some."""

    def edit_group(self, group: Id, **values: Any) -> None:
        """Change fields of a household."""

    def tidy_up(self) -> None:
        """Move people apart within their cells."""

    def undo(self) -> None:
        """Take back the latest act."""

    def redo(self) -> None:
        """Bring again what was taken back last."""
