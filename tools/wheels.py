"""Every package of the program as a wheel for every system and Python it supports: ``python3 start.py wheels``.

pip is asked, as it would be when installing there, but installs nothing: which wheel would it take on Windows, macOS and
Linux, for Python 3.11 to 3.14, from the lock? A package without a wheel fails, and so does a wheel whose hash is not in the
lock. What was found is written to ``locks/wheels.json``; ``--check`` compares only, and a test holds it to the lock.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker

from tools.locks import LOCKS, Pin, plain, read
from tools.machine import Trouble
from tools.running import run

RECORD = LOCKS / "wheels.json"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "Windows x64": (("win_amd64",), {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"}),
    "macOS 15 arm64": (("macosx_15_0_arm64",), {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"}),
    "Linux x64, glibc 2.34": (
        (*(f"manylinux_2_{minor}_x86_64" for minor in range(34, 16, -1)), "manylinux2014_x86_64"),
        {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    ),
}  # fmt: skip
"""What is supported: pip's names of the system, and what the markers of the lock see there."""

Found = dict[str, dict[str, str]]
"""For each package of the lock: the wheel for each "system, Python", for a "system", or for "everywhere"."""


def main(arguments: list[str]) -> int:
    """Ask for every system and Python, write or compare; return 1 when a wheel is missing or strange."""
    try:
        found = asked_everywhere(read("app"))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    text = json.dumps(found, indent=1, sort_keys=True) + "\n"
    if "--check" in arguments and RECORD.read_text(encoding="utf-8") != text:
        print(f"{RECORD.name} is not what was found; python3 start.py wheels writes it", file=sys.stderr)
        return 1
    RECORD.write_text(text, encoding="utf-8")
    print(
        f"{len(found)} packages: a wheel with a hash of the lock for {len(SYSTEMS)} systems × Python {', '.join(PYTHONS)}"
    )
    return 0


def asked_everywhere(pins: list[Pin]) -> Found:
    """Return the wheels of every package, system and Python. Raises :class:`Trouble` for what is missing."""
    by_place: Found = {}
    for system, (tags, seen) in SYSTEMS.items():
        for python in PYTHONS:
            print(f"   {system}, Python {python}", flush=True)
            counted = [pin for pin in pins if counts(pin, seen, python)]
            for key, wheel in asked(counted, tags, python).items():
                by_place.setdefault(key, {})[f"{system}, {python}"] = wheel
    return {key: drawn_together(wheels) for key, wheels in by_place.items()}


def counts(pin: Pin, seen: dict[str, str], python: str) -> bool:
    """Whether a package is installed on a system with a Python."""
    there = {
        **seen,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
    }
    return not pin.marker or Marker(pin.marker).evaluate(
        {**there, "platform_python_implementation": "CPython"}
    )


def asked(pins: list[Pin], tags: tuple[str, ...], python: str) -> dict[str, str]:
    """Ask pip which wheels it would take; return "name version" → file name."""
    with tempfile.TemporaryDirectory(prefix="taetpaa-wheels-") as folder:
        wanted, report = Path(folder) / "wanted.txt", Path(folder) / "report.json"
        wanted.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in pins), encoding="utf-8")
        platforms = [part for tag in tags for part in ("--platform", tag)]
        done = run([
            sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet", "--dry-run",
            "--ignore-installed", "--no-deps", "--only-binary=:all:", "--target", folder, "--report", str(report),
            *platforms, "--implementation", "cp", "--python-version", python, "-r", str(wanted),
        ])  # fmt: skip
        if done.returncode != 0:
            raise Trouble(f"Python {python} on {tags[0]}:\n{done.stderr.strip()}")
        return compared(pins, json.loads(report.read_text(encoding="utf-8"))["install"])


def compared(pins: list[Pin], taken: list[dict[str, dict[str, object]]]) -> dict[str, str]:
    """Hold that every package has a wheel whose hash the lock knows; return them."""
    known = {pin.name: pin for pin in pins}
    found = {}
    for one in taken:
        name = plain(str(one["metadata"]["name"]))
        told = json.loads(json.dumps(one["download_info"]))
        digest, file = told["archive_info"]["hashes"]["sha256"], told["url"].rpartition("/")[2]
        if digest not in known[name].hashes:
            raise Trouble(f"{file}: its hash is not in the lock")
        found[f"{name} {known[name].version}"] = file
    missing = sorted(set(known) - {key.partition(" ")[0] for key in found})
    if missing:
        raise Trouble(f"no wheel: {', '.join(missing)}")
    return found


def drawn_together(wheels: dict[str, str]) -> dict[str, str]:
    """Return one line for a wheel that is the same wherever the package is installed, or for every Python of a system."""
    if len(set(wheels.values())) == 1:
        return {"everywhere": next(iter(wheels.values()))}
    found: dict[str, str] = {}
    for system in SYSTEMS:
        there = {place: wheel for place, wheel in wheels.items() if place.startswith(f"{system}, ")}
        found |= {system: next(iter(there.values()))} if len(set(there.values())) == 1 else there
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
