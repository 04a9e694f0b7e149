"""Children that write in every way there is until they are killed, and a parent that looks whether anything was lost.

Forked from one process that has everything loaded, so that a thousand kills take minutes. A child says on its pipe what it
has saved only after the store has said so; what it said must be there when the store is opened again.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caseworker_app.clock import SystemClock
from caseworker_app.compose.backups import StoreBackups
from caseworker_app.domain.case import Case
from caseworker_app.domain.document import FileKind, Taken
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.meeting import Column
from caseworker_app.domain.person import Person
from caseworker_app.services import access_log, cases, documents, entries, history, meetings, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Draft
from caseworker_app.vault.locks import Argon2Parameters
from caseworker_app.vault.slots import SlotsFile, slots_path
from db import erasing
from db.backup import look
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import KEY, again, founded, register

QUICK = Argon2Parameters(1, 8, 1)
LONGEST_S = 0.07
CHECK_EVERY = 50
Say = Callable[[dict[str, Any]], None]


class Child:
    """Writes until it is killed."""

    def __init__(self, folder: Path, say: Say, seed: int) -> None:
        self.folder, self.say, self.chance = folder, say, random.Random(seed)
        self.store: SqlStore = again(folder, SystemClock())
        self.cases = [one.id for one in self.store.read(lambda r: r.find(Case))]
        self.ways = (
            self.edit, self.add, self.take_away, self.sign, self.attach, self.meet, self.keep_draft, self.look_at,
            self.undo, self.register, self.back_up, self.add_key, self.erase, self.many,
        )  # fmt: skip

    def run(self) -> None:
        while True:
            self.chance.choice(self.ways)()

    @property
    def case(self) -> Id:
        return self.chance.choice(self.cases[:4])

    def act(self, fn: Callable[[Any], Any]) -> Any:
        outcome = self.store.write(fn)
        if outcome.act_id is not None:
            self.say({"act": outcome.act_id.hex()})
        return outcome.result

    def edit(self) -> None:
        words = f"skole {self.chance.random()}"
        self.act(lambda w: cases.edit(w, self.case, {"school": Edit(words)}))

    def add(self) -> None:
        self.act(lambda w: people.add(w, self.case, {"name": "Mona Prøve"}))

    def take_away(self) -> None:
        there = self.store.read(lambda r: r.find(Person))
        if there:
            self.act(lambda w: people.remove(w, there[-1].id))

    def sign(self) -> None:
        given = {"kind": EntryKind.TELEPHONE, "text": "ord " * self.chance.randrange(1, 3000)}
        draft = self.act(lambda w: entries.begin(w, self.case, given))
        self.act(lambda w: entries.sign(w, draft))

    def attach(self) -> None:
        data = self.chance.randbytes(self.chance.randrange(1000, 200_000))
        taken = Taken(FileKind.PDF, ".pdf", data, 1, "")
        self.act(lambda w: documents.attach(w, self.case, taken, {"title": "Brev"}))

    def meet(self) -> None:
        made = self.act(lambda w: meetings.plan(w, self.case, {"purpose": "Status"}))
        self.act(lambda w: meetings.add_point(w, made, Column.WORRIES, "et punkt"))

    def keep_draft(self) -> None:
        words = str(self.chance.random())
        draft = Draft("form", "case", self.case, None, "Emma", {"note": (words, ())})
        self.store.write(lambda w: w.save_draft(draft))
        self.say({"draft": words})

    def look_at(self) -> None:
        self.store.write(lambda w: access_log.note_reading(w, "case", self.case, "journal"))
        self.say({"access": 1})

    def undo(self) -> None:
        if self.store.read(lambda r: history.state(r)).undo is not None:
            self.act(history.undo)

    def register(self) -> None:
        if len(self.cases) < 8:
            self.cases.append(self.act(lambda w: cases.register(w, {"child_name": "Ny Prøve"}, arrives=True)))

    def many(self) -> None:
        """Several acts in one transaction: all of them, or none."""

        def write(writer: Any) -> None:
            for n in range(4):
                cases.edit(writer, self.cases[n], {"school_class": Edit(f"{self.chance.random()}")})
                writer.flush()

        self.act(write)

    def back_up(self) -> None:
        made = StoreBackups(self.folder, SystemClock()).back_up(self.store)
        self.say({"backup": made.name})

    def add_key(self) -> None:
        slots = SlotsFile.load(slots_path(self.folder / "store.db"))
        old = [slot.id for slot in slots.slots()]
        words = f"adgang {self.chance.random()}"
        slots.add_passphrase(KEY, words, dt.datetime.now(dt.UTC), QUICK)
        for slot in old[1:-2]:
            slots.remove(slot)
        self.say({"phrase": words})

    def erase(self) -> None:
        """Erase the case that was registered last, when there are enough."""
        if len(self.cases) < 8:
            return
        case = self.cases.pop()
        found = self.store.read(lambda r: r.get(Case, case))
        assert found is not None
        erasing.erase(
            self.store, found.stream, lambda w, _n: w.log_access(_READ, "worker", w.author, "erased")
        )
        self.say({"erased": found.stream.hex()})


_READ = access_log.Access.READ


def killed(folder: Path, seed: int, after: float) -> list[dict[str, Any]]:
    """Let a child write, kill it, and return what it said."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(ear)
            Child(folder, lambda words: _say(mouth, words), seed).run()
        finally:
            os._exit(1)
    os.close(mouth)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(ear, "rb") as heard:
        said = [json.loads(line) for line in heard.read().split(b"\n") if line]
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself")
    return said


def _say(mouth: int, words: dict[str, Any]) -> None:
    os.write(mouth, json.dumps(words).encode() + b"\n")


def lost_of(folder: Path, store: SqlStore, said: list[dict[str, Any]], looked: int) -> list[str]:
    """Return what was said to be saved and is not there."""
    lost = []
    gone = erasing.marked(store.connection)
    phrases = [words["phrase"] for words in said if "phrase" in words]
    for words in said:
        if "act" in words:
            query = "SELECT count(*) FROM operations WHERE act_id = ?"
            if not store.connection.execute(query, (bytes.fromhex(words["act"]),)).fetchone()[0]:
                lost.append(f"act {words['act']}")
        elif "erased" in words and bytes.fromhex(words["erased"]) not in gone:
            lost.append("an erasing")
        elif "backup" in words and not look(folder / "backups" / f"{words['backup']}.db", KEY).operations:
            lost.append("a backup")
    if phrases:
        SlotsFile.load(slots_path(folder / "store.db")).open_with_passphrase(phrases[-1])
    drafts = [words["draft"] for words in said if "draft" in words]
    if drafts and store.read(lambda r: r.draft("form")) is None:
        lost.append("a draft")
    reads = sum(1 for words in said if "access" in words)
    if store.connection.execute("SELECT max(no) FROM access_log").fetchone()[0] < looked + reads:
        lost.append("a row of the access log")
    return lost


def main(folder: Path, kills: int, seed: int) -> dict[str, Any]:
    """Kill so many children and return the tally."""
    store = founded(folder, SystemClock())
    for n in range(4):
        register(store, f"Barn {n} Prøve")
    store.write(lambda w: access_log.note_reading(w, "caseload", None, ""))
    store.close()
    SlotsFile.create(slots_path(folder / "store.db"), KEY, bytes(16)).add_passphrase(
        KEY, "den første", dt.datetime.now(dt.UTC), QUICK
    )
    chance, lost, wrong, acts = random.Random(seed), [], [], 0
    kinds: dict[str, int] = {}
    for n in range(1, kills + 1):
        store = again(folder, SystemClock())
        looked = store.connection.execute("SELECT max(no) FROM access_log").fetchone()[0]
        store.close()
        said = killed(folder, seed * 100_003 + n, chance.uniform(0.0, LONGEST_S))
        acts += len(said)
        for words in said:
            kinds[next(iter(words))] = kinds.get(next(iter(words)), 0) + 1
        store = again(folder, SystemClock())
        lost += [f"kill {n}: {what}" for what in lost_of(folder, store, said, looked)]
        if n % CHECK_EVERY == 0 or n == kills:
            wrong += [f"kill {n}: {fault}" for fault in faults(store)]
            for backup in sorted((folder / "backups").glob("store-*.db*"))[:-6]:
                backup.unlink()
        store.close()
    return {"kills": kills, "acts": acts, "kinds": kinds, "lost": lost, "faults": wrong}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
