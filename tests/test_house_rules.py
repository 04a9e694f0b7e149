"""The guards in conftest bite: each of them is shown what it must catch."""

from __future__ import annotations

import logging
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.helpers.logs import LogGuard
from tests.helpers.order import shuffled
from tests.helpers.sockets import is_loopback, refuse_network
from tests.helpers.source import ROOT
from tests.helpers.watchdog import LIMITS, Act, Watchdog, kind_of_key, own_ms, watch_qtbot
from tests.helpers.windows import close_leftover_windows, leaked_widgets


def refusal() -> AbstractContextManager[object]:
    return pytest.raises(pytest.fail.Exception)


def test_a_connection_to_the_outside_is_refused_even_where_errors_are_swallowed():
    assert not issubclass(pytest.fail.Exception, Exception)
    with refuse_network(allow_loopback=False) as refused, socket.socket() as plug, refusal():
        plug.connect(("192.0.2.1", 9))
    assert refused == ["connect to ('192.0.2.1', 9)"]


def test_loopback_is_refused_without_the_mark():
    with refuse_network(allow_loopback=False) as refused, socket.socket() as plug, refusal():
        plug.connect(("127.0.0.1", 9))
    assert refused


def test_a_datagram_is_refused_too():
    with refuse_network(allow_loopback=False), socket.socket(type=socket.SOCK_DGRAM) as plug, refusal():
        plug.sendto(b"", ("192.0.2.1", 9))


def test_the_guard_put_on_twice_is_still_on_when_the_inner_one_goes():
    before = socket.socket.connect
    with refuse_network(allow_loopback=False):
        assert socket.socket.connect is not before
    assert socket.socket.connect is before


@pytest.mark.net
def test_loopback_is_open_to_a_test_that_says_so():
    server = socket.create_server(("127.0.0.1", 0))
    client = socket.create_connection(server.getsockname())
    client.close()
    server.close()


@pytest.mark.parametrize(
    ("address", "expected"),
    [(("127.0.0.1", 1), True), (("::1", 1, 0, 0), True), (("localhost", 1), True), (("192.0.2.1", 1), False),
     (("a.example", 1), False), ("/a/path", False), (None, False)],
)  # fmt: skip
def test_only_addresses_of_this_machine_are_loopback(address, expected):
    assert is_loopback(address) is expected


def test_a_warning_nobody_expected_is_a_complaint():
    guard = LogGuard()
    guard.handle(logging.LogRecord("a.b", logging.WARNING, "", 0, "disk is %s", ("full",), None))
    assert guard.complaints() == ["unexpected in the log: WARNING a.b: disk is full"]


def test_an_expected_warning_that_does_not_come_is_a_complaint():
    guard = LogGuard()
    guard.expect("disk is full")
    assert guard.complaints() == ["expected in the log, but did not come: disk is full"]


def test_an_expected_warning_is_let_through(expect_log):
    expect_log("WARNING caseworker: disk is full")
    logging.getLogger("caseworker").warning("disk is full")


def test_the_clock_of_the_tests_is_in_copenhagen():
    assert time.strftime("%H", time.localtime(1_772_000_000)) == "07"


def test_each_test_has_a_home_that_nobody_has_used():
    assert not Path(os.environ["CASEWORKER_HOME"]).exists()


def test_no_secret_of_the_person_at_the_machine_is_reachable():
    import keyring

    assert type(keyring.get_keyring()).__module__ == "keyring.backends.fail"


def test_the_same_seed_gives_the_same_order_and_keeps_modules_together():
    groups = [("a", [1, 2, 3, 4]), ("b", [5, 6, 7]), ("c", [8, 9])]
    order = shuffled(groups, 3)
    assert order == shuffled(groups, 3)
    assert order != [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert sorted(order) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    at = {member: place for place, member in enumerate(order)}
    assert max(at[n] for n in (5, 6, 7)) - min(at[n] for n in (5, 6, 7)) == 2


def test_a_window_left_open_is_named_and_closed(qapp):
    window = QWidget()
    window.setObjectName("forgotten")
    window.show()
    assert close_leftover_windows() == ["QWidget 'forgotten'"]
    assert close_leftover_windows() == []


def test_what_was_closed_is_gone_before_the_next_test_so_that_no_timer_of_it_fires(qapp):
    window = QWidget()
    window.close()
    window.deleteLater()
    assert close_leftover_windows() == []
    assert not shiboken6.isValid(window)


def test_a_widget_that_somebody_keeps_is_a_leak(qapp):
    kept = []

    def make():
        kept.append(QLabel())
        return kept[-1]

    def make_with_orphan():
        window = QWidget()
        kept.append(QLabel())
        return window

    assert leaked_widgets(make, 3) == Counter()  # deleted although somebody holds the wrapper
    assert leaked_widgets(make_with_orphan, 3) == Counter({"QLabel": 3})
    for label in kept:
        del label
    kept.clear()


class SlowEdit(QLineEdit):
    """Takes 80 ms for every key."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        until = own_ms() + 80
        while own_ms() < until:
            pass
        super().keyPressEvent(event)


@pytest.mark.unwatched
def test_a_slow_key_is_a_complaint(qtbot, monkeypatch):
    dog = Watchdog(scale=1.0)
    watch_qtbot(qtbot, dog, monkeypatch.setattr)
    edit = SlowEdit()
    qtbot.addWidget(edit)
    edit.show()
    qtbot.keyClicks(edit, "æ")
    assert dog.complaints() == []  # one may be the machine's
    qtbot.keyClicks(edit, "ø")
    assert edit.text() == "æø"
    assert len(dog.complaints()) == 2
    assert dog.complaints()[0].startswith("key (a character) took ")
    dog.scale = 10.0
    assert dog.complaints() == []


@pytest.mark.unwatched
def test_a_pause_of_the_loop_while_the_test_waits_is_noted(qtbot, monkeypatch):
    dog = Watchdog(scale=1.0)
    watch_qtbot(qtbot, dog, monkeypatch.setattr)
    QTimer.singleShot(20, lambda: time.sleep(0.1))
    qtbot.wait(200)
    (stall,) = dog.acts
    assert stall.kind == "stall"
    assert 80 < stall.ms < 250


def test_keys_scrolls_and_drags_of_a_quick_widget_stay_under_their_limits(qtbot, watchdog):
    with watchdog.opening("a text field"):
        edit = QPlainTextEdit("\n".join(str(line) for line in range(300)))
        qtbot.addWidget(edit)
        edit.resize(300, 200)
        edit.show()
    qtbot.keyClicks(edit, "Sød")
    watchdog.scroll(edit.viewport(), -3)
    watchdog.drag(edit.viewport(), QPoint(5, 5), QPoint(60, 60), frames=4)
    assert edit.verticalScrollBar().value() > 0
    assert Counter(act.kind for act in watchdog.acts) == {"page": 1, "key": 3, "scroll": 3, "drag": 6}


def test_what_is_done_while_a_page_opens_counts_once(qtbot, watchdog):
    with watchdog.opening("a field"):
        edit = QLineEdit()
        qtbot.addWidget(edit)
        qtbot.keyClicks(edit, "abc")
    assert [act.kind for act in watchdog.acts] == ["page"]


def test_a_key_that_may_open_something_has_the_limit_of_a_page():
    types = [kind_of_key("a"), kind_of_key(Qt.Key.Key_A), kind_of_key(Qt.Key.Key_Down)]
    opens = [kind_of_key(Qt.Key.Key_Return), kind_of_key(Qt.Key.Key_F1)]
    assert set(types) == {"key"}
    assert set(opens) == {kind_of_key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)} == {"page"}


def test_the_limits_are_three_times_the_promises():
    assert {kind: limit / 3 for kind, limit in LIMITS.items()} == {
        "key": 16, "scroll": 16, "drag": 16, "page": 100, "stall": 100,
    }  # fmt: skip


def test_a_clock_of_its_own_does_not_run_while_another_has_the_processor():
    start, own_start = time.perf_counter(), own_ms()
    while time.perf_counter() - start < 0.01:
        pass
    assert own_ms() - own_start <= (time.perf_counter() - start) * 1e3 + 0.5


GUILTY = """
import logging, socket, time, warnings
from PySide6.QtCore import qDebug, qWarning
from PySide6.QtWidgets import QLineEdit, QWidget

class Slow(QLineEdit):
    def keyPressEvent(self, event):
        time.sleep(1)

def test_innocent(qtbot):
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.show()
    qtbot.keyClicks(edit, "abc")
    qWarning("This plugin does not support propagateSizeHints()")
def test_says_a_warning_in_the_log(): logging.getLogger("x").warning("lost")
def test_says_a_qt_warning(): qWarning("QObject::connect: no such signal")
def test_warns(): warnings.warn("old")
def test_reaches_out():
    try:
        with socket.socket() as plug: plug.connect(("192.0.2.1", 9))
    except Exception: pass
def test_leaves_a_window(qapp):
    global window
    window = QWidget()
    window.show()
def test_is_slow_to_type_in(qtbot):
    edit = Slow()
    qtbot.addWidget(edit)
    edit.show()
    qtbot.keyClicks(edit, "ab")
"""


def test_each_guard_fails_the_test_that_is_guilty_and_no_other(tmp_path):
    (tmp_path / "test_guilty.py").write_text(GUILTY)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rA",
        "-p",
        "tests.conftest",
        "--rootdir",
        str(tmp_path),
    ]
    done = subprocess.run(
        [*command, "-c", str(ROOT / "pyproject.toml"), "-o", "testpaths=", str(tmp_path)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    verdicts = set(re.findall(r"^(PASSED|FAILED|ERROR) \S*::(\w+)", done.stdout, re.MULTILINE))
    guilty = {name for verdict, name in verdicts if verdict != "PASSED"}
    assert guilty == set(re.findall(r"def (test_\w+)", GUILTY)) - {"test_innocent"}, done.stdout
    assert ("PASSED", "test_innocent") in verdicts


def test_complaints_name_kind_time_and_limit():
    dog = Watchdog(scale=2.0)
    dog.acts = [Act("page", "Sager", 1250.0, 1200.0), Act("key", "a character", 90.0, 90.0)]
    assert dog.complaints() == [
        "page (Sager) took 1250 ms, 1200 of them work; the limit is 600 ms",
    ]
    dog.acts = [Act("page", "Sager", 650.0, 640.0)]
    assert dog.complaints() == []


def test_one_long_wait_in_which_the_window_did_nothing_is_the_machines_and_two_are_ours():
    dog = Watchdog(scale=1.0)
    dog.acts = [Act("page", "Escape", 900.0, 20.0)]
    assert dog.complaints() == []
    dog.acts = [Act("page", "Escape", 900.0, 20.0), Act("page", "Sager", 301.0, 5.0)]
    assert len(dog.complaints()) == 2
