"""Where things are kept: the data folder, the places that are refused, and one program per store.

An encrypted SQLite store with a write-ahead log needs a disk of this machine. On a network share its locks
do not hold, and a sync client copies half-written files (sync-and-security 6, rows 35 and 36).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import TracebackType
from typing import Self

from caseworker_app.files import PRIVATE_FILE, make_private_folder

FOLDER_NAME = "Taet paa"
HOME_VARIABLE = "CASEWORKER_HOME"


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for stores, settings and logs, made with mode 0700 if it is not there.

    ``CASEWORKER_HOME`` says where; else the platform's folder for a program's local data, which on Windows
    is the one that does not roam. Raises ``OSError`` when it cannot be made.
    """
    chosen = environ.get(HOME_VARIABLE, "").strip()
    if chosen:
        return make_private_folder(Path(chosen).expanduser().absolute())
    from platformdirs import user_data_path

    return make_private_folder(user_data_path(FOLDER_NAME, appauthor=False, roaming=False))


def private_umask() -> int:
    """Make every file and folder this process makes private to its owner; return the mask before."""
    return os.umask(0o077)


class Unsafe(StrEnum):
    """Why a place is refused."""

    UNC = "unc"  # \\server\share or a web address
    NETWORK = "network"  # a disk of another machine
    SYNCED = "synced"  # a folder a sync client copies


class UnsafePath(Exception):
    """A place no store may lie in: ``reason``, and ``what`` makes it so ("OneDrive", "cifs")."""

    def __init__(self, reason: Unsafe, what: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.what = what


@dataclass(frozen=True)
class Surroundings:
    """What decides whether a place is safe: system, environment, the table of mounts, Windows' kinds of
    drive.
    """

    platform: str
    environ: Mapping[str, str]
    mounts: str = ""
    drive_type: Callable[[str], int] = lambda _root: 0

    @staticmethod
    def of_this_machine() -> Surroundings:
        """Look around; what cannot be read counts as empty."""
        return Surroundings(sys.platform, os.environ, _mounts(), _windows_drive_type)


def refuse_unsafe(path: Path | str, around: Surroundings | None = None) -> None:
    """Raise :class:`UnsafePath` when ``path``, as spelled or with its links followed, is no place for a
    store.

    The path need not exist. A folder is known as synced by the variables OneDrive sets, by the names its
    clients give it, and by the files they leave in it; a folder renamed and without such files is not
    recognised.
    """
    here = around or Surroundings.of_this_machine()
    spellings = [str(path)]
    if here.platform == sys.platform:
        spellings.append(os.path.realpath(path))
    for spelling in dict.fromkeys(spellings):
        _refuse_share(spelling, here)
        pure: PurePath = PureWindowsPath(spelling) if here.platform == "win32" else PurePosixPath(spelling)
        _refuse_synced(pure, here)
        _refuse_network_disk(pure, here)
    if here.platform == sys.platform:
        _refuse_sync_marks(Path(spellings[-1]))


_ADDRESS = re.compile(r"(?i)(smb|cifs|nfs|afp|sftp|ssh|ftp|davs?|webdav|https?):/")


def _refuse_share(spelling: str, here: Surroundings) -> None:
    if match := _ADDRESS.match(spelling):
        raise UnsafePath(Unsafe.UNC, match[1].lower())
    slashed = spelling.replace("/", "\\") if here.platform == "win32" else spelling
    device = re.match(r"\\\\[?.]\\(?!UNC\\)", slashed, re.IGNORECASE)
    if slashed.startswith("\\\\") and not device:
        raise UnsafePath(Unsafe.UNC)


_SYNCED_NAMES = {
    "OneDrive": r"onedrive( ?- ?.*)?",
    "Dropbox": r"dropbox( ?\(.*\)|-.*)?",
    "iCloud Drive": r"icloud ?drive.*|mobile documents|com~apple~clouddocs",
    "Google Drive": r"google ?drive.*|my drive|mit drev",
    "Nextcloud": r"nextcloud\d*",
    "ownCloud": r"owncloud\d*",
    "Box": r"box( sync|-box)?",
    "pCloud": r"pcloud ?drive",
    "MEGA": r"mega ?sync.*",
    "Proton Drive": r"proton ?drive.*",
    "Seafile": r"seafile",
    "CloudStorage": r"cloudstorage",
}
_SYNC_MARKS = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Nextcloud": (".nextcloudsync.log", ".sync_*.db", "._sync_*.db"),
    "ownCloud": (".owncloudsync.log",),
    "Syncthing": (".stfolder",),
}
_SYNCED_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveCommercial": "OneDrive",
    "OneDriveConsumer": "OneDrive",
}


def _refuse_synced(path: PurePath, here: Surroundings) -> None:
    variables = dict(_SYNCED_VARIABLES)
    if here.platform == "win32":
        variables["APPDATA"] = "roaming profile"
    for variable, what in variables.items():
        folder = here.environ.get(variable, "").strip()
        if folder and path.is_relative_to(type(path)(folder)):
            raise UnsafePath(Unsafe.SYNCED, what)
    for part in path.parts:
        for what, pattern in _SYNCED_NAMES.items():
            if re.fullmatch(pattern, part.casefold()):
                raise UnsafePath(Unsafe.SYNCED, what)


def _refuse_sync_marks(path: Path) -> None:
    """Look for what sync clients leave in the folders they copy, in ``path`` and all above it."""
    for folder in (path, *path.parents):
        for what, marks in _SYNC_MARKS.items():
            for mark in marks:
                # Dropbox keeps a *folder* of the first name in the home folder, whatever it copies.
                if any(found.is_file() or mark != ".dropbox" for found in _glob(folder, mark)):
                    raise UnsafePath(Unsafe.SYNCED, what)


def _glob(folder: Path, pattern: str) -> list[Path]:
    try:
        return list(folder.glob(pattern))
    except OSError:
        return []


_NETWORK_SYSTEMS = re.compile(
    r"nfs\d*|cifs|smb\d*|smbfs|afpfs|afs|ncpfs|ncp|davfs\d*|webdav|ftp|9p|ceph|glusterfs|lustre|gfs2?|ocfs2|beegfs"
    r"|vboxsf|prl_fs|vmhgfs"
    r"|fuse\.(sshfs|rclone|gvfsd-fuse|glusterfs|ceph.*|davfs\d*|curlftpfs|s3fs|smbnetfs|nfs.*|vmhgfs.*"
    r"|.*drive.*|.*cloud.*|.*dropbox.*|.*dav.*)"
)
_WINDOWS_REMOTE_DRIVE = 4


def _refuse_network_disk(path: PurePath, here: Surroundings) -> None:
    if here.platform == "win32":
        if path.drive and here.drive_type(path.drive + "\\") == _WINDOWS_REMOTE_DRIVE:
            raise UnsafePath(Unsafe.NETWORK, path.drive)
        return
    point, system = PurePosixPath("/"), ""
    for mounted_at, kind in _mount_table(here):
        if path.is_relative_to(mounted_at) and len(mounted_at.parts) >= len(point.parts):
            point, system = mounted_at, kind  # the innermost, and of several there the last
    if _NETWORK_SYSTEMS.fullmatch(system.casefold()):
        raise UnsafePath(Unsafe.NETWORK, system)


def _mount_table(here: Surroundings) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield (where, kind of file system), from ``/proc/mounts`` or the output of macOS's ``mount``."""
    for line in here.mounts.splitlines():
        if here.platform == "darwin":
            if match := re.fullmatch(r".* on (/.*) \(([^,)]+).*\)", line):
                yield PurePosixPath(match[1]), match[2]
            continue
        fields = line.split(" ")
        if len(fields) >= 3:
            plain = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
            yield PurePosixPath(plain), fields[2]


def _mounts() -> str:
    try:
        if sys.platform == "darwin":
            return _macs_mounts()
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except (OSError, AttributeError):
        return ""


_STATFS_BYTES = 2168
_KIND, _POINT, _SOURCE = 72, 88, 1112
"""Where a ``struct statfs`` of macOS (64-bit inodes, ``sys/mount.h``) has a disk's kind, its place and its source."""


def _macs_mounts() -> str:
    """Ask macOS itself; return lines as its ``mount`` writes them. No program is started for it."""
    import ctypes

    system = ctypes.CDLL(None, use_errno=True)
    ask = system.getmntinfo
    ask.restype = ctypes.c_int
    table = ctypes.c_void_p()
    without_waiting = 2
    count = ask(ctypes.byref(table), without_waiting)
    if count <= 0 or not table.value:
        return ""
    return mount_lines(ctypes.string_at(table.value, count * _STATFS_BYTES))


def mount_lines(table: bytes) -> str:
    """Return a table of ``struct statfs`` as the lines of macOS's ``mount``."""

    def words(at: int, most: int) -> str:
        return table[at : at + most].partition(b"\0")[0].decode("utf-8", "surrogateescape")

    rows = range(0, len(table) - _STATFS_BYTES + 1, _STATFS_BYTES)
    return "\n".join(
        f"{words(at + _SOURCE, 1024)} on {words(at + _POINT, 1024)} ({words(at + _KIND, 16)}, local)"
        for at in rows
    )


def _windows_drive_type(root: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))


class AlreadyOpen(Exception):
    """Another program has the store open; ``pid`` is its process, if it said so."""

    def __init__(self, pid: int | None) -> None:
        super().__init__("already open")
        self.pid = pid


def lock_path(store: Path) -> Path:
    """Return the lock file of the store file ``store``."""
    return store.with_name(store.name + ".lock")


class InstanceLock:
    """Held by the one program that has a store open; the system lets go of it when the process ends, however.

    A process that is *forked* shares the lock; started ones (``subprocess``, ``spawn``) do not get it. The
    file stays: removing it would let two programs lock two files of one name.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises :class:`AlreadyOpen`, or ``OSError`` when the file cannot be made."""
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            _lock(self._handle)
        except OSError as error:
            pid = _pid_in(self._handle)
            os.close(self._handle)
            if isinstance(error, BlockingIOError | PermissionError):
                raise AlreadyOpen(pid) from None
            raise
        with suppress(OSError):  # a full disk: the lock holds without saying whose it is
            os.ftruncate(self._handle, 0)
            os.write(self._handle, str(os.getpid()).encode("ascii"))

    def release(self) -> None:
        """Let go. Doing it twice is harmless."""
        if self._handle >= 0:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _pid_in(handle: int) -> int | None:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        return int(os.read(handle, 20))
    except (OSError, ValueError):
        return None


if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 30
    """Far behind the pid, because Windows lets nobody read a locked byte."""

    def _lock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
