"""Files beside the log: kept once by their hash, encrypted with everything else, written with the act or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.helpers.stores import again, case, founded, register

MARK = b"%PDF planted marker 8c1f"


def test_a_file_is_kept_once_and_found_by_its_hash(tmp_path: Path) -> None:
    store = founded(tmp_path)
    stream = case(store, register(store)).stream
    first = store.write(lambda w: w.put_blob(stream, MARK * 1000)).result
    assert first == hashlib.sha256(MARK * 1000).digest()
    assert store.write(lambda w: w.put_blob(stream, MARK * 1000)).result == first
    assert store.connection.execute("SELECT count(*), size FROM blobs").fetchone() == (1, len(MARK) * 1000)
    store.close()
    store = again(tmp_path)
    assert store.read(lambda r: r.blob(first)) == MARK * 1000
    assert store.read(lambda r: r.blob(b"\0" * 32)) is None
    store.close()


def test_nothing_of_it_stands_in_clear_on_the_disk(tmp_path: Path) -> None:
    store = founded(tmp_path)
    stream = case(store, register(store)).stream
    store.write(lambda w: w.put_blob(stream, MARK * 5000))
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or MARK not in file.read_bytes(), file.name
    store.close()


def test_an_act_that_fails_keeps_no_file(tmp_path: Path) -> None:
    store = founded(tmp_path)
    stream = case(store, register(store)).stream

    def fail(writer) -> None:
        writer.put_blob(stream, MARK)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.write(fail)
    assert store.connection.execute("SELECT count(*) FROM blobs").fetchone() == (0,)
    store.close()


def test_an_erased_file_comes_back_when_it_is_put_again(tmp_path: Path) -> None:
    store = founded(tmp_path)
    stream = case(store, register(store)).stream
    digest = store.write(lambda w: w.put_blob(stream, MARK)).result
    store.connection.execute("UPDATE blobs SET body = NULL")
    assert store.read(lambda r: r.blob(digest)) is None
    store.write(lambda w: w.put_blob(stream, MARK))
    assert store.read(lambda r: r.blob(digest)) == MARK
    store.close()
