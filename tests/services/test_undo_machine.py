"""Undo and redo over every service of the foundation: any walk shows what a plain stack of pictures would.

A picture is every living row of every projection. Undoing all gives the picture of the beginning, redoing all that of
the end, whatever was done, taken back and done again on the way.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Address, Case, CaseKind, LimitException, SiblingKind, SiblingLink
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import (
    Attendance,
    Audience,
    Column,
    Meeting,
    MeetingPoint,
    Participant,
    TimeSpan,
)
from caseworker_app.domain.office import Office, Worker
from caseworker_app.domain.person import Custody, Person, Role
from caseworker_app.domain.things import TYPES
from caseworker_app.services import cases, history, meetings, office, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from db.rows import table_name
from db.store import SqlStore
from db.verify import faults
from tests.helpers.stores import again, founded
from tests.services import map_acts

TODAY = dt.date(2026, 11, 21)
WORDS = ("", "Nordskolen", "Sydskolen", "Mor 🙂", "x" * 150)
DAYS = (None, TODAY, TODAY - dt.timedelta(days=400), TODAY + dt.timedelta(days=20))
SPANS = tuple(TimeSpan(day, dt.time(10), dt.time(11, 30)) for day in DAYS if day)
ADDRESSES = (None, Address("Skolegade 1", "7400", "Herning"), Address("", "7400", "Herning"))
EXCEPTION = LimitException(TODAY, "Leder", "Søskende")
LOOKS = {
    Case: {
        "child_name": WORDS[1:], "school": WORDS, "note": WORDS, "address": ADDRESSES, "born": DAYS[:3],
        "kinds": (frozenset(), frozenset({CaseKind.PLACEMENT}), frozenset(CaseKind)), "step": (None, 1, 6),
        "person_number": ("", "7001129996", "6101179997"), "address_protected": (True, False),
    },
    Person: {
        "name": WORDS[1:], "role": (Role.MOTHER, Role.FATHER, Role.NETWORK_PERSON), "custody": (None, Custody.SOLE),
        "phone": WORDS, "address": ADDRESSES, "interpreter": (True, False), "note": WORDS,
    },
    Meeting: {"purpose": WORDS, "when": (None, *SPANS), "place": WORDS, "summary": WORDS},
    Participant: {"name": WORDS[1:], "function": WORDS, "audience": (Audience.CHILD, Audience.PARENT, Audience.NETWORK)},
    MeetingPoint: {"text": WORDS, "said_by": WORDS},
    Agreement: {"what": WORDS, "who": WORDS, "due": DAYS},
    Worker: {"title": WORDS, "phone": WORDS},
    Office: {"limit": (None, 3, 40), "address": ((), ("Torvet 1", "7400 Herning")), "logo": WORDS},
}  # fmt: skip
EDITORS: dict[type[Entity], Callable[[Writer, Id, dict[str, Edit]], None]] = {
    Case: cases.edit,
    Person: people.edit,
    Meeting: meetings.edit,
    Participant: meetings.edit_participant,
    MeetingPoint: meetings.edit_point,
    Agreement: meetings.edit_agreement,
    Worker: lambda w, _worker, edits: office.edit_worker(w, edits),
    Office: office.edit_office,
}


class Hand:
    """Draws what an act needs from the things that are there; :class:`Nothing` when there is none."""

    def __init__(self, store: SqlStore, numbers: list[int]) -> None:
        self._store, self._numbers = store, numbers

    def pick(self, among: Any) -> Any:
        choices = list(among)
        if not choices:
            raise Nothing
        return choices[self._numbers.pop(0) % len(choices)] if self._numbers else choices[0]

    def some(self, cls: type[Entity]) -> Id:
        return self.pick(self._store.read(lambda r: r.find(cls))).id

    def edits(self, cls: type[Entity], thing: Id) -> dict[str, Edit]:
        seen = self._store.read(lambda r: r.fields(cls, thing))
        names = {self.pick(LOOKS[cls]) for _ in range(2)}
        return {name: Edit(self.pick(LOOKS[cls][name]), seen[name].heads) for name in sorted(names)}


class Nothing(Exception):
    """There is nothing of the kind to do something with."""


Act = Callable[[Writer, Hand], Any]
ACTS: dict[str, Act] = {
    "register": lambda w, h: cases.register(
        w, {"child_name": h.pick(WORDS[1:]), "kinds": h.pick(LOOKS[Case]["kinds"])}, arrives=h.pick((True, False))
    ),
    "close": lambda w, h: cases.close(w, h.some(Case), TODAY, h.pick(WORDS)),
    "reopen": lambda w, h: cases.reopen(w, h.some(Case), h.pick((None, EXCEPTION))),
    "except": lambda w, h: cases.record_exception(w, h.some(Case), EXCEPTION),
    "link": lambda w, h: link(w, h),
    "unlink": lambda w, h: unlink(w, h),
    "add person": lambda w, h: people.add(w, h.some(Case), {"name": h.pick(WORDS[1:]), "role": h.pick(Role)}),
    "remove person": lambda w, h: people.remove(w, h.some(Person)),
    "copy person": lambda w, h: people.copy_to(w, h.some(Person), h.some(Case)),
    "plan": lambda w, h: meetings.plan(w, h.some(Case), {"purpose": h.pick(WORDS), "when": h.pick(SPANS)}),
    "invite": lambda w, h: meetings.invite(w, h.some(Meeting), [h.some(Person), h.some(Person)]),
    "invite child": lambda w, h: meetings.invite_child(w, h.some(Meeting)),
    "invite name": lambda w, h: meetings.invite_name(
        w, h.some(Meeting), h.pick(WORDS[1:]), h.pick(WORDS), h.pick(Audience)
    ),
    "move": lambda w, h: meetings.move(w, h.some(Participant), h.pick((-2, -1, 1, 2))),
    "attend": lambda w, h: meetings.set_attendance(w, h.some(Participant), h.pick(Attendance)),
    "hold": lambda w, h: meetings.hold(w, h.some(Meeting)),
    "call off": lambda w, h: meetings.call_off(w, h.some(Meeting)),
    "plan again": lambda w, h: meetings.plan_again(w, h.some(Meeting)),
    "point": lambda w, h: meetings.add_point(w, h.some(Meeting), h.pick(Column), h.pick(WORDS[1:]), h.pick(WORDS)),
    "agree": lambda w, h: meetings.add_agreement(w, h.some(Meeting), {"what": h.pick(WORDS[1:]), "due": h.pick(DAYS)}),
    "take back": lambda w, h: take_back(w, h),
    "template": lambda w, h: office.set_template(w, h.pick(("invitation", "minutes")), h.pick(WORDS)),
    "standard template": lambda w, h: office.reset_template(w, h.pick(("invitation", "minutes"))),
    **{
        f"edit {cls.__name__}": lambda w, h, cls=cls: change(w, h, cls)
        for cls in EDITORS
    },
    **map_acts.ACTS,
}  # fmt: skip


FIRST = (
    "register", "register", "link", "add person", "add person", "plan", "invite", "invite child", "invite name", "point",
    "point", "agree", "map", "map person", "map person", "map line",
)  # fmt: skip
"""What every walk begins with, so that there is something to be done everything with."""


def link(writer: Writer, hand: Hand) -> None:
    one = hand.some(Case)
    other = hand.pick(case.id for case in writer.find(Case) if case.id != one)
    cases.link_siblings(writer, one, other, hand.pick(SiblingKind))


def unlink(writer: Writer, hand: Hand) -> None:
    link = hand.pick(writer.find(SiblingLink))
    (one,) = (case.id for case in writer.find(Case, cancelled=True) if case.stream == link.stream)
    cases.unlink_siblings(writer, one, link.other_case)


def take_back(writer: Writer, hand: Hand) -> None:
    cls = hand.pick((Participant, MeetingPoint, Agreement))
    meetings.remove(writer, cls, hand.some(cls))


def change(writer: Writer, hand: Hand, cls: type[Entity]) -> None:
    thing = hand.some(cls)
    EDITORS[cls](writer, thing, hand.edits(cls, thing))


def picture(store: SqlStore) -> dict[str, list[tuple[Any, ...]]]:
    """Return every living row of every projection, without when it was made."""
    seen = {}
    for declared in TYPES:
        columns = ", ".join(f'"{name}"' for name in ("id", "stream", "conflicts", *declared.specs))
        rows = store.connection.execute(f"SELECT {columns} FROM {table_name(declared)} WHERE cancelled = 0")
        seen[declared.name] = sorted(rows.fetchall())
    return {name: rows for name, rows in seen.items() if rows}


@pytest.fixture(scope="module", autouse=True)
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    history.DEPTH, before = 1000, history.DEPTH
    folder = tmp_path_factory.mktemp("undo-machine")
    founded(folder).close()
    Walk.beginning = folder / "store.db"
    yield
    history.DEPTH = before


class Walk(RuleBasedStateMachine):
    """Acts, undoes and redoes, against a list of pictures and a place in it."""

    beginning: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="undo-machine-"))
        shutil.copy(self.beginning, self.folder / "store.db")
        self.store = again(self.folder)
        self.pictures, self.place = [picture(self.store)], 0
        for name in FIRST:
            self.act(name, [])

    @rule(name=st.sampled_from(sorted(ACTS)), numbers=st.lists(st.integers(0, 40), min_size=2, max_size=8))
    def act(self, name: str, numbers: list[int]) -> None:
        hand = Hand(self.store, numbers)
        try:
            done = self.store.write(lambda w: ACTS[name](w, hand))
        except (Nothing, UserError):
            return
        if done.act_id is not None:
            self.pictures = [*self.pictures[: self.place + 1], picture(self.store)]
            self.place += 1

    @precondition(lambda self: self.place > 0)
    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(min(times, self.place)):
            self.store.write(history.undo)
            self.place -= 1
            assert picture(self.store) == self.pictures[self.place]

    @precondition(lambda self: self.place < len(self.pictures) - 1)
    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(min(times, len(self.pictures) - 1 - self.place)):
            self.store.write(history.redo)
            self.place += 1
            assert picture(self.store) == self.pictures[self.place]

    @invariant()
    def the_menu_offers_what_can_be_done(self) -> None:
        state = self.store.read(history.state)
        assert (state.undo is not None) == (self.place > 0)
        assert (state.redo is not None) == (self.place < len(self.pictures) - 1)

    def teardown(self) -> None:
        end, last = picture(self.store), len(self.pictures) - 1
        here = self.place
        self.undo(here) if here else None
        assert picture(self.store) == self.pictures[0]
        if last:
            self.redo(last)
            assert picture(self.store) == self.pictures[last]
        if here == last:
            assert picture(self.store) == end
        assert faults(self.store) == []
        self.store.close()
        shutil.rmtree(self.folder)


TestUndoAndRedoOverAllServices = Walk.TestCase
TestUndoAndRedoOverAllServices.settings = settings(
    max_examples=settings.default.max_examples // 5, stateful_step_count=20
)
