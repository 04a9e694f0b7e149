"""Real TLS over loopback: a certificate that is not good is refused in words before anything is said, and what answers in
the hub's place changes nothing."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from caseworker_app import i18n
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.http import HttpNetwork
from db.verify import faults
from tests.helpers.stores import register
from tests.helpers.sync_house import Desk, Net, Office
from tests.helpers.tls_house import (
    ELSEWHERE,
    Answer,
    Certificates,
    Reply,
    certificates,
    serving,
    trusted_here,
)

pytestmark = pytest.mark.net
PAGE = b"<!doctype html><title>Gratis Wi-Fi</title><form action=/login>Log p\xc3\xa5</form>"
PORTALS: Mapping[str, Reply] = {
    "a page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "a page that says it is JSON": (200, {"Content-Type": "application/json"}, PAGE),
    "another place": (302, {"Location": "https://wifi.example/login"}, b""),
    "network authentication required": (511, {"Content-Type": "text/html"}, PAGE),
    "an empty page": (200, {}, b""),
}


@pytest.fixture
def signer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """A signer this machine trusts."""
    return trusted_here(tmp_path, monkeypatch)


@pytest.fixture
def networks() -> Iterator[list[HttpNetwork]]:
    """Connections that are closed at the end."""
    made: list[HttpNetwork] = []
    yield made
    for one in made:
        one.close()


def hub(office: Office) -> Answer:
    """Answer as the office's hub does."""
    net = Net(office.house.core)

    def answer(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        status, found = net(method, path, body, headers)
        return status, {}, found

    return answer


def silent(*_asked: object) -> Reply:
    return 200, {}, b"{}"


def written(office: Office) -> Desk:
    """Return a laptop that is signed in and has something to send."""
    anna = office.desk("anna")
    anna.well()
    register(anna.store)
    return anna


def refused(network: HttpNetwork) -> HubTrouble:
    with pytest.raises(HubTrouble) as caught:
        HubClient(network, "a token").hub()
    return caught.value


def test_a_laptop_syncs_over_tls_with_a_certificate_that_is_good(
    office: Office, signer: Certificates, networks: list[HttpNetwork]
) -> None:
    anna = written(office)
    with serving(hub(office), signer.context()) as server:
        networks.append(HttpNetwork(server.address))
        anna.net = networks[0]  # type: ignore[assignment]
        assert anna.well().pushed == 2
        assert anna.sync.counts().unsent == 0


BAD: Mapping[str, dict[str, Any]] = {
    "it ran out": {"ends": dt.timedelta(days=-1)},
    "it is for another name": {"names": ELSEWHERE},
    "it signed itself": {"by_itself": True},
    "nobody knows its signer": {},
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_certificate_is_refused_in_words_and_nothing_is_said(
    why: str, office: Office, signer: Certificates, networks: list[HttpNetwork], tmp_path: Path
) -> None:
    anna = written(office)
    unsent = anna.sync.counts().unsent
    who = certificates(tmp_path, "stranger") if why.startswith("nobody") else signer
    with serving(hub(office), who.context(**BAD[why])) as server:
        networks.append(HttpNetwork(server.address))
        trouble = refused(networks[0])
        assert trouble.trouble is Trouble.CERTIFICATE
        sentence, ways = i18n.translate_error(trouble)
        assert "certifikat" in sentence
        assert "Intet blev sendt" in sentence
        assert ways
        anna.net = networks[0]  # type: ignore[assignment]
        report = anna.once()
        assert report.trouble is not None
        assert report.trouble.trouble is Trouble.CERTIFICATE
        assert server.asked == []
    assert anna.sync.counts().unsent == unsent > 0


@pytest.mark.parametrize("portal", PORTALS)
def test_what_answers_in_the_hubs_place_is_named_and_changes_nothing(
    portal: str, office: Office, signer: Certificates, networks: list[HttpNetwork]
) -> None:
    anna = written(office)
    before = anna.sync.counts()
    with serving(lambda *_asked: PORTALS[portal], signer.context()) as server:
        networks.append(HttpNetwork(server.address))
        anna.net = networks[0]  # type: ignore[assignment]
        report = anna.once()
        assert report.trouble is not None
        expected = Trouble.HUB_FAILING if portal.startswith("network") else Trouble.NOT_A_HUB
        assert report.trouble.trouble is expected
        assert server.asked == ["POST /v1/heads"]
        assert (report.pushed, report.received, report.confirmed) == (0, 0, 0)
        assert anna.sync.counts() == before
        server.answer = hub(office)
        assert anna.well().pushed == 2
    assert faults(anna.store) == []


def test_a_portal_that_speaks_no_tls_is_no_hub(signer: Certificates, networks: list[HttpNetwork]) -> None:
    with serving(lambda *_asked: PORTALS["a page"], None) as server:
        networks.append(HttpNetwork(f"https://127.0.0.1:{server.port}"))
        assert refused(networks[0]).trouble is Trouble.NOT_A_HUB
        assert server.asked == []


def test_a_connection_that_is_cut_in_the_handshake_is_no_answer(
    signer: Certificates, networks: list[HttpNetwork]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:

        def hang_up() -> None:
            door.accept()[0].close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        networks.append(HttpNetwork(f"https://127.0.0.1:{door.getsockname()[1]}"))
        assert refused(networks[0]).trouble is Trouble.OFFLINE
        thread.join()


def test_nobody_at_the_port_is_no_answer(signer: Certificates, networks: list[HttpNetwork]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    networks.append(HttpNetwork(f"https://127.0.0.1:{port}"))
    assert refused(networks[0]).trouble is Trouble.OFFLINE


def test_a_certificate_is_looked_at_anew_with_each_connection(
    office: Office, signer: Certificates, networks: list[HttpNetwork]
) -> None:
    anna = written(office)
    context = signer.context()
    with serving(hub(office), context) as server:
        networks.append(HttpNetwork(server.address))
        anna.net = networks[0]  # type: ignore[assignment]
        anna.well()
    with serving(silent, signer.context(ends=dt.timedelta(days=-1))) as later:
        networks.append(HttpNetwork(later.address))
        assert refused(networks[1]).trouble is Trouble.CERTIFICATE
