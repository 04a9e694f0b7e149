"""Files go apart from rows: sealed, by hash, from where it broke off; what has not come is on its way."""

from __future__ import annotations

import hashlib

from caseworker_app.domain.membership import Role
from caseworker_app.sync import sharing
from caseworker_app.sync.wire import MOST_BLOB_PIECE
from db.verify import faults
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Ask, Office

BODY = b"Fortroligt brev " * (MOST_BLOB_PIECE // 7)


def test_a_file_is_sent_from_where_it_broke_off_and_fetched_by_the_colleague(office: Office) -> None:
    anna, bo = office.desk("anna"), office.desk("bo")
    emma = register(anna.store)
    home = case(anna.store, emma).stream
    digest = anna.store.write(lambda w: w.put_blob(home, BODY)).result
    sharing.share(anna.sync, home, bo.user, Role.MEMBER)
    pieces = 0

    def breaks(method: str, path: str, ask: Ask) -> tuple[int, bytes]:
        nonlocal pieces
        if "/blobs/" in path and method == "PUT":
            pieces += 1
            if pieces == 2:
                raise OSError
        return ask()

    anna.net.between = breaks
    assert anna.once().trouble is not None
    bo.well()
    assert [file.sha256 for file in bo.sync.files_to_fetch(9)] == [digest]
    assert bo.store.read(lambda r: r.blob(digest)) is None
    assert anna.well().files_sent == 1
    assert anna.sync.files_to_send(9) == []
    assert bo.well().files_come == 1
    assert bo.store.read(lambda r: r.blob(digest)) == BODY
    assert ("file", digest[:16]) in bo.touched
    with office.house.ground.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT body FROM blob_pieces").scalars().all()
    assert stored
    assert all(b"Fortroligt" not in body for body in stored)
    assert faults(anna.store) == faults(bo.store) == []


def test_a_file_that_is_not_what_was_named_is_not_kept(office: Office) -> None:
    anna = office.desk("anna")
    other = office.desk("anna")
    emma = register(anna.store)
    home = case(anna.store, emma).stream
    digest = anna.store.write(lambda w: w.put_blob(home, b"a letter")).result
    office.settle(anna, other)
    assert other.store.read(lambda r: r.blob(digest)) == b"a letter"
    other.store.connection.execute("UPDATE blobs SET body = NULL")
    (file,) = other.sync.files_to_fetch(9)
    assert not other.sync.take_file(file, b"something else")
    assert other.store.read(lambda r: r.blob(digest)) is None
    assert other.well().files_come == 1


def test_a_file_has_the_same_name_each_time_it_is_sealed(office: Office) -> None:
    anna = office.desk("anna")
    emma = register(anna.store)
    home = case(anna.store, emma).stream
    anna.store.write(lambda w: w.put_blob(home, b"a letter"))
    (file,) = anna.sync.files_to_send(9)
    first = anna.sync.sealed_file(file)
    (named,) = anna.sync.files_to_send(9)
    assert first is not None
    assert anna.sync.sealed_file(named) == first
    assert hashlib.sha256(first[1]).digest() == first[0].name == named.name
