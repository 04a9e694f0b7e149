"""The line above the list twin: a name, Enter, and the next name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.map_words import KIND_LABELS
from caseworker_app.domain.network_map import MapPersonKind
from caseworker_app.domain.phrases import N_
from ui.network_map import saying
from ui.network_map.choices import Choices, Pairs, labelled
from ui.network_map.list_placing import free_place
from ui.network_map.session import MapSession
from ui.words import bind, tr

_LONGEST = 80


class AddLine(QWidget):
    """``added`` carries the stand-in of somebody new. Ring and sector stay as they are for the next name."""

    added = Signal(object)

    def __init__(self, session: MapSession) -> None:
        super().__init__()
        self._session = session
        self.name, self.role, self.add = QLineEdit(), QLineEdit(), QPushButton()
        self.kind = Choices(lambda: [(kind, tr(msgid)) for kind, msgid in KIND_LABELS.items()])
        self.ring, self.sector = Choices(self._rings), Choices(self._sectors)
        self._lay_out()
        for line in (self.name, self.role):
            line.setMaxLength(_LONGEST)
            line.returnPressed.connect(self.make)
        self.name.textChanged.connect(self._can_add)
        self.kind.currentIndexChanged.connect(self._can_add)
        self.add.clicked.connect(self.make)
        self._can_add()
        self.ring.picked.connect(self._agree)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        bind(self.name.setPlaceholderText, "Write a name, then Enter")
        for msgid, editor, stretch in (
            (N_("New on the map (N)"), self.name, 5),
            (N_("Who it is to the child"), self.role, 4),
            (N_("Sort of thing"), self.kind, 3),
            (N_("Ring"), self.ring, 4),
            (N_("Sector"), self.sector, 3),
        ):
            layout.addWidget(labelled(msgid, editor), stretch)
        bind(self.add.setText, "Add")
        bind(self.add.setAccessibleName, "Add to the map")
        self.add.setAutoDefault(False)
        low = QVBoxLayout()
        low.addStretch(1)
        low.addWidget(self.add)
        layout.addLayout(low)

    def _rings(self) -> Pairs:
        opened = self._session.opened
        if opened is None:
            return []
        rings = [
            (ring.id, saying.ring_word(opened.template, ring.id, self._session.wording))
            for ring in opened.template.rings
        ]
        return [(None, tr("Not placed yet")), *rings]

    def _sectors(self) -> Pairs:
        opened = self._session.opened
        if opened is None:
            return []
        return [
            (one.id, saying.sector_word(opened.template, one.id, self._session.wording))
            for one in opened.template.sectors
        ]

    def fill(self) -> None:
        """Say rings and sectors of the map in its words."""
        for combo in (self.ring, self.sector):
            combo.fill()
            if combo.currentIndex() < 0 and combo.count():
                combo.setCurrentIndex(0)
        self._agree()

    def _agree(self, _ring: object = None) -> None:
        self.sector.setEnabled(self.ring.value() is not None)

    def _can_add(self, _changed: object = None) -> None:
        self.add.setEnabled(bool(self.name.text().strip()) or self.kind.value() is MapPersonKind.UNKNOWN)

    def begin(self) -> None:
        """Go to the name."""
        self.name.setFocus()
        self.name.selectAll()

    def make(self) -> None:
        """Put what is written on the map, and be ready for the next name."""
        called, opened = self.name.text().strip(), self._session.opened
        kind = self.kind.value() or MapPersonKind.PERSON
        if opened is None or not (called or kind is MapPersonKind.UNKNOWN):
            return
        ring, sector = self.ring.value(), self.sector.value()
        placement = None if ring is None else free_place(opened, ring, sector)
        made = self._session.add_person(
            called,
            kind=kind,
            role_word=self.role.text().strip(),
            placement=placement,
        )
        if made is not None:
            self.name.clear()
            self.role.clear()
            self.kind.setCurrentIndex(0)
            self.name.setFocus()
            self.added.emit(made)
