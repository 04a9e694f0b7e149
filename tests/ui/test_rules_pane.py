"""The editor of the follow-up rules, over a real store."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.services import cases
from tests.helpers.casework import begin
from ui.house import Place
from ui.pages.settings_page import SettingsPage

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def emma(store, write):
    case = write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))
    begin(store, case, "foster_general", DAY - dt.timedelta(days=5))
    return case


@pytest.fixture
def page(qtbot, house):
    made = SettingsPage(house)
    qtbot.addWidget(made)
    made.resize(1222, 684)
    made.show()
    return made


@pytest.fixture
def pane(page, wait_idle):
    page.show_thing(None, "rules")
    wait_idle()
    return page.pane("rules")


def change(pane, wait_idle, old, new):
    text = pane.text.toPlainText()
    assert old in text
    pane.text.setPlainText(text.replace(old, new, 1))
    pane.check()
    wait_idle()


def lines(pane):
    return [pane.found.item(number).text() for number in range(pane.found.count())]


def test_the_pane_shows_the_standard_rules_and_nothing_to_save(pane):
    assert "valid_from = 2026-11-21" in pane.text.toPlainText()
    assert "Herningmodellen 2015" in pane.state.text()
    assert not pane.save_button.isEnabled()
    assert lines(pane) == []


def test_a_fault_is_said_with_line_and_key_and_a_click_goes_there(qtbot, pane, wait_idle):
    change(pane, wait_idle, 'after = "2 W"', 'after = "to uger"')
    (said,) = lines(pane)
    assert said.startswith("Linje ")
    assert "rules.institution.at" in said
    assert not pane.save_button.isEnabled()
    qtbot.mouseClick(
        pane.found.viewport(),
        Qt.MouseButton.LeftButton,
        pos=pane.found.visualItemRect(pane.found.item(0)).center(),
    )
    assert pane.text.textCursor().block().text() == 'after = "to uger"'


def test_what_would_change_is_listed_before_anything_is_saved(qtbot, pane, emma, wait_idle, went, read):
    change(pane, wait_idle, '[[rules.foster.at]]\nafter = "2 W"', '[[rules.foster.at]]\nafter = "3 W"')
    assert any("Emma Holm, Almen plejefamilie: 30. november 2026" in line for line in lines(pane))
    assert "1" in pane.verdict.text()
    assert read(lambda r: r.find(OwnCatalogue)) == []
    pane.found.itemClicked.emit(pane.found.item(0))
    assert went == [Place("case", emma, "follow_up")]


def test_a_saved_text_counts_from_today_and_the_pane_says_so(qtbot, pane, emma, wait_idle, read, said):
    change(pane, wait_idle, '[[rules.foster.at]]\nafter = "2 W"', '[[rules.foster.at]]\nafter = "3 W"')
    assert "21. november 2026" in pane.save_button.text()
    qtbot.mouseClick(pane.save_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert len(read(lambda r: r.find(OwnCatalogue))) == 1
    assert "The follow-up rules are changed." in said
    assert not pane.save_button.isEnabled()


def test_an_earlier_day_is_refused_in_words(pane, wait_idle):
    change(pane, wait_idle, "valid_from = 2026-11-21", "valid_from = 2026-11-20")
    assert "21. november 2026" in pane.verdict.text()
    assert not pane.save_button.isEnabled()


def test_what_is_half_written_is_there_again_and_can_be_discarded(qtbot, page, house, pane, wait_idle, read):
    change(pane, wait_idle, 'after = "2 W"', 'after = "5 W"')
    page.leave()
    wait_idle()
    assert [draft.key for draft in read(lambda r: r.drafts())] == ["rules"]
    again = SettingsPage(house)
    qtbot.addWidget(again)
    again.show_thing(None, "rules")
    wait_idle()
    other = again.pane("rules")
    assert 'after = "5 W"' in other.text.toPlainText()
    qtbot.mouseClick(other.undo_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert read(lambda r: r.drafts()) == []
    assert 'after = "5 W"' not in other.text.toPlainText()


def test_the_standard_rules_can_be_fetched_again(qtbot, pane, wait_idle):
    pane.text.setPlainText("id = 1")
    qtbot.mouseClick(pane.standard_button, Qt.MouseButton.LeftButton)
    wait_idle()
    pane.check()
    wait_idle()
    assert "[rules.foster]" in pane.text.toPlainText()
    assert lines(pane) == []
