"""Where things are on a netværkskort, in one place: polar places and cells, free room and "Ryd op", hulls."""

from __future__ import annotations

from caseworker_app.domain.map_floor import node_scale, node_size
from caseworker_app.domain.map_hull import hull
from caseworker_app.domain.map_layout import cell_centre, tidy
from caseworker_app.domain.map_polar import (
    FARTHEST,
    MAGNET,
    NEAREST,
    Nudge,
    angular_room,
    cell_at,
    place,
    radial_room,
    reading_order,
    step,
    to_polar,
    to_xy,
)

__all__ = [
    "FARTHEST",
    "MAGNET",
    "NEAREST",
    "Nudge",
    "angular_room",
    "cell_at",
    "cell_centre",
    "hull",
    "node_scale",
    "node_size",
    "place",
    "radial_room",
    "reading_order",
    "step",
    "tidy",
    "to_polar",
    "to_xy",
]
