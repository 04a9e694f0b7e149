"""The documents that are about something - a visit, a map - as a strip of buttons, with one that attaches more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.ids import Id
from caseworker_app.services import documents
from caseworker_app.services.documents import Listed
from ui.house import House, Place
from ui.tasks import Query, Touched
from ui.widgets.complaint import Complaint
from ui.widgets.documents import sources
from ui.widgets.documents.attach_line import AttachLine
from ui.widgets.documents.attacher import Attached, Attacher
from ui.widgets.documents.choosing import choose_files
from ui.widgets.documents.thumbs import SMALL, TALL, ThumbButton, Thumbnails
from ui.widgets.documents.words import facts_words, refused_words, said_words
from ui.widgets.flow import FlowLayout
from ui.words import bind, tr

_TITLE_WIDTH = 240


class DocumentStrip(QWidget):
    """Shows what is attached to things, photographs and PDFs as small pictures; pressing one shows it over the page.
    ``shown`` comes when it stands.

    ``links`` are those of :func:`caseworker_app.services.entries.link_to`; what is attached here is about all of them::

        strip = DocumentStrip(house, parent)
        strip.show_links(case.id, [entries.link_to("visit", visit.id)])
        strip.follow(touched)                     # from the page's ``follow``
    """

    shown = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._case: Id | None = None
        self._links: tuple[str, ...] = ()
        self._asked = 0
        self.setAcceptDrops(True)
        self.attacher = Attacher(house, self)
        self.complaint, self.progress = Complaint(self), AttachLine(self.attacher)
        self.buttons: list[ThumbButton] = []
        self.small = Thumbnails(house, self)
        self.small.made.connect(self._show_small)
        self._room, self.empty = QWidget(self), QLabel(self)
        self._flow = FlowLayout(self._room, 8)
        self.attach_button = QPushButton(self._room)
        bind(self.attach_button.setText, "Attach photographs or files …")
        self._flow.addWidget(self.attach_button)
        self.empty.setProperty("look", "muted")
        bind(self.empty.setText, "Nothing is attached yet. Files can be dropped here.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.progress, self.complaint, self._room, self.empty):
            layout.addWidget(widget)
        self.attach_button.clicked.connect(self._choose)
        self.attacher.ended.connect(self._ended)
        self.setFocusProxy(self.attach_button)

    def show_links(self, case: Id, links: Sequence[str]) -> None:
        """Show what is attached to some things of a case; there must be one at least."""
        if not links:
            raise ValueError("a strip is about something")
        if (case, tuple(links)) != (self._case, self._links):
            self.complaint.clear()
        self._case, self._links = case, tuple(links)
        self._ask()

    def follow(self, touched: Touched) -> None:
        """Ask again when documents changed."""
        if any(kind == "document" for kind, _entity in touched):
            self._ask()

    def _ask(self) -> None:
        case, links = self._case, self._links
        if case is None or self._house.tasks.store is None:
            return
        asked = self._asked = self._asked + 1

        def show(rows: tuple[Listed, ...]) -> None:
            if asked == self._asked:
                self._show(rows)

        self._house.tasks.query(self, Query(lambda r: documents.documents_of(r, case, links), show))

    def _show(self, rows: tuple[Listed, ...]) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._flow.removeWidget(self.attach_button)
        self.small.forget()
        self.buttons = [self._button(one) for one in rows]
        pictured = any(one.kind in SMALL for one in rows)
        for each in (*self.buttons, self.attach_button):
            each.ensurePolished()  # the theme says how tall a button is at least
            each.setMinimumHeight(TALL if pictured else 32)
            self._flow.addWidget(each)
            each.show()
        self.empty.setVisible(not rows)
        self._room.updateGeometry()
        self.shown.emit()

    def _button(self, one: Listed) -> ThumbButton:
        button = ThumbButton(one, self._room)
        metrics = QFontMetrics(button.font())
        title = metrics.elidedText(one.title, Qt.TextElideMode.ElideRight, _TITLE_WIDTH)
        button.setText(title.replace("&", "&&"))
        button.setToolTip(f"{one.title}\n{facts_words(one)}")
        button.setAccessibleName(tr("Document: {name}", name=one.title))
        button.clicked.connect(lambda: self._open(one))
        there = self.small.of(one.id)
        if there is not None:
            button.show_small(there)
        elif one.kind in SMALL:
            button.seen.connect(lambda: self.small.want(one, self.devicePixelRatioF()))
        return button

    def _show_small(self, document: Id) -> None:
        small = self.small.of(document)
        for button in self.buttons:
            if small is not None and button.document.id == document:
                button.show_small(small)
                self._room.updateGeometry()

    def _open(self, one: Listed) -> None:
        from ui.dialogs.document_look import DocumentLook

        look = DocumentLook(self._house, one, self)
        look.wanted.connect(lambda: self._go(one))
        look.open()

    def _go(self, one: Listed) -> None:
        self._house.go(Place("case", self._case, f"journal:documents:{one.id.hex()}"))

    # attaching

    def _choose(self) -> None:
        choose_files(self, self.attach)

    def attach(self, paths: list[str]) -> None:
        """Attach files by where they are; they are about what the strip is about."""
        if self._case is not None:
            self.complaint.clear()
            self.attacher.attach_paths(self._case, paths, self._links)

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
            self.attacher.attach_mime(self._case, event.mimeData(), self._links)

    def _ended(self, told: Attached) -> None:
        if words := said_words(told):
            self._house.say(words)
        if told.failed:
            self.complaint.show_words(lambda: refused_words(told))
