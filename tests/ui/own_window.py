"""The user's own window as a test drives it: real doors, real keys, real pages, a real encrypted store."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from caseworker_app.compose.access import Access
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.secrets import Finding
from caseworker_app.vault.locks import Argon2Parameters
from tests.helpers.quiet import quiet
from ui.main_window import MainWindow
from ui.mishaps import Mishaps
from ui.pages.opening.unlock_page import UnlockPage
from ui.tasks import Tasks

PASSPHRASE = "kaffe plankeværk sytten tordenskrald"
QUICK = Argon2Parameters(passes=1, memory_kib=1024, lanes=1)


def no_keyring():
    return Finding(None, "This computer has no keyring that the program can use.")


def own_ways(folder, clock):
    """Return the ways into a store that is to be founded in ``folder``; both have been tried."""
    doors = Access(folder, clock, find_keyring=no_keyring, parameters=QUICK)
    slots = doors.prepare(PASSPHRASE)
    doors.verify_recovery(slots.recovery_code)
    doors.verify_passphrase(PASSPHRASE)
    return doors


class OwnWindow:
    """The window over a store of Lone Kjær; ``bugs`` lists what the user would be shown as a bug."""

    def __init__(self, qtbot, ways, papers, settings, makers=None):
        self.qtbot, self.ways = qtbot, ways
        self.tasks, self.bugs = Tasks(), []
        self.tasks.bug.connect(self.bugs.append)
        self.store = ways.found({"name": "Lone Kjær"}, {"municipality": "Hedeby Kommune"})
        self.window = MainWindow(self.tasks, ways, papers, settings, ShippedBooks(), makers=makers)
        self.mishaps = Mishaps(self.window, self.window.banner.warn, self.tasks)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 728)
        self.window.show()
        self.window.enter(self.store)
        self.settle()

    @property
    def page(self):
        return self.window.navigator.page

    def write(self, fn):
        return self.store.write(fn).result

    def read(self, fn):
        return self.store.read(fn)

    def settle(self):
        """Wait until everything that was asked has been answered and shown."""
        for _ in range(4):
            quiet(self.qtbot, self.tasks)
            self.qtbot.wait(5)

    def press_lock(self):
        """Press Ctrl+L in whichever window has the keys."""
        window = QApplication.activeModalWidget() or self.window
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self.window._idle.watch(window.windowHandle())
        QApplication.sendEvent(window.windowHandle(), press)

    def wait_locked(self):
        """Wait for the question for the passphrase, and return its page."""
        flow = lambda: self.window._flow  # noqa: E731 - asked again each time
        self.qtbot.waitUntil(
            lambda: flow() is not None and isinstance(flow().currentWidget(), UnlockPage), timeout=15_000
        )
        assert self.tasks.store is None
        return flow().currentWidget()

    def unlock(self, page):
        """Write the passphrase; ``store`` is then the one that was opened."""
        self.qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
        self.qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: not self.window.locked, timeout=10_000)
        self.store = self.tasks.store
        self.settle()

    def words(self):
        """Return what stands on the window, as far as it is seen."""
        return " ".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def close(self):
        self.tasks.finish()
        if self.tasks.store is not None:
            self.tasks.store.close()
