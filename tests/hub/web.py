"""The hub's application asked as over HTTP, without a socket."""

from __future__ import annotations

import asyncio
from types import TracebackType

import httpx

from caseworker_app.hub.app import make_app
from caseworker_app.hub.core import HubCore


class Web:
    """Sends requests to the application and returns its answers; a context manager."""

    def __init__(self, core: HubCore) -> None:
        self.app = make_app(core, threads=2)
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
        self._client = httpx.AsyncClient(transport=transport, base_url="https://hub.invalid")

    def request(
        self, method: str, path: str, *, content: bytes = b"", headers: dict[str, str] | None = None
    ) -> httpx.Response:
        asking = self._client.request(method, path, content=content, headers=headers)
        return self._runner.run(self._wait(asking))

    @staticmethod
    async def _wait(asking) -> httpx.Response:
        return await asking

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()
