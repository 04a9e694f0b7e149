"""The self-test of an installed program: a throw-away store is made, written, printed from, shown and read back.

What the program stands on and a package may have left behind is asked first: cipher, words, time zones, keyring.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from caseworker_app.clock import SystemClock
from caseworker_app.compose.access import Access
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.i18n import Translator
from caseworker_app.secrets import Finding
from caseworker_app.services import cases, meetings, office, papers, people
from caseworker_app.services.ports import Store, Writer
from caseworker_app.vault.locks import SMALL_MACHINE
from caseworker_app.worker.process import WorkerProcess

Say = Callable[[str], None]
PASSPHRASE = "en prøve af det hele 1"  # noqa: S105 - the throw-away store's, gone in a second


def run(say: Say) -> int:
    """Run every step; return 0, or 1 at the first that does not hold. ``say`` gets one line a step."""
    worker = WorkerProcess()
    try:
        _grounds(say)
        with tempfile.TemporaryDirectory(prefix="taetpaa-self-test-") as folder:
            _steps(Path(folder), worker, say)
    except Exception as error:  # noqa: BLE001 - the boundary: the exit code and one line are the answer
        say(f"FAILED: {type(error).__name__}: {error}")
        return 1
    finally:
        worker.close()
    say("ok")
    return 0


def _need(held: bool, what: str) -> None:
    if not held:
        raise RuntimeError(what)


def _grounds(say: Say) -> None:
    """Ask what the program stands on. A keyring may be missing; everything else must be there."""
    from importlib.metadata import version

    from caseworker_app import i18n
    from caseworker_app.secrets import find_backend
    from caseworker_app.services.calendar import danish_holidays
    from db.connection import driver

    frozen = "packaged" if getattr(sys, "frozen", False) else "from its source"
    say(f"Tæt på {version('caseworker-app')}, {frozen}, Python {sys.version.split()[0]} on {sys.platform}")
    with closing(driver().connect(":memory:")) as probe:
        say(f"cipher: SQLCipher {probe.execute('PRAGMA cipher_version').fetchone()[0]}")
    _words(i18n.load("da"))
    _need(dt.date(2026, 12, 25) in danish_holidays(2026), "Christmas is missing from the calendar")
    say("words, dates and holidays are Danish; the clock knows Copenhagen")
    keyring = find_backend()
    none = f"none ({keyring.reason_msgid}) The passphrase is the way in."
    say(f"keyring: {keyring.backend.name if keyring.backend else none}")


def _words(danish: Translator) -> None:
    """Hold that the catalogue, the calendar's words and the time zones are there."""
    from zoneinfo import ZoneInfo

    noon = dt.datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
    _need(noon.utcoffset() == dt.timedelta(hours=2), "Copenhagen is not in summer time in July")
    _need(danish.date(dt.date(2026, 11, 23)) == "23. november 2026", "dates are not said in Danish")
    _need(danish.gettext("Language on screen") != "Language on screen", "the Danish words are missing")


def _steps(folder: Path, worker: WorkerProcess, say: Say) -> None:
    ways = Access(folder / "store", SystemClock(), find_keyring=_no_keyring, parameters=SMALL_MACHINE)
    code = ways.prepare(PASSPHRASE).recovery_code
    ways.verify_recovery(code)
    ways.verify_passphrase(PASSPHRASE)
    store = ways.found({"name": "Selvtest"}, {"municipality": "Selvtest"})
    say("store made, two ways in verified")
    meeting = store.write(_write).result
    data = _print(store, worker, meeting)
    _need(data.startswith(b"%PDF-"), "the paper is no PDF")
    say(f"written, and an invitation printed ({len(data)} bytes)")
    _need(store.rebuild() > 0, "the log is empty")
    say(_shown(folder, ways, store, worker))
    ways.release()
    again = Access(folder / "store", SystemClock(), find_keyring=_no_keyring, parameters=SMALL_MACHINE)
    opened = again.open_by_passphrase(PASSPHRASE)
    found = opened.read(lambda r: r.find(Case))
    opened.close()
    again.release()
    _need([case.child_name for case in found] == ["Ærø Ønske Åsen"], "the case was not read back")
    for file in (folder / "store").glob("store.db*"):
        _need("Ønske".encode() not in file.read_bytes(), f"{file.name} holds clear text")
    say("read back; nothing in clear on the disk")


def _shown(folder: Path, ways: Access, store: Store, worker: WorkerProcess) -> str:
    """Show the store in a window until its row has been painted, which closes it; return what was seen."""
    from caseworker_app import settings
    from caseworker_app.compose.books import ShippedBooks

    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.application import Context
    from ui.first_look import first_look

    context = Context(
        doors=ways, papers=worker, files=worker, books=ShippedBooks(), store=store,
        settings=settings.Settings(folder / settings.FILE_NAME),
    )  # fmt: skip
    seen = first_look(context)
    _need(not seen.missing, "the window lacks " + ", ".join(seen.missing))
    _need(seen.rows == 1, f"{seen.rows} rows in the window instead of one")
    return f"shown in a window ({seen.platform}), in our own letters, with icon and pictures"


def _no_keyring() -> Finding:
    return Finding(None, "")


def _write(writer: Writer) -> Id:
    case = cases.register(writer, {"child_name": "Ærø Ønske Åsen"})
    writer.flush()
    mother = people.add(writer, case, {"name": "Mor Åsen"})
    writer.flush()
    span = TimeSpan(_in_a_week(writer), dt.time(10, 30), dt.time(12))
    meeting = meetings.plan(
        writer, case, {"purpose": "vi prøver det hele", "when": span, "place": "Rådhuset"}
    )
    writer.flush()
    meetings.invite(writer, meeting, [mother])
    return meeting


def _in_a_week(writer: Writer) -> dt.date:
    """Return a day a week ahead."""
    return writer.today + dt.timedelta(days=7)


def _print(store: Store, worker: WorkerProcess, meeting: Id) -> bytes:
    job = store.read(lambda r: papers.invitations(r, meeting))[0]
    made = worker.make(job)
    store.write(lambda w: papers.record_print(w, job, made.data))
    _need(len(store.read(lambda r: papers.printed(r, meeting))) == 1, "the print was not logged")
    _need(store.read(office.house).worker.name == "Selvtest", "the worker was not read back")
    return made.data
