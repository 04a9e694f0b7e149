"""The laptop's side of the calls: words out, words in, and everything that can go wrong as a few named outcomes.

The network is a callable, so that the simulator and the tests run this very module; :mod:`.http` is the real one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote

import msgspec

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_
from caseworker_app.sync.wire import (
    BlobState,
    HeadsAnswer,
    HeadsAsked,
    HubAnswer,
    LogAnswer,
    PeopleAnswer,
    Position,
    PushAnswer,
    PushAsked,
    Pushed,
    PushResult,
    QuarantineAnswer,
    Refusal,
    SignIn,
    SignInAnswer,
)

T = TypeVar("T")
Network = Callable[[str, str, bytes, Mapping[str, str]], tuple[int, bytes]]
"""``(method, path, body, headers) -> (status, body)``. Raises :class:`HubTrouble`, or ``OSError`` for no answer."""
JSON = "application/json"


class Trouble(StrEnum):
    """What can stand between the laptop and the hub."""

    OFFLINE = "offline"
    CERTIFICATE = "certificate"
    NOT_A_HUB = "not_a_hub"
    OTHER_HUB = "other_hub"
    HUB_FAILING = "hub_failing"
    SLOW_DOWN = "slow_down"
    SIGN_IN_AGAIN = "sign_in_again"
    REVOKED = "revoked"
    TOO_OLD = "too_old"
    REFUSED = "refused"
    NOT_LET_IN = "not_let_in"
    OTHER_KEYS = "other_keys"
    KEY_CHANGED = "key_changed"
    BAD_ADDRESS = "bad_address"
    BAD_CODE = "bad_code"
    NO_BROWSER = "no_browser"


WORDS: Mapping[Trouble, tuple[str, ...]] = {
    Trouble.OFFLINE: (
        N_("The hub does not answer."),
        N_("What you write is kept here and sent when there is a connection."),
    ),
    Trouble.CERTIFICATE: (
        N_(
            "The hub's certificate has run out, is for another name, or is signed by nobody known. Nothing was sent."
        ),
        N_("Tell IT. What you write is kept here."),
    ),
    Trouble.NOT_A_HUB: (
        N_("What answers at this address is no hub; it may be the sign-in page of a guest network."),
        N_("Open a web page in your browser and sign in to the network, or check the address."),
    ),
    Trouble.OTHER_HUB: (
        N_("The hub at this address is not the one this computer belongs to."),
        N_("Nothing was sent. Check the address, and ask IT whether the hub has been made anew."),
    ),
    Trouble.HUB_FAILING: (
        N_("The hub cannot answer at the moment."),
        N_("It is tried again by itself; what you write is kept here."),
    ),
    Trouble.SLOW_DOWN: (N_("There have been too many tries to sign in."), N_("Wait a quarter of an hour.")),
    Trouble.SIGN_IN_AGAIN: (
        N_("The sign-in has run out."),
        N_("Sign in again under Settings; what is unsent is kept."),
    ),
    Trouble.REVOKED: (
        N_("The hub has closed this computer."),
        N_("What you had written is handed in to a team leader. Ask IT."),
    ),
    Trouble.TOO_OLD: (
        N_("The hub no longer understands this version of the program."),
        N_("Install the newer version; what you write is still sent."),
    ),
    Trouble.REFUSED: (N_("The hub refused what was asked."), N_("It is tried again by itself.")),
    Trouble.NOT_LET_IN: (
        N_("The hub did not let this computer in."),
        N_("Ask IT for a new code, or whether you are known to the hub."),
    ),
    Trouble.OTHER_KEYS: (
        N_("The hub knows this computer with other keys or as somebody else's."),
        N_("Ask IT to look at the computers of the hub."),
    ),
    Trouble.KEY_CHANGED: (
        N_("A computer was shown with another key than before, and is refused."),
        N_("Ask IT whether the computer has been set up anew."),
    ),
    Trouble.BAD_ADDRESS: (
        N_("This is no address of a hub."),
        N_("Write it as IT gave it to you: it begins with https://."),
    ),
    Trouble.BAD_CODE: (
        N_("This is no code for this hub."),
        N_("Type it as IT gave it to you, with the digits after the last hyphen."),
    ),
    Trouble.NO_BROWSER: (
        N_("Nobody has signed in in the browser."),
        N_("Try again, or ask IT for a code."),
    ),
}


class HubTrouble(UserError):
    """A call that did not come to its end. ``code`` is the hub's own word for it, for support."""

    def __init__(self, trouble: Trouble, code: str = "") -> None:
        super().__init__(*WORDS[trouble])
        self.trouble = trouble
        self.code = code


_BY_CODE = {
    "revoked": Trouble.REVOKED,
    "not_let_in": Trouble.NOT_LET_IN,
    "other_keys": Trouble.OTHER_KEYS,
    "slow_down": Trouble.SLOW_DOWN,
    "too_old": Trouble.TOO_OLD,
}


def trouble_of(status: int, body: bytes) -> HubTrouble:
    """Return what a refusal means. One that is not in the hub's words comes from somebody else."""
    try:
        code = msgspec.json.decode(body, type=Refusal).error
    except (msgspec.DecodeError, RecursionError):
        return HubTrouble(Trouble.HUB_FAILING if status >= 500 else Trouble.NOT_A_HUB, str(status))
    if code in _BY_CODE:
        return HubTrouble(_BY_CODE[code], code)
    if status == 401:
        return HubTrouble(Trouble.SIGN_IN_AGAIN, code)
    if status == 429:
        return HubTrouble(Trouble.SLOW_DOWN, code)
    return HubTrouble(Trouble.HUB_FAILING if status >= 500 else Trouble.REFUSED, code)


@dataclass(frozen=True, slots=True)
class HubClient:
    """The calls of one hub. Every one raises :class:`HubTrouble`."""

    network: Network
    token: str = ""

    def hub(self) -> HubAnswer:
        """Ask which hub it is."""
        return self._ask("GET", "/v1/hub", HubAnswer)

    def sign_in(self, asked: SignIn) -> SignInAnswer:
        """Let this device in."""
        return self._ask("POST", "/v1/sign-in", SignInAnswer, asked)

    def sign_out(self) -> None:
        """End the token."""
        self._call("POST", "/v1/sign-out")

    def people(self) -> PeopleAnswer:
        """Ask for colleagues and their devices."""
        return self._ask("GET", "/v1/people", PeopleAnswer)

    def revoke(self, device: Id) -> None:
        """Close a device of one's own."""
        self._call("POST", f"/v1/devices/{device.hex()}/revoke")

    def heads(self, streams: Mapping[Id, Position]) -> HeadsAnswer:
        """Ask what is new."""
        asked = HeadsAsked({stream.hex(): position for stream, position in streams.items()})
        return self._ask("POST", "/v1/heads", HeadsAnswer, asked)

    def push(self, operations: Sequence[Pushed]) -> PushAnswer:
        """Hand in operations. The answer has a result for each; anything else is no hub's."""
        answer = self._ask("POST", "/v1/operations", PushAnswer, PushAsked(tuple(operations)))
        if len(answer.results) != len(operations):
            raise HubTrouble(Trouble.NOT_A_HUB, code="results")
        return answer

    def quarantine(self) -> QuarantineAnswer:
        """Ask for what the hub did not take; only a team leader is told."""
        return self._ask("GET", "/v1/quarantine", QuarantineAnswer)

    def release(self, row: bytes) -> PushResult:
        """Have a row judged anew."""
        return _read(self._call("POST", f"/v1/quarantine/{row.hex()}/release"), PushResult)

    def log(self, stream: Id, after: int, limit: int, tail: int = 0) -> LogAnswer:
        """Ask for rows after a number, and beside them for the last ``tail`` rows of the log."""
        asked = f"after={after}&limit={limit}" + (f"&tail={tail}" if tail else "")
        return self._ask("GET", f"/v1/streams/{stream.hex()}/log?{asked}", LogAnswer)

    def put_blob(self, stream: Id, name: bytes, start: int, size: int, piece: bytes) -> BlobState:
        """Send a piece of a file; the answer says how much the hub has, also when it is more or less than thought."""
        span = f"bytes {start}-{start + len(piece) - 1}/{size}" if piece else f"bytes */{size}"
        headers = {"Content-Range": span, "Content-Type": "application/octet-stream"}
        status, body = self._sent("PUT", self._blob(stream, name), piece, headers)
        if status == 409:
            try:
                return msgspec.json.decode(body, type=BlobState)
            except (msgspec.DecodeError, RecursionError):
                raise trouble_of(status, body) from None
        return _read(_good(status, body), BlobState)

    def get_blob(self, stream: Id, name: bytes, start: int, last: int) -> bytes:
        """Return bytes ``start`` to ``last`` (both counted), or fewer. Empty when the hub does not have the file yet."""
        headers = {"Range": f"bytes={start}-{last}"}
        status, body = self._sent("GET", self._blob(stream, name), b"", headers)
        if status in (404, 416):
            return b""
        return _good(status, body)

    @staticmethod
    def _blob(stream: Id, name: bytes) -> str:
        return f"/v1/blobs/{name.hex()}?stream={quote(stream.hex())}"

    def _ask(self, method: str, path: str, kind: type[T], asked: msgspec.Struct | None = None) -> T:
        return _read(self._call(method, path, asked), kind)

    def _call(self, method: str, path: str, asked: msgspec.Struct | None = None) -> bytes:
        body = b"" if asked is None else msgspec.json.encode(asked)
        headers = {} if asked is None else {"Content-Type": JSON}
        return _good(*self._sent(method, path, body, headers))

    def _sent(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        signed = {**headers, "Authorization": f"Bearer {self.token}"} if self.token else dict(headers)
        try:
            return self.network(method, path, body, signed)
        except OSError:
            raise HubTrouble(Trouble.OFFLINE) from None


def _good(status: int, body: bytes) -> bytes:
    if 200 <= status < 300:
        return body
    if 300 <= status < 400:
        raise HubTrouble(Trouble.NOT_A_HUB, str(status))
    raise trouble_of(status, body)


def _read(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, RecursionError):
        raise HubTrouble(Trouble.NOT_A_HUB, code="answer") from None
