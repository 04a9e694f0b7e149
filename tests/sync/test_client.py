"""What can stand between a laptop and its hub, each as one named outcome with words and a way out."""

from __future__ import annotations

import dataclasses
import ssl
from collections.abc import Callable

import httpx
import pytest

from caseworker_app.hub import admin
from caseworker_app.hub.core import HubCore
from caseworker_app.sync import signin
from caseworker_app.sync.client import WORDS, HubClient, HubTrouble, Trouble
from caseworker_app.sync.http import HttpNetwork, clean_address
from tests.helpers.stores import founded
from tests.helpers.sync_house import Ask, Desk, Net, Office

ANSWERS = {
    "a guest network's page": (200, b"<html>Log p\xc3\xa5</html>", Trouble.NOT_A_HUB),
    "a redirect to it": (302, b"", Trouble.NOT_A_HUB),
    "another program": (404, b"Not Found", Trouble.NOT_A_HUB),
    "json that is none of ours": (200, b'{"hub": 7}', Trouble.NOT_A_HUB),
    "a proxy that is down": (502, b"Bad Gateway", Trouble.HUB_FAILING),
    "a hub that fails": (500, b'{"error": "internal"}', Trouble.HUB_FAILING),
    "a hub whose database is away": (503, b'{"error": "busy"}', Trouble.HUB_FAILING),
    "a sign-in that has run out": (401, b'{"error": "signed_out"}', Trouble.SIGN_IN_AGAIN),
    "a laptop that was closed": (403, b'{"error": "revoked"}', Trouble.REVOKED),
    "too many tries": (429, b'{"error": "slow_down"}', Trouble.SLOW_DOWN),
    "something that is not ours": (404, b'{"error": "not_found"}', Trouble.REFUSED),
    "bytes that are deep": (200, b"[" * 5000, Trouble.NOT_A_HUB),
}


def over(handler: Callable[[httpx.Request], httpx.Response]) -> HubClient:
    return HubClient(HttpNetwork("https://hub.example", transport=httpx.MockTransport(handler)))


@pytest.mark.parametrize("what", ANSWERS)
def test_an_answer_is_understood_or_named(what: str) -> None:
    status, body, trouble = ANSWERS[what]
    with pytest.raises(HubTrouble) as caught:
        over(lambda _request: httpx.Response(status, content=body)).hub()
    assert caught.value.trouble is trouble
    assert caught.value.ways_out


def test_no_answer_and_a_bad_certificate_are_two_things() -> None:
    def silent(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    def expired(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no") from ssl.SSLCertVerificationError("certificate has expired")

    for handler, trouble in ((silent, Trouble.OFFLINE), (expired, Trouble.CERTIFICATE)):
        with pytest.raises(HubTrouble) as caught:
            over(handler).hub()
        assert caught.value.trouble is trouble


def test_every_trouble_has_words_and_a_way_out() -> None:
    assert set(WORDS) == set(Trouble)
    assert all(len(words) > 1 for words in WORDS.values())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hub.example", "https://hub.example"),
        (" https://hub.example/ ", "https://hub.example"),
        ("https://hub.example:8443/sync/", "https://hub.example:8443/sync"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_an_address_is_kept_as_it_is_meant(typed: str, kept: str) -> None:
    assert clean_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "http://hub.example", "ftp://hub.example", "https://a:b@hub.example", "https://hub:x", "a?b=c"],
)
def test_an_address_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(HubTrouble) as caught:
        clean_address(typed)
    assert caught.value.trouble is Trouble.BAD_ADDRESS


def test_a_code_of_another_hub_tells_that_hub_nothing(office: Office) -> None:
    office.house.user("anna")
    code = admin.code_for(office.house.ground, "anna")
    folder = office.folder / "own"
    folder.mkdir()
    desk = Desk(folder, founded(folder), Net(office.house.core))
    office.desks.append(desk)
    for typed in (code[:-1] + ("0" if code[-1] != "0" else "1"), "K7Q2", "", code + "00"):
        with pytest.raises(HubTrouble) as caught:
            desk.sign_in(typed)
        assert caught.value.trouble in (Trouble.OTHER_HUB, Trouble.BAD_CODE)
    assert set(desk.net.asked) <= {"GET /v1/hub"}
    assert desk.sign_in(code.lower()).user_name == "Anna"
    with pytest.raises(HubTrouble) as caught:
        desk.sign_in("AAAA-AAAA-AAAA-AAAA-" + code[-16:])
    assert caught.value.trouble is Trouble.NOT_LET_IN


def test_a_laptop_belongs_to_one_hub(office: Office) -> None:
    anna = office.desk("anna")
    ground = office.house.ground
    other = dataclasses.replace(ground.organisation, hub=b"2" * 16)
    anna.net.core = HubCore(dataclasses.replace(ground, organisation=other))
    before = anna.sync.account()
    with pytest.raises(HubTrouble) as caught:
        anna.sign_in(admin.code_for(ground, "anna"))
    assert caught.value.trouble is Trouble.OTHER_HUB
    assert anna.sync.account() == before
    assert "POST /v1/sign-in" not in anna.net.asked[-1]


def test_signing_out_keeps_what_is_unsent_and_signing_in_again_sends_it(office: Office) -> None:
    anna = office.desk("anna")
    unsent = anna.sync.counts().unsent
    signin.sign_out(anna.sync, anna.client(anna.sync.account()))
    report = anna.once()
    assert report.trouble is not None
    assert report.trouble.trouble is Trouble.SIGN_IN_AGAIN
    assert anna.sync.counts().unsent == unsent > 0
    anna.sign_in(admin.code_for(office.house.ground, "anna"))
    anna.well()
    assert anna.sync.counts().unsent == 0


def test_a_card_with_another_key_than_before_is_refused_and_said(office: Office) -> None:
    anna = office.desk("anna")
    anna.well()
    bo = office.desk("bo")
    anna.sync.pin([], [dataclasses.replace(bo.sync.cards()[0], signing=b"x" * 32)])
    anna.loop = type(anna.loop)(anna.sync, anna.client)
    assert anna.well().keys_changed == ("a laptop",)
    pinned = {card.device: card for card in anna.sync.cards()}[bo.sync.device]
    assert pinned.signing == b"x" * 32


def test_a_portal_in_the_middle_of_a_sync_leaves_everything_as_it_was(office: Office) -> None:
    anna = office.desk("anna")

    def portal(_method: str, path: str, ask: Ask) -> tuple[int, bytes]:
        return (200, b"<html>") if "operations" in path else ask()

    anna.net.between = portal
    report = anna.once()
    assert report.trouble is not None
    assert report.trouble.trouble is Trouble.NOT_A_HUB
    assert report.pushed == 0
    anna.net.between = None
    assert anna.well().pushed > 0
