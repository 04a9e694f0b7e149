"""The map as the family draws on it: read through the allow-list, and with few commands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QObject

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import MapGroup, MapPersonKind, Placement, Quality, Voice
from caseworker_app.domain.person import Role
from caseworker_app.services import family_view, history, network_maps
from caseworker_app.services.family_view import HARD, Audience, FamilyModel
from caseworker_app.services.forms import Edit
from caseworker_app.services.network_maps import OpenMap
from caseworker_app.services.ports import Reader, Writer
from ui.family_mode.hatch import Hatch
from ui.network_map import local
from ui.network_map.session import MapSession
from ui.network_map.source import Offer
from ui.tasks import Tasks

_EDITED = frozenset({"called", "role_word", "kind", "dead"})
"""What of a person can be changed while the family looks on."""


class FamilySession(MapSession):
    """Shows what :mod:`~caseworker_app.services.family_view` gives, writes what is drawn, undoes what was drawn here.

    ``since`` is the act before which nothing is undone.
    """

    def __init__(
        self,
        hatch: Hatch,
        model: FamilyModel,
        templates: Templates,
        since: Id | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(
            cast("Tasks", hatch), lambda: templates, parent
        )  # it asks of tasks what the hatch has
        self._audience, self._speaker, self._since = model.audience, model.speaker, since
        self.day = model.day
        """The day of the meeting, told to parents."""
        self._asked_for_hard = False
        self._like = model.view
        self._shown: tuple[OpenMap, MapView] | None = None
        self._map = model.map
        self._take(model.opened())
        self.say_as(Wording.CHILD)

    @property
    def audience(self) -> Audience:
        """Who looks on."""
        return self._audience

    @property
    def view(self) -> MapView | None:
        """The map as it is shown here."""
        opened = self.opened
        if opened is None:
            return None
        if self._shown is None or self._shown[0] is not opened:
            self._shown = opened, family_view.view_of(opened, self._like)
        return self._shown[1]

    def offers(self) -> tuple[Offer, ...]:
        """No name is offered: it would tell whom the case knows."""
        return ()

    def close(self) -> None:
        """Let the map go: nothing of it stays here."""
        self._shown = None
        self._like = replace(self._like, child="", people=(), relations=(), groups=())
        super().close()

    def fetch(self, reader: Reader, network_map: Id) -> OpenMap:
        """Read the map through the allow-list."""
        return family_view.family_model(
            reader, network_map, self._audience, self._templates(), asked=self._asked_for_hard
        ).opened()

    def open(self, network_map: Id) -> None:
        """Another map is not opened here."""
        if network_map == self._map:
            super().open(network_map)

    @property
    def asked_for_hard(self) -> bool:
        """Whether the child has asked for what is hard."""
        return self._asked_for_hard

    def ask_for_hard(self, asked: bool) -> None:
        """Show lines that are hard, or put them away again."""
        self._asked_for_hard = asked
        if self._map is not None:
            self.open(self._map)

    # what is drawn

    def add_person(
        self,
        called: str,
        *,
        kind: MapPersonKind = MapPersonKind.PERSON,
        role_word: str = "",
        placement: Placement | None = None,
        case_person: Id | None = None,
    ) -> Id | None:
        """Put somebody new on the map: a name typed now, never one of the case's persons."""
        return super().add_person(called, kind=kind, role_word=role_word, placement=placement)

    def edit_person(self, person: Id, **values: Any) -> None:
        """Change what the family may change of somebody."""
        allowed = {name: value for name, value in values.items() if name in _EDITED}
        if allowed:
            super().edit_person(person, **allowed)

    def add_relation(
        self, a: Id | None, b: Id | None, quality: Quality = Quality.ORDINARY, said_by: Voice | None = None
    ) -> Id | None:
        """Draw a line: the statement of whoever draws."""
        self._draws(quality)
        return super().add_relation(a, b, quality, self._speaker)

    def edit_relation(self, relation: Id, **values: Any) -> None:
        """Change what a line is like, or who supports whom."""
        self._draws(values.get("quality"))
        allowed = {name: value for name, value in values.items() if name in ("quality", "flow")}
        if allowed:
            super().edit_relation(relation, **allowed)

    def _draws(self, quality: Quality | None) -> None:
        """Whoever draws what is hard has asked for it."""
        if quality in HARD:
            self._asked_for_hard = True

    def edit_group(self, group: Id, **values: Any) -> None:
        """Change a household; who belongs to it and is not shown here stays in it."""
        opened = self._free()
        members = values.pop("members", None)
        if opened is not None and members is not None:
            shown = next((one.members for one in opened.groups if one.id == group), frozenset())
            self._edit_members(opened, group, frozenset(members), shown)
        if values:
            super().edit_group(group, **values)

    def _edit_members(self, opened: OpenMap, group: Id, members: frozenset[Id], shown: frozenset[Id]) -> None:
        self.show(local.set_group(opened, group, {"members": members}), group)

        def run(writer: Writer) -> None:
            real = self.real(group)
            now = writer.fields(MapGroup, real)["members"]
            unseen = now.value - self.all_real(shown)
            edit = Edit(self.all_real(members) | unseen, now.heads, now.value)
            network_maps.edit_group(writer, real, {"members": edit})

        self.write(run)

    def undo(self) -> None:
        """Take back what was drawn here last."""
        since = self._since
        self.write(lambda w: history.undo(w, since), done=self.undone.emit)

    def redo(self) -> None:
        """Bring again what was taken back here last."""
        since = self._since
        self.write(lambda w: history.redo(w, since), done=self.undone.emit)

    # what is the worker's

    def link(self, person: Id, case_person: Id | None) -> None:
        """Nobody is joined with a card of the case here."""
        self.refused.emit()

    def make_person(self, person: Id, role: Role) -> None:
        """Nobody is made a person of the case here."""
        self.refused.emit()

    def add_quote(self, words: str, person: Id | None = None, said_by: Voice | None = None) -> Id | None:
        """Words are noted in the worker's own window."""
        self.refused.emit()
        return None

    def edit_quote(self, quote: Id, **values: Any) -> None:
        """Words are noted in the worker's own window."""
        self.refused.emit()

    def edit_map(self, **values: Any) -> None:
        """Day, place and whose map it is are not changed here."""
        self.refused.emit()

    def keep(self) -> None:
        """A map is kept in the worker's own window."""
        self.refused.emit()

    def draw_on(self) -> None:
        """A map is drawn on from the worker's own window."""
        self.refused.emit()
