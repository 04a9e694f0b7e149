"""Handing in operations: verdicts, numbers, chains, twins, and what a restored hub gets back."""

from __future__ import annotations

import threading
from dataclasses import replace

from sqlalchemy import select

from caseworker_app.hub import admin, audit, check, tables
from caseworker_app.hub.database import reading
from caseworker_app.sync.wire import (
    MOST_BYTES,
    HeadsAsked,
    LogRow,
    Position,
    Pushed,
    Reason,
    Verdict,
    next_chain,
)
from tests.hub.hubs import House, op_id


def reasons(results: list) -> list:
    return [result.reason if result.verdict is Verdict.QUARANTINED else result.verdict for result in results]


def assert_whole(house: House) -> None:
    assert check.run(house.ground.engine, house.ground.organisation).faults == []


def test_what_is_handed_in_comes_back_in_order_with_its_chain(house: House) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    notes = [anna.note(stream, f"day {day}") for day in range(5)]
    assert reasons(anna.push(opening, *notes)) == [Verdict.ACCEPTED] * 6
    page = anna.pull(stream)
    assert [Pushed(row.header, row.payload, row.signature) for row in page.rows] == [opening, *notes]
    chain = b""
    for number, row in enumerate(page.rows, 1):
        chain = next_chain(chain, op_id(Pushed(row.header, row.payload, row.signature)), row.payload)
        assert (row.seq, row.chain, row.device) == (number, chain, anna.device)
    assert (page.last, page.chain) == (6, b"")
    assert_whole(house)


def test_the_same_operation_again_is_known_and_stands_once(house: House) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    note = anna.note(stream)
    anna.push(opening, note)
    assert reasons(anna.push(note, opening, note)) == [Verdict.KNOWN] * 3
    second = anna.note(stream)
    assert reasons(anna.push(second, second)) == [Verdict.ACCEPTED, Verdict.KNOWN]
    assert anna.pull(stream).last == 3


def test_one_bad_operation_does_not_hold_up_the_others(house: House) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    good, forged = anna.note(stream), anna.note(stream)
    forged = Pushed(forged.header, forged.payload + b"x", forged.signature)
    results = anna.push(opening, forged, Pushed(b"\xc1", b"", b""), good)
    assert reasons(results) == [Verdict.ACCEPTED, Reason.BAD_SIGNATURE, Reason.UNREADABLE, Verdict.ACCEPTED]
    assert [row.reason for row in admin.quarantined(house.ground.engine)] and anna.pull(stream).last == 2


def test_quarantine_keeps_the_exact_bytes_once(house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    stream, opening = anna.begin()
    anna.push(opening)
    foreign = bo.note(stream)
    for _ in range(3):
        assert reasons(bo.push(foreign)) == [Reason.NOT_A_MEMBER]
    (kept,) = admin.quarantined(house.ground.engine)
    assert (kept.pushed, kept.user, kept.stream) == (foreign, bo.user, stream)


def test_an_operation_larger_than_a_batch_is_judged_by_itself(house: House) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    anna.push(opening)
    assert reasons(anna.push(anna.note(stream, "x" * MOST_BYTES))) == [Reason.TOO_LARGE]


def test_a_header_swapped_or_a_payload_moved_is_a_broken_signature(house: House) -> None:
    anna = house.laptop("anna")
    (one, first), (two, second) = anna.begin(), anna.begin()
    anna.push(first, second)
    a, b = anna.note(one), anna.note(two)
    for forged in (
        Pushed(a.header, b.payload, a.signature),
        Pushed(b.header, a.payload, a.signature),
        Pushed(b.header, a.payload, b.signature),
        Pushed(a.header[:-1] + bytes([a.header[-1] ^ 1]), a.payload, a.signature),
    ):
        assert reasons(anna.push(forged))[0] in (Reason.BAD_SIGNATURE, Reason.UNREADABLE)
    assert (anna.pull(one).last, anna.pull(two).last) == (1, 1)


def test_nobody_hands_in_what_she_wrote_in_another_name(house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    stream, opening = anna.begin()
    anna.push(opening)
    bo.author = anna.author
    assert reasons(bo.push(bo.note(stream))) == [Reason.BAD_SIGNATURE]
    bo.author = b"?" * 16
    assert reasons(bo.push(bo.note(stream))) == [Reason.NOT_YOURS]


def test_what_is_not_there_and_what_is_not_hers_look_the_same(house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    stream, opening = anna.begin()
    anna.push(opening)
    nowhere = house.random(16)
    for one in (stream, nowhere):
        tried = [bo.note(one), bo.share(one, bo.user, "owner")]
        assert reasons(bo.push(*tried)) == [Reason.NOT_A_MEMBER] * 2
    with reading(house.ground.engine) as connection:
        known = connection.execute(select(tables.stream_head.c.stream_id)).scalars().all()
    assert known == [stream]


def test_a_clone_is_told_that_it_is_one_even_when_the_first_answer_was_lost(house: House) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    anna.push(opening)
    before = anna.seq
    anna.push(anna.note(stream, "on the first laptop"))
    anna.seq = before
    twin = anna.note(stream, "on its clone")
    for verdict in (Verdict.ACCEPTED, Verdict.KNOWN):
        (result,) = anna.push(twin)
        assert (result.verdict, result.twin) == (verdict, True)
    anna.incarnation = house.random(16)
    assert not anna.push(anna.note(stream))[0].twin
    assert_whole(house)


def test_twins_in_one_batch_and_in_different_streams_are_seen(house: House) -> None:
    anna = house.laptop("anna")
    (one, first), (two, second) = anna.begin(), anna.begin()
    anna.push(first, second)
    a = anna.note(one)
    anna.seq -= 1
    b = anna.note(two)
    assert [result.twin for result in anna.push(a, b)] == [False, True]


def test_another_laptop_with_the_same_incarnation_is_no_twin(house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    bo.incarnation = anna.incarnation
    _one, first = anna.begin()
    _two, second = bo.begin()
    assert not anna.push(first)[0].twin
    assert not bo.push(second)[0].twin


def test_a_reader_writes_nothing_and_a_member_shares_nothing(house: House) -> None:
    anna, bo, clara = house.laptop("anna"), house.laptop("bo"), house.laptop("clara")
    stream, opening = anna.begin()
    anna.push(opening, anna.share(stream, bo.user, "member"), anna.share(stream, clara.user, "reader"))
    assert reasons(bo.push(bo.note(stream))) == [Verdict.ACCEPTED]
    assert reasons(clara.push(clara.note(stream))) == [Reason.READ_ONLY]
    assert reasons(bo.push(bo.share(stream, clara.user, "member"))) == [Reason.READ_ONLY]
    assert bo.pull(stream).last == clara.pull(stream).last == 4
    assert_whole(house)


def test_who_was_shared_with_in_a_batch_may_write_from_there_on(house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    stream, opening = anna.begin()
    early, late = bo.note(stream), bo.note(stream)
    shared = anna.share(stream, bo.user, "member")
    assert reasons(anna.push(opening, early, shared, late)) == [
        Verdict.ACCEPTED,
        Reason.NOT_A_MEMBER,
        Verdict.ACCEPTED,
        Verdict.ACCEPTED,
    ]


def test_a_revoked_laptop_hands_in_what_it_has_into_quarantine(house: House) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    anna.push(opening)
    admin.revoke_device(house.ground, anna.device)
    note = anna.note(stream)
    assert reasons(anna.push(note, note)) == [Reason.REVOKED] * 2
    (kept,) = admin.quarantined(house.ground.engine)
    assert (kept.pushed, kept.reason) == (note, Reason.REVOKED)


def test_a_revoked_user_hands_in_into_quarantine_on_every_laptop(house: House) -> None:
    laptops = [house.laptop("anna"), house.laptop("anna")]
    admin.revoke_user(house.ground, "anna")
    for laptop in laptops:
        assert reasons(laptop.push(laptop.begin()[1])) == [Reason.REVOKED]


def test_members_bring_a_restored_hub_back_to_where_it_was(engine, house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    stream, opening = anna.begin()
    rows = [opening, anna.note(stream), anna.share(stream, bo.user, "member"), anna.note(stream)]
    anna.push(*rows)
    rows.append(bo.note(stream))
    bo.push(rows[-1])
    before = bo.pull(stream)
    forget_streams(house)
    seen = Position(before.last, before.rows[-1].chain)
    assert house.core.heads(bo.token, HeadsAsked({stream.hex(): seen})).differing == (stream.hex(),)
    assert reasons(bo.push(*rows)) == [Verdict.ACCEPTED] * 5
    assert bo.pull(stream).rows == before.rows
    assert_whole(house)


def test_what_a_revoked_laptop_wrote_is_brought_back_by_a_member(house: House) -> None:
    anna, bo, clara = house.laptop("anna"), house.laptop("bo"), house.laptop("clara")
    stream, opening = anna.begin()
    rows = [opening, anna.note(stream), anna.share(stream, bo.user, "member"), anna.note(stream)]
    anna.push(*rows[:3])
    admin.revoke_device(house.ground, anna.device)
    assert reasons(clara.push(rows[3])) == [Reason.REVOKED]
    assert reasons(bo.push(rows[3])) == [Verdict.ACCEPTED]
    forget_streams(house)
    assert reasons(bo.push(*rows)) == [Verdict.ACCEPTED] * 4


def forget_streams(house: House) -> None:
    """What a restore to a time before the streams does."""
    gone = (tables.log, tables.stream_head, tables.membership, tables.grants, tables.incarnations)
    with house.ground.engine.begin() as connection:
        for table in gone:
            connection.execute(table.delete())


def test_numbers_are_dense_and_chains_whole_under_eight_writers(house: House) -> None:
    anna = house.laptop("anna")
    writers = [house.laptop(f"writer{number}") for number in range(8)]
    shared, opening = anna.begin()
    anna.push(opening, *(anna.share(shared, one.user, "member") for one in writers))
    faults: list[object] = []

    def write(laptop) -> None:
        try:
            own, first = laptop.begin()
            laptop.push(first)
            for _ in range(6):
                batch = [laptop.note(shared), laptop.note(own), laptop.note(shared)]
                if set(reasons(laptop.push(*batch))) != {Verdict.ACCEPTED}:
                    faults.append(laptop)
                laptop.push(*batch)
        except Exception as error:  # noqa: BLE001 - it would be lost in the thread
            faults.append(error)

    threads = [threading.Thread(target=write, args=(one,)) for one in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    page = anna.pull(shared)
    assert [row.seq for row in page.rows] == list(range(1, 9 + 8 * 12 + 1))
    assert_whole(house)


def test_the_end_of_a_log_comes_beside_its_beginning_when_it_is_asked_for(house: House) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    anna.push(opening, *(anna.note(stream, f"day {day}") for day in range(9)))
    whole = anna.pull(stream).rows

    def asked(after: int, limit: int, tail: int) -> tuple[tuple[LogRow, ...], tuple[LogRow, ...]]:
        page = house.core.log(anna.token, stream, after, limit, tail)
        assert page.last == 10
        return page.rows, page.tail

    assert asked(0, 3, 2) == (whole[:3], whole[8:])
    assert asked(0, 3, 7) == (whole[:3], whole[3:])
    assert asked(0, 3, 500) == (whole[:3], whole[3:]), "rows that come in the page do not come twice"
    assert asked(0, 10, 2) == (whole, ())
    assert asked(10, 5, 2) == ((), ())
    assert asked(0, 3, 0) == (whole[:3], ())
    assert noted_reads(house)[1:3] == [(1, 3), (9, 10)]


def noted_reads(house: House) -> list[tuple[int, int]]:
    asked = select(tables.audit.c.first_seq, tables.audit.c.last_seq).where(
        tables.audit.c.action == audit.READ
    )
    with reading(house.ground.engine) as connection:
        return [tuple(row) for row in connection.execute(asked.order_by(tables.audit.c.no))]


def test_an_end_that_is_too_large_does_not_come(house: House) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    anna.push(opening, *(anna.note(stream, "x" * 2_000) for _ in range(5)))
    house.core.ground = replace(house.ground, limits=replace(house.ground.limits, log_page_bytes=3_000))
    page = house.core.log(anna.token, stream, 0, 1, 4)
    assert (len(page.rows), page.tail) == (1, ())
    assert len(house.core.log(anna.token, stream, 0, 1, 1).tail) == 1
    house.core.ground = replace(
        house.ground, limits=replace(house.ground.limits, log_page_bytes=1 << 20, log_tail=2)
    )
    assert len(house.core.log(anna.token, stream, 0, 1, 4).tail) == 2
