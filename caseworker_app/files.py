"""Writing small private files so that a cut never leaves half of one.

Used by whatever keeps a small file of its own beside the store: key slots, attempts, settings.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def make_private_folder(folder: Path) -> Path:
    """Make ``folder``, readable by its owner alone, and what is missing above it; return it.

    A folder that is there already and open to others is closed to them, unless it is meant for many, like
    ``/tmp`` (``PermissionError``). Raises ``OSError`` when it cannot be made. On Windows it inherits the
    access list of the user's profile; the mode bits say nothing there.
    """
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    mode = folder.stat().st_mode
    if sys.platform != "win32" and mode & 0o077:
        if mode & stat.S_ISVTX:
            raise PermissionError(errno.EPERM, "a folder that many share", str(folder))
        folder.chmod(PRIVATE_FOLDER)
    return folder


def write_atomically(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Put ``data`` at ``path`` (mode 0600): it then holds the old bytes or the new ones, never a mixture.

    The bytes go to a temporary file in the same folder, are forced to the disk and take the name; then the
    folder is forced to the disk. With ``replace=False`` a file already there is kept (``FileExistsError``).
    Raises ``OSError`` (disk full, folder read-only); the old file is then as it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _force_to_disk(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            _take_free_name(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    force_folder_to_disk(path.parent)


def force_folder_to_disk(folder: Path) -> None:
    """Make new and replaced names in ``folder`` survive a power cut. Windows has no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_free_name(temporary: Path, path: Path) -> None:
    """Give ``temporary`` the name ``path`` only if nobody has it, in one step of the file system."""
    if sys.platform == "win32":
        temporary.rename(path)  # refuses a name that is taken
        return
    os.link(temporary, path)
    temporary.unlink()


def _force_to_disk(handle: int) -> None:
    """Force the bytes out of the caches; on macOS ``fsync`` alone stops at the drive's own cache."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)
