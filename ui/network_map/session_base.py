"""The open map as the window holds it: changed at once, written behind, read again when the store says that it changed.

A change is shown before it is written. Writes go one after another; what somebody new is called by until the store has
given her an identity (her *stand-in*) is looked up when the write runs, so that she can be moved at once. While anything
is on its way nothing read is shown; when the last write is done the map is read, and told only if it differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import Voice
from caseworker_app.services import network_maps
from caseworker_app.services.forms import Edit
from caseworker_app.services.network_maps import OpenMap
from caseworker_app.services.ports import Reader, Writer
from ui.network_map import local
from ui.tasks import Op, Query, Tasks, Touched

T = TypeVar("T")

KINDS = frozenset(
    {"network_map", "map_person", "map_relation", "map_group", "map_quote", "network_task", "person"}
)
"""What a map hangs on."""
_CHILDS_WORDS = (Voice.CHILD, Voice.TOGETHER)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen: people in the order they were chosen, or one line. ``child`` says that the child is among them."""

    people: tuple[Id, ...] = ()
    relation: Id | None = None
    child: bool = False

    @property
    def person(self) -> Id | None:
        """The one person chosen, ``None`` when there is none or there are several."""
        return self.people[0] if len(self.people) == 1 and not self.child else None

    @property
    def empty(self) -> bool:
        return not self.people and self.relation is None and not self.child


class SessionBase(QObject):
    """Holds one open map.

    ``changed`` carries the ids that changed (``frozenset``), or ``None`` when all of it may have: another map, another
    wording. ``selected`` carries a :class:`Selection`. ``announced`` carries a translated sentence for whoever hears the
    screen. ``known_as`` carries (stand-in, identity) when the store has given somebody new her own.
    """

    changed = Signal(object)
    selected = Signal(object)
    announced = Signal(str)
    known_as = Signal(object, object)

    def __init__(
        self, tasks: Tasks, templates: Callable[[], Templates], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks, self._templates = tasks, templates
        self._map: Id | None = None
        self._opened: OpenMap | None = None
        self._selection = Selection()
        self._wording = Wording.CHILD
        self._writing = 0
        self._asked = 0
        self._stale = False
        self._ids: dict[Id, Id] = {}

    # what is there

    @property
    def map(self) -> Id | None:
        """The map that was opened."""
        return self._map

    @property
    def opened(self) -> OpenMap | None:
        """The map as it stands, what is being written with it; ``None`` until it has been read."""
        return self._opened

    @property
    def locked(self) -> bool:
        """Whether it can only be looked at; so can a map that has not been read."""
        return self._opened is None or self._opened.locked

    @property
    def busy(self) -> bool:
        """Whether anything is being written."""
        return self._writing > 0

    @property
    def wording(self) -> Wording:
        """In whose words rings, sectors and lines are said."""
        return self._wording

    def say_as(self, wording: Wording) -> None:
        """Say everything in the child's words, or in those of the file."""
        if wording is not self._wording:
            self._wording = wording
            self.changed.emit(None)

    @property
    def selection(self) -> Selection:
        return self._selection

    def choose(self, selection: Selection) -> None:
        """Choose people, the child or a line; ``Selection()`` for nothing."""
        if selection != self._selection:
            self._selection = selection
            self.selected.emit(selection)

    # reading

    def open(self, network_map: Id) -> None:
        """Open a map; ``changed`` comes when it is there."""
        if network_map != self._map:
            self._map, self._opened = network_map, None
            self._ids.clear()
            self.choose(Selection())
        self._stale = True
        self._read()

    def close(self) -> None:
        """Let the map go: nothing of it stays here."""
        self._map = self._opened = None
        self._asked += 1
        self._ids.clear()
        self.choose(Selection())
        self.changed.emit(None)

    def follow(self, touched: Touched) -> None:
        """Read the map again when something of it changed."""
        if self._map is not None and any(kind in KINDS for kind, _entity in touched):
            self._stale = True
            self._read()

    def _read(self) -> None:
        network_map = self._map
        if network_map is None or self._writing or not self._stale:
            return
        self._stale = False
        asked = self._asked = self._asked + 1

        def ask(reader: Reader) -> OpenMap:
            return self.fetch(reader, network_map)

        def show(opened: OpenMap) -> None:
            if asked == self._asked and not self._writing:
                self._take(opened)

        self._tasks.query(self, Query(ask, show))

    def fetch(self, reader: Reader, network_map: Id) -> OpenMap:
        """Read a map; what comes back is all that can be shown."""
        return network_maps.open_map(reader, network_map, self._templates())

    def _take(self, opened: OpenMap) -> None:
        before, self._opened = self._opened, opened
        if before is None:
            child_like = opened.map.voice in _CHILDS_WORDS
            self._wording = Wording.CHILD if child_like else Wording.PROFESSIONAL
            self.changed.emit(None)
        elif before != opened:
            self._keep_selection()
            self.changed.emit(local.difference(before, opened))

    def _keep_selection(self) -> None:
        """Let go of what is chosen and no longer there."""
        opened, now = self._opened, self._selection
        if opened is None:
            return
        there = {one.id for one in opened.people}
        lines = {one.id for one in opened.relations}
        kept = tuple(one for one in now.people if one in there)
        self.choose(replace(now, people=kept, relation=now.relation if now.relation in lines else None))

    # writing

    def real(self, thing: Id) -> Id:
        """Return the identity the store gave something new, or ``thing`` itself."""
        return self._ids.get(thing, thing)

    def show(self, opened: OpenMap, *ids: Id) -> None:
        """Show the map changed; the ids are what changed."""
        self._opened = opened
        self._keep_selection()
        self.changed.emit(frozenset(ids))

    def write(
        self,
        run: Callable[[Writer], T],
        *,
        done: Callable[[T], None] | None = None,
        said: str = "",
        new: Id | None = None,
    ) -> None:
        """Write behind what was shown. ``new`` is the stand-in of what ``run`` returns the identity of."""
        self._writing += 1
        self._asked += 1  # what is being read is from before
        self._stale = True

        def act(writer: Writer) -> T:
            result = run(writer)
            if new is not None and isinstance(result, bytes):
                self._ids[new] = result
            return result

        def finish(result: T) -> None:
            if new is not None:
                self._introduce(new)
            if done is not None:
                done(result)
            self._written()

        def refuse(error: UserError) -> None:
            self._tasks.error.emit(error)
            self._written()

        self._tasks.op(self, Op(act, finish, said=said, failed=refuse))

    def all_real(self, things: Iterable[Id]) -> frozenset[Id]:
        """Return the identities the store gave."""
        return frozenset(map(self.real, things))

    def edit(
        self,
        command: Callable[[Writer, Id, Mapping[str, Edit]], object],
        cls: type[Entity],
        thing: Id,
        values: Mapping[str, Any],
    ) -> None:
        """Write fields over what stands there now: nobody looked at a form."""

        def run(writer: Writer) -> None:
            real = self.real(thing)
            fields = writer.fields(cls, real)
            edits = {
                name: Edit(
                    self.all_real(value) if isinstance(value, frozenset) else value,
                    fields[name].heads,
                    fields[name].value,
                )
                for name, value in values.items()
            }
            command(writer, real, edits)

        self.write(run)

    def _written(self) -> None:
        self._writing -= 1
        self._read()

    def _introduce(self, stand_in: Id) -> None:
        """Call something new by its own identity from now on."""
        real, now = self._ids.get(stand_in), self._selection
        if self._opened is None or real is None or real == stand_in:
            return
        self._opened = local.called_by(self._opened, stand_in, real)
        people = tuple(real if one == stand_in else one for one in now.people)
        self._selection = replace(
            now, people=people, relation=real if now.relation == stand_in else now.relation
        )
        self.known_as.emit(stand_in, real)
        self.changed.emit(frozenset({stand_in, real}))
