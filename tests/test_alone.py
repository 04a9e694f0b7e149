"""The program starts no process but its own worker, and tells nobody anything."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("caseworker_app", "db", "ui", "resources")
WORKER = "caseworker_app/worker/process.py"
STARTING = {
    "subprocess", "multiprocessing", "concurrent.futures.process", "pty", "webbrowser", "pexpect", "sh", "_posixsubprocess",
}  # fmt: skip
STARTERS = {
    "system", "popen", "fork", "forkpty", "startfile", "posix_spawn", "posix_spawnp", "ProcessPoolExecutor", "QProcess",
    *(f"{kind}{way}" for kind in ("exec", "spawn") for way in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
}  # fmt: skip
ALLOWED = {
    (WORKER, "multiprocessing"),  # the worker
    ("caseworker_app/__main__.py", "multiprocessing"),  # where a packaged worker begins
}
TELLING = {
    "sentry_sdk",
    "opentelemetry",
    "posthog",
    "segment",
    "mixpanel",
    "statsd",
    "rollbar",
    "bugsnag",
    "raygun4py",
}
WATCHED = """
import json, sys
seen = []
PREFIXES = ("subprocess.", "os.system", "os.exec", "os.fork", "os.spawn", "os.posix_spawn", "os.startfile", "pty.")
ASKING = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request", "http.client")

def watch(event, told):
    if event.startswith(PREFIXES):
        seen.append(event)
    elif event.startswith(ASKING):
        address = told[1] if event == "socket.connect" else told
        if not isinstance(address, (str, bytes)):  # a socket of this machine's own (D-Bus, the screen) has a path
            seen.append(event)

sys.addaudithook(watch)
from caseworker_app.__main__ import main
code = main(["self-test"])
sys.stderr.write(json.dumps([code, sorted(set(seen))]))
"""


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.AST]:
    files = (file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py")))
    return {file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def starters(tree: ast.AST) -> set[str]:
    """What starts a process, as an attribute of ``os`` or a name taken from Qt or the standard library."""
    attributes = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"
    }
    names = {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return (attributes | (names & {"QProcess", "ProcessPoolExecutor"})) & STARTERS


def faults(where: str, tree: ast.AST) -> set[tuple[str, str]]:
    modules = {name for name in imported(tree) if name in STARTING or name.partition(".")[0] in STARTING}
    tops = {name.partition(".")[0] if name.partition(".")[0] in STARTING else name for name in modules}
    return {(where, name) for name in tops | starters(tree)} - ALLOWED


def test_nothing_of_ours_can_start_a_process_but_the_worker(trees):
    assert set().union(*(faults(where, tree) for where, tree in trees.items())) == set()


@pytest.mark.parametrize(
    "text",
    [
        "import subprocess", "from subprocess import run", "import os\nos.system('x')", "import os\nos.execv('x', [])",
        "from PySide6.QtCore import QProcess", "from concurrent.futures import ProcessPoolExecutor",
        "import multiprocessing", "def f():\n    import webbrowser", "from concurrent.futures.process import X",
    ],
)  # fmt: skip
def test_a_way_to_start_a_process_is_found_wherever_it_stands(text):
    assert faults("ui/somewhere.py", ast.parse(text))


def test_the_worker_is_the_one_process_that_is_made(trees):
    made = [
        node
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Process"
    ]
    assert len(made) == 1


def test_no_part_that_reports_on_its_user_is_imported_or_locked(trees):
    seen = {name.partition(".")[0] for tree in trees.values() for name in imported(tree)}
    assert seen & TELLING == set()
    locked = (ROOT / "locks" / "app.txt").read_text(encoding="utf-8")
    assert [name for name in TELLING if f"\n{name.replace('_', '-')}==" in locked] == []


def test_a_whole_run_starts_nothing_but_the_worker_and_asks_nobody_anything(tmp_path):
    done = subprocess.run(
        [sys.executable, "-P", "-c", WATCHED],
        env={
            "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "CASEWORKER_HOME": str(tmp_path / "data"),
            "QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
        },
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == ["ok"], done.stderr
    assert json.loads(done.stderr) == [0, []]
