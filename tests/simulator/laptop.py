"""One laptop of a history: a real encrypted store in a folder, its own clock, open forms, backups."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseworker_app.clock import FixedClock
from caseworker_app.domain.entity import CANCELLED, LIFE, LIVE
from caseworker_app.domain.heads import Head
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.services.ports import Writer
from caseworker_app.services.sync_ports import HubAccount
from caseworker_app.sync.client import HubClient
from caseworker_app.sync.loop import Report, SyncLoop
from caseworker_app.sync.sealing import OperationSealer
from caseworker_app.sync.wire import next_chain
from db.head_rows import heads_of
from db.store import SqlStore, open_store
from db.sync_store import SqlSyncStore
from tests.simulator.fuse import Crash, Fuse, FusedConnection
from tests.simulator.oracle import Oracle
from tests.simulator.versions import running

KEY = bytes(range(32))
FIELDS = ("note", "phone", "address_protected")
BEGIN = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Form:
    """An open form: of which thing, and what its fields showed."""

    person: Id
    stream: Id
    shown: dict[str, tuple[Id, ...]]


class Laptop:
    """A store that can crash, be put back, be copied. ``user`` is its place among the people of the history."""

    def __init__(self, folder: Path, user: int, dice: random.Random, oracle: Oracle) -> None:
        self.folder, self.user, self.dice, self.oracle = folder, user, dice, oracle
        self.clock = FixedClock(BEGIN)
        self.fuse = Fuse()
        self.forms: list[Form] = []
        self.backup: Path | None = None
        self.version = 1
        self.net: Callable[..., tuple[int, bytes]] = lambda *_call: (503, b"")
        self._open()

    def _open(self) -> None:
        self.store: SqlStore = open_store(
            self.folder / "store.db", KEY, sealers=OperationSealer, clock=self.clock, ids=self._new_id
        )
        self.store.connection = FusedConnection(self.store.connection, self.fuse)
        self.sync = SqlSyncStore(self.store, next_chain)
        self.loop = SyncLoop(self.sync, self._client)

    def _client(self, account: HubAccount) -> HubClient:
        return HubClient(lambda *call: self.net(*call), account.token)

    def sync_once(self) -> Report | None:
        """Sync; ``None`` when the program ended meanwhile."""
        try:
            with running(self.version):
                return self.loop.once(may_take_back=True)
        except Crash:
            self.start_again()
            return None

    def _new_id(self) -> Id:
        return self.dice.randbytes(16)

    def close(self) -> None:
        self.store.close()

    def start_again(self) -> None:
        """The program ended in the middle of something; it is started anew."""
        self.store.close()
        self.fuse.mend()
        self.forms.clear()
        self._open()

    # what is on the disk

    def ask(self, query: str, *values: Any) -> list[Any]:
        """Ask the file itself, not the program."""
        real = self.store.connection.real
        return list(real.execute(query, values).fetchall())

    def operations(self, stream: Id) -> set[bytes]:
        return {row[0] for row in self.ask("SELECT op_id FROM operations WHERE stream_id = ?", stream)}

    def own_operations(self, stream: Id) -> set[bytes]:
        query = "SELECT op_id FROM operations WHERE stream_id = ? AND author = ?"
        return {row[0] for row in self.ask(query, stream, self.store.shared.author)}

    def heads(self, entity: Id, field: str) -> set[bytes]:
        return {head.op_id for head in self._live(entity, field)}

    def _live(self, entity: Id, field: str) -> Sequence[Head[Any]]:
        return heads_of(self.store.connection.real, entity).get(field, ())

    def keep_backup(self) -> None:
        """Copy the store as it is."""
        self.store.close()
        self.backup = self.folder.with_name(self.folder.name + "-backup")
        shutil.rmtree(self.backup, ignore_errors=True)
        shutil.copytree(self.folder, self.backup)
        self._open()

    def put_back(self) -> bool:
        """Put the backup in place of the store: what was written since is gone from this disk."""
        if self.backup is None:
            return False
        self.store.close()
        shutil.rmtree(self.folder)
        shutil.copytree(self.backup, self.folder)
        self.forms.clear()
        self._open()
        return True

    def copy_to(self, folder: Path, dice: random.Random) -> Laptop:
        """Copy the laptop whole: two machines believe to be the same."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        self._open()
        return Laptop(folder, self.user, dice, self.oracle)

    # what a person does

    def people(self, stream: Id) -> list[Id]:
        return [row[0] for row in self.ask("SELECT id FROM p_person WHERE stream = ? ORDER BY id", stream)]

    def add_person(self, stream: Id, value: str) -> None:
        """Write a new person."""

        def run(writer: Writer) -> Id:
            writer.act("Add a person")
            made = Person(id=writer.new_id(), stream=stream, note=value)
            writer.create(made)
            return made.id

        self._write(stream, run, lambda person: {(person, LIFE): ((), LIVE), (person, "note"): ((), value)})

    def open_form(self, stream: Id, which: int) -> None:
        """Open the form of one of the people: it remembers what it shows."""
        there = self.people(stream)
        if there:
            person = there[which % len(there)]
            fields = self.store.read(lambda r: r.fields(Person, person))
            shown = {name: tuple(fields[name].heads) for name in FIELDS}
            self.forms.append(Form(person, stream, shown))
            del self.forms[:-4]

    def save_form(self, which: int, field: str, value: Any) -> None:
        """Save one of the open forms with one field changed, naming what it showed when it was opened."""
        if not self.forms:
            return
        form = self.forms.pop(which % len(self.forms))
        saw, aware = form.shown[field], self._own_cancels(form.person)

        def run(writer: Writer) -> Id:
            writer.act("Edit a person")
            writer.set(Person, form.person, field, value, parents=saw)
            return form.person

        self._write(form.stream, run, lambda person: {(person, field): (saw, value)}, aware)

    def _own_cancels(self, person: Id) -> set[bytes]:
        """Return what took a person away who is gone, when it was all done by whoever sits here."""
        found = self._live(person, LIFE)
        there = self.store.read(lambda r: r.get(Person, person))
        known = there is not None and there.cancelled
        own = all(head.author == self.store.shared.author for head in found)
        return {head.op_id for head in found} if known and own else set()

    def toggle(self, stream: Id, which: int) -> None:
        """Take a person away, or bring one back."""
        there = self.people(stream)
        if not there:
            return
        person = there[which % len(there)]
        saw = tuple(sorted(self.heads(person, LIFE)))
        held = {row[0] for row in self.ask("SELECT op_id FROM operations WHERE state = 'applied'")}
        found = self.store.read(lambda r: r.get(Person, person))
        gone = found is not None and found.cancelled

        def run(writer: Writer) -> Id:
            writer.act("Remove a person")
            (writer.restore if gone else writer.cancel)(Person, person)
            return person

        told = {(person, LIFE): (saw, LIVE if gone else CANCELLED)}
        self._write(stream, run, lambda _person: told, held)

    def _write(
        self,
        stream: Id,
        run: Callable[[Writer], Id],
        written: Callable[[Id], dict[tuple[Id, str], tuple[tuple[Id, ...], Any]]],
        aware: Collection[bytes] = (),
    ) -> None:
        """Write, and tell the oracle what is on the disk; after a crash look whether it came to be there."""
        before = self.ask("SELECT max(no) FROM operations")[0][0] or 0
        made: list[Id] = []

        def kept(writer: Writer) -> Id:
            made.append(run(writer))
            return made[0]

        try:
            with running(self.version):
                self.store.write(kept)
        except Crash:
            self.start_again()
        query = "SELECT op_id FROM operations WHERE no > ? AND stream_id = ? AND key_id != ? ORDER BY no"
        for (operation,) in self.ask(query, before, stream, bytes(16))[:1]:
            for key, (saw, value) in written(made[0]).items():
                self.oracle.wrote(stream, key, operation, saw, value, aware)
