"""Backups and ways in, in the window: made by themselves, tried, fetched back; the passphrase changed, a new sheet."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.settings import Settings
from tests.helpers.stores import NOON
from tests.ui.own_window import PASSPHRASE, OwnWindow, own_ways
from ui.dialogs.key_dialogs import NewRecoveryDialog
from ui.house import Place

NEW = "syv grønne heste over åen"


@pytest.fixture
def clock():
    return FixedClock(NOON)


@pytest.fixture
def own(qtbot, tmp_path, clock):
    ways = own_ways(tmp_path / "own", clock)
    made = OwnWindow(qtbot, ways, None, Settings(tmp_path / "settings.json"))
    made.emma = made.write(lambda w: cases.register(w, {"child_name": "Emma Holm", "school": "før"}))
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


def dialog():
    return QApplication.activeModalWidget() or next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    )


def type_and_go(own, *typed):
    open_now = dialog()
    for field, words in typed:
        own.qtbot.keyClicks(getattr(open_now, field).line, words)
    press(own, open_now.go_button)
    return open_now


def test_the_backup_of_the_day_is_made_by_itself_once_and_a_week_without_a_drill_is_said_once(own, clock):
    keeper = own.window.safekeeper
    keeper.look()
    own.settle()
    keeper.look()
    own.settle()
    assert len(own.ways.backups.listed()) == 1
    clock.advance(dt.timedelta(days=7))
    keeper.look()
    own.settle()
    assert len(own.ways.backups.listed()) == 2
    assert "prøvede en sikkerhedskopi" in own.window.banner.words()
    own.window.banner.clear()
    keeper.look()
    own.settle()
    assert not own.window.banner.isVisible()


def test_a_backup_that_cannot_be_made_is_said_and_is_made_later(own):
    (own.ways.backups.folder).write_bytes(b"a file where the folder should be")
    own.window.safekeeper.look()
    own.settle()
    assert "Sikkerhedskopien kunne ikke laves" in own.window.banner.words()
    own.write(lambda w: cases.edit(w, own.emma, {"school": Edit("efter")}))
    own.ways.backups.folder.unlink()
    own.window.safekeeper.look()
    own.settle()
    assert len(own.ways.backups.listed()) == 1


def test_a_backup_is_made_tried_and_compared_in_the_pane(own, clock):
    shown = pane(own, "backups")
    press(own, shown.make_button)
    assert shown.list.topLevelItemCount() == 1
    own.write(lambda w: cases.edit(w, own.emma, {"school": Edit("efter")}))
    press(own, shown.compare_button)
    assert "Emma Holm: 1" in shown.comparison.text()
    press(own, shown.beside_button)
    assert "ved siden" not in shown.complaint.words()
    assert list((own.ways.folder.parent).glob("own-2026*/store.db"))
    clock.advance(dt.timedelta(days=8))
    press(own, shown.try_button)
    wrong = type_and_go(own, ("passphrase", "noget helt andet"))
    assert "ikke den rigtige adgangssætning" in wrong.complaint.words()
    wrong.passphrase.clear()
    type_and_go(own, ("passphrase", PASSPHRASE))
    assert not own.ways.backups.state().drill_due
    assert "29. november" in shown.standing.text()


def test_going_on_in_a_backup_locks_and_the_passphrase_opens_it(own):
    shown = pane(own, "backups")
    press(own, shown.make_button)
    own.write(lambda w: cases.edit(w, own.emma, {"school": Edit("efter")}))
    press(own, shown.compare_button)
    own.qtbot.mouseClick(shown.continue_button, Qt.MouseButton.LeftButton)
    own.unlock(own.wait_locked())
    assert [case.school for case in own.read(lambda r: r.find(Case))] == ["før"]
    assert list(own.ways.folder.glob("before-store-*/store.db"))


def test_a_store_that_does_not_open_offers_the_newest_backup(own):
    own.ways.backups.back_up(own.store)
    own.press_lock()
    page = own.wait_locked()
    store = own.ways.folder / "store.db"
    data = bytearray(store.read_bytes())
    data[4096:4200] = bytes(104)
    store.write_bytes(data[:-100])
    own.qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
    own.qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    own.settle()
    assert "beskadiget" in page.complaint.words()
    own.qtbot.mouseClick(page.backup_button, Qt.MouseButton.LeftButton)
    own.qtbot.waitUntil(lambda: not own.window.locked, timeout=10_000)
    own.store = own.tasks.store
    own.settle()
    assert [case.child_name for case in own.read(lambda r: r.find(Case))] == ["Emma Holm"]


def test_the_passphrase_is_changed_in_its_dialog_and_the_new_one_opens(own):
    shown = pane(own, "keys")
    press(own, shown.passphrase_button)
    open_now = dialog()
    assert not open_now.go_button.isEnabled()
    type_and_go(own, ("now", PASSPHRASE), ("new", NEW), ("again", NEW))
    own.press_lock()
    page = own.wait_locked()
    own.qtbot.keyClicks(page.passphrase.line, NEW)
    own.qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    own.qtbot.waitUntil(lambda: not own.window.locked, timeout=10_000)
    own.settle()


def test_a_new_recovery_sheet_is_typed_back_before_the_old_one_goes(own):
    shown = pane(own, "keys")
    before = {way.id for way in own.ways.keys.ways()}
    press(own, shown.recovery_button)
    sheet = type_and_go(own, ("passphrase", PASSPHRASE))
    assert isinstance(sheet, NewRecoveryDialog)
    code = sheet.card.accessibleDescription()
    press(own, sheet.go_button)
    own.qtbot.keyClicks(sheet.code, code)
    press(own, sheet.go_button)
    own.ways.keys.try_recovery(code)
    assert [way.kind for way in own.ways.keys.ways()].count("recovery") == 1
    assert {way.id for way in own.ways.keys.ways()} != before
    press(own, shown.recovery_button)
    type_and_go(own, ("passphrase", PASSPHRASE)).reject()
    own.settle()
    own.ways.keys.try_recovery(code)
    assert [way.kind for way in own.ways.keys.ways()].count("recovery") == 1


def test_each_way_in_can_be_tried_and_its_day_is_shown(own, clock):
    clock.advance(dt.timedelta(days=3))
    shown = pane(own, "keys")
    way = next(way for way in own.ways.keys.ways() if way.kind == "passphrase")
    press(own, shown.buttons[way.id, "try"])
    own.qtbot.keyClicks(dialog().field.line, PASSPHRASE)
    press(own, dialog().go_button)
    tried = next(way for way in own.ways.keys.ways() if way.kind == "passphrase").tried
    assert tried == clock.now().replace(microsecond=0)
