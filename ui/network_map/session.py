"""Everything that can be done to an open map, each one act: view, list twin, drawer and keyboard all come here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal

from caseworker_app.domain.ids import Id, new_id
from caseworker_app.domain.network_map import (
    MapGroup,
    MapPerson,
    MapPersonKind,
    MapQuote,
    MapRelation,
    NetworkMap,
    Placement,
    Quality,
    Voice,
)
from caseworker_app.domain.person import Role
from caseworker_app.i18n import N_
from caseworker_app.services import history, map_versions, network_maps
from caseworker_app.services.network_maps import OpenMap
from ui.network_map import local, saying
from ui.network_map.session_base import Selection, SessionBase

__all__ = ["MapSession", "Selection"]


class MapSession(SessionBase):
    """One open map and its commands. On a locked map every command is let fall; ``refused`` comes then.

    Ids of what is new are returned at once; they are stand-ins until ``known_as`` comes, and can be used like the real
    ones. ``drawn_on`` carries the copy's id after :meth:`draw_on`.
    """

    refused = Signal()
    drawn_on = Signal(object)
    undone = Signal(str)
    """The label (msgid) of what was taken back or done again."""

    def _free(self) -> OpenMap | None:
        """Return the map if it can be drawn on."""
        if self.locked:
            self.refused.emit()
            return None
        return self.opened

    # people

    def add_person(
        self,
        called: str,
        *,
        kind: MapPersonKind = MapPersonKind.PERSON,
        role_word: str = "",
        placement: Placement | None = None,
        case_person: Id | None = None,
    ) -> Id | None:
        """Put somebody new on the map, in the tray without ``placement``; return her stand-in."""
        opened = self._free()
        if opened is None:
            return None
        stand_in, network_map = new_id(), opened.map.id
        person = MapPerson(
            id=stand_in,
            stream=opened.map.stream,
            map=network_map,
            kind=kind,
            called=called.strip(),
            role_word=role_word,
            placement=placement,
            case_person=case_person,
            order="~",
        )
        self.show(local.put_person(opened, person), stand_in)
        self.write(
            lambda w: network_maps.add_person(
                w,
                network_map,
                called,
                kind=kind,
                role_word=role_word,
                placement=placement,
                case_person=case_person,
            ),
            new=stand_in,
        )
        self.announced.emit(saying.person(person, opened.template, self.wording))
        return stand_in

    def move(self, person: Id, placement: Placement | None) -> None:
        """Put somebody somewhere, ``None`` for the tray."""
        opened = self._free()
        if opened is None:
            return
        self.show(local.place_people(opened, {person: placement}), person)
        self.write(lambda w: network_maps.move(w, self.real(person), placement))
        now = local.person_of(self.opened or opened, person)
        if now is not None:
            self.announced.emit(saying.person(now, opened.template, self.wording))

    def edit_person(self, person: Id, **values: Any) -> None:
        """Change fields of somebody."""
        opened = self._free()
        if opened is not None:
            self.show(local.set_person(opened, person, values), person)
            self.edit(network_maps.edit_person, MapPerson, person, values)

    def remove_person(self, person: Id) -> None:
        """Take somebody off the map with her lines; undo brings her back."""
        opened = self._free()
        if opened is not None:
            self.show(local.drop_person(opened, person), person)
            self.write(
                lambda w: network_maps.remove_person(w, self.real(person)),
                said=N_("Removed from the map. Ctrl+Z brings it back."),
            )

    def link(self, person: Id, case_person: Id | None) -> None:
        """Say that somebody on the map is a person of the case."""
        opened = self._free()
        if opened is not None:
            self.show(local.set_person(opened, person, {"case_person": case_person}), person)
            self.write(lambda w: network_maps.link(w, self.real(person), case_person))

    def make_person(self, person: Id, role: Role) -> None:
        """Make somebody on the map a person of the case."""
        if self._free() is not None:
            self.write(
                lambda w: network_maps.make_person(w, self.real(person), role),
                said=N_("A card is made among the case's persons."),
            )

    # lines

    def add_relation(
        self, a: Id | None, b: Id | None, quality: Quality = Quality.ORDINARY, said_by: Voice | None = None
    ) -> Id | None:
        """Draw a line between two, ``None`` being the child; return its stand-in, or the line that is there."""
        opened = self._free()
        if opened is None or a == b:
            return None
        voice = said_by or opened.map.voice
        there = local.line_between(opened, a, b)
        if there is not None and there.said_by is voice:
            return there.id
        stand_in, network_map = new_id(), opened.map.id
        line = MapRelation(
            id=stand_in, stream=opened.map.stream, map=network_map, a=a, b=b, quality=quality, said_by=voice
        )
        self.show(local.put_relation(opened, line), stand_in)
        ends = [self._end(a), self._end(b)]
        self.write(
            lambda w: network_maps.add_relation(w, network_map, ends[0](), ends[1](), quality, voice),
            new=stand_in,
        )
        self.announced.emit(saying.line(line, opened, self.wording))
        return stand_in

    def _end(self, one: Id | None) -> Callable[[], Id | None]:
        return lambda: None if one is None else self.real(one)

    def edit_relation(self, relation: Id, **values: Any) -> None:
        """Change fields of a line."""
        opened = self._free()
        if opened is not None:
            self.show(local.set_relation(opened, relation, values), relation)
            self.edit(network_maps.edit_relation, MapRelation, relation, values)
            line = local.relation_of(self.opened or opened, relation)
            if line is not None:
                self.announced.emit(saying.line(line, opened, self.wording))

    def remove_relation(self, relation: Id) -> None:
        """Take a line away; undo brings it back."""
        opened = self._free()
        if opened is not None:
            self.show(local.drop_relation(opened, relation), relation)
            self.write(
                lambda w: network_maps.remove_relation(w, self.real(relation)),
                said=N_("Removed from the map. Ctrl+Z brings it back."),
            )

    # households

    def add_group(self, label: str, members: Iterable[Id], with_child: bool = False) -> Id | None:
        """Draw a household around some; return its stand-in."""
        opened = self._free()
        chosen = frozenset(members)
        if opened is None or not (chosen or with_child):
            return None
        stand_in, network_map = new_id(), opened.map.id
        group = MapGroup(
            id=stand_in,
            stream=opened.map.stream,
            map=network_map,
            label=label,
            members=chosen,
            with_child=with_child,
        )
        self.show(local.put_group(opened, group), stand_in)
        self.write(
            lambda w: network_maps.add_group(w, network_map, label, self.all_real(chosen), with_child),
            new=stand_in,
        )
        return stand_in

    def edit_group(self, group: Id, **values: Any) -> None:
        """Change fields of a household: its name, who belongs to it, whether the child does."""
        opened = self._free()
        if opened is not None:
            self.show(local.set_group(opened, group, values), group)
            self.edit(network_maps.edit_group, MapGroup, group, values)

    def remove_group(self, group: Id) -> None:
        """Take a household away; those who live there stay."""
        opened = self._free()
        if opened is not None:
            self.show(local.drop_group(opened, group), group)
            self.write(lambda w: network_maps.remove_group(w, self.real(group)))

    # words

    def add_quote(self, words: str, person: Id | None = None, said_by: Voice | None = None) -> Id | None:
        """Keep what somebody said at the map; return its stand-in."""
        opened = self._free()
        if opened is None:
            return None
        stand_in, network_map, voice = new_id(), opened.map.id, said_by or opened.map.voice
        quote = MapQuote(
            id=stand_in, stream=opened.map.stream, map=network_map, said_by=voice, words=words, person=person
        )
        self.show(local.put_quote(opened, quote), stand_in)
        about = self._end(person)
        self.write(lambda w: network_maps.add_quote(w, network_map, words, voice, about()), new=stand_in)
        return stand_in

    def edit_quote(self, quote: Id, **values: Any) -> None:
        """Change fields of somebody's words."""
        opened = self._free()
        if opened is not None:
            self.show(local.set_quote(opened, quote, values), quote)
            self.edit(network_maps.edit_quote, MapQuote, quote, values)

    def remove_quote(self, quote: Id) -> None:
        """Take somebody's words away; undo brings them back."""
        opened = self._free()
        if opened is not None:
            self.show(local.drop_quote(opened, quote), quote)
            self.write(lambda w: network_maps.remove_quote(w, self.real(quote)))

    # the whole map

    def edit_map(self, **values: Any) -> None:
        """Change fields of the map: voice, date, place, who was there."""
        opened = self._free()
        if opened is not None:
            self.show(replace(opened, map=replace(opened.map, **values)), opened.map.id)
            self.edit(network_maps.edit, NetworkMap, opened.map.id, values)

    def tidy_up(self) -> None:
        """Move people apart within their cells, as one act."""
        opened = self._free()
        if opened is not None:
            self.write(lambda w: network_maps.tidy_up(w, opened.map.id, self._templates()))

    def keep(self) -> None:
        """Keep the map as a version: from now on it can only be looked at and drawn on from."""
        opened = self._free()
        if opened is not None:
            self.write(lambda w: map_versions.keep(w, opened.map.id), said="The map is kept as a version.")

    def draw_on(self) -> None:
        """Copy a kept map into a new one; ``drawn_on`` carries it."""
        opened = self.opened
        if opened is not None:
            self.write(lambda w: map_versions.draw_on(w, opened.map.id), done=self.drawn_on.emit)

    def undo(self) -> None:
        """Take back the latest act."""
        self.write(history.undo, done=self.undone.emit)

    def redo(self) -> None:
        """Bring again what was taken back last."""
        self.write(history.redo, done=self.undone.emit)
