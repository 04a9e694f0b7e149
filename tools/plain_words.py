"""Words that stand plain in a widget: what no catalogue has, nobody translates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SETTERS: Final = frozenset({
    "setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName", "setAccessibleDescription",
    "setTitle", "setTabText", "setPrefix", "setSuffix", "setStatusTip", "setWhatsThis", "addTab", "addItem", "addAction",
    "setItemText", "setTabToolTip",
})  # fmt: skip
"""Methods of widgets whose words are shown or said."""
MAKERS: Final = frozenset({
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QTableWidgetItem",
    "QListWidgetItem", "QTreeWidgetItem", "Check",
})  # fmt: skip
"""Widgets that are made with their words."""
NAMES: Final = frozenset({"Tæt på", "Dansk", "English"})
"""What is called the same in every language."""
_WORD = re.compile(r"[A-Za-zÆØÅæøå]{2}")
_KEYS = re.compile(r"(Ctrl|Alt|Shift|https?:)\W")
"""The names of keys, and how an address begins."""


def plain_words(root: Path) -> Iterator[str]:
    """Yield a line for each widget of ``root/ui`` that is given words without asking for their translation."""
    for file in sorted((root / "ui").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node.func) in SETTERS | MAKERS:
                for words in _plain(node):
                    where = f"{file.relative_to(root).as_posix()}:{node.lineno}"
                    yield f"{where}: {words!r} stands in a widget without a translation"


def _is_said(words: str) -> bool:
    return bool(_WORD.search(words)) and not _KEYS.match(f"{words} ")


def _called(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _plain(call: ast.Call) -> Iterator[str]:
    for given in call.args:
        parts = given.values if isinstance(given, ast.JoinedStr) else [given]
        for part in parts:
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                words = part.value.strip()
                if words not in NAMES and not words.startswith("Tæt på") and _is_said(words):
                    yield words
