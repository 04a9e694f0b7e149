"""Files from outside before they are taken in: chosen, dropped or pasted, in the order of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from caseworker_app.domain.document import MOST_BYTES
from caseworker_app.domain.errors import UserError

_NOBODYS = frozenset({"thumbs.db", "desktop.ini"})
"""What a system leaves in a folder of pictures."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is to be attached. ``read`` runs off the window's thread and may raise :class:`UserError`."""

    name: str
    read: Callable[[], bytes]


def of_paths(paths: Iterable[str]) -> tuple[Source, ...]:
    """Return files in the order of their names, ``2`` before ``10``; a folder stands for the files in it."""
    files: list[Path] = []
    for one in map(Path, paths):
        files += _inside(one) if one.is_dir() else [one]
    files.sort(key=lambda path: in_order(path.name))
    return tuple(Source(path.name, lambda path=path: read_file(path)) for path in files)  # type: ignore[misc]


def _inside(folder: Path) -> list[Path]:
    try:
        found = list(folder.iterdir())
    except OSError:
        return [folder]  # reading it says what is wrong
    return [
        one
        for one in found
        if not one.is_dir() and not one.name.startswith(".") and one.name.lower() not in _NOBODYS
    ]


def in_order(name: str) -> tuple[tuple[int, str], ...]:
    """Return what names are sorted by: numbers in them count as numbers."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def read_file(path: Path) -> bytes:
    """Return a file's bytes. Raises :class:`UserError` for one that cannot be read whole or is too large."""
    try:
        if not path.is_file():
            raise _unread()
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_large(size)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise _unread() from None
    if len(data) > MOST_BYTES:
        raise _too_large(len(data))
    if len(data) < size:
        raise UserError(
            "The file became shorter while it was read.",
            "Nothing was attached. Let it be copied to its end, and attach it again.",
        )
    return data


def _unread() -> UserError:
    return UserError(
        "The file could not be read: it is gone, or is kept by another program.",
        "Nothing was attached. Put the telephone or the drive in again, or copy the file to this computer first.",
    )


def _too_large(size: int) -> UserError:
    return UserError(
        "The file is {size} MB; there is room for {most} MB.",
        "Save it smaller, or attach it in parts.",
        size=-(-size // 1_048_576),
        most=MOST_BYTES // 1_048_576,
    )


def has_files(mime: QMimeData) -> bool:
    """Return whether something dragged or copied is files or a picture."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def local_paths(mime: QMimeData) -> tuple[str, ...]:
    """Return the files that are dragged or copied."""
    return tuple(url.toLocalFile() for url in mime.urls() if url.isLocalFile())


def picture_of(mime: QMimeData) -> Source | None:
    """Return the picture that is dragged or copied; it is put together off the window's thread, in memory."""
    image = mime.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return None
    return Source(".png", lambda: _png(image))


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
