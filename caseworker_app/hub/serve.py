"""Serving the hub with uvicorn: over TLS with certificate files, or behind a reverse proxy that has them."""

from __future__ import annotations

import logging
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import N_
from caseworker_app.hub import admin
from caseworker_app.hub.core import HubCore
from caseworker_app.hub.database import open_engine
from caseworker_app.hub.ground import Ground
from caseworker_app.hub.keyfile import read_key
from caseworker_app.log import WithoutPeople
from caseworker_app.vault.signing import DeviceKey

if TYPE_CHECKING:
    from starlette.applications import Starlette

_PREFIX = "CASEWORKER_HUB_"
_PROVIDER_S = 10
_MOST_PROVIDER = 1 << 20
_BACKLOG = 2048


@dataclass(frozen=True, slots=True)
class Served:
    """What ``caseworker hub serve`` was told. ``listen`` is ``host:port``; ``proxy`` the addresses of the reverse proxy
    whose word on the caller's address is taken. ``workers`` 0: a process for each core, at most four, and one for an SQLite
    file."""

    database: str
    listen: str = "127.0.0.1:8443"
    signing_key: Path | None = None
    cert: Path | None = None
    key: Path | None = None
    proxy: str = "127.0.0.1"
    threads: int = 8
    workers: int = 0


def make_core(database: str, signing_key: Path | None, threads: int) -> HubCore:
    """Open a hub. Raises :class:`UserError` when there is none, or when the key is another hub's."""
    key = None if signing_key is None else DeviceKey.from_bytes(read_key(signing_key))
    ours = admin.organisation(open_engine(database, 0))
    if key is not None and key.public != ours.signing:
        raise UserError(N_("The signing key is not the one of this hub."))
    return HubCore(Ground(open_engine(database, threads), ours, signing_key=key, fetch=fetch))


def fetch(url: str) -> bytes:
    """Return what the identity provider publishes at an https address. Raises ``OSError``."""
    if not url.startswith("https://"):
        raise OSError("the provider's address does not begin with https")
    with urlopen(Request(url, headers={"Accept": "application/json"}), timeout=_PROVIDER_S) as answer:  # noqa: S310 - https only
        body: bytes = answer.read(_MOST_PROVIDER)
    return body


def from_environment() -> Starlette:
    """Make the application in a process of its own, from what :func:`serve` left in the environment."""
    from caseworker_app.hub.app import make_app

    log_to_stderr()
    key = os.environ.get(_PREFIX + "SIGNING_KEY")
    threads = int(os.environ.get(_PREFIX + "THREADS", "8"))
    core = make_core(os.environ[_PREFIX + "DATABASE"], Path(key) if key else None, threads)
    return make_app(core, threads)


def log_to_stderr() -> None:
    """Send the log to where systemd and containers look for it, in lines without anything personal."""
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutPeople())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def listening(address: str) -> socket.socket:
    """Return a bound socket for ``host:port`` (``[::1]:8443`` for IPv6).

    It names TCP as its protocol, and connections inherit that: asyncio sends small answers at once only over sockets that
    say so, and without it each answer on a kept connection waits 40 ms.
    """
    host, _colon, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        bound.bind((host, int(port)))
    except (OSError, ValueError, OverflowError):
        bound.close()
        raise UserError(
            N_("The hub cannot listen there."), N_("Give an address such as 127.0.0.1:8443.")
        ) from None
    bound.set_inheritable(True)
    return bound


def _processes(asked: Served) -> int:
    if asked.workers > 0:
        return asked.workers
    return 1 if asked.database.startswith("sqlite") else min(os.cpu_count() or 1, 4)


def serve(asked: Served) -> int:
    """Serve until told to stop. Raises :class:`UserError` before it begins."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    if (asked.cert is None) != (asked.key is None):
        raise UserError(N_("A certificate and its key are given together."))
    make_core(asked.database, asked.signing_key, 1).ground.engine.dispose()  # says here what is wrong
    os.environ[_PREFIX + "DATABASE"] = asked.database
    os.environ[_PREFIX + "THREADS"] = str(asked.threads)
    os.environ.pop(_PREFIX + "SIGNING_KEY", None)
    if asked.signing_key is not None:
        os.environ[_PREFIX + "SIGNING_KEY"] = str(asked.signing_key)
    config = uvicorn.Config("caseworker_app.hub.serve:from_environment", **_settings(asked))
    bound = listening(asked.listen)
    if _processes(asked) > 1:
        bound.listen(_BACKLOG)
        Multiprocess(config, sockets=[bound]).run()
    else:
        uvicorn.Server(config).run(sockets=[bound])
    return 0


def _settings(asked: Served) -> dict[str, Any]:
    return {
        "factory": True,
        "workers": _processes(asked),
        "log_config": None,
        "log_level": "warning",
        "access_log": False,  # paths hold ids of streams
        "server_header": False,
        "date_header": False,
        "backlog": _BACKLOG,
        "timeout_keep_alive": 75,
        "proxy_headers": bool(asked.proxy),
        "forwarded_allow_ips": asked.proxy,
        "ssl_certfile": None if asked.cert is None else str(asked.cert),
        "ssl_keyfile": None if asked.key is None else str(asked.key),
        "lifespan": "off",
        "ws": "none",
    }
