"""The start is measured from outside and inside, and never shown as measured when it was not."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.benchmarks import bench_start, screen
from tests.benchmarks.bench_start import Launch, NotMeasuredError, figure, launch, peak_bytes
from tests.benchmarks.screen import NoScreenError, own_screen

needs_xvfb = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")

STAMPS = """
import json, pathlib, sys, time
ballast = bytearray(40 * 2**20)
part = pathlib.Path(sys.argv[1] + ".half")
part.write_text(json.dumps({"first_paint": time.time(), "rows": 25, "peak_rss": int(sys.argv[2])}))
part.rename(sys.argv[1])
time.sleep(30)
"""


@linux
def test_a_launch_is_timed_by_the_stamp_and_weighed_by_the_system(tmp_path):
    stamp = tmp_path / "stamp"
    one = launch([sys.executable, "-c", STAMPS, str(stamp), str(10**12)], stamp, os.environ)
    assert 0.005 < one.seconds < 20
    assert 40 < one.mebibytes < 200
    assert one.rows == 25


@linux
def test_the_peak_the_process_stamped_counts_when_it_is_the_lower_one(tmp_path):
    stamp = tmp_path / "stamp"
    one = launch([sys.executable, "-c", STAMPS, str(stamp), str(3 * 2**20)], stamp, os.environ)
    assert one.mebibytes == 3


def test_a_program_that_ends_before_its_first_paint_is_not_measured_and_its_last_words_are_told(tmp_path):
    command = [sys.executable, "-c", "import sys; sys.exit('no such store')"]
    with pytest.raises(NotMeasuredError, match="ended with 1 before its first paint: no such store"):
        launch(command, tmp_path / "stamp", os.environ)


def test_fewer_rows_than_promised_in_the_first_paint_is_not_ok():
    plain = [Launch(0.1, 50.0, 0)]
    assert figure("start", "s", 3.0, [Launch(0.2, 100.0, 25)], plain)["ok"]
    assert not figure("start", "s", 3.0, [Launch(0.2, 100.0, 24), Launch(0.2, 100.0, 25)], plain)["ok"]


def test_without_a_screen_neither_figure_is_measured(monkeypatch):
    monkeypatch.setattr(screen.shutil, "which", lambda name: None)
    figures = bench_start.start_and_memory.run()
    assert [(one["name"], one["ok"]) for one in figures] == [("start", False), ("memory", False)]
    assert all("Xvfb is not installed" in one["why"] for one in figures)


def test_a_screen_that_does_not_come_up_is_said(monkeypatch):
    no_server = shutil.which("false")
    monkeypatch.setattr(screen.shutil, "which", lambda name: no_server)
    with pytest.raises(NoScreenError, match="ended before it listened"), own_screen():
        pass


def test_a_store_that_cannot_be_made_says_the_programs_last_words(monkeypatch, tmp_path):
    monkeypatch.setattr(bench_start.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(bench_start.sys, "executable", shutil.which("false"))
    with pytest.raises(NotMeasuredError, match="could not be made: no word"):
        bench_start.ten_years_store({})


def test_a_half_made_store_is_made_again(monkeypatch, tmp_path):
    monkeypatch.setattr(bench_start.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(bench_start, "_fingerprint", lambda: "same")
    monkeypatch.setattr(bench_start.sys, "executable", shutil.which("true"))
    half = tmp_path / "caseworker-bench-store-same"
    (half / "store").mkdir(parents=True)
    store = bench_start.ten_years_store({})
    assert not store.exists()
    assert (half / "complete").exists()
    store.mkdir()
    assert bench_start.ten_years_store({}) == store
    assert store.exists()


@linux
def test_a_program_that_ends_at_once_after_its_stamp_is_weighed_all_the_same(tmp_path):
    stamp = tmp_path / "stamp"
    source = STAMPS.replace("time.sleep(30)", "").replace("part =", "time.sleep(0.1); part =")
    one = launch([sys.executable, "-c", source, str(stamp), str(10**12)], stamp, os.environ)
    assert 40 < one.mebibytes < 200


@linux
def test_the_peak_of_a_process_never_falls_below_what_it_holds():
    assert peak_bytes(os.getpid()) > 20 * 2**20


@needs_xvfb
@linux
def test_the_empty_window_paints_on_a_screen_of_its_own(tmp_path):
    program = Path(bench_start.__file__).with_name("empty_window.py")
    with own_screen() as display:
        environment = bench_start._environment(display, tmp_path)
        one = launch([sys.executable, str(program), str(tmp_path / "stamp")], tmp_path / "stamp", environment)
    assert 0.03 < one.seconds < 20
    assert 30 < one.mebibytes < 200
