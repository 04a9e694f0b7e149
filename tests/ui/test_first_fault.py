"""What cannot be read in a form: all of it is pointed out, and the keyboard goes to the first of it as one reads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.case import Case
from caseworker_app.domain.screening_score import ScreeningScore
from caseworker_app.services import cases
from ui.dialogs import visit_forms


@pytest.fixture
def dialog(house, read, write, qtbot, wait_idle):
    emma = write(lambda w: cases.register(w, {"child_name": "Emma Holm"}))
    over = QWidget()
    qtbot.addWidget(over)
    over.show()
    made = visit_forms.score(house, read(lambda r: r.get(Case, emma)), over)
    made.open()
    wait_idle()
    yield made
    made.close()
    wait_idle()


def test_the_keyboard_goes_to_the_first_field_that_cannot_be_read_whatever_was_typed_first(
    dialog, read, qtbot, wait_idle
):
    form = dialog.form
    for name in ("taken_on", "score"):
        control = form.rows[name].editor.control
        control.setFocus()
        control.selectAll()
        qtbot.keyClicks(control, "abc")
    assert list(form.form.unread) == ["taken_on", "score"]
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    assert form.rows["score"].editor.control.hasFocus()
    assert form.rows["score"].problem
    assert form.rows["taken_on"].problem
    assert read(lambda r: r.count(ScreeningScore)) == 0
