"""The language changes while the window stands there: every room in English and back, and nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QLineEdit, QTabBar

from caseworker_app import i18n
from caseworker_app.services import cases
from tests.ui.accessible_house import places
from tests.ui.test_accessibility import window
from tools import messages
from ui.preferences import preferences

__all__ = ["window"]
pytestmark = pytest.mark.unwatched
LETTERS = "settings template"
"""The pane with the wording of letters: they are Danish whatever language the screen has, and so are their names."""
LONG = 12
"""Shorter words may be a name or a place that a user has written."""


def only_danish():
    """Return the Danish of the catalogue that is no field, no English and long enough to be nobody's own words."""
    book = messages.read(messages.ROOT / "resources" / "translations" / "da.po")
    english = {words.msgid for words in book.entries.values()}
    said = {form for words in book.entries.values() for form in words.forms if not words.put_by}
    return {form for form in said - english if len(form) >= LONG and "{" not in form}


def in_sight(root):
    """Return every word that stands on a label, a button, a tab or a box."""
    found = []
    for widget in root.findChildren(QLabel) + root.findChildren(QAbstractButton):
        if widget.isVisible():
            found.append(widget.text())
    found += [box.title() for box in root.findChildren(QGroupBox) if box.isVisible()]
    for tabs in root.findChildren(QTabBar):
        if tabs.isVisible():
            found += [tabs.tabText(number) for number in range(tabs.count())]
    return {words.strip() for words in found if words.strip()}


@pytest.mark.slow
def test_every_room_is_said_in_english_and_danish_again_while_it_stands_there(window):
    danish, wearer, left = only_danish(), preferences(window.window.house.settings), {}
    for place in places(window):
        window.window.navigator.go(place)
        window.settle()
        before = in_sight(window.window)
        wearer.set_language("en")
        window.settle()
        still = sorted(in_sight(window.window) & danish)
        if still and f"{place.page} {place.part}" != LETTERS:
            left[f"{place.page} {place.part}"] = still
        wearer.set_language("da")
        window.settle()
        gone = {words for words in before - in_sight(window.window) if words in danish}
        if gone:
            left[f"{place.page} {place.part}, back"] = sorted(gone)
    assert left == {}, "\n".join(f"{place}: {one}" for place, words in left.items() for one in words)


def test_what_is_typed_stays_when_the_language_changes(window):
    window.window.menu_actions.new_case.trigger()
    window.settle()
    lines = [
        line
        for line in window.window.findChildren(QLineEdit)
        if line.isVisible() and line.window() is not window.window
    ]
    lines[0].setFocus()
    window.qtbot.keyClicks(lines[0], "Bo Ny")
    for language in ("en", "da"):
        preferences(window.window.house.settings).set_language(language)
        window.settle()
        assert i18n.current().language == language
        assert lines[0].text() == "Bo Ny"
    assert all(row.case.child_name != "Bo Ny" for row in window.read(cases.caseload).active)
