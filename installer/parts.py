"""What the specs of all systems do alike, with PyInstaller's own classes handed in. Runs inside PyInstaller only."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import inputs


def analysed(analysis: Any) -> Any:
    """Return PyInstaller's analysis of the program, without what no package needs."""
    from PyInstaller.depend.bindepend import get_imports

    found = analysis(
        [str(Path(__file__).with_name("entry.py"))],
        pathex=[str(inputs.ROOT)],
        datas=[*inputs.data_files(), *described()],
        hiddenimports=inputs.hidden_imports(),
        excludes=list(inputs.NEVER),
    )
    binaries = [one for one in found.binaries if inputs.kept(one)]
    binaries = inputs.without_orphans(binaries, lambda file: [name for name, _ in get_imports(file)])
    found.datas = inputs.without_dangling([one for one in found.datas if inputs.kept(one)], binaries)
    found.binaries = [stripped(one) for one in binaries]
    note(found)
    return found


def described() -> list[tuple[str, str]]:
    """Write what the program asks for its own version, and return it as data."""
    name = f"caseworker_app-{inputs.version()}.dist-info"
    file = inputs.BUILD / name / "METADATA"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"Metadata-Version: 2.1\nName: caseworker-app\nVersion: {inputs.version()}\n", encoding="utf-8"
    )
    return [(str(file), name)]


def stripped(entry: tuple[str, str, str]) -> tuple[str, str, str]:
    """Return a binary without what only a debugger reads, where its maker left it in and this system can take it out."""
    place, source, kind = entry
    program = shutil.which("strip")
    if sys.platform != "linux" or program is None or not re.search(inputs.UNSTRIPPED, place):
        return entry
    target = inputs.BUILD / "stripped" / place
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([program, "--strip-unneeded", "-o", str(target), source], check=True)  # noqa: S603 - binutils
    return (place, str(target), kind)


def note(found: Any) -> None:
    """Write which modules and files went in; the bill of materials is made from it."""
    told = {
        "modules": sorted(one[0] for one in found.pure),
        "binaries": sorted([one[0], one[1]] for one in found.binaries),
        "data": sorted([one[0], one[1]] for one in found.datas),
    }
    (inputs.BUILD / "went-in.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def collected(collect: Any, found: Any, programs: list[Any], name: str) -> Any:
    """Put programs and files into the folder ``dist/name``."""
    return collect(*programs, found.binaries, found.datas, strip=False, upx=False, name=name)
