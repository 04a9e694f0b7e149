"""The log: what happened to the program, never to a person.

A line says when, how bad, where and what, and nothing a user typed. Messages of our own are literals with
``%`` arguments; of the arguments only numbers, spans of time, ids and the program's own words are written,
text is written as its length. Of an error come its class, its machine-readable reason and the places in the
code, never its text. Of other people's libraries comes that they spoke and where. What still looks like a
person number is masked.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import Enum
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from caseworker_app.files import PRIVATE_FILE, make_private_folder

FOLDER = "log"
FILE_NAME = "taet-paa.log"
LARGEST_BYTES = 1_000_000
KEPT_FILES = 5
OWN_LOGGERS = ("caseworker_app", "db", "ui", "resources", "__main__")
_LONGEST_MESSAGE = 2000
_MOST_FRAMES = 40
_MOST_CAUSES = 6


class Word(str):
    """A word of the program's own (a table, a kind, a state) that may stand in the log as it is."""

    __slots__ = ()


def start_logging(folder: Path, name: str = FILE_NAME, level: int = logging.INFO) -> logging.Handler:
    """Send everything that is logged to ``folder/log/name`` (0600, five old files of 1 MB), and nowhere else.

    Handlers the root logger had are replaced. Returns the handler, for :func:`stop_logging`. Raises
    ``OSError`` when the file cannot be made; a disk that fills up later costs lines, not the program.
    """
    make_private_folder(folder / FOLDER)
    handler = _PrivateFile(
        folder / FOLDER / name, maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
    )
    handler.setFormatter(WithoutPeople())
    handler.addFilter(_is_wanted)
    root = logging.getLogger()
    for other in root.handlers[:]:
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Close the file."""
    logging.getLogger().removeHandler(handler)
    handler.close()


class WithoutPeople(logging.Formatter):
    """Writes a record without anything personal; see the module."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the places of an error below it. Never raises."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        head = f"{moment}.{int(record.msecs):03d}Z {record.levelname} {record.name}:{record.lineno}"
        lines = [f"{head} {_said(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += describe(record.exc_info[1])
        return "\n".join(lines)


def describe(error: BaseException) -> list[str]:
    """Return an error in lines without its text: class, reason, number; places in the code; causes; parts."""
    lines: list[str] = []
    _describe(error, "", lines, set())
    return lines


def mask(text: str) -> str:
    """Return ``text`` with everything that looks like a person number (CPR, replacement, eCPR) masked."""
    return _NUMBERS.sub("‹number›", text)


_NUMBERS_OF_ERRORS = ("errno", "sqlite_errorcode")

# Ten digits however they are spread over hyphens, dots and spaces; nine in a row, as a number that lost its
# first nought; and the health services' eCPR, whose last four hold letters.
_GAP = r"[\s.\-‐-―−/_]{0,3}"
_NUMBERS = re.compile(
    rf"\d(?:{_GAP}\d){{9,}}|\d{{9,}}|(?<![0-9A-Za-z])\d{{6}}[-‐-―−\s]?\d[A-Za-z]{{2}}\d(?![0-9A-Za-z])"
)


def _is_own(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OWN_LOGGERS


def _is_wanted(record: logging.LogRecord) -> bool:
    """Whether a record is written: of other people's libraries only what is a warning at least."""
    return _is_own(record) or record.levelno >= logging.WARNING


def _said(record: logging.LogRecord) -> str:
    if not _is_own(record):
        return f"(said by {Path(record.pathname).stem}.{record.funcName})"
    if not isinstance(record.msg, str):
        return str(_argument(record.msg))
    try:
        message = str(record.msg % _arguments(record.args)) if record.args else record.msg
    except (TypeError, ValueError, KeyError, IndexError, OverflowError):
        message = record.msg  # as the programmer wrote it
    return " ⏎ ".join(mask(message[: 2 * _LONGEST_MESSAGE])[:_LONGEST_MESSAGE].splitlines())


def _arguments(args: Any) -> Any:
    if isinstance(args, Mapping):
        return _Fields({name: _argument(value) for name, value in args.items()})
    return tuple(_argument(value) for value in args)


class _Fields(dict[str, Any]):
    """Named arguments. As a whole (a ``%s`` that meets them) they are written like any other dict: by size."""

    def __repr__(self) -> str:
        return f"‹dict {len(self)}›"


def _argument(value: object) -> Any:
    """Return what may be written of an argument: itself if it cannot hold what somebody typed."""
    if value is None or type(value) in (bool, int):
        return value
    if type(value) is float:
        return float(f"{value:.6g}")
    if type(value) in (Word, timedelta):
        return str(value)
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, bytes) and len(value) == 16:
        return f"#{value.hex()[:8]}"  # an id: random, says nothing without the store
    if isinstance(value, BaseException):
        return _name_of(value)
    if isinstance(value, type):
        return value.__qualname__
    size = f" {len(value)}" if isinstance(value, str | bytes | list | tuple | set | dict) else ""
    return f"‹{type(value).__name__}{size}›"


def _describe(error: BaseException, lead: str, lines: list[str], seen: set[int]) -> None:
    if id(error) in seen or len(seen) >= _MOST_CAUSES:
        return
    seen.add(id(error))
    lines.append(f"  {lead}{_name_of(error)}")
    lines += _places(error.__traceback__)
    if error.__cause__ is not None:
        _describe(error.__cause__, "because of ", lines, seen)
    elif error.__context__ is not None and not error.__suppress_context__:
        _describe(error.__context__, "while handling ", lines, seen)
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            _describe(part, "with ", lines, seen)


def _name_of(error: BaseException) -> str:
    """Return the class, and what of the error is a word or number of the program's or the system's own."""
    cls = type(error)
    name = cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
    held = dict(vars(error))
    if isinstance(error, OSError):
        held["errno"] = error.errno
    reason = held.get("reason")
    known = [str(reason.value)] if isinstance(reason, Enum) else []
    known += [f"{what} {held[what]}" for what in _NUMBERS_OF_ERRORS if type(held.get(what)) is int]
    return f"{name} ({', '.join(known)})" if known else name


def _places(trace: TracebackType | None) -> list[str]:
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", "?")
        places.append(f"    {module}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    if len(places) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        places[half:-half] = [f"    … {len(places) - _MOST_FRAMES} more"]
    return places


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner reads, and that keeps quiet when it cannot write."""

    def _open(self) -> TextIOWrapper:
        def opener(path: str, flags: int) -> int:
            return os.open(path, flags, PRIVATE_FILE)

        return open(self.baseFilename, "a", encoding=self.encoding, errors="backslashreplace", opener=opener)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Say nothing: the library's own answer is to print the record, with its arguments, on stderr."""


def install_excepthook(callback: Callable[[BaseException], None]) -> Callable[[], None]:
    """Log every error nobody caught, in any thread, and hand it to ``callback``; return what undoes that.

    Nothing is printed: a desktop keeps what a program prints. Ctrl+C goes to Python's own hook. ``callback``
    may be called in any thread; what it raises is logged and no more.
    """
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    logger = logging.getLogger(__name__)

    def report(error: BaseException | None, where: str) -> None:
        if error is None:
            return
        logger.critical("uncaught in %s", Word(where), exc_info=error)
        try:
            callback(error)
        except Exception as fault:
            logger.critical("the report itself failed", exc_info=fault)

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before[0](kind, error, trace)
        else:
            report(error, "the program")

    def on_thread(args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, SystemExit):
            report(args.exc_value, "a thread")

    def on_unraisable(args: Any) -> None:
        report(args.exc_value, "a finaliser")

    def undo() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before

    sys.excepthook, threading.excepthook, sys.unraisablehook = on_main, on_thread, on_unraisable
    return undo
