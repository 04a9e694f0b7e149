"""Files in pieces: taken up again, checked, and only for members."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import replace as changed

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseworker_app.hub.blobs import Elsewhere, Piece
from caseworker_app.hub.ground import Refused
from caseworker_app.hub.ranges import asked_range, piece_of
from caseworker_app.sync.wire import MOST_BLOB_PIECE, BlobState
from tests.hub.hubs import House, Laptop
from tests.hub.web import Web

BODY = bytes(range(256)) * 9000
HASH = hashlib.sha256(BODY).digest()


@pytest.fixture
def anna(house: House) -> Laptop:
    made = house.laptop("anna")
    made.stream, opening = made.begin()  # type: ignore[attr-defined]
    made.push(opening)
    return made


@pytest.fixture
def web(house: House) -> Iterator[Web]:
    with Web(house.core) as found:
        yield found


def put(laptop: Laptop, start: int, end: int, body: bytes = BODY, sha256: bytes = HASH) -> BlobState:
    piece = Piece(start, len(body), body[start:end])
    return laptop.house.core.put_blob(laptop.token, laptop.stream, sha256, piece)  # type: ignore[attr-defined]


def code(call) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, caught.value.code


def test_a_file_sent_in_pieces_comes_back_whole(anna: Laptop) -> None:
    core, stream = anna.house.core, anna.stream  # type: ignore[attr-defined]
    cuts = [0, 700_000, 1_500_000, len(BODY)]
    for start, end in itertools.pairwise(cuts):
        assert code(lambda: core.get_blob(anna.token, stream, HASH)) == (404, "not_found")
        state = put(anna, start, end)
        assert (
            state == BlobState(len(BODY), end, end == len(BODY)) == core.blob_state(anna.token, stream, HASH)
        )
    found = b""
    while len(found) < len(BODY):
        start, size, part = core.get_blob(anna.token, stream, HASH, len(found), None)
        assert (start, size, len(part) <= MOST_BLOB_PIECE) == (len(found), len(BODY), True)
        found += part
    assert found == BODY
    assert core.get_blob(anna.token, stream, HASH, 699_990, 1_500_010)[2] == BODY[699_990:1_500_011]


def test_a_piece_sent_twice_or_from_elsewhere_is_told_where_to_go_on(anna: Laptop) -> None:
    put(anna, 0, 1000)
    assert put(anna, 0, 1000) == put(anna, 200, 900) == BlobState(len(BODY), 1000, False)
    for start, end in ((500, 1500), (2000, 3000)):
        with pytest.raises(Elsewhere) as caught:
            put(anna, start, end)
        assert caught.value.state == BlobState(len(BODY), 1000, False)


def test_a_file_that_is_not_what_its_hash_says_is_forgotten_and_may_be_sent_again(anna: Laptop) -> None:
    wrong = b"x" * 10
    assert code(lambda: put(anna, 0, 10, wrong)) == (422, "wrong_hash")
    assert code(lambda: anna.house.core.blob_state(anna.token, anna.stream, HASH)) == (404, "not_found")  # type: ignore[attr-defined]
    assert put(anna, 0, 1_000_000).have == 1_000_000
    assert code(lambda: put(anna, 0, 10, wrong)) == (409, "other_size")


def test_an_empty_file_is_a_file(anna: Laptop) -> None:
    empty = hashlib.sha256(b"").digest()
    assert put(anna, 0, 0, b"", empty) == BlobState(0, 0, True)
    assert anna.house.core.get_blob(anna.token, anna.stream, empty) == (0, 0, b"")  # type: ignore[attr-defined]


def test_sizes_and_places_beyond_the_limits_are_refused(anna: Laptop) -> None:
    core, stream = anna.house.core, anna.stream  # type: ignore[attr-defined]
    limit = core.ground.limits.blob_bytes
    for piece, answer in (
        (Piece(0, limit + 1, b"x"), (413, "too_large")),
        (Piece(0, 2 << 20, b"x" * (MOST_BLOB_PIECE + 1)), (413, "too_large")),
        (Piece(5, 6, b"xx"), (400, "malformed")),
        (Piece(0, 6, b""), (400, "malformed")),
    ):
        assert code(lambda: core.put_blob(anna.token, stream, HASH, piece)) == answer  # noqa: B023
    put(anna, 0, 3, b"abc", hashlib.sha256(b"abc").digest())
    small = hashlib.sha256(b"abc").digest()
    assert code(lambda: core.get_blob(anna.token, stream, small, 3, 9)) == (416, "no_such_range")
    assert core.get_blob(anna.token, stream, small, 1, 900) == (1, 3, b"bc")


def test_knowing_a_hash_gives_nothing_in_another_stream(anna: Laptop) -> None:
    abc = hashlib.sha256(b"abc").digest()
    put(anna, 0, 3, b"abc", abc)
    bo = anna.house.laptop("bo")
    bo.stream, opening = bo.begin()  # type: ignore[attr-defined]
    bo.push(opening)
    core = anna.house.core
    assert code(lambda: core.get_blob(bo.token, bo.stream, abc)) == (404, "not_found")  # type: ignore[attr-defined]
    assert code(lambda: core.blob_state(bo.token, bo.stream, abc)) == (404, "not_found")  # type: ignore[attr-defined]


def test_over_http_pieces_and_ranges_are_said_in_headers(anna: Laptop, web: Web) -> None:
    path = f"/v1/blobs/{HASH.hex()}?stream={anna.stream.hex()}"  # type: ignore[attr-defined]
    mine = {"Authorization": f"Bearer {anna.token}"}

    def send(start: int, end: int):
        span = {"Content-Range": f"bytes {start}-{end - 1}/{len(BODY)}"}
        return web.request("PUT", path, content=BODY[start:end], headers=mine | span)

    assert send(0, 1 << 20).json() == {"size": len(BODY), "have": 1 << 20, "done": False}
    ahead = send(1_500_000, 1_600_000)
    assert (ahead.status_code, ahead.json()["have"]) == (409, 1 << 20)
    send(1 << 20, 2 << 20)
    assert send(2 << 20, len(BODY)).json()["done"] is True
    head = web.request("HEAD", path, headers=mine)
    assert (head.headers["Blob-Size"], head.headers["Blob-Done"], head.content) == (str(len(BODY)), "1", b"")
    part = web.request("GET", path, headers=mine | {"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, BODY[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(BODY)}"
    assert web.request("GET", path, headers=mine).json() == {"error": "range_needed"}


@pytest.mark.parametrize(
    "text", ["", "bytes 0-1/2", "bytes 0-2/2", "bytes=0-2/3", "bytes ٠-2/3", "bytes */0"]
)
def test_a_content_range_that_is_not_the_body_is_malformed(text: str) -> None:
    assert code(lambda: piece_of(text, b"abc")) == (400, "malformed")


@pytest.mark.parametrize(
    "text", ["", "bytes=", "bytes=-5", "bytes=5-4", "bytes=0-1,3-4", "lines=1-2", "bytes=1-" + "9" * 20]
)
def test_a_range_we_do_not_take_is_malformed(text: str) -> None:
    assert code(lambda: asked_range(text)) == (400, "malformed")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    cuts=st.sets(st.integers(1, 2999), max_size=6),
    span=st.tuples(st.integers(0, 2999), st.integers(0, 2999)),
    salt=st.binary(min_size=4, max_size=4),
)
def test_any_part_of_a_file_sent_in_any_pieces_is_that_part(
    anna: Laptop, cuts: set[int], span: tuple[int, int], salt: bytes
) -> None:
    body = hashlib.shake_128(salt).digest(3000)
    sha256 = hashlib.sha256(body).digest()
    places = [0, *sorted(cuts), len(body)]
    for start, end in itertools.pairwise(places):
        put(anna, start, end, body, sha256)
    first, last = sorted(span)
    assert anna.house.core.get_blob(anna.token, anna.stream, sha256, first, last)[2] == body[first : last + 1]  # type: ignore[attr-defined]


def test_a_large_log_comes_in_pages_of_about_a_mebibyte(house: House, anna: Laptop) -> None:
    house.core.ground = changed(house.ground, limits=changed(house.ground.limits, log_page=4))
    notes = [anna.note(anna.stream, "x" * 400_000) for _ in range(4)]  # type: ignore[attr-defined]
    for note in notes:
        anna.push(note)
    pages, after = [], 0
    while (page := anna.pull(anna.stream, after)).rows:  # type: ignore[attr-defined]
        pages.append([row.seq for row in page.rows])
        after = page.rows[-1].seq
    assert pages == [[1, 2, 3], [4, 5]]
    huge = anna.note(anna.stream, "x" * 1_000_000)  # type: ignore[attr-defined]
    anna.push(huge)
    assert [row.seq for row in anna.pull(anna.stream, 5).rows] == [6]  # type: ignore[attr-defined]
