"""Scene 8: the plug is pulled in mid-talk. Opened again, at most the last gesture is gone."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from caseworker_app.domain.network_map import Voice
from caseworker_app.services import network_maps
from tests.helpers.maps import shipped
from tests.helpers.stores import again, founded, register

ROOT = Path(__file__).resolve().parents[2]


def talked_and_killed(folder, network_map, after):
    """Let a process draw and kill it when it has said so many gestures; return how many it had said by then."""
    command = [sys.executable, "-m", "tests.scenes.talking_process", str(folder), network_map.hex()]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    said = []

    def listen():
        for line in process.stdout:
            said.append(int(line))

    ear = threading.Thread(target=listen)
    ear.start()
    begun = time.monotonic()
    while len(said) < after and time.monotonic() - begun < 60:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    ear.join(timeout=10)
    process.stdout.close()
    return said[-1]


@pytest.mark.parametrize("after", [5, 14])
def test_the_plug_pulled_in_mid_talk_takes_at_most_the_last_gesture(tmp_path, after):
    store = founded(tmp_path)
    case = register(store, "Ida Prøve")
    drawn = store.write(lambda w: network_maps.begin(w, case, Voice.CHILD, templates=shipped())).result
    store.close()
    said = talked_and_killed(tmp_path, drawn, after)
    assert said >= after
    opened = again(tmp_path)
    people = opened.read(lambda r: network_maps.open_map(r, drawn, shipped())).people
    opened.close()
    kept = len(people) + sum(one.placement is not None for one in people)
    assert said - 1 <= kept <= said + 1, "one may have been made that it had no time to tell of"
    assert [one.called for one in people] == [f"Navn {n}" for n in range(said + 1) if n % 3 != 2][
        : len(people)
    ]
