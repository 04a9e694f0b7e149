"""What is copied of a child's file does not stay on the clipboard: it goes after a minute, at locking, and at the end.

Another program's clipboard is left alone. Windows and KDE are asked to keep it out of their clipboard history.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SECONDS: Final = 60
"""How long a copied text may be pasted."""
_NO_HISTORY: Final = (
    ("x-kde-passwordManagerHint", b"secret"),
    (
        'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
        b"\x00\x00\x00\x00",
    ),
    ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', b"\x00\x00\x00\x00"),
    ('application/x-qt-windows-mime;value="CanUploadToCloudClipboard"', b"\x00\x00\x00\x00"),
)


class Copied(QObject):
    """Remembers what was copied last, and takes it away again. One for the whole program, as the clipboard is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SECONDS * 1000)
        self.timer.timeout.connect(self.forget)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.forget)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, for a while."""
        data = QMimeData()
        data.setText(text)
        for kind, value in _NO_HISTORY:
            data.setData(kind, value)
        QGuiApplication.clipboard().setMimeData(data)
        self._text = text
        self.timer.start()

    def forget(self) -> None:
        """Take what was copied off the clipboard, if it is still there."""
        text, self._text = self._text, ""
        self.timer.stop()
        there = QGuiApplication.clipboard()
        if text and there.text() == text:  # not every system can say whose it is, but these are our words
            there.clear(QClipboard.Mode.Clipboard)


def copied() -> Copied:
    """Return the program's one, made when something is first copied."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("copying needs an application")
    found = application.findChild(Copied)
    return Copied(application) if found is None else found
