"""One entry, to be read: its head, its text, what it is about, by whom it is signed and what corrects it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.light_text import Block, blocks, plain
from caseworker_app.services.journal_desk import EntryView
from ui.models.caseload_rows import child_words
from ui.widgets.flow import FlowLayout
from ui.widgets.form_bars import NoticeBar
from ui.widgets.journal.words import days_line, heading_words, link_words, signed_words
from ui.words import bind, bind_call, tr

DRESSED = 30_000
"""A text of more characters is shown without bold and italic: setting it whole would hold up the window."""


class ReadingPane(QWidget):
    """``correct_pressed``, ``sign_pressed``, ``agree_pressed`` and ``time_pressed`` with the entry's id;
    ``wanted`` carries the id of another entry, ``opened`` a link."""

    correct_pressed = Signal()
    agree_pressed = Signal(object)
    time_pressed = Signal(object)
    sign_pressed = Signal()
    wanted = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: EntryView | None = None
        self.heading, self.days, self.who, self.signed = (QLabel(self) for _ in range(4))
        self.heading.setProperty("look", "heading")
        for label in (self.days, self.who, self.signed):
            label.setProperty("look", "muted")
        for label in (self.heading, self.days, self.who, self.signed):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.corrected, self.corrects = NoticeBar(), NoticeBar()
        self.text, self.long_text = QTextBrowser(self), QPlainTextEdit(self)
        self.text.setOpenLinks(False)
        self.long_text.setReadOnly(True)
        bind(self.text.setAccessibleName, "Text of the entry")
        bind(self.long_text.setAccessibleName, "Text of the entry")
        self._texts = QStackedWidget(self)
        self._texts.addWidget(self.text)
        self._texts.addWidget(self.long_text)
        self._links = QWidget(self)
        self._flow = FlowLayout(self._links, 4)
        self.sign_button, self.correct_button = QPushButton(self), QPushButton(self)
        self.agree_button, self.time_button = QPushButton(self), QPushButton(self)
        self.sign_button.setProperty("look", "primary")
        bind(self.sign_button.setText, "Sign (Ctrl+Enter)")
        bind(self.correct_button.setText, "Correct with a new entry …")
        bind(self.agree_button.setText, "New agreement …")
        bind(self.time_button.setText, "Time used …")
        self._lay_out()
        self._connect()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.corrected, self.corrects, self.heading, self.days, self.who):
            column.addWidget(widget)
        column.addWidget(self._texts, 1)
        column.addWidget(self._links)
        column.addWidget(self.signed)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.sign_button, self.correct_button, self.agree_button, self.time_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.foot = buttons
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.sign_button.clicked.connect(self.sign_pressed)
        self.correct_button.clicked.connect(self.correct_pressed)
        self.agree_button.clicked.connect(self._agree)
        self.time_button.clicked.connect(self._time_used)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._sign_if_open)

    def _agree(self) -> None:
        if self.view is not None:
            self.agree_pressed.emit(self.view.entry.id)

    def _time_used(self) -> None:
        if self.view is not None:
            self.time_pressed.emit(self.view.entry.id)

    def _sign_if_open(self) -> None:
        if self.sign_button.isVisible():
            self.sign_pressed.emit()

    def show_entry(self, view: EntryView) -> None:
        """Show an entry."""
        same = self.view is not None and self.view.entry == view.entry
        self.view = view
        self._say()
        if not same:
            self._show_text(view.entry)

    def _say(self) -> None:
        view = self.view
        if view is None:
            return
        entry = view.entry
        self.heading.setText(heading_words(entry.heading))
        self.days.setText(days_line(entry))
        self._say_who(entry)
        self.signed.setText(signed_words(entry))
        self._say_corrections(view)
        self.sign_button.setVisible(not entry.signed)
        self.correct_button.setVisible(entry.signed)
        self._show_links(view)
        if entry.own_text:
            self._show_text(entry)

    def _say_who(self, entry: Entry) -> None:
        parts = []
        if entry.participants:
            parts.append(tr("Took part: {names}", names=", ".join(entry.participants)))
        if entry.informant:
            parts.append(tr("Told by: {name}", name=entry.informant))
        if entry.tags:
            parts.append(tr("Tags: {tags}", tags=", ".join(entry.tags)))
        self.who.setText(" · ".join(parts))
        self.who.setVisible(bool(parts))

    def _say_corrections(self, view: EntryView) -> None:
        if view.corrections:
            last = view.corrections[-1]

            def corrected() -> tuple[str, str]:
                words = tr(
                    "This entry is corrected by a later one, {day}, by {who}. It stands here as it was signed.",
                    day=_day(last), who=last.signed_by,
                )  # fmt: skip
                return words, tr("Read the correction")

            self.corrected.tell(corrected, lambda: self.wanted.emit(last.id), look="warning")
        else:
            self.corrected.clear()
        if (first := view.corrected) is not None:
            self.corrects.tell(
                lambda: (tr("This entry corrects one of {day}.", day=_day(first)), tr("Read that one")),
                lambda: self.wanted.emit(first.id),
            )
        else:
            self.corrects.clear()

    def _show_links(self, view: EntryView) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for link in view.links:
            button = QPushButton(self._links)
            button.setText(link_words(link).replace("&", "&&"))
            button.clicked.connect(lambda _on=False, link=link: self.opened.emit(link))
            self._flow.addWidget(button)
            button.show()
        self._links.setVisible(bool(view.links))

    def _show_text(self, entry: Entry) -> None:
        view = self.view
        own = ""
        if entry.own_text and view is not None:
            own = tr("About {name} alone", name=view.case.first_name or child_words(view.case))
        if len(entry.text) + len(entry.own_text) > DRESSED:
            parts = [plain(entry.text), own and f"{own}:", plain(entry.own_text)]
            self.long_text.clear()
            self._texts.setCurrentWidget(self.long_text)
            whole = "\n\n".join(part for part in parts if part)
            # when it has its width: a text that is there before is set twice over, line by line
            QTimer.singleShot(0, self.long_text, lambda: self._put_in(entry, whole))
            return
        html = [dressed(entry.text)]
        if own:
            html.append(f"<p><b>{escape(own)}</b></p>{dressed(entry.own_text)}")
        self.text.setHtml("".join(html))
        self._texts.setCurrentWidget(self.text)

    def _put_in(self, entry: Entry, whole: str) -> None:
        if self.view is not None and self.view.entry == entry:
            self.long_text.setPlainText(whole)


def _day(entry: Entry) -> str:
    day = entry.written_on or entry.held_on
    return "" if day is None else long_date(day, i18n.current().language)


def dressed(text: str) -> str:
    """Return a light text as the few marks of HTML that the window sets; everything in it is escaped."""
    html, listed = [], False
    for block in blocks(text):
        if block.item != listed:
            html.append("<ul>" if block.item else "</ul>")
            listed = block.item
        words = _runs(block)
        html.append(f"<li>{words}</li>" if block.item else f"<p>{words}</p>")
    return "".join([*html, "</ul>" if listed else ""])


def _runs(block: Block) -> str:
    return "".join(_marked(run.text, bold=run.bold, italic=run.italic) for run in block.runs)


def _marked(text: str, *, bold: bool, italic: bool) -> str:
    words = escape(text).replace("\n", "<br>")
    tags: Iterable[str] = [tag for tag, on in (("b", bold), ("i", italic)) if on]
    for tag in tags:
        words = f"<{tag}>{words}</{tag}>"
    return words
