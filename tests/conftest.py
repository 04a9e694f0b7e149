"""The house rules of every test: nothing outside is touched, nothing left behind, nothing slow in the window.

What a test may ask for: ``expect_log`` (a warning that must come), ``watchdog`` (timing of what it does to
the window; every test with ``qtbot`` is watched anyway), ``widget_leaks``; the marks ``net`` (loopback
sockets), ``unwatched`` (no timing) and ``slow``. ``--onscreen`` shows the windows, ``--shuffle SEED`` changes
the order.
"""

from __future__ import annotations

import gc
import itertools
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers import second_chance
from tests.helpers.logs import LogGuard
from tests.helpers.order import shuffle_items
from tests.helpers.sockets import refuse_network
from tests.helpers.windows import close_leftover_windows, leaked_widgets

if TYPE_CHECKING:
    from tests.helpers.watchdog import Watchdog

MARKS = (
    "net: may open sockets to this machine's own loopback addresses",
    "unwatched: what this test does to the window is not timed",
)
#: What Qt's offscreen platform says about itself; everything else of WARNING or worse fails the test.
QT_MAY_SAY = (
    r"^This plugin does not support (propagateSizeHints|raise|lower|grabbing|window masks)",
    r"^This plugin does not support setting window opacity",
    r"^QFontDatabase: Cannot find font directory",
)
_HOMES = itertools.count(1)

settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, print_blob=True, max_examples=60
)
settings.register_profile(
    "night", deadline=None, database=None, max_examples=3000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("caseworker")
    group.addoption("--onscreen", action="store_true", help="show the windows instead of rendering offscreen")
    group.addoption("--shuffle", type=int, metavar="SEED", help="run modules and tests in another order")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle what the process sees, before Qt is started."""
    for mark in MARKS:
        config.addinivalue_line("markers", mark)
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["TZ"] = "Europe/Copenhagen"
    if hasattr(time, "tzset"):
        time.tzset()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    config.pluginmanager.register(second_chance.SecondChances(), "second-chances")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    seed = config.getoption("--shuffle")
    if seed is not None:
        shuffle_items(items, seed)
    second_chance.give(items)
    for item in items:
        own = item.get_closest_marker("qt_log_ignore")
        item.add_marker(pytest.mark.qt_log_ignore(*QT_MAY_SAY, *(own.args if own else ())), append=False)
        if item.get_closest_marker("qt_log_level_fail") is None:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each test a data directory of its own; it is made only if the test makes it."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(_HOMES)}"
    monkeypatch.setenv("CASEWORKER_HOME", str(home))


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Refuse sockets to anywhere; loopback is open to tests marked ``net``."""
    allow_loopback = request.node.get_closest_marker("net") is not None
    with refuse_network(allow_loopback=allow_loopback) as refused:
        yield
    assert not refused, f"the network was tried and refused: {refused}"


@pytest.fixture(autouse=True)
def _log_guard() -> Iterator[LogGuard]:
    guard = LogGuard()
    root = logging.getLogger()
    root.addHandler(guard)
    yield guard
    root.removeHandler(guard)
    assert not guard.complaints(), "\n".join(guard.complaints())


@pytest.fixture
def expect_log(_log_guard: LogGuard) -> Callable[[str], None]:
    """Say that a warning matching a regular expression must come; others still fail the test."""
    return _log_guard.expect


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    yield
    left = close_leftover_windows()
    assert not left, f"windows left open: {left}"


@pytest.fixture
def widget_leaks(qapp: object) -> Callable[..., Counter[str]]:
    """Return ``leaked_widgets(make, times)``: what is left after making and closing a widget repeatedly."""
    return leaked_widgets


@pytest.fixture(scope="session")
def machine_scale() -> float:
    """How many times slower than the reference this machine is; grows the watchdog's limits."""
    from tests.helpers.watchdog import calibrate

    return calibrate()


@pytest.fixture
def watchdog(qtbot: Any, machine_scale: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watchdog]:
    """Time what the test does to the window and fail it where a person would wait too long."""
    from tests.helpers.watchdog import Watchdog, watch_qtbot

    dog = Watchdog(machine_scale)
    watch_qtbot(qtbot, dog, monkeypatch.setattr)
    gc.disable()  # the heap of a whole test run is not the window's: there it is settled after the first paint
    try:
        yield dog
    finally:
        gc.enable()
    assert not dog.complaints(), "\n".join(dog.complaints())


@pytest.fixture(autouse=True)
def _every_window_is_watched(request: pytest.FixtureRequest) -> None:
    onscreen = request.config.getoption("--onscreen")
    if "qtbot" in request.fixturenames and not onscreen and not request.node.get_closest_marker("unwatched"):
        request.getfixturevalue("watchdog")
