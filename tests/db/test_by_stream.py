"""Things of several cases at once are those of each case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.journal import Entry
from db import reading
from db.store import SqlStore
from tests.helpers.stores import case as case_of
from tests.helpers.stores import founded, register


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


def write(writer, stream, texts):
    writer.act("Write entries")
    made = [writer.new_id() for _ in texts]
    for entry, text in zip(made, texts, strict=True):
        writer.create(Entry(id=entry, stream=stream, heading="Samtale", text=text))
    writer.cancel(Entry, made[0])


@pytest.mark.parametrize("most", [500, 2, 1])
def test_things_of_several_streams_are_those_of_each_stream(store, monkeypatch, most):
    monkeypatch.setattr(reading, "MOST_STREAMS", most)
    streams = [case_of(store, register(store, f"Barn {n} Prøve")).stream for n in range(4)]
    for stream in streams[:3]:
        store.write(lambda w, stream=stream: write(w, stream, ["a", "b", "c"]))
    unread = frozenset({"text"})
    found = store.read(lambda r: r.by_stream(Entry, streams[1:], without=unread))
    alone = store.read(lambda r: {s: r.find(Entry, stream=s, without=unread) for s in streams[1:]})
    assert found == {stream: things for stream, things in alone.items() if things}
    assert list(map(len, found.values())) == [2, 2]


def test_no_stream_has_no_things(store):
    assert store.read(lambda r: r.by_stream(Entry, ())) == {}
