"""A way to the hub that can be bad: connections lost before, in the middle of, and after what was asked."""

from __future__ import annotations

import random
import socket
import threading
from contextlib import suppress

_CHUNK = 4096


class FaultProxy:
    """Listens on a port of the system's choosing and passes bytes on to ``upstream``, which may change.

    ``bad`` is how many of the pieces that pass, of 1, end their connection somewhere in themselves or right behind them.
    """

    def __init__(self, seed: int) -> None:
        self.upstream = 0
        self.bad = 0.0
        self.cut = 0
        self._dice = random.Random(seed)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._closed = False
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def close(self) -> None:
        """Listen no more."""
        self._closed = True
        with suppress(OSError):
            socket.create_connection(self._door.getsockname()).close()
        self._thread.join()
        self._door.close()

    def _accept(self) -> None:
        while not self._closed:
            with suppress(OSError):
                client, _address = self._door.accept()
                threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        with client:
            try:
                hub = socket.create_connection(("127.0.0.1", self.upstream), 5)
            except OSError:
                return
            hub.settimeout(None)
            with hub:
                there = threading.Thread(target=self._pump, args=(client, hub), daemon=True)
                there.start()
                self._pump(hub, client)
                there.join()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        """Pass bytes on; at the end, or where the way breaks, both sides are cut off."""
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                if self._dice.random() < self.bad:
                    target.sendall(data[: self._dice.randrange(len(data) + 1)])
                    self.cut += 1
                    break
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
