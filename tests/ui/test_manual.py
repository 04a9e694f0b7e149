"""The manual beside the work: F1 opens it at the place one is at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.services import cases
from tests.ui.doors import NoDoors
from ui.actions import STOPS
from ui.dialogs.preview_dialog import PreviewDialog
from ui.house import Place
from ui.main_window import MainWindow
from ui.pages.case_sections import TAB_LABELS
from ui.pages.settings_page import PANE_LABELS


@pytest.fixture
def window(qtbot, dressed, tasks, papers, settings, store, wait_idle):
    made = MainWindow(tasks, NoDoors(), papers, settings, ShippedBooks())
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.enter(store)
    wait_idle()
    return made


def manual_at(qtbot, window, wait_idle, place):
    window.navigator.go(place)
    wait_idle()
    press_f1(qtbot, window)
    return window.helping.manual


def press_f1(qtbot, window):
    window.activateWindow()  # a person who goes on working clicks in the window
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)


def heading(manual):
    return manual.text.document().begin().text()


def test_f1_opens_the_page_of_where_one_is_and_the_next_f1_that_of_the_next_place(
    qtbot, window, wait_idle, write
):
    case = write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))
    manual = manual_at(qtbot, window, wait_idle, Place("caseload"))
    assert manual.isVisible()
    assert heading(manual) == "Sager"
    assert manual_at(qtbot, window, wait_idle, Place("case", case, "journal")) is manual
    assert heading(manual) == "Journal"
    window.navigator.page.sections.go("people")
    press_f1(qtbot, window)
    assert heading(manual) == "Sagen"


def test_f1_in_the_manual_closes_it_and_one_is_still_where_one_was(qtbot, window, wait_idle):
    manual = manual_at(qtbot, window, wait_idle, Place("today"))
    qtbot.keyClick(manual, Qt.Key.Key_F1)
    assert not manual.isVisible()
    assert window.navigator.place == Place("today")


def test_pages_are_found_by_their_words_and_none_is_said_in_words(qtbot, window, wait_idle):
    manual = manual_at(qtbot, window, wait_idle, Place("today"))
    qtbot.keyClicks(manual.find_line, "spindelvæv")
    assert [manual.pages.item(row).text() for row in range(manual.pages.count())] == ["Målinger"]
    assert heading(manual) == "Målinger"
    qtbot.keyClicks(manual.find_line, "xyz")
    assert manual.nothing.isVisible()
    manual.turn_to("today")
    assert not manual.nothing.isVisible()
    assert heading(manual) == "I dag"


def test_a_page_with_a_picture_shows_it_with_words_for_who_cannot_see_it(qtbot, window, wait_idle):
    manual = manual_at(qtbot, window, wait_idle, Place("caseload"))
    html = manual.text.document().toHtml()
    assert "caseload-light.png" in html
    assert 'alt="Et billede af: Sager"' in html


def test_the_quick_guide_is_two_pages_of_paper(qtbot, window, wait_idle):
    manual = manual_at(qtbot, window, wait_idle, Place("today"))
    shown = []
    manual.desk.previewed.connect(shown.append)
    manual.guide_button.click()
    qtbot.waitUntil(lambda: bool(shown), timeout=10_000)
    wait_idle()
    assert isinstance(shown[0], PreviewDialog)
    assert len(shown[0]._pages) == 2
    shown[0].close()


def test_locking_closes_the_manual(qtbot, window, wait_idle):
    manual = manual_at(qtbot, window, wait_idle, Place("today"))
    window.lock()
    assert not manual.isVisible()
    wait_idle()


def test_each_place_of_the_window_has_a_page_of_its_own_or_a_part_of_one():
    known = {place for page in ShippedBooks().manual().pages for place in page.places}
    assert {stop.page for stop in STOPS} <= known
    assert {f"case:{name}" for name in TAB_LABELS} <= known
    assert {place.partition(":")[2] for place in known if place.startswith("settings:")} <= set(PANE_LABELS)
