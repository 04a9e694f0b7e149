"""The program without its window: it opens a store, lets sync run beside it as the window does, and does what it is told.

One line of JSON in, one line out; what is said to be saved has been said to be saved by the store.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caseworker_app.clock import SystemClock
from caseworker_app.compose import sync_thread
from caseworker_app.compose.syncing import Syncing
from caseworker_app.domain.case import Case
from caseworker_app.domain.person import Person
from caseworker_app.services import people
from caseworker_app.services.sync_desk import ShareRole
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import again, case, register


def in_haste() -> None:
    """Let sync wait for nothing: the test is over in seconds."""
    sync_thread.FIRST_S = sync_thread.SAVED_S = 0.05
    sync_thread.BEGIN_S, sync_thread.WORST_S, sync_thread.CALM_S = 0.05, 0.4, 0.4


class Told:
    """What the test asks for."""

    def __init__(self, store: SqlStore, desk: Syncing, say: Callable[[dict[str, Any]], None]) -> None:
        self.store, self.desk, self.say = store, desk, say
        self._writing = threading.Event()

    def sign_in(self, address: str, code: str) -> dict[str, Any]:
        self.desk.sign_in_by_code(address, code)
        return {"user": self.desk.state().user}

    def register(self, name: str) -> dict[str, Any]:
        made = register(self.store, name)
        self.desk.saved()
        return {"case": made.hex()}

    def share(self, of: str, name: str) -> dict[str, Any]:
        user = next(one.user for one in self.desk.people() if one.name == name)
        self.desk.share(case(self.store, bytes.fromhex(of)).stream, user, ShareRole.MEMBER)
        return {}

    def write(self, of: str, name: str) -> dict[str, Any]:
        self.store.write(lambda w: people.add(w, bytes.fromhex(of), {"name": name}))
        self.desk.saved()
        return {"saved": name}

    def keep_writing(self, of: str, prefix: str) -> dict[str, Any]:
        """Write until the end, and say each after it was saved; the line "writing" comes first."""

        def run() -> None:
            n = 0
            while not self._writing.wait(0.01):
                n += 1
                self.say(self.write(of, f"{prefix} {n}"))

        threading.Thread(target=run, daemon=True).start()
        return {"writing": True}

    def rest_writing(self) -> dict[str, Any]:
        self._writing.set()
        return {"rested": True}

    def state(self, of: str = "") -> dict[str, Any]:
        state = self.desk.state()
        here = bytes.fromhex(of) if of else b""
        stream = next((c.stream for c in self.store.read(lambda r: r.find(Case)) if c.id == here), None)
        found = self.store.read(lambda r: r.find(Person, stream=stream)) if stream else ()
        return {
            "unsent": state.unsent,
            "standing": state.standing.value,
            "waiting": state.waiting_key,
            "quarantined": state.quarantined,
            "faults": sorted(fault.code.value for fault in state.faults),
            "names": sorted(one.name for one in found),
        }

    def faults(self) -> dict[str, Any]:
        return {"faults": faults(self.store)}


def main(folder: Path, name: str) -> None:
    """Serve the test until there is no more to read."""
    in_haste()
    store, desk = again(folder, SystemClock()), Syncing(device_name=name)
    mouth = threading.Lock()

    def say(words: dict[str, Any]) -> None:
        with mouth:
            sys.stdout.write(json.dumps(words) + "\n")
            sys.stdout.flush()

    told = Told(store, desk, say)
    desk.begin(store)
    say({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        say(getattr(told, asked.pop("do"))(**asked) | {"answer": True})
    desk.rest()
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
