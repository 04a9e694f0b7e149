"""The lock: by key and by idle minutes; what is saved before it, and what is left to see after it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QClipboard, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from caseworker_app.compose.access import Access
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.secrets import Finding
from caseworker_app.services import cases
from caseworker_app.vault.locks import Argon2Parameters
from tests.helpers.quiet import quiet
from tests.ui.standins import makers
from ui import main_window
from ui.house import Place
from ui.idle import IdleWatch
from ui.locking import forget_clipboard
from ui.main_window import MainWindow
from ui.pages.opening.unlock_page import UnlockPage
from ui.tasks import Tasks

PASSPHRASE = "kaffe plankeværk sytten tordenskrald"
QUICK = Argon2Parameters(passes=1, memory_kib=1024, lanes=1)


@pytest.fixture
def ways(tmp_path, clock):
    doors = Access(
        tmp_path / "own",
        clock,
        find_keyring=lambda: Finding(None, "This computer has no keyring that the program can use."),
        parameters=QUICK,
    )
    slots = doors.prepare(PASSPHRASE)
    doors.verify_recovery(slots.recovery_code)
    doors.verify_passphrase(PASSPHRASE)
    yield doors
    doors.release()


@pytest.fixture
def window(qtbot, dressed, ways, papers, settings):
    store = ways.found({"name": "Lone Kjær"}, {"municipality": "Hedeby Kommune"})
    store.write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))
    tasks = Tasks()
    made = MainWindow(tasks, ways, papers, settings, ShippedBooks(), makers=makers())

    def at_rest():
        return not made._locking.under_way and tasks.settled and not tasks.unkept

    qtbot.addWidget(made, before_close_func=lambda _w: qtbot.waitUntil(at_rest, timeout=5000))
    made.tasks = tasks
    made.resize(1366, 728)
    made.show()
    made.enter(store)
    quiet(qtbot, tasks)
    yield made
    tasks.finish()
    if tasks.store is not None:
        tasks.store.close()


def lock(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, window.tasks, lambda: window.tasks.store is None)
    qtbot.waitUntil(lambda: isinstance(window._flow.currentWidget(), UnlockPage), timeout=5000)
    return window._flow.currentWidget()


def unlock(qtbot, window, page):
    qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.locked, timeout=5000)
    quiet(qtbot, window.tasks)


def test_ctrl_l_saves_what_is_half_written_and_asks_for_the_passphrase(qtbot, window):
    qtbot.keyClicks(window.navigator.page.line, "halvskrevet")
    page = lock(qtbot, window)
    assert window.locked
    assert page.passphrase.text() == ""
    unlock(qtbot, window, page)
    assert [draft.title for draft in window.tasks.store.read(lambda r: r.drafts())] == ["halvskrevet"]


def test_nothing_of_a_case_is_left_on_the_screen_or_behind_it(qtbot, window):
    window.bar.find_field.setFocus()
    quiet(qtbot, window.tasks)
    before = window.navigator.page
    lock(qtbot, window)
    qtbot.waitUntil(lambda: not isValid(before))
    assert dict(window.navigator.made()) == {}
    assert window.finding._known == ()
    seen = [w for w in window.findChildren(QDialog) if w.isVisible()]
    assert seen == []


def test_the_place_where_one_was_is_shown_again_after_the_lock(qtbot, window):
    window.navigator.go(Place("meetings"))
    unlock(qtbot, window, lock(qtbot, window))
    assert window.navigator.place == Place("meetings")
    assert window.bar.back.isEnabled()


def test_ctrl_l_locks_from_a_dialog_too_and_closes_it(qtbot, window):
    dialog = QDialog(window)
    dialog.open()
    window._idle.watch(dialog.windowHandle())
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(dialog.windowHandle(), press)
    qtbot.waitUntil(lambda: window.tasks.store is None, timeout=5000)
    assert window.locked
    assert not dialog.isVisible()


def test_the_shortcuts_of_the_cases_rest_while_it_is_locked(qtbot, window):
    page = lock(qtbot, window)
    for action in window.menu_actions.own:
        assert not action.isEnabled(), action.text()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.locked
    assert page.isVisible()


def test_a_wrong_passphrase_leaves_it_locked(qtbot, window):
    page = lock(qtbot, window)
    qtbot.keyClicks(page.passphrase.line, "noget andet")
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.complaint.isVisible, timeout=5000)
    assert window.locked
    assert window.tasks.store is None


class Clipboard:
    """A clipboard as the platforms with a screen have it; the offscreen one does not know whose it is."""

    def __init__(self, copied_here, marked_here):
        self.copied_here, self.marked_here = copied_here, marked_here
        self.holds = dict.fromkeys((QClipboard.Mode.Clipboard, QClipboard.Mode.Selection), "Emma Holm")

    def ownsClipboard(self):
        return self.copied_here

    def ownsSelection(self):
        return self.marked_here

    def clear(self, mode):
        self.holds[mode] = ""


@pytest.mark.parametrize("copied_here", [True, False])
@pytest.mark.parametrize("marked_here", [True, False])
def test_what_was_copied_or_marked_here_is_gone_and_another_programs_stays(copied_here, marked_here):
    clipboard = Clipboard(copied_here, marked_here)
    forget_clipboard(clipboard)
    assert list(clipboard.holds.values()) == [
        "" if here else "Emma Holm" for here in (copied_here, marked_here)
    ]


def test_the_lock_empties_the_clipboard(qtbot, window, monkeypatch):
    emptied = []
    monkeypatch.setattr(main_window, "forget_clipboard", lambda: emptied.append(True))
    lock(qtbot, window)
    assert emptied == [True]


def test_idle_minutes_lock_by_themselves(qtbot, window):
    window._idle._last -= 10 * 60 + 1
    window._idle.look()
    qtbot.waitUntil(lambda: window.locked)
    qtbot.waitUntil(lambda: window.tasks.store is None, timeout=5000)


class Seconds:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch(qtbot, dressed):
    clock = Seconds()
    made = IdleWatch(5, None, clock)
    made.clock = clock
    made.heard = []
    made.idle.connect(lambda: made.heard.append(clock.now))
    made.start()
    yield made
    made.stop()


def test_a_key_or_a_movement_begins_the_wait_again(watch):
    watch.clock.now = 299
    watch.eventFilter(watch, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    watch.clock.now = 400
    watch.look()
    assert watch.heard == []
    watch.clock.now = 599
    watch.look()
    assert watch.heard == [599]


def test_painting_and_timers_are_not_use(watch):
    watch.clock.now = 299
    watch.eventFilter(watch, QEvent(QEvent.Type.Paint))
    watch.clock.now = 301
    watch.look()
    assert watch.heard == [301]


def test_a_shorter_wait_counts_from_the_last_use(watch):
    watch.clock.now = 90
    watch.set_minutes(1)
    assert watch.heard == [90]


def test_use_of_the_real_window_is_noticed(qtbot, window):
    window._idle._last -= 300
    before = window._idle._last
    qtbot.mouseMove(window, QPoint(40, 300))
    QApplication.sendEvent(
        window.windowHandle(),
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier),
    )
    assert window._idle._last > before
