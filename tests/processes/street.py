"""Real processes: a hub by its own command on a real PostgreSQL, and programs that own stores; each can be killed."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.helpers.source import ROOT

PATIENCE_S = 90.0


def until(what: str, holds: Callable[[], bool]) -> None:
    """Wait until something holds. Raises ``AssertionError`` when it never does."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, f"it never came to this: {what}"
        time.sleep(0.02)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def listens(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether a process that was started takes connections. Raises ``AssertionError`` when it has ended."""
    assert process.poll() is None, "it ended by itself"
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class Command:
    """A hub's administrator at the command line."""

    def __init__(self, database: str, folder: Path) -> None:
        self.database, self.keys = database, folder / "keys"

    def __call__(self, *words: str) -> str:
        """Run ``caseworker hub …``; return what it said."""
        command = [
            sys.executable,
            "-m",
            "caseworker_app",
            "hub",
            words[0],
            "--database",
            self.database,
            *words[1:],
        ]
        done = subprocess.run(
            command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout.strip()


class HubProcess:
    """``caseworker hub serve``, at another port each time it is started."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> int:
        """Start it, wait until it answers, and return its port."""
        self.port = free_port()
        key = self.command.keys / "organisation-signing.key"
        words = [
            "serve", "--database", self.command.database, "--listen", f"127.0.0.1:{self.port}",
            "--signing-key", str(key), "--workers", "1",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "caseworker_app", "hub", *words], cwd=ROOT, env=_environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until("the hub answers", self._answers)
        return self.port

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the hub ended by itself"
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/v1/health", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """As when the power goes."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class DeskProcess:
    """A program that owns a store. ``saved`` is everything it ever said was saved."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.saved: set[str] = set()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._ear: threading.Thread | None = None

    def start(self) -> DeskProcess:
        """Open the store and begin to sync."""
        self._answers = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.processes.desk_process", str(self.folder), self.name],
            cwd=ROOT, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._ear = threading.Thread(target=self._listen, args=(self._process, self._answers), daemon=True)
        self._ear.start()
        assert self._answers.get(timeout=PATIENCE_S) == {"ready": True}
        return self

    def _listen(self, process: subprocess.Popen[str], answers: queue.Queue[dict[str, Any]]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if not line.endswith("\n"):
                return  # killed in the middle of a word: it was not said
            said = json.loads(line)
            if "saved" in said:
                self.saved.add(said["saved"])
            if said.pop("answer", False) or "ready" in said:
                answers.put(said)

    def ask(self, do: str, **given: str) -> dict[str, Any]:
        """Have it do something; return its answer."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **given}) + "\n")
        self._process.stdin.flush()
        return self._answers.get(timeout=PATIENCE_S)

    def kill(self) -> None:
        """As when the power goes; what it said before is still heard."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Let it close its store."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait(PATIENCE_S)
        self._end(None)

    def _end(self, how: signal.Signals | None) -> None:
        if self._process is None:
            return
        if how is not None:
            self._process.send_signal(how)
        self._process.wait(PATIENCE_S)
        if self._ear is not None:
            self._ear.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # there was something left to say to it
        self._process = None
