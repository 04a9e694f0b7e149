"""I dag, over a real store."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.services import cases, meetings
from caseworker_app.services.ports import Draft
from ui.house import Place
from ui.pages.today_page import TodayPage
from ui.widgets.line_button import LineButton

DAY = dt.date(2026, 11, 21)


def span(days, hour=10):
    return TimeSpan(DAY + dt.timedelta(days=days), dt.time(hour, 30), dt.time(hour + 1, 30))


@pytest.fixture
def page(qtbot, house, wait_idle):
    def make():
        made = TodayPage(house)
        qtbot.addWidget(made)
        made.resize(1222, 684)
        made.show_thing(None, "")
        made.show()
        wait_idle()
        qtbot.waitUntil(lambda: made._today is not None and not made._painting)
        qtbot.wait(10)  # what is out of sight is made after the paint
        return made

    return make


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))


def lines(page):
    return [line.accessibleName() for line in page.findChildren(LineButton) if line.isVisibleTo(page)]


def words(page):
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_an_empty_day_says_what_to_do(page):
    shown = page()
    said = words(shown)
    assert "lørdag den 21. november 2026, uge 47" in said
    assert "Ingen møder i dag." in said
    assert "Åbn en sag for at planlægge et." in said
    assert lines(shown) == []


def test_meetings_stand_by_the_day_they_fall_on_and_a_click_opens_them(qtbot, page, write, emma, went):
    for days, place in ((0, "Skolen"), (3, "Rådhuset"), (8, "Biblioteket"), (-2, "Hjemme")):
        made = write(lambda w, d=days, p=place: meetings.plan(w, emma, {"when": span(d), "place": p}))
        if days == 0:
            today = made
    shown = page()
    assert lines(shown) == [
        "Emma Holm, Torsdag 19. november · kl. 10.30-11.30 · Inddragende netværksmøde · Hjemme",
        "Kl. 10.30-11.30, Emma Holm, Inddragende netværksmøde · Skolen",
        "Emma Holm, Tirsdag 24. november · kl. 10.30-11.30 · Inddragende netværksmøde · Rådhuset",
    ]
    qtbot.mouseClick(shown.findChildren(LineButton)[1], Qt.MouseButton.LeftButton)
    assert went == [Place("meeting", today)]


def test_a_draft_is_taken_up_again_by_a_click_or_a_key(qtbot, page, write, read, emma, went):
    case = read(lambda r: r.get(Case, emma))
    write(lambda w: w.save_draft(Draft("k", "case", emma, case.stream, "Emma Holm", {"note": ("x", ())})))
    shown = page()
    line = shown.findChildren(LineButton)[0]
    assert line.words == "Emma Holm"
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert went == [Place("case", emma, "overview")]


def test_a_discarded_draft_can_be_fetched_back(qtbot, page, write, read, wait_idle):
    draft = Draft("case:new", "case", None, None, "Ny sag: Emma", {"child_name": ("Emma", ())})
    write(lambda w: w.save_draft(draft))
    shown = page()
    discard = next(b for b in shown.findChildren(QPushButton) if b.text() == i18n.gettext("Discard"))
    qtbot.mouseClick(discard, Qt.MouseButton.LeftButton)
    wait_idle()
    assert read(lambda r: r.drafts()) == []
    assert "Ny sag: Emma" in shown.notice.words.text()
    qtbot.mouseClick(shown.notice.button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert [d.key for d in read(lambda r: r.drafts())] == ["case:new"]


def test_a_case_above_the_limit_stands_there_with_its_ways_out(page, write):
    for number in range(25):
        write(lambda w, n=number: cases.register(w, {"child_name": f"Barn {n}"}))
    write(lambda w: cases.register(w, {"child_name": "Den Seksogtyvende"}, arrives=True))
    shown = page()
    assert any(name.startswith("Den Seksogtyvende, Afslut en sag") for name in lines(shown))


def test_everything_is_said_to_lie_on_this_computer(page, emma):
    said = words(page())
    assert "kun på denne computer" in said.lower()


def test_the_page_follows_what_changes_and_the_language(qtbot, page, write, house, wait_idle, emma):
    shown = page()
    write(lambda w: meetings.plan(w, emma, {"when": span(0)}))
    shown.follow(frozenset({("meeting", b"x")}))
    wait_idle()
    assert len(lines(shown)) == 1
    i18n.set_language("en")
    qtbot.wait(1)
    assert "Meetings today" in words(shown)
    assert lines(shown)[0].startswith("10:30")
