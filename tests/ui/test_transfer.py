"""Copying to the record system in the window: by key, off the clipboard again, marked, counted on I dag."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.office import Print
from caseworker_app.domain.transfer import Transfer
from caseworker_app.services import cases, entries
from caseworker_app.services.transfers import Subject
from ui.clipboard import copied
from ui.dialogs.transfer_dialog import TransferDialog
from ui.locking import forget_clipboard
from ui.pages.today_page import TodayPage
from ui.widgets.transfer_mark import TransferMark

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def notes(write):
    """Two signed entries of Emma's."""
    case = write(lambda w: cases.register(w, {"child_name": "Emma Prøve", "record_number": "S-1"}))
    made = []
    for day in (19, 20):
        values = {
            "kind": EntryKind.TELEPHONE,
            "text": f"Ringede den {day}.",
            "held_on": dt.date(2026, 11, day),
        }
        draft = write(lambda w, values=values: entries.begin(w, case, values))
        made.append(write(lambda w, draft=draft: entries.sign(w, draft))[0])
    return made


@pytest.fixture
def dialog(qtbot, house, notes):
    made = TransferDialog(house, [Subject("entry", one) for one in notes])
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.shown):
        made.open()
    yield made
    copied().forget()


def clipboard():
    return QGuiApplication.clipboard().text()


def row(dialog, label):
    return next(n for n, one in enumerate(dialog.rows, start=1) if one.field.called == label)


def test_each_field_is_copied_by_its_key_and_its_button(qtbot, dialog):
    n = row(dialog, "Tekst")
    QTest.keyClick(dialog, Qt.Key(Qt.Key.Key_0 + n), CTRL)
    assert clipboard() == "Ringede den 19."
    assert "fjernes fra udklipsholderen om 60 sekunder" in dialog.said.text()
    qtbot.mouseClick(dialog.rows[row(dialog, "Holdt den") - 1].button, Qt.MouseButton.LeftButton)
    assert clipboard() == "19. november 2026"
    QTest.keyClick(dialog, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert "Tekst\nRingede den 19." in clipboard()
    assert "Emma Prøve" in dialog.about.text() and "Emma" not in dialog.windowTitle()


def test_what_was_copied_is_gone_after_a_minute_unless_something_else_is_there(qtbot, dialog):
    QTest.keyClick(dialog, Qt.Key.Key_1, CTRL)
    assert clipboard() and copied().timer.isActive() and copied().timer.interval() == 60_000
    copied().timer.timeout.emit()
    assert not clipboard()
    QTest.keyClick(dialog, Qt.Key.Key_1, CTRL)
    QGuiApplication.clipboard().setText("en anden tekst")
    copied().timer.timeout.emit()
    assert clipboard() == "en anden tekst"
    QGuiApplication.clipboard().clear()


def test_what_was_copied_is_gone_when_it_is_locked(qtbot, dialog):
    QTest.keyClick(dialog, Qt.Key.Key_1, CTRL)
    assert clipboard()
    forget_clipboard()
    assert not clipboard()


def test_marking_by_key_goes_on_to_the_next_and_says_so(qtbot, dialog, read, wait_idle):
    assert "Ikke overført til DUBU" in dialog.standing.text() and "Intet sendes" in dialog.standing.text()
    assert dialog.about.text().endswith("1 af 2")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: dialog.about.text().endswith("2 af 2"))
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Overført til DUBU den 21. november 2026" in dialog.standing.text())
    assert not dialog.mark_button.isEnabled()
    assert read(lambda r: r.count(Transfer)) == 2


def test_the_pdf_is_saved_and_noted(qtbot, dialog, tmp_path, read, house, wait_idle):
    from caseworker_app.services import transfer_papers

    job = read(lambda r: transfer_papers.job(r, dialog.thing))
    made = house.papers.make(job)
    dialog.save_to(str(tmp_path / job.file_name), job, made.data)
    wait_idle()
    qtbot.waitUntil(lambda: read(lambda r: r.count(Print)) == 1)
    assert (tmp_path / "entry-2026-11-19.pdf").read_bytes() == made.data
    assert [one.document for one in read(lambda r: r.find(Print))] == ["transfer"]


def test_the_line_on_a_page_says_where_a_thing_stands_and_follows(qtbot, house, notes, write):
    line = TransferMark(house)
    qtbot.addWidget(line)
    line.show_subject("entry", notes[0])
    qtbot.waitUntil(line.isVisible)
    assert line.words.text() == "Ikke overført til DUBU" and line.button.text() == "Kopiér til DUBU …"
    with qtbot.waitSignal(line.opened) as opened:
        qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    dialog = opened.args[0]
    qtbot.waitUntil(lambda: dialog.thing is not None)
    dialog.mark()
    qtbot.waitUntil(lambda: line.words.text() == "Overført til DUBU den 21. november 2026")
    line.show_subject("entry", None)
    assert not line.isVisible()


def test_i_dag_counts_what_waits_and_takes_it_one_by_one(qtbot, house, notes, wait_idle):
    page = TodayPage(house)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show_thing(None, "")
    page.show()
    qtbot.waitUntil(lambda: page.transfers.waiting is not None)
    assert page.transfers.waiting.count == 2
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Kopiér til DUBU …")
    assert button.accessibleDescription() == "2 notater fra de seneste 4 uger er ikke overført"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    found = page.findChildren(TransferDialog)
    assert len(found) == 1
    qtbot.waitUntil(lambda: found[0].thing is not None)
    assert found[0].about.text().endswith("1 af 2")
    wait_idle()
