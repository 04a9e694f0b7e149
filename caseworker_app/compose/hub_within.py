"""A hub within this process, for the demo's pictures: the real hub over a file, reached without a socket."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from caseworker_app.hub import admin
from caseworker_app.hub.app import make_app
from caseworker_app.hub.core import HubCore
from caseworker_app.hub.database import open_engine
from caseworker_app.hub.ground import Ground

ADDRESS = "https://hub.hedeby.example"


@dataclass(frozen=True)
class HubWithin:
    """``ground`` is for the administrator's acts; ``network`` is what a laptop is handed."""

    ground: Ground

    def user(self, login: str, name: str, unit: str, *, leader: bool = False) -> str:
        """Make a user; return the one-time code of her first device."""
        admin.add_user(self.ground, admin.NewUser(login, name, unit, f"{login}@hedeby.example", leader))
        return admin.code_for(self.ground, login)

    def network(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Answer one call, through the whole of the hub's application."""
        return asyncio.run(_ask(HubCore(self.ground), method, path, body, headers))

    def close(self) -> None:
        """Close the database."""
        self.ground.engine.dispose()


def open_hub(file: Path, name: str, now_ms: int) -> HubWithin:
    """Make a hub in a new file, whose clock stands at ``now_ms``."""
    engine = open_engine(f"sqlite:///{file}")
    made = admin.init(engine, name, secrets.token_bytes, lambda: now_ms)
    ground = Ground(engine, made.organisation, clock=lambda: now_ms, signing_key=made.keys.signing)
    return HubWithin(ground)


async def _ask(
    core: HubCore, method: str, path: str, body: bytes, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    parts = urlsplit(path)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "server": ("hub.hedeby.example", 443),
        "client": ("192.0.2.1", 50_000),
        "root_path": "",
    }
    status, pieces, given = 500, list[bytes](), False

    async def receive() -> MutableMapping[str, Any]:
        nonlocal given
        if given:
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = int(message["status"])
        else:
            pieces.append(message.get("body", b""))

    await make_app(core)(scope, receive, send)
    return status, b"".join(pieces)
