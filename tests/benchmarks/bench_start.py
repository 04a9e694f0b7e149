"""How long until the caseload is on the screen, and how much memory that took.

Spawn to the first paint that holds 25 rows, stamped by the process itself, on an encrypted store of ten
years, bytecode compiled, under an Xvfb of our own; beside an empty PySide6 window, in turns, in the same run.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.harness import Figure, benchmark, compared, median, side_by_side, unmeasured
from tests.benchmarks.screen import NoScreenError, own_screen

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("caseworker_app", "db", "ui", "resources")
ROWS = 25
RUNS = 9
PATIENCE_S = 60.0
A_DAY_S = 86_400
START_GOAL = 3.0
MEMORY_GOAL = 2.5


class NotMeasuredError(Exception):
    """The program did not do what the benchmark needs; the message says what."""


@dataclass(frozen=True)
class Launch:
    """One start: seconds from spawn to first paint, peak resident memory in MiB, rows in that paint."""

    seconds: float
    mebibytes: float
    rows: int


@benchmark("start", "memory")
def start_and_memory() -> list[Figure]:
    """Measure both figures, or say for both why not."""
    try:
        with own_screen() as display, tempfile.TemporaryDirectory(prefix="caseworker-bench-") as scratch:
            _compile_bytecode()
            environment = _environment(display, Path(scratch))
            store = ten_years_store(environment)
            stamp = Path(scratch) / "stamp.json"
            app = [sys.executable, "-P", "-m", "caseworker_app", "app", "--store", str(store)]
            empty = [sys.executable, str(Path(__file__).with_name("empty_window.py")), str(stamp)]
            ours, plain = side_by_side(
                lambda: launch([*app, "--stamp", str(stamp)], stamp, environment),
                lambda: launch(empty, stamp, environment),
                runs=RUNS,
            )
    except (NoScreenError, NotMeasuredError) as error:
        return [
            unmeasured("start", str(error), unit="s", goal=START_GOAL),
            unmeasured("memory", str(error), unit="MiB", goal=MEMORY_GOAL),
        ]
    return [figure("start", "s", START_GOAL, ours, plain), figure("memory", "MiB", MEMORY_GOAL, ours, plain)]


def figure(name: str, unit: str, goal: float, ours: list[Launch], plain: list[Launch]) -> Figure:
    """Return the figure of the medians; it is only ok when every paint held the rows it must."""
    pick: Callable[[Launch], float] = (
        (lambda one: one.seconds) if unit == "s" else (lambda one: one.mebibytes)
    )
    rows = min(one.rows for one in ours)
    note = f"median of {len(ours)} starts; {rows} rows in the first paint"
    value, beside = median(map(pick, ours)), median(map(pick, plain))
    return compared(name, value, beside, unit=unit, goal=goal, also=rows >= ROWS, note=note)


def launch(command: list[str], stamp: Path, environment: Mapping[str, str]) -> Launch:
    """Start a program, wait for the stamp of its first paint, end it.

    The peak is the process's own high-water mark (``VmHWM``) as it stands when the stamp is seen, or what the
    process stamped if that is less. ``ru_maxrss`` alone would not do: after a spawn it starts at the parent's size.
    """
    stamp.unlink(missing_ok=True)
    with tempfile.TemporaryFile() as words:
        spawned = time.time()
        process = subprocess.Popen(
            command, env=environment, stdout=words, stderr=words, stdin=subprocess.DEVNULL
        )
        try:
            told, peak = _wait_for(stamp, process)
        except NotMeasuredError as error:
            words.seek(0)
            said = words.read().decode(errors="replace").strip().splitlines()
            raise NotMeasuredError(f"{error}{': ' + said[-1] if said else ''}") from error
        finally:
            _end(process)
    peak = min(peak, int(told.get("peak_rss", peak)))
    return Launch(told["first_paint"] - spawned, peak / 2**20, int(told.get("rows", 0)))


def peak_bytes(pid: int) -> int:
    """Return the high-water mark of a process's resident memory in bytes; 0 when the process has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def _wait_for(stamp: Path, process: subprocess.Popen[bytes]) -> tuple[dict[str, float], int]:
    """Return what the process stamped, as soon as it is written whole, and its peak memory until then."""
    deadline, peak = time.monotonic() + PATIENCE_S, 0
    while time.monotonic() < deadline:
        running = process.poll() is None
        try:
            told: dict[str, float] = json.loads(stamp.read_text())
        except (FileNotFoundError, ValueError):
            if not running:
                raise NotMeasuredError(
                    f"the program ended with {process.returncode} before its first paint"
                ) from None
        else:
            return told, max(peak, peak_bytes(process.pid))
        peak = max(peak, peak_bytes(process.pid))  # it may end as soon as it has stamped
        time.sleep(0.005)
    raise NotMeasuredError(f"the program did not stamp a first paint with {ROWS} rows in {PATIENCE_S:.0f} s")


def ten_years_store(environment: Mapping[str, str]) -> Path:
    """Return the folder of the demo store of ten years, made once for each state of the program's source."""
    cache = Path(tempfile.gettempdir()) / f"caseworker-bench-store-{_fingerprint()}"
    if (cache / "complete").exists():
        return cache / "store"
    for old in cache.parent.glob("caseworker-bench-store-*"):
        if old == cache or time.time() - old.stat().st_mtime > A_DAY_S:
            shutil.rmtree(old, ignore_errors=True)
    cache.mkdir(mode=0o700)
    made_by = [sys.executable, "-P", "-m", "caseworker_app", "demo", "--scale"]
    command = [*made_by, "--make-only", str(cache / "store")]
    made = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        said = (made.stderr or made.stdout).strip().splitlines()
        raise NotMeasuredError(
            f"the demo store of ten years could not be made: {said[-1] if said else 'no word'}"
        )
    (cache / "complete").touch()
    return cache / "store"


def _fingerprint() -> str:
    """Return a short hash of everything the demo store depends on: our own source."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*")):
            if file.suffix in {".py", ".toml", ".json"}:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _environment(display: str, scratch: Path) -> dict[str, str]:
    dropped = {"PYTHONDONTWRITEBYTECODE", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "DBUS_SESSION_BUS_ADDRESS"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "CASEWORKER_HOME": str(scratch / "home"),
    }


def _compile_bytecode() -> None:
    for package in PACKAGES:
        compileall.compile_dir(ROOT / package, quiet=2)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
