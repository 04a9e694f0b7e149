"""The colours of a netværkskort on the four grounds it is drawn on: light, dark and high contrast screens, and paper.

Colour never says anything alone: a sector is told by place, sign and name, a kind of line by its form. On paper there is
one theme in colour, whose tints photocopy to white, and one in black.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MOST_TINT: Final = 0.12
"""No ground holds more of a sector's hue than this."""
_READABLE: Final = 4.5
_SEEN: Final = 3.0


@dataclass(frozen=True, slots=True)
class MapTheme:
    """The colours and pens of one ground.

    ``tints`` are the shares of a sector's hue in the innermost and the outermost ring, ``greys`` those of ``grey``.
    ``disc_tint`` is the share in a disc. ``edge`` is the pen of a ring, ``border`` that between sectors; ``halo`` goes
    around what is chosen, outside ``ring_of_choice``. In a theme that is not ``coloured`` everything is ``ink``.
    """

    name: str
    ground: str
    ink: str
    muted: str
    grey: str
    edge: str
    border: str
    line: str
    surface: str
    accent: str
    on_accent: str
    hull: str
    hull_ground: str
    badge: str
    chosen: str
    halo: str
    tints: tuple[float, float]
    greys: tuple[float, float]
    disc_tint: float
    coloured: bool = True


LIGHT: Final = MapTheme(
    "light", "#FFFFFF", "#1E2326", "#57606A", "#8A949C", "#B4BCC2", "#CBD1D5", "#46545E", "#FFFFFF",
    "#0B6B6B", "#FFFFFF", "#8A6D3B", "#FFF6DF", "#FFFFFF", "#1E2326", "#FFFFFF", (0.12, 0.06), (0.02, 0.05), 0.16,
)  # fmt: skip
PAPER: Final = LIGHT
DARK: Final = MapTheme(
    "dark", "#1B1E20", "#E8EAEB", "#A7B0B5", "#C8D0D4", "#596267", "#454C50", "#B9C3C8", "#24282B",
    "#5FC3BF", "#10201F", "#D8B878", "#38321F", "#24282B", "#FFFFFF", "#10201F", (0.12, 0.06), (0.10, 0.04), 0.26,
)  # fmt: skip
CONTRAST: Final = MapTheme(
    "contrast", "#000000", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#8C8C8C", "#767676", "#FFFFFF", "#000000",
    "#FFE600", "#000000", "#FFE600", "#000000", "#000000", "#FFE600", "#000000", (0.0, 0.0), (0.0, 0.0), 0.0,
    coloured=False,
)  # fmt: skip
PRINT: Final = MapTheme(
    "print", "#FFFFFF", "#000000", "#3C3C3C", "#FFFFFF", "#8C8C8C", "#A8A8A8", "#000000", "#FFFFFF",
    "#000000", "#FFFFFF", "#4A4A4A", "#FFFFFF", "#FFFFFF", "#000000", "#FFFFFF", (0.0, 0.0), (0.0, 0.0), 0.0,
    coloured=False,
)  # fmt: skip
THEMES: Final = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST, PRINT)}
"""The themes by name; those of the screen are called as the screen's own."""


def cell_fill(theme: MapTheme, hue: str, depth: float) -> str:
    """Return the ground of a cell. ``depth`` is 0 for the innermost ring and 1 for the outermost."""
    grey = theme.greys[0] + (theme.greys[1] - theme.greys[0]) * depth
    tint = theme.tints[0] + (theme.tints[1] - theme.tints[0]) * depth
    return mix(mix(theme.ground, theme.grey, grey), hue, min(tint, MOST_TINT))


def disc_fill(theme: MapTheme, hue: str) -> str:
    """Return the inside of a disc in a sector of that hue."""
    return mix(theme.surface, hue, theme.disc_tint)


def disc_edge(theme: MapTheme, hue: str) -> str:
    """Return the edge of a disc: the hue, as near the ink as it must be to be seen on the ground."""
    return _towards(hue, theme.ink, theme.ground, _SEEN) if theme.coloured else theme.ink


def sign_ink(theme: MapTheme, hue: str) -> str:
    """Return the colour of a sector's name and sign: the hue, as near the ink as it must be to be read."""
    return _towards(hue, theme.ink, theme.ground, _READABLE) if theme.coloured else theme.ink


@lru_cache(maxsize=512)
def mix(one: str, other: str, share: float) -> str:
    """Return ``one`` with a share (0-1) of ``other`` in it."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


@lru_cache(maxsize=256)
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1-21 (WCAG 2.2)."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


@lru_cache(maxsize=256)
def _towards(hue: str, ink: str, ground: str, least: float) -> str:
    for step in range(21):
        found = mix(hue, ink, step / 20)
        if contrast(found, ground) >= least:
            return found
    return ink


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _parts(colour))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
