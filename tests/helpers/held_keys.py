"""Letting go of the keys a test held."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def let_go() -> None:
    """Let go of Ctrl and Shift: after ``QTest.keyClick`` with a modifier Qt holds it until the next event,

    also into the next test, where ``selectRow`` of a list of many choices then adds a row instead of choosing it.
    """
    if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
        return
    nowhere = QWidget()
    QTest.keyClick(nowhere, Qt.Key.Key_Escape)
    nowhere.deleteLater()
