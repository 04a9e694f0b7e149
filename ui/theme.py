"""The look: calm, paper-like, one accent. Tokens from the design, their contrast at least 4.5 on both grounds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

import resources

FAMILY = "Noto Sans"
SPACE = 4
"""Spacing comes in steps of 4 px: 4 8 12 16 24 32."""
RADIUS = 6
TARGET = 32
"""Least height of what is pressed, in px; 44 in visit and family mode."""


class ThemeName(StrEnum):
    """What the user can choose; ``system`` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they mean. ``off`` is what cannot be pressed now, on ``off_ground`` in the accent's stead."""

    ground: str
    surface: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    overdue: str
    soon: str
    done: str
    note: str
    tint: str
    off: str
    off_ground: str
    name: str = "light"


LIGHT = Tokens(
    "#F7F7F4", "#FFFFFF", "#D9D9D4", "#1E2326", "#57606A", "#0B6B6B", "#FFFFFF",
    "#A3341B", "#7A5200", "#2F6B3A", "#245A9A", "#E6F0EF", "#57606A", "#D9D9D4",
)  # fmt: skip
DARK = Tokens(
    "#1B1E20", "#24282B", "#3A4044", "#E8EAEB", "#A7B0B5", "#5FC3BF", "#10201F",
    "#FF9B85", "#F0C063", "#8FD19E", "#8DB9F0", "#20403F", "#A7B0B5", "#3A4044", "dark",
)  # fmt: skip
CONTRAST = Tokens(
    "#000000", "#000000", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFE600", "#000000",
    "#FFB39F", "#FFD24A", "#7CFC9A", "#9CCBFF", "#333300", "#A6A6A6", "#000000", "contrast",
)  # fmt: skip


def tokens(application: QApplication | None = None) -> Tokens:
    """Return the tokens in force."""
    app = application or QApplication.instance()
    found = app.property("tokens") if app is not None else None
    return found if isinstance(found, Tokens) else LIGHT


_UPRIGHT = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_ITALIC = ("NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf")


def load_fonts() -> None:
    """Make the bundled family known to Qt. Other scripts' fonts are left to the system on screen."""
    _load(_UPRIGHT)


def load_other_fonts() -> None:
    """Make known the cuts that the first screen does not use."""
    _load(_ITALIC)


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        QFontDatabase.addApplicationFont(str(resources.path("fonts", name)))


def apply(application: QApplication, theme: ThemeName = ThemeName.SYSTEM, points: float = 11) -> None:
    """Dress the application: Fusion, own palette, own font, few rules of style. ``points`` is the body size."""
    chosen = _tokens_for(application, theme)
    application.setProperty("tokens", chosen)
    application.setStyle(QStyleFactory.create("Fusion"))
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    application.setFont(font)
    application.setPalette(_palette(chosen))
    application.setStyleSheet(_style(chosen, points))


def _tokens_for(application: QApplication, theme: ThemeName) -> Tokens:
    if theme is ThemeName.CONTRAST:
        return CONTRAST
    if theme is ThemeName.SYSTEM:
        from PySide6.QtCore import Qt

        dark = application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if theme is ThemeName.DARK else LIGHT


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: t.ground,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Base: t.surface,
        QPalette.ColorRole.AlternateBase: t.ground,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.Button: t.surface,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.BrightText: t.overdue,
        QPalette.ColorRole.Highlight: t.accent,
        QPalette.ColorRole.HighlightedText: t.on_accent,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.PlaceholderText: t.muted,
        QPalette.ColorRole.ToolTipBase: t.surface,
        QPalette.ColorRole.ToolTipText: t.text,
        QPalette.ColorRole.Mid: t.line,
        QPalette.ColorRole.Dark: t.line,
        QPalette.ColorRole.Accent: t.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.off))
    return palette


def _style(t: Tokens, points: float) -> str:
    """Return the style sheet. Widgets ask for a look by the dynamic property ``look``."""
    return _words_style(t, points) + _input_style(t) + _list_style(t)


def _words_style(t: Tokens, points: float) -> str:
    return f"""
    QWidget {{ font-size: {points}pt; }}
    QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
    QLabel[look="title"] {{ font-size: {points * 2:g}pt; font-weight: 600; }}
    QLabel[look="heading"] {{ font-size: {points * 16 / 11:g}pt; font-weight: 600; }}
    QLabel[look="subheading"] {{ font-size: {points * 13 / 11:g}pt; font-weight: 600; }}
    QLabel[look="muted"] {{ color: {t.muted}; }}
    QLabel[look="overdue"] {{ color: {t.overdue}; font-weight: 600; }}
    QLabel[look="soon"] {{ color: {t.soon}; font-weight: 600; }}
    QLabel[look="note"] {{ color: {t.note}; }}
    QFrame[look="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS}px; }}
    QFrame[look="banner"] {{ background: {t.tint}; border: 1px solid {t.accent}; border-radius: {RADIUS}px; }}
    QFrame[look="warning"] {{ background: {t.surface}; border: 1px solid {t.overdue}; border-radius: {RADIUS}px; }}
    QFrame[look="rail"] {{ background: {t.surface}; border: none; border-right: 1px solid {t.line}; }}
    QFrame[look="topbar"] {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
    """


def _input_style(t: Tokens) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; border-radius: {RADIUS}px; padding: 4px 8px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent};
    }}
    QLineEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox {{ min-height: {TARGET - 10}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus, QTimeEdit:focus,
    QSpinBox:focus {{ border: 2px solid {t.accent}; padding: 3px 7px; }}
    QPushButton, QToolButton {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
        padding: 4px 12px; min-height: {TARGET - 10}px;
    }}
    QToolButton {{ padding: 1px 12px; min-height: {TARGET - 7}px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {t.accent}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 3px 11px; }}
    QToolButton:focus {{ border: 2px solid {t.accent}; padding: 0 11px; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {t.off}; background: {t.ground}; }}
    QPushButton[look="primary"] {{
        background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600;
    }}
    QPushButton[look="primary"]:disabled {{ background: {t.off_ground}; color: {t.off}; border-color: {t.line}; }}
    QPushButton[look="primary"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[look="quiet"], QToolButton[look="quiet"] {{ background: transparent; border-color: transparent; }}
    QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover {{ border-color: {t.line}; }}
    QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus {{ border: 2px solid {t.accent}; }}
    """


def _list_style(t: Tokens) -> str:
    check = resources.path("icons", f"check-{t.name}.png").as_posix()
    return f"""
    QTableView, QTreeView, QListView {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
        gridline-color: {t.line}; selection-background-color: {t.tint}; selection-color: {t.text}; outline: none;
    }}
    QHeaderView::section {{
        background: {t.surface}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line}; padding: 2px 8px;
    }}
    QListWidget::item, QListView[look="names"]::item {{ padding: 0 8px; }}
    QTableView[look="rows"]::item {{ padding: 0 5px; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollArea QDialog {{ background: {t.ground}; }}
    QTabBar::tab {{
        padding: 6px 12px; border: none; color: {t.muted}; background: transparent; min-height: {TARGET - 14}px;
    }}
    QTabBar[look="sections"]::tab {{ padding: 6px 7px; }}
    QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
    QTabBar::tab:focus {{ color: {t.accent}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 24px; }}
    QCheckBox, QRadioButton {{ min-height: {TARGET - 4}px; spacing: 6px; }}
    QCheckBox::indicator, QAbstractItemView::indicator {{
        width: 14px; height: 14px; border: 1px solid {t.muted}; border-radius: 4px; background: {t.surface};
    }}
    QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
        border-color: {t.accent}; background: {t.accent}; image: url({check});
    }}
    QRadioButton::indicator {{
        width: 14px; height: 14px; border: 1px solid {t.muted}; border-radius: 8px; background: {t.surface};
    }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.accent}; }}
    QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.accent}; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {t.accent}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.off}; background: {t.ground}; }}
    QCheckBox::indicator:checked:disabled {{ background: {t.off}; }}
    QProgressBar {{ border: 1px solid {t.line}; border-radius: {RADIUS}px; background: {t.surface}; text-align: center; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: {RADIUS - 2}px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; border: none; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; border: none; }}
    QScrollBar::handle {{ background: {t.line}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {t.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: none; border: none; width: 0; height: 0;
    }}
    QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.tint}; }}
    """
