"""Besøg: planned, held, written of, agreed and signed by mouse and keys; nothing of one journal in the other."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.case import Address, Case, CaseKind
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.visit import (
    Area,
    ParentsEntry,
    Visit,
    VisitAgreement,
    VisitKind,
    VisitNote,
    VisitState,
)
from caseworker_app.services import cases, visit_journal, visit_notes, visits
from tests.ui.conftest import NOW

TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def emma(write):
    values = {"child_name": "Emma Holm", "address": Address("Nygade 3", "7400", "Herning")}
    return write(lambda w: cases.register(w, values))


@pytest.fixture
def part(house, emma, read, qtbot, wait_idle):
    from ui.widgets.visits.part import VisitsPart

    made = VisitsPart(house)
    qtbot.addWidget(made)
    made.resize(1190, 540)
    made.show()
    house.tasks.touched.connect(made.follow)
    made.show_case(read(lambda r: r.get(Case, emma)))
    wait_idle()
    return made


@pytest.fixture
def held(write, emma):
    values = {"kind": VisitKind.NEEDS, "held_on": TODAY - DAY, "participants": ("Mor",)}
    return write(lambda w: visits.plan(w, emma, values))


@pytest.fixture
def writing(part, held, qtbot, wait_idle):
    with qtbot.waitSignal(part.written):
        part.want(f"write:{held.hex()}")
    wait_idle()
    return part.page


def dialog_of(part, qtbot, kind):
    found = []

    def there():
        found[:] = [one for one in part.findChildren(kind) if one.isVisible()]
        assert found

    qtbot.waitUntil(there)
    return found[0]


def note_of(read, visit, topic):
    return next(
        (n for n in read(lambda r: r.find(VisitNote, where={"visit": visit})) if n.topic == topic), None
    )


def test_a_visit_is_planned_by_keys_and_stands_in_the_list(part, read, qtbot, wait_idle):
    from ui.dialogs.record_dialog import RecordDialog

    qtbot.keyClick(part.register, Qt.Key.Key_Insert)
    dialog = dialog_of(part, qtbot, RecordDialog)
    wait_idle()
    dialog.form.set_value("when", TimeSpan(TODAY + 2 * DAY, dt.time(10), dt.time(11)))
    qtbot.keyClick(dialog.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(read(lambda r: r.find(Visit))) == 1)
    wait_idle()
    qtbot.waitUntil(lambda: part.register.list.key is not None)


def test_a_topic_is_written_and_saved_when_the_keyboard_leaves_it(writing, held, read, qtbot, wait_idle):
    writing.form.go_to("interplay")
    text = next(iter(writing.form.cards["interplay"].row.editors.values())).text
    qtbot.keyClicks(text, "Soeger blik")
    writing.form.commit()
    qtbot.waitUntil(lambda: note_of(read, held, "interplay") is not None)
    wait_idle()
    assert note_of(read, held, "interplay").area is Area.CONTACT
    draft = read(lambda r: visit_journal.draft_of(r, held))
    assert "Soeger blik" in draft.text


def test_the_topic_says_which_journal_it_goes_to_and_what_was_said_before(
    part, held, emma, write, house, read, qtbot, wait_idle
):
    forms = read(house.books.forms)
    older = write(lambda w: visits.plan(w, emma, {"kind": VisitKind.NEEDS, "held_on": TODAY - 30 * DAY}))
    write(lambda w: visit_notes.write_note(w, forms, older, "couple", {"text": "Skændes om penge"}))
    with qtbot.waitSignal(part.written):
        part.want(f"write:{held.hex()}")
    wait_idle()
    part.page.form.go_to("couple")
    qtbot.waitUntil(lambda: "Skændes" in part.page.beside.earlier.text())
    assert part.page.beside.chosen_area is Area.SOCIAL
    assert "Forældrenes" in part.page.beside.area.currentText()


def test_a_point_is_moved_to_another_heading_and_let_into_the_investigation(
    part, held, write, house, read, qtbot, wait_idle
):
    forms = read(house.books.forms)
    write(lambda w: visit_notes.write_note(w, forms, held, "interplay", {"text": "Søger blik"}))
    with qtbot.waitSignal(part.written):
        part.want(f"write:{held.hex()}")
    wait_idle()
    page = part.page
    page.form.go_to("interplay")
    assert page.beside.may.isEnabled()
    page.beside.area.setCurrentIndex(list(Area).index(Area.DEVELOPMENT))
    page.beside.area.activated.emit(page.beside.area.currentIndex())
    qtbot.waitUntil(lambda: note_of(read, held, "interplay").area is Area.DEVELOPMENT)
    wait_idle()
    page.beside.may.click()
    qtbot.waitUntil(lambda: note_of(read, held, "interplay").to_investigation)


def test_copying_one_heading_copies_nothing_of_the_other(part, held, write, house, read, qtbot, wait_idle):
    forms = read(house.books.forms)
    write(lambda w: visit_notes.write_note(w, forms, held, "interplay", {"text": "barnord"}))
    write(lambda w: visit_notes.write_note(w, forms, held, "couple", {"text": "forældreord"}))
    part.register.ask()
    wait_idle()
    part.register.choose(held)
    button = part.register.sheet.buttons["Kopiér denne overskrift Sociale forhold"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "forældreord" in QApplication.clipboard().text()
    assert "barnord" not in QApplication.clipboard().text()


def test_the_parents_part_is_signed_by_its_button_and_what_is_agreed_is_ticked_off(
    part, held, write, house, read, qtbot, wait_idle
):
    forms = read(house.books.forms)
    write(lambda w: visit_notes.write_note(w, forms, held, "couple", {"text": "Skændes"}))
    write(lambda w: visits.add_agreement(w, held, {"what": "Ringe til lægen", "who": "Mor"}))
    part.register.ask()
    wait_idle()
    part.register.choose(held)
    qtbot.mouseClick(part.register.sheet.buttons["Ringe til lægen: Gjort i dag"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: read(lambda r: r.find(VisitAgreement))[0].done_on == TODAY)
    wait_idle()
    qtbot.waitUntil(lambda: "Ringe til lægen: Ikke gjort" in part.register.sheet.buttons)
    qtbot.mouseClick(
        part.register.sheet.buttons["Underskriv i forældrenes journal"], Qt.MouseButton.LeftButton
    )
    qtbot.waitUntil(lambda: len(read(lambda r: r.find(ParentsEntry))) == 1)
    wait_idle()


def test_a_planned_visit_is_held_from_its_sheet(part, emma, write, read, qtbot, wait_idle):
    from ui.dialogs.record_dialog import RecordDialog

    when = TimeSpan(TODAY - DAY, dt.time(9), dt.time(10))
    made = write(lambda w: visits.plan(w, emma, {"when": when}))
    part.register.ask()
    wait_idle()
    qtbot.mouseClick(part.register.sheet.buttons["Det blev holdt … besøget"], Qt.MouseButton.LeftButton)
    dialog = dialog_of(part, qtbot, RecordDialog)
    wait_idle()
    qtbot.keyClick(dialog.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: read(lambda r: r.get(Visit, made)).state is VisitState.HELD)
    assert read(lambda r: r.get(Visit, made)).held_on == TODAY - DAY
    wait_idle()


def test_the_glance_opens_by_f9_and_masks_a_protected_address_until_it_is_asked_for(
    part, emma, held, write, read, qtbot, wait_idle
):
    from caseworker_app.services.forms import Edit
    from ui.dialogs.visit_glance import VisitGlance

    write(lambda w: cases.edit(w, emma, {"address_protected": Edit(True, ())}))
    write(lambda w: visits.write_home(w, emma, {"dog": "Stor hund"}))
    part.register.ask()
    wait_idle()
    qtbot.keyClick(part.register, Qt.Key.Key_F9)
    dialog = dialog_of(part, qtbot, VisitGlance)
    qtbot.waitUntil(lambda: dialog.shown is not None)
    wait_idle()
    words = lambda: " ".join(label.text() for label in dialog.findChildren(type(part.page.title)))  # noqa: E731
    assert "Nygade" not in words()
    assert "Stor hund" in words()
    before = len(read(lambda r: r.access_log()))
    qtbot.mouseClick(dialog.reveal_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Nygade" in words())
    assert len(read(lambda r: r.access_log())) == before + 1
    wait_idle()
    dialog.close()


def test_another_visit_plan_is_chosen_and_lines_that_cannot_be_read_are_refused(
    part, emma, write, house, read, qtbot, wait_idle
):
    from caseworker_app.domain.visit_plan import OWN_PLAN
    from caseworker_app.services import visit_plans
    from caseworker_app.services.forms import Edit
    from ui.dialogs.visit_plan_dialog import VisitPlanDialog

    write(lambda w: cases.edit(w, emma, {"kinds": Edit(frozenset({CaseKind.HEALTH_VISITING}), ())}))
    part.show_case(read(lambda r: r.get(Case, emma)))
    wait_idle()
    assert part.register.next_bar.isVisible()
    qtbot.mouseClick(part.register.next_bar.choose_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(part, qtbot, VisitPlanDialog)
    wait_idle()
    dialog.plans.setCurrentIndex(dialog.plans.findData(OWN_PLAN))
    dialog.lines.setPlainText("Første besøg; snart")
    dialog.save()
    wait_idle()
    assert dialog.complaint.isVisible()
    dialog.lines.setPlainText("Første besøg; 4 dage; 5 dage")
    dialog.save()
    wait_idle()
    chosen = read(lambda r: visit_plans.chosen(r, house.books.visit_plans()))
    assert [step.name for step in chosen.steps] == ["Første besøg"]


def test_a_photograph_attached_to_a_visit_is_about_that_visit_and_no_other(
    part, held, write, read, emma, qtbot, wait_idle
):
    from caseworker_app.domain.document import FileKind, Taken
    from caseworker_app.services import documents, entries

    taken = Taken(FileKind.TEXT, ".txt", b"tegning", 1, "tegning")
    link = entries.link_to("visit", held)
    write(lambda w: documents.attach(w, emma, taken, {"title": "Tegning fra besøget", "links": (link,)}))
    other = write(lambda w: visits.plan(w, emma, {"kind": VisitKind.HOME, "held_on": TODAY}))
    part.show_case(read(lambda r: r.get(Case, emma)))
    wait_idle()
    part.want(held.hex())
    wait_idle()
    strip = part.register.documents
    assert [button.accessibleName() for button in strip.buttons] == ["Dokument: Tegning fra besøget"]
    part.want(other.hex())
    wait_idle()
    assert strip.buttons == []
    assert strip.empty.isVisible()
