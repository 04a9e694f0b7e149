"""Undersøgelse: the page of one child's screening, scoping or investigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.form_spec import FormSpec
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import INVESTIGATION_KIND_LABELS, Contribution, Investigation
from caseworker_app.domain.network_map import NetworkMap
from caseworker_app.i18n import N_
from caseworker_app.services import investigation_papers, investigation_views, investigations, map_versions
from caseworker_app.services.investigation_views import InvestigationView
from caseworker_app.services.journal_desk import Link
from caseworker_app.services.ports import Draft, Reader
from ui.house import House, Place
from ui.tasks import Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.investigation.beside import BesidePanel
from ui.widgets.investigation.header import InvestigationHeader, Nothing
from ui.widgets.investigation.keeping import Sources, keeping
from ui.widgets.investigation.topics import TopicList
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.topic_form.columns import Shown
from ui.widgets.topic_form.form import TopicForm
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
        self._house = house
        self._case: Case | None = None
        self._wanted: Id | None = None
        self._begun: Draft | None = None
        self._asked = 0
        self._sources = Sources()
        self.loaded: Loaded | None = None
        self.header, self.nothing = InvestigationHeader(self), Nothing(self)
        self.complaint = Complaint(self)
        self.topics, self.beside = TopicList(self), BesidePanel(self)
        self.form = TopicForm(house, keeping(house.books.forms, self._sources), one=True, parent=self)
        self.desk = PaperDesk(house, self)
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
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.complaint)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.topics)

    def _connect(self) -> None:
        self.topics.chosen.connect(self.form.show_topic)
        self.topics.wanted.connect(self.form.go_to)
        self.form.turned.connect(self.topics.go)
        self.form.loaded.connect(self._show_topic)
        self.header.wanted.connect(self._do)
        self.header.turned.connect(self.choose)
        self.nothing.wanted.connect(self.begin)
        self.desk.refused.connect(self.complaint.show_error)
        self.beside.attach.connect(self._attach)
        self.beside.detach.connect(self._detach)
        self.beside.opened.connect(lambda one: self._house.go(Place("map", one.id)))
        self.beside.asked.connect(self.contribution)
        for keys, run in (("Ins", self.begin), ("Ctrl+P", self.print), ("F6", self.topics.setFocus)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(run)

    # the part, as the section sees it

    def show_case(self, case: Case) -> None:
        """Show the investigation of a case that runs, else the latest."""
        if self._case is None or self._case.id != case.id:
            self.form.leave()
            self.loaded, self._wanted = None, None
            self.complaint.clear()
        self._case = case
        self._ask()

    def want(self, part: str) -> None:
        """Go to an investigation by its id in hexadecimal, or go on with a draft."""
        what, _, key = part.partition(":")
        if what == "draft":
            self._house.tasks.query(self, Query(lambda r: r.draft(key), self._resume))
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

    def choose(self, investigation: object) -> None:
        """Show an investigation of the case."""
        if isinstance(investigation, bytes):
            self._wanted = investigation
            self._ask()

    def _ask(self) -> None:
        case = self._case
        if case is None:
            return
        shown = self.loaded.view.investigation.id if self.loaded and self.loaded.view else None
        wanted = self._wanted or shown
        asked = self._asked = self._asked + 1

        def ask(reader: Reader) -> Loaded:
            found = investigations.of_case(reader, case.id)
            one = next((each for each in found if each.id == wanted), found[0] if found else None)
            if one is None:
                return Loaded(found, None, ())
            books = self._house.books
            view = investigation_views.view(reader, one.id, books.forms(reader), books.rules(reader))
            return Loaded(found, view, investigation_views.sources(reader, one))

        def show(loaded: Loaded) -> None:
            if asked == self._asked:
                self.loaded, self._wanted = loaded, None
                self._say()
                begun, self._begun = self._begun, None
                self._resume(begun)

        self._house.tasks.query(self, Query(ask, show))

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

    # what is done

    def _do(self, what: str) -> None:
        {
            "begin": self.begin, "print": self.print, "days": self.days, "conclude": self.conclude,
            "go_on": self.go_on, "preliminary": self.preliminary, "remove": self.remove,
        }[what]()  # fmt: skip

    def _current(self) -> Investigation | None:
        return None if self.loaded is None or self.loaded.view is None else self.loaded.view.investigation

    def _op(self, act: Any, said: str) -> None:
        self.complaint.clear()
        self._house.tasks.op(self, Op(act, said=said, failed=self.complaint.show_error))

    def begin(self) -> None:
        """Begin a new one."""
        from ui.dialogs import investigation_forms

        if self._case is not None:
            dialog = investigation_forms.begin(self._house, self._case, self)
            dialog.form.saved.connect(self.choose)
            dialog.open()

    def days(self) -> None:
        """Change the days."""
        from ui.dialogs import investigation_forms

        now = self._current()
        if self._case is not None and now is not None:
            investigation_forms.days(self._house, self._case, now, self).open()

    def contribution(self, found: Contribution | None = None) -> None:
        """Ask for a contribution, or write in one."""
        from ui.dialogs import investigation_forms

        now = self._current()
        if self._case is not None and now is not None:
            investigation_forms.contribution(self._house, self._case, now, self, found).open()

    def conclude(self) -> None:
        """End it today; another day is written among its days."""
        now = self._current()
        if now is not None:
            self.form.commit()
            self._op(
                lambda w: investigations.conclude(w, now.id, w.today),
                N_("The investigation is concluded today. Ctrl+Z takes it back."),
            )

    def go_on(self) -> None:
        """Take the end back."""
        now = self._current()
        if now is not None:
            self._op(lambda w: investigations.go_on(w, now.id), N_("The investigation goes on."))

    def preliminary(self) -> None:
        """Note the preliminary assessment today, and go to its words."""
        now, forms = self._current(), self._house.books.forms
        if now is None:
            return
        if now.preliminary_on is None:
            self._op(
                lambda w: investigations.assess_preliminarily(w, now.id, w.today, forms(w)),
                N_("The preliminary assessment is noted today. Ctrl+Z takes it back."),
            )
        self.form.go_to("preliminary")

    def remove(self) -> None:
        """Take it away."""
        now = self._current()
        if now is not None:
            self._op(
                lambda w: investigations.remove(w, now.id),
                N_("The investigation is removed. Ctrl+Z brings it back."),
            )

    def _attach(self, one: NetworkMap) -> None:
        now = self._current()
        if now is not None:
            said = N_("The map is attached and kept as it is. Ctrl+Z takes it off.")
            self._op(lambda w: map_versions.attach(w, one.id, now.id), said)

    def _detach(self, one: NetworkMap) -> None:
        self._op(
            lambda w: map_versions.detach(w, one.id), N_("The map is taken off. It stays kept as it was.")
        )

    def print(self) -> None:
        """Show it on paper; the attached maps are papers of their own, reached from their lines."""
        now, books = self._current(), self._house.books
        if now is None:
            return
        self.form.commit()
        self.complaint.clear()
        title = tr(INVESTIGATION_KIND_LABELS[now.kind])

        def ask(reader: Reader) -> Any:
            view = investigation_views.view(reader, now.id, books.forms(reader), books.rules(reader))
            lacking = tuple(map(str, view.missing_maps))
            return investigation_papers.job_of(reader, view, books.map_templates()), lacking

        def show(answer: Any) -> None:
            self.desk.preview(answer[0], title, title, tuple(map(tr, answer[1])))

        # what is being written is in the store before it is read for the paper
        self._house.tasks.op(self, Op(lambda w: ask(w), done=show, failed=self.complaint.show_error))

    def _resume(self, draft: Draft | None) -> None:
        """Open what a draft is of; what is written under a topic is there already."""
        if draft is None:
            return
        if self.loaded is None:
            self._begun = draft
            return
        kind, *rest = draft.key.split(":")
        if kind == "topics" and len(rest[-1]) == 32:
            self.choose(bytes.fromhex(rest[-1]))
        elif kind == "investigation" and rest[:1] == ["new"]:
            self.begin()
        elif kind == "investigation":
            self.days()
        elif kind == "contribution":
            view = self.loaded.view
            found = () if view is None else view.contributions
            self.contribution(next((one for one in found if one.id.hex() == rest[-1]), None))
