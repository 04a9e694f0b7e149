"""What the installed program costs against the source it was made from: how long its start takes, how much it takes up.

Both are measured on the folder in ``dist`` that ``start.py package`` has built from the source as it lies here. Where there
is none, that is said, and is no failure: building takes minutes and is not everybody's business.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from installer.inputs import COMMAND, NAME, fingerprint
from tests.benchmarks.bench_start import (
    ROOT,
    ROWS,
    NotMeasuredError,
    _compile_bytecode,
    _environment,
    launch,
    ten_years_store,
)
from tests.benchmarks.harness import Figure, benchmark, compared, median, side_by_side, unmeasured
from tests.benchmarks.screen import NoScreenError, own_screen

FOLDER = ROOT / "dist" / NAME
TOLD = ROOT / "dist" / "package.json"
RUNS = 7
START_GOAL = 1.3
LARGEST_MB = 180.0


def skipped(name: str, why: str, *, unit: str, goal: float) -> Figure:
    """Return a figure that nobody could be asked for: said, and no failure."""
    return {**unmeasured(name, f"skipped: {why}", unit=unit, goal=goal), "ok": True}


def built() -> str:
    """Return why there is no package of this source; empty when there is one."""
    try:
        told = json.loads(TOLD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "no package has been built here (start.py package)"
    return "" if told.get("source") == fingerprint() else "the package in dist was built from another source"


@benchmark("installed_start")
def installed_start() -> Figure:
    """Measure spawn to first paint of the packaged program and of the source, in turns."""
    if why := built():
        return skipped("installed_start", why, unit="s", goal=START_GOAL)
    try:
        with own_screen() as display, tempfile.TemporaryDirectory(prefix="caseworker-bench-") as scratch:
            _compile_bytecode()
            environment = _environment(display, Path(scratch))
            store, stamp = ten_years_store(environment), Path(scratch) / "stamp.json"
            rest = ["app", "--store", str(store), "--stamp", str(stamp)]
            packaged, source = [str(FOLDER / COMMAND)], [sys.executable, "-P", "-m", "caseworker_app"]
            ours, plain = side_by_side(
                lambda: launch([*packaged, *rest], stamp, environment),
                lambda: launch([*source, *rest], stamp, environment),
                runs=RUNS,
            )
    except (NoScreenError, NotMeasuredError) as error:
        return unmeasured("installed_start", str(error), unit="s", goal=START_GOAL)
    rows = min(one.rows for one in (*ours, *plain))
    return compared(
        "installed_start", median(one.seconds for one in ours), median(one.seconds for one in plain),
        unit="s", goal=START_GOAL, also=rows >= ROWS, note=f"median of {RUNS} starts; beside: from the source",
    )  # fmt: skip


@benchmark("package_size")
def package_size() -> Figure:
    """Weigh the folder: what is installed, in millions of bytes, without links."""
    if why := built():
        return skipped("package_size", why, unit="MB", goal=1.0)
    files = [Path(folder) / name for folder, _, names in os.walk(FOLDER) for name in names]
    size = sum(file.stat().st_size for file in files if not file.is_symlink()) / 1e6
    return compared("package_size", size, LARGEST_MB, unit="MB", goal=1.0, note="beside: the most it may be")
