"""From a netværkskort to a meeting: whom to invite, and what is agreed with each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import full_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_polar import reading_order
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.meeting import Meeting, kind_name
from caseworker_app.domain.network_map import MapPerson, NetworkTask
from caseworker_app.domain.phrases import N_
from caseworker_app.services import map_meetings, network_maps
from caseworker_app.services.network_maps import OpenMap
from caseworker_app.services.ports import Reader
from ui.house import House, Place
from ui.network_map.choices import Choices, Pairs, TickList, labelled
from ui.network_map.compared import CHILDS
from ui.network_map.near_person import NearPerson
from ui.network_map.saying import ring_word
from ui.tasks import Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.words import bind, tr

_FOLLOWED = frozenset({"network_map", "map_person", "network_task", "meeting", "participant", "person"})


@dataclass(frozen=True, slots=True)
class _Loaded:
    opened: OpenMap
    meetings: tuple[Meeting, ...]
    near: frozenset[str]


class MapToMeetingDialog(QDialog):
    """Opened with ``open()``; goes to the meeting. ``chosen`` are ticked beforehand."""

    def __init__(
        self, house: House, network_map: Id, parent: QWidget | None = None, chosen: Iterable[Id] = ()
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "From the map to a meeting")
        self._house, self._map = house, network_map
        self._templates: Templates = house.books.map_templates()
        self._chosen: frozenset[Id] = frozenset(chosen)
        self._loaded: _Loaded | None = None
        self.people, self.purpose = TickList(), QLineEdit()
        self.meeting = Choices(self._meetings)
        self.near = NearPerson(house, self._templates)
        self.complaint = Complaint()
        self.invite_button, self.close_button = QPushButton(), QPushButton()
        self._lay_out()
        self._connect()
        self._ask()

    def _lay_out(self) -> None:
        heading, hint = QLabel(), QLabel()
        heading.setProperty("look", "heading")
        hint.setProperty("look", "muted")
        hint.setWordWrap(True)
        bind(heading.setText, "From the map to a meeting")
        bind(
            hint.setText,
            "Tick whom to invite. What you agree with each is written at the right, also without a meeting.",
        )
        bind(self.purpose.setPlaceholderText, "Why you meet, in plain words")
        self._why = labelled(N_("We meet because"), self.purpose)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(labelled(N_("Who is to come?"), self.people), 1)
        left.addWidget(labelled(N_("To which meeting?"), self.meeting))
        left.addWidget(self._why)
        across = QHBoxLayout()
        across.setSpacing(24)
        across.addLayout(left, 1)
        across.addWidget(self.near, 1)
        bind(self.invite_button.setText, "Invite to the meeting")
        bind(self.close_button.setText, "Close")
        self.invite_button.setProperty("look", "primary")
        for button in (self.invite_button, self.close_button):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.invite_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(hint)
        layout.addLayout(across, 1)
        layout.addWidget(self.complaint)
        layout.addLayout(foot)
        self.resize(960, 620)

    def _connect(self) -> None:
        self.people.selectionModel().currentChanged.connect(lambda _now, _before: self._show_near())
        self.people.ticked.connect(self._can_invite)
        self.meeting.picked.connect(lambda _meeting: self._say_why())
        self.invite_button.clicked.connect(self.invite)
        self.close_button.clicked.connect(self.reject)
        self._house.tasks.touched.connect(self._follow)

    # reading

    def _follow(self, touched: Touched) -> None:
        if any(kind in _FOLLOWED for kind, _entity in touched):
            self._ask()

    def _ask(self) -> None:
        network_map, templates = self._map, self._templates

        def ask(reader: Reader) -> _Loaded:
            return _Loaded(
                network_maps.open_map(reader, network_map, templates),
                map_meetings.planned(reader, network_map),
                map_meetings.near_rings(reader, network_map, templates),
            )

        self._house.tasks.query(self, Query(ask, self._show))

    def _show(self, loaded: _Loaded) -> None:
        first, self._loaded = self._loaded is None, loaded
        ticked = set(self._chosen) if first else set(self.people.chosen())
        self.people.show_people(self._rows(loaded), ticked)
        before = self.meeting.value()
        self.meeting.fill()
        self.meeting.show_value(before or b"")
        self._say_why()
        self._can_invite()
        self._show_near()
        if first:
            self.people.setFocus()

    def _rows(self, loaded: _Loaded) -> list[tuple[Id | None, str]]:
        opened = loaded.opened
        rows: list[tuple[Id | None, str]] = []
        if not opened.case.unborn:
            rows.append((None, tr("{name} · the child itself", name=opened.case.first_name)))
        rows += [(one.id, self._line(one, opened)) for one in self._people(opened)]
        return rows

    def _people(self, opened: OpenMap) -> list[MapPerson]:
        placed = reading_order(one for one in opened.people if one.placement is not None)
        waiting = [one for one in opened.people if one.placement is None]
        return [one for one in (*placed, *waiting) if map_meetings.can_be_invited(one)]

    def _line(self, person: MapPerson, opened: OpenMap) -> str:
        parts = [person.called]
        if person.role_word and person.role_word.casefold() != person.called.casefold():
            parts.append(person.role_word)
        wording = Wording.CHILD if opened.map.voice in CHILDS else Wording.PROFESSIONAL
        if person.placement is not None:
            parts.append(ring_word(opened.template, person.placement.ring, wording))
        return " · ".join(parts)

    def _meetings(self) -> Pairs:
        language = i18n.current().language
        rows: list[tuple[Id, str]] = [(b"", tr("A new involving network meeting"))]
        for one in () if self._loaded is None else self._loaded.meetings:
            day = tr("no day yet") if one.when is None else full_date(one.when.day, language)
            rows.append((one.id, f"{tr(kind_name(one))}, {day}"))
        return rows

    def _say_why(self) -> None:
        self._why.setEnabled(not self.meeting.value())

    def _can_invite(self) -> None:
        self.invite_button.setEnabled(bool(self.people.chosen()))

    def _show_near(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        one = self.people.current()
        person = next((p for p in loaded.opened.people if p.id == one), None)
        self.near.show_person(person, self._tasks(person, loaded.opened), loaded.near)

    def _tasks(self, person: MapPerson | None, opened: OpenMap) -> list[NetworkTask]:
        """Return what is agreed with somebody, at this map or at another where she has the same card."""
        if person is None:
            return []
        return [
            task
            for task in opened.tasks
            if task.person in (person.id, person.origin)
            or (task.case_person is not None and task.case_person == person.case_person)
        ]

    # inviting

    def invite(self) -> None:
        """Invite those who are ticked, and go to the meeting."""
        chosen = self.people.chosen()
        people = [one for one in chosen if one is not None]
        meeting, purpose, network_map = self.meeting.value() or None, self.purpose.text(), self._map
        self.complaint.clear()
        self.invite_button.setEnabled(False)
        op = Op(
            lambda w: map_meetings.invite(
                w, network_map, people, meeting, with_child=None in chosen, purpose=purpose
            ),
            self._invited,
            N_("They are on the meeting's list."),
            self._refused,
        )
        self._house.tasks.op(self, op)

    def _invited(self, meeting: Id) -> None:
        self.accept()
        self._house.go(Place("meeting", meeting, "participants"))

    def _refused(self, error: UserError) -> None:
        self.invite_button.setEnabled(True)
        self.complaint.show_error(error)
