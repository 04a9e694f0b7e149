"""Dokumenter: the files of a case, attached by button, by dropping and by pasting, looked at, and handed out."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import documents
from caseworker_app.services.documents import Listed
from ui.house import House
from ui.passing_on import pass_focus
from ui.tasks import Op, Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.documents import sources
from ui.widgets.documents.attach_line import AttachLine
from ui.widgets.documents.attacher import Attached, Attacher
from ui.widgets.documents.choosing import choose_files
from ui.widgets.documents.handing import Handing
from ui.widgets.documents.table import DocumentsTable
from ui.widgets.documents.viewer import DocumentViewer
from ui.widgets.documents.words import refused_words, said_words
from ui.words import bind

_PAUSE_MS = 200
"""How long a row is stood on before its document is read: the arrows go past many."""


class DocumentsPart(QWidget):
    """The list, what is chosen beside it, and the buttons. ``shown`` comes when a case's list stands there."""

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Case | None = None
        self._wanted: Id | None = None
        self._asked = 0
        self.setAcceptDrops(True)
        self.attacher, self.handing = Attacher(house, self), Handing(house, self)
        self.complaint, self.progress = Complaint(self), AttachLine(self.attacher)
        self._stack = QStackedWidget(self)
        self._whole, self._nothing = QWidget(self._stack), QWidget(self._stack)
        self.table, self.viewer = DocumentsTable(self._whole), DocumentViewer(house, self._whole)
        self.attach_button, self.paste_button, self.handed_button = (QPushButton(self) for _ in range(3))
        self.edit_button, self.save_button, self.print_button, self.remove_button = (
            QPushButton(self) for _ in range(4)
        )
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_PAUSE_MS)
        self._look.timeout.connect(self._show_chosen)
        self._lay_out()
        self._connect()
        self._say_buttons()

    def _lay_out(self) -> None:
        across = QHBoxLayout(self._whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        across.addWidget(self.table, 11)
        across.addWidget(self.viewer, 10)
        hint = QLabel(self._nothing)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        bind(
            hint.setText,
            "No documents yet. Attach letters, statements and photographs of drawings: choose them, drop them here, or "
            "paste a picture. They are kept encrypted, and pictures without place and camera.",
        )
        middle = QVBoxLayout(self._nothing)
        middle.addStretch(1)
        middle.addWidget(hint)
        middle.addStretch(2)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._whole)
        self.attach_button.setProperty("look", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        top = _row(self.attach_button, self.paste_button)
        top.addStretch(1)
        top.addWidget(self.handed_button)
        layout.addLayout(top)
        for widget in (self.progress, self.complaint):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)
        bottom = _row(self.edit_button, self.print_button, self.save_button, self.remove_button)
        bottom.addStretch(1)
        layout.addLayout(bottom)
        pass_focus(self, lambda: self.table, lambda: self.attach_button)

    def _connect(self) -> None:
        for button, words, keys, act in (
            (self.attach_button, N_("Attach files … (Ins)"), "Ins", self.choose),
            (self.paste_button, N_("Paste (Ctrl+V)"), "Ctrl+V", self.paste),
            (self.handed_button, N_("Handed out …"), "", self.show_handed),
            (self.edit_button, N_("Card … (F2)"), "F2", self.edit),
            (self.print_button, N_("Show and print (Ctrl+P)"), "Ctrl+P", self.print),
            (self.save_button, N_("Save a copy …"), "Ctrl+S", self.save),
            (self.remove_button, N_("Remove (Del)"), "Del", self.remove),
        ):
            bind(button.setText, words)
            button.clicked.connect(act)
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)
        self.save_button.setToolTip("Ctrl+S")
        self.table.chosen.connect(self._chosen)
        self.table.activated.connect(lambda _index: self._show_chosen(go=True))
        self.viewer.save_pressed.connect(self.save)
        self.attacher.ended.connect(self._ended)
        self.handing.refused.connect(self.complaint.show_error)
        self.handing.said.connect(self._house.say)

    # the part, as the section sees it

    def show_case(self, case: Case) -> None:
        """Show the documents of a case."""
        if self._case is None or self._case.id != case.id:
            self.viewer.clear()
            self.complaint.clear()
            self.table.forget()
            self._wanted = None
        self._case = case
        self._ask()

    def want(self, part: str) -> None:
        """Go to a document by its id in hexadecimal, or to its card (``card:<hex>``)."""
        what, _, rest = part.rpartition(":")
        if len(rest) == 32:
            self._wanted = bytes.fromhex(rest)
            self._ask()
            if what == "card":
                self._open_card(self._wanted)

    def follow(self, touched: Touched) -> None:
        """Ask again when documents changed."""
        if any(kind == "document" for kind, _entity in touched):
            self._ask()

    def leave(self) -> bool:
        """Nothing is typed here: the card is a dialog of its own."""
        return True

    def _ask(self) -> None:
        case = self._case
        if case is None or self._house.tasks.store is None:
            return
        asked = self._asked = self._asked + 1

        def show(rows: tuple[Listed, ...]) -> None:
            if asked == self._asked:
                self._show(rows)

        self._house.tasks.query(self, Query(lambda r: documents.documents_of(r, case.id), show))

    def _show(self, rows: tuple[Listed, ...]) -> None:
        self._stack.setCurrentWidget(self._whole if rows else self._nothing)
        wanted, self._wanted = self._wanted, None
        gone_to = self.table.show_rows(rows, wanted)
        if gone_to and wanted is not None:
            self.table.setFocus()
        self._chosen()
        self.shown.emit()

    # what is chosen

    def current(self) -> Listed | None:
        """Return the document that is chosen."""
        return self.table.current()

    def _chosen(self) -> None:
        now = self.current()
        self._say_buttons()
        if now is None or now.id == self.viewer.document:
            self._look.stop()
            self.viewer.show_document(now)
        else:
            self._look.start()

    def _show_chosen(self, *, go: bool = False) -> None:
        self._look.stop()
        self.viewer.show_document(self.current())
        if go:
            self.viewer.take_focus()

    def _say_buttons(self) -> None:
        there = self.current() is not None
        for button in (self.edit_button, self.print_button, self.save_button, self.remove_button):
            button.setEnabled(there)

    # attaching

    def choose(self) -> None:
        """Ask which files, and attach them."""
        if self._case is not None:
            choose_files(self, self.attach)

    def attach(self, paths: list[str]) -> None:
        """Attach files by where they are."""
        if self._case is not None:
            self.complaint.clear()
            self.attacher.attach_paths(self._case.id, paths)

    def paste(self) -> None:
        """Attach the picture or the files that were copied."""
        mime = QGuiApplication.clipboard().mimeData()
        if self._case is None:
            return
        self.complaint.clear()
        if not self.attacher.attach_mime(self._case.id, mime):
            self.complaint.show_message(N_("There is no picture and no file to paste. Copy one first."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures from outside."""
        if self._case is not None and sources.has_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped; it is copied, never moved."""
        if self._case is not None:
            self.complaint.clear()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.attacher.attach_mime(self._case.id, event.mimeData())

    def _ended(self, told: Attached) -> None:
        if words := said_words(told):
            self._house.say(words)
        if told.failed:
            self.complaint.show_words(lambda: refused_words(told))
        if told.made:
            self._wanted = told.made[0]
            self._ask()
        if len(told.made) == 1 and not told.failed:
            self._open_card(told.made[0])

    # what can be done with one

    def edit(self) -> None:
        """Open the card of the chosen document."""
        if (now := self.current()) is not None:
            self._open_card(now.id)

    def _open_card(self, document: Id) -> None:
        from ui.dialogs.document_dialog import DocumentDialog

        if self._case is not None and self.isVisible():
            DocumentDialog(self._house, self._case, document, self).open()

    def print(self) -> None:
        """Show the chosen document as it goes to paper."""
        if self._case is not None and (now := self.current()) is not None:
            self.complaint.clear()
            self.handing.print(now, self._case.id)

    def save(self) -> None:
        """Save a copy of the chosen document."""
        if self._case is not None and (now := self.current()) is not None:
            self.complaint.clear()
            self.handing.save(now, self._case.id)

    def remove(self) -> None:
        """Take the chosen document off the case."""
        if (now := self.current()) is not None:
            self.complaint.clear()
            op = Op(
                lambda w: documents.remove(w, now.id),
                said=N_("The document is removed. Ctrl+Z brings it back."),
                failed=self.complaint.show_error,
            )
            self._house.tasks.op(self, op)

    def show_handed(self) -> None:
        """Show what was handed out of the case."""
        from ui.dialogs.handed_dialog import HandedDialog

        if self._case is not None:
            HandedDialog(self._house, self._case.id, self).open()


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    return row
