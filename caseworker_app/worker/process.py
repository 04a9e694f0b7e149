"""The one worker process: what would hold the interpreter for long is done there, not in a thread.

A busy Python thread takes a repaint of the window from under 1 to over 6 ms; a process does not. Requests and answers
go over a pipe; nothing secret stands on the command line or in the environment, nothing is written to disk.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from caseworker_app.domain.document import Taken
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.papers import Made, PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.sheets import Book

STOP = None


def _make_paper(job: PaperJob) -> Made:
    from caseworker_app.documents.papers import make  # ReportLab is imported here and never in the window

    return make(job)


def _take_in(job: Any) -> Any:
    from caseworker_app.documents.intake import Intake, take_in  # so are Pillow and PDFium

    return take_in(Intake(*job))


def _read_sheet(job: Any) -> Any:
    from caseworker_app.documents.sheets import SheetFile, read  # so is openpyxl

    return read(SheetFile(*job))


def _read_form(data: Any) -> Any:
    from caseworker_app.documents.pdf.form_reading import read_fields  # so is pikepdf

    return read_fields(data)


TASKS: Mapping[str, Callable[[Any], Any]] = {
    "paper": _make_paper,
    "file": _take_in,
    "sheet": _read_sheet,
    "form": _read_form,
}


def serve(pipe: Connection) -> None:
    """Answer requests until told to stop or the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the window's to answer
    while True:
        try:
            request = pipe.recv()
        except EOFError:
            return
        if request is STOP:
            return
        name, argument = request
        try:
            answer: tuple[str, Any] = ("done", TASKS[name](argument))
        except UserError as error:
            answer = ("refused", (error.message, error.ways_out, error.values))
        except Exception as error:  # noqa: BLE001 - the boundary: the caller gets the kind and the place
            answer = ("failed", _place(error))
        pipe.send(answer)


def _place(error: BaseException) -> str:
    """Return kind and place of an error, without its words: they may hold a name."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = "" if last is None else f" at {last.tb_frame.f_code.co_name}:{last.tb_lineno}"
    return f"{type(error).__name__}{where}"


class WorkerFailed(Exception):
    """Our own fault in the worker process; the message holds kind and place only."""


class WorkerEnded(UserError):
    """The worker process was ended from outside, or could not be started; the next request starts another."""

    def __init__(self) -> None:
        super().__init__(
            N_("The part of the program that makes papers has stopped."),
            N_("Nothing is lost. Try again: it starts anew by itself."),
            N_("If it stops again, close other programs: the computer may be short of memory."),
        )


class WorkerProcess:
    """The worker, started with the first request and started again when it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def make(self, job: PaperJob) -> Made:
        """Make a paper; see :class:`caseworker_app.services.papers.PaperMaker`."""
        made = self.call("paper", job)
        assert isinstance(made, Made)
        return made

    def take_in(self, name: str, data: bytes) -> Taken:
        """Take a file in; see :class:`caseworker_app.services.documents.FileReader`."""
        taken = self.call("file", (name, data))
        assert isinstance(taken, Taken)
        return taken

    def read_sheet(self, name: str, data: bytes) -> Book:
        """Read a list; see :class:`caseworker_app.services.caseload_import.SheetReader`."""
        book = self.call("sheet", (name, data))
        assert isinstance(book, Book)
        return book

    def read_form(self, data: bytes) -> dict[str, str]:
        """Read a form that was filled in; see :class:`caseworker_app.services.documents.FileReader`."""
        found = self.call("form", data)
        assert isinstance(found, dict)
        return found

    def call(self, name: str, argument: object) -> Any:
        """Run one task and return its answer. Raises :class:`UserError` (:class:`WorkerEnded`) or :class:`WorkerFailed`."""
        with self._lock:
            try:
                pipe = self._started()
                pipe.send((name, argument))
                kind, answer = pipe.recv()
            except (EOFError, OSError):
                self._stop()
                raise WorkerEnded from None
        if kind == "done":
            return answer
        if kind == "refused":
            message, ways_out, values = answer
            raise UserError(message, *ways_out, **values)
        raise WorkerFailed(answer)

    def warm(self) -> None:
        """Start the process ahead of the first request."""
        with self._lock:
            self._started()

    def _started(self) -> Connection:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(there,), name="worker", daemon=True)
        process.start()
        there.close()
        self._process, self._pipe = process, here
        return here

    def _stop(self) -> None:
        pipe, process = self._pipe, self._process
        self._pipe = self._process = None
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.send(STOP)
            pipe.close()
        if process is not None:
            process.join(2)
            if process.is_alive():
                process.kill()
                process.join()

    def close(self) -> None:
        """Stop the process."""
        with self._lock:
            self._stop()
