"""The step ladder (indsatstrappen) as a small drawing: six steps, from everyday life to institution."""

from __future__ import annotations

from typing import Final

from caseworker_app.drawing.display_list import INK, DisplayList, Rect, Stroke

STEPS: Final = 6
ACCENT: Final = "#0B6B6B"
PAPER: Final = "#FFFFFF"

_BAR, _GAP, _LOWEST, _RISE = 2.0, 0.5, 1.6, 1.1
_EDGE = 0.15


def step_glyph(step: int | None, *, ink: str = INK, accent: str = ACCENT, ground: str = PAPER) -> DisplayList:
    """Return six rising bars with the current one filled; none is filled when the step is not known.

    The glyph is 14.8 × 7.4 mm. The filled bar carries the meaning by itself, so it reads without colour.
    The colours are arguments because the screen has a dark ground too. Raises ``ValueError`` for a step
    outside 1-6.
    """
    if step is not None and not 1 <= step <= STEPS:
        raise ValueError(f"the ladder has steps 1-{STEPS}, not {step}")
    height = _LOWEST + _RISE * (STEPS - 1) + 2 * _EDGE
    bars = []
    for number in range(1, STEPS + 1):
        tall = _LOWEST + _RISE * (number - 1)
        left = _EDGE + (number - 1) * (_BAR + _GAP)
        here = number == step
        stroke = Stroke(accent if here else ink, 2 * _EDGE)
        bars.append(Rect(left, height - _EDGE - tall, _BAR, tall, stroke, accent if here else ground))
    return DisplayList(2 * _EDGE + STEPS * _BAR + (STEPS - 1) * _GAP, height, tuple(bars))
