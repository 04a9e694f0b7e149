"""The history on the screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.services import cases, history
from caseworker_app.services.forms import Edit
from caseworker_app.services.sync_desk import Place as Far
from caseworker_app.services.sync_desk import RecordStanding, Standing, SyncState
from tests.helpers.sync_desk import ToldDesk
from ui.dialogs.history_dialog import HistoryDialog, of_entities, of_place
from ui.house import Place


@pytest.fixture
def case(write, read):
    made = write(lambda w: cases.register(w, {"child_name": "Emma Holm", "school": "Østre Skole"}))
    for school in ("Vestre Skole", "Midtskolen"):
        heads = read(lambda r: r.fields(Case, made))["school"].heads
        write(lambda w, s=school, h=heads: cases.edit(w, made, {"school": Edit(s, h)}))
    return made


@pytest.fixture
def show(qtbot, house, wait_idle):
    def make(place):
        ask, about = of_place(place)
        dialog = HistoryDialog(house, ask, about)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        wait_idle()
        return dialog

    return make


def rows(dialog):
    tree = dialog.tree
    found = []
    for index in range(tree.topLevelItemCount()):
        act = tree.topLevelItem(index)
        found.append(
            (act.text(0), [[act.child(i).text(c) for c in range(3)] for i in range(act.childCount())])
        )
    return found


def test_the_newest_stands_first_with_day_clock_and_name(show, case):
    shown = rows(show(Place("case", case)))
    assert shown[0][0] == f"21. november 2026 09.30 · Lone Kjær · {i18n.gettext('Change the case')}"
    assert shown[0][1] == [["Skole eller dagtilbud", "Vestre Skole", "Midtskolen"]]
    assert len(shown) == 3


def test_one_field_can_be_chosen_and_the_rest_is_left_out(qtbot, show, case):
    dialog = show(Place("case", case))
    school = dialog.fields.findData("school")
    dialog.fields.setCurrentIndex(school)
    assert [after for _act, lines in rows(dialog) for _l, _b, after in lines] == [
        "Midtskolen", "Vestre Skole", "Østre Skole",
    ]  # fmt: skip
    name = dialog.fields.findData("child_name")
    dialog.fields.setCurrentIndex(name)
    assert len(rows(dialog)) == 1


def test_what_was_undone_says_so_on_its_line(show, case, write):
    write(history.undo)
    shown = rows(show(Place("case", case)))
    assert shown[0][0].endswith("Fortrudt: " + i18n.gettext("Change the case"))
    assert shown[1][0].endswith("(fortrudt siden)")


def test_a_long_text_is_shown_whole_when_its_line_is_chosen_by_key(qtbot, show, case, write, read):
    heads = read(lambda r: r.fields(Case, case))["note"].heads
    note = ("Et langt notat. " * 40).strip()
    write(lambda w: cases.edit(w, case, {"note": Edit(note, heads)}))
    dialog = show(Place("case", case))
    assert not dialog.detail.isVisible()
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Down)
    assert note in dialog.detail.toPlainText()


def test_away_from_a_case_it_is_what_the_worker_did_last(show, case):
    shown = rows(show(Place("caseload")))
    assert any(act.endswith(i18n.gettext("Register a child")) for act, _lines in shown)


def test_a_record_without_history_says_so(qtbot, house, wait_idle, show):
    dialog = HistoryDialog(house, of_entities([b"n" * 16]), "History")
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    wait_idle()
    assert dialog.empty.isVisible()


def test_the_language_changes_while_it_stands_and_the_chosen_field_stays(show, case):
    dialog = show(Place("case", case))
    dialog.fields.setCurrentIndex(dialog.fields.findData("school"))
    i18n.set_language("en")
    assert dialog.fields.currentText() == "School or day-care"
    assert dialog.tree.headerItem().text(2) == "It became"


def test_how_far_the_record_has_come_is_said_and_followed(qtbot, house, wait_idle, case):
    desk = ToldDesk(SyncState(Standing.SIGNED_IN, hub="Hedeby Kommune"))
    desk.far = RecordStanding(Far.HERE, 2, dt.datetime.now(dt.UTC) - dt.timedelta(days=3))
    dialog = HistoryDialog(replace(house, sync=desk), of_entities([case]), "History")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    wait_idle()
    assert dialog.standing.text() == "På denne computer: 2 ændringer ikke sendt, ældste 3 dage"
    for far, words in ((Far.SENT, "Sendt, endnu ikke bekræftet"), (Far.CONFIRMED, "Sendt og bekræftet")):
        desk.far = RecordStanding(far)
        desk.tell()
        qtbot.waitUntil(lambda w=words: dialog.standing.text() == w)
    dialog.close()


def test_without_a_hub_nothing_is_said_of_sending(show, case):
    assert not show(Place("case", case)).standing.isVisible()
