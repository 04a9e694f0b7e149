"""The Debian package: the folder PyInstaller made in ``/usr/lib``, with menu entry, icon, kind of file and documents.

No script runs when it is installed or removed: what a desktop keeps of menus, icons and kinds of files is brought up to
date by the triggers of the packages that keep it. The packages it stands on are found by asking which of Debian's has the
libraries its own libraries name. The same folder and ``SOURCE_DATE_EPOCH`` give the same package.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from installer.inputs import BUILD, COMMAND, ICON_SIZES, MIME, NAME, ROOT, SHOWN, SUFFIX, version
from tools.machine import ALWAYS, FOR_X11, Trouble
from tools.running import said

TEMPLATES = ROOT / "installer" / "linux"
TREE = BUILD / "deb"
LIB = f"usr/lib/{NAME}"
MAINTAINER = "Tæt på <it@taetpaa.example>"


def build(folder: Path, target: Path, documents: Iterable[Path]) -> Path:
    """Make the package of a folder in ``target``; return its file. Raises :class:`Trouble` in words."""
    tree(folder, documents)
    architecture = said(["dpkg", "--print-architecture"]).strip()
    write("DEBIAN/control", control(architecture))
    sums = [f"{md5(file)}  {file.relative_to(TREE)}" for file in files(TREE) if "DEBIAN" not in file.parts]
    write("DEBIAN/md5sums", "\n".join(sums) + "\n")
    target.mkdir(parents=True, exist_ok=True)
    made = target / f"{NAME}_{version()}_{architecture}.deb"
    half = made.with_suffix(".half")
    said(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(TREE), str(half)])
    half.replace(made)
    return made


def tree(folder: Path, documents: Iterable[Path]) -> None:
    """Lay everything where it will be, with the rights it will have."""
    shutil.rmtree(TREE, ignore_errors=True)
    (TREE / LIB).parent.mkdir(parents=True)
    shutil.copytree(folder, TREE / LIB, symlinks=True)
    (TREE / "usr/bin").mkdir()
    (TREE / "usr/bin" / COMMAND).symlink_to(f"../lib/{NAME}/{COMMAND}")
    values = {"NAME": NAME, "SHOWN": SHOWN, "COMMAND": COMMAND, "MIME": MIME, "SUFFIX": SUFFIX}
    for name, place in (
        ("taet-paa.desktop", "usr/share/applications"),
        ("taet-paa.xml", "usr/share/mime/packages"),
        ("copyright", f"usr/share/doc/{NAME}"),
        ("policy.toml", f"usr/share/doc/{NAME}/examples"),
    ):
        write(f"{place}/{name}", filled((TEMPLATES / name).read_text(encoding="utf-8"), values))
    hicolor = TREE / "usr/share/icons/hicolor"
    for size in ICON_SIZES:
        copied(BUILD / "icons" / f"{size}.png", hicolor / f"{size}x{size}" / "apps" / f"{NAME}.png")
    copied(ROOT / "resources" / "icons" / f"{NAME}.svg", hicolor / "scalable" / "apps" / f"{NAME}.svg")
    for document in documents:
        copied(document, TREE / "usr/share/doc" / NAME / document.name)
    packed = gzip.compress(changelog().encode(), mtime=0)
    (TREE / "usr/share/doc" / NAME / "changelog.gz").write_bytes(packed)
    for laid in TREE.rglob("*"):
        if not laid.is_symlink():
            laid.chmod(0o755 if laid.is_dir() or laid.name == COMMAND else 0o644)


def control(architecture: str) -> str:
    """Return the package's description of itself."""
    depends = ", ".join([f"libc6 (>= 2.{newest_glibc(TREE / LIB)})", *depended(TREE / LIB)])
    kibibytes = sum(-(-file.stat().st_size // 1024) for file in files(TREE))
    return (
        f"Package: {NAME}\nVersion: {version()}\nArchitecture: {architecture}\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {kibibytes}\nDepends: {depends}\nRecommends: gnome-keyring | kwalletmanager\n"
        "Section: misc\nPriority: optional\n"
        "Description: for the caseworker with children and families\n"
        " Cases, network maps, meetings, follow-ups and papers in an encrypted store\n"
        " on the caseworker's own laptop. Needs no network. In Danish and English.\n"
    )


def newest_glibc(folder: Path) -> int:
    """Return the minor version of glibc 2 that the libraries of a folder ask for at most."""
    found = [0]
    for file in binaries(folder):
        found += [int(minor) for minor in re.findall(rb"\0GLIBC_2\.(\d+)\b", file.read_bytes())]
    return max(found)


def depended(folder: Path) -> list[str]:
    """Return the packages that have the system's libraries the folder's libraries name, and those Qt opens itself."""
    own = {file.name for file in folder.rglob("*.so*")}
    wanted = {library.file for library in (*ALWAYS, *FOR_X11)}
    for file in binaries(folder):
        wanted |= set(re.findall(r"NEEDED\s+(\S+)", said(["objdump", "-p", str(file)])))
    known = dict(
        re.findall(r"^\s+(\S+) \(libc6,x86-64.*\) => (\S+)$", said(["ldconfig", "-p"]), re.MULTILINE)
    )
    packages = set()
    for name in sorted(wanted - own):
        if name not in known:
            raise Trouble(f"{name} is not on this machine, so nobody can say which package has it.")
        answer = said(["dpkg-query", "-S", f"*/{Path(known[name]).resolve().name}"])
        packages.add(answer.partition(":")[0])
    return sorted(packages - {"libc6"})


def binaries(folder: Path) -> Iterable[Path]:
    """Yield the programs and libraries of a folder."""
    for file in files(folder):
        with file.open("rb") as opened:
            if opened.read(4) == b"\x7fELF":
                yield file


def files(folder: Path) -> list[Path]:
    """Return the files below a folder, without links, in order."""
    return sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def filled(text: str, values: dict[str, str]) -> str:
    """Fill ``@NAME@`` and the like."""
    return re.sub(r"@([A-Z]+)@", lambda match: values[match[1]], text)


def changelog() -> str:
    """Return the one entry Debian asks for."""
    when = said(["date", "-R", "-u", "-d", f"@{os.environ.get('SOURCE_DATE_EPOCH', '0')}"]).strip()
    return f"{NAME} ({version()}) stable; urgency=medium\n\n  * Version {version()}.\n\n -- {MAINTAINER}  {when}\n"


def write(place: str, text: str) -> None:
    """Write a text of the package."""
    file = TREE / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def copied(source: Path, target: Path) -> None:
    """Copy a file, making its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def md5(file: Path) -> str:
    """Return the sum dpkg compares with."""
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
