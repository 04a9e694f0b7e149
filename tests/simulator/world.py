"""Laptops, a hub and the steps of a history; and what must hold when everything has healed."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Role
from caseworker_app.hub.ground import Organisation
from caseworker_app.sync import sharing
from tests.helpers.stores import case, register
from tests.helpers.sync_house import Ask, Net, open_office
from tests.simulator.checks import check
from tests.simulator.fuse import Crash
from tests.simulator.history import History, Step
from tests.simulator.hub import Hub
from tests.simulator.laptop import FIELDS, Laptop
from tests.simulator.oracle import Oracle
from tests.simulator.versions import NEWER, running

PEOPLE = ("anna", "bo", "carl", "anna")
"""Whose the laptops are; the fourth is the first one's second."""
MOST_LAPTOPS = 5
ROUNDS = 40
"""After so many rounds of undisturbed syncs everything must have come to rest."""
SKEWS = (-3 * 365, -1, 1, 3 * 365)
"""Days a clock is turned by."""


@dataclass(frozen=True)
class Template:
    """A hub and signed-in laptops that share two cases, in a folder, ready to be copied for each history."""

    folder: Path
    organisation: Organisation
    signing: bytes
    streams: tuple[Id, Id]
    users: tuple[Id, ...]


def template(folder: Path, laptops: int) -> Template:
    """Make one; it takes a second or two."""
    folder.mkdir(parents=True)
    office = open_office(folder)
    desks = [office.desk(login) for login in PEOPLE[:laptops]]
    streams = []
    for owner, name in zip(desks, ("Emma Prøve", "Noah Prøve"), strict=False):
        streams.append(case(owner.store, register(owner.store, name)).stream)
        owner.well()
        for user in {desk.user for desk in desks} - {owner.user}:
            sharing.share(owner.sync, streams[-1], user, Role.MEMBER)
    office.settle()
    office.settle()
    users = tuple(desk.user for desk in desks)
    for number, desk in enumerate(desks):
        desk.store.close()
        (desk.folder).rename(folder / f"laptop-{number}")
    house = office.house
    house.ground.engine.dispose()
    (folder / "hub").mkdir()
    (folder / "hub.db").rename(folder / "hub" / "hub.db")
    return Template(
        folder, house.ground.organisation, house.keys.signing.to_bytes(), (streams[0], streams[1]), users
    )


class World:
    """One history while it runs."""

    def __init__(self, made: Template, history: History, folder: Path) -> None:
        shutil.copytree(made.folder, folder)
        self.folder, self.template = folder, made
        self.dice = random.Random(history.seed)
        self.oracle = Oracle()
        self.hub = Hub(folder / "hub", made.organisation, made.signing, self.dice)
        self.laptops = [
            Laptop(folder / f"laptop-{n}", n, self.dice, self.oracle) for n in range(history.laptops)
        ]
        self.left: set[tuple[Id, Id]] = set()
        """Streams and users who were ever taken out of them: what these wrote meanwhile may be put aside."""
        self._values = 0

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.close()
        self.hub.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # the steps

    def take(self, step: Step) -> None:
        """Do one step."""
        laptop = self.laptops[step.a % len(self.laptops)]
        stream = self.template.streams[step.b % 2]
        doing: Mapping[str, Callable[[], object]] = {
            "add": lambda: laptop.add_person(stream, self._value()),
            "open": lambda: laptop.open_form(stream, step.c),
            "save": lambda: self._save(laptop, step),
            "toggle": lambda: laptop.toggle(stream, step.c),
            "sync": lambda: self.sync(laptop),
            "bad_sync": lambda: self.sync(laptop, random.Random(step.c)),
            "cut_sync": lambda: self.sync(laptop, calls=1 + step.c % 6),
            "skew": lambda: self._turn(laptop, SKEWS[step.c % len(SKEWS)]),
            "race": lambda: self._race(laptop, stream, step),
            "forgets": lambda: self._forgets(laptop, stream, step),
            "crash_saving": lambda: self._crash(
                laptop, 48, step, lambda: laptop.add_person(stream, self._value())
            ),
            "crash_syncing": lambda: self._crash(laptop, 200, step, lambda: self.sync(laptop)),
            "crash_hub": lambda: self.hub.fuse.burn(1 + step.c % 60),
            "backup_laptop": laptop.keep_backup,
            "restore_laptop": laptop.put_back,
            "clone": lambda: self._clone(laptop),
            "backup_hub": self.hub.keep_backup,
            "restore_hub": self.hub.put_back,
            "leave": lambda: self._member(stream, step, Role.NONE),
            "join": lambda: self._member(stream, step, Role.MEMBER),
            "newer": lambda: setattr(laptop, "version", NEWER),
        }
        doing[step.kind]()

    def _value(self) -> str:
        self._values += 1
        return f"value {self._values}"

    def _save(self, laptop: Laptop, step: Step) -> None:
        field = FIELDS[step.c % len(FIELDS)]
        laptop.save_form(step.d, field, bool(step.b % 2) if field == "address_protected" else self._value())

    def _race(self, laptop: Laptop, stream: Id, step: Step) -> None:
        """Somebody has a form open while a colleague's change of the same field arrives, and saves then."""
        other = self.laptops[(step.a + 1 + step.d % (len(self.laptops) - 1)) % len(self.laptops)]
        field = FIELDS[step.c % 2]
        laptop.open_form(stream, step.c)
        other.open_form(stream, step.c)
        other.save_form(-1, field, self._value())
        self.sync(other)
        self.sync(laptop)
        laptop.save_form(-1, field, self._value())

    def _forgets(self, laptop: Laptop, stream: Id, step: Step) -> None:
        """The hub is put back to before it was handed something, which nobody has read from it since."""
        self.hub.keep_backup()
        laptop.add_person(stream, self._value())
        self.sync(laptop, calls=2 + step.c % 3)
        self.hub.put_back()

    def _crash(self, laptop: Laptop, points: int, step: Step, doing: Callable[[], None]) -> None:
        """The program ends somewhere in what it is doing, or has just done it."""
        laptop.fuse.burn(1 + step.c % points)
        doing()
        laptop.fuse.mend()

    def _turn(self, laptop: Laptop, days: int) -> None:
        laptop.clock.set(laptop.clock.now() + dt.timedelta(days=days))

    def _clone(self, laptop: Laptop) -> None:
        if len(self.laptops) < MOST_LAPTOPS:
            twin = laptop.copy_to(self.folder / f"laptop-{len(self.laptops)}", self.dice)
            twin.version = laptop.version
            self.laptops.append(twin)

    def _member(self, stream: Id, step: Step, role: Role) -> None:
        """The owner takes a colleague out of a case, or in again."""
        owner = self.laptops[self.template.streams.index(stream)]
        users = sorted(set(self.template.users) - {self.template.users[owner.user]})
        user = users[step.c % len(users)]
        try:
            if role is Role.NONE:
                self.left.add((stream, user))
                with running(owner.version):
                    sharing.take_back(owner.sync, stream, user)
            else:
                with running(owner.version):
                    sharing.share(owner.sync, stream, user, role)
        except Crash:
            owner.start_again()
        except UserError:
            pass  # the owner's laptop was put back to before it knew

    # the net

    def sync(self, laptop: Laptop, faults: random.Random | None = None, calls: int = 1 << 30) -> None:
        """Sync once; ``faults`` decides which calls are lost, which answers, which are made twice; after so many
        ``calls`` the net is gone."""
        left = [calls]

        def between(_method: str, _path: str, ask: Ask) -> tuple[int, bytes]:
            left[0] -= 1
            if left[0] < 0:
                raise ConnectionError("the net is gone")
            fate = 1.0 if faults is None else faults.random()
            if fate < 0.12:
                raise ConnectionError("lost on the way there")
            if fate < 0.2:
                self.hub.call(lambda _core: ask())
            answer = self.hub.call(lambda _core: ask())
            if 0.2 <= fate < 0.34:
                raise ConnectionError("lost on the way back")
            return answer

        laptop.net = Net(self.hub.core, between)
        self.hub.now_ms += 60_000
        laptop.clock.advance(60)
        laptop.sync_once()

    # the end

    def heal(self) -> None:
        """Let everybody sync undisturbed until nothing moves. Raises ``AssertionError`` when it never comes to rest."""
        self.hub.fuse.mend()
        for laptop in self.laptops:
            laptop.fuse.mend()
            laptop.version = NEWER
            with running(NEWER):
                laptop.sync.project_waiting()
        before: object = None
        for _round in range(ROUNDS):
            for laptop in self.laptops:
                self.sync(laptop)
            now = [
                (
                    laptop.sync.streams(),
                    laptop.sync.counts().unsent,
                    laptop.ask("SELECT count(*) FROM operations"),
                )
                for laptop in self.laptops
            ]
            if now == before:
                return
            before = now
        raise AssertionError("it never comes to rest")


def run(made: Template, history: History, folder: Path, rebuilt: int = 0) -> None:
    """Run a history and check its end; ``rebuilt`` is the laptop whose tables are made anew and compared.

    Raises ``AssertionError`` for what does not hold.
    """
    world = World(made, history, folder)
    try:
        for step in history.steps:
            world.take(step)
        there = {stream: [laptop.operations(stream) for laptop in world.laptops] for stream in made.streams}
        world.heal()
        check(world, there, rebuilt)
    finally:
        world.close()
