"""Fetching the caseload from a list in the window: looked at, put right, fetched by key, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from caseworker_app.domain.case import Case
from caseworker_app.domain.caseload_columns import Meaning
from caseworker_app.services import cases
from caseworker_app.services.caseload_import import RowState
from tests.helpers.lists import book, caseload
from ui.dialogs.import_dialog import ImportDialog
from ui.models.import_model import Col
from ui.pages.caseload_page import CaseloadPage
from ui.widgets.import_columns import _CHOICES


@pytest.fixture
def dialog(qtbot, house, wait_idle):
    made = ImportDialog(house)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.open()
    wait_idle()
    return made


def put(path: Path, data: bytes, name: str = "Sagsliste.xlsx") -> str:
    (path / name).write_bytes(data)
    return str(path / name)


def looked(qtbot, dialog, path):
    with qtbot.waitSignal(dialog.looked, timeout=15_000):
        dialog.read(path)


def words(dialog, row):
    return dialog.model.data(dialog.model.index(row, Col.BECOMES))


def test_a_list_of_32_is_looked_at_and_fetched_with_the_keyboard(
    qtbot, dialog, tmp_path, read, said, wait_idle
):
    looked(qtbot, dialog, put(tmp_path, caseload()))
    assert dialog.fetch_button.text() == "Hent 32 sager (Ctrl+Enter)"
    assert "7 sager kommer til at stå over loftet" in dialog.notes.text()
    assert read(lambda r: r.count(Case)) == 0
    with qtbot.waitSignal(dialog.fetched, timeout=10_000):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    shown = read(cases.caseload)
    assert (len(shown.active), shown.above) == (32, 7)
    assert said[-1] == "32 sager er hentet. 7 står over loftet."
    assert not dialog.isVisible()


def test_bad_rows_and_possible_duplicates_are_listed_and_chosen_with_the_space_bar(
    qtbot, dialog, tmp_path, write
):
    write(lambda w: cases.register(w, {"child_name": "Alba Øster", "person_number": "610114-4001"}))
    rows = [["Navn", "CPR"], ["Alba Øster", "610114-4001"], ["Bo Holm", "12"], ["Cy Holm", None]]
    looked(qtbot, dialog, put(tmp_path, book(rows)))
    assert [dialog.model.row(n).state for n in range(3)] == [RowState.SAME, RowState.BAD, RowState.NEW]
    assert words(dialog, 0) == "Måske den samme som Alba Øster"
    assert words(dialog, 1).startswith("Kan ikke hentes: Cpr-nummer") or "Kan ikke hentes" in words(dialog, 1)
    assert "4001" not in dialog.model.data(dialog.model.index(0, Col.NUMBER))
    assert dialog.model.chosen == {4}
    dialog.table.setFocus()
    for row in (0, 1):
        dialog.table.setCurrentIndex(dialog.model.index(row, Col.NAME))
        QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.model.chosen == {2, 4} and dialog.fetch_button.text() == "Hent 2 sager (Ctrl+Enter)"
    assert dialog.counts.text() == "1 ny · 1 måske oprettet i forvejen · 1 kan ikke hentes"
    dialog.only.setCurrentIndex(3)
    dialog.only.activated.emit(3)
    assert dialog.model.rowCount() == 1


def test_a_column_is_said_anew_and_the_rows_follow(qtbot, dialog, tmp_path):
    looked(qtbot, dialog, put(tmp_path, book([["Hvem", "CPR"], ["Alba Øster", "610114-4001"]])))
    assert "Ingen kolonne er barnets navn" in dialog.notes.text() and not dialog.fetch_button.isEnabled()
    combo = dialog.columns.combos[0]
    assert combo.accessibleName() == "Hvad kolonnen Hvem er"
    with qtbot.waitSignal(dialog.looked):
        combo.activated.emit(_CHOICES.index(Meaning.NAME))
    assert dialog.model.data(dialog.model.index(0, Col.NAME)) == "Alba Øster"
    assert dialog.fetch_button.text() == "Hent 1 sag (Ctrl+Enter)"


def test_a_file_that_is_no_list_is_refused_in_words_and_another_can_be_chosen(qtbot, dialog, tmp_path):
    dialog.read(put(tmp_path, b"PK\x03\x04 nothing", "a.xlsx"))
    qtbot.waitUntil(lambda: dialog.complaint.isVisible(), timeout=15_000)
    assert dialog.choose_button.isEnabled() and not dialog.fetch_button.isEnabled()
    dialog.read(str(tmp_path / "gone.csv"))
    qtbot.waitUntil(lambda: dialog.choose_button.isEnabled())
    looked(qtbot, dialog, put(tmp_path, "Navn;Skole\r\nÅse;Engskolen".encode("cp1252"), "b.csv"))
    assert not dialog.complaint.isVisible() and dialog.model.rowCount() == 1


def test_the_latest_list_is_taken_back_as_a_whole(qtbot, dialog, house, tmp_path, read, wait_idle):
    looked(qtbot, dialog, put(tmp_path, caseload(5)))
    with qtbot.waitSignal(dialog.fetched):
        qtbot.mouseClick(dialog.fetch_button, Qt.MouseButton.LeftButton)
    again = ImportDialog(house)
    qtbot.addWidget(again)
    again.open()
    qtbot.waitUntil(again.notice.isVisible)
    assert (
        again.notice.words.text()
        == "5 sager blev hentet fra en liste den 21. november 2026 og er ikke rørt siden."
    )
    qtbot.mouseClick(again.notice.button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert read(lambda r: r.count(Case)) == 0


def test_the_caseload_page_opens_it_from_its_button_and_as_a_place(qtbot, house, wait_idle):
    page = CaseloadPage(house)
    qtbot.addWidget(page)
    page.show_thing(None, "")
    wait_idle()
    page.show()
    qtbot.mouseClick(page.panel.import_button, Qt.MouseButton.LeftButton)
    assert page.findChild(ImportDialog) is not None
    wait_idle()
