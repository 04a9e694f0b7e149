"""Measurements over several children: how many, the mean before and after, and those with both apart.

An average over few people proves nothing, and there is no group to compare with: :data:`CAUTION` stands wherever one is
shown. In whatever leaves the house a figure of fewer than :data:`FEWEST` is hidden; the worker's own screen shows her own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.measurement import Phase
from caseworker_app.domain.phrases import N_

FEWEST: Final = 3
CAUTION: Final = N_("Few observations, no control group: an average is no proof of an effect.")


@dataclass(frozen=True, slots=True)
class Observed:
    """One value of one person: ``person`` (stream and name) tells people apart, ``group`` is what is compared within."""

    group: tuple[str, ...]
    person: tuple[Id, str]
    phase: Phase
    value: int


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean (hundredths) of ``n`` people; ``None`` of nobody, and where it is hidden."""

    n: int
    value: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group. ``pairs`` is how many have both; ``before_of_pairs`` and ``after_of_pairs`` are theirs alone."""

    group: tuple[str, ...]
    before: Mean
    after: Mean
    before_of_pairs: Mean
    after_of_pairs: Mean

    @property
    def pairs(self) -> int:
        """How many people have a value before and one after."""
        return self.before_of_pairs.n

    @property
    def change(self) -> int | None:
        """The mean change of those with both; ``None`` where there are none or they are hidden."""
        before, after = self.before_of_pairs.value, self.after_of_pairs.value
        return None if before is None or after is None else after - before


def grouped(observed: Iterable[Observed], *, leaves_the_house: bool = False) -> tuple[GroupRow, ...]:
    """Return a row a group, in the order of the groups. Of each person the first value before and the last after count;
    ``observed`` come by their days. ``leaves_the_house`` hides what fewer than :data:`FEWEST` people stand behind."""
    before: dict[tuple[str, ...], dict[tuple[Id, str], int]] = {}
    after: dict[tuple[str, ...], dict[tuple[Id, str], int]] = {}
    for one in observed:
        if one.phase is Phase.BEFORE:
            before.setdefault(one.group, {}).setdefault(one.person, one.value)
        elif one.phase is Phase.AFTER:
            after.setdefault(one.group, {})[one.person] = one.value
    rows = []
    for group in sorted({*before, *after}):
        first, last = before.get(group, {}), after.get(group, {})
        both = [person for person in first if person in last]
        rows.append(
            GroupRow(
                group,
                *(
                    _mean(values, leaves_the_house)
                    for values in (
                        list(first.values()), list(last.values()),
                        [first[person] for person in both], [last[person] for person in both],
                    )
                ),
            )
        )  # fmt: skip
    return tuple(rows)


def _mean(values: list[int], hide: bool) -> Mean:
    if hide and 0 < len(values) < FEWEST:
        return Mean(0, None, hidden=True)
    if not values:
        return Mean(0, None)
    return Mean(len(values), (2 * sum(values) + len(values)) // (2 * len(values)))
