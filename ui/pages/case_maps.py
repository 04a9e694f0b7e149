"""Netværkskort of a child: the maps drawn, latest first, and beginning a new one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_words import STATE_LABELS, VOICE_LABELS
from caseworker_app.domain.network_map import MapState, NetworkMap, Voice
from caseworker_app.domain.phrases import N_
from caseworker_app.services import cases, map_versions, network_maps
from caseworker_app.services.network_maps import MapRow
from caseworker_app.services.ports import Reader
from ui.house import House, Place
from ui.passing_on import pass_focus
from ui.tasks import Op, Query, Touched
from ui.widgets.tall_rows import Sheet
from ui.words import bind, bind_call, tr

_ID = Qt.ItemDataRole.UserRole
_HEADS = (N_("Whose map"), N_("Drawn on"), N_("Place"), N_("On the map"), N_("State"))
_SHARES = (26, 20, 22, 14, 18)
_FOLLOWED = frozenset({"network_map", "map_person"})


class CaseMaps(QWidget):
    """The list and its buttons. ``shown`` comes when a case's maps stand there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._people: tuple[str, ...] = ()
        self._rows: tuple[MapRow, ...] = ()
        self._asked = 0
        self._wanted: Id | None = None
        self.tree = Sheet(_SHARES)
        self._stack = QStackedWidget(self)
        self.begin_button, self.first, self.first_parents = (QPushButton() for _n in range(3))
        self.open_button, self.draw_on, self.keep, self.print, self.compare, self.family = (
            QPushButton() for _n in range(6)
        )
        self.genogram, self.first_genogram = QPushButton(), QPushButton()
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (
            self.begin_button,
            self.open_button,
            self.draw_on,
            self.keep,
            self.print,
            self.compare,
            self.family,
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.genogram)
        self.begin_button.setProperty("look", "primary")
        self.first.setProperty("look", "primary")
        empty, hint = QWidget(self._stack), QLabel()
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        bind(
            hint.setText,
            "No network map yet. It is drawn with the child, and one is drawn with the parents: who there is, "
            "how near they are, and how it goes between them.",
        )
        middle = QVBoxLayout(empty)
        middle.addStretch(1)
        middle.addWidget(hint)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.first)
        across.addWidget(self.first_parents)
        across.addWidget(self.first_genogram)
        across.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(2)
        self._held = QWidget(self._stack)
        held = QVBoxLayout(self._held)
        held.setContentsMargins(0, 0, 0, 0)
        held.addLayout(buttons)
        held.addWidget(self.tree, 1)
        self._stack.addWidget(self._held)
        self._stack.addWidget(empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.addWidget(self._stack, 1)
        pass_focus(self, lambda: self.tree, lambda: self.first)
        self._stack.hide()

    def _connect(self) -> None:
        acts: tuple[tuple[QPushButton, str, Callable[[], None]], ...] = (
            (self.begin_button, N_("New map (Ins)"), lambda: self.begin(Voice.CHILD)),
            (self.first, N_("Draw with the child"), lambda: self.begin(Voice.CHILD)),
            (self.first_parents, N_("Draw with the parents"), lambda: self.begin(Voice.TOGETHER)),
            (self.open_button, N_("Open (Enter)"), self.open),
            (self.draw_on, N_("Draw on"), self.copy),
            (self.keep, N_("Keep as a version"), self.keep_version),
            (self.print, N_("Print …"), self.print_map),
            (self.compare, N_("Compare"), lambda: self._go("map_compare")),
            (self.family, N_("Show the family"), self.show_family),
            (self.genogram, N_("Genogram"), self.show_genogram),
            (self.first_genogram, N_("Genogram"), self.show_genogram),
        )
        for button, words, act in acts:
            bind(button.setText, words)
            button.clicked.connect(lambda _on=False, act=act: act())
        bind(self.tree.setAccessibleName, "Network maps of the child")
        self.tree.itemActivated.connect(lambda _item: self.open())
        self.tree.currentItemChanged.connect(lambda _now, _before: self._offer())
        for keys, act in (("Ins", lambda: self.begin(Voice.CHILD)), ("Ctrl+P", self.print_map)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # as the case's page sees it

    def show_case(self, case: Case) -> None:
        """Show the maps of a case."""
        if self._case is None or self._case.id != case.id:
            self._rows = ()
            self._stack.hide()
        self._case = case
        self._ask()

    def want(self, part: str) -> None:
        """Put the cursor at a map by its id in hexadecimal."""
        self._wanted = bytes.fromhex(part) if part else None
        self._ask()

    def leave(self) -> bool:
        """Nothing is written here."""
        return True

    def follow(self, touched: Touched) -> None:
        """Ask again when a map changed."""
        if self._case is not None and any(kind in _FOLLOWED for kind, _entity in touched):
            self._ask()

    def _ask(self) -> None:
        case, self._asked = self._case, self._asked + 1
        if case is None or self._house.tasks.store is None:
            return
        asked = self._asked

        def ask(reader: Reader) -> tuple[tuple[MapRow, ...], tuple[str, ...]]:
            people = cases.people_of(reader, case.stream)
            return network_maps.maps_of(reader, case.id), tuple(one.name for one in people)

        def show(answer: tuple[tuple[MapRow, ...], tuple[str, ...]]) -> None:
            if asked == self._asked:
                self._show(*answer)

        self._house.tasks.query(self, Query(ask, show))

    def _show(self, rows: tuple[MapRow, ...], people: tuple[str, ...]) -> None:
        self._rows, self._people = rows, people
        self._say()
        self._stack.setCurrentIndex(0 if rows else 1)
        self._stack.show()
        self.shown.emit()

    def _say(self) -> None:
        chosen = self._wanted or (self.map.id if self.map is not None else None)
        self._wanted = None
        self.tree.clear()
        self.tree.setHeaderLabels([tr(head) for head in _HEADS])
        for row in self._rows:
            self._add(row)
            if row.map.id == chosen:
                self.tree.setCurrentIndex(self.tree.model().index(self.tree.topLevelItemCount() - 1, 0))
        first = self.tree.topLevelItem(0)
        if first is not None and self.tree.currentItem() is None:
            self.tree.setCurrentItem(first)
        self._offer()

    def _add(self, row: MapRow) -> None:
        found = row.map
        day = long_date(found.drawn_on, i18n.current().language) if found.drawn_on is not None else ""
        people = (
            str(row.people) if not row.waiting else tr("{n} and {m} waiting", n=row.people, m=row.waiting)
        )
        cells = (tr(VOICE_LABELS[found.voice]), day, found.place, people, state_words(found))
        item = QTreeWidgetItem(list(cells))
        item.setData(0, _ID, found.id)
        for column, words in enumerate(cells):
            item.setToolTip(column, words)
        self.tree.addTopLevelItem(item)

    @property
    def map(self) -> NetworkMap | None:
        """The map the cursor is at."""
        item = self.tree.currentItem()
        found = None if item is None else bytes(item.data(0, _ID))
        return next((row.map for row in self._rows if row.map.id == found), None)

    def _offer(self) -> None:
        found = self.map
        kept = found is not None and found.state is not MapState.DRAFT
        self.draw_on.setVisible(kept)
        self.keep.setVisible(not kept)
        for button in (self.open_button, self.print, self.family, self.keep):
            button.setEnabled(found is not None)
        self.compare.setEnabled(len(self._rows) > 1)

    # what can be done

    def begin(self, voice: Voice) -> None:
        """Ask for whose map it is, day and place, and open it."""
        from ui.dialogs.map_dialog import MapDialog

        if self._case is not None:
            house = self._house
            MapDialog(
                house,
                self._case,
                None,
                self._people,
                self,
                voice=voice,
                then=lambda made: house.go(Place("map", made)),
            ).open()

    def _go(self, page: str) -> None:
        if (found := self.map) is not None:
            self._house.go(Place(page, found.id))

    def open(self) -> None:
        """Open the map the cursor is at."""
        self._go("map")

    def copy(self) -> None:
        """Draw on from a kept map."""
        if (found := self.map) is not None:
            house = self._house
            op = Op(
                lambda w: map_versions.draw_on(w, found.id),
                done=lambda made: house.go(Place("map", made)),
            )
            house.tasks.op(self, op)

    def keep_version(self) -> None:
        """Keep the map as a version."""
        if (found := self.map) is not None:
            op = Op(lambda w: map_versions.keep(w, found.id), said="The map is kept as a version.")
            self._house.tasks.op(self, op)

    def print_map(self) -> None:
        """Choose for whom the map is printed or saved."""
        from ui.dialogs.map_print_dialog import MapPrintDialog

        if (found := self.map) is not None:
            MapPrintDialog(self._house, found.id, self).open()

    def show_genogram(self) -> None:
        """Go to the genogram of the child's family."""
        if self._case is not None:
            self._house.go(Place("genogram", self._case.id))

    def show_family(self) -> None:
        """Begin Familievisning with the map."""
        if (found := self.map) is not None:
            self._house.family(found.id)


def state_words(found: NetworkMap) -> str:
    """Return whether a map is being drawn, or which version it is."""
    words = tr(STATE_LABELS[found.state])
    if found.number is None:
        return words
    version = tr("Version {n}", n=found.number)
    return f"{version}, {words.lower()}" if found.state is MapState.ATTACHED else version
