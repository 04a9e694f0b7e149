"""A team leader lets in what was handed in at the hub and not taken; nobody else is shown the way."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.services import cases
from caseworker_app.services.sync_desk import HandedIn, Standing, SyncState
from tests.helpers.sync_desk import ToldDesk
from tests.ui.conftest import NOW
from ui.dialogs.handed_in_dialog import HandedInDialog
from ui.pages.settings.sync_pane import SyncPane

LEADER = SyncState(
    Standing.SIGNED_IN, hub="Hedeby Kommune", user="Susanne Dahl", leader=True, last_contact=NOW
)


@pytest.fixture
def emma(write, read):
    made = write(lambda w: cases.register(w, {"child_name": "Emma Prøve"}))
    return read(lambda r: r.get(Case, made)).stream


@pytest.fixture
def desk(emma):
    made = ToldDesk(LEADER)
    made.waiting = [
        HandedIn(b"r" * 32, NOW, "Bo Lind", "Distrikt Syd", "revoked", emma),
        HandedIn(b"s" * 32, NOW - dt.timedelta(days=1), "Mette Holm", "Distrikt Syd", "not_a_member"),
    ]
    return made


@pytest.fixture
def synced(house, desk):
    return replace(house, sync=desk)


@pytest.fixture
def dialog(qtbot, synced, wait_idle):
    made = HandedInDialog(synced)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    wait_idle()
    return made


def row(dialog, at):
    item = dialog.list.topLevelItem(at)
    return [item.text(column) for column in range(4)]


def test_only_a_leader_who_is_signed_in_is_shown_the_way(qtbot, synced, desk, wait_idle):
    pane = SyncPane(synced)
    qtbot.addWidget(pane)
    pane.show()
    pane.begin()
    wait_idle()
    button = pane.standing.handed_in_button
    assert (button.isVisible(), button.text()) == (True, "Afleveret, men ikke taget ind …")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_idle()
    (opened,) = pane.findChildren(HandedInDialog)
    assert opened.list.topLevelItemCount() == 2
    opened.close()
    for changed in ({"leader": False}, {"leader": True, "standing": Standing.SIGNED_OUT}):
        desk.tell(**changed)
        qtbot.waitUntil(lambda: not button.isVisible())


def test_each_row_says_who_when_which_case_and_why(dialog, qtbot):
    assert row(dialog, 0)[1:] == ["Bo Lind", "Distrikt Syd", "Emma Prøve"]
    assert "enhed, der er lukket" in dialog.why.text()
    assert dialog.way.text() == "Tag det ind, hvis det hører til sagen."
    assert dialog.let_in_button.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert row(dialog, 1)[3] == "ikke delt med dig"
    assert not dialog.let_in_button.isEnabled()
    assert "skal dele den med dig" in dialog.way.text()


def test_a_row_is_let_in_with_a_click_and_is_gone(dialog, qtbot, desk, wait_idle):
    qtbot.mouseClick(dialog.let_in_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert ("let_in", b"r" * 32) in desk.asked
    assert dialog.list.topLevelItemCount() == 1
    assert dialog.said.text() == "Det er taget ind og kommer ud til alle, der deler sagen."


def test_a_row_that_stays_says_why(dialog, qtbot, desk, wait_idle):
    desk.stays = "not_a_member"
    qtbot.mouseClick(dialog.let_in_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert dialog.list.topLevelItemCount() == 2
    assert dialog.said.text().startswith("Det bliver, hvor det er. ")


def test_a_hub_that_does_not_answer_is_said_and_nothing_is_lost(dialog, qtbot, desk, wait_idle):
    desk.refuse = UserError("The hub does not answer.")
    qtbot.mouseClick(dialog.let_in_button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert "Hubben svarer ikke" in dialog.complaint.sentence.text()
    assert dialog.let_in_button.isEnabled()
    assert dialog.list.topLevelItemCount() == 2


def test_nothing_waiting_is_said(qtbot, synced, desk, wait_idle):
    desk.waiting = []
    made = HandedInDialog(synced)
    qtbot.addWidget(made)
    made.open()
    wait_idle()
    assert made.empty.text() == "Der ligger intet til dig i hubben."
    assert not made.let_in_button.isEnabled()
