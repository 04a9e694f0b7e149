"""Writing an entry: the form, a text for each sibling, and beside them what is open in the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import SavedPhrase
from caseworker_app.i18n import N_
from caseworker_app.services import open_tasks
from caseworker_app.services.open_tasks import OpenTask
from ui.house import House
from ui.tasks import Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.follow_up.editors import WhoEditor
from ui.widgets.form_bars import NoticeBar
from ui.widgets.journal.editors import LinksEditor, SiblingsEditor
from ui.widgets.journal.entry_form import EntryForm
from ui.widgets.journal.known import Known, load
from ui.widgets.journal.light_edit import LightEditor
from ui.widgets.journal.phrase_popup import PhrasePopup
from ui.widgets.journal.sibling_parts import SiblingParts
from ui.widgets.journal.tasks_beside import TasksBeside
from ui.widgets.journal.unsaved import gathered, unreadable
from ui.widgets.today import due_words
from ui.words import bind, tr

TASKS_WIDTH = 256
_ASKED_KINDS = frozenset(
    {"agreement", "network_task", "deadline_mark", "follow_up", "intervention", "notification", "plan", "case",
     "investigation", "party_hearing", "rhythm_decision", "child_talk", "saved_phrase", "entry_draft", "goal",
     "network_map", "person", "document", "visit", "visit_agreement", "meeting"}
)  # fmt: skip
"""A change in one of these is a change in what is open, in the phrases or in what can be named."""


class WritingPane(QWidget):
    """``signed`` carries the ids of the entries that were signed, ``gone`` comes when nothing is written any more."""

    signed = Signal(object)
    gone = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self.draft: Id | None = None
        self._case: Case | None = None
        self._known: Known | None = None
        self._phrases: Sequence[SavedPhrase] = ()
        self.notice, self.complaint = NoticeBar(), Complaint(self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = QWidget()
        self.form = EntryForm(house, self, self._sheet)
        self.parts = SiblingParts(house, self._sheet)
        self.tasks = TasksBeside(self)
        self.sign_button, self.discard_button = QPushButton(self), QPushButton(self)
        self.sign_button.setProperty("look", "primary")
        bind(self.sign_button.setText, "Sign (Ctrl+Enter)")
        bind(self.discard_button.setText, "Discard")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(0, 0, 8, 0)
        sheet.setSpacing(0)
        sheet.addWidget(self.form)
        sheet.addWidget(self.parts)
        sheet.addStretch(1)
        self._area.setWidget(self._sheet)
        self.form.footer.save.setProperty("look", "")
        self.form.footer.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]  # it has one
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.sign_button)
        buttons.addWidget(self.form.footer)
        buttons.addStretch(1)
        buttons.addWidget(self.tasks.unfold_button)
        buttons.addWidget(self.discard_button)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.notice)
        left.addWidget(self.complaint)
        left.addWidget(self._area, 1)
        left.addWidget(self.form.footer.status)
        left.addLayout(buttons)
        self.tasks.setFixedWidth(TASKS_WIDTH)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addLayout(left, 1)
        across.addWidget(self.tasks)

    def _connect(self) -> None:
        self.sign_button.clicked.connect(self.sign)
        self.discard_button.clicked.connect(self.discard)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.sign)
        self.form.edited.connect(lambda name: self._show_parts() if name == "siblings" else None)
        self.form.shown.connect(self._show_parts)
        self.form.shown.connect(self.form.text.setFocus)
        self.form.text.phrase_wanted.connect(lambda: self.offer_phrases(self.form.text))
        self.parts.phrase_wanted.connect(self.offer_phrases)
        self.tasks.ticked.connect(self.close_task)
        self.tasks.opened.connect(self._open_task)

    # what is written

    def write(self, draft: Id, case: Case) -> None:
        """Go on writing an entry."""
        self._case = case
        if draft != self.draft:
            self.draft, self._known = draft, None
            self.complaint.clear()
            self.notice.clear()
            self.parts.clear()
            self.form.edit(draft)
        self._ask()

    def _ask(self) -> None:
        draft, case, books = self.draft, self._case, self._house.books
        if draft is None or case is None:
            return

        def show(known: Known | None) -> None:
            if draft == self.draft:
                self._show_known(known)

        self._house.tasks.query(self, Query(lambda reader: load(reader, books, draft), show))

    def _show_known(self, known: Known | None) -> None:
        if known is None:  # signed or discarded elsewhere
            self.draft = None
            self.gone.emit()
            return
        before, self._known = self._known, known
        self._keep_phrases(known.phrases)
        self.tasks.show_tasks(known.tasks)
        if before is None or before.people != known.people:
            who = self.form.editor("participants")
            if isinstance(who, WhoEditor):
                who.offer(known.people)
        if before is None or before.links != known.links:
            links = self.form.editor("links")
            if isinstance(links, LinksEditor):
                links.offer(known.links)
        if before is None or before.siblings != known.siblings:
            others = self.form.editor("siblings")
            if isinstance(others, SiblingsEditor):
                others.offer(known.siblings)
        self.form.rows["siblings"].setVisible(bool(known.siblings))
        self._say_corrects(known)
        self._show_parts()

    def _say_corrects(self, known: Known) -> None:
        first = known.view.corrected
        if first is None:
            self.notice.clear()
            return
        day = first.written_on or first.held_on

        def say() -> tuple[str, str]:
            named = "" if day is None else long_date(day, i18n.current().language)
            return tr("This corrects the entry of {day}, which stays as it was signed.", day=named), ""

        self.notice.tell(say)

    def _show_parts(self) -> None:
        known, draft = self._known, self.draft
        if known is None or draft is None or self.form.form is None:
            return
        chosen = self.form.value("siblings") or frozenset()
        self.parts.show_parts(draft, known.cases(chosen))
        self._keep_phrases(known.phrases)

    # signed, discarded

    def sign(self) -> None:
        """Save it and sign it into the journal of each child."""
        draft = self.draft
        self.complaint.clear()
        if draft is None or not self.sign_button.isEnabled() or unreadable(self.form, self.parts):
            return
        unsaved = gathered(draft, self.form, self.parts)

        def done(made: tuple[Id, ...]) -> None:
            self._rest(False)
            self.draft = None
            self.parts.clear()
            self.signed.emit(made)

        self._rest(True)
        said = N_("Signed. What was wrong is said in a new entry that corrects it.")
        self._house.tasks.op(self, Op(unsaved.sign, done, said, self._refused))

    def _rest(self, resting: bool) -> None:
        """Take nothing more in while it is signed."""
        for widget in (self._sheet, self.sign_button, self.discard_button, self.form.footer):
            widget.setEnabled(not resting)

    def _refused(self, error: UserError) -> None:
        self._rest(False)
        if isinstance(error, InvalidInput) and error.field in self.form.rows:
            self.form.show_problem(error)
        else:
            self.complaint.show_error(error)

    def discard(self) -> None:
        """Take it back; undo brings it again."""
        draft = self.draft
        if draft is None:
            return
        unsaved = gathered(draft, self.form, self.parts)

        def gone(_nothing: None) -> None:
            self._rest(False)
            self.draft = None
            self.parts.clear()
            self.gone.emit()

        self._rest(True)
        said = N_("The entry is discarded. Ctrl+Z brings it back.")
        self._house.tasks.op(self, Op(unsaved.discard, gone, said, self._refused))

    # tasks beside it

    def held_on(self) -> dt.date | None:
        """Return the day that stands in the form, ``None`` when there is none that can be read."""
        try:
            day = self.form.editor("held_on").value()
        except InvalidInput:
            return None
        return day if isinstance(day, dt.date) else None

    def close_task(self, task: OpenTask) -> None:
        """Close a task with the day that was held, today when none is written."""
        day = self.held_on()

        def failed(error: UserError) -> None:
            self.tasks.untick(task)
            self.complaint.show_error(error)

        said = N_("Done on the day it was held. Ctrl+Z opens it again.")
        op = Op(lambda w: open_tasks.close(w, task, day or w.today), said=said, failed=failed)
        self._house.tasks.op(self, op)

    def _open_task(self, task: OpenTask) -> None:
        if task.deadline is not None:
            self._house.go(due_words.place_of(task.deadline))

    # phrases

    def _keep_phrases(self, found: Sequence[SavedPhrase]) -> None:
        self._phrases = found
        named = {phrase.title.casefold(): phrase.text for phrase in found}
        for form in (self.form, *self.parts.forms):
            editor = form.rows["text"].editor
            if isinstance(editor, LightEditor):
                editor.text.phrases = named

    def offer_phrases(self, editor: LightEditor) -> None:
        """Offer the worker's phrases at the cursor."""
        popup = PhrasePopup(self._phrases, self)
        popup.chosen.connect(editor.insert)
        popup.edit_pressed.connect(self._edit_phrases)
        corner = editor.text.cursorRect().bottomLeft() + QPoint(0, 8)
        popup.open_below(editor.text, corner)

    def _edit_phrases(self) -> None:
        from ui.dialogs.phrases_dialog import PhrasesDialog

        PhrasesDialog(self._house, self).open()

    # as the part sees it

    def follow(self, touched: Touched) -> None:
        """Ask again for what changed; not while it is being signed, which changes it for the last time."""
        if self.draft is None or not self.sign_button.isEnabled():
            return
        self.form.follow(touched)
        self.parts.follow(touched)
        kinds = {kind for kind, _id in touched}
        if kinds & _ASKED_KINDS:
            self._ask()

    def leave(self) -> bool:
        """Keep the drafts."""
        left = [form.leave() for form in (self.form, *self.parts.forms)]
        return all(left)
