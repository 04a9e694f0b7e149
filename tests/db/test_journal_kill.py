"""The power goes while something is written in the journal: afterwards it is there whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.follow_up import ChildTalk, FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryDraft, EntryPart
from caseworker_app.domain.searching import Question
from caseworker_app.services import cases, entries, searching
from db.store import SqlStore
from db.verify import faults
from tests.db.journal_process import LETTERS, MEGABYTE
from tests.helpers.casework import begin
from tests.helpers.stores import again, founded, register

ROOT = Path(__file__).parents[2]
START = dt.date(2026, 11, 5)


@pytest.fixture
def emma(tmp_path: Path) -> Id:
    store = founded(tmp_path)
    made = register(store, "Emma Holm", born=dt.date(2014, 5, 2))
    store.close()
    return made


@pytest.fixture
def ida(tmp_path: Path, emma: Id) -> Id:
    store = again(tmp_path)
    made = register(store, "Ida Holm", born=dt.date(2016, 3, 1))
    store.write(lambda w: cases.link_siblings(w, emma, made, SiblingKind.FULL))
    store.close()
    return made


def killed(folder: Path, what: str, begun: int, after: float, *names: Id) -> int:
    """Let a process write for a while and kill it; return the last number it said was saved."""
    command = [sys.executable, "-m", "tests.db.journal_process", str(folder), what, str(begun)]
    writing = subprocess.Popen(
        [*command, *(name.hex() for name in names)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert writing.stdout is not None
    first = writing.stdout.readline()
    assert first.strip(), "it wrote once before it was killed"
    time.sleep(after)
    writing.kill()
    said = [int(line) for line in (first, *writing.stdout.read().splitlines()) if line.strip().isdigit()]
    writing.stdout.close()
    writing.wait()
    return said[-1]


def check_signed(store: SqlStore, said: int, children: int) -> None:
    found = store.read(lambda r: r.find(Entry))
    times = Counter(entry.text for entry in found)
    assert set(times.values()) <= {children}, "signed for every child, or for none"
    assert said <= len(times) <= said + 1
    for entry in found:
        n = entry.text.split()[-1]
        assert entry.signed and entry.signed_at is not None and entry.signed_by
        assert entry.own_text.endswith(f"af {n}")
    for n in range(1, said + 1):
        assert times[f"fælles {n}"] == children
    drafts = store.read(lambda r: r.find(EntryDraft))
    assert len(drafts) <= children, "what is signed is no draft any more"
    assert all(times[draft.text] == 0 for draft in drafts)


@pytest.mark.slow
@pytest.mark.parametrize("children", [1, 2])
def test_killed_while_signing_an_entry_is_signed_for_every_child_or_for_none(tmp_path, emma, ida, children):
    names, said = (emma, ida)[:children], 0
    chance = random.Random(children)
    for _ in range(4):
        said = killed(tmp_path, "sign", said, chance.uniform(0.0, 0.08), *names)
        store = again(tmp_path)
        assert faults(store) == []
        check_signed(store, said, children)
        hits = store.read(lambda r: searching.search(r, Question(f'"fælles {said}"'))).hits  # noqa: B023
        assert len(hits) == children
        store.write(lambda w: [entries.discard(w, one.id) for one in w.find(EntryDraft)])
        said = len({entry.text for entry in store.read(lambda r: r.find(Entry))})
        store.close()


@pytest.mark.slow
def test_killed_while_a_megabyte_is_kept_it_is_the_one_text_or_the_other(tmp_path, emma):
    store = again(tmp_path)
    draft = store.write(lambda w: entries.begin(w, emma, {"heading": "Langt", "text": "begyndt"})).result
    store.close()
    said, chance = 0, random.Random(5)
    for _ in range(3):
        said = killed(tmp_path, "keep", said, chance.uniform(0.0, 0.6), emma, draft)
        store = again(tmp_path)
        assert faults(store) == []
        whole = {LETTERS[n % len(LETTERS)] * MEGABYTE for n in (said, said + 1)}
        assert store.read(lambda r: r.get(EntryDraft, draft)).text in whole
        typed = store.read(lambda r: r.draft(f"entry_draft:{draft.hex()}"))
        assert typed is None or typed.fields["text"][0] in whole
        store.close()


@pytest.mark.slow
def test_killed_while_a_follow_up_is_held_for_siblings_each_has_it_or_none(tmp_path, emma, ida):
    store = again(tmp_path)
    names = tuple(begin(store, case, "foster_general", START) for case in (emma, ida))
    store.close()
    said, chance = 0, random.Random(9)
    for _ in range(3):
        said = killed(tmp_path, "hold", said, chance.uniform(0.0, 0.1), *names)
        store = again(tmp_path)
        assert faults(store) == []
        held = store.read(lambda r: r.find(FollowUp))
        assert set(Counter(one.summary for one in held).values()) == {2}
        assert said <= len(held) // 2 <= said + 1
        talks = store.read(lambda r: r.find(ChildTalk))
        written = store.read(lambda r: r.find(Entry))
        assert len(talks) == len(written) == len(held)
        said = len(held) // 2
        store.close()


def test_nothing_of_a_part_is_left_when_its_entry_was_never_begun(tmp_path, emma, ida):
    store = again(tmp_path)
    with pytest.raises(KeyError):
        store.write(lambda w: entries.say_of(w, bytes(16), ida, "hængende"))
    assert store.read(lambda r: r.count(EntryPart)) == 0
    assert faults(store) == []
    store.close()
