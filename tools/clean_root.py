"""The Debian package tried where nothing else is: a new root of Debian, installed, run, removed.

The root is made by ``mmdebstrap`` from this machine's own Debian sources: the smallest Debian, and of everything else only
what the package says it depends on. The package is installed by ``dpkg``, which refuses when something is missing. Every
library of it must find all it names. The self-test runs as an ordinary user, on a screen of its own (Xvfb, outside the
root), **without any network**. Then the package is purged, and the root must be file for file what it was before.
"""

from __future__ import annotations

import os
import re
import select
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.inputs import BUILD, COMMAND, NAME
from tools.machine import Trouble
from tools.running import run, said

ROOT = BUILD / "clean-root"
USER = "1000:1000"
HOME = "home/worker"
NEEDED = ("mmdebstrap", "unshare", "chroot", "dpkg-deb", "Xvfb", "desktop-file-validate")
KEPT_BY_DPKG = re.compile(r"(home|var/(lib/dpkg|log|cache|lib/apt)|run|tmp|dev|proc|sys)(/|$)")

Say = Callable[[str], None]


def lacking() -> str:
    """Return why the package cannot be tried here, in words; empty when it can."""
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return "making a clean root needs to be root"
    missing = [program for program in NEEDED if shutil.which(program) is None]
    return f"not on this machine: {', '.join(missing)}" if missing else ""


def try_out(package: Path, say: Say) -> None:
    """Install, run and remove a package in a clean root, saying each step. Raises :class:`Trouble` when one fails."""
    if why := lacking():
        raise Trouble(f"The package was not tried in a clean root: {why}.")
    depends = needed_by(package)
    say(f"-- a clean root with {len(depends)} packages the package names")
    make_root(depends)
    before = listed()
    try:
        shutil.copy(package, ROOT / package.name)
        inside(["dpkg", "--install", f"/{package.name}"])
        (ROOT / package.name).unlink()
        say(f"installed: {len(listed() - before)} files and folders")
        hold_entries()
        say("menu entry, icons and kind of file are in their places")
        say(f"{whole_libraries()} libraries find all they name")
        say(on_a_screen([f"/usr/bin/{COMMAND}", "self-test"]).strip())
        home = ROOT / HOME
        fonts = home / ".cache" / "fontconfig"  # what the system's fontconfig keeps for every program
        left = [str(path) for path in home.rglob("*") if path.is_file() and fonts not in path.parents]
        if left:
            raise Trouble(f"The self-test left something behind: {', '.join(left)}")
        inside(["dpkg", "--purge", NAME])
        if more := listed() ^ before:
            raise Trouble(f"The package left something behind, or took it: {', '.join(sorted(more)[:9])}")
        say("removed; the root is as it was")
    finally:
        shutil.rmtree(ROOT, ignore_errors=True)


def needed_by(package: Path) -> list[str]:
    """Return the names of the packages a package depends on."""
    told = said(["dpkg-deb", "--field", str(package), "Depends"])
    return sorted({re.split(r"[\s(|:]", one.strip())[0] for one in told.split(",")})


def make_root(packages: list[str]) -> None:
    """Make the smallest Debian with some packages, from this machine's own sources."""
    described = dict(
        line.split("=", 1)
        for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
        if "=" in line
    )
    sources = [
        file
        for file in (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list"))
        if file.exists()
    ]
    shutil.rmtree(ROOT, ignore_errors=True)
    ROOT.parent.mkdir(exist_ok=True)
    named = f"--include={','.join(packages)}"
    suite = described["VERSION_CODENAME"].strip('"')
    said(
        [
            "mmdebstrap",
            "--quiet",
            "--mode=root",
            "--variant=minbase",
            named,
            suite,
            str(ROOT),
            str(sources[0]),
        ]
    )
    (ROOT / HOME).mkdir(parents=True)
    os.chown(ROOT / HOME, 1000, 1000)


def listed() -> set[str]:
    """Return every file and folder of the root, but for what dpkg itself writes down and the user's own."""
    found = set()
    for folder, folders, files in os.walk(ROOT):
        inside_root = Path(folder).relative_to(ROOT)
        folders[:] = [name for name in folders if not KEPT_BY_DPKG.match(str(inside_root / name))]
        found |= {str(inside_root / name) for name in (*folders, *files)}
    return {path for path in found if not KEPT_BY_DPKG.match(path)}


def inside(command: list[str]) -> str:
    """Run a command in the root, as root; return what it said."""
    return said(
        ["chroot", str(ROOT), *command],
        PATH="/usr/sbin:/usr/bin:/sbin:/bin",
        DEBIAN_FRONTEND="noninteractive",
    )


def hold_entries() -> None:
    """Hold that desktops will find the program: a menu entry that is valid, its icon, and the kind of file."""
    entry = ROOT / f"usr/share/applications/{NAME}.desktop"
    said(["desktop-file-validate", str(entry)])
    icons = ROOT / "usr/share/icons/hicolor"
    for place in (f"48x48/apps/{NAME}.png", f"256x256/apps/{NAME}.png", f"scalable/apps/{NAME}.svg"):
        if not (icons / place).is_file():
            raise Trouble(f"The icon {place} is missing.")
    kind = (ROOT / f"usr/share/mime/packages/{NAME}.xml").read_text(encoding="utf-8")
    types = re.findall(r'type="([^"]+)"', kind)
    if not types or f"MimeType={types[0]};" not in entry.read_text(encoding="utf-8"):
        raise Trouble("The menu entry does not open the program's own kind of file.")


def whole_libraries() -> int:
    """Hold that every library of the package finds all it names in the root; return how many there are."""
    count = 0
    for file in sorted((ROOT / "usr/lib" / NAME).rglob("*.so*")):
        if file.is_symlink():
            continue
        count += 1
        told = inside(["ldd", f"/{file.relative_to(ROOT)}"])
        missing = re.findall(r"(\S+) => not found", told)
        own = {each.name for each in (ROOT / "usr/lib" / NAME).rglob("*.so*")}
        if strange := set(missing) - own:  # its own are found by the program's own search path
            raise Trouble(f"{file.name} does not find {', '.join(sorted(strange))}.")
    return count


def on_a_screen(command: list[str]) -> str:
    """Run a command in the root as an ordinary user, on a screen, without a network; return what it said."""
    with screen() as display:
        sockets = ROOT / "tmp/.X11-unix"
        sockets.mkdir(parents=True, exist_ok=True)
        bare = ["env", "-i", f"HOME=/{HOME}", f"DISPLAY={display}", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"]
        steps = [
            f"mount --rbind /dev {shlex.quote(str(ROOT / 'dev'))}",
            f"mount --bind /tmp/.X11-unix {shlex.quote(str(sockets))}",
            shlex.join(["exec", "chroot", f"--userspec={USER}", str(ROOT), *bare, *command]),
        ]
        apart = ["unshare", "--mount", "--net", "--pid", "--fork", f"--mount-proc={ROOT / 'proc'}"]
        done = run([*apart, "sh", "-e", "-c", "\n".join(steps)], patience=300)
    if done.returncode != 0 or done.stderr.strip():
        raise Trouble(f"{' '.join(command)} in the clean root:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def screen() -> Iterator[str]:
    """Start an Xvfb, yield its ``DISPLAY``, end it."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:  # noqa: S603 - as named
        os.close(writing)
        try:
            if not select.select([reading], [], [], 20)[0]:
                raise Trouble("Xvfb did not come up within 20 s.")
            yield f":{int(os.read(reading, 16))}"
        finally:
            os.close(reading)
            server.terminate()
