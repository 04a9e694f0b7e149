"""The map of scene 1, which is drawn three times: by finger, by keyboard and in the list."""

from __future__ import annotations

FIRST = (
    ("Mor", "closest", "family"),
    ("Far", "closest", "family"),
    ("Mormor", "close", "family"),
    ("Moster Åse", "distant", "family"),
    ("Anna", "close", "friends"),
    ("Bo", "known", "friends"),
    ("Karin", "known", "school"),
    ("Lone", "distant", "professionals"),
)
"""Eight names in the cell they are first put in."""
MISPLACED = {
    "Far": ("known", "family"),
    "Bo": ("close", "school"),
    "Lone": ("known", "professionals"),
}
"""Where three of them belong."""


def at_first():
    return {name: (ring, sector) for name, ring, sector in FIRST}


def after_moving():
    return at_first() | MISPLACED


def after_two_undos():
    """The last two that were moved stand again where they stood."""
    return at_first() | {"Far": MISPLACED["Far"]}
