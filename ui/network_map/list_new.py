"""Panels beside the list twin that make something: a line to another, a household; and a household that is there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_words import QUALITY_LABELS, SAID_BY_LABELS
from caseworker_app.domain.network_map import MapGroup, Quality
from caseworker_app.domain.phrases import N_
from ui.network_map.choices import Choices, Pairs, TickList
from ui.network_map.list_panels import Panel, said
from ui.network_map.list_words import Names
from ui.network_map.session import MapSession
from ui.words import bind, tr


class NewLinePanel(Panel):
    """A line from somebody to another. ``made`` carries the line's stand-in, ``left`` comes when it is given up."""

    made = Signal(object)
    left = Signal()

    def __init__(self, session: MapSession) -> None:
        super().__init__(session)
        self._one: Id | None = None
        self._names: Names = {}
        self.to = Choices(self._others)
        self.kind = Choices(lambda: said(QUALITY_LABELS[session.wording]))
        self.voice = Choices(lambda: said(SAID_BY_LABELS))
        self.add(N_("To whom"), self.to)
        self.add(N_("Kind of line"), self.kind)
        self.add(N_("Who says so"), self.voice)
        self.draw = self.button(N_("Draw the line (Enter)"), "primary")
        self.cancel = self.button(N_("Cancel (Esc)"))
        self.draw.clicked.connect(self.make)
        self.cancel.clicked.connect(self.left)

    def _others(self) -> Pairs:
        others = [(one, name) for one, name in self._names.items() if one != self._one]
        others.sort(key=lambda pair: (pair[0] is not None, sort_key(pair[1])))
        return [(one or b"", name) for one, name in others]

    def begin(self, one: Id | None, names: Names) -> None:
        """Ask for a line from ``one`` (``None`` is the child)."""
        self._one, self._names = one, names
        self.heading.setText(tr("Line from {name}", name=names[one]))
        for combo in (self.to, self.kind, self.voice):
            combo.fill()
        self.to.setCurrentIndex(0 if self.to.count() else -1)
        self.kind.show_value(Quality.ORDINARY)
        opened = self.session.opened
        if opened is not None:
            self.voice.show_value(opened.map.voice)
        self.draw.setEnabled(self.to.count() > 0)
        self.to.setFocus()

    def call(self, old: Id, new: Id) -> None:
        """Know somebody by her own identity from now on."""
        if old not in self._names:
            return
        other = new if self.to.value() == old else self.to.value()
        self._names = {new if one == old else one: name for one, name in self._names.items()}
        self._one = new if self._one == old else self._one
        self.to.fill()
        self.to.show_value(other)

    def make(self) -> None:
        """Draw the line that is chosen; one that is there gets the kind that is chosen."""
        if not self.to.count():
            return
        other = self.to.value() or None
        line = self.session.add_relation(self._one, other, self.kind.value(), self.voice.value())
        opened = self.session.opened
        if line is None or opened is None:
            return
        there = next((r for r in opened.relations if r.id == line), None)
        if there is not None and there.quality is not self.kind.value():
            self.session.edit_relation(line, quality=self.kind.value())
        self.made.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter draws, Escape gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class HomePanel(Panel):
    """A household: its name and who belongs to it. ``made`` carries a new one's stand-in, ``left`` when it is given up."""

    made = Signal(object)
    left = Signal()

    def __init__(self, session: MapSession) -> None:
        super().__init__(session)
        self._home: MapGroup | None = None
        self.label, self.people = QLineEdit(), TickList()
        self.label.setMaxLength(80)
        bind(self.label.setPlaceholderText, "Mother's home")
        self.add(N_("Name of the household"), self.label)
        self.add(N_("Who belongs to it"), self.people)
        self.draw = self.button(N_("Draw the household (Enter)"), "primary")
        self.cancel = self.button(N_("Cancel (Esc)"))
        self.remove = self.button(N_("Remove the household (Del)"))
        self.label.editingFinished.connect(self._named)
        self.people.ticked.connect(self._ticked)
        self.draw.clicked.connect(self.make)
        self.cancel.clicked.connect(self.left)
        self.remove.clicked.connect(self._remove)

    @property
    def is_new(self) -> bool:
        """Whether the household is not drawn yet."""
        return self._home is None

    def begin(self, first: Id | None, names: Names) -> None:
        """Ask for a new household with somebody in it (``None`` is the child)."""
        self._home = None
        bind(self.heading.setText, "New household")
        self.label.clear()
        self._show_people(names, [first])
        self._as_new(True)
        self.label.setFocus()

    def show_home(self, home: MapGroup, names: Names) -> None:
        """Show a household that is there."""
        other, self._home = self._home is None or self._home.id != home.id, home
        self.heading.setText(home.label or tr("A household without a name"))
        if other or not self.label.hasFocus():
            self.label.setText(home.label)
        self._show_people(names, [*([None] if home.with_child else []), *home.members])
        self._as_new(False)

    def call(self, old: Id, new: Id) -> None:
        """Know somebody by her own identity from now on."""
        self.people.call(old, new)

    def _as_new(self, new: bool) -> None:
        self.draw.setVisible(new)
        self.cancel.setVisible(new)
        self.remove.setVisible(not new)

    def _show_people(self, names: Names, ticked: list[Id | None]) -> None:
        people = sorted(names.items(), key=lambda pair: (pair[0] is not None, sort_key(pair[1])))
        self.people.show_people(people, ticked)

    def _members(self) -> tuple[frozenset[Id], bool]:
        chosen = self.people.chosen()
        return frozenset(one for one in chosen if one is not None), None in chosen

    def make(self) -> None:
        """Draw the household around those who are ticked."""
        members, with_child = self._members()
        home = self.session.add_group(self.label.text().strip(), members, with_child)
        if home is not None:
            self.made.emit(home)

    def _named(self) -> None:
        home, label = self._home, self.label.text().strip()
        if home is not None and label != home.label:
            self.session.edit_group(home.id, label=label)

    def _ticked(self) -> None:
        home = self._home
        if home is None:
            self.draw.setEnabled(bool(self.people.chosen()))
            return
        members, with_child = self._members()
        if members != home.members:
            self.session.edit_group(home.id, members=members)
        elif with_child != home.with_child:
            self.session.edit_group(home.id, with_child=with_child)

    def _remove(self) -> None:
        if self._home is not None:
            self.session.remove_group(self._home.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter draws a new household, Escape gives it up."""
        if self._home is None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make()
        elif self._home is None and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
