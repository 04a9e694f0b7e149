"""The find field: children, people, meetings and commands, by typing."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.person import Role
from caseworker_app.services import cases, meetings, people
from tests.ui.doors import NoDoors
from tests.ui.standins import makers
from ui.find_index import Known, matches
from ui.house import Place
from ui.main_window import MainWindow


@pytest.fixture
def world(write):
    emma = write(lambda w: cases.register(w, {"child_name": "Emma Holm", "person_number": "640817-4321"}))
    jonas = write(lambda w: cases.register(w, {"child_name": "Jonas Åkjær"}))
    mother = write(lambda w: people.add(w, emma, {"name": "Mette Holm", "role": Role.MOTHER}))
    when = TimeSpan(dt.date(2026, 12, 3), dt.time(10), dt.time(11))
    meeting = write(lambda w: meetings.plan(w, jonas, {"when": when}))
    return {"emma": emma, "jonas": jonas, "mother": mother, "meeting": meeting}


@pytest.fixture
def window(qtbot, world, tasks, papers, settings, store, wait_idle):
    made = MainWindow(tasks, NoDoors(), papers, settings, ShippedBooks(), makers=makers())
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.enter(store)
    made.activateWindow()
    wait_idle()
    return made


@pytest.fixture
def find(qtbot, window, wait_idle):
    def type_(text):
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        field = window.bar.find_field
        field.clear()
        wait_idle()
        qtbot.keyClicks(field, text)
        wait_idle()
        return [(hit.words, hit.kind) for hit in field.hits]

    return type_


def test_a_child_is_found_by_part_of_the_name_and_return_opens_the_case(qtbot, find, window, world):
    assert find("emm")[0] == ("Emma Holm", "Sag")
    qtbot.keyClick(window.bar.find_field, Qt.Key.Key_Return)
    assert window.navigator.place == Place("case", world["emma"])
    assert window.bar.find_field.text() == ""


def test_a_person_is_found_with_what_she_is_to_whom(qtbot, find, window, world):
    assert ("Mette Holm", "Mor i sagen om Emma") in find("mette")
    qtbot.keyClick(window.bar.find_field, Qt.Key.Key_Return)
    assert window.navigator.place == Place("case", world["emma"], f"person:{world['mother'].hex()}")


def test_a_meeting_is_found_by_the_childs_name_and_says_its_day(find):
    assert ("Jonas Åkjær", "Inddragende netværksmøde, 3. december 2026") in find("jonas")


def test_the_first_digits_of_a_number_find_the_child_and_the_number_is_never_shown(find):
    found = find("6408")
    assert found == [("Emma Holm", "Sag")]
    assert "4321" not in str(found)


def test_a_command_is_found_by_its_word_and_done(qtbot, find, window):
    assert ("Møder", "Ctrl+3") in find("mød")
    qtbot.keyClick(window.bar.find_field, Qt.Key.Key_Return)
    assert window.navigator.place == Place("meetings")


def test_the_arrows_choose_and_escape_leaves(qtbot, find, window):
    find("holm")
    field = window.bar.find_field
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field._list.currentRow() == 1
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field._list.currentRow() == len(field.hits)  # what searches everything stands last
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert field.hits == ()


def test_what_is_not_there_says_so_and_return_searches_everything_written(qtbot, find, window):
    assert find("qqqq") == []
    assert window.bar.find_field._list.item(0).text().startswith("Intet fundet")
    qtbot.keyClick(window.bar.find_field, Qt.Key.Key_Return)
    assert window.navigator.place == Place("search")


def test_a_new_case_is_found_right_after_it_was_registered(find, window, wait_idle):
    from ui.tasks import Op

    find("sofie")
    window.bar.find_field.leave()
    window.house.tasks.op(window, Op(lambda w: cases.register(w, {"child_name": "Sofie Bang"})))
    wait_idle()
    assert find("sofie") == [("Sofie Bang", "Sag")]


def known(words, number=""):
    return Known(words, lambda: "", Place("case"), number)


def test_the_beginning_of_the_name_is_better_than_of_a_word_and_that_than_the_middle():
    scores = [matches(known(words), "holm") for words in ("Holm Emma", "Emma Holm", "Emma Lindholm", "Emma")]
    assert scores == [0, 1, 2, None]


def test_every_word_typed_must_fit_in_any_order():
    assert matches(known("Emma Louise Holm"), "holm em") is not None
    assert matches(known("Emma Louise Holm"), "holm x") is None
