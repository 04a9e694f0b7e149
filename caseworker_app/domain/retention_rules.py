"""How long a closed case is kept, by rules in a file: the longest of those that fit counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseworker_app.domain.case import CaseKind

HEALTH_YEARS: Final = 10
"""The least the law asks for of a health visitor's journal: a rule with less is refused."""


class RetentionError(ValueError):
    """A file of rules that cannot be used; the text says where."""


@dataclass(frozen=True, slots=True)
class KeepRule:
    """One rule: for cases of ``kinds`` (all when empty), ``years`` counted from the last entry or from the closing."""

    id: str
    title: Mapping[str, str]
    kinds: frozenset[CaseKind]
    years: int
    from_last_entry: bool
    law: bool
    source: Mapping[str, str]

    def due(self, closed: dt.date, last_entry: dt.date | None) -> dt.date:
        """Return the first day on which the case need not be kept any more."""
        start = max(closed, last_entry or closed) if self.from_last_entry else closed
        return _years_later(start, self.years)


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """The rules for cases, and how many months the access log is kept."""

    keep: tuple[KeepRule, ...]
    access_months: int
    access_source: Mapping[str, str]

    def due(
        self, kinds: Iterable[CaseKind], closed: dt.date, last_entry: dt.date | None
    ) -> tuple[dt.date, KeepRule]:
        """Return until when a case is kept, by the longest of the rules that fit, and that rule."""
        of_case = frozenset(kinds)
        fitting = [rule for rule in self.keep if not rule.kinds or rule.kinds & of_case]
        return max(((rule.due(closed, last_entry), rule) for rule in fitting), key=lambda found: found[0])


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return dt.date(day.year + years, 3, 1)


def read_retention(text: str) -> RetentionRules:
    """Read a file of rules. Raises :class:`RetentionError`: every case needs a rule, and the law's years are the least."""
    import tomllib

    try:
        found = tomllib.loads(text)
        keep = tuple(_rule(each) for each in found["keep"])
        log = found["access_log"]
        months, source = log["months"], log["source"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise RetentionError(str(error)) from None
    if not any(not rule.kinds for rule in keep):
        raise RetentionError("keep: no rule for every case")
    least = [rule.years for rule in keep if CaseKind.HEALTH_VISITING in rule.kinds and rule.from_last_entry]
    if not least or max(least) < HEALTH_YEARS:
        raise RetentionError(
            "keep: a health visitor's journal is kept ten years from its last entry at the least"
        )
    if not isinstance(months, int) or not 1 <= months <= 120:
        raise RetentionError("access_log.months: from 1 to 120")
    return RetentionRules(keep, months, dict(source))


def _rule(found: Mapping[str, Any]) -> KeepRule:
    years = found["years"]
    if not isinstance(years, int) or not 1 <= years <= 100:
        raise RetentionError(f"keep {found.get('id')}: years from 1 to 100")
    if found["from"] not in ("last_entry", "closed"):
        raise RetentionError(f"keep {found.get('id')}: from is last_entry or closed")
    kinds = frozenset(CaseKind(kind) for kind in found["kinds"])
    return KeepRule(
        str(found["id"]), dict(found["title"]), kinds, years, found["from"] == "last_entry",
        bool(found["law"]), dict(found["source"]),
    )  # fmt: skip
