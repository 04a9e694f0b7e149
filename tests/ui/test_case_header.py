"""The head of a case: low where the window is low, at its ease where it is high, and never a word less."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.case import Case, LimitException
from caseworker_app.domain.person import Custody, Person
from caseworker_app.services.cases import CaseView
from ui import theme
from ui.pages.case_header import CaseHeader

TODAY = dt.date(2026, 11, 21)
LOW, HIGH = (1366, 728), (1920, 1040)
CASE = Case(
    id=b"c", stream=b"s", child_name="Felix Winther Krogh", person_number="8609140000", born=dt.date(2014, 9, 26),
    school="Birkhede Friskole", school_class="6.b", step=5, record_number="2023-31759",
)  # fmt: skip
MINDED = {
    "address_protected": True, "above_limit": True,
    "limit_exception": LimitException(TODAY, "Tove Lund-Mikkelsen", "Akut"),
}  # fmt: skip


@pytest.fixture
def sized(qapp):
    yield lambda points: theme.apply(qapp, theme.ThemeName.LIGHT, points)
    theme.apply(qapp, theme.ThemeName.LIGHT)


@pytest.fixture
def head(qtbot, qapp):
    """A head in a window of a size, as on the case's page: the rail of rooms takes some of the width."""
    window = QWidget()
    qtbot.addWidget(window)
    made = CaseHeader(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(16, 8, 16, 8)
    column.addWidget(made)
    column.addStretch(1)

    def show(size, case=CASE):
        mother = Person(id=b"p", stream=b"s", name="Louise Krogh", custody=Custody.SOLE)
        made.show_case(CaseView(case, (mother,), (), (), ()), TODAY)
        window.resize(size[0] - 146, size[1])
        window.show()
        for _round in range(4):
            qapp.sendPostedEvents()
            qapp.processEvents()
        made.arrange()
        return made

    return show


def words_of(head):
    found = [one.text() for one in head.findChildren(QLabel) if not one.isHidden() and one.text()]
    found += [one.text() for one in head.findChildren(QPushButton) if not one.isHidden()]
    return sorted(" ".join(found).replace("·", " ").split())


def cut(head):
    """Return the words that are not whole in sight."""
    found = []
    for one in [*head.findChildren(QLabel), *head.findChildren(QPushButton)]:
        box = QRect(one.mapTo(head, QPoint(0, 0)), one.size())
        if one.isVisible() and one.text() and (
            one.width() < one.minimumSizeHint().width()
            or one.height() < one.minimumSizeHint().height()
            or not head.rect().contains(box)
        ):  # fmt: skip
            found.append(one.text())
    return found


def test_in_a_low_window_the_head_takes_three_quarters_of_the_height_at_most_and_no_word_less(head):
    high = head(HIGH)
    easy, said = high.height(), words_of(high)
    assert high.marks.y() > high.name.geometry().bottom()
    low = head(LOW)
    assert low.height() <= easy * 0.75
    assert words_of(low) == said
    assert cut(low) == []


def test_the_age_stands_beside_the_name_in_a_low_window(head):
    low = head(LOW)
    assert low.marks.x() > low.name.geometry().right()
    assert low.marks.geometry().bottom() < low.facts.y()
    assert low.facts.x() == low.monogram.x() == 0


def test_marks_that_have_no_room_beside_the_name_take_a_row_of_their_own(head):
    low = head(LOW, replace(CASE, **MINDED))
    assert low.protected.isVisible()
    assert low.above.isVisible()
    assert low.excepted.isVisible()
    assert low.marks.y() > low.name.geometry().bottom()
    assert cut(low) == []


def test_a_window_made_higher_gives_the_head_its_ease_back(head):
    assert head(LOW).name.property("look") == "heading"
    assert head(HIGH).name.property("look") == "title"
    assert head(LOW).name.property("look") == "heading"


def test_larger_text_is_never_cut_in_the_head(head, sized):
    for points in (11, 14, 18, 22):
        sized(points)
        for size in (LOW, HIGH, (1366, 1040)):
            assert cut(head(size)) == [], (points, size)
