"""The copies a netværkskort can leave the house as: one for each reader it may have, read beforehand for the preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_profiles import profiles_for
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_view import MapProfile, MapView
from caseworker_app.domain.map_words import Wording
from caseworker_app.services import map_papers, network_maps
from caseworker_app.services.ports import Reader


@dataclass(frozen=True, slots=True)
class Copies:
    """What each reader would get, and why some copy cannot be made now."""

    map: Id
    templates: Templates
    views: Mapping[MapProfile, MapView]
    refused: Mapping[MapProfile, UserError]
    made: tuple[MapProfile, ...]
    """For whom a map of this voice is copied at all."""


def load(reader: Reader, network_map: Id, templates: Templates, wording: Wording | None = None) -> Copies:
    """Return the copies of a map. ``wording`` is how the file's copy calls rings and lines. Raises ``KeyError``."""
    made = profiles_for(network_maps.known(reader, network_map).voice)
    views: dict[MapProfile, MapView] = {}
    refused: dict[MapProfile, UserError] = {}
    for profile in made:
        try:
            views[profile] = map_papers.view_of(reader, network_map, templates, profile, wording)
        except UserError as error:
            refused[profile] = error
    return Copies(network_map, templates, views, refused, made)
