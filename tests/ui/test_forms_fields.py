"""The editors of single fields: what is typed, what it means, what is said about it."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Address
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.person import ROLE_LABELS, Custody, Role
from ui.widgets.fields import makers

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def editor(qtbot, dressed):
    def make(maker):
        made = maker()
        made.field, made.today = "it", TODAY
        qtbot.addWidget(made)
        made.show()
        return made

    return make


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("21-11-2026", dt.date(2026, 11, 21)),
        ("21.11.26", dt.date(2026, 11, 21)),
        ("3/12", dt.date(2026, 12, 3)),
        ("i morgen", dt.date(2026, 11, 22)),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_type_it_and_written_out_when_it_is_left(qtbot, editor, typed, day):
    made = editor(makers.date("ahead"))
    qtbot.keyClicks(made.control, typed)
    assert made.value() == day
    made.on_left()
    assert made.control.text() == ("" if day is None else day.strftime("%d-%m-%Y"))


@pytest.mark.parametrize("typed", ["31-02-2026", "blå", "99", "21-11-26-3"])
def test_what_is_no_day_is_refused_and_stays_as_typed(qtbot, editor, typed):
    made = editor(makers.date())
    qtbot.keyClicks(made.control, typed)
    with pytest.raises(InvalidInput):
        made.value()
    made.on_left()
    assert made.control.text() == typed


def test_a_typed_day_is_said_in_full_with_its_week(qtbot, editor):
    made = editor(makers.date())
    qtbot.keyClicks(made.control, "25-11-2026")
    assert made.hint().replace("\u00a0", " ") == "onsdag den 25. november, uge 48"
    assert made.hint().count(" ") == 1  # it breaks between day and week, and nowhere else


def test_a_day_is_picked_in_the_calendar_by_the_keyboard(qtbot, editor):
    made = editor(makers.date())
    edits = []
    qtbot.keyClicks(made.control, "20-11-2026")
    made.edited.connect(lambda: edits.append(made.value()))
    qtbot.keyClick(made.control, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = made.day.popup.calendar
    assert calendar.selectedDate() == QDate(2026, 11, 20)
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    calendar.activated.emit(QDate(2026, 11, 27))
    assert made.value() == edits[-1] == dt.date(2026, 11, 27)
    QApplication.processEvents()
    assert made.day.popup is None or not made.day.popup.isVisible()


def test_a_span_is_one_value_of_day_start_and_end(qtbot, editor):
    made = editor(makers.time_span(90))
    qtbot.keyClicks(made.day.line, "25-11-2026")
    with pytest.raises(InvalidInput, match="the start"):
        made.value()
    qtbot.keyClicks(made.start, "10.30")
    made.start.editingFinished.emit()
    assert made.end.text() == "12.00"
    assert made.value() == TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12, 0))
    assert made.hint() == "onsdag den 25. november 2026 kl. 10.30-12.00"


def test_an_end_before_the_start_is_said_at_once(qtbot, editor):
    made = editor(makers.time_span())
    made.show_typed(["25-11-2026", "10.30", "9"])
    assert made.hint() == "Mødet slutter, før det begynder."
    assert made.value().minutes == -90


def test_half_a_span_is_kept_as_it_was_typed(editor):
    made = editor(makers.time_span())
    made.show_typed(["25-11", "", "12"])
    assert made.typed() == ["25-11", "", "12"]
    again = editor(makers.time_span())
    again.show_typed(made.typed())
    assert again.typed() == made.typed()


def test_no_span_at_all_is_nothing(editor):
    made = editor(makers.time_span())
    assert made.value() is None
    made.show_value(TimeSpan(TODAY, dt.time(9), dt.time(10)))
    made.show_value(None)
    assert made.value() is None


def test_an_address_is_one_value_and_an_empty_one_is_nothing(qtbot, editor):
    made = editor(makers.address())
    assert made.value() is None
    qtbot.keyClicks(made.street, "Skolegade 1")
    qtbot.keyClicks(made.postcode, "7400")
    assert made.value() == Address("Skolegade 1", "7400", "")
    assert made.words(made.value()) == "Skolegade 1, 7400"


def test_a_choice_knows_its_words_in_the_language_of_the_moment(editor):
    made = editor(makers.choice(ROLE_LABELS, none="Not said"))
    made.show_value(Role.SCHOOL_LEADER)
    assert made.combo.currentText() == "Skoleleder"
    i18n.set_language("en")
    assert (made.combo.currentText(), made.value()) == ("School leader", Role.SCHOOL_LEADER)
    made.show_value(None)
    assert (made.combo.currentText(), made.value()) == ("Not said", None)


def test_the_wheel_does_not_change_a_choice_in_passing(editor):
    made = editor(makers.choice({Custody.SOLE: "Sole custody", Custody.NONE: "No custody"}))
    made.show_value(Custody.SOLE)
    middle = made.combo.rect().center().toPointF()
    wheel = QWheelEvent(
        middle, made.combo.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(made.combo, wheel)
    assert made.value() == Custody.SOLE


# --- CPR -----------------------------------------------------------------------------------------------------


def test_a_number_is_judged_while_it_is_typed(qtbot, editor):
    made = editor(makers.person_number())
    qtbot.keyClicks(made.line, "610119-400")
    assert made.live_problem() is None
    assert made.hint() == ""
    qtbot.keyClicks(made.line, "0")
    assert made.live_problem() is None
    assert made.hint() == "Født 1. januar 2019, 7 år. Erstatningspersonnummer."
    assert made.value() == "6101194000"


def test_an_impossible_date_is_a_problem_at_once(qtbot, editor):
    made = editor(makers.person_number())
    qtbot.keyClicks(made.line, "613219-4000")
    assert made.live_problem().message == "The first six digits are not a date in the calendar."


def test_a_check_digit_that_does_not_fit_is_only_a_note(qtbot, editor):
    made = editor(makers.person_number())
    qtbot.keyClicks(made.line, "010119-4001")
    assert made.live_problem() is None
    assert "Kontrolcifferet passer ikke" in made.hint()
    assert made.value() == "0101194001"


def test_a_kept_number_is_masked_and_cannot_be_typed_into(qtbot, editor):
    made = editor(makers.person_number())
    made.show_value("6101194000")
    assert made.line.text() == "610119-••••"
    qtbot.keyClicks(made.line, "9")
    assert made.value() == "6101194000"
    assert "4000" not in made.words("6101194000")
    made.reveal()
    assert made.line.text() == "610119-4000"
    qtbot.mouseClick(made.button, Qt.MouseButton.LeftButton)
    assert made.line.text() == "610119-••••"


def test_half_a_number_is_not_hidden_from_the_one_who_writes_it(qtbot, editor):
    made = editor(makers.person_number())
    made.show_value("6101194000")
    made.reveal()
    qtbot.keyClick(made.line, Qt.Key.Key_Backspace)
    made._timer.timeout.emit()
    assert made.line.text() == "610119-400"


def test_tab_in_a_long_text_goes_to_the_next_field(qtbot, dressed):
    both, made, after = QWidget(), makers.long_text(3)(), makers.text()()
    qtbot.addWidget(both)
    layout = QVBoxLayout(both)
    layout.addWidget(made)
    layout.addWidget(after)
    both.show()
    made.setFocus()
    qtbot.keyClicks(made.text, "Linje 1")
    qtbot.keyClick(made.text, Qt.Key.Key_Return)
    qtbot.keyClicks(made.text, "Linje 2")
    qtbot.keyClick(made.text, Qt.Key.Key_Tab)
    assert made.value() == "Linje 1\nLinje 2"
    assert after.control.hasFocus()


@pytest.mark.parametrize("text", ["محمد", "Emma 🌻", "a\u0301b", "<b>Mor</b> & 3"])
def test_any_text_stands_as_it_was_typed(editor, text):
    for maker in (makers.text(), makers.long_text()):
        made = editor(maker)
        made.show_value(text)
        assert made.value() == text
