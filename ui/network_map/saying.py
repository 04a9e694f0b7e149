"""What is said aloud of a map: "Mormor, tæt på, familie." and "Stærk: Mormor og barnet."."""

from __future__ import annotations

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import MapTemplate
from caseworker_app.domain.map_words import QUALITY_LABELS, Wording
from caseworker_app.domain.network_map import MapPerson, MapRelation, Placement
from caseworker_app.services.network_maps import OpenMap
from ui.words import tr


def ring_word(template: MapTemplate, ring: str, wording: Wording) -> str:
    """Return what a ring is called; the template's own Danish."""
    found = template.ring(ring)
    return found.child if wording is Wording.CHILD else found.professional


def sector_word(template: MapTemplate, sector: str, wording: Wording) -> str:
    """Return what a sector is called; the template's own Danish."""
    found = template.sector(sector)
    return found.child if wording is Wording.CHILD else found.professional


def cell_words(template: MapTemplate, ring: str, sector: str, wording: Wording) -> str:
    """Return ring and sector: "Tæt på - Venner"."""
    return f"{ring_word(template, ring, wording)} – {sector_word(template, sector, wording)}"


def place_words(template: MapTemplate, placement: Placement | None, wording: Wording) -> str:
    """Return where somebody stands, in words."""
    if placement is None:
        return tr("Not placed yet")
    ring = ring_word(template, placement.ring, wording)
    return f"{ring}, {sector_word(template, placement.sector, wording)}"


def person(one: MapPerson, template: MapTemplate, wording: Wording) -> str:
    """Return somebody and where she stands."""
    return f"{one.called or tr('Somebody unknown')}, {place_words(template, one.placement, wording)}"


def name(opened: OpenMap, one: Id | None) -> str:
    """Return what an end of a line is called; ``None`` is the child."""
    if one is None:
        return opened.case.first_name
    return next((p.called for p in opened.people if p.id == one), "") or tr("Somebody unknown")


def line(one: MapRelation, opened: OpenMap, wording: Wording) -> str:
    """Return how it goes between two."""
    words = tr(QUALITY_LABELS[wording][one.quality])
    return tr("{one} and {other}: {how}", one=name(opened, one.a), other=name(opened, one.b), how=words)
