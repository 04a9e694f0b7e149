"""A store that does not open, through the window: what is wrong is said in words, and the file stays as it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from caseworker_app import i18n
from caseworker_app.compose.access import Access
from caseworker_app.secrets import LOCKED, Finding, KeyringUnavailable
from db.errors import DiskFault, StoreDamaged, StoreReadOnly, StoreTooNew, WrongKey
from tests.helpers.quiet import quiet
from tests.ui.test_opening import PASSPHRASE, QUICK, ToyKeyring
from ui.pages.opening.broken_page import BrokenPage
from ui.pages.opening.flow import OpeningFlow
from ui.pages.opening.unlock_page import UnlockPage
from ui.tasks import Tasks


@pytest.fixture
def keyring():
    return ToyKeyring()


@pytest.fixture
def ways(tmp_path, clock, keyring):
    """Return ``ways()``: the ways into a store that was founded and closed, its key in the keyring too."""
    made = []

    def again():
        made.append(Access(tmp_path / "own", clock, find_keyring=keyring, parameters=QUICK))
        return made[-1]

    first = again()
    slots = first.prepare(PASSPHRASE)
    first.verify_recovery(slots.recovery_code)
    first.verify_passphrase(PASSPHRASE)
    first.found({"name": "Lone Kjær"}, {"municipality": "Hedeby Kommune"}).close()
    first.release()
    yield again
    for one in made:
        one.release()


@pytest.fixture
def enter(qtbot, dressed, ways, papers):
    """Return ``enter()``: the way in on the screen over the store as it lies there now."""
    flows = []

    def make():
        tasks = Tasks()
        flow = OpeningFlow(tasks, ways(), papers)
        flow.tasks, flow.stores, flow.bugs = tasks, [], []
        flow.opened.connect(flow.stores.append)
        tasks.bug.connect(flow.bugs.append)
        flows.append(flow)
        qtbot.addWidget(flow)
        flow.resize(1366, 728)
        flow.show()
        flow.begin()
        quiet(qtbot, tasks)
        return flow

    yield make
    for flow in flows:
        flow.tasks.finish()
        for store in flow.stores:
            store.close()
        assert flow.bugs == []


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def newer(path, ways):
    doors = ways()
    store = doors.open_by_passphrase(PASSPHRASE)
    store.connection.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    doors.release()
    return path.read_bytes()


def cut(path, _ways):
    return path.read_bytes()[:-700]


def cut_to_a_page(path, _ways):
    return path.read_bytes()[: 4096 * 3]


def emptied(_path, _ways):
    return b""


def flipped(path, _ways):
    data = bytearray(path.read_bytes())
    data[40] ^= 1
    return bytes(data)


def shuffled(path, _ways):
    data = path.read_bytes()
    return data[:4096] + data[8192:12288] + data[4096:8192] + data[12288:]


HARM = [
    (newer, StoreTooNew),
    (cut, StoreDamaged),
    (cut_to_a_page, StoreDamaged),
    (emptied, StoreDamaged),
    (flipped, WrongKey),
    (shuffled, StoreDamaged),
]


@pytest.mark.parametrize(("harm", "kind"), HARM, ids=[harm.__name__ for harm, _kind in HARM])
@pytest.mark.parametrize("by", ["keyring", "passphrase"])
def test_what_is_wrong_with_the_store_is_said_and_nothing_is_changed(
    qtbot, enter, ways, keyring, tmp_path, harm, kind, by
):
    path = tmp_path / "own" / "store.db"
    data = harm(path, ways)
    path.write_bytes(data)
    if by == "passphrase":
        keyring.kept.clear()
    flow = enter()
    if by == "passphrase":
        page = flow.currentWidget()
        assert isinstance(page, UnlockPage)
        qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
        qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
        qtbot.waitUntil(page.complaint.isVisible, timeout=5000)
    else:
        assert isinstance(flow.currentWidget(), BrokenPage)
    sentences = [i18n.gettext(sentence) for sentence in kind.words]
    qtbot.waitUntil(
        lambda: all(sentence in words(flow.currentWidget()) for sentence in sentences), timeout=5000
    )
    assert path.read_bytes() == data
    assert flow.stores == []


def test_a_folder_that_cannot_be_written_is_said_and_the_store_opens_once_it_can(
    qtbot, enter, keyring, monkeypatch
):
    """What the store itself says of such a folder is tried as another user in tests/db."""
    from db import store as stores

    real = stores.open_store
    for kind in (StoreReadOnly, DiskFault):
        monkeypatch.setattr(stores, "open_store", _refusing(kind))
        flow = enter()
        assert isinstance(flow.currentWidget(), BrokenPage)
        said = words(flow.currentWidget())
        assert i18n.gettext(kind.words[0]) in said
        assert i18n.gettext(StoreDamaged.words[0]) not in said
        monkeypatch.setattr(stores, "open_store", real)
        qtbot.mouseClick(flow.currentWidget().again_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda flow=flow: flow.stores != [], timeout=5000)
        flow.stores.pop().close()
        flow._doors.release()


def _refusing(kind):
    def refuse(path, *_more, **_others):
        raise kind(path)

    return refuse


class LockedKeyring(ToyKeyring):
    """A keyring that was there, and is locked when it is asked."""

    def read(self, store_id):
        raise KeyringUnavailable(LOCKED)


def gone():
    return Finding(None, "This computer has no keyring that the program can use.")


@pytest.mark.parametrize("now", [gone, LockedKeyring()], ids=["gone", "locked"])
def test_a_keyring_that_is_gone_or_locked_leaves_the_passphrase_as_the_way_in(
    qtbot, dressed, ways, papers, tmp_path, clock, now
):
    doors = Access(tmp_path / "own", clock, find_keyring=now, parameters=QUICK)
    tasks, stores = Tasks(), []
    flow = OpeningFlow(tasks, doors, papers)
    flow.opened.connect(stores.append)
    qtbot.addWidget(flow)
    flow.show()
    flow.begin()
    qtbot.waitUntil(lambda: isinstance(flow.currentWidget(), UnlockPage), timeout=5000)
    page = flow.currentWidget()
    qtbot.keyClicks(page.passphrase.line, PASSPHRASE)
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stores != [], timeout=5000)
    tasks.finish()
    stores[0].close()
    doors.release()
