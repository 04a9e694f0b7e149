"""What a screen reader and a keyboard find in a window: names, roles, and where the Tab key leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QGraphicsView, QLineEdit,
    QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip
INSIDE = (QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QHeaderView)
"""What is made of parts of its own: the whole has the name and the focus, the parts have none."""
MOST_STOPS = 600
NAMELESS = frozenset({QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane})
"""Roles that say nothing of what a control is for."""
TAB = Qt.FocusPolicy.TabFocus.value


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield everything in sight that is pressed, chosen from or written in, and whatever else the Tab key stops at."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or not widget.isVisible() or is_part(widget):
            continue
        tabbed = bool(widget.focusPolicy().value & TAB) and not isinstance(widget, QScrollArea)
        if isinstance(widget, CONTROLS) or (tabbed and widget.focusProxy() is None):
            yield widget


def is_part(widget: QWidget) -> bool:
    """Tell whether a widget is a part of another control: the line of a combo box, a scroll bar, a header."""
    if isinstance(widget, QScrollBar | QSplitterHandle | QHeaderView):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, INSIDE) or (
            isinstance(parent, QAbstractItemView) and not _held(parent, widget)
        ):
            return True
        parent = parent.parentWidget()
    return isinstance(widget.parentWidget(), QAbstractScrollArea) and not isinstance(
        widget.parentWidget(), QScrollArea
    )


def _held(view: QAbstractItemView, widget: QWidget) -> bool:
    """Tell whether a widget stands in a cell of its own, or is being written in."""
    return widget.parentWidget() is view.viewport()


def said(widget: QWidget) -> str:
    """Return the name a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def role(widget: QWidget) -> Any:
    """Return what a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role() if interface is not None else QAccessible.Role.NoRole


def faults(root: QWidget) -> list[str]:
    """Return what is wrong with the names, roles and table heads in a window, one line each."""
    found = []
    for widget in controls(root):
        name = said(widget)
        if not name or name in {
            type(widget).__name__,
            widget.metaObject().className(),
            widget.objectName() or "-",
        }:
            found.append(f"no name: {where(widget, root)}")
        if role(widget) in NAMELESS and not (is_picture(widget) and name):
            found.append(f"no role ({role(widget).name}): {where(widget, root)}")
        if isinstance(widget, QTableView) and widget.model() is not None:
            found += [f"no head over column {at}: {where(widget, root)}" for at in headless(widget)]
    return found


def headless(table: QTableView) -> list[int]:
    """Return the columns of a table in sight that have no words over them."""
    model = table.model()
    return [
        at
        for at in range(model.columnCount())
        if not table.isColumnHidden(at)
        and not str(model.headerData(at, Qt.Orientation.Horizontal) or "").strip()
        and not str(
            model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) or ""
        ).strip()
    ]


def is_picture(widget: QWidget) -> bool:
    """Tell whether something is drawn: Qt calls it a client, its name says what, and a list beside it has it in words."""
    return isinstance(widget, QAbstractScrollArea) and not isinstance(
        widget, QAbstractItemView | QPlainTextEdit | QTextEdit
    )


def where(widget: QWidget, root: QWidget) -> str:
    """Return a widget's class, what it says, and what it stands in."""
    chain, parent = [], widget.parentWidget()
    while parent is not None and parent is not root:
        if type(parent).__module__.startswith("ui."):
            chain.append(type(parent).__name__)
        parent = parent.parentWidget()
    words = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {said(widget) or words!r} in {' < '.join(chain[:3])}"


def walk(root: QWidget, key: Any = Qt.Key.Key_Tab) -> tuple[list[QWidget], list[str]]:
    """Press Tab until one is where one began; return the stops, and what was wrong on the way."""
    wrong = []
    if QApplication.focusWidget() is None:
        wrong.append("nothing has the keyboard")
        QTest.keyClick(root.window(), key)
    begun = now = QApplication.focusWidget()
    stops: list[QWidget] = []
    while now is not None and now not in stops:
        stops.append(now)
        QApplication.processEvents()
        if not in_sight(now):
            wrong.append(f"a stop that is not seen: {where(now, root)}")
        QTest.keyClick(now, key)
        after = QApplication.focusWidget()
        for _ in range(MOST_STOPS if isinstance(now, QGraphicsView) else 0):
            if after is not now:
                break
            QTest.keyClick(now, key)  # from person to person, and on from the last
            after = QApplication.focusWidget()
        if after is now:
            if any(one is not now and one.isEnabled() for one in controls(root)):
                wrong.append(f"a trap: {where(now, root)}")
            break
        now = after
        if len(stops) > MOST_STOPS:
            wrong.append("no end")
            break
    if now is None:
        wrong.append(f"the keyboard is lost after {where(stops[-1], root)}" if stops else "nowhere to go")
    elif begun is not None and now is not begun and now is not stops[-1] and begun in list(controls(root)):
        wrong.append(f"a ring that leaves out {where(begun, root)}: back at {where(now, root)}")
    return stops, wrong


def in_sight(widget: QWidget) -> bool:
    """Tell whether anything of a widget is seen where it stands: the keyboard scrolls to what it comes to."""
    shown = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    return not shown.visibleRegion().isEmpty()


def missed(root: QWidget, stops: list[QWidget]) -> list[str]:
    """Return the controls in sight that can be used and that the Tab key never came to."""
    alive = [stop for stop in stops if isValid(stop)]
    reached = {id(stop) for stop in alive} | {id(stop.focusProxy()) for stop in alive if stop.focusProxy()}
    found = []
    for widget in controls(root):
        if not widget.isEnabled() or id(widget) in reached or _in_a_group(widget, reached):
            continue
        if widget.focusProxy() is not None and id(widget.focusProxy()) in reached:
            continue
        found.append(f"never reached: {where(widget, root)}")
    return found


def _in_a_group(widget: QWidget, reached: set[int]) -> bool:
    """Tell whether one of a group is reached: the arrow keys go on from there."""
    if not isinstance(widget, QAbstractButton):
        return False
    group = widget.group()
    if group is not None and group.exclusive():
        return any(id(one) in reached for one in group.buttons())
    parent = widget.parentWidget()
    if not widget.autoExclusive() or parent is None:
        return False
    return any(id(one) in reached for one in parent.findChildren(type(widget)) if one.autoExclusive())
