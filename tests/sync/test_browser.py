"""Signing in at the provider: a browser that does as browsers do, a provider that checks what it is given, the real hub."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from caseworker_app.compose.syncing import Syncing
from caseworker_app.hub import admin
from caseworker_app.hub.database import open_engine
from caseworker_app.services.sync_desk import Standing
from caseworker_app.sync import signin
from caseworker_app.sync.browser import BrowserSignIn
from caseworker_app.sync.client import HubClient, HubTrouble, Trouble
from caseworker_app.sync.http import HttpNetwork
from db.store import SqlStore
from tests.helpers.stores import founded
from tests.helpers.sync_house import Net
from tests.helpers.tls_house import Certificates, Reply, Server, serving, trusted_here
from tests.hub.hubs import START_MS, House, make_house

pytestmark = pytest.mark.net
CLIENT = "taet-paa"
JSON = {"Content-Type": "application/json"}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Provider:
    """An OpenID provider that keeps to the letter: codes are for one use, for one challenge, for one address."""

    user: str = "anna"
    says: str = "yes"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    issuer: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    token_endpoint: str = ""
    nonce: str = ""

    def __call__(self, method: str, path: str, body: bytes, _headers: Mapping[str, str]) -> Reply:
        parts = urlsplit(path)
        given = {name: found[0] for name, found in parse_qs(parts.query or body.decode()).items()}
        match method, parts.path:
            case "GET", "/.well-known/openid-configuration":
                return self._said(
                    issuer=self.issuer,
                    authorization_endpoint=f"{self.issuer}/authorize",
                    token_endpoint=self.token_endpoint or f"{self.issuer}/token",
                    jwks_uri=f"{self.issuer}/keys",
                )
            case "GET", "/authorize":
                return self._authorize(given)
            case "POST", "/token":
                return self._token(given)
            case "GET", "/keys":
                numbers = self.key.public_key().public_numbers()
                x, y = (b64(number.to_bytes(32)) for number in (numbers.x, numbers.y))
                return self._said(keys=[{"kty": "EC", "crv": "P-256", "kid": "1", "x": x, "y": y}])
            case _:
                return 404, {}, b""

    @staticmethod
    def _said(status: int = 200, **values: object) -> Reply:
        return status, JSON, json.dumps(values).encode()

    def _authorize(self, given: dict[str, str]) -> Reply:
        assert (given["response_type"], given["client_id"]) == ("code", CLIENT)
        assert given["code_challenge_method"] == "S256"
        assert given["scope"].split() == ["openid"]
        assert given["redirect_uri"].startswith("http://127.0.0.1:")
        code = secrets.token_urlsafe(12)
        self.codes[code] = given
        answer = {"code": code} if self.says == "yes" else {"error": "access_denied"}
        back = urlencode({**answer, "state": given["state"]})
        return 302, {"Location": f"{given['redirect_uri']}?{back}"}, b""

    def _token(self, given: dict[str, str]) -> Reply:
        asked = self.codes.pop(given["code"], None)
        challenge = b64(hashlib.sha256(given["code_verifier"].encode()).digest())
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != given["redirect_uri"]
            or given["client_id"] != CLIENT
        ):
            return self._said(400, error="invalid_grant")
        now = START_MS // 1000
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": self.user, "iat": now, "exp": now + 300,
            "nonce": self.nonce or asked["nonce"],
        }  # fmt: skip
        return self._said(id_token=self._signed(claims), token_type="Bearer")

    def _signed(self, claims: dict[str, object]) -> str:
        head = b64(json.dumps({"alg": "ES256", "kid": "1"}).encode())
        signed = f"{head}.{b64(json.dumps(claims).encode())}"
        r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{b64(r.to_bytes(32) + s.to_bytes(32))}"


class Town:
    """A provider and a hub, both over TLS, and a new laptop."""

    def __init__(self, folder: Path, provider: Provider, at: Server, trust: ssl.SSLContext) -> None:
        self.provider, self.at, self.trust = provider, at, trust
        provider.issuer = at.address
        engine = open_engine(f"sqlite:///{folder / 'hub.db'}")
        self.house: House = make_house(engine, fetch=self.get, by=admin.Provided(at.address, CLIENT))
        self.house.user("anna")
        self.store: SqlStore = founded(folder)
        self.hub = HubClient(Net(self.house.core))
        self.threads: list[threading.Thread] = []
        self.pages: list[httpx.Response] = []

    def get(self, address: str) -> bytes:
        """What the hub fetches of the provider."""
        return self.fetch("GET", address, b"", {})[1]

    def fetch(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        network = HttpNetwork(self.at.address)
        try:
            return network(method, address.removeprefix(self.at.address), body, headers)
        finally:
            network.close()

    def browser(self, address: str) -> None:
        """Do as a browser does: go there, and where one is sent; in its own time."""
        self.run(lambda: self.pages.append(self.open(address)))

    def open(self, address: str) -> httpx.Response:
        with httpx.Client(verify=self.trust, follow_redirects=True) as client:
            return client.get(address)

    def run(self, work: Callable[[], object]) -> None:
        self.threads.append(threading.Thread(target=work))
        self.threads[-1].start()

    def sign_in(
        self, show: Callable[[str], None] | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> str:
        """Sign in; return what came of it."""
        from caseworker_app.sync.wire import next_chain
        from db.sync_store import SqlSyncStore

        sync = SqlSyncStore(self.store, next_chain)
        mark = signin.fingerprint(self.hub.hub().signing)
        browser = BrowserSignIn(self.fetch, show or self.browser, stopped)
        try:
            account = signin.by_provider(sync, self.hub, "https://hub.example", mark, "a laptop", browser)
        except HubTrouble as trouble:
            assert sync.account() is None
            return trouble.trouble.value
        finally:
            for thread in self.threads:
                thread.join()
        return account.user_name


@pytest.fixture
def signer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    return trusted_here(tmp_path, monkeypatch)


@pytest.fixture
def town(tmp_path: Path, signer: Certificates) -> Iterator[Town]:
    provider = Provider()
    with serving(provider, signer.context()) as at:
        made = Town(tmp_path, provider, at, ssl.create_default_context())
        yield made
        made.store.close()
        made.house.ground.engine.dispose()


def test_the_browser_comes_back_and_the_laptop_is_signed_in(town: Town) -> None:
    assert town.sign_in() == "Anna"
    assert town.pages[0].status_code == 200
    assert "signed in" in town.pages[0].text
    assert town.pages[0].headers["Content-Security-Policy"] == "default-src 'none'"
    assert town.provider.codes == {}


def test_an_answer_that_is_not_to_this_try_is_not_looked_at(town: Town) -> None:
    def forged_first(address: str) -> None:
        back = parse_qs(urlsplit(address).query)["redirect_uri"][0]

        def go() -> None:
            for bad in ("?code=stolen&state=guessed", "?code=stolen", "", "/elsewhere"):
                town.pages.append(town.open(back + bad))
            town.pages.append(town.open(address))

        town.run(go)

    assert town.sign_in(forged_first) == "Anna"
    assert [page.status_code for page in town.pages] == [404, 404, 404, 404, 200]


def test_somebody_elses_code_is_of_no_use(town: Town) -> None:
    def injected(address: str) -> None:
        """Another's code is put into this try, with its state."""
        asked = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
        town.provider.codes["theirs"] = {**asked, "code_challenge": b64(b"x" * 32)}
        back = urlencode({"code": "theirs", "state": asked["state"]})
        town.browser(f"{asked['redirect_uri']}?{back}")

    assert town.sign_in(injected) == Trouble.NOT_LET_IN.value


def test_a_token_for_other_keys_is_refused_by_the_hub(town: Town) -> None:
    town.provider.nonce = "of another laptop"
    assert town.sign_in() == Trouble.NOT_LET_IN.value


def test_a_user_the_hub_does_not_know_is_not_let_in(town: Town) -> None:
    town.provider.user = "nobody"
    assert town.sign_in() == Trouble.NOT_LET_IN.value


def test_a_no_at_the_provider_ends_the_wait(town: Town) -> None:
    town.provider.says = "no"
    assert town.sign_in() == Trouble.NO_BROWSER.value
    assert "did not come to its end" in town.pages[0].text


def test_who_gives_up_waits_no_longer(town: Town) -> None:
    shown: list[str] = []
    assert town.sign_in(shown.append, lambda: bool(shown)) == Trouble.NO_BROWSER.value


@pytest.mark.parametrize("spoiled", ["issuer", "token_endpoint"])
def test_a_provider_that_is_not_who_the_hub_named_is_shown_to_nobody(town: Town, spoiled: str) -> None:
    setattr(
        town.provider, spoiled, "http://127.0.0.1:9/token" if spoiled != "issuer" else "https://other.example"
    )
    shown: list[str] = []
    assert town.sign_in(shown.append) == Trouble.NOT_LET_IN.value
    assert shown == []


def test_the_window_signs_in_over_real_tls(town: Town, signer: Certificates) -> None:
    net = Net(town.house.core)

    def answer(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        status, found = net(method, path, body, headers)
        return status, JSON, found

    with serving(answer, signer.context()) as at:
        desk = Syncing(device_name="Annas bærbare")
        desk.begin(town.store)
        found = desk.look(at.address)
        assert found.provider == town.at.address
        desk.sign_in_by_browser(at.address, found.fingerprint, town.browser)
        assert desk.state().standing is Standing.SIGNED_IN
        assert desk.state().user == "Anna"
        desk.rest()
        for thread in town.threads:
            thread.join()
