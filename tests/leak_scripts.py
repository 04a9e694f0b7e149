"""What a person does in the real program, with marked words, for :mod:`tests.test_no_leaks`."""

from __future__ import annotations

import datetime as dt
import os
import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import Column, Meeting, TimeSpan
from caseworker_app.services import meetings, people
from tests.helpers.app_process import Eyes, Script
from ui.dialogs.case_dialog import CaseDialog
from ui.dialogs.history_dialog import HistoryDialog
from ui.dialogs.mishap_dialog import MishapDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.house import Place
from ui.main_window import MainWindow
from ui.pages.opening.last_steps import ProofStep, WorkerStep
from ui.pages.opening.recovery_step import RecoveryStep
from ui.pages.opening.steps import PassphraseStep
from ui.pages.opening.unlock_page import UnlockPage
from ui.pages.opening.wizard import Wizard
from ui.tasks import Op
from ui.widgets.meeting.papers import PapersPart

PASSPHRASE = "kaffe plankeværk sytten tordenskrald"
SECOND = "lanterne grævling tretten vindspejl"
CHILD = "Zebedæus Qvistgård"
NUMBER = "6703115231"
NOTE = "Hemmelignotat æøå 7431"
DRAFT = "Halvskrevetkladde 8842"
MOTHER = "Wilhelmine Qvistgård"
SAID = "Bekymringsord 5519"
RAISED = "Undtagelsesord 6620"
MARKERS = (CHILD, NUMBER, f"{NUMBER[:6]}-{NUMBER[6:]}", NOTE, DRAFT, MOTHER, SAID, RAISED, PASSPHRASE, SECOND)


def visible(kind: type[Any]) -> Any:
    """Return the one window of a kind that is on the screen, ``None`` while there is none."""
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)


def type_in(control: Any, words: str) -> None:
    QTest.keyClicks(control, words)


def unlocked(window: MainWindow) -> Script:
    """Write the passphrase where it is asked for."""
    yield lambda: window._flow is not None and isinstance(window._flow.currentWidget(), UnlockPage)
    page = window._flow.currentWidget()
    page.passphrase.line.setText(PASSPHRASE)
    page.passphrase.edited.emit(PASSPHRASE)
    page.open_button.click()
    yield lambda: not window.locked
    yield from rested(window)


def rested(window: MainWindow) -> Script:
    for _ in range(3):
        yield lambda: window._tasks.idle


def registered(window: MainWindow) -> Script:
    """Type a child into the form for a new case and save it."""
    window.navigator.go(Place("caseload", None, "new"))
    yield lambda: visible(CaseDialog)
    form = visible(CaseDialog).form
    yield lambda: form.form is not None
    type_in(form.rows["child_name"].editor.control, CHILD)
    form.rows["person_number"].editor.show_value("")
    form.set_value("person_number", NUMBER)
    form.set_value("note", NOTE)
    form.save()
    yield lambda: visible(CaseDialog) is None
    yield from rested(window)


def half_written(window: MainWindow) -> Script:
    """Begin to type a child, and leave it."""
    window.navigator.go(Place("caseload", None, "new"))
    yield lambda: visible(CaseDialog)
    form = visible(CaseDialog).form
    yield lambda: form.form is not None
    type_in(form.rows["child_name"].editor.control, DRAFT)
    visible(CaseDialog).close()
    yield from rested(window)


def met(window: MainWindow) -> Script:
    """Plan and hold a meeting, and show its page."""
    tasks = window._tasks
    store = tasks.store
    (case,) = store.read(lambda r: r.find(Case))

    def write(writer: Any) -> None:
        mother = people.add(writer, case.id, {"name": MOTHER, "person_number": NUMBER})
        writer.flush()
        made = meetings.plan(writer, case.id, {"purpose": NOTE, "place": "Skolen"})
        writer.flush()
        span = TimeSpan(writer.today, dt.time(10), dt.time(11))
        writer.act("Change the meeting")
        writer.set(Meeting, made, "when", span, parents=None)
        writer.flush()
        meetings.invite(writer, made, [mother])
        writer.flush()
        meetings.add_point(writer, made, Column.WORRIES, SAID)
        writer.flush()
        people.show_number(writer, Case, case.id)

    tasks.op(window, Op(write))
    yield from rested(window)
    (meeting,) = store.read(lambda r: r.find(Meeting))
    window.navigator.go(Place("case", case.id))
    yield from rested(window)
    window.navigator.go(Place("meeting", meeting.id, "minutes"))
    yield from rested(window)


def on_paper(window: MainWindow, copies: str) -> Script:
    """Look at the minutes, save a copy through the dialog, print into a file."""
    yield lambda: any(p.isVisible() and p.table.copies for p in window.findChildren(PapersPart))
    part = next(p for p in window.findChildren(PapersPart) if p.isVisible())
    part.table.selectRow(0)
    part.buttons["preview"].click()
    yield lambda: visible(PreviewDialog)
    preview = visible(PreviewDialog)
    yield from rested(window)
    preview.save()
    yield lambda: visible(QFileDialog)
    dialog = visible(QFileDialog)
    suggested = Path(dialog.selectedFiles()[0]).name
    dialog.selectFile(str(Path(copies) / suggested))
    yield {"suggested": suggested, **worker(window)}
    dialog.accept()
    yield lambda: (Path(copies) / suggested).exists()
    yield from rested(window)
    preview.close()
    yield from rested(window)


def worker(window: MainWindow) -> dict[str, Any]:
    """Return the command line and our own part of the environment of every process that was started."""
    seen: list[str] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (
                (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            )
            if int(status[1]) == os.getpid():
                seen += (folder / "cmdline").read_text(encoding="utf-8").split("\0")
                environ = (folder / "environ").read_text(encoding="utf-8").split("\0")
                seen += sorted(set(environ) - {f"{name}={value}" for name, value in os.environ.items()})
        except OSError:
            continue
    return {"processes": seen}


def looked_after(window: MainWindow, copies: str) -> Script:
    """Back up, lay a backup beside, change the passphrase there and back, read the log on paper, hand out the archive."""
    store, doors = window._tasks.store, window._doors
    (case,) = store.read(lambda r: r.find(Case))
    window.navigator.go(Place("settings", None, "backups"))
    yield from rested(window)
    window.navigator.made()["settings"].pane("backups").make()
    yield from rested(window)
    made = doors.backups.state().backups[0]
    doors.backups.compare(made, store)
    doors.backups.put_beside(made)
    code = doors.keys.new_recovery(PASSPHRASE)
    doors.keys.prove_recovery(code)
    doors.keys.change_passphrase(PASSPHRASE, SECOND)
    doors.backups.drill(made, SECOND)
    doors.keys.change_passphrase(SECOND, PASSPHRASE)
    yield {"code": code}
    window.navigator.go(Place("settings", None, "access"))
    yield from rested(window)
    pane = window.navigator.made()["settings"].pane("access")
    pane.case.setCurrentIndex(pane.case.findData(case.id.hex()))
    pane.print_it()
    yield lambda: visible(PreviewDialog)
    visible(PreviewDialog).close()
    yield from rested(window)
    keeping = doors.case_keeping(window._papers)
    (Path(copies) / "arkiv.zip").write_bytes(keeping.archive(store, case.id))
    yield from rested(window)


def looked_around(window: MainWindow) -> Script:
    """Find a name, look at the history, copy a number."""
    window.bar.find_field.setFocus()
    type_in(window.bar.find_field, CHILD[:6])
    yield from rested(window)
    window.bar.find_field.clear()
    window._show_history()
    yield lambda: visible(HistoryDialog)
    yield from rested(window)
    visible(HistoryDialog).close()
    QGuiApplication.clipboard().setText(NUMBER)


def failed(window: MainWindow) -> Script:
    """Have the program fail in every way it can: in a write, in the window, in a thread, in a finaliser."""

    def fail(_writer: Any) -> None:
        raise KeyError(CHILD, NUMBER, RAISED)

    class Dying:
        def __del__(self) -> None:
            raise ValueError(RAISED)

    def in_the_window() -> None:
        raise RuntimeError(f"{CHILD} {NUMBER} {RAISED}")

    window._tasks.op(window, Op(fail))
    yield lambda: visible(MishapDialog)
    lines = visible(MishapDialog).lines.toPlainText()
    yield {"mishap": lines}
    visible(MishapDialog).accept()
    QTimer.singleShot(0, in_the_window)
    yield lambda: visible(MishapDialog)
    yield {"mishap": visible(MishapDialog).lines.toPlainText()}
    visible(MishapDialog).accept()
    thread = threading.Thread(target=fail, args=(None,))
    thread.start()
    thread.join()
    Dying()
    yield lambda: visible(MishapDialog)
    visible(MishapDialog).accept()
    yield from rested(window)


def locked_and_opened(window: MainWindow) -> Script:
    window.lock()
    yield from unlocked(window)


def ended(window: MainWindow, eyes: Eyes, how: str) -> Script:
    mask = os.umask(0o077)
    yield {"titles": sorted(eyes.titles), "mask": oct(mask), "ready": True}
    if how == "quit":
        window.close()
        yield lambda: not window.isVisible()
    elif how == "abort":
        import faulthandler

        faulthandler.enable()
        os.abort()
    else:
        yield lambda: False  # until it is killed


def day(window: MainWindow, eyes: Eyes, how: str, copies: str) -> Script:
    """A day's work in the user's own store."""
    yield from unlocked(window)
    yield from registered(window)
    yield from met(window)
    yield from on_paper(window, copies)
    if how == "quit":  # it takes long: every other end has the shorter day
        yield from looked_after(window, copies)
    yield from looked_around(window)
    yield from failed(window)
    yield from locked_and_opened(window)
    yield from half_written(window)
    yield from ended(window, eyes, how)


def demo_day(window: MainWindow, eyes: Eyes, how: str, _copies: str) -> Script:
    """A day's work in a demo store, which opens by itself."""
    yield lambda: not window.locked
    yield from rested(window)
    yield from half_written(window)
    yield from looked_around(window)
    yield from failed(window)
    yield from ended(window, eyes, how)


def founding(window: MainWindow, eyes: Eyes, how: str, _copies: str) -> Script:
    """Make a store, as somebody does who has none; the recovery code is said for the test alone."""
    yield lambda: window._flow is not None and isinstance(window._flow.currentWidget(), Wizard)
    wizard = window._flow.currentWidget()
    wizard.next_button.click()
    yield lambda: isinstance(wizard.step, PassphraseStep)
    for line in (wizard.step.first.line, wizard.step.second.line):
        type_in(line, PASSPHRASE)
    wizard.next_button.click()
    yield lambda: isinstance(wizard.step, RecoveryStep)
    code = wizard.founding.slots.recovery_code
    wizard.step.print_button.click()
    yield lambda: visible(PreviewDialog)
    visible(PreviewDialog).close()
    wizard.next_button.click()
    wizard.step.code.setText(code)
    wizard.next_button.click()
    yield lambda: isinstance(wizard.step, ProofStep)
    type_in(wizard.step.passphrase.line, PASSPHRASE)
    wizard.next_button.click()
    yield lambda: isinstance(wizard.step, WorkerStep)
    type_in(wizard.step.name, MOTHER)
    type_in(wizard.step.municipality, "Prøve Kommune")
    wizard.next_button.click()
    yield lambda: not window.locked
    yield from rested(window)
    yield {"code": code}
    yield from registered(window)
    yield from half_written(window)
    yield from ended(window, eyes, how)
