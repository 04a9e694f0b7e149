"""The watchdog: how long the window makes a person wait, and a failed test where it is too long.

The promises (16 ms for a key, a drag frame and a scroll, 100 ms to open a page) are for a calm machine; a
test fails at three times that. Measured is the time from the act to everything it caused being handled and
painted. Four things keep a busy or slow machine from failing anybody: the time any thread of the program waited
for a processor is taken off (Linux tells it; one that waits may hold the interpreter), the limits grow with a
calibration run in the same process, one act of a kind in a test may be an outlier of up to three limits (a page:
two), and one in which the thread worked little itself of any length: a disk or another virtual machine held it up.
What is really slow, or really waits for the store, is so again.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: Milliseconds before a test fails: three times the promise.
LIMITS = {"key": 48.0, "scroll": 48.0, "drag": 48.0, "page": 300.0, "stall": 300.0}
#: How many limits a single act of its kind may take in a test.
OUTLIER = {"key": 3.0, "scroll": 3.0, "drag": 3.0, "page": 2.0, "stall": 2.0}
#: Own milliseconds of the calibration below on the machine the promises were measured on.
REFERENCE_MS = 9.0
HEARTBEAT_MS = 10
#: An act was held up from outside when the thread itself worked less than this share of its limit.
IDLE_SHARE = 0.5
_THREADS = Path("/proc/self/task")
_TYPING = {
    Qt.Key[f"Key_{name}"]
    for name in (
        *("Backspace", "Delete", "Tab", "Backtab", "Space", "Shift"),
        *("Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown"),
    )
}


def own_ms() -> float:
    """Return a clock in milliseconds that stands still while this thread waits for a processor."""
    return time.perf_counter() * 1e3 - _waited_ms(_THREADS / str(threading.get_native_id()))


class Stopwatch:
    """What an act took: wall time less the waits of every thread of the program for a processor."""

    def __init__(self) -> None:
        self._waits, self._modules = _waits(), len(sys.modules)
        self._worked, self._began = time.thread_time(), time.perf_counter()

    def act(self, kind: str, what: str) -> Act:
        """Return the act that began with this watch and ends now.

        A key that loads a part of the program for the first time opens it, and is timed as the opening of a page.
        """
        if kind == "key" and len(sys.modules) > self._modules:
            kind = "page"
        took = (time.perf_counter() - self._began) * 1e3
        worked = (time.thread_time() - self._worked) * 1e3
        waited = sum(ms - self._waits.get(thread, 0.0) for thread, ms in _waits().items())
        return Act(kind, what, max(min(worked, took), took - waited), worked)


def _waits() -> dict[str, float]:
    try:
        return {thread.name: _waited_ms(thread) for thread in _THREADS.iterdir()}
    except OSError:
        return {}


def _waited_ms(thread: Path) -> float:
    try:
        return int((thread / "schedstat").read_text().split()[1]) / 1e6
    except (OSError, IndexError, ValueError):
        return 0.0


def calibrate() -> float:
    """Return how many times slower than the reference this machine runs plain Python now; never below 1."""
    return max(1.0, min(_fixed_work() for _ in range(3)) / REFERENCE_MS)


def _fixed_work() -> float:
    start = own_ms()
    table: dict[int, str] = {}
    for number in range(60_000):
        table[number % 997] = f"{number:x}"
    return own_ms() - start


@dataclass(frozen=True)
class Act:
    """One thing done to the window: its kind, what it was, how many milliseconds until it was painted, and for how
    many of them the thread itself worked."""

    kind: str
    what: str
    ms: float
    worked: float


class Watchdog:
    """Times what a test does to the window. ``acts`` holds every measured act, ``scale`` the calibration."""

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.acts: list[Act] = []
        self._depth = 0

    def timed(self, kind: str, what: str, act: Callable[[], Any]) -> Any:
        """Run ``act``, let everything it caused be handled and painted, and note the time."""
        if self._depth:
            return act()
        self._depth += 1
        watch = Stopwatch()
        try:
            result = act()
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()
        finally:
            self._depth -= 1
        self.acts.append(watch.act(kind, what))
        return result

    @contextmanager
    def opening(self, what: str) -> Iterator[None]:
        """Time everything inside, waits for the store too, against the limit for opening a page."""
        watch = Stopwatch()
        self._depth += 1
        try:
            yield
            QCoreApplication.processEvents()
        finally:
            self._depth -= 1
        self.acts.append(watch.act("page", what))

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """Time nothing inside: for what a test does that no person would feel, such as filling a store."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    @contextmanager
    def heartbeat(self, what: str) -> Iterator[None]:
        """Note the longest pause of the event loop while inside (for waiting on the loop)."""
        watch, longest = Stopwatch(), Act("stall", what, 0.0, 0.0)

        def beat() -> None:
            nonlocal watch, longest
            now = watch.act("stall", what)
            if now.ms - HEARTBEAT_MS > longest.ms:
                longest = Act("stall", what, now.ms - HEARTBEAT_MS, now.worked)
            watch = Stopwatch()

        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(beat)
        timer.start(HEARTBEAT_MS)
        try:
            yield
        finally:
            timer.stop()
            if not self._depth:
                self.acts.append(longest)

    def scroll(self, view: QWidget, notches: int = -1) -> None:
        """Turn the wheel over ``view`` (a scroll area's viewport), one event a notch; negative is down."""
        step = QPoint(0, 120 if notches > 0 else -120)
        middle = QPointF(view.rect().center())
        for _ in range(abs(notches)):
            event = QWheelEvent(
                middle, view.mapToGlobal(middle), QPoint(), step, Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            self.timed("scroll", "wheel", lambda event=event: QCoreApplication.sendEvent(view, event))

    def drag(self, widget: QWidget, start: QPoint, end: QPoint, frames: int = 8) -> None:
        """Press at ``start``, move to ``end`` in timed frames, let go."""
        left = Qt.MouseButton.LeftButton
        self.timed("drag", "press", lambda: QTest.mousePress(widget, left, pos=start))
        for frame in range(1, frames + 1):
            point = start + (end - start) * (frame / frames)
            self.timed("drag", "move", lambda point=point: QTest.mouseMove(widget, point))
        self.timed("drag", "release", lambda: QTest.mouseRelease(widget, left, pos=end))

    def complaints(self) -> list[str]:
        """Return every act that took longer than its limit allows on this machine, one sentence each.

        A single one of its kind is let pass up to :data:`OUTLIER` limits, and at any length when the thread was idle
        in it.
        """
        slow = [act for act in self.acts if act.ms > self._limit(act)]
        often = Counter(act.kind for act in slow)
        return [
            f"{act.kind} ({act.what}) took {act.ms:.0f} ms, {act.worked:.0f} of them work;"
            f" the limit is {self._limit(act):.0f} ms"
            for act in slow
            if often[act.kind] > 1 or not self._excused(act)
        ]

    def _limit(self, act: Act) -> float:
        return LIMITS[act.kind] * self.scale

    def _excused(self, act: Act) -> bool:
        limit = self._limit(act)
        return act.ms <= limit * OUTLIER[act.kind] or act.worked < limit * IDLE_SHARE


def kind_of_key(key: object, modifier: object = Qt.KeyboardModifier.NoModifier) -> str:
    """Tell whether a key types (limit of a key) or may open something (limit of a page)."""
    plain = modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    types = isinstance(key, str) or key in _TYPING or Qt.Key.Key_Exclam <= key <= Qt.Key.Key_ydiaeresis
    return "key" if plain and types else "page"


def watch_qtbot(qtbot: Any, watchdog: Watchdog, replace: Callable[[Any, str, Any], None]) -> None:
    """Time what a test does through ``qtbot``: keys, the mouse, and the pauses of the loop while it waits."""

    def key(name: str) -> Callable[..., Any]:
        real = getattr(QTest, name)

        def timed(widget: Any, pressed: Any, *args: Any, **kwargs: Any) -> Any:
            kind = kind_of_key(pressed, *args[:1])
            what = "a character" if isinstance(pressed, str) else getattr(pressed, "name", str(pressed))
            return watchdog.timed(kind, what, lambda: real(widget, pressed, *args, **kwargs))

        return timed

    def keys(widget: Any, text: str, *args: Any, **kwargs: Any) -> None:
        for character in text:
            watchdog.timed(
                "key", "a character", lambda c=character: QTest.keyClicks(widget, c, *args, **kwargs)
            )

    def mouse(name: str) -> Callable[..., Any]:
        real = getattr(QTest, name)
        kind = "drag" if name == "mouseMove" else "page"
        return lambda *args, **kwargs: watchdog.timed(kind, name, lambda: real(*args, **kwargs))

    def wait(name: str) -> Callable[..., Any]:
        real = getattr(qtbot, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            with watchdog.heartbeat(name):
                return real(*args, **kwargs)

        return watched

    for name in ("keyClick", "keyPress", "keyRelease"):
        replace(qtbot, name, key(name))
    replace(qtbot, "keyClicks", keys)
    for name in ("mouseClick", "mouseDClick", "mousePress", "mouseRelease", "mouseMove"):
        replace(qtbot, name, mouse(name))
    for name in ("wait", "waitUntil"):
        replace(qtbot, name, wait(name))
