"""The hub in a process of its own, on a real socket."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from caseworker_app.domain.errors import UserError
from caseworker_app.hub.serve import Served, fetch, listening, serve
from tests.helpers.source import ROOT
from tests.hub.hubs import House

pytestmark = [pytest.mark.net, pytest.mark.slow]
SERVE = """
import sys
from caseworker_app.hub.serve import Served, serve
serve(Served(sys.argv[1], sys.argv[2], workers=int(sys.argv[3])))
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@pytest.fixture(params=[1, 2])
def address(request: pytest.FixtureRequest, house: House, url: str) -> Iterator[str]:
    listen = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVE, url, listen, str(request.param)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ,
    )  # fmt: skip
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            httpx.get(f"http://{listen}/v1/health")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield f"http://{listen}"
    process.send_signal(signal.SIGTERM)
    output, _none = process.communicate(timeout=20)
    assert output == b""


def test_a_kept_connection_is_answered_at_once_and_nothing_is_said_on_the_terminal(
    address: str, house: House
) -> None:
    anna = house.laptop("anna")
    stream, opening = anna.begin()
    anna.push(opening)
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {anna.token}"}) as client:
        took = []
        for _ in range(30):
            begun = time.perf_counter()
            assert (
                client.post("/v1/heads", content=b'{"streams":{}}').json()["news"][stream.hex()]["seq"] == 1
            )
            took.append(time.perf_counter() - begun)
        assert sorted(took)[len(took) // 2] < 0.035
        client.get("/v1/streams/" + stream.hex() + "/log?after=%00")


def test_a_socket_that_is_listened_on_answers_small_things_at_once() -> None:
    with listening("127.0.0.1:0") as bound:
        bound.listen()
        with socket.create_connection(bound.getsockname()) as client:
            there, _peer = bound.accept()
            with there:
                assert there.proto == socket.IPPROTO_TCP
                assert there.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert client


@pytest.mark.parametrize("place", ["127.0.0.1", "127.0.0.1:99999", "nowhere.invalid:1", "127.0.0.1:x", ""])
def test_an_address_that_is_none_is_refused_in_words(place: str) -> None:
    with pytest.raises(UserError, match="cannot listen"):
        listening(place)


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="together"):
        serve(Served("sqlite://", cert=tmp_path / "cert.pem"))


def test_the_providers_keys_are_fetched_over_https_only() -> None:
    for address in ("http://login.example.invalid/", "file:///etc/passwd", "ftp://x.invalid/"):
        with pytest.raises(OSError, match="https"):
            fetch(address)
