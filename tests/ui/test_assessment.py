"""Underretning og undersøgelse: recorded by keyboard, its clock, consents, factors, complaints, in the real window."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from caseworker_app.domain.case import Case
from caseworker_app.domain.complaint import Breakdown, Complaint
from caseworker_app.domain.consent import Consent, ConsentForm, InformationKind, strokes_of
from caseworker_app.domain.factors import Factor, FactorMark
from caseworker_app.domain.intervention import EndReason
from caseworker_app.domain.meeting import MeetingKind, TimeSpan
from caseworker_app.domain.notification import Notification, Screening, SenderKind
from caseworker_app.services import cases, consents, factors, interventions, meetings, notifications
from tests.helpers.casework import TODAY, begin
from ui.house import Place
from ui.pages.case_assessment import CaseAssessment
from ui.widgets.transfer_mark import TransferMark

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
SCHOOL = {"sender": "Mads Toft", "capacity": SenderKind.PROFESSIONAL, "about": "Blå mærker på armene."}


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Holm", "opened_on": dt.date(2026, 3, 2)}))


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def page(qtbot, house, tasks, read, emma, settled):
    made = CaseAssessment(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1190, 560)
    made.show()
    made.show_case(read(lambda r: r.get(Case, emma)))
    settled()
    return made


def dialog():
    (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return found


def press(part, words):
    next(b for name, b in part.sheet.buttons.items() if words in name).click()


def lines(part):
    model = part.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def go(page, name, settled):
    page.want(name)
    settled()
    return page.part(name)


def test_a_notification_is_recorded_by_keyboard_in_under_twenty_seconds(qtbot, page, read, settled):
    part = page.part("notifications")
    began = time.monotonic()
    part.setFocus()
    qtbot.keyClick(part.focusProxy() or part, Qt.Key.Key_Insert)
    settled()
    form = dialog()
    qtbot.keyClicks(form.focusWidget(), "Mads Toft, klasselærer")
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(form.focusWidget(), "Emma har blå mærker på armene.")
    qtbot.keyClick(form.focusWidget(), *SAVE)
    settled()
    (found,) = read(lambda r: r.find(Notification))
    assert time.monotonic() - began < 20
    assert (found.sender, found.about) == ("Mads Toft, klasselærer", "Emma har blå mærker på armene.")
    assert lines(part) == ["Mads Toft, klasselærer"]
    assert "24 timer" in part.sheet.clock.text()


def test_what_is_refused_stands_beside_its_field_and_nothing_is_lost(qtbot, page, read, settled):
    page.part("notifications").receive()
    settled()
    form = dialog().form
    qtbot.keyClicks(form.rows["sender"].editor.line, "Skolen")
    form.save()
    settled()
    assert form.rows["about"].findChildren(type(form.rows["about"].label))
    assert form.value("sender") == "Skolen"
    assert read(lambda r: r.count(Notification)) == 0


def test_an_assessment_stops_the_countdown(page, write, emma, settled):
    write(lambda w: notifications.receive(w, emma, SCHOOL))
    part = page.part("notifications")
    part.ask()
    settled()
    press(part, "Vurdér")
    settled()
    dialog().form.save()
    settled()
    assert part.sheet.clock is None


def test_the_steps_of_a_case_with_an_intervention_ask_for_a_second_opinion(
    qtbot, page, store, write, emma, settled
):
    begin(store, emma, start=TODAY - dt.timedelta(days=60))
    write(lambda w: notifications.receive(w, emma, SCHOOL))
    part = page.part("notifications")
    part.ask()
    settled()
    press(part, "Genvurdering af sagen")
    settled()
    form = dialog().form
    form.rows["second_role"].editor.combo.setCurrentIndex(1)
    form.rows["second_role"].editor.combo.activated.emit(1)
    qtbot.keyClicks(form.rows["second_by"].editor.line, "Birthe Lund")
    form.save()
    settled()
    assert any("Birthe Lund" in words for words in texts(part.sheet))


def texts(widget):
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel)]


def test_the_receipt_is_copied_without_the_child(page, write, emma, settled, said):
    write(lambda w: notifications.receive(w, emma, SCHOOL))
    page.part("notifications").ask()
    settled()
    press(page.part("notifications"), "Kopiér som tekst")
    settled()
    text = QApplication.clipboard().text()
    assert "Kvittering" in text
    assert "Emma" not in text and "mærker" not in text


def test_screening_begins_an_investigation_and_leads_to_it(page, write, emma, settled, went):
    made = write(lambda w: notifications.receive(w, emma, SCHOOL))
    from caseworker_app.services.forms import Edit

    result = {"screening": Edit(Screening.INVESTIGATION, ()), "screening_why": Edit("Vold.", ())}
    begun = write(lambda w: notifications.screen(w, made, result))
    page.part("notifications").ask()
    settled()
    press(page.part("notifications"), "Gå til det")
    assert went == [Place("case", emma, f"assessment:investigation:{begun.hex()}")]


def test_a_consent_is_signed_with_the_mouse_and_kept_as_strokes(qtbot, page, read, settled):
    part = go(page, "consents", settled)
    part.give()
    settled()
    form = dialog().form
    qtbot.keyClicks(form.rows["giver"].editor.line, "Mia Holm")
    qtbot.keyClicks(form.rows["recipient"].editor.line, "Skolen")
    form.rows["kinds"].editor.boxes[InformationKind.SCHOOL].click()
    qtbot.keyClicks(form.rows["purpose"].editor.text, "Netværksmøde")
    combo = form.rows["form"].editor.combo
    combo.setCurrentIndex(list(ConsentForm).index(ConsentForm.ON_SCREEN))
    combo.activated.emit(combo.currentIndex())
    pad = form.rows["signature"].editor.pad
    assert form.rows["signature"].isVisible()
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    qtbot.mouseMove(pad, QPoint(120, 40))
    qtbot.mouseMove(pad, QPoint(200, 80))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 80))
    form.save()
    settled()
    (found,) = read(lambda r: r.find(Consent))
    assert len(strokes_of(found.signature)) == 1
    assert lines(part) == ["Mia Holm til Skolen"]


def test_a_withdrawn_consent_is_said_in_the_list(page, write, read, emma, settled):
    values = {
        "giver": "Mia Holm", "recipient": "Skolen", "kinds": frozenset({InformationKind.SCHOOL}), "purpose": "Møde",
    }  # fmt: skip
    made = write(lambda w: consents.give(w, emma, values))
    part = go(page, "consents", settled)
    press(part, "Træk tilbage")
    settled()
    dialog().form.save()
    settled()
    assert read(lambda r: r.get(Consent, made)).withdrawn_on == TODAY
    assert part.list.model().index(0, 0).data(int(Qt.ItemDataRole.AccessibleTextRole)).endswith("2026")


def test_a_factor_of_ones_own_is_noted_and_marked(qtbot, page, read, settled):
    part = go(page, "factors", settled)
    part.add()
    settled()
    form = dialog().form
    qtbot.keyClicks(form.rows["name"].editor.combo.lineEdit(), "Bor langt fra skolen")
    form.save()
    settled()
    assert lines(part) == ["Bor langt fra skolen"]
    part.mark()
    settled()
    combo = dialog().form.rows["strength"].editor.combo
    combo.setCurrentIndex(4)
    combo.activated.emit(4)
    dialog().form.save()
    settled()
    (mark,) = read(lambda r: r.find(FactorMark))
    assert mark.strength == 3
    assert read(lambda r: r.find(Factor))[0].catalogue == ""


def test_the_list_offers_factors_of_the_direction_that_is_chosen(page, settled):
    part = go(page, "factors", settled)
    part.add()
    settled()
    form = dialog().form
    before = form.rows["name"].editor.combo.itemText(0)
    combo = form.rows["direction"].editor.combo
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert form.rows["name"].editor.combo.itemText(0) != before
    dialog().close()


def test_a_complaint_says_by_when_it_is_looked_at_again(qtbot, page, read, settled):
    part = go(page, "complaints", settled)
    part.complain()
    settled()
    form = dialog().form
    qtbot.keyClicks(form.rows["sender"].editor.line, "Mia Holm")
    qtbot.keyClicks(form.rows["about"].editor.text, "Afslag på aflastning")
    form.save()
    settled()
    assert read(lambda r: r.count(Complaint)) == 1
    assert any("19. december 2026" in words for words in texts(part.sheet))


def test_a_placement_that_ended_by_breakdown_offers_its_record(
    qtbot, page, store, write, read, emma, settled
):
    placed = begin(store, emma, start=TODAY - dt.timedelta(days=100))
    write(lambda w: interventions.end(w, placed, TODAY, EndReason.CHILD_LEFT))
    part = go(page, "complaints", settled)
    press(part, "Skriv det")
    settled()
    qtbot.keyClicks(dialog().form.rows["why"].editor.text, "Hjemve.")
    dialog().form.save()
    settled()
    (found,) = read(lambda r: r.find(Breakdown))
    assert (found.intervention, found.why) == (placed, "Hjemve.")


def test_ending_a_placement_by_breakdown_asks_why(qtbot, house, store, read, emma, settled):
    from PySide6.QtWidgets import QWidget

    from caseworker_app.domain.intervention import Intervention
    from ui.dialogs.end_intervention_dialog import EndInterventionDialog

    placed = begin(store, emma, start=TODAY - dt.timedelta(days=100))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    EndInterventionDialog(house, read(lambda r: r.get(Intervention, placed)), window).open()
    settled()
    combo = dialog().form.rows["end_reason"].editor.combo
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    dialog().form.save()
    settled()
    qtbot.keyClicks(dialog().form.rows["why"].editor.text, "De gav op.")
    dialog().form.save()
    settled()
    (found,) = read(lambda r: r.find(Breakdown))
    assert (found.by.value, found.happened_on) == ("place_gave_up", TODAY)


def test_a_withdrawal_is_said_at_the_meeting_whose_invitation_has_left(
    qtbot, house, tasks, write, emma, settled
):
    from tests.services.test_consents import print_of
    from ui.pages.meeting_page import MeetingPage

    values = {
        "giver": "Mia Holm", "recipient": "Skolen", "kinds": frozenset({InformationKind.SCHOOL}), "purpose": "Møde",
    }  # fmt: skip
    made = write(lambda w: consents.give(w, emma, values))
    when = TimeSpan(TODAY + dt.timedelta(days=7), dt.time(10), dt.time(11))
    plan = {"kind": MeetingKind.NETWORK, "purpose": "Fravær", "when": when, "place": "Skolen"}
    meeting = write(lambda w: meetings.plan(w, emma, plan))
    print_of(tasks.store, meeting)
    shown = MeetingPage(house)
    qtbot.addWidget(shown)
    tasks.touched.connect(shown.follow)
    shown.resize(1190, 600)
    shown.show()
    shown.show_thing(meeting, "invitations")
    settled()
    assert not shown.notice.isVisible()
    assert "Samtykke gælder" in shown.parts["invitations"].consents.text()
    tasks.touched.emit(frozenset())
    write(lambda w: consents.withdraw(w, made, TODAY, ""))
    shown.follow(frozenset({("consent", made)}))
    settled()
    assert "efter at en invitation var sendt" in shown.notice.words.text()


# --- From the caseload -------------------------------------------------------------------------------------------


@pytest.fixture
def caseload(qtbot, house, tasks, settled):
    from ui.pages.caseload_page import CaseloadPage

    made = CaseloadPage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1200, 600)
    made.show()
    made.show_thing(None, "")
    settled()
    return made


def test_a_child_without_a_case_gets_one_by_keyboard(qtbot, caseload, read, settled, went):
    caseload.show_thing(None, "notification")  # as Ctrl+U of the window has it
    settled()
    form = dialog()
    qtbot.keyClicks(form.focusWidget(), "Noah Vang")
    qtbot.keyClicks(form.form.rows["sender"].editor.line, "Naboen")
    qtbot.keyClicks(form.form.rows["about"].editor.text, "Høje skrig hver aften.")
    qtbot.keyClick(form.form.rows["about"].editor.text, *SAVE)
    settled()
    (case,) = read(lambda r: r.find(Case))
    (made,) = read(lambda r: r.find(Notification))
    assert case.child_name == "Noah Vang"
    assert went == [Place("case", case.id, f"assessment:notifications:{made.id.hex()}")]
    assert read(lambda r: r.drafts()) == []


def test_a_child_who_has_a_case_is_found_while_the_name_is_written(qtbot, caseload, read, emma, settled):
    caseload.new_notification()
    settled()
    form = dialog()
    qtbot.keyClicks(form.form.rows["about"].editor.text, "Blå mærker.")
    qtbot.keyClicks(form.child.rows["child_name"].editor.line, "emma")
    qtbot.waitUntil(lambda: bool(form.lines), timeout=2000)
    form.lines[0].click()
    settled()
    go_on = dialog().form
    assert go_on.value("about") == "Blå mærker."
    qtbot.keyClicks(go_on.rows["sender"].editor.line, "Skolen")
    go_on.save()
    settled()
    assert read(lambda r: (r.count(Case), r.count(Notification))) == (1, 1)


def test_what_is_wrong_with_the_child_stands_with_the_child(qtbot, caseload, read, settled):
    caseload.new_notification()
    settled()
    form = dialog()
    qtbot.keyClicks(form.form.rows["sender"].editor.line, "Skolen")
    qtbot.keyClicks(form.form.rows["about"].editor.text, "Blå mærker.")
    form.form.save()
    settled()
    assert read(lambda r: r.count(Case)) == 0
    assert dialog() is form
    form.close()


def test_todays_clock_leads_to_the_notification(write, read, emma):
    from caseworker_app.services import notification_views
    from caseworker_app.services.notification_views import Step
    from tests.helpers.casework import book
    from ui.widgets.today.due_words import place_of

    made = write(lambda w: notifications.receive(w, emma, SCHOOL))
    (view,) = read(lambda r: notification_views.of_case(r, book(), emma))
    place = place_of(view.step(Step.ASSESSED).deadline)
    assert place == Place("case", emma, f"assessment:notifications:{made.hex()}")


def test_what_is_due_leads_to_its_complaint_or_hearing(write, store, emma):
    from caseworker_app.services import complaints, parents_hearings
    from caseworker_app.services.deadline import Work
    from tests.helpers.casework import due_of
    from ui.widgets.today.due_words import place_of

    ours = {"sender": "Mia Holm", "about": "Afslag"}
    complaint = write(lambda w: complaints.register(w, emma, ours))
    values = {"who": "Mia Holm", "about": "Fravær", "deadline": TODAY + dt.timedelta(days=5)}
    hearing = write(lambda w: parents_hearings.send(w, emma, values))
    places = {one.work: place_of(one) for one in due_of(store, emma).open}
    assert places[Work.COMPLAINT] == Place("case", emma, f"assessment:complaints:{complaint.hex()}")
    assert places[Work.PARENT_HEARD] == Place("case", emma, f"assessment:consents:{hearing.hex()}")


def test_what_stands_where_there_is_nothing_is_whole_and_narrow(page, settled):
    from ui.widgets.calm_hint import LETTERS, CalmHint

    part = go(page, "complaints", settled)
    (hint,) = part.findChildren(CalmHint)
    widest = hint.fontMetrics().averageCharWidth() * LETTERS
    assert hint.width() == widest
    assert hint.height() >= hint.heightForWidth(part.width()) > hint.fontMetrics().lineSpacing()


def test_every_button_and_field_has_a_name(page, write, emma, settled):
    write(lambda w: notifications.receive(w, emma, SCHOOL))
    made = write(lambda w: factors.add(w, emma, {"name": "Vold"}))
    write(lambda w: factors.mark(w, made, {"strength": 2}))
    for name in ("notifications", "consents", "factors", "complaints"):
        part = go(page, name, settled)
        assert part.list.accessibleName()
        assert all(b.text() for b in part.findChildren(QPushButton) if b.isVisibleTo(part))


def test_a_notification_says_whether_it_is_carried_over_to_the_record_system(page, write, emma, settled):
    write(lambda w: notifications.receive(w, emma, SCHOOL))
    part = go(page, "notifications", settled)
    part.ask()
    settled()
    mark = part.findChild(TransferMark)
    settled()
    assert mark.isVisibleTo(part)
    assert "DUBU" in mark.button.text()
