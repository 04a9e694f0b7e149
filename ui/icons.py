"""Icons of one set: thin lines on a grid of 20, drawn in the colour of the text beside them.

:func:`dress` gives a button or an action its icon; :func:`redress` draws them all again when the look has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui import theme

SIZE = 20
_STROKE = 1.6
_AIR = 6
"""Empty px beside an icon on a button, so that its word does not touch it."""
_PROPERTY = "iconName"

_SHAPES = {
    "today": "R 3 4 14 13 2 M 3 8 L 17 8 M 7 2.5 L 7 5.5 M 13 2.5 L 13 5.5 M 7 12.5 L 9.2 14.5 L 13.2 10.5",
    "cases": "R 3 3.5 14 13 2 M 3 8 L 17 8 M 3 12.2 L 17 12.2 M 8 8 L 8 16.5",
    "meetings": "O 6 7 2.4 O 14 7 2.4 M 1.8 16 C 1.8 12.6 4 11.4 6 11.4 C 8 11.4 10 12.6 10 16"
    " M 10.8 12.6 C 11.6 11.8 12.8 11.4 14 11.4 C 16 11.4 18.2 12.6 18.2 16",
    "settings": "M 3 6 L 17 6 M 3 10 L 17 10 M 3 14 L 17 14 D 7 6 2 D 13 10 2 D 6 14 2",
    "lock": "R 4 9 12 8 2 M 6.5 9 L 6.5 6.5 C 6.5 1.9 13.5 1.9 13.5 6.5 L 13.5 9",
    "undo": "M 7 4 L 3.5 7.5 L 7 11 M 3.5 7.5 L 11.5 7.5 C 18 7.5 18 16 11.5 16 L 8 16",
    "redo": "M 13 4 L 16.5 7.5 L 13 11 M 16.5 7.5 L 8.5 7.5 C 2 7.5 2 16 8.5 16 L 12 16",
    "back": "M 11.5 4 L 5.5 10 L 11.5 16 M 5.5 10 L 16.5 10",
    "numbers": "M 3 16.5 L 17 16.5 M 5.5 16.5 L 5.5 11 M 10 16.5 L 10 4 M 14.5 16.5 L 14.5 8",
    "find": "O 8.5 8.5 5 M 12.2 12.2 L 17 17",
    "menu": "M 3 5.5 L 17 5.5 M 3 10 L 17 10 M 3 14.5 L 17 14.5",
    "warning": "M 10 3 L 18 16.5 L 2 16.5 Z M 10 8 L 10 12 M 10 14.2 L 10 14.3",
    "note": "O 10 10 7.2 M 10 9 L 10 14 M 10 6.3 L 10 6.4",
    "done": "O 10 10 7.2 M 6.6 10.2 L 9 12.6 L 13.4 7.8",
    "history": "O 10 10 7.2 M 10 5.6 L 10 10 L 13.2 12",
    "print": "R 5 2.8 10 4.4 0.6 R 2.8 7.2 14.4 6.6 1.4 R 5.6 11.6 8.8 5.6 0.6",
    "pencil": "M 3.5 16.5 L 4.4 12.8 L 13.4 3.8 L 16.2 6.6 L 7.2 15.6 Z",
    "close": "M 5 5 L 15 15 M 15 5 L 5 15",
    "plus": "M 10 4 L 10 16 M 4 10 L 16 10",
}
"""Strokes by name: M(ove), L(ine), C(urve), Z (closed), O (circle: x y radius), D (circle, filled with the ground),
R (rectangle: x y width height, radius of the corners)."""
_ARGUMENTS = {"M": 2, "L": 2, "C": 6, "Z": 0, "O": 3, "D": 3, "R": 5}


def _draw(painter: QPainter, name: str, ground: QColor) -> None:
    words = _SHAPES[name].split()
    path, holes, at = QPainterPath(), QPainterPath(), 0
    while at < len(words):
        letter = words[at]
        count = _ARGUMENTS[letter]
        n = [float(word) for word in words[at + 1 : at + 1 + count]]
        at += 1 + count
        match letter:
            case "M":
                path.moveTo(*n)
            case "L":
                path.lineTo(*n)
            case "C":
                path.cubicTo(*n)
            case "Z":
                path.closeSubpath()
            case "O":
                path.addEllipse(QPointF(n[0], n[1]), n[2], n[2])
            case "D":
                holes.addEllipse(QPointF(n[0], n[1]), n[2], n[2])
            case "R":
                path.addRoundedRect(QRectF(*n[:4]), n[4], n[4])
    painter.drawPath(path)
    if not holes.isEmpty():
        painter.setBrush(ground)
        painter.drawPath(holes)


@lru_cache(maxsize=256)
def pixmap(
    name: str, colour: str, size: int = SIZE, ratio: float = 1.0, ground: str = "#00000000", air: int = 0
) -> QPixmap:
    """Return an icon as a picture of ``size`` px in ``colour``, with ``air`` px free at its right.

    Raises ``KeyError`` for a name not in the set.
    """
    picture = QPixmap(round((size + air) * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / SIZE, size / SIZE)
    pen = QPen(QColor(colour), _STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    _draw(painter, name, QColor(ground))
    painter.end()
    return picture


def icon(name: str, air: int = 0, *, switch: bool = False) -> QIcon:
    """Return an icon in the look of the moment: muted where it rests, accent where a ``switch`` is on."""
    t = theme.tokens()
    made = QIcon()
    other = (
        (t.accent, QIcon.Mode.Normal, QIcon.State.On)
        if switch
        else (t.muted, QIcon.Mode.Disabled, QIcon.State.Off)
    )
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    for colour, mode, state in ((t.text, QIcon.Mode.Normal, QIcon.State.Off), other):
        for ratio in ratios:
            made.addPixmap(pixmap(name, colour, SIZE, ratio, t.surface, air), mode, state)
    return made


def dress(thing: QAbstractButton | QAction, name: str) -> None:
    """Give a button or an action its icon, and again whenever the look changes.

    An action gets its picture when :func:`redress` or :func:`show_on` is called: it is only seen in a menu.
    """
    thing.setProperty(_PROPERTY, name)
    if isinstance(thing, QAbstractButton):
        _put_on(thing, name)


def show_on(actions: Iterable[QAction]) -> None:
    """Draw the icons of actions that are about to be seen."""
    for action in actions:
        name = action.property(_PROPERTY)
        if isinstance(name, str):
            _put_on(action, name)


def _put_on(thing: QAbstractButton | QAction, name: str) -> None:
    if isinstance(thing, QAbstractButton):
        thing.setIcon(icon(name, _AIR, switch=thing.isCheckable()))
        thing.setIconSize(QSize(SIZE + _AIR, SIZE))
    else:
        thing.setIcon(icon(name))


def redress(application: QApplication) -> None:
    """Draw every icon again in the look of the moment."""
    things: list[QObject] = list(application.allWidgets())
    for window in application.topLevelWidgets():
        things.extend(window.findChildren(QAction))
    for thing in things:
        name = thing.property(_PROPERTY)
        if isinstance(name, str) and isinstance(thing, QAbstractButton | QAction):
            _put_on(thing, name)
