"""Any sequence of commands on a netværkskort: undoing all gives the start, redoing all the end, each step its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.network_map import MapState, NetworkMap
from caseworker_app.services import history, map_versions
from db.verify import faults
from tests.helpers.stores import again, founded, register
from tests.services import map_acts
from tests.services.test_undo_machine import Hand, Nothing, picture

STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(map_acts.ACTS)), st.lists(st.integers(0, 60), min_size=2, max_size=6)),
    min_size=4,
    max_size=24,
)


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    history.DEPTH, before = 1000, history.DEPTH
    folder = tmp_path_factory.mktemp("map-undo")
    store = founded(folder)
    register(store, "Ida Prøve")
    store.close()
    yield folder / "store.db"
    history.DEPTH = before


def walk(store, steps):
    """Do the steps that can be done; return the picture after each."""
    pictures = [picture(store)]
    for name, numbers in steps:
        hand = Hand(store, list(numbers))
        try:
            done = store.write(lambda w, name=name, hand=hand: map_acts.ACTS[name](w, hand))
        except (Nothing, UserError):
            continue
        if done.act_id is not None:
            pictures.append(picture(store))
    return pictures


@settings(max_examples=settings.default.max_examples // 3)
@given(STEPS)
def test_undoing_all_gives_the_start_and_redoing_all_the_end(beginning, steps):
    folder = Path(tempfile.mkdtemp(prefix="map-undo-"))
    shutil.copy(beginning, folder / "store.db")
    store = again(folder)
    try:
        first = [(name, [n, n + 1, n + 2]) for n, name in enumerate(map_acts.FIRST)]
        pictures = walk(store, first + steps)
        assert len(pictures) > len(map_acts.FIRST) - 1
        for shown in reversed(pictures[:-1]):
            store.write(history.undo)
            assert picture(store) == shown
        for shown in pictures[1:]:
            store.write(history.redo)
            assert picture(store) == shown
        kept = [one.id for one in store.read(lambda r: r.find(NetworkMap)) if one.state is not MapState.DRAFT]
        assert all(store.read(lambda r, one=one: map_versions.verify_digest(r, one)) for one in kept)
        assert faults(store) == []
    finally:
        store.close()
        shutil.rmtree(folder)


def test_every_command_is_walked():
    from caseworker_app.services import map_meetings, network_maps

    commands = set(network_maps.__all__) | {
        "keep",
        "draw_on",
        "invite",
        "add_task",
        "settle_task",
        "set_candidate",
    }
    used = set()
    for act in map_acts.ACTS.values():
        used |= set(act.__code__.co_names)
    for helper in (
        map_acts.line,
        map_acts.household,
        map_acts.regroup,
        map_acts.several,
        map_acts.tied,
        map_acts.asked,
    ):
        used |= set(helper.__code__.co_names)
    used |= {editor.__name__ for editor in map_acts.EDITORS.values()}
    reading = {
        "MapIsKept",
        "MapRow",
        "OpenMap",
        "drawable",
        "known",
        "maps_of",
        "not_yet",
        "open_map",
        "same_names",
    }
    assert commands - reading <= used
    assert callable(map_meetings.invite)
