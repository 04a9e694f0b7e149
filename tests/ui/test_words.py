"""Words on the screen that follow the language."""

from __future__ import annotations

import weakref

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from shiboken6 import delete

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from ui.words import bind, bind_call, error_words, tr


@pytest.fixture
def label(qtbot, dressed):
    made = QLabel()
    qtbot.addWidget(made)
    return made


def test_a_bound_word_stands_in_danish_and_changes_with_the_language(label):
    bind(label.setText, "Cases")
    assert label.text() == "Sager"
    i18n.set_language("en")
    assert label.text() == "Cases"
    i18n.set_language("da")
    assert label.text() == "Sager"


def test_fields_are_filled_and_what_a_person_typed_is_never_read_as_a_field(label):
    bind(label.setText, "Undone: {what}", what="{name} & {__class__}")
    assert label.text() == "Fortrudt: {name} & {__class__}"


def test_every_kind_of_setter_can_be_bound(qtbot, dressed):
    line = QLineEdit()
    qtbot.addWidget(line)
    bind(line.setPlaceholderText, "Find")
    bind(line.setAccessibleName, "Find")
    i18n.set_language("en")
    assert (line.placeholderText(), line.accessibleName()) == ("Find", "Find")


def test_what_is_no_method_of_a_widget_is_refused(dressed):
    with pytest.raises(TypeError):
        bind(print, "Cases")


def test_a_widget_that_is_gone_is_not_spoken_to(qtbot, dressed):
    calls = []
    gone = QLabel()
    bind_call(gone, lambda: calls.append(i18n.current().language))
    gone.deleteLater()
    del gone
    qtbot.wait(1)
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    calls.clear()
    i18n.set_language("en")
    assert calls == []


def test_what_was_bound_to_widgets_that_are_gone_is_let_go_long_before_the_language_changes(qtbot, dressed):
    class Kept:
        """Stands for a thousand rows that a page held."""

    stays = QLabel()
    qtbot.addWidget(stays)
    bind(stays.setText, "Cases")
    alive = []
    for _ in range(4000):
        label, kept = QLabel(), Kept()
        alive.append(weakref.ref(kept))
        bind_call(label, lambda label=label, kept=kept: label.setText(tr("Cases")))
        delete(label)
        del label, kept
    assert sum(ref() is not None for ref in alive) < 2000
    i18n.set_language("en")
    assert stays.text() == "Cases"


def test_a_callable_is_asked_again_at_each_change(label):
    bind_call(label, lambda: label.setText(f"{tr('Today')}!"))
    i18n.set_language("en")
    assert label.text() == "Today!"


def test_an_error_is_said_with_its_ways_out_in_the_language_of_the_moment():
    error = UserError(
        "You have {active} active cases, and the limit is {limit}.",
        "Close a case that is finished.",
        active=25,
        limit=25,
    )
    danish = error_words(error)
    i18n.set_language("en")
    assert error_words(error) == (
        "You have 25 active cases, and the limit is 25.",
        ("Close a case that is finished.",),
    )
    assert danish[0].startswith("Du har 25 aktive sager")


def test_changing_the_language_of_a_full_window_is_felt_as_one_step(qtbot, dressed, watchdog):
    labels = [QLabel() for _ in range(600)]
    for each in labels:
        qtbot.addWidget(each)
        bind(each.setText, "Cases")
    with watchdog.opening("the language changes"):
        i18n.set_language("en")
    assert {each.text() for each in labels} == {"Cases"}
