"""The form over one thing: typed, kept, saved, followed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea

from caseworker_app import i18n
from caseworker_app.domain.case import CASE_KIND_LABELS, Case, CaseKind
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases
from caseworker_app.services.ports import Access
from ui.widgets import form_drafts
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row, Section

ROWS = (
    Row("child_name", makers.text(), width=8),
    Row("born", makers.date("back"), width=4),
    Row("person_number", makers.person_number()),
    Row("school", makers.text()),
    Row("address", makers.address(), width=12),
    Row("address_protected", makers.flag("Name and address protection")),
    Row("kinds", makers.several(CASE_KIND_LABELS), width=12),
    Section("More", folded=True),
    Row("note", makers.long_text(3), width=12),
)
SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def save_case(writer, case, edits):
    if case is None:
        return cases.register(writer, {name: edit.value for name, edit in edits.items()})
    cases.edit(writer, case, edits)
    return case


@pytest.fixture
def emma(write):
    return write(
        lambda w: cases.register(
            w, {"child_name": "Emma Holm", "school": "Gullestrup Skole", "person_number": "6101194000"}
        )
    )


@pytest.fixture
def open_form(qtbot, house, tasks, wait_idle):
    def open_one(case=None, key="case:new", **options):
        form = FormView(house, Case, ROWS, save_case, **options)
        qtbot.addWidget(form)
        tasks.touched.connect(form.follow)
        form.resize(900, 600)
        form.show()
        if case is None:
            form.make(key)
        else:
            form.edit(case)
        wait_idle()
        return form

    return open_one


def line(form, name) -> QLineEdit:
    return form.rows[name].editor.control


def write_over(qtbot, form, name, text):
    line(form, name).selectAll()
    qtbot.keyClicks(line(form, name), text)


def beside_words(form, name):
    return [frame.layout().itemAt(0).widget().text() for frame in form.rows[name].beside]


def press(qtbot, form, name, words):
    for frame in form.rows[name].beside:
        for button in frame.findChildren(QPushButton):
            if button.text() == words:
                qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
                return
    raise AssertionError(f"no button {words}")


def somebody(write, case, name, value, parents=None):
    def change(w):
        w.act("Change the case")
        w.set(Case, case, name, value, parents=parents)

    write(change)


# --- Saving --------------------------------------------------------------------------------------------------


def test_what_is_typed_and_saved_stands_in_the_store(qtbot, open_form, emma, wait_idle, read, said):
    form = open_form(emma)
    assert line(form, "school").text() == "Gullestrup Skole"
    write_over(qtbot, form, "school", "Holtbjergskolen")
    qtbot.keyClick(line(form, "school"), *SAVE)
    wait_idle()
    assert read(lambda r: r.get(Case, emma)).school == "Holtbjergskolen"
    assert not form.dirty
    assert read(lambda r: r.drafts()) == []
    assert said == ["Saved."]


def test_a_new_thing_is_made_once_however_often_save_is_pressed(qtbot, open_form, wait_idle, read):
    form = open_form()
    qtbot.keyClicks(line(form, "child_name"), "Ida Holm")
    saved = []
    form.saved.connect(saved.append)
    for _ in range(3):
        qtbot.keyClick(line(form, "child_name"), *SAVE)
    wait_idle()
    assert [case.child_name for case in read(lambda r: r.find(Case))] == ["Ida Holm"]
    assert len(saved) == 1


def test_nothing_is_written_when_nothing_was_touched(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    before = len(read(lambda r: r.acts()))
    form.save()
    wait_idle()
    assert len(read(lambda r: r.acts())) == before
    assert not form.footer.save.isEnabled()


def test_what_the_service_refuses_stands_beside_its_field_and_nothing_is_lost(
    qtbot, open_form, emma, wait_idle
):
    form = open_form(emma)
    write_over(qtbot, form, "child_name", " ")
    form.save()
    wait_idle()
    assert form.rows["child_name"].problem == "Skriv barnets navn, eller hvis ufødte barn det er."
    assert line(form, "child_name").hasFocus()
    assert form.dirty
    qtbot.keyClicks(line(form, "child_name"), "Emma")
    assert form.rows["child_name"].problem == ""


def test_a_name_of_twenty_thousand_characters_is_refused_in_words_and_kept(qtbot, open_form, emma, wait_idle):
    form = open_form(emma)
    line(form, "child_name").setMaxLength(32767)
    line(form, "child_name").setText("")
    line(form, "child_name").insert("Æ" * 20_000)
    line(form, "child_name").textEdited.emit(line(form, "child_name").text())
    form.save()
    wait_idle()
    assert "20000 tegn" in form.rows["child_name"].problem
    assert len(line(form, "child_name").text()) == 20_000


def test_a_refusal_of_the_whole_stands_above_the_form_unless_it_is_taken(open_form, wait_idle, write):
    def fill(w):
        for number in range(25):
            cases.register(w, {"child_name": f"Barn {number}"})
            w.flush()

    write(fill)
    form = open_form()
    form.set_value("child_name", "Nummer 26")
    form.save()
    wait_idle()
    assert form.notice.isVisible()
    assert "loftet er 25" in form.notice.words.text()
    taken: list[UserError] = []
    other = open_form(refuse=lambda error: taken.append(error) is None)
    other.set_value("child_name", "Nummer 26")
    other.save()
    wait_idle()
    assert [type(error).__name__ for error in taken] == ["LimitReached"]
    assert not other.notice.isVisible() or "25" not in other.notice.words.text()


def test_what_is_typed_while_the_save_is_under_way_is_not_lost(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    write_over(qtbot, form, "school", "Ny")
    form.save()
    qtbot.keyClicks(line(form, "school"), " skole")
    wait_idle()
    assert (line(form, "school").text(), form.dirty) == ("Ny skole", True)
    assert read(lambda r: r.get(Case, emma)).school == "Ny"
    form.save()
    wait_idle()
    field = read(lambda r: r.fields(Case, emma))["school"]
    assert (field.value, field.others) == ("Ny skole", ())


def test_a_form_left_while_it_is_being_saved_leaves_no_draft_behind(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    write_over(qtbot, form, "school", "Ny skole")
    form.save()
    form.leave()
    wait_idle()
    form.leave()
    wait_idle()
    assert read(lambda r: r.drafts()) == []
    assert read(lambda r: r.get(Case, emma)).school == "Ny skole"


def test_what_is_refused_while_the_form_is_left_is_kept_as_a_draft(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    write_over(qtbot, form, "school", "x" * 201)
    form.save()
    form.leave()
    wait_idle()
    (draft,) = read(lambda r: r.drafts())
    assert draft.fields["school"][0] == "x" * 201


# --- Drafts --------------------------------------------------------------------------------------------------


def test_typing_is_kept_within_two_seconds_and_fetched_again(
    qtbot, open_form, emma, wait_idle, read, monkeypatch
):
    monkeypatch.setattr(form_drafts, "KEEP_AFTER_MS", 60)
    form = open_form(emma)
    write_over(qtbot, form, "school", "Ny sk")
    qtbot.waitUntil(lambda: read(lambda r: r.drafts()) != [], timeout=1500)
    again = open_form(emma)
    assert line(again, "school").text() == "Ny sk"
    assert (
        again.notice.words.text() == "Kladde fra 21. november kl. 09.30 hentet."
        or again.notice.words.text().startswith("Kladde fra")
    )
    assert again.dirty


def test_the_promise_of_two_seconds_leaves_a_second_for_the_writing():
    assert form_drafts.KEEP_AFTER_MS <= 1000


def test_leaving_a_field_keeps_the_draft_at_once(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    write_over(qtbot, form, "school", "Ny")
    qtbot.keyClick(line(form, "school"), Qt.Key.Key_Tab)
    wait_idle()
    assert [draft.fields["school"][0] for draft in read(lambda r: r.drafts())] == ["Ny"]


def test_leaving_the_form_keeps_the_draft_and_asks_nothing(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    write_over(qtbot, form, "born", "21-1")
    assert form.leave()
    wait_idle()
    again = open_form(emma)
    assert line(again, "born").text() == "21-01-2026"  # a day and a month are enough: the last one that was
    assert again.dirty


def test_what_cannot_be_read_is_kept_and_pointed_out_before_saving(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    form.rows["born"].editor.setEnabled(True)
    write_over(qtbot, form, "born", "31-02-2019")
    form.save()
    wait_idle()
    assert form.rows["born"].problem.startswith("Den dag findes ikke i kalenderen.")
    assert read(lambda r: r.get(Case, emma)).born.year == 2019
    form.leave()
    wait_idle()
    assert line(open_form(emma), "born").text() == "31-02-2019"


def test_a_draft_written_back_to_what_is_saved_is_forgotten(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    qtbot.keyClicks(line(form, "school"), "x")
    form.leave()
    wait_idle()
    assert len(read(lambda r: r.drafts())) == 1
    qtbot.keyClick(line(form, "school"), Qt.Key.Key_Backspace)
    form.leave()
    wait_idle()
    assert read(lambda r: r.drafts()) == []


def test_what_was_discarded_can_be_fetched_back(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    write_over(qtbot, form, "school", "Ny skole")
    form.leave()
    qtbot.mouseClick(form.footer.cancel, Qt.MouseButton.LeftButton)
    wait_idle()
    assert line(form, "school").text() == "Gullestrup Skole"
    assert read(lambda r: r.drafts()) == []
    qtbot.mouseClick(form.notice.button, Qt.MouseButton.LeftButton)
    assert line(form, "school").text() == "Ny skole"
    form.leave()
    wait_idle()
    assert len(read(lambda r: r.drafts())) == 1


def test_a_draft_in_a_folded_section_unfolds_it(qtbot, open_form, emma, wait_idle):
    form = open_form(emma)
    assert not form.rows["note"].isVisible()
    form.set_value("note", "Skal ringes op")
    form.leave()
    wait_idle()
    assert open_form(emma).rows["note"].isVisible()


def test_a_problem_out_of_sight_is_scrolled_to(qtbot, house, wait_idle):
    area = QScrollArea()
    qtbot.addWidget(area)
    form = FormView(house, Case, ROWS, save_case)
    area.setWidget(form)
    area.setWidgetResizable(True)
    area.resize(800, 160)
    area.show()
    form.make("case:new")
    wait_idle()
    form.set_value("child_name", "Emma")
    form.set_value("note", "x" * 20_001)
    form.save()
    wait_idle()
    note = form.rows["note"]
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    assert note.isVisible()
    assert "20001 tegn" in note.problem
    assert note.editor.text.hasFocus()


def test_a_field_in_a_folded_section_that_has_two_values_is_unfolded(open_form, emma, write, read):
    heads = read(lambda r: r.fields(Case, emma))["note"].heads
    somebody(write, emma, "note", "A", heads)
    somebody(write, emma, "note", "B", heads)
    assert open_form(emma).rows["note"].isVisible()


# --- What others do ------------------------------------------------------------------------------------------


def test_an_untouched_field_follows_what_is_written_elsewhere(open_form, emma, write, tasks, wait_idle):
    form = open_form(emma)
    somebody(write, emma, "school", "Holtbjergskolen")
    form.follow(frozenset({("case", emma)}))
    wait_idle()
    assert line(form, "school").text() == "Holtbjergskolen"


def test_a_touched_field_says_what_came_meanwhile_and_lets_one_choose(
    qtbot, open_form, emma, write, wait_idle, read
):
    form = open_form(emma)
    write_over(qtbot, form, "school", "Min skole")
    somebody(write, emma, "school", "Holtbjergskolen")
    form.follow(frozenset({("case", emma)}))
    wait_idle()
    assert line(form, "school").text() == "Min skole"
    assert beside_words(form, "school") == ['Imens rettet til "Holtbjergskolen".']
    press(qtbot, form, "school", "Behold min")
    assert form.rows["school"].beside == []
    form.save()
    wait_idle()
    field = read(lambda r: r.fields(Case, emma))["school"]
    assert (field.value, field.others) == ("Min skole", ())


def test_using_what_came_meanwhile_leaves_nothing_to_save(qtbot, open_form, emma, write, wait_idle):
    form = open_form(emma)
    write_over(qtbot, form, "school", "Min skole")
    somebody(write, emma, "school", "Holtbjergskolen")
    form.follow(frozenset({("case", emma)}))
    wait_idle()
    press(qtbot, form, "school", "Brug den")
    assert (line(form, "school").text(), form.dirty) == ("Holtbjergskolen", False)


def test_two_live_values_stand_side_by_side_until_one_is_chosen(
    qtbot, open_form, emma, write, wait_idle, read
):
    heads = read(lambda r: r.fields(Case, emma))["school"].heads
    somebody(write, emma, "school", "Holtbjergskolen", heads)
    somebody(write, emma, "school", "Vildbjerg Skole", heads)
    form = open_form(emma)
    shown = line(form, "school").text()
    other = ({"Holtbjergskolen", "Vildbjerg Skole"} - {shown}).pop()
    assert beside_words(form, "school") == [f'Også: "{other}" (Lone Kjær, 21. nov.)']
    press(qtbot, form, "school", "Brug denne")
    wait_idle()
    field = read(lambda r: r.fields(Case, emma))["school"]
    assert (field.value, field.others) == (other, ())
    assert (line(form, "school").text(), form.rows["school"].beside) == (other, [])


def test_while_two_values_of_the_protection_live_the_protective_one_is_shown(open_form, emma, write, read):
    heads = read(lambda r: r.fields(Case, emma))["address_protected"].heads
    somebody(write, emma, "address_protected", True, heads)
    somebody(write, emma, "address_protected", False, heads)
    form = open_form(emma)
    assert form.rows["address_protected"].editor.box.isChecked()
    assert beside_words(form, "address_protected") == ['Også: "nej" (Lone Kjær, 21. nov.)']


# --- Words and numbers ---------------------------------------------------------------------------------------


def test_the_language_changes_without_losing_what_is_typed(qtbot, open_form, emma):
    form = open_form(emma)
    write_over(qtbot, form, "school", "Ny skole")
    i18n.set_language("en")
    assert form.rows["school"].label.text() == "School or day-care"
    assert line(form, "school").text() == "Ny skole"
    assert line(form, "born").text() == "1 Jan 2019"
    i18n.set_language("da")
    assert line(form, "born").text() == "01-01-2019"
    assert form.form.edits().keys() == {"school"}


def test_a_number_is_masked_and_shown_only_when_asked_for_and_logged(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    editor = form.rows["person_number"].editor
    assert editor.line.text() == "610119-••••"
    assert "4000" not in form.rows["person_number"].editor.hint()
    qtbot.mouseClick(editor.button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert editor.line.text() == "610119-4000"
    (row, *_) = read(lambda r: r.access_log())
    assert (row.action, row.entity) == (Access.SHOW_NUMBER, emma)
    editor._timer.timeout.emit()
    assert editor.line.text() == "610119-••••"
    assert not form.dirty


def test_every_control_has_a_name_for_the_screen_reader(open_form, emma):
    form = open_form(emma)
    for row in form.rows.values():
        for control in row.editor._parts:
            assert control.accessibleName() or control.property("text"), row.row.name


def test_tab_goes_through_the_fields_as_they_are_read(qtbot, open_form, emma):
    form = open_form(emma)
    line(form, "child_name").setFocus()
    names = []
    for _ in range(9):
        names.append(form.focusWidget().accessibleName())
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert names[0] == "Navn"
    assert names.index("Født") < names.index("CPR-nummer") < names.index("Skole eller dagtilbud")
    assert "Adresse: vej og nummer" in names


def test_boxes_of_kinds_save_as_a_set(qtbot, open_form, emma, wait_idle, read):
    form = open_form(emma)
    boxes = form.rows["kinds"].editor.boxes
    boxes[CaseKind.PLACEMENT].click()
    boxes[CaseKind.AFTERCARE].click()
    form.save()
    wait_idle()
    assert read(lambda r: r.get(Case, emma)).kinds == {CaseKind.PLACEMENT, CaseKind.AFTERCARE}


def test_forms_come_and_go_without_leaving_widgets(house, widget_leaks):
    assert not widget_leaks(lambda: FormView(house, Case, ROWS, save_case))
