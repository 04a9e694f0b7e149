"""The two headers by which a file travels in pieces."""

from __future__ import annotations

import re

from caseworker_app.hub.blobs import Piece
from caseworker_app.hub.ground import Refused

_SENT = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})", re.ASCII)
_ASKED = re.compile(r"bytes=(\d{1,15})-(\d{1,15})?", re.ASCII)
_EMPTY = "bytes */0"


def piece_of(content_range: str, body: bytes) -> Piece:
    """Return the piece that ``Content-Range: bytes a-b/size`` says the body is (``bytes */0``: an empty file).

    Raises :class:`Refused` (400 ``malformed``) when it says nothing or something else than the body is.
    """
    if content_range == _EMPTY and not body:
        return Piece(0, 0, b"")
    found = _SENT.fullmatch(content_range)
    if found is None:
        raise Refused(400, "malformed")
    start, last, size = (int(number) for number in found.groups())
    if last - start + 1 != len(body) or last >= size:
        raise Refused(400, "malformed")
    return Piece(start, size, body)


def asked_range(header: str | None) -> tuple[int | None, int | None]:
    """Return first and last byte of ``Range: bytes=a-b``, both ``None`` without one, the last for ``bytes=a-``.

    Raises :class:`Refused` (400 ``malformed``) for other kinds of range.
    """
    if header is None:
        return None, None
    found = _ASKED.fullmatch(header)
    if found is None:
        raise Refused(400, "malformed")
    start, last = int(found[1]), None if found[2] is None else int(found[2])
    if last is not None and last < start:
        raise Refused(400, "malformed")
    return start, last
