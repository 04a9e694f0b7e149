"""Who shares a case: everybody with her role, changed or taken back where one may, and sharing with one more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.services.sync_desk import Colleague, MemberRow, ShareRole
from ui.models.sync_words import ROLE_LABELS, ROLE_TELLS
from ui.widgets.combo import Combo
from ui.widgets.sync.plain import button, empty, label
from ui.words import bind, bind_call, tr


class MembersView(QWidget):
    """``role_chosen`` carries a member and a role, ``taken_back`` a member, ``shared`` a colleague and a role."""

    role_chosen = Signal(bytes, object)
    taken_back = Signal(bytes)
    shared = Signal(bytes, object)

    def __init__(self) -> None:
        super().__init__()
        self._members: tuple[MemberRow, ...] = ()
        self._people: tuple[Colleague, ...] = ()
        self.roles: dict[Id, Combo] = {}
        self.taking: dict[Id, QWidget] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.note = label("muted")
        self.who, self.role, self.share_button = Combo(), Combo(), button("Share", "primary")
        self.tells = label("muted")
        self._lay_out()
        self.role.currentIndexChanged.connect(lambda _row: self._tell())
        self.who.currentIndexChanged.connect(lambda _row: self._tell())
        self.share_button.clicked.connect(self._share)
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        words, with_whom = label("", "Share with"), QHBoxLayout()
        words.setBuddy(self.who)
        bind(self.who.setAccessibleName, "Share with")
        bind(self.role.setAccessibleName, "What she may")
        for role in ROLE_LABELS:
            self.role.addItem("", role)
        self.role.setCurrentIndex(1)
        with_whom.setSpacing(8)
        with_whom.addWidget(self.who, 1)
        with_whom.addWidget(self.role)
        with_whom.addWidget(self.share_button)
        self._adding = QWidget()
        adding = QVBoxLayout(self._adding)
        adding.setContentsMargins(0, 12, 0, 0)
        adding.setSpacing(4)
        adding.addWidget(words)
        adding.addLayout(with_whom)
        adding.addWidget(self.tells)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        layout.addWidget(self.note)
        layout.addWidget(self._adding)

    @property
    def mine(self) -> ShareRole | None:
        """What the user herself may with the case; ``None`` where it is not shared yet."""
        return next((row.role for row in self._members if row.me), None)

    def show_members(self, members: Sequence[MemberRow]) -> None:
        """Show who shares the case."""
        self._members = tuple(members)
        self._say()

    def show_people(self, people: Sequence[Colleague]) -> None:
        """Offer the colleagues it can be shared with."""
        self._people = tuple(
            sorted((one for one in people if not one.me), key=lambda one: sort_key(one.name))
        )
        self._say()

    def _say(self) -> None:
        chosen = self.who.currentData()
        for row, role in enumerate(ROLE_LABELS):
            self.role.setItemText(row, tr(ROLE_LABELS[role]))
        self._say_members()
        there = {row.user for row in self._members}
        self.who.blockSignals(True)
        self.who.clear()
        for one in self._people:
            if one.user not in there:
                self.who.addItem(person_words(one), one.user)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)) if self.who.count() else -1)
        self.who.blockSignals(False)
        self._adding.setVisible(self.mine in (None, ShareRole.OWNER))
        self.note.setText(
            tr("Only whoever is responsible for the case decides who shares it.")
            if self.mine not in (None, ShareRole.OWNER)
            else tr("Nobody else shares this case.")
            if len(self._members) < 2
            else ""
        )
        self.note.setVisible(bool(self.note.text()))
        self._tell()

    def _say_members(self) -> None:
        empty(self._grid)
        self.roles, self.taking = {}, {}
        for row, member in enumerate(self._members):
            name = label()
            name.setText(tr("{name} (you)", name=member.name) if member.me else member.name or tr("Unknown"))
            self._grid.addWidget(name, row, 0)
            if member.me or self.mine is not ShareRole.OWNER:
                said = label("muted")
                said.setText(tr(ROLE_LABELS[member.role]))
                said.setMinimumHeight(32)
                self._grid.addWidget(said, row, 1)
                continue
            self._grid.addWidget(self._role_of(member), row, 1)
            back = button("Share no longer")
            back.setAccessibleName(tr("Share no longer with {name}", name=member.name))
            back.clicked.connect(partial(self._take_back, member.user))
            self.taking[member.user] = back
            self._grid.addWidget(back, row, 2)

    def _role_of(self, member: MemberRow) -> Combo:
        combo = Combo()
        for role, word in ROLE_LABELS.items():
            combo.addItem(tr(word), role)
        combo.setCurrentIndex(list(ROLE_LABELS).index(member.role))
        combo.setAccessibleName(tr("What {name} may", name=member.name))
        combo.activated.connect(lambda _row: self.role_chosen.emit(member.user, combo.currentData()))
        self.roles[member.user] = combo
        return combo

    def _take_back(self, user: Id, _checked: bool = False) -> None:
        self.taken_back.emit(user)

    def _tell(self) -> None:
        role, user = self.role.currentData(), self.who.currentData()
        self.share_button.setEnabled(user is not None)
        words = [tr(ROLE_TELLS[role])] if role is not None else []
        found = next((one for one in self._people if one.user == user), None)
        if found is not None and not found.devices:
            words.append(tr("{name} gets the case when she first signs in.", name=found.name))
        self.tells.setText(
            " ".join(words) if self._people else tr("Nobody else has signed in to the hub yet.")
        )

    def _share(self) -> None:
        user = self.who.currentData()
        if user is not None:
            self.shared.emit(user, self.role.currentData())


def person_words(one: Colleague) -> str:
    """Return a colleague by name, place and whether she leads a team."""
    place = ", ".join(part for part in (one.unit, tr("team leader") if one.leader else "") if part)
    return f"{one.name} ({place})" if place else one.name
