"""The entries of a child's journal: the list at the left, at the right the one that is read or written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import ENTRY_KIND_LABELS, Entry, EntryDraft, EntryKind
from caseworker_app.i18n import N_
from caseworker_app.services import entries, journal, journal_desk, journal_hints
from caseworker_app.services.journal_desk import EntryView, JournalRow, Link, Waiting
from caseworker_app.services.journal_hints import Hint
from caseworker_app.services.ports import Reader, Writer
from ui.house import House, Place
from ui.tasks import Op, Query, Touched
from ui.widgets.combo import Combo
from ui.widgets.journal.entry_list import EntryList
from ui.widgets.journal.entry_model import PAGE, EntryModel
from ui.widgets.journal.hint_bar import HintBar
from ui.widgets.journal.reading import ReadingPane
from ui.widgets.journal.writing import WritingPane
from ui.words import bind, bind_call, tr

LIST_WIDTH = 300
_LISTED = frozenset({"entry", "entry_draft"})
_HINTED = frozenset({"meeting", "follow_up", "party_hearing", "visit"})
_PLACES = {"goal": "plan", "network_map": "maps", "follow_up": "follow_up", "visit": "visits"}
"""Where in the case a link leads."""


@dataclass(frozen=True, slots=True)
class _Read:
    waiting: Waiting
    hints: tuple[Hint, ...]


class EntriesPart(QWidget):
    """``shown`` comes when a case's list stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._asked = 0
        self._open: Id | None = None
        self._fresh: Id | None = None
        self.model = EntryModel(self)
        self.list, self.hints, self.kinds = EntryList(self.model, self), HintBar(self), Combo()
        self.new_button, self.count = QPushButton(self), QLabel(self)
        self.right = QStackedWidget(self)
        self.empty = QLabel(self.right)
        self.reading, self.writing = ReadingPane(self.right), WritingPane(house, self.right)
        self._lay_out()
        self._connect()
        bind_call(self.kinds, self._say_kinds)
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        self.new_button.setProperty("look", "primary")
        bind(self.new_button.setText, "New entry (Ins)")
        bind(self.kinds.setAccessibleName, "Show entries of a kind")
        self.kinds.addItems([""] * (len(EntryKind) + 1))
        self.count.setProperty("look", "muted")
        self.empty.setProperty("look", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        for page in (self.empty, self.reading, self.writing):
            self.right.addWidget(page)
        left = QVBoxLayout()
        left.setSpacing(8)
        beside: tuple[QWidget, ...] = (self.new_button, self.hints, self.kinds, self.list)
        for widget in beside:
            widget.setFixedWidth(LIST_WIDTH)
            left.addWidget(widget, int(widget is self.list))
        left.addWidget(self.count)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 4, 0, 0)
        across.setSpacing(16)
        across.addLayout(left)
        across.addWidget(self.right, 1)

    def _connect(self) -> None:
        self.model.wanted.connect(self._ask_page)
        self.list.chosen.connect(self._choose)
        self.kinds.activated.connect(lambda _row: self._ask())
        self.hints.wanted.connect(self.begin_from)
        self.new_button.clicked.connect(lambda: self.begin())
        self.reading.correct_pressed.connect(self.correct)
        self.reading.sign_pressed.connect(self.sign)
        self.reading.wanted.connect(self.open)
        self.reading.opened.connect(self._go)
        self.writing.signed.connect(self._signed)
        self.writing.gone.connect(self._gone)
        shortcut = QShortcut(QKeySequence("Ins"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.begin)

    # as the section sees it

    def show_case(self, case: Case) -> None:
        """Show the journal of a case."""
        if self._case is None or case.id != self._case.id:
            self.writing.leave()
            self._tidy_away()
            self._open = self.writing.draft = None
            self.right.setCurrentWidget(self.empty)
            self.kinds.setCurrentIndex(0)
            self.model.begin((), 0)
        self._case = case
        self._ask()

    def want(self, part: str) -> None:
        """Open an entry by its id in hexadecimal or the ``latest``, begin one (``new``), or what a ``hint:…`` asks for."""
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

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""
        self.writing.follow(touched)
        kinds = {kind for kind, _id in touched}
        if kinds & (_LISTED | _HINTED) and self._case is not None:
            self._ask()
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

    # the list

    @property
    def kind(self) -> EntryKind | None:
        """The kind that is shown alone, ``None`` for all."""
        row = self.kinds.currentIndex()
        return None if row <= 0 else tuple(EntryKind)[row - 1]

    def _ask(self) -> None:
        case, kind, self._asked = self._case, self.kind, self._asked + 1
        if case is None:
            return
        asked = self._asked

        def ask(reader: Reader) -> _Read:
            return _Read(journal_desk.waiting(reader, case, kind), journal_hints.of_case(reader, case))

        def show(found: _Read) -> None:
            if asked == self._asked:
                self._show(found)

        self._house.tasks.query(self, Query(ask, show))

    def _show(self, found: _Read) -> None:
        scrolled = self.list.verticalScrollBar().value()
        self.model.begin(found.waiting.rows, found.waiting.signed)
        self.list.verticalScrollBar().setValue(scrolled)
        self.hints.show_hints(found.hints)
        self.list.mark(self._open)
        self._say()
        self.shown.emit()

    def _ask_page(self, page: int) -> None:
        case, kind, asked = self._case, self.kind, self._asked
        if case is None:
            return

        def show(rows: tuple[JournalRow, ...]) -> None:
            if asked == self._asked:
                self.model.take(page, rows)
                self.list.mark(self._open)

        read = Query(lambda r: journal_desk.page(r, case, page * PAGE, PAGE, kind), show)
        self._house.tasks.query(self, read)

    def _say_kinds(self) -> None:
        labels = (N_("All kinds of entries"), *ENTRY_KIND_LABELS.values())
        for row, msgid in enumerate(labels):
            self.kinds.setItemText(row, tr(msgid))

    def _say(self) -> None:
        rows = self.model.rowCount()
        from caseworker_app import i18n

        self.count.setText(i18n.ngettext("{n} entry", "{n} entries", rows))
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
        self.list.mark(entry)
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
            self.reading.show_entry(view)
            self.right.setCurrentWidget(self.reading)

        self._house.tasks.query(self, Query(ask, show))

    def begin(self) -> None:
        """Begin an entry."""
        case = self._case
        if case is not None:
            self._begin(lambda w: entries.begin(w, case.id))

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
        self.list.mark(None)
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
