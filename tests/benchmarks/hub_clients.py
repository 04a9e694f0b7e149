"""Many simulated laptops in one process: the plainest HTTP client there is, so that what is measured is the hub."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(slots=True)
class Line:
    """One connection to a hub, kept until closed."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, request: bytes) -> bytes:
        """Send a whole request and return the answer's body. Raises ``RuntimeError`` for any status but 200."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status = head.split(b" ", 2)[1]
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        body = await self.reader.readexactly(int(length))
        if status != b"200":
            raise RuntimeError(f"the hub answered {status.decode()}: {body[:200].decode(errors='replace')}")
        return body

    def close(self) -> None:
        self.writer.close()


async def connect(address: str) -> Line:
    """Open a connection to ``http://host:port``."""
    parts = urlsplit(address)
    return Line(*await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 22))


def post(path: str, body: bytes, token: str = "", *, last: bool = False) -> bytes:
    """Return the bytes of a POST of JSON; ``last`` lets the hub close the connection after it."""
    lines = [f"POST {path} HTTP/1.1", "Host: hub.invalid", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    lines += ["Connection: close"] if last else []
    return "\r\n".join((*lines, "", "")).encode() + body
