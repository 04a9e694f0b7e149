"""The access log and keeping in the window: what was looked at is noted, listed and printed; a closed case is erased."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.services import access_log, cases, retention
from caseworker_app.services.access_log import Use, Wanted
from caseworker_app.settings import Settings
from caseworker_app.worker.process import WorkerProcess
from db.verify import faults
from tests.helpers.stores import NOON
from tests.ui.own_window import PASSPHRASE, OwnWindow, own_ways
from ui.dialogs.preview_dialog import PreviewDialog
from ui.house import Place


@pytest.fixture(scope="module")
def papers():
    worker = WorkerProcess()
    yield worker
    worker.close()


@pytest.fixture
def clock():
    return FixedClock(NOON)


@pytest.fixture
def own(qtbot, tmp_path, clock, papers):
    ways = own_ways(tmp_path / "own", clock)
    made = OwnWindow(qtbot, ways, papers, Settings(tmp_path / "settings.json"))
    made.emma = made.write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))
    yield made
    made.close()
    ways.release()


def pane(own, name):
    own.window.navigator.go(Place("settings", None, name))
    own.settle()
    return own.page.pane(name)


def press(own, button):
    own.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    own.settle()


def cells(sheet):
    return [
        [sheet.topLevelItem(row).text(column) for column in range(sheet.columnCount())]
        for row in range(sheet.topLevelItemCount())
    ]


def test_a_case_that_is_looked_at_is_noted_once_and_again_after_some_minutes(own):
    now = [0.0]
    own.window.reading._clock = lambda: now[0]
    own.window.reading.forget()
    for _ in range(3):
        own.window.navigator.go(Place("case", own.emma, "overview"))
        own.settle()
        own.window.navigator.go(Place("caseload"))
        own.settle()
        own.window.reading.write()
        own.settle()
    wanted = Wanted(own.emma, uses=frozenset({Use.READ}))
    assert len(own.read(lambda r: access_log.lines(r, wanted))) == 1
    now[0] += 601
    own.window.navigator.go(Place("case", own.emma, "overview"))
    own.window.reading.write()
    own.settle()
    assert len(own.read(lambda r: access_log.lines(r, wanted))) == 2


def test_what_was_looked_at_last_is_noted_before_the_window_is_locked(own):
    own.window.reading.forget()
    own.window.navigator.go(Place("case", own.emma, "people"))
    own.press_lock()
    own.unlock(own.wait_locked())
    lines = own.read(lambda r: access_log.lines(r, Wanted(own.emma, uses=frozenset({Use.READ}))))
    assert [line.detail for line in lines] == ["people"]


def test_the_log_is_listed_by_case_and_printed_without_names_of_employees(own):
    own.write(lambda w: access_log.note_reading(w, "case", own.emma, "journal"))
    shown = pane(own, "access")
    shown.period.setCurrentIndex(shown.period.findData(0))
    assert not shown.print_button.isEnabled()
    shown.case.setCurrentIndex(shown.case.findData(own.emma.hex()))
    shown.case.activated.emit(shown.case.currentIndex())
    own.settle()
    rows = cells(shown.list)
    assert ["Lone Kjær", "Læst", "Emma Holm · Sag · Journal", "Behandling af sagen"] in [
        row[1:] for row in rows
    ]
    assert {"Læst", "Tilføjet"} <= {row[2] for row in rows}
    press(own, shown.print_button)
    own.qtbot.waitUntil(
        lambda: any(isinstance(w, PreviewDialog) and w.isVisible() for w in QApplication.topLevelWidgets()),
        timeout=15_000,
    )
    next(w for w in QApplication.topLevelWidgets() if isinstance(w, PreviewDialog)).close()
    own.settle()


def test_a_closed_case_is_held_archived_and_erased_by_the_passphrase(own, clock, tmp_path):
    own.write(lambda w: cases.close(w, own.emma, w.today, "Færdig"))
    clock.advance(dt.timedelta(days=round(365.25 * 5) + 2))
    shown = pane(own, "retention")
    assert [row[4] for row in cells(shown.list)] == ["Forfalden: lav arkivkopien"]
    assert not shown.erase_button.isEnabled()
    own.qtbot.keyClicks(shown.reason, "Klagesag")
    press(own, shown.hold_button)
    assert [row[4] for row in cells(shown.list)] == ["Holdt tilbage"]
    assert "Klagesag" in shown.told.text()
    press(own, shown.lift_button)
    press(own, shown.archive_button)
    own.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), timeout=20_000)
    dialog = QApplication.activeModalWidget()
    dialog.selectFile(str(tmp_path / "arkiv.zip"))
    dialog.accept()
    own.settle()
    assert (tmp_path / "arkiv.zip").read_bytes().startswith(b"PK")
    assert [row[4] for row in cells(shown.list)] == ["Forfalden: kan slettes"]
    press(own, shown.erase_button)
    own.qtbot.keyClicks(shown.dialog.passphrase.line, PASSPHRASE)
    press(own, shown.dialog.go_button)
    assert own.read(lambda r: r.find(Case)) == []
    assert len(own.read(retention.erased)) == 1
    assert cells(shown.list) == []
    assert "1 sag er slettet" in shown.counted.text()
    assert faults(own.store) == []
