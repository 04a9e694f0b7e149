"""Preparing a meeting: what it opens with, who of the family was talked with, and what people want to talk about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.agenda import AgendaPoint
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience, MeetingState, Participant
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meeting_chain, meetings, papers
from caseworker_app.services.meeting_chain import Earlier
from caseworker_app.services.ports import Writer
from ui import icons
from ui.house import House
from ui.tasks import Op
from ui.theme import TARGET
from ui.widgets.check import Check
from ui.widgets.combo import Combo
from ui.widgets.complaint import Complaint
from ui.widgets.meeting.part import Loaded, Part
from ui.widgets.meeting.prepared import Card
from ui.words import bind, bind_call, tr

WIDEST = 1040


class PreparationPart(Part):
    """Everything is kept at once: a tick or a line is an act of its own."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._loaded: Loaded | None = None
        self.complaint = Complaint()
        self.wish, self.whose, self.quiet, self.add = QLineEdit(), Combo(), Check(), QPushButton()
        self.wishes: dict[Id, QWidget] = {}
        self.people: dict[Id, Card] = {}
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 12, 12, 12)
        self._column.setSpacing(8)
        self._told, self._earlier, self._cards, self._wishes = (QVBoxLayout() for _ in range(4))
        self._told_head = self._heading(N_("Who has been told that it is called off"))
        self._column.addWidget(self.complaint)
        self._column.addWidget(self._told_head)
        self._column.addLayout(self._told)
        self._column.addWidget(self._heading(N_("What we agreed the last time, and how it went")))
        self._column.addLayout(self._earlier)
        self._column.addWidget(self._heading(N_("Talked with beforehand")))
        self._column.addLayout(self._cards)
        self._column.addWidget(self._heading(N_("What people want to talk about")))
        self._column.addLayout(self._wishes)
        self._column.addWidget(self._line())
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        bind_call(self, self._show)

    def _heading(self, msgid: str) -> QLabel:
        label = QLabel()
        label.setProperty("look", "subheading")
        bind(label.setText, msgid)
        return label

    def _line(self) -> QWidget:
        """Return the line in which a point is written for the agenda."""
        bind(self.wish.setPlaceholderText, "In their own words")
        bind(self.wish.setAccessibleName, "What to talk about")
        bind(self.whose.setAccessibleName, "Who wants to talk about it")
        bind(self.quiet.setText, "For the chair only")
        bind(self.add.setText, "Put on the agenda")
        self.wish.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        self.whose.setMinimumWidth(240)
        across.addWidget(self.whose)
        across.addWidget(self.wish, 1)
        across.addWidget(self.quiet)
        across.addWidget(self.add)
        return line

    # what is shown

    def show_loaded(self, loaded: Loaded) -> None:
        """Show how far the preparation has come."""
        if loaded.first:
            self.complaint.clear()
        self._loaded = loaded
        self._show()

    def _show(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        view = loaded.opened.view
        self._show_told(view.participants, off=view.meeting.state is MeetingState.CALLED_OFF)
        self._show_earlier(loaded.earlier)
        family = [one for one in view.participants if one.audience in (Audience.CHILD, Audience.PARENT)]
        self._show_family(loaded, family)
        self._show_wishes(view.wanted, {one.id: one.name for one in view.participants})
        chosen = self.whose.currentData()
        self.whose.clear()
        self.whose.addItem(tr("Nobody in particular"), None)
        for one, name in zip(view.participants, papers.recipients(view), strict=True):
            self.whose.addItem(name, one.id)
        wanted = chosen if chosen is not None else family[0].id if family else None
        ids = [None, *(one.id for one in view.participants)]
        self.whose.setCurrentIndex(ids.index(wanted) if wanted in ids else 0)

    def _show_told(self, people: tuple[Participant, ...], *, off: bool) -> None:
        _empty(self._told)
        self._told_head.setVisible(off)
        for one in people if off else ():
            box = Check()
            day = "" if one.told_on is None else long_date(one.told_on, i18n.current().language)
            box.setText(tr("{name}: told on {day}", name=one.name, day=day) if day else one.name)
            box.setChecked(one.told_on is not None)
            box.clicked.connect(lambda on, one=one.id: self._tell(one, on))
            self._told.addWidget(box)

    def _show_earlier(self, rows: tuple[Earlier, ...]) -> None:
        _empty(self._earlier)
        if not rows:
            self._earlier.addWidget(_muted(tr("Nothing was agreed at an earlier meeting.")))
        language = i18n.current().language
        for row in rows:
            agreed = row.agreement
            if agreed.done_on is None:
                went = tr("still open")
            elif agreed.dropped:
                went = tr("it fell away")
            else:
                went = tr("done on {day}", day=long_date(agreed.done_on, language))
            words = f"{agreed.what} · {agreed.who}" if agreed.who else agreed.what
            line = QLabel(f"{words}: {went}" + (f". {agreed.went}" if agreed.went else ""))
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            if agreed.done_on is None:
                line.setProperty("look", "soon")
            self._earlier.addWidget(line)

    def _show_family(self, loaded: Loaded, family: list[Participant]) -> None:
        if list(self.people) != [one.id for one in family]:
            _empty(self._cards)
            self.people = {one.id: Card(self.write, one.id) for one in family}
            for card in self.people.values():
                self._cards.addWidget(card)
            if not family:
                self._cards.addWidget(_muted(tr("Neither the child nor a parent is invited.")))
        for one in family:
            self.people[one.id].show_participant(loaded, one)

    def _show_wishes(self, points: tuple[AgendaPoint, ...], names: dict[Id, str]) -> None:
        _empty(self._wishes)
        self.wishes = {}
        if not points:
            self._wishes.addWidget(
                _muted(tr("Nothing yet. Ask the child and the parents before the meeting."))
            )
        for point in points:
            who = names.get(point.participant or b"", "")
            words = f"{who}: {point.text}" if who else point.text
            if point.quiet:
                words += f" ({tr('for the chair only')})"
            row, label, away = QWidget(), QLabel(words), QToolButton()
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            icons.dress(away, "close")
            away.setProperty("look", "quiet")
            away.setStyleSheet("QToolButton { padding: 0; }")
            away.setFixedSize(TARGET, TARGET)
            away.setAccessibleName(tr("Take it off the agenda: {text}", text=point.text))
            away.setToolTip(tr("Take it off the agenda"))
            away.clicked.connect(lambda _on=False, point=point.id: self._remove(point))
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.addWidget(label, 1)
            across.addWidget(away)
            self._wishes.addWidget(row)
            self.wishes[point.id] = row

    # what the user does

    def do(self, run: Callable[[Writer], Any], done: Callable[[Any], None] | None = None) -> None:
        """Write something to the store; what is refused is said above."""
        self.complaint.clear()
        self._house.tasks.op(self, Op(run, done, "", self._refused))

    def write(self, participant: Id, values: dict[str, Any]) -> None:
        """Note how a participant is prepared; a ``True`` stands for the store's day."""
        kept = {name: self.today if value is True else value for name, value in values.items()}
        self.do(lambda w: meeting_chain.prepare(w, participant, kept))

    def _refused(self, error: Any) -> None:
        self.complaint.show_error(error)
        self._show()

    def _add(self) -> None:
        meeting, text, whose = self.meeting, self.wish.text(), self.whose.currentData()
        quiet = self.quiet.isChecked()
        if meeting is None:
            return

        def taken(_made: Id) -> None:
            self.wish.clear()
            self.quiet.setChecked(False)
            self.wish.setFocus()

        self.do(lambda w: meeting_chain.add_wish(w, meeting, text, whose, quiet=quiet), taken)

    def _remove(self, point: Id) -> None:
        self.do(lambda w: meetings.remove(w, AgendaPoint, point))

    def _tell(self, participant: Id, on: bool) -> None:
        day = self.today if on else None
        self.do(lambda w: meeting_chain.told(w, [participant], day))

    @property
    def today(self) -> dt.date:
        """The store's day."""
        return dt.date.min if self._loaded is None else self._loaded.today

    def begin(self) -> None:
        """Go to the line in which a point is written."""
        self.wish.setFocus()


def _muted(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("look", "muted")
    label.setWordWrap(True)
    return label


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
