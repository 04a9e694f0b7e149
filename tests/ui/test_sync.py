"""Sync on the screen: said always, in words; signing in, devices, sharing, handing over, what was not taken."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from caseworker_app import i18n
from caseworker_app.domain.case import Address, Case, CaseKind
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.services.sync_desk import (
    Colleague,
    DeviceRow,
    Fault,
    FaultCode,
    MemberRow,
    QuarantinePlace,
    QuarantineRow,
    RecordStanding,
    ShareRole,
    SignedOut,
    Standing,
    SyncState,
)
from caseworker_app.services.sync_desk import Place as Far
from tests.helpers.sync_desk import ToldDesk
from tests.ui.conftest import NOW
from ui.dialogs.hand_over_dialog import HandOverDialog
from ui.dialogs.quarantine_dialog import QuarantineDialog
from ui.dialogs.share_dialog import ShareDialog
from ui.house import Place
from ui.models.sync_words import fault_words, reason_words, status_words
from ui.pages.case_page import CasePage
from ui.pages.settings.sync_pane import SyncPane
from ui.syncing import Syncing

SIGNED_IN = SyncState(
    Standing.SIGNED_IN, hub="Hedeby Kommune", address="https://hub.hedeby.example", fingerprint="0123456789abcdef",
    user="Lone Kjær", last_contact=NOW,
)  # fmt: skip
ME, METTE, SUSANNE = b"1" * 16, b"2" * 16, b"3" * 16


@pytest.fixture
def desk():
    made = ToldDesk(SIGNED_IN)
    made.everybody = [
        Colleague(ME, "Lone Kjær", me=True),
        Colleague(METTE, "Mette Holm", "Sundhedsplejen"),
        Colleague(SUSANNE, "Susanne Dahl", "Distrikt Syd", leader=True),
    ]
    made.listed = [MemberRow(ME, "Lone Kjær", ShareRole.OWNER, me=True)]
    made.own = [
        DeviceRow(b"a" * 16, "LK-BÆRBAR", NOW, this=True, revoked=False),
        DeviceRow(b"b" * 16, "LK-HJEMME", NOW, this=False, revoked=False),
    ]
    return made


@pytest.fixture
def synced(house, desk):
    return replace(house, sync=desk)


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Prøve", "record_number": "DUBU-17"}))


@pytest.fixture
def pane(qtbot, synced, wait_idle):
    made = SyncPane(synced)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.begin()
    wait_idle()
    return made


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# the status line


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Alt er sendt og bekræftet"),
        ({"unsent": 3, "oldest_unsent": NOW - dt.timedelta(days=2, hours=3)}, "3 ændringer ikke sendt, ældste 2 dage"),
        ({"unsent": 1, "oldest_unsent": NOW - dt.timedelta(seconds=20)}, "1 ændring ikke sendt"),
        ({"unsent": 1, "oldest_unsent": NOW - dt.timedelta(minutes=59)}, "1 ændring ikke sendt, ældste 59 minutter"),
        ({"unsent": 1, "oldest_unsent": NOW - dt.timedelta(hours=5)}, "1 ændring ikke sendt, ældste 5 timer"),
        (
            {"last_contact": NOW - dt.timedelta(days=5), "faults": (Fault(FaultCode.OFFLINE),)},
            "Ingen forbindelse siden mandag kl. 09.30",
        ),
        (
            {"last_contact": NOW - dt.timedelta(minutes=30), "faults": (Fault(FaultCode.OFFLINE),)},
            "Ingen forbindelse siden kl. 09.00",
        ),
        ({"waiting_key": 2, "quarantined": 1}, "2 venter på nøgle · 1 blev ikke taget imod"),
        ({"standing": Standing.SIGNED_OUT, "unsent": 2}, "Ikke logget ind · 2 ændringer ikke sendt"),
        ({"standing": Standing.REVOKED}, "Enheden er lukket"),
        ({"faults": (Fault(FaultCode.CERTIFICATE),), "unsent": 1},
         "Hubbens certifikat kan ikke godkendes · 1 ændring ikke sendt"),
        ({"running": True, "first": True, "done": 120, "of": 3400}, "Synkroniserer 120 af 3.400"),
        ({"standing": Standing.NO_HUB}, "Kun på denne computer"),
    ],
)  # fmt: skip
def test_the_status_line_says_where_sync_stands_in_words(changes, said):
    assert " · ".join(status_words(replace(SIGNED_IN, **changes), NOW)) == said


@pytest.mark.parametrize("code", list(FaultCode))
def test_every_fault_has_a_sentence_and_a_way_out(code):
    values = {"minutes": 12, "who": "Mette", "device": "MH", "count": 2}
    sentence, way = fault_words(Fault(code, values=values))
    assert sentence
    assert way
    assert "{" not in sentence + way


def test_every_reason_of_the_wire_is_explained():
    from caseworker_app.sync.wire import Reason

    unknown = reason_words("something from a newer hub")
    for reason in Reason:
        assert reason_words(reason.value) != unknown


def test_sync_begins_after_the_first_screen_follows_saves_and_rests_when_the_store_is_closed(
    qtbot, synced, desk, tasks, store, wait_idle
):
    syncing, said = Syncing(synced), []
    syncing.changed.connect(said.append)
    syncing.begin_soon(store)
    assert desk.asked == []
    qtbot.waitUntil(lambda: ("begin",) in desk.asked, timeout=3000)
    tasks.touched.emit(frozenset({("case", b"x" * 16)}))
    assert desk.asked[-1] == ("saved",)
    desk.tell(unsent=4)
    qtbot.waitUntil(lambda: bool(said) and said[-1].unsent == 4)
    syncing.rest()
    wait_idle()
    assert desk.asked[-1] == ("rest",)


def test_what_came_from_others_reaches_the_pages_and_is_not_taken_for_a_save(
    qtbot, synced, desk, tasks, store
):
    syncing, heard = Syncing(synced), []
    syncing.begin_soon(store)
    syncing.begin()
    qtbot.waitUntil(lambda: ("begin",) in desk.asked)
    tasks.touched.connect(heard.append)
    desk.tell(frozenset({("case", b"x" * 16)}))
    qtbot.waitUntil(lambda: bool(heard))
    assert ("saved",) not in desk.asked


# the settings


def test_the_pane_says_with_whom_since_when_and_how_it_is_encrypted(pane):
    view = pane.standing
    assert view.heading.text() == "Alt er sendt og bekræftet"
    assert "Lone Kjær hos Hedeby Kommune" in view.with_whom.text()
    assert "0123 4567 89ab cdef" in view.with_whom.text()
    assert "organisationens egen nøgle" in view.lines.text()
    assert not pane.sign_in.isVisible()


def test_sync_is_started_stopped_and_followed(qtbot, pane, desk):
    press(qtbot, pane.standing.sync_button)
    assert ("start_now",) in desk.asked
    desk.tell(running=True, first=True, done=500, of=2000)
    qtbot.waitUntil(lambda: pane.standing.bar.isVisible())
    assert pane.standing.bar.value() == 500
    assert "første gang" in pane.standing.progress.text()
    press(qtbot, pane.standing.cancel_button)
    assert ("cancel",) in desk.asked
    desk.tell(running=False)
    qtbot.waitUntil(lambda: not pane.standing.bar.isVisible())


def test_a_fault_stands_with_its_way_out(qtbot, pane, desk):
    desk.tell(faults=(Fault(FaultCode.NOT_A_HUB),))
    qtbot.waitUntil(lambda: pane.standing.faults.count() == 1)
    assert "gæstenet" in pane.standing.faults.itemAt(0).widget().accessibleName()


def test_one_signs_in_with_a_code(qtbot, pane, desk, wait_idle):
    desk.tell(standing=Standing.NO_HUB, address="")
    qtbot.waitUntil(pane.sign_in.isVisible)
    pane.sign_in.address.clear()
    press(qtbot, pane.sign_in.look_button)
    assert "Skriv hubbens adresse" in pane.sign_in.complaint.sentence.text()
    qtbot.keyClicks(pane.sign_in.address, "https://hub.hedeby.example")
    qtbot.keyClick(pane.sign_in.address, Qt.Key.Key_Return)
    wait_idle()
    assert "0123 4567 89ab cdef" in pane.sign_in.found.text()
    assert not pane.sign_in.browser_button.isVisible()
    qtbot.keyClicks(pane.sign_in.code, "ABCD-0123456789abcdef")
    press(qtbot, pane.sign_in.code_button)
    wait_idle()
    assert ("code", "https://hub.hedeby.example", "ABCD-0123456789abcdef") in desk.asked
    assert not pane.sign_in.isVisible()
    assert pane.sign_in.code.text() == ""


def test_one_signs_in_in_the_browser_with_the_fingerprint_that_was_shown(qtbot, pane, desk, wait_idle):
    desk.found = replace(desk.found, provider="https://login.hedeby.example")
    desk.tell(standing=Standing.SIGNED_OUT)
    qtbot.waitUntil(pane.sign_in.isVisible)
    assert pane.sign_in.address.text() == "https://hub.hedeby.example"
    press(qtbot, pane.sign_in.look_button)
    wait_idle()
    press(qtbot, pane.sign_in.browser_button)
    wait_idle()
    assert ("browser", "https://hub.hedeby.example", "0123456789abcdef") in desk.asked


def test_a_sign_in_that_is_refused_says_why_and_can_be_tried_again(qtbot, pane, desk, wait_idle):
    desk.tell(standing=Standing.SIGNED_OUT)
    qtbot.waitUntil(pane.sign_in.isVisible)
    press(qtbot, pane.sign_in.look_button)
    wait_idle()
    desk.refuse = UserError("The hub's certificate has run out, or is for another name. Nothing was sent.")
    qtbot.keyClicks(pane.sign_in.code, "X-1")
    press(qtbot, pane.sign_in.code_button)
    wait_idle()
    assert "certifikat" in pane.sign_in.complaint.sentence.text()
    assert pane.sign_in.code_button.isEnabled()
    assert pane.sign_in.code.text() == "X-1"


def test_signing_out_keeps_what_is_unsent_and_says_so(qtbot, pane, desk, wait_idle, said):
    desk.left = SignedOut(3, NOW)
    press(qtbot, pane.standing.sign_out_button)
    wait_idle()
    assert said[-1] == "Du er logget ud. Det, der ikke er sendt, ligger her."
    assert pane.sign_in.isVisible()


def test_closing_a_device_is_asked_about_because_it_cannot_be_undone(qtbot, pane, desk, wait_idle):
    def pressing(words):
        return next(b for b in pane.devices.findChildren(QPushButton) if b.text() == words and b.isVisible())

    assert len(pane.devices.lines) == 2
    press(qtbot, pressing("Luk enheden …"))
    assert not any(asked[0] == "revoke" for asked in desk.asked)
    press(qtbot, pressing("Luk den for altid"))
    wait_idle()
    assert ("revoke", b"b" * 16) in desk.asked
    assert not [b for b in pane.devices.findChildren(QPushButton) if b.isVisible()]


# sharing


@pytest.fixture
def sharing(qtbot, synced, read, emma, wait_idle):
    dialog = ShareDialog(synced, read(lambda r: r.get(Case, emma)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    wait_idle()
    return dialog


def test_a_case_is_shared_given_another_role_and_taken_back(qtbot, sharing, desk, wait_idle, read, emma):
    stream = read(lambda r: r.get(Case, emma)).stream
    view = sharing.members
    assert [view.who.itemText(n) for n in range(view.who.count())] == [
        "Mette Holm (Sundhedsplejen)", "Susanne Dahl (Distrikt Syd, teamleder)",
    ]  # fmt: skip
    press(qtbot, view.share_button)
    wait_idle()
    assert desk.asked[-1] == ("share", stream, METTE, ShareRole.MEMBER)
    assert "Sagen er delt" in sharing.said.text()
    combo = view.roles[METTE]
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    wait_idle()
    assert desk.asked[-1] == ("share", stream, METTE, ShareRole.READER)
    press(qtbot, view.taking[METTE])
    wait_idle()
    assert desk.asked[-1] == ("take_back", stream, METTE)
    assert list(view.taking) == []


def test_who_is_not_responsible_sees_and_changes_nothing(qtbot, synced, desk, read, emma, wait_idle):
    desk.listed = [
        MemberRow(SUSANNE, "Susanne Dahl", ShareRole.OWNER),
        MemberRow(ME, "Lone Kjær", ShareRole.MEMBER, me=True),
    ]
    dialog = ShareDialog(synced, read(lambda r: r.get(Case, emma)))
    qtbot.addWidget(dialog)
    dialog.open()
    wait_idle()
    assert dialog.members.taking == {}
    assert not dialog.members.share_button.isVisible()
    assert "ansvarlig" in dialog.members.note.text()


def test_without_a_hub_sharing_says_where_to_begin(qtbot, house, read, emma, wait_idle, went):
    dialog = ShareDialog(house, read(lambda r: r.get(Case, emma)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    wait_idle()
    assert "Log først ind" in dialog.no_hub.text()
    press(qtbot, dialog.settings_button)
    assert went == [Place("settings", None, "sync")]


# handing over


@pytest.fixture
def handing(qtbot, synced, emma, wait_idle):
    dialog = HandOverDialog(synced, emma)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    wait_idle()
    return dialog


def test_a_handover_says_what_is_unsent_and_writes_a_mail_without_name_or_number(
    qtbot, handing, desk, wait_idle, read, emma
):
    assert handing.unsent.text() == "Sendt og bekræftet"
    assert handing.subject.text() == "Overdragelse af en sag: EP"
    text = handing.mail_text.toPlainText()
    assert text.startswith("Kære Susanne Dahl")
    assert "DUBU-17" in text
    assert "Emma" not in text
    assert "Lone Kjær" in text
    press(qtbot, handing.copy_button)
    assert QApplication.clipboard().text() == f"Overdragelse af en sag: EP\n\n{text}"
    handing.keep.setCurrentIndex(1)
    press(qtbot, handing.hand_button)
    wait_idle()
    stream = read(lambda r: r.get(Case, emma)).stream
    assert desk.asked[-1] == ("hand_over", stream, SUSANNE, ShareRole.READER)
    assert "også hvor der er 25" in handing.said.text()


def test_a_mail_that_was_changed_by_hand_is_left_alone(qtbot, handing, desk):
    handing.mail_text.setFocus()
    qtbot.keyClicks(handing.mail_text, "OBS ")
    handing.leader.currentIndexChanged.emit(0)
    i18n.set_language("en")
    i18n.set_language("da")
    assert handing.mail_text.toPlainText().startswith("OBS Kære")


def test_unsent_changes_are_said_before_a_case_is_handed_over(qtbot, synced, desk, emma, wait_idle):
    desk.far = RecordStanding(Far.HERE, 4, dt.datetime.now(dt.UTC) - dt.timedelta(days=3))
    dialog = HandOverDialog(synced, emma)
    qtbot.addWidget(dialog)
    wait_idle()
    assert dialog.unsent.text() == "På denne computer: 4 ændringer ikke sendt, ældste 3 dage"


def test_without_a_hub_there_is_still_the_mail(qtbot, house, emma, wait_idle):
    dialog = HandOverDialog(house, emma)
    qtbot.addWidget(dialog)
    wait_idle()
    assert not dialog.hand_button.isEnabled()
    assert dialog.mail_text.toPlainText().startswith("Til teamlederen")


def move(write, read, case):
    heads = read(lambda r: r.fields(Case, case))["address"].heads
    there = Address("Nyvej 1", "6000", "Kolding")
    write(lambda w: cases.edit(w, case, {"address": Edit(there, heads)}))


@pytest.mark.parametrize(
    ("kinds", "words", "button"),
    [
        (frozenset({CaseKind.PREVENTIVE}), "Flytter sagen", "Overdrag sagen …"),
        (frozenset({CaseKind.PLACEMENT}), "flytter ikke med", "Forstået"),
        (frozenset({CaseKind.AFTERCARE, CaseKind.PREVENTIVE}), "flytter ikke med", "Forstået"),
    ],
)
def test_a_new_address_asks_whether_the_case_moves_except_placement_and_aftercare(
    qtbot, synced, write, read, wait_idle, kinds, words, button
):
    home = Address("Gammelvej 1", "7400", "Hedeby")
    case = write(lambda w: cases.register(w, {"child_name": "Emma Prøve", "address": home, "kinds": kinds}))
    page = CasePage(synced)
    qtbot.addWidget(page)
    page.show_thing(case, "")
    page.show()
    wait_idle()
    assert not page.notice.isVisible()
    move(write, read, case)
    for _ in range(2):  # it stands until it is answered, whatever else is saved
        page.follow(frozenset({("case", case)}))
        wait_idle()
    assert words in page.notice.words.text()
    assert page.notice.button.text() == button
    press(qtbot, page.notice.button)
    wait_idle()
    assert not page.notice.isVisible()
    assert len(page.findChildren(HandOverDialog)) == (button == "Overdrag sagen …")
    page.follow(frozenset({("case", case)}))
    wait_idle()
    assert not page.notice.isVisible()


def test_the_case_says_how_far_it_has_been_sent(qtbot, synced, desk, emma, wait_idle):
    desk.far = RecordStanding(Far.SENT)
    page = CasePage(synced)
    qtbot.addWidget(page)
    page.show_thing(emma, "")
    page.show()
    wait_idle()
    qtbot.waitUntil(lambda: "Sendt, endnu ikke bekræftet" in page.header.facts.text().replace("\u00a0", " "))
    desk.far = RecordStanding(Far.CONFIRMED)
    desk.tell(unsent=0)
    qtbot.waitUntil(lambda: "Sendt og bekræftet" in page.header.facts.text().replace("\u00a0", " "))


# what was not taken


def test_what_was_not_taken_is_named_explained_and_saved_as_a_file(
    qtbot, synced, desk, emma, read, wait_idle, tmp_path
):
    stream = read(lambda r: r.get(Case, emma)).stream
    desk.refused = [
        QuarantineRow(
            b"q" * 16, QuarantinePlace.HUB, "revoked", NOW, "Lone Kjær", "Change the case", stream, 900
        ),
        QuarantineRow(b"r" * 16, QuarantinePlace.LAPTOP, "bad_signature", NOW),
    ]
    dialog = QuarantineDialog(synced)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    wait_idle()
    first = dialog.list.topLevelItem(0)
    assert [first.text(column) for column in (2, 3, 4)] == ["Lone Kjær", "Emma Prøve", "Hubben"]
    assert "enhed, der er lukket" in dialog.why.text()
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert "Underskriften passer ikke" in dialog.why.text()
    file = tmp_path / "row.json"
    dialog.save_to(str(file), desk.refused[1])
    wait_idle()
    assert ("quarantined", b"r" * 16) in desk.asked
    assert file.read_bytes() == b"{}"
    assert "krypteret" in dialog.said.text()


def test_an_empty_quarantine_says_so(qtbot, synced, wait_idle):
    dialog = QuarantineDialog(synced)
    qtbot.addWidget(dialog)
    dialog.open()
    wait_idle()
    assert dialog.empty.text() == "Alt er taget imod."
    assert not dialog.save_button.isEnabled()


# what waits for an answer


def test_many_deletions_are_said_with_a_way_to_say_yes(qtbot, pane, desk):
    desk.tell(unsent=1, faults=(Fault(FaultCode.HELD, values={"count": 60}),))
    qtbot.waitUntil(lambda: FaultCode.HELD in pane.standing.answers)
    answer = pane.standing.answers[FaultCode.HELD]
    desk.tell(done=3, of=9)
    qtbot.wait(10)
    assert pane.standing.answers[FaultCode.HELD] is answer
    assert answer.text() == "Send det for alle"
    press(qtbot, answer)
    assert desk.asked[-1] == ("send_held",)


def test_two_histories_are_said_until_somebody_has_read_it(qtbot, pane, desk, wait_idle):
    desk.tell(faults=(Fault(FaultCode.TWO_HISTORIES, values={"count": 2}),))
    qtbot.waitUntil(lambda: FaultCode.TWO_HISTORIES in pane.standing.answers)
    press(qtbot, pane.standing.answers[FaultCode.TWO_HISTORIES])
    wait_idle()
    assert ("histories_read",) in desk.asked


def test_every_reason_of_this_computer_is_explained_in_its_own_words():
    from caseworker_app.services.sync_ports import RefusedRow

    unknown = reason_words("something from a newer hub")
    said = [reason_words(reason.value) for reason in RefusedRow]
    assert unknown not in said
    assert len(set(said)) == len(said)


def test_what_was_not_taken_can_be_tried_again(qtbot, synced, desk, wait_idle):
    desk.refused = [
        QuarantineRow(b"q" * 16, QuarantinePlace.HUB, "not_a_member", NOW),
        QuarantineRow(b"r" * 16, QuarantinePlace.LAPTOP, "altered", NOW),
    ]
    dialog = QuarantineDialog(synced)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    wait_idle()
    press(qtbot, dialog.again_button)
    wait_idle()
    assert ("try_again", b"q" * 16) in desk.asked
    assert dialog.list.topLevelItemCount() == 1
    assert "prøves igen" in dialog.said.text()
    desk.refuse = UserError("The hub does not answer.")
    press(qtbot, dialog.again_button)
    wait_idle()
    assert dialog.complaint.isVisible()
    assert dialog.again_button.isEnabled()
