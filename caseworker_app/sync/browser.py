"""Signing in at the municipality's provider: OpenID Connect, authorization code with PKCE (RFC 7636), and the browser's
answer caught on this very computer (RFC 8252)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from caseworker_app.domain.phrases import N_
from caseworker_app.sync.client import HubTrouble, Trouble
from caseworker_app.sync.wire import HubAnswer

WAIT_S = 300.0
_STEP_S = 0.25
_CALLBACK = "/signed-in"
Fetch = Callable[[str, str, bytes, Mapping[str, str]], tuple[int, bytes]]
"""``(method, address, body, headers) -> (status, body)`` to any https address."""
DONE = N_("You are signed in. Close this page and go back to Tæt på.")
NOT_DONE = N_("The sign-in did not come to its end. Close this page and try again in Tæt på.")


@dataclass
class Challenge:
    """What binds the provider's answer to this very try: kept here, and shown only as a hash."""

    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def hashed(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class BrowserSignIn:
    """One try. ``show`` opens an address in the browser; ``stopped`` says whether the user gave up."""

    def __init__(
        self,
        fetch: Fetch,
        show: Callable[[str], None],
        stopped: Callable[[], bool],
        say: Callable[[str], str] = str,
        wait_s: float = WAIT_S,
    ) -> None:
        self._fetch, self._show, self._stopped, self._say, self._wait_s = fetch, show, stopped, say, wait_s

    def __call__(self, hub: HubAnswer, nonce: str) -> str:
        """Return the ``id_token``. Raises :class:`HubTrouble`."""
        if not hub.issuer.startswith("https://") or not hub.client:
            raise HubTrouble(Trouble.NOT_LET_IN, code="no provider")
        about = self._ask("GET", f"{hub.issuer.rstrip('/')}/.well-known/openid-configuration")
        begin, end = about.get("authorization_endpoint"), about.get("token_endpoint")
        if about.get("issuer") != hub.issuer or not (_is_safe(begin) and _is_safe(end)):
            raise HubTrouble(Trouble.NOT_LET_IN, code="provider")
        challenge = Challenge()
        with _Catcher(challenge.state, self._say) as catcher:
            asked = {
                "response_type": "code",
                "client_id": hub.client,
                "redirect_uri": catcher.address,
                "scope": "openid",
                "state": challenge.state,
                "nonce": nonce,
                "code_challenge": challenge.hashed,
                "code_challenge_method": "S256",
            }
            joint = "&" if "?" in str(begin) else "?"
            self._show(f"{begin}{joint}{urlencode(asked)}")
            code = catcher.wait(self._stopped, self._wait_s)
        handed = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": catcher.address,
            "client_id": hub.client,
            "code_verifier": challenge.verifier,
        }
        token = self._ask("POST", str(end), urlencode(handed).encode()).get("id_token")
        if not isinstance(token, str) or not token:
            raise HubTrouble(Trouble.NOT_LET_IN, code="no token")
        return token

    def _ask(self, method: str, address: str, body: bytes = b"") -> dict[str, Any]:
        headers = {"Accept": "application/json"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            status, answer = self._fetch(method, address, body, headers)
            found = msgspec.json.decode(answer) if status == 200 else None
        except OSError:
            raise HubTrouble(Trouble.OFFLINE) from None
        except (msgspec.DecodeError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise HubTrouble(Trouble.NOT_LET_IN, code="provider")
        return found


def _is_safe(address: object) -> bool:
    return isinstance(address, str) and address.startswith("https://")


class _Catcher(HTTPServer):
    """Waits on a loopback port of its own for the browser to come back with the code."""

    def __init__(self, state: str, say: Callable[[str], str]) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.timeout = _STEP_S
        self.state, self.say = state, say
        self.code = ""
        self.refused = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{_CALLBACK}"

    def wait(self, stopped: Callable[[], bool], wait_s: float) -> str:
        """Return the code. Raises :class:`HubTrouble` when nobody comes, or comes with a no."""
        until = monotonic() + wait_s
        while not self.code:
            if self.refused or stopped() or monotonic() > until:
                raise HubTrouble(Trouble.NO_BROWSER)
            self.handle_request()
        return self.code


class _Answering(BaseHTTPRequestHandler):
    """Answers the one page. What does not carry the state of this try is not looked at."""

    server: _Catcher
    timeout = 5

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        given = {name: found[0] for name, found in parse_qs(parts.query).items()}
        ours = hmac.compare_digest(given.get("state", "").encode(), self.server.state.encode())
        if parts.path != _CALLBACK or not ours:
            self._say(404, NOT_DONE)
            return
        self.server.code = given.get("code", "")
        self.server.refused = not self.server.code
        self._say(200, DONE if self.server.code else NOT_DONE)

    def _say(self, status: int, words: str) -> None:
        page = f"<!doctype html><meta charset=utf-8><title>Tæt på</title><p>{self.server.say(words)}".encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(page))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", "default-src 'none'"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Nothing of it is logged: the address carries the code."""
