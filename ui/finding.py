"""Feeding the find field: children, people, meetings and commands, while one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from ui.hits import Hit
from ui.house import House, Place
from ui.tasks import Query, Touched
from ui.widgets.find_field import FindField
from ui.words import tr

if TYPE_CHECKING:
    from ui.find_index import Known
    from ui.navigator import Navigator

_KINDS = frozenset({"case", "person", "meeting"})


class Finding(QObject):
    """Feeds a find field. ``everything`` carries the words to search everything for.

    What is known is read when the field is first used and again after it has changed.
    """

    everything = Signal(str)

    def __init__(
        self, house: House, field: FindField, commands: Callable[[], Sequence[QAction]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._house = house
        self._field = field
        self._commands = commands
        self._known: Sequence[Known] = ()
        self._stale = True
        field.feed(self.look, self._search)
        field.wanted.connect(self._learn)
        house.tasks.touched.connect(self._moved)

    def _moved(self, touched: Touched) -> None:
        self._stale = self._stale or any(kind in _KINDS for kind, _id in touched)

    def forget(self) -> None:
        """Know nothing of the store any more: it is being locked."""
        self._known, self._stale = (), True
        self._field.leave()

    def _learn(self) -> None:
        if self._stale and self._house.tasks.store is not None:
            from ui.find_index import gather

            self._stale = False
            self._house.tasks.query(self, Query(gather, self._learnt))

    def _learnt(self, known: Sequence[Known]) -> None:
        self._known = known
        if self._field.text():
            self._field.look()

    def look(self, typed: str) -> Sequence[Hit]:
        """Return what fits, best first: children, people and meetings, then commands."""
        from ui.find_index import matches

        fitting = [(score, known) for known in self._known if (score := matches(known, typed)) is not None]
        fitting.sort(key=lambda pair: pair[0])
        return [*(self._hit(known) for _score, known in fitting), *self._fitting_commands(typed)]

    def _search(self, typed: str) -> Hit:
        words = tr("Search everything for “{words}”", words=typed)
        return Hit(words, tr("Search"), lambda: self.everything.emit(typed))

    def _hit(self, known: Known) -> Hit:
        return Hit(known.words, known.kind(), lambda: self._house.go(known.place))

    def _fitting_commands(self, typed: str) -> Iterable[Hit]:
        from ui.find_index import fit

        for action in self._commands():
            if fit(action.text(), typed) is not None:
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                yield Hit(action.text(), keys or tr("Command"), action.trigger)


def search_everything(navigator: Navigator, words: str) -> None:
    """Go to the search and hand it the words: they are remembered nowhere, not even by the way back."""
    from ui.pages.search_page import SearchPage

    navigator.go(Place("search"))
    if isinstance(page := navigator.page, SearchPage):
        page.ask(words)
