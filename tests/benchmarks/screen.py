"""A screen of our own for the benchmarks: an Xvfb that nobody else draws on."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_S = 20


class NoScreenError(Exception):
    """There is no Xvfb here; the message says so in words."""


@contextmanager
def own_screen(size: str = "1366x768x24") -> Iterator[str]:
    """Start an Xvfb, yield its ``DISPLAY``, end it on leaving. Raises :class:`NoScreenError` without one."""
    program = shutil.which("Xvfb")
    if program is None:
        raise NoScreenError(
            "Xvfb is not installed (Debian: apt-get install xvfb); offscreen is no substitute"
        )
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        yield f":{_display_number(reading)}"
    finally:
        os.close(reading)
        server.terminate()
        try:
            server.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _display_number(reading: int) -> int:
    """Read the number the server writes once it listens."""
    digits = b""
    while not digits.endswith(b"\n"):
        if not select.select([reading], [], [], PATIENCE_S)[0]:
            raise NoScreenError(f"Xvfb did not come up within {PATIENCE_S} s")
        piece = os.read(reading, 16)
        if not piece:
            raise NoScreenError("Xvfb ended before it listened")
        digits += piece
    return int(digits)
