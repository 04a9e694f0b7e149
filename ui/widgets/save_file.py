"""Asking where to save a file, without a nested event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(
    parent: QWidget, title: str, file_name: str, kinds: str, chosen: Callable[[str], None]
) -> QFileDialog:
    """Open the dialog for saving; ``chosen`` gets the path. ``title`` and ``kinds`` are translated, ``kinds`` in Qt's form.

    ``file_name`` is the suggestion: no name of a person and no number in it.
    """
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(PurePath(file_name).suffix.removeprefix("."))
    dialog.selectFile(file_name)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
