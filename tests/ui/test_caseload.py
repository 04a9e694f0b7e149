"""Sager: all cases on one page, found, sorted, filtered, opened."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHeaderView

from caseworker_app import i18n
from caseworker_app.domain.case import Case, CaseKind, LimitException, SiblingKind
from caseworker_app.domain.ids import new_id
from caseworker_app.domain.meeting import Meeting, TimeSpan
from caseworker_app.services import cases, meetings
from caseworker_app.services.cases import CaseRow
from caseworker_app.services.ports import Draft
from ui.dialogs.case_dialog import CaseDialog
from ui.house import Place
from ui.models.caseload_rows import Col, age_words, child_words, marks_of, row_text
from ui.pages.caseload_page import CaseloadPage
from ui.widgets.caseload_table import LEAST_ROW

TODAY = dt.date(2026, 11, 21)
PAGE = (1222, 637)
"""What the rail and the top bar leave of a client area of 1366 × 689."""
NAMES = ["Åse Thomsen", "Emma Holm", "Ærlig Ravn", "Aage Bech", "Østen Bak", "Bo Lind"]


@pytest.fixture
def page(qtbot, house, tasks, wait_idle):
    made = CaseloadPage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(*PAGE)
    made.show()
    made.show_thing(None, "")
    wait_idle()
    return made


@pytest.fixture
def some(write):
    def make(w):
        made = []
        for number, name in enumerate(NAMES):
            values = {"child_name": name, "step": number + 1 if number < 5 else None}
            values["school"] = "Holtbjergskolen" if number % 2 else "Gullestrup Skole"
            values["kinds"] = frozenset({CaseKind.PLACEMENT} if number % 2 else {CaseKind.INVESTIGATION})
            values["born"] = dt.date(2010 + number, 1, 1)
            made.append(cases.register(w, values))
            w.flush()
        return made

    return write(make)


@pytest.fixture
def full(write):
    def make(w):
        made = []
        for number in range(25):
            made.append(cases.register(w, {"child_name": f"Barn {number:02d}"}))
            w.flush()
        return made

    return write(make)


def shown(page) -> list[str]:
    return [page.model.row(row).cells[Col.NAME] for row in range(page.model.rowCount())]


# --- The page ------------------------------------------------------------------------------------------------


def test_twenty_five_cases_stand_on_the_page_without_scrolling(full, page):
    assert page.rows_shown() == 25
    assert page.table.verticalHeader().defaultSectionSize() >= LEAST_ROW == 24
    assert not page.table.verticalScrollBar().isVisible()
    last = page.model.index(24, 0)
    assert page.table.viewport().rect().contains(page.table.visualRect(last))


def test_where_there_is_room_the_rows_are_taller(full, page):
    page.resize(1776, 980)
    assert page.table.verticalHeader().defaultSectionSize() == 32
    assert page.rows_shown() == 25


def test_the_first_painted_rows_are_told_once_with_their_number(qtbot, house, full, wait_idle):
    made = CaseloadPage(house)
    qtbot.addWidget(made)
    told = []
    made.first_rows_painted.connect(told.append)
    made.resize(*PAGE)
    made.show()
    made.show_thing(None, "")
    wait_idle()
    qtbot.waitUntil(lambda: bool(told))
    made.table.viewport().repaint()
    assert told == [25]


def test_the_page_opens_at_once_and_scrolls_smoothly(qtbot, watchdog, house, write, wait_idle):
    def many(w):
        for number in range(60):
            cases.register(w, {"child_name": f"Barn {number}", "step": number % 6 + 1}, arrives=True)
            w.flush()

    with watchdog.unwatched():
        write(many)
    with watchdog.opening("Sager"):
        made = CaseloadPage(house)
        qtbot.addWidget(made)
        made.resize(*PAGE)
        made.show_thing(None, "")
        made.show()
        wait_idle()
    watchdog.scroll(made.table.viewport(), -5)
    assert made.table.verticalScrollBar().value() > 0


def test_the_counter_warns_from_twenty_says_full_and_how_many_are_above(qtbot, full, page, write, wait_idle):
    assert (page.panel.counter.text(), page.panel.unit.text()) == ("25 af 25", "aktive sager")
    assert page.panel.warning.text() == "Fuldt: Loftet er nået."
    more = lambda w: [cases.register(w, {"child_name": f"Ny {n}"}, arrives=True) for n in range(2)]  # noqa: E731
    write(more)
    page.follow(frozenset({("case", full[0])}))
    wait_idle()
    assert page.panel.counter.text() == "27 af 25"
    assert page.panel.warning.text() == "2 sager over loftet."
    assert shown(page)[:3] == ["Ny 0", "Ny 1", "Barn 00"]
    page.table.sortByColumn(Col.NAME, Qt.SortOrder.DescendingOrder)
    assert shown(page)[:3] == ["Ny 1", "Ny 0", "Barn 24"]
    write(lambda w: [cases.close(w, case, TODAY, "") or w.flush() for case in full[:5]])
    page.follow(frozenset({("case", full[0])}))
    wait_idle()
    assert (page.panel.counter.text(), page.panel.warning.text()) == (
        "22 af 25",
        "Snart fuldt: plads til 3 mere.",
    )


def test_an_empty_page_says_what_to_do(qtbot, page):
    assert "Der er ingen sager endnu." in page._empty_words.text()
    qtbot.mouseClick(page._empty_button, Qt.MouseButton.LeftButton)
    dialogs = page.findChildren(CaseDialog)
    assert len(dialogs) == 1
    dialogs[0].close()


# --- Finding and choosing ------------------------------------------------------------------------------------


def test_the_cases_stand_in_danish_order(some, page):
    assert shown(page) == ["Bo Lind", "Emma Holm", "Ærlig Ravn", "Østen Bak", "Aage Bech", "Åse Thomsen"]


def test_typing_in_the_list_finds_and_enter_opens(qtbot, some, page, went):
    qtbot.keyClicks(page.table, "h")
    assert page.panel.find_line.hasFocus()
    qtbot.keyClicks(page.panel.find_line, "olm")
    assert shown(page) == ["Emma Holm"]
    qtbot.keyClick(page.panel.find_line, Qt.Key.Key_Return)
    assert went == [Place("case", some[1])]


def test_words_are_found_in_school_and_name_in_any_order(qtbot, some, page):
    qtbot.keyClicks(page.panel.find_line, "gulle ærlig")
    assert shown(page) == ["Ærlig Ravn"]
    qtbot.keyClick(page.panel.find_line, Qt.Key.Key_Escape)
    assert len(shown(page)) == 6
    assert page.table.hasFocus()


def test_the_arrows_go_from_the_words_to_the_rows_and_enter_opens_one(qtbot, some, page, went):
    qtbot.keyClicks(page.panel.find_line, "holtbjerg")
    qtbot.keyClick(page.panel.find_line, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert went == [Place("case", some[1])]


def test_a_click_anywhere_in_a_row_opens_the_case(qtbot, some, page, went):
    place = page.table.visualRect(page.model.index(2, Col.MARKS)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went == [Place("case", some[2])]


def test_what_finds_nothing_says_so_and_shows_all_again(qtbot, some, page):
    qtbot.keyClicks(page.panel.find_line, "xyz")
    assert page._empty_words.text() == "Ingen sag passer til det, du søger."
    qtbot.mouseClick(page._empty_button, Qt.MouseButton.LeftButton)
    assert (page.panel.find_line.text(), len(shown(page))) == ("", 6)


def test_kinds_and_marks_narrow_the_list(some, page, write, wait_idle):
    page.panel.kind.setCurrentIndex(1 + list(CaseKind).index(CaseKind.PLACEMENT))
    assert shown(page) == ["Bo Lind", "Emma Holm", "Aage Bech"]

    def protect(w):
        w.act("Change the case")
        w.set(Case, some[1], "address_protected", True, parents=None)

    write(protect)
    page.follow(frozenset({("case", some[1])}))
    wait_idle()
    page.panel.mark.setCurrentIndex(3)
    assert page.panel.chosen_mark == "protected"
    assert shown(page) == ["Emma Holm"]


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        (Col.NAME, "Bo Lind", "Åse Thomsen"),
        (Col.AGE, "Bo Lind", "Åse Thomsen"),
        (Col.STEP, "Åse Thomsen", "Bo Lind"),
        (Col.SCHOOL, "Ærlig Ravn", "Aage Bech"),
    ],
)
def test_a_column_sorts_by_what_it_means_and_what_is_not_known_stands_last(some, page, column, first, last):
    page.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert (shown(page)[0], shown(page)[-1]) == (first, last)
    assert page.panel.sort.currentIndex() == column


def test_what_is_not_known_stands_last_downwards_too(some, page):
    page.table.sortByColumn(Col.STEP, Qt.SortOrder.DescendingOrder)
    assert (shown(page)[0], shown(page)[-1]) == ("Østen Bak", "Bo Lind")


def test_a_click_on_a_head_sorts_and_the_keyboard_does_it_from_the_panel(qtbot, some, page):
    head: QHeaderView = page.table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(Col.STEP) + 10, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.panel.sort.currentIndex() == Col.STEP
    page.panel.sort.setCurrentIndex(Col.NAME)
    page.panel.sort.activated.emit(Col.NAME)
    assert shown(page)[0] == "Bo Lind"


def test_the_cursor_stays_on_its_case_when_the_list_changes(qtbot, some, page, write, wait_idle):
    page.table.choose(some[4])
    page.table.sortByColumn(Col.STEP, Qt.SortOrder.AscendingOrder)
    assert page.table.chosen() == some[4]
    write(lambda w: cases.register(w, {"child_name": "Adam"}))
    page.follow(frozenset({("case", some[0])}))
    wait_idle()
    assert page.model.case_at(page.table.currentIndex()) == some[4]


def test_closed_cases_are_shown_when_asked_for_and_stand_last(qtbot, some, page, write, wait_idle):
    write(lambda w: cases.close(w, some[5], TODAY, "Flyttet"))
    page.follow(frozenset({("case", some[5])}))
    wait_idle()
    assert "Bo Lind" not in shown(page)
    assert page.panel.closed.text() == "Vis afsluttede (1)"
    page.panel.closed.setChecked(True)
    assert shown(page)[-1] == "Bo Lind"
    assert page.model.row(5).cells[Col.MARKS] == "Afsluttet"


# --- The words of a row --------------------------------------------------------------------------------------


def made_row(**options) -> CaseRow:
    values = {"next_meeting": None, "has_draft": False, "siblings": 0, "duplicate": False}
    fields = {name: options.pop(name) for name in list(options) if name in values}
    return CaseRow(Case(id=new_id(), **options), **{**values, **fields})


def test_a_row_says_age_step_kinds_school_meeting_and_marks(dressed):
    row = made_row(
        child_name="Emma Holm", born=dt.date(2019, 1, 1), step=3, school="Gullestrup Skole", school_class="2.b",
        kinds=frozenset({CaseKind.PLACEMENT, CaseKind.INVESTIGATION}), address_protected=True, has_draft=True,
        next_meeting=Meeting(when=TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12))),
    )  # fmt: skip
    assert row_text(row, TODAY).cells == (
        "Emma Holm", "7 år", "3", "Undersøgelse, Anbringelse", "Gullestrup Skole", "", "25. nov. kl. 10.30",
        "Beskyttet, Kladde",
    )  # fmt: skip


def test_an_unborn_child_is_named_by_whose_it_is_and_the_term(dressed):
    row = made_row(unborn_of="Maria Holm", term=dt.date(2027, 3, 3))
    assert row_text(row, TODAY).cells[:2] == ("Ufødt barn af Maria Holm", "termin 3. mar.")
    assert age_words(Case(child_name="Emma"), TODAY) == ""


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"above_limit": True}, "above"),
        ({"conflicts": 1}, "conflict"),
        ({"address_protected": True}, "protected"),
        ({"duplicate": True}, "duplicate"),
        ({"has_draft": True}, "draft"),
        ({"limit_exception": LimitException(TODAY, "Tove", "Akut")}, "exception"),
        ({"siblings": 2}, "siblings"),
    ],
)
def test_every_mark_is_an_icon_and_a_word(dressed, options, name):
    from ui import icons

    (mark,) = marks_of(made_row(child_name="Emma", **options))
    assert mark.name == name
    assert i18n.gettext(mark.word) != mark.word
    assert not icons.pixmap(mark.icon, "#000000").isNull()


@pytest.mark.parametrize("name", ["محمد بن أحمد", "שרה לוי", "Emma 🌻", "x" * 200, "<b>Emma</b>"])
def test_any_name_is_drawn_as_it_is(name, page, write, wait_idle):
    case = write(lambda w: cases.register(w, {"child_name": name}))
    page.follow(frozenset({("case", case)}))
    wait_idle()
    assert child_words(Case(child_name=name)) == name
    page.table.viewport().repaint()
    assert shown(page) == [name]


def test_the_step_is_said_in_words_to_whoever_does_not_see_it(some, page):
    role = Qt.ItemDataRole.AccessibleTextRole
    assert page.model.data(page.model.index(1, Col.STEP), role) == "trin 2 af 6"
    assert page.model.data(page.model.index(0, Col.STEP), role) == "trin ikke angivet"


def test_the_language_changes_every_word_and_keeps_the_cursor(some, page):
    page.table.choose(some[2])
    i18n.set_language("en")
    heads = [page.model.headerData(c, Qt.Orientation.Horizontal) for c in Col]
    assert heads[:3] == ["Child", "Age", "Step"]
    assert page.panel.counter.text() == "6 of 25"
    assert page.model.row(0).cells[Col.AGE] == "11 years"
    assert page.table.chosen() == some[2]


def test_drafts_siblings_and_meetings_show_in_the_row(some, page, write, read, wait_idle):
    def change(w):
        cases.link_siblings(w, some[0], some[1], SiblingKind.FULL)
        w.flush()
        span = TimeSpan(dt.date(2026, 12, 3), dt.time(9), dt.time(10))
        meetings.plan(w, some[1], {"when": span})
        stream = w.get(Case, some[1]).stream
        w.save_draft(Draft("case:x", "case", some[1], stream, "Emma", {"note": ("x", ())}))

    write(change)
    page.show_thing(some[1], "")
    wait_idle()
    row = page.model.row(page.model.row_of(some[1]))
    assert row.cells[Col.MEETING] == "3. dec. kl. 09.00"
    assert row.cells[Col.MARKS] == "Kladde, Søskende"
    assert page.table.chosen() == some[1]


# --- Larger text ---------------------------------------------------------------------------------------------


@pytest.fixture
def larger(dressed):
    from ui import theme

    yield lambda points: theme.apply(dressed, theme.ThemeName.LIGHT, points)
    theme.apply(dressed, theme.ThemeName.LIGHT)


@pytest.mark.parametrize("points", [11, 13, 15, 18, 24])
def test_no_heading_and_no_button_is_cut_by_larger_text(some, page, larger, wait_idle, points):
    larger(points)
    wait_idle()
    head = page.table.horizontalHeader()
    metrics = page.table.fontMetrics()
    for column in Col:
        if not page.table.isColumnHidden(column):
            words = page.model.headerData(column, Qt.Orientation.Horizontal)
            assert head.sectionSize(column) >= metrics.horizontalAdvance(words), words
    assert head.height() >= metrics.height()
    assert page.table.verticalHeader().defaultSectionSize() >= metrics.height()
    for button in (page.panel.new_button, page.panel.notification_button, page.panel.import_button):
        assert button.width() >= button.sizeHint().width(), button.text()


def test_a_name_keeps_its_room_and_what_the_case_says_itself_gives_way(some, page, larger, wait_idle):
    assert not any(page.table.isColumnHidden(column) for column in Col)
    larger(18)
    wait_idle()
    assert page.table.isColumnHidden(Col.SCHOOL)
    assert page.table.columnWidth(Col.NAME) >= page.table.fontMetrics().horizontalAdvance("Åse Thomsen")
    larger(11)
    wait_idle()
    assert not any(page.table.isColumnHidden(column) for column in Col)
