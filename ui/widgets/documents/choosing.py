"""Asking which files are to be attached, without leaving a trace of where they were."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.widgets.save_file import forget_places
from ui.words import tr

_ENDINGS = "*.pdf *.jpg *.jpeg *.png *.webp *.txt *.md *.csv *.docx *.xlsx *.pptx *.odt *.ods *.msg *.eml"


def choose_files(parent: QWidget, chosen: Callable[[list[str]], None]) -> QFileDialog:
    """Open the dialog for one or several files; ``chosen`` gets where they are."""
    kinds = ";;".join(
        (
            f"{tr('Documents and pictures')} ({_upper_too(_ENDINGS)})",
            f"{tr('Pictures')} ({_upper_too('*.jpg *.jpeg *.png *.webp')})",
            f"{tr('All files')} (*)",
        )
    )
    dialog = QFileDialog(parent, tr("Attach files"), "", kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    forget_places(dialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(chosen)
    dialog.open()
    return dialog


def _upper_too(endings: str) -> str:
    """Return endings in small and large letters: a camera writes ``.JPG``."""
    return f"{endings} {endings.upper()}"
