"""The window shown once, for the self-test of an installed program: until its first rows, and what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon, QImageReader
from PySide6.QtWidgets import QApplication

import resources
from ui import theme
from ui.application import NAME, Context, start

_PATIENCE_MS = 30_000
_PICTURES = ("png", "jpeg", "svg")


@dataclass(frozen=True, slots=True)
class Seen:
    """Where the window was shown, how many rows it had painted, and what was missing, in words."""

    platform: str
    rows: int
    missing: tuple[str, ...]


def first_look(context: Context) -> Seen:
    """Show the window until the rows of the caseload are painted, for half a minute at most, and tell what was seen.

    The store is closed with the window.
    """
    rows: list[int] = []
    application = QApplication.instance() or QApplication([NAME])
    patience = QTimer(application)
    patience.setSingleShot(True)
    patience.timeout.connect(QApplication.quit)
    patience.start(_PATIENCE_MS)
    code = start(replace(context, on_first_paint=rows.append, only_first_paint=True))
    patience.stop()
    missing = tuple(_missing()) if code == 0 else (f"a Qt it can run on (code {code})",)
    return Seen(QGuiApplication.platformName(), rows[0] if rows else 0, missing)


def _missing() -> Iterator[str]:
    """Say what of Qt and of our own look is not there."""
    if theme.FAMILY not in QFontDatabase.families():
        yield f"the font {theme.FAMILY}"
    readable = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    yield from (f"pictures of the kind {one}" for one in _PICTURES if one not in readable)
    if QIcon(str(resources.path("icons", "taet-paa.svg"))).pixmap(32).isNull():
        yield "the icon"
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not QTranslator().load("qtbase_da", folder):
        yield "Qt's own words in Danish"
