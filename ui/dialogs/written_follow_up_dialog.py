"""A follow-up that is written: read, changed together with its talk in one act, given its talk, or taken back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.follow_up import ChildTalk, FollowUp, TalkState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import InterventionKind
from caseworker_app.i18n import N_
from caseworker_app.services import follow_up_pages, interventions, taking_back
from caseworker_app.services.follow_up_pages import NEW
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Reader, Writer
from ui.dialogs.fitting import resize
from ui.dialogs.written_follow_up_parts import (
    HELD_FIELDS,
    ROWS,
    TALK_ROWS,
    Sent,
    Written,
    about,
    added_key,
    label,
    marks,
    talk_key,
)
from ui.house import House
from ui.models.attendees import attendees
from ui.tasks import Query
from ui.widgets.follow_up import doing
from ui.widgets.follow_up.editors import WhoEditor
from ui.widgets.follow_up.hold_editors import PermittedChoice
from ui.widgets.form_bars import Footer
from ui.widgets.form_view import FormView, Row, Section
from ui.widgets.transfer_mark import TransferMark
from ui.words import bind, bind_call, tr

WIDTH, HEIGHT = 960, 1000


class WrittenFollowUpDialog(QDialog):
    """Opened with ``open()``; ``shown`` comes when everything stands there. Escape keeps drafts, Cancel lets them go."""

    shown = Signal()

    def __init__(self, house: House, case: Case, follow_up: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._house, self._case, self._follow_up = house, case, follow_up
        self.written: Written | None = None
        self.whole: FormView | None = None
        self.talks: dict[Id, FormView] = {}
        self.added: FormView | None = None
        self._sent = Sent()
        self.heading, self.about, self.marks = label("heading"), label("muted"), label("muted")
        self.footer, self.back, self.add = Footer(), QPushButton(), QPushButton()
        self._area, self._inner = QScrollArea(self), QWidget()
        self._column = QVBoxLayout(self._inner)
        self._nowhere = QWidget(self)
        self._nowhere.hide()
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        self.footer.save_pressed.connect(self.save)
        self.footer.cancel_pressed.connect(self._cancel)
        self.back.clicked.connect(self.take_back)
        self.add.clicked.connect(self.add_talk)
        bind_call(self, self._say)
        house.tasks.query(self, Query(self._read, self._show))

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "A follow-up that is written")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(12)
        self.footer.name_save(N_("Save (Ctrl+S)"))
        self.footer.save.setEnabled(False)
        self.back.setProperty("look", "quiet")
        self.back.setAutoDefault(False)
        bind(self.back.setText, "Take the follow-up back")
        bind(self.back.setToolTip, "It was written by mistake: the due date is open again. Ctrl+Z undoes it.")
        self.add.setAutoDefault(False)
        self.add.hide()
        bind(self.add.setText, "Write the talk with the child …")
        bind(
            self.add.setToolTip,
            "It becomes the journal note Børnesamtale, in the same act as what is changed here.",
        )
        foot = self.footer.layout()
        if foot is not None:
            foot.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        self.transferred = TransferMark(self._house, self)
        layout.addWidget(self.transferred)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.footer)
        resize(self, WIDTH, HEIGHT)

    def _read(self, reader: Reader) -> Written:
        view = follow_up_pages.view(reader, self._follow_up)
        found = interventions.known(reader, view.follow_up.intervention or b"")
        may = follow_up_pages.permitted(reader, self._house.books.rules(reader), view.follow_up)
        back = taking_back.foreseen(reader, self._follow_up)
        begun = reader.draft(added_key(self._follow_up)) is not None
        return Written(view, found, attendees(reader, self._case), may, back, begun)

    def _show(self, written: Written) -> None:
        self.written = written
        held = written.view.follow_up
        if held.held_on is None:
            self._area.hide()
            self.footer.save.hide()
            bind(self.footer.cancel.setText, "Close")
            self._say()
            resize(self, WIDTH, self.sizeHint().height())
            self.back.setFocus()
            self.shown.emit()
            return
        self.transferred.show_subject("follow_up", held.id)
        self.whole = self._form(FollowUp, ROWS)
        self.whole.shown.connect(self._arrange_whole)
        self.whole.edit(held.id)
        for talk in written.view.talks:
            self._show_talk(talk)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.setVisible(not written.view.talks and not self._case.unborn)
        self._column.addWidget(self.marks)
        self._column.addStretch(1)
        self._say()
        self.whole.shown.connect(self.whole.rows["held_on"].editor.setFocus)
        self.whole.shown.connect(self.shown)
        if written.begun and not self.add.isHidden():
            self.add_talk()

    def _show_talk(self, talk: ChildTalk) -> None:
        form = self._talk_form()
        self.talks[talk.id] = form
        form.edit(talk.id, talk_key(self._follow_up, talk.id))

    def _talk_form(self) -> FormView:
        form = self._form(ChildTalk, TALK_ROWS)
        form.shown.connect(lambda: self._arrange_talk(form))
        form.edited.connect(lambda _name: self._arrange_talk(form))
        return form

    def add_talk(self) -> None:
        """Show the fields of a talk that nobody has written yet; what it leaves empty is as at the follow-up."""
        if self.written is None or self.added is not None:
            return
        held = self.written.view.follow_up
        usual = {"held_on": held.held_on, "way": held.way, "participants": held.participants}
        self.added = form = self._talk_form()
        self._column.insertWidget(self._column.indexOf(self.add), form)
        if not self.written.begun:
            form.shown.connect(form.rows["state"].editor.setFocus)
        form.make(added_key(held.id), stream=held.stream, shown=lambda _reader: usual, about=held.id)
        self.add.hide()

    def _form(self, cls: type[Entity], rows: tuple[Row | Section, ...]) -> FormView:
        form = FormView(
            self._house, cls, rows, self._write, title=lambda _form: self._title(), refuse=self._refused,
            footer=False, keys_within=self._nowhere, parent=self._inner,
        )  # fmt: skip
        self._column.addWidget(form)
        form.dirty_changed.connect(lambda _dirty: self._announce())
        form.saved.connect(lambda _saved: self._done())
        self._house.tasks.touched.connect(form.follow)
        who = form.rows["participants"].editor
        if isinstance(who, WhoEditor) and self.written is not None:
            who.offer(self.written.people)
        return form

    @property
    def _forms(self) -> list[FormView]:
        return [form for form in (self.whole, *self.talks.values(), self.added) if form is not None]

    # what stands there

    def _title(self) -> str:
        name = "" if self.written is None else self.written.intervention.name
        return tr("Follow-up: {name}, {child}", name=name, child=self._case.first_name)

    def _say(self) -> None:
        written = self.written
        if written is None:
            return
        self.heading.setText(self._title())
        self.about.setText("\n".join(about(written)))
        said = marks(written.view)
        self.marks.setText("\n".join(said))
        self.marks.setVisible(bool(said))
        self._announce()

    def _arrange_whole(self) -> None:
        """Show the fields that belong to this intervention and to how this one may have been held."""
        written, form = self.written, self.whole
        if written is None or form is None:
            return
        found, held = written.intervention, written.view.follow_up
        form.rows["supervision"].setVisible(found.placement or held.supervision)
        ends = found.kind is InterventionKind.INSTITUTION or bool(held.towards_end)
        form.rows["towards_end"].setVisible(ends)
        form.rows["status"].setVisible(bool(held.status))
        way = form.rows["way"].editor
        if isinstance(way, PermittedChoice):
            way.permit(written.allowed.ways | {held.way})

    def _arrange_talk(self, form: FormView) -> None:
        state = form.rows["state"].editor
        held = state.value() is TalkState.HELD
        for name in HELD_FIELDS:
            form.rows[name].setVisible(held)
        form.rows["reason"].setVisible(not held)
        if isinstance(state, PermittedChoice) and self.written is not None:
            before = {talk.state for talk in self.written.view.talks}
            optional = self.written.allowed.talk_optional or TalkState.LEFT_OUT in before
            state.permit([one for one in TalkState if optional or one is not TalkState.LEFT_OUT])

    def _announce(self) -> None:
        dirty = any(form.dirty for form in self._forms)
        self.footer.save.setEnabled(dirty)
        self.footer.status.setText(tr("Not saved yet; a draft is kept.") if dirty else "")

    # keeping

    def save(self) -> None:
        """Write what was changed of the follow-up and of its talks, in one act; what cannot be read is shown first."""
        forms = [form for form in self._forms if form.form is not None]
        for view in forms:
            unread = () if view.form is None else view.form.unread
            for name in (name for name in view.rows if name in unread):
                try:
                    view.rows[name].editor.value()
                except InvalidInput as problem:
                    view.show_problem(problem)
                    return
        whole = {} if self.whole is None or self.whole.form is None else self.whole.form.edits()
        talks = {talk: one.form.edits() for talk, one in self.talks.items() if one.form is not None}
        added = {} if self.added is None or self.added.form is None else self.added.form.edits()
        self._sent = Sent(whole, {talk: edits for talk, edits in talks.items() if edits}, added)
        changed = [form for form in forms if form.dirty]
        if changed:
            changed[0].save()

    def _write(self, writer: Writer, entity: Id | None, _edits: Mapping[str, Edit]) -> Id:
        self._sent.write(writer, self._house.books.rules(writer), self._follow_up)
        return entity or self._follow_up

    def _refused(self, error: UserError) -> bool:
        """Show beside its field what is wrong in another form than the one that was saved from."""
        if not isinstance(error, InvalidInput):
            return False
        talk, _colon, name = error.field.rpartition(":")
        form = self._form_of(talk)
        if form is None or name not in form.rows:
            return False
        form.show_problem(InvalidInput(name, error.message, *error.ways_out, **error.values))
        return True

    def _form_of(self, talk: str) -> FormView | None:
        if talk == NEW:
            return self.added
        return self.talks.get(bytes.fromhex(talk)) if talk else self.whole

    def _done(self) -> None:
        for form in self._forms:
            if form.dirty:
                form.discard()
        self.close()

    def take_back(self) -> None:
        """Take the follow-up back, with its talk and marks; undo brings all of it again."""
        if self.written is not None:
            for form in self._forms:
                form.discard()
            doing.take_back(self._house, self.written.view.follow_up, self._house.tasks)
            self.close()

    def _cancel(self) -> None:
        for form in self._forms:
            form.discard()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the drafts, and go."""
        for form in self._forms:
            form.leave()
        event.accept()

    def reject(self) -> None:
        """Escape closes like the cross."""
        self.close()
