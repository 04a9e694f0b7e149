"""Running a meeting in the window: lines that save themselves, drafts, agreements, who came."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.meeting import Attendance, Column, MeetingKind, MeetingState
from caseworker_app.services import history, meetings
from caseworker_app.services.forms import Edit
from tests.ui.meeting_house import HELD, settle_family
from ui.pages.meeting_page import PARTS, MeetingPage
from ui.widgets.form_drafts import KEEP_AFTER_MS
from ui.widgets.meeting.part import run_draft_key

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def family(write, read):
    return settle_family(write, read)


@pytest.fixture
def shown(qtbot, house, wait_idle, family):
    """Return ``shown(part)``: the page over the meeting, at the run by default, with the cursor where one begins."""
    pages = []

    def show(part: str = "run", meeting=None) -> MeetingPage:
        if not pages:
            page = MeetingPage(house)
            qtbot.addWidget(page)
            house.tasks.touched.connect(page.follow)
            page.resize(1200, 680)
            pages.append(page)
            page.show()
            page.activateWindow()
        pages[0].show_thing(meeting or family.meeting, part)
        wait_idle()
        qtbot.waitUntil(lambda: pages[0].parts[part].isAncestorOf(QApplication.focusWidget()))
        return pages[0]

    yield show
    wait_idle()


@pytest.fixture
def settled(qtbot, wait_idle):
    """Return ``settled()``: everything asked is answered, and what followed from the answers too."""

    def wait():
        for _ in range(3):
            wait_idle()
            qtbot.wait(5)

    return wait


def column(page, which=Column.WORRIES):
    return page.parts["run"].columns[which].list


def texts(page, which=Column.WORRIES):
    return [row.text.toPlainText() for row in column(page, which).rows]


def stored(family, which=Column.WORRIES):
    return [point.text for point in family.view().points[which]]


def type_in(qtbot, words, *, enter=True):
    """Type where the cursor is."""
    where = QApplication.focusWidget()
    qtbot.keyClicks(where, words)
    if enter:
        qtbot.keyClick(where, Qt.Key.Key_Return)


def test_a_line_is_stored_at_enter_and_the_cursor_stands_in_the_next(shown, qtbot, settled, family):
    page = shown()
    type_in(qtbot, "Emma sover dårligt")
    type_in(qtbot, "Fravær")
    settled()
    assert stored(family) == ["Emma sover dårligt", "Fravær"]
    assert texts(page) == ["Emma sover dårligt", "Fravær", ""]
    assert column(page).fresh.text.hasFocus()


def test_each_line_is_an_act_of_its_own(shown, qtbot, settled, family, read):
    shown()
    type_in(qtbot, "En")
    type_in(qtbot, "To")
    settled()
    acts = read(lambda r: r.acts(limit=2))
    assert [act.label for act in acts] == ["Write a point", "Write a point"]
    assert acts[0].act_id != acts[1].act_id


def test_a_line_is_stored_when_the_focus_goes_away(shown, qtbot, settled, family):
    page = shown()
    type_in(qtbot, "Halvt skrevet", enter=False)
    column(page, Column.WORKS).fresh.text.setFocus()
    settled()
    assert stored(family) == ["Halvt skrevet"]
    assert texts(page) == ["Halvt skrevet", ""]


def test_control_and_a_digit_go_between_the_columns_and_to_the_agreements(shown, qtbot, settled, family):
    page = shown()
    for digit, which in (
        (Qt.Key.Key_2, Column.WORKS),
        (Qt.Key.Key_3, Column.WISHES),
        (Qt.Key.Key_1, Column.WORRIES),
    ):
        qtbot.keyClick(QApplication.focusWidget(), digit, CONTROL)
        type_in(qtbot, which.value)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, CONTROL)
    assert page.parts["run"].agreements.list.fresh.what.text.hasFocus()
    settled()
    for which in (Column.WORRIES, Column.WORKS, Column.WISHES):
        assert stored(family, which) == [which.value]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_5, CONTROL)
    assert page.parts["run"].agreements.isAncestorOf(QApplication.focusWidget()), (
        "there is no child's column here"
    )


def test_the_window_does_not_get_the_digits_while_the_meeting_is_written(shown, qtbot, house):
    from PySide6.QtGui import QKeySequence, QShortcut

    page = shown()
    heard = []
    QShortcut(QKeySequence("Ctrl+2"), page, lambda: heard.append("window"))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2, CONTROL)
    assert heard == []
    assert column(page, Column.WORKS).fresh.text.hasFocus()


def test_arrows_go_from_line_to_line(shown, qtbot, settled):
    page = shown()
    type_in(qtbot, "En")
    type_in(qtbot, "To")
    settled()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert column(page).rows[1].text.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert column(page).rows[0].text.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert column(page).rows[1].text.hasFocus()


def test_a_line_is_changed_where_it_stands(shown, qtbot, settled, family):
    page = shown()
    type_in(qtbot, "Emma sover")
    settled()
    row = column(page).rows[0]
    row.text.setFocus()
    qtbot.keyClick(row.text, Qt.Key.Key_End, CONTROL)
    type_in(qtbot, " dårligt")
    settled()
    assert stored(family) == ["Emma sover dårligt"]
    assert (
        family.read(lambda r: r.fields(type(family.view().points[Column.WORRIES][0]), row.entity))[
            "text"
        ].others
        == ()
    )


def test_a_line_written_in_again_while_it_is_on_its_way_is_stored_as_it_stands_at_last(
    shown, qtbot, settled, family
):
    page = shown()
    type_in(qtbot, "Emma")
    row = column(page).rows[0]
    row.text.setFocus()
    qtbot.keyClick(row.text, Qt.Key.Key_End, CONTROL)
    type_in(qtbot, " og Noah")
    settled()
    assert stored(family) == ["Emma og Noah"]
    assert texts(page) == ["Emma og Noah", ""]
    assert row.beside == []


def test_emptying_a_line_takes_it_back_and_undo_brings_it(shown, qtbot, settled, family, write, house, said):
    page = shown()
    type_in(qtbot, "Mormor henter")
    settled()
    row = column(page).rows[0]
    row.text.setFocus()
    row.text.selectAll()
    qtbot.keyClick(row.text, Qt.Key.Key_Delete)
    qtbot.keyClick(row.text, Qt.Key.Key_Return)
    settled()
    assert stored(family) == []
    assert texts(page) == [""]
    assert any("Ctrl+Z" in words for words in said)
    from ui.tasks import Op

    house.tasks.op(page, Op(history.undo))
    settled()
    assert stored(family) == ["Mormor henter"]
    assert texts(page) == ["Mormor henter", ""]


def test_undo_in_an_empty_line_is_the_windows(shown, qtbot, settled):
    from PySide6.QtGui import QKeySequence, QShortcut

    page = shown()
    heard = []
    QShortcut(QKeySequence("Ctrl+Z"), page, lambda: heard.append("undo"))
    type_in(qtbot, "En", enter=False)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)
    assert (heard, texts(page)) == ([], [""])
    type_in(qtbot, "To")
    settled()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)
    assert heard == ["undo"]
    column(page).rows[0].text.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CONTROL)
    assert heard == ["undo", "undo"]
    assert texts(page) == ["To", ""]


def test_a_point_of_twenty_thousand_characters_is_kept_and_typed_in_without_waiting(
    shown, qtbot, settled, family
):
    page = shown()
    row = column(page).fresh
    row.text.setPlainText("Emma siger: å " * 1428)
    qtbot.keyClick(row.text, Qt.Key.Key_End, CONTROL)
    type_in(qtbot, "12345678")
    settled()
    assert len(stored(family)[0]) == 20_000
    assert row.text.height() < 400


def test_a_longer_one_is_refused_in_words_and_nothing_typed_is_lost(shown, qtbot, settled, family, read):
    page = shown()
    row = column(page).fresh
    row.text.setPlainText("å" * 20_001)
    row.text.setFocus()
    qtbot.keyClick(row.text, Qt.Key.Key_Return)
    settled()
    assert stored(family) == []
    assert "20001" in row._complaint.sentence.text()
    page.leave()
    settled()
    draft = read(lambda r: r.draft(run_draft_key(family.meeting)))
    assert [len(value) for value, _heads in draft.fields.values()] == [20_001]
    page.show_thing(family.meeting, "run")
    settled()
    assert len(texts(page)[0]) == 20_001


def test_typing_asks_the_store_for_nothing(shown, qtbot, house, monkeypatch, family):
    shown()
    asked = []
    for name in ("op", "query", "job"):
        real = getattr(house.tasks, name)
        monkeypatch.setattr(
            house.tasks, name, lambda *a, real=real, name=name: (asked.append(name), real(*a))
        )
    type_in(qtbot, "Sådan skriver man, mens folk taler, uden at vente", enter=False)
    assert asked == []


def test_what_is_typed_is_a_draft_within_two_seconds_and_comes_back(
    shown, qtbot, settled, family, read, house, wait_idle
):
    assert KEEP_AFTER_MS <= 2000
    page = shown()
    type_in(qtbot, "Ikke gemt endnu", enter=False)
    qtbot.wait(KEEP_AFTER_MS + 100)
    settled()
    draft = read(lambda r: r.draft(run_draft_key(family.meeting)))
    assert [value for value, _heads in draft.fields.values()] == ["Ikke gemt endnu"]
    assert stored(family) == []
    # the computer stops here: another page opens over the same store
    page.parts["run"].keeper._timer.stop()
    again = MeetingPage(house)
    qtbot.addWidget(again)
    again.show_thing(family.meeting, "")
    wait_idle()
    assert again.tabs.currentIndex() == list(PARTS).index("run")
    assert texts(again) == ["Ikke gemt endnu"]


def test_a_draft_of_a_changed_line_comes_back_over_that_line(
    shown, qtbot, settled, family, read, house, wait_idle
):
    page = shown()
    type_in(qtbot, "Emma")
    settled()
    row = column(page).rows[0]
    row.text.setFocus()
    qtbot.keyClick(row.text, Qt.Key.Key_End, CONTROL)
    type_in(qtbot, " Holm", enter=False)
    page.parts["run"].keeper.flush()
    settled()
    again = MeetingPage(house)
    qtbot.addWidget(again)
    again.show_thing(family.meeting, "run")
    wait_idle()
    assert texts(again) == ["Emma Holm", ""]
    assert stored(family) == ["Emma"]
    again.leave()
    settled()
    assert stored(family) == ["Emma Holm"]


def test_the_draft_is_gone_when_everything_is_stored(shown, qtbot, settled, family, read):
    page = shown()
    type_in(qtbot, "Emma", enter=False)
    page.parts["run"].keeper.flush()
    settled()
    assert read(lambda r: r.drafts())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled()
    assert read(lambda r: r.drafts()) == []


def test_a_draft_keeps_the_other_lines_when_one_is_stored(shown, qtbot, settled, family, read):
    page = shown()
    run = page.parts["run"]
    column(page, Column.WORKS).fresh.text.setPlainText("x" * 20_001)
    type_in(qtbot, "Emma")
    settled()
    run.keeper.flush()
    settled()
    assert stored(family) == ["Emma"]
    draft = read(lambda r: r.draft(run_draft_key(family.meeting)))
    assert [len(value) for value, _heads in draft.fields.values()] == [20_001]


def test_leaving_the_page_stores_the_line_one_is_in(shown, qtbot, settled, family):
    page = shown()
    type_in(qtbot, "Sidste linje", enter=False)
    assert page.leave() is True
    settled()
    assert stored(family) == ["Sidste linje"]


def test_going_to_another_meeting_and_back_mixes_no_lines(shown, qtbot, settled, family, write):
    other = write(lambda w: meetings.plan(w, family.case, {}))
    page = shown()
    type_in(qtbot, "Første møde", enter=False)
    page.leave()
    page.show_thing(other, "run")
    settled()
    assert texts(page) == [""]
    type_in(qtbot, "Andet møde", enter=False)
    page.leave()
    page.show_thing(family.meeting, "run")
    settled()
    assert texts(page) == ["Første møde", ""]
    assert stored(family) == ["Første møde"]


def test_a_line_changed_elsewhere_is_followed_and_one_being_written_keeps_both(
    shown, qtbot, settled, family, house
):
    page = shown()
    type_in(qtbot, "Emma")
    type_in(qtbot, "Noah")
    settled()
    first, second = column(page).rows[:2]
    second.text.setFocus()
    qtbot.keyClicks(second.text, "!")
    for row, text in ((first, "Emma Holm"), (second, "Noah Holm")):
        heads = house.tasks.store.read(lambda r, row=row: r.fields(row.form.cls, row.entity))["text"].heads
        edit = {"text": Edit(text, heads)}
        from ui.tasks import Op

        house.tasks.op(page, Op(lambda w, row=row, edit=edit: meetings.edit_point(w, row.entity, edit)))
    settled()
    assert first.text.toPlainText() == "Emma Holm"
    assert "!" in second.text.toPlainText()
    assert len(second.beside) == 1


def test_an_agreement_is_written_by_keys_alone(shown, qtbot, settled, family):
    shown()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, CONTROL)
    type_in(qtbot, "Læreren ringer hver fredag")
    type_in(qtbot, "Tom Vang")
    type_in(qtbot, "27/11")
    settled()
    (agreement,) = family.view().agreements
    assert (agreement.what, agreement.who) == ("Læreren ringer hver fredag", "Tom Vang")
    assert agreement.due == dt.date(2026, 11, 27)


def test_a_day_that_cannot_be_read_is_said_and_the_agreement_waits_in_a_draft(
    shown, qtbot, settled, family, read
):
    page = shown()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, CONTROL)
    type_in(qtbot, "Mor ringer")
    type_in(qtbot, "Mia")
    type_in(qtbot, "31/2")
    settled()
    row = page.parts["run"].agreements.list.rows[0]
    assert row._complaint.isVisible()
    assert family.view().agreements == ()
    page.leave()
    settled()
    draft = read(lambda r: r.draft(run_draft_key(family.meeting)))
    assert "31/2" in [value for value, _heads in draft.fields.values()]
    row.due.setFocus()
    row.due.day.line.selectAll()
    qtbot.keyClicks(row.due.day.line, "28/2")
    qtbot.keyClick(row.due.day.line, Qt.Key.Key_Return)
    settled()
    assert family.view().agreements[0].due == dt.date(2027, 2, 28)
    assert read(lambda r: r.drafts()) == []


def test_the_plain_meeting_has_a_summary_and_decisions_with_reasons(shown, qtbot, settled, family, write):
    plain = write(lambda w: meetings.plan(w, family.case, {"kind": MeetingKind.NETWORK}))
    family.meeting = plain
    page = shown()
    run = page.parts["run"]
    assert not run.columns[Column.WORRIES].isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), "Vi talte om skolen")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, CONTROL)
    for words in ("Pædagogen taler med Emma", "Tom Vang", "1/12", "Emma stoler på ham"):
        type_in(qtbot, words)
    settled()
    assert family.stored().summary == "Vi talte om skolen"
    (decision,) = family.view().agreements
    assert decision.reason == "Emma stoler på ham"
    assert run.agreements.accessibleName() == "Beslutninger"


def test_ticks_stand_beforehand_and_whoever_is_missing_is_taken_off(shown, qtbot, settled, family, write):
    mia, tom = write(
        lambda w: meetings.invite(w, family.meeting, [family.people["Mia Holm"], family.people["Tom Vang"]])
    )
    page = shown()
    boxes = page.parts["run"].who.boxes
    assert [box.isChecked() for box in boxes.values()] == [True, True]
    boxes[tom].click()
    settled()
    assert family.participant("Tom Vang").attendance is Attendance.ABSENT
    boxes[tom].click()
    settled()
    assert family.participant("Tom Vang").attendance is Attendance.CAME
    assert "Mia Holm" in boxes[mia].accessibleName()


def test_holding_a_meeting_notes_who_came_and_can_be_planned_again(shown, qtbot, settled, family, write):
    family.meeting = write(lambda w: meetings.plan(w, family.case, {"when": HELD}))
    write(lambda w: meetings.invite(w, family.meeting, [family.people["Mia Holm"]]))
    page = shown()
    type_in(qtbot, "Det sidste", enter=False)
    qtbot.mouseClick(page.header.hold, Qt.MouseButton.LeftButton)
    settled()
    assert family.stored().state is MeetingState.HELD
    assert family.participant("Mia Holm").attendance is Attendance.CAME
    assert stored(family) == ["Det sidste"]
    assert not page.header.hold.isVisible()
    qtbot.mouseClick(page.header.again, Qt.MouseButton.LeftButton)
    settled()
    assert family.stored().state is MeetingState.PLANNED


def test_a_meeting_that_has_not_come_yet_is_not_held_and_the_plan_is_shown(shown, qtbot, settled, family):
    page = shown()
    qtbot.mouseClick(page.header.hold, Qt.MouseButton.LeftButton)
    settled()
    assert page.complaint.isVisible()
    assert page.tabs.currentIndex() == 0
    assert family.stored().state is MeetingState.PLANNED


def test_every_editor_of_the_run_has_a_name(shown, family, write):
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

    write(lambda w: meetings.invite(w, family.meeting, [family.people["Mia Holm"]]))
    page = shown()
    for widget in page.parts["run"].findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit):
            assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), widget


def test_the_words_change_with_the_language_and_nothing_typed_is_lost(shown, qtbot, family):
    from caseworker_app import i18n

    page = shown()
    type_in(qtbot, "Halvt", enter=False)
    i18n.set_language("en")
    assert texts(page) == ["Halvt"]
    assert page.parts["run"].columns[Column.WORKS].accessibleName() == "Works"
    i18n.set_language("da")
    assert page.parts["run"].columns[Column.WORKS].accessibleName() == "Fungerer"


def test_a_meeting_with_sixty_lines_opens_in_time(qtbot, house, wait_idle, family, write, watchdog):
    with watchdog.unwatched():
        for number in range(60):
            write(
                lambda w, n=number: meetings.add_point(
                    w, family.meeting, list(Column)[n % 3], f"Linje {n} om Emma"
                )
            )
        page = MeetingPage(house)
        qtbot.addWidget(page)
        page.resize(1200, 680)
        page.show()
    with watchdog.opening("a meeting of sixty lines"):
        page.show_thing(family.meeting, "run")
        wait_idle()
    assert len(column(page).rows) == 21
