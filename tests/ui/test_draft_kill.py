"""A process killed while it is typed in: at most two seconds of typing are lost."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.helpers.stores import again, founded, register
from tests.ui.typing_process import LETTERS

PROMISE_SECONDS = 2.0
ROOT = Path(__file__).resolve().parents[2]


def typed_and_killed(folder: Path, case: bytes, after: float) -> tuple[list[tuple[float, int]], float]:
    """Let a process type for a while and kill it; return (moment, letters) as it said them, and when it died."""
    command = [sys.executable, "-m", "tests.ui.typing_process", str(folder), case.hex()]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    said: list[tuple[float, int]] = []

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            moment, letters = line.split()
            said.append((float(moment), int(letters)))

    ear = threading.Thread(target=listen)
    ear.start()
    begun = time.monotonic()
    while not said and time.monotonic() - begun < 30:
        time.sleep(0.02)
    time.sleep(after)
    process.kill()
    killed = time.time()
    process.wait(timeout=10)
    ear.join(timeout=10)
    assert process.stdout is not None
    process.stdout.close()
    return said, killed


@pytest.mark.slow
@pytest.mark.parametrize("after", [1.7, 3.1])
def test_a_kill_while_typing_loses_at_most_two_seconds_of_it(tmp_path, after):
    store = founded(tmp_path)
    case = register(store, "Emma Holm")
    store.close()
    said, killed = typed_and_killed(tmp_path, case, after)
    promised = max((letters for moment, letters in said if moment <= killed - PROMISE_SECONDS), default=0)
    opened = again(tmp_path)
    draft = opened.read(lambda r: r.draft(f"case:{case.hex()}"))
    opened.close()
    kept = "" if draft is None else draft.fields["note"][0]
    whole = LETTERS * (said[-1][1] // len(LETTERS) + 1)
    assert whole.startswith(kept), "what is kept is what was typed, from its beginning"
    assert len(kept) >= promised
    if after > PROMISE_SECONDS:
        assert promised > 10, "the test itself has typed enough to say something"
