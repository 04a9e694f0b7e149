"""The rule sets as they ship, and small ones written for a test."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

import resources
from caseworker_app.domain.rules.model import RuleSet
from caseworker_app.domain.rules.reading import read
from caseworker_app.domain.rules.timeline import RuleSetTimeline

KINDS = (
    "institution", "foster", "own_room", "short_term", "preventive", "mst", "contact_ambulant", "family_centre",
    "private_contact", "boarding",
)  # fmt: skip
PLACEMENTS = KINDS[:4]
NAMES = ("herning-2015", "sel-2011", "bl-2024")
D = date.fromisoformat


@cache
def shipped(name: str) -> RuleSet:
    """One of the rule sets that come with the program."""
    return read(text_of(name), f"{name}.toml")


def text_of(name: str) -> str:
    return resources.text("rules", f"{name}.toml")


def herning() -> RuleSet:
    return shipped("herning-2015")


def laws() -> RuleSetTimeline:
    return RuleSetTimeline.of(shipped("sel-2011"), shipped("bl-2024"))


def local(rules: str, *, name: str = "own", valid_from: str = "2020-01-01", top: str = "") -> RuleSet:
    """A local rule set of one's own; ``rules`` are its tables."""
    head = f'id = "{name}"\ntitle = {{da = "Vores"}}\nlaw = false\nvalid_from = {valid_from}\nsource = "Os"\n{top}\n'
    return read(head + rules, f"{name}.toml")


def one_rule(body: str, **given: str) -> RuleSet:
    """A set whose only rule, ``r``, has this body."""
    return local(f'[rules.r]\ntitle = {{da = "R"}}\nsource = "Os"\n{body}', **given)


def edited(valid_from: str, *changes: tuple[str, str]) -> RuleSet:
    """Herning's rules with texts replaced, in force from a later day."""
    text = text_of("herning-2015").replace("valid_from = 2015-11-26", f"valid_from = {valid_from}")
    text = text.replace('id = "herning-2015"', 'id = "own"')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read(text, "own.toml")


starts = st.dates(date(2016, 1, 1), date(2030, 12, 31))
kinds = st.sampled_from(KINDS)


@st.composite
def held_dates(draw: st.DrawFn, start: date) -> list[date]:
    """Days on which something was held: none before the start, in order."""
    gaps = draw(st.lists(st.integers(0, 200), max_size=12))
    days, day = [], start
    for gap in gaps:
        day += timedelta(days=gap)
        days.append(day)
    return days


@st.composite
def interventions(draw: st.DrawFn) -> tuple[str, date, list[date]]:
    """A kind, a start, and what was held."""
    start = draw(starts)
    return draw(kinds), start, draw(held_dates(start))
