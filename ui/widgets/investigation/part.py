"""Undersøgelse: the page of one child's screening, scoping or investigation."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.form_spec import FormSpec
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import INVESTIGATION_KIND_LABELS, Investigation
from caseworker_app.services import investigation_views, investigations
from caseworker_app.services.investigation_views import InvestigationView
from caseworker_app.services.journal_desk import Link
from caseworker_app.services.ports import Draft, Reader
from ui.house import House, Place
from ui.passing_on import pass_focus
from ui.tasks import Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.investigation.beside import BesidePanel
from ui.widgets.investigation.doing import Doing
from ui.widgets.investigation.header import InvestigationHeader, Nothing
from ui.widgets.investigation.keeping import Sources, keeping
from ui.widgets.investigation.topics import TopicList
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.topic_form.columns import Shown
from ui.widgets.topic_form.form import TopicForm
from ui.widgets.transfer_mark import TransferMark
from ui.words import bind_call, tr

_FOLLOWS = frozenset(
    {
        "investigation", "investigation_answer", "contribution", "network_map", "intervention", "entry",
        "deadline_mark",
    }
)  # fmt: skip
LIST_WIDTH = 300


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case's investigations, and the one that is shown with what can be linked to."""

    all: tuple[Investigation, ...]
    view: InvestigationView | None
    links: tuple[Link, ...]


class InvestigationPart(QWidget):
    """``want`` goes to an investigation by its id, or goes on with a draft (``draft:<key>``). ``shown`` comes when it
    stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.house = house
        self.case: Case | None = None
        self._wanted: Id | None = None
        self._begun: Draft | None = None
        self._asked = 0
        self._sources = Sources()
        self.loaded: Loaded | None = None
        self.header, self.nothing = InvestigationHeader(self), Nothing(self)
        self.complaint = Complaint(self)
        self.topics, self.beside = TopicList(self), BesidePanel(self)
        self.form = TopicForm(house, keeping(house.books.forms, self._sources), one=True, parent=self)
        self.desk, self.doing = PaperDesk(house, self), Doing(self)
        self.mark = TransferMark(house, self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        whole = QWidget(self._stack)
        across = QHBoxLayout()
        across.setSpacing(16)
        self.topics.setFixedWidth(LIST_WIDTH)
        across.addWidget(self.topics)
        across.addWidget(self.form, 1)
        across.addWidget(self.beside)
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.header)
        lines.addLayout(across, 1)
        lines.addWidget(self.mark)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.complaint)
        layout.addWidget(self._stack, 1)
        pass_focus(self, lambda: self.topics, lambda: self.nothing)

    def _connect(self) -> None:
        self.topics.chosen.connect(self.form.show_topic)
        self.topics.wanted.connect(self.form.go_to)
        self.form.turned.connect(self.topics.go)
        self.form.loaded.connect(self._show_topic)
        self.header.wanted.connect(self.doing.do)
        self.header.turned.connect(self.choose)
        self.nothing.wanted.connect(self.doing.begin)
        self.desk.refused.connect(self.complaint.show_error)
        self.beside.attach.connect(self.doing.attach)
        self.beside.detach.connect(self.doing.detach)
        self.beside.opened.connect(lambda one: self.house.go(Place("map", one.id)))
        self.beside.asked.connect(self.doing.contribution)
        for keys, run in (
            ("Ins", self.doing.begin),
            ("Ctrl+P", self.doing.print),
            ("F6", self.topics.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(run)

    # the part, as the section sees it

    def show_case(self, case: Case) -> None:
        """Show the investigation of a case that runs, else the latest."""
        if self.case is None or self.case.id != case.id:
            self.form.leave()
            self.loaded, self._wanted = None, None
            self.complaint.clear()
        self.case = case
        self._ask()

    def want(self, part: str) -> None:
        """Go to an investigation by its id in hexadecimal, or go on with a draft."""
        what, _, key = part.partition(":")
        if what == "draft":
            self.house.tasks.query(self, Query(lambda r: r.draft(key), self._resume))
        elif len(part) == 32:
            self.choose(bytes.fromhex(part))

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        self.form.follow(touched)
        if any(kind in _FOLLOWS for kind, _entity in touched):
            self._ask()

    def leave(self) -> bool:
        """Save what is written."""
        return self.form.leave()

    # reading and showing

    @property
    def view(self) -> InvestigationView | None:
        """The investigation that is shown."""
        return None if self.loaded is None else self.loaded.view

    def choose(self, investigation: object) -> None:
        """Show an investigation of the case."""
        if isinstance(investigation, bytes):
            self._wanted = investigation
            self._ask()

    def _ask(self) -> None:
        case = self.case
        if case is None:
            return
        shown = None if self.view is None else self.view.investigation.id
        wanted = self._wanted or shown
        asked = self._asked = self._asked + 1

        def ask(reader: Reader) -> Loaded:
            found = investigations.of_case(reader, case.id)
            one = next((each for each in found if each.id == wanted), found[0] if found else None)
            if one is None:
                return Loaded(found, None, ())
            books = self.house.books
            view = investigation_views.view(reader, one.id, books.forms(reader), books.rules(reader))
            return Loaded(found, view, investigation_views.sources(reader, one))

        def show(loaded: Loaded) -> None:
            if asked == self._asked:
                self.loaded, self._wanted = loaded, None
                self._say()
                begun, self._begun = self._begun, None
                self._resume(begun)

        self.house.tasks.query(self, Query(ask, show))

    def _say(self) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        self._stack.setCurrentIndex(0 if loaded.view is None else 1)
        view = loaded.view
        if view is None:
            self.shown.emit()
            return
        self._sources.offer(loaded.links)
        self.header.show_loaded(loaded.all, view)
        self.mark.show_subject("investigation", view.investigation.id)
        self.beside.show_view(view)
        self.topics.show_spec(view.spec, frozenset(view.answers))
        self.form.show_form(self._shown(view.investigation, view.spec))

    def _shown(self, one: Investigation, spec: FormSpec) -> Shown:
        title = tr(INVESTIGATION_KIND_LABELS[one.kind])

        def answers(reader: Reader) -> dict[str, Id]:
            return {t: each.id for t, each in investigations.answers_of(reader, one.id).items()}

        return Shown(spec, one.id, one.stream, "investigation", title, answers)

    def _show_topic(self) -> None:
        """Show the topic the list stands on when what is filled in has been read."""
        if self.form.topic not in self.form.cards:
            topic = self.topics.topic
            if not self.form.show_topic(topic):
                self.topics.go_first()
        self.shown.emit()

    def _resume(self, draft: Draft | None) -> None:
        """Open what a draft is of, now or when the case has been read."""
        if draft is not None and self.loaded is None:
            self._begun = draft
        elif draft is not None:
            self.doing.resume(draft)
