"""Comparing netværkskort: two versions of one, or the child's against the parents'. On the worker's screen only."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.phrases import N_
from caseworker_app.services import map_papers
from ui import icons
from ui.house import House, Place
from ui.network_map.choices import Choices
from ui.network_map.compare_versions import VersionsView
from ui.network_map.compare_voices import VoicesView
from ui.network_map.compared import Comparable, load, wording_of
from ui.network_map.taking_out import TakingOut
from ui.tasks import Query, Touched
from ui.widgets.complaint import Complaint
from ui.words import bind, bind_call, tr

VERSIONS, VOICES = "versions", "voices"
_PARTS = (VERSIONS, VOICES)
_TABS = (N_("Two versions"), N_("The child and the parents"))
_FOLLOWED = frozenset({"network_map", "map_person", "map_relation", "map_group", "person", "case"})
_WORDING = {Wording.CHILD: N_("The child's words"), Wording.PROFESSIONAL: N_("The words of the file")}


class MapComparePage(QWidget):
    """Shows a map beside another. ``shown`` comes when the maps stand there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._map: Id | None = None
        self._asked = 0
        self._maps: Comparable | None = None
        self.title, self.child = QLabel(), QLabel()
        self.back = QPushButton()
        self.tabs = QTabBar()
        self.wording = Choices(lambda: [(value, tr(msgid)) for value, msgid in _WORDING.items()])
        self.versions, self.voices = VersionsView(), VoicesView()
        self.complaint, self.taking_out = Complaint(), TakingOut(house, self)
        self._stack = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.wording.picked.connect(self._say_as)
        self.back.clicked.connect(self._go_back)
        self.versions.print_pressed.connect(self.print)
        self.taking_out.refused.connect(self.complaint.show_error)
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.title.setProperty("look", "heading")
        self.child.setProperty("look", "muted")
        self.child.setTextFormat(Qt.TextFormat.PlainText)
        bind(self.title.setText, "Compare netværkskort")
        bind(self.back.setText, "To the case")
        icons.dress(self.back, "back")
        bind(self.tabs.setAccessibleName, "What is compared")
        bind(self.wording.setAccessibleName, "In whose words")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _tab in _TABS:
            self.tabs.addTab("")
        self.wording.setMinimumContentsLength(14)
        head = QHBoxLayout()
        head.setSpacing(16)
        for widget in (self.title, self.child, self.tabs):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.wording)
        head.addWidget(self.back)
        self._stack.addWidget(self.versions)
        self._stack.addWidget(self.voices)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 12)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.complaint)
        layout.addWidget(self._stack, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(800, 420)

    # as the window sees it

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Show a map compared; ``part`` is ``versions`` or ``voices``."""
        if thing is None:
            return
        if thing != self._map:
            self._maps = None
        self._map = thing
        self.tabs.setCurrentIndex(_PARTS.index(part) if part in _PARTS else 0)
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        if self._map is not None and any(kind in _FOLLOWED for kind, _entity in touched):
            self._ask()

    def leave(self) -> bool:
        """Nothing is written here."""
        return True

    # reading

    def _ask(self) -> None:
        network_map, self._asked = self._map, self._asked + 1
        if network_map is None or self._house.tasks.store is None:
            return
        asked, books = self._asked, self._house.books

        def show(maps: Comparable) -> None:
            if asked == self._asked:
                self._show(maps)

        self._house.tasks.query(self, Query(lambda r: load(r, network_map, books.map_templates()), show))

    def _show(self, maps: Comparable) -> None:
        first, self._maps = self._maps is None, maps
        self.child.setText(maps.asked.case.child_name or maps.asked.case.unborn_of)
        if first:
            self.wording.show_value(wording_of(maps.asked))
            (self.voices.child if self.tabs.currentIndex() else self.versions.slider).setFocus()
        wording, series = self.wording.value(), maps.series
        place = next(n for n, one in enumerate(series) if one.map.id == maps.asked.map.id)
        if first and place == 0:
            place = len(series) - 1  # the first has none before it: show the latest beside the one before
        elif not first:
            place = min(self.versions.slider.value(), len(series) - 1)
        self.versions.show_versions(series, place, wording)
        self.voices.show_maps(maps, wording)
        self.shown.emit()

    def _say(self) -> None:
        for number, msgid in enumerate(_TABS):
            self.tabs.setTabText(number, tr(msgid))

    def _say_as(self, wording: Wording) -> None:
        self.versions.say_as(wording)
        self.voices.say_as(wording)

    def print(self, older: Id, newer: Id) -> None:
        """Show the two versions and the sentences on paper, for the file."""
        self.complaint.clear()
        templates, wording = self._house.books.map_templates(), self.wording.value()
        self.taking_out.look_at_comparison(
            lambda reader: map_papers.comparison(reader, older, newer, templates, wording=wording)
        )

    def _go_back(self) -> None:
        if self._maps is not None:
            self._house.go(Place("case", self._maps.asked.case.id, "maps"))


__all__ = ["VERSIONS", "VOICES", "MapComparePage"]
