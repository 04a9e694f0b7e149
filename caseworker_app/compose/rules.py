"""The rule sets that come with the program, read once; a municipality's own versions follow ours."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import resources
from caseworker_app.domain.rules.model import RuleSet
from caseworker_app.domain.rules.reading import read
from caseworker_app.domain.rules.timeline import RuleSetTimeline

LOCAL = "herning-2015"
LAWS = ("sel-2011", "bl-2024")
SHIPPED = (LOCAL, *LAWS)


@cache
def shipped(name: str) -> RuleSet:
    """Return one of :data:`SHIPPED`. Raises ``RulesError`` when the file is faulty, which is a bug of ours."""
    return read(resources.text("rules", f"{name}.toml"), f"{name}.toml")


def law() -> RuleSetTimeline:
    """Return the statutes in the order they came into force; reading them checks them."""
    return RuleSetTimeline.of(*map(shipped, LAWS))


def local(own: Iterable[str] = ()) -> RuleSetTimeline:
    """Return the local standard: ours, then the municipality's own versions, given as TOML.

    Raises ``RulesError`` for an own version that cannot be read.
    """
    versions = (read(text, f"own rules {number}") for number, text in enumerate(own, start=1))
    return RuleSetTimeline.of(shipped(LOCAL), *versions)
