"""What tests of the window stand on: a real encrypted store, real tasks, and the house that pages are handed.

Ask for ``house`` and build a page with it; ``went`` lists the places it was sent to, ``said`` what it said,
``errors`` the expected errors that reached the banner. ``wait_idle()`` waits until everything asked of the store has
been answered and shown. ``write(fn)`` and ``read(fn)`` reach the store from the test's own thread.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from caseworker_app import i18n
from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import new_id
from caseworker_app.domain.office import Function
from caseworker_app.services import office
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.settings import Settings
from caseworker_app.sync.sealing import OperationSealer, new_device_secret
from caseworker_app.worker.process import WorkerProcess
from db.store import DeviceRow, SqlStore, create, open_store
from tests.helpers.quiet import quiet

T = TypeVar("T")

NOW = dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)
"""Saturday 21 November 2026, half past nine in Copenhagen."""
KEY = bytes(range(32))
WORKER = {
    "name": "Lone Kjær",
    "function": Function.CASEWORKER,
    "title": "Socialrådgiver",
    "phone": "96 28 00 01",
    "email": "lone@kommune.example",
}
OFFICE = {
    "municipality": "Hedeby Kommune",
    "department": "Center for Børn og Forebyggelse",
    "address": ("Rådhustorvet 1", "7400 Hedeby"),
    "phone": "96 28 00 00",
}


@pytest.fixture
def clock() -> FixedClock:
    """The clock of the store: it stands still until a test moves it."""
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted store, founded and closed, made once; every test gets a copy of its own."""
    path = tmp_path_factory.mktemp("founded") / "store.db"
    row = DeviceRow(new_id(), new_id(), new_id(), new_device_secret())
    made = create(path, KEY, row=row, sealers=OperationSealer, clock=FixedClock(NOW))
    made.write(lambda writer: office.found(writer, WORKER, OFFICE))
    made.close()
    return path


@pytest.fixture
def store(founded: Path, tmp_path: Path, clock: FixedClock) -> Iterator[SqlStore]:
    """A real encrypted store of Lone Kjær, socialrådgiver in Hedeby Kommune, without cases."""
    path = tmp_path / "store.db"
    shutil.copy(founded, path)
    opened = open_store(path, KEY, sealers=OperationSealer, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def write(store: SqlStore) -> Callable[[Callable[[Writer], Any]], Any]:
    """Do something in the store and return what it came to: ``write(lambda w: cases.register(w, {...}))``."""
    return lambda fn: store.write(fn).result


@pytest.fixture
def read(store: SqlStore) -> Callable[[Callable[[Reader], Any]], Any]:
    """Ask the store: ``read(lambda r: cases.view(r, case))``."""
    return store.read


@dataclass
class Heard:
    """What came out of the tasks and the pages."""

    went: list[Any] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    errors: list[UserError] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def went(heard: Heard) -> list[Any]:
    """The places pages asked to be shown."""
    return heard.went


@pytest.fixture
def said(heard: Heard) -> list[str]:
    """The sentences for the status line: msgids of what was done, and what pages said."""
    return heard.said


@pytest.fixture
def errors(heard: Heard) -> list[UserError]:
    """The expected errors nobody asked for, which the window shows in its banner."""
    return heard.errors


@pytest.fixture(scope="session")
def dressed(qapp: Any) -> Any:
    """The application in its light dress, with the bundled font."""
    from ui import theme

    theme.load_fonts()
    theme.apply(qapp, theme.ThemeName.LIGHT)
    return qapp


@pytest.fixture
def tasks(dressed: Any, store: SqlStore, heard: Heard) -> Iterator[Any]:
    """Tasks over the store; a bug in one of them fails the test."""
    from ui.tasks import Tasks

    made = Tasks(store)
    made.said.connect(heard.said.append)
    made.error.connect(heard.errors.append)
    made.bug.connect(heard.bugs.append)
    yield made
    _delete_now()  # the closed widgets with their timers, before there is nothing left to ask
    made.finish()
    dressed.processEvents()
    bugs = list(heard.bugs)
    made.deleteLater()
    if bugs:
        raise bugs[0]


def _delete_now() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _no_key_is_held(dressed: Any) -> None:
    from tests.helpers.held_keys import let_go

    let_go()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of this computer, in a file of the test's own."""
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def papers() -> Iterator[WorkerProcess]:
    """The maker of papers: the worker process, started with the first paper that is asked for."""
    worker = WorkerProcess()
    yield worker
    worker.close()


@pytest.fixture
def house(tasks: Any, papers: Any, settings: Any, heard: Heard) -> Any:
    """What a page is handed."""
    from ui.house import House

    return House(tasks, papers, settings, ShippedBooks(), heard.went.append, heard.said.append, files=papers)


@pytest.fixture
def wait_idle(qtbot: Any, tasks: Any) -> Callable[[], None]:
    """Return ``wait_idle()``: everything asked of the store has been answered and shown."""

    return lambda: quiet(qtbot, tasks)


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    i18n.set_language("da")
    yield
    i18n.set_language("da")


@pytest.fixture(autouse=True)
def every_word_said_has_its_danish() -> Iterator[None]:
    """Fail a test of the window in which something was said that the Danish catalogue does not have."""
    before = set(i18n.missed)
    yield
    new = set(i18n.missed) - before
    i18n.missed.difference_update(new)
    assert not new, f"without Danish: {sorted(new)}"
