"""Random kills over every way of writing: nothing that was said to be saved is lost, and the store is sound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def tally(folder: Path, kills: int, seed: int, patience: float) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.processes.kill_house", str(folder), str(kills), str(seed)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=patience
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    found: dict[str, object] = json.loads(ran.stdout)
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
def test_a_few_kills_over_every_way_of_writing_lose_nothing(tmp_path: Path) -> None:
    found = tally(tmp_path, 3, 1, 60)
    assert found["lost"] == []
    assert found["faults"] == []


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
def test_a_thousand_kills_over_every_way_of_writing_lose_nothing(tmp_path: Path) -> None:
    found = tally(tmp_path, 1000, 2, 1400)
    assert found["lost"] == []
    assert found["faults"] == []
    kinds = found["kinds"]
    assert isinstance(kinds, dict)
    assert set(kinds) == {"act", "draft", "access", "backup", "phrase", "erased"}, "every way was gone"
