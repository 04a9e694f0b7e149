"""Nothing of a child is left in clear anywhere: marked words are worked with in the real program, then looked for.

The program runs in a process of its own, with a home, a folder for temporary files and a working folder of its own, under
a script (:mod:`tests.leak_scripts`). Then every file that is there afterwards is searched for the marked words in every
way of writing them that a program may come up with, and so is all that could be seen from outside while it ran.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import stat
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest

from caseworker_app.clock import SystemClock
from caseworker_app.compose import demo_store
from tests.leak_scripts import CHILD, DRAFT, MARKERS, NUMBER, PASSPHRASE, SECOND
from tests.ui.own_window import own_ways

ROOT = Path(__file__).resolve().parents[1]
OUR_OWN = ("CASEWORKER_HOME=", "QT_QPA_PLATFORM=", "PYSIDE6_OPTION_PYTHON_ENUM=", "PYTHON")


def spellings(word: str) -> Iterator[tuple[str, bytes]]:
    """Yield a word in the ways it could stand in a file, with what each is called."""
    for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1"):
        with suppress(UnicodeEncodeError):  # latin-1 has not every letter
            yield code, word.encode(code)
    yield "escaped", json.dumps(word)[1:-1].encode()
    yield "in an address", urllib.parse.quote(word).encode()
    yield "backslashed", word.encode("unicode-escape")
    raw = word.encode()
    yield "hex", raw.hex().encode()
    for shift in range(3):  # base64 has three ways, after what stands before it
        whole = base64.b64encode(b"\0" * shift + raw)
        yield f"base64+{shift}", whole[-(-shift * 8 // 6) + (shift > 0) : -4]


def found_in(data: bytes, words: tuple[str, ...]) -> list[str]:
    """Return which words stand in some bytes, and how."""
    lower = data.lower()
    return [
        f"{word[:4]}… ({how})"
        for word in words
        for how, spelled in spellings(word)
        if (spelled in data if how.startswith("base64") else spelled.lower() in lower)
    ]


@dataclass
class Run:
    """What is left after the program was used: where, what it said, how it ended."""

    root: Path
    code: int = 0
    said: list[dict[str, object]] = field(default_factory=list)
    printed: str = ""

    def told(self, name: str) -> list[object]:
        """Return what the script said under a name."""
        return [line[name] for line in self.said if name in line]

    def leaks(self, words: tuple[str, ...] = MARKERS) -> list[str]:
        """Return every file that holds a marked word in clear, in its name or in it, and what was printed."""
        leaks = [f"printed: {found}" for found in found_in(self.printed.encode(), words)]
        for path in sorted(self.root.rglob("*")):
            name = str(path.relative_to(self.root))
            leaks += [f"the name of {name}: {found}" for found in found_in(name.encode(), words)]
            if path.is_file():
                leaks += [f"{name}: {found}" for found in found_in(path.read_bytes(), words)]
        return leaks


class Used:
    """Runs the program under a script in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("home", "tmp", "cwd", "data", PASSPHRASE):
            (root / name).mkdir(mode=0o700)
        self.copies = root / PASSPHRASE
        """Where copies are saved: a folder with a marked name, which a person may choose."""
        self.store = root / "data" / "own"

    def founded(self) -> Used:
        """Make the user's own store."""
        ways = own_ways(self.store, SystemClock())
        ways.found({"name": "Lone Kjær"}, {"municipality": "Hedeby Kommune"}).close()
        ways.release()
        return self

    def start(self, script: str, how: str) -> subprocess.Popen[str]:
        """Start the program under a script, given as ``module:function``."""
        kept = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONWARNINGS")
        environ = {name: os.environ[name] for name in kept if name in os.environ} | {
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "CASEWORKER_HOME": str(self.root / "data"),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "TZ": "Europe/Copenhagen",
        }
        command = [sys.executable, "-m", "tests.helpers.app_process", script]
        return subprocess.Popen(
            [*command, str(self.store), how, str(self.copies)],
            cwd=self.root / "cwd", env=environ, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_let_it_dump,
        )  # fmt: skip

    def run(self, script: str, how: str) -> Run:
        """Let the script use the program, and end it: "quit", "kill", "abort"."""
        process = self.start(f"tests.leak_scripts:{script}", how)
        assert process.stdout is not None
        done = Run(self.root)
        for line in process.stdout:
            done.said.append(json.loads(line))
            if how == "kill" and done.told("ready"):
                process.kill()
        _rest, done.printed = process.communicate(timeout=60)
        done.code = process.returncode
        self._put_the_chosen_copies_aside()
        return done

    def _put_the_chosen_copies_aside(self) -> None:
        """What a person saves where she wants is hers: it is looked at apart."""
        self.saved = {path.name: path.read_bytes() for path in self.copies.iterdir()}
        for path in [*self.copies.iterdir(), self.copies]:
            path.rmdir() if path.is_dir() else path.unlink()


def _let_it_dump() -> None:
    """Let the program write an image of its memory when it crashes, as far as the system allows."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


@pytest.fixture
def used(tmp_path: Path) -> Used:
    return Used(tmp_path)


def check(run: Run, used: Used, code: int) -> None:
    """What must hold after any day."""
    assert run.code == code, run.printed
    assert run.leaks() == []
    assert found_in(json.dumps(run.told("titles"), ensure_ascii=False).encode(), MARKERS) == []
    assert found_in(json.dumps(run.told("processes"), ensure_ascii=False).encode(), MARKERS) == []
    assert found_in(json.dumps(run.told("mishap"), ensure_ascii=False).encode(), MARKERS) == []
    assert run.told("mask") == ["0o77"], "what is made without a mode of its own is the owner's alone"
    assert not list(used.root.rglob("core*"))
    for path in used.root.rglob("*"):
        if path.is_relative_to(used.root / "data"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert not [path for path in (used.root / "tmp").rglob("*") if path.is_file()]
    assert list((used.root / "cwd").iterdir()) == []


def check_copy(used: Used) -> None:
    """The copy that was saved holds the number where it belongs, and nowhere that a folder or a title bar shows."""
    import pikepdf

    archive = used.saved.pop("arkiv.zip", None)
    (name, data), *others = used.saved.items()
    assert others == []
    if archive is not None:
        check_archive(archive)
    assert found_in(name.encode(), MARKERS) == []
    with pikepdf.open(BytesIO(data)) as pdf:
        metadata = [str(value) for value in pdf.docinfo.values()]
        metadata.append(bytes(pdf.Root.Metadata.read_bytes()).decode())
    assert found_in(" ".join(metadata).encode(), MARKERS) == []


def check_archive(data: bytes) -> None:
    """The archive copy holds the child, as it is meant to; no name of a file in it does."""
    import zipfile

    with zipfile.ZipFile(BytesIO(data)) as packed:
        names = "\n".join(packed.namelist())
        assert found_in(packed.read("sag.json"), (CHILD,)) != []
        assert found_in(packed.read("sag.json"), (PASSPHRASE, SECOND)) == []
    assert found_in(names.encode(), MARKERS) == []


def check_kept(used: Used, run: Run) -> None:
    """Backups and the store laid beside are sealed and the owner's alone; the new recovery code is nowhere."""
    copies = [*used.store.parent.rglob("store-*.db"), *used.store.parent.glob("own-*/store.db")]
    assert len(copies) == 2
    assert not any(path.read_bytes().startswith(b"SQLite format 3") for path in copies)
    (code,) = run.told("code")
    groups = str(code).split("-")
    assert run.leaks((str(code), "".join(groups), "-".join(groups[:3]))) == []


def test_the_search_finds_a_word_however_it_is_spelled(tmp_path: Path) -> None:
    word = "Zebedæus Qvistgård"
    for how, spelled in spellings(word):
        assert found_in(b"\x00\xffabc" + spelled + b"xyz", (word,)), how
        assert not found_in(spelled[:-3], (word,)), how
    for shift in range(9):
        assert found_in(base64.b64encode(b"x" * shift + word.encode() + b"yz"), (word,)), shift
    (tmp_path / f"{NUMBER}.tmp").write_bytes(b"")
    assert Run(tmp_path).leaks() == [f"the name of {NUMBER}.tmp: {NUMBER[:4]}… ({how})" for how in PLAIN]


PLAIN = ("utf-8", "latin-1", "escaped", "in an address", "backslashed")
"""The ways in which digits are spelled alike."""


def test_a_day_that_ends_by_a_kill_leaves_nothing_in_clear(used: Used) -> None:
    run = used.founded().run("day", "kill")
    check(run, used, -signal.SIGKILL)
    assert (used.store / "store.db-wal").stat().st_size > 0, "there was something to be found"
    check_copy(used)
    assert run.told("suggested") == ["minutes-file.pdf"]
    assert any("--multiprocessing-fork" in list(seen) for seen in run.told("processes")), (
        "the worker was seen"
    )
    log = next((used.root / "data" / "log").iterdir()).read_text(encoding="utf-8")
    for what in (
        "a task failed",
        "uncaught in the program",
        "uncaught in a thread",
        "uncaught in a finaliser",
    ):
        assert what in log


@pytest.mark.slow
@pytest.mark.parametrize(("how", "code"), [("quit", 0), ("abort", -signal.SIGABRT)])
def test_a_day_leaves_nothing_in_clear_however_it_ends(used: Used, how: str, code: int) -> None:
    run = used.founded().run("day", how)
    check(run, used, code)
    check_copy(used)
    if how == "quit":
        check_kept(used, run)


@pytest.mark.slow
def test_making_a_store_leaves_neither_the_passphrase_nor_the_recovery_code_behind(used: Used) -> None:
    run = used.run("founding", "quit")
    check(run, used, 0)
    (code,) = run.told("code")
    groups = str(code).split("-")
    assert run.leaks((str(code), "".join(groups), "-".join(groups[:3]))) == []


@pytest.mark.slow
@pytest.mark.parametrize(("how", "code"), [("quit", 0), ("kill", -signal.SIGKILL)])
def test_a_day_in_the_demo_leaves_nothing_in_clear(used: Used, how: str, code: int) -> None:
    import datetime as dt

    demo_store.make(used.store, today=dt.datetime.now().astimezone().date())
    store = demo_store.open_demo(used.store)
    from caseworker_app.domain.case import Case

    names = tuple(case.child_name for case in store.read(lambda r: r.find(Case)) if case.child_name)
    numbers = tuple(case.person_number for case in store.read(lambda r: r.find(Case)) if case.person_number)
    store.close()
    assert len(names) > 20
    run = used.run("demo_day", how)
    check(run, used, code)
    assert run.leaks((DRAFT, *names, *numbers)) == []
