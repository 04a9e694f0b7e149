"""Running the meeting: who is there, the three columns or the summary, and below them what is agreed.

Made for writing while people talk: large text, Enter for the next line, Ctrl+1 to Ctrl+4 between the columns and the
agreements. Each line is saved by itself; what is not yet saved is a draft within two seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Column, Meeting, MeetingKind
from caseworker_app.services import meetings
from caseworker_app.services.ports import Draft, Writer
from ui import theme
from ui.house import House
from ui.widgets.fields.text import LongEditor
from ui.widgets.form_drafts import DraftKeeper
from ui.widgets.meeting.agreements import Agreements
from ui.widgets.meeting.columns import PointColumn
from ui.widgets.meeting.part import Loaded, Part, run_draft_key
from ui.widgets.meeting.row_list import RowList
from ui.widgets.meeting.saved_row import Keeping, Kept, SavedRow
from ui.widgets.meeting.who_came import WhoCame
from ui.words import bind, tr

LARGE = 14 / 11
"""How much larger than the body the text of the columns is: it is read from across the table."""
_AGREEMENT, _SUMMARY, _NEW = "agreement", "summary", "new"


class Summary(SavedRow):
    """The plain meeting's summary: one text, saved when the focus leaves it."""

    def __init__(self, house: House) -> None:
        self.editor = LongEditor(4)
        super().__init__(house, Keeping(Meeting, None, meetings.edit), {"summary": self.editor})
        self.editor.text.setMinimumHeight(96)
        self.editor.text.setMaximumHeight(16_777_215)
        heading, hint = QLabel(), QLabel("Ctrl+1")
        hint.setProperty("look", "muted")
        heading.setProperty("look", "subheading")
        heading.setBuddy(self.editor.text)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(heading)
        head.addWidget(hint)
        head.addStretch(1)
        bind(heading.setText, "What was talked about")
        bind(self.editor.text.setAccessibleName, "What was talked about")
        body = QFrame()
        body.setProperty("look", "card")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.addLayout(head)
        layout.addWidget(self.editor, 1)
        self.add_body(body)


class RunPart(Part):
    """See the module."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._stream: Id | None = None
        self._title = ""
        self.who = WhoCame(house)
        keys = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4")
        self.columns = {c: PointColumn(house, c, key) for c, key in zip(Column, keys, strict=False)}
        self.agreements = Agreements(house, keys[3])
        self.summary = Summary(house)
        self.keeper = DraftKeeper(house, self.draft, self)
        self._lay_out()
        for rows in self._lists().values():
            rows.typed.connect(self.keeper.note)
            rows.stored.connect(self.keeper.saved)
            rows.rest = self._rest
        self.summary.typed.connect(self.keeper.note)
        self.summary.stored.connect(self.keeper.saved)
        self.summary.in_same_act = lambda: self._rest(self.summary)
        self._dress()

    def _lay_out(self) -> None:
        across = QWidget()
        side_by_side = QHBoxLayout(across)
        side_by_side.setContentsMargins(0, 0, 0, 0)
        side_by_side.setSpacing(8)
        for column in self.columns.values():
            side_by_side.addWidget(column, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(across)
        self._stack.addWidget(self.summary)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(8)
        split.addWidget(self._stack)
        split.addWidget(self.agreements)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([310, 230])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.who)
        layout.addWidget(split, 1)

    def _parts(self) -> list[PointColumn | Agreements]:
        return [*self.columns.values(), self.agreements]

    def _lists(self) -> dict[str, RowList]:
        lists = {column.value: part.list for column, part in self.columns.items()}
        return {**lists, _AGREEMENT: self.agreements.list}

    # what is shown

    def show_loaded(self, loaded: Loaded) -> None:
        """Show the meeting; the first time with what a draft kept."""
        view = loaded.opened.view
        self._stream = view.meeting.stream
        self._title = view.case.first_name or view.case.unborn_of
        if loaded.first:
            for part in self._parts():
                part.begin_again(view.meeting.id)
            self.summary.start_again(view.meeting.id)
        self._stack.setCurrentIndex(int(view.meeting.kind == MeetingKind.NETWORK))
        self.who.show_opened(loaded.opened)
        for column in self.columns.values():
            column.show_opened(loaded.opened)
        self.agreements.show_opened(loaded.opened, loaded.today)
        self.summary.follow(loaded.opened.fields[view.meeting.id])
        if loaded.first:
            self.keeper.begin(run_draft_key(view.meeting.id), there=loaded.draft is not None)
            if loaded.draft is not None:
                self._resume(loaded.draft)

    def begin(self) -> None:
        """Put the cursor where the writing begins."""
        if self._stack.currentIndex():
            self.summary.editor.setFocus()
        else:
            self.columns[Column.WORRIES].go()

    def go(self, number: int) -> None:
        """Go to a column (1-3) or the agreements (4)."""
        if number > len(self.columns):
            self.agreements.go()
        elif self._stack.currentIndex():
            self.summary.editor.setFocus()
        else:
            list(self.columns.values())[number - 1].go()

    def leave(self) -> None:
        """Save what is being written; what cannot be read stays a draft."""
        for rows in self._lists().values():
            rows.commit()
        self.summary.commit()
        self.keeper.flush()

    # drafts

    def draft(self, but: SavedRow | None = None) -> Draft | None:
        """Return what is not saved, leaving one line out; ``None`` when nothing is."""
        if self.meeting is None:
            return None
        fields: Kept = {}
        for name, rows in self._lists().items():
            known, new = rows.unsaved(but)
            for entity, kept in known.items():
                fields |= {f"{name}/{entity.hex()}/{field}": value for field, value in kept.items()}
            for number, kept in enumerate(new):
                fields |= {f"{name}/{_NEW}{number}/{field}": value for field, value in kept.items()}
        if but is not self.summary:
            fields |= {f"{_SUMMARY}//{field}": value for field, value in self.summary.unsaved().items()}
        if not fields:
            return None
        key = run_draft_key(self.meeting)
        return Draft(key, "meeting", self.meeting, self._stream, self._title, fields)

    def _rest(self, row: SavedRow) -> Callable[[Writer], None]:
        """Say what keeping a line does with the draft: what else is unsaved stays in it."""
        rest = self.draft(but=row)
        key = "" if self.meeting is None else run_draft_key(self.meeting)

        def keep(writer: Writer) -> None:
            if rest is None:
                writer.drop_draft(key)
            else:
                writer.save_draft(rest)

        return keep

    def _resume(self, draft: Draft) -> None:
        known: dict[tuple[str, str], Kept] = defaultdict(dict)
        for name, value in draft.fields.items():
            part, place, field = name.split("/", 2)
            known[part, place][field] = value
        lists = self._lists()
        for (part, place), kept in known.items():
            if part == _SUMMARY:
                self.summary.resume(kept)
            elif part in lists:
                new = place.startswith(_NEW) or not lists[part].resume(bytes.fromhex(place), kept)
                if new:
                    lists[part].resume_new([kept])
        self.keeper.note()
        self._house.say(tr("A draft was fetched."))

    # keys and dress

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+1 to Ctrl+4 before the window does, while the focus is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _column(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a column."""
        number = _column(event)
        if number:
            self.go(number)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.ApplicationPaletteChange):
            self._dress()

    def _dress(self) -> None:
        """Make the lines large and paper-like: no boxes, a thin line under each, the accent where one writes."""
        colours = theme.tokens()
        large = round(QApplication.font().pointSizeF() * LARGE, 1)
        self.agreements.setStyleSheet(
            f"QPlainTextEdit, QLineEdit {{ font-size: {large}pt; }} QLineEdit, QToolButton {{ min-height: 30px; }}"
        )
        self._stack.setStyleSheet(
            f"QPlainTextEdit {{ font-size: {large}pt; }}"
            f"QScrollArea QPlainTextEdit {{ border: none; border-radius: 0; padding: 2px 0 2px 8px;"
            f" border-bottom: 1px solid {colours.line}; border-left: 2px solid transparent; }}"
            f"QScrollArea QPlainTextEdit:focus {{ border-left: 2px solid {colours.accent};"
            f" border-bottom: 1px solid {colours.accent}; padding: 2px 0 2px 8px; }}"
        )


def _column(event: QKeyEvent) -> int:
    """Return 1 to 4 for Ctrl with that digit, else 0."""
    keypad = Qt.KeyboardModifier.KeypadModifier
    if event.modifiers() & ~keypad != Qt.KeyboardModifier.ControlModifier:
        return 0
    number = event.key() - int(Qt.Key.Key_0)
    return number if 1 <= number <= 4 else 0
