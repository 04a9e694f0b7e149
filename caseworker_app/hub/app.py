"""The hub over HTTP: an ASGI application. Every answer is JSON or a file's bytes; every refusal is a
:class:`~caseworker_app.sync.wire.Refusal`; nothing of what was sent is ever written to a log."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import anyio
import anyio.to_thread
import msgspec
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from caseworker_app.hub import openapi
from caseworker_app.hub.blobs import Elsewhere, hash_of
from caseworker_app.hub.core import HubCore
from caseworker_app.hub.database import reading
from caseworker_app.hub.ground import Refused
from caseworker_app.hub.ranges import asked_range, piece_of
from caseworker_app.hub.streams import stream_of
from caseworker_app.sync.wire import MOST_BLOB_PIECE, HeadsAsked, PushAsked, Refusal, SignIn

T = TypeVar("T")
_logger = logging.getLogger(__name__)
_MOST_BODY = 8 << 20
_JSON = "application/json"
_heads = msgspec.json.Decoder(HeadsAsked).decode
_push = msgspec.json.Decoder(PushAsked).decode
_sign_in = msgspec.json.Decoder(SignIn).decode
_CODES = {404: "not_found", 405: "no_such_method"}
_SAFE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def make_app(core: HubCore, threads: int = 8) -> Starlette:
    """Return the application. Calls run in ``threads`` threads; have as many connections to the database."""
    calls = _Calls(core, threads)
    routes = [
        Route("/v1/hub", calls.guarded(calls.hub), methods=["GET"]),
        Route("/v1/health", calls.guarded(calls.health), methods=["GET"]),
        Route("/v1/openapi.json", calls.guarded(calls.description), methods=["GET"]),
        Route("/v1/sign-in", calls.guarded(calls.sign_in), methods=["POST"]),
        Route("/v1/sign-out", calls.guarded(calls.sign_out), methods=["POST"]),
        Route("/v1/people", calls.guarded(calls.people), methods=["GET"]),
        Route("/v1/devices/{device}/revoke", calls.guarded(calls.revoke), methods=["POST"]),
        Route("/v1/heads", calls.guarded(calls.heads), methods=["POST"]),
        Route("/v1/operations", calls.guarded(calls.push), methods=["POST"]),
        Route("/v1/quarantine", calls.guarded(calls.quarantine), methods=["GET"]),
        Route("/v1/quarantine/{row}/release", calls.guarded(calls.release), methods=["POST"]),
        Route("/v1/streams/{stream}/log", calls.guarded(calls.log), methods=["GET"]),
        Route("/v1/blobs/{sha256}", calls.guarded(calls.blob), methods=["PUT", "HEAD", "GET"]),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _no_such_way})


def _answer(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    body = b"" if value is None else msgspec.json.encode(value)
    return Response(body, status, {**_SAFE, **(headers or {})}, media_type=None if value is None else _JSON)


def _refusal(status: int, code: str, again_s: int = 0) -> Response:
    headers = {"Retry-After": str(again_s)} if again_s else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return _answer(Refusal(code), status, headers)


def _no_such_way(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    allowed = error.headers if isinstance(error, HTTPException) else None
    return _answer(Refusal(_CODES.get(status, "malformed")), status, dict(allowed or {}))


def _token(request: Request) -> str:
    kind, _space, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Refused(401, "signed_out")
    return token.strip()


async def _body(request: Request, most: int = _MOST_BODY) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise Refused(413, "too_large")
        parts.append(part)
    return b"".join(parts)


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Refused(400, "malformed")
    return int(text)


class _Calls:
    """The HTTP side of each of the core's methods."""

    def __init__(self, core: HubCore, threads: int) -> None:
        self._core = core
        self._room = anyio.CapacityLimiter(threads)

    async def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        """Run a call in a thread; once more when the connection it was given had died while nobody used it."""
        try:
            return await anyio.to_thread.run_sync(partial(work, *arguments), limiter=self._room)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return await anyio.to_thread.run_sync(partial(work, *arguments), limiter=self._room)

    def guarded(
        self, call: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return the call with every error made an answer; what nobody expected is logged."""

        async def answered(request: Request) -> Response:
            try:
                return await call(request)
            except Refused as error:
                return _refusal(error.status, error.code, error.again_s)
            except (msgspec.DecodeError, UnicodeError, RecursionError):  # a ValidationError is a DecodeError
                return _refusal(400, "malformed")
            except (PoolTimeout, OperationalError) as error:
                _logger.warning(
                    "the database is away or busy: %s", type(getattr(error, "orig", error)).__name__
                )
                return _refusal(503, "busy", 30)
            except ClientDisconnect:
                return _refusal(400, "cut_off")
            except Exception:
                _logger.exception("a call failed")
                return _refusal(500, "internal")

        return answered

    async def hub(self, _request: Request) -> Response:
        return _answer(self._core.hub())

    async def health(self, _request: Request) -> Response:
        def look() -> None:
            with reading(self._core.ground.engine) as connection:
                connection.exec_driver_sql("SELECT 1").scalar()

        await self._run(look)
        return _answer({"well": True})

    async def description(self, _request: Request) -> Response:
        return _answer(openapi.description(self._core.ground.organisation.name))

    async def sign_in(self, request: Request) -> Response:
        asked = _sign_in(await _body(request, 256 << 10))
        address = "" if request.client is None else request.client.host
        return _answer(await self._run(self._core.sign_in, asked, address))

    async def sign_out(self, request: Request) -> Response:
        await self._run(self._core.sign_out, _token(request))
        return _answer(None, 204)

    async def people(self, request: Request) -> Response:
        return _answer(await self._run(self._core.people, _token(request)))

    async def revoke(self, request: Request) -> Response:
        device = stream_of(request.path_params["device"])
        await self._run(self._core.revoke_device, _token(request), device)
        return _answer(None, 204)

    async def heads(self, request: Request) -> Response:
        token = _token(request)
        asked = _heads(await _body(request))
        return _answer(await self._run(self._core.heads, token, asked))

    async def push(self, request: Request) -> Response:
        token = _token(request)
        asked = _push(await _body(request))
        return _answer(await self._run(self._core.push, token, asked))

    async def quarantine(self, request: Request) -> Response:
        return _answer(await self._run(self._core.quarantine, _token(request)))

    async def release(self, request: Request) -> Response:
        row = hash_of(request.path_params["row"])
        return _answer(await self._run(self._core.release, _token(request), row))

    async def log(self, request: Request) -> Response:
        stream = stream_of(request.path_params["stream"])
        asked = (
            _number(request, name, default) for name, default in (("after", 0), ("limit", 500), ("tail", 0))
        )
        return _answer(await self._run(self._core.log, _token(request), stream, *asked))

    async def blob(self, request: Request) -> Response:
        token = _token(request)
        sha256 = hash_of(request.path_params["sha256"])
        stream = stream_of(request.query_params.get("stream", ""))
        if request.method == "PUT":
            piece = piece_of(request.headers.get("content-range", ""), await _body(request, MOST_BLOB_PIECE))
            try:
                return _answer(await self._run(self._core.put_blob, token, stream, sha256, piece))
            except Elsewhere as error:
                return _answer(error.state, 409)
        if request.method == "HEAD":
            state = await self._run(self._core.blob_state, token, stream, sha256)
            numbers = {"Blob-Size": state.size, "Blob-Have": state.have, "Blob-Done": int(state.done)}
            return _answer(None, 200, {name: str(number) for name, number in numbers.items()})
        start, last = asked_range(request.headers.get("range"))
        begun, size, body = await self._run(self._core.get_blob, token, stream, sha256, start, last)
        headers = {**_SAFE, "Accept-Ranges": "bytes"}
        if start is None:
            return Response(body, 200, headers, media_type="application/octet-stream")
        headers["Content-Range"] = f"bytes {begun}-{begun + len(body) - 1}/{size}"
        return Response(body, 206, headers, media_type="application/octet-stream")
