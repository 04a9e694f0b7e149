"""When a part of the meeting's page must be dressed anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent

DRESSED_ANEW = frozenset(
    {
        QEvent.Type.ApplicationFontChange,
        QEvent.Type.ApplicationPaletteChange,
        QEvent.Type.PaletteChange,
        QEvent.Type.StyleChange,
    }
)
"""What may come when the window is; not every one reaches a page that is not shown."""
