"""The worker process: answers, refusals, its own faults, and its death."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
from collections.abc import Iterator

import pytest

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.papers import Paper, PaperJob, RecoverySheetFacts
from caseworker_app.worker.process import WorkerEnded, WorkerFailed, WorkerProcess

SHEET = PaperJob(
    Paper.RECOVERY_SHEET,
    RecoverySheetFacts(
        "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF-GGGGG", "Prøve Kommune", "Karen", dt.date(2026, 11, 21)
    ),
    "recovery-sheet.pdf",
)


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerProcess]:
    process = WorkerProcess()
    yield process
    process.close()


def test_a_paper_comes_back_as_bytes(worker: WorkerProcess) -> None:
    made = worker.make(SHEET)
    assert made.data.startswith(b"%PDF-")
    assert made.pages >= 1
    assert made.missing == ()


def test_the_same_paper_is_the_same_bytes(worker: WorkerProcess) -> None:
    assert worker.make(SHEET).data == worker.make(SHEET).data


def test_an_expected_error_comes_back_with_its_ways_out(worker: WorkerProcess) -> None:
    broken = PaperJob(Paper.INVITATION, _invitation_with_logo("not base64!"), "x.pdf")
    with pytest.raises(UserError, match="logo") as refused:
        worker.make(broken)
    assert refused.value.ways_out


def _invitation_with_logo(logo: str) -> object:
    from caseworker_app.domain.meeting import Audience, MeetingKind, TimeSpan
    from caseworker_app.domain.papers import InvitationFacts, Reader, Sender

    sender = Sender("K", "A", (), "", "", logo, "", "Karen", "", "")
    when = TimeSpan(dt.date(2026, 12, 1), dt.time(10), dt.time(11))
    reader = Reader("Mor", Audience.PARENT)
    return InvitationFacts(
        sender,
        reader,
        "Emma",
        MeetingKind.INVOLVING,
        "x",
        when,
        "Her",
        (),
        "",
        "",
        "",
        "",
        "",
        dt.date(2026, 11, 21),
    )


def test_a_fault_of_ours_names_kind_and_place_and_nothing_of_what_was_asked(worker: WorkerProcess) -> None:
    with pytest.raises(WorkerFailed) as failed:
        worker.call("paper", "Hemmelige Navn")
    assert "Hemmelige" not in str(failed.value)
    assert "AttributeError" in str(failed.value)
    assert worker.make(SHEET).data


def test_a_killed_worker_is_said_and_the_next_request_starts_another(worker: WorkerProcess) -> None:
    worker.make(SHEET)
    process = worker._process
    assert process is not None
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert worker.make(SHEET).data


def test_a_worker_killed_in_the_middle_of_a_paper_is_said_in_words(worker: WorkerProcess) -> None:
    worker.warm()
    process = worker._process
    assert process is not None
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)  # it will not answer before it is killed
    threading.Timer(0.2, os.kill, (process.pid, signal.SIGKILL)).start()
    with pytest.raises(WorkerEnded) as ended:
        worker.make(SHEET)
    assert ended.value.ways_out
    assert worker.make(SHEET).data


def test_closing_ends_the_process() -> None:
    worker = WorkerProcess()
    worker.warm()
    process = worker._process
    assert process is not None
    worker.close()
    assert not process.is_alive()
