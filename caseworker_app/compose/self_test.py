"""The self-test of an installed program: a throw-away store is made, written, printed from and read back."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from caseworker_app.clock import SystemClock
from caseworker_app.compose.access import Access
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import TimeSpan
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
    store.close()
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
