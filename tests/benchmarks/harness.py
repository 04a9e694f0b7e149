"""The harness of the benchmarks: finds them, runs them, prints each figure beside its limit.

A benchmark is a function in a module ``bench_*.py`` of this folder::

    @benchmark("save")
    def save() -> Figure:
        ours, plain = side_by_side(save_ours, save_plain, runs=200)
        return compared("save", median(ours), median(plain), unit="ms", goal=2.5)

The limit is always a multiple of something plain measured in the same run, so that the figure means the same
on another machine. What could not be measured is no success: ``unmeasured`` says why, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import pkgutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypedDict, TypeVar, cast

__all__ = ["Figure", "benchmark", "compared", "main", "median", "percentile", "side_by_side", "unmeasured"]

T = TypeVar("T")


class Figure(TypedDict, total=False):
    """One measured promise. ``ratio`` is ``value / beside``, ``goal`` the ratio it must not pass.

    The first six keys are always there; ``value`` and ``ratio`` are None where nothing could be measured, and
    ``why`` then says what was missing. ``beside`` is what was measured next to it, in the same unit, and
    ``note`` anything a reader should know.
    """

    name: str
    value: float | None
    unit: str
    ratio: float | None
    goal: float | None
    ok: bool
    beside: float | None
    why: str
    note: str


Measure = Callable[[], "Figure | Iterable[Figure]"]


@dataclass(frozen=True)
class Benchmark:
    """A function that measures, and the names of the figures it owes."""

    names: tuple[str, ...]
    measure: Measure

    def run(self) -> list[Figure]:
        """Measure; an error, or a figure owed and not given, becomes a figure that is not ok."""
        try:
            found = self.measure()
        except Exception as error:  # noqa: BLE001 - one broken benchmark must not hide the others
            return [unmeasured(name, f"{type(error).__name__}: {error}") for name in self.names]
        figures = [cast(Figure, found)] if isinstance(found, dict) else list(cast("Iterable[Figure]", found))
        given = {figure["name"] for figure in figures}
        owed = [name for name in self.names if name not in given]
        return figures + [unmeasured(name, "the benchmark gave no such figure") for name in owed]


def benchmark(*names: str) -> Callable[[Measure], Benchmark]:
    """Make a function a benchmark of the figures ``names``."""
    return lambda measure: Benchmark(names, measure)


def compared(
    name: str,
    value: float,
    beside: float,
    *,
    unit: str,
    goal: float,
    also: bool = True,
    note: str = "",
) -> Figure:
    """Return a figure that is ok when ``value`` is at most ``goal`` times ``beside`` and ``also`` holds."""
    ratio = value / beside
    figure = Figure(
        name=name,
        value=round(value, 4),
        unit=unit,
        ratio=round(ratio, 3),
        goal=goal,
        ok=ratio <= goal and also,
        beside=round(beside, 4),
    )
    if note:
        figure["note"] = note
    return figure


def unmeasured(name: str, why: str, *, unit: str = "", goal: float | None = None) -> Figure:
    """Return a figure that could not be measured, and say why."""
    return Figure(name=name, value=None, unit=unit, ratio=None, goal=goal, ok=False, beside=None, why=why)


def side_by_side(
    ours: Callable[[], T], plain: Callable[[], T], *, runs: int, warm_up: int = 1
) -> tuple[list[T], list[T]]:
    """Call both in turns, so that what else the machine does falls on both; drop the first turns."""
    left: list[T] = []
    right: list[T] = []
    for turn in range(warm_up + runs):
        first, second = ours(), plain()
        if turn >= warm_up:
            left.append(first)
            right.append(second)
    return left, right


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest of ``values`` that at least ``percent`` of them do not pass (nearest rank)."""
    rank = max(1, math.ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]


def discover(package: str = "tests.benchmarks") -> list[Benchmark]:
    """Return the benchmarks of every ``bench_*`` module of ``package``, modules in order of their names.

    A module that cannot be imported becomes a benchmark that cannot be measured, under the module's name.
    """
    folder = importlib.import_module(package).__path__
    names = sorted(found.name for found in pkgutil.iter_modules(folder) if found.name.startswith("bench_"))
    return [each for name in names for each in _benchmarks_of(f"{package}.{name}")]


def _benchmarks_of(module: str) -> list[Benchmark]:
    try:
        things = vars(importlib.import_module(module)).values()
    except Exception as error:  # noqa: BLE001 - one broken module must not hide the others
        why = f"{type(error).__name__}: {error}"
        name = module.rpartition("bench_")[2]
        return [Benchmark((name,), lambda: unmeasured(name, why))]
    return [thing for thing in things if isinstance(thing, Benchmark)]


def line(figure: Figure) -> str:
    """Return one row of the table: name, value, beside, ratio, goal, verdict."""
    verdict = "ok" if figure["ok"] else "NOT OK"
    if figure["value"] is None:
        return f"{figure['name']:<14} not measured: {figure.get('why', '')}"
    value, beside, unit = figure["value"], figure.get("beside"), figure["unit"]
    against = f"{beside:>10.3f} {unit:<4}" if beside is not None else " " * 15
    ratio = f"{figure['ratio']:>6.2f} x" if figure["ratio"] is not None else " " * 8
    goal = f"<= {figure['goal']:.1f} x" if figure["goal"] is not None else ""
    note = f"  ({figure['note']})" if figure.get("note") else ""
    return (
        f"{figure['name']:<14}{value:>10.3f} {unit:<4} beside {against} = {ratio}  {goal:<9} {verdict}{note}"
    )


def write_json(target: Path, figures: list[Figure]) -> None:
    """Write the list of figures whole or not at all."""
    half = target.with_name(target.name + ".half")
    half.write_text(
        json.dumps(figures, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
    )
    os.replace(half, target)  # noqa: PTH105 - Path.replace is the same call


def main(argv: Sequence[str] | None = None, package: str = "tests.benchmarks") -> int:
    """Run the benchmarks asked for (all, without names), print the table, write ``--json FILE``.

    Returns 0 when everything was measured and is ok, 1 when not, 2 for a name that is no figure.
    """
    parser = argparse.ArgumentParser(prog="start.py bench", description="Measure what the product promises.")
    parser.add_argument("names", nargs="*", help="figures to measure; all of them, when none is named")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as a JSON list")
    asked = parser.parse_args(argv)
    benchmarks = discover(package)
    known = [name for each in benchmarks for name in each.names]
    unknown = [name for name in asked.names if name not in known]
    if unknown:
        print(f"No such figure: {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for each in benchmarks:
        if asked.names and not set(asked.names) & set(each.names):
            continue
        start = time.monotonic()
        got = [figure for figure in each.run() if not asked.names or figure["name"] in asked.names]
        figures += got
        for figure in got:
            print(line(figure), flush=True)
        print(f"{'':<14}(in {time.monotonic() - start:.0f} s)", flush=True)
    if asked.json:
        write_json(asked.json, figures)
    return 0 if figures and all(figure["ok"] for figure in figures) else 1
