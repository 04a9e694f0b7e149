"""The parts a netværkskort is drawn from, in millimetres around (0, 0): the map's middle, or a person's own.

Screen and paper put the same parts together. All of them are cheap and depend on their arguments only, so whoever draws
often keeps them: the ground for a size and theme, a person's items until her words, kind or marks change.
"""

from __future__ import annotations

from caseworker_app.drawing.map_ground import (
    edges,
    ground,
    name_back,
    reach_of,
    ring_names,
    sector_signs,
    side_of,
)
from caseworker_app.drawing.map_measures import (
    CAP,
    MM,
    SCALE_RADIUS,
    Box,
    Measures,
    hue_at,
    measures,
    named,
    sector_at,
    spot,
)
from caseworker_app.drawing.map_person import (
    Label,
    Side,
    badge,
    badges,
    child_items,
    child_reach,
    choice_items,
    disc_items,
    initials,
    label_of,
    person_items,
    shape_items,
)

__all__ = [
    "CAP",
    "MM",
    "SCALE_RADIUS",
    "Box",
    "Label",
    "Measures",
    "Side",
    "badge",
    "badges",
    "child_items",
    "child_reach",
    "choice_items",
    "disc_items",
    "edges",
    "ground",
    "hue_at",
    "initials",
    "label_of",
    "measures",
    "name_back",
    "named",
    "person_items",
    "reach_of",
    "ring_names",
    "sector_at",
    "sector_signs",
    "shape_items",
    "side_of",
    "spot",
]
