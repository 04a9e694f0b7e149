"""When the program itself fails: said once, without anybody's name, and the work goes on."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.errors import UserError
from tests.helpers.quiet import quiet
from ui.dialogs.mishap_dialog import MishapDialog
from ui.mishaps import Mishaps
from ui.tasks import Op


@pytest.fixture
def mishaps(qtbot, tasks, heard):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    warned = []
    made = Mishaps(window, warned.append, tasks)
    made.window_, made.warned = window, warned
    yield made
    heard.bugs.clear()


def dialogs(mishaps):
    return [dialog for dialog in mishaps.window_.findChildren(MishapDialog) if dialog.isVisible()]


def test_a_bug_in_a_task_is_said_and_holds_no_word_that_was_typed(qtbot, mishaps, tasks, expect_log):
    expect_log("a task failed")

    def fail(_writer):
        name = "Emma Holm"
        raise KeyError(name)

    tasks.op(mishaps.window_, Op(fail))
    qtbot.waitUntil(lambda: dialogs(mishaps) != [])
    dialog = dialogs(mishaps)[0]
    assert "KeyError" in dialog.lines.toPlainText()
    assert "Emma" not in dialog.lines.toPlainText()
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.lines.toPlainText()
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert dialogs(mishaps) == []


def test_a_second_bug_does_not_open_a_second_window(qtbot, mishaps, tasks, expect_log):
    expect_log("a task failed")
    for _ in range(3):
        tasks.op(mishaps.window_, Op(lambda _writer: 1 / 0))
    quiet(qtbot, tasks)
    qtbot.waitUntil(lambda: dialogs(mishaps) != [])
    assert len(dialogs(mishaps)) == 1
    dialogs(mishaps)[0].accept()


def test_an_expected_error_from_anywhere_goes_to_the_banner(qtbot, mishaps):
    threading.Thread(target=lambda: mishaps._came.emit(UserError("The disk is full."))).start()
    qtbot.waitUntil(lambda: mishaps.warned != [])
    assert str(mishaps.warned[0]) == "The disk is full."


def test_what_nobody_caught_is_heard_and_let_go_again(qtbot, mishaps, expect_log):
    import sys

    expect_log("uncaught in the program")
    before = sys.excepthook
    let_go = mishaps.catch_all()
    try:
        sys.excepthook(ValueError, ValueError("x"), None)
    finally:
        let_go()
    assert sys.excepthook is before
    qtbot.waitUntil(lambda: dialogs(mishaps) != [])
    dialogs(mishaps)[0].accept()
