"""The list twin: the same netværkskort as a tree, to be read and drawn on by keyboard and by screen reader.

It works on the same session as the drawing, so what is changed in one is at once in the other.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.network_map import MapPerson, MapRelation
from caseworker_app.services.network_maps import OpenMap
from ui.network_map.list_add import AddLine
from ui.network_map.list_doing import go_round, remove_row, selection_of
from ui.network_map.list_model import MapTreeModel
from ui.network_map.list_new import HomePanel, NewLinePanel
from ui.network_map.list_panels import LinePanel, PersonPanel
from ui.network_map.list_placing import Placing
from ui.network_map.list_rows import Key, Kind, Memo, names_of, rows_of
from ui.network_map.list_tree import MapTree
from ui.network_map.list_words import Names, child_of, hint_words
from ui.network_map.session import MapSession, Selection
from ui.widgets.announce import announce
from ui.words import bind, bind_call

PANEL_WIDTH = 348


class ListTwin(QWidget):
    """A line for new names, the tree, and beside it the row that is chosen. ``session`` holds the map.

    ``spoken`` carries what a screen reader is told, while the list is in sight.
    """

    spoken = Signal(str)

    def __init__(self, session: MapSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = False
        self._memo: Memo = {}
        self.add_line = AddLine(session)
        self.model = MapTreeModel(self)
        self.tree = MapTree(self.model)
        self.person, self.line = PersonPanel(session), LinePanel(session)
        self.new_line, self.home = NewLinePanel(session), HomePanel(session)
        self.placing = Placing(session, self.person, self.tree)
        self.hint = QLabel()
        self._panels = QStackedWidget()
        self.area = QScrollArea()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.tree)
        bind_call(self, self._say_again)

    def _lay_out(self) -> None:
        self.hint.setWordWrap(True)
        self.hint.setProperty("look", "muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setContentsMargins(12, 12, 12, 12)
        for panel in (self.hint, self.person, self.line, self.new_line, self.home):
            self._panels.addWidget(panel)
        self.area.setWidget(self._panels)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFixedWidth(PANEL_WIDTH)
        bind(self.area.setAccessibleName, "What is chosen in the list")
        for panel in (self.person, self.line, self.new_line, self.home):
            panel.column.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.tree, 1)
        across.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.add_line)
        layout.addLayout(across, 1)

    def _connect(self) -> None:
        session = self._session
        session.changed.connect(self._changed)
        session.selected.connect(self._selected)
        session.announced.connect(self._announce)
        for known in (self.model.call, self.new_line.call, self.home.call):
            session.known_as.connect(known)
        self.tree.chosen.connect(self._chosen)
        self.tree.pressed_key.connect(self._key)
        self.add_line.added.connect(lambda one: self.tree.put_at(Key(Kind.PERSON, one)))
        self.person.placed.connect(lambda ring, sector: self.placing.by_lists(self.tree.key, ring, sector))
        self.person.line_pressed.connect(self.begin_line)
        self.person.home_pressed.connect(self.begin_home)
        self.new_line.made.connect(self._back)
        self.new_line.left.connect(self._back)
        self.home.made.connect(self._back)
        self.home.left.connect(self._back)

    def _announce(self, words: str) -> None:
        """Say what changed: of somebody where she stands now, and her lines."""
        if not self.isVisible():
            return
        row = self.model.row_at(self.tree.currentIndex())
        if row is not None and row.key.kind is Kind.PERSON and words.startswith(row.cells[0]):
            words = row.spoken
        announce(self.tree, words)
        self.spoken.emit(words)

    # showing

    @property
    def opened(self) -> OpenMap | None:
        """The map as it stands."""
        return self._session.opened

    def _names(self) -> Names:
        opened = self.opened
        return {} if opened is None else names_of(opened, child_of(opened))

    def _changed(self, ids: object) -> None:
        if not self.isVisible():
            self._stale = True  # nobody looks: the drawing is not kept waiting
        elif ids is None:
            self._say_again()
        else:
            self._show_rows()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was drawn while the list was out of sight."""
        super().showEvent(event)
        if self._stale:
            self._say_again()
        self._selected(self._session.selection)

    def _show_rows(self) -> None:
        opened, session = self.opened, self._session
        rows = () if opened is None else rows_of(opened, session.wording, child_of(opened), self._memo)
        with self.tree.holding():
            self.model.show_rows(rows)
        self._stale = False
        self._show_panel()

    def _say_again(self) -> None:
        self._memo.clear()
        self._show_rows()
        opened = self.opened
        self.model.say_again()
        self.add_line.setVisible(opened is not None and not opened.locked)
        self.add_line.fill()
        self.hint.setText("" if opened is None else hint_words(opened))

    def _show_panel(self) -> None:
        panel = self._panel_of(self.tree.key)
        self._panels.setCurrentWidget(panel)
        self._panels.setEnabled(not self._session.locked or panel is self.hint)

    def _panel_of(self, key: Key | None) -> QWidget:
        busy = self._panels.currentWidget()
        if busy is self.new_line or (busy is self.home and self.home.is_new):
            return busy
        if key is None or self.opened is None:
            return self.hint
        if key.kind is Kind.PERSON and (person := self._person(key.one)) is not None:
            self.person.show_person(person)
            self.placing.show_half(person)
            return self.person
        if key.kind is Kind.LINE and (line := self._line(key.one)) is not None:
            self.line.show_line(line, self._names())
            return self.line
        home = key.one if key.kind is Kind.HOME else key.under if key.kind is Kind.MEMBER else b""
        group = next((g for g in self.opened.groups if g.id == home), None)
        if group is not None:
            self.home.show_home(group, self._names())
            return self.home
        return self.hint

    def _person(self, one: Id) -> MapPerson | None:
        opened = self.opened
        return None if opened is None else next((p for p in opened.people if p.id == one), None)

    def _line(self, one: Id) -> MapRelation | None:
        opened = self.opened
        return None if opened is None else next((r for r in opened.relations if r.id == one), None)

    # the cursor and what is chosen are one

    def _chosen(self, key: Key | None) -> None:
        if self.new_line.isVisible() or (self.home.isVisible() and self.home.is_new):
            self._panels.setCurrentWidget(self.hint)  # going elsewhere gives up what was begun
        self.placing.forget()
        self._session.choose(selection_of(key))
        self._show_panel()

    def _selected(self, selection: Selection) -> None:
        if not self.isVisible() or selection_of(self.tree.key) == selection:
            return
        if selection.relation is not None:
            line = self._line(selection.relation)
            if line is not None:
                self.tree.put_at(Key(Kind.LINE, line.id, line.a or b""))
        elif selection.person is not None:
            self.tree.put_at(Key(Kind.PERSON, selection.person))
        elif selection.child and not selection.people:
            self.tree.put_at(Key(Kind.CHILD))
        self._show_panel()

    # what the user does

    def _key(self, key: str) -> None:
        """Do what a key means at the row the cursor is at."""
        opened, at = self.opened, self.tree.key
        if opened is None or at is None:
            return
        if self._session.locked:
            self._session.refused.emit()
            return
        if key == "N":
            self.add_line.begin()
        elif key == "R":
            self.begin_line()
        elif key == "G":
            self.begin_home()
        elif key == "Del":
            remove_row(self._session, at)
        elif key == "F2":
            self.edit()
        elif at.kind is Kind.PERSON:
            self.placing.by_key(at.one, key)

    def begin_line(self) -> None:
        """Ask for a line from who is chosen to another."""
        one = self._from_whom()
        if one is not None:
            self._panels.setCurrentWidget(self.new_line)
            self.new_line.begin(one[0], self._names())

    def begin_home(self) -> None:
        """Ask for a household with who is chosen in it."""
        one = self._from_whom()
        if one is not None:
            self._panels.setCurrentWidget(self.home)
            self.home.begin(one[0], self._names())

    def _from_whom(self) -> tuple[Id | None] | None:
        key = self.tree.key
        if key is None or self._session.locked:
            return None
        if key.kind is Kind.CHILD:
            return (None,)
        return (key.one,) if key.kind is Kind.PERSON else None

    def edit(self) -> None:
        """Go to the fields of the row."""
        editor = self._first_of(self._panels.currentWidget())
        if editor is not None:
            editor.setFocus()

    def _first_of(self, panel: QWidget | None) -> QWidget | None:
        """Return where the keyboard begins in a panel."""
        first: tuple[tuple[QWidget, QWidget], ...] = (
            (self.person, self.person.called),
            (self.line, self.line.kind),
            (self.new_line, self.new_line.to),
            (self.home, self.home.label),
        )
        return next((editor for one, editor in first if one is panel), None)

    def next_part(self) -> None:
        """Put the keyboard in the next of tree, panel and the line for new names (F6)."""
        stops: list[tuple[QWidget, QWidget | None]] = [(self.tree, self.tree)]
        if self._panels.isEnabled():
            stops.append((self._panels, self._first_of(self._panels.currentWidget())))
        if self.add_line.isVisible():
            stops.append((self.add_line, self.add_line.name))
        go_round(stops)

    def event(self, event: QEvent) -> bool:
        """F6 goes around within the list, whatever it means outside."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F6:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.next_part()
                return True
        return super().event(event)

    def _back(self, _made: object = None) -> None:
        self._panels.setCurrentWidget(self.hint)
        self._show_panel()
        self.tree.setFocus()
