"""Asking where a file is, without a nested event loop and without leaving a trace of where that was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(
    parent: QWidget, title: str, file_name: str, kinds: str, chosen: Callable[[str], None]
) -> QFileDialog:
    """Open the dialog for saving; ``chosen`` gets the path. ``title`` and ``kinds`` are translated, ``kinds`` in Qt's form.

    ``file_name`` is the suggestion: no name of a person and no number in it.
    """
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    forget_places(dialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(PurePath(file_name).suffix.removeprefix("."))
    dialog.selectFile(file_name)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


_PLACES = ("FileDialog/history", "FileDialog/lastVisited")


def forget_places(dialog: QFileDialog) -> None:
    """Put back, once the dialog is gone, what Qt's own file said of the folders visited before it.

    Qt writes them in clear where all its programs look, and a folder may be called by a child's name.
    """
    before = {name: _qt_settings().value(name) for name in _PLACES}

    def put_back() -> None:
        settings = _qt_settings()
        for name, value in before.items():
            if value is None:
                settings.remove(name)
            else:
                settings.setValue(name, value)
        settings.sync()

    dialog.destroyed.connect(put_back)


def _qt_settings() -> QSettings:
    return QSettings(QSettings.Scope.UserScope, "QtProject")
