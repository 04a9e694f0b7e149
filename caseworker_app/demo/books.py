"""The rules and the catalogue that ship, for the demo: what it tells follows the same rules as the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import resources
from caseworker_app.domain.catalogue import Catalogue
from caseworker_app.domain.catalogue_reading import read_catalogue
from caseworker_app.domain.instruments import Instrument
from caseworker_app.domain.instruments_reading import read_instruments
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.map_template_reading import read_map_templates
from caseworker_app.domain.meeting_kinds import MeetingKinds
from caseworker_app.domain.meeting_kinds_reading import read_kinds
from caseworker_app.domain.rules.reading import read
from caseworker_app.domain.rules.timeline import RuleSetTimeline
from caseworker_app.services.calendar import danish_holidays
from caseworker_app.services.rule_book import RuleBook

LOCAL, LAWS = "herning-2015", ("sel-2011", "bl-2024")
MAPS, KINDS = "network_map.toml", "meeting_kinds.toml"


@cache
def rules() -> RuleBook:
    """Return the rules that ship."""

    def timeline(*names: str) -> RuleSetTimeline:
        return RuleSetTimeline.of(*(read(resources.text("rules", f"{n}.toml"), f"{n}.toml") for n in names))

    return RuleBook(timeline(LOCAL), timeline(*LAWS), danish_holidays)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships."""
    text = resources.text("catalogues", "interventions.toml")
    return read_catalogue(text, rules().rule_names, "interventions.toml")


@cache
def map_templates() -> Templates:
    """Return the rings and sectors that ship."""
    return read_map_templates(resources.text("catalogues", MAPS), MAPS)


@cache
def meeting_kinds() -> MeetingKinds:
    """Return the kinds of meeting that ship."""
    return MeetingKinds(read_kinds(resources.text("catalogues", KINDS), KINDS))


@cache
def shipped_instruments() -> Mapping[str, Instrument]:
    """Return the instruments that ship."""
    found: dict[str, Instrument] = {}
    for file in sorted(resources.path("instruments").glob("*.toml")):
        for one in read_instruments(file.read_text(encoding="utf-8"), file.name, found):
            found[one.id] = one
    return found
