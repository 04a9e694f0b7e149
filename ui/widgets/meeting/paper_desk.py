"""Making papers, showing them, printing one or all, saving copies; what left the house is noted in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from caseworker_app.domain.papers import Made, PaperJob
from caseworker_app.services import papers
from caseworker_app.services.ports import Access
from ui import printing
from ui.house import House
from ui.tasks import Job, Op
from ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.dialogs.preview_dialog import PreviewDialog


class PaperDesk(QObject):
    """``refused`` carries an expected error, ``said`` translated words; ``progressed`` (which, of) while several are
    printed, (0, 0) when it has ended; ``previewed`` the dialog that was opened."""

    refused = Signal(object)
    said = Signal(str)
    progressed = Signal(int, int)
    previewed = Signal(object)

    def __init__(self, house: House, window: QWidget) -> None:
        super().__init__(window)
        self._house, self._window = house, window
        self._cancelled = self._busy = False

    def _make(self, job: PaperJob, then: Callable[[Made], None]) -> None:
        make = self._house.papers.make
        self._house.tasks.job(self, Job(lambda: make(job), then, self.refused.emit))

    def _record(self, job: PaperJob, data: bytes, how: Access) -> None:
        self._house.tasks.op(self, Op(lambda w: papers.record_print(w, job, data, how)))

    # looking

    def preview(self, job: PaperJob, title: str, about: str, minds: tuple[str, ...] = ()) -> None:
        """Show a copy. ``title``, ``about`` and the sentences ``minds`` are translated; the title holds no name."""

        def show(made: Made) -> None:
            from ui.dialogs.preview_dialog import PreviewDialog

            dialog: PreviewDialog = PreviewDialog(
                self._house, made.data, title,
                lambda: self._record(job, made.data, Access.PRINT),
                lambda: self._record(job, made.data, Access.EXPORT),
                self._window, file_name=job.file_name, about=about, notes=(*minds, *notes(made)),
            )  # fmt: skip
            self._house.tasks.op(self, Op(lambda w: papers.record_shown(w, job)))
            dialog.open()
            self.previewed.emit(dialog)

        self._make(job, show)

    # printing

    def print(self, jobs: Sequence[PaperJob], title: str) -> None:
        """Ask which printer, once, and print the copies; each is noted as soon as the printer has taken it."""
        if self._busy or not jobs:
            return
        if not printing.has_printer():
            self.refused.emit(printing.no_printer())
            return
        self._make(jobs[0], lambda made: self._choose_printer(jobs, title, made))

    def _choose_printer(self, jobs: Sequence[PaperJob], title: str, first: Made) -> None:
        from PySide6.QtPrintSupport import QPrintDialog

        pages = printing.Pages(first.data)
        printer = printing.new_printer(pages, title)
        pages.close()
        dialog = QPrintDialog(printer, self._window)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, False)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(lambda _printer: self.print_on(printer, jobs))
        QDialog.open(dialog)  # the print dialog's own ``open`` wants a slot by name

    def print_on(self, printer: QPrinter, jobs: Sequence[PaperJob]) -> None:
        """Print on a printer that has been chosen, one copy after the other, until done, cancelled or refused."""
        self._busy, self._cancelled = True, False
        self._print_from(printer, list(jobs), 0)

    def cancel(self) -> None:
        """Print no further copy; those the printer has taken stay noted."""
        self._cancelled = True

    def _print_from(self, printer: QPrinter, jobs: list[PaperJob], number: int) -> None:
        if number == len(jobs) or self._cancelled:
            self._end_printing(tr("Printed: {number} of {all}.", number=number, all=len(jobs)))
            return
        self.progressed.emit(number + 1, len(jobs))
        job, make = jobs[number], self._house.papers.make

        def work() -> bytes:
            data = make(job).data
            pages = printing.Pages(data)
            try:
                printing.print_pages(printer, pages)
            finally:
                pages.close()
            return data

        def done(data: bytes) -> None:
            self._record(job, data, Access.PRINT)
            self._print_from(printer, jobs, number + 1)

        self._house.tasks.job(self, Job(work, done, self._printing_refused, leaves=True))

    def _printing_refused(self, error: object) -> None:
        self._end_printing("")
        self.refused.emit(error)

    def _end_printing(self, said: str) -> None:
        self._busy = False
        self.progressed.emit(0, 0)
        if said:
            self.said.emit(said)

    # saving

    def save(self, job: PaperJob, title: str, kinds: str) -> None:
        """Make a copy, ask where, and save it. ``title`` and ``kinds`` are translated."""
        from ui.widgets.save_file import ask_where

        def ask(made: Made) -> None:
            ask_where(
                self._window, title, job.file_name, kinds, lambda path: self.save_to(path, job, made.data)
            )

        self._make(job, ask)

    def save_to(self, path: str, job: PaperJob, data: bytes) -> None:
        """Save a copy at a place that has been chosen, and note it."""

        def saved(_nothing: None) -> None:
            self._record(job, data, Access.EXPORT)
            self.said.emit(tr("The copy is saved. Whoever has the file can read it."))

        work = Job(lambda: printing.save_copy(path, data), saved, self.refused.emit, leaves=True)
        self._house.tasks.job(self, work)


def notes(made: Made) -> tuple[str, ...]:
    """Return what must be known of a paper before it is sent, translated."""
    said = [tr(warning) for warning in made.warnings]
    if made.missing:
        said.append(
            tr(
                "The paper's font cannot show {signs}; a mark stands there instead.",
                signs=", ".join(made.missing),
            )
        )
    return tuple(said)
