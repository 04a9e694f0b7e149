"""Stores filled with the demo, made once for all tests; whoever changes one takes a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.demo.build import TODAY, Summary, fill
from caseworker_app.domain.ids import new_id
from caseworker_app.services import office
from caseworker_app.services.ports import Reader
from caseworker_app.sync.sealing import OperationSealer, new_device_secret
from db.store import DeviceRow, SqlStore, create

T = TypeVar("T")

SATURDAY = dt.date(2027, 1, 2)
"""Another today: nobody is at work."""
OTHER_WORKER = {"name": "Lone Kjær", "title": "Socialrådgiver", "phone": "07 10 00 01"}


@dataclass(frozen=True)
class Filled:
    """A store with the demo in it."""

    store: SqlStore
    clock: FixedClock
    summary: Summary

    def read(self, fn: Callable[[Reader], T]) -> T:
        """Ask the store."""
        return self.store.read(fn)


def empty(folder: Path) -> tuple[SqlStore, FixedClock]:
    """Make an encrypted store with a key of its own."""
    clock = FixedClock(dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC))
    row = DeviceRow(new_id(), new_id(), new_id(), new_device_secret())
    path = folder / "store.db"
    return create(path, new_id() * 2, row=row, sealers=OperationSealer, clock=clock), clock


def filled(folder: Path, **options: Any) -> Filled:
    """Make a store and fill it."""
    store, clock = empty(folder)
    return Filled(store, clock, fill(store, clock, **options))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """The demo as it is shown."""
    made = filled(tmp_path_factory.mktemp("demo"), today=TODAY)
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """The same demo in another store."""
    made = filled(tmp_path_factory.mktemp("again"), today=TODAY)
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Another seed, on a Saturday, in the store of another worker, with one child entered twice."""
    store, clock = empty(tmp_path_factory.mktemp("other"))
    store.write(lambda writer: office.found(writer, OTHER_WORKER, {"municipality": "Hedeby Kommune"}))
    summary = fill(store, clock, today=SATURDAY, seed=7, duplicate=True)
    yield Filled(store, clock, summary)
    store.close()


@pytest.fixture(params=["demo", "other"])
def either(request: pytest.FixtureRequest) -> Filled:
    """Each of the two differing stores in turn."""
    found: Filled = request.getfixturevalue(request.param)
    return found
