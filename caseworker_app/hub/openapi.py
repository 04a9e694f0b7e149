"""The hub's own description, OpenAPI 3.1, generated from the wire structs: it cannot say what the hub does not read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from caseworker_app.sync import wire

_TEMPLATE = "#/components/schemas/{name}"
_STRUCTS = (
    wire.HubAnswer,
    wire.SignIn,
    wire.SignInAnswer,
    wire.PeopleAnswer,
    wire.HeadsAsked,
    wire.HeadsAnswer,
    wire.PushAsked,
    wire.PushAnswer,
    wire.PushResult,
    wire.QuarantineAnswer,
    wire.LogAnswer,
    wire.BlobState,
    wire.Refusal,
)
_ID = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_BAD = (400,)
_READS = (400, 401, 403)


@lru_cache(maxsize=4)
def description(name: str) -> dict[str, Any]:
    """Return the document served at ``/v1/openapi.json``; ``name`` is the municipality's."""
    (_refs, schemas) = msgspec.json.schema_components(_STRUCTS, ref_template=_TEMPLATE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Tæt på hub: {name}",
            "version": str(wire.PROTOCOL),
            "description": "Every call may be repeated: a lost answer is asked for again. Bytes are in base64.",
        },
        "paths": {**_open(), **_own(), **_log(), "/v1/blobs/{sha256}": _blob()},
        "components": {
            "schemas": schemas,
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"device": []}],
    }


def _json(struct: type) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _TEMPLATE.format(name=struct.__name__)}}}


def _call(
    summary: str,
    answer: type | None = None,
    *,
    asks: type | None = None,
    refused: tuple[int, ...] = _BAD,
    parameters: tuple[dict[str, Any], ...] = (),
    **more: Any,
) -> dict[str, Any]:
    done: dict[str, Any] = {"204": {"description": "Done"}}
    if answer is not None:
        done = {"200": {"description": "Done", "content": _json(answer)}}
    responses: dict[str, Any] = done | {
        str(status): {"description": "Refused", "content": _json(wire.Refusal)} for status in (*refused, 503)
    }
    made: dict[str, Any] = {"summary": summary, "responses": responses}
    if asks is not None:
        made["requestBody"] = {"required": True, "content": _json(asks)}
        made["responses"]["413"] = {"description": "Too large", "content": _json(wire.Refusal)}
    if parameters:
        made["parameters"] = list(parameters)
    return made | more


def _parameter(name: str, where: str, schema: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required, "schema": schema}


def _plain(summary: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object"}}}
    answers = {
        "200": {"description": "Done", "content": content},
        "503": {"description": "The database is away", "content": _json(wire.Refusal)},
    }
    return {"summary": summary, "responses": answers, "security": []}


def _open() -> dict[str, Any]:
    let_in = _call(
        "Show who the user is and that the laptop holds its keys; get a token",
        wire.SignInAnswer,
        asks=wire.SignIn,
        refused=(400, 401, 403, 409, 429),
        security=[],
    )
    return {
        "/v1/hub": {"get": _call("Which hub this is", wire.HubAnswer, refused=(), security=[])},
        "/v1/health": {"get": _plain("Whether the hub reaches its database")},
        "/v1/openapi.json": {"get": _plain("This document")},
        "/v1/sign-in": {"post": let_in},
    }


def _own() -> dict[str, Any]:
    device = (_parameter("device", "path", _ID),)
    row = (_parameter("row", "path", _HASH),)
    return {
        "/v1/sign-out": {"post": _call("End this laptop's token", refused=(401,))},
        "/v1/people": {"get": _call("Colleagues and their laptops", wire.PeopleAnswer, refused=(401, 403))},
        "/v1/devices/{device}/revoke": {
            "post": _call("Revoke a laptop of one's own", refused=(*_READS, 404), parameters=device)
        },
        "/v1/quarantine": {
            "get": _call("What was not taken, for a team leader", wire.QuarantineAnswer, refused=(401, 403))
        },
        "/v1/quarantine/{row}/release": {
            "post": _call(
                "Judge a row that was not taken anew, for a team leader",
                wire.PushResult,
                refused=(*_READS, 404),
                parameters=row,
            )
        },
    }


def _log() -> dict[str, Any]:
    page = (
        _parameter("stream", "path", _ID),
        _parameter("after", "query", _COUNT, required=False),
        _parameter("limit", "query", _COUNT | {"minimum": 1}, required=False),
        _parameter("tail", "query", _COUNT, required=False),
    )
    return {
        "/v1/heads": {"post": _call("What is new", wire.HeadsAnswer, asks=wire.HeadsAsked, refused=_READS)},
        "/v1/operations": {
            "post": _call(
                "Hand in operations; each gets a verdict",
                wire.PushAnswer,
                asks=wire.PushAsked,
                refused=(400, 401, 429),
            )
        },
        "/v1/streams/{stream}/log": {
            "get": _call("Rows of a stream", wire.LogAnswer, refused=(*_READS, 404), parameters=page)
        },
    }


def _blob() -> dict[str, Any]:
    where = (_parameter("sha256", "path", _HASH), _parameter("stream", "query", _ID))
    sent = (*where, _parameter("Content-Range", "header", {"type": "string"}))
    wanted = (*where, _parameter("Range", "header", {"type": "string"}, required=False))
    put = _call("Send a piece of a file", wire.BlobState, refused=(*_READS, 404, 413, 422), parameters=sent)
    put["requestBody"] = {"required": True, "content": _BYTES}
    either = {
        "anyOf": [_json(struct)["application/json"]["schema"] for struct in (wire.BlobState, wire.Refusal)]
    }
    put["responses"]["409"] = {
        "description": "The piece begins elsewhere than the hub's part ends, or the size is another",
        "content": {"application/json": {"schema": either}},
    }
    head = _call("How much of a file is there", parameters=where)
    head["responses"] = {
        "200": {
            "description": "Something is there",
            "headers": {
                name: {"schema": {"type": "integer"}} for name in ("Blob-Size", "Blob-Have", "Blob-Done")
            },
        },
        **{str(status): {"description": "Refused"} for status in (*_READS, 404, 503)},
    }
    get = _call("A file or a part of it", refused=(*_READS, 404, 416), parameters=wanted)
    del get["responses"]["204"]
    get["responses"] |= {
        "200": {"description": "The whole of a small file", "content": _BYTES},
        "206": {"description": "A part", "content": _BYTES},
    }
    return {"put": put, "head": head, "get": get}
