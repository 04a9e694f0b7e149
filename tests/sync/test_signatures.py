"""A row names the one its laptop wrote before it: a signature speaks for many rows, and for none that is not named."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from caseworker_app.domain.chain import row_name
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import CLEAR_KEY, Header, Operation, Payload, Sealed
from caseworker_app.sync.messages import decode_header
from caseworker_app.sync.sealing import OperationSealer, new_device_secret
from caseworker_app.sync.wire import LogRow
from db.sync_signatures import signed

DEVICES = (b"anna's laptop...", b"bo's laptop.....", b"an unknown one..")
SEALERS = {device: OperationSealer(new_device_secret(), device) for device in DEVICES}
KNOWN = {device: SEALERS[device].public_key for device in DEVICES[:2]}


@dataclass
class Log:
    """Rows of one stream by several laptops, each naming its own last one; how often a signature was checked."""

    checked: int = 0
    rows: list[LogRow] = field(default_factory=list)
    last: dict[Id, bytes] = field(default_factory=dict)

    def write(self, device: Id, *, named: bool = True) -> LogRow:
        number = len(self.rows) + 1
        ident = number.to_bytes(16, "big")
        header = Header(
            ident, ident, b"s" * 16, b"i" * 16, number, device, 0, 0, 0, "UTC", 1, CLEAR_KEY,
            before=self.last.get(device) if named else None,
        )  # fmt: skip
        sealed = SEALERS[device].seal(Operation(header, Payload(f"row {number}", ())), b"")
        self.last[device] = row_name(sealed.header, sealed.payload, sealed.signature)
        row = LogRow(number, b"", 0, device, sealed.header, sealed.payload, sealed.signature)
        self.rows.append(row)
        return row

    def signed(self) -> set[int]:
        return signed(readable(self.rows), KNOWN.get, self.verify)

    def verify(self, sealed: Sealed, key: bytes) -> bool:
        self.checked += 1
        return holds(sealed, key)


def holds(sealed: Sealed, key: bytes) -> bool:
    return SEALERS[DEVICES[0]].verify(sealed, key)


def readable(rows: list[LogRow]) -> list[tuple[LogRow, Header]]:
    found = []
    for row in rows:
        try:
            found.append((row, decode_header(row.header)))
        except ValueError:
            continue
    return found


def each_by_itself(rows: list[LogRow]) -> set[int]:
    return {
        row.seq
        for row, _header in readable(rows)
        if row.device in KNOWN and holds(Sealed(row.header, row.payload, row.signature), KNOWN[row.device])
    }


def flipped(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


TAMPERED = st.tuples(
    st.sampled_from(["header", "payload", "signature", "device", "left out", "moved", "another's signature"]),
    st.integers(0, 30),
    st.integers(0, 400),
)


@given(
    st.lists(st.tuples(st.sampled_from(DEVICES), st.booleans()), min_size=1, max_size=25),
    st.lists(TAMPERED, max_size=6),
)
def test_whatever_a_hub_does_to_rows_those_are_believed_whose_own_signature_holds(
    written: list[tuple[Id, bool]], tampered: list[tuple[str, int, int]]
) -> None:
    log = Log()
    for device, named in written:
        log.write(device, named=named)
    rows = log.rows
    for what, place, at in tampered:
        if not rows:
            break
        place %= len(rows)
        row, other = rows[place], rows[at % len(rows)]
        if what == "left out":
            del rows[place]
        elif what == "moved":
            rows.insert(at % len(rows), rows.pop(place))
        elif what == "device":
            rows[place] = with_(row, device=DEVICES[at % 3])
        elif what == "another's signature":
            rows[place] = with_(row, signature=other.signature)
        else:
            rows[place] = with_(row, **{what: flipped(getattr(row, what), at)})
    assert log.signed() == each_by_itself(rows)


def test_of_a_hundred_rows_by_two_laptops_two_signatures_are_checked() -> None:
    log = Log()
    for n in range(100):
        log.write(DEVICES[n % 3 == 0])
    assert log.signed() == set(range(1, 101))
    assert log.checked == 2


def test_rows_that_name_none_are_checked_each() -> None:
    log = Log()
    for _ in range(10):
        log.write(DEVICES[0], named=False)
    assert log.signed() == set(range(1, 11))
    assert log.checked == 10


def test_what_another_laptop_names_is_not_believed_for_that() -> None:
    log = Log()
    forged = log.write(DEVICES[2])
    log.rows[0] = with_(forged, device=DEVICES[0])
    log.last[DEVICES[1]] = log.last[DEVICES[2]]
    log.write(DEVICES[1])
    assert log.signed() == {2}


@pytest.mark.parametrize("part", ["header", "payload", "signature"])
def test_who_signs_nothing_speaks_for_nobody(part: str) -> None:
    log = Log()
    for _ in range(3):
        log.write(DEVICES[0])
    log.rows[0] = with_(log.rows[0], signature=bytes(64))
    log.last[DEVICES[0]] = row_name(log.rows[0].header, log.rows[0].payload, log.rows[0].signature)
    naming = log.write(DEVICES[0])
    assert log.signed() == {1, 2, 3, 4}, "whoever signs a row that names another signs that one too"
    log.rows[3] = with_(naming, **{part: flipped(getattr(naming, part), 9)})
    assert log.signed() == {2, 3}


def test_the_parts_of_a_row_cannot_be_parted_in_another_way_under_the_same_name() -> None:
    assert row_name(b"ab", b"c", b"d") != row_name(b"a", b"bc", b"d") != row_name(b"a", b"b", b"cd")
    assert row_name(b"a", b"", b"b") != row_name(b"", b"a", b"b")


def test_a_header_that_names_none_is_written_as_it_was_before_there_were_names() -> None:
    log = Log()
    first, second = log.write(DEVICES[0]), log.write(DEVICES[0])
    one, other = decode_header(first.header), decode_header(second.header)
    assert one.before is None
    assert other.before == row_name(first.header, first.payload, first.signature)
    assert len(second.header) - len(first.header) == 2 + 32
    assert other._replace(before=None).before is None
