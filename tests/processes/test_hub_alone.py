"""A hub's machine as ``installer/hub/README.md`` makes it: the lock of the hub, the wheel, and nothing of the window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.helpers.source import ROOT
from tests.processes.street import free_port, until

pytestmark = [pytest.mark.net, pytest.mark.slow]


def run(*words: str | Path, folder: Path) -> str:
    done = subprocess.run(
        [str(word) for word in words], cwd=folder, env=nothing_of_ours(), capture_output=True, text=True,
        check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def nothing_of_ours() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CASEWORKER"))
    }


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return ``caseworker`` in an environment of its own; skipped where packages cannot be fetched."""
    folder = tmp_path_factory.mktemp("machine")
    run(sys.executable, "-m", "venv", folder / "opt", folder=folder)
    here = folder / "opt" / ("Scripts" if os.name == "nt" else "bin")
    python = here / "python"
    wanted = ["-m", "pip", "install", "-q", "--require-hashes", "-r", str(ROOT / "locks" / "hub.txt")]
    fetched = subprocess.run(
        [str(python), *wanted], cwd=folder, env=nothing_of_ours(), capture_output=True, text=True, check=False
    )
    if "from versions: none" in fetched.stderr or "Failed to establish" in fetched.stderr:
        pytest.skip("no packages can be fetched here")
    assert fetched.returncode == 0, fetched.stderr[-2000:]
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        folder,
        ROOT,
        folder=folder,
    )
    (wheel,) = folder.glob("caseworker_app-*.whl")
    run(python, "-m", "pip", "install", "-q", "--no-deps", wheel, folder=folder)
    return here / "caseworker"


def test_the_hub_is_made_looked_after_and_served_without_the_window(program: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'hub.db'}"

    def hub(*words: str) -> str:
        return run(program, "hub", *words, folder=tmp_path)

    hub("init", "--database", database, "--name", "Nordby Kommune", "--keys", str(tmp_path / "keys"))
    hub("user", "--database", database, "add", "anna", "--name", "Anna")
    assert len(hub("user", "--database", database, "code", "anna").strip()) > 10
    assert "Anna" in hub("user", "--database", database, "list")
    assert hub("backup-check", "--database", database).strip().endswith("ok")
    port = free_port()
    key = tmp_path / "keys" / "organisation-signing.key"
    words = ["serve", "--database", database, "--listen", f"127.0.0.1:{port}", "--signing-key", str(key)]
    served = subprocess.Popen(
        [str(program), "hub", *words, "--workers", "1"], cwd=tmp_path, env=nothing_of_ours(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def answers() -> bool:
        assert served.poll() is None, "the hub ended by itself"
        try:
            return (
                httpx.get(f"http://127.0.0.1:{port}/v1/hub", trust_env=False).json()["name"]
                == "Nordby Kommune"
            )
        except httpx.TransportError:
            return False

    try:
        until("the hub answers", answers)
    finally:
        served.terminate()
        served.wait(timeout=30)
