"""The follow-up rules: ours, or the municipality's own copy, edited with what it would change in sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPlainTextEdit, QPushButton

import resources
from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from caseworker_app.i18n import N_
from caseworker_app.services import rule_book, rule_editing
from caseworker_app.services.ports import Draft, Reader, Writer
from caseworker_app.services.rule_editing import CaseChange, Checked, RuleText
from ui.house import House, Place
from ui.pages.settings.pane import Pane
from ui.pages.settings.rule_words import change_words, date_words, fault_words, verdict
from ui.tasks import Op, Query, Touched
from ui.words import bind, bind_call, error_words, tr

STANDARD = "herning-2015"
"""The rule set that ships and is copied."""
DRAFT_KEY = "rules"
_CHECK_MS, _DRAFT_MS = 400, 1500
_TEXT_HEIGHT = 380
_LIST_HEIGHT = 150
_MOST = 60
"""So many changed deadlines are listed; the number says how many there are."""

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class RulesPane(Pane):
    """The text is looked through while it is written; it can be kept only without a fault, from today on."""

    def __init__(self, house: House) -> None:
        super().__init__(
            N_(
                "When follow-ups are due by the local standard. The municipality may change a copy; it counts from today "
                "at the earliest, and what was due before keeps the rule it had. The law is never changed here."
            )
        )
        self._house = house
        self._base = ""
        self._state: RuleText | None = None
        self._checked: Checked | None = None
        self._asked = 0
        self.state, self.verdict = QLabel(), QLabel()
        self.text = QPlainTextEdit()
        self.found = QListWidget()
        self.save_button, self.standard_button, self.undo_button = QPushButton(), QPushButton(), QPushButton()
        self._check_timer = self._timer(_CHECK_MS, self.check)
        self._draft_timer = self._timer(_DRAFT_MS, self._keep_draft)
        self._lay_out()
        self.text.textChanged.connect(self._typed)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save, context=_HERE)
        bind_call(self, self._say)

    def _timer(self, wait: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.text.setFont(font)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_TEXT_HEIGHT)
        self.found.setFixedHeight(_LIST_HEIGHT)
        self.found.itemActivated.connect(self._go_to)
        self.found.itemClicked.connect(self._go_to)
        bind(self.text.setAccessibleName, "The follow-up rules")
        for label in (self.state, self.verdict):
            label.setWordWrap(True)
        bind(self.standard_button.setText, "Start from the standard rules")
        bind(self.undo_button.setText, "Discard what I changed")
        self.save_button.setProperty("look", "primary")
        self.undo_button.setProperty("look", "quiet")
        self.save_button.clicked.connect(self.save)
        self.standard_button.clicked.connect(self.start_from_standard)
        self.undo_button.clicked.connect(self.discard)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.save_button, self.standard_button, self.undo_button):
            foot.addWidget(button)
        foot.addStretch(1)
        for widget in (self.state, self.text, self.verdict, self.found):
            self.column.addWidget(widget)
        self.column.addLayout(foot)

    # the pane, as the page sees it

    def begin(self) -> None:
        """Ask for the rules as text, unless something is half-written."""
        if self._changed:
            return
        books, shipped = self._house.books, resources.text("rules", f"{STANDARD}.toml")

        def ask(reader: Reader) -> tuple[RuleText, Draft | None]:
            return rule_editing.text_to_edit(reader, books.rules(reader), shipped), reader.draft(DRAFT_KEY)

        self._house.tasks.query(self, Query(ask, self._show))

    def follow(self, touched: Touched) -> None:
        if any(kind == "own_catalogue" for kind, _id in touched):
            self.begin()

    def leave(self) -> bool:
        """Keep what is half-written."""
        self._keep_draft()
        return True

    # showing

    @property
    def _changed(self) -> bool:
        return self._state is not None and self.text.toPlainText() != self._base

    def _show(self, found: tuple[RuleText, Draft | None]) -> None:
        if self._changed:
            return
        self._state, draft = found
        self._base = self._state.text
        typed = self._base if draft is None else str(draft.fields.get("text", (self._base, ()))[0])
        self.text.setPlainText(typed)
        self.check()

    def _typed(self) -> None:
        self.save_button.setEnabled(False)
        self._check_timer.start()
        self._draft_timer.start()

    def check(self) -> None:
        """Look the text through as it stands; only the answer to the latest question is shown."""
        self._check_timer.stop()
        self._asked += 1
        number, text, books = self._asked, self.text.toPlainText(), self._house.books

        def ask(reader: Reader) -> tuple[int, Checked]:
            return number, rule_editing.check(reader, books.rules(reader), text)

        self._house.tasks.query(self, Query(ask, self._judge))

    def _judge(self, answer: tuple[int, Checked]) -> None:
        number, checked = answer
        if number == self._asked:
            self._checked = checked
            self._say()

    def _say(self) -> None:
        self._say_state()
        checked = self._checked
        self.found.clear()
        if checked is None:
            self.save_button.setText(tr("Use these rules"))
            self.save_button.setEnabled(False)
            return
        self.verdict.setProperty("look", "muted" if checked.usable else "overdue")
        self.verdict.style().polish(self.verdict)
        self.verdict.setText(verdict(checked))
        for fault in checked.faults:
            self._item(fault_words(fault), fault.line)
        for change in checked.changes[:_MOST]:
            self._item(change_words(change), change)
        self.found.setVisible(bool(self.found.count()))
        name = tr("What is wrong") if checked.faults else tr("Deadlines that would change")
        self.found.setAccessibleName(name)
        day = checked.valid_from
        words = (
            tr("Use these rules") if day is None else tr("Use these rules from {day}", day=date_words(day))
        )
        self.save_button.setText(words)
        self.save_button.setEnabled(self._changed and checked.usable)
        self.undo_button.setEnabled(self._changed)

    def _item(self, words: str, data: object) -> None:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, data)
        self.found.addItem(item)

    def _say_state(self) -> None:
        state = self._state
        if state is None or state.in_force is None:
            self.state.clear()
            return
        title = state.in_force.title.say(i18n.current().language)
        whose = (
            tr(
                "The municipality's own rules count: {title}, from {day}.",
                title=title,
                day=date_words(state.in_force.valid_from),
            )
            if state.own
            else tr("The standard rules count: {title}.", title=title)
        )
        coming = (
            ""
            if state.coming is None
            else tr("A later version counts from {day}.", day=date_words(state.coming))
        )
        self.state.setText(f"{whose} {coming}".strip())

    def _go_to(self, item: QListWidgetItem) -> None:
        """Go to the line that is wrong, or to the case whose deadline would change."""
        about = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(about, CaseChange):
            self._house.go(Place("case", about.case.id, "follow_up"))
        elif about:
            self.text.setTextCursor(QTextCursor(self.text.document().findBlockByNumber(about - 1)))
            self.text.setFocus()

    # keeping

    def save(self) -> None:
        """Keep the text as the municipality's version, if it can be used."""
        if not self.save_button.isEnabled():
            return
        books, text = self._house.books, self.text.toPlainText()

        def run(writer: Writer) -> None:
            rule_book.change(writer, books.rules(writer), text)
            writer.drop_draft(DRAFT_KEY)

        self._draft_timer.stop()
        op = Op(
            run,
            done=lambda _none: self._kept(text),
            said="The follow-up rules are changed.",
            failed=self._refuse,
        )
        self._house.tasks.op(self, op)

    def _kept(self, text: str) -> None:
        self._base = text
        self.begin()

    def _refuse(self, error: UserError) -> None:
        sentence, ways_out = error_words(error)
        self.verdict.setText(" ".join((sentence, *ways_out)))

    def start_from_standard(self) -> None:
        """Put the rules that ship in the place of the text; nothing counts before it is kept."""
        shipped = resources.text("rules", f"{STANDARD}.toml")

        def ask(reader: Reader) -> str:
            return rule_editing.dated(shipped, reader.today)

        self._house.tasks.query(self, Query(ask, self.text.setPlainText))

    def discard(self) -> None:
        """Go back to the text as it was before it was changed here."""
        self._draft_timer.stop()
        self.text.setPlainText(self._base)
        self._draft_timer.stop()
        self._house.tasks.op(self, Op(lambda writer: writer.drop_draft(DRAFT_KEY)))
        self.check()

    def _keep_draft(self) -> None:
        self._draft_timer.stop()
        if not self._changed or self._house.tasks.store is None:
            return
        fields = {"text": (self.text.toPlainText(), ())}
        draft = Draft(DRAFT_KEY, "rules", None, None, tr("The follow-up rules"), fields)
        self._house.tasks.op(self, Op(lambda writer: writer.save_draft(draft)))
