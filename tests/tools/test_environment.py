"""Why a package could not be installed is said in words, with the last lines of pip under them."""

from __future__ import annotations

import sys

import pytest

from tools import environment
from tools.environment import explain, lacking_modules, tail
from tools.machine import Trouble

REASONS = {
    "WARNING: Retrying: Temporary failure in name resolution\nERROR: No matching distribution found for x": "no way to",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": "not the one the lock names",
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "The disk is full",
    "ERROR: No matching distribution found for sqlcipher3==0.6.4": "no package for this machine",
    "ERROR: something nobody has seen": "Installing the packages failed",
}


@pytest.mark.parametrize(("said", "words"), REASONS.items())
def test_a_failed_installation_is_explained(said, words):
    explained = explain(said)
    assert words in explained
    assert f"    {said.splitlines()[-1]}" in explained


def test_only_the_last_lines_are_shown():
    assert tail("\n".join(map(str, range(100))), 2) == "    98\n    99"


def test_a_python_without_its_module_for_environments_is_told_the_package(monkeypatch):
    monkeypatch.setattr(
        environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else 1
    )
    monkeypatch.setattr(environment, "package_manager", lambda: "apt-get")
    package = f"python3.{sys.version_info[1]}-venv"
    assert lacking_modules() == [package]
    monkeypatch.setattr(environment, "stamped", dict)
    monkeypatch.setattr(environment, "venv_version", lambda: "")
    monkeypatch.setattr(environment.shutil, "rmtree", lambda *_, **__: pytest.fail("nothing may be removed"))
    with pytest.raises(Trouble, match=package):
        environment.prepare_venv(fresh=False)


def test_this_python_can_make_environments():
    assert lacking_modules() == []


@pytest.mark.parametrize("name", ["PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH"])
def test_what_slows_or_misleads_python_is_kept_from_the_child(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    assert name not in environment.base_environment()
