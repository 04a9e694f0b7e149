"""The help of the menu: the shortcuts, and what this is."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.fitting import fit
from ui.words import bind, tr


class _HelpDialog(QDialog):
    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 16)
        self.column.setSpacing(12)
        heading = QLabel()
        heading.setProperty("look", "heading")
        bind(heading.setText, title)
        self.column.addWidget(heading)

    def close_row(self) -> None:
        """Add the button that closes."""
        box = QDialogButtonBox()
        close = box.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        box.rejected.connect(self.reject)
        self.column.addWidget(box)


class KeysDialog(_HelpDialog):
    """Every shortcut of the window."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent, "Keyboard shortcuts")
        self.table = QTableWidget(len(actions), 2)
        self.table.setHorizontalHeaderLabels([tr("What"), tr("Shortcut")])
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(tr("Keyboard shortcuts"))
        for row, action in enumerate(actions):
            self.table.setItem(row, 0, QTableWidgetItem(action.text()))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self.table.setItem(row, 1, QTableWidgetItem(keys))
        self.table.resizeColumnToContents(1)
        self.column.addWidget(self.table, 1)
        self.close_row()
        self.resize(520, 620)


class AboutDialog(_HelpDialog):
    """What this is, and which version."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "About Tæt på")
        for words in (
            tr("Version {version}", version=version("caseworker-app")),
            tr(
                "For socialrådgivere and sundhedsplejersker: the children, the people around them, the meetings."
            ),
            tr("Everything is kept encrypted on this computer."),
            tr("The font is Noto Sans, under the SIL Open Font License 1.1."),
        ):
            label = QLabel(words)
            label.setWordWrap(True)
            self.column.addWidget(label)
        self.close_row()
        self.setMinimumWidth(480)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)
