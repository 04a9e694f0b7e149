"""Two programs, a hub and PostgreSQL, each killed in turn while both write: what was said to be saved is everywhere."""

from __future__ import annotations

import os

import pytest

from tests.processes.conftest import Street
from tests.processes.street import DeskProcess, until

pytestmark = [
    pytest.mark.net,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.name == "nt", reason="signals of POSIX"),
]
ROUNDS = 3


def writing(street: Street, round_: int) -> None:
    """Have both write until they are told otherwise, each a few at least."""
    for desk in street.desks:
        desk.ask("keep_writing", of=street.case, prefix=f"{desk.name} {round_}")
        written(desk, 3)


def written(desk: DeskProcess, more: int) -> None:
    before = len(desk.saved)
    until("a few more are saved", lambda: len(desk.saved) >= before + more)


def rested(*desks: DeskProcess) -> None:
    for desk in desks:
        desk.ask("rest_writing")


def test_a_hub_that_is_killed_loses_nothing_and_is_found_again(street: Street) -> None:
    street.proxy.bad = 0.05
    writing(street, 1)
    for _round in range(ROUNDS):
        written(street.anna, 5)
        street.hub.kill()
        written(street.bo, 5)
        street.proxy.upstream = street.hub.start()
    rested(*street.desks)
    street.settle()
    assert len(street.saved()) > 10 * ROUNDS


@pytest.mark.parametrize("who", [0, 1], ids=["the owner", "the colleague"])
def test_a_program_that_is_killed_had_saved_what_it_said(street: Street, who: int) -> None:
    street.proxy.bad = 0.05
    for round_ in range(ROUNDS):
        writing(street, round_)
        written(street.desks[who], 5)
        street.desks[who].kill()
        written(street.desks[1 - who], 5)
        rested(street.desks[1 - who])
        street.desks[1 - who].stop()
        for desk in street.desks:
            desk.start()
    street.settle()


def test_a_database_that_is_cut_off_had_kept_what_the_hub_confirmed(street: Street) -> None:
    writing(street, 1)
    for _round in range(2):
        written(street.anna, 10)
        street.cut_database()
    written(street.bo, 5)
    rested(*street.desks)
    street.settle()


def test_over_a_bad_way_everything_comes_through(street: Street) -> None:
    street.proxy.bad = 0.15
    writing(street, 1)
    until("twenty connections were cut", lambda: street.proxy.cut >= 20)
    rested(*street.desks)
    street.settle()


def test_what_was_written_while_there_was_no_hub_is_sent_when_there_is(street: Street) -> None:
    street.hub.kill()
    for n in range(5):
        street.write(street.anna, f"without a hub {n}")
    until("it is said", lambda: street.anna.ask("state")["faults"] == ["offline"])
    assert street.anna.ask("state")["unsent"] == 5
    street.anna.stop()
    street.anna.start()
    street.proxy.upstream = street.hub.start()
    street.settle()
