"""The locks hold every package by its hash, and hold what the project says it stands on."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.helpers.source import imports_of

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("app", "dev", "hub", "package")


def pins(lock: str) -> dict[str, tuple[Version, list[str]]]:
    """Return the version and the hashes of every package of a lock."""
    text = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;]+)", line)
        if match:
            hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line)
            found[canonicalize_name(match.group(1))] = (Version(match.group(2)), hashes)
        else:
            assert not line.strip() or line.lstrip().startswith("#"), f"not a pin: {line[:60]}"
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_a_hash(lock):
    assert pins(lock)
    assert [name for name, (_, hashes) in pins(lock).items() if not hashes] == []


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("app", PROJECT["project"]["dependencies"]),
        ("app", PROJECT["build-system"]["requires"]),
        ("dev", PROJECT["project"]["optional-dependencies"]["hub"]),
        ("hub", PROJECT["project"]["optional-dependencies"]["hub"]),
        ("hub", PROJECT["dependency-groups"]["hub"]),
        ("dev", PROJECT["project"]["optional-dependencies"]["dev"]),
        ("package", PROJECT["project"]["optional-dependencies"]["package"]),
    ],
    ids=["the app", "the build", "the hub", "a hub's own machine", "all of a hub", "developing", "packaging"],
)
def test_what_the_project_names_is_in_the_lock_in_a_version_it_allows(lock, wanted):
    held = pins(lock)
    for text in wanted:
        requirement = Requirement(text)
        name = canonicalize_name(requirement.name)
        if name == PROJECT["project"]["name"]:  # one of its own extras, looked at beside
            continue
        assert name in held, f"{name} has no pin"
        assert held[name][0] in requirement.specifier, (
            f"{name} {held[name][0]} is not {requirement.specifier}"
        )


@pytest.mark.parametrize("lock", ["dev", "package"])
def test_the_other_locks_hold_the_lock_of_the_app(lock):
    held = pins(lock)
    assert {name: pin for name, pin in pins("app").items() if held.get(name) != pin} == {}


def test_a_hub_is_what_was_tested_and_nothing_of_a_window():
    held = pins("dev")
    assert {name: pin for name, pin in pins("hub").items() if held.get(name) != pin} == {}
    assert not any(name.startswith(("pyside", "shiboken", "sqlcipher", "reportlab")) for name in pins("hub"))


def test_what_the_hub_imports_is_in_its_lock():
    """Followed from the hub's own modules to everything of ours that they import, also late."""
    held = set(pins("hub")) | {"anyio"}
    imported = {canonicalize_name(name) for name in imported_from("caseworker_app.hub")}
    assert imported - {"typing-extensions"} <= held
    assert {"sqlalchemy", "starlette", "uvicorn", "cryptography"} <= imported


def imported_from(package: str) -> set[str]:
    """Return the packages not ours that a package of ours needs when it runs."""
    waiting = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in (ROOT / Path(*package.split("."))).rglob("*.py")
    ]
    ours: set[str] = set()
    others: set[str] = set()
    while waiting:
        module = waiting.pop()
        file = ROOT / Path(*module.split(".")).with_suffix(".py")
        if module in ours or not file.exists():
            continue
        ours.add(module)
        for name in imports_of(file):
            top = name.partition(".")[0]
            if top in ("caseworker_app", "db", "ui"):
                waiting += [name, name.rpartition(".")[0]]
            elif top not in sys.stdlib_module_names:
                others.add(top)
    return others


@pytest.mark.parametrize("lock", ["app", "dev", "package"])
def test_pyside_is_the_version_that_does_not_lose_references(lock):
    assert pins(lock)["pyside6-essentials"][0] == Version("6.11.3")


def test_every_package_of_the_app_was_found_as_a_wheel_on_every_system_and_python():
    from tools.wheels import PYTHONS, RECORD, SYSTEMS

    found = json.loads(RECORD.read_text(encoding="utf-8"))
    assert set(found) == {f"{name} {version}" for name, (version, _) in pins("app").items()}
    everywhere = {f"{system}, {python}" for system in SYSTEMS for python in PYTHONS}
    compiled = {key: wheels for key, wheels in found.items() if "everywhere" not in wheels}
    for key, wheels in compiled.items():
        places = {place for name in wheels for place in ([name] if name in everywhere else
                  [f"{name}, {python}" for python in PYTHONS])}  # fmt: skip
        assert places == everywhere, key
        assert all(wheel.endswith(".whl") for wheel in wheels.values())


def test_the_project_refuses_the_pyside_that_aborts():
    wanted = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    pyside = next(one for one in wanted if canonicalize_name(one.name) == "pyside6-essentials")
    assert Version("6.12.0") not in pyside.specifier


def test_the_python_of_the_project_the_linters_and_the_front_door_is_one():
    import start
    from tools import environment

    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert start.OLDEST == environment.OLDEST == (3, 11)
    assert PROJECT["tool"]["mypy"]["python_version"] == "3.11"
    assert PROJECT["tool"]["ruff"]["target-version"] == "py311"


IMPORT_ALL = """
import importlib, importlib.metadata as metadata, sys
from installer.inputs import own_modules
from tools.locks import plain, read
held = {pin.name for pin in read("app")}
tops = metadata.packages_distributions()
strange = {top for top, owners in tops.items() if not {plain(one) for one in owners} & (held | {"caseworker-app"})}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in strange:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Refuse())
for name in own_modules():
    importlib.import_module(name)
"""


def test_the_lock_of_the_app_holds_all_that_any_module_of_ours_imports():
    told = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", IMPORT_ALL],
        env=told,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-600:]
