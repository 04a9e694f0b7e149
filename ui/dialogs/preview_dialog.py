"""Looking at a paper, printing it, saving a copy: in memory, in our own window, no other program involved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from ui import printing
from ui.dialogs.fitting import resize
from ui.tasks import Job, Tasks
from ui.widgets.banner import Banner
from ui.widgets.pdf_view import Fit, PdfView
from ui.words import bind, bind_call, tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.house import House

Done = Callable[[], None]


class PreviewDialog(QDialog):
    """Shows ``pdf``. Opened with ``open()``; gone when closed, and when what is being printed or saved then has ended.

    ``title`` (translated) is the kind of paper: it stands in the window's title and in the printer's queue, so it holds
    no name. ``on_printed`` and ``on_saved`` are called when a copy has left the house. ``file_name`` is what a copy is
    offered to be called; ``about`` (translated) says whose copy it is, in the window only; ``notes`` are sentences.
    A paper that is itself a key has no file: without ``keeps`` it can only be printed.
    """

    def __init__(
        self,
        house: House | None,
        pdf: bytes,
        title: str,
        on_printed: Done | None = None,
        on_saved: Done | None = None,
        parent: QWidget | None = None,
        *,
        file_name: str = "paper.pdf",
        about: str = "",
        notes: tuple[str, ...] = (),
        keeps: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks = Tasks(None, self) if house is None else house.tasks
        self._own_tasks = house is None
        self._on_printed, self._on_saved = on_printed, on_saved
        self._file_name, self._title = file_name, title
        self._printer: QPrinter | None = None
        self._saving = self._closed = False
        self._keeps = keeps
        self.setWindowTitle(title)
        self.banner = Banner()
        self.view = PdfView(self._tasks)
        self.said = QLabel()
        self.said.setProperty("look", "note")
        self._pages_label = QLabel()
        self._zoom_label = QLabel()
        self._build(about, notes)
        self._keys()
        self._pages = self._open(pdf)
        self.view.setFocus()

    # building

    def _build(self, about: str, notes: tuple[str, ...]) -> None:
        head = QLabel(about or self._title)
        head.setProperty("look", "heading")
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(head, 1)
        for widget in self._zoom_buttons():
            top.addWidget(widget)
        layout.addLayout(top)
        layout.addWidget(self.banner)
        for note in notes:
            line = QLabel(note)
            line.setProperty("look", "note")
            line.setWordWrap(True)
            layout.addWidget(line)
        layout.addWidget(self.view, 1)
        layout.addLayout(self._foot())
        self.setMinimumSize(560, 480)
        hint = self.sizeHint()
        resize(self, hint.width(), hint.height())  # Qt by itself stops at two thirds of the screen

    def sizeHint(self) -> QSize:
        """As tall as the screen allows, as wide as the paper needs."""
        room = self.screen().availableGeometry()
        return QSize(min(960, room.width() - 64), min(1080, room.height() - 48))

    def _zoom_buttons(self) -> list[QWidget]:
        self.smaller = self._tool("−", "Smaller", "Ctrl+-", self.view.zoom_out)
        self.larger = self._tool("+", "Larger", "Ctrl++", self.view.zoom_in)
        self.width_button = self._tool("", "Fit the width", "Ctrl+0", lambda: self.view.fit(Fit.WIDTH))
        self.page_button = self._tool("", "Whole page", "Ctrl+9", lambda: self.view.fit(Fit.PAGE))
        self._zoom_label.setMinimumWidth(56)
        self._zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.view.zoomed.connect(lambda zoom: self._zoom_label.setText(f"{round(zoom * 100)} %"))
        self._zoom_label.setText("100 %")
        return [self.smaller, self._zoom_label, self.larger, self.width_button, self.page_button]

    def _tool(self, sign: str, words: str, keys: str, act: Done) -> QToolButton:
        button = QToolButton()
        if sign:
            button.setText(sign)
        else:
            bind(button.setText, words)
        bind(button.setAccessibleName, words)
        bind_call(button, lambda: button.setToolTip(f"{tr(words)} ({_shown(keys)})"))
        button.clicked.connect(act)
        return button

    def _foot(self) -> QHBoxLayout:
        self.save_button = self._button("Save a copy …", "Ctrl+S", self.save)
        self.print_button = self._button("Print …", "Ctrl+P", self.print)
        self.print_button.setProperty("look", "primary")
        self.close_button = self._button("Close", "Esc", self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._pages_label)
        foot.addSpacing(8)
        foot.addWidget(self.said, 1)
        for button in (self.close_button, self.save_button, self.print_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        self.save_button.setVisible(self._keeps)
        self._say_pages(0, 0)
        self.view.page_changed.connect(self._say_pages)
        return foot

    def _button(self, words: str, keys: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        bind(button.setText, words)
        button.setToolTip(_shown(keys))
        button.clicked.connect(lambda _on=False: act())
        return button

    def _keys(self) -> None:
        near = {
            "Ctrl+P": self.print, **({"Ctrl+S": self.save} if self._keeps else {}),
            "Ctrl++": self.view.zoom_in, "Ctrl+=": self.view.zoom_in, "Ctrl+-": self.view.zoom_out,
            "Ctrl+0": lambda: self.view.fit(Fit.WIDTH), "Ctrl+9": lambda: self.view.fit(Fit.PAGE),
            "Ctrl+PgDown": lambda: self.view.go_to(self.view.page + 1),
            "Ctrl+PgUp": lambda: self.view.go_to(self.view.page - 1),
        }  # fmt: skip
        for keys, act in near.items():
            QShortcut(QKeySequence(keys), self, act)

    def _open(self, pdf: bytes) -> printing.Pages | None:
        try:
            pages = printing.Pages(pdf)
        except UserError as error:
            self.banner.warn(error)
            self.print_button.setEnabled(False)
            self.save_button.setEnabled(False)
            return None
        self.finished.connect(lambda _result: self._let_go(pages))
        self.view.show_pages(pages)
        return pages

    def done(self, result: int) -> None:
        """Close; while a copy is on its way out of the house only out of sight, so that it is whole and noted."""
        if self._printer is not None or self._saving:
            self._closed = True
            self.hide()
        else:
            super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close like Escape does."""
        self.done(0)
        if self._closed:
            event.ignore()
        else:
            super().closeEvent(event)

    def _let_go(self, pages: printing.Pages) -> None:
        self.view.clear()
        pages.close()
        if self._own_tasks:
            self._tasks.finish()

    def _say_pages(self, page: int, pages: int) -> None:
        self._pages_label.setText(tr("Page {page} of {pages}", page=page, pages=pages) if pages else "")

    # printing

    def print(self) -> None:
        """Ask which printer, and print; without one say so."""
        if self._pages is None or self._printer is not None:
            return
        if not printing.has_printer():
            self.banner.warn(printing.no_printer())
            return
        from PySide6.QtPrintSupport import QPrintDialog

        self.banner.clear()
        printer = printing.new_printer(self._pages, self._title)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.setMinMax(1, len(self._pages))
        dialog.setFromTo(1, len(self._pages))
        dialog.accepted.connect(lambda _printer: self.print_on(printer))
        QDialog.open(dialog)  # the print dialog's own ``open`` wants a slot by name

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that has been chosen; ``on_printed`` is called when it has taken the paper."""
        pages = self._pages
        if pages is None:
            return
        self._printer = printer
        self.print_button.setEnabled(False)
        self.said.setText(tr("Printing …"))
        work = Job(
            lambda: printing.print_pages(printer, pages), self._printed, self._not_printed, leaves=True
        )
        self._tasks.job(self, work)

    def _printed(self, _nothing: None) -> None:
        if self._on_printed is not None:
            self._on_printed()
        self._rest("Printed.")

    def _not_printed(self, error: UserError) -> None:
        self.banner.warn(error)
        self._rest("")

    def _rest(self, said: str) -> None:
        self._printer = None
        self.print_button.setEnabled(True)
        self.said.setText(tr(said) if said else "")
        self._go_if_closed()

    def _go_if_closed(self) -> None:
        if self._closed and self._printer is None and not self._saving:
            self._closed = False
            self.done(0)
            self.deleteLater()

    # saving

    def save(self) -> None:
        """Ask where, and save a copy."""
        if self._pages is None:
            return
        from ui.widgets.save_file import ask_where

        ask_where(self, tr("Save a copy"), self._file_name, tr("PDF (*.pdf)"), self.save_to)

    def save_to(self, path: str) -> None:
        """Save a copy at a place that has been chosen."""
        pages = self._pages
        if pages is None:
            return
        self.banner.clear()
        self._saving = True
        work = Job(lambda: printing.save_copy(path, pages.data), self._saved, self._not_saved, leaves=True)
        self._tasks.job(self, work)

    def _saved(self, _nothing: None) -> None:
        self._saving = False
        self.said.setText(tr("The copy is saved. Whoever has the file can read it."))
        if self._on_saved is not None:
            self._on_saved()
        self._go_if_closed()

    def _not_saved(self, error: UserError) -> None:
        self._saving = False
        self.banner.warn(error)
        self._go_if_closed()


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
