"""Søg: everything that was written, newest first or best first, the words in their sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.domain.searching import Question, terms
from caseworker_app.i18n import N_
from caseworker_app.services import searching
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.searching import Found, Hit
from ui.house import House, Place
from ui.models.caseload_rows import child_words
from ui.models.search_model import SearchModel
from ui.models.search_places import place_of
from ui.models.search_words import GROUPS
from ui.tasks import Op, Query, Touched
from ui.widgets.announce import announce
from ui.widgets.combo import Combo
from ui.widgets.search_list import SearchList
from ui.words import bind, bind_call, tr

LOOK_AFTER_MS = 180
"""How long the typing rests before it is looked for."""
PAGE = 50
SPANS: Mapping[int, str] = {
    0: N_("Any time"),
    31: N_("The last month"),
    92: N_("The last three months"),
    366: N_("The last year"),
    1096: N_("The last three years"),
}
"""How far back, in days."""
_HINT = N_(
    'All words must be there. "Words in quotes" stand together; a star stands for the rest of a word: barn*. '
    "Letters are told apart: raber does not find råber."
)


class _Field(QLineEdit):
    """The words; the arrow down goes to what was found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.below: QWidget | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.below is not None:
            self.below.setFocus()
            return
        super().keyPressEvent(event)


class SearchPage(QWidget):
    """A search is noted in the access log when it is carried out: by Return, or when something found is opened.

    The question is kept nowhere else.
    """

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._asked = 0
        self._noted: Question | None = None
        self._shown: Question | None = None
        self._cases: tuple[Case, ...] = ()
        self._today = dt.date(2000, 1, 1)
        self.model = SearchModel(self)
        self.field, self.list = _Field(self), SearchList(self.model, self)
        self.button = QPushButton(self)
        self.case, self.kind, self.time, self.order = Combo(), Combo(), Combo(), Combo()
        self.count, self.hint, self.empty = QLabel(self), QLabel(self), QLabel(self)
        self._stack = QStackedWidget(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LOOK_AFTER_MS)
        self._later.timeout.connect(self._look)
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        title = QLabel(self)
        title.setProperty("look", "title")
        bind(title.setText, "Search")
        bind(self.field.setPlaceholderText, "Words of a note, a plan, a meeting, a name")
        bind(self.field.setAccessibleName, "Search for")
        bind(self.button.setText, "Search (Enter)")
        bind(self.hint.setText, _HINT)
        self.button.setProperty("look", "primary")
        self.field.below = self.list
        for label in (self.hint, self.count, self.empty):
            label.setProperty("look", "muted")
            label.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        names = (N_("In which case"), N_("What kind"), N_("From when"), N_("In which order"))
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for combo, name in zip((self.case, self.kind, self.time, self.order), names, strict=True):
            bind(combo.setAccessibleName, name)
            filters.addWidget(combo, 3 if combo is self.case else 2)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.button)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(line)
        column.addLayout(filters)
        column.addWidget(self.hint)
        column.addWidget(self._stack, 1)
        column.addWidget(self.count)
        self.kind.addItems([""] * len(GROUPS))
        self.time.addItems([""] * len(SPANS))
        self.order.addItems([""] * 2)
        self.case.addItem("")
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _text: self._later.start())
        self.field.returnPressed.connect(self.carry_out)
        self.button.clicked.connect(self.carry_out)
        for combo in (self.case, self.kind, self.time, self.order):
            combo.activated.connect(lambda _row: self._look())
        self.list.opened.connect(self.open)
        self.model.wanted.connect(self._go_on)

    def _say(self) -> None:
        for row, (label, _types) in enumerate(GROUPS.values()):
            self.kind.setItemText(row, tr(label))
        for row, label in enumerate(SPANS.values()):
            self.time.setItemText(row, tr(label))
        self.order.setItemText(0, tr("Newest first"))
        self.order.setItemText(1, tr("Best first"))
        self.case.setItemText(0, tr("All cases"))
        self._say_found()

    # the page, as the window sees it

    def show_thing(self, thing: Id | None, part: str) -> None:
        """Be ready to be asked; ``thing`` is the case to search in, ``part`` words to search for at once."""

        def ask(reader: Reader) -> tuple[list[Case], dt.date]:
            return sorted(reader.find(Case), key=lambda one: sort_key(child_words(one))), reader.today

        def show(found: tuple[list[Case], dt.date]) -> None:
            self._show_cases(tuple(found[0]), found[1], thing)
            if part and not self.field.text():
                self.ask(part)

        self._house.tasks.query(self, Query(ask, show))

    def follow(self, touched: Touched) -> None:
        """Look again when something was written."""
        if self.field.text().strip():
            self._look()

    def leave(self) -> bool:
        """Nothing is typed here that is kept."""
        self._later.stop()
        return True

    def ask(self, words: str) -> None:
        """Search for some words, as if they were typed and Return pressed."""
        self.field.setText(words)
        self.carry_out()

    def _show_cases(self, found: tuple[Case, ...], today: dt.date, wanted: Id | None) -> None:
        now = wanted or (
            None if self.case.currentIndex() <= 0 else self._cases[self.case.currentIndex() - 1].id
        )
        self._cases, self._today = found, today
        while self.case.count() > 1:
            self.case.removeItem(1)
        self.case.addItems([child_words(one) for one in found])
        row = next((row for row, one in enumerate(found, start=1) if one.id == now), 0)
        self.case.setCurrentIndex(row)
        if wanted is not None:
            self._look()

    # searching

    def question(self) -> Question:
        """Return what is asked now."""
        row, days = self.case.currentIndex(), tuple(SPANS)[max(self.time.currentIndex(), 0)]
        return Question(
            self.field.text().strip(),
            stream=self._cases[row - 1].stream if row > 0 else None,
            kinds=tuple(GROUPS.values())[max(self.kind.currentIndex(), 0)][1],
            since=self._today - dt.timedelta(days=days) if days else None,
            best_first=self.order.currentIndex() == 1,
            limit=PAGE,
        )

    def carry_out(self) -> None:
        """Search, and note it in the access log."""
        self._look()
        if terms(self.question().words):
            self._note()
            self.list.setFocus()

    def _note(self) -> None:
        """Note the search that stands here, once."""
        question = self.question()
        if question != self._noted and terms(question.words):
            self._noted = question
            self._house.tasks.op(self, Op(lambda w: searching.note(w, question)))

    def _look(self) -> None:
        self._later.stop()
        self._asked += 1
        asked, question = self._asked, self.question()
        if not terms(question.words):
            self._shown = None
            self.model.begin(None)
            self._say_found()
            return

        def show(found: Found) -> None:
            if asked == self._asked:
                self._show(question, found)

        self._house.tasks.query(self, Query(lambda r: searching.search(r, question), show))

    def _show(self, question: Question, found: Found) -> None:
        again = self._shown is not None and self._shown == question
        at = self.list.currentIndex().row() if again else 0
        self._shown = question
        self.model.begin(found)
        if found.hits:
            self.list.setCurrentIndex(self.model.index(max(0, min(at, len(found.hits) - 1))))
        self._say_found()
        announce(self.field, self.count.text() or self.empty.text())

    def _go_on(self, question: Question) -> None:
        asked = self._asked

        def show(found: Found) -> None:
            if asked == self._asked:
                self.model.go_on(found)
                self._say_found()

        self._house.tasks.query(self, Query(lambda r: searching.search(r, question), show))

    def _say_found(self) -> None:
        shown = len(self.model.hits)
        self._stack.setCurrentWidget(self.list if shown else self.empty)
        if shown:
            more = tr("{n} shown, and there is more below.", n=i18n.current().number(shown))
            self.count.setText(more if self.model.more else i18n.ngettext("{n} found.", "{n} found.", shown))
        else:
            self.count.setText("")
        self.empty.setText(
            tr("Nothing found. Try fewer words, another spelling, or all cases and kinds.")
            if self._shown is not None
            else tr(
                "Write what you look for: it is found in journal, plans, meetings, maps, documents and people."
            )
        )

    def open(self, hit: Hit) -> None:
        """Go to where something found is; the search is noted."""
        question, noted = self.question(), self._noted
        self._noted = question

        def run(writer: Writer) -> Place:
            if question != noted:
                searching.note(writer, question)
            return place_of(writer, hit)

        self._house.tasks.op(self, Op(run, self._house.go))
