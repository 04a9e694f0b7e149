"""Tal in the real window: every number is opened to its cases, another period is typed, and a case shows its ladder."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.intervention import EndReason
from caseworker_app.domain.numbers.span import year_of
from caseworker_app.domain.worker_change import WorkerChange
from caseworker_app.services import cases, interventions, numbers_papers, worker_changes
from caseworker_app.services.numbers_papers import Way
from tests.helpers.casework import catalogue
from ui.house import Place
from ui.pages.case_follow_up import CaseFollowUp
from ui.pages.numbers_page import SHEET_LABELS, NumbersPage
from ui.theme import ThemeName, apply
from ui.widgets.numbers.drawings import BarsView
from ui.widgets.numbers.period_bar import QUICK_LABELS

TODAY = dt.date(2026, 11, 21)
NAMES = ("Emma Holm", "Noah Vang", "Ida Bech")


def child(write, name):
    """Register a child who has moved from a children's home to a foster family."""
    case = write(lambda w: cases.register(w, {"child_name": name, "opened_on": dt.date(2025, 1, 6)}))
    home = catalogue().entry("childrens_home", dt.date(2025, 1, 6))
    begun = {"start": dt.date(2025, 1, 6), "decided_on": dt.date(2025, 1, 2)}
    first = write(lambda w: interventions.register(w, case, home, begun))
    write(lambda w: interventions.end(w, first, dt.date(2026, 1, 31), EndReason.STEPPED_DOWN))
    foster = catalogue().entry("foster_general", dt.date(2026, 2, 1))
    then = {"start": dt.date(2026, 2, 1), "planned_end": dt.date(2027, 6, 30)}
    write(lambda w: interventions.register(w, case, foster, then))
    return case


@pytest.fixture
def children(write):
    return [child(write, name) for name in NAMES]


@pytest.fixture
def page(qtbot, house, children, wait_idle):
    made = NumbersPage(house)
    qtbot.addWidget(made)
    made.resize(1222, 684)
    made.show()
    made.show_thing(None, "child_years")
    wait_idle()
    return made


def row_of(page, key):
    return [line.key for line in page.sheet.lines].index(key)


def test_a_number_is_opened_to_the_cases_it_counts_and_a_case_is_gone_to(qtbot, page, went, children):
    page.table.setCurrentCell(row_of(page, "foster_all"), 1)
    assert page.behind.count.text() == "3 sager"
    assert page.behind.value.text() == page.table.currentItem().text()
    names = [page.behind.list.model().index(row, 0).data() for row in range(3)]
    assert [name.split("  ")[0] for name in names] == sorted(NAMES)
    page.behind.list.setFocus()
    qtbot.keyClick(page.behind.list, Qt.Key.Key_Return)
    assert went == [Place("case", children[0], "follow_up")]


def test_the_arrows_go_from_number_to_number_and_enter_to_its_cases(qtbot, page):
    page.table.setFocus()
    page.table.setCurrentCell(0, 1)
    before = page.behind.about.text()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.behind.about.text() != before
    page.table.cellActivated.emit(1, 1)
    assert page.behind.list.hasFocus()


def test_every_sheet_is_shown_with_danish_words_and_its_first_number(page, wait_idle):
    for row in range(page.list.count()):
        page.list.setCurrentRow(row)
        wait_idle()
        assert page.sheet is not None
        assert page.heading.text() == i18n.say(page.sheet.title)
        assert page.table.rowCount() == len(page.sheet.lines)


def test_another_period_is_typed_and_one_that_is_reversed_is_refused_in_words(qtbot, page, wait_idle):
    page.period.last.line.setText("")
    qtbot.keyClicks(page.period.last.line, "31-12-2025")
    page.period.first.line.setText("")
    qtbot.keyClicks(page.period.first.line, "01-01-2026")
    qtbot.keyClick(page.period.first.line, Qt.Key.Key_Return)
    wait_idle()
    assert page.period.complaint.isVisible()
    assert page.shown.span.first == dt.date(2026, 1, 1)
    assert page.shown.span.last == dt.date(2026, 12, 31)
    page.period.first.line.setText("")
    qtbot.keyClicks(page.period.first.line, "01-01-2025")
    qtbot.keyClick(page.period.first.line, Qt.Key.Key_Return)
    wait_idle()
    assert not page.period.complaint.isVisible()
    assert page.shown.span == page.period.span
    assert page.shown.span.last == dt.date(2025, 12, 31)
    assert page.table.item(row_of(page, "institution_all"), 1).text() == "2,96"


def test_a_period_is_chosen_and_put_beside_another(page, wait_idle):
    page.period.quick.setCurrentIndex(tuple(QUICK_LABELS).index("last_year"))
    page.period.quick.activated.emit(page.period.quick.currentIndex())
    wait_idle()
    assert page.shown.span == year(2025)
    page.period.beside.setCurrentIndex(1)
    page.period.beside.activated.emit(1)
    wait_idle()
    assert page.shown.before == year(2024)
    assert page.table.columnCount() == 8


def year(number):
    return year_of(dt.date(number, 1, 1))


def test_what_changes_in_a_case_changes_the_numbers(page, tasks, write, children, wait_idle):
    before = page.table.item(row_of(page, "foster_all"), 1).text()
    write(lambda w: cases.close(w, children[0], dt.date(2026, 3, 1), "", unmeasured="flyttet"))
    tasks.touched.emit(frozenset({("case", children[0])}))
    page.follow(frozenset({("case", children[0])}))
    wait_idle()
    assert page.table.item(row_of(page, "foster_all"), 1).text() != before


def test_the_numbers_are_saved_without_a_name(qtbot, page, tmp_path, wait_idle):
    shown = page.shown
    job = page._house.tasks.store.read(
        lambda r: numbers_papers.job(r, shown.loaded, shown.span, shown.before, Way.CSV)
    )
    made = page._house.papers.make(job)
    page.desk.save_to(str(tmp_path / "numbers.csv"), job, made.data)
    wait_idle()
    text = (tmp_path / "numbers.csv").read_text("utf-8-sig")
    assert "Årsbørn" in text
    assert "Emma" not in text


def test_a_new_language_and_another_dress_keep_the_sheet(qtbot, page, wait_idle):
    i18n.set_language("en")
    apply(QApplication.instance(), ThemeName.DARK)
    wait_idle()
    assert page.sheet.key == "child_years"
    assert page.heading.text() == "Child-years by kind of placement"
    apply(QApplication.instance(), ThemeName.LIGHT)


# --- The ladder in the case ----------------------------------------------------------------------------------


@pytest.fixture
def ladder(qtbot, house, read, children, wait_idle):
    section = CaseFollowUp(house)
    qtbot.addWidget(section)
    section.resize(1222, 600)
    section.show()
    section.show_case(read(lambda r: r.get(Case, children[0])))
    section.go("ladder")
    wait_idle()
    return section.made("ladder")


def test_a_case_shows_its_ladder_with_its_moves_in_words(ladder):
    assert ladder.moves.text() == "01-02-2026: fra trin 6 til trin 5"
    assert "trin 5" in ladder.standing.text()
    assert "Børne- og ungehjem" in ladder.strip.accessibleName()


def test_a_change_of_worker_is_written_by_keyboard_and_stands_in_the_case(
    qtbot, ladder, read, children, wait_idle, tasks
):
    ladder.record_button.setFocus()
    qtbot.keyClick(ladder.record_button, Qt.Key.Key_Insert)
    wait_idle()
    dialog = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()
    )
    form = dialog.form
    qtbot.keyClicks(form.rows["before"].editor.control, "Bodil Ravn")
    qtbot.keyClicks(form.rows["after"].editor.control, "Karen Holm")
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    (made,) = read(lambda r: worker_changes.of_case(r, children[0]))
    assert (made.before, made.after, made.changed_on) == ("Bodil Ravn", "Karen Holm", TODAY)
    ladder.follow(frozenset({("worker_change", made.id)}))
    wait_idle()
    assert ladder.changes.count() == 1
    assert read(lambda r: r.count(WorkerChange)) == 1


def test_what_stands_over_several_columns_is_written_once_and_read_with_each(page, wait_idle):
    page.show_thing(None, "half_years")
    wait_idle()
    head, model = page.table.horizontalHeader(), page.table.model()
    over = [words for words, _first, _last in head.groups]
    assert over and len(over) == len(set(over))
    for words, first, last in head.groups:
        for section in range(first, last + 1):
            said = (section, Qt.Orientation.Horizontal)
            assert model.headerData(*said, Qt.ItemDataRole.AccessibleTextRole).startswith(f"{words}, ")
            assert words not in model.headerData(*said, Qt.ItemDataRole.DisplayRole)
    assert page.table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("width", [1222, 1776])
def test_no_heading_stands_on_more_than_three_lines_and_where_there_is_room_on_two(page, wait_idle, width):
    apply(QApplication.instance(), ThemeName.LIGHT)
    page.resize(width, 684)
    wait_idle()
    for key in SHEET_LABELS:
        page.show_thing(None, key)
        wait_idle()
        lines = (page.table.horizontalHeader().height() - page.table.horizontalHeader().above - 10) / (
            page.table.fontMetrics().lineSpacing()
        )
        assert lines < (2.3 if width > 1366 or key == "barometer" else 3.3), key
        across = sum(page.table.columnWidth(column) for column in range(page.table.columnCount()))
        assert across <= page.table.viewport().width(), key


def test_with_text_of_twice_the_size_days_names_and_drawings_have_the_room_they_need(page, qapp, wait_idle):
    try:
        apply(qapp, ThemeName.LIGHT, 22)
        page.show_thing(None, "child_years")
        wait_idle()
        for day in (page.period.first, page.period.last):
            assert day.line.width() > day.fontMetrics().horizontalAdvance("01-01-2026")
        high = page.list.fontMetrics().lineSpacing()
        assert all(page.list.item(row).sizeHint().height() >= high for row in range(page.list.count()))
        assert page.table.rowHeight(0) >= high
        (chart, *_others) = page.findChildren(BarsView)
        assert chart.height() >= 34 * chart.logicalDpiY() / 25.4 * 21 / 8.5, (
            "34 mm is the least it is drawn in"
        )
    finally:
        apply(qapp, ThemeName.LIGHT)
