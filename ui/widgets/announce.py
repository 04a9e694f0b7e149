"""Saying something to a screen reader without moving the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, at_once: bool = False) -> None:
    """Have a screen reader say translated words; ``at_once`` interrupts it, for errors."""
    if not words:
        return
    from PySide6.QtGui import (  # 5 ms, and not before the first paint
        QAccessible,
        QAccessibleAnnouncementEvent,
    )

    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(
        QAccessible.AnnouncementPoliteness.Assertive if at_once else QAccessible.AnnouncementPoliteness.Polite
    )
    QAccessible.updateAccessibility(event)
