"""The harness tells the truth: what is slow, missing or broken is never shown as ok."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.benchmarks import harness
from tests.benchmarks.harness import (
    benchmark,
    compared,
    discover,
    line,
    main,
    percentile,
    side_by_side,
    unmeasured,
)

KEYS = {"name", "value", "unit", "ratio", "goal", "ok"}


@pytest.fixture
def bench_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that makes a package of benchmarks from source texts and gives its name."""

    def make(**modules: str) -> str:
        name = f"benches_{tmp_path.name.replace('-', '_')}"
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").touch()
        for module, source in modules.items():
            head = "from tests.benchmarks.harness import benchmark, compared, unmeasured\n"
            (folder / f"{module}.py").write_text(head + source)
        monkeypatch.syspath_prepend(tmp_path)
        return name

    yield make
    for module in [name for name in sys.modules if name.startswith("benches_")]:
        del sys.modules[module]


GOOD = "@benchmark('good')\ndef good(): return compared('good', 2.0, 1.0, unit='ms', goal=2.5)\n"
SLOW = "@benchmark('slow')\ndef slow(): return [compared('slow', 3.0, 1.0, unit='ms', goal=2.5)]\n"
BROKEN = "@benchmark('left', 'right')\ndef broken(): raise OSError('no store')\n"


def test_a_figure_is_ok_up_to_its_goal_and_not_above():
    assert compared("a", 2.5, 1.0, unit="ms", goal=2.5)["ok"]
    assert not compared("a", 2.51, 1.0, unit="ms", goal=2.5)["ok"]
    assert not compared("a", 1.0, 1.0, unit="ms", goal=2.5, also=False)["ok"]


def test_every_figure_has_the_agreed_keys():
    assert set(compared("a", 1, 1, unit="s", goal=1)) >= KEYS
    assert set(unmeasured("a", "no screen")) >= KEYS
    assert unmeasured("a", "no screen")["ok"] is False


def test_all_that_is_measured_and_ok_ends_with_exit_code_0(bench_package, capsys):
    assert main([], bench_package(bench_a=GOOD)) == 0
    out = capsys.readouterr().out
    assert "good" in out
    assert "2.00 x  <= 2.5 x  ok" in out


def test_a_figure_above_its_goal_ends_with_exit_code_1(bench_package, capsys):
    assert main([], bench_package(bench_a=GOOD, bench_b=SLOW)) == 1
    assert "NOT OK" in capsys.readouterr().out


def test_a_benchmark_that_breaks_owes_every_figure_and_hides_no_other(bench_package, tmp_path):
    file = tmp_path / "figures.json"
    assert main(["--json", str(file)], bench_package(bench_a=BROKEN, bench_b=GOOD)) == 1
    figures = json.loads(file.read_text())
    assert [(figure["name"], figure["ok"]) for figure in figures] == [
        ("left", False), ("right", False), ("good", True),
    ]  # fmt: skip
    assert figures[0]["why"] == "OSError: no store"
    assert all(set(figure) >= KEYS for figure in figures)


def test_a_module_that_cannot_be_imported_hides_no_other(bench_package, tmp_path):
    file = tmp_path / "figures.json"
    assert main(["--json", str(file)], bench_package(bench_save="import nowhere", bench_a=GOOD)) == 1
    figures = json.loads(file.read_text())
    assert [(figure["name"], figure["ok"]) for figure in figures] == [("good", True), ("save", False)]
    assert figures[1]["why"] == "ModuleNotFoundError: No module named 'nowhere'"


def test_a_benchmark_that_gives_less_than_it_owes_is_not_ok():
    half = benchmark("one", "two")(lambda: compared("one", 1, 1, unit="s", goal=1))
    assert [(figure["name"], figure["ok"]) for figure in half.run()] == [("one", True), ("two", False)]


def test_only_the_figures_asked_for_are_run(bench_package, tmp_path):
    file = tmp_path / "figures.json"
    assert main(["good", "--json", str(file)], bench_package(bench_a=BROKEN, bench_b=GOOD)) == 0
    assert [figure["name"] for figure in json.loads(file.read_text())] == ["good"]


def test_a_name_that_is_no_figure_is_refused_in_words(bench_package, capsys):
    assert main(["god"], bench_package(bench_a=GOOD)) == 2
    assert capsys.readouterr().err == "No such figure: god. There are: good.\n"


def test_an_empty_run_is_no_success(bench_package):
    assert main([], bench_package(other="")) == 1


def test_modules_run_in_the_order_of_their_names_and_others_are_left_alone(bench_package):
    name = bench_package(bench_b=SLOW, bench_a=GOOD, test_c="raise SystemError")
    assert [each.names for each in discover(name)] == [("good",), ("slow",)]


def test_both_sides_take_turns_and_the_warm_up_is_thrown_away():
    calls: list[str] = []

    def call(side: str) -> int:
        calls.append(side)
        return len(calls)

    ours, plain = side_by_side(lambda: call("ours"), lambda: call("plain"), runs=3, warm_up=2)
    assert calls == ["ours", "plain"] * 5
    assert (ours, plain) == ([5, 7, 9], [6, 8, 10])


def test_a_percentile_is_a_value_that_was_measured():
    assert percentile([5.0, 1.0, 4.0, 2.0, 3.0], 50) == 3.0
    assert percentile(list(range(1, 101)), 95) == 95
    assert percentile([7.0], 95) == 7.0


def test_what_was_not_measured_says_why_in_the_table():
    assert (
        line(unmeasured("start", "Xvfb is not installed"))
        == "start          not measured: Xvfb is not installed"
    )


def test_the_figures_of_the_product_have_names_of_their_own():
    names = [name for each in discover() for name in each.names]
    assert {"start", "memory"} <= set(names)
    assert len(names) == len(set(names))


def test_harness_offers_what_a_benchmark_needs():
    assert all(hasattr(harness, name) for name in harness.__all__)
