"""The computer's own lock and sleep: when the screen is locked or the machine is put to sleep, the cases are locked too.

Linux tells it over D-Bus (logind and the screen savers); it has been run. Windows by a message to the window, and macOS by
asking the session, are written after their documentation and not run here. On every system a clock that has jumped ahead
says afterwards that the machine was asleep.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)

LOOK_MS = 5_000
ASLEEP_S = 60.0
"""A look that comes so much later than it should was kept from coming by the machine's sleep."""
_SYSTEM = (("org.freedesktop.login1.Manager", "PrepareForSleep"), ("org.freedesktop.login1.Session", "Lock"))
_SESSION = tuple(
    (name, "ActiveChanged")
    for name in (
        "org.freedesktop.ScreenSaver",
        "org.gnome.ScreenSaver",
        "org.cinnamon.ScreenSaver",
        "org.mate.ScreenSaver",
        "org.xfce.ScreenSaver",
    )
)
"""Interfaces and signals; ``PrepareForSleep`` and ``ActiveChanged`` say ``true`` when it begins."""


class SessionWatch(QObject):
    """``left`` comes when the screen is locked or the machine goes to sleep, or has been asleep."""

    left = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        self._locked_before = False
        self._filter: _WindowsFilter | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to listen; what this system does not have is left out."""
        self._last = self._clock()
        self._timer.start()
        if sys.platform.startswith("linux"):
            self._listen_on_bus()
        elif sys.platform == "win32":
            self._filter = _WindowsFilter(self.left.emit)
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self._filter)

    def look(self) -> None:
        """Notice a sleep that nobody told of, and on macOS a locked screen."""
        now, before = self._clock(), self._last
        self._last = now
        locked = sys.platform == "darwin" and _mac_is_locked()
        newly, self._locked_before = locked and not self._locked_before, locked
        if newly or now - before > LOOK_MS / 1000 + ASLEEP_S:
            self.left.emit()

    # Linux

    def _listen_on_bus(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        for bus, told in ((QDBusConnection.systemBus(), _SYSTEM), (QDBusConnection.sessionBus(), _SESSION)):
            if bus.isConnected():
                self.listen(bus, told)

    def listen(self, bus: object, told: tuple[tuple[str, str], ...]) -> None:
        """Listen on a bus (a ``QDBusConnection``) for signals of any sender."""
        from PySide6.QtCore import SLOT
        from PySide6.QtDBus import QDBusConnection

        assert isinstance(bus, QDBusConnection)
        for interface, signal in told:
            slot = SLOT("on_lock()") if signal == "Lock" else SLOT("on_begin(bool)")
            bus.connect(
                "", "", interface, signal, self, cast("bytes", slot)
            )  # its stub says bytes and it takes none

    @Slot(bool)
    def on_begin(self, begins: bool) -> None:
        """Sleep or the lock of the screen begins, or ends."""
        if begins:
            self.left.emit()

    @Slot()
    def on_lock(self) -> None:
        """The session is asked to lock."""
        self.left.emit()


class _WindowsFilter(QAbstractNativeEventFilter):
    """Hears of the session's lock and of sleep in the messages every window of ours gets.

    ``WTSRegisterSessionNotification`` is asked for once a window is there; written after the documentation, not run.
    """

    WTSSESSION_CHANGE, SESSION_LOCK = 0x02B1, 0x7
    POWERBROADCAST, SUSPEND = 0x0218, 0x4

    def __init__(self, left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left
        self._registered: set[int] = set()

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int] | object:
        if sys.platform == "win32" and bytes(kind) in (b"windows_generic_MSG", b"windows_dispatcher_MSG"):
            import ctypes
            from ctypes import wintypes

            told = wintypes.MSG.from_address(int(message))
            if told.hWnd and told.hWnd not in self._registered:
                self._registered.add(told.hWnd)
                ctypes.windll.wtsapi32.WTSRegisterSessionNotification(told.hWnd, 0)
            locked = told.message == self.WTSSESSION_CHANGE and told.wParam == self.SESSION_LOCK
            sleeps = told.message == self.POWERBROADCAST and told.wParam == self.SUSPEND
            if locked or sleeps:
                self._left()
        return False, 0


def _mac_is_locked() -> bool:
    """Ask macOS's window server whether the screen is locked; written after the documentation, not run."""
    if sys.platform != "darwin":
        return False
    import ctypes

    graphics = ctypes.CDLL("/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics")
    core = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
    graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
    core.CFStringCreateWithCString.restype = ctypes.c_void_p
    core.CFDictionaryContainsKey.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    core.CFRelease.argtypes = [ctypes.c_void_p]
    session = graphics.CGSessionCopyCurrentDictionary()
    if not session:
        return True  # no session on the screen: somebody else is at the machine
    utf8 = 0x08000100
    key = core.CFStringCreateWithCString(None, b"CGSSessionScreenIsLocked", utf8)
    try:
        return bool(core.CFDictionaryContainsKey(session, key))
    finally:
        core.CFRelease(key)
        core.CFRelease(session)
