"""What this machine has and lacks: the system libraries Qt needs, and the command that installs them.

Standard library only: it runs before anything else is there.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Trouble(Exception):
    """Something on this machine stands in the way; the message says what, and what helps."""


class Library(NamedTuple):
    """A system library Qt needs: its file, and the package that has it (rpm systems find it by the file)."""

    file: str
    debian: str
    arch: str


ALWAYS = (
    Library("libEGL.so.1", "libegl1", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libX11.so.6", "libx11-6", "libx11"),
)
FOR_X11 = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
)
FOR_WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "wayland"),
)


def loads(library: Library) -> bool:
    """Tell whether the system's loader finds a library."""
    try:
        ctypes.CDLL(library.file)
    except OSError:
        return False
    return True


def missing_libraries(window: bool) -> list[Library]:
    """Return what Qt would miss on this system: for drawing, and with ``window`` for showing a window."""
    if sys.platform != "linux":
        return []
    missing = [library for library in ALWAYS if not loads(library)]
    if window:
        ways = {"WAYLAND_DISPLAY": FOR_WAYLAND, "DISPLAY": FOR_X11}
        shown = [way for variable, way in ways.items() if os.environ.get(variable)]
        lacking = sorted(([library for library in way if not loads(library)] for way in shown), key=len)
        missing += lacking[0] if lacking else []  # one way to the screen is enough
    return missing


def has_display() -> bool:
    """Tell whether a window can be shown: Linux needs a display server, or Qt told to draw elsewhere."""
    if sys.platform != "linux":
        return True
    elsewhere = os.environ.get("QT_QPA_PLATFORM", "").startswith(("vnc", "linuxfb", "eglfs"))
    return elsewhere or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def package_manager(description: Path = Path("/etc/os-release")) -> str | None:
    """Return the program that installs packages on this distribution, by its own description of itself."""
    try:
        lines = description.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    told = dict(line.split("=", 1) for line in lines if "=" in line)
    family = f"{told.get('ID', '')} {told.get('ID_LIKE', '')}".replace('"', "").split()
    known = {
        "debian": "apt-get", "ubuntu": "apt-get", "fedora": "dnf", "rhel": "dnf", "centos": "dnf",
        "suse": "zypper", "opensuse": "zypper", "sles": "zypper", "arch": "pacman",
    }  # fmt: skip
    return next((known[name] for name in family if name in known), None)


def install_line(packages: list[str]) -> str:
    """Return the one command that installs packages here."""
    manager = package_manager()
    sudo = "" if sys.platform == "win32" or os.getuid() == 0 else "sudo "
    names = " ".join(shlex.quote(name) for name in dict.fromkeys(packages))
    lines = {
        "apt-get": f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {names}",
        "dnf": f"{sudo}dnf install -y {names}",
        "zypper": f"{sudo}zypper install -y {names}",
        "pacman": f"{sudo}pacman -S --needed --noconfirm {names}",
    }
    return lines.get(manager or "", f"(with this system's package manager) {names}")


def library_line(missing: list[Library]) -> str:
    """Return the one command that installs missing libraries here."""
    manager = package_manager()
    if manager == "apt-get":
        return install_line([library.debian for library in missing])
    if manager == "pacman":
        return install_line([library.arch for library in missing])
    bits = "()(64bit)" if manager in ("dnf", "zypper") else ""
    return install_line([library.file + bits for library in missing])


def need_libraries(window: bool) -> None:
    """Raise :class:`Trouble` with the exact command when Qt would miss a system library."""
    missing = missing_libraries(window)
    if missing:
        raise Trouble(
            f"Qt needs {len(missing)} system libraries that are not here: {', '.join(m.file for m in missing)}.\n"
            f"Install them, then start again:\n\n    {library_line(missing)}\n"
        )


def install_missing(packages: list[str]) -> None:
    """Install what Qt needs to draw, and ``packages``, by the system's own package manager, saying the command."""
    missing = missing_libraries(window=False)
    lines = [library_line(missing)] if missing else []
    if packages:
        lines.append(install_line(packages))
    for line in lines:
        print(line, flush=True)
        if package_manager() is None or subprocess.run(line, shell=True, check=False).returncode != 0:  # noqa: S602
            raise Trouble(f"The system's packages could not be installed. What is needed:\n\n    {line}\n")
