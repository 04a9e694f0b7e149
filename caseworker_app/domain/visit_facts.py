"""What the sheet to take along on a visit is made of: one A4, both sides. It may lie on a family's table."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.map_facts import NetworkMapFacts
from caseworker_app.domain.text_facts import Part, TextPaperFacts


@dataclass(frozen=True, slots=True)
class VisitSheetFacts:
    """``front`` is the first side. The second has the latest map the family may see, if there is one, and ``back``: the
    form's headings in their order, with lines to write on."""

    front: TextPaperFacts
    back: tuple[Part, ...]
    map: NetworkMapFacts | None = None
