"""Small pictures for buttons, drawn from the same parts as the map: shapes of who stands on it, and kinds of line."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from caseworker_app.domain.map_facts import MapWords
from caseworker_app.domain.map_view import SeenPerson
from caseworker_app.domain.network_map import MapPersonKind, Quality
from caseworker_app.drawing.display_list import Circle, Item, Rect, Stroke
from caseworker_app.drawing.map_lines import line_items
from caseworker_app.drawing.map_parts import disc_items, measures, person_items
from caseworker_app.drawing.map_theme import THEMES, MapTheme
from ui import theme
from ui.network_map.prepared import prepare

_UNIT = measures(74.0)
ICON = QSize(26, 26)
_LINE = QSize(64, 24)


def _draw(items: tuple[Item, ...], size: QSize, px: float) -> QPixmap:
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(size.width() / 2, size.height() / 2)
    painter.scale(px, px)
    prepare(items).paint(painter)
    painter.end()
    return picture


def _theme() -> MapTheme:
    return THEMES[theme.tokens().name]


@lru_cache(maxsize=64)
def _kind(kind: MapPersonKind, theme_name: str) -> QIcon:
    person = SeenPerson(b"", kind, "", "", None)
    dress = THEMES[theme_name]
    items = disc_items(person, "#888888", dress, _UNIT)
    if kind is MapPersonKind.PERSON:
        r = _UNIT.disc
        pen = Stroke(dress.ink, r * 0.13, round_ends=True)
        items = (
            Circle((0.0, -r * 0.36), r * 0.38, pen),
            Rect(-r * 0.66, r * 0.22, r * 1.32, r * 1.2, pen, None, r * 0.6),
        )
    return QIcon(_draw(items, ICON, 2.3))


def kind_icon(kind: MapPersonKind) -> QIcon:
    """Return the shape of a person, an animal, a place or somebody unknown."""
    return _kind(kind, theme.tokens().name)


@lru_cache(maxsize=64)
def _quality(quality: Quality, theme_name: str) -> QPixmap:
    dress = THEMES[theme_name]
    return _draw(line_items((-9.0, 0.0), (9.0, 0.0), quality, None, dress, _UNIT), _LINE, 3.2)


def quality_picture(quality: Quality) -> QPixmap:
    """Return a sample of a kind of line."""
    return _quality(quality, theme.tokens().name)


def person_picture(person: SeenPerson, hue: str, px: float, size: QSize) -> QPixmap:
    """Return somebody with her words, for the ghost that is dragged out of the tray."""
    seen = SeenPerson(person.id, person.kind, person.called, person.role_word, None, person.dead)
    return _draw(person_items(seen, hue, _theme(), _UNIT, MapWords()), size, px)
