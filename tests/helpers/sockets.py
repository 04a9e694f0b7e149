"""Refuse the network in unit tests.

A test that reaches out is slow, flaky, and may one day carry somebody's data to a stranger. Sockets of the
operating system's own (``AF_UNIX``) are let through, and loopback addresses for tests marked ``net``.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_GUARDED = ("connect", "connect_ex", "sendto")


def is_loopback(address: object) -> bool:
    """Tell whether a socket address, such as ``("127.0.0.1", 80)``, stays on this machine."""
    if not isinstance(address, tuple) or not address:
        return False
    host = str(address[0])
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def refuse_network(*, allow_loopback: bool) -> Iterator[list[str]]:
    """Refuse every connection while inside; yield the list of what was refused.

    The refusal is raised as pytest's own failure, which ``except Exception`` in the code under test does not
    swallow; in another thread it would be lost, so the caller also looks at the list.
    """
    refused: list[str] = []
    real_ways = {name: getattr(socket.socket, name) for name in _GUARDED}
    inherited = [name for name in _GUARDED if name not in vars(socket.socket)]

    def guard(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: socket.socket, *args: Any) -> Any:
            address = args[-1] if args else None
            own = self.family == getattr(socket, "AF_UNIX", None)
            if own or (allow_loopback and is_loopback(address)):
                return real(self, *args)
            refused.append(f"{name} to {address!r}")
            pytest.fail(f"a unit test may not use the network: {name} to {address!r}")

        return guarded

    for name, real in real_ways.items():
        setattr(socket.socket, name, guard(name, real))
    try:
        yield refused
    finally:
        for name, real in real_ways.items():
            if name in inherited:
                delattr(socket.socket, name)
            else:
                setattr(socket.socket, name, real)
