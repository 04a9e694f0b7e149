"""The computer's own lock and sleep lock the cases: heard on a real message bus, and noticed by a clock that has jumped."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from PySide6.QtCore import QObject

from ui.session import _SESSION, _SYSTEM, ASLEEP_S, SessionWatch


@pytest.fixture
def watch(qtbot):
    parent = QObject()
    now = [1000.0]
    made = SessionWatch(parent, lambda: now[0])
    made.now = now
    made.heard = []
    made.left.connect(lambda: made.heard.append(now[0]))
    yield made
    parent.deleteLater()


@pytest.fixture
def bus():
    """A message bus of our own, at a socket of its own."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("there is no message bus here")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    address = daemon.stdout.readline().strip()
    yield address
    daemon.kill()
    daemon.wait()
    daemon.stdout.close()


def test_a_locked_screen_and_a_coming_sleep_are_heard_on_the_bus_and_their_end_is_not(qtbot, watch, bus):
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    ours = QDBusConnection.connectToBus(bus, f"ours {bus}")
    theirs = QDBusConnection.connectToBus(bus, f"theirs {bus}")
    assert ours.isConnected(), ours.lastError().message()
    watch.listen(ours, (*_SYSTEM, *_SESSION))

    def say(interface, name, *values):
        message = QDBusMessage.createSignal("/org/freedesktop/thing", interface, name)
        message.setArguments(list(values))
        assert theirs.send(message)

    told = (
        ("org.freedesktop.login1.Manager", "PrepareForSleep", True),
        ("org.freedesktop.ScreenSaver", "ActiveChanged", True),
        ("org.gnome.ScreenSaver", "ActiveChanged", True),
        ("org.freedesktop.login1.Session", "Lock"),
    )
    for number, signal in enumerate(told, start=1):
        say(*signal)
        qtbot.waitUntil(lambda number=number: len(watch.heard) == number, timeout=5_000)
    say("org.freedesktop.login1.Manager", "PrepareForSleep", False)
    say("org.gnome.ScreenSaver", "ActiveChanged", False)
    say("org.freedesktop.login1.Session", "Lock")
    qtbot.waitUntil(lambda: len(watch.heard) == 5, timeout=5_000)
    for whose in ("ours", "theirs"):
        QDBusConnection.disconnectFromBus(f"{whose} {bus}")


def test_a_clock_that_has_jumped_ahead_says_that_the_machine_slept(watch):
    watch.look()
    watch.now[0] += 5
    watch.look()
    assert watch.heard == []
    watch.now[0] += ASLEEP_S + 10
    watch.look()
    assert len(watch.heard) == 1
    watch.now[0] += 5
    watch.look()
    watch.now[0] -= 3600
    watch.look()
    assert len(watch.heard) == 1, "a clock that was set back is no sleep"
