"""Starting: the window comes up with its rows in it, or with the way in, and never empty."""

from __future__ import annotations

from concurrent.futures import Future

import PySide6
import pytest

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.handing import Handing
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases
from caseworker_app.services.opening import Ground
from caseworker_app.settings import Settings
from tests.ui.doors import NoDoors
from ui import application
from ui.application import Context, FirstPaint
from ui.dialogs.take_pack_dialog import TakePackDialog
from ui.main_window import MainWindow
from ui.pages.opening.broken_page import BrokenPage
from ui.pages.opening.unlock_page import UnlockPage
from ui.pages.opening.wizard import Wizard
from ui.tasks import Tasks


@pytest.fixture
def bare(qtbot, dressed):
    """Tasks without a store."""
    made = Tasks()
    yield made
    made.finish()


@pytest.fixture
def begin(qtbot, bare, papers, settings):
    """Return ``begin(store)``: a window being brought to the screen, and the rows of its first paint."""

    def make(store):
        rows = []
        context = Context(NoDoors(), papers, settings, ShippedBooks(), store, rows.append)
        window = MainWindow(bare, context.doors, papers, settings, ShippedBooks())
        qtbot.addWidget(window)
        FirstPaint(window, bare, context)
        return window, rows

    return make


@pytest.fixture
def full(store, write):
    for number in range(3):
        write(lambda w, n=number: cases.register(w, {"child_name": f"Barn {n}"}))
    return store


def test_an_open_store_is_shown_with_its_rows_and_they_are_counted_once(qtbot, begin, full):
    window, rows = begin(full)
    assert not window.isVisible()
    qtbot.waitUntil(lambda: rows == [3], timeout=5000)
    assert window.isVisible()
    qtbot.wait(20)
    assert rows == [3]


def test_a_store_that_opens_meanwhile_is_waited_for_without_an_empty_window(qtbot, begin, full):
    opening = Future()
    window, rows = begin(opening)
    qtbot.wait(20)
    assert not window.isVisible()
    opening.set_result(full)
    qtbot.waitUntil(lambda: rows == [3], timeout=5000)


def test_a_store_that_takes_long_says_that_it_is_being_opened(qtbot, begin, full, monkeypatch):
    monkeypatch.setattr(application, "_PATIENCE_MS", 10)
    opening = Future()
    window, rows = begin(opening)
    qtbot.waitUntil(window.isVisible, timeout=5000)
    assert window.locked
    assert window._flow.currentWidget().accessibleName() == "Åbner …"
    opening.set_result(full)
    qtbot.waitUntil(lambda: rows == [3], timeout=5000)
    assert not window.locked


def test_a_store_that_does_not_open_says_why(qtbot, begin):
    opening = Future()
    opening.set_exception(UserError("The disk is full."))
    window, _rows = begin(opening)
    qtbot.waitUntil(lambda: window._flow is not None and isinstance(window._flow.currentWidget(), BrokenPage))
    assert window.isVisible()
    assert window._flow.currentWidget().sentence.text() == i18n.gettext("The disk is full.")


def test_no_store_at_all_begins_with_the_welcome(qtbot, begin):
    opening = Future()
    opening.set_result(None)
    for store in (None, opening):
        window, _rows = begin(store)
        qtbot.waitUntil(lambda w=window: w._flow is not None and isinstance(w._flow.currentWidget(), Wizard))
        assert window.isVisible()


def test_the_one_pyside_that_aborts_is_refused_in_words(monkeypatch, capsys, papers, settings):
    monkeypatch.setattr(PySide6, "__version__", "6.12.0")
    assert application.start(Context(NoDoors(), papers, settings, ShippedBooks())) == 3
    said = capsys.readouterr().err
    assert "6.12.0" in said
    assert "start.py" in said


def test_qts_own_words_follow_the_language(qtbot, dressed):
    from PySide6.QtCore import QCoreApplication, QLocale
    from PySide6.QtWidgets import QWidget

    from ui.finishing import finish_dressing

    window = QWidget()
    qtbot.addWidget(window)
    finish_dressing(window)
    assert not dressed.windowIcon().isNull()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuller"
    assert QLocale().language() == QLocale.Language.Danish
    i18n.set_language("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    i18n.set_language("da")


def test_a_keyring_that_had_no_answer_is_not_asked_again(qtbot, bare, papers, settings):
    class Locked(NoDoors):
        asked = 0

        def ground(self):
            return Ground.LOCKED

        def open_by_keyring(self, progress=None):
            self.asked += 1

    doors, opening = Locked(), Future()
    opening.set_result(None)
    window = MainWindow(bare, doors, papers, settings, ShippedBooks())
    qtbot.addWidget(window)
    FirstPaint(window, bare, Context(doors, papers, settings, ShippedBooks(), opening))
    qtbot.waitUntil(lambda: window._flow is not None and isinstance(window._flow.currentWidget(), UnlockPage))
    assert doors.asked == 0


def test_settings_that_could_not_be_read_are_spoken_of(qtbot, bare, papers, tmp_path, full):
    path = tmp_path / "broken.json"
    path.write_text("{", encoding="utf-8")
    broken = Settings(path)
    window = MainWindow(bare, NoDoors(), papers, broken, ShippedBooks())
    qtbot.addWidget(window)
    window.tell(broken.notices)
    FirstPaint(window, bare, Context(NoDoors(), papers, broken, ShippedBooks(), full))
    qtbot.waitUntil(window.banner.isVisible, timeout=5000)
    assert "broken.broken-1.json" in window.banner.sentence.text()


def test_the_window_comes_up_where_it_was_closed(qtbot, bare, papers, settings):
    first = MainWindow(bare, NoDoors(), papers, settings, ShippedBooks())
    qtbot.addWidget(first)
    first.resize(1024, 671)
    first.show()
    first.close()
    again = MainWindow(bare, NoDoors(), papers, Settings(settings._path), ShippedBooks())
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (1024, 671)


def test_a_handover_file_opened_with_the_program_is_looked_at_once_the_store_is_open(
    qtbot, bare, papers, settings, full, tmp_path, wait_idle
):
    file = tmp_path / "pakke.taetpaa"
    file.write_bytes(b"no pack")
    window = MainWindow(
        bare, NoDoors(), papers, settings, ShippedBooks(),
        handover=lambda store: Handing(store, ShippedBooks(), papers),
    )  # fmt: skip
    qtbot.addWidget(window)
    window.show()
    application.show_handed(window, file)
    qtbot.wait(20)
    assert window.findChildren(TakePackDialog) == []
    window.enter(full)
    qtbot.waitUntil(lambda: len(window.findChildren(TakePackDialog)) == 1, timeout=5000)
    dialog = window.findChild(TakePackDialog)
    qtbot.waitUntil(lambda: "ikke en overleveringspakke" in dialog.complaint.sentence.text(), timeout=5000)
    dialog.reject()
    window.enter(full)
    qtbot.wait(20)
    wait_idle()
    assert not [one for one in window.findChildren(TakePackDialog) if one.isVisible()]
