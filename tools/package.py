"""Build what is installed: the folder, the bill of materials and, where Debian's tools are, its package.

``python3 start.py package`` runs it; ``--try`` also installs the Debian package in a clean root, runs the self-test there
and removes it (needs to be root, mmdebstrap and the way to Debian's packages). An environment of its own, filled from
``locks/package.txt`` by hash, so that nothing of developing gets in.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from installer.inputs import BUILD, COMMAND, NAME, ROOT, fingerprint, version
from tools import sbom
from tools.environment import base_environment, base_python
from tools.locks import LOCKS, plain
from tools.machine import Trouble
from tools.running import run, said

DIST = ROOT / "dist"
VENV = BUILD / "venv"
STAMP = VENV / "made-from"
REPORT = BUILD / "packages.json"
SPECS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
LARGEST_MB = 180


def main(arguments: list[str]) -> int:
    """Build; return 0, or 1 with the reason said."""
    parser = argparse.ArgumentParser(prog="start.py package", description=__doc__)
    parser.add_argument(
        "--try", dest="tried", action="store_true", help="install, run and remove it in a clean root"
    )
    parser.add_argument("--try-only", action="store_true", help="do that with the package built last")
    parser.add_argument("--folder-only", action="store_true", help="no package of the system")
    asked = parser.parse_args(arguments)
    os.umask(0o022)
    try:
        if not asked.try_only:
            built(asked.folder_only)
        if asked.tried or asked.try_only:
            from tools.clean_root import try_out

            try_out(newest_package(), lambda line: print(line, flush=True))
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    return 0


def built(folder_only: bool) -> None:
    """Build everything this system can, each step said."""
    python = environment()
    (BUILD / "version.ini").write_text(
        f"[package]\nversion={version()}\n", encoding="utf-8"
    )  # read by Inno Setup
    print("-- icon", flush=True)
    said([sys.executable, "-m", "installer.icons"], PYTHONPATH=str(ROOT))
    print("-- the folder (PyInstaller; two minutes)", flush=True)
    source = fingerprint()
    folder = frozen(python)
    print("-- bill of materials", flush=True)
    bill, words = DIST / "sbom.cdx.json", DIST / "THIRD-PARTY.txt"
    sbom.write(sbom.bill(python, REPORT), bill)
    words.write_text("\n".join(third_party(python, bill)), encoding="utf-8")
    for document in (bill, words):
        shutil.copy(document, folder)
    print("-- self-test of the folder", flush=True)
    print(self_tested(folder / COMMAND), end="", flush=True)
    packages = []
    if not folder_only and shutil.which("dpkg-deb"):
        print("-- Debian package", flush=True)
        from tools import debian

        packages.append(debian.build(folder, DIST, (bill, words)))
    elif not folder_only and sys.platform == "win32" and (compiler := shutil.which("iscc")):
        print("-- installer for Windows", flush=True)
        said([compiler, "/Q", str(ROOT / "installer" / "windows" / "caseworker.iss")])
        packages.append(DIST / "TaetPaa-Setup.exe")
    size = megabytes(folder)
    told = {
        "version": version(),
        "source": source,
        "megabytes": round(size, 1),
        "packages": {each.name: digest(each) for each in packages},
    }
    (DIST / "package.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for each in packages:
        print(f"{each.relative_to(ROOT)}: {each.stat().st_size / 1e6:.1f} MB, SHA-256 {digest(each)}")
    print(f"{folder.relative_to(ROOT)}: {size:.1f} MB of {LARGEST_MB}")
    if size > LARGEST_MB:
        raise Trouble("The folder is too large. build/went-in.json tells what went in.")


def environment() -> Path:
    """Make the environment of the build, or find that it is as the lock says; return its Python."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock = LOCKS / "package.txt"
    wanted = f"{sys.version} {hashlib.sha256(lock.read_bytes()).hexdigest()}"
    if python.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return python
    print("-- environment of the build", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    clean = base_environment()
    made = run([base_python(), "-m", "venv", str(VENV)], clean)
    if made.returncode == 0:
        hashed = ["--require-hashes", "--only-binary=:all:", "-r", str(lock), "--report", str(REPORT)]
        quiet = ["--disable-pip-version-check", "--no-input", "--quiet"]
        made = run([str(python), "-m", "pip", "install", *quiet, *hashed], clean)
    if made.returncode != 0:
        raise Trouble(f"The environment of the build could not be made:\n{made.stdout}{made.stderr}")
    STAMP.write_text(wanted, encoding="utf-8")
    return python


def frozen(python: Path) -> Path:
    """Let PyInstaller make the folder; return it."""
    if sys.platform not in SPECS:
        raise Trouble(f"There is no spec for {sys.platform}.")
    spec = ROOT / "installer" / SPECS[sys.platform] / "caseworker.spec"
    shutil.rmtree(DIST / NAME, ignore_errors=True)
    clean = {**base_environment(), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": epoch()}
    os.environ["SOURCE_DATE_EPOCH"] = epoch()
    places = ["--distpath", str(DIST), "--workpath", str(BUILD / "pyinstaller")]
    command = [
        str(python),
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--log-level",
        "WARN",
        *places,
        str(spec),
    ]
    made = run(command, clean, ROOT)
    (BUILD / "pyinstaller.log").write_text(made.stdout + made.stderr, encoding="utf-8")
    if made.returncode != 0:
        raise Trouble("PyInstaller failed; build/pyinstaller.log has its words.")
    return DIST / NAME


def epoch() -> str:
    """Return the moment of the last commit, so that the same commit makes the same package."""
    known = os.environ.get("SOURCE_DATE_EPOCH")
    if known:
        return known
    if shutil.which("git") and (ROOT / ".git").exists():
        return said(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]).strip()
    return str(int((ROOT / "pyproject.toml").stat().st_mtime))


def self_tested(program: Path) -> str:
    """Run the self-test of a built program away from this folder, without our Python; return what it said."""
    with tempfile.TemporaryDirectory(prefix="taetpaa-package-") as home:
        bare = {"HOME": home, "CASEWORKER_HOME": f"{home}/data", "PATH": os.defpath, "LANG": "C.UTF-8"}
        if os.name == "nt":
            bare |= {
                name: value for name, value in os.environ.items() if name.upper() in {"SYSTEMROOT", "TEMP"}
            }
        done = run(
            [str(program), "self-test"], {**bare, "QT_QPA_PLATFORM": "offscreen"}, Path(home), patience=300
        )
    if done.returncode != 0 or done.stderr:
        raise Trouble(f"The self-test of the built program failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def third_party(python: Path, bill: Path) -> Iterator[str]:
    """Yield the lines of the notice: what others made, under which licence, and the texts they ask to be shown."""
    parts = json.loads(bill.read_text(encoding="utf-8"))["components"]
    yield "What others made and Tæt på stands on. Qt and PySide6 (LGPL) lie in _internal/PySide6 as libraries of their"
    yield "own and can be exchanged for others of the same version. Their source is offered by their makers.\n"
    for part in parts:
        licence = next((one["expression"] for one in part.get("licenses", ())), "see its maker")
        yield f"{part['name']} {part['version']}: {licence}"
    names = {plain(part["name"]) for part in parts}
    for found in sorted(
        importlib.metadata.distributions(path=[str(sbom.site_of(python))]), key=lambda one: one.name
    ):
        texts = [file for file in found.files or () if ".dist-info" in str(file) and _is_licence(file.name)]
        if plain(found.name) in names:
            for file in texts:
                text = Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").strip()
                yield f"\n{'=' * 100}\n{found.name}: {file.name}\n\n{text}"
    yield f"\n{'=' * 100}\nNoto: the fonts\n\n{(ROOT / 'resources/fonts/LICENSE-OFL.txt').read_text(encoding='utf-8')}"


def _is_licence(name: str) -> bool:
    return name.upper().startswith(("LICEN", "COPYING", "NOTICE"))


def megabytes(folder: Path) -> float:
    """Return what a folder's files take, in millions of bytes; links count nothing."""
    return (
        sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
        / 1e6
    )


def newest_package() -> Path:
    """Return the Debian package that was built last. Raises :class:`Trouble` when there is none."""
    found = sorted(DIST.glob(f"{NAME}_*.deb"), key=lambda file: file.stat().st_mtime)
    if not found:
        raise Trouble("No Debian package has been built here: start.py package")
    return found[-1]


def digest(file: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
