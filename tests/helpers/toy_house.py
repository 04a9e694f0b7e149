"""A toy of the project's house: the real ``start.py``, a lock of one tiny package, an app that tells what it got.

Setting up the real house fetches hundreds of megabytes; the toy takes seconds and no network.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

APP = """
import json, os, signal, sys, time
import tiny
def tell():
    told = {"argv": sys.argv[1:], "cwd": os.getcwd(), "path0": sys.path[0], "tiny": tiny.VERSION,
            "environment": {k: os.environ.get(k) for k in
                            ("QT_QPA_PLATFORM", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")}}
    print("TOLD " + json.dumps(told), flush=True)
if __name__ == "__main__":
    tell()
    if "sleep" in sys.argv:
        try:
            time.sleep(30)
        except KeyboardInterrupt:
            time.sleep(0.6)  # a clean end takes longer than the quarter second subprocess.run would grant
            print("CLOSED", flush=True)
            sys.exit(5)
    sys.exit(int(os.environ.get("TOY_EXIT", "0")))
"""
BACKEND = """
import os, zipfile
def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "toy-1-py3-none-any.whl"
    here = os.getcwd()
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        wheel.writestr("toy.pth", here + "\\n")
        wheel.writestr("toy-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: toy\\nVersion: 1\\n")
        wheel.writestr("toy-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("toy-1.dist-info/RECORD", "")
    return name
def build_wheel(*args): raise NotImplementedError
def build_sdist(*args): raise NotImplementedError
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["backend"]
[project]
name = "toy"
version = "1"
"""


@dataclass
class ToyHouse:
    """A folder with a copy of the front door; ``wheels`` is where its packages come from."""

    root: Path
    wheels: Path

    def lock(self, version: str, wrong_hash: bool = False) -> None:
        """Write both locks: the tiny package in one version."""
        file = make_wheel(self.wheels, version)
        digest = hashlib.sha256(b"other" if wrong_hash else file.read_bytes()).hexdigest()
        for name in ("app", "dev"):
            (self.root / "locks" / f"{name}.txt").write_text(f"tiny=={version} --hash=sha256:{digest}\n")

    def start(
        self, *arguments: str, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the front door with this test's Python and return what it said."""
        return subprocess.run(
            self.command(*arguments), cwd=cwd, env=self.environment(**environment), capture_output=True,
            encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of the front door."""
        return [sys.executable, str(self.root / "start.py"), *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment without a display and without a network; a value of "" takes a variable away."""
        dropped = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
        plain = {name: value for name, value in os.environ.items() if name not in dropped}
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        return {name: value for name, value in {**plain, **pip, **more}.items() if value != ""}


def told(said: str) -> dict[str, object]:
    """Return what the toy app said it was given."""
    line = next(line for line in said.splitlines() if line.startswith("TOLD "))
    found: dict[str, object] = json.loads(line.removeprefix("TOLD "))
    return found


def make_toy_house(folder: Path, root_name: str = "Tæt på, mit hjem æøå") -> ToyHouse:
    """Make a toy house in ``folder`` that is not set up yet. Its path has blanks and Danish letters."""
    root = folder / root_name
    for part in ("tools", "locks", "backend", "caseworker_app"):
        (root / part).mkdir(parents=True)
    shutil.copy(ROOT / "start.py", root)
    for name in ("__init__", "machine", "environment"):
        shutil.copy(ROOT / "tools" / f"{name}.py", root / "tools")
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "backend" / "backend.py").write_text(BACKEND)
    (root / "caseworker_app" / "__init__.py").touch()
    (root / "caseworker_app" / "__main__.py").write_text(APP)
    wheels = folder / "wheels"
    wheels.mkdir()
    house = ToyHouse(root, wheels)
    house.lock("1")
    return house


def make_wheel(folder: Path, version: str) -> Path:
    """Make the wheel of a package that knows its version and nothing else."""
    file = folder / f"tiny-{version}-py3-none-any.whl"
    info = f"tiny-{version}.dist-info"
    parts = {
        "tiny.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},{_hash(text)},{len(text.encode())}\n" for name, text in parts.items())
    with zipfile.ZipFile(file, "w") as wheel:
        for name, text in {**parts, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            wheel.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return file


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
