"""The window around the pages: places, undo, errors, language and look."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QToolButton

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases
from caseworker_app.services.history import UndoState
from tests.ui.doors import NoDoors
from tests.ui.standins import makers
from ui.house import Place
from ui.main_window import MainWindow
from ui.tasks import Op

UNDO = "Fortryd: " + i18n.load("da").gettext("Register a child")


@pytest.fixture
def window(qtbot, dressed, tasks, papers, settings, store, wait_idle):
    made = MainWindow(tasks, NoDoors(), papers, settings, ShippedBooks(), makers=makers())
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.enter(store)
    wait_idle()
    return made


def press(qtbot, window, keys, modifier=Qt.KeyboardModifier.ControlModifier):
    qtbot.keyClick(window, keys, modifier)


def test_the_window_begins_at_the_caseload_and_has_made_no_other_page(window):
    assert window.navigator.place == Place("caseload")
    assert list(window.navigator.made()) == ["caseload"]


def test_a_place_on_the_rail_is_gone_to_by_mouse_and_by_key(qtbot, window):
    qtbot.mouseClick(window.rail.button("meetings"), Qt.MouseButton.LeftButton)
    assert window.navigator.place == Place("meetings")
    assert window.rail.button("meetings").isChecked()
    press(qtbot, window, Qt.Key.Key_1)
    assert window.navigator.place == Place("today")
    assert window.rail.button("today").isChecked()


def test_the_rail_shows_cases_while_one_case_is_open(window):
    window.navigator.go(Place("case", bytes(16)))
    assert window.rail.button("caseload").isChecked()


def test_alt_left_goes_back_the_way_one_came_until_there_is_no_more(qtbot, window):
    window.navigator.go(Place("meetings"))
    window.navigator.go(Place("meeting", b"m" * 16, "plan"))
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.navigator.place == Place("meetings")
    press(qtbot, window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.navigator.place == Place("caseload")
    assert not window.bar.back.isEnabled()


def test_a_page_with_something_to_be_answered_is_not_left(window):
    window.navigator.page.may_leave = False
    window.navigator.go(Place("today"))
    assert window.navigator.place == Place("caseload")
    assert not window.close()
    window.navigator.page.may_leave = True


def test_a_page_that_was_not_seen_hears_what_it_missed_when_it_is_gone_to(window, wait_idle):
    window.navigator.go(Place("meetings"))
    meetings = window.navigator.page
    window.navigator.go(Place("today"))
    window.house.tasks.op(window, Op(lambda w: cases.register(w, {"child_name": "Emma"})))
    wait_idle()
    assert meetings.followed == []
    assert window.navigator.page.followed != []
    window.navigator.go(Place("meetings"))
    assert {kind for touched in meetings.followed for kind, _id in touched} >= {"case"}
    wait_idle()


def test_a_page_that_reads_everything_when_it_is_gone_to_is_not_asked_twice(window, wait_idle):
    window.navigator.go(Place("today"))
    caseload = window.navigator.made()["caseload"]
    window.house.tasks.op(window, Op(lambda w: cases.register(w, {"child_name": "Emma"})))
    wait_idle()
    window.navigator.go(Place("caseload"))
    assert caseload.followed == []
    wait_idle()


def test_the_undo_button_says_what_it_would_take_back_and_takes_it_back(qtbot, window, wait_idle, read):
    assert not window.bar.undo.isEnabled()
    window.house.tasks.op(window, Op(lambda w: cases.register(w, {"child_name": "Emma"})))
    qtbot.waitUntil(lambda: window.bar.undo.accessibleName() == UNDO)
    qtbot.mouseClick(window.bar.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.bar.redo.accessibleName() == "Gentag: " + i18n.gettext("Register a child"))
    assert window.bar.status.words() == "Fortrudt: " + i18n.gettext("Register a child")
    assert read(cases.caseload).active == ()
    press(qtbot, window, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: window.bar.undo.accessibleName() == UNDO)
    assert [row.case.child_name for row in read(cases.caseload).active] == ["Emma"]


def test_no_word_of_the_top_bar_is_cut_in_a_small_window(qtbot, window, wait_idle):
    longest = "Everything you write is saved, encrypted, on this computer."
    for label in ("Register a child", longest):
        window.menu_actions.offer(UndoState(label, None))
        field, metrics = window.bar.find_field, QFontMetrics(window.bar.find_field.font())
        qtbot.waitUntil(lambda label=label: i18n.gettext(label) in window.bar.undo.toolTip())
        wait_idle()
        assert window.bar.undo.text() in (f"Fortryd: {i18n.gettext(label)}", "Fortryd")
        assert metrics.horizontalAdvance(field.placeholderText()) < field.width() - 40
        assert field.placeholderText().endswith("(Ctrl+K)")
        assert field.toolTip() == "Find barn, person eller kommando (Ctrl+K)"
    assert window.bar.undo.text() == "Fortryd"
    assert i18n.gettext(longest) in window.bar.undo.toolTip()


def test_when_there_is_little_room_the_drafts_are_what_is_said(window):
    status = window.bar.status
    status.stand(2)
    assert status.words() == "Gemt på denne computer · 2 kladder"
    status.resize(120, status.height())
    assert status.text() == "2 kladder"
    status.resize(500, status.height())
    assert status.text() == status.words()


def test_undo_in_a_field_is_the_fields_own(qtbot, window, wait_idle, read):
    window.house.tasks.op(window, Op(lambda w: cases.register(w, {"child_name": "Emma"})))
    qtbot.waitUntil(window.bar.undo.isEnabled)
    line = window.navigator.page.line
    line.setFocus()
    qtbot.keyClicks(line, "ab")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    assert line.text() == ""
    assert len(read(cases.caseload).active) == 1


def test_an_expected_error_stands_in_the_banner_with_its_ways_out_until_it_is_closed(qtbot, window, tasks):
    def refuse(_writer):
        raise UserError(
            "You have {active} active cases, and the limit is {limit}.",
            "Close a case that is finished.",
            active=25,
            limit=25,
        )

    tasks.op(window, Op(refuse))
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.sentence.text() == "Du har 25 aktive sager, og loftet er 25."
    assert "Afslut en sag" in window.banner.ways_out.text()
    qtbot.mouseClick(window.banner.close_button, Qt.MouseButton.LeftButton)
    assert not window.banner.isVisible()


def test_what_an_act_says_is_read_in_the_status_line(qtbot, window, wait_idle):
    assert window.bar.status.words() == "Gemt på denne computer"
    window.house.tasks.op(window, Op(lambda w: None, said="The meeting was held"))
    wait_idle()
    assert window.bar.status.words() == i18n.gettext("The meeting was held")


def said_in_the_program():
    """Return the sentences (msgids) that acts of the window are told with, where they stand in the code as they are."""
    for path in (Path(__file__).parents[2] / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (isinstance(node, ast.keyword) and node.arg == "said") or (
                isinstance(node, ast.Assign) and "said" in (ast.unparse(one) for one in node.targets)
            ):
                found = node.value
            else:
                continue
            if isinstance(found, ast.Call) and ast.unparse(found.func) == "N_":
                found = found.args[0]
            if isinstance(found, ast.Constant) and isinstance(found.value, str) and found.value:
                yield found.value


def test_what_was_just_done_is_read_whole_in_the_least_window_that_is_common(qtbot, window, wait_idle):
    bar, sentences = window.bar, sorted(set(said_in_the_program()))
    window.undoing.changed.emit(UndoState("Register a child", None))
    assert len(sentences) > 60
    cut = []
    for msgid in sentences:
        bar.status.say(i18n.gettext(msgid))
        bar.layout().activate()
        if bar.status.text() != i18n.gettext(msgid):
            cut.append((msgid, bar.status.width()))
    assert cut == []
    assert bar.find_field.width() >= 240


def test_the_bar_makes_room_for_a_long_sentence_and_takes_it_back(qtbot, window):
    bar, long = window.bar, "Den foreløbige vurdering er noteret. Ctrl+Z fortryder."
    window.undoing.changed.emit(UndoState("Register a child", None))
    bar.layout().activate()
    find, words = bar.find_field.width(), bar.undo.text()
    bar.status.say("Gemt.")
    bar.layout().activate()
    assert (bar.find_field.width(), bar.undo.text()) == (find, words)
    bar.status.say(long)
    bar.layout().activate()
    assert bar.status.text() == long
    assert (bar.undo.text(), bar.undo.accessibleName()) == ("Fortryd", words)
    bar.status._rest()
    bar.layout().activate()
    assert (bar.find_field.width(), bar.undo.text()) == (find, words)
    bar.status.say("Så lang en sætning er der ikke plads til, så meget der end bliver gjort plads; " * 2)
    bar.layout().activate()
    assert bar.status.text().endswith("…")
    assert bar.status.toolTip() == bar.status.words()


def test_what_there_is_to_mind_of_sync_is_read_whole_and_the_rest_of_it_waits_for_room(qtbot, window):
    bar = window.bar
    window.undoing.changed.emit(UndoState("Register a child", "Register a child"))
    bar.layout().activate()
    find = bar.find_field.width()
    for first in ("Ingen forbindelse siden mandag kl. 09.30", "12 ændringer ikke sendt, ældste 59 minutter"):
        bar.status.stand_sync(
            lambda first=first: (first, "2 venter på nøgle", "1 blev ikke taget imod"), calm=False
        )
        bar.layout().activate()
        assert bar.status.text().startswith(first)
        assert "…" not in bar.status.text()
        assert "1 blev ikke taget imod" in bar.status.toolTip()
    bar.status.stand_sync(lambda: ("Alt er sendt og bekræftet",), calm=True)
    bar.layout().activate()
    assert bar.find_field.width() == find


def test_what_is_typed_in_the_find_field_stays_where_it_is_while_a_sentence_stands(qtbot, window):
    bar = window.bar
    window.activateWindow()
    bar.find_field.setFocus()
    qtbot.waitUntil(bar.find_field.hasFocus)
    bar.status.say(
        "Den foreløbige vurdering er noteret. Ctrl+Z fortryder. Og mere til, end der er plads til."
    )
    assert bar.status.minimumWidth() == 0


def test_another_language_changes_every_word_and_nothing_that_was_typed(qtbot, window):
    line = window.navigator.page.line
    qtbot.keyClicks(line, "halv sætning")
    window.menu_actions.languages["en"].trigger()
    assert window.rail.button("caseload").text() == "Cases"
    assert window.bar.status.words() == "Saved on this computer"
    assert line.text() == "halv sætning"
    window.menu_actions.languages["da"].trigger()
    assert window.rail.button("caseload").text() == "Sager"


def test_theme_and_text_size_change_while_the_window_stands(qtbot, window):
    before = QApplication.font().pointSizeF()
    press(qtbot, window, Qt.Key.Key_Plus)
    assert QApplication.font().pointSizeF() == before + 1
    press(qtbot, window, Qt.Key.Key_0)
    window.menu_actions.themes["dark"].trigger()
    assert QApplication.palette().window().color().lightness() < 80
    window.menu_actions.themes["light"].trigger()
    assert QApplication.palette().window().color().lightness() > 200


def test_every_control_of_the_frame_has_a_name_for_a_screen_reader(window):
    frame = [
        *window.rail.findChildren(QToolButton),
        *window.bar.findChildren(QToolButton),
        window.bar.find_field,
    ]
    assert [control for control in frame if not control.accessibleName()] == []


def test_the_menu_shows_every_shortcut_and_opens_with_f10(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F10)
    menu = window.bar.open_menu()
    titles = [action.text() for action in menu.actions()]
    assert titles == ["Fil", "Rediger", "Vis", "Hjælp"]
    shown = {a.text(): a.shortcut().toString() for sub in menu.actions() for a in sub.menu().actions()}
    assert shown["Ny sag"] == "Ctrl+N"
    assert shown["Underretning …"] == "Ctrl+U"
    assert shown["Historik"] == "Ctrl+H"
    assert shown["Lås"] == "Ctrl+L"
    menu.close()


def test_a_new_case_is_asked_of_the_caseload(qtbot, window):
    press(qtbot, window, Qt.Key.Key_N)
    assert window.navigator.page.shown[-1] == (None, "new")


def test_a_notification_is_registered_from_every_page_with_one_key(qtbot, window):
    for page in ("today", "meetings", "settings", "caseload"):
        window.navigator.go(Place(page))
        press(qtbot, window, Qt.Key.Key_U)
        assert window.navigator.place.page == "caseload"
        assert window.navigator.page.shown[-1] == (None, "notification")


def test_the_title_of_the_window_never_names_anybody(qtbot, window, wait_idle, write):
    case = write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))
    window.navigator.go(Place("case", case))
    assert window.windowTitle() == "Tæt på"
