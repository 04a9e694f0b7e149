"""The way in, clicked through over the real keys and a real encrypted file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from caseworker_app import i18n
from caseworker_app.compose.access import Access
from caseworker_app.secrets import Finding
from caseworker_app.services import cases, office
from caseworker_app.services.opening import Ground
from caseworker_app.vault.locks import Argon2Parameters
from tests.helpers.quiet import quiet
from ui.pages.opening.flow import OpeningFlow
from ui.pages.opening.last_steps import ProofStep, WorkerStep
from ui.pages.opening.recovery_step import RecoveryStep
from ui.pages.opening.steps import PassphraseStep
from ui.pages.opening.unlock_page import UnlockPage
from ui.pages.opening.wizard import Wizard
from ui.tasks import Tasks

PASSPHRASE = "kaffe plankeværk sytten tordenskrald"
QUICK = Argon2Parameters(passes=1, memory_kib=1024, lanes=1)


class NoKeyring:
    """A computer whose keyring is not there."""

    def __call__(self):
        return Finding(None, "This computer has no keyring that the program can use.")


class ToyKeyring:
    """A keyring that remembers, for as long as the test runs."""

    name = "toy"

    def __init__(self):
        self.kept = {}

    def __call__(self):
        return Finding(self)

    def store(self, store_id, key):
        self.kept[store_id] = key

    def read(self, store_id):
        return self.kept.get(store_id)


@pytest.fixture
def ways(tmp_path, clock):
    def at(keyring=None):
        return Access(tmp_path / "own", clock, find_keyring=keyring or NoKeyring(), parameters=QUICK)

    made = []

    def opened(keyring=None):
        ways = at(keyring)
        made.append(ways)
        return ways

    yield opened
    for ways in made:
        ways.release()


@pytest.fixture
def enter(qtbot, dressed, papers):
    """Return ``enter(ways)``: the way in on the screen, with the stores that were opened through it."""
    stores, running, flows = [], [], []

    def make(ways):
        tasks = Tasks()
        running.append(tasks)
        flow = OpeningFlow(tasks, ways, papers)
        flows.append(flow)
        qtbot.addWidget(flow)
        flow.stores = stores
        flow.tasks = tasks
        flow.opened.connect(stores.append)
        flow.resize(1366, 728)
        flow.show()
        flow.begin()
        quiet(qtbot, tasks)
        return flow

    yield make
    for tasks in running:
        tasks.finish()
    for store in stores:
        store.close()


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def make_store(qtbot, wizard):
    """Click through all five steps."""
    press(qtbot, wizard.next_button)
    step = wizard.step
    assert isinstance(step, PassphraseStep)
    qtbot.keyClicks(step.first.line, PASSPHRASE)
    qtbot.keyClicks(step.second.line, PASSPHRASE)
    press(qtbot, wizard.next_button)
    qtbot.waitUntil(lambda: isinstance(wizard.step, RecoveryStep), timeout=5000)
    code = wizard.founding.slots.recovery_code
    press(qtbot, wizard.next_button)
    qtbot.keyClicks(wizard.step.code, code.lower().replace("-", " "))
    press(qtbot, wizard.next_button)
    qtbot.waitUntil(lambda: isinstance(wizard.step, ProofStep), timeout=5000)
    qtbot.keyClicks(wizard.step.passphrase.line, PASSPHRASE)
    press(qtbot, wizard.next_button)
    qtbot.waitUntil(lambda: isinstance(wizard.step, WorkerStep), timeout=5000)
    qtbot.keyClicks(wizard.step.name, "Lone Kjær")
    qtbot.keyClicks(wizard.step.municipality, "Hedeby Kommune")
    press(qtbot, wizard.next_button)
    return code


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_five_steps_make_a_store_that_both_keys_open(qtbot, ways, enter):
    doors = ways()
    flow = enter(doors)
    wizard = flow.currentWidget()
    assert isinstance(wizard, Wizard)
    code = make_store(qtbot, wizard)
    qtbot.waitUntil(lambda: len(flow.stores) == 1, timeout=5000)
    house = flow.stores[0].read(office.house)
    assert (house.worker.name, house.worker.title) == ("Lone Kjær", "Socialrådgiver")
    assert house.office.municipality == "Hedeby Kommune"
    flow.stores[0].close()
    doors.release()
    for opened in (doors.open_by_passphrase(PASSPHRASE), doors.open_by_recovery(code)):
        assert opened.read(cases.caseload).active == ()
        opened.close()


def test_the_recovery_code_is_forgotten_when_the_store_is_made(qtbot, ways, enter):
    flow = enter(ways())
    wizard = flow.currentWidget()
    make_store(qtbot, wizard)
    qtbot.waitUntil(lambda: len(flow.stores) == 1, timeout=5000)
    assert wizard.founding.slots is None


def test_a_weak_or_differing_passphrase_does_not_go_on(qtbot, ways, enter):
    wizard = enter(ways()).currentWidget()
    press(qtbot, wizard.next_button)
    step = wizard.step
    qtbot.keyClicks(step.first.line, "sommer2024")
    qtbot.keyClicks(step.second.line, "sommer2024")
    assert not wizard.next_button.isEnabled()
    assert step.bar.word.text() in {"meget svag", "svag"}
    step.first.line.clear()
    qtbot.keyClicks(step.first.line, PASSPHRASE)
    assert not wizard.next_button.isEnabled()
    assert step.complaint.isVisible()


def test_the_code_is_hidden_while_it_is_typed_back_and_the_wrong_group_is_named(qtbot, ways, enter):
    wizard = enter(ways()).currentWidget()
    press(qtbot, wizard.next_button)
    qtbot.keyClicks(wizard.step.first.line, PASSPHRASE)
    qtbot.keyClicks(wizard.step.second.line, PASSPHRASE)
    qtbot.keyClick(wizard.step.second.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(wizard.step, RecoveryStep), timeout=5000)
    code = wizard.founding.slots.recovery_code
    press(qtbot, wizard.next_button)
    assert not wizard.step.card.isVisible()
    groups = code.split("-")
    groups[2] = ("0" if groups[2][0] != "0" else "1") + groups[2][1:]
    wizard.step.code.setText("-".join(groups))
    press(qtbot, wizard.next_button)
    qtbot.waitUntil(wizard.step.complaint.isVisible, timeout=5000)
    assert "3" in wizard.step.complaint.sentence.text()
    press(qtbot, wizard.back_button)
    assert wizard.step.card.isVisible()
    assert wizard.founding.slots.recovery_code == code


def test_the_recovery_sheet_is_made_by_the_worker_and_shown(qtbot, ways, enter, papers):
    wizard = enter(ways()).currentWidget()
    press(qtbot, wizard.next_button)
    qtbot.keyClicks(wizard.step.first.line, PASSPHRASE)
    qtbot.keyClicks(wizard.step.second.line, PASSPHRASE)
    press(qtbot, wizard.next_button)
    qtbot.waitUntil(lambda: isinstance(wizard.step, RecoveryStep), timeout=5000)
    wizard.step.print_button.click()

    def preview():
        from ui.dialogs.preview_dialog import PreviewDialog

        return wizard.window().findChild(PreviewDialog)

    qtbot.waitUntil(lambda: preview() is not None, timeout=20000)
    dialog = preview()
    assert dialog.windowTitle() == "Gendannelsesark"
    dialog.close()
    assert wizard.step.print_button.isEnabled()


def test_what_the_keyring_answered_is_said_in_words(qtbot, ways, enter):
    for keyring, said in ((NoKeyring(), "hver gang du åbner"), (ToyKeyring(), "åbner Tæt på af sig selv")):
        flow = enter(ways(keyring))
        wizard = flow.currentWidget()
        press(qtbot, wizard.next_button)
        qtbot.keyClicks(wizard.step.first.line, PASSPHRASE)
        qtbot.keyClicks(wizard.step.second.line, PASSPHRASE)
        press(qtbot, wizard.next_button)
        qtbot.waitUntil(lambda wizard=wizard: isinstance(wizard.step, RecoveryStep), timeout=5000)
        press(qtbot, wizard.next_button)
        wizard.step.code.setText(wizard.founding.slots.recovery_code)
        press(qtbot, wizard.next_button)
        qtbot.waitUntil(lambda wizard=wizard: isinstance(wizard.step, ProofStep), timeout=5000)
        assert said in wizard.step.keyring.text()
        flow.tasks.finish()
        wizard.founding.doors.release()


@pytest.fixture
def made(qtbot, ways, clock):
    """A store that was made and closed, and its recovery code."""
    doors = ways()
    slots = doors.prepare(PASSPHRASE)
    doors.verify_recovery(slots.recovery_code)
    doors.verify_passphrase(PASSPHRASE)
    store = doors.found({"name": "Lone Kjær"}, {"municipality": "Hedeby Kommune"})
    store.close()
    doors.release()
    return slots.recovery_code


def test_a_store_that_is_there_asks_for_the_passphrase_and_opens(qtbot, ways, enter, made):
    flow = enter(ways())
    page = flow.currentWidget()
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(flow.stores) == 1, timeout=5000)
    assert page.passphrase.text() == ""


def test_a_wrong_passphrase_waits_longer_each_time_and_says_how_long(qtbot, ways, enter, made, clock):
    flow = enter(ways())
    page = flow.currentWidget()
    seen = []
    for _ in range(4):
        page.passphrase.line.setText("en forkert sætning")
        page.passphrase.edited.emit("")
        clock.advance(600)
        page._wait(0)
        press(qtbot, page.open_button)
        qtbot.waitUntil(page.complaint.isVisible, timeout=5000)
        quiet(qtbot, flow.tasks)
        seen.append(page._seconds)
    assert seen == [0, 1, 2, 4]
    assert page.waiting.text() == "Du kan prøve igen om 4 sekunder."
    assert not page.open_button.isEnabled()
    page._tick()
    assert page.waiting.text() == "Du kan prøve igen om 3 sekunder."
    assert flow.stores == []


def test_the_recovery_code_opens_when_the_passphrase_is_forgotten(qtbot, ways, enter, made):
    flow = enter(ways())
    page = flow.currentWidget()
    press(qtbot, page.other_button)
    assert page.by_code
    qtbot.keyClicks(page.code, made)
    press(qtbot, page.open_button)
    qtbot.waitUntil(lambda: len(flow.stores) == 1, timeout=5000)


def test_a_keyring_that_knows_the_key_opens_without_a_question(qtbot, ways, enter):
    keyring = ToyKeyring()
    doors = ways(keyring)
    slots = doors.prepare(PASSPHRASE)
    doors.verify_recovery(slots.recovery_code)
    doors.found({"name": "Lone"}, {}).close()
    doors.release()
    flow = enter(ways(keyring))
    qtbot.waitUntil(lambda: len(flow.stores) == 1, timeout=5000)


def test_a_damaged_key_file_is_said_with_what_is_safe_and_nothing_is_made_anew(
    qtbot, ways, enter, made, tmp_path
):
    folder = tmp_path / "own"
    for keys in folder.glob("store.db.keys*"):
        keys.write_bytes(b"\0" * 40)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    doors = ways()
    assert doors.ground() is Ground.BROKEN
    flow = enter(doors)
    said = words(flow.currentWidget())
    assert i18n.gettext("Your cases could not be opened") in said
    assert i18n.gettext("The key file of the store is damaged.") in said
    assert "Intet er slettet eller ændret" in said
    assert not flow.findChildren(Wizard)
    press(qtbot, flow.currentWidget().again_button)
    quiet(qtbot, flow.tasks)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after == before


def test_a_set_up_that_was_broken_off_begins_again(qtbot, ways, enter):
    begun = ways()
    begun.prepare(PASSPHRASE)
    begun.release()
    doors = ways()
    assert doors.ground() is Ground.UNFINISHED
    wizard = enter(doors).currentWidget()
    make_store(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.founding.store is not None, timeout=5000)


def test_every_field_of_the_way_in_has_a_name_for_a_screen_reader(qtbot, ways, enter, made):
    flow = enter(ways())
    flow.welcome()
    nameless = [line for line in flow.findChildren(QLineEdit) if not line.accessibleName()]
    assert nameless == []


def test_the_language_can_change_in_the_middle_of_a_step_and_nothing_typed_is_lost(qtbot, ways, enter):
    wizard = enter(ways()).currentWidget()
    press(qtbot, wizard.next_button)
    qtbot.keyClicks(wizard.step.first.line, "kaffe plan")
    i18n.set_language("en")
    assert wizard.where.text() == "Step 2 of 5"
    assert wizard.step.first.text() == "kaffe plan"
