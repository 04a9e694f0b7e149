"""Holding a follow-up in one flow: drafts while it is typed, saved in one act."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.i18n import N_
from caseworker_app.services import (
    caseload_deadlines,
    courses,
    families,
    follow_up_pages,
    follow_up_terms,
    follow_ups_together,
    next_follow_up,
)
from caseworker_app.services.deadline import Deadline, Work
from caseworker_app.services.follow_up_pages import Opening
from caseworker_app.services.ports import Draft, Reader, Writer
from ui.dialogs.fitting import resize
from ui.house import House
from ui.models.attendees import attendees
from ui.tasks import Op, Query
from ui.widgets.follow_up.doing import hold_key
from ui.widgets.follow_up.hold_form import Begun, HoldForm
from ui.widgets.form_bars import Footer, NoticeBar
from ui.widgets.form_drafts import DraftKeeper
from ui.words import bind, bind_call, error_words, tr

WIDTH, HEIGHT = 960, 1000
_FIELD_OF = {"talk": "state", "value": "", "words": "", "marked_on": "held_on"}
"""Where a refusal is shown, when it names something that is no field of the form."""


class FollowUpDialog(QDialog):
    """Holds a follow-up of ``intervention``. ``shown`` comes when its form stands there, ``saved`` with the follow-up.

    Escape and the cross keep the draft; Cancel lets it go.
    """

    shown = Signal()
    saved = Signal(object)

    def __init__(
        self, house: House, case: Case, intervention: Id, due: dt.date | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._case, self._intervention, self._due = house, case, intervention, due
        self._draft_stream, self._saving = case.stream, False
        self.form: HoldForm | None = None
        self.heading, self.notice, self.footer = QLabel(self), NoticeBar(), Footer()
        self._area = QScrollArea(self)
        self.keeper = DraftKeeper(house, self._draft, self)
        self._lay_out()
        self._ask_again = QTimer(self)
        self._ask_again.setSingleShot(True)
        self._ask_again.setInterval(150)
        self._ask_again.timeout.connect(self._permit)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(self.save)
        self.footer.save_pressed.connect(self.save)
        self.footer.cancel_pressed.connect(self._cancel)
        bind_call(self, self._say)
        key = hold_key(intervention)
        house.tasks.query(
            self, Query(lambda r: (self._begin(r, due, None), r.draft(key)), lambda found: self._show(*found))
        )

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "Hold a follow-up")
        self.heading.setProperty("look", "heading")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.footer.name_save(N_("Save the follow-up (Ctrl+S)"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 16, 12)
        layout.setSpacing(8)
        for widget in (self.heading, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.footer)
        resize(self, WIDTH, HEIGHT)

    def _begin(
        self, reader: Reader, due: dt.date | None, on: dt.date | None, *, contact: bool = False
    ) -> Begun:
        """Read what the form opens with, on the reading thread. ``contact``: it is to settle no due date."""
        book = self._house.books.rules(reader)
        opening = follow_up_pages.opening(reader, book, self._intervention, due, on)
        if contact:
            free = follow_up_terms.allowed(reader, None, opening.intervention, None, on or reader.today)
            opening = replace(opening, item=None, allowed=free)
        item = opening.item
        day = next_follow_up.suggested(
            reader, book, opening.intervention, on or reader.today, None if item is None else item.due
        )
        return Begun(
            self._case,
            opening,
            attendees(reader, self._case),
            reader.today,
            day,
            _siblings(reader, self._house, self._case, self._intervention),
            _law_date(reader, self._house, opening),
            follow_ups_together.offered(reader, book, self._case.id, on),
        )

    def _show(self, begun: Begun, draft: Draft | None) -> None:
        form = HoldForm(begun)
        self.form = form
        self._area.setWidget(form)
        self.keeper.begin(hold_key(self._intervention), there=draft is not None)
        if draft is not None:
            form.resume({name: plain for name, (plain, _heads) in draft.fields.items()})
            form.arrange()
            self.notice.tell(lambda: (tr("A draft was fetched."), tr("Discard")), self._discard)
        form.edited.connect(self._edited)
        form.left.connect(lambda _name: self.keeper.flush())
        self._say()
        first = "towards_end" if "towards_end" in form.rows else "held_on"
        form.rows[first].editor.setFocus()
        self._permit()
        self.shown.emit()

    def _say(self) -> None:
        form = self.form
        if form is not None:
            name = form.begun.opening.intervention.name
            child = self._case.first_name
            self.heading.setText(tr("Follow-up: {name}, {child}", name=name, child=child))
            self.footer.status.setText(tr("Not saved yet; a draft is kept.") if form.touched() else "")

    def _edited(self, name: str) -> None:
        self.keeper.note()
        self._say()
        if name in ("due", "held_on"):
            self._ask_again.start()

    def _permit(self) -> None:
        """Ask how this one may be held, now that due date or day are others, and when the next one is due."""
        form = self.form
        if form is None:
            return
        try:
            due, on = form.value("due"), form.value("held_on")
        except InvalidInput:
            return

        def show(begun: Begun) -> None:
            if self.form is form:
                form.permit(begun)
                form.arrange()

        ask = Query(lambda r: self._begin(r, due, on, contact=due is None), show)
        self._house.tasks.query(self, ask)

    # keeping

    def _draft(self) -> Draft | None:
        form = self.form
        typed = {} if form is None else form.touched()
        if form is None or not typed:
            return None
        name = form.begun.opening.intervention.name
        title = tr("Follow-up: {name}, {child}", name=name, child=self._case.first_name)
        fields: dict[str, tuple[Plain, tuple[Id, ...]]] = {
            field: (plain, ()) for field, plain in typed.items()
        }
        key = hold_key(self._intervention)
        return Draft(key, "follow_up", self._intervention, self._draft_stream, title, fields)

    def _discard(self) -> None:
        self.keeper.drop()
        query = Query(lambda r: (self._begin(r, self._due, None), None), lambda found: self._show(*found))
        self._house.tasks.query(self, query)

    def save(self) -> None:
        """Write the follow-up with its talk, marks and entry, in one act; what cannot be read is pointed out first."""
        form = self.form
        if form is None or self._saving:
            return
        for name in form.rows:
            if form.problem_of(name) is not None:
                self._go_to(name)
                return
        held, own, others = form.held(), form.own(), form.others()
        house, key = self._house, hold_key(self._intervention)

        def run(writer: Writer) -> Id:
            made = follow_ups_together.hold(writer, house.books.rules(writer), held, own, others)
            writer.drop_draft(key)
            return made[0]

        self._saving = True
        self.keeper.hold()
        self.notice.clear()
        op = Op(run, done=self._saved, said="The follow-up is written.", failed=self._failed)
        house.tasks.op(self, op)

    def _saved(self, follow_up: Id) -> None:
        self.form = None
        self.saved.emit(follow_up)
        self.close()

    def _failed(self, error: UserError) -> None:
        self._saving = False
        self.keeper.release()
        form = self.form
        name = _row_of(error.field) if isinstance(error, InvalidInput) else ""
        if form is not None and name in form.rows and isinstance(error, InvalidInput):
            form.rows[name].say_problem(error)
            self._go_to(name)
            return
        sentence, ways_out = error_words(error)
        self.notice.tell(lambda: (" ".join((sentence, *ways_out)), ""), look="warning")

    def _go_to(self, name: str) -> None:
        if self.form is not None:
            row = self.form.rows[name]
            row.setVisible(True)
            row.editor.setFocus()
            QTimer.singleShot(0, row, lambda: self._area.ensureWidgetVisible(row, 0, 24))

    def _cancel(self) -> None:
        self.keeper.drop()
        self.form = None
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the draft, and go: Qt's own answer to the cross is to reject, which would close again."""
        self.keeper.flush()
        event.accept()

    def reject(self) -> None:
        """Escape closes like the cross."""
        self.close()


def _row_of(field: str) -> str:
    """Return the row in which a refusal is shown; a sibling's stands under the key of its intervention."""
    child, colon, own = field.rpartition(":")
    return f"{child}{colon}{_FIELD_OF.get(own, own)}"


def _siblings(reader: Reader, house: House, case: Case, intervention: Id) -> tuple[Deadline, ...]:
    """Return what a visit for this could settle for other children of the family."""
    book = house.books.rules(reader)
    active = [one for one in reader.find(Case) if one.active or one.id == case.id]
    group = next(g for g in families.families(reader, active) if case.id in {one.id for one in g.cases})
    if len(group.cases) < 2:
        return ()
    found = caseload_deadlines.of_caseload(reader, book, group.cases)
    every = [one for each in found for one in each.open]
    own = [one for one in every if one.subject == intervention and one.work is Work.FOLLOW_UP]
    return () if not own else tuple(o for o in families.together(own[0], every) if o.case.id != case.id)


def _law_date(reader: Reader, house: House, opening: Opening) -> DueItem | None:
    """Return the statutory follow-up that this one settles too, where the local rule is what it is held by."""
    item = opening.item
    if item is None or item.law:
        return None
    course = courses.course_of(reader, opening.intervention)
    items = courses.law_items(house.books.rules(reader), course, reader.today + caseload_deadlines.CASE_AHEAD)
    waiting = [one for one in items if one.rule in courses.FOLLOW_UP_RULES and not one.settled]
    return min(waiting, key=lambda one: one.due, default=None)
