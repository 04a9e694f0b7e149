"""A document shown in the window: a PDF, a picture, plain text; of anything else that it cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.document import SHOWN, FileKind
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import documents
from caseworker_app.services.documents import Listed
from caseworker_app.services.ports import Writer
from ui.house import House
from ui.printing import Pages
from ui.tasks import Job, Op
from ui.widgets.complaint import Complaint
from ui.widgets.documents import on_paper
from ui.widgets.documents.picture_view import PictureView
from ui.widgets.documents.words import facts_words
from ui.widgets.pdf_view import Fit, PdfView
from ui.words import bind, bind_call, tr

MOST_SHOWN = 200_000
"""Characters of a text that are shown."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    pages: Pages | None = None
    image: QImage | None = None
    text: str = ""


class DocumentViewer(QWidget):
    """``shown`` carries the id of the document that stands there; ``save_pressed`` comes from one that cannot be shown."""

    shown = Signal(object)
    save_pressed = Signal()

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._document: Listed | None = None
        self._asked = 0
        self._pages: Pages | None = None
        self.title, self.facts, self.note = QLabel(self), QLabel(self), QLabel(self)
        self.title.setProperty("look", "subheading")
        self.facts.setProperty("look", "muted")
        for label in (self.title, self.facts, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.complaint = Complaint(self)
        self.stack = QStackedWidget(self)
        self.pdf, self.picture = PdfView(house.tasks, self.stack), PictureView(self.stack)
        self.text = QPlainTextEdit(self.stack)
        self.text.setReadOnly(True)
        bind(self.text.setAccessibleName, "Text of the document")
        self.nothing, self.other, self.save_button = QWidget(self.stack), QWidget(self.stack), QPushButton()
        self.zoom_label = QLabel(self)
        self._lay_out()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        _centred(self.nothing, N_("Choose a document, and it is shown here. That it was read is noted."))
        _centred(
            self.other,
            N_("Files of this kind cannot be shown here. Save a copy to open it in its own program."),
            self.save_button,
        )
        bind(self.save_button.setText, "Save a copy …")
        self.save_button.clicked.connect(self.save_pressed)
        for page in (self.nothing, self.pdf, self.picture, self.text, self.other):
            self.stack.addWidget(page)
        self.zoom_label.setMinimumSize(52, 32)
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tools: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("−", N_("Smaller"), lambda: self._zoom(-1)),
            ("+", N_("Larger"), lambda: self._zoom(1)),
            ("", N_("Whole page"), lambda: self._zoom(0)),
        )
        self.tools = [self._tool(sign, words, act) for sign, words, act in tools]
        head = QHBoxLayout()
        head.setSpacing(4)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.title)
        said.addWidget(self.facts)
        head.addLayout(said, 1)
        for widget in (self.tools[0], self.zoom_label, *self.tools[1:]):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(self.complaint)
        layout.addWidget(self.stack, 1)
        self.pdf.zoomed.connect(self._say_zoom)
        self.picture.zoomed.connect(self._say_zoom)
        self._turn(self.nothing)

    def _tool(self, sign: str, words: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        if sign:
            button.setText(sign)
            bind(button.setToolTip, words)
        else:
            bind(button.setText, words)
        bind(button.setAccessibleName, words)
        button.clicked.connect(act)
        return button

    # what is shown

    @property
    def document(self) -> Id | None:
        """The document that is chosen."""
        return None if self._document is None else self._document.id

    def show_document(self, document: Listed | None) -> None:
        """Read a document and show it; that it was read is noted. The same one again only says anew what it is called."""
        before, self._document = self.document, document
        self._say()
        if document is None:
            self.clear()
        elif document.id != before:
            self._read(document)

    def clear(self) -> None:
        """Show nothing, and keep nothing of what was shown."""
        self._asked += 1
        self._document = None
        self.complaint.clear()
        self._let_go()
        self._turn(self.nothing)
        self._say()

    def _let_go(self) -> None:
        self.pdf.clear()
        self.picture.clear()
        self.text.clear()
        self.note.clear()
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    def _read(self, document: Listed) -> None:
        self._asked += 1
        self.complaint.clear()
        self._let_go()
        if document.kind not in SHOWN:
            self._turn(self.other)
            self.shown.emit(document.id)
            return
        asked = self._asked
        self._turn(self.nothing)

        def read(writer: Writer) -> tuple[bytes, str]:
            data = documents.contents(writer, document.id)
            is_text = document.kind is FileKind.TEXT
            return data, documents.known(writer, document.id).text if is_text else ""

        op = Op(
            read,
            done=lambda found: self._draw(asked, document, *found),
            failed=lambda error: self._failed(asked, error),
        )
        self._house.tasks.op(self, op)

    def _draw(self, asked: int, document: Listed, data: bytes, text: str) -> None:
        if asked != self._asked:
            return

        def draw() -> _Drawn:
            if document.kind is FileKind.PDF:
                return _Drawn(pages=Pages(data))
            if document.kind is FileKind.PICTURE:
                return _Drawn(image=on_paper.picture(data))
            return _Drawn(text=text)

        job = Job(
            draw, lambda drawn: self._show(asked, document, drawn), lambda error: self._failed(asked, error)
        )
        self._house.tasks.job(self, job)

    def _show(self, asked: int, document: Listed, drawn: _Drawn) -> None:
        if asked != self._asked:
            if drawn.pages is not None:
                drawn.pages.close()
            return
        if drawn.pages is not None:
            self._pages = drawn.pages
            self._turn(self.pdf)
            self.pdf.show_pages(drawn.pages)
        elif drawn.image is not None:
            self._turn(self.picture)
            self.picture.show_image(drawn.image)
        else:
            self._turn(self.text)
            self.text.setPlainText(drawn.text[:MOST_SHOWN])
            if len(drawn.text) > MOST_SHOWN:
                self.note.setText(
                    tr("Only the beginning of the text is shown. Save a copy to see all of it.")
                )
        self.note.setVisible(bool(self.note.text()))
        self.shown.emit(document.id)

    def _failed(self, asked: int, error: UserError) -> None:
        if asked == self._asked:
            self.complaint.show_error(error)

    # how it is shown

    def take_focus(self) -> None:
        """Put the keyboard on what is shown."""
        page = self.stack.currentWidget()
        if page is not None and page is not self.nothing:
            (self.save_button if page is self.other else page).setFocus()

    def _turn(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        for widget in (*self.tools, self.zoom_label):
            widget.setVisible(page in (self.pdf, self.picture))
        self.note.setVisible(False)

    def _zoom(self, step: int) -> None:
        view = self.stack.currentWidget()
        if view is self.pdf:
            (self.pdf.zoom_out, lambda: self.pdf.fit(Fit.PAGE), self.pdf.zoom_in)[step + 1]()
        elif view is self.picture:
            (self.picture.zoom_out, self.picture.fit, self.picture.zoom_in)[step + 1]()

    def _say_zoom(self, zoom: float) -> None:
        self.zoom_label.setText(f"{round(zoom * 100)} %")

    def _say(self) -> None:
        one = self._document
        self.title.setText("" if one is None else one.title)
        self.facts.setText("" if one is None else facts_words(one))
        self.title.setVisible(one is not None)
        self.facts.setVisible(one is not None)
        name = "" if one is None else one.title
        self.picture.setAccessibleName(tr("Picture: {title}", title=name))


def _centred(page: QWidget, msgid: str, button: QPushButton | None = None) -> None:
    hint = QLabel(page)
    hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
    hint.setWordWrap(True)
    hint.setProperty("look", "muted")
    bind(hint.setText, msgid)
    layout = QVBoxLayout(page)
    layout.addStretch(1)
    layout.addWidget(hint)
    if button is not None:
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
    layout.addStretch(2)
