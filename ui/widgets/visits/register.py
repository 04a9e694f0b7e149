"""The visits of one child: planned and held, what stands in each journal, what was agreed; the plan's next one on top."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryDraft
from caseworker_app.domain.visit import Area, Side, Visit, VisitAgreement, VisitKind, VisitState
from caseworker_app.i18n import N_
from caseworker_app.services import (
    office,
    screening_scores,
    visit_journal,
    visit_papers,
    visit_plans,
    visit_views,
    visits,
)
from caseworker_app.services.books import Books
from caseworker_app.services.ports import Draft, Reader
from ui.house import House, Place
from ui.tasks import Query
from ui.widgets.assessment.line_list import ListLine
from ui.widgets.assessment.register import Button, Register
from ui.widgets.assessment.sheet import Doing, Facts, Page, Task
from ui.widgets.meeting.paper_desk import PaperDesk
from ui.widgets.visits import words
from ui.widgets.visits.words import Loaded, OneVisit
from ui.words import bind, bind_call, tr

TAKEN_BACK = N_("Done. Ctrl+Z takes it back.")


def loaded_of(reader: Reader, books: Books, case: Case) -> Loaded:
    """Read the visits of a case with everything their page shows."""
    forms, today = books.forms(reader), reader.today
    drafts: dict[Id | None, EntryDraft] = {one.source: one for one in reader.find(EntryDraft)}
    found = visit_views.of_case(reader, case.id)
    ones = []
    for visit in found:
        view = visit_views.view(reader, visit.id)
        ones.append(
            OneVisit(
                view,
                visit_journal.spec_of(forms, visit),
                drafts.get(visit.id),
                visit_journal.signed(reader, visit.id, Side.CHILD),
                visit_journal.parents_entries(reader, visit.id),
            )
        )
    followed = visit_plans.followed(reader, case)
    plan = visit_plans.rows(visit_plans.chosen(reader, books.visit_plans()), case, found) if followed else ()
    return Loaded(
        tuple(ones),
        screening_scores.of_case(reader, case.stream),
        visit_views.home_of(reader, case),
        plan,
        visit_plans.next_of(plan, today),
        visit_plans.pregnancy_due(case, found) if followed else None,
        len(visit_journal.for_investigation(reader, forms, case.id)),
        today,
        followed,
    )


class NextBar(QFrame):
    """What the visit plan expects next, and the buttons that plan it and choose another plan."""

    planned = Signal()
    chosen = Signal()
    room = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.plan_button, self.choose_button, self.room_button = (QPushButton(self) for _ in range(3))
        bind(self.plan_button.setText, "Plan it …")
        bind(self.choose_button.setText, "Visit plan …")
        bind(self.room_button.setText, "Familiecentral …")
        for quiet in (self.choose_button, self.room_button):
            quiet.setProperty("look", "quiet")
        self.room_button.clicked.connect(self.room)
        self.plan_button.clicked.connect(self.planned)
        self.choose_button.clicked.connect(self.chosen)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 6, 8, 6)
        across.setSpacing(8)
        across.addWidget(self.label, 1)
        across.addWidget(self.plan_button)
        across.addWidget(self.choose_button)
        across.addWidget(self.room_button)

    def say(self, loaded: Loaded) -> None:
        """Say what is expected; hidden where the plan is not followed."""
        self.setVisible(loaded.followed)
        due = loaded.pregnancy
        if due is not None and due.due is None:
            self.label.setText(
                tr("The term is missing: write it in the case, and the pregnancy visit is counted from it.")
            )
        elif due is not None and due.due is not None:
            day = words.day_words(due.due)
            if due.due < loaded.today:
                said = tr("The pregnancy visit was to be held by {day}, two months before term.", day=day)
            else:
                said = tr("The pregnancy visit is held by {day}, two months before term.", day=day)
            self.label.setText(said)
        elif loaded.next is not None:
            self.label.setText(words.plan_words(loaded.next))
        else:
            self.label.setText(tr("Nothing more is expected by the visit plan."))
        self.plan_button.setEnabled((due is not None and due.due is not None) or loaded.next is not None)


class VisitsRegister(Register[Loaded]):
    """``write_asked`` carries the visit to be written of."""

    write_asked = Signal(object)
    follows = frozenset(
        {
            "visit", "visit_note", "visit_agreement", "parents_entry", "home_facts", "screening_score", "entry",
            "entry_draft", "chosen_visit_plan", "case",
        }
    )  # fmt: skip
    name = N_("Visits")
    empty = N_(
        "No visit yet. Plan one, or write one that was held: what was seen is written topic by topic, and what was "
        "agreed stands on I dag until it is done."
    )

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.papers = PaperDesk(house, self)
        self.papers.refused.connect(self.complaint.show_error)
        self.next_bar = NextBar(self)
        self.next_bar.hide()
        self.next_bar.planned.connect(self.plan_next)
        self.next_bar.chosen.connect(self.choose_plan)
        self.next_bar.room.connect(lambda: house.go(Place("health")))
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.insertWidget(1, self.next_bar)
        self.list.entered_line.connect(self.write_current)
        bind_call(self, lambda: None if self.loaded is None else self.next_bar.say(self.loaded))

    def doings(self) -> list[Button]:
        return [
            (N_("Plan a visit (Ins)"), "Ins", self.plan),
            (N_("A visit was held …"), "", self.write_held),
            (N_("At the door (F9)"), "F9", self.glance),
            (N_("Score …"), "", self.score),
            (N_("Text for the investigation"), "", self.copy_chosen),
        ]

    def load(self, reader: Reader, case: Case) -> Loaded:
        return loaded_of(reader, self.house.books, case)

    def lines(self, loaded: Loaded) -> list[ListLine]:
        self.next_bar.say(loaded)
        self.buttons[4].setEnabled(bool(loaded.chosen))
        return [words.line_of(one, loaded.today) for one in loaded.visits]

    # the sheet

    def page(self, loaded: Loaded, key: Id) -> Page | None:
        one = loaded.one(key)
        if one is None:
            return None
        visit = one.visit
        return Page(
            words.kind_words(visit),
            words.when_words(visit),
            self._minds(one),
            tasks_heading=tr("Agreed on the visit") if one.view.agreements else "",
            tasks=tuple(self._agreement(one, agreed, loaded) for agreed in one.view.agreements),
            facts=(
                Facts("", (), self._doings(one)),
                *self._journals(one),
                self._scores(loaded, visit),
                *self._home(loaded),
            ),
        )

    def _minds(self, one: OneVisit) -> tuple[str, ...]:
        visit, found = one.visit, []
        if visit.state is VisitState.PLANNED and visit.purpose:
            found.append(visit.purpose)
        if one.draft is not None:
            found.append(tr("The entry in the child's journal is not signed yet."))
        if one.view.side(Side.PARENTS) and not one.parents and visit.state is VisitState.HELD:
            found.append(tr("The parents' part is not signed yet."))
        return (" ".join(found),) if found else ()

    def _agreement(self, one: OneVisit, agreed: VisitAgreement, loaded: Loaded) -> Task:
        what, quiet, tone = words.agreement_words(agreed, loaded.today)
        done = agreed.done_on is not None
        settle = partial(
            self.do,
            lambda w: visits.settle_agreement(w, agreed.id, None if done else w.today),
            TAKEN_BACK,
        )
        tick = Doing(tr("Not done") if done else tr("Done today"), settle)
        change = Doing(tr("Change …"), partial(self.agree, one.visit, agreed))
        return Task(what, quiet, done, (tick, change), "soon" if tone == "done" else tone)

    def _journals(self, one: OneVisit) -> tuple[Facts, ...]:
        found = []
        for area in Area:
            rows = words.rows_of(one, area)
            if rows:
                copy = Doing(
                    tr("Copy this heading"), partial(self.copy, one, area), about=words.heading_of(area)
                )
                found.append(Facts(words.area_words(area), rows, (copy, *self._side_doings(one, area))))
        for entry in one.parents:
            if entry.corrects is not None:
                found.append(
                    Facts(
                        tr("Correction in the parents' journal"),
                        ((words.day_words(entry.written_on), entry.text),),
                    )
                )
        return tuple(found)

    def _side_doings(self, one: OneVisit, area: Area) -> tuple[Doing, ...]:
        side = area.side
        last = [a for a in visit_journal.AREAS[side] if words.rows_of(one, a)][-1]
        if area is not last:
            return ()
        about = tr("the child's journal") if side is Side.CHILD else tr("the parents' journal")
        doings = [Doing(tr("On paper …"), partial(self.print_side, one.visit, side), about=about)]
        if side is Side.CHILD and one.draft is not None:
            doings.append(
                Doing(tr("Go to the entry and sign"), partial(self._to_entry, one.draft.id), primary=True)
            )
        elif side is Side.PARENTS and not one.parents and one.visit.held_on is not None:
            doings.append(
                Doing(tr("Sign in the parents' journal"), partial(self.sign_parents, one.visit), primary=True)
            )
        elif side is Side.PARENTS and one.parents:
            doings.append(Doing(tr("Correct …"), partial(self.correct_parents, one)))
        return tuple(doings)

    def _scores(self, loaded: Loaded, visit: Visit) -> Facts:
        rows = tuple(
            words.score_words(score)
            for score in loaded.scores
            if score.visit == visit.id or (score.visit is None and score.taken_on == visit.held_on)
        )
        return Facts(tr("Scores"), rows)

    def _home(self, loaded: Loaded) -> tuple[Facts, ...]:
        home = loaded.home
        if home is None:
            return ()
        rows = (
            (tr("Dog or other animals"), home.dog),
            (tr("How one comes in"), home.way_in),
            (tr("To mind"), home.mind),
        )
        return (Facts(tr("At the door"), rows),)

    def _doings(self, one: OneVisit) -> tuple[Doing, ...]:
        visit, about = one.visit, tr("the visit")
        found: list[Doing] = []
        if visit.state is VisitState.CALLED_OFF:
            return (Doing(tr("Remove"), partial(self._remove, visit), about=about),)
        held = visit.state is VisitState.HELD
        if not held:
            found.append(Doing(tr("It was held …"), partial(self.hold, visit), primary=True, about=about))
        found.append(
            Doing(
                tr("Write of it (Enter)"), partial(self.write_asked.emit, visit.id), primary=held, about=about
            )
        )
        found.append(Doing(tr("Agree …"), partial(self.agree, visit), about=about))
        found.append(Doing(tr("Sheet to take along …"), partial(self.sheet_paper, visit), icon="print"))
        if self.loaded is not None and self.loaded.followed and not held:
            found.append(Doing(tr("Copy a text message"), partial(self.copy_message, visit)))
        found.append(Doing(tr("Change …"), partial(self.change, visit), about=about))
        if not held:
            off = lambda w: visits.call_off(w, visit.id)  # noqa: E731
            found.append(
                Doing(
                    tr("Call off"),
                    partial(self.do, off, N_("The visit is called off. Ctrl+Z takes it back.")),
                )
            )
        found.append(Doing(tr("Remove"), partial(self._remove, visit), about=about))
        return tuple(found)

    # what is done

    def _open(self, make: Callable[..., object], *args: object, **values: object) -> None:
        if self.case is None:
            return
        dialog = make(self.house, self.case, *args, **values)
        form = getattr(dialog, "form", None)
        if form is not None:
            form.saved.connect(self.saved)
        dialog.open()  # type: ignore[attr-defined]  # every maker returns a dialog

    def plan(self) -> None:
        """Plan a visit."""
        from ui.dialogs import visit_forms

        self._open(visit_forms.plan, self)

    def plan_next(self) -> None:
        """Plan what the visit plan expects next."""
        from ui.dialogs import visit_forms

        loaded = self.loaded
        if loaded is None:
            return
        if loaded.pregnancy is not None:
            values: dict[str, object] = {"kind": VisitKind.PREGNANCY}
        elif loaded.next is not None:
            step = loaded.next.expected.step
            values = {"kind": VisitKind.SCHEDULED, "step": step.id, "purpose": step.name}
        else:
            return
        self._open(visit_forms.plan, self, values)

    def write_held(self) -> None:
        """Write a visit that was held and never planned."""
        from ui.dialogs import visit_forms

        self._open(visit_forms.plan, self, held=True)

    def hold(self, visit: Visit) -> None:
        """Say that a visit was held."""
        from ui.dialogs import visit_forms

        self._open(visit_forms.hold, visit, self)

    def change(self, visit: Visit) -> None:
        """Change a visit."""
        from ui.dialogs import visit_forms

        self._open(visit_forms.change, visit, self)

    def agree(self, visit: Visit, agreed: VisitAgreement | None = None) -> None:
        """Write what was agreed, or change it."""
        from ui.dialogs import visit_forms

        if self.case is not None:
            visit_forms.agreement(self.house, self.case, visit, self, agreed).open()

    def score(self) -> None:
        """Record a score."""
        from ui.dialogs import visit_forms

        one = None if self.loaded is None else self.loaded.one(self.list.key)
        if self.case is not None:
            visit_forms.score(self.house, self.case, self, None if one is None else one.visit).open()

    def glance(self) -> None:
        """Show what one looks at before the door."""
        from ui.dialogs.visit_glance import VisitGlance

        if self.case is not None:
            VisitGlance(self.house, self.case.id, self.list.key, self).open()

    def choose_plan(self) -> None:
        """Choose which visit plan is followed here."""
        from ui.dialogs.visit_plan_dialog import VisitPlanDialog

        VisitPlanDialog(self.house, self).open()

    def write_current(self) -> None:
        """Write of the visit the cursor is on."""
        key = self.list.key
        one = None if self.loaded is None else self.loaded.one(key)
        if one is not None and one.visit.state is not VisitState.CALLED_OFF:
            self.write_asked.emit(one.visit.id)

    def _remove(self, visit: Visit) -> None:
        self.do(lambda w: visits.remove(w, visit.id), N_("The visit is removed. Ctrl+Z brings it back."))

    def sign_parents(self, visit: Visit) -> None:
        """Sign the parents' part."""
        books = self.house.books
        self.do(
            lambda w: visit_journal.sign_parents(w, books.forms(w), visit.id),
            N_("Signed in the parents' journal."),
        )

    def correct_parents(self, one: OneVisit) -> None:
        """Write the correction of a signed entry of the parents' journal."""
        from ui.dialogs.parents_entry_dialog import ParentsEntryDialog

        ParentsEntryDialog(self.house, one.parents[-1], self).open()

    def _to_entry(self, draft: Id) -> None:
        if self.case is not None:
            self.house.go(Place("case", self.case.id, f"journal:entries:{draft.hex()}"))

    # what leaves

    def copy(self, one: OneVisit, area: Area) -> None:
        """Put one heading on the clipboard, ready for the record system."""
        text = visit_journal.copied(one.spec, one.visit, one.view.notes.values(), area)
        QApplication.clipboard().setText(text)
        self.house.say(tr("{heading} is on the clipboard, and nothing else.", heading=words.heading_of(area)))

    def copy_chosen(self) -> None:
        """Put the points that may go to the investigation on the clipboard."""
        case, books = self.case, self.house.books
        if case is None:
            return

        def show(text: str) -> None:
            QApplication.clipboard().setText(text)
            self.house.say(tr("The chosen points are on the clipboard."))

        def ask(reader: Reader) -> str:
            points = visit_journal.for_investigation(reader, books.forms(reader), case.id)
            return visit_journal.investigation_text(points)

        self.house.tasks.query(self, Query(ask, show))

    def copy_message(self, visit: Visit | None) -> None:
        """Put a text message on the clipboard: no name, nothing sensitive."""

        def show(text: str) -> None:
            QApplication.clipboard().setText(text)
            self.house.say(tr("The text message is on the clipboard."))

        ask = Query(lambda r: visit_plans.message(visit, office.house(r).worker.name), show)
        self.house.tasks.query(self, ask)

    def print_side(self, visit: Visit, side: Side) -> None:
        """Show the paper of one journal."""
        books, title = self.house.books, tr("Paper for one journal")
        self.complaint.clear()
        ask = Query(
            lambda r: visit_papers.journal_job(r, books.forms(r), visit.id, side),
            lambda job: self.papers.preview(job, title, title),
        )
        self.house.tasks.query(self, ask)

    def sheet_paper(self, visit: Visit) -> None:
        """Show the sheet to take along."""
        books, title = self.house.books, tr("Sheet for a visit")
        self.complaint.clear()
        ask = Query(
            lambda r: visit_papers.sheet(r, books, visit.id),
            lambda job: self.papers.preview(job, title, title),
        )
        self.house.tasks.query(self, ask)

    def resume(self, draft: Draft) -> None:
        from ui.dialogs import visit_forms

        kind, *rest = draft.key.split(":")
        if kind == "topics" and rest:
            self.write_asked.emit(bytes.fromhex(rest[0]))
            return
        if kind == "screening_score":
            self.score()
            return
        if kind == "home_facts" and self.case is not None and self.loaded is not None:
            visit_forms.at_the_door(self.house, self.case, self, self.loaded.home).open()
            return
        if kind == "visit" and rest[:1] in (["new"], ["held"]):
            self._open(visit_forms.plan, self, held=rest[0] == "held")
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
                        self.agree(one.visit, agreed)
                        return
                if one.visit.id == key:
                    self.agree(one.visit)
            return
        found = loaded.one(key)
        if found is not None:
            (self.hold if rest[1:] == ["held"] else self.change)(found.visit)
