"""What stands beside the list twin: the row that is chosen, every field of it to be changed at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_words import (
    FLOW_LABELS,
    INFORMED_LABELS,
    KIND_LABELS,
    QUALITY_LABELS,
    SAID_BY_LABELS,
    SUPPORT_LABELS,
)
from caseworker_app.domain.network_map import Flow, MapPerson, MapPersonKind, MapRelation
from caseworker_app.domain.phrases import N_
from ui.network_map import saying
from ui.network_map.choices import Choices, Pairs, labelled
from ui.network_map.list_words import Names, called
from ui.network_map.session import MapSession
from ui.widgets.check import Check
from ui.words import bind, tr


class Panel(QFrame):
    """A heading with editors under it. ``read_only`` is what a kept map's panels are."""

    def __init__(self, session: MapSession) -> None:
        super().__init__()
        self.session = session
        self.heading = QLabel()
        self.heading.setProperty("look", "subheading")
        self.heading.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4, 0, 12, 12)
        self.column.setSpacing(8)
        self.column.addWidget(self.heading)

    def add(self, msgid: str, editor: QWidget) -> None:
        """Put an editor under its label."""
        self.column.addWidget(labelled(msgid, editor))

    def beside(self, *fields: tuple[str, QWidget]) -> None:
        """Put editors beside each other, each under its label."""
        across = QHBoxLayout()
        across.setSpacing(8)
        for msgid, editor in fields:
            across.addWidget(labelled(msgid, editor), 1)
        self.column.addLayout(across)

    def side_by_side(self, *controls: QWidget) -> None:
        """Put controls that say themselves what they are beside each other."""
        across = QHBoxLayout()
        across.setSpacing(8)
        for control in controls:
            across.addWidget(control, 1)
        self.column.addLayout(across)

    def button(self, msgid: str, look: str = "") -> QPushButton:
        """Put a button below."""
        made = pressed(msgid, look)
        self.column.addWidget(made)
        return made


def pressed(msgid: str, look: str = "") -> QPushButton:
    """Return a button."""
    made = QPushButton()
    bind(made.setText, msgid)
    made.setAutoDefault(False)
    if look:
        made.setProperty("look", look)
    return made


def said(labels: Any, none: str = "") -> Pairs:
    """Return values with their words; ``none`` is the msgid for no value."""
    first = [(None, tr(none))] if none else []
    return [*first, *((value, tr(msgid)) for value, msgid in labels.items())]


class PersonPanel(Panel):
    """Somebody on the map. ``line_pressed`` and ``home_pressed`` ask for a new line or household of hers."""

    line_pressed = Signal()
    home_pressed = Signal()
    placed = Signal(object, object)
    """(ring, sector) that were chosen; (``None``, ``None``) for the tray."""

    def __init__(self, session: MapSession) -> None:
        super().__init__(session)
        self._one: Id = b""
        self.called, self.role = QLineEdit(), QLineEdit()
        self.kind = Choices(lambda: said(KIND_LABELS))
        self.ring, self.sector = Choices(self._rings), Choices(self._sectors)
        self.support = Choices(lambda: said(SUPPORT_LABELS, N_("Not said")))
        self.informed = Choices(lambda: said(INFORMED_LABELS, N_("Not said")))
        self.dead, self.doubtful = Check(), Check()
        bind(self.dead.setText, "Dead")
        bind(self.doubtful.setText, "We do not know enough yet")
        self.add(N_("Called"), self.called)
        self.beside((N_("Who it is to the child"), self.role), (N_("Sort of thing"), self.kind))
        self.beside((N_("Ring"), self.ring), (N_("Sector"), self.sector))
        self.add(N_("Strength"), self.support)
        self.add(N_("What she knows of the case"), self.informed)
        self.side_by_side(self.dead, self.doubtful)
        self.line, self.home = pressed(N_("Line … (R)")), pressed(N_("Household … (G)"))
        self.side_by_side(self.line, self.home)
        self.remove = self.button(N_("Remove from the map (Del)"))
        self._connect()

    def _connect(self) -> None:
        self.called.editingFinished.connect(self._named)
        self.role.editingFinished.connect(lambda: self._set(role_word=self.role.text().strip()))
        self.kind.picked.connect(lambda kind: self._set(kind=kind))
        self.support.picked.connect(lambda support: self._set(support=support))
        self.informed.picked.connect(lambda informed: self._set(informed=informed))
        self.dead.clicked.connect(lambda on: self._set(dead=on))
        self.doubtful.clicked.connect(lambda on: self._set(doubtful=on))
        self.ring.picked.connect(lambda ring: self.placed.emit(ring, self.sector.value()))
        self.sector.picked.connect(lambda sector: self.placed.emit(self.ring.value(), sector))
        self.line.clicked.connect(self.line_pressed)
        self.home.clicked.connect(self.home_pressed)
        self.remove.clicked.connect(lambda: self.session.remove_person(self._one))

    def _rings(self) -> Pairs:
        opened = self.session.opened
        if opened is None:
            return []
        rings = [
            (ring.id, saying.ring_word(opened.template, ring.id, self.session.wording))
            for ring in opened.template.rings
        ]
        return [*rings, (None, tr("Not placed yet"))]

    def _sectors(self) -> Pairs:
        opened = self.session.opened
        if opened is None:
            return []
        return [
            (one.id, saying.sector_word(opened.template, one.id, self.session.wording))
            for one in opened.template.sectors
        ]

    def _now(self) -> MapPerson | None:
        opened = self.session.opened
        return None if opened is None else next((p for p in opened.people if p.id == self._one), None)

    def _named(self) -> None:
        now, typed = self._now(), self.called.text().strip()
        if now is not None and not typed and now.kind is not MapPersonKind.UNKNOWN:
            self.called.setText(now.called)  # only somebody unknown may be called nothing
        else:
            self._set(called=typed)

    def _set(self, **values: Any) -> None:
        now = self._now()
        if now is not None and any(getattr(now, name) != value for name, value in values.items()):
            self.session.edit_person(self._one, **values)

    def show_person(self, person: MapPerson) -> None:
        """Show somebody; a line that is being typed in is left alone."""
        other = self.session.real(person.id) != self.session.real(self._one)
        self._one = person.id
        self.heading.setText(called(person))
        for line, words in ((self.called, person.called), (self.role, person.role_word)):
            if other or not line.hasFocus():
                line.setText(words)
        for combo in (self.kind, self.ring, self.sector, self.support, self.informed):
            combo.fill()
        self.kind.show_value(person.kind)
        placed = person.placement
        self.ring.show_value(None if placed is None else placed.ring)
        self.sector.show_value("" if placed is None else placed.sector)
        self.support.show_value(person.support)
        self.informed.show_value(person.informed)
        self.dead.setChecked(person.dead)
        self.doubtful.setChecked(person.doubtful)


class LinePanel(Panel):
    """A line: which kind, whose statement, who supports whom."""

    def __init__(self, session: MapSession) -> None:
        super().__init__(session)
        self._line: MapRelation | None = None
        self._names: Names = {}
        self.kind = Choices(lambda: said(QUALITY_LABELS[session.wording]))
        self.voice = Choices(lambda: said(SAID_BY_LABELS))
        self.flow = Choices(self._flows)
        self.note = QLineEdit()
        self.add(N_("Kind of line"), self.kind)
        self.add(N_("Who says so"), self.voice)
        self.add(N_("Who supports whom"), self.flow)
        self.add(N_("Note"), self.note)
        self.remove = self.button(N_("Remove the line (Del)"))
        self.kind.picked.connect(lambda kind: self._set(quality=kind))
        self.voice.picked.connect(lambda voice: self._set(said_by=voice))
        self.flow.picked.connect(lambda flow: self._set(flow=flow))
        self.note.editingFinished.connect(lambda: self._set(note=self.note.text().strip()))
        self.remove.clicked.connect(self._remove)

    def _flows(self) -> Pairs:
        line = self._line
        if line is None:
            return []
        one, other = self._names.get(line.a, ""), self._names.get(line.b, "")
        return [
            (None, tr("Not said")),
            (Flow.TO_B, tr("{one} supports {other}", one=one, other=other)),
            (Flow.TO_A, tr("{one} supports {other}", one=other, other=one)),
            (Flow.BOTH, tr(FLOW_LABELS[Flow.BOTH])),
        ]

    def _set(self, **values: Any) -> None:
        line = self._line
        if line is not None and any(getattr(line, name) != value for name, value in values.items()):
            self.session.edit_relation(line.id, **values)

    def _remove(self) -> None:
        if self._line is not None:
            self.session.remove_relation(self._line.id)

    def show_line(self, line: MapRelation, names: Names) -> None:
        """Show a line between two."""
        other, self._line, self._names = self._line is None or self._line.id != line.id, line, names
        self.heading.setText(tr("{one} and {other}", one=names.get(line.a, ""), other=names.get(line.b, "")))
        for combo, value in ((self.kind, line.quality), (self.voice, line.said_by), (self.flow, line.flow)):
            combo.fill()
            combo.show_value(value)
        if other or not self.note.hasFocus():
            self.note.setText(line.note)
