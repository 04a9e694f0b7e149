"""No importer crashes and none takes over two seconds, whatever it is handed.

``FUZZ_SECONDS`` is how long each is tried in the slow test (60 unless told), ``FUZZ_SEED`` which dice are thrown.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.handing import Handing
from caseworker_app.documents.papers import make
from caseworker_app.domain.journal import EntryKind
from caseworker_app.services import chronology_papers, entries
from caseworker_app.vault import pack as container
from caseworker_app.vault.locks import Argon2Parameters
from tests.fuzz import targets
from tests.fuzz.mutating import Dice
from tests.fuzz.targets import Target
from tests.helpers.stores import KEY, founded, new_store, register

LONGEST = 2.0
TINY = Argon2Parameters(1, 64, 1)


class Here:
    """Papers made in this process."""

    make = staticmethod(make)


class Hang(BaseException):
    """An importer that would not end."""


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Target]]:
    patch = pytest.MonkeyPatch()
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # it says of every bad file what is bad
    patch.setattr(container, "SMALL_MACHINE", TINY)
    patch.setattr(container.seal_with, "__defaults__", (TINY,))
    folders = [tmp_path_factory.mktemp(name) for name in ("giver", "taker", "copies")]
    giver, taker = founded(folders[0]), new_store(folders[1])
    case = register(giver, "Felix Prøve")
    values = {"kind": EntryKind.FREE, "heading": "Opkald", "text": "Ord", "held_on": dt.date(2026, 11, 20)}
    draft = giver.write(lambda w: entries.begin(w, case, values)).result
    giver.write(lambda w: entries.sign(w, draft))
    pack, _job = Handing(giver, ShippedBooks(), Here())._packed([case], "")
    pdf = make(giver.read(lambda r: chronology_papers.job(r, case))).data
    whole = folders[2] / "whole.db"
    giver.back_up(whole)
    listed = [
        *targets.text_targets(),
        *targets.file_targets(pdf),
        *targets.wire_targets(pack.streams[0].rows),
        *targets.handover_targets(giver, pack, taker),
        *targets.backup_targets(whole, KEY, folders[2]),
    ]
    yield {one.name: one for one in listed}
    giver.close()
    taker.close()
    patch.undo()
    logging.getLogger("pikepdf").setLevel(logging.NOTSET)


NAMES = (
    "rules", "letter_template", "map_template", "form", "meeting_kinds", "catalogue", "map_snapshot", "xlsx", "xlsx_parts",
    "csv", "attached", "filled_form", "wire_json", "wire_header", "wire_payload", "handover_file", "handover_contents",
    "handover_rows", "backup", "slots",
)  # fmt: skip


def tried(target: Target, seconds: float, seed: int) -> tuple[int, float]:
    """Try an importer for so long; return how many inputs it was, and the longest that one took. Raises what crashed."""
    dice, count, longest = Dice(seed), 0, 0.0
    until = time.monotonic() + seconds

    def ring(_number: int, _frame: Any) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, ring)
    try:
        while time.monotonic() < until:
            data = dice.mutated(target.seeds)
            began = time.process_time()
            signal.setitimer(signal.ITIMER_REAL, 10 * LONGEST)
            try:
                target.read(data)
            except target.refuses:
                pass
            except BaseException as error:
                _keep(target.name, data)
                raise AssertionError(
                    f"{target.name}, seed {seed}, input {count}: {type(error).__name__}"
                ) from error
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            took = time.process_time() - began
            longest, count = max(longest, took), count + 1
            if took > LONGEST:
                _keep(target.name, data)
                raise AssertionError(f"{target.name}, seed {seed}, input {count}: {took:.1f} s")
    finally:
        signal.signal(signal.SIGALRM, before)
    return count, longest


def _keep(name: str, data: bytes) -> None:
    """Keep what crashed where ``FUZZ_KEEP`` says."""
    folder = os.environ.get("FUZZ_KEEP")
    if folder:
        (Path(folder) / f"{name}.bin").write_bytes(data)


def test_the_good_bytes_are_taken_and_every_importer_is_named(every):
    assert tuple(every) == NAMES
    for name in set(NAMES) - {"catalogue", "filled_form", "attached", "xlsx_parts"}:
        for seed in every[name].seeds:
            if name not in ("handover_rows", "backup", "slots"):
                every[name].read(seed)


def test_a_moment_of_bad_bytes_crashes_no_importer(every):
    for number, target in enumerate(every.values()):
        count, longest = tried(target, 0.2, 1000 + number)
        assert count > 0 and longest < LONGEST


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_minute_of_bad_bytes_crashes_no_importer(every, name, capsys):
    seconds = float(os.environ.get("FUZZ_SECONDS", "60"))
    seed = int(os.environ.get("FUZZ_SEED", "2026"))
    count, longest = tried(every[name], seconds, seed)
    with capsys.disabled():
        print(f"\n{name}: {count} inputs in {seconds:.0f} s, the longest {longest * 1000:.0f} ms")
