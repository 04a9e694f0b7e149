"""The size of a dialog: what its contents need at its width, as far as the screen allows."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

_EDGE = 48


def fit(dialog: QDialog, *, grow_only: bool = False) -> None:
    """Give a dialog the size its contents need; Qt by itself stops at two thirds of the screen."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    hint = dialog.sizeHint()
    width = max(dialog.width() if grow_only else 0, hint.width(), dialog.minimumWidth())
    needed = hint.height()
    if layout.hasHeightForWidth():
        needed = layout.totalHeightForWidth(width)
    resize(dialog, width, needed, grow_only=grow_only)


def resize(dialog: QDialog, width: int, height: int, *, grow_only: bool = False) -> None:
    """Give a dialog a size, as far as the screen allows."""
    allowed = min(height, dialog.screen().availableGeometry().height() - _EDGE)
    if not grow_only or allowed > dialog.height():
        dialog.resize(width, allowed)
