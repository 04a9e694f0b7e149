"""The real network: HTTPS by httpx, with the operating system's trusted certificates."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from caseworker_app.sync.client import HubTrouble, Trouble

if TYPE_CHECKING:
    import httpx

MOST_ANSWER = 64 << 20
"""No answer of a hub is longer; what is, comes from somebody else."""
CONNECT_S, READ_S = 10.0, 60.0
_HOME = ("localhost", "127.0.0.1", "::1")


def clean_address(typed: str) -> str:
    """Return the address of a hub as it is kept: ``https://name[:port][/path]``. Raises :class:`HubTrouble`.

    Without ``https`` only this very computer is spoken to.
    """
    text = typed.strip().rstrip("/")
    parts = urlsplit(text if "://" in text else f"https://{text}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise HubTrouble(Trouble.BAD_ADDRESS) from None
    plain = parts.scheme == "http" and host in _HOME
    if not host or parts.query or parts.fragment or parts.username or not (parts.scheme == "https" or plain):
        raise HubTrouble(Trouble.BAD_ADDRESS)
    name = f"[{host}]" if ":" in host else host
    place = name if port is None else f"{name}:{port}"
    return urlunsplit((parts.scheme, place, parts.path.rstrip("/"), "", ""))


class HttpNetwork:
    """See :data:`caseworker_app.sync.client.Network`. Connections are kept between calls; several threads may call."""

    def __init__(self, address: str, *, transport: httpx.BaseTransport | None = None) -> None:
        """``address`` is one of :func:`clean_address`; ``transport`` takes the place of sockets in tests."""
        import httpx  # a quarter of a second that the first screen does not wait for

        self._httpx = httpx
        self._client = httpx.Client(
            base_url=address,
            follow_redirects=False,
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S),
            verify=ssl.create_default_context(),
            transport=transport,
            headers={"User-Agent": "taet-paa", "Accept": "application/json, application/octet-stream"},
        )

    def __call__(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        httpx = self._httpx
        try:
            with self._client.stream(method, path, content=body, headers=dict(headers)) as answer:
                return answer.status_code, _read(answer)
        except (httpx.RemoteProtocolError, httpx.DecodingError, httpx.InvalidURL):
            raise HubTrouble(Trouble.NOT_A_HUB) from None
        except httpx.TransportError as error:
            raise HubTrouble(_kind_of(error)) from None

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()


def _read(answer: httpx.Response) -> bytes:
    parts, size = [], 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > MOST_ANSWER:
            raise HubTrouble(Trouble.NOT_A_HUB, code="long")
        parts.append(part)
    return b"".join(parts)


_CUT_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


def _kind_of(error: BaseException) -> Trouble:
    """Whether a connection failed for its certificate, for what answered without speaking TLS, or for no answer."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(cause):
            return Trouble.CERTIFICATE
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, _CUT_OFF):
            return Trouble.NOT_A_HUB
        cause = cause.__cause__ or cause.__context__
    return Trouble.OFFLINE
