"""The form over one thing: typed, kept, saved, followed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from caseworker_app.domain.case import Case, CaseKind
from caseworker_app.domain.case import CASE_KIND_LABELS
from caseworker_app.services import cases
from ui.widgets import fields
from ui.widgets.form_view import FormView, Row, Section

ROWS = (
    Row("child_name", fields.text(), width=8),
    Row("born", fields.date("back"), width=4),
    Row("person_number", fields.person_number()),
    Row("school", fields.text()),
    Row("address", fields.address(), width=12),
    Row("address_protected", fields.flag("Name and address protection")),
    Row("kinds", fields.several(CASE_KIND_LABELS), width=12),
    Section("More", folded=True),
    Row("note", fields.long_text(3), width=12),
)


def save_case(writer, case, edits):
    if case is None:
        return cases.register(writer, {name: edit.value for name, edit in edits.items()})
    cases.edit(writer, case, edits)
    return case


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Holm", "school": "Gullestrup Skole"}))


@pytest.fixture
def form(qtbot, house):
    made = FormView(house, Case, ROWS, save_case)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_what_is_typed_and_saved_stands_in_the_store(qtbot, form, emma, wait_idle, read, said):
    form.edit(emma)
    wait_idle()
    line = form.rows["school"].editor.line
    assert line.text() == "Gullestrup Skole"
    line.selectAll()
    qtbot.keyClicks(line, "Holtbjergskolen")
    qtbot.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    wait_idle()
    assert read(lambda r: r.get(Case, emma)).school == "Holtbjergskolen"
    assert not form.dirty
    assert read(lambda r: r.drafts()) == []
    assert said == ["Saved."]
