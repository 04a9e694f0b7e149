"""The entries of a child's journal: the list at the left, at the right the one that is read or written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from caseworker_app.domain.agreement import AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryDraft
from caseworker_app.i18n import N_
from caseworker_app.services import entries, journal, journal_desk, journal_hints
from caseworker_app.services.journal_desk import EntryView, JournalRow, Link
from caseworker_app.services.journal_hints import Hint
from caseworker_app.services.ports import Reader, Writer
from ui.house import House, Place
from ui.tasks import Op, Query, Touched
from ui.widgets.journal.reading import ReadingPane
from ui.widgets.journal.side import JournalSide
from ui.widgets.journal.writing import WritingPane
from ui.widgets.tasks.agreeing import agree_at
from ui.widgets.time_used import use_time
from ui.widgets.transfer_mark import TransferMark
from ui.words import bind_call, tr

_LISTED = frozenset({"entry", "entry_draft"})
_HINTED = frozenset({"meeting", "follow_up", "party_hearing", "visit"})
_PLACES = {"goal": "plan", "network_map": "maps", "follow_up": "follow_up", "visit": "visits"}
"""Where in the case a link leads."""


class EntriesPart(QWidget):
    """``shown`` comes when a case's list stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._open: Id | None = None
        self._fresh: Id | None = None
        self._opens_first = False
        self.side = JournalSide(house, self)
        self.model, self.list, self.hints = self.side.model, self.side.list, self.side.hints
        self.kinds, self.new_button, self.count = self.side.kinds, self.side.new_button, self.side.count
        self.right = QStackedWidget(self)
        self.empty = QLabel(self.right)
        self.reading, self.writing = ReadingPane(self.right), WritingPane(house, self.right)
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.empty.setProperty("look", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        for page in (self.empty, self.reading, self.writing):
            self.right.addWidget(page)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 4, 0, 0)
        across.setSpacing(16)
        across.addWidget(self.side)
        across.addWidget(self.right, 1)

    def _connect(self) -> None:
        self.side.shown.connect(self._say)
        self.side.shown.connect(self.shown)
        self.side.shown.connect(self._open_first)
        self.list.chosen.connect(self._choose)
        self.hints.wanted.connect(self.begin_from)
        self.new_button.clicked.connect(lambda: self.begin())
        self.mark = TransferMark(self._house, self.reading)
        self.reading.foot.addWidget(self.mark)
        self.reading.correct_pressed.connect(self.correct)
        self.reading.agree_pressed.connect(
            lambda entry: agree_at(self._house, self._case, self, AgreementSource.ENTRY, entry)
        )
        self.reading.time_pressed.connect(lambda entry: use_time(self._house, self, "entry", entry))
        self.reading.sign_pressed.connect(self.sign)
        self.reading.wanted.connect(self.open)
        self.reading.opened.connect(self._go)
        self.writing.signed.connect(self._signed)
        self.writing.gone.connect(self._gone)
        self.side.paper_button.clicked.connect(lambda: self.put_on_paper())
        for keys, run in (("Ins", self.begin), ("Ctrl+P", self.put_on_paper)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # as the section sees it

    def show_case(self, case: Case) -> None:
        """Show the journal of a case."""
        if self._case is None or case.id != self._case.id:
            self.writing.leave()
            self._tidy_away()
            self._open = self.writing.draft = None
            self.right.setCurrentWidget(self.empty)
            self._opens_first = True
        self._case = case
        self.side.show_case(case)

    def want(self, part: str) -> None:
        """Open an entry by its id in hexadecimal or the ``latest``, begin one (``new``), or what a ``hint:…`` asks for."""
        self._opens_first = self._opens_first and not part
        if part == "new":
            self.begin()
        elif part == "latest":
            self._open_latest()
        elif part.startswith("hint:"):
            self._begin_wanted(part.removeprefix("hint:"))
        elif len(part) == 32:
            self.open(bytes.fromhex(part))

    def _open_latest(self) -> None:
        case = self._case
        if case is not None:
            read = Query(
                lambda r: journal_desk.page(r, case, 0, 1),
                lambda rows: self._choose(rows[0]) if rows else None,
            )
            self._house.tasks.query(self, read)

    def _open_first(self) -> None:
        """Show the first entry that can be read when the journal is opened, unless another one is asked for."""
        case, first = self._case, self._opens_first
        self._opens_first = False
        if case is None or not first or self._open is not None:
            return

        def ask(reader: Reader) -> tuple[JournalRow, ...]:
            waiting = tuple(row for row in journal_desk.waiting(reader, case).rows if not row.draft)
            return waiting[:1] or journal_desk.page(reader, case, 0, 1)

        def show(rows: tuple[JournalRow, ...]) -> None:
            if rows and self._open is None and self._case is case:
                self._choose(rows[0])

        self._house.tasks.query(self, Query(ask, show))

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        self.writing.follow(touched)
        kinds = {kind for kind, _id in touched}
        if kinds & (_LISTED | _HINTED) and self._case is not None:
            self.side.ask()
            if self._open is not None and self.right.currentWidget() is self.reading and kinds & _LISTED:
                self._read(self._open)

    def leave(self) -> bool:
        """Keep what is being written as a draft; an entry nothing was written in is taken back."""
        left = self.writing.leave()
        self._tidy_away()
        return left

    def _tidy_away(self) -> None:
        """Take back the entry that was begun here and in which nothing was written."""
        fresh, self._fresh = self._fresh, None
        if fresh is None or fresh != self.writing.draft or self.writing.form.dirty:
            return

        def discard(writer: Writer) -> None:
            now = writer.get(EntryDraft, fresh)
            if now is not None and not (
                now.cancelled or now.text or writer.draft(f"entry_draft:{fresh.hex()}")
            ):
                entries.discard(writer, fresh)

        self.writing.draft = None
        self.right.setCurrentWidget(self.empty)
        self._house.tasks.op(self, Op(discard))

    def _say(self) -> None:
        rows = self.model.rowCount()
        self.empty.setText(
            tr("Choose an entry to read it, or begin a new one with Ins.")
            if rows
            else tr(
                "Nothing is written in this journal yet. Begin with the button at the left, or press Ins."
            )
        )

    # reading and writing

    def _choose(self, row: JournalRow) -> None:
        if row.id != self._open:
            self._turn_to(row.id, draft=row.draft)

    def open(self, entry: Id) -> None:
        """Open an entry, signed or being written."""

        def show(draft: EntryDraft | None) -> None:
            self._turn_to(entry, draft=draft is not None and not draft.cancelled)

        self._house.tasks.query(self, Query(lambda r: r.get(EntryDraft, entry), show))

    def _turn_to(self, entry: Id, *, draft: bool) -> None:
        if self._case is None:
            return
        self.writing.leave()
        if entry != self._fresh:
            self._tidy_away()
        self._open = entry
        self.side.mark(entry)
        if draft:
            self.writing.write(entry, self._case)
            self.right.setCurrentWidget(self.writing)
        else:
            self.writing.draft = None
            self._read(entry)

    def _read(self, entry: Id) -> None:
        def ask(reader: Reader) -> EntryView | None:
            found = reader.get(Entry, entry)
            return None if found is None or found.cancelled else journal_desk.view(reader, entry)

        def show(view: EntryView | None) -> None:
            if self._open != entry:
                return
            if view is None:
                self._gone()
                return
            self.right.setCurrentWidget(self.reading)
            self.reading.show_entry(view)
            self.mark.show_subject("entry", view.entry.id if view.entry.signed else None)

        self._house.tasks.query(self, Query(ask, show))

    def begin(self) -> None:
        """Begin an entry."""
        case = self._case
        if case is not None:
            self._begin(lambda w: entries.begin(w, case.id, {"held_on": w.today}))

    def put_on_paper(self) -> None:
        """Ask which entries go on paper, and show it."""
        from ui.dialogs.journal_paper_dialog import JournalPaperDialog

        case = self._case
        if case is not None:
            JournalPaperDialog(self._house, case, self).open()

    def begin_from(self, hint: Hint) -> None:
        """Begin the entry a hint asks for: heading, day, participants and link are filled."""
        self._begin(lambda w: entries.begin(w, hint.case.id, hint.values()))

    def _begin_wanted(self, name: str) -> None:
        case = self._case
        if case is None:
            return

        def show(found: tuple[Hint, ...]) -> None:
            for hint in found:
                if f"{hint.source_type}:{hint.source.hex()}" == name:
                    self.begin_from(hint)

        self._house.tasks.query(self, Query(lambda r: journal_hints.of_case(r, case), show))

    def correct(self) -> None:
        """Begin the entry that corrects the one that is read."""
        view = self.reading.view
        if view is not None and view.entry.signed:
            self._begin(lambda w: entries.correct(w, view.entry.id))

    def _begin(self, make: Callable[[Writer], Id]) -> None:
        def begun(draft: Id) -> None:
            self._fresh = draft
            self._turn_to(draft, draft=True)

        self._house.tasks.op(self, Op(make, begun))

    def sign(self) -> None:
        """Sign the entry that is read: one that was written from a talk or a hearing."""
        view = self.reading.view
        if view is not None and not view.entry.signed:
            said = N_("Signed. What was wrong is said in a new entry that corrects it.")
            self._house.tasks.op(self, Op(lambda w: journal.sign(w, view.entry.id), said=said))

    def _signed(self, made: tuple[Id, ...]) -> None:
        self._fresh = None
        self._turn_to(made[0], draft=False)

    def _gone(self) -> None:
        self._open = self._fresh = None
        self.side.mark(None)
        self.right.setCurrentWidget(self.empty)
        self.list.setFocus()

    def _go(self, link: Link) -> None:
        case = self._case
        if link.kind == "meeting":
            self._house.go(Place("meeting", link.entity))
        elif case is not None:
            part = _PLACES.get(link.kind, "overview")
            if link.kind == "document":
                part = f"journal:documents:{link.entity.hex()}"
            self._house.go(Place("case", case.id, part))
