"""The visits of one child: planned and held, what stands in each journal, what was agreed; the plan's next one on top."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import entries
from caseworker_app.services.ports import Draft, Reader
from ui.house import House, Place
from ui.tasks import Touched
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Page
from ui.widgets.documents.strip import DocumentStrip
from ui.widgets.visits import words
from ui.widgets.visits.acts import VisitActs
from ui.widgets.visits.loading import loaded_of
from ui.widgets.visits.next_bar import NextBar
from ui.widgets.visits.sheet_page import SheetPage
from ui.widgets.visits.words import Loaded
from ui.words import bind_call


class VisitsRegister(Register[Loaded]):
    """``write_asked`` carries the visit to be written of."""

    write_asked = Signal(object)
    follows = frozenset(
        {
            "visit", "visit_note", "visit_agreement", "parents_entry", "home_facts", "screening_score", "entry",
            "entry_draft", "chosen_visit_plan", "case",
        }
    )  # fmt: skip
    carried = "visit"
    list_name = N_("Visits")
    nothing_yet = N_(
        "No visit yet. Plan one, or write one that was held: what was seen is written topic by topic, and what was "
        "agreed stands on I dag until it is done."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.acts = VisitActs(house, self)
        self._sheet_page = SheetPage(self.acts)
        self.next_bar = NextBar(self)
        self.next_bar.hide()
        self.next_bar.planned.connect(self.acts.plan_next)
        self.next_bar.chosen.connect(self.acts.choose_plan)
        self.next_bar.room.connect(lambda: house.go(Place("health")))
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.insertWidget(1, self.next_bar)
        self.documents = DocumentStrip(house, self)
        self.beneath.addWidget(self.documents)
        self.list.entered_line.connect(self.acts.write_current)
        bind_call(self, lambda: None if self.loaded is None else self.next_bar.say(self.loaded))

    def doings(self) -> list[Button]:
        return [
            (N_("Plan a visit (Ins)"), "Ins", lambda: self.acts.plan()),
            (N_("A visit was held …"), "", lambda: self.acts.write_held()),
            (N_("At the door (F9)"), "F9", lambda: self.acts.glance()),
            (N_("Score …"), "", lambda: self.acts.score()),
            (N_("Text for the investigation"), "", lambda: self.acts.copy_chosen()),
            (N_("The parents' journal …"), "", lambda: self.acts.parents_journal()),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        return loaded_of(reader, self.house.books, case)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        self.next_bar.say(loaded)
        self.buttons[4].setEnabled(bool(loaded.chosen))
        return [words.line_of(one, loaded.today) for one in loaded.visits]

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        one = loaded.one(key)
        self.documents.setVisible(one is not None)
        if one is None or self.case is None:
            return None
        self.documents.show_links(self.case.id, [entries.link_to("visit", one.visit.id)])
        return self._sheet_page.page(loaded, one)

    def follow(self, touched: Touched) -> None:
        super().follow(touched)
        self.documents.follow(touched)

    def resume(self, draft: Draft) -> None:
        from ui.dialogs import visit_forms

        kind, *rest = draft.key.split(":")
        if kind == "topics" and rest:
            self.write_asked.emit(bytes.fromhex(rest[0]))
            return
        if kind == "screening_score":
            self.acts.score()
            return
        if kind == "home_facts" and self.case is not None and self.loaded is not None:
            visit_forms.at_the_door(self.house, self.case, self, self.loaded.home).open()
            return
        if kind == "visit" and rest[:1] in (["new"], ["held"]):
            siblings = () if self.loaded is None else self.loaded.siblings
            self.acts.open(visit_forms.plan, self, held=rest[0] == "held", siblings=siblings)
            return
        self._resume_of_visit(kind, rest)

    def _resume_of_visit(self, kind: str, rest: list[str]) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        key = bytes.fromhex(rest[1] if rest[0] == "new" else rest[0])
        if kind == "visit_agreement":
            for one in loaded.visits:
                for agreed in one.view.agreements:
                    if agreed.id == key:
                        self.acts.agree(one.visit, agreed)
                        return
                if one.visit.id == key:
                    self.acts.agree(one.visit)
            return
        found = loaded.one(key)
        if found is not None:
            (self.acts.hold if rest[1:] == ["held"] else self.acts.change)(found.visit)
